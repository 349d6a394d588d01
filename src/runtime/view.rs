//! A session as the reader sees it: the entries in play, what they offer, and what is left of that. Refuses to decide what comes
//! next.

use std::cell::{Cell, OnceCell, RefCell};
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::ground::Ground;
use super::judge::{Verdict, verdict};
use super::relevance::Sides;
use super::{Evidence, Session};
use crate::table::{Action, Entry, Listed, ListedAction, Offer, Question, Step, Symptom, Table};

/// An entry in play: one of the symptom, or one that the reader was handed over to.
#[derive(Clone, Copy, Debug)]
pub(super) struct InPlay {
    /// Index into `entries`.
    pub entry: u32,
    /// Index into `conditions`; none for an entry of which the table does not say when it applies by itself.
    pub condition: Option<u32>,
    pub verdict: Verdict,
    /// Entries of a lesser group come first: each hand-over is a group, the latest first, and the symptom is the last one.
    pub group: usize,
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
    pub ground: &'a Ground<'a>,
    pub evidence: Evidence,
    pub is_contradictory: bool,
    /// In the order in which they stand, whatever their verdict: those handed over to, the latest first, then the symptom's.
    pub entries: Vec<InPlay>,
    /// In the order of their entries, each once.
    pub remedies: Vec<Remedy>,
    /// How the symptom lists its entries.
    pub listed: BTreeMap<u32, &'a Listed>,
    action_conditions: BTreeMap<u32, Vec<u32>>,
    /// Entries in play.
    placed: BTreeSet<u32>,
    /// Where each of the remedies stands.
    remedy_of: BTreeMap<What, usize>,
    found: Found,
}

/// What follows from the evidence, once it was asked for.
struct Found {
    /// Of each condition.
    verdicts: Vec<Cell<Option<Verdict>>>,
    /// For each fact the cells that some situation inside the evidence has.
    possible: Vec<OnceCell<Vec<u32>>>,
    /// The evidence, but while possible cells are looked for.
    evidence: RefCell<Evidence>,
    /// The facts that matter to a condition.
    sides: RefCell<BTreeMap<u32, Rc<Sides>>>,
    /// The evidence, but while a condition is looked at.
    probed: RefCell<Evidence>,
}

impl<'a> View<'a> {
    /// `extra` are entries that are entered besides those of the session, the latest last.
    pub fn new(ground: &'a Ground<'a>, session: &'a Session, extra: &[u32]) -> Self {
        let table = ground.table;
        let evidence = session.add_to(ground.blank());
        let is_contradictory = ground.is_contradictory(&evidence);
        let found = Found {
            verdicts: vec![Cell::new(None); table.conditions.len()],
            possible: vec![OnceCell::new(); table.facts.len()],
            evidence: RefCell::new(evidence.clone()),
            sides: RefCell::new(BTreeMap::new()),
            probed: RefCell::new(evidence.clone()),
        };
        let symptom = session.symptom.and_then(|it| table.symptoms.get(it as usize));
        let listed = symptom.into_iter().flat_map(|it| &it.entries).rev().map(|it| (it.entry, it)).collect();
        let mut view = Self {
            table,
            session,
            ground,
            evidence,
            is_contradictory,
            entries: Vec::new(),
            remedies: Vec::new(),
            listed,
            action_conditions: BTreeMap::new(),
            placed: BTreeSet::new(),
            remedy_of: BTreeMap::new(),
            found,
        };
        let latest = extra.iter().rev().map(std::slice::from_ref);
        let groups: Vec<&[u32]> = latest.chain(session.entered.iter().rev().map(Vec::as_slice)).collect();
        for (group, entries) in groups.iter().enumerate() {
            entries.iter().for_each(|entry| view.put_in_play(*entry, group));
        }
        let listed = view.symptom().map_or(&[][..], |it| it.entries.as_slice());
        listed.iter().for_each(|it| view.put_in_play(it.entry, groups.len()));
        view.look_for_remedies();
        view.follow_spent(groups.len() + 1);
        view
    }

