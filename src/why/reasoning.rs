//! What follows from evidence and assumptions, and from how little of them it follows. Refuses to know entries and words.

use crate::logic::{Budget, Exploded, Formula, Space, Values, Var, is_satisfiable};

/// One question may cost this much; what costs more is told as not worked out.
const BUDGET: Budget = Budget { cubes: 8192 };

/// What may be relied on.
#[derive(Clone, Copy, Debug)]
pub(super) struct Premises<'a> {
    pub space: &'a Space,
    /// By the index of the variable, the cells still possible.
    pub evidence: &'a [Values],
    /// Those that have to do with the question.
    pub assumptions: &'a [Formula],
}

/// The least that a conclusion needs: without any one of these it does not follow.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Grounds {
    /// Facts of which something is known.
    pub facts: Vec<Var>,
    /// Indexes of assumptions.
    pub assumptions: Vec<usize>,
}

impl Premises<'_> {
    /// The variables of which something is known.
    pub fn known(&self) -> impl Iterator<Item = Var> + '_ {
        self.space.vars().filter(|var| self.evidence.get(var.index()).is_some_and(|cells| !cells.is_full()))
    }

    /// Whether some situation agrees with all premises and the formula.
    pub fn allow(&self, formula: &Formula) -> Result<bool, Exploded> {
        self.allow_some(&self.all(), formula)
    }

    /// Whether the formula holds wherever the premises do.
    pub fn imply(&self, formula: &Formula) -> Result<bool, Exploded> {
        Ok(!self.allow(&not(formula))?)
    }

    /// Whether some situation agrees with a part of the premises and the formula.
    fn allow_some(&self, part: &Grounds, formula: &Formula) -> Result<bool, Exploded> {
        let facts = part.facts.iter().filter_map(|var| self.literal(*var));
        let assumed = part.assumptions.iter().filter_map(|at| self.assumptions.get(*at)).cloned();
        let all = facts.chain(assumed).chain([formula.clone()]).collect();
        is_satisfiable(self.space, &Formula::And(all), BUDGET)
    }

    /// What is known of a fact.
    pub fn literal(&self, var: Var) -> Option<Formula> {
        let cells = self.evidence.get(var.index())?;
        Some(Formula::In(var, cells.clone()))
    }

    fn all(&self) -> Grounds {
        Grounds { facts: self.known().collect(), assumptions: (0..self.assumptions.len()).collect() }
    }

    /// From what a formula that the premises imply follows already: from few assumptions first of all, then from few facts,
    /// rather from such as the formula mentions.
    pub fn grounds(&self, formula: &Formula) -> Result<Grounds, Exploded> {
        let denied = not(formula);
        let mut grounds = self.all();
        let without = Grounds { facts: grounds.facts.clone(), assumptions: Vec::new() };
        if !self.allow_some(&without, &denied)? {
            grounds = without;
        }
        for at in (0..grounds.assumptions.len()).rev() {
            let mut fewer = grounds.clone();
            fewer.assumptions.remove(at);
            self.keep_if_enough(fewer, &denied, &mut grounds)?;
        }
        let support = formula.support();
        let mut order = grounds.facts.clone();
        order.sort_by_key(|var| (support.contains(var), std::cmp::Reverse(*var)));
        for var in order {
            let mut fewer = grounds.clone();
            fewer.facts.retain(|kept| *kept != var);
            self.keep_if_enough(fewer, &denied, &mut grounds)?;
        }
        Ok(grounds)
    }

    fn keep_if_enough(&self, fewer: Grounds, denied: &Formula, grounds: &mut Grounds) -> Result<(), Exploded> {
        if !self.allow_some(&fewer, denied)? {
            *grounds = fewer;
        }
        Ok(())
    }

    /// The cells of a variable that the premises and the formula leave possible.
    pub fn possible(&self, var: Var, formula: &Formula) -> Result<Values, Exploded> {
        let size = self.space.size(var);
        let mut possible = Values::none(size);
        for cell in 0..size {
            let here = Formula::In(var, Values::of(size, [cell]));
            if self.allow(&Formula::And(vec![formula.clone(), here]))? {
                possible.insert(cell);
            }
        }
        Ok(possible)
    }
}

pub(super) fn not(formula: &Formula) -> Formula {
    Formula::Not(Box::new(formula.clone()))
}
