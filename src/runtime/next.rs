//! The next step of a session. Refuses to ask or to do anything itself.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::choose::{ask, choose, drop_idle};
use super::ground::Ground;
use super::relevance::facts_that_matter;
use super::view::{InPlay, View};
use super::{Session, Verdict, clashes};
use crate::table::{Assignment, IfUnknown, Otherwise, Table};

/// What a reader should do next. Numbers are indexes into the lists of the table. As JSON it is an object whose `step` says which.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "compiler", derive(schemars::JsonSchema))]
#[serde(tag = "step", rename_all = "kebab-case")]
pub enum Next {
    /// Choose a symptom: the session has none.
    Choose,
    /// Look over answers that cannot be true together: facts, as [`clashes`] gives them.
    Contradiction { clashes: Vec<BTreeSet<u32>> },
    /// Answer a question. `procedures` are places in its list: the ways to find the answer out that are not excluded. `entries`
    /// are those that the answer may decide about.
    Ask { question: u32, procedures: Vec<u32>, entries: Vec<u32> },
    /// Do an action that this entry offers. Unless `certain`, only if what its `when` says is so. The steps of what it is an
    /// alternative of come first.
    Do { action: u32, entry: u32, certain: bool },
    /// Turn to a contact.
    Contact { contact: u32, from: ContactSource },
    /// There is nothing left to propose.
    Done,
}

/// Who sends the reader to a contact.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "compiler", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum ContactSource {
    /// A question (an index) to which the reader does not know the answer.
    Question(u32),
    /// An entry (an index) that says to ask them.
    Entry(u32),
    /// The `otherwise` of an entry (an index).
    Otherwise(u32),
    /// The table's `default_contact`.
    Default,
}

/// An entry as the reader sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "compiler", derive(schemars::JsonSchema))]
pub struct ShownEntry {
    /// Index into the table's `entries`.
    pub entry: u32,
    /// Certain or possible.
    pub verdict: Verdict,
    /// Whether it has nothing more to offer.
    #[serde(rename = "spent")]
    pub is_spent: bool,
}

/// What comes next. The same table and session always give the same step.
pub fn next(table: &Table, session: &Session) -> Next {
    decide(&Ground::new(table), session).0
}

/// The entries that a reader sees, in order: those that are certain, then those that are possible; among each, those handed over
/// to before those of the symptom. None while the evidence is contradictory.
pub fn shown(table: &Table, session: &Session) -> Vec<ShownEntry> {
    entries_shown(&decide(&Ground::new(table), session).1)
}

pub(super) fn entries_shown(view: &View) -> Vec<ShownEntry> {
    let with = |verdict| {
        let places = (0..view.entries.len()).zip(&view.entries).filter(move |(_, it)| it.verdict == verdict);
        places.map(move |(place, it)| ShownEntry { entry: it.entry, verdict, is_spent: view.is_spent(place) })
    };
    with(Verdict::Certain).chain(with(Verdict::Possible)).collect()
}

/// The step and what it was decided upon. Each entry of an `otherwise` that is followed is put in play, so that the loop ends.
pub(super) fn decide<'a>(ground: &'a Ground<'a>, session: &'a Session) -> (Next, View<'a>) {
    let mut extra: Vec<u32> = Vec::new();
    loop {
        let mut view = View::new(ground, session, &extra);
        drop_idle(&mut view);
        match step(&view, &extra) {
            Step::Next(next) => return (next, view),
            Step::Enter(entry) => extra.push(entry),
        }
    }
}

enum Step {
    Next(Next),
    /// Go on with this entry.
    Enter(u32),
}

fn step(view: &View, extra: &[u32]) -> Step {
    if view.session.symptom.is_none_or(|it| it as usize >= view.table.symptoms.len()) {
        return Step::Next(Next::Choose);
    }
    if view.is_contradictory {
        return Step::Next(Next::Contradiction { clashes: clashes(view.table, &view.evidence) });
    }
    let next = referral(view).or_else(|| choose(view));
    next.map_or_else(|| otherwise(view, extra), Step::Next)
}

