//! What no test reaches. Refuses to know how that is shown.

use std::collections::{BTreeMap, BTreeSet};

use super::ways::ways;
use super::{Subject, TestResult};
use crate::domain::{Meanings, say_cube};
use crate::logic::{Cube, Formula};
use crate::model::{ActionId, ConditionId, EntryId, Id, SymptomId};
use crate::runtime::{Evidence, Session, Verdict, judge_condition, shown};
use crate::session::Compilation;
use crate::source::{Sources, Span};
use crate::speech::Speech;
use crate::table::Table;

/// Everything that a test can reach, in the order of the files.
#[derive(Debug)]
pub struct Coverage {
    pub items: Vec<Item>,
}

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
    let sites = sites(&subject);
    let mut tests: BTreeMap<Reached, usize> = BTreeMap::new();
    for result in results {
        for reached in reached_by(&subject, result, &sites) {
            *tests.entry(reached).or_default() += 1;
        }
    }
    let mut items = items(&subject, &sites, &tests);
    items.sort_by_key(|item| (item.span, item.kind));
    Coverage { items }
}

/// A thing that is reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Reached {
    Entry(EntryId),
    Action(ActionId),
    Symptom(SymptomId),
    /// By the message's index within its symptom.
    Message(SymptomId, usize),
    /// By the way's index at its site.
    Row(Owner, usize),
}

/// What has a condition.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Owner {
    Entry(EntryId),
    /// By the cause's index within its entry.
    Cause(EntryId, usize),
    Action(ActionId),
}

/// The ways in which each condition can hold, with the place where it is written.
type Sites = BTreeMap<Owner, (Span, Vec<Cube>)>;

fn sites(subject: &Subject<'_>) -> Sites {
    let model = &subject.compilation.model;
    let contexts = contexts(subject);
    let mut sites = Sites::new();
    let mut add = |owner: Owner, conditions: &[ConditionId]| {
        let Some(first) = conditions.first() else { return };
        let mut found = ways(&subject.domain.space, &subject.meanings.all(conditions));
        found.retain(|way| is_possible(subject, way, contexts.get(&context_of(owner))));
        sites.insert(owner, (model.conditions[*first].span(), found));
    };
    for (id, entry) in model.entries.enumerate() {
        add(Owner::Entry(id), &entry.when);
        for (at, cause) in entry.causes.iter().enumerate() {
            add(Owner::Cause(id, at), &cause.when);
        }
    }
    for (id, action) in model.actions.enumerate() {
        add(Owner::Action(id), &action.when);
    }
    sites
}

/// A cause's condition matters where its entry applies.
fn context_of(owner: Owner) -> Owner {
    match owner {
        Owner::Entry(entry) | Owner::Cause(entry, _) => Owner::Entry(entry),
        Owner::Action(action) => Owner::Action(action),
    }
}

/// When each entry and action applies, for each symptom that has it.
fn contexts(subject: &Subject<'_>) -> BTreeMap<Owner, Vec<Formula>> {
    let Subject { compilation, applicability, meanings, .. } = subject;
    let mut contexts: BTreeMap<Owner, Vec<Formula>> = BTreeMap::new();
    for symptom in compilation.model.symptoms.ids() {
        let entries = applicability.conditions(symptom, &compilation.model);
        for (action, formula) in applicability.actions(&entries, &compilation.model, meanings) {
            contexts.entry(Owner::Action(action)).or_default().push(formula);
        }
        for (entry, formula) in entries {
            contexts.entry(Owner::Entry(entry)).or_default().push(formula);
        }
    }
    contexts
}

/// Whether there is a situation in which it holds in this way and applies; what no symptom has need only hold.
fn is_possible(subject: &Subject<'_>, way: &Cube, contexts: Option<&Vec<Formula>>) -> bool {
    let holds = Formula::from(way);
    let together = |applies: &Formula| Meanings::and([holds.clone(), applies.clone()]);
    match contexts {
        Some(contexts) => contexts.iter().any(|applies| subject.assumptions.can_hold(&together(applies), None)),
        None => subject.assumptions.can_hold(&holds, None),
    }
}

fn reached_by(subject: &Subject<'_>, result: &TestResult, sites: &Sites) -> BTreeSet<Reached> {
    let mut reach = Reach { subject, sites, reached: BTreeSet::new() };
    for session in &result.moments {
        let evidence = session.evidence(subject.table);
        reach.reached.extend(session.symptom.map(|it| Reached::Symptom(SymptomId::new(it as usize))));
        reach.entries(session, &evidence);
        reach.actions(session, &evidence);
    }
    reach.reached.extend(result.messages.iter().map(|(symptom, message)| Reached::Message(*symptom, *message)));
    reach.reached
}

/// What a test has reached so far.
struct Reach<'a> {
    subject: &'a Subject<'a>,
    sites: &'a Sites,
    reached: BTreeSet<Reached>,
}

impl Reach<'_> {
    fn entries(&mut self, session: &Session, evidence: &Evidence) {
        let shown = shown(self.subject.table, session);
        for it in shown.iter().filter(|it| it.verdict == Verdict::Certain) {
            let entry = EntryId::new(it.entry as usize);
            self.reached.insert(Reached::Entry(entry));
            self.rows(Owner::Entry(entry), evidence);
            for at in 0..self.subject.compilation.model.entries[entry].causes.len() {
                self.rows(Owner::Cause(entry, at), evidence);
            }
        }
    }

    /// Those of the symptom, and of the entries that the reader was handed over to.
    fn actions(&mut self, session: &Session, evidence: &Evidence) {
        let table = self.subject.table;
        let listed = session.symptom.and_then(|it| table.symptoms.get(it as usize)).map(|it| &it.actions);
        let entered = session.entered.iter().filter_map(|it| table.entries.get(*it as usize)?.alone.as_ref());
        for it in listed.into_iter().chain(entered.map(|it| &it.actions)).flatten() {
            if judge_condition(table, it.condition, evidence) == Verdict::Certain {
                let action = ActionId::new(it.action as usize);
                self.reached.insert(Reached::Action(action));
                self.rows(Owner::Action(action), evidence);
            }
        }
    }

    fn rows(&mut self, owner: Owner, evidence: &Evidence) {
        let Some((_, ways)) = self.sites.get(&owner) else { return };
        let inside = ways.iter().enumerate().filter(|(_, way)| self.subject.assumptions.lie_inside(evidence, way));
        self.reached.extend(inside.map(|(at, _)| Reached::Row(owner, at)));
    }
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

fn joined(lines: &[Span], sources: &Sources) -> String {
    lines.iter().map(|line| sources.text(*line)).collect::<Vec<_>>().join(" ")
}

fn words(subject: &Subject<'_>, way: &Cube) -> String {
    let Compilation { model, types, sources, .. } = subject.compilation;
    let speech = Speech { model, types, sources, language: model.config.language };
    say_cube(way, &subject.domain, speech).unwrap_or_default()
}
