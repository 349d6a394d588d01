//! Steps as lines: numbered, with the branches that may hold, other actions' steps in their place.

use std::collections::BTreeSet;

use super::thing::{contact_title, write_contact, write_references};
use super::{Page, Voice, prose};
use crate::runtime::{Verdict, judge_condition};
use crate::table::{Action, Branch, Reference, Step};

/// What is told of steps, in order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Told<'a> {
    /// One thing to do; all are counted through, those within branches too.
    Step {
        number: usize,
        text: String,
    },
    Bullet(String),
    Note(String),
    Warning(String),
    /// Lines as they are, and what they are: to be typed, or shown by the screen.
    Fence {
        info: &'a str,
        lines: &'a [String],
    },
    /// What follows is for this case; while it is not known which case it is.
    When(String),
    /// An index.
    Contact(u32),
    See(&'a [Reference]),
}

/// Lists of steps, one after the other, each with how many cases it is for.
pub fn steps<'a>(voice: Voice<'a>, lists: impl IntoIterator<Item = &'a [Step]>) -> Vec<(usize, Told<'a>)> {
    let mut telling = Telling { voice, number: 0, told: Vec::new() };
    lists.into_iter().for_each(|steps| telling.all(steps, 0));
    telling.told
}

/// The steps of an action and of those that it is an alternative of, numbered through, each with the cases that it is for; they are
/// what can be ticked off.
pub fn numbered(voice: Voice<'_>, lineage: &[&Action]) -> Vec<String> {
    let mut numbered = Vec::new();
    // The cases around a step.
    let mut around: Vec<String> = Vec::new();
    for (cases, told) in steps(voice, lineage.iter().map(|it| it.steps.as_slice())) {
        around.truncate(cases);
        match told {
            Told::When(when) => around.push(when),
            Told::Step { text, .. } if around.is_empty() => numbered.push(text),
            Told::Step { text, .. } => {
                let names = [("when", voice.list(&around)), ("text", text)];
                let names = names.each_ref().map(|(name, text)| (*name, text.as_str()));
                numbered.push(voice.sentence("told-in-case", &names));
            }
            _ => {}
        }
    }
    numbered
}

struct Telling<'a> {
    voice: Voice<'a>,
    number: usize,
    told: Vec<(usize, Told<'a>)>,
}

impl<'a> Telling<'a> {
    fn all(&mut self, steps: &'a [Step], cases: usize) {
        steps.iter().for_each(|step| self.one(step, cases));
    }

    /// What is done within an action ends: tables of which this is not so are refused.
    fn one(&mut self, step: &'a Step, cases: usize) {
        let told = match step {
            Step::Step { text } => {
                self.number += 1;
                Told::Step { number: self.number, text: prose(self.voice, text) }
            }
            Step::Bullet { text } => Told::Bullet(prose(self.voice, text)),
            Step::Note { text } => Told::Note(prose(self.voice, text)),
            Step::Warning { text } => Told::Warning(prose(self.voice, text)),
            Step::Fence { info, lines } => Told::Fence { info, lines },
            Step::Contact { contact } => Told::Contact(*contact),
            Step::See { references } => Told::See(references),
            Step::Branches { branches } => return self.branches(branches, cases),
            Step::Do { action } => {
                let action = self.voice.table.actions.get(*action as usize);
                return self.all(action.map_or(&[][..], |it| it.steps.as_slice()), cases);
            }
        };
        self.told.push((cases, told));
    }

    fn branches(&mut self, branches: &'a [Branch], cases: usize) {
        let open = open_branches(self.voice, branches);
        if let [branch] = open.as_slice()
            && is_certain(self.voice, branch)
        {
            return self.all(&branch.steps, cases);
        }
        for branch in open {
            let when = branch.when.clone().unwrap_or_else(|| self.voice.word("told-else").to_owned());
            self.told.push((cases, Told::When(when)));
            self.all(&branch.steps, cases + 1);
        }
    }
}

/// The first that is certain; while none is, all that are not excluded.
pub(super) fn open_branches<'a>(voice: Voice<'_>, branches: &'a [Branch]) -> Vec<&'a Branch> {
    let is_open =
        |branch: &&Branch| judge_condition(voice.table, branch.condition, voice.evidence) != Verdict::Excluded;
    match branches.iter().find(|branch| is_certain(voice, branch)) {
        Some(certain) => vec![certain],
        None => branches.iter().filter(is_open).collect(),
    }
}

fn is_certain(voice: Voice<'_>, branch: &Branch) -> bool {
    judge_condition(voice.table, branch.condition, voice.evidence) == Verdict::Certain
}

/// Writes lists of steps; `ticked` are the numbers of those that are done, and none of the steps has a box without it.
pub fn write_steps<'a>(
    page: &mut Page,
    voice: Voice<'a>,
    lists: impl IntoIterator<Item = &'a [Step]>,
    ticked: Option<&BTreeSet<usize>>,
    indent: usize,
) {
    for (cases, told) in steps(voice, lists) {
        write_told(page, voice, &told, ticked, indent + 2 * cases);
    }
}

fn write_told(page: &mut Page, voice: Voice<'_>, told: &Told<'_>, ticked: Option<&BTreeSet<usize>>, indent: usize) {
    match told {
        Told::Step { number, text } => {
            let tick = ticked.map_or("", |ticked| if ticked.contains(number) { "[x] " } else { "[ ] " });
            page.item(indent, format!("{tick}{number:>2}. "), text);
        }
        Told::Bullet(text) => page.item(indent, voice.word("told-bullet"), text),
        Told::Note(text) => page.item(indent, voice.word("told-note"), text),
        Told::Warning(text) => page.item(indent, voice.word("told-warning"), text),
        Told::Fence { info, lines } => {
            match *info {
                "入力" | "input" => page.line(indent, voice.word("told-type")),
                "表示" | "output" => page.line(indent, voice.word("told-screen")),
                other if !other.is_empty() => page.line(indent, other),
                _ => {}
            }
            lines.iter().for_each(|line| page.whole(indent, "  | ", line));
        }
        Told::When(when) => page.line(indent, voice.sentence("told-when", &[("when", when)])),
        Told::Contact(contact) => {
            let title = contact_title(voice, *contact);
            page.item(indent, voice.word("told-bullet"), voice.sentence("told-contact", &[("contact", &title)]));
            write_contact(page, voice, *contact, indent + 4);
        }
        Told::See(references) => write_references(page, voice, *references, indent),
    }
}

/// The same as one line of text each, without marks.
pub fn tell(voice: Voice<'_>, told: &Told<'_>) -> (&'static str, String) {
    match told {
        Told::Step { text, .. } => ("step", text.clone()),
        Told::Bullet(text) => ("bullet", text.clone()),
        Told::Note(text) => ("note", text.clone()),
        Told::Warning(text) => ("warning", text.clone()),
        Told::Fence { lines, .. } => ("fence", lines.join("\n")),
        Told::When(when) => ("when", when.clone()),
        Told::Contact(contact) => ("contact", contact_title(voice, *contact)),
        Told::See(references) => {
            let texts: Vec<String> = references.iter().map(|it| it.text.clone()).collect();
            ("see", voice.list(&texts))
        }
    }
}
