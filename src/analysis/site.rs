//! Where a symptom's findings are reported: from the numbers of its problem back to places and words. Refuses to know what is
//! found.

use super::Context;
use super::extract::Places;
use super::problem::Problem;
use super::search::Size;
use crate::diag::{Arg, Diagnostic};
use crate::domain::say_cube;
use crate::language::Language;
use crate::logic::{Cube, Var};
use crate::model::{EntryId, Target};
use crate::prose;
use crate::source::Span;
use crate::speech::Speech;

/// A symptom's problem, and what its numbers stand for.
#[derive(Clone, Copy, Debug)]
pub struct Site<'a> {
    pub cx: &'a Context<'a>,
    pub problem: &'a Problem,
    pub places: &'a Places,
}

impl<'a> Site<'a> {
    /// The name of the symptom's declaration.
    pub fn name(&self) -> Span {
        self.cx.model.symptoms[self.places.symptom].name
    }

    /// What readers call the symptom.
    pub fn title(&self) -> String {
        prose::title(&Target::Symptom(self.places.symptom), self.cx.model, self.cx.sources)
    }

    /// The entry at an index of the problem.
    pub fn entry(&self, index: usize) -> EntryId {
        self.places.entries[index]
    }

    /// The symptom's entries, in the order in which they are shown.
    pub fn listed(&self) -> &'a [EntryId] {
        &self.places.entries[..self.problem.listed]
    }

    /// What an entry is called: its number, else its title.
    pub fn entry_title(&self, index: usize) -> String {
        entry_title(self.entry(index), self.cx)
    }

    /// The first of an entry's conditions; its name when it has none.
    pub fn condition_place(&self, index: usize) -> Span {
        condition_place(self.entry(index), self.cx)
    }

    /// A box of the problem in the reader's words; `None` for that of every situation.
    pub fn words(&self, cube: &Cube) -> Option<String> {
        words(&self.outward(cube), self.cx)
    }

    /// The same for the argument `situation` of a message.
    pub fn situation(&self, cube: &Cube) -> Arg {
        situation(&self.outward(cube), self.cx)
    }

    /// A box of the problem as one over the facts of the knowledge base.
    pub fn outward(&self, cube: &Cube) -> Cube {
        let name = |var: &Var| self.places.vars[var.index()];
        Cube::new(cube.literals().iter().map(|(var, values)| (name(var), values.clone()))).unwrap_or_default()
    }
}

/// A box over the facts of the knowledge base, for the argument `situation` of a message.
pub(super) fn situation(cube: &Cube, cx: &Context<'_>) -> Arg {
    match (words(cube, cx), cx.model.config.language) {
        (None, _) => Arg::Word("every-situation"),
        (Some(words), Language::Japanese) => Arg::Text(words),
        (Some(words), Language::English) => Arg::Text(format!("where {words}")),
    }
}

fn words(cube: &Cube, cx: &Context<'_>) -> Option<String> {
    let Context { model, types, sources, domain, .. } = *cx;
    say_cube(cube, domain, Speech { model, types, sources, language: model.config.language })
}

/// What an entry is called: its number, else its title.
pub(super) fn entry_title(id: EntryId, cx: &Context<'_>) -> String {
    prose::title(&Target::Entries(vec![id]), cx.model, cx.sources)
}

/// The first of an entry's conditions; its name when it has none.
pub(super) fn condition_place(id: EntryId, cx: &Context<'_>) -> Span {
    let entry = &cx.model.entries[id];
    entry.when.first().map_or(entry.name, |when| cx.model.conditions[*when].span())
}

/// Adds the help `size`: in how many situations out of how many, unless it is all of them.
pub(super) fn with_size(finding: Diagnostic, size: Option<Size>) -> Diagnostic {
    match size.filter(|size| size.region < size.all) {
        Some(size) => finding.text("region", size.region.to_string()).text("all", size.all.to_string()).help("size"),
        None => finding,
    }
}

/// As a part of a sentence.
pub(super) fn quoted(words: &str, language: Language) -> String {
    match language {
        Language::Japanese => format!("「{words}」"),
        Language::English => format!("`{words}`"),
    }
}
