//! What a plan costs from here, and what a question is worth: the cases of a session weighed by the rule of `docs/table.md`. Refuses
//! to know which questions matter and what a step looks like.

use std::collections::{BTreeMap, BTreeSet};

use super::cost::{
    ACTION_SECONDS, CERTAIN, CONTACT_SECONDS, MOST_WEIGHT, PERCENT, QUESTION_SECONDS, Score, Trial, best_prefix,
    divide, seconds,
};
use super::precedence::{Precedence, Status};
use super::view::{Remedy, View, What, lineage};
use super::{Evidence, Verdict};
use crate::table::{Action, Entry, Otherwise};

/// An entry is the case, and this remedy solves it, or none does.
#[derive(Clone, Copy, Debug)]
struct Case {
    /// Place of the entry among those in play.
    place: usize,
    /// Index of the remedy.
    solved_by: Option<usize>,
    weight: u64,
}

/// The cases of a view and the times of its remedies.
pub(super) struct Scales<'a> {
    view: &'a View<'a>,
    precedence: &'a Precedence,
    cases: Vec<Case>,
    seconds: Vec<u64>,
    /// Whether a weight, a likelihood or an action's time is declared: else the order is the one shown.
    is_by_cost: bool,
    /// Seconds until the last resort answers.
    last: u64,
    /// For each condition of an entry or a remedy the facts that it names.
    names: BTreeMap<u32, BTreeSet<u32>>,
    /// What may be asked.
    asked: Vec<Asked>,
    /// Whether a second question is reckoned with after each answer to the first.
    looks_ahead: bool,
}

/// A question and one of its facts.
type Asked = (u32, u32);

/// A second question is reckoned with where the number of cells squared, times that of remedies, is at most this.
const MOST_LOOKED_AT: usize = 20_000;

/// A place in the sequence: by weight per second where that counts, then as shown.
#[derive(Clone, Copy, Debug)]
pub(super) struct Rank {
    trial: Option<Trial>,
    at: usize,
}

impl PartialEq for Rank {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Rank {}

impl PartialOrd for Rank {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Rank {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        let by_trial =
            self.trial.zip(other.trial).map_or(std::cmp::Ordering::Equal, |(left, right)| left.order(&right));
        by_trial.then(self.at.cmp(&other.at))
    }
}

impl<'a> Scales<'a> {
    /// `asked` are the questions that matter, each with every fact that does.
    pub fn new(view: &'a View<'a>, precedence: &'a Precedence, asked: Vec<Asked>) -> Self {
        let seconds = view.remedies.iter().map(|it| remedy_seconds(view, it)).collect();
        let entries = view.entries.iter().filter_map(|it| it.condition);
        let used = entries.chain(view.remedies.iter().flat_map(|it| it.conditions.iter().copied()));
        let names = used.map(|condition| (condition, facts_of(view, condition))).collect();
        let (cases, is_by_cost, last) = (cases(view), is_by_cost(view), last_resort(view));
        let cells: usize = asked.iter().map(|(_, fact)| view.possible.get(*fact as usize).map_or(0, Vec::len)).sum();
        let left = view.remedies.iter().filter(|it| it.is_left).count();
        let looks_ahead = cells.saturating_mul(cells).saturating_mul(left) <= MOST_LOOKED_AT;
        Self { view, precedence, cases, seconds, is_by_cost, last, names, asked, looks_ahead }
    }

    /// Ranks remedies by the cases as they are now.
    pub fn ranks(&self) -> impl Fn(usize) -> Rank {
        let weights = self.weights(&self.cases);
        move |at| self.rank(at, &weights)
    }

    /// The score of trying what is certain, in its order, as far as that is best.
    pub fn plan(&self) -> Score {
        self.plan_for(&self.cases, &self.world_now(), None)
    }

    /// The score of asking a question about one fact now.
    pub fn ask(&self, question: u32, fact: u32) -> Score {
        self.ask_in(&self.world_now(), &self.cases, (question, fact), None, self.looks_ahead)
    }

    /// The score of trying a remedy first, and asking when it did not help.
    pub fn try_then_ask(&self, remedy: usize, question: u32, fact: u32) -> Score {
        let left: Vec<Case> = self.cases.iter().copied().filter(|it| it.solved_by != Some(remedy)).collect();
        let seconds = self.seconds.get(remedy).copied().unwrap_or(ACTION_SECONDS);
        let trying = self.total(&self.cases).saturating_mul(seconds.into());
        let asking = self.ask_in(&self.world_now(), &left, (question, fact), Some(remedy), self.looks_ahead);
        trying.saturating_add(asking)
    }

