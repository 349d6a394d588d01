//! Owns the shape of a parsed file: what was written and where; refuses to know ids, types and other files.
//!
//! Texts stay in the source: a node holds the span of its text without delimiters.

mod condition;
mod declaration;
mod entry;
mod prose;
mod shift;
mod test;

pub use condition::{Comparison, Condition, Range, Value, ValueKind};
pub use declaration::{
    CellTest, CheckProcedure, Contact, Define, Derive, DeriveRow, Document, Fact, IfUnknown, Link, Message, Policy,
    Section, Shows, Symptom, Table, TableRow, Term, TextByValue, TextCase, TypeExpr, TypeKind, ValueDecl,
};
pub use entry::{
    Action, Branch, Cause, Effect, Entry, Fallthrough, Likelihood, LikelihoodKind, Step, StepKind, SymptomUse,
};
pub use prose::{Prose, Reference, Target};
pub(crate) use shift::{Shift, fields, placeless, variants};
pub use test::{Expect, ExpectKind, Given, Test};

use crate::source::Span;

/// A written name: the span of the name itself, without quotes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Name {
    pub span: Span,
    pub quoted: bool,
}

/// A reference to entries: by name, or by one number or a range of numbers.
#[derive(Clone, Debug)]
pub struct EntryRef {
    pub span: Span,
    pub target: EntryTarget,
}

#[derive(Clone, Copy, Debug)]
pub enum EntryTarget {
    Name(Name),
    /// Inclusive; `first == last` for one number.
    Numbers {
        first: u32,
        last: u32,
    },
}

/// A reference to an action: `entry/action`, or the action alone inside its own entry.
#[derive(Clone, Debug)]
pub struct ActionRef {
    pub span: Span,
    pub entry: Option<EntryRef>,
    /// The action's name, or its number as digits or ①, nested ones by dots: `2`, `②`, `2.1`.
    pub action: Name,
}

/// A calendar date; checked to exist.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Date {
    pub year: i32,
    pub month: u8,
    pub day: u8,
}

#[derive(Clone, Copy, Debug)]
pub struct Spanned<T> {
    pub span: Span,
    pub value: T,
}

/// One file, its declarations in the order written.
#[derive(Clone, Debug, Default)]
pub struct File {
    pub items: Vec<Item>,
    /// `allow` lines, in no order.
    pub exceptions: Vec<Exception>,
    /// Of each block at the top level its header line and the brace that closes it, in order.
    pub ends: Vec<(Span, Span)>,
}

/// `allow LINT because REASON`.
#[derive(Clone, Copy, Debug)]
pub struct Exception {
    pub span: Span,
    /// A lint's name or its code.
    pub lint: Name,
    /// Empty when it is missing (reported).
    pub reason: Span,
    /// What it covers: the block it stands in, or the whole file.
    pub block: Span,
}

#[derive(Clone, Debug)]
pub enum Item {
    Entry(Entry),
    Symptom(Symptom),
    Fact(Fact),
    Define(Define),
    Derive(Derive),
    Table(Table),
    Assume(Assume),
    Document(Document),
    Link(Link),
    Contact(Contact),
    Term(Term),
    Text(TextByValue),
    Test(Test),
}

impl Item {
    /// Its first line.
    pub fn span(&self) -> Span {
        match self {
            Self::Entry(it) => it.span,
            Self::Symptom(it) => it.span,
            Self::Fact(it) => it.span,
            Self::Define(it) => it.span,
            Self::Derive(it) => it.span,
            Self::Table(it) => it.span,
            Self::Assume(it) => it.span,
            Self::Document(it) => it.span,
            Self::Link(it) => it.span,
            Self::Contact(it) => it.span,
            Self::Term(it) => it.span,
            Self::Text(it) => it.span,
            Self::Test(it) => it.span,
        }
    }
}

#[derive(Clone, Debug)]
pub struct Assume {
    pub span: Span,
    pub condition: Condition,
}
