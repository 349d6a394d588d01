//! When an entry, and when an action, applies under a symptom. Refuses to know how that is stored or shown.

use std::collections::BTreeMap;

use rustc_hash::FxHashSet;

use super::formula::{conjunction, disjunction, negation};
use super::order::in_order;
use super::{DeclaredOrder, Meanings};
use crate::logic::Formula;
use crate::model::{ActionId, ActionUse, ConditionId, Entry, EntryId, IdVec, Model, SymptomId};

/// The entries of each symptom, and which of them keep others from being shown.
#[derive(Debug)]
pub struct Applicability {
    /// In the order in which they are shown.
    pub entries: IdVec<SymptomId, Vec<EntryId>>,
    /// What `before`, `overrides` and `order` say.
    pub order: DeclaredOrder,
    overridden_by: IdVec<EntryId, Vec<EntryId>>,
}

impl Applicability {
    pub fn new(model: &Model) -> Self {
        let mut order = DeclaredOrder::of_symptoms(model);
        let mut own: IdVec<SymptomId, Vec<EntryId>> = model.symptoms.iter().map(|_| Vec::new()).collect();
        let mut overridden_by: IdVec<EntryId, Vec<EntryId>> = model.entries.iter().map(|_| Vec::new()).collect();
        for (id, entry) in model.entries.enumerate() {
            for symptom in &entry.symptoms {
                let list = &mut own[symptom.symptom];
                if list.last() != Some(&id) {
                    list.push(id);
                }
            }
            entry.before.iter().chain(&entry.overrides).for_each(|other| order.add(id, other.entry));
            entry.overrides.iter().for_each(|other| overridden_by[other.entry].push(id));
        }
        Self { entries: in_order(&own, &order, model), order, overridden_by }
    }

    /// The entries where whose own condition holds this one is not shown, under the symptoms that they share.
    pub fn overridden_by(&self, entry: EntryId) -> &[EntryId] {
        &self.overridden_by[entry]
    }

    /// For each entry of a symptom, in order, when it applies: its own condition holds, and that of no entry of the symptom
    /// that overrides it (suppressed entries still suppress); for a fallback, and that of no entry that is none.
    pub fn conditions(&self, symptom: SymptomId, meanings: &Meanings<'_>) -> Vec<(EntryId, Formula)> {
        let entries = &self.entries[symptom];
        let members: FxHashSet<EntryId> = entries.iter().copied().collect();
        let is_member = |id: &EntryId| members.contains(id);
        entries.iter().map(|id| (*id, self.applies(*id, entries, is_member, meanings))).collect()
    }

    /// The same for one of its entries.
    pub fn condition(&self, symptom: SymptomId, entry: EntryId, meanings: &Meanings<'_>) -> Formula {
        let entries = &self.entries[symptom];
        self.applies(entry, entries, |id| entries.contains(id), meanings)
    }

    fn applies(
        &self,
        id: EntryId,
        entries: &[EntryId],
        is_member: impl Fn(&EntryId) -> bool,
        meanings: &Meanings<'_>,
    ) -> Formula {
        let overriding = self.overridden_by[id].iter().copied().filter(is_member);
        let is_fallback = |id: EntryId| meanings.model.entries[id].fallback;
        let fallback = is_fallback(id);
        let regular = entries.iter().copied().filter(|other| fallback && !is_fallback(*other));
        let silent = overriding.chain(regular).map(|other| negation(meanings.own(other).clone()));
        conjunction([meanings.own(id).clone()].into_iter().chain(silent))
    }

    /// For each action of a symptom's entries when it applies: one of the entries that offer it applies, and its guards
    /// hold. `entries` is what [`Applicability::conditions`] gave.
    pub fn actions(&self, entries: &[(EntryId, Formula)], meanings: &Meanings<'_>) -> BTreeMap<ActionId, Formula> {
        let model = meanings.model;
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
pub fn offer_guard(entry: EntryId, offered: &ActionUse, model: &Model, meanings: &Meanings<'_>) -> Formula {
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
    meanings: &Meanings<'_>,
    offers: &mut BTreeMap<ActionId, Vec<Formula>>,
) {
    let mut open = vec![(action, guard)];
    while let Some((id, guard)) = open.pop() {
        let holds = conjunction([guard, meanings.all(&model.actions[id].when)]);
        open.extend(model.actions[id].alternatives.iter().map(|alternative| (*alternative, holds.clone())));
        offers.entry(id).or_default().push(holds);
    }
}
