//! Owns one answer from a table: what a message is about, which entries apply under what is known and why, and what to do next.
//! Refuses to know the command line, and to keep anything for the next question.

mod document;
mod human;
mod names;
mod request;

pub use document::{document, schema};
pub use human::human;
pub use request::{Given, Request, read};

use crate::runtime::{Hit, Session};

/// What a request comes to.
#[derive(Clone, Debug)]
pub struct Case {
    /// The text that was looked for.
    pub message: Option<String>,
    /// The symptoms that it leads to, the best first.
    pub hits: Vec<Hit>,
    /// Its symptom is the one that was named, or that the text leads to without a doubt.
    pub session: Session,
}

impl Case {
    /// Whether some symptom was named or found.
    pub fn has_symptom(&self) -> bool {
        self.session.symptom.is_some() || !self.hits.is_empty()
    }
}
