//! What a screen asks for. Refuses to know how it is asked.

use std::collections::BTreeSet;

use super::Command;
use crate::plain::Page;

/// A text, and what comes after it.
#[derive(Clone, Debug)]
pub struct Screen {
    pub page: Page,
    pub prompt: Prompt,
}

/// What the reader is to say.
#[derive(Clone, Debug)]
pub enum Prompt {
    /// Any words.
    Words { label: String, help: String, choices: Vec<Choice> },
    /// One of these.
    One { label: String, help: String, choices: Vec<Choice> },
    /// Any of the items, or one of the choices instead.
    Several { label: String, help: String, items: Vec<String>, chosen: BTreeSet<usize>, choices: Vec<Choice> },
}

/// Something to choose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// What to type for it; empty where the answer itself is typed.
    pub key: String,
    pub label: String,
    /// A second line.
    pub note: Option<String>,
    pub command: Command,
}

impl Prompt {
    pub fn choices(&self) -> &[Choice] {
        match self {
            Self::Words { choices, .. } | Self::One { choices, .. } | Self::Several { choices, .. } => choices,
        }
    }

    pub fn label(&self) -> &str {
        match self {
            Self::Words { label, .. } | Self::One { label, .. } | Self::Several { label, .. } => label,
        }
    }

    pub fn help(&self) -> &str {
        match self {
            Self::Words { help, .. } | Self::One { help, .. } | Self::Several { help, .. } => help,
        }
    }
}
