//! Entries. Refuses to know under which symptom they apply.

use super::{Writer, contact_indexes, entry_indexes, index, wire};
use crate::model::{self, Fallthrough};
use crate::table::{Cause, Entry, Offer, Otherwise};

impl Writer<'_> {
    /// Every entry, in the model's order.
    pub(super) fn entries(&mut self) -> Vec<Entry> {
        let model = &self.compilation.model;
        model.entries.iter().map(|entry| self.entry(entry)).collect()
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
        }
    }

    fn cause(&mut self, cause: &model::Cause) -> Cause {
        let condition = (!cause.when.is_empty()).then(|| {
            let formula = self.meanings.all(&cause.when);
            self.add(formula, cause.span)
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
