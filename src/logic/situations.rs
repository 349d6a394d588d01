//! Situations that satisfy the assumptions and something more, found by looking only at those assumptions that a candidate
//! breaks. It refuses to know what is assumed, and of whom.

use std::collections::{BTreeSet, VecDeque};

use super::guess::guess;
use super::normal::{and, as_cube, normal};
use super::satisfy::model;
use super::{Budget, Cube, Exploded, Formula, Space, Values, Var, count, minimal_core, uncovered};

/// So many times a search heeds only the assumptions that its candidate breaks.
const SINGLY: usize = 8;
/// So many guesses are made before a search.
const GUESSES: usize = 4;
/// So many situations are tried before a search.
const TRIES: usize = 6;
/// Any number but 0.
const SEED: u64 = 0x9E37_79B9_7F4A_7C15;

/// Marsaglia's xorshift64, the same everywhere.
fn next(state: &mut u64) -> u32 {
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    (*state >> 32) as u32
}

/// The assumptions, and one situation that satisfies them.
#[derive(Clone, Debug)]
pub struct Situations {
    space: Space,
    /// Normal, in the order given.
    assumed: Vec<Formula>,
    /// By variable, the assumptions that mention it.
    mentioning: Vec<Vec<usize>>,
    some: Vec<u32>,
    budget: Budget,
}

/// Statements and assumptions that no situation satisfies together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clash {
    /// Indices of statements, ascending.
    pub statements: Vec<usize>,
    /// Indices of assumptions, ascending.
    pub assumed: Vec<usize>,
}

/// What a search comes to.
enum Outcome {
    Found(Vec<u32>),
    /// Together with these assumptions the formula holds nowhere; they are not the fewest.
    Clash(BTreeSet<usize>),
}

impl Situations {
    /// The situations that satisfy all assumptions; `None` when there is none. `budget` is for each search that is asked
    /// for later, too.
    ///
    /// # Errors
    /// When the search takes too many steps.
    pub fn new(space: &Space, assumed: &[Formula], budget: Budget) -> Result<Option<Situations>, Exploded> {
        let assumed: Vec<Formula> = assumed.iter().map(|formula| normal(formula, true)).collect();
        let mut mentioning = vec![Vec::new(); space.vars().len()];
        for (index, formula) in assumed.iter().enumerate() {
            formula.support().into_iter().for_each(|var| mentioning[var.index()].push(index));
        }
        let some = vec![0; space.vars().len()];
        let mut situations = Situations { space: space.clone(), assumed, mentioning, some, budget };
        let broken = situations.broken(0..situations.assumed.len(), &situations.some);
        match situations.search(&Formula::Const(true), broken.into_iter().collect())? {
            Outcome::Found(some) => situations.some = some,
            Outcome::Clash(_) => return Ok(None),
        }
        Ok(Some(situations))
    }

    /// One of them.
    pub fn some(&self) -> &[u32] {
        &self.some
    }

    pub fn space(&self) -> &Space {
        &self.space
    }

    /// The indices of the assumptions that mention a variable, ascending.
    pub fn mentioning(&self, var: Var) -> &[usize] {
        self.mentioning.get(var.index()).map_or(&[], Vec::as_slice)
    }

    /// An assumption, in negation normal form.
    pub fn assumption(&self, index: usize) -> Option<&Formula> {
        self.assumed.get(index)
    }

    /// One in which the formula holds; a value for each variable of the space, and for each further one that the formula
    /// mentions.
    ///
    /// # Errors
    /// When the search takes too many steps.
    pub fn find(&self, formula: &Formula) -> Result<Option<Vec<u32>>, Exploded> {
        match self.search(formula, BTreeSet::new())? {
            Outcome::Found(situation) => Ok(Some(situation)),
            Outcome::Clash(_) => Ok(None),
        }
    }

