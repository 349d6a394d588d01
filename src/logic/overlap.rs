//! Which formulas of a list hold together somewhere. It refuses to know about assumptions.
//!
//! For each value of each variable a set of bits says which boxes deny it. A box is apart from another exactly if it
//! denies all values that the other allows some variable, so that a few words of bits tell for 64 boxes at once.

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use fixedbitset::FixedBitSet;

use super::cover::cover_normal;
use super::normal::{as_cube, normal};
use super::{Budget, Cube, Formula, Space, Var};

/// A part of a formula that does not come to so many boxes is taken for the box around it.
const BOXES: Budget = Budget { cubes: 64 };

/// Visits every pair `i < j` of formulas that hold together somewhere, ascending, until `visit` breaks. A pair with a
/// formula that does not come to boxes may be visited although it does not hold together.
pub fn overlapping_pairs(space: &Space, formulas: &[Formula], visit: &mut impl FnMut(usize, usize) -> ControlFlow<()>) {
    let index = OverlapIndex::new(space, formulas);
    let mut later = Vec::new();
    let mut start = 0;
    for first in 0..formulas.len() {
        start += index.places[first].len();
        index.collect(index.boxes_of(first), start, &mut later);
        if later.iter().try_for_each(|second| visit(first, *second)).is_break() {
            return;
        }
    }
}

/// A list of formulas, to ask which of them hold together somewhere with a given one.
pub struct OverlapIndex {
    space: Space,
    /// Where boxes stand; free places are in no formula's list.
    boxes: Vec<Cube>,
    /// For each place the formula whose box stands there.
    owners: Vec<usize>,
    free: Vec<usize>,
    /// For each formula the places of its boxes.
    places: Vec<Vec<usize>>,
    taken: FixedBitSet,
    /// For each variable that a box constrains and each of its values, the places of the boxes that deny it.
    denying: BTreeMap<Var, Vec<FixedBitSet>>,
}

impl OverlapIndex {
    pub fn new(space: &Space, formulas: &[Formula]) -> OverlapIndex {
        let mut index = OverlapIndex::empty(space, formulas.len());
        for (owner, formula) in formulas.iter().enumerate() {
            boxes(space, formula).into_iter().for_each(|cube| index.put(owner, cube));
        }
        index
    }

    /// A list of boxes.
    pub(super) fn of_boxes(space: &Space, boxes: Vec<Cube>) -> OverlapIndex {
        let mut index = OverlapIndex::empty(space, boxes.len());
        boxes.into_iter().enumerate().for_each(|(owner, cube)| index.put(owner, cube));
        index
    }

    fn empty(space: &Space, formulas: usize) -> OverlapIndex {
        OverlapIndex {
            space: space.clone(),
            boxes: Vec::new(),
            owners: Vec::new(),
            free: Vec::new(),
            places: vec![Vec::new(); formulas],
            taken: FixedBitSet::with_capacity(formulas),
            denying: BTreeMap::new(),
        }
    }

    /// The indices of the formulas that hold together with `formula` somewhere, ascending; with the same exception as
    /// for [`overlapping_pairs`].
    pub fn query(&self, formula: &Formula) -> Vec<usize> {
        let mut found = Vec::new();
        self.collect(boxes(&self.space, formula).iter(), 0, &mut found);
        found
    }

    /// The indices of the formulas that a box touches, ascending.
    pub(super) fn touching(&self, cube: &Cube) -> Vec<usize> {
        let mut found = Vec::new();
        self.collect([cube].into_iter(), 0, &mut found);
        found
    }

    /// [`OverlapIndex::query`] for the formula at an index of the list, which is among the results unless it is false.
    pub fn of(&self, index: usize) -> Vec<usize> {
        let mut found = Vec::new();
        self.collect(self.boxes_of(index), 0, &mut found);
        found
    }

    /// Puts another formula in the place of one; an index that the list does not have is ignored.
    pub fn replace(&mut self, index: usize, formula: &Formula) {
        let Some(places) = self.places.get_mut(index).map(std::mem::take) else { return };
        places.into_iter().for_each(|place| self.remove(place));
        boxes(&self.space, formula).into_iter().for_each(|cube| self.put(index, cube));
    }

