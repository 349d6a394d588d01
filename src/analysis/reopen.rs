//! Which answers an action's effects put in doubt, by the rule of `docs/table.md`: those that clash with what it sets. Refuses
//! to know what follows from it.

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

impl Reopening {
    /// # Errors
    /// When the assumptions' contradictions are too many to be listed.
    pub(super) fn new(problem: &Problem) -> Result<Self, Exploded> {
        let budget = Budget { cubes: BUDGET.cubes + problem.assumptions.len() * CUBES_PER_ASSUMPTION };
        let assumptions = Assumptions::new(&problem.space, problem.assumptions.clone());
        let rows = assumptions.contradiction(budget).map(|rows| vec![Side::Rows(rows)]);
        Ok(Self { sides: rows.or_else(|Exploded| assumptions.contradiction_sides(budget))? })
    }

    /// For each fact that the effect may put in doubt, besides those that it is there to `recheck`: in which situations
    /// before it does. All facts are known then.
    pub(super) fn after(&self, effect: &Effect) -> BTreeMap<Var, Formula> {
        let mut clashes: BTreeMap<Var, Vec<Formula>> = BTreeMap::new();
        if effect.sets.is_empty() {
            return BTreeMap::new();
        }
        for side in &self.sides {
            match side {
                Side::Rows(rows) => rows.iter().for_each(|row| note_row(row, effect, &mut clashes)),
                Side::ClearOf(rows) => note_list(rows, effect, &mut clashes),
            }
        }
        clashes.into_iter().map(|(var, ways)| (var, Meanings::or(ways))).collect()
    }
}

/// What evidence says of a fact once the effect has taken place.
enum Known<'a> {
    Nothing,
    Set(&'a Values),
    AsBefore,
}

fn known(var: Var, effect: &Effect) -> Known<'_> {
    if effect.recheck.contains(&var) {
        return Known::Nothing;
    }
    let set = effect.sets.iter().find(|(set, _)| *set == var);
    set.map_or(Known::AsBefore, |(_, values)| Known::Set(values))
}

/// Evidence inside a row contradicts the assumptions.
fn note_row(row: &Cube, effect: &Effect, clashes: &mut BTreeMap<Var, Vec<Formula>>) {
    let (mut others, mut touched) = (Vec::new(), false);
    for (var, allowed) in row.literals() {
        match known(*var, effect) {
            Known::Nothing => return,
            Known::Set(values) if !values.is_subset(allowed) => return,
            Known::Set(_) => touched = true,
            Known::AsBefore => others.push((*var, allowed)),
        }
    }
    if touched {
        let clash = Meanings::and(others.iter().map(|(var, allowed)| Formula::In(*var, (*allowed).clone())));
        others.into_iter().for_each(|(var, _)| clashes.entry(var).or_default().push(clash.clone()));
    }
}

/// Evidence that touches no row of the list contradicts the assumptions.
fn note_list(rows: &[Cube], effect: &Effect, clashes: &mut BTreeMap<Var, Vec<Formula>>) {
    let literals = || rows.iter().flat_map(|row| row.literals());
    if !literals().any(|(var, _)| matches!(known(*var, effect), Known::Set(_))) {
        return;
    }
    let touches = rows.iter().map(|row| Meanings::and(row.literals().iter().map(|it| may_be(it, effect))));
    let clash = Meanings::not(&Meanings::or(touches));
    let mut doubtful: Vec<Var> = literals().map(|(var, _)| *var).collect();
    doubtful.sort_unstable();
    doubtful.dedup();
    for var in doubtful.into_iter().filter(|var| matches!(known(*var, effect), Known::AsBefore)) {
        clashes.entry(var).or_default().push(clash.clone());
    }
}

fn may_be((var, allowed): &(Var, Values), effect: &Effect) -> Formula {
    match known(*var, effect) {
        Known::Nothing => Formula::Const(true),
        Known::Set(values) => Formula::Const(!values.is_disjoint(allowed)),
        Known::AsBefore => Formula::In(*var, allowed.clone()),
    }
}
