//! Which questions can still change something: a question matters to a condition when, other answers being as they may, one
//! answer to it decides the condition and another does not. Refuses to know what the conditions stand for.

use std::collections::BTreeSet;

use super::judge::{is_inside, touches};
use super::view::View;
use super::{Evidence, Verdict};
use crate::table::{Condition, Row};

/// The facts that matter to conditions (indexes); only those whose question may still be asked. None for a condition that is
/// decided.
pub(super) fn facts_that_matter(view: &View, conditions: &[u32]) -> BTreeSet<u32> {
    let mut probe = Probe { view, evidence: view.evidence.clone(), facts: BTreeSet::new() };
    let undecided = conditions.iter().filter(|it| view.judge(**it) == Verdict::Possible);
    for condition in undecided.filter_map(|it| view.table.conditions.get(*it as usize)) {
        sides(condition).into_iter().for_each(|(rows, form)| rows.iter().for_each(|row| probe.look(row, rows, form)));
    }
    probe.facts
}

/// How a list of rows decides.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    Inside,
    ClearOf,
}

fn sides(condition: &Condition) -> Vec<(&[Row], Form)> {
    let Condition { certain, certain_clear_of, excluded, excluded_clear_of } = condition;
    let inside = [certain, excluded].into_iter().flatten().map(|rows| (rows.as_slice(), Form::Inside));
    let clear_of =
        [certain_clear_of, excluded_clear_of].into_iter().flatten().map(|rows| (rows.as_slice(), Form::ClearOf));
    inside.chain(clear_of).collect()
}

struct Probe<'a> {
    view: &'a View<'a>,
    /// The view's, but while a row is looked at.
    evidence: Evidence,
    facts: BTreeSet<u32>,
}

impl Probe<'_> {
    /// Takes the open facts of a row to be as it allows, and then each of them by itself to be otherwise.
    fn look(&mut self, row: &Row, rows: &[Row], form: Form) {
        let mut changed: Vec<(u32, Vec<bool>)> = Vec::new();
        if self.enter(row, form, &mut changed) && !self.is_broken(&changed) {
            for at in 0..changed.len() {
                self.look_beside(row, rows, form, changed.get(at));
            }
        }
        changed.into_iter().for_each(|(fact, before)| drop(self.evidence.exchange(fact, before)));
    }

    /// False when the row cannot be reached: what is not asked any more does not fit it.
    fn enter(&mut self, row: &Row, form: Form, changed: &mut Vec<(u32, Vec<bool>)>) -> bool {
        for (fact, allowed) in &row.0 {
            let is_allowed = |cell: u32| allowed.binary_search(&cell).is_ok();
            if self.evidence.cells(*fact).all(is_allowed) {
                continue;
            }
            if self.is_open(*fact) {
                let answers = self.answers(*fact, self.evidence.flags(*fact), is_allowed);
                if !answers.contains(&true) {
                    return false;
                }
                let before = self.evidence.exchange(*fact, answers);
                changed.push((*fact, before));
            } else if form == Form::Inside || !self.evidence.cells(*fact).any(is_allowed) {
                return false;
            }
        }
        true
    }

    /// Those of a fact's cells that can be answered: *not applicable* cannot.
    fn answers(&self, fact: u32, among: &[bool], which: impl Fn(u32) -> bool) -> Vec<bool> {
        let cells = self.view.table.facts.get(fact as usize).map_or(&[][..], |it| it.cells.as_slice());
        let cells = (0u32..).zip(among).zip(cells);
        cells.map(|((cell, is), it)| *is && !it.not_applicable && which(cell)).collect()
    }

    /// Whether an answer that the row allows and one that it does not lead apart.
    fn look_beside(&mut self, row: &Row, rows: &[Row], form: Form, changed: Option<&(u32, Vec<bool>)>) {
        let Some((fact, before)) = changed.filter(|(fact, _)| !self.facts.contains(fact)) else { return };
        let Some(allowed) = row.0.get(fact) else { return };
        let others = self.answers(*fact, before, |cell| allowed.binary_search(&cell).is_err());
        let inside = self.outcome(*fact, rows, form);
        let narrowed = self.evidence.exchange(*fact, others);
        let beside = self.outcome(*fact, rows, form);
        self.evidence.exchange(*fact, narrowed);
        if inside.zip(beside).is_some_and(|(inside, beside)| inside != beside) {
            self.facts.insert(*fact);
        }
    }

    /// What the rows say; none where no situation is left.
    fn outcome(&self, fact: u32, rows: &[Row], form: Form) -> Option<bool> {
        let is_left = self.evidence.flags(fact).contains(&true) && !self.view.ground.is_broken_by(fact, &self.evidence);
        is_left.then(|| self.decides(rows, form))
    }

    fn decides(&self, rows: &[Row], form: Form) -> bool {
        match form {
            Form::Inside => rows.iter().any(|row| is_inside(row, &self.evidence)),
            Form::ClearOf => !rows.iter().any(|row| touches(row, &self.evidence)),
        }
    }

    fn is_broken(&self, changed: &[(u32, Vec<bool>)]) -> bool {
        changed.iter().any(|(fact, _)| self.view.ground.is_broken_by(*fact, &self.evidence))
    }

    fn is_open(&self, fact: u32) -> bool {
        self.view.table.facts.get(fact as usize).is_some_and(|it| !self.view.is_settled(it.question))
    }
}
