//! What a reader has tried at the end of a walk, in one situation after the other. Refuses to search.

use std::collections::BTreeSet;

use super::ending::State;
use crate::analysis::problem::{Otherwise, Problem, Role};
use crate::analysis::shown::Shown;

/// How one walk ended.
pub(super) struct Ended {
    /// Entries and actions of theirs, in order.
    pub(super) tried: Vec<(usize, usize)>,
    /// The last entry that something was tried of, or else the last that is shown.
    pub(super) last: usize,
}

/// The steps of the walk, then what else is offered in its last situation. `None` when nothing is.
pub(super) fn what_is_tried(problem: &Problem, state: &State<'_>, last: &[u32]) -> Option<Ended> {
    let mut tried = state.steps.clone();
    let mut done = state.tried.clone();
    let mut open: Vec<usize> = (0..problem.listed).chain(state.entered.iter().copied()).collect();
    let mut seen: BTreeSet<usize> = open.iter().copied().collect();
    let shown_when = Shown::new(problem);
    let holds = |index: usize| problem.entries[index].own.eval(last);
    let is_shown = |index: usize| {
        let mut suppressors = if index < problem.listed { shown_when.suppressors(index) } else { Vec::new() }.into_iter();
        holds(index) && !suppressors.any(holds)
    };
    let mut next = 0;
    let mut shown = None;
    while let Some(index) = open.get(next).copied() {
        next += 1;
        if !is_shown(index) {
            continue;
        }
        shown = Some(index);
        let entry = &problem.entries[index];
        for (place, action) in entry.actions.iter().enumerate() {
            if action.role != Role::Introduction && action.guard.eval(last) && done.insert(action.number) {
                tried.push((index, place));
                open.extend(action.then.iter().filter(|target| seen.insert(**target)));
            }
        }
        let onward = entry.otherwise.iter().filter_map(|it| match it {
            Otherwise::Contact => None,
            Otherwise::Entry(target) => Some(*target),
        });
        open.extend(onward.filter(|target| seen.insert(*target)));
    }
    let last = tried.last().map(|(entry, _)| *entry).or(shown)?;
    Some(Ended { tried, last })
}
