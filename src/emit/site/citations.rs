//! Who refers to an entry: what a reader of its page may have come from. Refuses to know how pages look.

use crate::table::{Entry, IfUnknown, Otherwise, Piece, Prose, RefKind, Reference, Step, Table};

/// Something with a place of its own on the site, by its index.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Node {
    Entry(u32),
    Symptom(u32),
    Question(u32),
}

/// For each entry, who refers to it: entries in reading order, then symptoms and questions. `resolve` gives the indexes of a
/// reference's targets in the list of its kind.
pub fn collect(table: &Table, ranks: &[u32], resolve: impl Fn(&Reference) -> Vec<u32>) -> Vec<Vec<Node>> {
    let mut pass = Pass { table, resolve, from: Node::Entry(0), cited: vec![Vec::new(); table.entries.len()] };
    pass.visit_table();
    let rank = |node: &Node| match node {
        Node::Entry(entry) => (0, ranks.get(*entry as usize).copied().unwrap_or(u32::MAX)),
        Node::Symptom(index) => (1, *index),
        Node::Question(index) => (2, *index),
    };
    for list in &mut pass.cited {
        list.sort_unstable_by_key(rank);
        list.dedup();
    }
    pass.cited
}

struct Pass<'a, F> {
    table: &'a Table,
    resolve: F,
    from: Node,
    cited: Vec<Vec<Node>>,
}

impl<F: Fn(&Reference) -> Vec<u32>> Pass<'_, F> {
    fn visit_table(&mut self) {
        let table = self.table;
        for (index, entry) in (0..).zip(&table.entries) {
            self.from = Node::Entry(index);
            self.visit_entry(entry);
        }
        for action in &table.actions {
            self.from = Node::Entry(action.entry);
            [&action.title, &action.solved].into_iter().for_each(|prose| self.visit_prose(prose));
            self.visit_steps(&action.steps);
            action.then.iter().for_each(|entry| self.cite(*entry));
            action.after.iter().for_each(|action| self.cite_action(*action));
            action.see.iter().for_each(|reference| self.visit_reference(reference));
        }
        for (index, symptom) in (0..).zip(&table.symptoms) {
            self.from = Node::Symptom(index);
            [&symptom.title, &symptom.during].into_iter().for_each(|prose| self.visit_prose(prose));
            self.visit_steps(&symptom.notes);
        }
        for (index, question) in (0..).zip(&table.questions) {
            self.from = Node::Question(index);
            self.visit_prose(&question.ask);
            question.procedures.iter().for_each(|it| self.visit_steps(&it.steps));
            self.visit_steps(&question.notes);
            if let Some(IfUnknown::Entry(entry)) = question.if_unknown {
                self.cite(entry);
            }
        }
    }

    fn visit_entry(&mut self, entry: &Entry) {
        self.visit_prose(&entry.title);
        for cause in &entry.causes {
            self.visit_prose(&cause.title);
            self.visit_steps(&cause.notes);
            cause.see.iter().for_each(|reference| self.visit_reference(reference));
        }
        entry.actions.iter().filter(|it| it.reused).for_each(|it| self.cite_action(it.action));
        self.visit_steps(&entry.notes);
        entry.see.iter().for_each(|reference| self.visit_reference(reference));
        for way in &entry.otherwise {
            if let Otherwise::Entry(entry) = way {
                self.cite(*entry);
            }
        }
    }

    fn visit_steps(&mut self, steps: &[Step]) {
        for step in steps {
            match step {
                Step::Step { text } | Step::Bullet { text } | Step::Note { text } | Step::Warning { text } => {
                    self.visit_prose(text);
                }
                Step::Fence { .. } | Step::Contact { .. } => {}
                Step::Branches { branches } => branches.iter().for_each(|it| self.visit_steps(&it.steps)),
                Step::Do { action } => self.cite_action(*action),
                Step::See { references } => references.iter().for_each(|it| self.visit_reference(it)),
            }
        }
    }

    fn visit_prose(&mut self, prose: &Prose) {
        for piece in prose {
            if let Piece::Reference(reference) = piece {
                self.visit_reference(reference);
            }
        }
    }

    fn visit_reference(&mut self, reference: &Reference) {
        match reference.kind {
            RefKind::Entry => (self.resolve)(reference).into_iter().for_each(|entry| self.cite(entry)),
            RefKind::Action => (self.resolve)(reference).into_iter().for_each(|action| self.cite_action(action)),
            RefKind::Symptom
            | RefKind::Fact
            | RefKind::Document
            | RefKind::Section
            | RefKind::Link
            | RefKind::Contact
            | RefKind::Term
            | RefKind::Text => {}
        }
    }

    fn cite_action(&mut self, action: u32) {
        if let Some(action) = self.table.actions.get(action as usize) {
            self.cite(action.entry);
        }
    }

    fn cite(&mut self, entry: u32) {
        if self.from != Node::Entry(entry)
            && let Some(list) = self.cited.get_mut(entry as usize)
        {
            list.push(self.from);
        }
    }
}
