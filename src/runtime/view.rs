//! A session as the reader sees it: the entries in play, what they offer, and what is left of that. Refuses to decide what comes
//! next.

use std::collections::{BTreeMap, BTreeSet};

use super::ground::Ground;
use super::judge::{Verdict, is_contradictory, verdict};
use super::{Evidence, Session};
use crate::table::{Action, Entry, ListedAction, Offer, Question, Symptom, Table};

/// An entry in play: one of the symptom, or one that the reader was handed over to.
#[derive(Clone, Copy, Debug)]
pub(super) struct InPlay {
    /// Index into `entries`.
    pub entry: u32,
    /// Index into `conditions`; none for an entry of which the table does not say when it applies by itself.
    pub condition: Option<u32>,
    pub verdict: Verdict,
}

/// What an entry offers.
#[derive(Clone, Debug)]
pub(super) struct Remedy {
    pub what: What,
    /// Place of the entry among those in play: the first that offers it and is not excluded.
    pub place: usize,
    pub verdict: Verdict,
    /// Indexes into `conditions`: it applies when one of them holds.
    pub conditions: Vec<u32>,
    /// Whether it is left to be tried: not excluded, not tried, not spent, and no alternatives are tried in its place.
    pub is_left: bool,
}

/// An action (its alternatives are remedies of their own), or a contact that an entry names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum What {
    Action(u32),
    Contact(u32),
}

/// Everything that follows from a table and a session without weighing anything.
pub(super) struct View<'a> {
    pub table: &'a Table,
    pub session: &'a Session,
    pub ground: Ground<'a>,
    pub evidence: Evidence,
    pub is_contradictory: bool,
    /// For each fact the cells that some situation inside the evidence has.
    pub possible: Vec<Vec<u32>>,
    /// In the order in which they stand, whatever their verdict: those handed over to, the latest first, then the symptom's.
    pub entries: Vec<InPlay>,
    /// In the order of their entries, each once.
    pub remedies: Vec<Remedy>,
    action_conditions: BTreeMap<u32, Vec<u32>>,
}

impl<'a> View<'a> {
    /// `extra` are entries that are entered besides those of the session, the latest last.
    pub fn new(table: &'a Table, session: &'a Session, extra: &[u32]) -> Self {
        let mut evidence = session.evidence(table);
        let ground = Ground::new(table);
        let is_contradictory = is_contradictory(&table.contradiction, &evidence);
        let possible = (0..table.facts.len() as u32).map(|fact| ground.possible_cells(fact, &mut evidence)).collect();
        let (entries, remedies, action_conditions) = (Vec::new(), Vec::new(), BTreeMap::new());
        let mut view =
            Self { table, session, ground, evidence, is_contradictory, possible, entries, remedies, action_conditions };
        session.entered.iter().chain(extra).rev().for_each(|entry| view.put_in_play(*entry));
        let listed = view.symptom().map_or(&[][..], |it| it.entries.as_slice());
        listed.iter().for_each(|it| view.put_in_play(it.entry));
        view.look_for_remedies();
        view.follow_spent();
        view
    }

