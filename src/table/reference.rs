//! What entries refer to: contacts, documents, links, words, and texts that depend on a fact.

use serde::{Deserialize, Serialize};

use super::{Prose, Step};

/// Somebody to ask.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "compiler", derive(schemars::JsonSchema))]
pub struct Contact {
    pub id: String,
    pub title: Prose,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tel: Prose,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub mail: Prose,
    /// When they can be reached.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub hours: Prose,
    /// What to tell them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tell: Prose,
    /// How long an answer takes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seconds: Option<u32>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<Step>,
}

/// A manual or another document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "compiler", derive(schemars::JsonSchema))]
pub struct Document {
    pub id: String,
    pub title: Prose,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// Where it is published.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub place: Prose,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sections: Vec<Section>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<Step>,
}

/// A part of a document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "compiler", derive(schemars::JsonSchema))]
pub struct Section {
    /// `document number`, or `document title` for a section without a number.
    pub id: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
}

/// A place on the web.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "compiler", derive(schemars::JsonSchema))]
pub struct Link {
    pub id: String,
    pub title: Prose,
    pub url: String,
}

/// A word as it is written here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "compiler", derive(schemars::JsonSchema))]
pub struct Term {
    pub id: String,
    /// Spellings that are not used.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub avoid: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub meaning: Prose,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reading: Prose,
}

/// A text that depends on a fact; prose mentions it by a reference of the kind `text`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "compiler", derive(schemars::JsonSchema))]
pub struct Text {
    pub id: String,
    /// The first case whose condition holds is shown; while none is certain, all that are not excluded.
    pub cases: Vec<TextCase>,
}

/// A text for certain situations.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "compiler", derive(schemars::JsonSchema))]
pub struct TextCase {
    /// The value that the text is for, in words; absent for *otherwise*.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when: Option<String>,
    /// Index into `conditions`: this case holds and no earlier one.
    pub condition: u32,
    pub text: Prose,
}
