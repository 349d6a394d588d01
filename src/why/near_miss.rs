//! The smallest change of what is known with which a condition would be certain. Refuses to know entries and words.

use std::collections::BTreeSet;

use super::reasoning::{Premises, not};
use crate::logic::{Assumptions, Budget, Cube, Exploded, Formula, Space, Values, Var, certain_rows};

/// So many ways in which a condition can be certain are compared.
const BUDGET: Budget = Budget { cubes: 2048 };

/// What keeps a condition from being certain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NearMiss {
    /// It holds in no situation.
    Never,
    /// With these cells for these facts, all else that is known staying as it is, the condition is certain. In the order
    /// of the variables.
    Change { facts: Vec<(Var, Values)>, smallest: Smallest },
}

/// Whether a change is known to be a smallest one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Smallest {
    Proved,
    /// It is one of few facts; a smaller one may do.
    NotProved,
}

/// The smallest change of `evidence` (for each variable the cells still possible) with which the condition is certain and the
/// assumptions are not contradicted: of the fewest facts; of these the one of the fewest known facts; of these the one
/// whose facts come first.
///
/// Evidence makes a condition C certain under assumptions A exactly when it is inside a prime implicant of C ∨ ¬A. So for
/// each of these all facts outside it must change; where that contradicts the assumptions, so must one fact of each set
/// that clashes (searched for as hitting sets, by branching on the facts of a minimal clash).
///
/// # Errors
/// When it takes too many steps to see whether a change is one.
pub fn near_miss(
    space: &Space,
    assumptions: &[Formula],
    condition: &Formula,
    evidence: &[Values],
) -> Result<NearMiss, Exploded> {
    near_miss_within(space, assumptions, condition, evidence, BUDGET)
}

/// The same with a budget for the prime implicants, beyond which the change is not proved to be smallest.
pub fn near_miss_within(
    space: &Space,
    assumptions: &[Formula],
    condition: &Formula,
    evidence: &[Values],
    budget: Budget,
) -> Result<NearMiss, Exploded> {
    let premises = Premises { space, evidence, assumptions };
    let unknown: Vec<Values> = space.vars().map(|var| Values::all(space.size(var))).collect();
    if !(Premises { evidence: &unknown, ..premises }).allow(condition)? {
        return Ok(NearMiss::Never);
    }
    let assumed = Assumptions::new(space, assumptions.to_vec());
    let Ok(rows) = certain_rows(space, &assumed, condition, budget) else {
        return some_change(premises, condition);
    };
    let mut search = Search { premises, best: None };
    for row in &rows {
        search.add_row(row)?;
    }
    match search.best {
        Some(best) => best.change(premises, Smallest::Proved),
        None => some_change(premises, condition),
    }
}

struct Search<'a> {
    premises: Premises<'a>,
    best: Option<Found>,
}

/// Facts that change, and what holds then.
struct Found {
    facts: BTreeSet<Var>,
    then: Formula,
}

impl Search<'_> {
    fn add_row(&mut self, row: &Cube) -> Result<(), Exploded> {
        let outside = |(var, cells): &&(Var, Values)| {
            self.premises.evidence.get(var.index()).is_none_or(|known| !known.is_subset(cells))
        };
        let facts = row.literals().iter().filter(outside).map(|(var, _)| *var).collect();
        let then = Formula::from(row);
        let mut seen = BTreeSet::new();
        let mut open: Vec<BTreeSet<Var>> = vec![facts];
        while let Some(facts) = open.pop() {
            if !seen.insert(facts.clone()) || !self.is_better(&facts) {
                continue;
            }
            let kept = without(&self.premises, &facts);
            let premises = Premises { evidence: &kept, ..self.premises };
            if premises.allow(&then)? {
                self.best = Some(Found { facts, then: then.clone() });
                continue;
            }
            let clash = premises.grounds(&not(&then))?;
            open.extend(clash.facts.into_iter().rev().map(|var| {
                let mut more = facts.clone();
                more.insert(var);
                more
            }));
        }
        Ok(())
    }

    /// Whether a change of these facts, or of some more, may be smaller than the best so far.
    fn is_better(&self, facts: &BTreeSet<Var>) -> bool {
        self.best.as_ref().is_none_or(|best| {
            facts.len() < best.facts.len() || facts.len() == best.facts.len() && self.key(facts) < self.key(&best.facts)
        })
    }

    fn key<'f>(&self, facts: &'f BTreeSet<Var>) -> (usize, &'f BTreeSet<Var>) {
        let known: BTreeSet<Var> = self.premises.known().collect();
        (facts.intersection(&known).count(), facts)
    }
}

impl Found {
    /// The change, with those cells alone that the assumptions leave possible.
    fn change(self, premises: Premises<'_>, smallest: Smallest) -> Result<NearMiss, Exploded> {
        let kept = without(&premises, &self.facts);
        let premises = Premises { evidence: &kept, ..premises };
        let facts: Result<Vec<_>, Exploded> =
            self.facts.iter().map(|var| Ok((*var, premises.possible(*var, &self.then)?))).collect();
        Ok(NearMiss::Change { facts: facts?, smallest })
    }
}

/// The evidence without what is known of these facts.
fn without(premises: &Premises<'_>, facts: &BTreeSet<Var>) -> Vec<Values> {
    let kept = premises.space.vars().zip(premises.evidence);
    kept.map(|(var, cells)| if facts.contains(&var) { Values::all(cells.size()) } else { cells.clone() }).collect()
}

/// A small change: as much as goes is kept of what is known, and then little more is asked for than the condition needs.
fn some_change(premises: Premises<'_>, condition: &Formula) -> Result<NearMiss, Exploded> {
    let mut kept = premises.evidence.to_vec();
    while !(Premises { evidence: &kept, ..premises }).allow(condition)? {
        let clash = Premises { evidence: &kept, ..premises }.grounds(&not(condition))?;
        let Some(cells) = clash.facts.last().and_then(|var| kept.get_mut(var.index())) else {
            return Ok(NearMiss::Never);
        };
        *cells = Values::all(cells.size());
    }
    let mut then = situation(Premises { evidence: &kept, ..premises }, condition)?;
    let vars: Vec<Var> = premises.space.vars().collect();
    for var in vars.into_iter().rev() {
        let (Some(cells), Some(known)) = (then.get_mut(var.index()), premises.evidence.get(var.index())) else {
            continue;
        };
        let narrow = std::mem::replace(cells, known.clone());
        let wider = Premises { evidence: &then, ..premises };
        if !wider.allow(&Formula::Const(true))? || !wider.imply(condition)? {
            then[var.index()] = narrow;
        }
    }
    let changed = premises.space.vars().filter(|var| then.get(var.index()) != premises.evidence.get(var.index()));
    let facts = changed.filter_map(|var| Some((var, then.get(var.index())?.clone()))).collect();
    Ok(NearMiss::Change { facts, smallest: Smallest::NotProved })
}

/// One cell for each variable that matters, all cells for the others.
fn situation(premises: Premises<'_>, condition: &Formula) -> Result<Vec<Values>, Exploded> {
    let mut cells = premises.evidence.to_vec();
    let mut matters = condition.support();
    matters.extend(premises.assumptions.iter().flat_map(Formula::support));
    for var in matters {
        let possible = Premises { evidence: &cells, ..premises }.possible(var, condition)?;
        if let (Some(set), Some(first)) = (cells.get_mut(var.index()), possible.first()) {
            *set = Values::of(possible.size(), [first]);
        }
    }
    Ok(cells)
}
