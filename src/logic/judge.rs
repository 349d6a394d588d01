//! The reader's test of evidence against stored rows. It refuses to derive anything: a table's reader has only this.

use super::{Cube, Rows, Side, Space, Values};

/// What evidence says about a condition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// No situation that satisfies the assumptions is inside the evidence.
    Contradictory,
    /// The condition holds in all of them.
    Certain,
    /// It holds in none.
    Excluded,
    /// It holds in some.
    Possible,
}

/// The verdict on the condition that `rows` belong to; `contradiction` belongs to the assumptions. `evidence[v]` is
/// the non-empty set of values that `Var(v)` may still have.
pub fn judge(space: &Space, contradiction: &[Cube], rows: &Rows, evidence: &[Values]) -> Verdict {
    debug_assert_eq!(evidence.len(), space.vars().len(), "one set for each variable");
    if contradiction.iter().any(|cube| is_inside(evidence, cube)) {
        Verdict::Contradictory
    } else if rows.certain.holds(evidence) {
        Verdict::Certain
    } else if rows.excluded.holds(evidence) {
        Verdict::Excluded
    } else {
        Verdict::Possible
    }
}

impl Side {
    /// Whether the side holds for evidence: one set of values for each variable, as for [`judge`].
    pub fn holds(&self, evidence: &[Values]) -> bool {
        match self {
            Side::Rows(cubes) => cubes.iter().any(|cube| is_inside(evidence, cube)),
            Side::ClearOf(cubes) => !cubes.iter().any(|cube| does_touch(evidence, cube)),
        }
    }
}

fn is_inside(evidence: &[Values], cube: &Cube) -> bool {
    cube.literals().iter().all(|(var, values)| evidence.get(var.index()).is_some_and(|known| known.is_subset(values)))
}

fn does_touch(evidence: &[Values], cube: &Cube) -> bool {
    cube.literals().iter().all(|(var, values)| evidence.get(var.index()).is_none_or(|known| !known.is_disjoint(values)))
}
