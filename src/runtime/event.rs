//! What happens in a session, as a value that a front end sends: checked against the table before it changes anything. Refuses to decide
//! what comes next.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::{AnswerError, Day, Session, read_answer};
use crate::table::{Assignment, Table};

/// One thing that a reader says or does. Numbers are indexes into the lists of the table. As JSON it is an object whose `event` says
/// which.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "compiler", derive(schemars::JsonSchema))]
#[serde(tag = "event", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Event {
    /// Begins anew with a symptom, on a day, which questions about days from today need.
    Choose {
        symptom: u32,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        today: Option<Day>,
    },
    /// The answer to a question as the reader typed or chose it; see [`read_answer`].
    Answer { question: u32, text: String },
    /// The answer to a question as cells, one for each fact that is settled.
    Pick { question: u32, cells: Vec<Assignment> },
    /// *I don't know.*
    Unknown { question: u32 },
    /// An answer is taken back.
    TakeBack { question: u32 },
    /// An action was done, and the problem remains.
    Done { action: u32 },
    /// The reader cannot do an action, or will not: it counts as tried, and nothing follows from it.
    PassOver { action: u32 },
    /// An entry that offers nothing was read.
    Tell { entry: u32 },
    /// The reader turned to a contact, or cannot, and the problem remains.
    Contact { contact: u32 },
}

/// Why an event cannot be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "compiler", derive(schemars::JsonSchema))]
#[serde(untagged)]
#[non_exhaustive]
pub enum EventError {
    /// The table has nothing of this kind with this index.
    Missing(Missing),
    /// These cells are no answer to the question.
    Cells(NoCells),
    /// The text is no answer to the question.
    Answer(AnswerError),
}

/// The index of something that the table does not have.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "compiler", derive(schemars::JsonSchema))]
#[serde(tag = "error", rename = "missing")]
pub struct Missing {
    /// `symptom`, `question`, `fact`, `action`, `entry` or `contact`.
    pub kind: &'static str,
    pub index: u32,
}

/// A question whose facts have no such cells, or not exactly one each.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "compiler", derive(schemars::JsonSchema))]
#[serde(tag = "error", rename = "no-such-cells")]
pub struct NoCells {
    pub question: u32,
}

impl fmt::Display for EventError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing(Missing { kind, index }) => write!(f, "the table has no {kind} {index}"),
            Self::Cells(NoCells { question }) => {
                write!(f, "these cells do not answer question {question}: give one cell for each of its facts")
            }
            Self::Answer(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for EventError {}

impl Session {
    /// Changes the session as an event does.
    ///
    /// # Errors
    /// When the table lacks what the event speaks of, or an answer is none; then nothing is changed.
    pub fn take(&mut self, table: &Table, event: &Event) -> Result<(), EventError> {
        check(table, event)?;
        match event {
            Event::Choose { symptom, today } => *self = Self { today: *today, ..Self::new(*symptom) },
            Event::Answer { question, text } => {
                let cells = read_answer(table, *question, text, self.today).map_err(EventError::Answer)?;
                self.answer(table, *question, &cells);
            }
            Event::Pick { question, cells } => self.answer(table, *question, cells),
            Event::Unknown { question } => self.unknown(table, *question),
            Event::TakeBack { question } => self.take_back(table, *question),
            Event::Done { action } => self.done(table, *action),
            Event::PassOver { action } => self.pass_over(*action),
            Event::Tell { entry } => self.tell(*entry),
            Event::Contact { contact } => self.contact(*contact),
        }
        Ok(())
    }
}

fn check(table: &Table, event: &Event) -> Result<(), EventError> {
    let (kind, index, count) = match event {
        Event::Choose { symptom, .. } => ("symptom", *symptom, table.symptoms.len()),
        Event::Answer { question, .. }
        | Event::Pick { question, .. }
        | Event::Unknown { question }
        | Event::TakeBack { question } => ("question", *question, table.questions.len()),
        Event::Done { action } | Event::PassOver { action } => ("action", *action, table.actions.len()),
        Event::Tell { entry } => ("entry", *entry, table.entries.len()),
        Event::Contact { contact } => ("contact", *contact, table.contacts.len()),
    };
    if index as usize >= count {
        return Err(EventError::Missing(Missing { kind, index }));
    }
    match event {
        Event::Pick { question, cells } if !is_answer(table, *question, cells) => {
            Err(EventError::Cells(NoCells { question: *question }))
        }
        _ => Ok(()),
    }
}

/// Whether each fact of a question has one cell that can be answered, and nothing else is given.
fn is_answer(table: &Table, question: u32, cells: &[Assignment]) -> bool {
    let facts = table.questions.get(question as usize).map_or(&[][..], |it| it.facts.as_slice());
    let is_cell = |fact: u32, cell: u32| {
        let cell = table.facts.get(fact as usize).and_then(|it| it.cells.get(cell as usize));
        cell.is_some_and(|it| !it.not_applicable)
    };
    let answers = |fact: &u32| {
        let mut given = cells.iter().filter(|it| it.fact == *fact);
        let only = given.next().filter(|_| given.next().is_none());
        only.is_some_and(|it| matches!(it.cells.as_slice(), [cell] if is_cell(*fact, *cell)))
    };
    cells.len() == facts.len() && facts.iter().all(answers)
}
