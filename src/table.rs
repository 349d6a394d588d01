//! Owns the inference table as it stands in a file, the only wire types; refuses to know how one is made and how one is used.
//!
//! `docs/table.md` is the reference for readers in other languages. Things refer to each other by their index in the list they
//! stand in (`u32`); the `id` of a thing is its stable name for links and tests. Lists that are empty and values that are absent
//! are left out of the file.

mod action;
mod entry;
mod fact;
#[cfg(feature = "compiler")]
mod message;
#[cfg(feature = "compiler")]
mod open;
mod prose;
mod reference;
mod rows;
mod symptom;

pub use action::{Action, Assignment, Branch, LikelyWord, Step};
pub use entry::{Alone, Cause, Entry, Offer, Otherwise};
pub use fact::{Bound, Cell, Fact, IfUnknown, Kind, Procedure, Question, Shows};
#[cfg(feature = "compiler")]
pub use message::message_pieces;
pub use prose::{Piece, Prose, RefKind, Reference};
pub use reference::{Contact, Document, Link, Section, Term, Text, TextCase};
pub use rows::{Condition, Contradiction, Row};
pub use symptom::{Key, KeyKind, Listed, ListedAction, Message, MessagePiece, Policy, Symptom};

use std::sync::Arc;

use serde::{Deserialize, Serialize};

/// The value of [`Table::format`].
pub const FORMAT: &str = "faqc-table";
/// The value of [`Table::version`] that this library reads and writes.
pub const VERSION: u32 = 1;

/// Everything that a front end needs to lead a reader through a knowledge base. Members that are not described here are to be
/// ignored, in every object but a row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "compiler", derive(schemars::JsonSchema))]
pub struct Table {
    /// Always `faqc-table`.
    pub format: String,
    /// Version of the format. A reader refuses versions that it does not know.
    pub version: u32,
    /// Title of the knowledge base.
    pub title: String,
    /// Language of the prose and of the labels.
    pub language: TableLanguage,
    /// Version of the knowledge base, as its writers count.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub release: Option<String>,
    /// Day of the knowledge base as a whole, `2023-06-29`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub updated: Option<String>,
    /// Index into `contacts`: who helps when nothing else does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub default_contact: Option<u32>,
    /// What a reader can be asked, in order of declaration.
    pub questions: Vec<Question>,
    /// What evidence is about. A question about several things at once has a fact for each.
    pub facts: Vec<Fact>,
    /// Evidence that cannot be.
    pub contradiction: Contradiction,
    /// Every condition of the table, each once.
    pub conditions: Vec<Arc<Condition>>,
    pub symptoms: Vec<Symptom>,
    pub entries: Vec<Arc<Entry>>,
    pub actions: Vec<Arc<Action>>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub contacts: Vec<Contact>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub documents: Vec<Document>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<Link>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub terms: Vec<Term>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub texts: Vec<Text>,
}

/// A language of prose.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "compiler", derive(schemars::JsonSchema))]
pub enum TableLanguage {
    #[serde(rename = "ja")]
    Japanese,
    #[serde(rename = "en")]
    English,
}