    fn boxes_of(&self, index: usize) -> impl Iterator<Item = &Cube> {
        self.places.get(index).into_iter().flatten().map(|place| &self.boxes[*place])
    }

    fn put(&mut self, owner: usize, cube: Cube) {
        let place = self.free.pop().unwrap_or(self.boxes.len());
        if place == self.boxes.len() {
            self.boxes.push(Cube::whole());
            self.owners.push(owner);
        }
        self.mark(&cube, place, true);
        (self.boxes[place], self.owners[place]) = (cube, owner);
        self.places[owner].push(place);
    }

    fn remove(&mut self, place: usize) {
        let cube = std::mem::take(&mut self.boxes[place]);
        self.mark(&cube, place, false);
        self.free.push(place);
    }

    fn mark(&mut self, cube: &Cube, place: usize, taken: bool) {
        set(&mut self.taken, place, taken);
        for (var, values) in cube.literals() {
            let denying = self.denying.entry(*var).or_insert_with(|| vec![FixedBitSet::new(); values.size() as usize]);
            for value in values.complement().iter() {
                set(&mut denying[value as usize], place, taken);
            }
        }
    }

    /// The owners of the boxes, from a place on, that touch one of some boxes: ascending, each once.
    fn collect<'a>(&self, boxes: impl Iterator<Item = &'a Cube>, start: usize, found: &mut Vec<usize>) {
        found.clear();
        for cube in boxes {
            self.collect_touching(cube, start, found);
        }
        if !found.is_sorted_by(|one, other| one < other) {
            found.sort_unstable();
            found.dedup();
        }
    }

    fn collect_touching(&self, cube: &Cube, start: usize, found: &mut Vec<usize>) {
        let apart = self.apart(cube);
        let bits = usize::BITS as usize;
        let mut mask = usize::MAX << (start % bits);
        for (word, taken) in self.taken.as_slice().iter().enumerate().skip(start / bits) {
            let mut touching = *taken & mask;
            mask = usize::MAX;
            for literal in &apart {
                touching &= !literal.iter().fold(usize::MAX, |all, bits| all & bits.get(word).copied().unwrap_or(0));
                if touching == 0 {
                    break;
                }
            }
            while touching != 0 {
                found.push(self.owners[word * bits + touching.trailing_zeros() as usize]);
                touching &= touching - 1;
            }
        }
    }

    /// For each literal the bits, which must all be set, of the boxes that are apart from it.
    fn apart(&self, cube: &Cube) -> Vec<Vec<&[usize]>> {
        let known = cube.literals().iter().filter_map(|(var, values)| Some((self.denying.get(var)?, values)));
        let bits = known.map(|(denying, values)| {
            values.iter().filter_map(|value| denying.get(value as usize)).map(FixedBitSet::as_slice).collect()
        });
        bits.collect()
    }
}

fn set(bits: &mut FixedBitSet, place: usize, value: bool) {
    if value {
        bits.grow_and_insert(place);
    } else if place < bits.len() {
        bits.set(place, false);
    }
}

/// Boxes whose union is the formula, or around it.
fn boxes(space: &Space, formula: &Formula) -> Vec<Cube> {
    match normal(formula, true) {
        Formula::Or(parts) => parts.iter().flat_map(|part| boxes_of_part(space, part)).collect(),
        only => boxes_of_part(space, &only),
    }
}

fn boxes_of_part(space: &Space, part: &Formula) -> Vec<Cube> {
    if let Some(cube) = as_cube(part) {
        return vec![cube];
    }
    cover_normal(space, part, BOXES).unwrap_or_else(|_| vec![around(part)])
}

/// The box that the atoms of a normal conjunction make.
fn around(part: &Formula) -> Cube {
    let Formula::And(parts) = part else { return Cube::whole() };
    let atoms = parts.iter().filter(|part| matches!(part, Formula::In(..))).cloned().collect();
    as_cube(&Formula::And(atoms)).unwrap_or_default()
}
