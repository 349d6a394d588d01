//! Brings a condition into the shape in which it is easiest to say, without changing what it means; knows no words.

use crate::model::{FactId, Model, Rule, RuleValue, Type};
use crate::types::{Condition, Cut, Interval, Test};

/// Flat, with the tests of one fact in one place and negations at single tests where that is exact.
pub fn simplify(condition: &Condition, model: &Model) -> Condition {
    match condition {
        Condition::Error => Condition::Error,
        Condition::Test(fact, test) => Condition::Test(*fact, test.clone()),
        Condition::Not(inner) => negate(simplify(inner, model), model),
        Condition::And(parts) => {
            let parts = flatten(parts, model, |part| match part {
                Condition::And(inner) => Ok(inner),
                other => Err(other),
            });
            unwrap_single(exclude(merge(parts, intersect), model), Condition::And)
        }
        Condition::Or(parts) => {
            let parts = flatten(parts, model, |part| match part {
                Condition::Or(inner) => Ok(inner),
                other => Err(other),
            });
            unwrap_single(merge(parts, unite), Condition::Or)
        }
    }
}

/// Whether a fact always has a value, so that `not (f = v)` and `f != v` mean the same.
pub fn is_total(model: &Model, fact: FactId) -> bool {
    let fact = &model.facts[fact];
    let always = |rule: &Rule| rule.when.is_none() || matches!(rule.value, RuleValue::Yes);
    fact.only_when.is_empty() && fact.derived.as_ref().is_none_or(|rules| rules.iter().any(always))
}

/// How many values a fact of a listed type has, the other one of an open list included.
pub fn value_count(ty: &Type) -> usize {
    match ty {
        Type::YesNo => 2,
        Type::OneOf { values, open } => values.len() + usize::from(*open),
        Type::AnyOf { .. } | Type::Error | Type::Number { .. } | Type::Version | Type::Date => 0,
    }
}

fn negate(condition: Condition, model: &Model) -> Condition {
    match condition {
        Condition::Not(inner) => *inner,
        Condition::Test(fact, test) if is_total(model, fact) => match complement(&test, &model.facts[fact].ty) {
            Some(other) => Condition::Test(fact, other),
            None => Condition::Not(Box::new(Condition::Test(fact, test))),
        },
        other => Condition::Not(Box::new(other)),
    }
}

fn complement(test: &Test, ty: &Type) -> Option<Test> {
    match test {
        Test::OneOf(indices) => {
            let count = value_count(ty);
            (count > 0).then(|| Test::OneOf((0..count).filter(|index| indices.binary_search(index).is_err()).collect()))
        }
        Test::Has(_) => None,
        Test::Within(intervals) => Some(Test::Within(gaps(intervals))),
    }
}

/// What sorted, disjoint intervals leave out.
pub fn gaps(intervals: &[Interval]) -> Vec<Interval> {
    let mut out = Vec::new();
    let mut from = None;
    for (index, interval) in intervals.iter().enumerate() {
        if interval.from.is_some() || index > 0 {
            out.push(Interval { from, to: interval.from.clone() });
        }
        match &interval.to {
            Some(to) => from = Some(to.clone()),
            None => return out,
        }
    }
    out.push(Interval { from, to: None });
    out
}

fn flatten(
    parts: &[Condition],
    model: &Model,
    split: impl Fn(Condition) -> Result<Vec<Condition>, Condition>,
) -> Vec<Condition> {
    let mut out = Vec::with_capacity(parts.len());
    for part in parts {
        match split(simplify(part, model)) {
            Ok(inner) => out.extend(inner),
            Err(other) => out.push(other),
        }
    }
    out
}

fn unwrap_single(mut parts: Vec<Condition>, list: fn(Vec<Condition>) -> Condition) -> Condition {
    match parts.len() {
        1 => parts.swap_remove(0),
        _ => list(parts),
    }
}

/// Neighbouring tests of one fact become one, where they can.
fn merge(parts: Vec<Condition>, combine: fn(&Test, &Test) -> Option<Test>) -> Vec<Condition> {
    let mut out: Vec<Condition> = Vec::with_capacity(parts.len());
    for part in parts {
        if let (Some(Condition::Test(fact, last)), Condition::Test(other, test)) = (out.last_mut(), &part)
            && fact == other
            && let Some(both) = combine(last, test)
        {
            *last = both;
            continue;
        }
        out.push(part);
    }
    out
}

/// `f has a value and not f = v`, which is what `f != v` means, as one test.
fn exclude(parts: Vec<Condition>, model: &Model) -> Vec<Condition> {
    let mut out: Vec<Condition> = Vec::with_capacity(parts.len());
    for part in parts {
        if let (Some(Condition::Test(fact, kept)), Condition::Not(inner)) = (out.last_mut(), &part)
            && let Condition::Test(other, test) = &**inner
            && fact == other
            && let Some(rest) = complement(test, &model.facts[*other].ty).and_then(|rest| intersect(kept, &rest))
        {
            *kept = rest;
            continue;
        }
        out.push(part);
    }
    out
}

fn intersect(left: &Test, right: &Test) -> Option<Test> {
    match (left, right) {
        (Test::OneOf(left), Test::OneOf(right)) => {
            Some(Test::OneOf(left.iter().copied().filter(|index| right.contains(index)).collect()))
        }
        (Test::Within(left), Test::Within(right)) => Some(Test::Within(overlap(left, right))),
        (Test::OneOf(_) | Test::Within(_) | Test::Has(_), _) => None,
    }
}

fn unite(left: &Test, right: &Test) -> Option<Test> {
    match (left, right) {
        (Test::OneOf(left), Test::OneOf(right)) => {
            let mut all: Vec<usize> = left.iter().chain(right).copied().collect();
            all.sort_unstable();
            all.dedup();
            Some(Test::OneOf(all))
        }
        (Test::Within(left), Test::Within(right)) => Some(Test::Within(gaps(&overlap(&gaps(left), &gaps(right))))),
        (Test::OneOf(_) | Test::Within(_) | Test::Has(_), _) => None,
    }
}

/// The common part of two sorted lists of disjoint intervals.
fn overlap(left: &[Interval], right: &[Interval]) -> Vec<Interval> {
    let mut out = Vec::new();
    let (mut left, mut right) = (left.iter().peekable(), right.iter().peekable());
    while let (Some(a), Some(b)) = (left.peek(), right.peek()) {
        let from = (&a.from).max(&b.from).clone();
        let to = earlier(&a.to, &b.to).clone();
        if to.is_none() || from.is_none() || from < to {
            out.push(Interval { from, to: to.clone() });
        }
        match a.to == to {
            true => left.next(),
            false => right.next(),
        };
    }
    out
}

/// The lesser upper end; `None` is beyond all.
fn earlier<'a>(left: &'a Option<Cut>, right: &'a Option<Cut>) -> &'a Option<Cut> {
    match (left, right) {
        (None, _) => right,
        (_, None) => left,
        (Some(a), Some(b)) => {
            if a <= b {
                left
            } else {
                right
            }
        }
    }
}
