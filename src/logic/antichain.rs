//! Lists of boxes without one inside another, and the joining of neighbours. It refuses to know what formula the
//! boxes stand for.

use std::collections::{BTreeMap, BTreeSet};

use super::{Budget, Cube, Exploded, Var};

/// Comparing boxes may cost so many times the budget in literals.
const COMPARED: usize = 1 << 14;

/// What is left of the literals that may be compared.
pub(super) struct Effort(usize);

impl Effort {
    pub(super) fn of(budget: Budget) -> Effort {
        Effort(budget.cubes.saturating_mul(COMPARED))
    }

    fn unlimited() -> Effort {
        Effort(usize::MAX)
    }

    fn spend(&mut self, literals: usize) {
        self.0 = self.0.saturating_sub(literals);
    }

    /// Fails when nothing is left.
    pub(super) fn check(&self) -> Result<(), Exploded> {
        if self.0 > 0 { Ok(()) } else { Err(Exploded) }
    }
}

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
    pub(super) fn covers(&self, cube: &Cube, effort: &mut Effort) -> bool {
        let missing = !cube.signature();
        let mut contains = |filed: &Filed| {
            filed.signature & missing == 0
                && self.get(filed.index).is_some_and(|held| {
                    effort.spend(held.literals().len() + 1);
                    held.contains(cube)
                })
        };
        let files = std::iter::once(None).chain(cube.literals().iter().map(|(var, _)| Some(*var)));
        files.filter_map(|file| self.filed.get(&file)).any(|file| file.iter().any(&mut contains))
    }

    /// Adds a box that none contains, and drops those that it contains.
    pub(super) fn replace(&mut self, cube: Cube, effort: &mut Effort) {
        let shortest = cube.literals().iter().map(|(var, _)| self.holding(*var)).min_by_key(|held| held.len());
        let around: Vec<usize> = shortest.map_or_else(|| (0..self.cubes.len()).collect(), <[usize]>::to_vec);
        effort.spend(around.len());
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

    /// Adds those of the boxes that are in no other one, as far as the effort allows. None of the boxes already held
    /// may be inside a new one.
    pub(super) fn absorb(&mut self, mut cubes: Vec<Cube>, effort: &mut Effort) -> Result<(), Exploded> {
        cubes.sort_by_cached_key(Cube::breadth);
        for cube in cubes {
            if !self.covers(&cube, effort) {
                self.push(cube);
            }
            effort.check()?;
        }
        Ok(())
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
    maximal_within(cubes, &mut Effort::unlimited()).unwrap_or_default()
}

/// [`maximal`], as far as the effort allows.
pub(super) fn maximal_within(cubes: Vec<Cube>, effort: &mut Effort) -> Result<Vec<Cube>, Exploded> {
    if cubes.len() < 2 {
        return Ok(cubes);
    }
    let mut chain = Antichain::default();
    chain.absorb(cubes, effort)?;
    Ok(chain.into_cubes())
}

/// The same union by fewer boxes: those that differ in one variable only become one, variable by variable, once.
/// Sorted.
pub(super) fn merged(cubes: Vec<Cube>) -> Vec<Cube> {
    let before = cubes.len();
    let cubes = joined(cubes);
    if cubes.len() == before {
        return cubes;
    }
    let mut cubes = maximal(cubes);
    cubes.sort();
    cubes
}

/// [`merged`] for boxes that do not touch each other.
pub(super) fn joined(cubes: Vec<Cube>) -> Vec<Cube> {
    let mut holding: BTreeMap<Var, Vec<usize>> = BTreeMap::new();
    for (place, cube) in cubes.iter().enumerate() {
        cube.literals().iter().for_each(|(var, _)| holding.entry(*var).or_default().push(place));
    }
    let mut cubes: Vec<Option<Cube>> = cubes.into_iter().map(Some).collect();
    for (var, mut places) in holding {
        places.retain(|place| cubes[*place].as_ref().is_some_and(|cube| cube.get(var).is_some()));
        join_on(&mut cubes, var, places);
    }
    let mut cubes: Vec<Cube> = cubes.into_iter().flatten().collect();
    cubes.sort();
    cubes
}

/// Joins those of the boxes at some places, all of which constrain `var`, that differ in nothing else.
fn join_on(cubes: &mut [Option<Cube>], var: Var, mut places: Vec<usize>) {
    let compare = |one: &Option<Cube>, other: &Option<Cube>| match (one, other) {
        (Some(one), Some(other)) => one.cmp_without(other, var),
        (one, other) => one.is_some().cmp(&other.is_some()),
    };
    places.sort_by(|one, other| compare(&cubes[*one], &cubes[*other]));
    let alike = |one: &usize, other: &usize| compare(&cubes[*one], &cubes[*other]).is_eq();
    let groups: Vec<Vec<usize>> =
        places.chunk_by(alike).filter(|group| group.len() > 1).map(<[usize]>::to_vec).collect();
    for group in groups {
        let together: Vec<Cube> = group.iter().filter_map(|place| cubes[*place].take()).collect();
        let union = together.iter().filter_map(|cube| cube.get(var)).cloned().reduce(|one, other| one.union(&other));
        let joined = together.first().zip(union).map(|(cube, union)| cube.with(var, union));
        if let Some(place) = group.first() {
            cubes[*place] = joined;
        }
    }
}

/// The variables that some box constrains.
pub(super) fn support<'a>(cubes: impl IntoIterator<Item = &'a Cube>) -> BTreeSet<Var> {
    cubes.into_iter().flat_map(|cube| cube.literals().iter().map(|(var, _)| *var)).collect()
}

/// The size of a list of boxes as it is stored: all their literals.
pub(super) fn weight(cubes: &[Cube]) -> usize {
    cubes.iter().map(|cube| cube.literals().len()).sum()
}
