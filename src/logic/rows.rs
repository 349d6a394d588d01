//! The rows of the inference table for one condition: what a reader tests evidence against. It refuses to know whose
//! condition it is.

use std::sync::Arc;

use super::antichain::{Antichain, maximal, merged, weight};
use super::assume::Component;
use super::consensus::primes_beside;
use super::cover::{cover_normal, within, within_candidates};
use super::normal::{and, normal};
use super::{Assumptions, Budget, Cube, Exploded, Formula, Space};

/// The first round's budget; each further round has four times as much, up to the whole.
const FIRST_ROUND: usize = 256;

/// A cover that competes with rows already found is sought with at least this budget.
const LEAST_ROOM: usize = 16;

/// One side of a judgement in one of two representations.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Side {
    /// Holds for evidence that is inside one of these.
    Rows(Vec<Cube>),
    /// Holds for evidence that touches none of these.
    ClearOf(Vec<Cube>),
}

/// What tells for which evidence a condition is certain and for which it is excluded, unless the evidence contradicts
/// the assumptions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rows {
    pub certain: Side,
    pub excluded: Side,
}

/// The rows of a condition C under assumptions A.
///
/// `certain` holds the primes of C ∨ ¬A that are not inside ¬A, or a cover of ¬C ∧ A; `excluded` the same for ¬C. Of
/// the assumptions only the components that C touches are looked at. Of each box of the cover of ¬C only the
/// assumptions that bear on it are looked at, so that a cover is exact for evidence that does not contradict the
/// assumptions.
///
/// The representation with fewer literals wins, the rows if they are even. Both are sought in rounds of growing
/// budget, and the first round that yields one ends the search: what is many times larger is abandoned early, not
/// built and then discarded.
///
/// # Errors
/// When for one side both representations exceed the budget.
pub fn rows(space: &Space, assumptions: &Assumptions, condition: &Formula, budget: Budget) -> Result<Rows, Exploded> {
    let (holds, fails) = (normal(condition, true), normal(condition, false));
    let scope = Scope::of(space, assumptions, &holds, budget);
    let (mut certain, mut excluded) = (None, None);
    for round in rounds(budget) {
        let holds = cover_normal(space, &holds, round);
        let fails = cover_normal(space, &fails, round);
        certain = certain.or_else(|| scope.side(&holds, &fails, round));
        excluded = excluded.or_else(|| scope.side(&fails, &holds, round));
        if let (Some(certain), Some(excluded)) = (&certain, &excluded) {
            return Ok(Rows { certain: certain.clone(), excluded: excluded.clone() });
        }
    }
    Err(Exploded)
}

/// The rows inside which evidence makes a condition certain, however many they are within the budget: the primes of C ∨ ¬A
/// that are not inside ¬A.
///
/// # Errors
/// When they exceed the budget.
pub fn certain_rows(
    space: &Space,
    assumptions: &Assumptions,
    condition: &Formula,
    budget: Budget,
) -> Result<Vec<Cube>, Exploded> {
    let holds = normal(condition, true);
    Scope::of(space, assumptions, &holds, budget).rows(cover_normal(space, &holds, budget)?, budget)
}

/// What of the assumptions bears on one condition.
pub(super) struct Scope<'a> {
    space: &'a Space,
    components: Vec<&'a Component>,
    contradiction: Result<Vec<Arc<Antichain>>, Exploded>,
}

impl Scope<'_> {
    pub(super) fn of<'a>(
        space: &'a Space,
        assumptions: &'a Assumptions,
        condition: &Formula,
        budget: Budget,
    ) -> Scope<'a> {
        let components = assumptions.touched(&condition.support());
        let contradiction = components.iter().map(|component| component.contradiction(space, budget)).collect();
        Scope { space, components, contradiction }
    }

    /// The side that holds where the formula covered by `on` is certain, `off` being a cover of its negation.
    fn side(
        &self,
        on: &Result<Vec<Cube>, Exploded>,
        off: &Result<Vec<Cube>, Exploded>,
        budget: Budget,
    ) -> Option<Side> {
        let rows = on.clone().and_then(|on| self.rows(on, budget));
        let room = rows.as_ref().map_or(budget.cubes, |rows| budget.cubes.min(weight(rows).max(LEAST_ROOM)));
        if rows.as_ref().is_ok_and(|rows| weight(rows) == 0) {
            return rows.ok().map(Side::Rows);
        }
        let clear =
            off.as_ref().map_err(|exploded| *exploded).and_then(|off| self.clear_of(off, Budget { cubes: room }));
        match (rows, clear) {
            (Ok(rows), Ok(clear)) if weight(&clear) < weight(&rows) => Some(Side::ClearOf(clear)),
            (Err(Exploded), clear) => clear.ok().map(Side::ClearOf),
            (Ok(rows), _) => Some(Side::Rows(rows)),
        }
    }

    /// The primes of what `on` covers, or the assumptions exclude, that the assumptions do not exclude.
    pub(super) fn rows(&self, on: Vec<Cube>, budget: Budget) -> Result<Vec<Cube>, Exploded> {
        let contradiction = self.contradiction.as_ref().map_err(|exploded| *exploded)?;
        let beside: Vec<&Antichain> = contradiction.iter().map(Arc::as_ref).collect();
        primes_beside(&beside, on, budget)
    }

    /// A cover of the part of `off` that the assumptions allow.
    pub(super) fn clear_of(&self, off: &[Cube], budget: Budget) -> Result<Vec<Cube>, Exploded> {
        if self.components.is_empty() {
            return within(off.to_vec(), budget);
        }
        let mut result = Vec::new();
        for cube in off {
            let assumed = self.components.iter().flat_map(|component| component.inside(cube));
            let allowed = and([normal(&Formula::from(cube), true)].into_iter().chain(assumed));
            result.append(&mut cover_normal(self.space, &allowed, budget)?);
            within_candidates(&result, budget)?;
        }
        within(merged(maximal(result)), budget)
    }
}

fn rounds(budget: Budget) -> impl Iterator<Item = Budget> {
    let before_last = std::iter::successors(Some(FIRST_ROUND), |cubes| cubes.checked_mul(4))
        .take_while(move |cubes| *cubes < budget.cubes);
    before_last.map(|cubes| Budget { cubes }).chain([budget])
}
