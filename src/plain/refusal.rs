//! Why a text that somebody typed is no answer, as a finding.

use crate::diag::{Arg, Code, Diagnostic, catalogue};
use crate::language::Language;
use crate::runtime::{AnswerError, Expected};

/// A text (`value`, unless the error names another) that is no answer to the question about a fact.
pub fn not_an_answer(fact: &str, value: &str, error: AnswerError) -> Diagnostic {
    let refused = |value: &str| Diagnostic::general(Code::NotAnAnswer).text("value", value).text("fact", fact);
    match error {
        AnswerError::UnknownValue { written, nearest, choices } => {
            let finding = refused(&written).arg("choices", list(choices));
            match nearest {
                Some(near) => finding.text("suggestion", near).help("did-you-mean").help("choices"),
                None => finding.help("choices"),
            }
        }
        AnswerError::Unreadable { written, expected } => refused(&written).help(match expected {
            Expected::Number => "number",
            Expected::Version => "version",
            Expected::Date => "date",
        }),
        AnswerError::OutOfRange { written, choices } | AnswerError::BetweenValues { written, choices } => {
            refused(&written).arg("choices", list(choices)).help("choices")
        }
        AnswerError::NoToday => refused(value).help("today"),
        // Names are looked up before, and the value is parted from them.
        AnswerError::NoValue { written } | AnswerError::UnknownFact { written, .. } => refused(&written),
    }
}

/// What a finding without a place says, and its advice, a line each.
pub fn advice(finding: &Diagnostic, language: Language) -> Vec<String> {
    let render = |key: &str| catalogue().render(finding.code, key, &finding.args, language);
    std::iter::once(finding.message).chain(finding.helps.iter().copied()).filter_map(render).collect()
}

fn list(items: impl IntoIterator<Item = String>) -> Arg {
    Arg::List(items.into_iter().map(Arg::Text).collect())
}
