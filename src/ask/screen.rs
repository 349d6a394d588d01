//! What a reader sees at each turn. Refuses to know what follows from an answer.

mod questions;
mod remedies;
mod symptoms;

use super::prompt::{Choice, Prompt, Screen};
use super::state::{Ending, Event, Mode};
use super::turn::{Turn, turn};
use super::{Command, Dialogue, summary};
use crate::plain::{Page, Voice, write_references};
use crate::runtime::Next;
use crate::table::Reference;
use questions::{ask, clash};
use remedies::{act, tick, told, turn_to, why};
use symptoms::{pick, search, symptom_page};

pub(super) fn screen(voice: Voice<'_>, dialogue: &Dialogue<'_>) -> Screen {
    let can_go_back = !dialogue.before.is_empty();
    let state = &dialogue.now;
    let mut screen = match &state.mode {
        Mode::Search { missed } => search(voice, missed.as_deref()),
        Mode::Pick { words, symptoms } => pick(voice, words.as_deref(), symptoms),
        Mode::Over(ending) => over(voice, dialogue, *ending),
        Mode::Next | Mode::HowTo | Mode::Tick | Mode::Why => match turn(&dialogue.reader, &state.session) {
            Turn::Told { entry, certain } if state.mode != Mode::Why => told(voice, entry, certain),
            Turn::Next(Next::Choose) => search(voice, None),
            Turn::Next(Next::Contradiction { clashes }) => clash(voice, clashes.iter().flatten().copied()),
            Turn::Next(Next::Ask { question, procedures, entries }) => {
                ask(voice, question, &procedures, &entries, state.mode == Mode::HowTo)
            }
            Turn::Next(Next::Do { action, .. }) if state.mode == Mode::Tick => tick(voice, dialogue, action),
            Turn::Next(Next::Do { action, entry, certain }) if state.mode != Mode::Why => {
                act(voice, dialogue, action, entry, certain)
            }
            Turn::Next(Next::Contact { contact, from }) if state.mode != Mode::Why => turn_to(voice, contact, from),
            Turn::Told { .. } | Turn::Next(Next::Do { .. } | Next::Contact { .. } | Next::Done) => why(voice),
        },
    };
    if let (Some(Event::Symptom(symptom)), Mode::Next) = (state.log.last(), &state.mode) {
        let mut page = symptom_page(voice, *symptom);
        page.append(std::mem::take(&mut screen.page));
        screen.page = page;
    }
    end(voice, &mut screen, can_go_back, matches!(state.mode, Mode::Over(_)));
    screen
}

/// What can be chosen everywhere.
fn end(voice: Voice<'_>, screen: &mut Screen, can_go_back: bool, is_over: bool) {
    let (Prompt::Words { choices, .. } | Prompt::One { choices, .. } | Prompt::Several { choices, .. }) =
        &mut screen.prompt;
    if can_go_back {
        choices.push(keyed("b", voice.word("ask-back"), Command::Back));
    }
    if !is_over {
        choices.push(keyed("q", voice.word("ask-end"), Command::End));
    }
}

fn keyed(key: &str, label: impl Into<String>, command: Command) -> Choice {
    Choice { key: key.to_owned(), label: label.into(), note: None, command }
}

/// Numbers them from 1.
fn numbered(labels: impl IntoIterator<Item = (String, Command)>) -> Vec<Choice> {
    (1..).zip(labels).map(|(number, (label, command)): (usize, _)| keyed(&number.to_string(), label, command)).collect()
}

fn one(voice: Voice<'_>, page: Page, label: impl Into<String>, choices: Vec<Choice>) -> Screen {
    Screen { page, prompt: Prompt::One { label: label.into(), help: voice.word("ask-help-one").to_owned(), choices } }
}

fn write_see(page: &mut Page, voice: Voice<'_>, references: &[&Reference]) {
    if !references.is_empty() {
        page.gap();
        page.line(2, voice.word("told-see"));
        write_references(page, voice, references.iter().copied(), 2);
    }
}

/// The summary, so that it can be looked over before the end.
fn over(voice: Voice<'_>, dialogue: &Dialogue<'_>, ending: Ending) -> Screen {
    let mut page = Page::default();
    let key = match ending {
        Ending::Solved => "ask-over-solved",
        Ending::Contact(_) => "ask-over-contact",
        Ending::Nothing => "ask-over-nothing",
        Ending::Left => "ask-over-left",
    };
    page.line(0, voice.word(key));
    page.gap();
    page.append(summary::summary(voice, dialogue));
    page.gap();
    one(voice, page, voice.word("ask-over"), vec![keyed("1", voice.word("ask-close"), Command::End)])
}
