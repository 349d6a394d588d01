//! Disjoint covers, by splitting on one variable at a time. It refuses to minimise.

use std::collections::BTreeMap;

use super::cover::within;
use super::normal::{as_cube, classes, restrict};
use super::{Budget, Cube, Exploded, Formula, Space, Var};

/// A split may leave this many times the budget in atoms, adding up all the formulas that it comes to.
const ATOMS: usize = 64;

/// Boxes that do not touch each other and whose union is the normal formula; with at most so many literals in all.
pub(super) fn disjoint(space: &Space, formula: &Formula, budget: Budget, most: usize) -> Result<Vec<Cube>, Exploded> {
    let (mut found, mut literals) = (Vec::new(), 0);
    let mut effort = budget.cubes.saturating_mul(ATOMS);
    let mut open = vec![(Cube::whole(), formula.clone())];
    while let Some((path, formula)) = open.pop() {
        effort = effort.checked_sub(formula.atoms().max(1)).ok_or(Exploded)?;
        if let Some(cube) = as_cube(&formula) {
            if let Some(both) = path.intersect(&cube) {
                literals += both.literals().len();
                found.push(both);
            }
            found = within(found, budget)?;
            if literals > most {
                return Err(Exploded);
            }
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
