//! Entries, their causes and their actions.

use super::{ActionRef, Condition, Date, EntryRef, Message, Name, Prose, Reference, Spanned};
use crate::source::Span;

#[derive(Clone, Debug)]
pub struct Entry {
    /// The header line.
    pub span: Span,
    pub name: Name,
    /// `None` when the header has none (reported by a later pass).
    pub title: Option<Prose>,
    pub number: Option<Spanned<u32>>,
    pub formerly: Vec<Name>,
    /// Titles from the widest to the narrowest.
    pub category: Vec<Span>,
    pub symptoms: Vec<SymptomUse>,
    pub when: Vec<Condition>,
    pub fallback: Option<Span>,
    pub before: Vec<EntryRef>,
    pub overrides: Vec<EntryRef>,
    pub causes: Vec<Cause>,
    pub actions: Vec<Action>,
    /// Remedies of other entries offered here as they are, with their place among `actions`:
    /// `do_at` actions precede it.
    pub reuses: Vec<(usize, ActionRef)>,
    pub notes: Vec<Step>,
    pub see: Vec<Reference>,
    pub contacts: Vec<Name>,
    pub otherwise: Vec<Fallthrough>,
    pub weight: Option<Spanned<u32>>,
    pub review: Option<Spanned<Date>>,
    pub updated: Option<Spanned<Date>>,
    pub owner: Option<Prose>,
}

/// `symptom a, b` or 事象「…」 written in place.
#[derive(Clone, Debug)]
pub enum SymptomUse {
    Named(Name),
    /// A quoted wording: a symptom of that name or title when one is declared, else declared here.
    InPlace {
        wording: Name,
        messages: Vec<Message>,
        during: Option<Prose>,
        also: Vec<Span>,
    },
}

/// Where to go when every action of the symptom was tried.
#[derive(Clone, Debug)]
pub enum Fallthrough {
    Contact(Name),
    Entry(EntryRef),
}

#[derive(Clone, Debug)]
pub struct Cause {
    pub span: Span,
    pub title: Prose,
    pub when: Vec<Condition>,
    pub actions: Vec<Action>,
    pub reuses: Vec<(usize, ActionRef)>,
    pub notes: Vec<Step>,
    pub see: Vec<Reference>,
}

/// An action, or an alternative inside one.
#[derive(Clone, Debug)]
pub struct Action {
    /// The header line, or the alternative's line.
    pub span: Span,
    pub name: Option<Name>,
    pub title: Option<Prose>,
    /// Guards, all of which must hold.
    pub when: Vec<Condition>,
    pub steps: Vec<Step>,
    pub alternatives: Vec<Action>,
    pub finds: Vec<Name>,
    pub sets: Vec<Effect>,
    pub recheck: Vec<Name>,
    pub then: Vec<EntryRef>,
    pub contacts: Vec<Name>,
    pub after: Vec<ActionRef>,
    pub see: Vec<Reference>,
    pub solved: Option<Prose>,
    pub likely: Option<Likelihood>,
    /// Seconds.
    pub takes: Option<Spanned<u32>>,
}

/// `sets fact = value`.
#[derive(Clone, Debug)]
pub struct Effect {
    pub fact: Name,
    pub value: super::Value,
}

#[derive(Clone, Debug)]
pub struct Likelihood {
    pub span: Span,
    pub kind: LikelihoodKind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LikelihoodKind {
    Percent(u8),
    Often,
    Rarely,
}

/// One line of an action, in the order written.
#[derive(Clone, Debug)]
pub struct Step {
    pub span: Span,
    pub kind: StepKind,
}

#[derive(Clone, Debug)]
pub enum StepKind {
    Step(Prose),
    Bullet(Prose),
    Note(Prose),
    Warning(Prose),
    /// `info` is what follows the opening fence; `lines` are kept to the byte.
    Fence {
        info: Span,
        lines: Vec<Span>,
    },
    /// `when … { } else when … { } else { }`; an `else` has no condition.
    Branches(Vec<Branch>),
    /// The steps of another entry's action, done here.
    Do(ActionRef),
    Contact(Name),
    See(Vec<Reference>),
}

#[derive(Clone, Debug)]
pub struct Branch {
    pub span: Span,
    /// `None` for `else`.
    pub when: Option<Condition>,
    pub steps: Vec<Step>,
}