/// The contact for the first question to which the reader does not know the answer.
fn referral(view: &View) -> Option<Next> {
    let open = view.session.unknown.iter().copied().filter(|it| !view.is_known(*it));
    let mut contacts = open.filter_map(|question| match view.question(question)?.if_unknown {
        Some(IfUnknown::Contact(contact)) => Some((contact, question)),
        Some(IfUnknown::Entry(_) | IfUnknown::Assume(_)) | None => None,
    });
    let (contact, question) = contacts.find(|(contact, _)| !view.session.contacted.contains(contact))?;
    Some(Next::Contact { contact, from: ContactSource::Question(question) })
}

/// Where to go when nothing is left to try: by the first `otherwise` of an entry that was begun or told, or is not excluded; then to
/// the table's contact.
fn otherwise(view: &View, extra: &[u32]) -> Step {
    let was_there = |entry: u32| view.session.begun.contains(&entry) || view.session.told.contains(&entry);
    let counts = |it: &InPlay| it.verdict != Verdict::Excluded || was_there(it.entry);
    let ways = view.entries.iter().filter(|it| counts(it));
    let ways = ways.filter_map(|it| Some((it, view.table.entries.get(it.entry as usize)?)));
    let mut ways = ways.flat_map(|(it, entry)| entry.otherwise.iter().map(move |way| (it, *way)));
    let leads_on = |way: &Otherwise| match way {
        Otherwise::Contact(contact) => !view.session.contacted.contains(contact),
        Otherwise::Entry(target) => view.may_enter(*target) && !extra.contains(target),
    };
    let Some((source, way)) = ways.find(|(_, way)| leads_on(way)) else {
        let default = view.table.default_contact.filter(|it| !view.session.contacted.contains(it));
        return Step::Next(
            default.map_or(Next::Done, |contact| Next::Contact { contact, from: ContactSource::Default }),
        );
    };
    match (question_about(view, source), way) {
        (Some(ask), _) => Step::Next(ask),
        (None, Otherwise::Entry(target)) => Step::Enter(target),
        (None, Otherwise::Contact(contact)) => {
            Step::Next(Next::Contact { contact, from: ContactSource::Otherwise(source.entry) })
        }
    }
}

/// The first question by whose answer it depends whether an entry's `otherwise` is followed, and that does not lead to the same
/// step whatever the answer. When all do, it need not be asked, and that step is taken now.
fn question_about(view: &View, source: &InPlay) -> Option<Next> {
    let was_there = view.session.begun.contains(&source.entry) || view.session.told.contains(&source.entry);
    let condition = source.condition.filter(|_| source.verdict == Verdict::Possible && !was_there)?;
    let facts = facts_that_matter(view, &[condition]);
    let facts = facts.into_iter().filter_map(|fact| Some((fact, view.table.facts.get(fact as usize)?.question)));
    let mut facts: Vec<(u32, u32)> = facts.collect();
    facts.sort_by_key(|(fact, question)| (!view.is_applicable(*question), *question, *fact));
    let mut same = None;
    for (fact, question) in facts {
        let steps = steps_after(view, fact, question);
        if steps.windows(2).any(|pair| matches!(pair, [one, other] if without_reasons(one) != without_reasons(other))) {
            return Some(ask(view, question, vec![source.entry]));
        }
        same = same.or_else(|| steps.into_iter().next());
    }
    same
}

/// The step after each answer to a question about one fact.
fn steps_after(view: &View, fact: u32, question: u32) -> Vec<Next> {
    let step = |cell: u32| {
        let mut session = view.session.clone();
        session.answer(view.table, question, &[Assignment { fact, cells: vec![cell] }]);
        decide(view.ground, &session).0
    };
    view.answers(fact).into_iter().map(step).collect()
}

fn without_reasons(step: &Next) -> Next {
    match step {
        Next::Ask { question, .. } => Next::Ask { question: *question, procedures: Vec::new(), entries: Vec::new() },
        Next::Do { action, certain, .. } => Next::Do { action: *action, entry: 0, certain: *certain },
        Next::Contact { contact, .. } => Next::Contact { contact: *contact, from: ContactSource::Default },
        Next::Choose | Next::Contradiction { .. } | Next::Done => step.clone(),
    }
}
