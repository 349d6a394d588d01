//! Finds out who refers to what, in one pass over the model; refuses to know how it is shown.

use rustc_hash::FxHashMap;

use crate::model::{
    Action, ConditionId, Entry, EntryId, Fact, Fallthrough, Id, IfUnknown, Model, Prose, Reference, Step, StepKind,
    Target,
};
use crate::types::{Condition, Types};

use super::book::Node;

/// For each node, who refers to it: each once, entries in the order of their ranks, nothing by itself.
pub fn collect(model: &Model, types: &Types, ranks: &[usize]) -> FxHashMap<Node, Vec<Node>> {
    let mut pass = Pass { model, types, from: None, cited: FxHashMap::default() };
    for (id, entry) in model.entries.enumerate() {
        pass.from = Some(Node::Entry(id));
        visit_entry(&mut pass, entry);
    }
    for action in model.actions.iter() {
        pass.from = Some(Node::Entry(action.entry));
        visit_action(&mut pass, action);
    }
    for (id, fact) in model.facts.enumerate() {
        pass.from = Some(Node::Fact(id));
        visit_fact(&mut pass, fact);
    }
    visit_others(&mut pass);
    in_order(pass.cited, ranks)
}

struct Pass<'a> {
    model: &'a Model,
    types: &'a Types,
    from: Option<Node>,
    cited: FxHashMap<Node, Vec<Node>>,
}

impl Pass<'_> {
    fn cite(&mut self, node: Node) {
        if let Some(from) = self.from.filter(|from| *from != node) {
            let list = self.cited.entry(node).or_default();
            if list.last() != Some(&from) {
                list.push(from);
            }
        }
    }
}

fn in_order(mut cited: FxHashMap<Node, Vec<Node>>, ranks: &[usize]) -> FxHashMap<Node, Vec<Node>> {
    let rank = |id: &EntryId| ranks.get(id.index()).copied();
    for list in cited.values_mut() {
        list.sort_unstable_by_key(|node| match node {
            Node::Entry(id) => (0, rank(id), *node),
            Node::Action(_)
            | Node::Symptom(_)
            | Node::Fact(_)
            | Node::Document(_)
            | Node::Section(_)
            | Node::Link(_)
            | Node::Contact(_)
            | Node::Term(_)
            | Node::Text(_)
            | Node::Category(_) => (1, None, *node),
        });
        list.dedup();
    }
    cited
}

fn visit_entry(pass: &mut Pass<'_>, entry: &Entry) {
    visit_prose(pass, &entry.title);
    visit_conditions(pass, &entry.when);
    for cause in &entry.causes {
        visit_prose(pass, &cause.title);
        visit_conditions(pass, &cause.when);
        visit_steps(pass, &cause.notes);
        visit_references(pass, &cause.see);
    }
    for used in entry.actions.iter().filter(|used| used.reused.is_some()) {
        visit_target(pass, &Target::Action(used.action));
    }
    visit_steps(pass, &entry.notes);
    visit_references(pass, &entry.see);
    entry.contacts.iter().for_each(|used| pass.cite(Node::Contact(used.contact)));
    for next in &entry.otherwise {
        match next {
            Fallthrough::Contact(used) => pass.cite(Node::Contact(used.contact)),
            Fallthrough::Entry(used) => pass.cite(Node::Entry(used.entry)),
        }
    }
    entry.owner.iter().for_each(|owner| visit_prose(pass, owner));
}

fn visit_action(pass: &mut Pass<'_>, action: &Action) {
    action.title.iter().chain(&action.solved).for_each(|prose| visit_prose(pass, prose));
    visit_conditions(pass, &action.when);
    visit_steps(pass, &action.steps);
    action.finds.iter().chain(&action.recheck).for_each(|used| pass.cite(Node::Fact(used.fact)));
    action.sets.iter().for_each(|effect| pass.cite(Node::Fact(effect.fact)));
    action.then.iter().for_each(|used| pass.cite(Node::Entry(used.entry)));
    action.contacts.iter().for_each(|used| pass.cite(Node::Contact(used.contact)));
    action.after.iter().for_each(|(after, _)| visit_target(pass, &Target::Action(*after)));
    visit_references(pass, &action.see);
}

