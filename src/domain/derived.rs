//! Replaces tests of derived facts by formulas over the asked ones. Refuses to know what the tests are for.
//!
//! Facts are taken in an order in which what a fact follows from comes first, so that each test is translated once. A
//! formula that grows is replaced by a cover of it, which keeps chains of derived facts from growing exponentially
//! wherever the result itself is small.

use super::Domain;
use super::cells::encloses;
use super::cuts::each_test_in;
use super::formula::{DerivedTests, conjunction, disjunction, negation, translate};
use rustc_hash::FxHashSet;

use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::logic::{Budget, Formula, cover};
use crate::model::{Fact, FactId, Id, Model, Rule, RuleValue};
use crate::types::{Test, Types};

/// Formulas with fewer atoms and levels stay as they are.
const SMALL: Extent = Extent { atoms: 64, depth: 6 };
/// What a formula that is no longer small may be written out to.
const BUDGET: Budget = Budget { cubes: 1024 };

/// Every test that a condition makes of a derived fact, and the derived facts of which not all of them mean what the rules
/// say.
pub(super) fn substitute(
    model: &Model,
    types: &Types,
    domain: &Domain,
    diagnostics: &mut Diagnostics,
) -> (DerivedTests, FxHashSet<FactId>) {
    let mut tests = DerivedTests::default();
    let mut inexact = FxHashSet::default();
    for id in in_order(model, types) {
        let fact = &model.facts[id];
        let guards = guards(fact, types, domain, &tests);
        let wanted = domain.tests.get(id.index()).map_or(&[][..], Vec::as_slice);
        let mut exploded = false;
        for test in wanted {
            let formula = compact(passes(fact, test, &guards, types), domain);
            exploded |= formula.is_none();
            tests.insert((id, test.clone()), formula.unwrap_or(Formula::Const(false)));
        }
        if exploded {
            report(fact, diagnostics);
        }
        if exploded || mentioned(fact, types).iter().any(|other| inexact.contains(other)) {
            inexact.insert(id);
        }
    }
    (tests, inexact)
}

fn report(fact: &Fact, diagnostics: &mut Diagnostics) {
    Diagnostic::at(Code::DerivedExplodes, fact.name).text("name", &fact.id).help("split").push_to(diagnostics);
}

/// Derived facts, each after those that its rules mention; for facts that follow from themselves the order is arbitrary.
fn in_order(model: &Model, types: &Types) -> Vec<FactId> {
    let mut order = Vec::new();
    let mut entered = vec![false; model.facts.len()];
    for start in model.facts.ids() {
        let mut stack = vec![(start, false)];
        while let Some((id, done)) = stack.pop() {
            if done {
                order.push(id);
            } else if model.facts[id].derived.is_some() && !std::mem::replace(&mut entered[id.index()], true) {
                stack.push((id, true));
                stack.extend(mentioned(&model.facts[id], types).into_iter().map(|next| (next, false)));
            }
        }
    }
    order
}

fn mentioned(fact: &Fact, types: &Types) -> Vec<FactId> {
    let mut facts = Vec::new();
    let rules = fact.derived.iter().flatten().filter_map(|rule| rule.when);
    for condition in rules.chain(fact.only_when.iter().copied()) {
        each_test_in(&types.conditions[condition], &mut |fact, _| facts.push(fact));
    }
    facts
}

/// What the rules of a fact hang on.
struct Guards {
    /// For each rule its own condition.
    rules: Vec<Formula>,
    only_when: Formula,
}

fn guards(fact: &Fact, types: &Types, domain: &Domain, tests: &DerivedTests) -> Guards {
    let formula = |id| translate(&types.conditions[id], domain, tests);
    let rules = fact.derived.iter().flatten().map(|rule| rule.when.map_or(Formula::Const(true), formula)).collect();
    Guards { rules, only_when: conjunction(fact.only_when.iter().map(|id| formula(*id))) }
}

/// When the first rule that holds gives a value that passes, from the last rule to the first.
fn passes(fact: &Fact, test: &Test, guards: &Guards, types: &Types) -> Formula {
    let rules = fact.derived.as_deref().unwrap_or_default();
    let mut formula = Formula::Const(falls_through(rules, test));
    for (rule, guard) in rules.iter().zip(&guards.rules).rev() {
        formula = if rule_passes(rule, test, types) {
            disjunction([guard.clone(), formula])
        } else {
            conjunction([negation(guard.clone()), formula])
        };
    }
    conjunction([guards.only_when.clone(), formula])
}

/// Where no rule holds a `define` is *no*; any other derived fact has no value and passes no test.
fn falls_through(rules: &[Rule], test: &Test) -> bool {
    let defined = rules.iter().any(|rule| matches!(rule.value, RuleValue::Yes));
    defined && matches!(test, Test::OneOf(values) if values.contains(&1))
}

fn rule_passes(rule: &Rule, test: &Test, types: &Types) -> bool {
    match &rule.value {
        RuleValue::Yes => matches!(test, Test::OneOf(values) if values.contains(&0)),
        RuleValue::Written(value) => types.values.get(&value.span).is_some_and(|value| within(value, test)),
    }
}

fn within(value: &Test, test: &Test) -> bool {
    match (value, test) {
        (Test::OneOf(value), Test::OneOf(test)) => value.iter().all(|value| test.contains(value)),
        (Test::Has(value), Test::Has(test)) => value == test,
        (Test::Within(value), Test::Within(test)) => value.iter().all(|it| test.iter().any(|test| encloses(test, it))),
        (Test::OneOf(_) | Test::Has(_) | Test::Within(_), _) => false,
    }
}

/// The formula itself while it is small, else a cover; `None` when it is large and has no small cover.
fn compact(formula: Formula, domain: &Domain) -> Option<Formula> {
    let extent = extent(&formula);
    if extent.atoms <= SMALL.atoms && extent.depth <= SMALL.depth {
        return Some(formula);
    }
    let cubes = cover(&domain.space, &formula, BUDGET).ok()?;
    Some(disjunction(cubes.iter().map(|cube| conjunction([Formula::from(cube)]))))
}

#[derive(Clone, Copy)]
struct Extent {
    atoms: usize,
    depth: usize,
}

fn extent(formula: &Formula) -> Extent {
    match formula {
        Formula::Const(_) => Extent { atoms: 0, depth: 0 },
        Formula::In(..) => Extent { atoms: 1, depth: 0 },
        Formula::Not(inner) => {
            let inner = extent(inner);
            Extent { depth: inner.depth + 1, ..inner }
        }
        Formula::And(parts) | Formula::Or(parts) => {
            parts.iter().map(extent).fold(Extent { atoms: 0, depth: 1 }, |sum, part| Extent {
                atoms: sum.atoms.saturating_add(part.atoms),
                depth: sum.depth.max(part.depth + 1),
            })
        }
    }
}
