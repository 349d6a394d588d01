//! Entries: everything but their actions.

use crate::ast::{self, ActionRef, EntryRef, EntryTarget, Name};
use crate::diag::{Code, Diagnostic};
use crate::model::{
    ActionId, ActionUse, Cause, ContactId, Entry, EntryId, Fallthrough, IdVec, Kind, SymptomUse, fold_name,
};
use crate::source::Span;

use super::earlier::{is_unchanged, next_entry};
use super::prose::{resolve_optional, resolve_prose, resolve_references, resolve_steps, resolve_title};
use super::symptom::check_title;
use super::{Context, category, lookup};

/// An entry before its references are looked up.
pub(super) struct EntrySeed<'t> {
    pub ast: &'t ast::Entry,
    /// The symptoms it words in place.
    pub symptoms: Vec<SymptomUse>,
    /// In the order written.
    pub actions: Vec<PlacedAction<'t>>,
}

/// An action at its place in an entry.
pub(super) struct PlacedAction<'t> {
    pub cause: Option<usize>,
    pub action: OwnOrReused<'t>,
}

pub(super) enum OwnOrReused<'t> {
    Own(ActionId),
    /// With the number of its place.
    Reused(&'t ActionRef, String),
}

impl<'t> EntrySeed<'t> {
    pub fn new(ast: &'t ast::Entry) -> Self {
        Self { ast, symptoms: Vec::new(), actions: Vec::new() }
    }
}

pub(super) fn resolve_entries(cx: &mut Context, mut entries: IdVec<EntryId, EntrySeed<'_>>) {
    let ids: Vec<EntryId> = entries.ids().collect();
    let headers: Vec<Span> = entries.iter().map(|seed| seed.ast.span).collect();
    for (seed, next) in entries.iter().zip(1..) {
        if !is_unchanged(cx, seed.ast.span.file) {
            check_content(cx, seed, headers.get(next).copied());
        }
    }
    let actions: Vec<_> = ids.iter().map(|id| place_actions(cx, *id, &mut entries[*id])).collect();
    for ((id, seed), actions) in ids.into_iter().zip(entries).zip(actions) {
        cx.entry = Some(id);
        let entry = match next_entry(cx) {
            Some(known) => Entry { category: category::resolve_path(cx, &seed.ast.category), ..known },
            None => resolve_entry(cx, seed, actions),
        };
        cx.model.entries.push(entry);
    }
    cx.entry = None;
}

/// Looks the reused actions up, and lets them be referred to by the number of their place.
fn place_actions(cx: &mut Context, entry: EntryId, seed: &mut EntrySeed<'_>) -> Vec<ActionUse> {
    cx.entry = Some(entry);
    let mut uses = Vec::with_capacity(seed.actions.len());
    for placed in std::mem::take(&mut seed.actions) {
        let cause = placed.cause;
        match placed.action {
            OwnOrReused::Own(action) => uses.push(ActionUse { action, reused: None, cause }),
            OwnOrReused::Reused(reference, number) => {
                let Some(action) = lookup::find_action(cx, reference) else { continue };
                cx.model.names.actions.entry((entry, number)).or_insert(action);
                uses.push(ActionUse { action, reused: Some(reference.span), cause });
            }
        }
    }
    uses
}

fn resolve_entry(cx: &mut Context, seed: EntrySeed<'_>, actions: Vec<ActionUse>) -> Entry {
    let EntrySeed { ast: entry, mut symptoms, .. } = seed;
    let first_condition = cx.model.conditions.len();
    symptoms.extend(named_symptoms(entry).filter_map(|name| lookup::find_symptom(cx, name)));
    symptoms.sort_by_key(|used| used.span.start);
    let mut entry = Entry {
        id: cx.id(entry.name),
        name: entry.name.span,
        span: entry.span,
        title: resolve_title(cx, entry.title.as_ref(), entry.name),
        number: entry.number.map(|number| number.value),
        formerly: cx.ids(&entry.formerly),
        category: category::resolve_path(cx, &entry.category),
        symptoms,
        when: cx.conditions(&entry.when),
        fallback: entry.fallback.is_some(),
        before: lookup::find_entries(cx, &entry.before),
        overrides: lookup::find_entries(cx, &entry.overrides),
        causes: entry.causes.iter().map(|cause| resolve_cause(cx, cause)).collect(),
        actions,
        notes: resolve_steps(cx, &entry.notes),
        see: resolve_references(cx, &entry.see),
        contacts: lookup::find_contacts(cx, &entry.contacts),
        otherwise: entry.otherwise.iter().filter_map(|next| resolve_fallthrough(cx, next)).collect(),
        weight: entry.weight.map(|weight| weight.value),
        review: entry.review.map(|day| day.value),
        updated: entry.updated.map(|day| day.value),
        owner: resolve_optional(cx, entry.owner.as_ref()),
        conditions: 0..0,
    };
    entry.conditions = first_condition..cx.model.conditions.len();
    entry
}

/// The symptoms that an entry does not word itself.
fn named_symptoms(entry: &ast::Entry) -> impl Iterator<Item = Name> {
    entry.symptoms.iter().filter_map(|used| match used {
        ast::SymptomUse::Named(name) => Some(*name),
        ast::SymptomUse::InPlace { .. } => None,
    })
}

/// An entry tells the reader something, about some symptom. One with broken lines may well have what seems missing.
fn check_content(cx: &mut Context, seed: &EntrySeed<'_>, next: Option<Span>) {
    let entry = seed.ast;
    check_title(cx, Kind::Entry, entry.name, entry.title.as_ref());
    let end = next.filter(|next| next.file == entry.span.file).map_or(u32::MAX, |next| next.start);
    if cx.is_broken(entry.span, end) {
        return;
    }
    let name = cx.text(entry.name.span);
    if is_silent(seed) {
        let finding = Diagnostic::at(Code::EmptyEntry, entry.name.span).text("name", name);
        finding.help("action").push_to(cx.diagnostics);
    }
}

fn is_silent(seed: &EntrySeed<'_>) -> bool {
    let entry = seed.ast;
    let nothing_done = seed.actions.is_empty() && entry.contacts.is_empty() && entry.otherwise.is_empty();
    nothing_done && entry.notes.is_empty() && entry.see.is_empty() && entry.causes.is_empty()
}

fn resolve_cause(cx: &mut Context, cause: &ast::Cause) -> Cause {
    Cause {
        span: cause.span,
        title: resolve_prose(cx, &cause.title),
        when: cx.conditions(&cause.when),
        notes: resolve_steps(cx, &cause.notes),
        see: resolve_references(cx, &cause.see),
    }
}

/// Whether a name without `contact` before it can only be a contact's.
fn is_contact(cx: &Context, name: Name) -> bool {
    let folded = fold_name(cx.text(name.span));
    cx.model.names.find::<EntryId>(&folded).is_none() && cx.model.names.find::<ContactId>(&folded).is_some()
}

fn resolve_fallthrough(cx: &mut Context, next: &ast::Fallthrough) -> Option<Fallthrough> {
    match next {
        ast::Fallthrough::Contact(name) => lookup::find_contact(cx, *name).map(Fallthrough::Contact),
        ast::Fallthrough::Entry(EntryRef { target: EntryTarget::Name(name), .. }) if is_contact(cx, *name) => {
            lookup::find_contact(cx, *name).map(Fallthrough::Contact)
        }
        ast::Fallthrough::Entry(entry) => {
            let found = lookup::find_entry(cx, entry)?;
            lookup::note_self(cx, found.span, found.entry, false);
            Some(Fallthrough::Entry(found))
        }
    }
}
