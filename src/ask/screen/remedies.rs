//! Screens that propose something to do: an action, an entry to be read, a contact.

use super::{numbered, one, write_see};
use crate::ask::prompt::{Prompt, Screen};
use crate::ask::{Command, Dialogue};
use crate::plain::{
    Page, Voice, action_title, contact_title, entry_name, lineage, mentioned, numbered as numbered_steps, prose,
    write_contact, write_steps,
};
use crate::runtime::{ContactSource, Verdict, judge_condition};
use crate::table::{Action, Cause, Entry, Reference};

pub(super) fn act(voice: Voice<'_>, dialogue: &Dialogue<'_>, action: u32, entry: u32, certain: bool) -> Screen {
    let mut page = Page::default();
    let lineage = lineage(voice, action);
    let is_begun = dialogue.now.session.begun.contains(&entry);
    entry_page(&mut page, voice, entry, certain, !is_begun);
    page.gap();
    page.line(0, voice.sentence("ask-do", &[("action", &action_title(voice, action))]));
    for when in lineage.iter().filter_map(|it| it.when.as_ref()).filter(|_| !certain) {
        page.line(2, voice.sentence("ask-only-if", &[("when", when)]));
    }
    let ticked = Some(&dialogue.now.ticked).filter(|ticked| !ticked.is_empty());
    write_steps(&mut page, voice, lineage.iter().map(|it| it.steps.as_slice()), ticked, 2);
    let see = references_of(voice, &lineage, entry, !is_begun);
    write_see(&mut page, voice, &see);
    let last: Option<&Action> = lineage.last().copied();
    for contact in last.into_iter().flat_map(|it| &it.contacts) {
        page.line(2, voice.sentence("told-contact", &[("contact", &contact_title(voice, *contact))]));
        write_contact(&mut page, voice, *contact, 4);
    }
    page.gap();
    outcomes(voice, page, &lineage)
}

fn references_of<'a>(voice: Voice<'a>, lineage: &[&'a Action], entry: u32, is_first: bool) -> Vec<&'a Reference> {
    let mut found: Vec<&Reference> = Vec::new();
    for action in lineage {
        found.extend(mentioned(voice, &action.steps));
        found.extend(&action.see);
    }
    if is_first {
        found.extend(entry_references(voice, entry));
    }
    found
}

fn entry_references(voice: Voice<'_>, entry: u32) -> Vec<&Reference> {
    let Some(entry) = voice.table.entries.get(entry as usize) else { return Vec::new() };
    let mut found = mentioned(voice, &entry.notes);
    found.extend(&entry.see);
    found
}

/// Whether it helped; for what only finds things out, whether it was found out.
fn outcomes(voice: Voice<'_>, page: Page, lineage: &[&Action]) -> Screen {
    let solved = lineage.iter().rev().find(|it| !it.solved.is_empty());
    let finds = lineage.iter().any(|it| !it.finds.is_empty()) && solved.is_none();
    let label = match solved {
        Some(action) => prose(voice, &action.solved).replace('\n', " "),
        None => voice.word(if finds { "ask-found-out" } else { "ask-helped" }).to_owned(),
    };
    let failed = (voice.word(if finds { "ask-looked" } else { "ask-failed" }).to_owned(), Command::Failed);
    let solved = (voice.word("ask-solved").to_owned(), Command::Solved);
    let declined = (voice.word("ask-decline").to_owned(), Command::Decline);
    let mut options = if finds { vec![failed, solved, declined] } else { vec![solved, failed, declined] };
    if numbered_steps(voice, lineage).len() > 1 {
        options.push((voice.word("ask-tick").to_owned(), Command::Tick));
    }
    one(voice, page, label, numbered(options))
}

/// Its title, and what there is to know about it before anything is done.
fn entry_page(page: &mut Page, voice: Voice<'_>, entry: u32, certain: bool, is_first: bool) {
    let Some(it) = voice.table.entries.get(entry as usize) else { return };
    page.heading(entry_name(voice, entry));
    if let Some(when) = it.when.as_ref().filter(|_| !certain) {
        page.line(2, voice.sentence("ask-only-if", &[("when", when)]));
    }
    if is_first {
        causes(page, voice, it);
        write_steps(page, voice, [it.notes.as_slice()], None, 2);
    }
}

fn causes(page: &mut Page, voice: Voice<'_>, entry: &Entry) {
    let verdict = |cause: &Cause| cause.condition.map(|it| judge_condition(voice.table, it, voice.evidence));
    for cause in entry.causes.iter().filter(|cause| verdict(cause) != Some(Verdict::Excluded)) {
        page.item(2, voice.word("told-cause"), prose(voice, &cause.title));
        write_steps(page, voice, [cause.notes.as_slice()], None, 6);
    }
}

pub(super) fn tick(voice: Voice<'_>, dialogue: &Dialogue<'_>, action: u32) -> Screen {
    let mut page = Page::default();
    page.heading(voice.sentence("ask-do", &[("action", &action_title(voice, action))]));
    let prompt = Prompt::Several {
        label: voice.word("ask-ticked").to_owned(),
        help: voice.word("ask-help-several").to_owned(),
        items: numbered_steps(voice, &lineage(voice, action)),
        chosen: dialogue.now.ticked.iter().map(|number| number - 1).collect(),
        choices: Vec::new(),
    };
    Screen { page, prompt }
}

pub(super) fn told(voice: Voice<'_>, entry: u32, certain: bool) -> Screen {
    let mut page = Page::default();
    entry_page(&mut page, voice, entry, certain, true);
    let see = entry_references(voice, entry);
    write_see(&mut page, voice, &see);
    page.gap();
    let options = [("ask-solved", Command::Solved), ("ask-failed", Command::Failed), ("ask-decline", Command::Decline)];
    let options = options.into_iter().map(|(key, command)| (voice.word(key).to_owned(), command));
    one(voice, page, voice.word("ask-helped"), numbered(options))
}

pub(super) fn turn_to(voice: Voice<'_>, contact: u32, from: ContactSource) -> Screen {
    let mut page = Page::default();
    if let ContactSource::Entry(entry) = from {
        entry_page(&mut page, voice, entry, true, true);
        write_see(&mut page, voice, &entry_references(voice, entry));
        page.gap();
    }
    let why = match from {
        ContactSource::Question(_) => Some("ask-contact-unknown"),
        ContactSource::Otherwise(_) | ContactSource::Default => Some("ask-contact-last"),
        ContactSource::Entry(_) => None,
    };
    why.into_iter().for_each(|key| page.line(0, voice.word(key)));
    page.heading(voice.sentence("ask-contact", &[("contact", &contact_title(voice, contact))]));
    write_contact(&mut page, voice, contact, 2);
    page.gap();
    let options = [
        ("ask-turn-to", Command::TurnTo),
        ("ask-contact-solved", Command::Solved),
        ("ask-contact-failed", Command::Failed),
        ("ask-contact-decline", Command::Decline),
    ];
    let options = options.into_iter().map(|(key, command)| (voice.word(key).to_owned(), command));
    one(voice, page, voice.word("ask-what-now"), numbered(options))
}

pub(super) fn why(voice: Voice<'_>) -> Screen {
    let mut page = Page::default();
    page.line(0, voice.word("ask-why"));
    let help = voice.word("ask-help-why").to_owned();
    Screen { page, prompt: Prompt::Words { label: voice.word("ask-reason").to_owned(), help, choices: Vec::new() } }
}
