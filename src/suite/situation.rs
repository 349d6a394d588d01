//! From what a test gives to the session that it asks about. Refuses to know what the test expects.

use std::collections::{BTreeMap, BTreeSet};

use super::answer::{NeedsToday, cells_given};
use super::assumed::assumptions_against;
use super::{Refusal, Subject};
use crate::ast::{Date, Spanned, Value};
use crate::diag::{Code, Diagnostic};
use crate::model::{FactId, Given, Id, SymptomId, Test};
use crate::runtime::{Evidence, Next, Session, ShownEntry};
use crate::source::Span;
use crate::table::{Assignment, Row};
use crate::types::Test as ValueTest;

/// The cells of a value that is chosen or not.
const YES: u32 = 0;
const NO: u32 = 1;

/// The session that a test comes to.
pub(super) struct Situation {
    pub session: Session,
    /// The session's.
    pub evidence: Evidence,
    /// What the reader of the session sees, and what comes next; these are there once everything given is gone through.
    pub shown: Vec<ShownEntry>,
    pub next: Next,
    /// For each fact (an index) of which something is known, where that is written.
    pub known_from: BTreeMap<u32, Span>,
    /// For each action (an index) that failed, where that is written.
    pub failed_at: BTreeMap<u32, Span>,
    /// The sessions just before each action that failed.
    pub before_actions: Vec<Session>,
}

impl Situation {
    pub fn symptom(&self) -> SymptomId {
        SymptomId::new(self.session.symptom.unwrap_or_default() as usize)
    }
}

/// Goes through what is given, in order. What cannot be so together is a finding, and there is no situation then.
pub(super) fn situation(subject: &Subject<'_>, symptom: SymptomId, test: &Test) -> Result<Situation, Refusal> {
    let today = test.given.iter().find_map(|given| match given.value {
        Given::Today(date) => Some(date),
        Given::Symptom(_) | Given::Message(_) | Given::Fact { .. } | Given::Unknown(_) | Given::Failed(_) => None,
    });
    let session = Session::new(symptom.index() as u32);
    let situation = Situation {
        evidence: subject.reader.evidence(&session),
        session,
        shown: Vec::new(),
        next: Next::Choose,
        known_from: BTreeMap::new(),
        failed_at: BTreeMap::new(),
        before_actions: Vec::new(),
    };
    let mut going = Going { subject, today, situation, given: BTreeSet::new() };
    for given in &test.given {
        going.take(given)?;
    }
    let mut situation = going.situation;
    (situation.next, situation.shown) = subject.reader.next_and_shown(&situation.session);
    Ok(situation)
}

/// The situation up to some given.
struct Going<'a> {
    subject: &'a Subject<'a>,
    today: Option<Date>,
    situation: Situation,
    /// Facts (indexes) given since something was last done: what is given after that is what is so now.
    given: BTreeSet<u32>,
}

