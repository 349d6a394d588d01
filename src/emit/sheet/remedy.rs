//! The cell of the remedy: causes, actions and steps, a line each, with the marks that help desks use. Refuses to know
//! the other cells.

use super::cell::{Cell, Line, Segment, prose_lines};
use crate::ast::LikelihoodKind;
use crate::emit::markdown::steps::{caption, outdented};
use crate::emit::markdown::words::{Around, Words, duration};
use crate::emit::wire;
use crate::model::{
    Action, ActionId, Branch, Cause, ConditionId, ContactId, Entry, Fallthrough, Prose, Reference, Step, StepKind,
    Target,
};
use crate::prose;
use crate::session::Compilation;
use crate::source::Span;

pub fn cell(compilation: &Compilation, words: &'static Words, entry: &Entry) -> Cell {
    let mut writer = Writer { it: compilation, words, cell: Vec::new() };
    writer.causes(&entry.causes);
    let own = entry.actions.iter().filter(|used| used.reused.is_none()).count();
    for used in &entry.actions {
        match used.reused {
            Some(_) => writer.sentence(words.do_step, &Target::Action(used.action)),
            None => writer.action(used.action, own > 1),
        }
    }
    for used in &entry.contacts {
        writer.sentence(words.contact_step, &Target::Contact(used.contact));
    }
    writer.steps(&entry.notes);
    writer.see(&entry.see);
    writer.listed(words.otherwise, entry.otherwise.iter().map(fallthrough));
    writer.cell
}

/// What a condition says, in words.
pub fn conditions(it: &Compilation, ids: &[ConditionId]) -> String {
    wire::words(ids, it).unwrap_or_default()
}

/// A line that lists things after a label, if there are any.
pub fn list(label: &str, words: &Words, items: impl Iterator<Item = String>) -> Option<Line> {
    let items: Vec<String> = items.map(|item| item.replace('\n', " ")).collect();
    (!items.is_empty()).then(|| Line::fixed(format!("{label}{}{}", words.colon, items.join(words.comma))))
}

fn fallthrough(next: &Fallthrough) -> Target {
    match next {
        Fallthrough::Contact(used) => Target::Contact(used.contact),
        Fallthrough::Entry(used) => Target::Entries(vec![used.entry]),
    }
}

struct Writer<'a> {
    it: &'a Compilation,
    words: &'static Words,
    cell: Cell,
}

