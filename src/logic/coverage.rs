//! Whether boxes leave a situation out: one list, asked many times. It refuses to know which conditions the boxes
//! stand for.
//!
//! A question is answered by splitting first (`split`), which is fast on lists that people write, and by a SAT solver
//! (`sat`) when that takes too long.

mod boxes;
mod count;
mod encode;
mod reduce;
mod sat;
mod sets;
mod split;

use super::{Budget, Cube, Exploded, Formula, Space, Var};
use boxes::Boxes;
use reduce::{Reduced, State};

/// Boxes that a situation is to stay out of.
pub(super) struct Coverage {
    boxes: Boxes,
    /// How many of the variables are the space's; those after them choose between alternatives.
    own: usize,
}

/// The index of a group of boxes: those of one condition.
pub(super) type Group = u32;

/// The answer to whether boxes cover everything inside a box.
pub(super) enum Covering {
    /// They leave this situation out.
    Hole(Vec<u32>),
    /// They cover it: these groups do, ascending, though perhaps not all of them are needed.
    Full(Vec<Group>),
}

/// Which groups of boxes a question is about, and whether those that suffice are asked for.
pub(super) struct Question<'a> {
    /// By group.
    pub(super) groups: &'a [bool],
    /// A SAT solver is asked for a core only if so.
    pub(super) core: bool,
}

impl Coverage {
    pub(super) fn new(space: &Space) -> Coverage {
        let sizes: Vec<u32> = space.vars().map(|var| space.size(var)).collect();
        Coverage { own: sizes.len(), boxes: Boxes::new(sizes) }
    }

    /// Has situations satisfy the formula.
    pub(super) fn demand(&mut self, formula: &Formula, group: Group) {
        encode::demand(&mut self.boxes, formula, group);
    }

    /// Has situations stay out of the formula.
    pub(super) fn forbid(&mut self, formula: &Formula, group: Group) {
        encode::forbid(&mut self.boxes, formula, group);
    }

    /// Whether the boxes of the groups in question cover all of `inside`.
    ///
    /// # Errors
    /// When neither splitting nor the SAT solver come to an end within the budget.
    pub(super) fn ask(&self, inside: &Cube, question: &Question, budget: Budget) -> Result<Covering, Exploded> {
        self.answer(inside, question, |state, list| search(state, list, question.core, budget))
    }

    /// Whether all boxes together leave a situation of `inside` out.
    ///
    /// # Errors
    /// As for [`Coverage::ask`].
    pub(super) fn has_hole(&self, inside: &Cube, budget: Budget) -> Result<bool, Exploded> {
        self.has_hole_among(self.boxes.groups().map(|(index, _)| index).collect(), inside, budget)
    }

    /// [`Coverage::has_hole`] with only the boxes at some indices.
    pub(super) fn has_hole_among(&self, mut list: Vec<u32>, inside: &Cube, budget: Budget) -> Result<bool, Exploded> {
        let mut state = State::new(&self.boxes, inside);
        Ok(state.reduce(&mut list) == Reduced::Open && search(&mut state, &list, false, budget)?)
    }

    /// A box that none of the boxes touches, over the space's own variables; `None` when they cover everything.
    ///
    /// # Errors
    /// As for [`Coverage::ask`].
    pub(super) fn hole(&self, budget: Budget) -> Result<Option<Cube>, Exploded> {
        let mut state = State::new(&self.boxes, &Cube::whole());
        let mut list = self.boxes.groups().map(|(index, _)| index).collect();
        let found = state.reduce(&mut list) == Reduced::Open && search(&mut state, &list, false, budget)?;
        let own = |cube: Cube| Cube::new(cube.literals().iter().filter(|(var, _)| var.index() < self.own).cloned());
        Ok(found.then(|| own(state.part()).unwrap_or_default()))
    }

    /// [`Coverage::ask`] by the SAT solver alone.
    #[cfg(test)]
    pub(super) fn ask_solver(&self, inside: &Cube, question: &Question, budget: Budget) -> Result<Covering, Exploded> {
        self.answer(inside, question, |state, list| sat::search(state, list, question.core, budget))
    }

    fn answer(
        &self,
        inside: &Cube,
        question: &Question,
        search: impl FnOnce(&mut State, &[u32]) -> Result<bool, Exploded>,
    ) -> Result<Covering, Exploded> {
        let mut state = State::new(&self.boxes, inside);
        let mut list = self.boxes.of(question.groups);
        if state.reduce(&mut list) == Reduced::Covered || !search(&mut state, &list)? {
            return Ok(Covering::Full(state.used()));
        }
        let mut situation = self.boxes.lowered(state.lowest(), inside, question.groups);
        situation.truncate(self.own);
        Ok(Covering::Hole(situation))
    }

    /// Boxes that do not touch each other, whose union is all that is outside the boxes.
    ///
    /// # Errors
    /// When there are more than the budget allows, or alternatives had to be told by further variables.
    pub(super) fn holes(&self, budget: Budget) -> Result<Vec<Cube>, Exploded> {
        let list = self.exact()?;
        split::holes(&mut State::new(&self.boxes, &Cube::whole()), list, budget)
    }

    /// How many situations over some variables are outside the boxes; `u128::MAX` stands for that many or more.
    ///
    /// # Errors
    /// When the search takes too many steps, or alternatives had to be told by further variables.
    pub(super) fn count(&self, over: &[Var], budget: Budget) -> Result<u128, Exploded> {
        let list = self.exact()?;
        let over = over.iter().map(|var| var.0).collect();
        count::count(&mut State::new(&self.boxes, &Cube::whole()), list, over, budget)
    }

    /// All boxes, if they are over the space's own variables.
    fn exact(&self) -> Result<Vec<u32>, Exploded> {
        if self.boxes.vars() > self.own {
            return Err(Exploded);
        }
        Ok(self.boxes.groups().map(|(index, _)| index).collect())
    }

    /// All boxes, each with its group.
    pub(super) fn boxes(&self) -> impl Iterator<Item = (Group, Cube)> {
        self.boxes.groups().map(|(index, group)| (group, self.boxes.cube(index)))
    }
}

/// Splitting, and the solver where that fails.
fn search(state: &mut State, list: &[u32], core: bool, budget: Budget) -> Result<bool, Exploded> {
    let mark = state.mark();
    split::search(state, list.to_vec(), budget).or_else(|Exploded| {
        state.back_to(mark);
        sat::search(state, list, core, budget)
    })
}

/// A cover of a formula by boxes that do not touch each other.
///
/// # Errors
/// When there are more than the budget allows, or alternatives of the formula multiply out to many boxes.
pub(super) fn holes(space: &Space, formula: &Formula, budget: Budget) -> Result<Vec<Cube>, Exploded> {
    let mut coverage = Coverage::new(space);
    coverage.demand(formula, 0);
    coverage.holes(budget)
}
