//! Says in which situations hand-overs go round in a circle, and how to break it. Refuses to know how circles are found.

use std::collections::BTreeSet;

use super::{Circle, Found, Step, Way};
use crate::analysis::Context;
use crate::analysis::extract::Circuit;
use crate::analysis::mend;
use crate::analysis::site::{entry_title, situation};
use crate::diag::{Arg, Code, Diagnostic, Diagnostics, Edit};
use crate::logic::Cube;
use crate::model::{ActionId, EntryId, EntryUse, Fallthrough, SymptomId, Target};
use crate::prose;
use crate::source::Span;

/// Entries that a message names of a longer circle, and hand-overs that it points at.
const NAMED: usize = 8;

/// Says what was found of a circuit.
pub(super) fn report(found: &Found, circuit: &Circuit, cx: &Context<'_>, diagnostics: &mut Diagnostics) {
    for circle in &found.circles {
        Report { circle, circuit, cx }.finding().into_iter().for_each(|finding| finding.push_to(diagnostics));
    }
    if found.is_undecided && found.circles.is_empty() {
        circuit.entries.first().into_iter().for_each(|first| undecided(*first, cx).push_to(diagnostics));
    }
}

fn undecided(first: EntryId, cx: &Context<'_>) -> Diagnostic {
    let listing = |symptom: &SymptomId| cx.applicability.entries[*symptom].contains(&first);
    let symptom = cx.model.symptoms.ids().find(listing);
    let title = symptom.map(|symptom| prose::title(&Target::Symptom(symptom), cx.model, cx.sources));
    let title = title.unwrap_or_else(|| entry_title(first, cx));
    Diagnostic::at(Code::Undecided, cx.model.entries[first].name)
        .text("symptom", title)
        .arg("what", Arg::List(vec![Arg::Word("undecided-endless-loop")]))
        .help("split")
}

struct Report<'a> {
    circle: &'a Circle,
    circuit: &'a Circuit,
    cx: &'a Context<'a>,
}

impl<'a> Report<'a> {
    fn finding(&self) -> Option<Diagnostic> {
        let places: Vec<Span> = self.circle.steps.iter().filter_map(|step| self.place(step)).collect();
        let (first, others) = places.split_first()?;
        let mut finding = Diagnostic::at(Code::EndlessLoop, *first)
            .arg("situation", situation(&self.facts(), self.cx))
            .text("path", self.path());
        if let Some((last, between)) = others.split_last() {
            finding = between.iter().take(NAMED).fold(finding, |finding, place| finding.label(*place, "next"));
            finding = finding.label(*last, "back");
        }
        if let Some(symptom) = self.circuit.under {
            let title = prose::title(&Target::Symptom(symptom), self.cx.model, self.cx.sources);
            finding = finding.text("symptom", title).help("under");
        }
        Some(match self.mend() {
            Some(edit) => finding.help("condition").edits("remove", vec![edit], false),
            None => finding.help("break"),
        })
    }

    /// The box over the facts of the knowledge base.
    fn facts(&self) -> Cube {
        let outward = |var: &crate::logic::Var| self.circuit.vars[var.index()];
        let literals = self.circle.facts.literals().iter().map(|(var, values)| (outward(var), values.clone()));
        Cube::new(literals).unwrap_or_default()
    }

    fn path(&self) -> String {
        let title = |step: &Step| entry_title(self.circuit.entries[step.from], self.cx);
        let mut titles: Vec<String> = self.circle.steps.iter().take(NAMED).map(title).collect();
        if self.circle.steps.len() > NAMED {
            titles.push("…".to_owned());
        }
        titles.extend(self.circle.steps.first().map(title));
        titles.join(" → ")
    }

    /// Where a hand-over is written.
    fn place(&self, step: &Step) -> Option<Span> {
        let model = self.cx.model;
        let target = self.circuit.entries[step.to];
        let is_target = |used: &&EntryUse| used.entry == target;
        match step.way {
            Way::Otherwise(_) => {
                let entry = &model.entries[self.circuit.entries[step.from]];
                let written = entry.otherwise.iter().filter_map(|it| match it {
                    Fallthrough::Contact(_) => None,
                    Fallthrough::Entry(used) => Some(used),
                });
                written.into_iter().find(is_target).map(|used| used.span)
            }
            Way::Then(action) => {
                let action = self.circuit.actions[step.from][action];
                let parent = |id: &ActionId| model.actions[*id].parent;
                let mut lineage = std::iter::successors(Some(action), parent);
                lineage.find_map(|id| model.actions[id].then.iter().find(is_target)).map(|used| used.span)
            }
        }
    }

    /// The last hand-over that stands on a line of its own goes.
    fn mend(&self) -> Option<Edit> {
        let alone = self.circle.steps.iter().rev().filter_map(|step| self.place(step)).filter(|it| self.is_alone(*it));
        let mut lines = alone.filter_map(|place| mend::hand_over_line(place, self.cx.sources));
        lines.next().map(|span| Edit { span, text: String::new() })
    }

    /// A range of numbers hands over to several entries in one place.
    fn is_alone(&self, place: Span) -> bool {
        let actions = self.circle.steps.iter().flat_map(|step| &self.circuit.actions[step.from]);
        let parent = |id: &ActionId| self.cx.model.actions[*id].parent;
        let lineages: BTreeSet<ActionId> = actions.flat_map(|id| std::iter::successors(Some(*id), parent)).collect();
        let uses = lineages.iter().flat_map(|id| &self.cx.model.actions[*id].then);
        uses.filter(|used| used.span == place).count() < 2
    }
}
