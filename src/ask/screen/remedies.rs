//! Screens that propose something to do: an action, an entry to be read, a contact.

use super::{numbered, one, write_see};
use crate::ask::prompt::{Prompt, Screen};
use crate::ask::{Command, Dialogue};
use crate::plain::{
    Page, Purpose, Voice, action_title, contact_title, entry_name, entry_references, lineage,
    numbered as numbered_steps, prose, purpose, references_of, write_contact, write_steps,
};
use crate::runtime::{ContactSource, Verdict, judge_condition};
use crate::table::{Action, Cause, Entry};

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
    let mut see = references_of(voice, &lineage);
    if !is_begun {
        see.extend(entry_references(voice, entry));
    }
    write_see(&mut page, voice, &see);
    let last: Option<&Action> = lineage.last().copied();
    for contact in last.into_iter().flat_map(|it| &it.contacts) {
        page.line(2, voice.sentence("told-contact", &[("contact", &contact_title(voice, *contact))]));
        write_contact(&mut page, voice, *contact, 4);
    }
    page.gap();
    outcomes(voice, page, &lineage)
}

/// Whether it helped; for what only finds things out or leads on, whether it was done.
fn outcomes(voice: Voice<'_>, page: Page, lineage: &[&Action]) -> Screen {
    let purpose = purpose(lineage);
    let (label, failed) = match purpose {
        Purpose::Solve => ("ask-helped", "ask-failed"),
        Purpose::FindOut => ("ask-found-out", "ask-looked"),
        Purpose::LeadOn => ("ask-was-done", "ask-done"),
    };
    let own = lineage.iter().rev().find(|it| !it.solved.is_empty());
    let label = own.map_or_else(|| voice.word(label).to_owned(), |it| prose(voice, &it.solved).replace('\n', " "));
    let failed = (voice.word(failed).to_owned(), Command::Failed);
    let solved = (voice.word("ask-solved").to_owned(), Command::Solved);
    let declined = (voice.word("ask-decline").to_owned(), Command::Decline);
    let is_to_solve = purpose == Purpose::Solve;
    let mut options = if is_to_solve { vec![solved, failed, declined] } else { vec![failed, solved, declined] };
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
