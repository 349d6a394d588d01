//! Whether knowing a variable can matter for a formula, under assumptions. It refuses to know who asks for it.

use std::collections::BTreeSet;

use super::normal::{normal, restrict};
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
        self.are_possible(self.differing_in(&formula, var).iter())
    }

    /// The same where a guess tells; that it does not proves nothing.
    pub fn is_seen_to_depend(&self, formula: &Formula, var: Var) -> bool {
        self.is_guessed(self.differing_in(formula, var).iter())
    }

    /// What holds of two situations that differ in the variable alone, in one of which the formula holds and not in the other.
    fn differing_in(&self, formula: &Formula, var: Var) -> Vec<Formula> {
        let twin = Var(self.space().vars().len() as u32);
        let renamed = |formula: &Formula| {
            let mut formula = formula.clone();
            formula.rename(&|other| if other == var { twin } else { other });
            formula
        };
        let assumed = self.mentioning(var).iter().filter_map(|index| self.assumption(*index)).map(renamed);
        let fails = Formula::Not(Box::new(renamed(formula)));
        assumed.chain([formula.clone(), fails]).collect()
    }

    /// Whether some value of the variable by itself makes a formula certain, or rules it out, that is neither before.
    ///
    /// # Errors
    /// When a search takes too many steps.
    pub fn is_told_by(&self, formula: &Formula, var: Var) -> Result<bool, Exploded> {
        let holds = normal(formula, true);
        let fails = normal(formula, false);
        if !self.are_possible([&holds].into_iter())? || !self.are_possible([&fails].into_iter())? {
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

    /// Whether a box was found in which the formula is certain, or ruled out, as soon as the variable has some value, and
    /// neither before. Where none is found there may still be one.
    ///
    /// # Errors
    /// When a search takes too many steps.
    pub fn is_seen_to_tell(&self, formula: &Formula, var: Var) -> Result<bool, Exploded> {
        let mut vars = formula.support();
        vars.insert(var);
        self.connect(&mut vars, &mut BTreeSet::new());
        // Those of the formula come last, and are freed first.
        let (own, mut others): (Vec<Var>, Vec<Var>) =
            vars.into_iter().filter(|other| *other != var).partition(|other| formula.support().contains(other));
        others.extend(own);
        let size = self.space().size(var);
        for value in (0..size).map(|value| Values::of(size, [value])) {
            for positive in [true, false] {
                let tells = Tells {
                    inside: normal(formula, positive),
                    outside: normal(formula, !positive),
                    var,
                    value: value.clone(),
                };
                if self.tells_around_a_situation(&tells, &others)? || self.tells_beside_a_situation(&tells, &others)? {
                    return Ok(true);
                }
            }
        }
        Ok(false)
    }

    /// Looks around a situation in which the formula holds, freeing all other variables that can be.
    fn tells_around_a_situation(&self, tells: &Tells, others: &[Var]) -> Result<bool, Exploded> {
        let Some(start) = self.find(&tells.known([&tells.inside]))? else { return Ok(false) };
        let needed = self.needed(others, &start, tells)?;
        Ok(self.find(&Formula::And(needed.into_iter().chain([tells.outside.clone()]).collect()))?.is_some())
    }

    /// Looks around a situation in which the formula fails, and which the variable's value would make impossible.
    fn tells_beside_a_situation(&self, tells: &Tells, others: &[Var]) -> Result<bool, Exploded> {
        for assumption in self.mentioning(tells.var).iter().filter_map(|index| self.assumption(*index)) {
            let broken = normal(&restrict(assumption, tells.var, &tells.value), false);
            let Some(start) = self.find(&Formula::And(vec![tells.outside.clone(), broken]))? else { continue };
            let needed = self.needed(others, &start, tells)?;
            if self.find(&tells.known(&needed))?.is_some() {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Some of the variables' values in a situation: as few as keep the formula from failing where the one value is known.
    fn needed(&self, vars: &[Var], situation: &[u32], tells: &Tells) -> Result<Vec<Formula>, Exploded> {
        let value = |var: &Var| Values::of(self.space().size(*var), situation.get(var.index()).copied());
        let mut needed: Vec<Formula> = vars.iter().map(|var| Formula::In(*var, value(var))).collect();
        for at in (0..needed.len()).rev() {
            let freed = needed.remove(at);
            if self.find(&tells.known(needed.iter().chain([&tells.outside])))?.is_some() {
                needed.insert(at, freed);
            }
        }
        Ok(needed)
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

/// A value of a variable that is to make a formula certain.
struct Tells {
    inside: Formula,
    outside: Formula,
    var: Var,
    value: Values,
}

impl Tells {
    /// The value, and more.
    fn known<'a>(&self, more: impl IntoIterator<Item = &'a Formula>) -> Formula {
        Formula::And([Formula::In(self.var, self.value.clone())].into_iter().chain(more.into_iter().cloned()).collect())
    }
}
