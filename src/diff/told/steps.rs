//! Steps, notes and what else stands in lists, as lines. Refuses to know whose steps they are.

use super::Teller;
use crate::domain::Meanings;
use crate::emit::markdown::steps::{caption, outdented};
use crate::emit::markdown::words::Around;
use crate::logic::Formula;
use crate::model::{Branch, Step, StepKind, Target};

impl Teller<'_> {
    pub(super) fn steps(&mut self, steps: &[Step]) {
        for step in steps {
            self.step(step);
        }
    }

    fn step(&mut self, step: &Step) {
        let words = self.words;
        match &step.kind {
            StepKind::Step(prose) => self.prose(words.step_mark, prose),
            StepKind::Bullet(prose) => self.prose(words.bullet_mark, prose),
            StepKind::Note(prose) => self.prose(words.note_mark, prose),
            StepKind::Warning(prose) => self.prose(words.warning_mark, prose),
            StepKind::Fence { info, lines } => {
                let info = self.text(*info);
                self.push(caption(info, words).unwrap_or(info).to_owned(), Vec::new());
                for line in outdented(&self.version.compilation.sources, step.span, lines) {
                    self.push(line.to_owned(), Vec::new());
                }
            }
            StepKind::Branches(branches) => self.branches(branches),
            StepKind::Do(action) => self.sentence(words.do_step, Target::Action(*action)),
            StepKind::Contact(contact) => self.sentence(words.contact_step, Target::Contact(*contact)),
            StepKind::See(references) => self.see(references),
        }
    }

    fn sentence(&mut self, (before, after): Around, target: Target) {
        let text = format!("{}{before}{}{after}", self.words.step_mark, self.title(&target));
        self.push(text, vec![target]);
    }

    /// The first branch whose condition holds.
    fn branches(&mut self, branches: &[Branch]) {
        let mut still_open = Formula::Const(true);
        for branch in branches {
            let conditions = branch.when.as_slice();
            let words = match conditions {
                [] => self.words.else_case.to_owned(),
                some => self.when_words(some),
            };
            self.within(conditions, &still_open, Some(&words), |teller| teller.steps(&branch.steps));
            let own = self.version.meanings.all(conditions);
            still_open = Meanings::and([still_open, Meanings::not(&own)]);
        }
    }
}
