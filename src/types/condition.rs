//! Conditions: from what is written to typed tests of facts.

use rustc_hash::FxHashMap;

use crate::ast::{self, Comparison, Name, Range, Value};
use crate::model::{ConditionId, FactId, Type, fold_name};

use super::context::Context;
use super::report::{report_ambiguous, report_list, report_no_order, report_no_truth, report_one_value};
use super::{Condition, Test, applicable, stretch, value};

pub(super) fn check_conditions(cx: &mut Context) {
    let mut early = check_applicability(cx);
    let model = cx.model;
    for (id, written) in model.conditions.enumerate() {
        let checked = early.remove(&id).unwrap_or_else(|| check_whole(cx, id, written));
        cx.types.conditions.push(checked);
    }
}

/// A condition with a mistake still needs the facts that it names.
fn check_whole(cx: &mut Context, id: ConditionId, written: &ast::Condition) -> Condition {
    cx.named.clear();
    let checked = check(cx, written);
    if has_error(&checked) && !cx.named.is_empty() {
        let named = std::mem::take(&mut cx.named);
        cx.types.named.insert(id, named);
    }
    checked
}

fn has_error(condition: &Condition) -> bool {
    match condition {
        Condition::Error => true,
        Condition::And(parts) | Condition::Or(parts) => parts.iter().any(has_error),
        Condition::Not(inner) => has_error(inner),
        Condition::Test(..) => false,
    }
}

/// Checks first when facts of several values at once are applicable: `!=` says so too.
fn check_applicability(cx: &mut Context) -> FxHashMap<ConditionId, Condition> {
    let mut early = FxHashMap::default();
    let model = cx.model;
    for (fact, declared) in model.facts.enumerate() {
        if !matches!(declared.ty, Type::AnyOf { .. }) {
            continue;
        }
        for id in &declared.only_when {
            let checked = check_whole(cx, *id, &model.conditions[*id]);
            cx.applicable.entry(fact).or_default().push(checked.clone());
            early.insert(*id, checked);
        }
    }
    early
}

fn check(cx: &mut Context, written: &ast::Condition) -> Condition {
    let checked = match written {
        ast::Condition::Error(_) => None,
        ast::Condition::Or(parts) => Some(Condition::Or(parts.iter().map(|part| check(cx, part)).collect())),
        ast::Condition::And(parts) => Some(Condition::And(check_conjunction(cx, parts))),
        ast::Condition::Implies(left, right) => {
            let unless = Condition::Not(Box::new(check(cx, left)));
            Some(Condition::Or(vec![unless, check(cx, right)]))
        }
        ast::Condition::Not(inner) => Some(Condition::Not(Box::new(check(cx, inner)))),
        ast::Condition::Name(name) => check_name(cx, *name),
        ast::Condition::Compare { fact, op, value } => check_comparison(cx, *fact, *op, value),
        ast::Condition::InRange { fact, range } => check_range(cx, *fact, range),
        ast::Condition::InSet { fact, values } => check_set(cx, *fact, values),
        ast::Condition::Has { fact, value } => check_has(cx, *fact, value),
        ast::Condition::Whole { inner, .. } => Some(check(cx, inner)),
    };
    checked.unwrap_or(Condition::Error)
}

/// The parts of a conjunction; `os = a, b` with two values of `os` is a mistake for a set, and so is `os != a, b`.
fn check_conjunction(cx: &mut Context, parts: &[ast::Condition]) -> Vec<Condition> {
    let mut checked = Vec::with_capacity(parts.len());
    let mut rest = parts;
    while let [first, after @ ..] = rest {
        let more = further_values(cx, first, after);
        rest = after.get(more.len()..).unwrap_or_default();
        match (first.bare(), more.is_empty()) {
            (ast::Condition::Compare { fact, op, value }, false) => {
                report_list(cx, *fact, *op, value, &more);
                checked.push(Condition::Error);
            }
            _ => checked.push(check(cx, first)),
        }
    }
    checked
}

/// The bare names that follow `fact = value` and are values of the same fact, which has one at a time.
fn further_values(cx: &Context, first: &ast::Condition, after: &[ast::Condition]) -> Vec<Name> {
    let ast::Condition::Compare { fact, op: Comparison::Equal | Comparison::NotEqual, .. } = first.bare() else {
        return Vec::new();
    };
    let Some(fact) = cx.model.names.find::<FactId>(&fold_name(cx.text(fact.span))) else { return Vec::new() };
    if matches!(cx.model.facts[fact].ty, Type::AnyOf { .. }) {
        return Vec::new();
    }
    let further = |part: &ast::Condition| match part.bare() {
        ast::Condition::Name(name) => {
            let written = cx.text(name.span);
            let is_fact = cx.model.names.facts.contains_key(fold_name(written).as_ref());
            (!is_fact && value::find_value(cx, fact, written).is_some()).then_some(*name)
        }
        ast::Condition::Error(_)
        | ast::Condition::Or(_)
        | ast::Condition::And(_)
        | ast::Condition::Implies(..)
        | ast::Condition::Not(_)
        | ast::Condition::Compare { .. }
        | ast::Condition::InRange { .. }
        | ast::Condition::InSet { .. }
        | ast::Condition::Has { .. }
        | ast::Condition::Whole { .. } => None,
    };
    after.iter().map_while(further).collect()
}

