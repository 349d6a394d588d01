//! Tests to paste, for what no test reaches: a situation that reaches it, and what is so there now. Refuses to know whether that
//! is right.

use std::collections::{BTreeMap, BTreeSet};

use super::coverage::{joined, words};
use super::reach::{Contexts, Owner, Reached, Sites, context_of, contexts, reached_by, sites};
use super::wording::{Said, Wording, one_line};
use super::{Subject, TestResult};
use crate::logic::{Cube, Formula};
use crate::model::{EntryId, Id, SymptomId};
use crate::prose::plain;
use crate::runtime::{Evidence, Session, Verdict};
use crate::session::Compilation;
use crate::table::{Assignment, Table};

/// Test blocks that together reach what these results do not, as far as something can be given that reaches it.
pub fn suggest_tests(compilation: &Compilation, table: &Table, results: &[TestResult]) -> Vec<String> {
    let subject = Subject::new(compilation, table);
    let contexts = contexts(&subject);
    let sites = sites(&subject, &contexts);
    let by = |result: &TestResult| reached_by(&subject, &sites, &result.moments, &result.messages);
    let mut reached: BTreeSet<Reached> = results.iter().flat_map(by).collect();
    let maker = Maker { subject: &subject, contexts: &contexts, sites: &sites, wording: Wording::of(&subject) };
    let mut blocks = Vec::new();
    for target in targets(&subject, &sites) {
        if reached.contains(&target) {
            continue;
        }
        let drafts =
            maker.draft(target).map(|draft| (reached_by(&subject, &sites, &draft.moments, &draft.messages), draft));
        if let Some((gained, draft)) = drafts.filter(|(gained, _)| gained.contains(&target)) {
            reached.extend(gained);
            blocks.push(maker.block(&draft));
        }
    }
    blocks
}

/// What reaches most comes first, so that few tests are needed.
fn targets(subject: &Subject<'_>, sites: &Sites) -> Vec<Reached> {
    let model = &subject.compilation.model;
    let rows = sites.iter().flat_map(|(owner, (_, ways))| (0..ways.len()).map(|at| Reached::Row(*owner, at)));
    let messages = model
        .symptoms
        .enumerate()
        .flat_map(|(id, symptom)| (0..symptom.messages.len()).map(move |at| Reached::Message(id, at)));
    let actions = model.actions.ids().map(Reached::Action);
    let entries = model.entries.ids().map(Reached::Entry);
    rows.chain(actions).chain(entries).chain(messages).chain(model.symptoms.ids().map(Reached::Symptom)).collect()
}

/// A test about to be written.
struct Draft {
    title: String,
    /// The symptom or the message, then facts.
    given: Vec<String>,
    moments: Vec<Session>,
    messages: Vec<(SymptomId, usize)>,
}

struct Maker<'a> {
    subject: &'a Subject<'a>,
    contexts: &'a Contexts,
    sites: &'a Sites,
    wording: Wording<'a>,
}

