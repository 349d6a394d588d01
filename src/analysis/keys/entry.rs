//! What the analyses read of an entry, as a hash. Refuses to take anything out of the model.
//!
//! Entries and actions go by how far away they are, so that the keys of others stay when one is added before them.

use std::hash::Hash;

use rustc_hash::{FxHashMap, FxHashSet};

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

/// Of each entry, with the actions that it offers, all that proofs take from it but the texts.
pub(in crate::analysis) struct EntryKeys {
    entries: IdVec<EntryId, u64>,
    /// The first action that each entry offers, from which the others are counted.
    firsts: IdVec<EntryId, usize>,
    /// Of each entry those that it leads to.
    pub(in crate::analysis) hand_overs: IdVec<EntryId, Vec<EntryId>>,
    /// The entries that offer or include an action of another one.
    borrowers: FxHashMap<EntryId, Vec<EntryId>>,
    /// Of the contacts' titles.
    contacts: u64,
}

impl EntryKeys {
    pub(in crate::analysis) fn new(cx: &Context<'_>) -> Self {
        let mut borrowers: FxHashMap<EntryId, Vec<EntryId>> = FxHashMap::default();
        let (mut entries, mut hand_overs, mut firsts) = (IdVec::default(), IdVec::default(), IdVec::default());
        for (id, entry) in cx.model.entries.enumerate() {
            let key = cx.keys.key("entry");
            let mut reading = Reading { cx, id, entry, key, lenders: Vec::new(), targets: Vec::new() };
            reading.entry();
            entries.push(reading.key.finish());
            hand_overs.push(reading.targets);
            firsts.push(first_action(entry));
            reading.lenders.into_iter().for_each(|lender| borrowers.entry(lender).or_default().push(id));
        }
        let title = |id| prose::title(&Target::Contact(id), cx.model, cx.sources);
        let titles: Vec<String> = cx.model.contacts.ids().map(title).collect();
        Self { entries, firsts, hand_overs, borrowers, contacts: cx.keys.key("contacts").with(titles).finish() }
    }

    /// Of all that an entry and its actions say by themselves.
    pub(in crate::analysis) fn of(&self, entry: EntryId) -> u64 {
        self.entries[entry]
    }

    /// The keys of all entries.
    pub(in crate::analysis) fn all(&self) -> impl Iterator<Item = u64> {
        self.entries.iter().copied()
    }

    /// Of that, and of what stands around its actions in other entries.
    pub(in crate::analysis) fn of_surrounded<'k>(&self, entry: EntryId, key: Key<'k>) -> Key<'k> {
        self.borrowers(entry)
            .iter()
            .fold(key.with(self.entries[entry]), |key, borrower| key.with(self.entries[*borrower]))
    }

    /// The entries that offer or include an action of this one.
    pub(in crate::analysis) fn borrowers(&self, entry: EntryId) -> &[EntryId] {
        self.borrowers.get(&entry).map_or(&[], Vec::as_slice)
    }

    /// `None` where it matters how texts read, or where hand-overs lead too far.
    pub(in crate::analysis) fn of_symptom(&self, symptom: SymptomId, cx: &Context<'_>) -> Option<u64> {
        let listed = &cx.applicability.entries[symptom];
        let followers = cx.applicability.order.followers(listed);
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
        let around = self.closure(listed)?;
        if let Some(first) = around.first().copied() {
            for id in around {
                let actions = self.firsts[id].wrapping_sub(self.firsts[first]);
                key.add((away(id, first), actions, self.entries[id]));
            }
        }
        Some(key.finish())
    }

    /// The entries, and all that they lead to; `None` when they lead too far.
    fn closure(&self, listed: &[EntryId]) -> Option<Vec<EntryId>> {
        if listed.iter().all(|id| self.hand_overs[*id].is_empty()) {
            return Some(listed.to_vec());
        }
        let mut found = listed.to_vec();
        let mut seen: FxHashSet<EntryId> = listed.iter().copied().collect();
        let mut next = 0;
        while let Some(id) = found.get(next).copied() {
            found.extend(self.hand_overs[id].iter().copied().filter(|target| seen.insert(*target)));
            next += 1;
            if found.len() - listed.len() > HANDED_OVER {
                return None;
            }
        }
        Some(found)
    }
}

/// How far one comes after another.
fn away<I: Id>(one: I, other: I) -> usize {
    one.index().wrapping_sub(other.index())
}

