//! What is assumed of the situations that are looked at, and the part of it that bears on a question. Refuses to know
//! which version assumes it.

use std::collections::{BTreeMap, BTreeSet};

use super::joint::Joint;
use crate::logic::{Budget, Exploded, Formula, Space, Values, Var, is_satisfiable};

/// Assumptions, to be asked which of them are connected with some variables.
#[derive(Debug)]
pub struct World {
    conjuncts: Vec<Formula>,
    supports: Vec<BTreeSet<Var>>,
    by_var: BTreeMap<Var, Vec<usize>>,
}

impl World {
    pub fn new(conjuncts: Vec<Formula>) -> Self {
        let conjuncts: Vec<Formula> = conjuncts.into_iter().filter(|it| *it != Formula::Const(true)).collect();
        let supports: Vec<BTreeSet<Var>> = conjuncts.iter().map(Formula::support).collect();
        let mut by_var: BTreeMap<Var, Vec<usize>> = BTreeMap::new();
        for (at, vars) in supports.iter().enumerate() {
            vars.iter().for_each(|var| by_var.entry(*var).or_default().push(at));
        }
        Self { conjuncts, supports, by_var }
    }

    pub fn conjuncts(&self) -> &[Formula] {
        &self.conjuncts
    }

    /// Adds the variables that the assumptions connect with those given; gives the places of these assumptions,
    /// ascending.
    pub fn connect(&self, vars: &mut BTreeSet<Var>) -> BTreeSet<usize> {
        let mut found = BTreeSet::new();
        let mut open: Vec<Var> = vars.iter().copied().collect();
        while let Some(var) = open.pop() {
            for at in self.by_var.get(&var).into_iter().flatten() {
                if found.insert(*at) {
                    open.extend(self.supports[*at].iter().filter(|other| vars.insert(**other)));
                }
            }
        }
        found
    }

    /// Whether no situation satisfies the assumptions.
    ///
    /// # Errors
    /// When the search for one takes too many steps.
    pub fn is_empty(&self, space: &Space, budget: Budget) -> Result<bool, Exploded> {
        let mut seen: BTreeSet<usize> = BTreeSet::new();
        for (at, vars) in self.supports.iter().enumerate() {
            if seen.contains(&at) {
                continue;
            }
            let mut vars = vars.clone();
            let mut component = self.connect(&mut vars);
            component.insert(at);
            let together = Formula::And(component.iter().map(|at| self.conjuncts[*at].clone()).collect());
            if !is_satisfiable(space, &together, budget)? {
                return Ok(true);
            }
            seen.append(&mut component);
        }
        Ok(false)
    }
}

/// The variables that matter to a question, numbered by themselves, and what is assumed of them.
#[derive(Debug)]
pub struct Field {
    pub space: Space,
    /// By the local index the joint variable; ascending.
    pub vars: Vec<Var>,
    /// In local variables.
    pub assumed: Formula,
}

impl Field {
    /// The variables given and those connected with them.
    pub fn new(joint: &Joint, world: &World, mut vars: BTreeSet<Var>) -> Self {
        let connected = world.connect(&mut vars);
        let vars: Vec<Var> = vars.into_iter().collect();
        let space = Space::new(vars.iter().map(|var| joint.space.size(*var)).collect());
        let mut field = Self { space, vars, assumed: Formula::Const(true) };
        // An assumption of no variable at all is either true or empties the world, which is seen elsewhere.
        let assumed = connected.iter().map(|at| field.local(&world.conjuncts[*at])).collect();
        field.assumed = Formula::And(assumed);
        field
    }

    /// A joint formula in local variables; those that the field does not have are free of any value.
    pub fn local(&self, formula: &Formula) -> Formula {
        let all = |parts: &[Formula]| parts.iter().map(|part| self.local(part)).collect();
        match formula {
            Formula::Const(value) => Formula::Const(*value),
            Formula::In(var, values) => match self.vars.binary_search(var) {
                Ok(at) => Formula::In(Var(at as u32), values.clone()),
                Err(_) => Formula::Const(false),
            },
            Formula::Not(inner) => Formula::Not(Box::new(self.local(inner))),
            Formula::And(parts) => Formula::And(all(parts)),
            Formula::Or(parts) => Formula::Or(all(parts)),
        }
    }

    /// A local variable and values of it, in joint terms.
    pub fn joint(&self, var: Var, values: &Values) -> (Var, Values) {
        (self.vars.get(var.index()).copied().unwrap_or(var), values.clone())
    }

    /// How many situations there are if nothing is assumed, at most `u128::MAX`.
    pub fn size(&self) -> u128 {
        self.space.vars().fold(1, |product, var| product.saturating_mul(u128::from(self.space.size(var))))
    }
}
