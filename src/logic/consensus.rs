//! Prime implicants by consensus, from a cover of the formula itself. It refuses to know about assumptions.
//!
//! The method is Tison's ("Generalization of consensus theory and application to the minimization of Boolean functions", 1967), with sets of
//! values as literals: variable by variable, close the list under consensus on that variable and drop what is inside another box. By induction
//! over the variables done so far, every box inside the formula that leaves a single value to each of the others is inside a box of the list.
//! Working on the formula and not on its negation matters: the negation of many small conditions multiplies out.

use std::collections::{BTreeMap, BTreeSet};

use super::antichain::{Antichain, maximal, support};
use super::cover::cover;
use super::{Budget, Cube, Exploded, Formula, Space, Var};

/// The effort for each box of the budget: a pair without a consensus costs 1.
const EFFORT: usize = 1024;

/// The effort that looking up a consensus costs.
const LOOKUP: usize = 16;

/// All prime implicants of the formula, that is all boxes inside it that are inside no larger one, sorted.
///
/// # Errors
/// When a list exceeds the budget, or the number of pairs looked at a multiple of it.
pub fn primes(space: &Space, formula: &Formula, budget: Budget) -> Result<Vec<Cube>, Exploded> {
    primes_beside(&[], cover(space, formula, budget)?, budget)
}

/// All primes of some formula, by the variables that they constrain.
#[derive(Default)]
pub(super) struct Closed {
    chain: Antichain,
    by_var: BTreeMap<Var, Vec<usize>>,
}

impl Closed {
    /// An index of a list of all primes of a formula.
    pub(super) fn new(primes: Vec<Cube>) -> Closed {
        let mut closed = Closed::default();
        for (cube, index) in primes.into_iter().zip(0..) {
            for (var, _) in cube.literals() {
                closed.by_var.entry(*var).or_default().push(index);
            }
            closed.chain.push(cube);
        }
        closed
    }

    /// The primes, in the order given.
    pub(super) fn cubes(&self) -> impl Iterator<Item = &Cube> {
        (0..self.chain.end()).filter_map(|index| self.chain.get(index))
    }

    fn on(&self, var: Var) -> impl Iterator<Item = &Cube> {
        self.by_var.get(&var).into_iter().flatten().filter_map(|index| self.chain.get(*index))
    }
}

/// The primes of the union of `cubes` and of `beside` that are not inside the union of `beside`, sorted.
///
/// The formulas of `beside` share no variable, so that a box inside their union is inside a prime of one of them.
pub(super) fn primes_beside(beside: &[&Closed], cubes: Vec<Cube>, budget: Budget) -> Result<Vec<Cube>, Exploded> {
    let mut vars = support(&cubes);
    vars.extend(beside.iter().flat_map(|closed| closed.by_var.keys()));
    let mut closing =
        Closing { beside, live: Antichain::default(), budget, effort: budget.cubes.saturating_mul(EFFORT) };
    for cube in maximal(cubes) {
        closing.add(cube)?;
    }
    closing.close(vars)?;
    let mut primes = closing.live.into_cubes();
    primes.sort();
    Ok(primes)
}

/// A list being closed under consensus, with itself and with lists that are closed already.
struct Closing<'a> {
    beside: &'a [&'a Closed],
    live: Antichain,
    budget: Budget,
    effort: usize,
}

impl Closing<'_> {
    fn close(&mut self, vars: BTreeSet<Var>) -> Result<(), Exploded> {
        vars.into_iter().try_for_each(|var| self.close_on(var))
    }

    /// Every pair is looked at once: when the later of the two comes up in `bound`.
    fn close_on(&mut self, var: Var) -> Result<(), Exploded> {
        let mut bound = self.bound(0, var);
        let mut next = 0;
        while let Some(&index) = bound.get(next) {
            let end = self.live.end();
            self.meet_beside(index, var)?;
            self.meet_live(index, bound.get(..next).unwrap_or_default(), var)?;
            bound.extend(self.bound(end, var));
            next += 1;
        }
        Ok(())
    }

    fn meet_beside(&mut self, index: usize, var: Var) -> Result<(), Exploded> {
        for other in self.beside.iter().flat_map(|closed| closed.on(var)) {
            let Some(cube) = self.live.get(index) else { return Ok(()) };
            let consensus = cube.consensus(other, var);
            self.take(consensus)?;
        }
        Ok(())
    }

    fn meet_live(&mut self, index: usize, others: &[usize], var: Var) -> Result<(), Exploded> {
        for other in others {
            let Some(cube) = self.live.get(index) else { return Ok(()) };
            let consensus = self.live.get(*other).and_then(|other| cube.consensus(other, var));
            self.take(consensus)?;
        }
        Ok(())
    }

    fn take(&mut self, consensus: Option<Cube>) -> Result<(), Exploded> {
        self.effort = self.effort.checked_sub(if consensus.is_some() { LOOKUP } else { 1 }).ok_or(Exploded)?;
        consensus.map_or(Ok(()), |cube| self.add(cube))
    }

    fn add(&mut self, cube: Cube) -> Result<(), Exploded> {
        if !self.live.covers(&cube) && !self.beside.iter().any(|closed| closed.chain.covers(&cube)) {
            self.live.replace(cube);
        }
        if self.live.len() <= self.budget.cubes { Ok(()) } else { Err(Exploded) }
    }

    /// The live boxes from an index on that constrain `var`.
    fn bound(&self, from: usize, var: Var) -> Vec<usize> {
        let constrains = |index: &usize| self.live.get(*index).is_some_and(|cube| cube.get(var).is_some());
        (from..self.live.end()).filter(constrains).collect()
    }
}
