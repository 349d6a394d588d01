//! What is meant by symptoms, facts and values as somebody typed them. Refuses to know why anything applies.

use std::collections::BTreeSet;

use super::refusal;
use crate::cli::failure::Failure;
use crate::cli::graph::unknown;
use crate::diag::Diagnostics;
use crate::emit::table::build_table;
use crate::graph::{Node, NodeKind, find as named};
use crate::language::Language;
use crate::logic::{Values, Var};
use crate::model::{EntryId, FactId, Id, SymptomId, fold_name};
use crate::plain::read_fact;
use crate::runtime::{Day, Matched, find, question_named};
use crate::table::{Assignment, IfUnknown, Table};
use crate::why::{Evidence, Inquiry};

/// What is needed to read it. The table's facts and symptoms have the indexes of variables and symptoms.
pub(super) struct Given<'a> {
    inquiry: &'a Inquiry<'a>,
    table: Table,
    /// Of the person.
    language: Language,
}

impl<'a> Given<'a> {
    pub(super) fn new(inquiry: &'a Inquiry<'a>, language: Language) -> Self {
        // Its conditions are not looked at, so that it does not matter which cannot be written out.
        let table = build_table(inquiry.compilation, &mut Diagnostics::default());
        Self { inquiry, table, language }
    }

    /// The symptom of a name or a title.
    pub(super) fn symptom(&self, written: &str) -> Result<SymptomId, Failure> {
        let named = self
            .nodes(written)
            .into_iter()
            .find_map(|node| if let Node::Symptom(symptom) = node { Some(symptom) } else { None });
        let titled = || find(&self.table, written).into_iter().find(|hit| hit.matched == Matched::Exact);
        let found = named.or_else(|| titled().map(|hit| SymptomId::new(hit.symptom as usize)));
        found.ok_or_else(|| unknown(written, Some(NodeKind::Symptom), self.inquiry.compilation))
    }

    fn nodes(&self, written: &str) -> Vec<Node> {
        named(written, &self.inquiry.compilation.model, &self.inquiry.compilation.sources)
    }

    /// The symptom that a message, or other words for it, leads to.
    pub(super) fn symptom_of(&self, text: &str) -> Result<SymptomId, Failure> {
        let hits = find(&self.table, text);
        let Some(best) = hits.first() else { return Err(refusal::no_symptom(text, &self.table)) };
        let equal = hits.iter().filter(|hit| hit.rival || hit.symptom == best.symptom);
        let equal: Vec<u32> = equal.map(|hit| hit.symptom).collect();
        match equal.as_slice() {
            [only] => Ok(SymptomId::new(*only as usize)),
            several => Err(refusal::several_symptoms(text, several, &self.table)),
        }
    }

    pub(super) fn entries(&self, written: &[String], symptom: SymptomId) -> Result<Vec<EntryId>, Failure> {
        let listed = self.inquiry.entries(symptom);
        let one = |written: &String| {
            let entry = self
                .nodes(written)
                .into_iter()
                .find_map(|node| if let Node::Entry(entry) = node { Some(entry) } else { None });
            match entry {
                Some(entry) if listed.contains(&entry) => Ok(entry),
                Some(_) => Err(refusal::not_of_symptom(written, symptom, self.inquiry)),
                None => Err(unknown(written, Some(NodeKind::Entry), self.inquiry.compilation)),
            }
        };
        written.iter().map(one).collect()
    }

    /// What is known; a fact may be given once.
    pub(super) fn evidence(
        &self,
        facts: &[String],
        unknown: &[String],
        today: Option<&str>,
    ) -> Result<Evidence, Failure> {
        let today = today
            .map(|day| Day::try_from(day.to_owned()).map_err(|_| refusal::no_day(day, self.language)))
            .transpose()?;
        let mut evidence = self.inquiry.no_evidence();
        let mut given = BTreeSet::new();
        for fact in facts {
            let (name, value) = fact.split_once(['=', '＝']).ok_or_else(|| refusal::no_value(fact, self.language))?;
            let name = self.name(name)?;
            let read = read_fact(&self.table, &name, value, today);
            let (question, assignments) =
                read.map_err(|error| refusal::no_answer(&name, value, error, self.inquiry))?;
            self.give(question, &assignments, &mut given, &mut evidence)?;
        }
        for fact in unknown {
            let name = self.name(fact)?;
            let question = question_named(&self.table, &name);
            let question = question.ok_or_else(|| self.no_fact(fact))?;
            self.leave_open(question, &mut given, &mut evidence)?;
        }
        Ok(evidence)
    }

    fn give(
        &self,
        question: u32,
        assignments: &[Assignment],
        given: &mut BTreeSet<u32>,
        evidence: &mut Evidence,
    ) -> Result<(), Failure> {
        for Assignment { fact, cells } in assignments {
            if !given.insert(*fact) {
                return Err(refusal::given_twice(question, &self.table, self.language));
            }
            if let Some(known) = evidence.cells.get_mut(*fact as usize) {
                *known = Values::of(known.size(), cells.iter().copied());
            }
        }
        Ok(())
    }

    /// *I don't know*, and what the writer takes it for.
    fn leave_open(&self, question: u32, given: &mut BTreeSet<u32>, evidence: &mut Evidence) -> Result<(), Failure> {
        let Some(asked) = self.table.questions.get(question as usize) else { return Ok(()) };
        match &asked.if_unknown {
            Some(IfUnknown::Assume(assignments)) => self.give(question, assignments, given, evidence),
            Some(IfUnknown::Contact(_) | IfUnknown::Entry(_)) | None => {
                if asked.facts.iter().any(|fact| given.contains(fact)) {
                    return Err(refusal::given_twice(question, &self.table, self.language));
                }
                evidence.unknown.extend(asked.facts.iter().map(|fact| Var(*fact)));
                Ok(())
            }
        }
    }

    /// The name by which the table knows a fact, or a member of one, as typed: by name, former name or label.
    fn name(&self, written: &str) -> Result<String, Failure> {
        let model = &self.inquiry.compilation.model;
        let folded = fold_name(written.trim());
        if self.table.facts.iter().any(|fact| fact.id == *folded) {
            return Ok(folded.into_owned());
        }
        let labelled = || model.facts.ids().find(|id| self.label(*id).is_some_and(|label| label == folded));
        let Some(id) = model.names.find::<FactId>(&folded).or_else(labelled) else {
            return Err(self.no_fact(written));
        };
        let fact = &model.facts[id];
        if fact.derived.is_some() {
            return Err(refusal::derived(id, self.inquiry));
        }
        Ok(fact.id.clone())
    }

    fn label(&self, id: FactId) -> Option<String> {
        let label = self.inquiry.compilation.model.facts[id].label?;
        Some(fold_name(self.inquiry.compilation.sources.text(label)).into_owned())
    }

    fn no_fact(&self, written: &str) -> Failure {
        unknown(written.trim(), Some(NodeKind::Fact), self.inquiry.compilation)
    }
}
