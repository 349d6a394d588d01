//! Which formulas of a list hold together somewhere. It refuses to know about assumptions.

use std::ops::ControlFlow;

use super::{Budget, Cube, Formula, Space, cover};

/// A formula that does not come to so many boxes is taken for the smallest box around it.
const BOXES: Budget = Budget { cubes: 64 };

/// Visits every pair `i < j` of formulas that hold together somewhere, ascending, until `visit` breaks. A pair with a
/// formula that does not come to 64 boxes may be visited although it does not hold together.
pub fn overlapping_pairs(space: &Space, formulas: &[Formula], visit: &mut impl FnMut(usize, usize) -> ControlFlow<()>) {
    let index = OverlapIndex::new(space, formulas);
    let mut pairs =
        (0..formulas.len()).flat_map(|i| index.of(i).into_iter().filter(move |j| *j > i).map(move |j| (i, j)));
    let _ = pairs.try_for_each(|(i, j)| visit(i, j));
}

/// A list of formulas, to ask which of them hold together somewhere with a given one.
pub struct OverlapIndex {
    space: Space,
    boxes: Vec<Vec<Cube>>,
}

impl OverlapIndex {
    pub fn new(space: &Space, formulas: &[Formula]) -> OverlapIndex {
        OverlapIndex { space: space.clone(), boxes: formulas.iter().map(|formula| boxes(space, formula)).collect() }
    }

    /// The indices of the formulas that hold together with `formula` somewhere, ascending; with the same exception as
    /// for [`overlapping_pairs`].
    pub fn query(&self, formula: &Formula) -> Vec<usize> {
        self.touching(&boxes(&self.space, formula))
    }

    /// [`OverlapIndex::query`] for the formula at an index of the list, which is among the results unless it is false.
    pub fn of(&self, index: usize) -> Vec<usize> {
        self.boxes.get(index).map_or_else(Vec::new, |boxes| self.touching(boxes))
    }

    /// Puts another formula in the place of one; an index that the list does not have is ignored.
    pub fn replace(&mut self, index: usize, formula: &Formula) {
        if let Some(place) = self.boxes.get_mut(index) {
            *place = boxes(&self.space, formula);
        }
    }

    fn touching(&self, boxes: &[Cube]) -> Vec<usize> {
        let touches = |other: &[Cube]| boxes.iter().any(|cube| other.iter().any(|other| cube.touches(other)));
        (0..self.boxes.len()).filter(|index| self.boxes.get(*index).is_some_and(|other| touches(other))).collect()
    }
}

fn boxes(space: &Space, formula: &Formula) -> Vec<Cube> {
    cover(space, formula, BOXES).unwrap_or_else(|_| vec![Cube::whole()])
}
