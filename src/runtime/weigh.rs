//! What a remedy and what a question is worth: the cases of a session weighed by the rule of `docs/table.md`. Refuses
//! to know which questions matter and what a step looks like.

mod cases;
mod naming;

use std::cmp::Ordering;
#[cfg(feature = "compiler")]
use std::collections::BTreeMap;

use super::Verdict;
use super::cost::{ACTION_SECONDS, CONTACT_SECONDS, QUESTION_SECONDS, Score, Trial, best_prefix, seconds};
use super::precedence::{Precedence, Status};
use super::view::{Remedy, View, What, lineage};
use crate::table::{Action, Otherwise};
use cases::{Case, Part, Weights, cases};
use naming::{Naming, World};

/// The cases of a view and the times of its remedies.
pub(super) struct Scales<'a> {
    view: &'a View<'a>,
    precedence: &'a Precedence,
    cases: Vec<Case>,
    /// Of each case.
    weights: Weights,
    seconds: Vec<u64>,
    /// Whether a weight, a likelihood or an action's time is declared: else the order is the one shown.
    is_by_cost: bool,
    /// Seconds until the last resort answers.
    last: u64,
    naming: Naming<'a>,
    /// What may be asked.
    asked: Vec<Asked>,
    /// Whether a second question is reckoned with after each answer to the first.
    looks_ahead: bool,
    /// The remedies by their rank now: as a cell of a fact changes few of them, they are nearly in order there too.
    in_order: Vec<usize>,
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
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Rank {
    fn cmp(&self, other: &Self) -> Ordering {
        let by_trial = self.trial.zip(other.trial).map_or(Ordering::Equal, |(left, right)| left.order(&right));
        by_trial.then(self.at.cmp(&other.at))
    }
}

impl<'a> Scales<'a> {
    /// `asked` are the questions that matter, each with every fact that does.
    pub fn new(view: &'a View<'a>, precedence: &'a Precedence, asked: Vec<Asked>) -> Self {
        let seconds = view.remedies.iter().map(|it| remedy_seconds(view, it)).collect();
        let (cases, weights) = cases(view);
        let naming = Naming::new(view, &cases);
        let cells: usize = asked.iter().map(|(_, fact)| view.possible(*fact).len()).sum();
        let left = view.remedies.iter().filter(|it| it.is_left).count();
        let looks_ahead = cells.saturating_mul(cells).saturating_mul(left) <= MOST_LOOKED_AT;
        let (is_by_cost, last) = (is_by_cost(view), last_resort(view));
        let in_order = (0..view.remedies.len()).collect();
        let mut scales =
            Self { view, precedence, cases, weights, seconds, is_by_cost, last, naming, asked, looks_ahead, in_order };
        let part = scales.now();
        let mut in_order = std::mem::take(&mut scales.in_order);
        in_order.sort_by_key(|at| scales.rank(*at, &part));
        Self { in_order, ..scales }
    }

    /// Ranks remedies by the cases as they are now.
    pub fn ranks(&self) -> impl Fn(usize) -> Rank {
        let part = self.now();
        move |at| self.rank(at, &part)
    }

    /// The score of trying what is certain, in its order, as far as that is best.
    pub fn plan(&self) -> Score {
        self.plan_for(&self.now(), self.naming.now(), None)
    }

    /// The score of asking a question about one fact now.
    pub fn ask(&self, question: u32, fact: u32) -> Score {
        self.ask_in(self.naming.now(), &self.weights, (question, fact), None, self.looks_ahead)
    }

    /// The score of trying a remedy first, and asking when it did not help.
    pub fn try_then_ask(&self, remedy: usize, question: u32, fact: u32) -> Score {
        let left = self.weights.without(&self.cases, remedy);
        let seconds = self.seconds.get(remedy).copied().unwrap_or(ACTION_SECONDS);
        let trying = self.weights.total().saturating_mul(seconds.into());
        let asking = self.ask_in(self.naming.now(), &left, (question, fact), Some(remedy), self.looks_ahead);
        trying.saturating_add(asking)
    }

    /// The time of asking, and the sum over the answers, each with its share of the weight of every case that allows it.
    fn ask_in(
        &self,
        world: &World,
        weights: &Weights,
        (question, fact): Asked,
        without: Option<usize>,
        looks_ahead: bool,
    ) -> Score {
        let asking = weights.total().saturating_mul(question_seconds(self.view, question).into());
        let cells = self.naming.possible(world, fact);
        let worlds: Vec<World> = cells.iter().map(|cell| self.naming.world(world, fact, *cell)).collect();
        let mut parts = weights.even(&self.cases, cells.len());
        let uneven = self.share(&worlds, weights, fact, &mut parts);
        let mut score = asking;
        for (at, (world, part)) in worlds.iter().zip(&parts).enumerate() {
            let plan = self.plan_for(part, world, without);
            let after = if looks_ahead {
                let weights = weights.after(at, cells.len(), &uneven);
                self.look_ahead(world, &weights, without).fold(plan, Score::min)
            } else {
                plan
            };
            score = score.saturating_add(after);
        }
        score
    }