fn first_action(entry: &Entry) -> usize {
    entry.actions.first().map_or(0, |offered| offered.action.index())
}

/// An entry while it is read.
struct Reading<'a> {
    cx: &'a Context<'a>,
    id: EntryId,
    entry: &'a Entry,
    key: Key<'a>,
    /// The other entries whose actions are met.
    lenders: Vec<EntryId>,
    /// The entries that it leads to.
    targets: Vec<EntryId>,
}

impl<'a> Reading<'a> {
    fn add(&mut self, value: impl Hash) {
        self.key.add(value);
    }

    fn entry(&mut self) {
        let Self { cx, id, entry, .. } = *self;
        let is_meant = !cx.meant.is_empty() && cx.meant.covers(condition_place(id, cx));
        self.key.add_conditions(&entry.when);
        self.add((entry.fallback, entry.weight.is_some(), is_meant, entry.symptoms.is_empty()));
        entry.contacts.iter().for_each(|used| self.add(used.contact));
        self.steps(&entry.notes);
        for cause in &entry.causes {
            self.key.add_conditions(&cause.when);
            self.steps(&cause.notes);
        }
        for fallthrough in &entry.otherwise {
            match fallthrough {
                Fallthrough::Contact(_) => self.add("contact"),
                Fallthrough::Entry(used) => self.lead_to(used.entry),
            }
        }
        entry.actions.iter().for_each(|offered| self.offer(offered));
    }

    /// An action where it is offered, and its alternatives.
    fn offer(&mut self, offered: &ActionUse) {
        let model = self.cx.model;
        self.add("offer");
        self.key.add_conditions(&offer_guards(self.entry, offered, model));
        let parent = |id: &ActionId| model.actions[*id].parent;
        for above in std::iter::successors(parent(&offered.action), parent) {
            self.sequel(&model.actions[above]);
        }
        let mut open = vec![offered.action];
        while let Some(action) = open.pop() {
            self.action(action);
            open.extend(&model.actions[action].alternatives);
        }
    }

    fn action(&mut self, id: ActionId) {
        let declared = &self.cx.model.actions[id];
        self.borrow(declared);
        let number = id.index().wrapping_sub(first_action(self.entry));
        self.add((number, declared.alternatives.len()));
        self.key.add_conditions(&declared.when);
        self.add((declared.likely.is_some(), declared.finds.is_empty(), declared.contacts.is_empty()));
        self.sequel(declared);
        self.steps(&declared.steps);
    }

    fn borrow(&mut self, action: &Action) {
        if action.entry != self.id && !self.lenders.contains(&action.entry) {
            self.lenders.push(action.entry);
        }
    }

    /// What follows when an action is done.
    fn sequel(&mut self, action: &Action) {
        let Self { cx, id, .. } = *self;
        for effect in &action.sets {
            let test = cx.types.values.get(&effect.value.span);
            let assigned: Option<(Var, Values)> = test.and_then(|test| cx.domain.cells_where(effect.fact, test));
            self.add(assigned);
        }
        for used in &action.recheck {
            cx.domain.vars(used.fact).for_each(|var| self.add((var, cx.domain.space.size(var))));
        }
        self.add((action.sets.len(), action.recheck.len()));
        targets(action, id).for_each(|target| self.lead_to(target));
        self.add("then");
    }

    fn lead_to(&mut self, target: EntryId) {
        self.add(away(target, self.id));
        self.targets.push(target);
    }

    /// The conditions among steps, and where these send to a contact.
    fn steps(&mut self, steps: &[Step]) {
        for step in steps {
            match &step.kind {
                StepKind::Contact(_) => self.add("contact"),
                StepKind::Do(action) => {
                    let included = &self.cx.model.actions[*action];
                    self.add(("do", action.index().wrapping_sub(first_action(self.entry))));
                    self.borrow(included);
                    self.steps(&included.steps);
                }
                StepKind::Branches(branches) => {
                    self.add("branches");
                    branches.iter().for_each(|it| self.branch(it));
                }
                StepKind::Step(_)
                | StepKind::Bullet(_)
                | StepKind::Note(_)
                | StepKind::Warning(_)
                | StepKind::Fence { .. }
                | StepKind::See(_) => {}
            }
        }
        self.add("end");
    }

    fn branch(&mut self, branch: &Branch) {
        self.key.add_conditions(&branch.when);
        self.steps(&branch.steps);
    }
}
