//! Prose: opaque text that may hold checked references.

use super::{ActionRef, EntryTarget, Name};
use crate::source::Span;

/// Text as written, one span a line, with the references found in it.
#[derive(Clone, Debug)]
pub struct Prose {
    /// Each line's text, without its mark and without space at either end.
    pub lines: Vec<Span>,
    /// In source order; each lies within one of `lines`.
    pub refs: Vec<Reference>,
}

/// `[→target：shown text]`, or a bare `No.6`.
#[derive(Clone, Debug)]
pub struct Reference {
    /// All of it, brackets included: what is replaced when the text is rendered.
    pub span: Span,
    pub target: Target,
    /// What to show instead of the target's own title.
    pub shown: Option<Span>,
}

#[derive(Clone, Debug)]
pub enum Target {
    /// A name of any kind, or of the kind whose keyword precedes it (`entry:x`).
    Name {
        kind: Option<Name>,
        name: Name,
    },
    /// Entry by number (always `EntryTarget::Numbers`).
    Numbers(EntryTarget),
    Action(ActionRef),
    /// A document and a section of it: number, title or URL, as written, without 第…章.
    Section {
        document: Name,
        section: Name,
    },
    /// `\No.6`: not a reference; the first byte of the span is dropped when rendered.
    Escape,
}