/// A yes/no fact, or a value that one fact alone has.
fn check_name(cx: &mut Context, name: Name) -> Option<Condition> {
    if let Some(id) = cx.known_fact(name) {
        return match &cx.model.facts[id].ty {
            Type::Error => None,
            Type::YesNo => Some(Condition::Test(id, Test::OneOf(vec![0]))),
            Type::OneOf { .. } | Type::AnyOf { .. } | Type::Number { .. } | Type::Version | Type::Date => {
                report_no_truth(cx, name, id);
                None
            }
        };
    }
    let folded = fold_name(cx.text(name.span));
    let owners = cx.owners.get(folded.as_ref()).map_or(&[] as &[_], Vec::as_slice);
    match *owners {
        [(fact, index)] => Some(Condition::Test(fact, value_test(cx, fact, index))),
        [] => {
            cx.report_unknown(name);
            None
        }
        [..] => {
            let owners = owners.to_vec();
            cx.named.extend(owners.iter().map(|(fact, _)| *fact));
            report_ambiguous(cx, name, &owners);
            None
        }
    }
}

fn value_test(cx: &Context, fact: FactId, index: usize) -> Test {
    match cx.model.facts[fact].ty {
        Type::AnyOf { .. } => Test::Has(index),
        Type::Error | Type::YesNo | Type::OneOf { .. } | Type::Number { .. } | Type::Version | Type::Date => {
            Test::OneOf(vec![index])
        }
    }
}

fn check_comparison(cx: &mut Context, fact: Name, op: Comparison, value: &Value) -> Option<Condition> {
    let id = cx.find_fact(fact)?;
    match (&cx.model.facts[id].ty, op) {
        (Type::Error, _) => None,
        (_, Comparison::Equal) => {
            let test = value::is_value(cx, id, value)?;
            Some(applicable::equals(cx, id, test))
        }
        (_, Comparison::NotEqual) => {
            let test = value::is_value(cx, id, value)?;
            Some(applicable::differs(cx, id, test))
        }
        (Type::Number { .. } | Type::Version | Type::Date, _) => {
            Some(Condition::Test(id, stretch::compare(cx, id, op, value)?))
        }
        (Type::YesNo | Type::OneOf { .. } | Type::AnyOf { .. }, _) => {
            report_no_order(cx, fact, id, value.whole());
            None
        }
    }
}

fn check_range(cx: &mut Context, fact: Name, range: &Range) -> Option<Condition> {
    let id = cx.find_fact(fact)?;
    match &cx.model.facts[id].ty {
        Type::Error => None,
        Type::Number { .. } | Type::Version | Type::Date => {
            Some(Condition::Test(id, stretch::in_range(cx, id, range)?))
        }
        Type::YesNo | Type::OneOf { .. } | Type::AnyOf { .. } => {
            report_no_order(cx, fact, id, range.span);
            None
        }
    }
}

/// `fact in {a, b}`: one of them; for several values at once, at least one of them.
fn check_set(cx: &mut Context, fact: Name, values: &[Value]) -> Option<Condition> {
    let id = cx.find_fact(fact)?;
    let tests: Vec<_> = values.iter().map(|value| value::is_value(cx, id, value)).collect();
    let tests = tests.into_iter().collect::<Option<Vec<Test>>>()?;
    let (mut indices, mut members, mut intervals) = (Vec::new(), Vec::new(), Vec::new());
    for test in tests {
        match test {
            Test::OneOf(index) => indices.extend(index),
            Test::Has(member) => members.push(Condition::Test(id, Test::Has(member))),
            Test::Within(stretches) => intervals.extend(stretches),
        }
    }
    indices.sort_unstable();
    indices.dedup();
    match (indices.is_empty(), intervals.is_empty(), members.is_empty()) {
        (false, _, _) if indices == [1] => Some(applicable::equals(cx, id, Test::OneOf(indices))),
        (false, _, _) => Some(Condition::Test(id, Test::OneOf(indices))),
        (_, false, _) => Some(Condition::Test(id, Test::Within(stretch::union(intervals)))),
        (_, _, false) => Some(Condition::Or(members)),
        (true, true, true) => None,
    }
}

fn check_has(cx: &mut Context, fact: Name, value: &Value) -> Option<Condition> {
    let id = cx.find_fact(fact)?;
    match &cx.model.facts[id].ty {
        Type::Error => None,
        Type::AnyOf { .. } => Some(Condition::Test(id, value::is_value(cx, id, value)?)),
        Type::YesNo | Type::OneOf { .. } | Type::Number { .. } | Type::Version | Type::Date => {
            report_one_value(cx, fact, id, value);
            None
        }
    }
}
