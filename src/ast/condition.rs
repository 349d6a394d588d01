//! Conditions: truth-valued expressions over facts.

use super::{Date, Name};
use crate::source::Span;

#[derive(Clone, Debug)]
pub enum Condition {
    /// What could not be parsed; already reported.
    Error(Span),
    Or(Vec<Condition>),
    And(Vec<Condition>),
    Implies(Box<Condition>, Box<Condition>),
    Not(Box<Condition>),
    /// A yes/no fact, a `define`, or a value that belongs to one fact only.
    Name(Name),
    Compare {
        fact: Name,
        op: Comparison,
        value: Value,
    },
    /// `fact in a..b`.
    InRange {
        fact: Name,
        range: Range,
    },
    /// `fact in {a, b}`.
    InSet {
        fact: Name,
        values: Vec<Value>,
    },
    /// `fact has member`.
    Has {
        fact: Name,
        value: Value,
    },
    /// A condition whose text goes further than its parts: by brackets, by `not` or でない, by 以上.
    Whole {
        span: Span,
        inner: Box<Condition>,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparison {
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

/// A stretch of values; `None` is unbounded.
#[derive(Clone, Debug)]
pub struct Range {
    pub span: Span,
    pub from: Option<Value>,
    pub to: Option<Value>,
    /// Whether `to` itself belongs to the range.
    pub inclusive: bool,
}

/// A literal, its text without quotes and unit in `span`.
#[derive(Clone, Debug)]
pub struct Value {
    pub span: Span,
    pub kind: ValueKind,
    /// The unit written after a number (`3件`).
    pub unit: Option<Span>,
}

#[derive(Clone, Debug)]
pub enum ValueKind {
    /// A word or a quoted text: a value's name or label, yes, no.
    Word {
        quoted: bool,
    },
    /// Digits with an optional sign and point, as in `3`, `-1`, `0.25`; a version such as `6.0` looks alike.
    Number,
    /// Two points or more (`6.0.1`) or a trailing wildcard (`22.04.x`).
    Version,
    Date(Date),
    /// `today + n days`.
    Today {
        days: i64,
    },
}

impl Value {
    /// The literal with its unit: `64ビット` may be one word, the name of a value.
    pub fn whole(&self) -> Span {
        self.unit.map_or(self.span, |unit| self.span.to(unit))
    }
}

impl Condition {
    /// The condition itself, without what its text has beyond its parts.
    pub fn bare(&self) -> &Self {
        match self {
            Self::Whole { inner, .. } => inner.bare(),
            Self::Error(_)
            | Self::Or(_)
            | Self::And(_)
            | Self::Implies(..)
            | Self::Not(_)
            | Self::Name(_)
            | Self::Compare { .. }
            | Self::InRange { .. }
            | Self::InSet { .. }
            | Self::Has { .. } => self,
        }
    }

    /// The whole stretch of the condition.
    pub fn span(&self) -> Span {
        match self {
            Self::Error(span) | Self::Whole { span, .. } => *span,
            Self::Or(parts) | Self::And(parts) => join(parts),
            Self::Implies(left, right) => left.span().to(right.span()),
            Self::Not(inner) => inner.span(),
            Self::Name(name) => name.span,
            Self::Compare { fact, value, .. } | Self::Has { fact, value } => fact.span.to(value.whole()),
            Self::InRange { fact, range } => fact.span.to(range.span),
            Self::InSet { fact, values } => values.last().map_or(fact.span, |value| fact.span.to(value.whole())),
        }
    }
}

fn join(parts: &[Condition]) -> Span {
    match parts {
        [only] => only.span(),
        [first, .., last] => first.span().to(last.span()),
        [] => unreachable!("the parser makes no empty conjunction or disjunction"),
    }
}
