//! Smallest sets of conditions that do something together: cover, or contradict each other. It refuses to know what
//! the conditions are for.

use super::{Budget, Exploded, Formula, Space, uncovered};

/// The indices, ascending, of some of `covers` that together cover `within` under the assumptions, none of which can
/// be left out; few where a little search finds few. `None` when all of them leave a situation uncovered.
///
/// # Errors
/// When it takes too many steps to see whether they cover.
pub fn minimal_cover(
    space: &Space,
    assumptions: &[Formula],
    within: &Formula,
    covers: &[Formula],
    budget: Budget,
) -> Result<Option<Vec<usize>>, Exploded> {
    if uncovered(space, assumptions, within, covers, budget)?.is_some() {
        return Ok(None);
    }
    let mut kept: Vec<usize> = (0..covers.len()).collect();
    for index in (0..covers.len()).rev() {
        let rest: Vec<usize> = kept.iter().copied().filter(|other| *other != index).collect();
        let formulas: Vec<Formula> = rest.iter().filter_map(|other| covers.get(*other)).cloned().collect();
        if uncovered(space, assumptions, within, &formulas, budget)?.is_none() {
            kept = rest;
        }
    }
    Ok(Some(kept))
}

/// The indices, ascending, of some of the formulas that no situation satisfies together, none of which can be left
/// out. `None` when some situation satisfies all of them.
///
/// # Errors
/// When it takes too many steps to see whether they contradict each other.
pub fn minimal_core(space: &Space, formulas: &[Formula], budget: Budget) -> Result<Option<Vec<usize>>, Exploded> {
    let negations: Vec<Formula> = formulas.iter().map(|formula| Formula::Not(Box::new(formula.clone()))).collect();
    minimal_cover(space, &[], &Formula::Const(true), &negations, budget)
}
