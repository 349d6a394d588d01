//! Texts with references. Refuses to know how they are shown.

use serde::{Deserialize, Serialize};

/// A text in pieces, to be shown one after the other.
pub type Prose = Vec<Piece>;

/// Plain text, or a reference.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "compiler", derive(schemars::JsonSchema))]
#[serde(untagged)]
pub enum Piece {
    /// Plain text; a line break is `\n`. Nothing in it is markup.
    Text(String),
    Reference(Reference),
}

/// A mention of something else in the table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "compiler", derive(schemars::JsonSchema))]
pub struct Reference {
    #[serde(rename = "ref")]
    pub kind: RefKind,
    /// Ids of what is referred to; several for a range of entries.
    pub targets: Vec<String>,
    /// The words to show.
    pub text: String,
}

/// The list that a reference's targets stand in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "compiler", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum RefKind {
    Entry,
    Action,
    Symptom,
    /// A question's id, or the name of a fact that follows from others.
    Fact,
    Document,
    /// A section of a document: `document section`.
    Section,
    Link,
    Contact,
    Term,
    Text,
}
