//! Owns the guided dialogue as a value: screens out, commands in, every step to be undone. Refuses to know the terminal.

mod prompt;
mod screen;
mod state;
mod summary;
mod turn;
mod typed;

pub use prompt::{Choice, Prompt, Screen};
pub use state::Command;

use std::collections::BTreeSet;

use crate::language::Language;
use crate::plain::{Page, Voice};
use crate::runtime::{Day, Reader, Search, Session};
use crate::table::Table;
use state::{Mode, State};

/// One case, from the first words to the summary.
#[derive(Debug)]
pub struct Dialogue<'a> {
    reader: Reader<'a>,
    language: Language,
    search: Search<'a>,
    /// What was before each step, the latest last.
    before: Vec<State>,
    now: State,
}

impl<'a> Dialogue<'a> {
    /// A dialogue at its beginning; `today` is needed for questions about days counted from today.
    pub fn new(table: &'a Table, language: Language, today: Option<Day>) -> Self {
        let session = Session { today, ..Session::default() };
        let now = State { session, ..State::default() };
        Self { reader: Reader::new(table), language, search: Search::new(table), before: Vec::new(), now }
    }

    /// What to show, and what can be answered.
    pub fn screen(&self) -> Screen {
        self.with_voice(|voice| screen::screen(voice, self))
    }

    /// Does what was chosen; *back* at the beginning does nothing.
    pub fn take(&mut self, command: Command) {
        match command {
            Command::Back => {
                if let Some(before) = self.before.pop() {
                    self.now = before;
                }
            }
            command => {
                let next = state::after(self, command);
                self.before.push(std::mem::replace(&mut self.now, next));
            }
        }
    }

    /// What a typed line means on a screen.
    ///
    /// # Errors
    /// When it means nothing there: what is wrong, and what can be typed, a line each.
    pub fn read(&self, screen: &Screen, line: &str) -> Result<Command, Vec<String>> {
        self.with_voice(|voice| typed::read(voice, self, screen, line))
    }

    /// What the items at these places of a [`Prompt::Several`] stand for.
    pub fn chosen(&self, places: &BTreeSet<usize>) -> Command {
        self.with_voice(|voice| typed::several(voice, self, places))
    }

    /// Titles of symptoms that some words lead to, the best first.
    pub fn suggestions(&self, words: &str) -> Vec<String> {
        let hits = self.search.find(words);
        self.with_voice(|voice| hits.iter().map(|hit| crate::plain::symptom_title(voice, hit.symptom)).collect())
    }

    /// What was seen, known, tried, and what did not apply: plain text for a ticket.
    pub fn summary(&self) -> Page {
        self.with_voice(|voice| summary::summary(voice, self))
    }

    /// Whether it has come to its end, and the screen shows the summary.
    pub fn is_over(&self) -> bool {
        matches!(self.now.mode, Mode::Over(_))
    }

    /// Whether anything was said that a summary could hold.
    pub fn has_begun(&self) -> bool {
        !self.now.log.is_empty()
    }

    fn with_voice<T>(&self, tell: impl FnOnce(Voice<'_>) -> T) -> T {
        let evidence = self.reader.evidence(&self.now.session);
        tell(Voice { table: self.reader.table(), evidence: &evidence, language: self.language })
    }
}
