//! Two versions of a random knowledge base: one, and the same with a few changes.

use faqc::ast;
use faqc::model::{
    ActionId, Branch, ConditionId, EntryId, EntryUse, FactId, Id, Prose, RuleValue, Step, StepKind, SymptomId, Type,
};
use faqc::session::Compilation;
use faqc::source::{FileId, Span};

use super::{LETTERS, Maker, Random, maker};

/// The versions, sometimes the changed one first.
pub fn pair(seed: u64) -> [Compilation; 2] {
    let [one, mut other] = [0, 1].map(|_| {
        let mut maker = maker(seed);
        maker.random = Random::new(seed ^ 0x5DEE_CE66);
        maker.steps();
        maker
    });
    other.random = Random::new(seed ^ 0x0BAD_5EED);
    let is_reversed = other.random.chance(50);
    for _ in 0..other.random.below(4) {
        other.change();
    }
    let (one, other) = (one.finish(), other.finish());
    if is_reversed { [other, one] } else { [one, other] }
}

impl Maker {
    fn letter(&mut self) -> Prose {
        let start = LETTERS + self.random.below(4) as u32;
        Prose { lines: vec![Span { file: FileId(0), start, end: start + 1 }], refs: Vec::new() }
    }

    fn step(&mut self) -> Step {
        let (span, text) = (self.span(), self.letter());
        if self.random.chance(60) {
            return Step { span, kind: StepKind::Step(text) };
        }
        let mut branches = Vec::new();
        for at in 0..1 + self.random.below(3) {
            let when = (at == 0 || self.random.chance(60)).then(|| self.random_condition(1));
            let (span, text) = (self.span(), self.letter());
            branches.push(Branch { span, when, steps: vec![Step { span, kind: StepKind::Step(text) }] });
            if when.is_none() {
                break;
            }
        }
        Step { span, kind: StepKind::Branches(branches) }
    }

    fn steps(&mut self) {
        for id in self.model.actions.ids() {
            self.model.actions[id].steps = (0..self.random.below(3)).map(|_| self.step()).collect();
        }
    }

    fn change(&mut self) {
        let entry = EntryId::new(self.random.below(self.model.entries.len()));
        match self.random.below(16) {
            0 | 1 => self.model.entries[entry].when = self.maybe_condition(85),
            2 => self.model.entries[entry].fallback ^= true,
            3 => self.model.entries[entry].overrides = self.others(entry),
            4 => self.model.entries[entry].before = self.others(entry),
            5 => self.change_order(),
            6 => self.change_action(),
            7 => self.change_offers(entry),
            8 => self.change_assumptions(),
            9 => self.change_applicability(),
            10 => self.change_values(),
            11 => self.rename(entry),
            12 => self.change_type(),
            13 => self.change_rule(),
            _ => self.change_text(),
        }
    }

    fn others(&mut self, entry: EntryId) -> Vec<EntryUse> {
        self.later(entry.index(), self.model.entries.len())
    }

    fn change_order(&mut self) {
        let symptom = SymptomId::new(self.random.below(3));
        let count = self.model.entries.len();
        let span = self.span();
        let pair = [0, 1].map(|_| EntryUse { entry: EntryId::new(self.random.below(count)), span });
        self.model.symptoms[symptom].order = pair.to_vec();
    }

    fn any_action(&mut self) -> Option<ActionId> {
        let count = self.model.actions.len();
        (count > 0).then(|| ActionId::new(self.random.below(count)))
    }

    fn change_action(&mut self) {
        if let Some(id) = self.any_action() {
            self.model.actions[id].when = self.maybe_condition(60);
        }
    }

    fn change_offers(&mut self, entry: EntryId) {
        let offers = &mut self.model.entries[entry].actions;
        match (offers.len(), self.random.below(2)) {
            (0, _) => {}
            (count, 0) => {
                offers.remove(self.random.below(count));
            }
            (_, _) => offers.reverse(),
        }
    }

