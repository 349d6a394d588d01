//! Comparisons that say a fact is different, where the fact may have no value at all.

use crate::model::{FactId, RuleValue, Type};

use super::context::Context;
use super::{Condition, Interval, Test};

/// That the fact has a value and does not pass the test.
pub(super) fn differs(cx: &Context, id: FactId, test: Test) -> Condition {
    let different = Condition::Not(Box::new(equals(cx, id, test)));
    if !may_lack_value(cx, id) {
        return different;
    }
    match any_value(cx, id) {
        Some(any) => Condition::And(vec![Condition::Test(id, any), different]),
        None => {
            let mut parts = cx.applicable.get(&id).cloned().unwrap_or_default();
            parts.push(different);
            Condition::And(parts)
        }
    }
}

/// That the fact passes the test. What is defined by a condition has a value always: no, where the condition fails.
pub(super) fn equals(cx: &Context, id: FactId, test: Test) -> Condition {
    let no = matches!(&test, Test::OneOf(values) if values[..] == [1]);
    match no && is_defined(cx, id) {
        true => Condition::Not(Box::new(Condition::Test(id, Test::OneOf(vec![0])))),
        false => Condition::Test(id, test),
    }
}

fn is_defined(cx: &Context, id: FactId) -> bool {
    let rules = cx.model.facts[id].derived.as_deref().unwrap_or_default();
    rules.iter().any(|rule| matches!(rule.value, RuleValue::Yes))
}

fn may_lack_value(cx: &Context, id: FactId) -> bool {
    let fact = &cx.model.facts[id];
    let unruled = |rules: &Vec<crate::model::Rule>| rules.iter().all(|rule| rule.when.is_some());
    !fact.only_when.is_empty() || (fact.derived.as_ref().is_some_and(unruled) && !is_defined(cx, id))
}

/// The test that every value passes; none says so of several values at once.
fn any_value(cx: &Context, id: FactId) -> Option<Test> {
    match &cx.model.facts[id].ty {
        Type::YesNo => Some(Test::OneOf(vec![0, 1])),
        Type::OneOf { values, open } => Some(Test::OneOf((0..values.len() + usize::from(*open)).collect())),
        Type::Number { .. } | Type::Version | Type::Date => Some(Test::Within(vec![Interval { from: None, to: None }])),
        Type::Error | Type::AnyOf { .. } => None,
    }
}
