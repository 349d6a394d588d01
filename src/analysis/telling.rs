//! What an entry tells the reader in a situation, by the numbers of its texts. Refuses to know when the entry is shown.

use super::problem::{Action, Entry, Role};
use crate::domain::Meanings;
use crate::logic::Formula;

/// What two entries tell, where they are shown together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Comparison {
    Alike,
    Different,
    /// It depends on the situation.
    Varying,
}

/// Compares what two entries tell, as far as this can be seen without looking at situations.
pub(super) fn compare(one: &Entry, other: &Entry) -> Comparison {
    if is_fixed(one) && is_fixed(other) {
        let alike = told(one, &mut is_true) == told(other, &mut is_true);
        return if alike { Comparison::Alike } else { Comparison::Different };
    }
    if always_tells_more(one, other) || always_tells_more(other, one) {
        return Comparison::Different;
    }
    Comparison::Varying
}

/// Whether one of two entries always tells something that the other never tells.
fn always_tells_more(one: &Entry, other: &Entry) -> bool {
    let tells = |text: usize| actions(other).any(|action| action.told == text);
    actions(one).any(|action| is_true(&action.guard) && !tells(action.told))
}

/// The texts of what is offered, in order, and of the contacts.
pub(super) fn told(entry: &Entry, holds: &mut (impl FnMut(&Formula) -> bool + ?Sized)) -> Vec<usize> {
    let mut texts: Vec<usize> = actions(entry).filter(|it| holds(&it.guard)).map(|it| it.told).collect();
    if holds(&entry.contact) {
        texts.extend(&entry.told);
    }
    texts
}

/// The situations in which the two entries offer just what they do in this one.
pub(super) fn same_offers(one: &Entry, other: &Entry, situation: &[u32]) -> Formula {
    let conditions =
        [one, other].into_iter().flat_map(|it| actions(it).map(|action| &action.guard).chain([&it.contact]));
    let as_here = |condition: &Formula| {
        if condition.eval(situation) { condition.clone() } else { Meanings::not(condition) }
    };
    Meanings::and(conditions.map(as_here))
}

fn is_fixed(entry: &Entry) -> bool {
    let is_constant = |formula: &Formula| matches!(formula, Formula::Const(_));
    is_constant(&entry.contact) && actions(entry).all(|action| is_constant(&action.guard))
}

fn is_true(formula: &Formula) -> bool {
    *formula == Formula::Const(true)
}

/// What is offered for itself, not to find something out.
fn actions(entry: &Entry) -> impl Iterator<Item = &Action> {
    entry.actions.iter().filter(|action| action.role != Role::Diagnostic)
}
