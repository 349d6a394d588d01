//! Numbers what the reader is told, so that equal texts have equal numbers. Refuses to know when it is told.

use std::fmt::Write;

use rustc_hash::FxHashMap;

use crate::model::{Action, ActionId, Branch, ContactId, Model, Prose, Step, StepKind, Target};
use crate::prose;
use crate::source::Sources;

/// The texts met so far, each with its number.
pub(super) struct Told<'a> {
    model: &'a Model,
    sources: &'a Sources,
    /// Whether texts are compared. If not, each action has a number of its own, for that costs nothing.
    compares: bool,
    numbers: FxHashMap<Text, usize>,
    /// By their headings. Most texts are told apart by these, and need not be written out.
    headed: FxHashMap<Option<String>, Vec<Headed>>,
    count: usize,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Text {
    Action(ActionId),
    Contact(ContactId),
}

/// One of the texts with the same heading.
struct Headed {
    text: Text,
    /// Written out when there is another to compare it with.
    written: Option<String>,
    number: usize,
}

impl<'a> Told<'a> {
    pub(super) fn new(model: &'a Model, sources: &'a Sources, compares: bool) -> Self {
        let (numbers, headed) = (FxHashMap::default(), FxHashMap::default());
        Self { model, sources, compares, numbers, headed, count: 0 }
    }

    /// The number of an action's text: its title, its steps, its contacts.
    pub(super) fn action(&mut self, id: ActionId) -> usize {
        self.number(Text::Action(id))
    }

    pub(super) fn contact(&mut self, id: ContactId) -> usize {
        self.number(Text::Contact(id))
    }

    fn number(&mut self, text: Text) -> usize {
        if let Some(number) = self.numbers.get(&text) {
            return *number;
        }
        let is_compared = self.compares || matches!(text, Text::Contact(_));
        let number = if is_compared { self.number_of_equal(text) } else { self.count };
        self.count = self.count.max(number + 1);
        self.numbers.insert(text, number);
        number
    }

    /// The number of an earlier text that reads the same, or the next one.
    fn number_of_equal(&mut self, text: Text) -> usize {
        let heading = self.heading(text);
        let mut others = self.headed.remove(&heading).unwrap_or_default();
        let written = (!others.is_empty()).then(|| self.written(text));
        for other in &mut others {
            other.written.get_or_insert_with(|| self.written(other.text));
        }
        let equal = others.iter().find(|other| other.written == written).map(|other| other.number);
        let number = equal.unwrap_or(self.count);
        if equal.is_none() {
            others.push(Headed { text, written, number });
        }
        self.headed.insert(heading, others);
        number
    }

    /// The first line of some texts.
    fn heading(&self, text: Text) -> Option<String> {
        match text {
            Text::Action(id) => {
                let title = self.model.actions[id].title.as_ref()?;
                Some(prose::plain(title, self.model, self.sources))
            }
            Text::Contact(_) => None,
        }
    }

    fn written(&self, text: Text) -> String {
        let mut out = String::new();
        match text {
            Text::Action(id) => self.write_action(id, &mut out),
            Text::Contact(id) => self.write_contact(id, &mut out),
        }
        out
    }

    fn write_action(&self, id: ActionId, out: &mut String) {
        let action: &Action = &self.model.actions[id];
        if let Some(title) = &action.title {
            self.write_prose("title", title, out);
        }
        self.write_steps(&action.steps, out);
        for used in &action.contacts {
            self.write_contact(used.contact, out);
        }
    }

    fn write_steps(&self, steps: &[Step], out: &mut String) {
        for step in steps {
            match &step.kind {
                StepKind::Step(prose) => self.write_prose("step", prose, out),
                StepKind::Bullet(prose) => self.write_prose("bullet", prose, out),
                StepKind::Note(prose) => self.write_prose("note", prose, out),
                StepKind::Warning(prose) => self.write_prose("warning", prose, out),
                StepKind::Fence { lines, .. } => {
                    lines.iter().for_each(|line| self.write_line("fence", self.sources.text(*line), out));
                }
                StepKind::Branches(branches) => branches.iter().for_each(|branch| self.write_branch(branch, out)),
                StepKind::Do(action) => self.write_action(*action, out),
                StepKind::Contact(contact) => self.write_contact(*contact, out),
                // References say where to read on, not what to do.
                StepKind::See(_) => {}
            }
        }
    }

    fn write_branch(&self, branch: &Branch, out: &mut String) {
        let when = branch.when.map_or("else", |id| self.sources.text(self.model.conditions[id].span()));
        self.write_line("when", when, out);
        self.write_steps(&branch.steps, out);
        self.write_line("end", "", out);
    }

    fn write_contact(&self, id: ContactId, out: &mut String) {
        self.write_line("contact", &prose::title(&Target::Contact(id), self.model, self.sources), out);
    }

    fn write_prose(&self, kind: &str, prose: &Prose, out: &mut String) {
        self.write_line(kind, &prose::plain(prose, self.model, self.sources), out);
    }

    /// The length comes first, so that no text reads as several lines.
    fn write_line(&self, kind: &str, text: &str, out: &mut String) {
        writeln!(out, "{kind} {} {text}", text.len()).expect("a string takes all that is written to it");
    }
}
