//! The cases of a session and how they weigh, as they are and shared among answers. Refuses to know which answer allows which case.

use std::cell::RefCell;
use std::collections::BTreeMap;

use super::super::Verdict;
use super::super::cost::{CERTAIN, MOST_WEIGHT, PERCENT, Score, divide};
use super::super::view::{View, What};
use super::only_finds;
use crate::table::{Action, Entry};

/// An entry is the case, and this remedy solves it, or none does.
#[derive(Clone, Copy, Debug)]
pub(super) struct Case {
    /// Place of the entry among those in play.
    pub place: usize,
    /// Index of the remedy.
    pub solved_by: Option<usize>,
}

/// What each case weighs; nothing, where it is none any more.
#[derive(Debug)]
pub(super) struct Weights {
    weights: Vec<u64>,
    total: Score,
    /// What becomes of them when all are shared evenly among so many.
    even: RefCell<BTreeMap<usize, Vec<Part>>>,
}

/// Cases summed up.
#[derive(Clone, Debug)]
pub(super) struct Part {
    pub total: Score,
    /// For each remedy what the cases weigh that it solves.
    pub solved: Vec<Score>,
}

impl Part {
    fn add(&mut self, case: &Case, weight: u64) {
        self.total += Score::from(weight);
        if let Some(solved) = case.solved_by.and_then(|at| self.solved.get_mut(at)) {
            *solved += Score::from(weight);
        }
    }

    fn take(&mut self, case: &Case, weight: u64) {
        self.total -= Score::from(weight);
        if let Some(solved) = case.solved_by.and_then(|at| self.solved.get_mut(at)) {
            *solved -= Score::from(weight);
        }
    }
}

impl Weights {
    fn new(weights: Vec<u64>) -> Self {
        let total = weights.iter().map(|it| Score::from(*it)).sum();
        Self { weights, total, even: RefCell::default() }
    }

    pub fn total(&self) -> Score {
        self.total
    }

    /// Of each case.
    #[cfg(feature = "compiler")]
    pub fn all(&self) -> &[u64] {
        &self.weights
    }

    /// Summed up, for so many remedies.
    pub fn part(&self, cases: &[Case], remedies: usize) -> Part {
        let mut part = Part { total: 0, solved: vec![0; remedies] };
        cases.iter().zip(&self.weights).for_each(|(case, weight)| part.add(case, *weight));
        part
    }

    /// Without what a remedy solves.
    pub fn without(&self, cases: &[Case], remedy: usize) -> Self {
        let weight = |(case, weight): (&Case, &u64)| if case.solved_by == Some(remedy) { 0 } else { *weight };
        Self::new(cases.iter().zip(&self.weights).map(weight).collect())
    }

    /// Each case shared among so many, summed up.
    pub fn even(&self, cases: &[Case], count: usize) -> Vec<Part> {
        let share = || {
            let remedies = cases.iter().filter_map(|it| it.solved_by).max().map_or(0, |it| it + 1);
            let mut parts = vec![Part { total: 0, solved: vec![0; remedies] }; count];
            for (case, weight) in cases.iter().zip(&self.weights).filter(|(_, weight)| **weight > 0) {
                parts.iter_mut().zip(divide(*weight, count)).for_each(|(part, share)| part.add(case, share));
            }
            parts
        };
        self.even.borrow_mut().entry(count).or_insert_with(share).clone()
    }

    /// Moves a case (an index, and what it is) that is shared evenly among all parts to some of them.
    pub fn move_to(&self, some: &[usize], at: usize, case: &Case, parts: &mut [Part]) {
        let weight = self.weights.get(at).copied().unwrap_or(0);
        let count = parts.len();
        parts.iter_mut().zip(divide(weight, count)).for_each(|(part, share)| part.take(case, share));
        for (at, share) in some.iter().zip(divide(weight, some.len())) {
            if let Some(part) = parts.get_mut(*at) {
                part.add(case, share);
            }
        }
    }

