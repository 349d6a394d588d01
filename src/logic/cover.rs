//! Covers: a formula as a list of boxes. It refuses to look for the largest boxes.

use super::antichain::{Antichain, maximal, merged, weight};
use super::normal::{as_cube, normal};
use super::split::disjoint;
use super::{Budget, Cube, Exploded, Formula, Space};

/// Up to this many boxes a product is taken as it is; beyond, splitting on a variable is tried too, and the smaller
/// list wins.
const SMALL: usize = 16;

/// A product may hold this many times the budget in boxes before absorption.
const CANDIDATES: usize = 8;

/// Boxes whose union is the formula, none inside another, sorted.
///
/// # Errors
/// When neither multiplying out nor splitting on variables stays within the budget.
pub fn cover(space: &Space, formula: &Formula, budget: Budget) -> Result<Vec<Cube>, Exploded> {
    cover_normal(space, &normal(formula, true), budget)
}

/// [`cover`] of a formula that is already normal.
///
/// Multiplying out a conjunction of clauses yields all its primes, which can be exponentially many where a few
/// disjoint boxes do (one clause per value of a variable); splitting finds those, but shatters what a product leaves
/// whole. Hence both.
pub(super) fn cover_normal(space: &Space, formula: &Formula, budget: Budget) -> Result<Vec<Cube>, Exploded> {
    let product = multiplied_out(formula, budget).map(merged);
    if product.as_ref().is_ok_and(|cubes| cubes.len() <= SMALL) {
        return product;
    }
    let parts = disjoint(space, formula, budget).map(|cubes| merged(maximal(cubes)));
    match (product, parts) {
        (Ok(product), Ok(parts)) if weight(&parts) < weight(&product) => Ok(parts),
        (Err(Exploded), parts) => parts,
        (product, _) => product,
    }
}

fn multiplied_out(formula: &Formula, budget: Budget) -> Result<Vec<Cube>, Exploded> {
    if let Some(cube) = as_cube(formula) {
        return within(vec![cube], budget);
    }
    match formula {
        Formula::Const(_) | Formula::In(..) => Ok(Vec::new()),
        Formula::Not(inner) => multiplied_out(&normal(inner, false), budget),
        Formula::Or(parts) => sum(parts, budget),
        Formula::And(parts) => product(parts, budget),
    }
}

fn sum(parts: &[Formula], budget: Budget) -> Result<Vec<Cube>, Exploded> {
    let mut cubes = Vec::new();
    for part in parts {
        cubes.append(&mut multiplied_out(part, budget)?);
        within_candidates(&cubes, budget)?;
    }
    within(maximal(cubes), budget)
}

fn product(parts: &[Formula], budget: Budget) -> Result<Vec<Cube>, Exploded> {
    let mut factors = parts.iter().map(|part| multiplied_out(part, budget)).collect::<Result<Vec<_>, _>>()?;
    factors.sort_by_key(Vec::len);
    let mut result = vec![Cube::whole()];
    for factor in &factors {
        result = multiply(result, factor, budget)?;
    }
    Ok(result)
}

/// The maximal boxes among the pairwise intersections of two lists, neither with a box inside another.
///
/// A box that lies inside one of the right stays as it is. It cannot lie inside a new box, for that is inside another
/// box of the left.
fn multiply(left: Vec<Cube>, right: &[Cube], budget: Budget) -> Result<Vec<Cube>, Exploded> {
    let mut result = Antichain::default();
    let mut candidates = Vec::new();
    for cube in left {
        if right.iter().any(|other| other.contains(&cube)) {
            result.push(cube);
        } else {
            candidates.extend(right.iter().filter_map(|other| cube.intersect(other)));
            within_candidates(&candidates, budget)?;
        }
    }
    result.absorb(candidates);
    within(result.into_cubes(), budget)
}

/// The list itself, if the budget allows one so long.
pub(super) fn within(cubes: Vec<Cube>, budget: Budget) -> Result<Vec<Cube>, Exploded> {
    if cubes.len() <= budget.cubes { Ok(cubes) } else { Err(Exploded) }
}

/// Fails when a list about to be made irredundant is longer than the budget allows even before.
pub(super) fn within_candidates(cubes: &[Cube], budget: Budget) -> Result<(), Exploded> {
    if cubes.len() / CANDIDATES <= budget.cubes { Ok(()) } else { Err(Exploded) }
}
