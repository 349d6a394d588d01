//! Lists of boxes without one inside another, and the joining of neighbours. It refuses to know what formula the boxes stand for.

use std::collections::BTreeSet;

use super::{Cube, Var};

/// Boxes with their signatures side by side, so that a scan for containers reads memory in order. Dropped boxes keep their index.
#[derive(Default)]
pub(super) struct Antichain {
    cubes: Vec<Option<Cube>>,
    signatures: Vec<u64>,
    live: usize,
}

impl Antichain {
    /// How many boxes it holds.
    pub(super) fn len(&self) -> usize {
        self.live
    }

    /// One more than the highest index given out.
    pub(super) fn end(&self) -> usize {
        self.cubes.len()
    }

    /// The box at an index, unless it was dropped.
    pub(super) fn get(&self, index: usize) -> Option<&Cube> {
        self.cubes.get(index)?.as_ref()
    }

    /// Whether one of the boxes contains `cube`.
    pub(super) fn covers(&self, cube: &Cube) -> bool {
        let missing = !cube.signature();
        let candidates = self.signatures.iter().zip(&self.cubes).filter(|(signature, _)| **signature & missing == 0);
        candidates.filter_map(|(_, held)| held.as_ref()).any(|held| held.contains(cube))
    }

    /// Adds a box that none contains, and drops those that it contains.
    pub(super) fn replace(&mut self, cube: Cube) {
        let signature = cube.signature();
        for (theirs, held) in self.signatures.iter().zip(&mut self.cubes) {
            if signature & !theirs == 0 && held.as_ref().is_some_and(|held| cube.contains(held)) {
                *held = None;
                self.live -= 1;
            }
        }
        self.push(cube);
    }

    /// Adds a box that none contains and that contains none.
    pub(super) fn push(&mut self, cube: Cube) {
        self.signatures.push(cube.signature());
        self.cubes.push(Some(cube));
        self.live += 1;
    }

    /// Adds those of the boxes that are in no other one. None of the boxes already held may be inside a new one.
    pub(super) fn absorb(&mut self, mut cubes: Vec<Cube>) {
        cubes.sort_by_cached_key(Cube::breadth);
        for cube in cubes {
            if !self.covers(&cube) {
                self.push(cube);
            }
        }
    }

    /// The boxes, in the order in which they were added.
    pub(super) fn into_cubes(self) -> Vec<Cube> {
        self.cubes.into_iter().flatten().collect()
    }
}

/// The boxes that are in no other one, each once.
pub(super) fn maximal(cubes: Vec<Cube>) -> Vec<Cube> {
    if cubes.len() < 2 {
        return cubes;
    }
    let mut chain = Antichain::default();
    chain.absorb(cubes);
    chain.into_cubes()
}

/// The same union by fewer boxes: those that differ in one variable only become one, variable by variable, once. Sorted.
pub(super) fn merged(mut cubes: Vec<Cube>) -> Vec<Cube> {
    let before = cubes.len();
    if before > 1 {
        for var in support(&cubes) {
            cubes = merged_on(cubes, var);
        }
    }
    if cubes.len() < before {
        cubes = maximal(cubes);
    }
    cubes.sort();
    cubes
}

/// The variables that some box constrains.
pub(super) fn support<'a>(cubes: impl IntoIterator<Item = &'a Cube>) -> BTreeSet<Var> {
    cubes.into_iter().flat_map(|cube| cube.literals().iter().map(|(var, _)| *var)).collect()
}

/// The size of a list of boxes as it is stored: all their literals.
pub(super) fn weight(cubes: &[Cube]) -> usize {
    cubes.iter().map(|cube| cube.literals().len()).sum()
}

fn merged_on(cubes: Vec<Cube>, var: Var) -> Vec<Cube> {
    let (mut bound, mut result): (Vec<Cube>, Vec<Cube>) = cubes.into_iter().partition(|cube| cube.get(var).is_some());
    bound.sort_by(|a, b| a.cmp_without(b, var));
    for group in bound.chunk_by(|a, b| a.cmp_without(b, var).is_eq()) {
        let union = group.iter().filter_map(|cube| cube.get(var)).cloned().reduce(|a, b| a.union(&b));
        result.extend(group.first().zip(union).map(|(cube, union)| cube.with(var, union)));
    }
    result
}
