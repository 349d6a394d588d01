//! Values of facts as both versions would call them.

use std::collections::BTreeSet;

use faqc::model::{Fact, Type};
use faqc::types::Point;
use serde_json::Value as Json;

use crate::random_model::definitions::{self, Value};

/// A value as both versions would call it.
#[derive(Clone, Debug, PartialEq)]
pub enum Joint {
    Absent,
    Named(String),
    Other,
    Chosen(BTreeSet<String>),
    Point(Point),
}

/// What of a value a literal speaks of.
pub fn member(literal: &Json, value: &Joint) -> Option<Joint> {
    match (value, literal["member"].as_str()) {
        (Joint::Chosen(chosen), Some(member)) => {
            Some(Joint::Chosen(chosen.iter().filter(|it| *it == member).cloned().collect()))
        }
        (other, _) => Some(other.clone()),
    }
}

pub fn is_within(stretch: &Json, point: &Point) -> bool {
    let bound = |key: &str| match (&stretch[key], point) {
        (Json::Null, _) => None,
        (Json::Number(number), Point::Today(_)) => Some(Point::Today(number.as_i64().unwrap())),
        (Json::Number(number), _) => Some(Point::Number(number.as_i64().unwrap())),
        (Json::String(text), _) if text == "0" => Some(Point::Version(Vec::new())),
        (Json::String(text), _) => Some(Point::Version(text.split('.').map(|part| part.parse().unwrap()).collect())),
        (other, _) => panic!("{other}"),
    };
    bound("ge").is_none_or(|it| *point >= it)
        && bound("gt").is_none_or(|it| *point > it)
        && bound("le").is_none_or(|it| *point <= it)
        && bound("lt").is_none_or(|it| *point < it)
}

pub fn all_values(fact: &Fact) -> Vec<Value> {
    if let Type::AnyOf { values } = &fact.ty {
        let subsets = (0..1usize << values.len())
            .map(|bits| Value::Chosen((0..values.len()).map(|at| bits >> at & 1 == 1).collect()));
        return subsets.chain((!fact.only_when.is_empty()).then_some(Value::Absent)).collect();
    }
    definitions::values(fact).into_iter().flatten().collect()
}

pub fn to_joint(value: &Value, fact: &Fact) -> Joint {
    match (value, &fact.ty) {
        (Value::Absent, _) => Joint::Absent,
        (Value::Choice(at), Type::OneOf { values, .. }) => {
            values.get(*at).map_or(Joint::Other, |value| Joint::Named(value.id.clone()))
        }
        (Value::Choice(at), _) => Joint::Named(if *at == 0 { "yes" } else { "no" }.to_owned()),
        (Value::Chosen(chosen), Type::AnyOf { values }) => {
            let names = values.iter().zip(chosen).filter(|(_, chosen)| **chosen);
            Joint::Chosen(names.map(|(value, _)| value.id.clone()).collect())
        }
        (Value::Chosen(_), _) => unreachable!("only of several values"),
        (Value::Point(point), _) => Joint::Point(point.clone()),
    }
}

/// `None` when the version has no such value.
pub fn to_own(value: &Joint, fact: &Fact) -> Option<Value> {
    match (value, &fact.ty) {
        (Joint::Absent, _) => (!fact.only_when.is_empty()).then_some(Value::Absent),
        (Joint::Named(name), Type::OneOf { values, open }) => {
            let declared = values.iter().position(|value| value.id == *name);
            declared.or(open.then_some(values.len())).map(Value::Choice)
        }
        (Joint::Named(name), _) => Some(Value::Choice(usize::from(name == "no"))),
        (Joint::Other, Type::OneOf { values, open: true }) => Some(Value::Choice(values.len())),
        (Joint::Other, _) => None,
        (Joint::Chosen(chosen), Type::AnyOf { values }) => {
            let known = chosen.iter().all(|name| values.iter().any(|value| value.id == *name));
            known.then(|| Value::Chosen(values.iter().map(|value| chosen.contains(&value.id)).collect()))
        }
        (Joint::Chosen(_), _) => None,
        (Joint::Point(Point::Number(number)), Type::Number { range, step, .. }) => {
            let is_in_range = range.is_none() || (1..=7).contains(number);
            let is_on_grid = match (range, step) {
                (_, None) => true,
                (Some(_), Some(_)) => number % 2 != 0,
                (None, Some(_)) => number % 2 == 0,
            };
            (is_in_range && is_on_grid).then_some(Value::Point(Point::Number(*number)))
        }
        (Joint::Point(point), _) => Some(Value::Point(point.clone())),
    }
}
