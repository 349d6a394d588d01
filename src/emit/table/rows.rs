//! The pool of conditions: each formula's rows are sought once. Refuses to know what a condition is for.

use std::collections::BTreeSet;
use std::collections::hash_map::Entry as Slot;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::Writer;
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::domain::{Assumed, Domain};
use crate::logic::{Assumptions, Budget, Exploded, Formula, Space, rows};
use crate::source::Span;
use crate::table::{Condition, Contradiction};
use crate::tabulate;

/// A condition with more boxes than this on both sides is refused: no reader would get through them, and no writer meant them.
const BUDGET: Budget = Budget { cubes: 2048 };

/// Contradiction rows are read in one go, and many small assumptions together have many: so many more for each of them.
const CUBES_PER_ASSUMPTION: usize = 16;

/// The conditions of a table, from which the next one's are taken where situations and assumptions are the same.
#[derive(Debug, Default)]
pub(super) struct KnownRows {
    space: Space,
    assumed: Vec<Formula>,
    /// Counts the tables.
    table: u32,
    found: FxHashMap<Formula, Found>,
}

/// What a formula is in a table.
#[derive(Debug)]
struct Found {
    condition: Arc<Condition>,
    exploded: bool,
    /// The last table that has it, and its place there.
    table: u32,
    index: u32,
}

/// Who takes conditions and gives their places in the table.
pub(super) trait Conditions {
    /// A formula that is written at `span`.
    fn add(&mut self, formula: Formula, span: Span) -> u32;
}

/// The conditions of the table so far.
pub(super) struct Pool<'a> {
    domain: &'a Domain,
    pub(super) diagnostics: &'a mut Diagnostics,
    assumptions: Assumptions,
    contradiction_budget: Budget,
    known: &'a mut KnownRows,
    conditions: Vec<Arc<Condition>>,
}

/// A condition's place in the table.
#[derive(Clone, Copy)]
pub(super) struct Pooled {
    pub(super) index: u32,
    /// Its rows could not be written out, and this is the first time that it was asked for.
    pub(super) exploded: bool,
}

impl<'a> Pool<'a> {
    pub(super) fn new(
        domain: &'a Domain,
        assumptions: &[Assumed],
        known: &'a mut KnownRows,
        diagnostics: &'a mut Diagnostics,
    ) -> Self {
        let formulas: Vec<Formula> = assumptions.iter().map(|assumed| assumed.formula.clone()).collect();
        if known.space != domain.space || known.assumed != formulas {
            *known = KnownRows { space: domain.space.clone(), assumed: formulas.clone(), ..KnownRows::default() };
        }
        known.table += 1;
        Self {
            domain,
            diagnostics,
            contradiction_budget: Budget { cubes: BUDGET.cubes + assumptions.len() * CUBES_PER_ASSUMPTION },
            assumptions: Assumptions::new(&domain.space, formulas),
            known,
            conditions: Vec::new(),
        }
    }

    pub(super) fn pooled(&mut self, formula: Formula) -> Pooled {
        let KnownRows { table, found, .. } = &mut *self.known;
        let found = match found.entry(formula) {
            Slot::Occupied(slot) => slot.into_mut(),
            Slot::Vacant(slot) => {
                let found = find(&self.domain.space, &self.assumptions, slot.key());
                slot.insert(found)
            }
        };
        let is_first = found.table != *table;
        if is_first {
            (found.table, found.index) = (*table, self.conditions.len() as u32);
            self.conditions.push(Arc::clone(&found.condition));
        }
        Pooled { index: found.index, exploded: is_first && found.exploded }
    }

    /// The conditions in order.
    pub(super) fn into_conditions(self) -> Vec<Arc<Condition>> {
        let KnownRows { table, found, .. } = self.known;
        found.retain(|_, found| found.table == *table);
        self.conditions
    }
}

impl Conditions for Pool<'_> {
    /// What explodes is reported where it is written.
    fn add(&mut self, formula: Formula, span: Span) -> u32 {
        let pooled = self.pooled(formula);
        if pooled.exploded {
            Diagnostic::at(Code::ConditionExplodes, span).help("split").push_to(self.diagnostics);
        }
        pooled.index
    }
}

/// The rows of a formula that is not known.
fn find(space: &Space, assumptions: &Assumptions, formula: &Formula) -> Found {
    let (condition, exploded) = match rows(space, assumptions, formula, BUDGET) {
        Ok(rows) => (tabulate::condition(&rows), false),
        Err(Exploded) => {
            let (certain, excluded) = (Some(Vec::new()), Some(Vec::new()));
            (Condition { certain, excluded, ..Condition::default() }, true)
        }
    };
    Found { condition: Arc::new(condition), exploded, table: 0, index: 0 }
}

/// Conditions that are put into the table later, in order; each one's place is its place here until then.
#[derive(Debug, Default)]
pub(super) struct Asked(Vec<(Formula, Span)>);

impl Conditions for Asked {
    fn add(&mut self, formula: Formula, span: Span) -> u32 {
        self.0.push((formula, span));
        self.0.len() as u32 - 1
    }
}

impl Asked {
    /// The places of them in the table.
    pub(super) fn put(self, pool: &mut Pool<'_>) -> Vec<u32> {
        self.0.into_iter().map(|(formula, span)| pool.add(formula, span)).collect()
    }
}

impl Writer<'_, Pool<'_>> {
    pub(super) fn contradiction(&mut self) -> Contradiction {
        let budget = self.conditions.contradiction_budget;
        if let Ok(cubes) = self.conditions.assumptions.contradiction(budget) {
            return Contradiction { rows: cubes.iter().map(tabulate::row).collect(), clear_of: Vec::new() };
        }
        let Ok(sides) = self.conditions.assumptions.contradiction_sides(budget) else {
            self.report_assumptions();
            self.conditions.assumptions = Assumptions::new(&self.domain.space, Vec::new());
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
            Diagnostic::at(Code::AssumptionsExplode, span).help(help).push_to(self.conditions.diagnostics);
        }
    }

    fn explodes(&self, assumed: &Assumed) -> bool {
        let alone = Assumptions::new(&self.domain.space, vec![assumed.formula.clone()]);
        alone.contradiction_sides(self.conditions.contradiction_budget).is_err()
    }
}
