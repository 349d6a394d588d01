//! Which entries a symptom has, and in which order. Refuses to know when they apply.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};

use rustc_hash::{FxHashMap, FxHashSet};

use crate::model::{EntryId, Id, IdVec, Model, SymptomId};

/// For each symptom its entries, in the order in which they are shown.
///
/// Its `own` ones, which name it, come first as written, then those of the symptoms it is the same as, then those of what it
/// is a kind of, each once. `before`, `overrides` and the symptoms' `order` lists sort them, transitively and also through entries of other
/// symptoms; what they leave open stays as it was (Kahn's algorithm, the earliest place first). Entries on a cycle, which
/// is reported elsewhere, keep their places at the end.
pub(super) fn in_order(
    own: &IdVec<SymptomId, Vec<EntryId>>,
    order: &DeclaredOrder,
    model: &Model,
) -> IdVec<SymptomId, Vec<EntryId>> {
    model.symptoms.ids().map(|id| sorted(inherited(id, model, own), order)).collect()
}

/// What `before`, `overrides` and the symptoms' `order` lists say of any two entries.
#[derive(Debug)]
pub struct DeclaredOrder {
    /// For each entry those that come directly after it.
    later: IdVec<EntryId, Vec<EntryId>>,
}

impl DeclaredOrder {
    /// What symptoms say.
    pub(super) fn of_symptoms(model: &Model) -> Self {
        let mut order = Self { later: model.entries.iter().map(|_| Vec::new()).collect() };
        for pair in model.symptoms.iter().flat_map(|symptom| symptom.order.windows(2)) {
            if let [first, second] = pair {
                order.add(first.entry, second.entry);
            }
        }
        order
    }

    pub(super) fn add(&mut self, first: EntryId, second: EntryId) {
        if first != second {
            self.later[first].push(second);
        }
    }

    /// For each of some entries the places, among them, of those that come after it: directly, or by way of others that are
    /// not among them.
    pub fn followers(&self, entries: &[EntryId]) -> Vec<Vec<usize>> {
        if entries.iter().all(|id| self.later[*id].is_empty()) {
            return vec![Vec::new(); entries.len()];
        }
        let places: FxHashMap<EntryId, usize> = entries.iter().enumerate().map(|(place, id)| (*id, place)).collect();
        entries.iter().map(|id| followers(*id, &places, &self.later)).collect()
    }
}

/// For each symptom whose entries this one has, how many steps of `kind-of` away it is.
pub fn tiers(symptom: SymptomId, model: &Model) -> BTreeMap<SymptomId, usize> {
    let mut tiers = BTreeMap::from([(symptom, 0)]);
    let mut open = vec![symptom];
    while let Some(id) = open.pop() {
        let tier = tiers[&id];
        let same = model.symptoms[id].same_as.iter().map(|used| (used.symptom, tier));
        let kinds = model.symptoms[id].kind_of.iter().map(|used| (used.symptom, tier + 1));
        for (parent, tier) in same.chain(kinds) {
            if tiers.get(&parent).is_none_or(|known| tier < *known) {
                tiers.insert(parent, tier);
                open.push(parent);
            }
        }
    }
    tiers
}

/// How many steps of `kind-of` away the nearest of an entry's symptoms is, by what [`tiers`] gives.
pub fn tier(entry: EntryId, tiers: &BTreeMap<SymptomId, usize>, model: &Model) -> usize {
    let symptoms = model.entries[entry].symptoms.iter();
    symptoms.filter_map(|used| tiers.get(&used.symptom).copied()).min().unwrap_or(0)
}

/// The symptom's entries before sorting.
fn inherited(symptom: SymptomId, model: &Model, own: &IdVec<SymptomId, Vec<EntryId>>) -> Vec<EntryId> {
    let declared = &model.symptoms[symptom];
    if declared.same_as.is_empty() && declared.kind_of.is_empty() {
        return own[symptom].clone();
    }
    let mut entries = Vec::new();
    let mut seen_entries = FxHashSet::default();
    let mut seen = FxHashSet::default();
    let mut stack = vec![symptom];
    while let Some(id) = stack.pop() {
        if seen.insert(id) {
            entries.extend(own[id].iter().copied().filter(|entry| seen_entries.insert(*entry)));
            let symptom = &model.symptoms[id];
            let parents = symptom.same_as.iter().chain(&symptom.kind_of);
            stack.extend(parents.rev().map(|parent| parent.symptom));
        }
    }
    entries
}

fn sorted(entries: Vec<EntryId>, order: &DeclaredOrder) -> Vec<EntryId> {
    let followers = order.followers(&entries);
    if followers.iter().all(Vec::is_empty) {
        return entries;
    }
    topological(&followers).into_iter().filter_map(|place| entries.get(place).copied()).collect()
}

/// The places of the entries that come after this one, directly or by way of entries that are not in `places`.
fn followers(id: EntryId, places: &FxHashMap<EntryId, usize>, later: &IdVec<EntryId, Vec<EntryId>>) -> Vec<usize> {
    let mut found = Vec::new();
    if later[id].is_empty() {
        return found;
    }
    let mut seen = FxHashSet::default();
    let mut stack: Vec<EntryId> = later[id].clone();
    while let Some(next) = stack.pop() {
        if next == id || !seen.insert(next.index()) {
            continue;
        }
        match places.get(&next) {
            Some(place) => found.push(*place),
            None => stack.extend(&later[next]),
        }
    }
    found
}

fn topological(followers: &[Vec<usize>]) -> Vec<usize> {
    let mut waiting_for = vec![0usize; followers.len()];
    followers.iter().flatten().for_each(|next| waiting_for[*next] += 1);
    let free = waiting_for.iter().enumerate().filter(|(_, count)| **count == 0);
    let mut heap: BinaryHeap<Reverse<usize>> = free.map(|(place, _)| Reverse(place)).collect();
    let mut order = Vec::with_capacity(followers.len());
    while let Some(Reverse(place)) = heap.pop() {
        order.push(place);
        for next in &followers[place] {
            waiting_for[*next] -= 1;
            if waiting_for[*next] == 0 {
                heap.push(Reverse(*next));
            }
        }
    }
    order.extend((0..followers.len()).filter(|place| waiting_for[*place] > 0));
    order
}