    /// The time of asking, and the sum over the answers, each with its share of the weight of every case that allows it.
    fn ask_in(&self, world: &World, cases: &[Case], asked: Asked, without: Option<usize>, looks_ahead: bool) -> Score {
        let (question, fact) = asked;
        let asking = self.total(cases).saturating_mul(question_seconds(self.view, question).into());
        let cells = self.view.ground.possible_cells(fact, &mut world.evidence.clone());
        let worlds: Vec<World> = cells.iter().map(|cell| self.world(world, fact, *cell)).collect();
        let mut parts: Vec<Vec<Case>> = vec![Vec::new(); cells.len()];
        for case in cases {
            let allowing: Vec<usize> = (0..worlds.len()).filter(|at| worlds[*at].allows(case, self.view)).collect();
            let among = if allowing.is_empty() { (0..worlds.len()).collect() } else { allowing };
            for (at, weight) in among.iter().zip(divide(case.weight, among.len())) {
                parts[*at].push(Case { weight, ..*case });
            }
        }
        let scores = worlds.iter().zip(&parts).map(|(world, cases)| self.follow(world, cases, without, looks_ahead));
        scores.fold(asking, Score::saturating_add)
    }

    /// The plan after an answer, or another question before it where that is looked at and better.
    fn follow(&self, world: &World, cases: &[Case], without: Option<usize>, looks_ahead: bool) -> Score {
        let plan = self.plan_for(cases, world, without);
        let is_open = |fact: u32| world.evidence.cells(fact).nth(1).is_some();
        let asked = self.asked.iter().filter(|(_, fact)| looks_ahead && is_open(*fact));
        asked.map(|asked| self.ask_in(world, cases, *asked, without, false)).fold(plan, Score::min)
    }

    fn plan_for(&self, cases: &[Case], world: &World, without: Option<usize>) -> Score {
        let weights = self.weights(cases);
        let status = |(at, remedy): (usize, &Remedy)| match world.verdict_of(remedy) {
            _ if !remedy.is_left || without == Some(at) => Status::Gone,
            Verdict::Certain => Status::Runs,
            Verdict::Possible => Status::HoldsAfter,
            Verdict::Excluded | Verdict::Contradictory => Status::Gone,
        };
        let statuses: Vec<Status> = self.view.remedies.iter().enumerate().map(status).collect();
        let sequence = self.precedence.sequence(&statuses, |at| self.rank(at, &weights));
        let trials = sequence.into_iter().map(|at| self.trial(at, &weights));
        best_prefix(self.total(cases), trials, self.last)
    }

    fn weights(&self, cases: &[Case]) -> Vec<Score> {
        let mut weights = vec![0; self.view.remedies.len()];
        for case in cases {
            if let Some(weight) = case.solved_by.and_then(|at| weights.get_mut(at)) {
                *weight += Score::from(case.weight);
            }
        }
        weights
    }

    fn total(&self, cases: &[Case]) -> Score {
        cases.iter().map(|case| Score::from(case.weight)).sum()
    }

    fn rank(&self, at: usize, weights: &[Score]) -> Rank {
        Rank { trial: self.is_by_cost.then(|| self.trial(at, weights)), at }
    }

    fn trial(&self, at: usize, weights: &[Score]) -> Trial {
        let (weight, seconds) = (weights.get(at).copied(), self.seconds.get(at).copied());
        Trial { weight: weight.unwrap_or_default(), seconds: seconds.unwrap_or(ACTION_SECONDS) }
    }

    fn world_now(&self) -> World<'_> {
        World { view: self.view, changed: BTreeMap::new(), evidence: self.view.evidence.clone() }
    }

    /// The verdicts once a fact is known to be in a cell.
    fn world(&self, from: &World, fact: u32, cell: u32) -> World<'_> {
        let mut evidence: Evidence = from.evidence.clone();
        evidence.set(fact, &[cell]);
        let named = self.names.iter().filter(|(_, facts)| facts.contains(&fact)).map(|(condition, _)| *condition);
        let mut changed = from.changed.clone();
        changed.extend(named.map(|it| (it, super::judge::verdict(self.view.table, it, false, &evidence))));
        World { view: self.view, changed, evidence }
    }
}

/// Verdicts in a case to look at.
struct World<'a> {
    view: &'a View<'a>,
    /// Those that may differ from the view's.
    changed: BTreeMap<u32, Verdict>,
    evidence: Evidence,
}

impl World<'_> {
    fn judge(&self, condition: u32) -> Verdict {
        self.changed.get(&condition).copied().unwrap_or_else(|| self.view.judge(condition))
    }

    fn verdict_of(&self, remedy: &Remedy) -> Verdict {
        if self.changed.is_empty() || !remedy.conditions.iter().any(|it| self.changed.contains_key(it)) {
            return remedy.verdict;
        }
        super::view::any_of(remedy.conditions.iter().map(|it| self.judge(*it)))
    }

    fn allows(&self, case: &Case, view: &View) -> bool {
        let entry = view.entries.get(case.place).and_then(|it| it.condition).map(|it| self.judge(it));
        let remedy = case.solved_by.and_then(|at| view.remedies.get(at)).map(|it| self.verdict_of(it));
        entry != Some(Verdict::Excluded) && remedy != Some(Verdict::Excluded)
    }
}

/// The seconds that a question takes.
pub(super) fn question_seconds(view: &View, question: u32) -> u64 {
    seconds(view.question(question).and_then(|it| it.seconds), QUESTION_SECONDS)
}

