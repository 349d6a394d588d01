//! Conditions as formulas over the variables of a domain. Refuses to know which entry a condition belongs to.

use std::sync::{Arc, OnceLock};

use rustc_hash::{FxHashMap, FxHashSet};

use super::cuts::each_test_in;
use super::{Domain, derived};
use crate::diag::Diagnostics;
use crate::logic::{Formula, Values};
use crate::model::{ConditionId, EntryId, FactId, IdVec, Model};
use crate::types::{Condition, Test, Types};

/// What every condition of a knowledge base says of a situation, each worked out when it is first asked for.
#[derive(Debug)]
pub struct Meanings<'a> {
    pub(super) model: &'a Model,
    types: &'a Types,
    domain: Arc<Domain>,
    conditions: IdVec<ConditionId, OnceLock<Formula>>,
    entries: IdVec<EntryId, OnceLock<Formula>>,
    tests: DerivedTests,
    /// Derived facts that had too many cases to be worked in, and those that follow from them.
    inexact: FxHashSet<FactId>,
}

/// Something assumed of every situation, and the condition that says so.
#[derive(Clone, Debug)]
pub struct Assumed {
    pub written: ConditionId,
    pub formula: Formula,
}

/// When a derived fact passes a test.
pub(super) type DerivedTests = FxHashMap<(FactId, Test), Formula>;

impl<'a> Meanings<'a> {
    /// Derived facts are replaced by their rules. A condition that was not understood, or a derived fact that follows from
    /// itself, counts as false: it has been reported.
    pub fn new(model: &'a Model, types: &'a Types, domain: &Arc<Domain>, diagnostics: &mut Diagnostics) -> Self {
        let (tests, inexact) = derived::substitute(model, types, domain, diagnostics);
        let conditions = types.conditions.iter().map(|_| OnceLock::new()).collect();
        let entries = model.entries.iter().map(|_| OnceLock::new()).collect();
        Self { model, types, domain: Arc::clone(domain), conditions, entries, tests, inexact }
    }

    /// Whether every condition means what is written: no derived fact had too many cases to be worked in, which is reported.
    pub fn are_exact(&self) -> bool {
        self.inexact.is_empty()
    }

    /// Whether this one does.
    pub fn is_exact(&self, condition: ConditionId) -> bool {
        let mut exact = true;
        each_test_in(&self.types.conditions[condition], &mut |fact, _| exact &= !self.inexact.contains(&fact));
        exact
    }

    pub fn of(&self, condition: ConditionId) -> &Formula {
        self.conditions[condition].get_or_init(|| self.of_part(&self.types.conditions[condition]))
    }

    /// When an entry's own condition holds.
    pub fn own(&self, entry: EntryId) -> &Formula {
        self.entries[entry].get_or_init(|| self.all(&self.model.entries[entry].when))
    }

    /// The conjunction of several conditions; true when there are none.
    pub fn all(&self, conditions: &[ConditionId]) -> Formula {
        conjunction(conditions.iter().map(|id| self.of(*id).clone()))
    }

    /// What a part of a condition says.
    pub fn of_part(&self, part: &Condition) -> Formula {
        translate(part, &self.domain, &self.tests)
    }

    /// When a fact, asked or derived, passes a test.
    pub fn test(&self, fact: FactId, test: &Test) -> Formula {
        atom(fact, test, &self.domain, &self.tests)
    }

    /// Every test that is made of a derived fact, and when it is passed, in no order.
    pub fn derived_tests(&self) -> impl Iterator<Item = (FactId, &Test, &Formula)> {
        self.tests.iter().map(|((fact, test), formula)| (*fact, test, formula))
    }

    /// What is assumed of every situation: each `assume`, and of each fact with `only when` that it is not applicable
    /// exactly where that does not hold.
    pub fn assumptions(&self) -> Vec<Assumed> {
        let declared = self.model.assumptions.iter().map(|id| Assumed { written: *id, formula: self.of(*id).clone() });
        let applicable =
            self.model.facts.enumerate().filter_map(|(id, fact)| Some((id, fact, *fact.only_when.first()?)));
        let applicable = applicable.flat_map(|(id, fact, written)| {
            let holds = self.all(&fact.only_when);
            self.domain.vars(id).filter_map(move |var| {
                let absent = self.domain.not_applicable(var)?;
                Some(Assumed { written, formula: differ(&holds, &Formula::In(var, absent)) })
            })
        });
        declared.chain(applicable).collect()
    }
}