    fn change_assumptions(&mut self) {
        let condition = self.random_condition(2);
        let assumptions = &mut self.model.assumptions;
        match (assumptions.is_empty(), self.random.below(3)) {
            (true, _) | (_, 0) => assumptions.push(condition),
            (false, 1) => assumptions[0] = condition,
            (false, _) => _ = assumptions.pop(),
        }
    }

    /// A fact that is asked, the first one aside, which hangs on nothing.
    fn asked(&mut self) -> FactId {
        let asked = self.model.facts.iter().filter(|fact| fact.derived.is_none()).count();
        FactId::new(self.random.below(asked))
    }

    fn change_applicability(&mut self) {
        let fact = self.asked();
        let condition = self.only_when(fact);
        let only_when = &mut self.model.facts[fact].only_when;
        match condition {
            Some(condition) if only_when.is_empty() || self.random.chance(50) => *only_when = vec![condition],
            _ => only_when.clear(),
        }
    }

    fn only_when(&mut self, fact: FactId) -> Option<ConditionId> {
        let formula = (fact.index() > 0).then(|| self.formula(1, fact.index()));
        formula.map(|formula| self.condition(formula))
    }

    fn change_values(&mut self) {
        let fact = self.asked();
        let added = self.declared(3).pop();
        let (kind, one, seven, two) = (self.random.below(3), self.number(1), self.number(7), self.number(2));
        match &mut self.model.facts[fact].ty {
            Type::OneOf { values, open } => match kind {
                0 => *open ^= true,
                _ if values.len() < 3 => values.extend(added),
                _ => {}
            },
            Type::AnyOf { values } if values.len() < 3 => values.extend(added),
            Type::Number { range, step, .. } => {
                let span = one.span;
                *range = (kind > 0).then_some(ast::Range { span, from: Some(one), to: Some(seven), inclusive: true });
                *step = (kind > 1).then_some(two);
            }
            Type::AnyOf { .. } | Type::YesNo | Type::Version | Type::Date | Type::Error => {}
        }
    }

    /// Now and then without saying so.
    fn rename(&mut self, entry: EntryId) {
        let is_declared = self.random.chance(60);
        let (id, formerly) = match self.random.below(3) {
            0 => {
                let entry = &mut self.model.entries[entry];
                (&mut entry.id, &mut entry.formerly)
            }
            1 => {
                let fact = FactId::new(self.random.below(self.model.facts.len()));
                let fact = &mut self.model.facts[fact];
                (&mut fact.id, &mut fact.formerly)
            }
            _ => {
                let symptom = SymptomId::new(self.random.below(3));
                let symptom = &mut self.model.symptoms[symptom];
                (&mut symptom.id, &mut symptom.formerly)
            }
        };
        formerly.extend(is_declared.then(|| id.clone()));
        id.push('x');
    }

    /// Between two types whose values have the same indices.
    fn change_type(&mut self) {
        let fact = self.asked();
        let values = self.declared(2);
        let ty = &mut self.model.facts[fact].ty;
        match ty {
            Type::YesNo => *ty = Type::OneOf { values, open: false },
            Type::OneOf { values, open: false } if values.len() == 2 => *ty = Type::YesNo,
            Type::OneOf { .. }
            | Type::AnyOf { .. }
            | Type::Number { .. }
            | Type::Version
            | Type::Date
            | Type::Error => {}
        }
    }

    fn change_rule(&mut self) {
        let derived = self.model.facts.enumerate().find(|(_, fact)| fact.derived.is_some()).map(|(id, _)| id);
        let Some(fact) = derived else { return };
        let formula = self.formula(2, fact.index());
        let condition = self.condition(formula);
        if let Some([first, ..]) = self.model.facts[fact].derived.as_deref_mut()
            && (first.when.is_some() || matches!(first.value, RuleValue::Yes))
        {
            first.when = Some(condition);
        }
    }

    fn change_text(&mut self) {
        let Some(id) = self.any_action() else { return };
        let step = self.step();
        let steps = &mut self.model.actions[id].steps;
        match (steps.is_empty(), self.random.below(3)) {
            (true, _) | (_, 0) => steps.push(step),
            (false, 1) => steps[0] = step,
            (false, _) => _ = steps.pop(),
        }
    }
}
