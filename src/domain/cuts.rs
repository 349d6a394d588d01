//! Gathers what every fact is compared with: places to cut an asked fact at, tests of a derived one. Refuses to know cells.

use rustc_hash::FxHashSet;

use crate::ast;
use crate::model::{Action, Fact, FactId, Id, IfUnknown, Model};
use crate::types::{Condition, Cut, Test, Types};

/// For each fact, sorted and without repetition.
pub(super) struct Cuts(Vec<Vec<Cut>>);

impl Cuts {
    pub(super) fn of(&self, fact: FactId) -> &[Cut] {
        self.0.get(fact.index()).map_or(&[], Vec::as_slice)
    }
}

/// The bounds of every stretch of values that something distinguishes: conditions, effects, what `shows`, `if unknown`, texts.
pub(super) fn collect(model: &Model, types: &Types) -> Cuts {
    let mut cuts: Vec<Vec<&Cut>> = vec![Vec::new(); model.facts.len()];
    each_test(types, &mut |fact, test| add(&mut cuts, fact, test));
    each_value(model, &mut |fact, value| {
        if let Some(test) = types.values.get(&value.span) {
            add(&mut cuts, fact, test);
        }
    });
    let distinct = |mut list: Vec<&Cut>| {
        list.sort_unstable();
        list.dedup();
        list.into_iter().cloned().collect()
    };
    Cuts(cuts.into_iter().map(distinct).collect())
}

/// The tests that conditions and texts make of derived facts, for each fact in the order met.
pub(super) fn tests_of_derived(model: &Model, types: &Types) -> Vec<Vec<Test>> {
    let mut tests = vec![Vec::new(); model.facts.len()];
    let mut seen = FxHashSet::default();
    let mut add = |fact: FactId, test: &Test| {
        if model.facts[fact].derived.is_some() && seen.insert((fact, test.clone())) {
            tests[fact.index()].push(test.clone());
        }
    };
    each_test(types, &mut add);
    each_value(model, &mut |fact, value| {
        if let Some(test) = types.values.get(&value.span) {
            add(fact, test);
        }
    });
    tests
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

fn each_test<'a>(types: &'a Types, visit: &mut impl FnMut(FactId, &'a Test)) {
    types.conditions.iter().for_each(|condition| each_test_in(condition, visit));
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

fn add<'a>(cuts: &mut [Vec<&'a Cut>], fact: FactId, test: &'a Test) {
    let Some(list) = cuts.get_mut(fact.index()) else { return };
    match test {
        Test::OneOf(_) | Test::Has(_) => {}
        Test::Within(intervals) => {
            list.extend(intervals.iter().flat_map(|interval| [&interval.from, &interval.to]).flatten());
        }
    }
}