    fn symptom(&self) -> Option<&'a Symptom> {
        self.table.symptoms.get(self.session.symptom? as usize)
    }

    pub fn entry(&self, place: usize) -> Option<&'a Entry> {
        self.table.entries.get(self.entries.get(place)?.entry as usize)
    }

    pub fn judge(&self, condition: u32) -> Verdict {
        verdict(self.table, condition, self.is_contradictory, &self.evidence)
    }

    /// Whether a question was asked, or its answer follows from what is known.
    pub fn is_settled(&self, question: u32) -> bool {
        self.session.asked.contains(&question) || self.is_known(question)
    }

    /// Whether no fact of a question has more than one cell left.
    pub fn is_known(&self, question: u32) -> bool {
        let cells = |fact: &u32| self.possible.get(*fact as usize).map_or(0, Vec::len);
        self.question(question).is_none_or(|it| it.facts.iter().all(|fact| cells(fact) < 2))
    }

    pub fn question(&self, question: u32) -> Option<&'a Question> {
        self.table.questions.get(question as usize)
    }

    /// Whether an entry has nothing more to offer: each of its actions is tried, spent or excluded, and the reader has turned to
    /// each of its contacts. One that offers neither is spent when it was told.
    pub fn is_spent(&self, place: usize) -> bool {
        let Some((in_play, entry)) = self.entries.get(place).zip(self.entry(place)) else { return true };
        if entry.actions.is_empty() && entry.contacts.is_empty() {
            return self.session.told.contains(&in_play.entry);
        }
        !self.offers(place).iter().any(|what| self.is_left(*what))
    }

    /// Entries in play that offer an action, or one that it is an alternative of.
    pub fn entries_offering(&self, action: u32) -> Vec<u32> {
        let lineage = lineage(self.table, action);
        let offers = |place: &usize| {
            let mut offers = self.entry(*place).into_iter().flat_map(|entry| &entry.actions);
            self.entries.get(*place).is_some_and(|it| it.verdict != Verdict::Excluded)
                && offers.any(|it| lineage.contains(&it.action))
        };
        (0..self.entries.len()).filter(offers).filter_map(|place| Some(self.entries.get(place)?.entry)).collect()
    }

    fn put_in_play(&mut self, entry: u32) {
        if (entry as usize) < self.table.entries.len() && self.entries.iter().all(|it| it.entry != entry) {
            let condition = condition_of(self.table, self.session.symptom, entry);
            let verdict = condition.map_or(Verdict::Possible, |it| self.judge(it));
            self.entries.push(InPlay { entry, condition, verdict });
        }
    }

    fn look_for_remedies(&mut self) {
        self.action_conditions = self.conditions_of_actions();
        let mut seen = BTreeSet::new();
        let mut remedies = Vec::new();
        for place in 0..self.entries.len() {
            for what in self.offers(place) {
                if seen.insert(what) {
                    remedies.push(self.remedy(what, place));
                }
            }
        }
        self.remedies = remedies;
    }

    /// Whoever knows all that an action finds out goes on with its `then` without doing it.
    fn follow_spent(&mut self) {
        loop {
            let known = self.entries.len();
            let certain = self.remedies.iter().filter(|it| it.verdict == Verdict::Certain);
            let spent =
                certain.filter_map(|it| it.what.action()).filter(|it| !self.is_tried(*it) && self.finds_nothing(*it));
            let lineages = spent.flat_map(|action| lineage(self.table, action));
            let targets: Vec<u32> = lineages
                .filter_map(|it| self.table.actions.get(it as usize))
                .flat_map(|it| it.then.iter().copied())
                .collect();
            let may_enter = |entry: &u32| !self.session.has_visited(*entry) && !self.is_entry_excluded(*entry);
            let entering: Vec<u32> = targets.into_iter().filter(may_enter).collect();
            entering.into_iter().for_each(|entry| self.put_in_play(entry));
            if self.entries.len() == known {
                return;
            }
            self.look_for_remedies();
        }
    }

    /// Whether an entry, in play or not, applies in no situation inside the evidence.
    pub fn is_entry_excluded(&self, entry: u32) -> bool {
        let condition = condition_of(self.table, self.session.symptom, entry);
        condition.is_some_and(|it| self.judge(it) == Verdict::Excluded)
    }

    fn conditions_of_actions(&self) -> BTreeMap<u32, Vec<u32>> {
        let listed = |entry: u32| self.symptom().is_some_and(|it| it.entries.iter().any(|it| it.entry == entry));
        let others =
            (0..self.entries.len()).filter(|place| !self.entries.get(*place).is_some_and(|it| listed(it.entry)));
        let alone = others.filter_map(|place| self.entry(place)?.alone.as_ref()).flat_map(|it| &it.actions);
        let mut conditions: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
        for ListedAction { action, condition } in self.symptom().into_iter().flat_map(|it| &it.actions).chain(alone) {
            let known = conditions.entry(*action).or_default();
            if !known.contains(condition) {
                known.push(*condition);
            }
        }
        conditions
    }

    /// What an entry in play offers, in order: an action before its alternatives, and contacts last. Nothing, when it is excluded.
    fn offers(&self, place: usize) -> Vec<What> {
        let in_play = self.entries.get(place).filter(|it| it.verdict != Verdict::Excluded);
        let Some((_, entry)) = in_play.zip(self.entry(place)) else { return Vec::new() };
        let applies = |offer: &&Offer| {
            let cause = offer.cause.and_then(|it| entry.causes.get(it as usize)?.condition);
            cause.is_none_or(|it| self.judge(it) != Verdict::Excluded)
        };
        let mut actions = Vec::new();
        entry.actions.iter().filter(applies).for_each(|it| push_with_alternatives(self.table, it.action, &mut actions));
        actions.into_iter().map(What::Action).chain(entry.contacts.iter().copied().map(What::Contact)).collect()
    }

    fn remedy(&self, what: What, place: usize) -> Remedy {
        let in_play = self.entries.get(place);
        let (verdict, conditions) = match what {
            What::Action(action) => (self.action_verdict(action), self.conditions_of(action).to_vec()),
            What::Contact(_) => (
                in_play.map_or(Verdict::Excluded, |it| it.verdict),
                in_play.and_then(|it| it.condition).into_iter().collect(),
            ),
        };
        Remedy { what, place, verdict, conditions, is_left: self.is_left(what) }
    }

    fn is_left(&self, what: What) -> bool {
        match what {
            What::Contact(contact) => !self.session.contacted.contains(&contact),
            What::Action(action) => {
                self.action_verdict(action) != Verdict::Excluded
                    && !self.is_tried(action)
                    && !self.finds_nothing(action)
                    && !self.is_divided(action)
            }
        }
    }

    fn conditions_of(&self, action: u32) -> &[u32] {
        self.action_conditions.get(&action).map_or(&[], Vec::as_slice)
    }

    fn action_verdict(&self, action: u32) -> Verdict {
        let verdicts: BTreeSet<Verdict> = self.conditions_of(action).iter().map(|it| self.judge(*it)).collect();
        if verdicts.contains(&Verdict::Certain) {
            Verdict::Certain
        } else if verdicts.iter().eq([&Verdict::Excluded]) {
            Verdict::Excluded
        } else {
            Verdict::Possible
        }
    }

    /// It was tried, or what it is an alternative of was.
    fn is_tried(&self, action: u32) -> bool {
        lineage(self.table, action).iter().any(|it| self.session.tried.contains(it))
    }

    /// It is there to find something out, and all of that is known or was asked.
    fn finds_nothing(&self, action: u32) -> bool {
        let lineage = lineage(self.table, action);
        let mut finds =
            lineage.iter().filter_map(|it| self.table.actions.get(*it as usize)).flat_map(|it| &it.finds).peekable();
        finds.peek().is_some() && finds.all(|question| self.is_settled(*question))
    }

    /// One of its alternatives is to be tried, or was.
    fn is_divided(&self, action: u32) -> bool {
        let mut alternatives = Vec::new();
        push_with_alternatives(self.table, action, &mut alternatives);
        let counts = |it: &u32| self.session.tried.contains(it) || self.action_verdict(*it) != Verdict::Excluded;
        alternatives.iter().filter(|it| **it != action).any(counts)
    }
}

