//! Actions and steps. Refuses to know when an action applies.

use std::sync::Arc;

use super::last::Draft;
use super::rows::Conditions;
use super::{Writer, contact_indexes, entry_indexes, index, wire};
use crate::ast::LikelihoodKind;
use crate::domain::Meanings;
use crate::logic::Formula;
use crate::model::{self, ActionId, ConditionId, FactUse, Id};
use crate::table::{Action, Branch, LikelyWord, Step};

const OFTEN_PERCENT: u8 = 60;
const RARELY_PERCENT: u8 = 10;

impl<'a, C: Conditions> Writer<'a, C> {
    /// Every action, in the model's order.
    pub(super) fn actions(&mut self) -> Vec<Draft<'a, Action>> {
        let model = &self.compilation.model;
        let draft = |(id, action): (ActionId, &model::Action)| {
            let known = self.known.action(id.index(), action.span);
            known.map_or_else(|| Draft::New(self.action(id, action)), Draft::Known)
        };
        model.actions.enumerate().map(draft).collect()
    }

    fn action(&mut self, id: ActionId, action: &model::Action) -> Action {
        let (likely_percent, likely_word) = likely(action.likely);
        Action {
            id: wire::action_id(id, &self.compilation.model),
            entry: index(action.entry),
            number: action.number.clone(),
            parent: action.parent.map(index),
            title: self.maybe_prose(action.title.as_ref()),
            when: self.words(&action.when),
            steps: self.steps(&action.steps),
            alternatives: action.alternatives.iter().map(|id| index(*id)).collect(),
            finds: self.question_indexes(&action.finds),
            sets: action.sets.iter().filter_map(|it| self.assignment(it.fact, &it.value)).collect(),
            recheck: self.question_indexes(&action.recheck),
            then: entry_indexes(&action.then),
            contacts: contact_indexes(&action.contacts),
            after: action.after.iter().map(|(id, _)| index(*id)).collect(),
            see: wire::references(&action.see, self.compilation),
            solved: self.maybe_prose(action.solved.as_ref()),
            likely_percent,
            likely_word,
            seconds: action.takes,
        }
    }

    /// The questions of facts; derived facts have none.
    fn question_indexes(&self, uses: &[FactUse]) -> Vec<u32> {
        uses.iter().filter_map(|it| self.questions[it.fact]).collect()
    }

    pub(super) fn steps(&mut self, steps: &[model::Step]) -> Vec<Step> {
        steps.iter().map(|step| self.step(step)).collect()
    }

    fn step(&mut self, step: &model::Step) -> Step {
        match &step.kind {
            model::StepKind::Step(prose) => Step::Step { text: self.prose(prose) },
            model::StepKind::Bullet(prose) => Step::Bullet { text: self.prose(prose) },
            model::StepKind::Note(prose) => Step::Note { text: self.prose(prose) },
            model::StepKind::Warning(prose) => Step::Warning { text: self.prose(prose) },
            model::StepKind::Fence { info, lines } => {
                let sources = &self.compilation.sources;
                Step::Fence { info: sources.text(*info).trim().to_owned(), lines: wire::texts(lines, sources) }
            }
            model::StepKind::Branches(branches) => Step::Branches { branches: self.branches(branches) },
            model::StepKind::Do(action) => Step::Do { action: index(*action) },
            model::StepKind::Contact(contact) => Step::Contact { contact: index(*contact) },
            model::StepKind::See(references) => {
                Step::See { references: wire::references(references, self.compilation) }
            }
        }
    }

    /// Each branch's condition says that no earlier one holds.
    fn branches(&mut self, branches: &[model::Branch]) -> Vec<Branch> {
        let mut still_open = Formula::Const(true);
        let mut written = Vec::with_capacity(branches.len());
        for branch in branches {
            let place = branch.when.map_or(branch.span, |when| self.compilation.model.conditions[when].span());
            let own = branch.when.map_or(Formula::Const(true), |when| self.meanings.of(when).clone());
            let formula = Meanings::and([still_open.clone(), own.clone()]);
            still_open = Meanings::and([still_open, Meanings::not(&own)]);
            written.push(Branch {
                when: self.words(branch.when.as_slice()),
                condition: self.conditions.add(formula, place),
                steps: self.steps(&branch.steps),
            });
        }
        written
    }

    /// A written condition's place in the table.
    pub(super) fn condition(&mut self, id: ConditionId) -> u32 {
        let span = self.compilation.model.conditions[id].span();
        self.conditions.add(self.meanings.of(id).clone(), span)
    }
}

/// Gives the conditions of an action their places in the table.
pub(super) fn place_conditions(draft: Draft<'_, Action>, places: &[u32]) -> Arc<Action> {
    match draft {
        Draft::New(mut action) => {
            place_in_steps(&mut action.steps, places);
            Arc::new(action)
        }
        Draft::Known(known) => Arc::clone(known),
    }
}

/// The same of steps.
pub(super) fn place_in_steps(steps: &mut [Step], places: &[u32]) {
    for step in steps {
        let Step::Branches { branches } = step else { continue };
        for branch in branches {
            branch.condition = places[branch.condition as usize];
            place_in_steps(&mut branch.steps, places);
        }
    }
}

/// A declared likelihood as a percentage, and its word if that is how it was declared.
pub(in crate::emit) fn likely(likely: Option<LikelihoodKind>) -> (Option<u8>, Option<LikelyWord>) {
    match likely {
        None => (None, None),
        Some(LikelihoodKind::Percent(percent)) => (Some(percent), None),
        Some(LikelihoodKind::Often) => (Some(OFTEN_PERCENT), Some(LikelyWord::Often)),
        Some(LikelihoodKind::Rarely) => (Some(RARELY_PERCENT), Some(LikelyWord::Rarely)),
    }
}
