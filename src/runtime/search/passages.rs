//! What a reader can see of an entry, passage by passage. Refuses to know how it is laid out and how it is searched.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::spelling::plain;
use crate::table::{Action, Entry, MessagePiece, Prose, Reference, Step, Symptom, Table};

/// The part of an entry in which a passage stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "compiler", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Place {
    Number,
    Title,
    Category,
    /// A symptom's title, its messages, and what the reader was doing.
    Symptom,
    /// The entry's condition, in words.
    When,
    Cause,
    /// The title of an action, its condition, and how to ask whether it helped.
    Action,
    /// Steps, notes and warnings, and text to type or that the screen shows.
    Step,
    /// References, contacts, where else to go, who looks after it.
    Other,
}

impl Place {
    /// How much it counts that words are found there.
    pub(super) fn weight(self) -> u32 {
        match self {
            Self::Number | Self::Title => 100,
            Self::Symptom => 60,
            Self::Category | Self::Cause => 30,
            Self::When | Self::Action => 20,
            Self::Step => 10,
            Self::Other => 5,
        }
    }
}

/// A text by itself: a title, a line, a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passage {
    pub place: Place,
    pub text: String,
}

/// Which symptoms an entry belongs to by itself, not by way of a wider symptom: for each entry, in the order of symptoms.
pub fn symptoms_of_entries(table: &Table) -> Vec<Vec<u32>> {
    let mut found = vec![Vec::new(); table.entries.len()];
    for (index, symptom) in (0u32..).zip(&table.symptoms) {
        for listed in symptom.entries.iter().filter(|it| it.tier == 0) {
            if let Some(list) = found.get_mut(listed.entry as usize) {
                list.push(index);
            }
        }
    }
    found
}

/// The passages of an entry in the order in which they are read; `symptoms` are those of the entry.
pub fn passages(table: &Table, entry: &Entry, symptoms: &[u32]) -> Vec<Passage> {
    let mut writer = Writer { table, passages: Vec::new(), told: BTreeSet::new() };
    writer.entry(entry, symptoms);
    writer.passages
}

struct Writer<'a> {
    table: &'a Table,
    passages: Vec<Passage>,
    /// Actions.
    told: BTreeSet<u32>,
}

impl<'a> Writer<'a> {
    fn entry(&mut self, entry: &'a Entry, symptoms: &[u32]) {
        if let Some(number) = entry.number {
            self.push(Place::Number, format!("No.{number}"));
        }
        self.prose(Place::Title, &entry.title);
        entry.category.iter().for_each(|title| self.push(Place::Category, title.clone()));
        let table = self.table;
        let symptoms = symptoms.iter().filter_map(|it| table.symptoms.get(*it as usize));
        symptoms.for_each(|symptom| self.symptom(symptom));
        self.maybe(Place::When, entry.when.as_ref());
        for cause in &entry.causes {
            self.prose(Place::Cause, &cause.title);
            self.maybe(Place::Cause, cause.when.as_ref());
            self.steps(&cause.notes);
            self.references(&cause.see);
        }
        for offer in &entry.actions {
            match self.table.actions.get(offer.action as usize) {
                Some(action) if offer.reused => self.prose(Place::Action, &action.title),
                Some(action) => self.action(offer.action, action),
                None => {}
            }
        }
        self.steps(&entry.notes);
        self.contacts(&entry.contacts);
        self.references(&entry.see);
        self.prose(Place::Other, &entry.owner);
    }

    fn symptom(&mut self, symptom: &Symptom) {
        self.prose(Place::Symptom, &symptom.title);
        for message in &symptom.messages {
            let text = message.pieces.iter().map(|piece| match piece {
                MessagePiece::Text(text) => text.clone(),
                MessagePiece::Varies { varies } => format!("{{{varies}}}"),
            });
            self.push(Place::Symptom, text.collect());
        }
        self.prose(Place::Symptom, &symptom.during);
    }

    /// With its alternatives. Each once, whatever a damaged table says.
    fn action(&mut self, index: u32, action: &'a Action) {
        if !self.told.insert(index) {
            return;
        }
        self.prose(Place::Action, &action.title);
        self.maybe(Place::Action, action.when.as_ref());
        self.steps(&action.steps);
        for alternative in &action.alternatives {
            if let Some(action) = self.table.actions.get(*alternative as usize) {
                self.action(*alternative, action);
            }
        }
        self.prose(Place::Action, &action.solved);
        self.contacts(&action.contacts);
        self.references(&action.see);
    }

    fn steps(&mut self, steps: &[Step]) {
        for step in steps {
            match step {
                Step::Step { text } | Step::Bullet { text } | Step::Note { text } | Step::Warning { text } => {
                    self.prose(Place::Step, text);
                }
                Step::Fence { lines, .. } => lines.iter().for_each(|line| self.push(Place::Step, line.clone())),
                Step::Branches { branches } => {
                    for branch in branches {
                        self.maybe(Place::Step, branch.when.as_ref());
                        self.steps(&branch.steps);
                    }
                }
                Step::Do { action } => {
                    if let Some(action) = self.table.actions.get(*action as usize) {
                        self.prose(Place::Step, &action.title);
                    }
                }
                Step::Contact { contact } => self.contacts(&[*contact]),
                Step::See { references } => self.references(references),
            }
        }
    }

    fn contacts(&mut self, contacts: &[u32]) {
        for contact in contacts {
            if let Some(contact) = self.table.contacts.get(*contact as usize) {
                self.prose(Place::Other, &contact.title);
            }
        }
    }

    fn references(&mut self, references: &[Reference]) {
        references.iter().for_each(|it| self.push(Place::Other, it.text.clone()));
    }

    fn prose(&mut self, place: Place, prose: &Prose) {
        self.push(place, prose.iter().map(plain).collect());
    }

    fn maybe(&mut self, place: Place, text: Option<&String>) {
        if let Some(text) = text {
            self.push(place, text.clone());
        }
    }

    fn push(&mut self, place: Place, text: String) {
        if !text.trim().is_empty() {
            self.passages.push(Passage { place, text });
        }
    }
}
