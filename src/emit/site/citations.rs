//! Who refers to an entry: what a reader of its page may have come from. Refuses to know how pages look.

use super::references::{Mention, in_action, in_entry, in_question, in_symptom};
use crate::table::{IfUnknown, Otherwise, RefKind, Reference, Table};

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
    let mut pass = Pass { table, resolve, cited: vec![Vec::new(); table.entries.len()] };
    pass.visit_entries();
    pass.visit_actions();
    pass.visit_others();
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
    cited: Vec<Vec<Node>>,
}

impl<F: Fn(&Reference) -> Vec<u32>> Pass<'_, F> {
    fn visit_entries(&mut self) {
        for (index, entry) in (0..).zip(&self.table.entries) {
            let from = Node::Entry(index);
            in_entry(entry, &mut |mention| self.mention(from, &mention));
            entry.actions.iter().filter(|it| it.reused).for_each(|it| self.cite_action(from, it.action));
            for way in &entry.otherwise {
                if let Otherwise::Entry(entry) = way {
                    self.cite(from, *entry);
                }
            }
        }
    }

    fn visit_actions(&mut self) {
        for action in &self.table.actions {
            let from = Node::Entry(action.entry);
            in_action(action, &mut |mention| self.mention(from, &mention));
            action.then.iter().for_each(|entry| self.cite(from, *entry));
            action.after.iter().for_each(|action| self.cite_action(from, *action));
        }
    }

    fn visit_others(&mut self) {
        for (index, symptom) in (0..).zip(&self.table.symptoms) {
            in_symptom(symptom, &mut |mention| self.mention(Node::Symptom(index), &mention));
        }
        for (index, question) in (0..).zip(&self.table.questions) {
            let from = Node::Question(index);
            in_question(question, &mut |mention| self.mention(from, &mention));
            if let Some(IfUnknown::Entry(entry)) = question.if_unknown {
                self.cite(from, entry);
            }
        }
    }

    fn mention(&mut self, from: Node, mention: &Mention<'_>) {
        match mention {
            Mention::Action(action) => self.cite_action(from, *action),
            Mention::Reference(reference) => match reference.kind {
                RefKind::Entry => (self.resolve)(reference).into_iter().for_each(|entry| self.cite(from, entry)),
                RefKind::Action => (self.resolve)(reference).into_iter().for_each(|it| self.cite_action(from, it)),
                RefKind::Symptom
                | RefKind::Fact
                | RefKind::Document
                | RefKind::Section
                | RefKind::Link
                | RefKind::Contact
                | RefKind::Term
                | RefKind::Text => {}
            },
        }
    }

    fn cite_action(&mut self, from: Node, action: u32) {
        if let Some(action) = self.table.actions.get(action as usize) {
            self.cite(from, action.entry);
        }
    }

    fn cite(&mut self, from: Node, entry: u32) {
        if from != Node::Entry(entry)
            && let Some(list) = self.cited.get_mut(entry as usize)
        {
            list.push(from);
        }
    }
}
