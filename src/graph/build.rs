//! Makes the graph: one pass over the model, each declaration once.

use petgraph::graph::DiGraph;

use super::node::{Bases, all};
use super::{Edge, EdgeKind, Graph, Node, Part, Place, facts_in, visit_parts};
use crate::model::{
    Action, ActionUse, ContactUse, Entry, EntryId, EntryUse, Fact, FactUse, Fallthrough, IfUnknown, Model, Reference,
    Symptom, SymptomId, SymptomUse, Target,
};
use crate::source::Span;
use crate::types::Types;

/// The dependencies of a knowledge base. What could not be resolved has no edge. Linear in the size of the model.
pub fn build(model: &Model, types: &Types) -> Graph {
    let mut edges = Edges { list: Vec::with_capacity(model.entries.len() * 12) };
    for (id, entry) in model.entries.enumerate() {
        add_entry(id, entry, model, &mut edges);
    }
    for (id, action) in model.actions.enumerate() {
        add_action(Place { node: action.entry.into(), action: Some(id) }, action, model, &mut edges);
    }
    for (id, symptom) in model.symptoms.enumerate() {
        add_symptom(id, symptom, &mut edges);
    }
    add_facts(model, &mut edges);
    add_owners(model, &mut edges);
    visit_parts(model, &mut |place, part| add_part(place, part, model, types, &mut edges));
    edges.into_graph(model)
}

struct Edges {
    list: Vec<(Node, Node, Edge)>,
}

impl Edges {
    fn add(&mut self, from: Place, to: impl Into<Node>, kind: EdgeKind, span: Span) {
        self.list.push((from.node, to.into(), Edge { kind, span, action: from.action }));
    }

    fn add_entries(&mut self, from: Place, entries: &[EntryUse], kind: EdgeKind) {
        entries.iter().for_each(|used| self.add(from, used.entry, kind, used.span));
    }

    fn add_symptoms(&mut self, from: Place, symptoms: &[SymptomUse], kind: EdgeKind) {
        symptoms.iter().for_each(|used| self.add(from, used.symptom, kind, used.span));
    }

    fn add_facts(&mut self, from: Place, facts: &[FactUse], kind: EdgeKind) {
        facts.iter().for_each(|used| self.add(from, used.fact, kind, used.span));
    }

    fn add_contact(&mut self, from: Place, used: &ContactUse) {
        self.add(from, used.contact, EdgeKind::Contacts, used.span);
    }

    /// The list consists of a few runs that are sorted already, so sorting it takes linear time.
    fn into_graph(mut self, model: &Model) -> Graph {
        self.list.sort_by_key(|(from, _, _)| *from);
        let bases = Bases::new(model);
        let mut inner = DiGraph::with_capacity(0, self.list.len());
        for node in all(model) {
            inner.add_node(node);
        }
        for (from, to, edge) in self.list {
            inner.add_edge(bases.index(from), bases.index(to), edge);
        }
        Graph { inner, bases }
    }
}

fn whole(node: impl Into<Node>) -> Place {
    Place { node: node.into(), action: None }
}

fn add_entry(id: EntryId, entry: &Entry, model: &Model, edges: &mut Edges) {
    let place = whole(id);
    edges.add_symptoms(place, &entry.symptoms, EdgeKind::HasSymptom);
    if let Some(category) = entry.category {
        edges.add(place, category, EdgeKind::InCategory, entry.span);
    }
    edges.add_entries(place, &entry.before, EdgeKind::Before);
    edges.add_entries(place, &entry.overrides, EdgeKind::Overrides);
    for used in &entry.actions {
        add_reuse(place, used, model, edges);
    }
    for fallthrough in &entry.otherwise {
        match fallthrough {
            Fallthrough::Contact(used) => edges.add_contact(place, used),
            Fallthrough::Entry(used) => edges.add(place, used.entry, EdgeKind::Then, used.span),
        }
    }
}

fn add_reuse(place: Place, used: &ActionUse, model: &Model, edges: &mut Edges) {
    if let Some(span) = used.reused {
        edges.add(place, model.actions[used.action].entry, EdgeKind::Reuses, span);
    }
}

