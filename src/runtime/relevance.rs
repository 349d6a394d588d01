//! Which questions can still change something: a question matters to a condition when, other answers being as they may, one
//! answer to it decides the condition and another does not. Refuses to know what the conditions stand for.

use std::collections::BTreeSet;
use std::rc::Rc;

use super::judge::{is_inside, touches};
use super::view::View;
use super::{Evidence, Verdict};
use crate::table::{Condition, Row};

/// The facts that matter to something that applies when one of these conditions (indexes) does; only those whose question may
/// still be asked. None for a condition that is decided. While one of them is possible whatever is answered, the others can only
/// add certainty.
pub(super) fn facts_that_matter(view: &View, conditions: &[u32]) -> BTreeSet<u32> {
    let undecided = conditions.iter().copied().filter(|it| view.judge(*it) == Verdict::Possible);
    let sides: Vec<Rc<Sides>> = undecided.map(|it| sides_of(view, it)).collect();
    let stays_possible = sides.iter().any(|it| it.iter().all(BTreeSet::is_empty));
    let count = if stays_possible { 1 } else { 2 };
    sides.iter().flat_map(|it| it.iter().take(count)).flatten().copied().collect()
}

/// The facts that matter to whether a condition is certain, and those others that matter to whether it is excluded.
pub(super) type Sides = [BTreeSet<u32>; 2];

fn sides_of(view: &View, condition: u32) -> Rc<Sides> {
    view.sides(condition, |evidence| match view.table.conditions.get(condition as usize) {
        Some(condition) => facts_by_side(view, condition, evidence),
        None => Sides::default(),
    })
}

fn facts_by_side(view: &View, condition: &Condition, evidence: &mut Evidence) -> Sides {
    let Condition { certain, certain_clear_of, excluded, excluded_clear_of } = condition;
    let mut probe = Probe { view, evidence, facts: BTreeSet::new() };
    probe.look_at_all(certain.as_deref(), certain_clear_of.as_deref());
    let certain = probe.facts.clone();
    probe.look_at_all(excluded.as_deref(), excluded_clear_of.as_deref());
    let others = probe.facts.difference(&certain).copied().collect();
    [certain, others]
}

/// How a list of rows decides.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    Inside,
    ClearOf,
}

struct Probe<'a> {
    view: &'a View<'a>,
    /// The view's, but while a row is looked at.
    evidence: &'a mut Evidence,
    facts: BTreeSet<u32>,
}

/// At most so many rows are cleared one after the other for a fact; what is not decided then matters.
const MOST_ROWS: u32 = 256;

/// A fact with the cells that it is narrowed to.
type Narrowed = (u32, Vec<bool>);

impl Probe<'_> {
    fn look_at_all(&mut self, inside: Option<&[Row]>, clear_of: Option<&[Row]>) {
        for (rows, form) in [(inside, Form::Inside), (clear_of, Form::ClearOf)] {
            let rows = rows.unwrap_or_default();
            rows.iter().for_each(|row| self.look(row, rows, form));
        }
    }

    /// Takes the open facts of a row to be as it allows, and then each of them by itself to be otherwise.
    fn look(&mut self, row: &Row, rows: &[Row], form: Form) {
        if row.0.keys().all(|fact| self.facts.contains(fact)) {
            return;
        }
        let Some(narrowed) = self.reach(row, form) else { return };
        if !self.within(&narrowed, &[], |_| true) {
            return;
        }
        for (fact, _) in &narrowed {
            if self.facts.contains(fact) {
                continue;
            }
            let beside = self.answers(*fact, |cell| !allows(row, *fact, cell));
            let others: Vec<Narrowed> = narrowed.iter().filter(|(other, _)| other != fact).cloned().collect();
            let differs = match form {
                Form::Inside => self.within(&[(*fact, beside)], &others, |probe| {
                    !rows.iter().any(|row| is_inside(row, probe.evidence))
                }),
                Form::ClearOf => each(&beside).any(|answer| {
                    let mut most = MOST_ROWS;
                    self.within(&[(*fact, answer)], &others, |probe| probe.can_be_clear(rows, *fact, &mut most))
                }),
            };
            if differs {
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
            let answers = self.answers(*fact, is_allowed);
            // Where any answer would do, none is asked for: it would only tell that the question makes sense.
            let divides = answers.contains(&true) && answers != self.answers(*fact, |_| true);
            if self.is_open(*fact) && divides {
                narrowed.push((*fact, answers));
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

    /// Whether something is so when some facts are narrowed, and others as far as that is no contradiction; not where no situation
    /// is left.
    fn within(&mut self, must: &[Narrowed], may: &[Narrowed], is_so: impl FnOnce(&mut Self) -> bool) -> bool {
        let mut undo: Vec<Narrowed> = Vec::new();
        let fits = must.iter().all(|it| self.narrow(it, &mut undo));
        if fits {
            for it in may {
                self.narrow(it, &mut undo);
            }
        }
        let found = fits && is_so(self);
        self.undo(undo);
        found
    }

    fn undo(&mut self, undo: Vec<Narrowed>) {
        undo.into_iter().rev().for_each(|(fact, before)| drop(self.evidence.exchange(fact, before)));
    }

    /// Whether answers to open questions, other than that of one fact, can leave the evidence clear of all rows.
    fn can_be_clear(&mut self, rows: &[Row], fact: u32, most: &mut u32) -> bool {
        let Some(row) = rows.iter().find(|row| touches(row, self.evidence)) else { return true };
        if *most == 0 {
            return true;
        }
        *most -= 1;
        row.0.keys().any(|other| {
            if *other == fact || !self.is_open(*other) {
                return false;
            }
            let beside = (*other, self.answers(*other, |cell| !allows(row, *other, cell)));
            let mut undo = Vec::new();
            let found = self.narrow(&beside, &mut undo) && self.can_be_clear(rows, fact, most);
            self.undo(undo);
            found
        })
    }

    /// False, and nothing is narrowed, when that leaves no situation.
    fn narrow(&mut self, (fact, cells): &Narrowed, undo: &mut Vec<Narrowed>) -> bool {
        if !cells.contains(&true) {
            return false;
        }
        let before = self.evidence.exchange(*fact, cells.clone());
        if self.view.ground.is_broken_by(*fact, self.evidence) {
            self.evidence.exchange(*fact, before);
            return false;
        }
        undo.push((*fact, before));
        true
    }

    fn is_open(&self, fact: u32) -> bool {
        self.view.table.facts.get(fact as usize).is_some_and(|it| !self.view.is_settled(it.question))
    }
}

/// Each cell by itself.
fn each(cells: &[bool]) -> impl Iterator<Item = Vec<bool>> {
    let chosen = (0..cells.len()).filter(|at| cells.get(*at) == Some(&true));
    chosen.map(|chosen| (0..cells.len()).map(|at| at == chosen).collect())
}

fn allows(row: &Row, fact: u32, cell: u32) -> bool {
    row.0.get(&fact).is_some_and(|allowed| allowed.binary_search(&cell).is_ok())
}
