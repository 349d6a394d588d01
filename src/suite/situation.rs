//! From what a test gives to what is known when it asks what comes next. Refuses to know what the test expects.

use std::collections::{BTreeMap, BTreeSet};

use super::answer::{NeedsToday, cells_given};
use super::assumed::assumptions_against;
use super::{Moment, Subject};
use crate::ast::{Date, Spanned, Value};
use crate::diag::{Code, Diagnostic};
use crate::model::{FactId, Given, Id, SymptomId, Test};
use crate::runtime::{Evidence, clashes, take_effects};
use crate::source::Span;
use crate::table::IfUnknown;
use crate::types::Test as ValueTest;

/// What a reader knows and has tried.
#[derive(Clone, Debug)]
pub(super) struct Situation {
    pub symptom: SymptomId,
    pub evidence: Evidence,
    /// Questions (indexes) that were answered, or to which the answer is not known.
    pub asked: BTreeSet<u32>,
    /// Actions (indexes) that were tried without success.
    pub tried: Vec<u32>,
    /// For each fact (an index) of which something is known, where that is written.
    pub known_from: BTreeMap<u32, Span>,
    /// What was known just before each action that failed.
    pub before_actions: Vec<Moment>,
}

/// Goes through what is given, in order. What cannot be so together, or leads nowhere, is a finding, and there is no
/// situation then.
pub(super) fn situation(subject: &Subject<'_>, symptom: SymptomId, test: &Test) -> Result<Situation, Diagnostic> {
    let today = test.given.iter().find_map(|given| match given.value {
        Given::Today(date) => Some(date),
        Given::Symptom(_) | Given::Message(_) | Given::Fact { .. } | Given::Unknown(_) | Given::Failed(_) => None,
    });
    let situation = Situation {
        symptom,
        evidence: Evidence::new(subject.table),
        asked: BTreeSet::new(),
        tried: Vec::new(),
        known_from: BTreeMap::new(),
        before_actions: Vec::new(),
    };
    let mut going = Going { subject, today, situation };
    for given in &test.given {
        going.take(given)?;
    }
    Ok(going.situation)
}

/// The situation up to some given.
struct Going<'a> {
    subject: &'a Subject<'a>,
    today: Option<Date>,
    situation: Situation,
}

impl Going<'_> {
    fn take(&mut self, given: &Spanned<Given>) -> Result<(), Diagnostic> {
        match &given.value {
            Given::Symptom(_) | Given::Message(_) | Given::Today(_) => return Ok(()),
            Given::Fact { fact, value } => self.answer(*fact, value, given.span)?,
            Given::Unknown(fact) => self.unknown(*fact, given.span)?,
            Given::Failed(action) => self.fail(action.index() as u32, given.span),
        }
        self.check_agreement(given.span)
    }

    fn answer(&mut self, fact: FactId, value: &Value, span: Span) -> Result<(), Diagnostic> {
        let Some(test) = self.subject.compilation.types.values.get(&value.span) else { return Ok(()) };
        let cells = cells_given(fact, test, self.today, &self.subject.domain);
        let cells = cells.map_err(|NeedsToday| self.needs_today(fact, span))?;
        let is_choice = matches!(test, ValueTest::Has(_));
        if is_choice {
            self.begin_choice(fact, span);
        }
        for (variable, chosen) in cells {
            self.settle(variable, &chosen, is_choice, span)?;
        }
        self.situation.asked.extend(self.subject.question_of(fact));
        Ok(())
    }

    /// The values that are given of a fact that may have several are all that it has.
    fn begin_choice(&mut self, fact: FactId, span: Span) {
        const NO: u32 = 1;
        let Situation { evidence, known_from, .. } = &mut self.situation;
        let domain = &self.subject.domain;
        if domain.vars(fact).all(|var| evidence.is_whole(var.0)) {
            for var in domain.vars(fact) {
                evidence.set(var.0, &[NO]);
                known_from.insert(var.0, span);
            }
        }
    }

    fn settle(&mut self, variable: u32, cells: &[u32], is_choice: bool, span: Span) -> Result<(), Diagnostic> {
        let Situation { evidence, known_from, .. } = &mut self.situation;
        let left: Vec<u32> =
            cells.iter().copied().filter(|cell| is_choice || evidence.allows(variable, *cell)).collect();
        if evidence.set(variable, &left) {
            known_from.insert(variable, span);
            return Ok(());
        }
        let earlier = known_from.get(&variable).copied();
        let finding = Diagnostic::at(Code::TestContradiction, span).help("one-value");
        Err(earlier.into_iter().fold(finding, |finding, earlier| finding.label(earlier, "clashing")))
    }

    fn needs_today(&self, fact: FactId, span: Span) -> Diagnostic {
        let name = &self.subject.compilation.model.facts[fact].id;
        Diagnostic::at(Code::TestNeedsToday, span).text("fact", name).help("give")
    }

    /// What follows from not knowing an answer.
    fn unknown(&mut self, fact: FactId, span: Span) -> Result<(), Diagnostic> {
        let Some(question) = self.subject.question_of(fact) else { return Ok(()) };
        self.situation.asked.insert(question);
        let asked = self.subject.table.questions.get(question as usize);
        if let Some(IfUnknown::Assume(assumed)) = asked.and_then(|question| question.if_unknown.as_ref()) {
            for assignment in assumed {
                self.settle(assignment.fact, &assignment.cells, false, span)?;
            }
        }
        Ok(())
    }

    fn fail(&mut self, action: u32, span: Span) {
        let Situation { symptom, evidence, tried, before_actions, known_from, asked } = &mut self.situation;
        before_actions.push(Moment { symptom: *symptom, evidence: evidence.clone() });
        tried.push(action);
        let table = self.subject.table;
        let open = take_effects(table, action, evidence);
        for fact in open {
            known_from.remove(&fact);
            asked.remove(&self.subject.table.facts[fact as usize].question);
        }
        let sets = table.actions.get(action as usize).map_or(&[][..], |action| &action.sets);
        known_from.extend(sets.iter().map(|it| (it.fact, span)));
    }

    fn check_agreement(&self, span: Span) -> Result<(), Diagnostic> {
        let clashes = clashes(self.subject.table, &self.situation.evidence);
        let facts = || clashes.iter().flatten().copied().collect();
        if clashes.is_empty() { Ok(()) } else { Err(self.clash(&facts(), span)) }
    }

    /// What is given of these facts cannot be so together under what is assumed.
    fn clash(&self, facts: &BTreeSet<u32>, span: Span) -> Diagnostic {
        let Situation { evidence, known_from, .. } = &self.situation;
        let others: BTreeSet<Span> = facts.iter().filter_map(|fact| known_from.get(fact).copied()).collect();
        let finding = Diagnostic::at(Code::TestContradiction, span);
        let finding =
            others.into_iter().filter(|other| *other != span).fold(finding, |it, other| it.label(other, "clashing"));
        let assumed = assumptions_against(self.subject, evidence, facts);
        let finding = assumed.into_iter().fold(finding, |it, assumed| it.label(assumed, "assumed"));
        finding.help("possible")
    }
}
