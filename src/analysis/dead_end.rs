//! `dead-end`: situations from which everything that can be tried may fail, and no contact is reached. Refuses to know how what
//! it asks of the logic is answered.
//!
//! A walk does what is offered, one action after the other, in any order; none helps, but effects take place and `then` leads
//! on. It is a dead end when nothing is left to do and nobody was named to turn to. The search goes from the first situation
//! forward over the actions that change anything; the others are done when they matter: at the end.

mod ending;
mod report;
mod search;
mod tried;

use super::problem::{Action, Entry, Otherwise, Problem, Role};
use super::search::Size;
use super::shown::{Shown, ends_at_a_contact};
use crate::logic::{Cube, Exploded, Formula};

pub(super) use report::Everywhere;

/// Whether a symptom has a dead end.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Found {
    #[default]
    Nothing,
    DeadEnd(Box<DeadEnd>),
    /// The search was given up.
    Undecided,
}

/// One walk that ends nowhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeadEnd {
    /// A situation that it may begin in.
    pub situation: Vec<u32>,
    /// A box around the situation in which it may begin.
    pub facts: Cube,
    /// Of the situations that this and any walk of the same actions may begin in; known unless effects leave open what follows.
    pub size: Option<Size>,
    /// What is tried, each an entry and an action of it, in order.
    pub tried: Vec<(usize, usize)>,
    /// The entry that is left without a way on, then others that are so in other situations, where nothing had changed.
    pub last: Vec<usize>,
}

/// Looks for a dead end.
pub fn find(problem: &Problem) -> Found {
    if !(0..problem.listed).any(|index| is_live(&problem.entries[index])) || has_safety_net(problem) {
        return Found::Nothing;
    }
    match search::search(problem) {
        Ok(None) => Found::Nothing,
        // What hand-overs lead on to is not known beyond the cut.
        Ok(Some(dead_end)) if !problem.is_cut => Found::DeadEnd(Box::new(dead_end)),
        Ok(Some(_)) | Err(Exploded) => Found::Undecided,
    }
}

/// Whether an entry that names a contact is shown in every situation, as can be told at a glance.
fn has_safety_net(problem: &Problem) -> bool {
    let shown = Shown::new(problem);
    let is_always_shown = |index: usize| problem.entries[index].own == Formula::Const(true) && shown.is_free(index);
    (0..problem.listed).any(|index| !is_live(&problem.entries[index]) && is_always_shown(index))
}

/// Whether it can be tried, or entered, without reaching a contact for that alone.
fn is_live(entry: &Entry) -> bool {
    !ends_at_a_contact(entry) && entry.contact != Formula::Const(true)
}

/// Where an entry leads when nothing is left to do.
fn last_targets(entry: &Entry) -> impl Iterator<Item = usize> + '_ {
    entry.otherwise.iter().filter_map(|it| match it {
        Otherwise::Contact => None,
        Otherwise::Entry(target) => Some(*target),
    })
}

/// Whether doing it changes any fact.
fn has_effects(action: &Action) -> bool {
    action.role != Role::Introduction && !action.effects.is_empty()
}
