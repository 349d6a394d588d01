//! The pool of conditions: each formula's rows are sought once. Refuses to know what a condition is for.

use std::collections::BTreeSet;

use rustc_hash::FxHashMap;

use super::Writer;
use crate::diag::{Code, Diagnostic};
use crate::domain::{Assumed, Domain};
use crate::logic::{Assumptions, Budget, Exploded, Formula, Space, rows};
use crate::table::{Condition, Contradiction};
use crate::tabulate;

/// A condition with more boxes than this on both sides is refused: no reader would get through them, and no writer meant them.
const BUDGET: Budget = Budget { cubes: 2048 };

/// Contradiction rows are read in one go, and many small assumptions together have many: so many more for each of them.
const CUBES_PER_ASSUMPTION: usize = 16;

/// The conditions of a table, from which the next one's are taken where situations and assumptions are the same.
#[derive(Debug, Default)]
pub struct KnownRows {
    space: Space,
    assumed: Vec<Formula>,
    found: FxHashMap<Formula, Found>,
}

/// What a formula is in the table.
#[derive(Clone, Debug)]
struct Found {
    condition: Condition,
    exploded: bool,
}

/// The conditions of the table so far.
pub(super) struct Pool<'a> {
    domain: &'a Domain,
    assumptions: Assumptions,
    contradiction_budget: Budget,
    /// None where no other table is made after this one.
    known: Option<&'a mut KnownRows>,
    indexes: FxHashMap<Formula, u32>,
    found: Vec<Found>,
}

/// A condition's place in the table.
#[derive(Clone, Copy)]
pub(super) struct Pooled {
    pub(super) index: u32,
    /// Its rows could not be written out, and this is the first time that it was asked for.
    pub(super) exploded: bool,
}

impl<'a> Pool<'a> {
    pub(super) fn new(domain: &'a Domain, assumptions: &[Assumed], mut known: Option<&'a mut KnownRows>) -> Self {
        let formulas: Vec<Formula> = assumptions.iter().map(|assumed| assumed.formula.clone()).collect();
        if let Some(known) = known.as_deref_mut().filter(|it| it.space != domain.space || it.assumed != formulas) {
            *known = KnownRows { space: domain.space.clone(), assumed: formulas.clone(), ..KnownRows::default() };
        }
        Self {
            domain,
            contradiction_budget: Budget { cubes: BUDGET.cubes + assumptions.len() * CUBES_PER_ASSUMPTION },
            assumptions: Assumptions::new(&domain.space, formulas),
            known,
            indexes: FxHashMap::default(),
            found: Vec::new(),
        }
    }

    pub(super) fn add(&mut self, formula: Formula) -> Pooled {
        if let Some(index) = self.indexes.get(&formula) {
            return Pooled { index: *index, exploded: false };
        }
        let index = self.found.len() as u32;
        let known = self.known.as_mut().and_then(|known| known.found.remove(&formula));
        let found = known.unwrap_or_else(|| self.find(&formula));
        let exploded = found.exploded;
        self.indexes.insert(formula, index);
        self.found.push(found);
        Pooled { index, exploded }
    }

    fn find(&self, formula: &Formula) -> Found {
        match rows(&self.domain.space, &self.assumptions, formula, BUDGET) {
            Ok(rows) => Found { condition: tabulate::condition(&rows), exploded: false },
            Err(Exploded) => {
                let (certain, excluded) = (Some(Vec::new()), Some(Vec::new()));
                Found { condition: Condition { certain, excluded, ..Condition::default() }, exploded: true }
            }
        }
    }

    /// The conditions in order.
    pub(super) fn into_conditions(self) -> Vec<Condition> {
        if let Some(known) = self.known {
            let found = |index: u32| self.found.get(index as usize).cloned();
            known.found = self.indexes.into_iter().filter_map(|(it, index)| Some((it, found(index)?))).collect();
        }
        self.found.into_iter().map(|it| it.condition).collect()
    }
}

impl Writer<'_> {
    pub(super) fn contradiction(&mut self) -> Contradiction {
        let budget = self.pool.contradiction_budget;
        if let Ok(cubes) = self.pool.assumptions.contradiction(budget) {
            return Contradiction { rows: cubes.iter().map(tabulate::row).collect(), clear_of: Vec::new() };
        }
        let Ok(sides) = self.pool.assumptions.contradiction_sides(budget) else {
            self.report_assumptions();
            self.pool.assumptions = Assumptions::new(&self.domain.space, Vec::new());
            return Contradiction::default();
        };
        tabulate::contradiction(&sides)
    }

    /// Each assumption that is too much by itself; when it is all of them together, the first.
    fn report_assumptions(&mut self) {
        let model = &self.compilation.model;
        let all = self.meanings.assumptions();
        let mut guilty: BTreeSet<_> = all.iter().filter(|one| self.explodes(one)).map(|one| one.written).collect();
        let help = if guilty.is_empty() { "fewer" } else { "split" };
        if guilty.is_empty() {
            guilty.extend(all.first().map(|one| one.written));
        }
        for id in guilty {
            let span = model.conditions[id].span();
            Diagnostic::at(Code::AssumptionsExplode, span).help(help).push_to(self.diagnostics);
        }
    }

    fn explodes(&self, assumed: &Assumed) -> bool {
        let alone = Assumptions::new(&self.domain.space, vec![assumed.formula.clone()]);
        alone.contradiction_sides(self.pool.contradiction_budget).is_err()
    }
}
