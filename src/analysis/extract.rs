//! Takes each symptom's [`Problem`] out of the model, with what its numbers stand for. Refuses to solve it.

mod circuit;
mod numbers;

use rustc_hash::FxHashMap;

use super::Context;
use super::assumptions::Connected;
use super::problem::{Action, Effect, Entry, Otherwise, Problem, Role};
use super::site::condition_place;
use super::told::Told;
use crate::ast::Policy;
use crate::domain::{Meanings, offer_guard, tier, tiers};
use crate::logic::{Formula, Space, Values, Var};
use crate::model::{
    self, ActionId, ActionUse, ConditionId, EntryId, EntryUse, FactUse, Fallthrough, Step, StepKind, SymptomId,
};

use numbers::{Numbered, number_variables};

pub use circuit::{Circuit, extract_circuit};

/// At most so many entries that are not the symptom's own are looked at.
pub(super) const HANDED_OVER: usize = 64;

/// What the numbers of a problem stand for.
#[derive(Clone, Debug)]
pub struct Places {
    pub symptom: SymptomId,
    /// By the index of the problem's [`Var`].
    pub vars: Vec<Var>,
    pub entries: Vec<EntryId>,
    /// For each entry its problem's actions.
    pub actions: Vec<Vec<ActionId>>,
    /// For each assumption where it is written.
    pub assumptions: Vec<ConditionId>,
}

/// A symptom's problem and what its numbers stand for.
pub fn extract(symptom: SymptomId, cx: &Context<'_>, connected: &Connected) -> (Problem, Places) {
    let listed = &cx.applicability.entries[symptom];
    let followers = cx.applicability.order.followers(listed);
    let policy = cx.model.symptoms[symptom].policy;
    let mut extraction = Extraction {
        cx,
        told: Told::new(cx.model, cx.sources, compares_texts(&followers, policy)),
        entries: listed.clone(),
        places: listed.iter().copied().zip(0..).collect(),
        numbers: FxHashMap::default(),
        listed: listed.len(),
        limit: HANDED_OVER,
        is_cut: false,
    };
    let (entries, actions) = extraction.all_entries(symptom, &followers);
    let Extraction { entries: ids, is_cut, .. } = extraction;
    let mut problem =
        Problem { space: Space::default(), assumptions: Vec::new(), entries, listed: listed.len(), policy, is_cut };
    let Numbered { vars, assumptions } = number_variables(&mut problem, cx, connected);
    (problem, Places { symptom, vars, entries: ids, actions, assumptions })
}

/// Whether it matters what two entries tell the reader: not where there is one, or each comes before the next.
pub(super) fn compares_texts(followers: &[Vec<usize>], policy: Option<Policy>) -> bool {
    let is_chain = || (1..).zip(followers).take(followers.len().saturating_sub(1)).all(|(next, it)| it.contains(&next));
    match policy {
        Some(Policy::First | Policy::Collect | Policy::Unique) => false,
        Some(Policy::Any) => followers.len() > 1,
        None => !is_chain(),
    }
}

struct Extraction<'a> {
    cx: &'a Context<'a>,
    told: Told<'a>,
    entries: Vec<EntryId>,
    places: FxHashMap<EntryId, usize>,
    numbers: FxHashMap<ActionId, usize>,
    listed: usize,
    /// So many entries that are not listed are looked at.
    limit: usize,
    is_cut: bool,
}

/// Where an action is offered.
#[derive(Clone, Copy)]
struct Within {
    entry: EntryId,
    /// Whether it matters where the entry leads.
    leads_on: bool,
}

/// What follows when an action is done and does not help.
#[derive(Clone, Debug, Default)]
struct Sequel {
    then: Vec<usize>,
    effects: Vec<Effect>,
}