    pub fn symptom(&self) -> Option<&'a Symptom> {
        self.table.symptoms.get(self.session.symptom? as usize)
    }

    pub fn entry(&self, place: usize) -> Option<&'a Entry> {
        self.table.entries.get(self.entries.get(place)?.entry as usize).map(AsRef::as_ref)
    }

    pub fn judge(&self, condition: u32) -> Verdict {
        let judged = self.found.verdicts.get(condition as usize);
        judged.and_then(Cell::get).unwrap_or_else(|| {
            let verdict = verdict(self.table, condition, self.is_contradictory, &self.evidence);
            judged.into_iter().for_each(|it| it.set(Some(verdict)));
            verdict
        })
    }

    /// The cells of a fact that some situation inside the evidence has.
    pub fn possible(&self, fact: u32) -> &[u32] {
        let look = || self.ground.possible_cells(fact, &mut self.found.evidence.borrow_mut());
        self.found.possible.get(fact as usize).map_or(&[], |it| it.get_or_init(look).as_slice())
    }

    /// The facts that matter to a condition; `look` finds them the first time, with evidence that it gives back as it was.
    pub fn sides(&self, condition: u32, look: impl FnOnce(&mut Evidence) -> Sides) -> Rc<Sides> {
        if let Some(known) = self.found.sides.borrow().get(&condition) {
            return Rc::clone(known);
        }
        let sides = Rc::new(look(&mut self.found.probed.borrow_mut()));
        self.found.sides.borrow_mut().insert(condition, Rc::clone(&sides));
        sides
    }

    /// Where an action or a contact stands among the remedies.
    pub fn remedy_of(&self, what: What) -> Option<usize> {
        self.remedy_of.get(&what).copied()
    }

    /// Whether an entry is in play.
    pub fn is_in_play(&self, entry: u32) -> bool {
        self.placed.contains(&entry)
    }

    /// Whether a question was asked, or its answer follows from what is known.
    pub fn is_settled(&self, question: u32) -> bool {
        self.session.asked.contains(&question) || self.is_known(question)
    }

    /// Whether no fact of a question has more than one cell left.
    pub fn is_known(&self, question: u32) -> bool {
        self.question(question).is_none_or(|it| it.facts.iter().all(|fact| self.possible(*fact).len() < 2))
    }

    /// The possible cells of a fact that are answers: all but *not applicable*.
    pub fn answers(&self, fact: u32) -> Vec<u32> {
        let cells = self.table.facts.get(fact as usize).map_or(&[][..], |it| it.cells.as_slice());
        let is_answer = |cell: &u32| cells.get(*cell as usize).is_some_and(|it| !it.not_applicable);
        self.possible(fact).iter().copied().filter(is_answer).collect()
    }

    /// Whether a question certainly makes sense.
    pub fn is_applicable(&self, question: u32) -> bool {
        let may_not_apply = |fact: &u32| self.possible(*fact).len() > self.answers(*fact).len();
        self.question(question).is_some_and(|it| !it.facts.iter().any(may_not_apply))
    }

    /// An action with those that it is an alternative of, from the outermost one.
    pub fn lineage_of(&self, action: u32) -> Vec<&'a Action> {
        let table = self.table;
        lineage(table, action).into_iter().filter_map(|it| table.actions.get(it as usize).map(AsRef::as_ref)).collect()
    }

    pub fn question(&self, question: u32) -> Option<&'a Question> {
        self.table.questions.get(question as usize)
    }

    /// Whether an entry has nothing more to offer: each of its actions is tried, spent or excluded, and the reader has turned to
    /// each of its contacts. One that offers neither is spent when it was told.
    pub fn is_spent(&self, place: usize) -> bool {
        let Some((in_play, entry)) = self.entries.get(place).zip(self.entry(place)) else { return true };
        if is_bare(entry) {
            return self.session.told.contains(&in_play.entry);
        }
        let remedy = |what: &What| self.remedies.get(self.remedy_of(*what)?);
        let left = |what: &What| remedy(what).is_some_and(|it| it.is_left);
        !self.offers(place).iter().any(left)
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

    fn put_in_play(&mut self, entry: u32, group: usize) {
        if (entry as usize) < self.table.entries.len() && self.placed.insert(entry) {
            let condition = self.condition_of(entry);
            let verdict = condition.map_or(Verdict::Possible, |it| self.judge(it));
            self.entries.push(InPlay { entry, condition, verdict, group });
        }
    }

    fn look_for_remedies(&mut self) {
        self.action_conditions = self.conditions_of_actions();
        let mut remedy_of = BTreeMap::new();
        let mut remedies = Vec::new();
        for place in 0..self.entries.len() {
            for what in self.offers(place) {
                remedy_of.entry(what).or_insert_with(|| {
                    remedies.push(self.remedy(what, place));
                    remedies.len() - 1
                });
            }
        }
        (self.remedies, self.remedy_of) = (remedies, remedy_of);
    }

    /// Whoever knows all that an action finds out goes on with its `then` without doing it.
    fn follow_spent(&mut self, group: usize) {
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
            let entering: Vec<u32> = targets.into_iter().filter(|it| self.may_enter(*it)).collect();
            entering.into_iter().for_each(|entry| self.put_in_play(entry, group));
            if self.entries.len() == known {
                return;
            }
            self.look_for_remedies();
        }
    }

    /// When an entry applies: by the symptom's list, or else by itself.
    fn condition_of(&self, entry: u32) -> Option<u32> {
        let listed = self.listed.get(&entry).map(|it| it.condition);
        listed.or_else(|| self.table.entries.get(entry as usize)?.alone.as_ref().map(|it| it.condition))
    }

    /// Whether an entry, in play or not, was not visited and applies in some situation inside the evidence.
    pub fn may_enter(&self, entry: u32) -> bool {
        let is_excluded = self.condition_of(entry).is_some_and(|it| self.judge(it) == Verdict::Excluded);
        !is_excluded && !self.session.has_visited(entry)
    }

    fn conditions_of_actions(&self) -> BTreeMap<u32, Vec<u32>> {
        let listed = |entry: u32| self.listed.contains_key(&entry);
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
    pub fn offers(&self, place: usize) -> Vec<What> {
        let in_play = self.entries.get(place).filter(|it| it.verdict != Verdict::Excluded);
        let Some((_, entry)) = in_play.zip(self.entry(place)) else { return Vec::new() };
        let applies = |offer: &&Offer| {
            let cause = offer.cause.and_then(|it| entry.causes.get(it as usize)?.condition);
            cause.is_none_or(|it| self.judge(it) != Verdict::Excluded)
        };
        let mut actions = Vec::new();
        entry.actions.iter().filter(applies).for_each(|it| push_with_alternatives(self.table, it.action, &mut actions));
        actions.into_iter().map(What::Action).chain(self.contacts(entry).into_iter().map(What::Contact)).collect()
    }

    /// The contacts that an entry names, those in its notes too where they certainly apply.
    fn contacts(&self, entry: &Entry) -> Vec<u32> {
        let mut contacts = entry.contacts.clone();
        let mut open: Vec<&[Step]> = vec![&entry.notes];
        while let Some(steps) = open.pop() {
            for step in steps {
                match step {
                    Step::Contact { contact } => contacts.push(*contact),
                    Step::Branches { branches } => {
                        let certain = branches.iter().filter(|it| self.judge(it.condition) == Verdict::Certain);
                        open.extend(certain.map(|it| it.steps.as_slice()));
                    }
                    Step::Step { .. }
                    | Step::Bullet { .. }
                    | Step::Note { .. }
                    | Step::Warning { .. }
                    | Step::Fence { .. }
                    | Step::Do { .. }
                    | Step::See { .. } => {}
                }
            }
        }
        contacts
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
        any_of(self.conditions_of(action).iter().map(|it| self.judge(*it)))
    }

    /// It was tried, or what it is an alternative of was.
    pub fn is_tried(&self, action: u32) -> bool {
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

/// The verdict of something that applies when one of several conditions does; possible when there is none.
pub(super) fn any_of(verdicts: impl Iterator<Item = Verdict>) -> Verdict {
    let (mut count, mut excluded) = (0usize, 0usize);
    for verdict in verdicts {
        match verdict {
            Verdict::Certain => return Verdict::Certain,
            Verdict::Excluded => excluded += 1,
            Verdict::Possible | Verdict::Contradictory => {}
        }
        count += 1;
    }
    if count > 0 && excluded == count { Verdict::Excluded } else { Verdict::Possible }
}

/// Whether an entry has neither actions nor contacts: a reader can only read it.
pub fn is_bare(entry: &Entry) -> bool {
    let is_contact = |step: &Step| matches!(step, Step::Contact { .. });
    entry.actions.is_empty() && entry.contacts.is_empty() && !entry.notes.iter().any(is_contact)
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
pub(super) fn push_with_alternatives(table: &Table, action: u32, actions: &mut Vec<u32>) {
    let mut stack = vec![action];
    while let Some(action) = stack.pop() {
        let known = table.actions.get(action as usize).filter(|_| !actions.contains(&action));
        if let Some(it) = known {
            actions.push(action);
            stack.extend(it.alternatives.iter().rev());
        }
    }
}