impl Going<'_> {
    fn take(&mut self, given: &Spanned<Given>) -> Result<(), Refusal> {
        let before = self.situation.session.evidence.clone();
        match &given.value {
            Given::Symptom(_) | Given::Message(_) | Given::Today(_) => return Ok(()),
            Given::Fact { fact, value } => self.answer(*fact, value, given.span)?,
            Given::Unknown(fact) => self.unknown(*fact, given.span)?,
            Given::Failed(action) => self.fail(action.index() as u32, given.span),
        }
        self.see_what_changed(&before, given.span);
        self.check_agreement(given.span)
    }

    fn answer(&mut self, fact: FactId, value: &Value, span: Span) -> Result<(), Refusal> {
        let types = &self.subject.compilation.types;
        let Some(question) = self.subject.question_of(fact) else { return Ok(()) };
        let given = match types.values.get(&value.span) {
            _ if types.none_chosen.contains(&value.span) => self.agreeing(&self.none_of(fact), span)?,
            None => return Ok(()),
            Some(test) => {
                let cells = cells_given(fact, test, self.today, &self.subject.domain);
                let cells = cells.map_err(|NeedsToday| Refusal::from(self.needs_today(fact, span)))?;
                match test {
                    ValueTest::Has(_) => self.chosen(fact, &cells, span)?,
                    ValueTest::OneOf(_) | ValueTest::Within(_) => self.agreeing(&cells, span)?,
                }
            }
        };
        self.given.extend(self.subject.domain.vars(fact).map(|var| var.0));
        self.situation.session.answer(self.subject.table, question, &given);
        Ok(())
    }

    fn none_of(&self, fact: FactId) -> Vec<(u32, Vec<u32>)> {
        self.subject.domain.vars(fact).map(|var| (var.0, vec![NO])).collect()
    }

    /// The values that are given of a fact that may have several are all that it has, and none was not given before.
    fn chosen(&self, fact: FactId, cells: &[(u32, Vec<u32>)], span: Span) -> Result<Vec<Assignment>, Refusal> {
        let Situation { evidence, known_from, .. } = &self.situation;
        let mut vars = self.subject.domain.vars(fact).map(|var| var.0);
        let is_first = !vars.clone().any(|var| self.given.contains(&var));
        if !is_first && !vars.clone().any(|var| evidence.allows(var, YES)) {
            return Err(one_value(span, vars.find_map(|var| known_from.get(&var))).into());
        }
        let others = if is_first { self.none_of(fact) } else { Vec::new() };
        let given = others.into_iter().chain(cells.iter().cloned());
        Ok(given.map(|(fact, cells)| Assignment { fact, cells }).collect())
    }

    /// Those of the cells that are still possible.
    fn agreeing(&self, cells: &[(u32, Vec<u32>)], span: Span) -> Result<Vec<Assignment>, Refusal> {
        let Situation { evidence, known_from, .. } = &self.situation;
        let left = |(fact, cells): &(u32, Vec<u32>)| {
            let is_left = |cell: &u32| !self.given.contains(fact) || evidence.allows(*fact, *cell);
            let cells: Vec<u32> = cells.iter().copied().filter(is_left).collect();
            let clash = || one_value(span, known_from.get(fact));
            if cells.is_empty() { Err(clash().into()) } else { Ok(Assignment { fact: *fact, cells }) }
        };
        cells.iter().map(left).collect()
    }

    fn needs_today(&self, fact: FactId, span: Span) -> Diagnostic {
        let name = &self.subject.compilation.model.facts[fact].id;
        Diagnostic::at(Code::TestNeedsToday, span).text("fact", name).help("give")
    }

    /// What follows from not knowing an answer.
    fn unknown(&mut self, fact: FactId, span: Span) -> Result<(), Refusal> {
        let Some(question) = self.subject.question_of(fact) else { return Ok(()) };
        let Situation { session, known_from, .. } = &mut self.situation;
        let mut facts = self.subject.domain.vars(fact).map(|var| var.0);
        if facts.clone().any(|fact| self.given.contains(&fact)) && !session.unknown.contains(&question) {
            return Err(one_value(span, facts.find_map(|fact| known_from.get(&fact))).into());
        }
        self.given.extend(facts);
        session.unknown(self.subject.table, question);
        Ok(())
    }

    fn fail(&mut self, action: u32, span: Span) {
        let Situation { session, before_actions, failed_at, .. } = &mut self.situation;
        before_actions.push(session.clone());
        failed_at.insert(action, span);
        session.done(self.subject.table, action);
        self.given.clear();
    }

    /// Notes where what is known now, and was not before, is written.
    fn see_what_changed(&mut self, before: &Row, span: Span) {
        let Situation { session, evidence, known_from, .. } = &mut self.situation;
        let Row(now) = &session.evidence;
        known_from.retain(|fact, _| now.contains_key(fact));
        let new = now.iter().filter(|(fact, cells)| before.0.get(*fact) != Some(*cells));
        known_from.extend(new.map(|(fact, _)| (*fact, span)));
        *evidence = self.subject.reader.evidence(session);
    }

    fn check_agreement(&self, span: Span) -> Result<(), Refusal> {
        let clashes = self.subject.reader.clashes(&self.situation.evidence);
        let facts = || clashes.iter().flatten().copied().collect();
        if clashes.is_empty() { Ok(()) } else { Err(self.clash(&facts(), span).into()) }
    }

    /// What is given of these facts cannot be so together under what is assumed.
    fn clash(&self, facts: &BTreeSet<u32>, span: Span) -> Diagnostic {
        let Situation { evidence, known_from, .. } = &self.situation;
        let places: BTreeSet<Span> = facts.iter().filter_map(|fact| known_from.get(fact).copied()).collect();
        let finding = Diagnostic::at(Code::TestContradiction, span);
        let finding =
            places.into_iter().filter(|it| *it != span).fold(finding, |it, other| it.label(other, "clashing"));
        let assumed = assumptions_against(self.subject, evidence, facts);
        assumed.into_iter().fold(finding, |it, assumed| it.label(assumed, "assumed")).help("possible")
    }
}

fn one_value(span: Span, earlier: Option<&Span>) -> Diagnostic {
    let finding = Diagnostic::at(Code::TestContradiction, span).help("one-value");
    earlier.into_iter().fold(finding, |finding, earlier| finding.label(*earlier, "clashing"))
}
