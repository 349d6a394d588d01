//! Everything declared beside entries: symptoms, facts, rules that derive facts, documents, contacts, words.

use super::{Condition, EntryRef, Name, Prose, Range, Spanned, Step, Value};
use crate::source::Span;

#[derive(Clone, Debug)]
pub struct Symptom {
    pub span: Span,
    pub name: Name,
    pub title: Option<Prose>,
    pub same_as: Vec<Name>,
    pub kind_of: Vec<Name>,
    pub messages: Vec<Message>,
    pub during: Option<Prose>,
    /// Other wordings.
    pub also: Vec<Span>,
    pub order: Vec<EntryRef>,
    pub policy: Option<Spanned<Policy>>,
    pub formerly: Vec<Name>,
    pub notes: Vec<Step>,
}

/// A message as the screen shows it; `{name}` stands for a part that varies.
#[derive(Clone, Debug)]
pub struct Message {
    pub span: Span,
    /// Language tag (`en`), else the knowledge base's own.
    pub language: Option<Span>,
    pub lines: Vec<Span>,
}

/// What it means that several entries (or rows) apply together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Policy {
    First,
    Unique,
    Any,
    Collect,
}

#[derive(Clone, Debug)]
pub struct Fact {
    pub span: Span,
    pub name: Name,
    pub label: Option<Span>,
    pub ty: TypeExpr,
    /// `value` lines of the block, after those of the type.
    pub values: Vec<ValueDecl>,
    pub ask: Option<Prose>,
    pub checks: Vec<CheckProcedure>,
    pub shows: Vec<Shows>,
    pub only_when: Vec<Condition>,
    pub if_unknown: Option<IfUnknown>,
    /// Seconds that the question takes.
    pub takes: Option<Spanned<u32>>,
    pub formerly: Vec<Name>,
    pub notes: Vec<Step>,
}

impl Fact {
    /// A fact of which only the first line is known.
    pub fn new(span: Span, name: Name, label: Option<Span>, ty: TypeExpr) -> Self {
        Self {
            span,
            name,
            label,
            ty,
            values: Vec::new(),
            ask: None,
            checks: Vec::new(),
            shows: Vec::new(),
            only_when: Vec::new(),
            if_unknown: None,
            takes: None,
            formerly: Vec::new(),
            notes: Vec::new(),
        }
    }
}

#[derive(Clone, Debug)]
pub struct TypeExpr {
    pub span: Span,
    pub kind: TypeKind,
}

#[derive(Clone, Debug)]
pub enum TypeKind {
    /// Could not be parsed; already reported.
    Error,
    YesNo,
    OneOf {
        values: Vec<ValueDecl>,
        open: bool,
    },
    AnyOf {
        values: Vec<ValueDecl>,
    },
    Number {
        range: Option<Range>,
        step: Option<Value>,
        unit: Option<Span>,
    },
    Version,
    Date,
}

#[derive(Clone, Copy, Debug)]
pub struct ValueDecl {
    pub name: Name,
    pub label: Option<Span>,
}

/// How to find a fact out, in the given circumstances.
#[derive(Clone, Debug)]
pub struct CheckProcedure {
    pub span: Span,
    pub when: Option<Condition>,
    pub steps: Vec<Step>,
}

/// What the screen shows for a value.
#[derive(Clone, Debug)]
pub struct Shows {
    pub value: Value,
    pub text: Span,
}

#[derive(Clone, Debug)]
pub enum IfUnknown {
    Contact(Name),
    Entry(EntryRef),
    Value(Value),
}

/// A yes/no fact that follows from others.
#[derive(Clone, Debug)]
pub struct Define {
    pub span: Span,
    pub name: Name,
    pub label: Option<Span>,
    pub when: Condition,
}

/// A fact that follows from others: the first row that holds gives the value.
#[derive(Clone, Debug)]
pub struct Derive {
    pub span: Span,
    pub name: Name,
    pub label: Option<Span>,
    pub ty: TypeExpr,
    pub rows: Vec<DeriveRow>,
}

#[derive(Clone, Debug)]
pub struct DeriveRow {
    pub span: Span,
    pub value: Value,
    /// `None` for `otherwise`.
    pub when: Option<Condition>,
}

/// `table`: rows of cells that decide a fact.
#[derive(Clone, Debug)]
pub struct Table {
    pub span: Span,
    pub name: Name,
    pub decides: Name,
    pub policy: Spanned<Policy>,
    /// The header row: a fact for each column but the last, which is the decided fact.
    pub columns: Vec<Name>,
    pub rows: Vec<TableRow>,
}

/// As many cells as the header has columns (a row of another length is reported and left out).
#[derive(Clone, Debug)]
pub struct TableRow {
    pub span: Span,
    pub cells: Vec<CellTest>,
    pub value: Value,
}

#[derive(Clone, Debug)]
pub enum CellTest {
    Any,
    Is(Vec<Value>),
    Not(Vec<Value>),
    Compare(super::Comparison, Value),
    In(Range),
}

#[derive(Clone, Debug)]
pub struct Document {
    pub span: Span,
    pub name: Name,
    pub title: Option<Prose>,
    pub sections: Vec<Section>,
    pub url: Option<Span>,
    /// Where it is published.
    pub place: Option<Prose>,
    pub notes: Vec<Step>,
}

#[derive(Clone, Debug)]
pub struct Section {
    pub span: Span,
    /// The number without 第…章, or `None` for a section known by its title.
    pub number: Option<Name>,
    pub title: Option<Span>,
    pub url: Option<Span>,
}

#[derive(Clone, Debug)]
pub struct Link {
    pub span: Span,
    pub name: Name,
    pub title: Option<Prose>,
    pub url: Span,
}

#[derive(Clone, Debug)]
pub struct Contact {
    pub span: Span,
    pub name: Name,
    pub title: Option<Prose>,
    pub url: Option<Span>,
    pub tel: Option<Prose>,
    pub mail: Option<Prose>,
    pub hours: Option<Prose>,
    /// What to tell them.
    pub tell: Option<Prose>,
    pub takes: Option<Spanned<u32>>,
    pub notes: Vec<Step>,
}

/// A word as it should be written.
#[derive(Clone, Debug)]
pub struct Term {
    pub span: Span,
    pub name: Name,
    pub avoid: Vec<Span>,
    pub meaning: Option<Prose>,
    pub reading: Option<Prose>,
}

/// A piece of text that depends on a fact's value.
#[derive(Clone, Debug)]
pub struct TextByValue {
    pub span: Span,
    pub name: Name,
    pub by: Name,
    pub cases: Vec<TextCase>,
}

#[derive(Clone, Debug)]
pub struct TextCase {
    pub span: Span,
    /// `None` for `otherwise`.
    pub value: Option<Value>,
    pub text: Prose,
}