    /// The scores of asking something more, then and there.
    fn look_ahead(&self, world: &World, weights: &Weights, without: Option<usize>) -> impl Iterator<Item = Score> {
        let open = self.asked.iter().filter(|(_, fact)| world.evidence.cells(*fact).nth(1).is_some());
        open.map(move |asked| self.ask_in(world, weights, *asked, without, false))
    }

    /// Corrects the parts of a weight that is shared evenly: a case goes to those answers only that allow it, unless none does.
    /// Returns the cases for which this is not all of them, each with the answers that allow it.
    fn share(&self, worlds: &[World], weights: &Weights, fact: u32, parts: &mut [Part]) -> Vec<(usize, Vec<usize>)> {
        let mut uneven = Vec::new();
        for at in self.naming.cases(fact) {
            let Some(case) = self.cases.get(*at) else { continue };
            let allowing: Vec<usize> = (0..worlds.len()).filter(|it| self.naming.allows(&worlds[*it], case)).collect();
            if (1..worlds.len()).contains(&allowing.len()) {
                weights.move_to(&allowing, *at, case, parts);
                uneven.push((*at, allowing));
            }
        }
        uneven
    }

    fn plan_for(&self, part: &Part, world: &World, without: Option<usize>) -> Score {
        let remedies = self.view.remedies.iter().zip(&world.remedies).enumerate();
        let status = |(at, (remedy, verdict)): (usize, (&Remedy, &Verdict))| match verdict {
            _ if !remedy.is_left || without == Some(at) => Status::Gone,
            Verdict::Certain => Status::Runs,
            Verdict::Possible => Status::HoldsAfter,
            Verdict::Excluded | Verdict::Contradictory => Status::Gone,
        };
        let sequence = if self.precedence.is_free() {
            let runs = |at: &usize| {
                let (remedy, verdict) = (self.view.remedies.get(*at), world.remedies.get(*at));
                remedy.is_some_and(|it| it.is_left) && verdict == Some(&Verdict::Certain) && without != Some(*at)
            };
            let mut sequence: Vec<usize> = self.in_order.iter().copied().filter(runs).collect();
            sequence.sort_by_key(|at| self.rank(*at, part));
            sequence
        } else {
            let statuses: Vec<Status> = remedies.map(status).collect();
            self.precedence.sequence(&statuses, |at| self.rank(at, part))
        };
        best_prefix(part.total, sequence.into_iter().map(|at| self.trial(at, part)), self.last)
    }

    fn now(&self) -> Part {
        self.weights.part(&self.cases, self.view.remedies.len())
    }

    fn rank(&self, at: usize, part: &Part) -> Rank {
        Rank { trial: self.is_by_cost.then(|| self.trial(at, part)), at }
    }

    fn trial(&self, at: usize, part: &Part) -> Trial {
        let (weight, seconds) = (part.solved.get(at).copied(), self.seconds.get(at).copied());
        Trial { weight: weight.unwrap_or_default(), seconds: seconds.unwrap_or(ACTION_SECONDS) }
    }
}

/// What may be the case, and in which situations: for those who look at all of them.
#[cfg(feature = "compiler")]
pub(super) struct Hypotheses<'a> {
    view: &'a View<'a>,
    cases: Vec<Case>,
    weights: Weights,
    naming: Naming<'a>,
}

#[cfg(feature = "compiler")]
impl<'a> Hypotheses<'a> {
    pub fn new(view: &'a View<'a>) -> Self {
        let (cases, weights) = cases(view);
        let naming = Naming::new(view, &cases);
        Self { view, cases, weights, naming }
    }

    /// Whether a weight, a likelihood or an action's time is declared.
    pub fn is_by_cost(&self) -> bool {
        is_by_cost(self.view)
    }

    /// The facts that a case depends on.
    pub fn facts(&self) -> Vec<u32> {
        self.naming.facts()
    }

    /// Each case: what solves it, its weight, and which of these situations (each fact's cell) allow it.
    pub fn in_situations(&self, situations: &[BTreeMap<u32, u32>]) -> Vec<(Option<What>, u64, Vec<usize>)> {
        let world = |cells: &BTreeMap<u32, u32>| {
            let now = self.naming.now().clone();
            cells.iter().fold(now, |world, (fact, cell)| self.naming.world(&world, *fact, *cell))
        };
        let worlds: Vec<World> = situations.iter().map(world).collect();
        let allowing = |case: &Case| (0..worlds.len()).filter(|it| self.naming.allows(&worlds[*it], case)).collect();
        let solved_by = |case: &Case| Some(self.view.remedies.get(case.solved_by?)?.what);
        let cases = self.cases.iter().zip(self.weights.all());
        cases.map(|(case, weight)| (solved_by(case), *weight, allowing(case))).collect()
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

#[cfg(all(test, feature = "compiler"))]
mod tests;
