//! Owns the finite space of situations: every asked fact cut into cells, conditions as formulas over them, and when an
//! entry applies. Refuses to know rows, tables and output formats.
//!
//! The definitions are those of `docs/table.md`: a variable for each asked fact (for each member of an *any of* fact), no
//! variable for a derived fact, whose rules stand in for it wherever a condition mentions it.

mod applies;
mod cells;
mod cuts;
mod derived;
mod formula;
mod order;
mod said;

pub use applies::{Applicability, offer_guard, offer_guards};
pub use cells::{Cell, Grid};
pub use formula::{Assumed, Meanings};
pub use order::{DeclaredOrder, tier, tiers};
pub use said::{say_cube, say_literal, say_variable};

use std::ops::Range;
use std::sync::Arc;

use crate::logic::{Space, Values, Var};
use crate::model::{FactId, Id, IdVec, Model, Type};
use crate::source::Sources;
use crate::types::{Interval, Test, Types};

/// The variables of a knowledge base and their cells.
#[derive(Debug)]
pub struct Domain {
    pub space: Space,
    /// By the index of the [`Var`].
    pub variables: Vec<Variable>,
    ranges: IdVec<FactId, Range<u32>>,
    /// By the index of a derived fact every test that is made of it.
    tests: Vec<Vec<Test>>,
}

/// What a reader is asked about: a fact, or one member of an *any of* fact.
#[derive(Debug)]
pub struct Variable {
    pub fact: FactId,
    /// Index into the declared values of an *any of* fact.
    pub member: Option<usize>,
    /// Never empty. The cell *not applicable* comes last.
    pub cells: Vec<Cell>,
}

/// Cuts every asked fact at the values that the knowledge base compares it with.
pub fn cut_domain(model: &Model, types: &Types, sources: &Sources) -> Arc<Domain> {
    let compared = cuts::collect(model, types);
    let mut variables = Vec::with_capacity(model.facts.len());
    let mut ranges = IdVec::default();
    for (id, fact) in model.facts.enumerate() {
        let start = variables.len() as u32;
        if fact.derived.is_none() {
            let shape = cells::Shape { fact, scale: types.scales.get(&id).copied().unwrap_or(0), types, sources };
            let cuts = compared.cuts.get(id.index()).map_or(&[][..], Vec::as_slice);
            push_variables(id, &shape, cuts, &mut variables);
        }
        ranges.push(start..variables.len() as u32);
    }
    let sizes = variables.iter().map(|variable| variable.cells.len() as u32).collect();
    Arc::new(Domain { space: Space::new(sizes), variables, ranges, tests: compared.tests })
}

/// The numbers that a number fact can have, its range aside; scaled like its values.
pub fn number_grid(id: FactId, model: &Model, types: &Types, sources: &Sources) -> Grid {
    let scale = types.scales.get(&id).copied().unwrap_or(0);
    cells::Shape { fact: &model.facts[id], scale, types, sources }.grid()
}

fn push_variables(id: FactId, shape: &cells::Shape, cuts: &[crate::types::Cut], variables: &mut Vec<Variable>) {
    match &shape.fact.ty {
        Type::AnyOf { values } => {
            variables.extend((0..values.len()).map(|member| Variable {
                fact: id,
                member: Some(member),
                cells: shape.member_cells(),
            }));
        }
        Type::Error | Type::YesNo | Type::OneOf { .. } | Type::Number { .. } | Type::Version | Type::Date => {
            variables.push(Variable { fact: id, member: None, cells: shape.cells(cuts) })
        }
    }
}

impl Domain {
    /// The variables of a fact: none for a derived one, several for an *any of* fact.
    pub fn vars(&self, fact: FactId) -> impl ExactSizeIterator<Item = Var> + Clone + use<> {
        self.ranges[fact].clone().map(Var)
    }

    /// The cells of an asked fact in which it is applicable and passes a test, with the variable they belong to.
    pub fn cells_where(&self, fact: FactId, test: &Test) -> Option<(Var, Values)> {
        let mut vars = self.vars(fact);
        let var = match test {
            Test::Has(member) => vars.nth(*member)?,
            Test::OneOf(_) | Test::Within(_) => vars.next()?,
        };
        let cells = &self.variables[var.index()].cells;
        let passing = (0u32..).zip(cells).filter(|(_, cell)| cell.passes(test)).map(|(index, _)| index);
        Some((var, Values::of(cells.len() as u32, passing)))
    }

    /// The cell in which a variable's question makes no sense, for a fact with `only when`.
    pub fn not_applicable(&self, var: Var) -> Option<Values> {
        let cells = &self.variables[var.index()].cells;
        let at = cells.iter().position(|cell| *cell == Cell::NotApplicable)?;
        Some(Values::of(cells.len() as u32, [at as u32]))
    }
}

impl Variable {
    /// The stretches that some of its cells, ascending, make up, neighbouring ones joined. The ends of the domain are unbounded,
    /// as in conditions.
    pub fn stretches(&self, cells: &[usize]) -> Vec<Interval> {
        let mut joined: Vec<(usize, usize)> = Vec::new();
        for index in cells {
            match joined.last_mut() {
                Some((_, last)) if *last + 1 == *index => *last = *index,
                _ => joined.push((*index, *index)),
            }
        }
        let interval = |(first, last): (usize, usize)| Interval {
            from: first
                .checked_sub(1)
                .and_then(|it| self.stretch(it))
                .and(self.stretch(first))
                .and_then(|it| it.from.clone()),
            to: self.stretch(last + 1).and(self.stretch(last)).and_then(|it| it.to.clone()),
        };
        joined.into_iter().map(interval).collect()
    }

    fn stretch(&self, cell: usize) -> Option<&Interval> {
        match self.cells.get(cell)? {
            Cell::Stretch(interval) => Some(interval),
            Cell::Yes | Cell::No | Cell::Value(_) | Cell::Other(_) | Cell::NotApplicable => None,
        }
    }
}
