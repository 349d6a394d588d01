//! What the dialogue about a symptom can reach. Refuses to know what becomes of the rest.

use std::collections::BTreeSet;

use super::{Names, rows_of};
use crate::table::{
    Action, Assignment, Cause, Contact, Document, Entry, IfUnknown, Otherwise, Piece, Question, RefKind, Reference,
    Step, Symptom, Table, Text,
};

/// Indexes of what is kept.
#[derive(Debug, Default)]
pub(super) struct Sets {
    pub questions: BTreeSet<u32>,
    pub facts: BTreeSet<u32>,
    pub conditions: BTreeSet<u32>,
    /// Entries that can come into play.
    pub entries: BTreeSet<u32>,
    /// Actions that can be proposed.
    pub actions: BTreeSet<u32>,
    /// Entries of which only the title is needed: of actions that others reuse.
    pub mentioned_entries: BTreeSet<u32>,
    /// Actions of which only the steps are needed.
    pub mentioned_actions: BTreeSet<u32>,
    pub contacts: BTreeSet<u32>,
    pub documents: BTreeSet<u32>,
    pub links: BTreeSet<u32>,
    pub terms: BTreeSet<u32>,
    pub texts: BTreeSet<u32>,
}

pub(super) struct Reach<'a> {
    table: &'a Table,
    names: &'a Names<'a>,
    pub symptom: u32,
    /// Entries that the symptom lists, whose conditions stand there.
    pub listed: BTreeSet<u32>,
    pub sets: Sets,
    /// What is kept and was not looked into yet.
    open: Vec<Item<'a>>,
}

