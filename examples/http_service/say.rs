//! What a step says to the reader, as plain texts.

use faqc::runtime::{Next, Reader, Session, Verdict};
use faqc::table::{Assignment, Branch, Kind, Piece, Prose, Question, Step, Symptom, Table};
use serde_json::{Value, json};

pub fn symptom(index: u32, symptom: &Symptom) -> Value {
    json!({"symptom": index, "id": symptom.id, "title": plain(&symptom.title)})
}

/// The text of a step, what can be chosen as the answer, and the lines that tell how.
pub fn step(reader: &Reader, session: &Session, next: &Next) -> Value {
    let speaker = Speaker { reader, session };
    let said = match next {
        Next::Choose => Some(json!({"text": "Choose a symptom."})),
        Next::Contradiction { clashes } => Some(speaker.contradiction(clashes.iter().flatten())),
        Next::Ask { question, procedures, .. } => speaker.ask(*question, procedures),
        Next::Do { action, entry, certain } => speaker.action(*action, *entry, *certain),
        Next::Contact { contact, .. } => speaker.contact(*contact),
        Next::Done => Some(json!({"text": "There is nothing left to try."})),
    };
    said.unwrap_or_default()
}

struct Speaker<'a> {
    reader: &'a Reader<'a>,
    session: &'a Session,
}

/// Steps that do each other's steps are cut off here.
const DEEPEST: usize = 8;

impl Speaker<'_> {
    fn table(&self) -> &Table {
        self.reader.table()
    }

    /// Each of these answers may be taken back.
    fn contradiction<'a>(&self, facts: impl Iterator<Item = &'a u32>) -> Value {
        let facts = facts.filter_map(|fact| self.table().facts.get(*fact as usize));
        let answers = facts.map(|it| json!({"question": it.question, "text": it.label}));
        json!({"text": "These answers cannot be true together.", "answers": answers.collect::<Vec<Value>>()})
    }

    fn ask(&self, question: u32, procedures: &[u32]) -> Option<Value> {
        let asked = self.table().questions.get(question as usize)?;
        let text = if asked.ask.is_empty() { asked.label.clone() } else { plain(&asked.ask) };
        let ways = procedures.iter().filter_map(|it| asked.procedures.get(*it as usize));
        let how: Vec<String> =
            ways.flat_map(|it| it.when.clone().into_iter().chain(self.lines(&it.steps, 0))).collect();
        Some(json!({"text": text, "choices": self.choices(asked), "how": how, "notes": self.lines(&asked.notes, 0)}))
    }

    /// The answers to one fact, each with the cells to pick. Of several values at once the reader types those that are so.
    fn choices(&self, asked: &Question) -> Vec<Value> {
        if asked.kind == Kind::AnyOf {
            let facts = asked.facts.iter().filter_map(|fact| self.table().facts.get(*fact as usize));
            return facts.map(|it| json!({"label": it.label})).collect();
        }
        let evidence = self.reader.evidence(self.session);
        let Some((fact, it)) = asked.facts.first().and_then(|it| Some((*it, self.table().facts.get(*it as usize)?)))
        else {
            return Vec::new();
        };
        let cells = (0u32..).zip(&it.cells).filter(|(cell, it)| !it.not_applicable && evidence.allows(fact, *cell));
        let choice =
            |(cell, label): (u32, &String)| json!({"label": label, "cells": [Assignment { fact, cells: vec![cell] }]});
        cells.map(|(cell, it)| choice((cell, &it.label))).collect()
    }

    fn action(&self, action: u32, entry: u32, certain: bool) -> Option<Value> {
        let (it, entry) = (self.table().actions.get(action as usize)?, self.table().entries.get(entry as usize)?);
        let when: Vec<&String> = entry.when.iter().chain(&it.when).filter(|_| !certain).collect();
        // What an alternative belongs to is done first.
        let outer = it.parent.and_then(|parent| self.table().actions.get(parent as usize));
        let steps: Vec<String> = outer.into_iter().chain([it]).flat_map(|it| self.lines(&it.steps, 0)).collect();
        Some(json!({
            "text": plain(&it.title), "entry": plain(&entry.title), "when": when, "steps": steps,
            "solved": plain(&it.solved),
        }))
    }

    fn contact(&self, contact: u32) -> Option<Value> {
        let it = self.table().contacts.get(contact as usize)?;
        let by = [("tel", &it.tel), ("mail", &it.mail), ("hours", &it.hours), ("tell", &it.tell)];
        let mut said = json!({"text": plain(&it.title), "url": it.url, "notes": self.lines(&it.notes, 0)});
        by.into_iter().filter(|(_, text)| !text.is_empty()).for_each(|(name, text)| said[name] = json!(plain(text)));
        Some(said)
    }

    fn lines(&self, steps: &[Step], depth: usize) -> Vec<String> {
        steps.iter().flat_map(|step| self.line(step, depth)).collect()
    }

    fn line(&self, step: &Step, depth: usize) -> Vec<String> {
        let actions = &self.table().actions;
        match step {
            Step::Step { text } | Step::Bullet { text } | Step::Note { text } | Step::Warning { text } => {
                vec![plain(text)]
            }
            Step::Fence { lines, .. } => lines.clone(),
            Step::Branches { branches } => self.branches(branches, depth),
            Step::Do { action } if depth < DEEPEST => {
                actions.get(*action as usize).map_or_else(Vec::new, |it| self.lines(&it.steps, depth + 1))
            }
            Step::Do { .. } => Vec::new(),
            Step::Contact { contact } => {
                self.table().contacts.get(*contact as usize).map(|it| plain(&it.title)).into_iter().collect()
            }
            Step::See { references } => references.iter().map(|it| it.text.clone()).collect(),
        }
    }

    /// The branch that is certain; while none is, all that are not excluded, with when they hold.
    fn branches(&self, branches: &[Branch], depth: usize) -> Vec<String> {
        let evidence = self.reader.evidence(self.session);
        let judged = || branches.iter().map(|it| (it, self.reader.judge_condition(it.condition, &evidence)));
        if let Some((branch, _)) = judged().find(|(_, verdict)| *verdict == Verdict::Certain) {
            return self.lines(&branch.steps, depth);
        }
        let open = judged().filter(|(_, verdict)| *verdict == Verdict::Possible);
        open.flat_map(|(it, _)| it.when.clone().into_iter().chain(self.lines(&it.steps, depth))).collect()
    }
}

fn plain(prose: &Prose) -> String {
    let text = |piece: &Piece| match piece {
        Piece::Text(text) => text.clone(),
        Piece::Reference(reference) => reference.text.clone(),
    };
    prose.iter().map(text).collect()
}