impl What {
    pub fn action(self) -> Option<u32> {
        match self {
            Self::Action(action) => Some(action),
            Self::Contact(_) => None,
        }
    }
}

/// When an entry applies under a symptom: by the symptom's list, or else by itself.
pub(super) fn condition_of(table: &Table, symptom: Option<u32>, entry: u32) -> Option<u32> {
    let symptom = symptom.and_then(|it| table.symptoms.get(it as usize));
    let listed = symptom.and_then(|it| it.entries.iter().find(|it| it.entry == entry)).map(|it| it.condition);
    listed.or_else(|| table.entries.get(entry as usize)?.alone.as_ref().map(|it| it.condition))
}

/// An action with all that it is an alternative of, from the outermost one; each once.
pub(super) fn lineage(table: &Table, action: u32) -> Vec<u32> {
    let mut lineage = Vec::new();
    let mut next = Some(action);
    while let Some(action) = next.filter(|action| !lineage.contains(action)) {
        lineage.push(action);
        next = table.actions.get(action as usize).and_then(|it| it.parent);
    }
    lineage.reverse();
    lineage
}

/// An action, then its alternatives in order with theirs; each once.
fn push_with_alternatives(table: &Table, action: u32, actions: &mut Vec<u32>) {
    let mut stack = vec![action];
    while let Some(action) = stack.pop() {
        let known: Option<&Action> = table.actions.get(action as usize).filter(|_| !actions.contains(&action));
        if let Some(it) = known {
            actions.push(action);
            stack.extend(it.alternatives.iter().rev());
        }
    }
}
