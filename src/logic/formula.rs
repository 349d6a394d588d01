//! Boolean formulas whose atoms say that a variable's value is in a set. It refuses to know how they are simplified
//! or solved.

use std::collections::BTreeSet;

use super::{Cube, Values, Var};

/// A condition on situations.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Formula {
    Const(bool),
    /// The variable's value is one of these.
    In(Var, Values),
    Not(Box<Formula>),
    /// All of these; true when there are none.
    And(Vec<Formula>),
    /// At least one of these; false when there are none.
    Or(Vec<Formula>),
}

impl Formula {
    /// Whether the formula holds where `Var(v)` has the value `situation[v]`. A variable without a value is in no
    /// set.
    pub fn eval(&self, situation: &[u32]) -> bool {
        match self {
            Formula::Const(value) => *value,
            Formula::In(var, values) => situation.get(var.index()).is_some_and(|value| values.contains(*value)),
            Formula::Not(inner) => !inner.eval(situation),
            Formula::And(parts) => parts.iter().all(|part| part.eval(situation)),
            Formula::Or(parts) => parts.iter().any(|part| part.eval(situation)),
        }
    }

    /// The variables that the formula mentions, whether or not its truth depends on them.
    pub fn support(&self) -> BTreeSet<Var> {
        let mut vars = BTreeSet::new();
        self.for_each_atom(&mut |var, _| {
            vars.insert(var);
        });
        vars
    }

    /// Adds the variables that the formula mentions, as often as it does.
    pub fn push_vars(&self, vars: &mut Vec<Var>) {
        self.for_each_atom(&mut |var, _| vars.push(var));
    }

    /// Calls the variables otherwise. The new names must keep the old ones' order, for atoms stay where they are.
    pub fn rename(&mut self, name: &impl Fn(Var) -> Var) {
        match self {
            Formula::Const(_) => {}
            Formula::In(var, _) => *var = name(*var),
            Formula::Not(inner) => inner.rename(name),
            Formula::And(parts) | Formula::Or(parts) => parts.iter_mut().for_each(|part| part.rename(name)),
        }
    }

    /// How many atoms the formula has, repetitions included.
    pub(super) fn atoms(&self) -> usize {
        let mut atoms = 0;
        self.for_each_atom(&mut |_, _| atoms += 1);
        atoms
    }

    /// Calls `visit` with every atom, left to right, whatever stands above it.
    pub(super) fn for_each_atom<'a>(&'a self, visit: &mut impl FnMut(Var, &'a Values)) {
        match self {
            Formula::Const(_) => {}
            Formula::In(var, values) => visit(*var, values),
            Formula::Not(inner) => inner.for_each_atom(visit),
            Formula::And(parts) | Formula::Or(parts) => parts.iter().for_each(|part| part.for_each_atom(visit)),
        }
    }
}

impl From<&Cube> for Formula {
    /// The conjunction of the box's literals.
    fn from(cube: &Cube) -> Formula {
        Formula::And(cube.literals().iter().map(|(var, values)| Formula::In(*var, values.clone())).collect())
    }
}