impl Extraction<'_> {
    /// The listed entries, and those found on the way.
    fn all_entries(&mut self, symptom: SymptomId, followers: &[Vec<usize>]) -> (Vec<Entry>, Vec<Vec<ActionId>>) {
        let tiers = tiers(symptom, self.cx.model);
        let (mut entries, mut actions) = (Vec::new(), Vec::new());
        let mut next = 0;
        while let Some(id) = self.entries.get(next).copied() {
            let (mut entry, ids) = self.entry(id);
            if let Some(followers) = followers.get(next) {
                entry.followers.clone_from(followers);
                entry.overridden_by = self.overridden_by(id);
                entry.tier = tier(id, &tiers, self.cx.model);
            }
            entries.push(entry);
            actions.push(ids);
            next += 1;
        }
        (entries, actions)
    }

    fn overridden_by(&self, id: EntryId) -> Vec<usize> {
        let overriding = self.cx.applicability.overridden_by(id).iter();
        overriding.filter_map(|it| self.places.get(it).copied()).filter(|place| *place < self.listed).collect()
    }

    fn entry(&mut self, id: EntryId) -> (Entry, Vec<ActionId>) {
        let declared = &self.cx.model.entries[id];
        let contact =
            if declared.contacts.is_empty() { self.contact_in(&declared.notes) } else { Formula::Const(true) };
        let always_contacts = contact == Formula::Const(true)
            || declared.otherwise.iter().any(|it| matches!(it, Fallthrough::Contact(_)));
        // Beyond an entry that sends to a contact anyway nothing matters, unless it is the symptom's own.
        let leads_on = !always_contacts || self.places[&id] < self.listed;
        let (mut actions, mut ids) = (Vec::new(), Vec::new());
        for offered in &declared.actions {
            let guard = offer_guard(id, offered, self.cx.model, self.cx.meanings);
            let within = Within { entry: id, leads_on };
            self.push_offer(offered, guard, within, &mut actions, &mut ids);
        }
        let entry = Entry {
            own: self.cx.meanings.own(id).clone(),
            fallback: declared.fallback,
            overridden_by: Vec::new(),
            followers: Vec::new(),
            tier: 0,
            has_likelihood: declared.weight.is_some() || has_likely(&declared.actions, self.cx.model),
            contact,
            told: declared.contacts.iter().map(|used| self.told.contact(used.contact)).collect(),
            actions,
            overlaps_are_meant: self.cx.meant.covers(condition_place(id, self.cx)),
            otherwise: declared.otherwise.iter().filter_map(|it| self.otherwise(it, leads_on)).collect(),
        };
        (entry, ids)
    }

    fn otherwise(&mut self, written: &Fallthrough, leads_on: bool) -> Option<Otherwise> {
        match written {
            Fallthrough::Contact(_) => Some(Otherwise::Contact),
            Fallthrough::Entry(target) => leads_on.then(|| self.place(target.entry)).flatten().map(Otherwise::Entry),
        }
    }

    /// The action and its alternatives, which come after it.
    fn push_offer(
        &mut self,
        offered: &ActionUse,
        guard: Formula,
        within: Within,
        actions: &mut Vec<Action>,
        ids: &mut Vec<ActionId>,
    ) {
        let model = self.cx.model;
        let above = model.actions[offered.action].parent.map(|parent| self.sequel(parent, within));
        let mut open = vec![(offered.action, guard, above.unwrap_or_default())];
        while let Some((id, guard, above)) = open.pop() {
            let guard = Meanings::and([guard, self.cx.meanings.all(&model.actions[id].when)]);
            let sequel = self.sequel_after(above, id, within);
            let alternatives = model.actions[id].alternatives.iter().rev();
            open.extend(alternatives.map(|it| (*it, guard.clone(), sequel.clone())));
            actions.push(self.action(id, guard, sequel));
            ids.push(id);
        }
    }

    fn action(&mut self, id: ActionId, guard: Formula, sequel: Sequel) -> Action {
        let declared = &self.cx.model.actions[id];
        let contact =
            if declared.contacts.is_empty() { self.contact_in(&declared.steps) } else { Formula::Const(true) };
        let next = self.numbers.len();
        let number = *self.numbers.entry(id).or_insert(next);
        let Sequel { then, effects } = sequel;
        Action {
            guard,
            role: role(declared, self.cx.model),
            number,
            told: self.told.action(id),
            contact,
            then,
            effects,
        }
    }

    /// What follows when an action is done, after what follows from those that it is an alternative of.
    fn sequel(&mut self, id: ActionId, within: Within) -> Sequel {
        let parent = |id: &ActionId| self.cx.model.actions[*id].parent;
        let lineage: Vec<ActionId> = std::iter::successors(Some(id), parent).collect();
        lineage.into_iter().rev().fold(Sequel::default(), |above, id| self.sequel_after(above, id, within))
    }

    fn sequel_after(&mut self, mut above: Sequel, id: ActionId, within: Within) -> Sequel {
        let declared = &self.cx.model.actions[id];
        let effect = self.effect(declared);
        // After effects, even one that changes nothing has readers look for clashes.
        if !above.effects.is_empty() || !effect.sets.is_empty() || !effect.recheck.is_empty() {
            above.effects.push(effect);
        }
        let then = targets(declared, within.entry).filter(|_| within.leads_on);
        for place in then.filter_map(|target| self.place(target)) {
            if !above.then.contains(&place) {
                above.then.push(place);
            }
        }
        above
    }

    /// What an action changes by itself. Of two values for a fact the later one counts, and a fact to be checked again has none.
    fn effect(&self, declared: &model::Action) -> Effect {
        let recheck = self.vars_of(&declared.recheck);
        let mut sets: Vec<(Var, Values)> = Vec::new();
        for (var, cells) in declared.sets.iter().filter_map(|effect| self.assignment(effect)) {
            sets.retain(|(set, _)| *set != var);
            sets.push((var, cells));
        }
        sets.retain(|(var, _)| !recheck.contains(var));
        Effect { sets, recheck }
    }

    fn assignment(&self, effect: &model::Effect) -> Option<(Var, Values)> {
        let assigned = self.cx.domain.cells_where(effect.fact, self.cx.types.values.get(&effect.value.span)?);
        assigned.filter(|(_, cells)| !cells.is_empty())
    }

    fn vars_of(&self, facts: &[FactUse]) -> Vec<Var> {
        facts.iter().flat_map(|used| self.cx.domain.vars(used.fact)).collect()
    }

    /// The number of an entry, a new one if need be; `None` when there are too many.
    fn place(&mut self, id: EntryId) -> Option<usize> {
        if let Some(place) = self.places.get(&id) {
            return Some(*place);
        }
        if self.entries.len() - self.listed >= self.limit {
            self.is_cut = true;
            return None;
        }
        self.places.insert(id, self.entries.len());
        self.entries.push(id);
        Some(self.entries.len() - 1)
    }

    /// When one of the steps sends to a contact.
    fn contact_in(&self, steps: &[Step]) -> Formula {
        let mut any = Vec::new();
        for step in steps {
            match &step.kind {
                StepKind::Contact(_) => return Formula::Const(true),
                StepKind::Do(action) => any.push(self.contact_in(&self.cx.model.actions[*action].steps)),
                StepKind::Branches(branches) => any.extend(self.contact_in_branches(branches)),
                StepKind::Step(_)
                | StepKind::Bullet(_)
                | StepKind::Note(_)
                | StepKind::Warning(_)
                | StepKind::Fence { .. }
                | StepKind::See(_) => {}
            }
        }
        Meanings::or(any)
    }

    fn contact_in_branches(&self, branches: &[model::Branch]) -> Vec<Formula> {
        let mut still_open = Formula::Const(true);
        let mut found = Vec::new();
        for branch in branches {
            let own = branch.when.map_or(Formula::Const(true), |when| self.cx.meanings.of(when).clone());
            let sends = self.contact_in(&branch.steps);
            found.push(Meanings::and([still_open.clone(), own.clone(), sends]));
            still_open = Meanings::and([still_open, Meanings::not(&own)]);
        }
        found
    }
}

