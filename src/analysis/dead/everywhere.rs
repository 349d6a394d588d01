//! Gathers what is dead under each symptom, and tells what is dead under all of them. Refuses to search within a symptom.

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashSet;

use super::report;
use super::{Dead, Found};
use crate::analysis::Context;
use crate::analysis::assumptions::Connected;
use crate::analysis::site::Site;
use crate::diag::Diagnostics;
use crate::domain::{Meanings, offer_guard};
use crate::logic::{Budget, Formula, is_satisfiable};
use crate::model::{ActionId, ActionUse, EntryId, Model};

const BUDGET: Budget = Budget { cubes: 1 << 12 };

/// What is dead under the symptoms seen so far: how often, and why the first time.
#[derive(Debug, Default)]
pub(in crate::analysis) struct Everywhere {
    entries: BTreeMap<EntryId, Times>,
    /// By entry and action: in one of an entry's symptoms an action may be dead, though not in another entry that reuses it.
    actions: BTreeMap<(ActionId, EntryId), Times>,
}

#[derive(Debug, Default)]
struct Times {
    count: usize,
    suppressed_by: Vec<EntryId>,
}

/// Something dead, and the entries that keep it from being shown.
pub(super) struct Verdict {
    pub(super) entry: EntryId,
    pub(super) action: Option<ActionId>,
    pub(super) suppressed_by: Vec<EntryId>,
}

impl Everywhere {
    pub(in crate::analysis) fn note(&mut self, found: &Found, site: &Site<'_>) {
        for dead in &found.entries {
            self.entries.entry(site.entry(dead.entry)).or_default().add(dead, site);
        }
        let places: FxHashSet<(usize, Option<usize>)> = found.actions.iter().map(|it| (it.entry, it.action)).collect();
        for dead in &found.actions {
            let offered = site.places.actions.get(dead.entry).map_or(&[][..], Vec::as_slice);
            let Some(action) = dead.action.and_then(|place| offered.get(place).copied()) else { continue };
            // An entry may offer an action in several places; the first of them stands for all.
            let is_dead = |place: usize| places.contains(&(dead.entry, Some(place)));
            let mut same = (0..offered.len()).filter(|place| offered[*place] == action).peekable();
            if same.peek().copied() == dead.action && same.all(is_dead) {
                self.actions.entry((action, site.entry(dead.entry))).or_default().add(dead, site);
            }
        }
    }

    pub(in crate::analysis) fn report(
        mut self,
        cx: &Context<'_>,
        connected: &Connected,
        inexact: &FxHashSet<EntryId>,
        diagnostics: &mut Diagnostics,
    ) {
        self.add_unlisted(cx, connected, inexact);
        if self.entries.is_empty() && self.actions.is_empty() {
            return;
        }
        let listings = listings(cx);
        let times = |entry: EntryId| listings.get(&entry).copied().unwrap_or(1);
        let dead: BTreeSet<EntryId> =
            self.entries.iter().filter(|(id, it)| it.count == times(**id)).map(|(id, _)| *id).collect();
        for id in &dead {
            let suppressed_by = self.entries[id].suppressed_by.clone();
            report::report(&Verdict { entry: *id, action: None, suppressed_by }, cx, connected, diagnostics);
        }
        for verdict in self.dead_actions(cx.model, &dead, times) {
            report::report(&verdict, cx, connected, diagnostics);
        }
    }

