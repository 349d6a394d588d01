//! Statements that a block may hold only once.

use super::Parser;
use super::tree::Statement;
use crate::ast::{IfUnknown, Likelihood, Name, Prose, Spanned};
use crate::diag::{Code, Diagnostic};
use crate::source::Span;

impl Parser<'_> {
    /// Sets what may be said only once; a second time is reported, and the first stands.
    pub(super) fn set_once<T: Placed>(
        &mut self,
        place: &mut Option<T>,
        parse: impl FnOnce(&mut Self, &Statement) -> Option<T>,
        statement: &Statement,
    ) {
        let value = parse(self, statement);
        match place {
            Some(first) => self.report_repeated(statement, first.place()),
            None => *place = value,
        }
    }

    pub(super) fn report_repeated(&mut self, statement: &Statement, first: Option<Span>) {
        let finding = Diagnostic::at(Code::RepeatedStatement, statement.word)
            .text("word", self.spelling_of(statement))
            .help("keep-one");
        self.report(match first {
            Some(first) => finding.label(first, "first"),
            None => finding,
        });
    }
}

/// What knows where it is written.
pub(super) trait Placed {
    fn place(&self) -> Option<Span>;
}

impl Placed for Span {
    fn place(&self) -> Option<Span> {
        Some(*self)
    }
}

impl Placed for Name {
    fn place(&self) -> Option<Span> {
        Some(self.span)
    }
}

impl<T> Placed for Spanned<T> {
    fn place(&self) -> Option<Span> {
        Some(self.span)
    }
}

impl Placed for Likelihood {
    fn place(&self) -> Option<Span> {
        Some(self.span)
    }
}

impl Placed for Prose {
    fn place(&self) -> Option<Span> {
        self.lines.first().copied()
    }
}

impl Placed for IfUnknown {
    fn place(&self) -> Option<Span> {
        match self {
            Self::Contact(name) => Some(name.span),
            Self::Entry(entry) => Some(entry.span),
            Self::Value(value) => Some(value.span),
        }
    }
}
