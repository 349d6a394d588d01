//! A diff as one JSON document, for programs. Refuses to know the words of people beyond titles and conditions, which are
//! in the language of the new version.

mod write;

use schemars::JsonSchema;
use serde::Serialize;

use self::write::Writer;
use super::Diff;
use crate::emit::wire::{self, Stretch};

const FORMAT: &str = "faqc-diff";
const VERSION: u32 = 1;

/// What changes for readers from one version of a knowledge base to another. Things go by their ids in the new version; those
/// that it does not have by their ids in the old one.
#[derive(Serialize, JsonSchema)]
struct Document {
    /// Always `faqc-diff`.
    format: &'static str,
    /// Version of the format.
    version: u32,
    old: Release,
    new: Release,
    /// It is proved that nothing changes for any reader. Changed names alone do not count.
    unchanged: bool,
    renames: Vec<NameChange>,
    /// Actions that have another id now, since actions without a name go by their number: effects and examples name an
    /// action as the version does that offers it.
    renumbered: Vec<Renumbered>,
    added: Vec<Name>,
    removed: Vec<Name>,
    /// Facts whose type changed; they were compared as two.
    retyped: Vec<String>,
    /// Where other entries apply, other actions are offered, or their order is another.
    symptoms: Vec<Symptom>,
    texts: Vec<Text>,
    /// What only one of the versions knows, and no answers are compared in.
    situations: Vec<Situations>,
    /// Questions stand in another order, which decides which is asked first where nothing else does.
    question_order_changed: bool,
    /// The versions have no situation in common: no answers were compared.
    disjoint: bool,
    /// What could not be decided; with one of these, nothing is said to be unchanged.
    undecided: Vec<Open>,
}

/// One of the two versions.
#[derive(Serialize, JsonSchema)]
struct Release {
    /// What it was compared as: a folder, or a revision and a folder.
    label: String,
    title: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    release: Option<String>,
    /// `2023-06-29`
    #[serde(skip_serializing_if = "Option::is_none")]
    updated: Option<String>,
}

#[derive(Clone, Copy, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
enum Which {
    Old,
    New,
}

#[derive(Clone, Copy, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
enum Kind {
    KnowledgeBase,
    Entry,
    Action,
    Symptom,
    Fact,
    Document,
    Section,
    Link,
    Contact,
    Term,
}

#[derive(Serialize, JsonSchema)]
struct NameChange {
    kind: Kind,
    old: String,
    new: String,
    /// By `formerly`; otherwise it is a guess, made because the contents are equal.
    declared: bool,
}

#[derive(Serialize, JsonSchema)]
struct Renumbered {
    old: String,
    new: String,
}

#[derive(Serialize, JsonSchema)]
struct Name {
    kind: Kind,
    id: String,
    title: String,
}

/// A symptom for which something changes.
#[derive(Serialize, JsonSchema)]
struct Symptom {
    id: String,
    title: String,
    order: Order,
    /// One for each region.
    changes: Vec<Changed>,
    /// Not decided, because it would take too long.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    undecided: Vec<Effected>,
}

/// Ids of all entries of the symptom in the order in which they are shown, whether they apply or not.
#[derive(Serialize, JsonSchema)]
struct Order {
    old: Vec<String>,
    new: Vec<String>,
}

#[derive(Serialize, JsonSchema)]
struct Changed {
    effects: Vec<Effected>,
    #[serde(flatten)]
    region: Where,
    example: Example,
}

/// One thing that changes, by ids.
#[derive(Serialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "kebab-case")]
enum Effected {
    /// The entry applies now.
    Shown { entry: String },
    /// The entry applies no longer.
    Hidden { entry: String },
    /// Both apply in both versions, and `first` comes before `second` now.
    Before { first: String, second: String },
    /// The entry applies in both versions and offers the action now.
    Offered { entry: String, action: String },
    /// The entry applies in both versions and offers the action no longer.
    Withdrawn { entry: String, action: String },
    /// The entry offers both actions in both versions, and `first` comes before `second` now.
    ActionBefore { entry: String, first: String, second: String },
}

