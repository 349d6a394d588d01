//! Where the reader stands, and what each command makes of it. Refuses to put it in words.

use std::collections::BTreeSet;

use super::Dialogue;
use super::turn::{Turn, turn};
use crate::runtime::{Next, Reader, Session, decided};
use crate::table::Assignment;

/// What a reader can say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// Words to look for a symptom by.
    Search(String),
    /// Show all symptoms.
    ListAll,
    /// Look for something else.
    SearchAgain,
    /// A symptom (an index).
    Symptom(u32),
    /// The answer to the question that is asked.
    Answer(Vec<Assignment>),
    /// How is that found out?
    HowTo,
    Unknown,
    /// Go through the steps one by one.
    Tick,
    /// The numbers of the steps that are done.
    Ticked(BTreeSet<usize>),
    /// It helped.
    Solved,
    /// It did not help.
    Failed,
    /// It cannot or will not be done; the reason is asked next.
    Decline,
    Reason(String),
    /// Turn to the contact that is shown, and end here.
    TurnTo,
    /// Take an answer (to a question, an index) back.
    TakeBack(u32),
    /// Undo a step.
    Back,
    /// End here.
    End,
}

/// Everything that *back* brings back.
#[derive(Clone, Debug, Default)]
pub(super) struct State {
    pub session: Session,
    pub mode: Mode,
    pub log: Vec<Event>,
    /// Steps done of the action that is shown.
    pub ticked: BTreeSet<usize>,
}

/// What is shown instead of the next step, if anything is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) enum Mode {
    /// Look for a symptom; `missed` are words that led nowhere.
    Search {
        missed: Option<String>,
    },
    /// Choose one of these symptoms; found by words, or all.
    Pick {
        words: Option<String>,
        symptoms: Vec<u32>,
    },
    /// The next step.
    #[default]
    Next,
    /// How to answer the question that is asked.
    HowTo,
    Tick,
    /// Why something cannot be done.
    Why,
    Over(Ending),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ending {
    Solved,
    /// The reader turns to this contact.
    Contact(u32),
    /// There is nothing more to propose.
    Nothing,
    /// The reader left.
    Left,
}

/// Something that the summary tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Event {
    Searched(String),
    Symptom(u32),
    Answered { question: u32, cells: Vec<Assignment> },
    Unknown(u32),
    Action { action: u32, entry: u32, ticked: BTreeSet<usize>, result: Outcome },
    Contact { contact: u32, result: Outcome },
    Entry { entry: u32, result: Outcome },
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    Solved,
    Failed,
    /// Not done, for a reason.
    Declined(String),
}

/// The state after a command; one that makes no sense changes nothing.
pub(super) fn after(dialogue: &Dialogue<'_>, command: Command) -> State {
    let mut state = dialogue.now.clone();
    let reader = &dialogue.reader;
    match command {
        Command::Search(words) => search(dialogue, &mut state, words),
        Command::ListAll => {
            let symptoms = (0..reader.table().symptoms.len() as u32).collect();
            state.mode = Mode::Pick { words: None, symptoms };
        }
        Command::SearchAgain => state.mode = Mode::Search { missed: None },
        Command::Symptom(symptom) => choose(&mut state, symptom),
        Command::Answer(cells) => answer(reader, &mut state, cells),
        Command::HowTo => state.mode = Mode::HowTo,
        Command::Unknown => unknown(reader, &mut state),
        Command::Tick => state.mode = Mode::Tick,
        Command::Ticked(numbers) => {
            state.ticked = numbers;
            state.mode = Mode::Next;
        }
        Command::Solved => conclude(reader, &mut state, Outcome::Solved),
        Command::Failed => conclude(reader, &mut state, Outcome::Failed),
        Command::Decline => state.mode = Mode::Why,
        Command::Reason(reason) => conclude(reader, &mut state, Outcome::Declined(reason)),
        Command::TurnTo => turn_to(reader, &mut state),
        Command::TakeBack(question) => take_back(reader, &mut state, question),
        Command::End => state.mode = Mode::Over(Ending::Left),
        Command::Back => {}
    }
    if state.mode == Mode::Next && turn(reader, &state.session) == Turn::Next(Next::Done) {
        state.mode = Mode::Over(Ending::Nothing);
    }
    state
}

fn search(dialogue: &Dialogue<'_>, state: &mut State, words: String) {
    let hits = dialogue.search.find(&words);
    if hits.is_empty() {
        state.mode = Mode::Search { missed: Some(words) };
        return;
    }
    state.log.push(Event::Searched(words.clone()));
    match decided(&hits) {
        Some(symptom) => choose(state, symptom),
        None => state.mode = Mode::Pick { words: Some(words), symptoms: hits.iter().map(|hit| hit.symptom).collect() },
    }
}

fn choose(state: &mut State, symptom: u32) {
    state.session = Session { symptom: Some(symptom), today: state.session.today, ..Session::default() };
    state.log.push(Event::Symptom(symptom));
    state.mode = Mode::Next;
}

fn answer(reader: &Reader<'_>, state: &mut State, cells: Vec<Assignment>) {
    if let Turn::Next(Next::Ask { question, .. }) = turn(reader, &state.session) {
        state.session.answer(reader.table(), question, &cells);
        state.log.push(Event::Answered { question, cells });
        state.mode = Mode::Next;
    }
}

fn unknown(reader: &Reader<'_>, state: &mut State) {
    if let Turn::Next(Next::Ask { question, .. }) = turn(reader, &state.session) {
        state.session.unknown(reader.table(), question);
        state.log.push(Event::Unknown(question));
        state.mode = Mode::Next;
    }
}

/// What came of the action, the contact or the entry that is shown.
fn conclude(reader: &Reader<'_>, state: &mut State, result: Outcome) {
    let ticked = std::mem::take(&mut state.ticked);
    let (session, is_solved) = (&mut state.session, result == Outcome::Solved);
    let event = match turn(reader, session) {
        Turn::Next(Next::Do { action, entry, .. }) => {
            match &result {
                Outcome::Solved => {}
                Outcome::Failed => session.done(reader.table(), action),
                Outcome::Declined(_) => session.pass_over(action),
            }
            Event::Action { action, entry, ticked, result }
        }
        Turn::Next(Next::Contact { contact, .. }) => {
            session.contact(contact);
            Event::Contact { contact, result }
        }
        Turn::Told { entry, .. } => {
            session.tell(entry);
            Event::Entry { entry, result }
        }
        Turn::Next(Next::Choose | Next::Contradiction { .. } | Next::Ask { .. } | Next::Done) => return,
    };
    state.log.push(event);
    state.mode = if is_solved { Mode::Over(Ending::Solved) } else { Mode::Next };
}

fn turn_to(reader: &Reader<'_>, state: &mut State) {
    if let Turn::Next(Next::Contact { contact, .. }) = turn(reader, &state.session) {
        state.mode = Mode::Over(Ending::Contact(contact));
    }
}

/// The answer is not told any more either.
fn take_back(reader: &Reader<'_>, state: &mut State, question: u32) {
    state.session.take_back(reader.table(), question);
    let is_about = |event: &Event| match event {
        Event::Answered { question: asked, .. } | Event::Unknown(asked) => *asked == question,
        Event::Searched(_) | Event::Symptom(_) | Event::Action { .. } | Event::Contact { .. } | Event::Entry { .. } => {
            false
        }
    };
    if let Some(at) = state.log.iter().rposition(is_about) {
        state.log.remove(at);
    }
    state.mode = Mode::Next;
}
