//! The next step of a session. Refuses to ask or to do anything itself.

use std::collections::{BTreeMap, BTreeSet};

use super::relevance::facts_that_matter;
use super::view::{Remedy, View, What, lineage};
use super::{Session, Verdict, clashes};
use crate::table::{IfUnknown, Otherwise, Table};

/// What a reader should do next. Numbers are indexes into the lists of the table.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
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
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ShownEntry {
    /// Index into the table's `entries`.
    pub entry: u32,
    /// Certain or possible.
    pub verdict: Verdict,
    /// Whether it has nothing more to offer.
    pub is_spent: bool,
}

/// What comes next. The same table and session always give the same step.
pub fn next(table: &Table, session: &Session) -> Next {
    decide(table, session).0
}

/// The entries that a reader sees, in order: those that are certain, then those that are possible; among each, those handed over
/// to before those of the symptom. None while the evidence is contradictory.
pub fn shown(table: &Table, session: &Session) -> Vec<ShownEntry> {
    let view = decide(table, session).1;
    let with = |verdict| {
        let places = (0..view.entries.len()).zip(&view.entries).filter(move |(_, it)| it.verdict == verdict);
        let view = &view;
        places.map(move |(place, it)| ShownEntry { entry: it.entry, verdict, is_spent: view.is_spent(place) })
    };
    with(Verdict::Certain).chain(with(Verdict::Possible)).collect()
}