fn add_action(place: Place, action: &Action, model: &Model, edges: &mut Edges) {
    edges.add_facts(place, &action.finds, EdgeKind::Finds);
    action.sets.iter().for_each(|effect| edges.add(place, effect.fact, EdgeKind::Sets, effect.span));
    edges.add_facts(place, &action.recheck, EdgeKind::Rechecks);
    edges.add_entries(place, &action.then, EdgeKind::Then);
    for (after, span) in &action.after {
        add_unless_own(place, model.actions[*after].entry, EdgeKind::After, *span, edges);
    }
}

/// References of an entry to itself, alone or within a range of numbers, are no dependencies.
fn add_unless_own(place: Place, entry: EntryId, kind: EdgeKind, span: Span, edges: &mut Edges) {
    if place.node != Node::Entry(entry) {
        edges.add(place, entry, kind, span);
    }
}

fn add_symptom(id: SymptomId, symptom: &Symptom, edges: &mut Edges) {
    edges.add_symptoms(whole(id), &symptom.same_as, EdgeKind::SameAs);
    edges.add_symptoms(whole(id), &symptom.kind_of, EdgeKind::KindOf);
    for pair in symptom.order.windows(2) {
        if let [first, second] = pair {
            edges.add(whole(first.entry), second.entry, EdgeKind::Before, second.span);
        }
    }
}

fn add_facts(model: &Model, edges: &mut Edges) {
    for (id, fact) in model.facts.enumerate() {
        add_if_unknown(whole(id), fact, edges);
    }
    for (id, text) in model.texts.enumerate() {
        if let Some(by) = text.by {
            edges.add(whole(id), by.fact, EdgeKind::Needs, by.span);
        }
    }
}

fn add_if_unknown(place: Place, fact: &Fact, edges: &mut Edges) {
    match &fact.if_unknown {
        Some(IfUnknown::Contact(used)) => edges.add_contact(place, used),
        Some(IfUnknown::Entry(used)) => edges.add(place, used.entry, EdgeKind::Then, used.span),
        Some(IfUnknown::Value(_)) | None => {}
    }
}

fn add_owners(model: &Model, edges: &mut Edges) {
    for (id, section) in model.sections.enumerate() {
        edges.add(whole(id), section.document, EdgeKind::PartOf, section.span);
    }
    for (id, category) in model.categories.enumerate() {
        if let Some(parent) = category.parent {
            edges.add(whole(id), parent, EdgeKind::PartOf, category.span);
        }
    }
}

fn add_part(place: Place, part: Part<'_>, model: &Model, types: &Types, edges: &mut Edges) {
    match part {
        Part::Title(prose) | Part::Prose(prose) => add_references(place, &prose.refs, model, edges),
        Part::References(references) => add_references(place, references, model, edges),
        Part::Condition(id) => {
            let span = model.conditions[id].span();
            facts_in(id, types).into_iter().for_each(|fact| edges.add(place, fact, EdgeKind::Needs, span));
        }
        Part::Do(action, span) => {
            add_unless_own(place, model.actions[action].entry, EdgeKind::Reuses, span, edges);
        }
        Part::Contact(contact, span) => edges.add(place, contact, EdgeKind::Contacts, span),
        Part::Words(_) => {}
    }
}

fn add_references(place: Place, references: &[Reference], model: &Model, edges: &mut Edges) {
    for reference in references {
        add_reference(place, reference, model, edges);
    }
}

fn add_reference(place: Place, reference: &Reference, model: &Model, edges: &mut Edges) {
    let span = reference.span;
    match &reference.target {
        Target::Error | Target::Escape => {}
        Target::Entries(ids) => ids.iter().for_each(|id| add_unless_own(place, *id, EdgeKind::See, span, edges)),
        Target::Action(id) => add_unless_own(place, model.actions[*id].entry, EdgeKind::See, span, edges),
        Target::Symptom(id) => edges.add(place, *id, EdgeKind::Mentions, span),
        Target::Fact(id) => edges.add(place, *id, EdgeKind::Mentions, span),
        Target::Term(id) => edges.add(place, *id, EdgeKind::Mentions, span),
        Target::Text(id) => edges.add(place, *id, EdgeKind::Mentions, span),
        Target::Document(id) => edges.add(place, *id, EdgeKind::Cites, span),
        Target::Section(id) => edges.add(place, *id, EdgeKind::Cites, span),
        Target::Link(id) => edges.add(place, *id, EdgeKind::Cites, span),
        Target::Contact(id) => edges.add(place, *id, EdgeKind::Contacts, span),
    }
}
