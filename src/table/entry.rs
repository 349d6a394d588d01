//! Entries and what they offer.

use serde::{Deserialize, Serialize};

use super::{ListedAction, Prose, Reference, Step};

/// An entry of the FAQ. When it applies depends on the symptom and stands there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "compiler", derive(schemars::JsonSchema))]
pub struct Entry {
    pub id: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<u32>,
    pub title: Prose,
    /// Titles from the widest category to the narrowest.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub category: Vec<String>,
    /// The entry's own condition, in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub causes: Vec<Cause>,
    /// What it offers, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub actions: Vec<Offer>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<Step>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub see: Vec<Reference>,
    /// Indexes of contacts.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub contacts: Vec<u32>,
    /// Where to go when no entry of the symptom has an action left to try.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub otherwise: Vec<Otherwise>,
    /// Indexes of the entries that it comes before.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub before: Vec<u32>,
    /// Indexes of the entries that do not apply where this one's condition holds; the conditions have taken it into account.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub overrides: Vec<u32>,
    /// How often it is the case, compared with other entries.
    pub weight: u32,
    /// Day on which it is to be looked over.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub review: Option<String>,
    /// Day of its last change.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub updated: Option<String>,
    /// Who looks after it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub owner: Prose,
    /// Earlier ids.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub formerly: Vec<String>,
    /// When it applies where it is reached from a symptom that does not list it; present where other things lead to it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub alone: Option<Alone>,
}

/// When an entry applies by itself, under no symptom: nothing overrides it, and a fallback is like any other.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "compiler", derive(schemars::JsonSchema))]
pub struct Alone {
    /// Index into `conditions`: its own condition.
    pub condition: u32,
    /// Its actions, by their index, under that condition.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub actions: Vec<ListedAction>,
}

/// Why the entry comes about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "compiler", derive(schemars::JsonSchema))]
pub struct Cause {
    pub title: Prose,
    /// The cause's own condition, in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when: Option<String>,
    /// Index into `conditions`: of the cause alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub condition: Option<u32>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<Step>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub see: Vec<Reference>,
}

/// An action in the place where it is offered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "compiler", derive(schemars::JsonSchema))]
pub struct Offer {
    /// Index into `actions`.
    pub action: u32,
    /// Index into the entry's `causes`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cause: Option<u32>,
    /// The action is another entry's.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub reused: bool,
}

/// Where to go on, by index: exactly one of these members, among others that a reader does not know.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "compiler", derive(schemars::JsonSchema), schemars(transform = super::open::schema))]
#[serde(rename_all = "kebab-case", try_from = "OtherwiseMembers")]
pub enum Otherwise {
    Contact(u32),
    Entry(u32),
}

#[derive(Deserialize)]
#[cfg_attr(feature = "compiler", derive(schemars::JsonSchema))]
struct OtherwiseMembers {
    contact: Option<u32>,
    entry: Option<u32>,
}

impl TryFrom<OtherwiseMembers> for Otherwise {
    type Error = &'static str;

    fn try_from(members: OtherwiseMembers) -> Result<Self, Self::Error> {
        match (members.contact, members.entry) {
            (Some(contact), None) => Ok(Self::Contact(contact)),
            (None, Some(entry)) => Ok(Self::Entry(entry)),
            (_, _) => Err("an element of `otherwise` has exactly one of `contact` and `entry`"),
        }
    }
}
