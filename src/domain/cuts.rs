//! Gathers what every fact is compared with: places to cut an asked fact at, tests of a derived one. Refuses to know cells.

use rustc_hash::FxHashSet;

use crate::ast;
use crate::model::{Action, Fact, FactId, Id, IfUnknown, Model};
use crate::types::{Condition, Cut, Test, Types};

/// What facts are compared with, for each fact.
pub(super) struct Compared {
    /// Of asked facts the bounds of every stretch of values that something distinguishes, sorted and without repetition.
    pub cuts: Vec<Vec<Cut>>,
    /// Of derived facts each test, in the order met.
    pub tests: Vec<Vec<Test>>,
}

/// In conditions, effects, what `shows`, `if unknown`, texts.
pub(super) fn collect(model: &Model, types: &Types) -> Compared {
    let mut cuts: Vec<Vec<&Cut>> = vec![Vec::new(); model.facts.len()];
    let mut tests: Vec<Vec<&Test>> = vec![Vec::new(); model.facts.len()];
    let mut seen = FxHashSet::default();
    let is_derived: Vec<bool> = model.facts.iter().map(|fact| fact.derived.is_some()).collect();
    let mut add = |fact: FactId, test| match is_derived.get(fact.index()) {
        Some(true) if seen.insert((fact, test)) => tests[fact.index()].push(test),
        Some(true) | None => {}
        Some(false) => add_cuts(&mut cuts[fact.index()], test),
    };
    types.conditions.iter().for_each(|condition| each_test_in(condition, &mut add));
    each_value(model, &mut |fact, value| {
        if let Some(test) = types.values.get(&value.span) {
            add(fact, test);
        }
    });
    let distinct = |mut list: Vec<&Cut>| {
        list.sort_unstable();
        list.dedup();
        list.into_iter().cloned().collect()
    };
    let cuts = cuts.into_iter().map(distinct).collect();
    Compared { cuts, tests: tests.into_iter().map(|list| list.into_iter().cloned().collect()).collect() }
}

/// Calls `visit` with every test in a condition, left to right.
pub(super) fn each_test_in<'a>(condition: &'a Condition, visit: &mut impl FnMut(FactId, &'a Test)) {
    match condition {
        Condition::Error => {}
        Condition::And(parts) | Condition::Or(parts) => parts.iter().for_each(|part| each_test_in(part, visit)),
        Condition::Not(inner) => each_test_in(inner, visit),
        Condition::Test(fact, test) => visit(*fact, test),
    }
}

/// Values written outside conditions, each with the fact it is a value of.
fn each_value<'a>(model: &'a Model, visit: &mut impl FnMut(FactId, &'a ast::Value)) {
    for (id, fact) in model.facts.enumerate() {
        each_value_of_fact(id, fact, visit);
    }
    for effect in model.actions.iter().flat_map(|action: &Action| &action.sets) {
        visit(effect.fact, &effect.value);
    }
    for text in model.texts.iter() {
        if let Some(by) = text.by {
            text.cases.iter().filter_map(|case| case.value.as_ref()).for_each(|value| visit(by.fact, value));
        }
    }
}

fn each_value_of_fact<'a>(id: FactId, fact: &'a Fact, visit: &mut impl FnMut(FactId, &'a ast::Value)) {
    fact.shows.iter().for_each(|shows| visit(id, &shows.value));
    if let Some(IfUnknown::Value(value)) = &fact.if_unknown {
        visit(id, value);
    }
}

fn add_cuts<'a>(list: &mut Vec<&'a Cut>, test: &'a Test) {
    match test {
        Test::OneOf(_) | Test::Has(_) => {}
        Test::Within(intervals) => {
            list.extend(intervals.iter().flat_map(|interval| [&interval.from, &interval.to]).flatten());
        }
    }
}
