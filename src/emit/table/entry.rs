//! Entries. Refuses to know under which symptom they apply.

use std::sync::Arc;

use super::action;
use super::last::Draft;
use super::rows::Conditions;
use super::{Writer, contact_indexes, entry_indexes, index, wire};
use crate::model::{self, EntryId, EntryUse, Fallthrough, Id, IdVec, IfUnknown, Model};
use crate::table::{Alone, Cause, Entry, ListedAction, Offer, Otherwise};

/// An entry, and when it applies alone.
pub(super) type Drafted<'a> = (Draft<'a, Entry>, Option<Alone>);

impl<'a, C: Conditions> Writer<'a, C> {
    /// Every entry, in the model's order.
    pub(super) fn entries(&mut self) -> Vec<Drafted<'a>> {
        let model = &self.compilation.model;
        let reached = entered_entries(model);
        let draft = |(id, entry): (EntryId, &model::Entry)| {
            let known = self.known.entry(id.index(), entry.span);
            let draft = known.map_or_else(|| Draft::New(self.entry(entry)), Draft::Known);
            (draft, reached[id].then(|| self.alone(id, entry)))
        };
        model.entries.enumerate().map(draft).collect()
    }

    fn alone(&mut self, id: EntryId, entry: &model::Entry) -> Alone {
        let own = self.meanings.own(id).clone();
        let actions = self.applicability.actions(&[(id, own.clone())], self.meanings);
        let condition = self.conditions.add(own, entry.name);
        let listed = actions.into_iter().map(|(id, formula)| {
            let place = self.compilation.model.actions[id].span;
            ListedAction { action: index(id), condition: self.conditions.add(formula, place) }
        });
        Alone { condition, actions: listed.collect() }
    }

    fn entry(&mut self, entry: &model::Entry) -> Entry {
        Entry {
            id: entry.id.clone(),
            number: entry.number,
            title: self.prose(&entry.title),
            category: wire::category_path(entry.category, &self.compilation.model),
            when: self.words(&entry.when),
            causes: entry.causes.iter().map(|cause| self.cause(cause)).collect(),
            actions: entry.actions.iter().map(offer).collect(),
            notes: self.steps(&entry.notes),
            see: wire::references(&entry.see, self.compilation),
            contacts: contact_indexes(&entry.contacts),
            otherwise: entry.otherwise.iter().map(otherwise).collect(),
            before: entry_indexes(&entry.before),
            overrides: entry_indexes(&entry.overrides),
            weight: entry.weight.unwrap_or(1),
            review: entry.review.map(wire::date),
            updated: entry.updated.map(wire::date),
            owner: self.maybe_prose(entry.owner.as_ref()),
            formerly: entry.formerly.clone(),
            alone: None,
        }
    }

    fn cause(&mut self, cause: &model::Cause) -> Cause {
        let condition = (!cause.when.is_empty()).then(|| {
            let formula = self.meanings.all(&cause.when);
            self.conditions.add(formula, cause.span)
        });
        Cause {
            title: self.prose(&cause.title),
            when: self.words(&cause.when),
            condition,
            notes: self.steps(&cause.notes),
            see: wire::references(&cause.see, self.compilation),
        }
    }
}

/// Gives the conditions of an entry their places in the table.
pub(super) fn place_conditions((mut draft, mut alone): Drafted<'_>, places: &[u32]) -> Arc<Entry> {
    let put = |condition: &mut u32| *condition = places[*condition as usize];
    if let Draft::New(entry) = &mut draft {
        for cause in &mut entry.causes {
            cause.condition.iter_mut().for_each(put);
            action::place_in_steps(&mut cause.notes, places);
        }
        action::place_in_steps(&mut entry.notes, places);
    }
    if let Some(alone) = &mut alone {
        put(&mut alone.condition);
        alone.actions.iter_mut().for_each(|listed| put(&mut listed.condition));
    }
    draft.with(alone)
}

/// Whether something leads to an entry other than its symptoms: an action, what is otherwise to be done, not knowing an answer.
fn entered_entries(model: &Model) -> IdVec<EntryId, bool> {
    let mut entered: IdVec<EntryId, bool> = model.entries.iter().map(|_| false).collect();
    let mut mark = |it: &EntryUse| entered[it.entry] = true;
    model.actions.iter().flat_map(|action| &action.then).for_each(&mut mark);
    for fallthrough in model.entries.iter().flat_map(|entry| &entry.otherwise) {
        if let Fallthrough::Entry(it) = fallthrough {
            mark(it);
        }
    }
    for fact in model.facts.iter() {
        if let Some(IfUnknown::Entry(it)) = &fact.if_unknown {
            mark(it);
        }
    }
    entered
}

fn offer(offered: &model::ActionUse) -> Offer {
    Offer {
        action: index(offered.action),
        cause: offered.cause.map(|cause| cause as u32),
        reused: offered.reused.is_some(),
    }
}

fn otherwise(fallthrough: &Fallthrough) -> Otherwise {
    match fallthrough {
        Fallthrough::Contact(it) => Otherwise::Contact(index(it.contact)),
        Fallthrough::Entry(it) => Otherwise::Entry(index(it.entry)),
    }
}
