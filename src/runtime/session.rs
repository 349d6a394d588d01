//! What a reader has said and done so far, as a value that travels between stateless services. Refuses to decide what comes next.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::ground::Ground;
use super::judge::is_contradictory;
use super::view::{View, lineage};
use super::{Day, Evidence, take_effects};
use crate::table::{Assignment, IfUnknown, Row, Table};

/// The state of one case. All numbers are indexes into the lists of the table that the session was begun with, and mean nothing
/// in another one; those that the table lacks are passed over, and [`Session::check`] finds them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "compiler", derive(schemars::JsonSchema))]
#[serde(default)]
pub struct Session {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub symptom: Option<u32>,
    /// The cells still possible, for facts of which something is known.
    pub evidence: Row,
    /// Questions that were answered, if only with *I don't know*.
    #[serde(skip_serializing_if = "BTreeSet::is_empty")]
    pub asked: BTreeSet<u32>,
    /// Those of them that were answered with *I don't know*.
    #[serde(skip_serializing_if = "BTreeSet::is_empty")]
    pub unknown: BTreeSet<u32>,
    /// Questions to which an action that was done has found the answer, not asked yet; the first comes next.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub found: Vec<u32>,
    /// Actions that were done and did not help.
    #[serde(skip_serializing_if = "BTreeSet::is_empty")]
    pub tried: BTreeSet<u32>,
    /// Entries of which an action was tried.
    #[serde(skip_serializing_if = "BTreeSet::is_empty")]
    pub begun: BTreeSet<u32>,
    /// Entries that the reader was handed over to, those of one hand-over together, the latest last.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub entered: Vec<Vec<u32>>,
    /// Entries without actions that the reader has read.
    #[serde(skip_serializing_if = "BTreeSet::is_empty")]
    pub told: BTreeSet<u32>,
    /// Contacts that the reader turned to without success.
    #[serde(skip_serializing_if = "BTreeSet::is_empty")]
    pub contacted: BTreeSet<u32>,
    /// The day on which the session began.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub today: Option<Day>,
}

impl Session {
    /// A case of a symptom (an index) of which nothing else is known.
    pub fn new(symptom: u32) -> Self {
        Self { symptom: Some(symptom), ..Self::default() }
    }

    pub fn evidence(&self, table: &Table) -> Evidence {
        self.add_to(Evidence::new(table))
    }

    /// The evidence, from such of which nothing is known.
    pub(super) fn add_to(&self, mut blank: Evidence) -> Evidence {
        for (fact, cells) in &self.evidence.0 {
            blank.set(*fact, cells);
        }
        blank
    }

    /// Whether an entry was entered, begun or told; such an entry is not entered again.
    pub fn has_visited(&self, entry: u32) -> bool {
        self.begun.contains(&entry)
            || self.told.contains(&entry)
            || self.entered.iter().flatten().any(|it| *it == entry)
    }

    /// The answer to a question (an index), as [`read_answer`](super::read_answer) gives it.
    pub fn answer(&mut self, table: &Table, question: u32, cells: &[Assignment]) {
        self.ask(question);
        self.unknown.remove(&question);
        self.give(table, cells);
    }

    /// Facts that are known without having been asked.
    pub fn give(&mut self, table: &Table, cells: &[Assignment]) {
        let mut evidence = self.evidence(table);
        for it in cells {
            evidence.set(it.fact, &it.cells);
        }
        self.evidence = evidence.known();
    }

    /// The reader does not know the answer to a question. What its `if_unknown` assumes is taken for the answer, unless that
    /// would contradict what is known; the entry that it names is entered.
    pub fn unknown(&mut self, table: &Table, question: u32) {
        self.ask(question);
        self.unknown.insert(question);
        let asked = table.questions.get(question as usize);
        match asked.and_then(|it| it.if_unknown.as_ref()) {
            None | Some(IfUnknown::Contact(_)) => {}
            Some(IfUnknown::Entry(entry)) => self.enter(table, &[*entry]),
            Some(IfUnknown::Assume(cells)) => {
                let before = self.evidence.clone();
                self.give(table, cells);
                if is_contradictory(&table.contradiction, &self.evidence(table)) {
                    self.evidence = before;
                }
            }
        }
    }

    /// An answer is taken back: nothing is known of the question's facts, and it may be asked anew.
    pub fn take_back(&mut self, table: &Table, question: u32) {
        let facts = table.questions.get(question as usize).map_or(&[][..], |it| it.facts.as_slice());
        facts.iter().for_each(|fact| drop(self.evidence.0.remove(fact)));
        self.reopen(question);
    }

    /// An action (an index) was done, and the problem is not solved. An alternative is done with the actions it is an alternative
    /// of, so that their effects come first, from the outermost one. Then its `finds` are to be asked, and the entries of its
    /// `then` are entered.
    pub fn done(&mut self, table: &Table, action: u32) {
        let offering = View::new(&Ground::new(table), self, &[]).entries_offering(action);
        self.begun.extend(offering);
        self.tried.insert(action);
        let lineage = lineage(table, action);
        let mut evidence = self.evidence(table);
        for action in &lineage {
            let opened = take_effects(table, *action, &mut evidence);
            let questions = opened.iter().filter_map(|fact| table.facts.get(*fact as usize)).map(|it| it.question);
            questions.for_each(|question| self.reopen(question));
        }
        self.evidence = evidence.known();
        let actions = || lineage.iter().filter_map(|action| table.actions.get(*action as usize));
        for question in actions().flat_map(|it| it.finds.iter().copied()) {
            if !self.asked.contains(&question) && !self.found.contains(&question) {
                self.found.push(question);
            }
        }
        let targets: Vec<u32> = actions().flat_map(|it| it.then.iter().copied()).collect();
        self.enter(table, &targets);
    }

    /// The reader cannot do an action (an index), or will not: it is used up as though it had been tried, and nothing follows from it.
    pub fn pass_over(&mut self, action: u32) {
        self.tried.insert(action);
    }

    /// The reader has read an entry that has no action.
    pub fn tell(&mut self, entry: u32) {
        self.told.insert(entry);
    }

    /// The reader has turned to a contact without success, and wants to go on.
    pub fn contact(&mut self, contact: u32) {
        self.contacted.insert(contact);
    }

    fn ask(&mut self, question: u32) {
        self.asked.insert(question);
        self.found.retain(|it| *it != question);
    }

    fn reopen(&mut self, question: u32) {
        self.asked.remove(&question);
        self.unknown.remove(&question);
        self.found.retain(|it| *it != question);
    }

    /// Goes on with those of the entries that are neither excluded nor visited: those that the symptom lists in the order in which
    /// they are shown, then the others as written.
    fn enter(&mut self, table: &Table, targets: &[u32]) {
        if targets.is_empty() {
            return;
        }
        let ground = Ground::new(table);
        let view = View::new(&ground, self, &[]);
        let listed = view.symptom().map_or(&[][..], |it| it.entries.as_slice());
        let place = |entry: &u32| listed.iter().position(|it| it.entry == *entry).unwrap_or(usize::MAX);
        let mut targets: Vec<u32> = targets.to_vec();
        targets.sort_by_key(place);
        let mut entering: Vec<u32> = Vec::new();
        for entry in targets {
            if view.may_enter(entry) && !entering.contains(&entry) {
                entering.push(entry);
            }
        }
        if !entering.is_empty() {
            self.entered.push(entering);
        }
    }
}
