//! When an entry, and when an action, applies under a symptom. Refuses to know how that is stored or shown.

use std::collections::BTreeMap;

use rustc_hash::FxHashSet;

use super::formula::{conjunction, disjunction, negation};
use super::{Meanings, entries_by_symptom};
use crate::logic::Formula;
use crate::model::{ActionId, ActionUse, ConditionId, Entry, EntryId, IdVec, Model, SymptomId};

/// The entries of each symptom and when they apply.
#[derive(Debug)]
pub struct Applicability {
    /// In the order in which they are shown.
    pub entries: IdVec<SymptomId, Vec<EntryId>>,
    own: IdVec<EntryId, Formula>,
    overridden_by: IdVec<EntryId, Vec<EntryId>>,
}

impl Applicability {
    pub fn new(model: &Model, meanings: &Meanings) -> Self {
        let own = model.entries.iter().map(|entry| meanings.all(&entry.when)).collect();
        let mut overridden_by: IdVec<EntryId, Vec<EntryId>> = model.entries.iter().map(|_| Vec::new()).collect();
        for (id, entry) in model.entries.enumerate() {
            entry.overrides.iter().for_each(|other| overridden_by[other.entry].push(id));
        }
        Self { entries: entries_by_symptom(model), own, overridden_by }
    }

    /// The entry's own condition.
    pub fn own(&self, entry: EntryId) -> &Formula {
        &self.own[entry]
    }

    /// The entries where whose own condition holds this one is not shown, under the symptoms that they share.
    pub fn overridden_by(&self, entry: EntryId) -> &[EntryId] {
        &self.overridden_by[entry]
    }

    /// For each entry of a symptom, in order, when it applies: its own condition holds, and that of no entry of the symptom
    /// that overrides it (suppressed entries still suppress); for a fallback, and that of no entry that is none.
    pub fn conditions(&self, symptom: SymptomId, model: &Model) -> Vec<(EntryId, Formula)> {
        let entries = &self.entries[symptom];
        let members: FxHashSet<EntryId> = entries.iter().copied().collect();
        let is_member = |id: &EntryId| members.contains(id);
        entries.iter().map(|id| (*id, self.applies(*id, entries, is_member, model))).collect()
    }

    /// The same for one of its entries.
    pub fn condition(&self, symptom: SymptomId, entry: EntryId, model: &Model) -> Formula {
        let entries = &self.entries[symptom];
        self.applies(entry, entries, |id| entries.contains(id), model)
    }

    fn applies(
        &self,
        id: EntryId,
        entries: &[EntryId],
        is_member: impl Fn(&EntryId) -> bool,
        model: &Model,
    ) -> Formula {
        let overriding = self.overridden_by[id].iter().copied().filter(is_member);
        let fallback = model.entries[id].fallback;
        let regular = entries.iter().copied().filter(|other| fallback && !model.entries[*other].fallback);
        let silent = overriding.chain(regular).map(|other| negation(self.own[other].clone()));
        conjunction([self.own[id].clone()].into_iter().chain(silent))
    }

    /// For each action of a symptom's entries when it applies: one of the entries that offer it applies, and its guards
    /// hold. `entries` is what [`Applicability::conditions`] gave.
    pub fn actions(
        &self,
        entries: &[(EntryId, Formula)],
        model: &Model,
        meanings: &Meanings,
    ) -> BTreeMap<ActionId, Formula> {
        let mut offers: BTreeMap<ActionId, Vec<Formula>> = BTreeMap::new();
        for (id, applies) in entries {
            for offered in &model.entries[*id].actions {
                let guard = conjunction([applies.clone(), offer_guard(*id, offered, model, meanings)]);
                offer(offered.action, guard, model, meanings, &mut offers);
            }
        }
        offers.into_iter().map(|(id, formulas)| (id, disjunction(formulas))).collect()
    }
}

/// What the place where an action is offered asks for: the cause's conditions there, and for an alternative that is reused by
/// itself the guards of the actions it is an alternative of.
pub fn offer_guard(entry: EntryId, offered: &ActionUse, model: &Model, meanings: &Meanings) -> Formula {
    meanings.all(&offer_guards(&model.entries[entry], offered, model))
}

/// The same as conditions.
pub fn offer_guards(entry: &Entry, offered: &ActionUse, model: &Model) -> Vec<ConditionId> {
    let cause = offered.cause.and_then(|cause| entry.causes.get(cause));
    let mut guards = cause.map_or(Vec::new(), |cause| cause.when.clone());
    let mut above = model.actions[offered.action].parent;
    while let Some(parent) = above {
        guards.extend(&model.actions[parent].when);
        above = model.actions[parent].parent;
    }
    guards
}

/// The action and all its alternatives.
fn offer(
    action: ActionId,
    guard: Formula,
    model: &Model,
    meanings: &Meanings,
    offers: &mut BTreeMap<ActionId, Vec<Formula>>,
) {
    let mut open = vec![(action, guard)];
    while let Some((id, guard)) = open.pop() {
        let holds = conjunction([guard, meanings.all(&model.actions[id].when)]);
        open.extend(model.actions[id].alternatives.iter().map(|alternative| (*alternative, holds.clone())));
        offers.entry(id).or_default().push(holds);
    }
}
