//! Adds to a random knowledge base what leads a reader on: hand-overs, effects, contacts.

use faqc::model::{
    ActionId, Branch, Contact, ContactId, ContactUse, Effect, EntryId, EntryUse, FactId, FactUse, Fallthrough, Id,
    Model, Prose, Step, StepKind, Type,
};
use faqc::session::Compilation;
use faqc::types::Test;

use super::{Maker, Random, maker};

/// A random knowledge base with at least one contact.
pub fn compilation_with_paths(seed: u64) -> Compilation {
    let mut maker = maker(seed);
    maker.random = Random::new(seed ^ 0x5851_F42D_4C95_7F2D);
    // Some with many effects, some with many hand-overs.
    let (effects, thens) = (maker.random.below(60), maker.random.below(60));
    maker.contact();
    for action in maker.model.actions.ids().collect::<Vec<_>>() {
        maker.lead_on(action, effects, thens);
    }
    for entry in maker.model.entries.ids().collect::<Vec<_>>() {
        maker.end(entry);
    }
    maker.finish()
}

impl Maker {
    fn contact(&mut self) {
        let (name, span) = (self.span(), self.span());
        self.model.contacts.push(Contact {
            id: "c0".to_owned(),
            name,
            span,
            title: Prose::default(),
            url: None,
            tel: None,
            mail: None,
            hours: None,
            tell: None,
            takes: None,
            notes: Vec::new(),
        });
    }

    fn contact_use(&mut self) -> ContactUse {
        ContactUse { contact: ContactId::new(0), span: self.span() }
    }

    fn some_entry(&mut self) -> EntryUse {
        EntryUse { entry: EntryId::new(self.random.below(self.model.entries.len())), span: self.span() }
    }

    fn asked_fact(&mut self) -> FactId {
        let asked = |model: &Model| model.facts.iter().take_while(|fact| fact.derived.is_none()).count();
        FactId::new(self.random.below(asked(&self.model)))
    }

    fn effect(&mut self) -> Option<Effect> {
        let fact = self.asked_fact();
        let test = match &self.model.facts[fact].ty {
            Type::YesNo => Test::OneOf(vec![self.random.below(2)]),
            Type::OneOf { values, .. } => Test::OneOf(vec![self.random.below(values.len())]),
            Type::AnyOf { values } => Test::Has(self.random.below(values.len())),
            Type::Number { .. } | Type::Version | Type::Date | Type::Error => return None,
        };
        Some(Effect { fact, span: self.span(), value: self.value(test) })
    }

    fn lead_on(&mut self, action: ActionId, effects: usize, thens: usize) {
        for _ in 0..2 {
            if self.random.chance(effects) {
                let effect = self.effect();
                self.model.actions[action].sets.extend(effect);
            }
            if self.random.chance(thens) {
                let target = self.some_entry();
                self.model.actions[action].then.push(target);
            }
        }
        if self.random.chance(effects / 3) {
            let used = FactUse { fact: self.asked_fact(), span: self.span() };
            self.model.actions[action].recheck.push(used);
        }
        if self.random.chance(20) {
            let used = FactUse { fact: self.asked_fact(), span: self.span() };
            self.model.actions[action].finds.push(used);
        }
        if self.random.chance(8) {
            let used = self.contact_use();
            self.model.actions[action].contacts.push(used);
        } else if self.random.chance(12) {
            let step = self.guarded_contact();
            self.model.actions[action].steps.push(step);
        }
    }

    /// Turn to the contact in some situations.
    fn guarded_contact(&mut self) -> Step {
        let span = self.span();
        let contact = Step { span, kind: StepKind::Contact(ContactId::new(0)) };
        let branch = Branch { span, when: Some(self.random_condition(1)), steps: vec![contact] };
        Step { span, kind: StepKind::Branches(vec![branch]) }
    }

    fn end(&mut self, entry: EntryId) {
        if self.random.chance(35) {
            let used = self.contact_use();
            self.model.entries[entry].otherwise.push(Fallthrough::Contact(used));
        }
        if self.random.chance(25) {
            let target = self.some_entry();
            self.model.entries[entry].otherwise.push(Fallthrough::Entry(target));
        }
        if self.random.chance(6) {
            let used = self.contact_use();
            self.model.entries[entry].contacts.push(used);
        }
    }
}
