//! Why an entry has the verdict that it has: the given facts that decide, those that are still open, and where the condition
//! stands. Refuses to know what was expected.

use std::collections::BTreeSet;

use super::Subject;
use super::situation::Situation;
use crate::diag::{Arg, Diagnostic};
use crate::domain::say_literal;
use crate::logic::{Formula, Var};
use crate::model::{Action, ActionId, EntryId, FactId, Id};
use crate::runtime::{Evidence, Verdict, judge_condition};
use crate::session::Compilation;
use crate::source::Span;
use crate::speech::Speech;
use crate::table::{Condition, Row, Table};

/// The finding with what makes the entry certain, possible or excluded.
pub(super) fn explain(
    finding: Diagnostic,
    subject: &Subject<'_>,
    situation: &Situation,
    entry: EntryId,
    verdict: Verdict,
) -> Diagnostic {
    let model = &subject.compilation.model;
    let finding = finding.text("entry", &model.entries[entry].id);
    let Some(condition) = condition_of(subject, situation, entry) else {
        let symptom = &model.symptoms[situation.symptom()].id;
        return finding.text("symptom", symptom).label(model.entries[entry].name, "entry").help("not-of-symptom");
    };
    match verdict {
        Verdict::Possible => explain_open(finding, subject, situation, entry, condition),
        Verdict::Certain => explain_certain(finding, subject, situation, entry, condition),
        Verdict::Excluded | Verdict::Contradictory => explain_excluded(finding, subject, situation, entry, condition),
    }
}

/// The finding with what would have to be known for the entry to apply for the symptom.
pub(super) fn with_near_miss(
    finding: Diagnostic,
    subject: &Subject<'_>,
    situation: &Situation,
    entry: EntryId,
) -> Diagnostic {
    let Subject { compilation, applicability, meanings, .. } = subject;
    let conditions = applicability.conditions(situation.symptom(), meanings);
    let Some((_, condition)) = conditions.into_iter().find(|(it, _)| *it == entry) else { return finding };
    let change = subject.assumptions.near_miss(&condition, &situation.evidence);
    if change.is_empty() {
        return finding;
    }
    let Compilation { model, types, sources, .. } = compilation;
    let speech = Speech { model, types, sources, language: model.config.language };
    let said = change.iter().map(|(var, values)| Arg::Text(say_literal(*var, values, &subject.domain, speech)));
    finding.arg("change", Arg::List(said.collect())).help("would-apply")
}

/// The condition (an index) under which the entry applies: for the symptom, or by itself when the reader was handed over to it.
fn condition_of(subject: &Subject<'_>, situation: &Situation, entry: EntryId) -> Option<u32> {
    let symptom = subject.table.symptoms.get(situation.session.symptom? as usize)?;
    let listed = symptom.entries.iter().find(|it| it.entry as usize == entry.index()).map(|it| it.condition);
    let entered = situation.session.entered.iter().flatten().any(|it| *it as usize == entry.index());
    let alone = subject.table.entries.get(entry.index()).filter(|_| entered).and_then(|it| it.alone.as_ref());
    listed.or(alone.map(|it| it.condition))
}

/// The finding with what makes the action certain, possible or excluded, or with its having been tried.
pub(super) fn explain_action(
    finding: Diagnostic,
    subject: &Subject<'_>,
    situation: &Situation,
    action: ActionId,
) -> Diagnostic {
    let model = &subject.compilation.model;
    let declared = &model.actions[action];
    let id = subject.table.actions.get(action.index()).map_or_else(String::new, |it| it.id.clone());
    let finding = finding.text("entry", id);
    if let Some(place) = situation.failed_at.get(&(action.index() as u32)) {
        return finding.label(*place, "tried").help("tried-already");
    }
    let Some(condition) = action_condition(subject, situation, action) else {
        return explain(finding.label(declared.span, "entry"), subject, situation, declared.entry, Verdict::Excluded);
    };
    let when = declared.when.first().map(|when| model.conditions[*when].span());
    let place = when.unwrap_or_else(|| place_of(subject, declared.entry));
    match judge_condition(subject.table, condition, &situation.evidence) {
        Verdict::Possible => {
            let open = open_facts(subject.table, condition, &situation.evidence);
            let open = those_of(&subject.meanings.all(&declared.when), open);
            let open = those_of(subject.meanings.own(declared.entry), open);
            finding.arg("open", names(subject, &open)).label(place, "open-condition").help("open")
        }
        Verdict::Certain if is_spent(subject, situation, declared) => {
            finding.label(declared.span, "entry").help("found-out")
        }
        Verdict::Certain => finding.help("comes-after"),
        Verdict::Excluded | Verdict::Contradictory => {
            let deciding = deciding_facts(subject.table, condition, &situation.evidence);
            let finding = finding.label(place, "fails");
            if deciding.is_empty() { finding.help("never") } else { decided_by(finding, situation, &deciding) }
        }
    }
}

