//! What is known of each fact once an action is done, by the rule of `docs/table.md`: it sets some, puts others in doubt, and
//! what clashes with what it sets is open too. Refuses to know what follows from it.

use std::collections::BTreeMap;

use super::problem::{Effect, Problem};
use crate::domain::Meanings;
use crate::logic::{Assumptions, Budget, Cube, Exploded, Formula, Side, Values, Var};

/// The same as for the rows of the inference table, which readers find clashes with.
const BUDGET: Budget = Budget { cubes: 2048 };
const CUBES_PER_ASSUMPTION: usize = 16;

/// What cannot be so together.
#[derive(Debug)]
pub(super) struct Reopening {
    sides: Vec<Side>,
}

/// What is known of a fact, all facts having been known before.
#[derive(Clone, Debug)]
pub(super) struct Fate {
    pub(super) known: Known,
    /// In which situations before it clashed, so that nothing is known of it after all.
    pub(super) reopened: Formula,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Known {
    AsBefore,
    Set(Values),
    Nothing,
}

type Fates = BTreeMap<Var, Fate>;

impl Reopening {
    /// # Errors
    /// When the assumptions' contradictions are too many to be listed.
    pub(super) fn new(problem: &Problem) -> Result<Self, Exploded> {
        let budget = Budget { cubes: BUDGET.cubes + problem.assumptions.len() * CUBES_PER_ASSUMPTION };
        let assumptions = Assumptions::new(&problem.space, problem.assumptions.clone());
        let rows = assumptions.contradiction(budget).map(|rows| vec![Side::Rows(rows)]);
        Ok(Self { sides: rows.or_else(|Exploded| assumptions.contradiction_sides(budget))? })
    }

    /// For each fact of which something else may be known after the effects, one after the other, what that is.
    pub(super) fn after(&self, effects: &[Effect]) -> Fates {
        effects.iter().fold(Fates::new(), |fates, effect| self.after_effect(fates, effect))
    }

    fn after_effect(&self, mut fates: Fates, effect: &Effect) -> Fates {
        let fate = |known| Fate { known, reopened: Formula::Const(false) };
        fates.extend(effect.sets.iter().map(|(var, values)| (*var, fate(Known::Set(values.clone())))));
        fates.extend(effect.recheck.iter().map(|var| (*var, fate(Known::Nothing))));
        // All clashes are found before any fact is open, so that their order does not matter.
        let mut clashes: Vec<(Var, Formula)> = Vec::new();
        for side in &self.sides {
            match side {
                Side::Rows(rows) => rows.iter().for_each(|row| note_row(row, &fates, &mut clashes)),
                Side::ClearOf(rows) => note_list(rows, &fates, &mut clashes),
            }
        }
        let is_set = |var: Var| effect.sets.iter().any(|(set, _)| *set == var);
        for (var, clash) in clashes.into_iter().filter(|(var, _)| !is_set(*var)) {
            let fate = fates.entry(var).or_insert_with(|| fate(Known::AsBefore));
            fate.reopened = Meanings::or([std::mem::replace(&mut fate.reopened, Formula::Const(false)), clash]);
        }
        fates
    }
}

/// Evidence inside a row contradicts the assumptions.
fn note_row(row: &Cube, fates: &Fates, clashes: &mut Vec<(Var, Formula)>) {
    if !is_touched(row.literals(), fates) {
        return;
    }
    let is_inside = |(var, allowed): &(Var, Values)| match fates.get(var) {
        None => Formula::In(*var, allowed.clone()),
        Some(Fate { known: Known::Nothing, .. }) => Formula::Const(false),
        Some(Fate { known: Known::Set(values), reopened }) => {
            Meanings::and([Formula::Const(values.is_subset(allowed)), Meanings::not(reopened)])
        }
        Some(Fate { known: Known::AsBefore, reopened }) => {
            Meanings::and([Formula::In(*var, allowed.clone()), Meanings::not(reopened)])
        }
    };
    let clash = Meanings::and(row.literals().iter().map(is_inside));
    if clash != Formula::Const(false) {
        clashes.extend(row.literals().iter().map(|(var, _)| (*var, clash.clone())));
    }
}

/// Evidence that touches no row of the list contradicts the assumptions.
fn note_list(rows: &[Cube], fates: &Fates, clashes: &mut Vec<(Var, Formula)>) {
    if !rows.iter().any(|row| is_touched(row.literals(), fates)) {
        return;
    }
    let may_be = |(var, allowed): &(Var, Values)| match fates.get(var) {
        None => Formula::In(*var, allowed.clone()),
        Some(Fate { known: Known::Nothing, .. }) => Formula::Const(true),
        Some(Fate { known: Known::Set(values), reopened }) => {
            Meanings::or([Formula::Const(!values.is_disjoint(allowed)), reopened.clone()])
        }
        Some(Fate { known: Known::AsBefore, reopened }) => {
            Meanings::or([Formula::In(*var, allowed.clone()), reopened.clone()])
        }
    };
    let touches = rows.iter().map(|row| Meanings::and(row.literals().iter().map(may_be)));
    let clash = Meanings::not(&Meanings::or(touches));
    let mut named: Vec<Var> = rows.iter().flat_map(|row| row.literals()).map(|(var, _)| *var).collect();
    named.sort_unstable();
    named.dedup();
    if clash != Formula::Const(false) {
        clashes.extend(named.into_iter().map(|var| (var, clash.clone())));
    }
}

/// What was so before cannot clash by itself.
fn is_touched(literals: &[(Var, Values)], fates: &Fates) -> bool {
    literals.iter().any(|(var, _)| matches!(fates.get(var), Some(Fate { known: Known::Set(_), .. })))
}
