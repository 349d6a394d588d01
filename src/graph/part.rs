//! Visits everything written inside the declarations of a knowledge base that may speak of something else.

use super::Node;
use crate::model::{
    Action, ActionId, ConditionId, ContactId, ContactUse, Entry, EntryId, Fact, FactId, Model, Prose, Reference, Step,
    StepKind, Symptom, SymptomId, Type, ValueDecl,
};
use crate::source::Span;

/// Where a part stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    pub node: Node,
    pub action: Option<ActionId>,
}

/// Something written in a declaration.
#[derive(Clone, Copy, Debug)]
pub enum Part<'a> {
    /// What the declaration, or an action of it, is called.
    Title(&'a Prose),
    Prose(&'a Prose),
    /// Text without references: labels, messages, wordings, fences.
    Words(Span),
    /// `see`.
    References(&'a [Reference]),
    Condition(ConditionId),
    Do(ActionId, Span),
    Contact(ContactId, Span),
}

/// Visits all parts of all declarations: a declaration's own together, in the order of the model's tables.
pub fn visit_parts<'a>(model: &'a Model, visit: &mut impl FnMut(Place, Part<'a>)) {
    for (id, entry) in model.entries.enumerate() {
        visit_entry(id, entry, visit);
    }
    for (id, action) in model.actions.enumerate() {
        visit_action(Place { node: action.entry.into(), action: Some(id) }, action, visit);
    }
    for (id, symptom) in model.symptoms.enumerate() {
        visit_symptom(id, symptom, visit);
    }
    for (id, fact) in model.facts.enumerate() {
        visit_fact(id, fact, visit);
    }
    visit_documents(model, visit);
    visit_contacts(model, visit);
    visit_words(model, visit);
}

fn of(node: impl Into<Node>) -> Place {
    Place { node: node.into(), action: None }
}

fn visit_entry<'a>(id: EntryId, entry: &'a Entry, visit: &mut impl FnMut(Place, Part<'a>)) {
    let place = of(id);
    visit(place, Part::Title(&entry.title));
    visit_conditions(place, &entry.when, visit);
    for cause in &entry.causes {
        visit(place, Part::Prose(&cause.title));
        visit_conditions(place, &cause.when, visit);
        visit_steps(place, &cause.notes, visit);
        visit(place, Part::References(&cause.see));
    }
    visit_steps(place, &entry.notes, visit);
    visit(place, Part::References(&entry.see));
    visit_contact_uses(place, &entry.contacts, visit);
    visit_prose(place, [&entry.owner], visit);
}

fn visit_action<'a>(place: Place, action: &'a Action, visit: &mut impl FnMut(Place, Part<'a>)) {
    if let Some(title) = &action.title {
        visit(place, Part::Title(title));
    }
    visit_conditions(place, &action.when, visit);
    visit_steps(place, &action.steps, visit);
    visit_contact_uses(place, &action.contacts, visit);
    visit(place, Part::References(&action.see));
    visit_prose(place, [&action.solved], visit);
}

fn visit_symptom<'a>(id: SymptomId, symptom: &'a Symptom, visit: &mut impl FnMut(Place, Part<'a>)) {
    let place = of(id);
    visit(place, Part::Title(&symptom.title));
    visit_spans(place, symptom.messages.iter().flat_map(|message| &message.lines), visit);
    visit_prose(place, [&symptom.during], visit);
    visit_spans(place, &symptom.also, visit);
    visit_steps(place, &symptom.notes, visit);
}

fn visit_fact<'a>(id: FactId, fact: &'a Fact, visit: &mut impl FnMut(Place, Part<'a>)) {
    let place = of(id);
    visit_spans(place, &fact.label, visit);
    visit_spans(place, values(&fact.ty).iter().filter_map(|value| value.label.as_ref()), visit);
    visit_conditions(place, fact.derived.iter().flatten().filter_map(|rule| rule.when.as_ref()), visit);
    visit_prose(place, [&fact.ask], visit);
    for check in &fact.checks {
        visit_conditions(place, &check.when, visit);
        visit_steps(place, &check.steps, visit);
    }
    visit_spans(place, fact.shows.iter().map(|shows| &shows.text), visit);
    visit_conditions(place, &fact.only_when, visit);
    visit_steps(place, &fact.notes, visit);
}

fn values(ty: &Type) -> &[ValueDecl] {
    match ty {
        Type::OneOf { values, .. } | Type::AnyOf { values } => values,
        Type::Error | Type::YesNo | Type::Number { .. } | Type::Version | Type::Date => &[],
    }
}

fn visit_documents<'a>(model: &'a Model, visit: &mut impl FnMut(Place, Part<'a>)) {
    for (id, document) in model.documents.enumerate() {
        visit(of(id), Part::Title(&document.title));
        visit_prose(of(id), [&document.place], visit);
        visit_steps(of(id), &document.notes, visit);
    }
    for (id, section) in model.sections.enumerate() {
        visit_spans(of(id), &section.title, visit);
    }
    for (id, link) in model.links.enumerate() {
        visit(of(id), Part::Title(&link.title));
    }
}

fn visit_contacts<'a>(model: &'a Model, visit: &mut impl FnMut(Place, Part<'a>)) {
    for (id, contact) in model.contacts.enumerate() {
        visit(of(id), Part::Title(&contact.title));
        visit_prose(of(id), [&contact.tel, &contact.mail, &contact.hours, &contact.tell], visit);
        visit_steps(of(id), &contact.notes, visit);
    }
}

fn visit_words<'a>(model: &'a Model, visit: &mut impl FnMut(Place, Part<'a>)) {
    for (id, term) in model.terms.enumerate() {
        visit_prose(of(id), [&term.meaning, &term.reading], visit);
    }
    for (id, text) in model.texts.enumerate() {
        for case in &text.cases {
            visit(of(id), Part::Prose(&case.text));
        }
    }
}

fn visit_steps<'a>(place: Place, steps: &'a [Step], visit: &mut impl FnMut(Place, Part<'a>)) {
    for step in steps {
        match &step.kind {
            StepKind::Step(prose) | StepKind::Bullet(prose) | StepKind::Note(prose) | StepKind::Warning(prose) => {
                visit(place, Part::Prose(prose));
            }
            StepKind::Fence { lines, .. } => visit_spans(place, lines, visit),
            StepKind::Branches(branches) => {
                for branch in branches {
                    visit_conditions(place, &branch.when, visit);
                    visit_steps(place, &branch.steps, visit);
                }
            }
            StepKind::Do(action) => visit(place, Part::Do(*action, step.span)),
            StepKind::Contact(contact) => visit(place, Part::Contact(*contact, step.span)),
            StepKind::See(references) => visit(place, Part::References(references)),
        }
    }
}

fn visit_conditions<'a, 'b>(
    place: Place,
    conditions: impl IntoIterator<Item = &'b ConditionId>,
    visit: &mut impl FnMut(Place, Part<'a>),
) {
    conditions.into_iter().for_each(|id| visit(place, Part::Condition(*id)));
}

fn visit_contact_uses<'a>(place: Place, contacts: &[ContactUse], visit: &mut impl FnMut(Place, Part<'a>)) {
    contacts.iter().for_each(|used| visit(place, Part::Contact(used.contact, used.span)));
}

fn visit_prose<'a, const N: usize>(
    place: Place,
    texts: [&'a Option<Prose>; N],
    visit: &mut impl FnMut(Place, Part<'a>),
) {
    texts.into_iter().flatten().for_each(|prose| visit(place, Part::Prose(prose)));
}

fn visit_spans<'a, 'b>(
    place: Place,
    spans: impl IntoIterator<Item = &'b Span>,
    visit: &mut impl FnMut(Place, Part<'a>),
) {
    spans.into_iter().for_each(|span| visit(place, Part::Words(*span)));
}
