//! What no test reaches. Refuses to know how that is shown.

use std::collections::BTreeMap;

use super::reach::{Reached, Sites, contexts, reached_by, sites};
use super::{Subject, TestResult};
use crate::domain::say_cube;
use crate::logic::Cube;
use crate::model::{Id, SymptomId};
use crate::runtime::optimum::{Expected, expected};
use crate::session::Compilation;
use crate::source::{Sources, Span};
use crate::speech::Speech;
use crate::table::Table;

/// Everything that a test can reach, in the order of the files.
#[derive(Debug)]
pub struct Coverage {
    pub items: Vec<Item>,
    /// How long readers of a symptom take, where it can be measured.
    pub times: Vec<(SymptomId, Expected)>,
}

/// At most so many states of all symptoms are looked at to measure times: some seconds of work.
const MOST_STATES: usize = 100_000;

/// Something that a test can reach.
#[derive(Debug)]
pub struct Item {
    pub kind: ItemKind,
    /// The header line, the condition, or the message.
    pub span: Span,
    /// An id, a way in words, or the message's text.
    pub name: String,
    /// How many tests reach it.
    pub tests: usize,
}

/// What a test reaches, and when.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ItemKind {
    /// It certainly applies at some point of the test.
    Entry,
    /// One way in which a condition of an entry, a cause or an action can hold: the test is inside it, and what has the
    /// condition certainly applies.
    Row,
    /// It is certainly offered.
    Action,
    /// The test is about it.
    Symptom,
    /// The test pastes it, and comes by its symptom.
    Message,
}

impl ItemKind {
    pub const ALL: [Self; 5] = [Self::Entry, Self::Row, Self::Action, Self::Symptom, Self::Message];
}

/// How many of how many are reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Share {
    pub reached: usize,
    pub of: usize,
}

impl Share {
    /// Whether it is at least this percentage; nothing is all of nothing.
    pub fn is_at_least(self, percent: u8) -> bool {
        self.reached * 100 >= self.of * usize::from(percent)
    }

    /// Rounded down, so that 100 means all.
    pub fn percent(self) -> usize {
        (self.reached * 100).checked_div(self.of).unwrap_or(100)
    }
}

impl Coverage {
    pub fn share(&self, kind: ItemKind) -> Share {
        let all = self.items.iter().filter(|item| item.kind == kind);
        Share { reached: all.clone().filter(|item| item.tests > 0).count(), of: all.count() }
    }

    pub fn unreached(&self) -> impl Iterator<Item = &Item> {
        self.items.iter().filter(|item| item.tests == 0)
    }
}

/// What these results reach of the knowledge base that they are of.
pub fn coverage(compilation: &Compilation, table: &Table, results: &[TestResult]) -> Coverage {
    let subject = Subject::new(compilation, table);
    let sites = sites(&subject, &contexts(&subject));
    let mut tests: BTreeMap<Reached, usize> = BTreeMap::new();
    for result in results {
        for reached in reached_by(&subject, &sites, &result.moments, &result.messages) {
            *tests.entry(reached).or_default() += 1;
        }
    }
    let mut items = items(&subject, &sites, &tests);
    items.sort_by_key(|item| (item.span, item.kind));
    Coverage { items, times: times(&subject) }
}

fn times(subject: &Subject<'_>) -> Vec<(SymptomId, Expected)> {
    let mut budget = MOST_STATES;
    let symptoms = subject.compilation.model.symptoms.enumerate().map(|(id, _)| id);
    symptoms.filter_map(|id| Some((id, expected(&subject.reader, id.index() as u32, &mut budget).ok()?))).collect()
}

fn items(subject: &Subject<'_>, sites: &Sites, tests: &BTreeMap<Reached, usize>) -> Vec<Item> {
    let Compilation { model, sources, .. } = subject.compilation;
    let mut items = Vec::new();
    let mut add = |reached: Reached, span: Span, name: String| {
        let kind = kind_of(reached);
        items.push(Item { kind, span, name, tests: tests.get(&reached).copied().unwrap_or(0) });
    };
    for (id, entry) in model.entries.enumerate() {
        add(Reached::Entry(id), entry.span, entry.id.clone());
    }
    for (id, action) in model.actions.enumerate() {
        let name = subject.table.actions.get(id.index()).map_or_else(String::new, |it| it.id.clone());
        add(Reached::Action(id), action.span, name);
    }
    for (id, symptom) in model.symptoms.enumerate() {
        add(Reached::Symptom(id), symptom.span, symptom.id.clone());
        for (at, message) in symptom.messages.iter().enumerate() {
            add(Reached::Message(id, at), message.span, joined(&message.lines, sources));
        }
    }
    for (owner, (span, ways)) in sites {
        for (at, way) in ways.iter().enumerate() {
            add(Reached::Row(*owner, at), *span, words(subject, way));
        }
    }
    items
}

fn kind_of(reached: Reached) -> ItemKind {
    match reached {
        Reached::Entry(_) => ItemKind::Entry,
        Reached::Action(_) => ItemKind::Action,
        Reached::Symptom(_) => ItemKind::Symptom,
        Reached::Message(..) => ItemKind::Message,
        Reached::Row(..) => ItemKind::Row,
    }
}

pub(super) fn joined(lines: &[Span], sources: &Sources) -> String {
    lines.iter().map(|line| sources.text(*line)).collect::<Vec<_>>().join(" ")
}

pub(super) fn words(subject: &Subject<'_>, way: &Cube) -> String {
    let Compilation { model, types, sources, .. } = subject.compilation;
    let speech = Speech { model, types, sources, language: model.config.language };
    say_cube(way, &subject.domain, speech).unwrap_or_default()
}
