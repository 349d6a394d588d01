//! Symptoms, entries, actions, contacts and what is referred to, by their titles and places.

use std::collections::BTreeSet;

use super::steps::{open_branches, write_steps};
use super::{Page, Voice, prose};
use crate::table::{Action, Document, Piece, Prose, RefKind, Reference, Step};

pub fn symptom_title(voice: Voice<'_>, symptom: u32) -> String {
    let symptom = voice.table.symptoms.get(symptom as usize);
    symptom.map_or_else(String::new, |it| titled(voice, &it.title, &it.id))
}

/// `No.12 title`, or its title alone.
pub fn entry_name(voice: Voice<'_>, entry: u32) -> String {
    let Some(entry) = voice.table.entries.get(entry as usize) else { return String::new() };
    let title = titled(voice, &entry.title, &entry.id);
    entry.number.map_or(title.clone(), |number| format!("No.{number} {title}"))
}

/// Its title, else its number in the entry; after the titles of those that it is an alternative of.
pub fn action_title(voice: Voice<'_>, action: u32) -> String {
    let title = |action: &&Action| match action.title.is_empty() {
        true => voice.sentence("told-action", &[("number", &action.number)]),
        false => one_line(&prose(voice, &action.title)),
    };
    lineage(voice, action).iter().map(title).collect::<Vec<String>>().join(voice.word("told-within"))
}

pub fn contact_title(voice: Voice<'_>, contact: u32) -> String {
    let contact = voice.table.contacts.get(contact as usize);
    contact.map_or_else(String::new, |it| titled(voice, &it.title, &it.id))
}

fn titled(voice: Voice<'_>, title: &Prose, id: &str) -> String {
    if title.is_empty() { id.to_owned() } else { one_line(&prose(voice, title)) }
}

fn one_line(text: &str) -> String {
    text.replace('\n', " ")
}

/// An action (an index) with those that it is an alternative of, from the outermost one.
pub fn lineage<'a>(voice: Voice<'a>, action: u32) -> Vec<&'a Action> {
    let find = |index: u32| voice.table.actions.get(index as usize).map(AsRef::as_ref);
    let above = std::iter::successors(find(action), |action| find(action.parent?));
    let mut lineage: Vec<&Action> = above.take(voice.table.actions.len()).collect();
    lineage.reverse();
    lineage
}

/// What an action is done for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    Solve,
    /// What it finds out.
    FindOut,
    /// What comes after it.
    LeadOn,
}

/// What an action with those that it is an alternative of is done for. What asks in its own words whether it helped, or says how likely
/// that is, is done to solve the problem.
pub fn purpose(lineage: &[&Action]) -> Purpose {
    let solves = lineage.iter().any(|it| !it.solved.is_empty() || it.likely_percent.is_some());
    let is_any = |list: fn(&Action) -> &[u32]| lineage.iter().any(|it| !list(it).is_empty());
    match solves {
        false if is_any(|it| &it.finds) => Purpose::FindOut,
        false if is_any(|it| &it.then) => Purpose::LeadOn,
        _ => Purpose::Solve,
    }
}

/// How to reach a contact (an index), and what to tell them.
pub fn write_contact(page: &mut Page, voice: Voice<'_>, contact: u32, indent: usize) {
    let Some(contact) = voice.table.contacts.get(contact as usize) else { return };
    let lines = [
        ("told-tel", &contact.tel),
        ("told-mail", &contact.mail),
        ("told-hours", &contact.hours),
        ("told-tell", &contact.tell),
    ];
    for (key, text) in lines.into_iter().filter(|(_, text)| !text.is_empty()) {
        page.item(indent, voice.word(key), prose(voice, text));
    }
    contact.url.iter().for_each(|url| page.whole(indent, "", url));
    write_steps(page, voice, [contact.notes.as_slice()], None, indent);
}

/// What is referred to, each once: documents with their places, links with their addresses, words with their meanings. What has
/// nothing to add to the words that mention it is left out, unless it is all that there is to see.
pub fn write_references<'a>(
    page: &mut Page,
    voice: Voice<'_>,
    references: impl IntoIterator<Item = &'a Reference>,
    indent: usize,
) {
    for (text, url) in places(voice, references) {
        page.item(indent, voice.word("told-bullet"), text);
        url.iter().for_each(|url| page.whole(indent + 4, "", *url));
    }
}

/// What is referred to, each once, and its address.
pub fn places<'a, 'v>(
    voice: Voice<'v>,
    references: impl IntoIterator<Item = &'a Reference>,
) -> Vec<(String, Option<&'v str>)> {
    let mut seen = BTreeSet::new();
    let once = references.into_iter().filter(|it| seen.insert((it.kind, &it.targets)));
    once.flat_map(|it| it.targets.iter().map(|target| described(voice, it, target))).collect()
}

