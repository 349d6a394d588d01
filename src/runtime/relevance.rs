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

/// A fact with the cells that it is narrowed to.
type Narrowed = (u32, Vec<bool>);

impl Probe<'_> {
    /// Takes the open facts of a row to be as it allows, and then each of them by itself to be otherwise.
    fn look(&mut self, row: &Row, rows: &[Row], form: Form) {
        let Some(narrowed) = self.reach(row, form) else { return };
        let Some(within) = self.outcome(&narrowed, &[], rows, form) else { return };
        for (fact, _) in &narrowed {
            if self.facts.contains(fact) {
                continue;
            }
            let beside = self.answers(*fact, |cell| !allows(row, *fact, cell));
            let others: Vec<Narrowed> = narrowed.iter().filter(|(other, _)| other != fact).cloned().collect();
            let outcome = self.outcome(&[(*fact, beside)], &others, rows, form);
            if outcome.is_some_and(|it| it != within) {
                self.facts.insert(*fact);
            }
        }
    }

    /// The open facts of a row with the answers that it allows; none when it cannot be reached: what is not asked any more does not
    /// fit it.
    fn reach(&self, row: &Row, form: Form) -> Option<Vec<Narrowed>> {
        let mut narrowed = Vec::new();
        for fact in row.0.keys() {
            let is_allowed = |cell: u32| allows(row, *fact, cell);
            if self.evidence.cells(*fact).all(is_allowed) {
                continue;
            }
            if self.is_open(*fact) {
                narrowed.push((*fact, self.answers(*fact, is_allowed)));
            } else if form == Form::Inside || !self.evidence.cells(*fact).any(is_allowed) {
                return None;
            }
        }
        Some(narrowed)
    }

    /// Those of a fact's cells that can be answered: *not applicable* cannot.
    fn answers(&self, fact: u32, which: impl Fn(u32) -> bool) -> Vec<bool> {
        let cells = self.view.table.facts.get(fact as usize).map_or(&[][..], |it| it.cells.as_slice());
        let cells = (0u32..).zip(self.evidence.flags(fact)).zip(cells);
        cells.map(|((cell, is), it)| *is && !it.not_applicable && which(cell)).collect()
    }

    /// What the rows say when some facts are narrowed, and others as far as that is no contradiction; none where no situation is left.
    fn outcome(&mut self, must: &[Narrowed], may: &[Narrowed], rows: &[Row], form: Form) -> Option<bool> {
        let mut undo: Vec<Narrowed> = Vec::new();
        let fits = must.iter().all(|it| self.narrow(it, &mut undo));
        if fits {
            for narrowed in may {
                self.narrow(narrowed, &mut undo);
            }
        }
        let outcome = fits.then(|| self.decides(rows, form));
        undo.into_iter().rev().for_each(|(fact, before)| drop(self.evidence.exchange(fact, before)));
        outcome
    }

    /// False, and nothing is narrowed, when that leaves no situation.
    fn narrow(&mut self, (fact, cells): &Narrowed, undo: &mut Vec<Narrowed>) -> bool {
        if !cells.contains(&true) {
            return false;
        }
        let before = self.evidence.exchange(*fact, cells.clone());
        if self.view.ground.is_broken_by(*fact, &self.evidence) {
            self.evidence.exchange(*fact, before);
            return false;
        }
        undo.push((*fact, before));
        true
    }

    fn decides(&self, rows: &[Row], form: Form) -> bool {
        match form {
            Form::Inside => rows.iter().any(|row| is_inside(row, &self.evidence)),
            Form::ClearOf => !rows.iter().any(|row| touches(row, &self.evidence)),
        }
    }

    fn is_open(&self, fact: u32) -> bool {
        self.view.table.facts.get(fact as usize).is_some_and(|it| !self.view.is_settled(it.question))
    }
}

fn allows(row: &Row, fact: u32, cell: u32) -> bool {
    row.0.get(&fact).is_some_and(|allowed| allowed.binary_search(&cell).is_ok())
}
