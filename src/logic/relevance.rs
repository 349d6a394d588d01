//! Whether knowing a variable can matter for a formula, under assumptions. It refuses to know who asks for it.

use std::collections::BTreeSet;

use super::normal::normal;
use super::{Budget, Exploded, Formula, Situations, Values, Var, primes};

impl Situations {
    /// Whether two situations that differ in the variable alone make the formula hold and fail.
    ///
    /// # Errors
    /// When the search takes too many steps.
    pub fn depends(&self, formula: &Formula, var: Var) -> Result<bool, Exploded> {
        let formula = normal(formula, true);
        if !formula.support().contains(&var) {
            return Ok(false);
        }
        let twin = Var(self.space().vars().len() as u32);
        let renamed = |formula: &Formula| {
            let mut formula = formula.clone();
            formula.rename(&|other| if other == var { twin } else { other });
            formula
        };
        let assumed = self.mentioning(var).iter().filter_map(|index| self.assumption(*index)).map(renamed);
        let fails = Formula::Not(Box::new(renamed(&formula)));
        let all = assumed.chain([formula.clone(), fails]).collect();
        Ok(self.find(&Formula::And(all))?.is_some())
    }

    /// Whether some value of the variable by itself makes a formula certain, or rules it out, that is neither before.
    ///
    /// # Errors
    /// When a search takes too many steps.
    pub fn is_told_by(&self, formula: &Formula, var: Var) -> Result<bool, Exploded> {
        let holds = normal(formula, true);
        let fails = normal(formula, false);
        if self.find(&holds)?.is_none() || self.find(&fails)?.is_none() {
            return Ok(false);
        }
        let size = self.space().size(var);
        for value in 0..size {
            let has =
                |formula: &Formula| Formula::And(vec![Formula::In(var, Values::of(size, [value])), formula.clone()]);
            if self.find(&has(&holds))?.is_none() != self.find(&has(&fails))?.is_none() {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Whether a row of the formula constrains the variable: a prime of the formula, or of its negation, beside what is
    /// connected with the variable by assumptions, that some situation is inside.
    ///
    /// # Errors
    /// When there are too many primes.
    pub fn is_constrained(&self, formula: &Formula, var: Var, budget: Budget) -> Result<bool, Exploded> {
        let mut connected = BTreeSet::new();
        let mut vars = formula.support();
        vars.insert(var);
        self.connect(&mut vars, &mut connected);
        let assumed = connected.iter().filter_map(|index| self.assumption(*index));
        let excluded: Vec<Formula> = assumed.map(|assumption| normal(assumption, false)).collect();
        for positive in [true, false] {
            let parts = excluded.iter().cloned().chain([normal(formula, positive)]).collect();
            for cube in primes(self.space(), &Formula::Or(parts), budget)? {
                if cube.get(var).is_some() && self.find(&Formula::from(&cube))?.is_some() {
                    return Ok(true);
                }
            }
        }
        Ok(false)
    }
}