/// A text for what is referred to, and its address.
fn described<'a>(voice: Voice<'a>, reference: &Reference, target: &str) -> (String, Option<&'a str>) {
    let table = voice.table;
    match reference.kind {
        RefKind::Document | RefKind::Section => document(voice, target).unwrap_or((reference.text.clone(), None)),
        RefKind::Link => match table.links.iter().find(|it| it.id == target) {
            Some(link) => (one_line(&prose(voice, &link.title)), Some(link.url.as_str())),
            None => (reference.text.clone(), None),
        },
        RefKind::Term => {
            let term = table.terms.iter().find(|it| it.id == target);
            let meaning = term.map(|it| prose(voice, &it.meaning)).unwrap_or_default();
            (voice.sentence("told-meaning", &[("word", target), ("meaning", &meaning)]), None)
        }
        RefKind::Entry => {
            let entry = (0u32..).zip(&table.entries).find(|(_, it)| it.id == target);
            (entry.map_or_else(|| reference.text.clone(), |(entry, _)| entry_name(voice, entry)), None)
        }
        RefKind::Contact => {
            let contact = table.contacts.iter().find(|it| it.id == target);
            (reference.text.clone(), contact.and_then(|it| it.url.as_deref()))
        }
        RefKind::Action | RefKind::Symptom | RefKind::Fact | RefKind::Text => (reference.text.clone(), None),
    }
}

/// A document or a section of one: its title, where it is published, and its address.
fn document<'a>(voice: Voice<'a>, target: &str) -> Option<(String, Option<&'a str>)> {
    let section = |document: &'a Document| document.sections.iter().find(|it| it.id == target);
    let found = voice.table.documents.iter().find(|it| it.id == target || section(it).is_some())?;
    let within = section(found);
    let place = prose(voice, &found.place);
    let parts = [
        Some(one_line(&prose(voice, &found.title))),
        within.and_then(|it| it.number.clone()),
        within.and_then(|it| it.title.clone()),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    let title = parts.join(" ");
    let text =
        if place.is_empty() { title } else { voice.sentence("told-place", &[("title", &title), ("place", &place)]) };
    Some((text, within.and_then(|it| it.url.as_deref()).or(found.url.as_deref())))
}

/// Whether there is more to say of it than the words that mention it.
pub(super) fn has_more(voice: Voice<'_>, reference: &Reference) -> bool {
    match reference.kind {
        RefKind::Document | RefKind::Section | RefKind::Link => true,
        RefKind::Term => {
            let is_meant = |id: &str| reference.targets.iter().any(|it| it == id);
            voice.table.terms.iter().any(|it| is_meant(&it.id) && !it.meaning.is_empty())
        }
        RefKind::Contact => {
            let is_meant = |id: &str| reference.targets.iter().any(|it| it == id);
            voice.table.contacts.iter().any(|it| is_meant(&it.id) && it.url.is_some())
        }
        RefKind::Entry | RefKind::Action | RefKind::Symptom | RefKind::Fact | RefKind::Text => false,
    }
}

/// What there is to see for an action with those that it is an alternative of.
pub fn references_of<'a>(voice: Voice<'a>, lineage: &[&'a Action]) -> Vec<&'a Reference> {
    let of = |action: &&'a Action| mentioned(voice, &action.steps).into_iter().chain(&action.see);
    lineage.iter().flat_map(of).collect()
}

/// What there is to see for an entry (an index) as a whole.
pub fn entry_references(voice: Voice<'_>, entry: u32) -> Vec<&Reference> {
    let Some(entry) = voice.table.entries.get(entry as usize) else { return Vec::new() };
    let mut found = mentioned(voice, &entry.notes);
    found.extend(&entry.see);
    found
}

/// What steps that may be done mention and there is more to say of, in order.
pub fn mentioned<'a>(voice: Voice<'a>, steps: &'a [Step]) -> Vec<&'a Reference> {
    let mut found = Vec::new();
    for step in steps {
        match step {
            Step::Step { text } | Step::Bullet { text } | Step::Note { text } | Step::Warning { text } => {
                let references = text.iter().filter_map(|piece| match piece {
                    Piece::Reference(reference) => Some(reference),
                    Piece::Text(_) => None,
                });
                found.extend(references.filter(|it| has_more(voice, it)));
            }
            Step::Branches { branches } => {
                open_branches(voice, branches).iter().for_each(|branch| found.extend(mentioned(voice, &branch.steps)));
            }
            Step::Do { action } => {
                // The steps of an action done within another one mention for themselves, one level deep.
                let action = voice.table.actions.get(*action as usize);
                let flat = action
                    .into_iter()
                    .flat_map(|it| &it.steps)
                    .filter(|it| !matches!(it, Step::Do { .. } | Step::Branches { .. }));
                flat.for_each(|step| found.extend(mentioned(voice, std::slice::from_ref(step))));
            }
            Step::Fence { .. } | Step::Contact { .. } | Step::See { .. } => {}
        }
    }
    found
}
