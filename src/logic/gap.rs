//! Whether conditions together leave a situation out, and which one. It refuses to know what the conditions are for.

use super::coverage::{Coverage, Covering, Question};
use super::normal::{as_cube, normal};
use super::{Budget, Cube, Exploded, Formula, Space};

/// A situation inside `within` that satisfies all `assumptions` and is in none of `covers`; `None` proves that there
/// is none. Each of its values is as low as the others allow.
///
/// Conditions that are boxes or unions of boxes may be ten thousands; others are best few.
///
/// # Errors
/// When the search takes too many steps: neither is known.
pub fn uncovered(
    space: &Space,
    assumptions: &[Formula],
    within: &Formula,
    covers: &[Formula],
    budget: Budget,
) -> Result<Option<Vec<u32>>, Exploded> {
    let mut coverage = Coverage::new(space);
    assumptions.iter().for_each(|assumed| coverage.demand(assumed, 0));
    let inside = inside(&mut coverage, within);
    covers.iter().for_each(|cover| coverage.forbid(cover, 0));
    match coverage.ask(&inside, &Question { groups: &[true], core: false }, budget)? {
        Covering::Hole(situation) => Ok(Some(situation)),
        Covering::Full(_) => Ok(None),
    }
}

/// Has situations satisfy a formula, as a box to look into when it is one.
pub(super) fn inside(coverage: &mut Coverage, within: &Formula) -> Cube {
    let normal = normal(within, true);
    as_cube(&normal).unwrap_or_else(|| {
        coverage.demand(&normal, 0);
        Cube::whole()
    })
}