/// Where it is so.
#[derive(Serialize, JsonSchema)]
struct Where {
    /// It is so in each of them, and, if `complete`, nowhere else. None can be made larger or left out. What the assumptions
    /// exclude may lie in a box.
    boxes: Vec<Case>,
    complete: bool,
    /// So many situations, of so many.
    #[serde(skip_serializing_if = "Option::is_none")]
    situations: Option<Counted>,
}

#[derive(Serialize, JsonSchema)]
struct Counted {
    of: u64,
    all: u64,
}

/// All situations in which these facts have one of these values.
#[derive(Serialize, JsonSchema)]
struct Case {
    /// In words; empty for all situations.
    text: String,
    facts: Vec<Literal>,
}

/// Some values of a fact.
#[derive(Serialize, JsonSchema)]
struct Literal {
    fact: String,
    /// The version whose fact it is, where only one asks for it, or its type changed.
    #[serde(skip_serializing_if = "Option::is_none")]
    only: Option<Which>,
    /// Of a fact of several values, the one that is chosen or not.
    #[serde(skip_serializing_if = "Option::is_none")]
    member: Option<String>,
    /// `yes`, `no`, or names of declared values.
    #[serde(rename = "in", skip_serializing_if = "Vec::is_empty")]
    values: Vec<String>,
    /// Any value that neither version declares.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    other: bool,
    /// Stretches of numbers, versions or days.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    within: Vec<Stretch>,
    /// The fact does not apply.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    not_applicable: bool,
    /// Stretches of which only those values are meant that the other version does not have, its steps being others.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    within_other_steps: Vec<Stretch>,
}

#[derive(Serialize, JsonSchema)]
struct Example {
    /// In words; empty when the answers hang on nothing.
    text: String,
    facts: Vec<Literal>,
    old: Vec<Told>,
    new: Vec<Told>,
}

/// An entry that applies, with the actions that it offers, by ids, in order.
#[derive(Serialize, JsonSchema)]
struct Told {
    entry: String,
    actions: Vec<String>,
}

/// A text that changed.
#[derive(Serialize, JsonSchema)]
struct Text {
    kind: Kind,
    id: String,
    title: String,
    /// Lines that are gone and lines that are new, in reading order.
    lines: Vec<Line>,
    /// Where readers see the change; everywhere unless given.
    #[serde(skip_serializing_if = "Option::is_none")]
    region: Option<Where>,
    /// Ids of the entries that refer to it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    cited_by: Vec<String>,
}

#[derive(Serialize, JsonSchema)]
struct Line {
    of: Which,
    text: String,
    /// It steers the next step and is not shown itself.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    guidance: bool,
}

/// Situations that one version's assumptions allow and the other's do not.
#[derive(Serialize, JsonSchema)]
struct Situations {
    known_to: Which,
    #[serde(flatten)]
    region: Where,
    example: Vec<Literal>,
}

/// Something that was not decided.
#[derive(Serialize, JsonSchema)]
#[serde(tag = "what", rename_all = "kebab-case")]
enum Open {
    /// A derived fact of this version is too large: nothing about conditions is sure.
    Conditions { of: Which },
    /// Whether only one version knows some situations.
    Situations,
    /// Whether this text changes.
    Text { kind: Kind, id: String },
    /// Whether more changes for this symptom.
    Symptom { id: String },
}

/// The document, on one line.
pub fn render(diff: &Diff<'_>, labels: [&str; 2]) -> String {
    let document = Writer { diff }.document(labels);
    serde_json::to_string(&document).expect("strings, numbers and lists of them can be written") + "\n"
}

/// The JSON Schema of the document.
pub fn schema() -> schemars::Schema {
    wire::schema::<Document>()
}
