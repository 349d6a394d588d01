//! What is known to hold where a condition stands. Refuses to judge the condition.

use std::collections::BTreeSet;

use rustc_hash::FxHashMap;

use crate::analysis::within::Within;
use crate::logic::Formula;
use crate::model::{ActionId, ConditionId, Entry, EntryId, Model, Step, StepKind};
use crate::source::Span;

/// One thing that holds.
#[derive(Clone, Debug)]
pub(super) struct Given {
    pub formula: Formula,
    /// Where it is written; what comes of several places has none.
    pub span: Option<Span>,
    /// The whole condition, of which a part may be what matters.
    pub whole: Option<ConditionId>,
    /// It holds because what is written there does not.
    pub is_denied: bool,
}

impl Given {
    pub(super) fn held(id: ConditionId, within: &Within<'_>) -> Self {
        let formula = within.cx.meanings.of(id).clone();
        Self { formula, span: Some(within.model().conditions[id].span()), whole: Some(id), is_denied: false }
    }

    pub(super) fn denied_condition(id: ConditionId, within: &Within<'_>) -> Self {
        Self::denied(Some(within.model().conditions[id].span()), within.cx.meanings.of(id).clone())
    }

    pub(super) fn denied(span: Option<Span>, formula: Formula) -> Self {
        Self { formula: Formula::Not(Box::new(formula)), span, whole: None, is_denied: true }
    }
}

/// Where the actions of an entry are offered.
#[derive(Default)]
pub(super) struct Uses {
    /// For each action the entries that offer it by itself, with the place of the cause.
    offers: FxHashMap<ActionId, Vec<(EntryId, Option<usize>)>>,
    /// Actions whose steps `do` puts into those of others, whatever guards them.
    included: BTreeSet<ActionId>,
}

impl Uses {
    /// By these entries, ascending: all that offer or include one of the actions.
    pub(super) fn by(entries: impl IntoIterator<Item = EntryId>, model: &Model) -> Self {
        let mut uses = Self::default();
        for id in entries {
            let entry = &model.entries[id];
            for used in &entry.actions {
                uses.offers.entry(used.action).or_default().push((id, used.cause));
            }
            let notes = [&entry.notes].into_iter().chain(entry.causes.iter().map(|cause| &cause.notes));
            let steps = own_actions(entry, model).into_iter().map(|action| &model.actions[action].steps);
            notes.chain(steps).for_each(|steps| add_included(steps, &mut uses.included));
        }
        uses
    }

    pub(super) fn is_included(&self, action: ActionId) -> bool {
        self.included.contains(&action)
    }

    /// What holds where an action is offered: of one place all that is written there, of several places together that it is
    /// one of them.
    pub(super) fn surrounding(&self, action: ActionId, within: &Within<'_>) -> Vec<Given> {
        let places = self.places(action, within.model());
        match places.as_slice() {
            [only] => only.iter().map(|id| Given::held(*id, within)).collect(),
            _ => {
                let formula = |id: &ConditionId| within.cx.meanings.of(*id).clone();
                let all = |place: Vec<ConditionId>| Formula::And(place.iter().map(formula).collect());
                let formula = Formula::Or(places.into_iter().map(all).collect());
                vec![Given { formula, span: None, whole: None, is_denied: false }]
            }
        }
    }

    /// An alternative is offered where the action is of which it is one, when that one's guards hold; they hold, too, where the
    /// alternative is offered by itself.
    pub(super) fn places(&self, action: ActionId, model: &Model) -> Vec<Vec<ConditionId>> {
        let parent = |id: &ActionId| model.actions[*id].parent;
        let lineage: Vec<ActionId> = std::iter::successors(Some(action), parent).collect();
        let mut places = Vec::new();
        for offered in &lineage {
            for (entry, cause) in self.offers.get(offered).into_iter().flatten() {
                let entry = &model.entries[*entry];
                let cause = cause.and_then(|cause| entry.causes.get(cause)).map(|cause| &cause.when);
                let guards = lineage.iter().skip(1).map(|id| &model.actions[*id].when);
                let all = [&entry.when].into_iter().chain(cause).chain(guards).flatten();
                places.push(all.copied().collect());
            }
        }
        places
    }
}

/// The actions of an entry that are its own, and their alternatives.
pub(super) fn own_actions(entry: &Entry, model: &Model) -> Vec<ActionId> {
    let own = entry.actions.iter().filter(|used| used.reused.is_none());
    model.with_alternatives(own.map(|used| used.action))
}

fn add_included(steps: &[Step], included: &mut BTreeSet<ActionId>) {
    for step in steps {
        match &step.kind {
            StepKind::Do(action) => {
                included.insert(*action);
            }
            StepKind::Branches(branches) => branches.iter().for_each(|branch| add_included(&branch.steps, included)),
            StepKind::Step(_)
            | StepKind::Bullet(_)
            | StepKind::Note(_)
            | StepKind::Warning(_)
            | StepKind::Fence { .. }
            | StepKind::Contact(_)
            | StepKind::See(_) => {}
        }
    }
}
