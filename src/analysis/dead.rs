//! `dead-entry` and `dead-action`: what is shown in no situation of a symptom. Refuses to know how situations are searched, and
//! what is shown under other symptoms.

mod everywhere;
mod report;

use super::problem::Problem;
use super::search::{find_situation, smallest_cover};
use super::shown::Shown;
use crate::domain::Meanings;
use crate::logic::{Exploded, Formula, Values, Var};

pub(super) use everywhere::Everywhere;

/// So many situations are kept to be tried before a search.
const KEPT: usize = 8;

/// What is dead under one symptom.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// Listed entries that are never shown.
    pub entries: Vec<Dead>,
    /// Actions of others that are never offered.
    pub actions: Vec<Dead>,
    /// Listed entries of which, or of whose actions, it could not be found out.
    pub undecided: Vec<usize>,
}

/// An entry, or one of its actions, that is never shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dead {
    pub entry: usize,
    /// Index into the entry's actions.
    pub action: Option<usize>,
    /// A smallest set of entries of which always one keeps it from being shown; empty when its own conditions suffice.
    pub suppressed_by: Vec<usize>,
}

/// Looks for entries that are never shown, and for actions that are never offered though their entries are.
pub fn find(problem: &Problem) -> Found {
    let mut search = Search { shown: Shown::new(problem), known: Vec::new(), found: Found::default() };
    for index in 0..problem.listed {
        if search.look(index) == Err(Exploded) {
            search.found.undecided.push(index);
        }
    }
    search.found
}

struct Search<'a> {
    shown: Shown<'a>,
    /// Situations met so far; all satisfy the assumptions.
    known: Vec<Vec<u32>>,
    found: Found,
}

impl Search<'_> {
    fn look(&mut self, index: usize) -> Result<(), Exploded> {
        let own = self.shown.own(index);
        if let Some(dead) = self.judge(index, None, own)? {
            self.found.entries.push(dead);
            return Ok(());
        }
        for (place, action) in self.shown.problem.entries[index].actions.iter().enumerate() {
            if action.guard == Formula::Const(true) {
                continue;
            }
            let inside = Meanings::and([own.clone(), action.guard.clone()]);
            if let Some(dead) = self.judge(index, Some(place), &inside)? {
                self.found.actions.push(dead);
            }
        }
        Ok(())
    }

    /// Whether something is dead that is shown inside the formula, unless its entry is kept from it.
    fn judge(&mut self, index: usize, action: Option<usize>, inside: &Formula) -> Result<Option<Dead>, Exploded> {
        if self.is_seen(index, inside) {
            return Ok(None);
        }
        let problem = self.shown.problem;
        let suppressors = self.shown.suppressors(index);
        let outside: Vec<Formula> = suppressors.iter().map(|it| self.shown.own(*it).clone()).collect();
        if let Some(situation) = find_situation(problem, inside, &outside)? {
            self.keep(situation);
            return Ok(None);
        }
        let cover = smallest_cover(problem, inside, &outside)?;
        let suppressed_by = cover.into_iter().filter_map(|it| suppressors.get(it).copied()).collect();
        Ok(Some(Dead { entry: index, action, suppressed_by }))
    }

    /// Whether a situation is at hand in which it is shown: one met before, changed as far as the formula asks for it.
    fn is_seen(&self, index: usize, inside: &Formula) -> bool {
        let problem = self.shown.problem;
        let is_free = self.shown.is_free(index);
        if is_free && problem.assumptions.is_empty() {
            return lowest(inside, vec![0; problem.space.vars().len()]).is_some();
        }
        self.known.iter().any(|situation| {
            lowest(inside, situation.clone()).is_some_and(|changed| {
                problem.assumptions.iter().all(|assumed| assumed.eval(&changed))
                    && (is_free || self.shown.is_shown(index, &mut |formula: &Formula| formula.eval(&changed)))
            })
        })
    }

    fn keep(&mut self, situation: Vec<u32>) {
        if self.known.len() == KEPT {
            self.known.remove(0);
        }
        self.known.push(situation);
    }
}

/// The situation changed so that a conjunction of tests holds; `None` when the formula is anything else, or false.
fn lowest(formula: &Formula, mut situation: Vec<u32>) -> Option<Vec<u32>> {
    let mut set = |var: Var, values: &Values| {
        let value = situation.get_mut(var.index())?;
        if !values.contains(*value) {
            *value = values.first()?;
        }
        Some(())
    };
    match formula {
        Formula::Const(true) => {}
        Formula::In(var, values) => set(*var, values)?,
        Formula::And(parts) => {
            for part in parts {
                match part {
                    Formula::In(var, values) => set(*var, values)?,
                    Formula::Const(_) | Formula::Not(_) | Formula::And(_) | Formula::Or(_) => return None,
                }
            }
        }
        Formula::Const(false) | Formula::Not(_) | Formula::Or(_) => return None,
    }
    formula.eval(&situation).then_some(situation)
}
