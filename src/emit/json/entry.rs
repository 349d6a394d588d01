//! Entries, with what they refer to and what refers to them. Refuses to know how the graph is built.

use schemars::JsonSchema;
use serde::Serialize;

use super::Reading;
use super::action::{Action, Step};
use super::condition::Condition;
use crate::emit::wire;
use crate::graph::{Edge, EdgeKind, Node, name, number};
use crate::model::{self, EntryId, Fallthrough};
use crate::table::Reference as Mention;

/// An entry of the FAQ.
#[derive(Serialize, JsonSchema)]
pub struct Entry {
    #[serde(skip_serializing_if = "Option::is_none")]
    number: Option<u32>,
    id: String,
    title: String,
    /// Titles from the widest category to the narrowest.
    category: Vec<String>,
    /// Ids of its symptoms.
    symptoms: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    condition: Option<Condition>,
    /// It applies only where no other entry of the symptom does.
    fallback: bool,
    /// Ids of the entries that it comes before.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    before: Vec<String>,
    /// Ids of the entries that do not apply where this one does.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    overrides: Vec<String>,
    causes: Vec<Cause>,
    /// In order.
    actions: Vec<Action>,
    notes: Vec<Step>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    see: Vec<Mention>,
    /// Ids of contacts.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    contacts: Vec<String>,
    /// Where to go when every action was tried.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    otherwise: Vec<Otherwise>,
    #[serde(skip_serializing_if = "Option::is_none")]
    weight: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    review: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    updated: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    owner: Option<String>,
    /// Earlier ids.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    formerly: Vec<String>,
    /// What it relies on, in the order written; symptoms and categories have their own lists.
    references: Vec<Reference>,
    /// What relies on it.
    referenced_by: Vec<Reference>,
    file: String,
    line: u32,
}

/// Why the entry comes about.
#[derive(Serialize, JsonSchema)]
struct Cause {
    title: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    condition: Option<Condition>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    notes: Vec<Step>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    see: Vec<Mention>,
}

/// Where to go on, by id.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
enum Otherwise {
    Contact(String),
    Entry(String),
}

/// A dependency seen from one of its ends.
#[derive(Serialize, JsonSchema)]
struct Reference {
    /// What the other end is: `entry`, `section`, `fact` …
    kind: &'static str,
    /// Its name among those of its kind.
    target: String,
    /// An entry's number.
    #[serde(skip_serializing_if = "Option::is_none")]
    number: Option<u32>,
    /// Why: `see`, `then`, `cites` …
    relation: &'static str,
    /// Number of the action in which it is written.
    #[serde(skip_serializing_if = "Option::is_none")]
    action: Option<String>,
    /// Where it is written.
    file: String,
    line: u32,
}

impl Reading<'_> {
    pub(super) fn entry(&self, id: EntryId, entry: &model::Entry) -> Entry {
        let model = &self.compilation.model;
        let place = self.place(entry.span);
        let graph = &self.compilation.graph;
        Entry {
            number: entry.number,
            id: entry.id.clone(),
            title: self.plain(&entry.title),
            category: wire::category_path(entry.category, model),
            symptoms: entry.symptoms.iter().map(|it| model.symptoms[it.symptom].id.clone()).collect(),
            condition: self.condition(&entry.when),
            fallback: entry.fallback,
            before: self.entry_ids(&entry.before),
            overrides: self.entry_ids(&entry.overrides),
            causes: entry.causes.iter().map(|cause| self.cause(cause)).collect(),
            actions: entry.actions.iter().map(|it| self.offered(entry, it)).collect(),
            notes: self.steps(&entry.notes),
            see: wire::references(&entry.see, self.compilation),
            contacts: entry.contacts.iter().map(|it| model.contacts[it.contact].id.clone()).collect(),
            otherwise: entry.otherwise.iter().map(|it| self.otherwise(it)).collect(),
            weight: entry.weight,
            review: entry.review.map(wire::date),
            updated: entry.updated.map(wire::date),
            owner: self.maybe_plain(entry.owner.as_ref()),
            formerly: entry.formerly.clone(),
            references: self.references(graph.outgoing(id.into())),
            referenced_by: self.references(graph.incoming(id.into())),
            file: place.file,
            line: place.line,
        }
    }

    fn cause(&self, cause: &model::Cause) -> Cause {
        Cause {
            title: self.plain(&cause.title),
            condition: self.condition(&cause.when),
            notes: self.steps(&cause.notes),
            see: wire::references(&cause.see, self.compilation),
        }
    }

    fn offered(&self, entry: &model::Entry, offered: &model::ActionUse) -> Action {
        let cause = offered.cause.and_then(|cause| entry.causes.get(cause)).map(|cause| self.plain(&cause.title));
        self.action(offered.action, offered.reused.is_some(), cause.as_deref())
    }

    fn otherwise(&self, fallthrough: &Fallthrough) -> Otherwise {
        let model = &self.compilation.model;
        match fallthrough {
            Fallthrough::Contact(it) => Otherwise::Contact(model.contacts[it.contact].id.clone()),
            Fallthrough::Entry(it) => Otherwise::Entry(model.entries[it.entry].id.clone()),
        }
    }

    fn references(&self, edges: Vec<(Node, &Edge)>) -> Vec<Reference> {
        let listed = edges.into_iter().filter(|(_, edge)| !has_own_list(edge.kind));
        listed.map(|(node, edge)| self.reference(node, edge)).collect()
    }

    fn reference(&self, node: Node, edge: &Edge) -> Reference {
        let model = &self.compilation.model;
        let place = self.place(edge.span);
        Reference {
            kind: node.kind().word(),
            target: name(node, model, &self.compilation.sources),
            number: number(node, model),
            relation: edge.kind.word(),
            action: edge.action.map(|action| model.actions[action].number.clone()),
            file: place.file,
            line: place.line,
        }
    }
}

fn has_own_list(kind: EdgeKind) -> bool {
    matches!(kind, EdgeKind::HasSymptom | EdgeKind::InCategory)
}