/// Whether all that an action finds out is known, or was asked.
fn is_spent(subject: &Subject<'_>, situation: &Situation, action: &Action) -> bool {
    let settled = |fact: FactId| {
        let asked = subject.question_of(fact).is_some_and(|it| situation.session.asked.contains(&it));
        asked || subject.domain.vars(fact).all(|var| subject.assumptions.is_settled(var.0, &situation.evidence))
    };
    !action.finds.is_empty() && action.finds.iter().all(|it| settled(it.fact))
}

/// Those of the facts that a condition speaks of itself; all when it speaks of none.
fn those_of(condition: &Formula, facts: Vec<u32>) -> Vec<u32> {
    let support = condition.support();
    let own: Vec<u32> = facts.iter().copied().filter(|fact| support.contains(&Var(*fact))).collect();
    if own.is_empty() { facts } else { own }
}

/// The condition (an index) under which the action is offered.
fn action_condition(subject: &Subject<'_>, situation: &Situation, action: ActionId) -> Option<u32> {
    let symptom = subject.table.symptoms.get(situation.session.symptom? as usize)?;
    let entered =
        situation.session.entered.iter().flatten().filter_map(|entry| subject.table.entries.get(*entry as usize));
    let alone = entered.filter_map(|entry| entry.alone.as_ref()).flat_map(|alone| &alone.actions);
    let mut offered = symptom.actions.iter().chain(alone);
    offered.find(|it| it.action as usize == action.index()).map(|it| it.condition)
}

/// Whether some entry or action of the symptom is possible, and one of these facts would have a say in it.
pub(super) fn is_open_somewhere(subject: &Subject<'_>, situation: &Situation, facts: &[u32]) -> bool {
    let symptom = situation.session.symptom.and_then(|it| subject.table.symptoms.get(it as usize));
    let conditions = symptom.into_iter().flat_map(|symptom| {
        let entries = symptom.entries.iter().map(|it| it.condition);
        entries.chain(symptom.actions.iter().map(|it| it.condition))
    });
    let possible =
        |condition: &u32| judge_condition(subject.table, *condition, &situation.evidence) == Verdict::Possible;
    let spoken_of = |condition: u32| open_facts(subject.table, condition, &situation.evidence);
    conditions.filter(possible).flat_map(spoken_of).any(|fact| facts.contains(&fact))
}

fn explain_open(
    finding: Diagnostic,
    subject: &Subject<'_>,
    situation: &Situation,
    entry: EntryId,
    condition: u32,
) -> Diagnostic {
    let open = open_facts(subject.table, condition, &situation.evidence);
    let open = those_of(subject.meanings.own(entry), open);
    let finding = finding.arg("open", names(subject, &open)).label(place_of(subject, entry), "open-condition");
    finding.help("open")
}

fn explain_certain(
    finding: Diagnostic,
    subject: &Subject<'_>,
    situation: &Situation,
    entry: EntryId,
    condition: u32,
) -> Diagnostic {
    let deciding = deciding_facts(subject.table, condition, &situation.evidence);
    if deciding.is_empty() {
        return finding.label(subject.compilation.model.entries[entry].name, "entry").help("always");
    }
    decided_by(finding.label(place_of(subject, entry), "holds"), situation, &deciding)
}

fn explain_excluded(
    finding: Diagnostic,
    subject: &Subject<'_>,
    situation: &Situation,
    entry: EntryId,
    condition: u32,
) -> Diagnostic {
    let own = subject.meanings.own(entry);
    let deciding = deciding_facts(subject.table, condition, &situation.evidence);
    let finding = match subject.assumptions.can_hold(own, Some(&situation.evidence)) {
        false => finding.label(place_of(subject, entry), "fails"),
        true => pushed_aside(finding, subject, situation, entry),
    };
    if deciding.is_empty() { finding.help("never") } else { decided_by(finding, situation, &deciding) }
}

