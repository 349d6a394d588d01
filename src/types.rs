//! Owns what conditions and values mean: typed tests of facts; refuses to know cells, rows and situations.

mod applicable;
#[cfg(test)]
mod cases;
mod condition;
mod context;
mod declared;
mod literal;
mod report;
mod stretch;
mod uses;
mod value;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::diag::Diagnostics;
use crate::model::{ConditionId, FactId, IdVec, Model};
use crate::source::{Sources, Span};

pub use literal::{days_since_epoch, show_scaled};

/// Gives conditions and values their meaning; what has none is reported and becomes an error, or is left out.
pub fn check_types(model: &Model, sources: &Sources, diagnostics: &mut Diagnostics) -> Types {
    let mut cx = context::Context::new(model, sources, diagnostics);
    declared::check_facts(&mut cx);
    condition::check_conditions(&mut cx);
    uses::check_uses(&mut cx);
    context::report_mixed_dates(&mut cx);
    cx.types
}

/// Side tables of the model: the meaning of each condition, and of each value written outside conditions.
#[derive(Debug, Default)]
pub struct Types {
    pub conditions: IdVec<ConditionId, Condition>,
    /// The facts that a condition with a mistake names; such conditions alone are listed.
    pub named: FxHashMap<ConditionId, Vec<FactId>>,
    /// By the span of the value: effects, rules' values, what `shows`, `if unknown`, texts and tests name.
    pub values: FxHashMap<Span, Test>,
    /// Where a test says that a fact has none of several values.
    pub none_chosen: FxHashSet<Span>,
    /// Number facts: digits after the point that their values are scaled by (0 for integers).
    pub scales: FxHashMap<FactId, u32>,
    /// The values that number facts may take, at their scales.
    pub numbers: FxHashMap<FactId, NumberDomain>,
}

/// `min`, `min + step`, … up to `max`, all scaled; without `min`, the multiples of `step`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NumberDomain {
    pub min: Option<i64>,
    pub max: Option<i64>,
    /// Positive.
    pub step: i64,
}

/// A condition with names and literals resolved.
///
/// `f != v` is `Not(Test(f, v))`; where `f` may have no value (it has `only when`, or is derived by rules of which none
/// may hold) it is `And[Test(f, any value), Not(Test(f, v))]`, since a comparison with no value is false.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Condition {
    /// Reported; what it means is unknown.
    Error,
    And(Vec<Condition>),
    Or(Vec<Condition>),
    Not(Box<Condition>),
    /// The fact is applicable and its value passes the test.
    Test(FactId, Test),
}

/// A set of values of one fact.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Test {
    /// yes/no: the values 0 (yes) and 1 (no); one of: indices into the declared values, and for
    /// an open one the number of these for *other*. Sorted, without duplicates, not empty.
    OneOf(Vec<usize>),
    /// any of: the member with this index is among them.
    Has(usize),
    /// number, version, date: the union of `[from, to)` stretches, sorted and disjoint. Cuts of a number lie on its
    /// domain's values, and the domain's ends are unbounded.
    Within(Vec<Interval>),
}

/// From one cut up to another; `None` is unbounded.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Interval {
    pub from: Option<Cut>,
    pub to: Option<Cut>,
}

/// A place between two neighbouring values. Cuts of one fact are ordered; a discrete fact's cuts are all `Before`-cuts.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Cut {
    pub point: Point,
    /// Just after the point (versions only: `> 6.0`), else just before it.
    pub after: bool,
}

/// A value that can be compared.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Point {
    /// Times 10^scale of the fact; magnitude below 2^53.
    Number(i64),
    /// Without trailing zeros, so that 6.0 = 6.0.0.
    Version(Vec<u32>),
    /// Days since 1970-01-01.
    Date(i64),
    /// Days from today.
    Today(i64),
}
