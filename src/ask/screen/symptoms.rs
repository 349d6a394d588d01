//! Screens that lead to a symptom.

use super::{keyed, numbered, one};
use crate::ask::Command;
use crate::ask::prompt::{Prompt, Screen};
use crate::plain::{Page, Voice, prose, symptom_title, write_steps};

/// So many symptoms are listed at once.
const MOST_SYMPTOMS: usize = 100;
/// So many that some words lead to.
const MOST_HITS: usize = 9;

pub(super) fn search(voice: Voice<'_>, missed: Option<&str>) -> Screen {
    let mut page = Page::default();
    match missed {
        Some(words) => {
            page.line(0, voice.sentence("ask-missed", &[("words", words)]));
            page.line(0, voice.word("ask-missed-advice"));
        }
        None => {
            let title = &voice.table.title;
            let titled = |day: &String| voice.sentence("ask-titled", &[("title", title), ("day", day)]);
            page.heading(voice.table.updated.as_ref().map_or_else(|| title.clone(), titled));
            page.gap();
            page.line(0, voice.word("ask-search"));
        }
    }
    let help = voice.word("ask-help-search").to_owned();
    let choices = vec![keyed("*", voice.word("ask-list"), Command::ListAll)];
    Screen { page, prompt: Prompt::Words { label: voice.word("ask-words").to_owned(), help, choices } }
}

pub(super) fn pick(voice: Voice<'_>, words: Option<&str>, symptoms: &[u32]) -> Screen {
    let mut page = Page::default();
    let most = if words.is_some() { MOST_HITS } else { MOST_SYMPTOMS };
    match words {
        Some(_) if symptoms.len() == 1 => page.line(0, voice.word("ask-perhaps")),
        Some(_) => page.line(0, voice.word("ask-several")),
        None => page.line(0, voice.word("ask-all")),
    }
    if symptoms.len() > most {
        let more = (symptoms.len() - most).to_string();
        page.line(0, voice.sentence("ask-more", &[("count", &more)]));
    }
    let shown = symptoms.iter().take(most).map(|it| (symptom_title(voice, *it), Command::Symptom(*it)));
    let mut choices = numbered(shown);
    for (choice, symptom) in choices.iter_mut().zip(symptoms) {
        choice.note = during(voice, *symptom);
    }
    let again = if words.is_some() { "ask-none-of-them" } else { "ask-again" };
    choices.push(keyed("/", voice.word(again), Command::SearchAgain));
    if words.is_some() {
        choices.push(keyed("*", voice.word("ask-list"), Command::ListAll));
    }
    one(voice, page, voice.word("ask-symptom"), choices)
}

fn during(voice: Voice<'_>, symptom: u32) -> Option<String> {
    let symptom = voice.table.symptoms.get(symptom as usize).filter(|it| !it.during.is_empty())?;
    Some(voice.sentence("ask-during", &[("during", &prose(voice, &symptom.during))]))
}

pub(super) fn symptom_page(voice: Voice<'_>, symptom: u32) -> Page {
    let mut page = Page::default();
    page.heading(voice.sentence("ask-is-symptom", &[("symptom", &symptom_title(voice, symptom))]));
    during(voice, symptom).into_iter().for_each(|during| page.line(2, during));
    let notes = voice.table.symptoms.get(symptom as usize).map_or(&[][..], |it| it.notes.as_slice());
    write_steps(&mut page, voice, [notes], None, 2);
    page.gap();
    page
}
