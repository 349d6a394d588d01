//! Questions, answers and reasons in words.

use std::collections::BTreeSet;

use super::{Voice, prose};
use crate::table::{Assignment, Cell, Kind, Question};

/// A question as put to the reader.
pub fn question(voice: Voice<'_>, question: u32) -> String {
    let Some(asked) = voice.table.questions.get(question as usize) else { return String::new() };
    if asked.ask.is_empty() { asked.label.clone() } else { prose(voice, &asked.ask) }
}

/// What can be answered about a fact (an index): its cells, by their indexes, in the reader's words.
pub fn choices<'a>(voice: Voice<'a>, fact: u32) -> impl Iterator<Item = (u32, &'a str)> {
    let cells = voice.table.facts.get(fact as usize).map_or(&[][..], |it| it.cells.as_slice());
    (0u32..).zip(cells).filter(|(_, cell)| !cell.not_applicable).map(|(index, cell)| (index, cell.label.as_str()))
}

/// `label: answer`
pub fn answer(voice: Voice<'_>, question: u32, cells: &[Assignment]) -> String {
    let Some(asked) = voice.table.questions.get(question as usize) else { return String::new() };
    let said = match asked.kind {
        Kind::AnyOf => chosen(voice, asked, cells),
        Kind::YesNo | Kind::OneOf | Kind::Number { .. } | Kind::Version | Kind::Date | Kind::DateFromToday => {
            let said = cells.iter().map(|it| cell_words(voice, it.fact, &it.cells));
            voice.list(&said.collect::<Vec<String>>())
        }
    };
    voice.sentence("told-is", &[("fact", &asked.label), ("value", &said)])
}

/// The values that were chosen of several.
fn chosen(voice: Voice<'_>, asked: &Question, cells: &[Assignment]) -> String {
    let is_yes = |cell: &Cell| cell.value.as_deref() == Some("yes");
    let chosen = asked.facts.iter().filter_map(|fact| {
        let given = cells.iter().find(|it| it.fact == *fact)?;
        let fact = voice.table.facts.get(*fact as usize)?;
        let yes = given.cells.iter().all(|cell| fact.cells.get(*cell as usize).is_some_and(is_yes));
        yes.then(|| fact.label.clone())
    });
    let chosen: Vec<String> = chosen.collect();
    if chosen.is_empty() { voice.word("told-none").to_owned() } else { voice.list(&chosen) }
}

fn cell_words(voice: Voice<'_>, fact: u32, cells: &[u32]) -> String {
    let labels = voice.table.facts.get(fact as usize).map_or(&[][..], |it| it.cells.as_slice());
    let words = cells.iter().filter_map(|cell| labels.get(*cell as usize)).map(|cell| match cell.not_applicable {
        true => voice.word("told-not-applicable").to_owned(),
        false => cell.label.clone(),
    });
    words.collect::<Vec<String>>().join(voice.word("told-or"))
}

/// What is known of a fact (an index).
pub fn known(voice: Voice<'_>, fact: u32) -> String {
    let cells: Vec<u32> = voice.evidence.cells(fact).collect();
    voice.sentence("told-is", &[("fact", &fact_label(voice, fact)), ("value", &cell_words(voice, fact, &cells))])
}

/// Facts that a verdict hangs on, known ones with what is known of them.
pub fn reasons(voice: Voice<'_>, facts: &BTreeSet<u32>) -> Vec<String> {
    let say = |fact: &u32| if voice.evidence.is_whole(*fact) { fact_label(voice, *fact) } else { known(voice, *fact) };
    facts.iter().map(say).collect()
}

/// Its label; with that of the question for one of several values to choose from.
fn fact_label(voice: Voice<'_>, fact: u32) -> String {
    let Some(fact) = voice.table.facts.get(fact as usize) else { return String::new() };
    match voice.table.questions.get(fact.question as usize) {
        Some(question) if question.kind == Kind::AnyOf => {
            voice.sentence("told-member", &[("fact", &question.label), ("value", &fact.label)])
        }
        _ => fact.label.clone(),
    }
}
