//! What is assumed of every situation, parted into components that share no variable. It refuses to know the
//! conditions judged under it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError};

use super::antichain::{Antichain, maximal, weight};
use super::consensus::primes_beside;
use super::cover::{cover_normal, some_cover, within};
use super::normal::{and, normal, restrict_to};
use super::parts::Parts;
use super::satisfy::contradict;
use super::{Budget, Cube, Exploded, Formula, Side, Space, Var};

/// The conjunction of the assumptions, by component: two conjuncts that mention a variable in common are in the same
/// one, transitively.
pub struct Assumptions {
    space: Space,
    components: Vec<Component>,
    by_var: BTreeMap<Var, usize>,
}

impl Assumptions {
    /// Sorts the conjuncts into components. Nothing is solved yet.
    pub fn new(space: &Space, conjuncts: Vec<Formula>) -> Assumptions {
        let components = components(flat(conjuncts));
        let places =
            components.iter().zip(0..).flat_map(|(component, at)| component.mentions.keys().map(move |var| (*var, at)));
        Assumptions { space: space.clone(), by_var: places.collect(), components }
    }

    /// All primes of the negation: a reader's evidence inside one of them contradicts the assumptions. Sorted.
    ///
    /// # Errors
    /// When the primes of one component, or all together, exceed the budget. [`Assumptions::contradiction_sides`] may
    /// still succeed.
    pub fn contradiction(&self, budget: Budget) -> Result<Vec<Cube>, Exploded> {
        let mut cubes = Vec::new();
        for component in &self.components {
            cubes.extend(component.contradiction(&self.space, budget)?.iter().cloned());
        }
        let mut cubes = maximal(within(cubes, budget)?);
        cubes.sort();
        Ok(cubes)
    }

    /// For each component a side that holds for evidence that contradicts it: its part of
    /// [`Assumptions::contradiction`], or the cover that evidence must touch, whichever is smaller. With one
    /// assumption for each value of a variable the cover grows with the values, the primes with the sets of them.
    ///
    /// # Errors
    /// When both exceed the budget for some component.
    pub fn contradiction_sides(&self, budget: Budget) -> Result<Vec<Side>, Exploded> {
        self.components.iter().map(|component| component.side(&self.space, budget)).collect()
    }

    /// Whether no situation satisfies the assumptions.
    ///
    /// # Errors
    /// When the search for one takes too many steps.
    pub fn are_vacuous(&self, budget: Budget) -> Result<bool, Exploded> {
        for component in &self.components {
            if contradict(component.conjuncts.iter().map(|conjunct| &conjunct.formula), budget)? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// The components that mention one of the variables.
    pub(super) fn touched(&self, vars: &BTreeSet<Var>) -> Vec<&Component> {
        let places: BTreeSet<usize> = vars.iter().filter_map(|var| self.by_var.get(var).copied()).collect();
        places.into_iter().filter_map(|at| self.components.get(at)).collect()
    }
}

/// Conjuncts connected by their variables.
pub(super) struct Component {
    conjuncts: Vec<Conjunct>,
    /// For each variable the conjuncts that mention it.
    mentions: BTreeMap<Var, Vec<usize>>,
    /// The primes of the negation, by the budgets that they were sought with.
    contradiction: Mutex<Vec<(Budget, Contradiction)>>,
}

type Contradiction = Result<Arc<Antichain>, Exploded>;

/// A normal formula and its variables.
struct Conjunct {
    formula: Formula,
    support: BTreeSet<Var>,
}

impl Component {
    fn of(conjuncts: Vec<Conjunct>) -> Component {
        let mut mentions: BTreeMap<Var, Vec<usize>> = BTreeMap::new();
        for (index, conjunct) in conjuncts.iter().enumerate() {
            conjunct.support.iter().for_each(|var| mentions.entry(*var).or_default().push(index));
        }
        Component { conjuncts, mentions, contradiction: Mutex::default() }
    }

    /// The primes of the negation, sought once with each budget.
    pub(super) fn contradiction(&self, space: &Space, budget: Budget) -> Contradiction {
        let mut known = self.contradiction.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, found)) = known.iter().find(|(with, _)| *with == budget) {
            return found.clone();
        }
        let found = self.seek_contradiction(space, budget);
        known.push((budget, found.clone()));
        found
    }

