//! From what a reader typed to the cells that it stands for. Refuses to know what is known already and what follows.

mod error;
mod pick;
mod value;

use super::fold;
use crate::table::{Assignment, Fact, Kind, Question, Table};
pub use error::{AnswerError, Expected};
use pick::{are_alike, choices, nearest, pick};
pub use value::Day;
pub(super) use value::fits;
use value::{Reading, Value};

/// What an answer to a question (an index) stands for: cells for each fact that the question settles.
///
/// Accepted are the name and the label of a value or a cell; `yes`, `no`, `はい`, `いいえ`; numbers with or without their unit;
/// versions; days in any usual writing; `other` and `その他`; for an `any-of` question a list with commas, or `none` (`なし`).
/// Width, case, kana and punctuation do not matter. `today` is the session's day, needed for days counted from today.
///
/// # Errors
/// When the text stands for no cell; see [`AnswerError`].
pub fn read_answer(
    table: &Table,
    question: u32,
    text: &str,
    today: Option<Day>,
) -> Result<Vec<Assignment>, AnswerError> {
    let unknown = || AnswerError::UnknownFact { written: question.to_string(), nearest: None };
    let asked = table.questions.get(question as usize).ok_or_else(unknown)?;
    match &asked.kind {
        Kind::AnyOf => read_list(table, asked, text),
        Kind::YesNo | Kind::OneOf | Kind::Number { .. } | Kind::Version | Kind::Date | Kind::DateFromToday => {
            let settled = asked.facts.iter().filter_map(|fact| Some((*fact, table.facts.get(*fact as usize)?)));
            settled.map(|(index, fact)| read_one(index, fact, &asked.kind, text, today)).collect()
        }
    }
}

/// What is given of a fact as `ID=VALUE`: the question (an index) and the cells. ID is a question's id, an id it had before, or
/// its label; or the id of one fact of an `any-of` question, `browsers/chrome=yes`. VALUE is what [`read_answer`] takes.
///
/// # Errors
/// As for [`read_answer`], and when there is no such fact.
pub fn read_given(table: &Table, given: &str, today: Option<Day>) -> Result<(u32, Vec<Assignment>), AnswerError> {
    let missing = || AnswerError::NoValue { written: given.trim().to_owned() };
    let (id, value) = given.split_once(['=', '＝']).ok_or_else(missing)?;
    let (id, value) = (id.trim(), value.trim());
    if value.is_empty() {
        return Err(missing());
    }
    if let Some(question) = question_named(table, id) {
        return Ok((question, read_answer(table, question, value, today)?));
    }
    let member = (0u32..).zip(&table.facts).find(|(_, fact)| fact.id == id);
    let (index, fact) = member.ok_or_else(|| unknown_fact(table, id))?;
    Ok((fact.question, vec![read_one(index, fact, &Kind::YesNo, value, today)?]))
}

/// The question of an id, a former id, or a label.
pub fn question_named(table: &Table, id: &str) -> Option<u32> {
    let find = |is: &dyn Fn(&Question) -> bool| (0u32..).zip(&table.questions).find(|(_, it)| is(it)).map(|it| it.0);
    find(&|it| it.id == id)
        .or_else(|| find(&|it| it.formerly.iter().any(|former| former == id)))
        .or_else(|| find(&|it| it.label == id))
}

fn unknown_fact(table: &Table, id: &str) -> AnswerError {
    let names = table.questions.iter().flat_map(|it| [it.id.as_str(), it.label.as_str()]);
    let names = names.chain(table.facts.iter().map(|it| it.id.as_str()));
    AnswerError::UnknownFact { written: id.to_owned(), nearest: nearest(id, names) }
}

fn read_one(index: u32, fact: &Fact, kind: &Kind, text: &str, today: Option<Day>) -> Result<Assignment, AnswerError> {
    let assignment = |cell| Assignment { fact: index, cells: vec![cell] };
    if let Some(cell) = pick(fact, text) {
        return Ok(assignment(cell));
    }
    let reading = match kind {
        Kind::YesNo | Kind::OneOf | Kind::AnyOf => return Err(error::unknown_value(fact, text)),
        Kind::Number { scale, unit } => value::number(text, *scale, unit.as_deref()),
        Kind::Version => value::version(text).map(Reading::Exact),
        Kind::Date => value::day(text).map(|day| Reading::Exact(Value::Day(day))),
        Kind::DateFromToday => value::days_from(text, today)?.map(|days| Reading::Exact(Value::Integer(days))),
    };
    let reading = reading.ok_or_else(|| error::unreadable(kind, text))?;
    value::cell_of(fact, &reading).map(assignment).ok_or_else(|| error::misfit(fact, &reading, text))
}

/// Every value chosen is *yes* and every other one *no*.
fn read_list(table: &Table, question: &Question, text: &str) -> Result<Vec<Assignment>, AnswerError> {
    let facts = || question.facts.iter().filter_map(|index| Some((*index, table.facts.get(*index as usize)?)));
    let mut chosen = Vec::new();
    for item in text.split([',', '、', '，', '､', '\n']).map(str::trim).filter(|it| !is_none(it)) {
        let found = facts().find(|(_, fact)| is_member(fact, question, item));
        let (index, _) = found.ok_or_else(|| {
            let choices: Vec<String> = facts().map(|(_, fact)| fact.label.clone()).collect();
            let nearest = nearest(item, choices.iter().map(String::as_str));
            AnswerError::UnknownValue { written: item.to_owned(), nearest, choices }
        })?;
        chosen.push(index);
    }
    let settled = facts().map(|(index, fact)| {
        let value = if chosen.contains(&index) { "yes" } else { "no" };
        let cell = pick(fact, value).ok_or_else(|| error::unknown_value(fact, value))?;
        Ok(Assignment { fact: index, cells: vec![cell] })
    });
    settled.collect()
}

fn is_none(item: &str) -> bool {
    matches!(fold(item).as_str(), "" | "none" | "なし" | "無し")
}

fn is_member(fact: &Fact, question: &Question, item: &str) -> bool {
    let name = fact.id.strip_prefix(question.id.as_str()).and_then(|rest| rest.strip_prefix('/'));
    name.is_some_and(|name| are_alike(name, item)) || are_alike(&fact.label, item) || fact.id == item
}

#[cfg(test)]
mod tests;
