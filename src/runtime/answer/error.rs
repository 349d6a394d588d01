//! Why a text is no answer. Refuses to know how texts are read.

use std::fmt;

use serde::Serialize;

use super::value::Reading;
use super::{choices, nearest};
use crate::table::{Fact, Kind};

/// Why a text is no answer to a question. `choices` are the labels of the cells that can be answered. As JSON it is an object whose
/// `error` says which.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "compiler", derive(schemars::JsonSchema))]
#[serde(tag = "error", rename_all = "kebab-case")]
#[non_exhaustive]
pub enum AnswerError {
    /// Not of the form `ID=VALUE`.
    NoValue { written: String },
    /// The table has no such question; perhaps `nearest` was meant.
    UnknownFact { written: String, nearest: Option<String> },
    /// None of the declared values; perhaps `nearest` was meant.
    UnknownValue { written: String, nearest: Option<String>, choices: Vec<String> },
    /// Not written as such a value is.
    Unreadable { written: String, expected: Expected },
    /// Less than the least value, or greater than the greatest.
    OutOfRange { written: String, choices: Vec<String> },
    /// Between two values that the fact can have: of its steps, or of its decimals.
    BetweenValues { written: String, choices: Vec<String> },
    /// A day counted from today, in a session that has no day.
    NoToday,
}

/// What a text should have been.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "compiler", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Expected {
    Number,
    Version,
    Date,
}

impl fmt::Display for AnswerError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoValue { written } => write!(f, "`{written}` gives no value; write FACT=VALUE"),
            Self::UnknownFact { written, nearest } => {
                write!(f, "there is no fact `{written}`")?;
                nearest.iter().try_for_each(|near| write!(f, "; did you mean `{near}`?"))
            }
            Self::UnknownValue { written, nearest, choices } => {
                write!(f, "`{written}` is no answer here")?;
                nearest.iter().try_for_each(|near| write!(f, "; did you mean `{near}`?"))?;
                write!(f, " (choose from: {})", choices.join(", "))
            }
            Self::Unreadable { written, expected } => {
                let example = match expected {
                    Expected::Number => "a number, such as 12",
                    Expected::Version => "a version, such as 22.4",
                    Expected::Date => "a day, such as 2023-06-29",
                };
                write!(f, "`{written}` cannot be read; write {example}")
            }
            Self::OutOfRange { written, choices } => {
                write!(f, "`{written}` is outside what is possible here ({})", choices.join(", "))
            }
            Self::BetweenValues { written, choices } => {
                write!(f, "`{written}` lies between the values that are possible here ({})", choices.join(", "))
            }
            Self::NoToday => write!(f, "an answer about days from today needs the day of the session; give it first"),
        }
    }
}

impl std::error::Error for AnswerError {}

pub(super) fn unknown_value(fact: &Fact, text: &str) -> AnswerError {
    let choices = choices(fact);
    let names = fact.cells.iter().filter_map(|cell| cell.value.as_deref());
    let nearest = nearest(text, choices.iter().map(String::as_str).chain(names));
    AnswerError::UnknownValue { written: text.trim().to_owned(), nearest, choices }
}

pub(super) fn unreadable(kind: &Kind, text: &str) -> AnswerError {
    let expected = match kind {
        Kind::Version => Expected::Version,
        Kind::Date | Kind::DateFromToday => Expected::Date,
        Kind::Number { .. } | Kind::YesNo | Kind::OneOf | Kind::AnyOf => Expected::Number,
    };
    AnswerError::Unreadable { written: text.trim().to_owned(), expected }
}

/// A value that was read, and for which there is no cell.
pub(super) fn misfit(fact: &Fact, reading: &Reading, text: &str) -> AnswerError {
    let (written, choices) = (text.trim().to_owned(), choices(fact));
    if super::value::is_outside(fact, reading) {
        AnswerError::OutOfRange { written, choices }
    } else {
        AnswerError::BetweenValues { written, choices }
    }
}