/// Names the entries that keep this one from applying though its own condition may hold.
fn pushed_aside(finding: Diagnostic, subject: &Subject<'_>, situation: &Situation, entry: EntryId) -> Diagnostic {
    let model = &subject.compilation.model;
    let others = &subject.applicability.entries[situation.symptom()];
    let overrides = |other: &EntryId| model.entries[*other].overrides.iter().any(|it| it.entry == entry);
    let before = |other: &EntryId| model.entries[entry].fallback && !model.entries[*other].fallback;
    let applies =
        |other: &EntryId| subject.assumptions.can_hold(subject.meanings.own(*other), Some(&situation.evidence));
    let strong: Vec<EntryId> =
        others.iter().copied().filter(|other| (overrides(other) || before(other)) && applies(other)).collect();
    let named = strong.iter().map(|other| Arg::Text(model.entries[*other].id.clone())).collect();
    let finding = finding.arg("others", Arg::List(named)).label(model.entries[entry].name, "entry");
    let finding = strong.iter().fold(finding, |it, other| it.label(model.entries[*other].name, "other"));
    finding.help("pushed-aside")
}

/// Where the entry says when it applies.
fn place_of(subject: &Subject<'_>, entry: EntryId) -> Span {
    let model = &subject.compilation.model;
    let entry = &model.entries[entry];
    entry.when.first().map_or(entry.name, |when| model.conditions[*when].span())
}

/// Points to what is given of the facts.
fn decided_by(finding: Diagnostic, situation: &Situation, facts: &[u32]) -> Diagnostic {
    let places: BTreeSet<Span> = facts.iter().filter_map(|fact| situation.known_from.get(fact).copied()).collect();
    places.into_iter().fold(finding, |finding, place| finding.label(place, "decides"))
}

fn names(subject: &Subject<'_>, facts: &[u32]) -> Arg {
    let id = |fact: &u32| Some(Arg::Text(subject.table.facts.get(*fact as usize)?.id.clone()));
    Arg::List(facts.iter().filter_map(id).collect())
}

/// Facts (indexes, ascending) of which something is known and without which the verdict would not be certain: none of them
/// can be left out.
pub(super) fn deciding_facts(table: &Table, condition: u32, evidence: &Evidence) -> Vec<u32> {
    let verdict = judge_condition(table, condition, evidence);
    let mut evidence = evidence.clone();
    let mut deciding = Vec::new();
    for fact in 0..table.facts.len() as u32 {
        if evidence.is_whole(fact) {
            continue;
        }
        let cells: Vec<u32> = evidence.cells(fact).collect();
        evidence.forget(fact);
        if judge_condition(table, condition, &evidence) != verdict {
            evidence.set(fact, &cells);
            deciding.push(fact);
        }
    }
    deciding
}

/// Facts (indexes, ascending) that are still open and that the condition's rows speak of; those of which one answer decides,
/// if there are such.
pub(super) fn open_facts(table: &Table, condition: u32, evidence: &Evidence) -> Vec<u32> {
    let Some(rows) = table.conditions.get(condition as usize) else { return Vec::new() };
    let open: BTreeSet<u32> =
        rows_of(rows).flat_map(|row| row.0.keys().copied()).filter(|it| is_open(evidence, *it)).collect();
    let decides = |fact: &u32| {
        let possible = |cell: u32| judge_condition(table, condition, &with(evidence, *fact, cell));
        evidence.cells(*fact).map(possible).any(|verdict| matches!(verdict, Verdict::Certain | Verdict::Excluded))
    };
    let decisive: Vec<u32> = open.iter().copied().filter(decides).collect();
    if decisive.is_empty() { open.into_iter().collect() } else { decisive }
}

fn rows_of(condition: &Condition) -> impl Iterator<Item = &Row> {
    let Condition { certain, certain_clear_of, excluded, excluded_clear_of } = condition;
    [certain, certain_clear_of, excluded, excluded_clear_of].into_iter().flatten().flatten()
}

fn is_open(evidence: &Evidence, fact: u32) -> bool {
    evidence.cells(fact).nth(1).is_some()
}

fn with(evidence: &Evidence, fact: u32, cell: u32) -> Evidence {
    let mut evidence = evidence.clone();
    evidence.set(fact, &[cell]);
    evidence
}
