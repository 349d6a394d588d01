//! Prime implicants by consensus, from a cover of the formula itself. It refuses to know about assumptions.
//!
//! The method is Tison's ("Generalization of consensus theory and application to the minimization of Boolean
//! functions", 1967), with sets of values as literals: variable by variable, close the list under consensus on that
//! variable and drop what is inside another box. By induction over the variables done so far, every box inside the
//! formula that leaves a single value to each of the others is inside a box of the list. Working on the formula and
//! not on its negation matters: the negation of many small conditions multiplies out.

use std::collections::BTreeSet;

use rustc_hash::FxHashSet;

use super::antichain::{Antichain, Effort, maximal, support};
use super::cover::cover;
use super::{Budget, Cube, Exploded, Formula, Space, Var};

/// Pairs may be looked at so many times the budget.
const PAIRS: usize = 1024;

/// A pair with a consensus counts as so many.
const CONSENSUS: usize = 16;

/// All prime implicants of the formula, that is all boxes inside it that are inside no larger one, sorted.
///
/// # Errors
/// When a list exceeds the budget, or the number of pairs looked at a multiple of it.
pub fn primes(space: &Space, formula: &Formula, budget: Budget) -> Result<Vec<Cube>, Exploded> {
    primes_beside(&[], cover(space, formula, budget)?, budget)
}

/// The primes of the union of `cubes` and of `beside` that are not inside the union of `beside`, sorted.
///
/// The formulas of `beside` share no variable, so that a box inside their union is inside a prime of one of them.
pub(super) fn primes_beside(beside: &[&Antichain], cubes: Vec<Cube>, budget: Budget) -> Result<Vec<Cube>, Exploded> {
    let mut vars = support(&cubes);
    vars.extend(beside.iter().flat_map(|closed| closed.vars()));
    let mut closing = Closing {
        beside,
        live: Antichain::default(),
        added: FxHashSet::default(),
        budget,
        pairs: budget.cubes.saturating_mul(PAIRS),
        effort: Effort::of(budget),
    };
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
    beside: &'a [&'a Antichain],
    live: Antichain,
    /// Whatever `live` has or had: all of it is inside one of its boxes.
    added: FxHashSet<Cube>,
    budget: Budget,
    pairs: usize,
    effort: Effort,
}

impl Closing<'_> {
    fn close(&mut self, vars: BTreeSet<Var>) -> Result<(), Exploded> {
        vars.into_iter().try_for_each(|var| self.close_on(var))
    }

    /// Every pair is looked at once: when the later of the two comes up.
    fn close_on(&mut self, var: Var) -> Result<(), Exploded> {
        let mut next = 0;
        while let Some(&index) = self.live.holding(var).get(next) {
            self.meet_beside(index, var)?;
            for earlier in 0..next {
                let Some(cube) = self.live.get(index) else { break };
                let other = self.live.holding(var).get(earlier).and_then(|other| self.live.get(*other));
                let consensus = other.and_then(|other| cube.consensus(other, var));
                self.take(consensus)?;
            }
            next += 1;
        }
        Ok(())
    }

    fn meet_beside(&mut self, index: usize, var: Var) -> Result<(), Exploded> {
        for closed in self.beside {
            for other in closed.holding(var) {
                let Some(cube) = self.live.get(index) else { return Ok(()) };
                let consensus = closed.get(*other).and_then(|other| cube.consensus(other, var));
                self.take(consensus)?;
            }
        }
        Ok(())
    }

    fn take(&mut self, consensus: Option<Cube>) -> Result<(), Exploded> {
        self.pairs = self.pairs.checked_sub(if consensus.is_some() { CONSENSUS } else { 1 }).ok_or(Exploded)?;
        consensus.map_or(Ok(()), |cube| self.add(cube))
    }

    fn add(&mut self, cube: Cube) -> Result<(), Exploded> {
        if self.is_covered(&cube) {
            return self.effort.check();
        }
        self.added.insert(cube.clone());
        self.live.replace(cube, &mut self.effort);
        if self.live.len() <= self.budget.cubes { self.effort.check() } else { Err(Exploded) }
    }

    fn is_covered(&mut self, cube: &Cube) -> bool {
        self.added.contains(cube)
            || self.live.covers(cube, &mut self.effort)
            || self.beside.iter().any(|closed| closed.covers(cube, &mut self.effort))
    }
}
