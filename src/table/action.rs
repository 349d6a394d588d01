//! Actions and their steps.

use serde::{Deserialize, Serialize};

use super::{Prose, Reference};

/// Something to do, or an alternative within it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "compiler", derive(schemars::JsonSchema))]
pub struct Action {
    /// `entry/name`, or `entry/2` for an action without a name.
    pub id: String,
    /// Index of the entry it is written in.
    pub entry: u32,
    /// Place within its entry: `2`, and `2.1` for an alternative.
    pub number: String,
    /// Index of the action that this is an alternative of; that one's steps come first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<u32>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub title: Prose,
    /// The action's own condition, in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub steps: Vec<Step>,
    /// Indexes of the actions that are alternatives within this one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub alternatives: Vec<u32>,
    /// Indexes of the questions that doing this answers.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub finds: Vec<u32>,
    /// What is so once this is done.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sets: Vec<Assignment>,
    /// Indexes of the questions whose answers doing this puts in doubt.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub recheck: Vec<u32>,
    /// Indexes of the entries to go on with, those that are not excluded.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub then: Vec<u32>,
    /// Indexes of contacts.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub contacts: Vec<u32>,
    /// Indexes of the actions to try before.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub after: Vec<u32>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub see: Vec<Reference>,
    /// How to ask whether it helped.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub solved: Prose,
    /// Percentage of the entry's cases that this solves, when the writer said how likely it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub likely_percent: Option<u8>,
    /// The word, when the writer said it by a word.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub likely_word: Option<LikelyWord>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seconds: Option<u32>,
}

/// A likelihood in a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "compiler", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum LikelyWord {
    /// 60 %
    Often,
    /// 10 %
    Rarely,
}

/// A fact's cells from now on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "compiler", derive(schemars::JsonSchema))]
pub struct Assignment {
    /// Index into `facts`.
    pub fact: u32,
    /// Indexes of its cells.
    pub cells: Vec<u32>,
}

/// One line or block of instructions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "compiler", derive(schemars::JsonSchema))]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Step {
    Step {
        text: Prose,
    },
    Bullet {
        text: Prose,
    },
    Note {
        text: Prose,
    },
    Warning {
        text: Prose,
    },
    /// Text to be shown as it is: what to type (`info` is `入力` or `input`), what the screen shows (`表示`, `output`), or else.
    Fence {
        info: String,
        lines: Vec<String>,
    },
    /// The first branch whose condition holds.
    Branches {
        branches: Vec<Branch>,
    },
    /// The steps of another action (an index), done here.
    Do {
        action: u32,
    },
    Contact {
        contact: u32,
    },
    See {
        references: Vec<Reference>,
    },
}

/// Steps for certain situations.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "compiler", derive(schemars::JsonSchema))]
pub struct Branch {
    /// In words; absent for *otherwise*.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when: Option<String>,
    /// Index into `conditions`: this branch's condition holds and that of no earlier one.
    pub condition: u32,
    pub steps: Vec<Step>,
}
