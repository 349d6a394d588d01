//! Lists of boxes without one inside another, and the joining of neighbours. It refuses to know what formula the
//! boxes stand for.

use std::collections::{BTreeMap, BTreeSet};

use super::{Cube, Var};

/// Boxes with an index to find those around a given one and those inside it. Dropped boxes keep their place.
#[derive(Default)]
pub(super) struct Antichain {
    cubes: Vec<Option<Cube>>,
    live: usize,
    /// Each box once, under the one of its variables that has the fewest so far: whatever is around a box is under a
    /// variable of that box.
    filed: BTreeMap<Option<Var>, Vec<Filed>>,
    /// Each box under all its variables: whatever is inside a box is under each variable of that box.
    holding: BTreeMap<Var, Vec<usize>>,
}

struct Filed {
    signature: u64,
    index: usize,
}

impl Antichain {
    /// How many boxes it holds.
    pub(super) fn len(&self) -> usize {
        self.live
    }

    /// The box at an index, unless it was dropped.
    pub(super) fn get(&self, index: usize) -> Option<&Cube> {
        self.cubes.get(index)?.as_ref()
    }

    /// The indices of the boxes that constrain `var`, ascending, with some that were dropped.
    pub(super) fn holding(&self, var: Var) -> &[usize] {
        self.holding.get(&var).map_or(&[], Vec::as_slice)
    }

    /// The variables that a box constrains or constrained.
    pub(super) fn vars(&self) -> impl Iterator<Item = &Var> {
        self.holding.keys()
    }

    /// Whether one of the boxes contains `cube`.
    pub(super) fn covers(&self, cube: &Cube) -> bool {
        let missing = !cube.signature();
        let contains = |filed: &Filed| {
            filed.signature & missing == 0 && self.get(filed.index).is_some_and(|held| held.contains(cube))
        };
        let files = std::iter::once(None).chain(cube.literals().iter().map(|(var, _)| Some(*var)));
        files.filter_map(|file| self.filed.get(&file)).any(|file| file.iter().any(contains))
    }

    /// Adds a box that none contains, and drops those that it contains.
    pub(super) fn replace(&mut self, cube: Cube) {
        let shortest = cube.literals().iter().map(|(var, _)| self.holding(*var)).min_by_key(|held| held.len());
        let around: Vec<usize> = shortest.map_or_else(|| (0..self.cubes.len()).collect(), <[usize]>::to_vec);
        for index in around {
            if let Some(held) = self.cubes.get_mut(index)
                && held.take_if(|held| cube.contains(held)).is_some()
            {
                self.live -= 1;
            }
        }
        self.push(cube);
    }

    /// Adds a box that none contains and that contains none.
    pub(super) fn push(&mut self, cube: Cube) {
        let index = self.cubes.len();
        let fewest =
            cube.literals().iter().map(|(var, _)| Some(*var)).min_by_key(|var| self.filed.get(var).map_or(0, Vec::len));
        self.filed.entry(fewest.flatten()).or_default().push(Filed { signature: cube.signature(), index });
        for (var, _) in cube.literals() {
            self.holding.entry(*var).or_default().push(index);
        }
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
    pub(super) fn iter(&self) -> impl Iterator<Item = &Cube> {
        self.cubes.iter().flatten()
    }

    /// [`Antichain::iter`], by value.
    pub(super) fn into_cubes(self) -> Vec<Cube> {
        self.cubes.into_iter().flatten().collect()
    }
}

impl FromIterator<Cube> for Antichain {
    /// The boxes given, none of which may be inside another.
    fn from_iter<I: IntoIterator<Item = Cube>>(cubes: I) -> Antichain {
        let mut chain = Antichain::default();
        cubes.into_iter().for_each(|cube| chain.push(cube));
        chain
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

/// The same union by fewer boxes: those that differ in one variable only become one, variable by variable, once.
/// Sorted.
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
