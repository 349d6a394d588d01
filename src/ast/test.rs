//! Test blocks: a situation and what is expected of it.

use super::{ActionRef, Date, EntryRef, Name, Prose, Spanned, Value};
use crate::source::Span;

#[derive(Clone, Debug)]
pub struct Test {
    pub span: Span,
    pub title: Prose,
    pub given: Vec<Spanned<Given>>,
    pub expect: Vec<Expect>,
}

#[derive(Clone, Debug)]
pub enum Given {
    Symptom(Name),
    /// A message as pasted by a reader.
    Message(Span),
    Fact {
        fact: Name,
        value: Value,
    },
    Unknown(Name),
    Failed(ActionRef),
    Today(Date),
}

#[derive(Clone, Debug)]
pub struct Expect {
    pub span: Span,
    pub kind: ExpectKind,
}

#[derive(Clone, Debug)]
pub enum ExpectKind {
    Entry(EntryRef),
    Applies(Vec<EntryRef>),
    Certain(EntryRef),
    Possible(EntryRef),
    Excluded(EntryRef),
    Ask(Name),
    Action(ActionRef),
    Contact(Name),
    None,
}
