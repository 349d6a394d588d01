//! Screens that ask a question, and the one that lets an answer be taken back.

use std::collections::BTreeSet;

use super::{keyed, numbered, one, why, write_see};
use crate::ask::Command;
use crate::ask::prompt::{Choice, Prompt, Screen};
use crate::plain::{Page, Voice, answer, choices, contact_title, entry_name, known, mentioned, question, write_steps};
use crate::runtime::{Verdict, judge_condition};
use crate::table::{Assignment, IfUnknown, Kind, Question, Reference};

/// So many entries are named that an answer decides about.
const MOST_ENTRIES: usize = 4;

pub(super) fn ask(voice: Voice<'_>, index: u32, procedures: &[u32], entries: &[u32], shows_how: bool) -> Screen {
    let mut page = Page::default();
    let Some(asked) = voice.table.questions.get(index as usize) else { return why(voice) };
    page.heading(voice.sentence("ask-question", &[("question", &question(voice, index))]));
    write_steps(&mut page, voice, [asked.notes.as_slice()], None, 2);
    if shows_how {
        how_to(&mut page, voice, asked, procedures);
    } else if !entries.is_empty() {
        let ordered: BTreeSet<u32> = entries.iter().copied().collect();
        let names: Vec<String> = ordered.iter().take(MOST_ENTRIES).map(|entry| short_name(voice, *entry)).collect();
        page.line(2, voice.sentence("ask-decides", &[("entries", &voice.list(&names))]));
    }
    page.gap();
    let mut others = Vec::new();
    if !shows_how && has_how_to(asked, procedures) {
        others.push(keyed("?", voice.word("ask-how-to"), Command::HowTo));
    } else {
        others.push(keyed("?", if_unknown(voice, asked), Command::Unknown));
    }
    answers(voice, page, asked, others)
}

fn answers(voice: Voice<'_>, page: Page, asked: &Question, others: Vec<Choice>) -> Screen {
    let label = asked.label.clone();
    if asked.kind == Kind::AnyOf {
        let label_of =
            |fact: &u32| voice.table.facts.get(*fact as usize).map_or_else(String::new, |it| it.label.clone());
        let items = asked.facts.iter().map(label_of).collect();
        let help = voice.word("ask-help-several").to_owned();
        return Screen {
            page,
            prompt: Prompt::Several { label, help, items, chosen: BTreeSet::new(), choices: others },
        };
    }
    let fact = asked.facts.first().copied().unwrap_or_default();
    let give = |cell: u32| Command::Answer(vec![Assignment { fact, cells: vec![cell] }]);
    let mut answers = numbered(choices(voice, fact).map(|(cell, label)| (label.to_owned(), give(cell))));
    let help = if is_typed(asked, &answers) {
        answers.iter_mut().for_each(|choice| choice.key.clear());
        voice.word("ask-help-typed")
    } else {
        voice.word("ask-help-one")
    };
    answers.extend(others);
    Screen { page, prompt: Prompt::One { label, help: help.to_owned(), choices: answers } }
}

/// Where answers are numbers themselves, choosing by number would be misread.
fn is_typed(asked: &Question, answers: &[Choice]) -> bool {
    let is_numeric = |choice: &Choice| choice.label.starts_with(char::is_numeric);
    match asked.kind {
        Kind::Number { .. } | Kind::Version | Kind::Date | Kind::DateFromToday => true,
        Kind::YesNo | Kind::OneOf | Kind::AnyOf => answers.iter().any(is_numeric),
    }
}

fn has_how_to(asked: &Question, procedures: &[u32]) -> bool {
    !procedures.is_empty() || !asked.shows.is_empty()
}

/// The ways to find the answer out, and what the screen shows for each answer.
fn how_to(page: &mut Page, voice: Voice<'_>, asked: &Question, procedures: &[u32]) {
    let mut references: Vec<&Reference> = Vec::new();
    for procedure in procedures.iter().filter_map(|place| asked.procedures.get(*place as usize)) {
        page.gap();
        page.line(0, voice.word("ask-procedure"));
        let is_open =
            procedure.condition.is_some_and(|it| judge_condition(voice.table, it, voice.evidence) == Verdict::Possible);
        if let Some(when) = procedure.when.as_ref().filter(|_| is_open) {
            page.line(2, voice.sentence("told-when", &[("when", when)]));
        }
        write_steps(page, voice, [procedure.steps.as_slice()], None, 2);
        references.extend(mentioned(voice, &procedure.steps));
    }
    if !asked.shows.is_empty() {
        page.gap();
        page.line(0, voice.word("ask-shows"));
    }
    for shows in &asked.shows {
        let cells: Vec<Assignment> =
            shows.cells.0.iter().map(|(fact, cells)| Assignment { fact: *fact, cells: cells.clone() }).collect();
        let place = voice.table.questions.iter().position(|it| it.id == asked.id).unwrap_or_default();
        let said = answer(voice, place as u32, &cells);
        page.item(
            2,
            voice.word("told-bullet"),
            voice.sentence("ask-shown", &[("text", &shows.text), ("answer", &said)]),
        );
    }
    write_see(page, voice, &references);
}

/// What *I don't know* leads to.
fn if_unknown(voice: Voice<'_>, asked: &Question) -> String {
    match &asked.if_unknown {
        None => voice.word("ask-unknown").to_owned(),
        Some(IfUnknown::Contact(contact)) => {
            voice.sentence("ask-unknown-contact", &[("contact", &contact_title(voice, *contact))])
        }
        Some(IfUnknown::Entry(entry)) => voice.sentence("ask-unknown-entry", &[("entry", &short_name(voice, *entry))]),
        Some(IfUnknown::Assume(cells)) => {
            let place = voice.table.questions.iter().position(|it| it.id == asked.id).unwrap_or_default();
            voice.sentence("ask-unknown-assume", &[("answer", &answer(voice, place as u32, cells))])
        }
    }
}

pub(super) fn clash(voice: Voice<'_>, facts: impl Iterator<Item = u32>) -> Screen {
    let mut page = Page::default();
    page.heading(voice.word("ask-clash"));
    page.line(0, voice.word("ask-clash-advice"));
    page.gap();
    let facts: BTreeSet<u32> = facts.collect();
    let question_of = |fact: &u32| voice.table.facts.get(*fact as usize).map(|it| it.question);
    let mut asked = BTreeSet::new();
    let back = facts.iter().filter_map(|fact| {
        let question = question_of(fact)?;
        asked.insert(question).then(|| {
            let said = voice.sentence("ask-take-back", &[("answer", &known(voice, *fact))]);
            (said, Command::TakeBack(question))
        })
    });
    let choices = numbered(back.collect::<Vec<_>>());
    one(voice, page, voice.word("ask-which-answer"), choices)
}

/// `No.12`, or the title.
fn short_name(voice: Voice<'_>, entry: u32) -> String {
    let number = voice.table.entries.get(entry as usize).and_then(|it| it.number);
    number.map_or_else(|| entry_name(voice, entry), |number| format!("No.{number}"))
}
