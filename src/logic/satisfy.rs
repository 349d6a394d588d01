//! Whether a formula holds anywhere, and where first, by search with unit propagation. It refuses to list more than
//! one situation.

use std::collections::BTreeMap;

use super::normal::{and, as_cube, classes, normal, or, restrict};
use super::{Budget, Cube, Exploded, Formula, Space, Values, Var};

/// A search may take this many times the budget in steps.
const STEPS: usize = 4;

/// Whether some situation satisfies the formula.
///
/// # Errors
/// When the search takes too many steps.
pub fn is_satisfiable(_space: &Space, formula: &Formula, budget: Budget) -> Result<bool, Exploded> {
    Ok(model(normal(formula, true), budget)?.is_some())
}

/// The lowest situation that satisfies the formula (compared value by value, `Var(0)` first), with one value for each
/// variable of the space.
///
/// # Errors
/// When one of the searches that it takes, at most one per value of a variable, takes too many steps.
pub fn witness(space: &Space, formula: &Formula, budget: Budget) -> Result<Option<Vec<u32>>, Exploded> {
    let mut formula = normal(formula, true);
    let Some(mut found) = model(formula.clone(), budget)? else { return Ok(None) };
    let mut fixed: BTreeMap<Var, u32> = BTreeMap::new();
    for var in formula.support() {
        let known = found.get(var).and_then(Values::first).unwrap_or(0);
        for class in classes(space, &formula, var) {
            let Some(value) = class.first() else { continue };
            let rest = restrict(&formula, var, &Values::of(space.size(var), [value]));
            let better = if class.contains(known) { Some(found.clone()) } else { model(rest.clone(), budget)? };
            if let Some(better) = better {
                (found, formula) = (better, rest);
                fixed.insert(var, value);
                break;
            }
        }
    }
    Ok(Some(space.vars().map(|var| fixed.get(&var).copied().unwrap_or(0)).collect()))
}

/// A box inside the normal formula, or `None` when the formula is false everywhere.
///
/// The search keeps a stack of alternatives, each a box and what is still to be satisfied inside it. Atoms that must
/// hold narrow the box and are propagated; then the shortest disjunction is taken, its first part assumed, and denied
/// in the alternative.
pub(super) fn model(formula: Formula, budget: Budget) -> Result<Option<Cube>, Exploded> {
    let mut steps = budget.cubes.saturating_mul(STEPS);
    let mut open = vec![(Cube::whole(), formula)];
    while let Some((path, formula)) = open.pop() {
        steps = steps.checked_sub(1).ok_or(Exploded)?;
        if let Some(cube) = as_cube(&formula) {
            if let Some(found) = path.intersect(&cube) {
                return Ok(Some(found));
            }
            continue;
        }
        match formula {
            Formula::Const(_) | Formula::In(..) => {}
            Formula::Not(inner) => open.push((path, normal(&inner, false))),
            Formula::Or(parts) => open.extend(parts.into_iter().rev().map(|part| (path.clone(), part))),
            Formula::And(parts) => search_all(path, parts, &mut open),
        }
    }
    Ok(None)
}

/// One step on a conjunction: propagate its atoms if it has any, otherwise branch.
fn search_all(path: Cube, parts: Vec<Formula>, open: &mut Vec<(Cube, Formula)>) {
    let (atoms, rest): (Vec<Formula>, Vec<Formula>) =
        parts.into_iter().partition(|part| matches!(part, Formula::In(..)));
    if atoms.is_empty() {
        return branch(path, rest, open);
    }
    let Some(narrowed) = as_cube(&and(atoms.iter().cloned())).and_then(|atoms| path.intersect(&atoms)) else { return };
    let mut rest = and(rest);
    for atom in atoms {
        if let Formula::In(var, _) = atom
            && let Some(values) = narrowed.get(var)
        {
            rest = restrict(&rest, var, values);
        }
    }
    open.push((narrowed, rest));
}

/// Two alternatives for a conjunction of disjunctions; the one to look at first is pushed last.
fn branch(path: Cube, mut parts: Vec<Formula>, open: &mut Vec<(Cube, Formula)>) {
    let Some((at, _)) = parts.iter().enumerate().min_by_key(|(_, part)| part.atoms()) else { return };
    let Formula::Or(choices) = parts.swap_remove(at) else { return };
    let mut choices = choices.into_iter();
    let Some(first) = choices.next() else { return };
    let denied = if matches!(first, Formula::In(..)) { normal(&first, false) } else { Formula::Const(true) };
    let otherwise = and(parts.iter().cloned().chain([or(choices), denied]));
    open.push((path.clone(), otherwise));
    open.push((path, and(parts.into_iter().chain([first]))));
}