/// The entries that an action hands over to, offered in an entry. A range of numbers around that entry does not mean it.
pub(super) fn targets(action: &model::Action, offering: EntryId) -> impl Iterator<Item = EntryId> + '_ {
    let is_range = |used: &EntryUse| action.then.iter().filter(|other| other.span == used.span).count() > 1;
    let leads_on = move |used: &&EntryUse| used.entry != offering || !is_range(used);
    action.then.iter().filter(leads_on).map(|used| used.entry)
}

fn role(action: &model::Action, model: &model::Model) -> Role {
    if !action.alternatives.is_empty() {
        Role::Introduction
    } else if !action.finds.is_empty() && action.sets.is_empty() && !names_contact(action, model) {
        Role::Diagnostic
    } else {
        Role::Remedy
    }
}

/// Whether an action has a contact of its own, or one in its steps in any case.
fn names_contact(action: &model::Action, model: &model::Model) -> bool {
    !action.contacts.is_empty() || has_contact(&action.steps, model)
}

fn has_contact(steps: &[Step], model: &model::Model) -> bool {
    steps.iter().any(|step| match &step.kind {
        StepKind::Contact(_) => true,
        StepKind::Do(action) => has_contact(&model.actions[*action].steps, model),
        StepKind::Branches(branches) => branches.iter().any(|branch| has_contact(&branch.steps, model)),
        StepKind::Step(_)
        | StepKind::Bullet(_)
        | StepKind::Note(_)
        | StepKind::Warning(_)
        | StepKind::Fence { .. }
        | StepKind::See(_) => false,
    })
}

fn has_likely(actions: &[ActionUse], model: &model::Model) -> bool {
    actions.iter().any(|offered| model.actions[offered.action].likely.is_some())
}