/// The step and what it was decided upon. Each entry of an `otherwise` that is followed is put in play, so that the loop ends.
fn decide<'a>(table: &'a Table, session: &'a Session) -> (Next, View<'a>) {
    let mut extra: Vec<u32> = Vec::new();
    loop {
        let view = View::new(table, session, &extra);
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
    let next = referral(view).or_else(|| with_remedies(view));
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

fn with_remedies(view: &View) -> Option<Next> {
    let questions = questions(view);
    let found = view.session.found.iter().find(|it| questions.contains_key(it));
    if let Some(question) = found {
        return Some(ask(view, *question, &questions));
    }
    let left = |verdict| view.remedies.iter().filter(move |it| it.is_left && it.verdict == verdict);
    let certain = left(Verdict::Certain).find(|it| !waits(view, it));
    let asked = || questions.keys().find(|it| is_applicable(view, **it)).or_else(|| questions.keys().next());
    let asked = || asked().map(|question| ask(view, *question, &questions));
    let possible = || left(Verdict::Possible).find(|it| !waits(view, it)).or_else(|| left(Verdict::Possible).next());
    let propose = |remedy: &Remedy| proposal(view, remedy);
    certain
        .map(propose)
        .or_else(asked)
        .or_else(|| possible().map(propose))
        .or_else(|| left(Verdict::Certain).next().map(propose))
}

fn proposal(view: &View, remedy: &Remedy) -> Next {
    let entry = view.entries.get(remedy.place).map_or(0, |it| it.entry);
    match remedy.what {
        What::Action(action) => Next::Do { action, entry, certain: remedy.verdict == Verdict::Certain },
        What::Contact(contact) => Next::Contact { contact, from: ContactSource::Entry(entry) },
    }
}

/// Whether an action comes after one that is left to be tried.
fn waits(view: &View, remedy: &Remedy) -> bool {
    let Some(action) = remedy.what.action() else { return false };
    let lineage_of = |action| lineage(view.table, action);
    let after = lineage_of(action).into_iter().filter_map(|it| view.table.actions.get(it as usize));
    let after: BTreeSet<u32> = after.flat_map(|it| it.after.iter().copied()).collect();
    let left = view.remedies.iter().filter(|it| it.is_left).filter_map(|it| it.what.action());
    !after.is_empty() && left.filter(|it| *it != action).any(|it| lineage_of(it).iter().any(|it| after.contains(it)))
}

/// The questions that can change what follows, each with the places of the entries that its answer may decide about.
fn questions(view: &View) -> BTreeMap<u32, BTreeSet<usize>> {
    let mut questions: BTreeMap<u32, BTreeSet<usize>> = BTreeMap::new();
    let remedies = view.remedies.iter().filter(|it| it.is_left).map(|it| (it.place, it.conditions.clone()));
    let bare = (0..view.entries.len()).filter(|place| !view.is_spent(*place) && has_no_remedy(view, *place));
    let bare = bare.filter_map(|place| Some((place, vec![view.entries.get(place)?.condition?])));
    for (place, conditions) in remedies.chain(bare) {
        for fact in facts_that_matter(view, &conditions) {
            if let Some(fact) = view.table.facts.get(fact as usize) {
                questions.entry(fact.question).or_default().insert(place);
            }
        }
    }
    questions
}

fn has_no_remedy(view: &View, place: usize) -> bool {
    view.entry(place).is_some_and(|it| it.actions.is_empty() && it.contacts.is_empty())
}

/// Whether the question certainly makes sense.
fn is_applicable(view: &View, question: u32) -> bool {
    let possible = |fact: &u32| {
        let cells = view.table.facts.get(*fact as usize).map_or(&[][..], |it| it.cells.as_slice());
        let possible = view.possible.get(*fact as usize).map_or(&[][..], Vec::as_slice);
        possible.iter().any(|cell| cells.get(*cell as usize).is_some_and(|it| it.not_applicable))
    };
    view.question(question).is_some_and(|it| !it.facts.iter().any(possible))
}

fn ask(view: &View, question: u32, questions: &BTreeMap<u32, BTreeSet<usize>>) -> Next {
    let procedures = view.question(question).map_or(&[][..], |it| it.procedures.as_slice());
    let ways = (0u32..).zip(procedures);
    let ways = ways.filter(|(_, it)| it.condition.is_none_or(|it| view.judge(it) != Verdict::Excluded));
    let places = questions.get(&question).into_iter().flatten();
    Next::Ask {
        question,
        procedures: ways.map(|(place, _)| place).collect(),
        entries: places.filter_map(|place| Some(view.entries.get(*place)?.entry)).collect(),
    }
}

/// Where to go when nothing is left to try: the first `otherwise` of an entry that was visited or is certain, then of one that is
/// possible; then the table's contact.
fn otherwise(view: &View, extra: &[u32]) -> Step {
    let ranked = |certain: bool| {
        let places = (0..view.entries.len()).filter(move |place| rank(view, *place) == Some(certain));
        places.filter_map(|place| Some((view.entries.get(place)?.entry, view.entry(place)?)))
    };
    for (index, entry) in ranked(true).chain(ranked(false)) {
        for otherwise in &entry.otherwise {
            match *otherwise {
                Otherwise::Contact(contact) if !view.session.contacted.contains(&contact) => {
                    return Step::Next(Next::Contact { contact, from: ContactSource::Otherwise(index) });
                }
                Otherwise::Entry(target) if may_enter(view, target, extra) => return Step::Enter(target),
                Otherwise::Contact(_) | Otherwise::Entry(_) => {}
            }
        }
    }
    let default = view.table.default_contact.filter(|it| !view.session.contacted.contains(it));
    Step::Next(default.map_or(Next::Done, |contact| Next::Contact { contact, from: ContactSource::Default }))
}

/// True for an entry that was visited or is certain, false for one that is possible.
fn rank(view: &View, place: usize) -> Option<bool> {
    let it = view.entries.get(place)?;
    match it.verdict {
        Verdict::Certain => Some(true),
        Verdict::Possible | Verdict::Excluded | Verdict::Contradictory if view.session.has_visited(it.entry) => {
            Some(true)
        }
        Verdict::Possible => Some(false),
        Verdict::Excluded | Verdict::Contradictory => None,
    }
}

fn may_enter(view: &View, entry: u32, extra: &[u32]) -> bool {
    !extra.contains(&entry) && !view.session.has_visited(entry) && !view.is_entry_excluded(entry)
}
