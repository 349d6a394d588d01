//! Lists of boxes without one inside another, and the joining of neighbours. It refuses to know what formula the
//! boxes stand for.

use std::collections::{BTreeMap, BTreeSet};
use std::hash::BuildHasher;

use rustc_hash::{FxBuildHasher, FxHashMap};

use super::{Budget, Cube, Exploded, Var};

/// Comparing boxes may cost so many times the budget in literals.
const COMPARED: usize = 1 << 13;

/// Boxes of up to so many literals are looked up by each subset of their variables.
const SMALL: usize = 4;

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
    filed: FxHashMap<Option<Var>, Vec<Filed>>,
    /// Each box under the list of its variables: whatever is around a small box is under one of a few lists.
    alike: FxHashMap<Vec<Var>, Vec<usize>>,
    /// Each box under all its variables: whatever is inside a box is under each variable of that box.
    holding: FxHashMap<Var, Vec<usize>>,
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

    /// The variables that a box constrains or constrained, in no order.
    pub(super) fn vars(&self) -> impl Iterator<Item = &Var> {
        self.holding.keys()
    }

    /// Whether one of the boxes contains `cube`.
    pub(super) fn covers(&self, cube: &Cube, effort: &mut Effort) -> bool {
        if cube.literals().len() <= SMALL { self.covers_small(cube, effort) } else { self.covers_large(cube, effort) }
    }

    fn covers_small(&self, cube: &Cube, effort: &mut Effort) -> bool {
        let mut chosen: Vec<Var> = Vec::with_capacity(SMALL);
        (0..1usize << cube.literals().len()).any(|subset| {
            chosen.clear();
            let literals = cube.literals().iter().enumerate();
            chosen.extend(literals.filter(|(place, _)| subset >> place & 1 == 1).map(|(_, (var, _))| *var));
            let Some(alike) = self.alike.get(chosen.as_slice()) else { return false };
            effort.spend(alike.len() * chosen.len());
            alike.iter().any(|index| self.get(*index).is_some_and(|held| held.contains(cube)))
        })
    }

    fn covers_large(&self, cube: &Cube, effort: &mut Effort) -> bool {
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
        let vars = cube.literals().iter().map(|(var, _)| *var).collect();
        self.alike.entry(vars).or_default().push(index);
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
    let mut slots: Vec<Option<Slot>> = cubes.into_iter().map(Slot::of).map(Some).collect();
    for (var, places) in holding {
        for group in alike_but(&slots, var, places) {
            let together: Vec<Cube> = group.iter().filter_map(|place| slots[*place].take()).map(|it| it.cube).collect();
            let union = together.iter().filter_map(|cube| cube.get(var)).cloned().reduce(|a, b| a.union(&b));
            if let (Some(place), Some(cube), Some(union)) = (group.first(), together.first(), union) {
                slots[*place] = Some(Slot::of(cube.with(var, union)));
            }
        }
    }
    let mut cubes: Vec<Cube> = slots.into_iter().flatten().map(|slot| slot.cube).collect();
    cubes.sort();
    cubes
}

struct Slot {
    cube: Cube,
    /// The numbers of its literals in one, from which that of a literal can be taken out again.
    sum: u64,
}

impl Slot {
    fn of(cube: Cube) -> Slot {
        let sum = cube.literals().iter().fold(0, |sum, (var, values)| sum ^ FxBuildHasher.hash_one((var, values)));
        Slot { cube, sum }
    }
}

/// The places of boxes that constrain `var` and differ in nothing else, in groups of two and more.
fn alike_but(slots: &[Option<Slot>], var: Var, places: Vec<usize>) -> Vec<Vec<usize>> {
    let mut bound: Vec<(u64, usize, &Cube)> = Vec::with_capacity(places.len());
    for place in places {
        if let Some(Slot { cube, sum }) = &slots[place]
            && let Some(values) = cube.get(var)
        {
            bound.push((sum ^ FxBuildHasher.hash_one((var, values)), place, cube));
        }
    }
    bound.sort_unstable_by_key(|(others, place, _)| (*others, *place));
    let mut groups = Vec::new();
    for similar in bound.chunk_by_mut(|(one, ..), (other, ..)| one == other).filter(|it| it.len() > 1) {
        similar.sort_by(|(.., one), (.., other)| one.cmp_without(other, var));
        let alike = similar.chunk_by(|(.., one), (.., other)| one.cmp_without(other, var).is_eq());
        groups.extend(alike.filter(|it| it.len() > 1).map(|it| it.iter().map(|(_, place, _)| *place).collect()));
    }
    groups
}

/// The variables that some box constrains.
pub(super) fn support<'a>(cubes: impl IntoIterator<Item = &'a Cube>) -> BTreeSet<Var> {
    cubes.into_iter().flat_map(|cube| cube.literals().iter().map(|(var, _)| *var)).collect()
}

/// The size of a list of boxes as it is stored: all their literals.
pub(super) fn weight(cubes: &[Cube]) -> usize {
    cubes.iter().map(|cube| cube.literals().len()).sum()
}