impl Writer<'_> {
    fn title(&self, target: &Target) -> String {
        prose::title(target, &self.it.model, &self.it.sources).replace('\n', " ")
    }

    fn prose(&mut self, mark: &str, prose: &Prose, statement: Option<Span>) {
        self.cell.extend(prose_lines(mark, prose, statement, self.it));
    }

    fn sentence(&mut self, (before, after): Around, target: &Target) {
        let line = format!("{}{before}{}{after}", self.words.step_mark, self.title(target));
        self.cell.push(Line::fixed(line));
    }

    fn listed(&mut self, label: &str, targets: impl Iterator<Item = Target>) {
        let titles: Vec<String> = targets.map(|target| self.title(&target)).collect();
        self.cell.extend(list(label, self.words, titles.into_iter()));
    }

    fn see(&mut self, references: &[Reference]) {
        let shown: Vec<String> =
            references.iter().map(|it| prose::shown(it, &self.it.model, &self.it.sources)).collect();
        self.cell.extend(list(self.words.see, self.words, shown.into_iter()));
    }

    fn causes(&mut self, causes: &[Cause]) {
        let label = format!("{}{}", self.words.cause, self.words.colon);
        let several = causes.len() > 1;
        if several {
            self.cell.push(Line::fixed(&*label));
        }
        for cause in causes {
            self.prose(if several { self.words.bullet_mark } else { &label }, &cause.title, None);
            self.add_condition(&cause.when);
            self.steps(&cause.notes);
            self.see(&cause.see);
        }
    }

    /// In parentheses, at the end of the line above.
    fn add_condition(&mut self, when: &[ConditionId]) {
        let Some(line) = self.cell.last_mut().filter(|_| !when.is_empty()) else { return };
        let words = self.words;
        let inside = format!("{}{}{}", words.when, words.colon, conditions(self.it, when));
        line.segments.push(Segment::Fixed(format!("{}{inside}{}", words.open_paren, words.close_paren)));
    }

    fn action(&mut self, id: ActionId, numbered: bool) {
        let action = &self.it.model.actions[id];
        let mark = mark_of(action, numbered);
        match &action.title {
            Some(title) => self.prose(&mark, title, None),
            None if numbered || !action.when.is_empty() => self.cell.push(Line::fixed(mark.trim_end())),
            None => {}
        }
        self.add_condition(&action.when);
        self.steps(&action.steps);
        self.fields(action);
        for alternative in &action.alternatives {
            self.action(*alternative, true);
        }
    }

    fn fields(&mut self, action: &Action) {
        let words = self.words;
        self.listed(words.after, action.after.iter().map(|(id, _)| Target::Action(*id)));
        self.listed(words.contact, action.contacts.iter().map(|used| Target::Contact(used.contact)));
        self.listed(words.then, action.then.iter().map(|used| Target::Entries(vec![used.entry])));
        self.see(&action.see);
        if let Some(solved) = &action.solved {
            self.prose(&format!("{}{}", words.solved, words.colon), solved, None);
        }
        self.cell.extend(list(words.likely, words, action.likely.iter().map(|likely| likelihood(*likely, words))));
        self.cell.extend(list(words.takes, words, action.takes.iter().map(|seconds| duration(*seconds, words))));
    }

    fn steps(&mut self, steps: &[Step]) {
        for step in steps {
            self.step(step);
        }
    }

    fn step(&mut self, step: &Step) {
        let words = self.words;
        match &step.kind {
            StepKind::Step(prose) => self.prose(words.step_mark, prose, Some(step.span)),
            StepKind::Bullet(prose) => self.prose(words.bullet_mark, prose, Some(step.span)),
            StepKind::Note(prose) => self.prose(words.note_mark, prose, Some(step.span)),
            StepKind::Warning(prose) => self.prose(words.warning_mark, prose, Some(step.span)),
            StepKind::Fence { info, lines } => self.fence(step.span, *info, lines),
            StepKind::Branches(branches) => branches.iter().for_each(|branch| self.branch(branch)),
            StepKind::Do(action) => self.sentence(words.do_step, &Target::Action(*action)),
            StepKind::Contact(contact) => self.contact(*contact),
            StepKind::See(references) => self.see(references),
        }
    }

    fn contact(&mut self, contact: ContactId) {
        self.sentence(self.words.contact_step, &Target::Contact(contact));
    }

    fn fence(&mut self, fence: Span, info: Span, lines: &[Span]) {
        let sources = &self.it.sources;
        self.cell.extend(caption(sources.text(info), self.words).map(Line::fixed));
        self.cell.extend(outdented(sources, fence, lines).map(Line::fixed));
    }

    fn branch(&mut self, branch: &Branch) {
        let words = self.words;
        self.cell.push(Line::fixed(match branch.when {
            Some(when) => format!("{}{}{}", words.in_case.0, conditions(self.it, &[when]), words.in_case.1),
            None => words.else_case.to_owned(),
        }));
        self.steps(&branch.steps);
    }
}

/// ① for one of several, ■ for the only one.
fn mark_of(action: &Action, numbered: bool) -> String {
    let circled = action.number.parse().ok().and_then(circled).filter(|_| numbered && action.parent.is_none());
    match circled {
        Some(circled) => format!("{circled} "),
        None if numbered => format!("（{}） ", action.number),
        None => "■ ".to_owned(),
    }
}

/// 1 to 20.
pub fn circled(number: u32) -> Option<char> {
    (1..=20).contains(&number).then(|| char::from_u32(u32::from('①') + number - 1)).flatten()
}

fn likelihood(likely: LikelihoodKind, words: &Words) -> String {
    match likely {
        LikelihoodKind::Percent(percent) => format!("{percent}%"),
        LikelihoodKind::Often => words.often.to_owned(),
        LikelihoodKind::Rarely => words.rarely.to_owned(),
    }
}
