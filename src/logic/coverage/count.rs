//! How many situations the boxes leave out. It refuses to list them.

use super::boxes::Literal;
use super::reduce::{Reduced, Relation, State};
use super::split::{DEPTH, Search};
use crate::logic::{Budget, Exploded};

/// Up to so many boxes are compared with each other, to add up their volumes if they do not touch.
const COMPARED: usize = 64;

/// The holes over some variables, which are all that the boxes constrain or more. `u128::MAX` stands for that many or
/// more.
pub(super) fn count(state: &mut State, list: Vec<u32>, over: Vec<u32>, budget: Budget) -> Result<u128, Exploded> {
    Search::new(state, budget).count(list, over, DEPTH)
}

impl Search<'_, '_> {
    fn count(&mut self, mut list: Vec<u32>, mut over: Vec<u32>, depth: usize) -> Result<u128, Exploded> {
        let depth = depth.checked_sub(1).ok_or(Exploded)?;
        if self.state.settle(&mut list) == Reduced::Covered {
            return Ok(0);
        }
        let (bound, free): (Vec<u32>, Vec<u32>) = over.drain(..).partition(|var| self.state.counts[*var as usize] > 0);
        let times = self.volume(&free);
        if list.is_empty() {
            return Ok(times);
        }
        if let Some(left) = self.left_by_disjoint(&list, &bound) {
            return Ok(times.saturating_mul(left));
        }
        if let Some(parts) = self.parts(&list) {
            return self.count_parts(times, parts, depth);
        }
        let split = self.choose(&list)?;
        let mark = self.state.mark();
        let mut sum = 0u128;
        for inside in [true, false] {
            self.state.narrow(split.var, &split.set, inside);
            sum = sum.saturating_add(self.count(list.clone(), bound.clone(), depth)?);
            self.state.back_to(mark);
        }
        Ok(times.saturating_mul(sum))
    }

    fn count_parts(&mut self, times: u128, parts: Vec<Vec<u32>>, depth: usize) -> Result<u128, Exploded> {
        let mut product = times;
        let mark = self.state.mark();
        for part in parts {
            let over = self.constrained(&part);
            product = product.saturating_mul(self.count(part, over, depth)?);
            self.state.back_to(mark);
        }
        Ok(product)
    }

    /// The variables that boxes constrain in the part of the space being looked at.
    fn constrained(&self, list: &[u32]) -> Vec<u32> {
        let literals = list.iter().flat_map(|index| self.state.boxes.literals(*index));
        let mut vars: Vec<u32> =
            literals.filter(|it| self.state.relation(**it) == Relation::Across).map(|literal| literal.var).collect();
        vars.sort_unstable();
        vars.dedup();
        vars
    }

    fn volume(&self, over: &[u32]) -> u128 {
        over.iter().fold(1, |product, var| product.saturating_mul(u128::from(self.state.size(*var))))
    }

    /// What boxes that do not touch each other leave of the space over some variables. `None` when they touch, are
    /// many, or the space is too large.
    fn left_by_disjoint(&mut self, list: &[u32], over: &[u32]) -> Option<u128> {
        let all = Some(self.volume(over)).filter(|all| *all < u128::MAX)?;
        if list.len() > COMPARED {
            return None;
        }
        self.state.visits += list.len() * list.len();
        let touch = |(at, one): (usize, &u32)| list.iter().skip(at + 1).any(|other| self.do_touch(*one, *other));
        if list.iter().enumerate().any(touch) {
            return None;
        }
        Some(list.iter().fold(all, |left, index| left - self.part_of(all, *index)))
    }

    fn do_touch(&self, one: u32, other: u32) -> bool {
        let boxes = self.state.boxes;
        let meet = |var: u32, a: &[u64], b: &[u64]| {
            a.iter().zip(b).zip(self.state.values(var)).any(|((a, b), values)| a & b & values != 0)
        };
        boxes.literals(one).iter().all(|a| {
            let b = boxes.literals(other).iter().find(|b| b.var == a.var);
            b.is_none_or(|b| meet(a.var, boxes.words(*a), boxes.words(*b)))
        })
    }

    /// How many of `all` situations are in a box. Each division leaves nothing over: `all` is a product of the sizes of
    /// the variables that the box constrains, and of others.
    fn part_of(&self, all: u128, index: u32) -> u128 {
        let constrained = |it: &&Literal| self.state.relation(**it) == Relation::Across;
        self.state.boxes.literals(index).iter().filter(constrained).fold(all, |part, literal| {
            let words = self.state.boxes.words(*literal).iter().zip(self.state.values(literal.var));
            let inside: u32 = words.map(|(set, values)| (set & values).count_ones()).sum();
            part / u128::from(self.state.size(literal.var)) * u128::from(inside)
        })
    }
}