/// The seconds that a remedy takes; those of an action that only finds things out are what asking for them takes.
pub(super) fn remedy_seconds(view: &View, remedy: &Remedy) -> u64 {
    match remedy.what {
        What::Contact(contact) => contact_seconds(view, contact),
        What::Action(action) => {
            let lineage = view.lineage_of(action);
            let declared: Vec<u32> = lineage.iter().filter_map(|it| it.seconds).collect();
            let found = lineage.iter().flat_map(|it| &it.finds).map(|it| question_seconds(view, *it)).sum();
            let default = if only_finds(&lineage) { found } else { ACTION_SECONDS };
            let sum = declared.iter().fold(0u32, |sum, it| sum.saturating_add(*it));
            seconds((!declared.is_empty()).then_some(sum), default)
        }
    }
}

fn contact_seconds(view: &View, contact: u32) -> u64 {
    seconds(view.table.contacts.get(contact as usize).and_then(|it| it.seconds), CONTACT_SECONDS)
}

/// Whether doing an action (with those that it is an alternative of) finds things out, and is not said to do anything else.
pub(super) fn only_finds(lineage: &[&Action]) -> bool {
    let does_nothing = |it: &Action| {
        it.sets.is_empty() && it.contacts.is_empty() && it.solved.is_empty() && it.likely_percent.is_none()
    };
    lineage.iter().any(|it| !it.finds.is_empty()) && lineage.iter().all(|it| does_nothing(it))
}

fn facts_of(view: &View, condition: u32) -> BTreeSet<u32> {
    let Some(it) = view.table.conditions.get(condition as usize) else { return BTreeSet::new() };
    let lists = [&it.certain, &it.certain_clear_of, &it.excluded, &it.excluded_clear_of];
    lists.into_iter().flatten().flatten().flat_map(|row| row.0.keys().copied()).collect()
}

fn is_by_cost(view: &View) -> bool {
    let entries = || (0..view.entries.len()).filter_map(|place| view.entry(place));
    let offered = entries().flat_map(|it| &it.actions).map(|it| it.action);
    let declares = |action: u32| {
        let mut all = Vec::new();
        super::view::push_with_alternatives(view.table, action, &mut all);
        let all =
            all.into_iter().flat_map(|it| lineage(view.table, it)).filter_map(|it| view.table.actions.get(it as usize));
        all.into_iter().any(|it| it.likely_percent.is_some() || it.seconds.is_some())
    };
    entries().any(|it| it.weight != 1) || offered.into_iter().any(declares)
}

/// The first contact that is there for when nothing is left.
fn last_resort(view: &View) -> u64 {
    let in_play = view.entries.iter().enumerate().filter(|(_, it)| it.verdict != Verdict::Excluded);
    let otherwise = in_play.filter_map(|(place, _)| view.entry(place)).flat_map(|it| &it.otherwise);
    let mut contacts = otherwise.filter_map(|it| match it {
        Otherwise::Contact(contact) => Some(*contact),
        Otherwise::Entry(_) => None,
    });
    contacts.next().or(view.table.default_contact).map_or(CONTACT_SECONDS, |contact| contact_seconds(view, contact))
}

/// The cases that what is known and what was tried leave: of each entry that is not excluded those that a remedy solves which is
/// left, and the one that none solves, or its contact.
fn cases(view: &View) -> Vec<Case> {
    let remedies: BTreeMap<What, usize> = view.remedies.iter().enumerate().map(|(at, it)| (it.what, at)).collect();
    let left =
        |what: &What| remedies.get(what).copied().filter(|at| view.remedies.get(*at).is_some_and(|it| it.is_left));
    let mut cases = Vec::new();
    for (place, in_play) in view.entries.iter().enumerate().filter(|(_, it)| it.verdict != Verdict::Excluded) {
        let Some(entry) = view.table.entries.get(in_play.entry as usize) else { continue };
        let factor = u64::from(entry.weight).min(MOST_WEIGHT);
        let shares = shares(view, entry);
        let offers = view.offers(place);
        for what in &offers {
            let share = what.action().and_then(|action| shares.actions.get(&action));
            if let (Some(share), Some(at)) = (share, left(what)) {
                cases.push(Case { place, solved_by: Some(at), weight: share * factor });
            }
        }
        let contact = offers.iter().find(|it| it.action().is_none() && left(it).is_some());
        cases.push(Case { place, solved_by: contact.and_then(left), weight: shares.none * factor });
    }
    cases
}

/// How an entry's cases are shared out, in parts of [`CERTAIN`].
struct Shares {
    /// Actions without alternatives.
    actions: BTreeMap<u32, u64>,
    /// What no action solves.
    none: u64,
}

/// Declared shares first; what they leave goes in equal parts to the actions without one and to *none does*. Those that only find
/// things out solve nothing. What an action with alternatives has is shared among these in the same way, without *none does*.
fn shares(view: &View, entry: &Entry) -> Shares {
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
            among.iter().filter_map(|it| Some((*it, view.table.actions.get(*it as usize)?))).collect();
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

#[cfg(all(test, feature = "compiler"))]
mod tests;
