//! The search for a hole by splitting the space in two, again and again. It refuses to learn from what failed.
//!
//! A split is by a variable and a set of its values, chosen so that few boxes are on both sides. Boxes that share no
//! variable are looked at apart: a hole needs one in each part. Of two sides the one that the boxes fill less is
//! looked at first, so that where their volumes do not add up to the whole no step is taken back.

use std::cmp::Reverse;

use super::reduce::{Reduced, Relation, State};
use super::sets::{Choice, Sets};
use crate::logic::parts::Parts;
use crate::logic::{Budget, Cube, Exploded};

/// A search may split so many times the budget.
const SPLITS: usize = 2;

/// It may look at so many times the budget in literals.
const VISITS: usize = 4_000;

/// Splits inside each other; the call stack must hold them.
pub(super) const DEPTH: usize = 400;

/// The variables compared for a split: those that most boxes constrain.
const COMPARED: usize = 3;

/// Whether the boxes leave a hole in the part of the space that `state` is at. If so the state is left in a part that
/// is all hole.
pub(super) fn search(state: &mut State, list: Vec<u32>, budget: Budget) -> Result<bool, Exploded> {
    Search::new(state, budget).explore(list, DEPTH)
}

/// All holes, as boxes that do not touch each other.
pub(super) fn holes(state: &mut State, list: Vec<u32>, budget: Budget) -> Result<Vec<Cube>, Exploded> {
    let mut found = Vec::new();
    Search::new(state, budget).list_holes(list, DEPTH, &mut found)?;
    Ok(found)
}

/// A search with what is left of its budget.
pub(super) struct Search<'a, 'b> {
    pub(super) state: &'a mut State<'b>,
    budget: Budget,
    splits: usize,
    visits: usize,
}

/// The values of a variable in two parts.
pub(super) struct Split {
    pub(super) var: u32,
    pub(super) set: Vec<u64>,
    inside_first: bool,
}

impl<'a, 'b> Search<'a, 'b> {
    pub(super) fn new(state: &'a mut State<'b>, budget: Budget) -> Search<'a, 'b> {
        let visits = state.visits.saturating_add(budget.cubes.saturating_mul(VISITS));
        Search { state, budget, splits: budget.cubes.saturating_mul(SPLITS), visits }
    }

    fn explore(&mut self, mut list: Vec<u32>, depth: usize) -> Result<bool, Exploded> {
        let depth = depth.checked_sub(1).ok_or(Exploded)?;
        loop {
            if self.state.reduce(&mut list) == Reduced::Covered {
                return Ok(false);
            }
            if list.is_empty() {
                return Ok(true);
            }
            if let Some(parts) = self.parts(&list) {
                return self.explore_parts(parts, depth);
            }
            let split = self.choose(&list)?;
            let mark = self.state.mark();
            self.state.narrow(split.var, &split.set, split.inside_first);
            if self.explore(list.clone(), depth)? {
                return Ok(true);
            }
            self.state.back_to(mark);
            self.state.narrow(split.var, &split.set, !split.inside_first);
        }
    }

