//! Questions, the facts they settle, and the cells that values are sorted into.

use serde::{Deserialize, Serialize};

use super::{Assignment, Prose, Row, Step};

/// Something a reader can be asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "compiler", derive(schemars::JsonSchema))]
pub struct Question {
    pub id: String,
    pub label: String,
    #[serde(flatten)]
    pub kind: Kind,
    /// Indexes of the facts that an answer settles: one, or one for each value of which several can be chosen.
    pub facts: Vec<u32>,
    /// The question as put to the reader.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ask: Prose,
    /// When the question makes sense, in words; the contradiction rows say it exactly.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub only_when: Option<String>,
    /// Ways to find the answer out.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub procedures: Vec<Procedure>,
    /// What the screen shows for an answer.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub shows: Vec<Shows>,
    /// What to do about *I don't know*.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub if_unknown: Option<IfUnknown>,
    /// How long finding out takes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seconds: Option<u32>,
    /// Earlier ids.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub formerly: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<Step>,
}

/// What an answer is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "compiler", derive(schemars::JsonSchema))]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Kind {
    YesNo,
    /// One of the cells.
    OneOf,
    /// Any number of the facts' labels.
    AnyOf,
    /// A number, as an integer after moving the point: 1.25 is 125 where `scale` is 2.
    Number {
        #[serde(default, skip_serializing_if = "is_zero")]
        scale: u32,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        unit: Option<String>,
    },
    /// Numbers joined by points, compared part by part; missing parts are 0.
    Version,
    /// A calendar day, `2023-06-29`.
    Date,
    /// A calendar day whose cells count days from the day of asking: yesterday is -1.
    DateFromToday,
}

fn is_zero(scale: &u32) -> bool {
    *scale == 0
}

/// What a piece of evidence is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "compiler", derive(schemars::JsonSchema))]
pub struct Fact {
    /// The question's id; `question/value` where several values can be chosen.
    pub id: String,
    pub label: String,
    /// Index into `questions`.
    pub question: u32,
    /// In any situation exactly one of them is so.
    pub cells: Vec<Cell>,
}

/// The values that the knowledge base does not tell apart. A number, version or date belongs to the cell whose bounds it
/// satisfies, all that are given.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "compiler", derive(schemars::JsonSchema))]
pub struct Cell {
    /// In the reader's words.
    pub label: String,
    /// `yes`, `no`, or the name of the declared value, which may be any name, `other` too. Absent where `other` is true, where
    /// bounds are given, and where the question makes no sense.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
    /// At least this.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ge: Option<Bound>,
    /// Greater than this.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gt: Option<Bound>,
    /// At most this.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub le: Option<Bound>,
    /// Less than this.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lt: Option<Bound>,
    /// The cell is whatever is not among the declared values; it has no `value`.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub other: bool,
    /// The question makes no sense here; never offered as an answer.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub not_applicable: bool,
}

/// An end of a stretch of values.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "compiler", derive(schemars::JsonSchema))]
#[serde(untagged)]
pub enum Bound {
    /// Of a number (scaled), or days from today.
    Integer(i64),
    /// Of a version (`6.0`) or a calendar day (`2023-06-29`).
    Text(String),
}

/// A way to find an answer out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "compiler", derive(schemars::JsonSchema))]
pub struct Procedure {
    /// When this is the way, in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when: Option<String>,
    /// Index into `conditions`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub condition: Option<u32>,
    pub steps: Vec<Step>,
}

/// What the screen shows where an answer is right.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "compiler", derive(schemars::JsonSchema))]
pub struct Shows {
    /// The answer.
    pub cells: Row,
    pub text: String,
}

/// What follows from *I don't know*: exactly one of these members, among others that a reader does not know.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "compiler", derive(schemars::JsonSchema), schemars(transform = super::open::schema))]
#[serde(rename_all = "kebab-case", try_from = "IfUnknownMembers")]
pub enum IfUnknown {
    /// Ask this contact.
    Contact(u32),
    /// Go on with this entry.
    Entry(u32),
    /// Take this for the answer.
    Assume(Vec<Assignment>),
}

#[derive(Deserialize)]
#[cfg_attr(feature = "compiler", derive(schemars::JsonSchema))]
struct IfUnknownMembers {
    contact: Option<u32>,
    entry: Option<u32>,
    assume: Option<Vec<Assignment>>,
}

impl TryFrom<IfUnknownMembers> for IfUnknown {
    type Error = &'static str;

    fn try_from(members: IfUnknownMembers) -> Result<Self, Self::Error> {
        match (members.contact, members.entry, members.assume) {
            (Some(contact), None, None) => Ok(Self::Contact(contact)),
            (None, Some(entry), None) => Ok(Self::Entry(entry)),
            (None, None, Some(cells)) => Ok(Self::Assume(cells)),
            (_, _, _) => Err("`if_unknown` has exactly one of `contact`, `entry` and `assume`"),
        }
    }
}
