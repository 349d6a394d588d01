//! What was seen, known and tried, and what did not apply, to be pasted into a ticket. Refuses to know what comes next but by name.

use std::collections::BTreeSet;

use super::Dialogue;
use super::state::{Ending, Event, Mode, Outcome, State};
use super::turn::{Turn, turn};
use crate::plain::{
    Page, Purpose, Voice, action_title, answer, contact_title, entry_name, lineage, numbered, purpose, question,
    reasons, symptom_title,
};
use crate::runtime::{Next, Session, Verdict, reasons as why};

pub(super) fn summary(voice: Voice<'_>, dialogue: &Dialogue<'_>) -> Page {
    let state = &dialogue.now;
    let mut page = Page::default();
    page.line(0, voice.word("sum-title"));
    page.line(0, knowledge_base(voice));
    section(&mut page, voice, "sum-seen", seen(voice, &state.log));
    section(&mut page, voice, "sum-known", found_out(voice, &state.log));
    section(&mut page, voice, "sum-tried", tried(voice, &state.log));
    section(&mut page, voice, "sum-not", not_applied(voice, state));
    section(&mut page, voice, "sum-result", vec![result(voice, dialogue)]);
    page
}

fn section(page: &mut Page, voice: Voice<'_>, heading: &'static str, items: Vec<String>) {
    if items.is_empty() {
        return;
    }
    page.gap();
    page.line(0, voice.word(heading));
    items.into_iter().for_each(|item| page.item(0, voice.word("told-bullet"), item));
}

fn knowledge_base(voice: Voice<'_>) -> String {
    let table = voice.table;
    let version: Vec<String> = table.release.iter().chain(&table.updated).cloned().collect();
    if version.is_empty() {
        return voice.sentence("sum-kb", &[("title", &table.title)]);
    }
    voice.sentence("sum-kb-version", &[("title", &table.title), ("version", &voice.list(&version))])
}

/// The symptom chosen last, and the words that led to it.
fn seen(voice: Voice<'_>, log: &[Event]) -> Vec<String> {
    let symptom = log.iter().rev().find_map(|event| match event {
        Event::Symptom(symptom) => Some(symptom_title(voice, *symptom)),
        _ => None,
    });
    let words = log.iter().rev().find_map(|event| match event {
        Event::Searched(words) => Some(voice.sentence("sum-words", &[("words", words.trim())])),
        _ => None,
    });
    symptom.into_iter().chain(words).collect()
}

/// Answers in the order in which they were given; one that was asked for again after something was done says so.
fn found_out(voice: Voice<'_>, log: &[Event]) -> Vec<String> {
    let mut asked = BTreeSet::new();
    let said = log.iter().filter_map(|event| match event {
        Event::Answered { question, cells } => {
            let said = answer(voice, *question, cells);
            Some(if asked.insert(*question) { said } else { voice.sentence("sum-again", &[("answer", &said)]) })
        }
        Event::Unknown(index) => {
            asked.insert(*index);
            let label = voice
                .table
                .questions
                .get(*index as usize)
                .map_or_else(|| question(voice, *index), |it| it.label.clone());
            Some(voice.sentence("sum-unknown", &[("fact", &label)]))
        }
        _ => None,
    });
    said.collect()
}

fn tried(voice: Voice<'_>, log: &[Event]) -> Vec<String> {
    let said = log.iter().filter_map(|event| match event {
        Event::Action { result: Outcome::Declined(_), .. }
        | Event::Contact { result: Outcome::Declined(_), .. }
        | Event::Entry { result: Outcome::Declined(_), .. } => None,
        Event::Action { action, entry, ticked, result } => {
            let name = entry_action(voice, *entry, *action);
            Some(format!(
                "{}{}",
                with_result(voice, &name, result, purpose(&lineage(voice, *action))),
                progress(voice, *action, ticked)
            ))
        }
        Event::Contact { contact, result } => {
            Some(with_result(voice, &contact_title(voice, *contact), result, Purpose::Solve))
        }
        Event::Entry { entry, result } => Some(with_result(voice, &entry_name(voice, *entry), result, Purpose::Solve)),
        _ => None,
    });
    said.collect()
}

fn entry_action(voice: Voice<'_>, entry: u32, action: u32) -> String {
    let names = [("entry", entry_name(voice, entry)), ("action", action_title(voice, action))];
    voice.sentence("sum-action", &names.each_ref().map(|(name, text)| (*name, text.as_str())))
}

fn with_result(voice: Voice<'_>, name: &str, result: &Outcome, purpose: Purpose) -> String {
    let key = match (result, purpose) {
        (Outcome::Solved, _) => "sum-solved",
        (Outcome::Failed, Purpose::FindOut) => "sum-looked",
        (Outcome::Failed, Purpose::LeadOn) => "sum-done",
        (Outcome::Failed, Purpose::Solve) => "sum-failed",
        (Outcome::Declined(_), _) => "sum-declined",
    };
    voice.sentence("sum-outcome", &[("name", name), ("result", voice.word(key))])
}

