//! Whether a formula holds anywhere, and where first. It refuses to list more than one situation.

use super::coverage::{Coverage, Covering, Question};
use super::normal::{as_cube, classes, normal};
use super::{Budget, Cube, Exploded, Formula, Space, Values, Var};

/// Whether some situation satisfies the formula.
///
/// # Errors
/// When the search takes too many steps.
pub fn is_satisfiable(_space: &Space, formula: &Formula, budget: Budget) -> Result<bool, Exploded> {
    Ok(model(&normal(formula, true), budget)?.is_some())
}

/// The lowest situation that satisfies the formula (compared value by value, `Var(0)` first), with one value for each
/// variable of the space.
///
/// # Errors
/// When one of the searches that it takes, at most one per value of a variable, takes too many steps.
pub fn witness(space: &Space, formula: &Formula, budget: Budget) -> Result<Option<Vec<u32>>, Exploded> {
    let formula = normal(formula, true);
    let coverage = demanding(&formula);
    let Some(mut found) = hole(&coverage, &Cube::whole(), budget)? else { return Ok(None) };
    let mut fixed = Cube::whole();
    for var in formula.support() {
        for class in classes(space, &formula, var) {
            let Some(value) = class.first() else { continue };
            let lower = fixed.with(var, Values::of(space.size(var), [value]));
            let known = found.get(var.index()).is_some_and(|value| class.contains(*value));
            let better = if known { Some(found.clone()) } else { hole(&coverage, &lower, budget)? };
            if let Some(better) = better {
                (found, fixed) = (better, lower);
                break;
            }
        }
    }
    Ok(Some(fixed.lowest(space)))
}

/// A box inside a normal formula, or `None` when the formula is false everywhere.
///
/// # Errors
/// When the search takes too many steps.
pub(super) fn model(formula: &Formula, budget: Budget) -> Result<Option<Cube>, Exploded> {
    match as_cube(formula) {
        Some(cube) => Ok(Some(cube)),
        None if *formula == Formula::Const(false) => Ok(None),
        None => demanding(formula).hole(budget),
    }
}

/// Whether no situation satisfies all of some normal formulas.
///
/// # Errors
/// When the search takes too many steps.
pub(super) fn contradict<'a>(
    formulas: impl Iterator<Item = &'a Formula> + Clone,
    budget: Budget,
) -> Result<bool, Exploded> {
    let mut coverage = Coverage::new(&around(formulas.clone()));
    formulas.for_each(|formula| coverage.demand(formula, 0));
    Ok(!coverage.has_hole(&Cube::whole(), budget)?)
}

fn demanding(formula: &Formula) -> Coverage {
    let mut coverage = Coverage::new(&around([formula].into_iter()));
    coverage.demand(formula, 0);
    coverage
}

/// A space with the variables that some formulas mention.
fn around<'a>(formulas: impl Iterator<Item = &'a Formula>) -> Space {
    let mut sizes: Vec<u32> = Vec::new();
    for formula in formulas {
        formula.for_each_atom(&mut |Var(var), values| {
            let place = var as usize;
            sizes.resize(sizes.len().max(place + 1), 1);
            sizes[place] = values.size();
        });
    }
    Space::new(sizes)
}

fn hole(coverage: &Coverage, inside: &Cube, budget: Budget) -> Result<Option<Vec<u32>>, Exploded> {
    match coverage.ask(inside, &Question { groups: &[true], core: false }, budget)? {
        Covering::Hole(found) => Ok(Some(found)),
        Covering::Full(_) => Ok(None),
    }
}
