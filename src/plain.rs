//! Owns what a table holds as lines of plain text, for a terminal or a ticket: prose, steps, contacts, what is referred to, and
//! why something applies. Refuses to know where a reader stands in a dialogue.

mod given;
mod page;
mod prose;
mod refusal;
mod said;
mod steps;
mod thing;

pub use given::{bare_number, read_fact};
pub use page::{Page, clean, wrap};
pub use prose::prose;
pub use refusal::{advice, not_an_answer};
pub use said::{answer, choices, known, question, reasons};
pub use steps::{Told, numbered, steps, tell, write_steps};
pub use thing::{
    Purpose, action_title, contact_title, entry_name, entry_references, lineage, mentioned, places, purpose,
    references_of, symptom_title, write_contact, write_references,
};

use crate::diag::catalogue;
use crate::language::Language;
use crate::runtime::Evidence;
use crate::table::Table;

/// What the words depend on.
#[derive(Clone, Copy, Debug)]
pub struct Voice<'a> {
    pub table: &'a Table,
    /// Texts by value and branches follow it.
    pub evidence: &'a Evidence,
    /// Of the words between the table's own.
    pub language: Language,
}

impl Voice<'_> {
    pub fn word(&self, key: &'static str) -> &'static str {
        catalogue().word(key, self.language)
    }

    /// A sentence of the catalogue with its places filled in.
    pub fn sentence(&self, key: &'static str, args: &[(&str, &str)]) -> String {
        catalogue().worded(key, args, self.language)
    }

    pub fn list(&self, items: &[String]) -> String {
        items.join(self.word("told-and"))
    }
}
