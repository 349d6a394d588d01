//! The number of situations in which a formula holds. It refuses to list them.

use super::coverage::Coverage;
use super::normal::normal;
use super::split::disjoint;
use super::{Budget, Cube, Exploded, Formula, Space, Values, Var};

/// In how many situations over the variables that the formula mentions, and `vars`, it holds. `u128::MAX` stands for
/// that many or more.
///
/// Conditions that are unions of boxes, or the negations of such, are counted by the volumes of their boxes.
///
/// # Errors
/// When the formula does not split into boxes within the budget.
pub fn count(space: &Space, formula: &Formula, vars: &[Var], budget: Budget) -> Result<u128, Exploded> {
    let mut over = formula.support();
    over.extend(vars);
    let over: Vec<Var> = over.into_iter().collect();
    let formula = normal(formula, true);
    let mut outside = Coverage::new(space);
    outside.demand(&formula, 0);
    if let Ok(found) = outside.count(&over, budget) {
        return Ok(found);
    }
    let all = volume(space, &Cube::whole(), &over);
    let mut inside = Coverage::new(space);
    inside.forbid(&formula, 0);
    match inside.count(&over, budget) {
        Ok(others) if all < u128::MAX => Ok(all - others),
        _ => sum(space, &formula, &over, budget),
    }
}

/// The sum of the boxes that the formula splits into.
fn sum(space: &Space, formula: &Formula, over: &[Var], budget: Budget) -> Result<u128, Exploded> {
    let cubes = disjoint(space, formula, budget, usize::MAX)?;
    Ok(cubes.iter().map(|cube| volume(space, cube, over)).fold(0, u128::saturating_add))
}

fn volume(space: &Space, cube: &Cube, over: &[Var]) -> u128 {
    let sizes = over.iter().map(|var| cube.get(*var).map_or_else(|| space.size(*var), Values::len));
    sizes.fold(1u128, |product, size| product.saturating_mul(u128::from(size)))
}