    /// Whether there is one in which several formulas hold. Mostly there is, and a guess finds it.
    ///
    /// # Errors
    /// When the search takes too many steps.
    pub fn are_possible<'a>(&self, formulas: impl Iterator<Item = &'a Formula> + Clone) -> Result<bool, Exploded> {
        if self.is_guessed(formulas.clone()) {
            return Ok(true);
        }
        Ok(self.find(&Formula::And(formulas.cloned().collect()))?.is_some())
    }

    /// Whether a few guesses, each of which heeds the assumptions that those before break, come to a situation.
    pub(super) fn is_guessed<'a>(&self, formulas: impl Iterator<Item = &'a Formula>) -> bool {
        let mut all: Vec<&Formula> = formulas.collect();
        for _ in 0..GUESSES {
            let Some(cube) = guess(all.iter().copied()) else { return false };
            let near = self.near(cube.literals().iter().map(|(var, _)| *var));
            let broken = if near.is_empty() { Vec::new() } else { self.broken(near, &self.nearest(&cube)) };
            if broken.is_empty() {
                return true;
            }
            all.extend(broken.into_iter().map(|index| &self.assumed[index]));
        }
        false
    }

    /// One in which `within` holds and none of `covers` does.
    ///
    /// # Errors
    /// When the search takes too many steps.
    pub fn uncovered(&self, within: &Formula, covers: &[Formula]) -> Result<Option<Vec<u32>>, Exploded> {
        match self.search_uncovered(within, covers)? {
            Outcome::Found(situation) => Ok(Some(situation)),
            Outcome::Clash(_) => Ok(None),
        }
    }

    /// Whether one of `covers` holds wherever `within` does. A few situations are tried blindly first, for most lists of
    /// conditions leave a lot out.
    ///
    /// # Errors
    /// When the search takes too many steps.
    pub fn is_covered(&self, within: &Formula, covers: &[&Formula]) -> Result<bool, Exploded> {
        if self.tried(within, covers) {
            return Ok(false);
        }
        let covers: Vec<Formula> = covers.iter().copied().cloned().collect();
        Ok(self.uncovered(within, &covers)?.is_none())
    }

    /// Of statements that hold in no situation together some that do not either, and the assumptions that are to blame;
    /// none can be left out. `None` when there is such a situation.
    ///
    /// # Errors
    /// When a search takes too many steps.
    pub fn clash(&self, statements: &[Formula]) -> Result<Option<Clash>, Exploded> {
        let (mut held, mut denied) = (Vec::new(), Vec::new());
        for statement in statements {
            match statement {
                Formula::Not(inner) => denied.push(inner.as_ref().clone()),
                other => held.push(other.clone()),
            }
        }
        let Outcome::Clash(blamed) = self.search_uncovered(&Formula::And(held), &denied)? else { return Ok(None) };
        let blamed: Vec<usize> = blamed.into_iter().collect();
        let assumed = blamed.iter().filter_map(|index| self.assumed.get(*index)).cloned();
        let all: Vec<Formula> = statements.iter().cloned().chain(assumed).collect();
        let core = minimal_core(&self.space, &all, self.budget)?.unwrap_or_default();
        let (own, rest): (Vec<usize>, Vec<usize>) = core.into_iter().partition(|index| *index < statements.len());
        let assumed = rest.into_iter().filter_map(|index| blamed.get(index - statements.len()).copied()).collect();
        Ok(Some(Clash { statements: own, assumed }))
    }

    /// A box around a situation in which the formula holds, as wide as can be: it constrains only variables that the
    /// formula mentions, and within it the formula holds wherever the assumptions do. Later variables are freed first.
    ///
    /// # Errors
    /// When a search takes too many steps.
    pub fn around(&self, formula: &Formula, situation: &[u32]) -> Result<Cube, Exploded> {
        let mut literals: Vec<(Var, Values)> = Vec::new();
        for var in formula.support() {
            let value = situation.get(var.index()).copied().unwrap_or(0);
            literals.push((var, Values::of(self.space.size(var), [value])));
        }
        let outside = normal(formula, false);
        for at in (0..literals.len()).rev() {
            self.widen(&mut literals, at, &outside)?;
        }
        Ok(Cube::new(literals).unwrap_or_default())
    }

    /// The same situations in a box without values that none of them has.
    ///
    /// # Errors
    /// When a search takes too many steps.
    pub fn trimmed(&self, cube: &Cube) -> Result<Cube, Exploded> {
        let mut literals = cube.literals().to_vec();
        for at in 0..literals.len() {
            let (var, values) = literals[at].clone();
            let mut possible = Values::none(values.size());
            for value in values.iter() {
                literals[at].1 = Values::of(values.size(), [value]);
                let inside = literals.iter().map(|(var, values)| Formula::In(*var, values.clone()));
                if self.find(&Formula::And(inside.collect()))?.is_some() {
                    possible.insert(value);
                }
            }
            literals[at] = (var, possible);
        }
        Ok(Cube::new(literals).unwrap_or_default())
    }

    fn widen(&self, literals: &mut [(Var, Values)], at: usize, outside: &Formula) -> Result<(), Exploded> {
        let Some((var, start)) = literals.get(at).cloned() else { return Ok(()) };
        let size = self.space.size(var);
        let single = (0..size).map(|value| Values::of(size, [value]));
        let mut reached = start;
        for more in [Values::all(size)].into_iter().chain(single) {
            let wider = reached.union(&more);
            if wider == reached {
                continue;
            }
            literals[at].1 = wider.clone();
            let inside = literals.iter().map(|(var, values)| Formula::In(*var, values.clone()));
            if self.find(&Formula::And(inside.chain([outside.clone()]).collect()))?.is_none() {
                reached = wider;
            }
        }
        literals[at].1 = reached;
        Ok(())
    }

    /// In how many situations the formula holds, of how many; over the variables that the two formulas mention and those
    /// that assumptions connect with them.
    ///
    /// # Errors
    /// When there are too many cases to count.
    pub fn count(&self, formula: &Formula, of: &Formula) -> Result<(u128, u128), Exploded> {
        let mut vars = formula.support();
        vars.extend(of.support());
        let mut connected = BTreeSet::new();
        self.connect(&mut vars, &mut connected);
        let over: Vec<Var> = vars.into_iter().collect();
        let assumed = connected.iter().map(|index| self.assumed[*index].clone());
        let all = and(assumed.chain([normal(of, true)]));
        let some = and([all.clone(), normal(formula, true)]);
        Ok((count(&self.space, &some, &over, self.budget)?, count(&self.space, &all, &over, self.budget)?))
    }

    /// Adds all assumptions that are connected with the variables, and the variables that these mention.
    pub(super) fn connect(&self, vars: &mut BTreeSet<Var>, connected: &mut BTreeSet<usize>) {
        let mut open: Vec<Var> = vars.iter().copied().collect();
        while let Some(var) = open.pop() {
            for index in self.mentioning(var).iter().filter(|index| connected.insert(**index)) {
                let support = self.assumed[*index].support();
                open.extend(support.into_iter().filter(|var| vars.insert(*var)));
            }
        }
    }

    /// Looks for a candidate, adds the assumptions that it breaks, and looks again, until it breaks none. A candidate
    /// differs from a known situation only where it must, so that all other assumptions hold in it without being looked at.
    fn search(&self, formula: &Formula, mut heeded: BTreeSet<usize>) -> Result<Outcome, Exploded> {
        let formula = normal(formula, true);
        for round in 0.. {
            let all = heeded.iter().map(|index| self.assumed[*index].clone()).chain([formula.clone()]);
            let Some(cube) = model(&and(all), self.budget)? else { return Ok(Outcome::Clash(heeded)) };
            let candidate = self.nearest(&cube);
            let near = self.near(cube.literals().iter().map(|(var, _)| *var));
            let broken = self.broken(near, &candidate);
            if broken.is_empty() {
                return Ok(Outcome::Found(candidate));
            }
            self.heed(broken, round, &mut heeded);
        }
        Err(Exploded)
    }

    /// Adds assumptions that a candidate breaks; after some rounds also those connected with them, the nearest first, until there
    /// are twice as many, lest a long chain of them costs a round for each.
    fn heed(&self, broken: Vec<usize>, round: usize, heeded: &mut BTreeSet<usize>) {
        let most = if round < SINGLY { 0 } else { 2 * heeded.len() };
        heeded.extend(&broken);
        let mut open = VecDeque::from(broken);
        while let Some(index) = open.pop_front().filter(|_| heeded.len() < most) {
            let near = self.assumed[index].support().into_iter().flat_map(|var| self.mentioning(var));
            for index in near.copied() {
                if heeded.len() < most && heeded.insert(index) {
                    open.push_back(index);
                }
            }
        }
    }

    /// Whether one of a few situations inside a box is in no cover; that none is proves nothing.
    fn tried(&self, within: &Formula, covers: &[&Formula]) -> bool {
        let Some(cube) = as_cube(&normal(within, true)) else { return false };
        let mut random = SEED;
        (0..TRIES).any(|_| {
            let mut candidate = self.some.clone();
            for var in self.space.vars() {
                // Where an assumption speaks of a variable, another value is likely to break it.
                if self.mentioning(var).is_empty() {
                    candidate[var.index()] = next(&mut random) % self.space.size(var);
                }
            }
            for (var, values) in cube.literals() {
                let place = next(&mut random) % values.len().max(1);
                candidate[var.index()] = values.iter().nth(place as usize).unwrap_or(0);
            }
            let is_one = self.broken(self.near(cube.literals().iter().map(|(var, _)| *var)), &candidate).is_empty();
            is_one && !covers.iter().any(|cover| cover.eval(&candidate))
        })
    }

    /// The same, by a search that takes many covers.
    fn search_uncovered(&self, within: &Formula, covers: &[Formula]) -> Result<Outcome, Exploded> {
        let mut vars = within.support();
        vars.extend(covers.iter().flat_map(Formula::support));
        let mut heeded = BTreeSet::new();
        for round in 0.. {
            let assumed: Vec<Formula> = heeded.iter().map(|index: &usize| self.assumed[*index].clone()).collect();
            vars.extend(assumed.iter().flat_map(Formula::support));
            let found = uncovered(&self.space, &assumed, within, covers, self.budget)?;
            let Some(found) = found else { return Ok(Outcome::Clash(heeded)) };
            let mut candidate = self.some.clone();
            vars.iter().for_each(|var| candidate[var.index()] = found[var.index()]);
            let broken = self.broken(self.near(vars.iter().copied()), &candidate);
            if broken.is_empty() {
                return Ok(Outcome::Found(candidate));
            }
            self.heed(broken, round, &mut heeded);
        }
        Err(Exploded)
    }

    /// The situation of a box that differs least from the known one.
    fn nearest(&self, cube: &Cube) -> Vec<u32> {
        let mut candidate = self.some.clone();
        for (var, values) in cube.literals() {
            if var.index() >= candidate.len() {
                candidate.resize(var.index() + 1, 0);
            }
            if !values.contains(candidate[var.index()]) {
                candidate[var.index()] = values.first().unwrap_or(0);
            }
        }
        candidate
    }

    /// The assumptions that mention one of the variables.
    fn near(&self, vars: impl Iterator<Item = Var>) -> BTreeSet<usize> {
        vars.flat_map(|var| self.mentioning(var)).copied().collect()
    }

    fn broken(&self, among: impl IntoIterator<Item = usize>, situation: &[u32]) -> Vec<usize> {
        among.into_iter().filter(|index| !self.assumed[*index].eval(situation)).collect()
    }
}
