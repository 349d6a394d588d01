//! What [`super::super::extract`] reads of a symptom, as a hash, entry by entry. Refuses to take anything out of the model.
//!
//! Entries and actions go by how far away they are, so that the keys of others stay when one is added before them.

use rustc_hash::FxHashSet;

use super::Key;
use crate::analysis::Context;
use crate::analysis::extract::{HANDED_OVER, compares_texts, targets};
use crate::analysis::site::condition_place;
use crate::domain::{offer_guards, tier, tiers};
use crate::logic::{Values, Var};
use crate::model::{
    Action, ActionId, ActionUse, Branch, Entry, EntryId, Fallthrough, Id, IdVec, Step, StepKind, SymptomId, Target,
};
use crate::prose;

/// Of each entry what a symptom's problem takes from it but the texts.
pub(in crate::analysis) struct EntryKeys {
    entries: IdVec<EntryId, u64>,
    /// The first action that each entry offers, from which the others are counted.
    firsts: IdVec<EntryId, usize>,
    /// Of the contacts' titles.
    contacts: u64,
}

impl EntryKeys {
    pub(in crate::analysis) fn new(cx: &Context<'_>) -> Self {
        let entries = cx.model.entries.enumerate().map(|(id, entry)| entry_key(id, entry, cx)).collect();
        let title = |id| prose::title(&Target::Contact(id), cx.model, cx.sources);
        let titles: Vec<String> = cx.model.contacts.ids().map(title).collect();
        let firsts = cx.model.entries.iter().map(first_action).collect();
        Self { entries, firsts, contacts: cx.keys.key("contacts").with(titles).finish() }
    }

    /// `None` where it matters how texts read, or where hand-overs lead too far.
    pub(in crate::analysis) fn of_symptom(&self, symptom: SymptomId, cx: &Context<'_>) -> Option<u64> {
        let listed = &cx.applicability.entries[symptom];
        let followers = cx.order.followers(listed);
        let policy = cx.model.symptoms[symptom].policy;
        if compares_texts(&followers, policy) {
            return None;
        }
        let tiers = tiers(symptom, cx.model);
        let mut key = cx.keys.key("symptom").with((policy, listed.len(), followers, self.contacts));
        for id in listed {
            let overriding = cx.applicability.overridden_by(*id).iter();
            let overriding: Vec<usize> = overriding.map(|other| away(*other, *id)).collect();
            key.add((tier(*id, &tiers, cx.model), overriding));
        }
        let around = closure(listed, cx)?;
        if let Some(first) = around.first().copied() {
            for id in around {
                let actions = self.firsts[id].wrapping_sub(self.firsts[first]);
                key.add((away(id, first), actions, self.entries[id]));
            }
        }
        Some(key.finish())
    }
}

/// The entries, and all that they lead to; `None` when they lead too far.
fn closure(listed: &[EntryId], cx: &Context<'_>) -> Option<Vec<EntryId>> {
    if listed.iter().all(|id| cx.hand_overs[*id].is_empty()) {
        return Some(listed.to_vec());
    }
    let mut found = listed.to_vec();
    let mut seen: FxHashSet<EntryId> = listed.iter().copied().collect();
    let mut next = 0;
    while let Some(id) = found.get(next).copied() {
        found.extend(cx.hand_overs[id].iter().copied().filter(|target| seen.insert(*target)));
        next += 1;
        if found.len() - listed.len() > HANDED_OVER {
            return None;
        }
    }
    Some(found)
}

/// How far one comes after another.
fn away<I: Id>(one: I, other: I) -> usize {
    one.index().wrapping_sub(other.index())
}

fn first_action(entry: &Entry) -> usize {
    entry.actions.first().map_or(0, |offered| offered.action.index())
}

fn entry_key(id: EntryId, entry: &Entry, cx: &Context<'_>) -> u64 {
    let is_meant = cx.meant.covers(condition_place(id, cx));
    let mut key = cx.keys.key("entry").conditions(&entry.when);
    key = key.with((entry.fallback, entry.weight.is_some(), is_meant, entry.symptoms.is_empty()));
    for used in &entry.contacts {
        key = key.with(used.contact);
    }
    key = steps(key.with("notes"), &entry.notes, cx);
    for fallthrough in &entry.otherwise {
        key = match fallthrough {
            Fallthrough::Contact(_) => key.with("contact"),
            Fallthrough::Entry(used) => key.with(away(used.entry, id)),
        };
    }
    entry.actions.iter().fold(key, |key, offered| offer(key, id, entry, offered, cx)).finish()
}

/// An action where it is offered, and its alternatives.
fn offer<'k>(key: Key<'k>, id: EntryId, entry: &Entry, offered: &ActionUse, cx: &Context<'_>) -> Key<'k> {
    let model = cx.model;
    let mut key = key.with("offer").conditions(&offer_guards(entry, offered, model));
    let parent = |id: &ActionId| model.actions[*id].parent;
    for above in std::iter::successors(parent(&offered.action), parent) {
        key = sequel(key, id, &model.actions[above], cx);
    }
    let mut open = vec![offered.action];
    while let Some(action) = open.pop() {
        let declared = &model.actions[action];
        let number = action.index().wrapping_sub(first_action(entry));
        key = key.with((number, declared.alternatives.len())).conditions(&declared.when);
        key = key.with((declared.likely.is_some(), declared.finds.is_empty(), declared.contacts.is_empty()));
        key = steps(sequel(key, id, declared, cx), &declared.steps, cx);
        open.extend(&declared.alternatives);
    }
    key
}

/// What follows when an action is done.
fn sequel<'k>(mut key: Key<'k>, offering: EntryId, action: &Action, cx: &Context<'_>) -> Key<'k> {
    for effect in &action.sets {
        let test = cx.types.values.get(&effect.value.span);
        let assigned: Option<(Var, Values)> = test.and_then(|test| cx.domain.cells_where(effect.fact, test));
        key = key.with(assigned);
    }
    for used in &action.recheck {
        cx.domain.vars(used.fact).for_each(|var| key.add((var, cx.domain.space.size(var))));
    }
    let then: Vec<usize> = targets(action, offering).map(|target| away(target, offering)).collect();
    key.with((action.sets.len(), action.recheck.len(), then))
}

/// Where steps send to a contact.
fn steps<'k>(mut key: Key<'k>, steps: &[Step], cx: &Context<'_>) -> Key<'k> {
    for step in steps {
        key = match &step.kind {
            StepKind::Contact(_) => key.with("contact"),
            StepKind::Do(action) => self::steps(key.with("do"), &cx.model.actions[*action].steps, cx),
            StepKind::Branches(branches) => branches.iter().fold(key.with("branches"), |key, it| branch(key, it, cx)),
            StepKind::Step(_)
            | StepKind::Bullet(_)
            | StepKind::Note(_)
            | StepKind::Warning(_)
            | StepKind::Fence { .. }
            | StepKind::See(_) => key,
        };
    }
    key.with("end")
}

fn branch<'k>(key: Key<'k>, branch: &Branch, cx: &Context<'_>) -> Key<'k> {
    steps(key.conditions(&branch.when), &branch.steps, cx)
}
