//! When the entries of a problem are shown, what keeps them from it, and what they offer then. Refuses to search situations.

use rustc_hash::FxHashSet;

use super::problem::{Action, Entry, Otherwise, Problem, Role};
use crate::domain::Meanings;
use crate::logic::Formula;

/// A problem's entries with what keeps them from being shown.
#[derive(Debug)]
pub(super) struct Shown<'a> {
    pub(super) problem: &'a Problem,
    /// Listed entries that are no fallbacks.
    regular: Vec<usize>,
}

impl<'a> Shown<'a> {
    pub(super) fn new(problem: &'a Problem) -> Self {
        let regular = (0..problem.listed).filter(|index| !problem.entries[*index].fallback).collect();
        Self { problem, regular }
    }

    /// The listed entries where whose own condition holds this listed one is not shown, ascending.
    pub(super) fn suppressors(&self, index: usize) -> Vec<usize> {
        let entry = &self.problem.entries[index];
        let mut found = entry.overridden_by.clone();
        if entry.fallback {
            found.extend(&self.regular);
        }
        found.retain(|other| *other != index);
        found.sort_unstable();
        found.dedup();
        found
    }

    /// Whether nothing but its own condition decides whether an entry is shown.
    pub(super) fn is_free(&self, index: usize) -> bool {
        let entry = &self.problem.entries[index];
        entry.overridden_by.is_empty() && (!entry.fallback || self.regular.is_empty())
    }

    /// Whether any entry keeps another from being shown.
    pub(super) fn has_suppression(&self) -> bool {
        (0..self.problem.listed).any(|index| !self.is_free(index))
    }

    pub(super) fn own(&self, index: usize) -> &'a Formula {
        &self.problem.entries[index].own
    }
}

/// When an entry that is shown offers something that may help, or sends to a contact at once.
pub(super) fn offers(entry: &Entry) -> Formula {
    Meanings::or(std::iter::once(entry.contact.clone()).chain(entry.actions.iter().map(helps)))
}

fn helps(action: &Action) -> Formula {
    match action.role {
        Role::Remedy => action.guard.clone(),
        Role::Introduction => Meanings::and([action.guard.clone(), action.contact.clone()]),
        Role::Diagnostic => Formula::Const(false),
    }
}

/// Whether the entry sends to a contact when nothing else is left.
pub(super) fn ends_at_a_contact(entry: &Entry) -> bool {
    entry.otherwise.contains(&Otherwise::Contact)
}

fn next_entry(otherwise: &Otherwise) -> Option<usize> {
    match otherwise {
        Otherwise::Contact => None,
        Otherwise::Entry(index) => Some(*index),
    }
}

/// Straight from the definitions, in one situation, of which `holds` tells which conditions hold there.
impl Shown<'_> {
    /// Whether an entry is shown; one that is not listed, when its own condition holds.
    pub(super) fn is_shown(&self, index: usize, holds: &mut (impl FnMut(&Formula) -> bool + ?Sized)) -> bool {
        holds(self.own(index))
            && (index >= self.problem.listed || self.suppressors(index).iter().all(|other| !holds(self.own(*other))))
    }

    /// Whether an entry answers, by itself or by way of others.
    pub(super) fn answers(&self, start: usize, holds: &mut (impl FnMut(&Formula) -> bool + ?Sized)) -> bool {
        let mut seen = FxHashSet::default();
        let mut open = vec![start];
        while let Some(index) = open.pop() {
            if !seen.insert(index) || !self.is_shown(index, holds) {
                continue;
            }
            let entry = &self.problem.entries[index];
            if ends_at_a_contact(entry) || holds(&offers(entry)) {
                return true;
            }
            open.extend(entry.otherwise.iter().filter_map(next_entry));
            let offered = entry.actions.iter().filter(|action| !action.then.is_empty() && holds(&action.guard));
            open.extend(offered.flat_map(|action| &action.then));
        }
        false
    }
}
