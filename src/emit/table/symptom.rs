//! Symptoms, with when each entry and action applies under them. Refuses to know how rows are found.

use std::collections::BTreeMap;

use super::rows::Pool;
use super::{Writer, index, keys, wire};
use crate::diag::{Code, Diagnostic};
use crate::domain::{tier, tiers};
use crate::logic::Formula;
use crate::model::{self, ActionId, EntryId, SymptomId};
use crate::prose::plain;
use crate::source::Span;
use crate::table::{Key, Listed, ListedAction, Message, Symptom, message_pieces};

impl Writer<'_, Pool<'_>> {
    /// Every symptom, in the model's order.
    pub(super) fn symptoms(&mut self) -> Vec<Symptom> {
        let model = &self.compilation.model;
        model.symptoms.enumerate().map(|(id, symptom)| self.symptom(id, symptom)).collect()
    }

    fn symptom(&mut self, id: SymptomId, symptom: &model::Symptom) -> Symptom {
        let conditions = self.applicability.conditions(id, self.meanings);
        let actions = self.applicability.actions(&conditions, self.meanings);
        let before = self.conditions.diagnostics.iter().len();
        let mut entries: Vec<Listed> =
            conditions.into_iter().map(|(entry, formula)| self.listed(id, entry, formula)).collect();
        self.put_in_order(id, &mut entries);
        let reported = self.conditions.diagnostics.iter().len() > before;
        let messages: Vec<Message> = symptom.messages.iter().map(|message| self.message(message)).collect();
        Symptom {
            id: symptom.id.clone(),
            title: self.prose(&symptom.title),
            keys: self.keys(symptom, &messages),
            messages,
            during: self.maybe_prose(symptom.during.as_ref()),
            also: wire::texts(&symptom.also, &self.compilation.sources),
            policy: symptom.policy.map(wire::policy),
            notes: self.steps(&symptom.notes),
            entries,
            actions: self.listed_actions(id, actions, reported),
            formerly: symptom.formerly.clone(),
        }
    }

    fn listed(&mut self, symptom: SymptomId, entry: EntryId, formula: Formula) -> Listed {
        let pooled = self.conditions.pooled(formula);
        let declared = &self.compilation.model.entries[entry];
        if pooled.exploded {
            let help = if declared.fallback { "split-fallback" } else { "split" };
            self.report(symptom, declared.name, declared.id.clone(), help);
        }
        let (after, tier) = (Vec::new(), 0);
        Listed { entry: index(entry), condition: pooled.index, fallback: declared.fallback, after, tier }
    }

    /// What the writer declared about the order of a symptom's entries.
    fn put_in_order(&self, symptom: SymptomId, listed: &mut [Listed]) {
        let (model, entries) = (&self.compilation.model, &self.applicability.entries[symptom]);
        let tiers = tiers(symptom, model);
        for (listed, entry) in listed.iter_mut().zip(entries) {
            listed.tier = tier(*entry, &tiers, model) as u32;
        }
        for (place, followers) in self.applicability.order.followers(entries).iter().enumerate() {
            for follower in followers.iter().filter(|it| **it > place) {
                listed[*follower].after.push(index(entries[place]));
            }
        }
    }

    /// An action explodes with its entry; it is reported by itself only when no entry was.
    fn listed_actions(
        &mut self,
        symptom: SymptomId,
        actions: BTreeMap<ActionId, Formula>,
        reported: bool,
    ) -> Vec<ListedAction> {
        let mut listed = Vec::with_capacity(actions.len());
        for (id, formula) in actions {
            let pooled = self.conditions.pooled(formula);
            if pooled.exploded && !reported {
                let model = &self.compilation.model;
                let name = wire::action_id(id, model);
                self.report(symptom, model.actions[id].span, name, "split");
            }
            listed.push(ListedAction { action: index(id), condition: pooled.index });
        }
        listed
    }

    fn report(&mut self, symptom: SymptomId, span: Span, name: String, help: &'static str) {
        let symptom = &self.compilation.model.symptoms[symptom].id;
        Diagnostic::at(Code::RowsExplode, span)
            .text("name", name)
            .text("symptom", symptom)
            .help(help)
            .push_to(self.conditions.diagnostics);
    }

    fn message(&self, message: &model::Message) -> Message {
        let sources = &self.compilation.sources;
        let text = wire::texts(&message.lines, sources).join("\n");
        Message { language: message.language.map(|span| sources.text(span).to_owned()), pieces: message_pieces(&text) }
    }

    fn keys(&self, symptom: &model::Symptom, messages: &[Message]) -> Vec<Key> {
        let model::Symptom { title, also, .. } = symptom;
        let title = plain(title, &self.compilation.model, &self.compilation.sources);
        let also = wire::texts(also, &self.compilation.sources);
        keys::keys(&title, &also, messages.iter().map(|message| message.pieces.as_slice()))
    }
}