enum Item<'a> {
    Question(&'a Question),
    Entry(u32, &'a Entry),
    MentionedEntry(&'a Entry),
    Action(&'a Action),
    MentionedAction(&'a Action),
    Contact(&'a Contact),
    Document(&'a Document),
    Prose(&'a [Piece]),
    Text(&'a Text),
}

impl<'a> Reach<'a> {
    pub fn new(table: &'a Table, names: &'a Names<'a>, symptom: u32, listed: &'a Symptom) -> Self {
        let entries = listed.entries.iter().map(|it| it.entry).collect();
        let mut reach = Self { table, names, symptom, listed: entries, sets: Sets::default(), open: Vec::new() };
        reach.prose(&listed.title);
        reach.prose(&listed.during);
        reach.steps(&listed.notes);
        for it in &listed.entries {
            reach.entry(it.entry);
            reach.condition(it.condition);
        }
        for it in &listed.actions {
            reach.action(it.action);
            reach.condition(it.condition);
        }
        table.default_contact.iter().for_each(|it| reach.contact(*it));
        while let Some(item) = reach.open.pop() {
            reach.look_into(item);
        }
        reach
    }

    fn look_into(&mut self, item: Item<'a>) {
        match item {
            Item::Question(it) => self.look_into_question(it),
            Item::Entry(index, it) => self.look_into_entry(index, it),
            Item::MentionedEntry(it) => [&it.title, &it.owner].into_iter().for_each(|it| self.prose(it)),
            Item::Action(it) => self.look_into_action(it),
            Item::MentionedAction(it) => self.look_into_mentioned(it),
            Item::Contact(it) => {
                [&it.title, &it.tel, &it.mail, &it.hours, &it.tell].into_iter().for_each(|it| self.prose(it));
                self.steps(&it.notes);
            }
            Item::Document(it) => {
                [&it.title, &it.place].into_iter().for_each(|it| self.prose(it));
                self.steps(&it.notes);
            }
            Item::Prose(it) => self.prose(it),
            Item::Text(it) => it.cases.iter().for_each(|it| {
                self.condition(it.condition);
                self.prose(&it.text);
            }),
        }
    }

    fn look_into_question(&mut self, it: &'a Question) {
        it.facts.iter().for_each(|it| self.fact(*it));
        self.prose(&it.ask);
        for procedure in &it.procedures {
            procedure.condition.iter().for_each(|it| self.condition(*it));
            self.steps(&procedure.steps);
        }
        it.shows.iter().flat_map(|it| it.cells.0.keys()).for_each(|it| self.fact(*it));
        match &it.if_unknown {
            None => {}
            Some(IfUnknown::Contact(contact)) => self.contact(*contact),
            Some(IfUnknown::Entry(entry)) => self.entry(*entry),
            Some(IfUnknown::Assume(cells)) => self.assignments(cells),
        }
        self.steps(&it.notes);
    }

    fn look_into_entry(&mut self, index: u32, it: &'a Entry) {
        self.look_into(Item::MentionedEntry(it));
        it.causes.iter().for_each(|it| self.cause(it));
        it.actions.iter().for_each(|it| self.action(it.action));
        self.steps(&it.notes);
        self.references(&it.see);
        it.contacts.iter().for_each(|it| self.contact(*it));
        for otherwise in &it.otherwise {
            match otherwise {
                Otherwise::Contact(contact) => self.contact(*contact),
                Otherwise::Entry(entry) => self.entry(*entry),
            }
        }
        let alone = it.alone.iter().filter(|_| !self.listed.contains(&index));
        for alone in alone.collect::<Vec<_>>() {
            self.condition(alone.condition);
            for it in &alone.actions {
                self.action(it.action);
                self.condition(it.condition);
            }
        }
    }

    fn cause(&mut self, it: &'a Cause) {
        self.prose(&it.title);
        it.condition.iter().for_each(|it| self.condition(*it));
        self.steps(&it.notes);
        self.references(&it.see);
    }

    fn look_into_action(&mut self, it: &'a Action) {
        self.look_into_mentioned(it);
        it.parent.iter().chain(&it.alternatives).for_each(|it| self.action(*it));
        it.finds.iter().chain(&it.recheck).for_each(|it| self.question(*it));
        self.assignments(&it.sets);
        it.then.iter().for_each(|it| self.entry(*it));
        it.contacts.iter().for_each(|it| self.contact(*it));
        self.prose(&it.solved);
    }

    fn look_into_mentioned(&mut self, it: &'a Action) {
        self.mention_entry(it.entry);
        self.prose(&it.title);
        self.steps(&it.steps);
        self.references(&it.see);
        it.parent.iter().for_each(|it| self.mention_action(*it));
    }

    fn assignments(&mut self, cells: &[Assignment]) {
        cells.iter().for_each(|it| self.fact(it.fact));
    }

    fn fact(&mut self, fact: u32) {
        if self.sets.facts.insert(fact)
            && let Some(it) = self.table.facts.get(fact as usize)
        {
            self.question(it.question);
        }
    }

    fn question(&mut self, question: u32) {
        if self.sets.questions.insert(question) {
            self.open.extend(self.table.questions.get(question as usize).map(Item::Question));
        }
    }

    fn condition(&mut self, condition: u32) {
        if self.sets.conditions.insert(condition) {
            let rows = self.table.conditions.get(condition as usize).into_iter().flat_map(|it| rows_of(it));
            rows.flat_map(|row| row.0.keys()).for_each(|fact| self.fact(*fact));
        }
    }

    fn entry(&mut self, entry: u32) {
        if self.sets.entries.insert(entry) {
            self.open.extend(self.table.entries.get(entry as usize).map(|it| Item::Entry(entry, it)));
        }
    }

    fn mention_entry(&mut self, entry: u32) {
        if self.sets.mentioned_entries.insert(entry) {
            self.open.extend(self.table.entries.get(entry as usize).map(|it| Item::MentionedEntry(it)));
        }
    }

    fn action(&mut self, action: u32) {
        if self.sets.actions.insert(action) {
            self.open.extend(self.table.actions.get(action as usize).map(|it| Item::Action(it)));
        }
    }

    fn mention_action(&mut self, action: u32) {
        if self.sets.mentioned_actions.insert(action) {
            self.open.extend(self.table.actions.get(action as usize).map(|it| Item::MentionedAction(it)));
        }
    }

    fn contact(&mut self, contact: u32) {
        if self.sets.contacts.insert(contact) {
            self.open.extend(self.table.contacts.get(contact as usize).map(Item::Contact));
        }
    }

    fn steps(&mut self, steps: &'a [Step]) {
        for step in steps {
            match step {
                Step::Step { text } | Step::Bullet { text } | Step::Note { text } | Step::Warning { text } => {
                    self.open.push(Item::Prose(text));
                }
                Step::Fence { .. } => {}
                Step::Branches { branches } => branches.iter().for_each(|it| {
                    self.condition(it.condition);
                    self.steps(&it.steps);
                }),
                Step::Do { action } => self.mention_action(*action),
                Step::Contact { contact } => self.contact(*contact),
                Step::See { references } => self.references(references),
            }
        }
    }

    fn prose(&mut self, prose: &'a [Piece]) {
        for piece in prose {
            match piece {
                Piece::Text(_) => {}
                Piece::Reference(it) => self.reference(it),
            }
        }
    }

    fn references(&mut self, references: &'a [Reference]) {
        references.iter().for_each(|it| self.reference(it));
    }

    fn reference(&mut self, it: &'a Reference) {
        let (table, names) = (self.table, self.names);
        for target in it.targets.iter().map(String::as_str) {
            match it.kind {
                RefKind::Document | RefKind::Section => {
                    let document = names.documents.get(target).filter(|it| self.sets.documents.insert(**it));
                    let document = document.and_then(|it| table.documents.get(*it as usize));
                    self.open.extend(document.map(Item::Document));
                }
                RefKind::Link => {
                    let link = names.links.get(target).filter(|it| self.sets.links.insert(**it));
                    self.open
                        .extend(link.and_then(|it| table.links.get(*it as usize)).map(|it| Item::Prose(&it.title)));
                }
                RefKind::Contact => names.contacts.get(target).iter().for_each(|it| self.contact(**it)),
                RefKind::Term => {
                    let term = names.terms.get(target).filter(|it| self.sets.terms.insert(**it));
                    let term = term.and_then(|it| table.terms.get(*it as usize));
                    self.open
                        .extend(term.into_iter().flat_map(|it| [&it.meaning, &it.reading]).map(|it| Item::Prose(it)));
                }
                RefKind::Text => {
                    let text = names.texts.get(target).filter(|it| self.sets.texts.insert(**it));
                    self.open.extend(text.and_then(|it| table.texts.get(*it as usize)).map(Item::Text));
                }
                // They have pages of their own.
                RefKind::Entry | RefKind::Action | RefKind::Symptom | RefKind::Fact => {}
            }
        }
    }
}
