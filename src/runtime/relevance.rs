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
            let flags = self.evidence.flags(*fact);
            let narrowed: Vec<bool> =
                (0u32..).zip(flags).map(|(cell, is)| *is && allowed.binary_search(&cell).is_ok()).collect();
            let (fits, free) = (narrowed.contains(&true), narrowed == flags);
            if !fits {
                return false;
            }
            if free {
                continue;
            }
            if self.is_open(*fact) {
                let before = self.evidence.exchange(*fact, narrowed);
                changed.push((*fact, before));
            } else if form == Form::Inside {
                return false;
            }
        }
        true
    }

    fn look_beside(&mut self, row: &Row, rows: &[Row], form: Form, changed: Option<&(u32, Vec<bool>)>) {
        let Some((fact, before)) = changed.filter(|(fact, _)| !self.facts.contains(fact)) else { return };
        let Some(allowed) = row.0.get(fact) else { return };
        let beside = (0u32..).zip(before).map(|(cell, is)| *is && allowed.binary_search(&cell).is_err()).collect();
        let inside = self.decides(rows, form);
        let narrowed = self.evidence.exchange(*fact, beside);
        if !self.view.ground.is_broken_by(*fact, &self.evidence) && self.decides(rows, form) != inside {
            self.facts.insert(*fact);
        }
        self.evidence.exchange(*fact, narrowed);
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
