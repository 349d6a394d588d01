//! Where a symptom's findings are reported: from the numbers of its problem back to places and words. Refuses to know what is
//! found.

use super::Context;
use super::extract::Places;
use super::problem::Problem;
use crate::domain::say_cube;
use crate::logic::{Cube, Var};
use crate::model::{EntryId, Target};
use crate::prose;
use crate::source::Span;
use crate::speech::Speech;

/// A symptom's problem, and what its numbers stand for.
#[derive(Clone, Copy, Debug)]
pub struct Site<'a> {
    pub cx: &'a Context<'a>,
    pub problem: &'a Problem,
    pub places: &'a Places,
}

impl<'a> Site<'a> {
    /// The name of the symptom's declaration.
    pub fn name(&self) -> Span {
        self.cx.model.symptoms[self.places.symptom].name
    }

    pub fn title(&self) -> String {
        prose::title(&Target::Symptom(self.places.symptom), self.cx.model, self.cx.sources)
    }

    /// The entry at an index of the problem.
    pub fn entry(&self, index: usize) -> EntryId {
        self.places.entries[index]
    }

    /// A box of the problem in the reader's words; `None` for that of every situation.
    pub fn words(&self, cube: &Cube) -> Option<String> {
        let (language, model) = (self.cx.model.config.language, self.cx.model);
        let speech = Speech { model, types: self.cx.types, sources: self.cx.sources, language };
        say_cube(&self.outward(cube), self.cx.domain, speech)
    }

    /// A box of the problem as one over the facts of the knowledge base.
    fn outward(&self, cube: &Cube) -> Cube {
        let name = |var: &Var| self.places.vars[var.index()];
        Cube::new(cube.literals().iter().map(|(var, values)| (name(var), values.clone()))).unwrap_or_default()
    }
}