impl Maker<'_> {
    fn draft(&self, target: Reached) -> Option<Draft> {
        let Compilation { model, sources, .. } = self.subject.compilation;
        match target {
            Reached::Entry(entry) => {
                let title = plain(&model.entries[entry].title, model, sources);
                self.applying(Owner::Entry(entry), title, None)
            }
            Reached::Action(action) => {
                let id = &self.subject.table.actions.get(action.index())?.id;
                self.applying(Owner::Action(action), id.clone(), None)
            }
            Reached::Row(owner, at) => {
                let way = self.sites.get(&owner)?.1.get(at)?;
                self.applying(owner, words(self.subject, way), Some(way))
            }
            Reached::Symptom(symptom) => {
                let title = plain(&model.symptoms[symptom].title, model, sources);
                Some(self.bare(symptom, title, self.wording.symptom(symptom), Vec::new()))
            }
            Reached::Message(symptom, at) => {
                let text = joined(&model.symptoms[symptom].messages.get(at)?.lines, sources);
                Some(self.bare(symptom, text.clone(), self.wording.message(&text)?, vec![(symptom, at)]))
            }
        }
    }

    fn bare(&self, symptom: SymptomId, title: String, way_in: String, messages: Vec<(SymptomId, usize)>) -> Draft {
        let moments = vec![Session::new(symptom.index() as u32)];
        Draft { title, given: vec![way_in], moments, messages }
    }

    /// A situation in which the owner applies, its condition holding in this way.
    fn applying(&self, owner: Owner, title: String, way: Option<&Cube>) -> Option<Draft> {
        let found = self.contexts.get(&context_of(owner))?.iter().find_map(|(symptom, applies)| {
            let together = way.map(Formula::from).into_iter().chain([applies.clone()]).collect();
            let example = self.subject.assumptions.example(&Formula::And(together))?;
            Some((*symptom, example))
        });
        let (symptom, example) = found?;
        let needed = self.needed(symptom, owner, way, &example)?;
        let mut session = Session::new(symptom.index() as u32);
        for (question, cells) in self.by_question(&needed) {
            session.answer(self.subject.table, question, &cells);
        }
        let facts = needed.iter().filter_map(|(fact, cell)| match self.wording.given(*fact, *cell, &needed) {
            Said::Text(text) => Some(text),
            Said::Already | Said::Never => None,
        });
        let given = std::iter::once(self.wording.symptom(symptom)).chain(facts).collect();
        Some(Draft { title, given, moments: vec![session], messages: Vec::new() })
    }

    /// Those facts of the situation that are enough for it to reach the owner: first what cannot be given is left out, then
    /// whatever need not be given. None when what cannot be given is needed.
    fn needed(
        &self,
        symptom: SymptomId,
        owner: Owner,
        way: Option<&Cube>,
        example: &BTreeMap<u32, u32>,
    ) -> Option<BTreeMap<u32, u32>> {
        let sayable = |(fact, cell): &(&u32, &u32)| !matches!(self.wording.given(**fact, **cell, example), Said::Never);
        let mut needed: BTreeMap<u32, u32> =
            example.iter().filter(sayable).map(|(fact, cell)| (*fact, *cell)).collect();
        let is_enough = |facts: &BTreeMap<u32, u32>| self.is_enough(symptom, owner, way, facts);
        if !is_enough(&needed) {
            return None;
        }
        let all: Vec<u32> = needed.keys().rev().copied().collect();
        for fact in all {
            let Some(cell) = needed.remove(&fact) else { continue };
            if !is_enough(&needed) {
                needed.insert(fact, cell);
            }
        }
        Some(needed)
    }

    fn is_enough(&self, symptom: SymptomId, owner: Owner, way: Option<&Cube>, facts: &BTreeMap<u32, u32>) -> bool {
        let mut evidence = Evidence::new(self.subject.table);
        for (fact, cell) in facts {
            evidence.set(*fact, &[*cell]);
        }
        let listed = self.subject.table.symptoms.get(symptom.index());
        let condition = listed.and_then(|listed| match context_of(owner) {
            Owner::Entry(entry) | Owner::Cause(entry, _) => {
                listed.entries.iter().find(|it| it.entry as usize == entry.index()).map(|it| it.condition)
            }
            Owner::Action(action) => {
                listed.actions.iter().find(|it| it.action as usize == action.index()).map(|it| it.condition)
            }
        });
        let is_certain = |it| self.subject.reader.judge_condition(it, &evidence) == Verdict::Certain;
        condition.is_some_and(is_certain) && way.is_none_or(|way| self.subject.assumptions.lie_inside(&evidence, way))
    }

    /// The answers to be given; of a question with several facts all are settled.
    fn by_question(&self, needed: &BTreeMap<u32, u32>) -> BTreeMap<u32, Vec<Assignment>> {
        const NO: u32 = 1;
        let facts = &self.subject.table.facts;
        let asked: BTreeSet<u32> = needed.keys().filter_map(|fact| Some(facts.get(*fact as usize)?.question)).collect();
        let answer = |question: u32| {
            let settled = &self.subject.table.questions.get(question as usize)?.facts;
            let cell = |fact: &u32| needed.get(fact).copied().unwrap_or(NO);
            Some((question, settled.iter().map(|fact| Assignment { fact: *fact, cells: vec![cell(fact)] }).collect()))
        };
        asked.into_iter().filter_map(answer).collect()
    }

    /// The block, with what is so now for its expectations.
    fn block(&self, draft: &Draft) -> String {
        let mut expect = Vec::new();
        if let Some(session) = draft.moments.last() {
            let shown = self.subject.reader.shown(session);
            let certain = shown.iter().filter(|it| it.verdict == Verdict::Certain);
            expect.extend(certain.map(|it| self.wording.certain(EntryId::new(it.entry as usize))));
            expect.extend(self.wording.next(session));
        }
        self.wording.block(&one_line(&draft.title), &draft.given, &expect)
    }
}
