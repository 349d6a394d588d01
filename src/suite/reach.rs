//! What can be reached, and what a session reaches of it. Refuses to know how often.

use std::collections::{BTreeMap, BTreeSet};

use super::Subject;
use super::ways::ways;
use crate::domain::Meanings;
use crate::logic::{Cube, Formula};
use crate::model::{ActionId, ConditionId, EntryId, Id, SymptomId};
use crate::runtime::{Evidence, Session, Verdict};
use crate::source::Span;

/// A thing that is reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Reached {
    Entry(EntryId),
    Action(ActionId),
    Symptom(SymptomId),
    /// By the message's index within its symptom.
    Message(SymptomId, usize),
    /// By the way's index at its site.
    Row(Owner, usize),
}

/// What has a condition.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Owner {
    Entry(EntryId),
    /// By the cause's index within its entry.
    Cause(EntryId, usize),
    Action(ActionId),
}

/// The ways in which each condition can hold, with the place where it is written.
pub(super) type Sites = BTreeMap<Owner, (Span, Vec<Cube>)>;

pub(super) fn sites(subject: &Subject<'_>, contexts: &Contexts) -> Sites {
    let model = &subject.compilation.model;
    let mut sites = Sites::new();
    let mut add = |owner: Owner, conditions: &[ConditionId]| {
        let Some(first) = conditions.first() else { return };
        let mut found = ways(&subject.domain.space, &subject.meanings.all(conditions));
        found.retain(|way| is_possible(subject, way, contexts.get(&context_of(owner))));
        sites.insert(owner, (model.conditions[*first].span(), found));
    };
    for (id, entry) in model.entries.enumerate() {
        add(Owner::Entry(id), &entry.when);
        for (at, cause) in entry.causes.iter().enumerate() {
            add(Owner::Cause(id, at), &cause.when);
        }
    }
    for (id, action) in model.actions.enumerate() {
        add(Owner::Action(id), &action.when);
    }
    sites
}

/// For each owner when it applies, for each symptom that has it.
pub(super) type Contexts = BTreeMap<Owner, Vec<(SymptomId, Formula)>>;

/// A cause's condition matters where its entry applies.
pub(super) fn context_of(owner: Owner) -> Owner {
    match owner {
        Owner::Entry(entry) | Owner::Cause(entry, _) => Owner::Entry(entry),
        Owner::Action(action) => Owner::Action(action),
    }
}

/// When each entry and action applies, for each symptom that has it.
pub(super) fn contexts(subject: &Subject<'_>) -> Contexts {
    let Subject { compilation, applicability, meanings, .. } = subject;
    let mut contexts = Contexts::new();
    for symptom in compilation.model.symptoms.ids() {
        let entries = applicability.conditions(symptom, meanings);
        for (action, formula) in applicability.actions(&entries, meanings) {
            contexts.entry(Owner::Action(action)).or_default().push((symptom, formula));
        }
        for (entry, formula) in entries {
            contexts.entry(Owner::Entry(entry)).or_default().push((symptom, formula));
        }
    }
    contexts
}

/// Whether there is a situation in which it holds in this way and applies; what no symptom has need only hold.
fn is_possible(subject: &Subject<'_>, way: &Cube, contexts: Option<&Vec<(SymptomId, Formula)>>) -> bool {
    let holds = Formula::from(way);
    let together = |applies: &Formula| Meanings::and([holds.clone(), applies.clone()]);
    match contexts {
        Some(contexts) => contexts.iter().any(|(_, applies)| subject.assumptions.can_hold(&together(applies), None)),
        None => subject.assumptions.can_hold(&holds, None),
    }
}

/// What is reached at these moments of a test, and by these messages.
pub(super) fn reached_by(
    subject: &Subject<'_>,
    sites: &Sites,
    moments: &[Session],
    messages: &[(SymptomId, usize)],
) -> BTreeSet<Reached> {
    let mut reach = Reach { subject, sites, reached: BTreeSet::new() };
    for session in moments {
        let evidence = subject.reader.evidence(session);
        reach.reached.extend(session.symptom.map(|it| Reached::Symptom(SymptomId::new(it as usize))));
        reach.entries(session, &evidence);
        reach.actions(session, &evidence);
    }
    reach.reached.extend(messages.iter().map(|(symptom, message)| Reached::Message(*symptom, *message)));
    reach.reached
}

/// What a test has reached so far.
struct Reach<'a> {
    subject: &'a Subject<'a>,
    sites: &'a Sites,
    reached: BTreeSet<Reached>,
}

impl Reach<'_> {
    fn entries(&mut self, session: &Session, evidence: &Evidence) {
        let shown = self.subject.reader.shown(session);
        for it in shown.iter().filter(|it| it.verdict == Verdict::Certain) {
            let entry = EntryId::new(it.entry as usize);
            self.reached.insert(Reached::Entry(entry));
            self.rows(Owner::Entry(entry), evidence);
            for at in 0..self.subject.compilation.model.entries[entry].causes.len() {
                self.rows(Owner::Cause(entry, at), evidence);
            }
        }
    }

    /// Those of the symptom, and of the entries that the reader was handed over to.
    fn actions(&mut self, session: &Session, evidence: &Evidence) {
        let table = self.subject.table;
        let listed = session.symptom.and_then(|it| table.symptoms.get(it as usize)).map(|it| &it.actions);
        let entered = session.entered.iter().flatten().filter_map(|it| table.entries.get(*it as usize)?.alone.as_ref());
        for it in listed.into_iter().chain(entered.map(|it| &it.actions)).flatten() {
            if self.subject.reader.judge_condition(it.condition, evidence) == Verdict::Certain {
                let action = ActionId::new(it.action as usize);
                self.reached.insert(Reached::Action(action));
                self.rows(Owner::Action(action), evidence);
            }
        }
    }

    fn rows(&mut self, owner: Owner, evidence: &Evidence) {
        let Some((_, ways)) = self.sites.get(&owner) else { return };
        let inside = ways.iter().enumerate().filter(|(_, way)| self.subject.assumptions.lie_inside(evidence, way));
        self.reached.extend(inside.map(|(at, _)| Reached::Row(owner, at)));
    }
}