    /// The actions that are dead wherever a living entry offers them.
    fn dead_actions(&self, model: &Model, dead: &BTreeSet<EntryId>, times: impl Fn(EntryId) -> usize) -> Vec<Verdict> {
        let suspects: BTreeSet<ActionId> = self.actions.keys().map(|(action, _)| *action).collect();
        let mut offers: BTreeMap<ActionId, Vec<EntryId>> = BTreeMap::new();
        for (entry, action) in
            all_offers(model).filter(|(entry, action)| suspects.contains(action) && !dead.contains(entry))
        {
            offers.entry(action).or_default().push(entry);
        }
        // Under some symptoms the entry itself may be dead.
        let is_dead = |action: ActionId, entry: EntryId| {
            let alone = self.entries.get(&entry).map_or(0, |it| it.count);
            self.actions.get(&(action, entry)).is_some_and(|it| it.count + alone >= times(entry))
        };
        let all_dead = |(action, entries): (ActionId, Vec<EntryId>)| {
            let entry = *entries.first()?;
            entries.iter().all(|entry| is_dead(action, *entry)).then(|| Verdict {
                entry,
                action: Some(action),
                suppressed_by: self.actions[&(action, entry)].suppressed_by.clone(),
            })
        };
        let found: Vec<Verdict> = offers.into_iter().filter_map(all_dead).collect();
        // What is offered within a dead action is dead for the same reason.
        let reported: BTreeSet<ActionId> = found.iter().filter_map(|verdict| verdict.action).collect();
        let is_within =
            |id: Option<ActionId>| id.and_then(|id| model.actions[id].parent).is_some_and(|up| reported.contains(&up));
        found.into_iter().filter(|verdict| !is_within(verdict.action)).collect()
    }

    /// Entries without a symptom, which only hand-overs lead to.
    fn add_unlisted(&mut self, cx: &Context<'_>, connected: &Connected, inexact: &FxHashSet<EntryId>) {
        let unlisted = cx.model.entries.enumerate().filter(|(_, entry)| entry.symptoms.is_empty());
        for (id, entry) in unlisted.filter(|(id, _)| !inexact.contains(id)) {
            let own = cx.meanings.own(id);
            if cannot_be(own, connected) {
                self.entries.entry(id).or_default().count = 1;
                continue;
            }
            let mut offers: BTreeMap<ActionId, bool> = BTreeMap::new();
            for (action, guard) in entry.actions.iter().flat_map(|offered| guards(id, offered, cx)) {
                let is_dead =
                    guard != Formula::Const(true) && cannot_be(&Meanings::and([own.clone(), guard]), connected);
                *offers.entry(action).or_insert(true) &= is_dead;
            }
            for (action, _) in offers.into_iter().filter(|(_, is_dead)| *is_dead) {
                self.actions.entry((action, id)).or_default().count = 1;
            }
        }
    }
}

impl Times {
    fn add(&mut self, dead: &Dead, site: &Site<'_>) {
        if self.count == 0 {
            self.suppressed_by = dead.suppressed_by.iter().map(|index| site.entry(*index)).collect();
        }
        self.count += 1;
    }
}

/// Under how many symptoms each entry is listed.
fn listings(cx: &Context<'_>) -> BTreeMap<EntryId, usize> {
    let mut count = BTreeMap::new();
    cx.applicability.entries.iter().flatten().for_each(|entry| *count.entry(*entry).or_default() += 1);
    count
}

/// Whether the assumptions allow no situation in which a condition holds.
fn cannot_be(condition: &Formula, connected: &Connected) -> bool {
    if matches!(condition, Formula::Const(_)) {
        return *condition == Formula::Const(false);
    }
    let assumed = connected.touching(&mut condition.support());
    let all = assumed.into_iter().map(|it| it.formula.clone()).chain([condition.clone()]).collect();
    is_satisfiable(&crate::logic::Space::default(), &Formula::And(all), BUDGET) == Ok(false)
}

/// Every action and alternative that an entry offers, and its guard there.
fn guards(entry: EntryId, offered: &ActionUse, cx: &Context<'_>) -> Vec<(ActionId, Formula)> {
    let mut found = Vec::new();
    let mut open = vec![(offered.action, offer_guard(entry, offered, cx.model, cx.meanings))];
    while let Some((id, above)) = open.pop() {
        let guard = Meanings::and([above, cx.meanings.all(&cx.model.actions[id].when)]);
        open.extend(cx.model.actions[id].alternatives.iter().map(|it| (*it, guard.clone())));
        found.push((id, guard));
    }
    found
}

/// Each entry with each action and alternative that it offers.
fn all_offers(model: &Model) -> impl Iterator<Item = (EntryId, ActionId)> {
    model.entries.enumerate().flat_map(move |(id, entry)| {
        let offered = entry.actions.iter().map(|offered| offered.action);
        model.with_alternatives(offered).into_iter().map(move |action| (id, action))
    })
}