fn visit_fact(pass: &mut Pass<'_>, fact: &Fact) {
    fact.ask.iter().for_each(|ask| visit_prose(pass, ask));
    for check in &fact.checks {
        check.when.iter().for_each(|when| visit_conditions(pass, &[*when]));
        visit_steps(pass, &check.steps);
    }
    visit_conditions(pass, &fact.only_when);
    for rule in fact.derived.iter().flatten() {
        rule.when.iter().for_each(|when| visit_conditions(pass, &[*when]));
    }
    match &fact.if_unknown {
        Some(IfUnknown::Contact(used)) => pass.cite(Node::Contact(used.contact)),
        Some(IfUnknown::Entry(used)) => pass.cite(Node::Entry(used.entry)),
        Some(IfUnknown::Value(_)) | None => {}
    }
    visit_steps(pass, &fact.notes);
}

fn visit_others(pass: &mut Pass<'_>) {
    let model = pass.model;
    for (id, symptom) in model.symptoms.enumerate() {
        pass.from = Some(Node::Symptom(id));
        std::iter::once(&symptom.title).chain(&symptom.during).for_each(|prose| visit_prose(pass, prose));
        visit_steps(pass, &symptom.notes);
    }
    for (id, document) in model.documents.enumerate() {
        pass.from = Some(Node::Document(id));
        std::iter::once(&document.title).chain(&document.place).for_each(|prose| visit_prose(pass, prose));
        visit_steps(pass, &document.notes);
    }
    for (id, contact) in model.contacts.enumerate() {
        pass.from = Some(Node::Contact(id));
        let prose = [&contact.tel, &contact.mail, &contact.hours, &contact.tell];
        prose.into_iter().flatten().for_each(|prose| visit_prose(pass, prose));
        visit_steps(pass, &contact.notes);
    }
    for (id, term) in model.terms.enumerate() {
        pass.from = Some(Node::Term(id));
        term.meaning.iter().for_each(|prose| visit_prose(pass, prose));
    }
    for (id, text) in model.texts.enumerate() {
        pass.from = Some(Node::Text(id));
        text.by.iter().for_each(|used| pass.cite(Node::Fact(used.fact)));
        text.cases.iter().for_each(|case| visit_prose(pass, &case.text));
    }
}

fn visit_steps(pass: &mut Pass<'_>, steps: &[Step]) {
    for step in steps {
        match &step.kind {
            StepKind::Step(prose) | StepKind::Bullet(prose) | StepKind::Note(prose) | StepKind::Warning(prose) => {
                visit_prose(pass, prose);
            }
            StepKind::Fence { .. } => {}
            StepKind::Branches(branches) => {
                for branch in branches {
                    branch.when.iter().for_each(|when| visit_conditions(pass, &[*when]));
                    visit_steps(pass, &branch.steps);
                }
            }
            StepKind::Do(action) => visit_target(pass, &Target::Action(*action)),
            StepKind::Contact(contact) => pass.cite(Node::Contact(*contact)),
            StepKind::See(references) => visit_references(pass, references),
        }
    }
}

fn visit_prose(pass: &mut Pass<'_>, prose: &Prose) {
    visit_references(pass, &prose.refs);
}

fn visit_references(pass: &mut Pass<'_>, references: &[Reference]) {
    references.iter().for_each(|reference| visit_target(pass, &reference.target));
}

/// Who refers to an action refers to its entry.
fn visit_target(pass: &mut Pass<'_>, target: &Target) {
    match target {
        Target::Error | Target::Escape => {}
        Target::Entries(ids) => ids.iter().for_each(|id| pass.cite(Node::Entry(*id))),
        Target::Action(id) => pass.cite(Node::Entry(pass.model.actions[*id].entry)),
        Target::Symptom(id) => pass.cite(Node::Symptom(*id)),
        Target::Fact(id) => pass.cite(Node::Fact(*id)),
        Target::Document(id) => pass.cite(Node::Document(*id)),
        Target::Section(id) => pass.cite(Node::Section(*id)),
        Target::Link(id) => pass.cite(Node::Link(*id)),
        Target::Contact(id) => pass.cite(Node::Contact(*id)),
        Target::Term(id) => pass.cite(Node::Term(*id)),
        Target::Text(id) => pass.cite(Node::Text(*id)),
    }
}

fn visit_conditions(pass: &mut Pass<'_>, ids: &[ConditionId]) {
    for id in ids.iter().filter(|id| id.index() < pass.types.conditions.len()) {
        visit_meaning(pass, &pass.types.conditions[*id]);
    }
}

fn visit_meaning(pass: &mut Pass<'_>, condition: &Condition) {
    match condition {
        Condition::Error => {}
        Condition::And(parts) | Condition::Or(parts) => parts.iter().for_each(|part| visit_meaning(pass, part)),
        Condition::Not(inner) => visit_meaning(pass, inner),
        Condition::Test(fact, _) => pass.cite(Node::Fact(*fact)),
    }
}
