//! Facts as people give them, on a command line or in a dialogue. Refuses to know which.

use crate::runtime::{AnswerError, Day, Expected, question_named, read_given};
use crate::table::{Assignment, Kind, Table};

/// What [`read_given`] makes of a name and a value, but for [`bare_number`].
///
/// # Errors
/// When there is no such fact, or the value is no answer to its question.
pub fn read_fact(
    table: &Table,
    name: &str,
    value: &str,
    today: Option<Day>,
) -> Result<(u32, Vec<Assignment>), AnswerError> {
    let question = question_named(table, name).and_then(|it| table.questions.get(it as usize));
    match question.and_then(|it| bare_number(&it.kind, value)) {
        Some(error) => Err(error),
        None => read_given(table, &format!("{name}={value}"), today),
    }
}

/// Why a number alone is not taken for days from today: who types 20230629 means a day, and who types 3 perhaps a choice.
pub fn bare_number(kind: &Kind, text: &str) -> Option<AnswerError> {
    let text = text.trim();
    let is_bare = *kind == Kind::DateFromToday && !text.is_empty() && text.chars().all(char::is_numeric);
    is_bare.then(|| AnswerError::Unreadable { written: text.to_owned(), expected: Expected::Date })
}
