//! Symptoms: how a reader finds them, and which entries apply.

use serde::{Deserialize, Serialize};

use super::{Prose, Step};

/// What a reader notices.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "compiler", derive(schemars::JsonSchema))]
pub struct Symptom {
    pub id: String,
    pub title: Prose,
    /// What the screen shows.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub messages: Vec<Message>,
    /// What the reader was doing.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub during: Prose,
    /// Other wordings.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub also: Vec<String>,
    /// What a search compares a reader's words with.
    pub keys: Vec<Key>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub policy: Option<Policy>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<Step>,
    /// Its entries, in the order in which they are shown.
    pub entries: Vec<Listed>,
    /// The actions of its entries, by their index.
    pub actions: Vec<ListedAction>,
    /// Earlier ids.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub formerly: Vec<String>,
}

/// A text as the screen shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "compiler", derive(schemars::JsonSchema))]
pub struct Message {
    /// Language tag, where it is not the language of the table.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    pub pieces: Vec<MessagePiece>,
}

/// Text as it is, or a part that varies.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "compiler", derive(schemars::JsonSchema))]
#[serde(untagged)]
pub enum MessagePiece {
    /// A line break is `\n`.
    Text(String),
    Varies {
        /// The writer's name for the part.
        varies: String,
    },
}

/// A text to be found, with its folded form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "compiler", derive(schemars::JsonSchema))]
pub struct Key {
    pub kind: KeyKind,
    pub text: String,
    /// The fixed parts in order, each folded: circled numbers dropped, NFKC, lower case, only what is alphabetic or a number kept,
    /// katakana as hiragana; `docs/table.md` has each step. Never empty, and no part is.
    pub folded: Vec<String>,
}

/// Where a search key comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "compiler", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum KeyKind {
    Title,
    Message,
    Also,
}

/// What it means that several entries apply together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "compiler", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Policy {
    First,
    Unique,
    Any,
    Collect,
}

/// An entry under a symptom.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "compiler", derive(schemars::JsonSchema))]
pub struct Listed {
    /// Index into `entries`.
    pub entry: u32,
    /// Index into `conditions`: when the entry applies under this symptom.
    pub condition: u32,
    /// It applies only where no other entry of the symptom does; the condition has taken that into account.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub fallback: bool,
    /// Indexes of the symptom's entries that the writer put directly before it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub after: Vec<u32>,
    /// How many steps of *kind of* lie between the symptom and the one whose entry it is.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub tier: u32,
}

fn is_zero(tier: &u32) -> bool {
    *tier == 0
}

/// An action under a symptom.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "compiler", derive(schemars::JsonSchema))]
pub struct ListedAction {
    /// Index into `actions`.
    pub action: u32,
    /// Index into `conditions`: when some entry that offers it applies and its guards hold.
    pub condition: u32,
}
