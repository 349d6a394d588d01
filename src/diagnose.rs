//! Owns one answer from a table: what a message is about, which entries apply under what is known and why, and what to do next.
//! Refuses to know the command line, and to keep anything for the next question.

mod document;
mod human;
mod names;
mod request;

pub use document::{document, schema};
pub use human::human;
pub use request::{Given, Request, read};

use crate::runtime::{Hit, Matched, Session, is_ambiguous};

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

/// The symptom that hits lead to without a doubt: the best, unless the text fits another as well, or is only similar.
pub fn sure(hits: &[Hit]) -> Option<u32> {
    let best = hits.first()?;
    let is_doubtful = best.matched == Matched::Similar && best.score < SURE;
    (!is_doubtful && !is_ambiguous(hits)).then_some(best.symptom)
}

/// The least score of a similar text that is not asked about.
const SURE: u32 = 600;
