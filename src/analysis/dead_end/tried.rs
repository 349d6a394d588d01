//! Follows a walk that was found from one situation to the next, by the runtime's own judgement, and tells what a reader has
//! tried at its end. Refuses to search.

use std::collections::BTreeSet;

use super::ending::State;
use super::{has_effects, is_live, last_targets};
use crate::analysis::problem::{Action, Problem, Role};
use crate::analysis::replay::Replay;
use crate::analysis::shown::Shown;
use crate::logic::Formula;

/// How one walk ended.
pub(super) struct Ended {
    /// Entries and actions of theirs, in order.
    pub(super) tried: Vec<(usize, usize)>,
    /// The last entry that something was tried of, or else the last that is shown.
    pub(super) last: usize,
}

/// Tells which conditions hold in a situation.
type Holds<'a> = &'a mut dyn FnMut(&Formula) -> bool;

/// What was tried on a walk through these situations; `None` when the walk does not pass the runtime's judgement.
pub(super) fn what_is_tried(problem: &Problem, state: &State<'_>, situations: &[Vec<u32>]) -> Option<Ended> {
    let shown = Shown::new(problem);
    let mut replay = Replay::new(problem);
    let (first, last) = (situations.first()?, situations.last()?);
    let mut at_first = |formula: &Formula| formula.eval(first);
    let answering = (0..problem.listed).find(|index| shown.answers(*index, &mut at_first))?;
    let begins = replay.agrees(first, |holds| shown.answers(answering, holds));
    let mut steps = state.steps.iter().zip(situations);
    let goes_on = steps.all(|((entry, action), situation)| {
        let guard = &problem.entries[*entry].actions[*action].guard;
        replay.agrees(situation, |holds| shown.is_shown(*entry, holds) && holds(guard))
    });
    let mut ended = None;
    let ends = replay.agrees(last, |holds| {
        ended = End { problem, shown: &shown, state, last }.tried(holds);
        ended.is_some()
    });
    ended.filter(|_| begins && goes_on && ends)
}

/// The end of a walk, in its last situation.
struct End<'e, 'a> {
    problem: &'e Problem,
    shown: &'e Shown<'a>,
    state: &'e State<'a>,
    last: &'e [u32],
}

impl End<'_, '_> {
    /// The steps of the walk, then what else is offered. `None` where somebody is named to turn to, or something is left that
    /// changes a fact.
    fn tried(&self, holds: Holds<'_>) -> Option<Ended> {
        let mut tried = self.state.steps.clone();
        let mut done = self.state.tried.clone();
        let mut open: Vec<usize> = (0..self.problem.listed).chain(self.state.entered.iter().copied()).collect();
        open.extend(self.state.begun.iter().flat_map(|entry| last_targets(&self.problem.entries[*entry])));
        let mut seen = BTreeSet::new();
        let (mut next, mut shown) = (0, None);
        while let Some(index) = open.get(next).copied() {
            next += 1;
            let is_judged = self.matters(index) || self.problem.entries[index].own.eval(self.last);
            if !seen.insert(index) || !is_judged || !self.shown.is_shown(index, holds) {
                continue;
            }
            shown = Some(index);
            let entry = &self.problem.entries[index];
            if !is_live(entry) || holds(&entry.contact) {
                return None;
            }
            for (place, action) in entry.actions.iter().enumerate() {
                if self.state.tried.contains(&action.number) || !holds(&action.guard) {
                    continue;
                }
                if has_effects(action) || holds(&action.contact) {
                    return None;
                }
                if action.role != Role::Introduction && done.insert(action.number) {
                    tried.push((index, place));
                    open.extend(&action.then);
                }
            }
            open.extend(last_targets(entry));
        }
        let last = tried.last().map(|(entry, _)| *entry).or(shown)?;
        Some(Ended { tried, last })
    }
}

impl End<'_, '_> {
    /// Whether it would make a difference to how the walk ends if the entry were shown.
    fn matters(&self, index: usize) -> bool {
        let entry = &self.problem.entries[index];
        let changes_nothing =
            |action: &Action| !has_effects(action) && action.contact == Formula::Const(false) && action.then.is_empty();
        !is_live(entry)
            || entry.contact != Formula::Const(false)
            || !entry.otherwise.is_empty()
            || !entry.actions.iter().all(changes_nothing)
    }
}
