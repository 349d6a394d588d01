//! Whether conditions together leave a situation out, and which one. It refuses to know what the conditions are for.

use super::{Budget, Exploded, Formula, Space, witness};

/// A situation inside `within` that satisfies all `assumptions` and is in none of `covers`; `None` proves that there
/// is none.
///
/// # Errors
/// When the search takes too many steps.
pub fn uncovered(
    space: &Space,
    assumptions: &[Formula],
    within: &Formula,
    covers: &[Formula],
    budget: Budget,
) -> Result<Option<Vec<u32>>, Exploded> {
    let outside = covers.iter().map(|cover| Formula::Not(Box::new(cover.clone())));
    let parts = [within].into_iter().chain(assumptions).cloned().chain(outside).collect();
    witness(space, &Formula::And(parts), budget)
}
