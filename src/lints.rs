//! Owns the registry of lints: findings that a knowledge base may live with, one file each; refuses to know which of
//! them are switched off.

mod addresses;
mod avoided_word;
mod empty_action;
mod insecure_link;
mod isolated_entry;
mod long_sentence;
mod review_due;
mod several_actions;
mod spelling_variants;
mod symptom_without_entries;
mod tested_link;
#[cfg(test)]
mod tests;
mod text;
mod undefined_abbreviation;
mod unused_contact;
mod unused_document;
mod unused_fact;
mod unused_link;
mod unused_section;
mod unused_term;
mod unused_text;
mod wording;

use crate::ast::Date;
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::graph::{Graph, Node, name, place};
use crate::links::Links;
use crate::model::{EntryId, Id, Model};
use crate::source::{Sources, Span};
use crate::types::Types;

pub use addresses::visit_addresses;
pub use wording::{Memory, Wording};

/// What a lint may look at.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    pub model: &'a Model,
    pub types: &'a Types,
    pub graph: &'a Graph,
    pub sources: &'a Sources,
    /// Where the errors are that were found before, sorted.
    pub errors: &'a [Span],
    /// The day it is, if it is known: nothing here asks a clock.
    pub today: Option<Date>,
    /// What became of addresses, if somebody tested them: nothing here asks a network.
    pub links: Option<&'a Links>,
    /// What was found in the texts of each file.
    pub wording: &'a Wording,
}

/// What has to be free of errors for a lint to be right.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// What a mistake keeps from being used is not unused.
    Everything,
    /// The entry in question: everything from its header to the next one.
    Entry,
}

/// One lint: the code of its findings, and how it finds them.
#[derive(Clone, Copy, Debug)]
pub struct Lint {
    pub code: Code,
    pub scope: Scope,
    pub check: fn(&Context<'_>, &mut Diagnostics),
}

/// Every lint, in the order of codes.
pub const ALL: &[Lint] = &[
    unused_fact::LINT,
    unused_document::LINT,
    unused_section::LINT,
    unused_link::LINT,
    unused_contact::LINT,
    unused_term::LINT,
    unused_text::LINT,
    symptom_without_entries::LINT,
    isolated_entry::LINT,
    empty_action::LINT,
    avoided_word::LINT,
    spelling_variants::LINT,
    several_actions::LINT,
    long_sentence::LINT,
    undefined_abbreviation::LINT,
    review_due::LINT,
    insecure_link::LINT,
    tested_link::BROKEN,
    tested_link::UNANSWERED,
    tested_link::UNTESTED,
];

/// Runs every lint that can be right in spite of the errors. Linear in the size of the model.
pub fn check(context: &Context<'_>, diagnostics: &mut Diagnostics) {
    let applies = |lint: &&Lint| context.errors.is_empty() || lint.scope == Scope::Entry;
    ALL.iter().filter(applies).for_each(|lint| (lint.check)(context, diagnostics));
}

impl Context<'_> {
    /// A finding about a declaration, at its name.
    fn finding(&self, code: Code, node: impl Into<Node>) -> Diagnostic {
        let node = node.into();
        Diagnostic::at(code, place(node, self.model)).text("name", name(node, self.model, self.sources))
    }

    /// The same for something that nothing uses, with the key of how to use it; or else its line may go, when it is a line
    /// of its own.
    fn unused(&self, code: Code, node: impl Into<Node>, help: &'static str) -> Diagnostic {
        let node = node.into();
        let finding = self.finding(code, node).help(help);
        match whole_line(place(node, self.model), self.sources) {
            Some(line) => finding.suggest("remove", line, ""),
            None => finding.help("drop"),
        }
    }

    /// Whether there is an error between an entry's header and the next entry.
    fn is_broken(&self, id: EntryId) -> bool {
        let header = self.model.entries[id].span;
        let mut later = self.model.entries.ids().skip(id.index() + 1).map(|next| self.model.entries[next].span);
        let end = later.next().filter(|next| next.file == header.file).map_or(u32::MAX, |next| next.start);
        let first = self.errors.partition_point(|error| *error < header.before());
        self.errors.get(first).is_some_and(|error| error.file == header.file && error.start < end)
    }

    /// Whether anything else relies on a declaration in any way.
    fn is_used(&self, node: impl Into<Node>) -> bool {
        self.graph.is_used(node.into(), |_| true)
    }
}

/// The line of a declaration that opens no block and stands in none on its line, line break included.
pub(crate) fn whole_line(span: Span, sources: &Sources) -> Option<Span> {
    let line = sources.line_around(span);
    let is_inside = sources.text(Span { end: span.start, ..line }).contains(['{', '｛']);
    let count = |braces: [char; 2]| sources.text(line).matches(braces).count();
    (!is_inside && count(['{', '｛']) == count(['}', '｝'])).then_some(line)
}