    /// The share of one part among so many, where some cases (indexes) go to a few of them only.
    pub fn after(&self, part: usize, count: usize, uneven: &[(usize, Vec<usize>)]) -> Self {
        let share = |weight: u64, at: usize, count: usize| divide(weight, count).nth(at).unwrap_or(0);
        let mut shares: Vec<u64> = self.weights.iter().map(|weight| share(*weight, part, count)).collect();
        for (case, some) in uneven {
            let place = some.iter().position(|it| *it == part);
            if let Some((shared, weight)) = shares.get_mut(*case).zip(self.weights.get(*case)) {
                *shared = place.map_or(0, |place| share(*weight, place, some.len()));
            }
        }
        Self::new(shares)
    }
}

/// The cases that what is known and what was tried leave: of each entry that is not excluded those that a remedy solves which is
/// left, and the one that none solves, or its contact.
pub(super) fn cases(view: &View) -> (Vec<Case>, Weights) {
    let left = |what: &What| view.remedy_of(*what).filter(|at| view.remedies.get(*at).is_some_and(|it| it.is_left));
    let (mut cases, mut weights) = (Vec::new(), Vec::new());
    let mut add = |place: usize, solved_by: Option<usize>, weight: u64| {
        cases.push(Case { place, solved_by });
        weights.push(weight);
    };
    for (place, in_play) in view.entries.iter().enumerate().filter(|(_, it)| it.verdict != Verdict::Excluded) {
        let Some(entry) = view.table.entries.get(in_play.entry as usize) else { continue };
        let factor = u64::from(entry.weight).min(MOST_WEIGHT);
        let shares = shares(view, entry);
        let offers = view.offers(place);
        for what in &offers {
            let share = what.action().and_then(|action| shares.actions.get(&action));
            if let (Some(share), Some(at)) = (share, left(what)) {
                add(place, Some(at), share * factor);
            }
        }
        let contact = offers.iter().find(|it| it.action().is_none() && left(it).is_some());
        add(place, contact.and_then(left), shares.none * factor);
    }
    (cases, Weights::new(weights))
}

/// How an entry's cases are shared out, in parts of [`CERTAIN`].
pub(super) struct Shares {
    /// Actions without alternatives.
    pub actions: BTreeMap<u32, u64>,
    /// What no action solves.
    pub none: u64,
}

/// Declared shares first; what they leave goes in equal parts to the actions without one and to *none does*. Those that only find
/// things out solve nothing. What an action with alternatives has is shared among these in the same way, without *none does*.
pub(super) fn shares(view: &View, entry: &Entry) -> Shares {
    let mut actions = BTreeMap::new();
    let mut offered: Vec<u32> = Vec::new();
    for offer in &entry.actions {
        if !offered.contains(&offer.action) {
            offered.push(offer.action);
        }
    }
    let mut open = vec![(offered, CERTAIN, 1)];
    let mut none = CERTAIN;
    let mut is_outermost = true;
    while let Some((among, whole, others)) = open.pop() {
        let known: Vec<(u32, &Action)> =
            among.iter().filter_map(|it| Some((*it, view.table.actions.get(*it as usize)?.as_ref()))).collect();
        let declared = |it: &Action| it.likely_percent.map(|percent| u64::from(percent) * PERCENT);
        let solves = |it: &Action| !only_finds(&[it]);
        let taken: u64 = known.iter().filter_map(|(_, it)| declared(it)).sum();
        let sharing = known.iter().filter(|(_, it)| declared(it).is_none() && solves(it)).count();
        let mut parts = divide(whole.saturating_sub(taken), sharing + others);
        for (index, action) in known {
            let share = match declared(action) {
                Some(share) => share,
                None if solves(action) => parts.next().unwrap_or(0),
                None => 0,
            };
            if action.alternatives.is_empty() || actions.contains_key(&index) {
                actions.entry(index).or_insert(share);
            } else {
                actions.insert(index, 0);
                open.push((action.alternatives.clone(), share, 0));
            }
        }
        if is_outermost {
            none = parts.next().unwrap_or(0);
            is_outermost = false;
        }
    }
    Shares { actions, none }
}
