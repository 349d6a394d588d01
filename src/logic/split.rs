//! Disjoint covers and counting, by splitting on one variable at a time. It refuses to minimise.

use std::collections::BTreeMap;

use super::cover::within;
use super::normal::{as_cube, classes, normal, restrict};
use super::{Budget, Cube, Exploded, Formula, Space, Values, Var};

/// A split may leave this many times the budget in atoms, adding up all the formulas that it comes to.
const ATOMS: usize = 64;

/// In how many situations over the variables that the formula mentions, and `vars`, it holds. `u128::MAX` stands for
/// that many or more.
///
/// # Errors
/// When the formula does not split into boxes within the budget.
pub fn count(space: &Space, formula: &Formula, vars: &[Var], budget: Budget) -> Result<u128, Exploded> {
    let mut over = formula.support();
    over.extend(vars);
    let cubes = disjoint(space, &normal(formula, true), budget)?;
    let volume = |cube: &Cube| {
        let sizes = over.iter().map(|var| cube.get(*var).map_or_else(|| space.size(*var), Values::len));
        sizes.fold(1u128, |product, size| product.saturating_mul(u128::from(size)))
    };
    Ok(cubes.iter().map(volume).fold(0, u128::saturating_add))
}

/// Boxes that do not touch each other and whose union is the normal formula.
pub(super) fn disjoint(space: &Space, formula: &Formula, budget: Budget) -> Result<Vec<Cube>, Exploded> {
    let mut found = Vec::new();
    let mut effort = budget.cubes.saturating_mul(ATOMS);
    let mut open = vec![(Cube::whole(), formula.clone())];
    while let Some((path, formula)) = open.pop() {
        effort = effort.checked_sub(formula.atoms().max(1)).ok_or(Exploded)?;
        if let Some(cube) = as_cube(&formula) {
            found.extend(path.intersect(&cube));
            found = within(found, budget)?;
        } else if let Some(var) = busiest(&formula) {
            let branches =
                classes(space, &formula, var).into_iter().map(|class| (restrict(&formula, var, &class), class));
            let alive = branches.filter(|(rest, _)| *rest != Formula::Const(false));
            open.extend(alive.map(|(rest, class)| (path.with(var, class), rest)));
        }
    }
    Ok(found)
}

/// The variable with the most atoms, the first of several.
fn busiest(formula: &Formula) -> Option<Var> {
    let mut atoms: BTreeMap<Var, usize> = BTreeMap::new();
    formula.for_each_atom(&mut |var, _| *atoms.entry(var).or_default() += 1);
    atoms.into_iter().max_by_key(|(var, atoms)| (*atoms, std::cmp::Reverse(*var))).map(|(var, _)| var)
}
