//! Conditions, in words and as a tree. Refuses to know where they stand.

use schemars::JsonSchema;
use serde::Serialize;

use super::Reading;
use crate::emit::wire::{self, Stretch};
use crate::model::{ConditionId, FactId, Type};
use crate::types::{Condition as Meaning, Test};

/// When something holds.
#[derive(Serialize, JsonSchema)]
pub struct Condition {
    /// As a reader says it.
    text: String,
    expression: Expression,
}

/// A condition as a tree.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Expression {
    /// Not understood; has been reported.
    Unknown,
    All(Vec<Expression>),
    Any(Vec<Expression>),
    Not(Box<Expression>),
    /// A fact is applicable and has one of these values.
    Fact(Membership),
}

/// Some values of a fact.
#[derive(Serialize, JsonSchema)]
pub struct Membership {
    /// Id of the fact.
    id: String,
    #[serde(flatten)]
    values: Values,
}

/// Which values.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Values {
    /// One of these: `yes`, `no`, or names of declared values; the last of an open fact is `other`.
    In(Vec<String>),
    /// This value is among those chosen.
    Has(String),
    /// Within one of these stretches.
    Within(Vec<Stretch>),
}

impl Reading<'_> {
    /// Several conditions together; `None` when there are none.
    pub(super) fn condition(&self, ids: &[ConditionId]) -> Option<Condition> {
        let text = wire::words(ids, self.compilation)?;
        let mut parts: Vec<Expression> =
            ids.iter().map(|id| self.expression(&self.compilation.types.conditions[*id])).collect();
        let expression = if parts.len() == 1 { parts.remove(0) } else { Expression::All(parts) };
        Some(Condition { text, expression })
    }

    fn expression(&self, meaning: &Meaning) -> Expression {
        let all = |parts: &[Meaning]| parts.iter().map(|part| self.expression(part)).collect();
        match meaning {
            Meaning::Error => Expression::Unknown,
            Meaning::And(parts) => Expression::All(all(parts)),
            Meaning::Or(parts) => Expression::Any(all(parts)),
            Meaning::Not(inner) => Expression::Not(Box::new(self.expression(inner))),
            Meaning::Test(fact, test) => {
                let id = self.compilation.model.facts[*fact].id.clone();
                Expression::Fact(Membership { id, values: self.values(*fact, test) })
            }
        }
    }

    fn values(&self, fact: FactId, test: &Test) -> Values {
        match test {
            Test::OneOf(values) => Values::In(values.iter().map(|value| self.value_name(fact, *value)).collect()),
            Test::Has(value) => Values::Has(self.value_name(fact, *value)),
            Test::Within(intervals) => Values::Within(intervals.iter().map(wire::stretch).collect()),
        }
    }

    fn value_name(&self, fact: FactId, value: usize) -> String {
        let name = match (&self.compilation.model.facts[fact].ty, value) {
            (Type::OneOf { values, .. } | Type::AnyOf { values }, _) => {
                values.get(value).map(|value| value.id.as_str())
            }
            (Type::Error | Type::YesNo | Type::Number { .. } | Type::Version | Type::Date, 0) => Some("yes"),
            (Type::Error | Type::YesNo | Type::Number { .. } | Type::Version | Type::Date, _) => Some("no"),
        };
        name.unwrap_or("other").to_owned()
    }
}
