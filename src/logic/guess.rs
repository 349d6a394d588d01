//! A guess at situations in which formulas hold together: of alternatives the first that goes with what was chosen before.
//! Refuses to search: that there is no guess proves nothing.

use super::{Cube, Formula, Values, Var};

/// A box in all of which the formulas hold.
pub(super) fn guess<'a>(mut formulas: impl Iterator<Item = &'a Formula>) -> Option<Cube> {
    let mut guess = Guess { literals: Vec::new() };
    if formulas.all(|formula| guess.take(formula, true)) { Cube::new(guess.literals) } else { None }
}

struct Guess {
    /// Each variable once.
    literals: Vec<(Var, Values)>,
}

impl Guess {
    /// Narrows the box so that the formula holds, or fails, in all of it.
    fn take(&mut self, formula: &Formula, holds: bool) -> bool {
        match (formula, holds) {
            (Formula::Const(value), _) => *value == holds,
            (Formula::In(var, values), true) => self.narrow(*var, values),
            (Formula::In(var, values), false) => self.narrow(*var, &values.complement()),
            (Formula::Not(inner), _) => self.take(inner, !holds),
            (Formula::And(parts), true) | (Formula::Or(parts), false) => parts.iter().all(|it| self.take(it, holds)),
            (Formula::And(parts), false) | (Formula::Or(parts), true) => parts.iter().any(|it| self.attempt(it, holds)),
        }
    }

    fn attempt(&mut self, formula: &Formula, holds: bool) -> bool {
        let before = self.literals.clone();
        let taken = self.take(formula, holds);
        if !taken {
            self.literals = before;
        }
        taken
    }

    fn narrow(&mut self, var: Var, values: &Values) -> bool {
        match self.literals.iter_mut().find(|(known, _)| *known == var) {
            Some((_, known)) => *known = known.intersect(values),
            None => self.literals.push((var, values.clone())),
        }
        self.literals.iter().any(|(known, left)| *known == var && !left.is_empty())
    }
}