/// Exactly one of two formulas holds.
fn differ(one: &Formula, other: &Formula) -> Formula {
    let either = Formula::Or(vec![one.clone(), other.clone()]);
    let not_both = Formula::Or(vec![negation(one.clone()), negation(other.clone())]);
    Formula::And(vec![either, not_both])
}

/// A typed condition as a formula; derived facts as `tests` says.
pub(super) fn translate(condition: &Condition, domain: &Domain, tests: &DerivedTests) -> Formula {
    match condition {
        Condition::Error => Formula::Const(false),
        Condition::And(parts) => conjunction(parts.iter().map(|part| translate(part, domain, tests))),
        Condition::Or(parts) => disjunction(parts.iter().map(|part| translate(part, domain, tests))),
        Condition::Not(inner) => negation(translate(inner, domain, tests)),
        Condition::Test(fact, test) => atom(*fact, test, domain, tests),
    }
}

fn atom(fact: FactId, test: &Test, domain: &Domain, tests: &DerivedTests) -> Formula {
    match domain.cells_where(fact, test) {
        Some((var, values)) => membership(var, values),
        None => tests.get(&(fact, test.clone())).cloned().unwrap_or(Formula::Const(false)),
    }
}

fn membership(var: crate::logic::Var, values: Values) -> Formula {
    if values.is_empty() { Formula::Const(false) } else { Formula::In(var, values) }
}

/// All of these, without needless nesting. Neighbouring tests of one variable become one, so that what is left after many
/// cases over one fact stays as small as the fact.
pub(super) fn conjunction(parts: impl IntoIterator<Item = Formula>) -> Formula {
    let mut all = Vec::new();
    for part in parts {
        match part {
            Formula::Const(true) => {}
            Formula::Const(false) => return Formula::Const(false),
            Formula::And(inner) => inner.into_iter().for_each(|part| push_conjunct(&mut all, part)),
            Formula::In(..) | Formula::Not(_) | Formula::Or(_) => push_conjunct(&mut all, part),
        }
    }
    if all.iter().any(|part| matches!(part, Formula::In(_, values) if values.is_empty())) {
        return Formula::Const(false);
    }
    if all.len() == 1 {
        all.remove(0)
    } else if all.is_empty() {
        Formula::Const(true)
    } else {
        Formula::And(all)
    }
}

fn push_conjunct(all: &mut Vec<Formula>, part: Formula) {
    if let (Some(Formula::In(last, values)), Formula::In(var, others)) = (all.last_mut(), &part)
        && last == var
    {
        *values = values.intersect(others);
        return;
    }
    all.push(part);
}

/// At least one of these, without needless nesting.
pub(super) fn disjunction(parts: impl IntoIterator<Item = Formula>) -> Formula {
    let mut any = Vec::new();
    for part in parts {
        match part {
            Formula::Const(false) => {}
            Formula::Const(true) => return Formula::Const(true),
            Formula::Or(inner) => any.extend(inner),
            Formula::In(..) | Formula::Not(_) | Formula::And(_) => any.push(part),
        }
    }
    if any.len() == 1 {
        any.remove(0)
    } else if any.is_empty() {
        Formula::Const(false)
    } else {
        Formula::Or(any)
    }
}

pub(super) fn negation(formula: Formula) -> Formula {
    match formula {
        Formula::Const(value) => Formula::Const(!value),
        Formula::Not(inner) => *inner,
        Formula::In(var, values) => membership(var, values.complement()),
        Formula::And(_) | Formula::Or(_) => Formula::Not(Box::new(formula)),
    }
}

/// The negation, for callers outside the domain.
impl Meanings<'_> {
    pub fn not(formula: &Formula) -> Formula {
        negation(formula.clone())
    }

    pub fn and(parts: impl IntoIterator<Item = Formula>) -> Formula {
        conjunction(parts)
    }

    pub fn or(parts: impl IntoIterator<Item = Formula>) -> Formula {
        disjunction(parts)
    }
}
