//! A largest box around one situation inside a formula: the facts that matter. It refuses to list other boxes.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::cover::cover_normal;
use super::coverage::Coverage;
use super::normal::{as_cube, normal};
use super::{Budget, Cube, Exploded, Formula, Space, Values, Var};

/// A part of the negation that does not come to so many boxes is asked about as a formula.
const BOXES: Budget = Budget { cubes: 64 };

/// A box around `situation` that is inside `formula` as far as the assumptions allow situations, and inside no larger
/// such box. Variables that tell the situation from more of what is outside the formula are rather kept than others,
/// and earlier ones rather than later ones.
///
/// The situation must satisfy the formula unless the assumptions exclude it; otherwise the box means nothing.
///
/// # Errors
/// When it takes too many steps to see whether a box is inside the formula.
pub fn prime_around(
    space: &Space,
    assumptions: &[Formula],
    formula: &Formula,
    situation: &[u32],
    budget: Budget,
) -> Result<Cube, Exploded> {
    let outside = Outside::new(space, assumptions, formula);
    let mut growth = Growth::new(space, &outside, situation, budget);
    let order = growth.least_telling();
    for var in &order {
        growth.allow(*var, &Values::all(space.size(*var)))?;
    }
    for var in order.iter().rev() {
        for value in 0..space.size(*var) {
            growth.allow(*var, &Values::of(space.size(*var), [value]))?;
        }
    }
    Ok(growth.cube)
}

/// What a box must not touch, except where the assumptions allow nothing.
struct Outside {
    /// The negation of the formula, as far as it comes to boxes.
    boxes: Vec<Cube>,
    /// For each other part of it, where that and the assumptions hold.
    others: Vec<Coverage>,
    /// Where the assumptions hold, if there are any.
    assumed: Option<Coverage>,
    /// The variables that any of it mentions.
    vars: BTreeSet<Var>,
}

impl Outside {
    fn new(space: &Space, assumptions: &[Formula], formula: &Formula) -> Outside {
        let vars = [formula].into_iter().chain(assumptions).flat_map(Formula::support).collect();
        let assumed = || {
            let mut coverage = Coverage::new(space);
            assumptions.iter().for_each(|assumed| coverage.demand(assumed, 0));
            coverage
        };
        let mut outside =
            Outside { boxes: Vec::new(), others: Vec::new(), assumed: (!assumptions.is_empty()).then(assumed), vars };
        let parts = match normal(formula, false) {
            Formula::Or(parts) => parts,
            only => vec![only],
        };
        for part in parts {
            match as_cube(&part).map_or_else(|| cover_normal(space, &part, BOXES), |cube| Ok(vec![cube])) {
                Ok(cubes) => outside.boxes.extend(cubes),
                Err(Exploded) => {
                    let mut coverage = assumed();
                    coverage.demand(&part, 0);
                    outside.others.push(coverage);
                }
            }
        }
        outside
    }
}

/// A box that grows.
struct Growth<'a> {
    outside: &'a Outside,
    budget: Budget,
    cube: Cube,
    /// For each box outside, how many variables keep the growing box from touching it.
    apart: Vec<u32>,
    /// For each variable the boxes that it keeps from being touched.
    kept_by: BTreeMap<Var, Vec<usize>>,
}

impl Growth<'_> {
    fn new<'a>(space: &Space, outside: &'a Outside, situation: &[u32], budget: Budget) -> Growth<'a> {
        let value = |var: Var| situation.get(var.index()).copied().unwrap_or(0);
        let point = outside.vars.iter().map(|var| (*var, Values::of(space.size(*var), [value(*var)])));
        let cube = Cube::new(point).unwrap_or_default();
        let mut growth = Growth { outside, budget, cube, apart: Vec::new(), kept_by: BTreeMap::new() };
        for (place, other) in outside.boxes.iter().enumerate() {
            let apart = other.literals().iter().filter(|(var, values)| !values.contains(value(*var)));
            growth.apart.push(apart.map(|(var, _)| growth.kept_by.entry(*var).or_default().push(place)).count() as u32);
        }
        growth
    }

    /// The variables that are constrained, first those that keep the fewest boxes away, of even ones the last.
    fn least_telling(&self) -> Vec<Var> {
        let mut vars: Vec<Var> = self.cube.literals().iter().map(|(var, _)| *var).collect();
        vars.sort_by_key(|var| (self.kept_by.get(var).map_or(0, Vec::len), Reverse(*var)));
        vars
    }

    /// Lets a variable have further values, if the box then still is where it should be.
    fn allow(&mut self, var: Var, further: &Values) -> Result<(), Exploded> {
        let Some(values) = self.cube.get(var) else { return Ok(()) };
        if further.is_subset(values) {
            return Ok(());
        }
        let values = values.union(further);
        let wider = self.cube.with(var, values.clone());
        let outside = self.outside;
        let reaches = |place: &usize| outside.boxes[*place].get(var).is_some_and(|set| !set.is_disjoint(&values));
        let reached: Vec<usize> = self.kept_by.get(&var).into_iter().flatten().copied().filter(reaches).collect();
        let touched = (0..self.apart.len()).filter(|place| self.apart[*place] == 0);
        let touching: Vec<usize> = reached.iter().copied().filter(|place| self.apart[*place] == 1).collect();
        for place in touching.into_iter().chain(touched) {
            if self.is_possible(&wider, &outside.boxes[place])? {
                return Ok(());
            }
        }
        for other in &outside.others {
            if other.has_hole(&wider, self.budget)? {
                return Ok(());
            }
        }
        reached.iter().for_each(|place| self.apart[*place] -= 1);
        if let Some(kept) = self.kept_by.get_mut(&var) {
            kept.retain(|place| !reaches(place));
        }
        self.cube = wider;
        Ok(())
    }

    /// Whether the assumptions allow a situation in both boxes.
    fn is_possible(&self, one: &Cube, other: &Cube) -> Result<bool, Exploded> {
        match (one.intersect(other), &self.outside.assumed) {
            (None, _) => Ok(false),
            (Some(_), None) => Ok(true),
            (Some(both), Some(assumed)) => assumed.has_hole(&both, self.budget),
        }
    }
}