/// How many of the steps were ticked off, when any were.
fn progress(voice: Voice<'_>, action: u32, ticked: &BTreeSet<usize>) -> String {
    if ticked.is_empty() {
        return String::new();
    }
    let all = numbered(voice, &lineage(voice, action)).len();
    let numbers: Vec<String> = ticked.iter().map(ToString::to_string).collect();
    voice.sentence("sum-ticked", &[("numbers", &voice.list(&numbers)), ("all", &all.to_string())])
}

/// Entries that the answers exclude, with what excludes them, but for those of which something was tried; and what was not done,
/// with the reason. An entry that the reader was merely handed over to was not tried.
fn not_applied(voice: Voice<'_>, state: &State) -> Vec<String> {
    let entries = looked_at(voice, &state.session);
    let conditions: Vec<u32> = entries.iter().map(|(_, condition)| *condition).collect();
    let judged = entries.iter().zip(why(voice.table, &conditions, voice.evidence));
    let brought = brought_about(voice, &state.log);
    let is_tried = |entry| state.session.begun.contains(entry) || state.session.told.contains(entry);
    let excluded = judged.filter(|((entry, _), why)| why.verdict == Verdict::Excluded && !is_tried(entry));
    let excluded = excluded.map(|((entry, _), why)| {
        let because =
            why.facts.iter().zip(reasons(voice, &why.facts)).map(|(fact, said)| match brought.contains(fact) {
                true => voice.sentence("sum-brought", &[("known", &said)]),
                false => said,
            });
        let because: Vec<String> = because.collect();
        because_of(voice, &entry_name(voice, *entry), &voice.list(&because))
    });
    let declined = state.log.iter().filter_map(|event| match event {
        Event::Action { action, entry, result: Outcome::Declined(reason), .. } => {
            Some(because_of(voice, &entry_action(voice, *entry, *action), reason))
        }
        Event::Contact { contact, result: Outcome::Declined(reason) } => {
            Some(because_of(voice, &contact_title(voice, *contact), reason))
        }
        Event::Entry { entry, result: Outcome::Declined(reason) } => {
            Some(because_of(voice, &entry_name(voice, *entry), reason))
        }
        _ => None,
    });
    excluded.chain(declined).collect()
}

/// Facts that are as an action made them: nobody said so.
fn brought_about(voice: Voice<'_>, log: &[Event]) -> BTreeSet<u32> {
    let mut facts = BTreeSet::new();
    for event in log {
        match event {
            Event::Symptom(_) => facts.clear(),
            Event::Answered { cells, .. } => facts.retain(|fact| cells.iter().all(|it| it.fact != *fact)),
            Event::Action { action, result: Outcome::Failed, .. } => {
                facts.extend(lineage(voice, *action).iter().flat_map(|it| &it.sets).map(|it| it.fact));
            }
            Event::Searched(_)
            | Event::Unknown(_)
            | Event::Action { .. }
            | Event::Contact { .. }
            | Event::Entry { .. } => {}
        }
    }
    facts.retain(|fact| !voice.evidence.is_whole(*fact));
    facts
}

/// The entries of the symptom, then the others that the reader was handed over to, each with the condition under which it applies.
fn looked_at(voice: Voice<'_>, session: &Session) -> Vec<(u32, u32)> {
    let symptom = session.symptom.and_then(|it| voice.table.symptoms.get(it as usize));
    let listed = symptom.map_or(&[][..], |it| it.entries.as_slice());
    let mut entries: Vec<(u32, u32)> = listed.iter().map(|it| (it.entry, it.condition)).collect();
    for entry in session.entered.iter().flatten() {
        let alone = voice.table.entries.get(*entry as usize).and_then(|it| it.alone.as_ref());
        if let Some(alone) = alone.filter(|_| !entries.iter().any(|(known, _)| known == entry)) {
            entries.push((*entry, alone.condition));
        }
    }
    entries
}

fn because_of(voice: Voice<'_>, name: &str, why: &str) -> String {
    if why.trim().is_empty() {
        name.to_owned()
    } else {
        voice.sentence("sum-because", &[("name", name), ("why", why.trim())])
    }
}

fn result(voice: Voice<'_>, dialogue: &Dialogue<'_>) -> String {
    match dialogue.now.mode {
        Mode::Over(Ending::Solved) => voice.word("sum-result-solved").to_owned(),
        Mode::Over(Ending::Contact(contact)) => {
            voice.sentence("sum-result-contact", &[("contact", &contact_title(voice, contact))])
        }
        Mode::Over(Ending::Nothing) => voice.word("sum-result-nothing").to_owned(),
        _ => voice.sentence("sum-result-open", &[("next", &next_name(voice, dialogue))]),
    }
}

/// What would come next.
fn next_name(voice: Voice<'_>, dialogue: &Dialogue<'_>) -> String {
    match turn(&dialogue.reader, &dialogue.now.session) {
        Turn::Next(Next::Choose | Next::Contradiction { .. } | Next::Done) => voice.word("sum-next-none").to_owned(),
        Turn::Next(Next::Ask { question: asked, .. }) => question(voice, asked),
        Turn::Next(Next::Do { action, entry, .. }) => entry_action(voice, entry, action),
        Turn::Next(Next::Contact { contact, .. }) => contact_title(voice, contact),
        Turn::Told { entry, .. } => entry_name(voice, entry),
    }
}