    fn explore_parts(&mut self, parts: Vec<Vec<u32>>, depth: usize) -> Result<bool, Exploded> {
        for part in parts {
            if !self.explore(part, depth)? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    fn list_holes(&mut self, mut list: Vec<u32>, depth: usize, found: &mut Vec<Cube>) -> Result<(), Exploded> {
        let depth = depth.checked_sub(1).ok_or(Exploded)?;
        while self.state.settle(&mut list) == Reduced::Open {
            if list.is_empty() {
                found.push(self.state.part());
                return if found.len() <= self.budget.cubes { Ok(()) } else { Err(Exploded) };
            }
            let split = self.choose(&list)?;
            let mark = self.state.mark();
            self.state.narrow(split.var, &split.set, true);
            self.list_holes(list.clone(), depth, found)?;
            self.state.back_to(mark);
            self.state.narrow(split.var, &split.set, false);
        }
        Ok(())
    }

    /// The boxes parted so that parts share no variable, the smallest first; `None` when there is a single part.
    pub(super) fn parts(&mut self, list: &[u32]) -> Option<Vec<Vec<u32>>> {
        let state = &mut *self.state;
        if state.mentioned.iter().any(|var| state.counts[*var as usize] as usize == list.len()) {
            return None;
        }
        let mut joined = Parts::new(state.boxes.vars());
        let firsts: Vec<usize> = list.iter().map(|index| join(state, *index, &mut joined)).collect();
        let mut by_part: Vec<(usize, u32)> =
            firsts.into_iter().map(|var| joined.lowest(var)).zip(list.iter().copied()).collect();
        by_part.sort_unstable();
        let mut parts: Vec<Vec<u32>> = by_part
            .chunk_by(|(one, _), (other, _)| one == other)
            .map(|part| part.iter().map(|(_, index)| *index).collect())
            .collect();
        parts.sort_by_key(Vec::len);
        (parts.len() > 1).then_some(parts)
    }

    /// How to part the space next.
    pub(super) fn choose(&mut self, list: &[u32]) -> Result<Split, Exploded> {
        self.splits = self.splits.checked_sub(1).ok_or(Exploded)?;
        if self.state.visits > self.visits {
            return Err(Exploded);
        }
        let best = self.busiest().into_iter().filter_map(|var| Some((var, self.best_set(list, var)?)));
        let (var, Choice { set, .. }) = best.min_by_key(|(var, choice)| (choice.cost, *var)).ok_or(Exploded)?;
        let inside_first = self.is_emptier(list, var, &set);
        Ok(Split { var, set, inside_first })
    }

    fn busiest(&self) -> Vec<u32> {
        let mut vars = self.state.mentioned.clone();
        let key = |var: &u32| (Reverse(self.state.counts[*var as usize]), *var);
        if vars.len() > COMPARED {
            vars.select_nth_unstable_by_key(COMPARED - 1, key);
            vars.truncate(COMPARED);
        }
        vars
    }

    fn best_set(&self, list: &[u32], var: u32) -> Option<Choice> {
        let values = self.state.values(var);
        let mut sets = Sets::new(values.len());
        let boxes = self.state.boxes;
        for literal in list.iter().filter_map(|index| boxes.literals(*index).iter().find(|it| it.var == var)) {
            if self.state.relation(*literal) == Relation::Across {
                sets.add(boxes.words(*literal).iter().zip(values).map(|(set, values)| set & values));
            }
        }
        sets.choose(values, list.len() as u64 - u64::from(self.state.counts[var as usize]))
    }

    /// Whether the boxes fill less of the part inside a set than of the part outside it.
    fn is_emptier(&self, list: &[u32], var: u32, set: &[u64]) -> bool {
        let values = self.state.values(var);
        let inside: Vec<u64> = values.iter().zip(set).map(|(values, set)| values & set).collect();
        let outside: Vec<u64> = values.iter().zip(set).map(|(values, set)| values & !set).collect();
        let (mut filled_inside, mut filled_outside) = (0.0, 0.0);
        for index in list {
            let (mut here, mut there) = (1.0, 1.0);
            for literal in self.state.boxes.literals(*index) {
                let asked = self.state.boxes.words(*literal);
                if literal.var == var {
                    here *= share(asked, &inside);
                    there *= share(asked, &outside);
                } else {
                    let share = share(asked, self.state.values(literal.var));
                    here *= share;
                    there *= share;
                }
            }
            filled_inside += here;
            filled_outside += there;
        }
        filled_inside <= filled_outside
    }
}

/// Which part of some values is in a set.
fn share(set: &[u64], values: &[u64]) -> f64 {
    let both: u32 = set.iter().zip(values).map(|(set, values)| (set & values).count_ones()).sum();
    let all: u32 = values.iter().map(|word| word.count_ones()).sum();
    f64::from(both) / f64::from(all)
}

/// Joins the variables that a box constrains, and gives one of them.
fn join(state: &mut State, index: u32, parts: &mut Parts) -> usize {
    let literals = state.boxes.literals(index);
    state.visits += literals.len();
    let mut constrained =
        literals.iter().filter(|it| state.relation(**it) == Relation::Across).map(|literal| literal.var as usize);
    let first = constrained.next().unwrap_or(0);
    constrained.for_each(|other| parts.join(first, other));
    first
}
