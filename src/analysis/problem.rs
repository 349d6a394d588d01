//! One symptom's entries as a question of pure logic: variables, entries and texts are numbered within it, so that equal
//! questions are equal values. Refuses to know names and places.

use crate::ast::Policy;
use crate::logic::{Formula, Space, Values, Var};

/// What all analyses of a symptom are functions of.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Problem {
    /// The facts that the formulas here mention.
    pub space: Space,
    /// What is assumed of every situation, as far as it is connected with these facts.
    pub assumptions: Vec<Formula>,
    /// The symptom's entries in the order in which they are shown, then those that it only hands over to.
    pub entries: Vec<Entry>,
    /// How many of the entries are the symptom's own.
    pub listed: usize,
    pub policy: Option<Policy>,
    /// Hand-overs lead on to more entries than are looked at: the last of the entries stand for them, and know no way on.
    pub is_cut: bool,
}

/// An entry as one symptom sees it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Entry {
    /// Its own condition.
    pub own: Formula,
    pub fallback: bool,
    /// Listed entries where whose own condition holds this one is not shown. None for an entry that is not listed.
    pub overridden_by: Vec<usize>,
    /// Listed entries that are declared to come after it, directly.
    pub followers: Vec<usize>,
    /// How many steps of `kind-of` away its symptom is.
    pub tier: usize,
    /// Its weight, or how likely one of its actions helps, is declared.
    pub has_likelihood: bool,
    /// When it sends to a contact at once: by its own `contact`, or by one among its notes.
    pub contact: Formula,
    /// Texts of its contacts, by number.
    pub told: Vec<usize>,
    pub actions: Vec<Action>,
    /// The writer says that others may be shown together with it.
    pub overlaps_are_meant: bool,
    pub otherwise: Vec<Otherwise>,
}

/// An action, or an alternative of one, in the place where an entry offers it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Action {
    /// When it is offered, given that its entry is shown.
    pub guard: Formula,
    pub role: Role,
    /// Its number: that of another action of the problem is the same exactly when both are one, offered in two places.
    pub number: usize,
    /// Number of its text: that of another action of the problem is the same exactly when it reads the same.
    pub told: usize,
    /// When it sends to a contact, given that it is offered.
    pub contact: Formula,
    /// Entries to go on with, those of the actions that it is an alternative of included.
    pub then: Vec<usize>,
    /// What changes when it is done: first by the actions that it is an alternative of, outermost first, then by itself. Empty
    /// when nothing does.
    pub effects: Vec<Effect>,
}

/// What one action changes when it is done.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Effect {
    /// Each fact once.
    pub sets: Vec<(Var, Values)>,
    pub recheck: Vec<Var>,
}

/// What an action is there for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Role {
    Remedy,
    /// It finds facts out, and neither changes any nor sends to a contact.
    Diagnostic,
    /// The steps before its alternatives, which are actions of their own.
    Introduction,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Otherwise {
    Contact,
    /// Index into the entries.
    Entry(usize),
}
