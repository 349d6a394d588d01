//! Covers: a formula as a list of boxes. It refuses to look for the largest boxes.

use super::antichain::{Antichain, Effort, joined, maximal_within, merged, weight};
use super::coverage::holes;
use super::normal::{as_cube, normal};
use super::split::disjoint;
use super::{Budget, Cube, Exploded, Formula, Space};

/// Up to this many boxes a product is taken as it is; beyond, splitting on a variable is tried too, and the smaller
/// list wins.
const SMALL: usize = 16;

/// Splitting is given up when the boxes have so many times the literals of a product: they will not come down to less.
const SHATTERED: usize = 64;

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
    let most = product.as_ref().map_or(usize::MAX, |cubes| weight(cubes).saturating_mul(SHATTERED));
    let parts = disjoint(space, formula, budget, most).map(joined);
    match (product, parts) {
        (Ok(product), Ok(parts)) if weight(&parts) < weight(&product) => Ok(parts),
        (Err(Exploded), Err(Exploded)) => holes(space, formula, budget).map(joined),
        (Err(Exploded), parts) => parts,
        (product, _) => product,
    }
}

/// [`cover_normal`] where any cover will do.
pub(super) fn some_cover(space: &Space, formula: &Formula, budget: Budget) -> Result<Vec<Cube>, Exploded> {
    multiplied_out(formula, budget).map(merged).or_else(|Exploded| cover_normal(space, formula, budget))
}

fn multiplied_out(formula: &Formula, budget: Budget) -> Result<Vec<Cube>, Exploded> {
    Product { budget, effort: Effort::of(budget) }.of(formula)
}

/// A product being multiplied out.
struct Product {
    budget: Budget,
    effort: Effort,
}

impl Product {
    fn of(&mut self, formula: &Formula) -> Result<Vec<Cube>, Exploded> {
        if let Some(cube) = as_cube(formula) {
            return within(vec![cube], self.budget);
        }
        match formula {
            Formula::Const(_) | Formula::In(..) => Ok(Vec::new()),
            Formula::Not(inner) => self.of(&normal(inner, false)),
            Formula::Or(parts) => self.sum(parts),
            Formula::And(parts) => self.product(parts),
        }
    }

    fn sum(&mut self, parts: &[Formula]) -> Result<Vec<Cube>, Exploded> {
        let mut cubes = Vec::new();
        for part in parts {
            cubes.append(&mut self.of(part)?);
            within_candidates(&cubes, self.budget)?;
        }
        within(maximal_within(cubes, &mut self.effort)?, self.budget)
    }

    fn product(&mut self, parts: &[Formula]) -> Result<Vec<Cube>, Exploded> {
        let mut factors = parts.iter().map(|part| self.of(part)).collect::<Result<Vec<_>, _>>()?;
        factors.sort_by_key(Vec::len);
        let mut result = vec![Cube::whole()];
        for factor in &factors {
            result = self.multiply(result, factor)?;
        }
        Ok(result)
    }

    /// The maximal boxes among the pairwise intersections of two lists, neither with a box inside another.
    ///
    /// A box that lies inside one of the right stays as it is. It cannot lie inside a new box, for that is inside
    /// another box of the left.
    fn multiply(&mut self, left: Vec<Cube>, right: &[Cube]) -> Result<Vec<Cube>, Exploded> {
        let mut result = Antichain::default();
        let mut candidates = Vec::new();
        for cube in left {
            if right.iter().any(|other| other.contains(&cube)) {
                result.push(cube);
            } else {
                candidates.extend(right.iter().filter_map(|other| cube.intersect(other)));
                within_candidates(&candidates, self.budget)?;
            }
        }
        result.absorb(candidates, &mut self.effort)?;
        within(result.into_cubes(), self.budget)
    }
}

/// The list itself, if the budget allows one so long.
pub(super) fn within(cubes: Vec<Cube>, budget: Budget) -> Result<Vec<Cube>, Exploded> {
    if cubes.len() <= budget.cubes { Ok(cubes) } else { Err(Exploded) }
}

/// Fails when a list about to be made irredundant is longer than the budget allows even before.
pub(super) fn within_candidates(cubes: &[Cube], budget: Budget) -> Result<(), Exploded> {
    if cubes.len() / CANDIDATES <= budget.cubes { Ok(()) } else { Err(Exploded) }
}