    fn seek_contradiction(&self, space: &Space, budget: Budget) -> Contradiction {
        let negation = some_cover(space, &normal(&self.formula(), false), budget)?;
        Ok(Arc::new(Antichain::from_iter(primes_beside(&[], negation, budget)?)))
    }

    fn side(&self, space: &Space, budget: Budget) -> Result<Side, Exploded> {
        let rows = self.contradiction(space, budget).map(|closed| closed.iter().cloned().collect::<Vec<Cube>>());
        match (rows, cover_normal(space, &self.formula(), budget)) {
            (Ok(rows), Ok(clear)) if weight(&rows) <= weight(&clear) => Ok(Side::Rows(rows)),
            (Ok(rows), Err(Exploded)) => Ok(Side::Rows(rows)),
            (_, clear) => clear.map(Side::ClearOf),
        }
    }

    fn formula(&self) -> Formula {
        and(self.conjuncts.iter().map(|conjunct| conjunct.formula.clone()))
    }

    /// What the component still says inside a box, as far as it has to do with the box.
    ///
    /// Conjuncts that neither mention the box's variables, nor are connected to such as do by what is left of these,
    /// hold somewhere in any evidence that the assumptions do not contradict, whatever the values of all other
    /// variables.
    pub(super) fn inside(&self, cube: &Cube) -> Vec<Formula> {
        let mut is_in = vec![false; self.conjuncts.len()];
        let mut result = Vec::new();
        let mut open: Vec<Var> = Vec::new();
        for index in self.mentioning(cube.literals().iter().map(|(var, _)| var)) {
            if !std::mem::replace(&mut is_in[index], true) {
                let narrowed = restrict_to(&self.conjuncts[index].formula, cube);
                open.extend(narrowed.support());
                result.push(narrowed);
            }
        }
        while let Some(var) = open.pop() {
            for index in self.mentioning([&var]) {
                if !std::mem::replace(&mut is_in[index], true) {
                    open.extend(&self.conjuncts[index].support);
                    result.push(self.conjuncts[index].formula.clone());
                }
            }
        }
        result
    }

    fn mentioning<'a>(&'a self, vars: impl IntoIterator<Item = &'a Var>) -> impl Iterator<Item = usize> {
        vars.into_iter().filter_map(|var| self.mentions.get(var)).flatten().copied()
    }
}

/// The conjuncts by component, ordered by the last conjunct of each.
fn components(conjuncts: Vec<Formula>) -> Vec<Component> {
    let conjuncts: Vec<Conjunct> =
        conjuncts.into_iter().map(|formula| Conjunct { support: formula.support(), formula }).collect();
    let mut parts = Parts::new(conjuncts.len());
    let mut firsts: BTreeMap<Var, usize> = BTreeMap::new();
    for (index, conjunct) in conjuncts.iter().enumerate() {
        for var in &conjunct.support {
            parts.join(*firsts.entry(*var).or_insert(index), index);
        }
    }
    let mut components: BTreeMap<usize, (usize, Vec<Conjunct>)> = BTreeMap::new();
    for (index, conjunct) in conjuncts.into_iter().enumerate() {
        let (last, component) = components.entry(parts.lowest(index)).or_default();
        *last = index;
        component.push(conjunct);
    }
    let mut components: Vec<(usize, Vec<Conjunct>)> = components.into_values().collect();
    components.sort_by_key(|(last, _)| *last);
    components.into_iter().map(|(_, conjuncts)| Component::of(conjuncts)).collect()
}

/// The conjuncts as normal formulas none of which is a conjunction or true.
fn flat(conjuncts: Vec<Formula>) -> Vec<Formula> {
    match and(conjuncts.iter().map(|conjunct| normal(conjunct, true))) {
        Formula::And(parts) => parts,
        Formula::Const(true) => Vec::new(),
        only => vec![only],
    }
}
