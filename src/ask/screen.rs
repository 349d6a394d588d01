//! What a reader sees at each turn. Refuses to know what follows from an answer.

use std::collections::BTreeSet;

use super::prompt::{Choice, Prompt, Screen};
use super::state::{Ending, Event, Mode};
use super::turn::{Turn, turn};
use super::{Command, Dialogue, summary};
use crate::plain::{
    Page, Voice, action_title, answer, choices, contact_title, entry_name, known, lineage, mentioned,
    numbered as numbered_steps, prose, question, symptom_title, write_contact, write_references, write_steps,
};
use crate::runtime::{ContactSource, Next, Verdict, judge_condition};
use crate::table::{Action, Assignment, Cause, Entry, IfUnknown, Kind, Question, Reference};

/// So many symptoms are listed at once.
const MOST_SYMPTOMS: usize = 100;
/// So many entries are named that an answer decides about.
const MOST_ENTRIES: usize = 4;
/// So many that some words lead to.
const MOST_HITS: usize = 9;

pub(super) fn screen(voice: Voice<'_>, dialogue: &Dialogue<'_>) -> Screen {
    let can_go_back = !dialogue.before.is_empty();
    let state = &dialogue.now;
    let mut screen = match &state.mode {
        Mode::Search { missed } => search(voice, missed.as_deref()),
        Mode::Pick { words, symptoms } => pick(voice, words.as_deref(), symptoms),
        Mode::Over(ending) => over(voice, dialogue, *ending),
        Mode::Next | Mode::HowTo | Mode::Tick | Mode::Why => match turn(voice.table, &state.session) {
            Turn::Told { entry, certain } if state.mode != Mode::Why => told(voice, entry, certain),
            Turn::Next(Next::Choose) => search(voice, None),
            Turn::Next(Next::Contradiction { clashes }) => clash(voice, clashes.iter().flatten().copied()),
            Turn::Next(Next::Ask { question, procedures, entries }) => {
                ask(voice, question, &procedures, &entries, state.mode == Mode::HowTo)
            }
            Turn::Next(Next::Do { action, .. }) if state.mode == Mode::Tick => tick(voice, dialogue, action),
            Turn::Next(Next::Do { action, entry, certain }) if state.mode != Mode::Why => {
                act(voice, dialogue, action, entry, certain)
            }
            Turn::Next(Next::Contact { contact, from }) if state.mode != Mode::Why => turn_to(voice, contact, from),
            Turn::Told { .. } | Turn::Next(Next::Do { .. } | Next::Contact { .. } | Next::Done) => why(voice),
        },
    };
    if let (Some(Event::Symptom(symptom)), Mode::Next) = (state.log.last(), &state.mode) {
        let mut page = symptom_page(voice, *symptom);
        page.append(std::mem::take(&mut screen.page));
        screen.page = page;
    }
    end(voice, &mut screen, can_go_back, matches!(state.mode, Mode::Over(_)));
    screen
}

/// What can be chosen everywhere.
fn end(voice: Voice<'_>, screen: &mut Screen, can_go_back: bool, is_over: bool) {
    let (Prompt::Words { choices, .. } | Prompt::One { choices, .. } | Prompt::Several { choices, .. }) =
        &mut screen.prompt;
    if can_go_back {
        choices.push(keyed("b", voice.word("ask-back"), Command::Back));
    }
    if !is_over {
        choices.push(keyed("q", voice.word("ask-end"), Command::End));
    }
}

fn keyed(key: &str, label: impl Into<String>, command: Command) -> Choice {
    Choice { key: key.to_owned(), label: label.into(), note: None, command }
}

/// Numbers them from 1.
fn numbered(labels: impl IntoIterator<Item = (String, Command)>) -> Vec<Choice> {
    (1..).zip(labels).map(|(number, (label, command)): (usize, _)| keyed(&number.to_string(), label, command)).collect()
}

fn one(voice: Voice<'_>, page: Page, label: impl Into<String>, choices: Vec<Choice>) -> Screen {
    Screen { page, prompt: Prompt::One { label: label.into(), help: voice.word("ask-help-one").to_owned(), choices } }
}

// ── Symptoms ──

fn search(voice: Voice<'_>, missed: Option<&str>) -> Screen {
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

fn pick(voice: Voice<'_>, words: Option<&str>, symptoms: &[u32]) -> Screen {
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
    choices.push(keyed("/", voice.word("ask-again"), Command::SearchAgain));
    if words.is_some() {
        choices.push(keyed("*", voice.word("ask-list"), Command::ListAll));
    }
    one(voice, page, voice.word("ask-symptom"), choices)
}

fn during(voice: Voice<'_>, symptom: u32) -> Option<String> {
    let symptom = voice.table.symptoms.get(symptom as usize).filter(|it| !it.during.is_empty())?;
    Some(voice.sentence("ask-during", &[("during", &prose(voice, &symptom.during))]))
}

fn symptom_page(voice: Voice<'_>, symptom: u32) -> Page {
    let mut page = Page::default();
    page.heading(voice.sentence("ask-is-symptom", &[("symptom", &symptom_title(voice, symptom))]));
    during(voice, symptom).into_iter().for_each(|during| page.line(2, during));
    let notes = voice.table.symptoms.get(symptom as usize).map_or(&[][..], |it| it.notes.as_slice());
    write_steps(&mut page, voice, [notes], None, 2);
    page.gap();
    page
}

// ── Questions ──

fn ask(voice: Voice<'_>, index: u32, procedures: &[u32], entries: &[u32], shows_how: bool) -> Screen {
    let mut page = Page::default();
    let Some(asked) = voice.table.questions.get(index as usize) else { return why(voice) };
    page.heading(voice.sentence("ask-question", &[("question", &question(voice, index))]));
    write_steps(&mut page, voice, [asked.notes.as_slice()], None, 2);
    if shows_how {
        how_to(&mut page, voice, asked, procedures);
    } else if !entries.is_empty() {
        let ordered: BTreeSet<u32> = entries.iter().copied().collect();
        let names: Vec<String> = ordered.iter().take(MOST_ENTRIES).map(|entry| short_name(voice, *entry)).collect();
        page.line(2, voice.sentence("ask-decides", &[("entries", &voice.list(&names))]));
    }
    page.gap();
    let mut others = Vec::new();
    if !shows_how && has_how_to(asked, procedures) {
        others.push(keyed("?", voice.word("ask-how-to"), Command::HowTo));
    } else {
        others.push(keyed("?", if_unknown(voice, asked), Command::Unknown));
    }
    answers(voice, page, asked, others)
}

fn answers(voice: Voice<'_>, page: Page, asked: &Question, others: Vec<Choice>) -> Screen {
    let label = asked.label.clone();
    if asked.kind == Kind::AnyOf {
        let label_of =
            |fact: &u32| voice.table.facts.get(*fact as usize).map_or_else(String::new, |it| it.label.clone());
        let items = asked.facts.iter().map(label_of).collect();
        let help = voice.word("ask-help-several").to_owned();
        return Screen {
            page,
            prompt: Prompt::Several { label, help, items, chosen: BTreeSet::new(), choices: others },
        };
    }
    let fact = asked.facts.first().copied().unwrap_or_default();
    let give = |cell: u32| Command::Answer(vec![Assignment { fact, cells: vec![cell] }]);
    let mut answers = numbered(choices(voice, fact).map(|(cell, label)| (label.to_owned(), give(cell))));
    let help = if is_typed(asked, &answers) {
        answers.iter_mut().for_each(|choice| choice.key.clear());
        voice.word("ask-help-typed")
    } else {
        voice.word("ask-help-one")
    };
    answers.extend(others);
    Screen { page, prompt: Prompt::One { label, help: help.to_owned(), choices: answers } }
}

/// Where answers are numbers themselves, choosing by number would be misread.
fn is_typed(asked: &Question, answers: &[Choice]) -> bool {
    let is_numeric = |choice: &Choice| choice.label.starts_with(char::is_numeric);
    match asked.kind {
        Kind::Number { .. } | Kind::Version | Kind::Date | Kind::DateFromToday => true,
        Kind::YesNo | Kind::OneOf | Kind::AnyOf => answers.iter().any(is_numeric),
    }
}

fn has_how_to(asked: &Question, procedures: &[u32]) -> bool {
    !procedures.is_empty() || !asked.shows.is_empty()
}

/// The ways to find the answer out, and what the screen shows for each answer.
fn how_to(page: &mut Page, voice: Voice<'_>, asked: &Question, procedures: &[u32]) {
    let mut references: Vec<&Reference> = Vec::new();
    for procedure in procedures.iter().filter_map(|place| asked.procedures.get(*place as usize)) {
        page.gap();
        page.line(0, voice.word("ask-procedure"));
        let is_open =
            procedure.condition.is_some_and(|it| judge_condition(voice.table, it, voice.evidence) == Verdict::Possible);
        if let Some(when) = procedure.when.as_ref().filter(|_| is_open) {
            page.line(2, voice.sentence("told-when", &[("when", when)]));
        }
        write_steps(page, voice, [procedure.steps.as_slice()], None, 2);
        references.extend(mentioned(voice, &procedure.steps));
    }
    if !asked.shows.is_empty() {
        page.gap();
        page.line(0, voice.word("ask-shows"));
    }
    for shows in &asked.shows {
        let cells: Vec<Assignment> =
            shows.cells.0.iter().map(|(fact, cells)| Assignment { fact: *fact, cells: cells.clone() }).collect();
        let place = voice.table.questions.iter().position(|it| it.id == asked.id).unwrap_or_default();
        let said = answer(voice, place as u32, &cells);
        page.item(
            2,
            voice.word("told-bullet"),
            voice.sentence("ask-shown", &[("text", &shows.text), ("answer", &said)]),
        );
    }
    write_see(page, voice, &references);
}

fn write_see(page: &mut Page, voice: Voice<'_>, references: &[&Reference]) {
    if !references.is_empty() {
        page.gap();
        page.line(2, voice.word("told-see"));
        write_references(page, voice, references.iter().copied(), 2);
    }
}

/// What *I don't know* leads to.
fn if_unknown(voice: Voice<'_>, asked: &Question) -> String {
    match &asked.if_unknown {
        None => voice.word("ask-unknown").to_owned(),
        Some(IfUnknown::Contact(contact)) => {
            voice.sentence("ask-unknown-contact", &[("contact", &contact_title(voice, *contact))])
        }
        Some(IfUnknown::Entry(entry)) => voice.sentence("ask-unknown-entry", &[("entry", &short_name(voice, *entry))]),
        Some(IfUnknown::Assume(cells)) => {
            let place = voice.table.questions.iter().position(|it| it.id == asked.id).unwrap_or_default();
            voice.sentence("ask-unknown-assume", &[("answer", &answer(voice, place as u32, cells))])
        }
    }
}

/// `No.12`, or the title.
fn short_name(voice: Voice<'_>, entry: u32) -> String {
    let number = voice.table.entries.get(entry as usize).and_then(|it| it.number);
    number.map_or_else(|| entry_name(voice, entry), |number| format!("No.{number}"))
}

fn clash(voice: Voice<'_>, facts: impl Iterator<Item = u32>) -> Screen {
    let mut page = Page::default();
    page.heading(voice.word("ask-clash"));
    page.line(0, voice.word("ask-clash-advice"));
    page.gap();
    let facts: BTreeSet<u32> = facts.collect();
    let question_of = |fact: &u32| voice.table.facts.get(*fact as usize).map(|it| it.question);
    let mut asked = BTreeSet::new();
    let back = facts.iter().filter_map(|fact| {
        let question = question_of(fact)?;
        asked.insert(question).then(|| {
            let said = voice.sentence("ask-take-back", &[("answer", &known(voice, *fact))]);
            (said, Command::TakeBack(question))
        })
    });
    let choices = numbered(back.collect::<Vec<_>>());
    one(voice, page, voice.word("ask-which-answer"), choices)
}

// ── Things to do ──

fn act(voice: Voice<'_>, dialogue: &Dialogue<'_>, action: u32, entry: u32, certain: bool) -> Screen {
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

fn tick(voice: Voice<'_>, dialogue: &Dialogue<'_>, action: u32) -> Screen {
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

fn told(voice: Voice<'_>, entry: u32, certain: bool) -> Screen {
    let mut page = Page::default();
    entry_page(&mut page, voice, entry, certain, true);
    let see = entry_references(voice, entry);
    write_see(&mut page, voice, &see);
    page.gap();
    let options = [("ask-solved", Command::Solved), ("ask-failed", Command::Failed), ("ask-decline", Command::Decline)];
    let options = options.into_iter().map(|(key, command)| (voice.word(key).to_owned(), command));
    one(voice, page, voice.word("ask-helped"), numbered(options))
}

fn turn_to(voice: Voice<'_>, contact: u32, from: ContactSource) -> Screen {
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

fn why(voice: Voice<'_>) -> Screen {
    let mut page = Page::default();
    page.line(0, voice.word("ask-why"));
    let help = voice.word("ask-help-why").to_owned();
    Screen { page, prompt: Prompt::Words { label: voice.word("ask-reason").to_owned(), help, choices: Vec::new() } }
}

/// The summary, so that it can be looked over before the end.
fn over(voice: Voice<'_>, dialogue: &Dialogue<'_>, ending: Ending) -> Screen {
    let mut page = Page::default();
    let key = match ending {
        Ending::Solved => "ask-over-solved",
        Ending::Contact(_) => "ask-over-contact",
        Ending::Nothing => "ask-over-nothing",
        Ending::Left => "ask-over-left",
    };
    page.line(0, voice.word(key));
    page.gap();
    page.append(summary::summary(voice, &dialogue.now));
    page.gap();
    one(voice, page, voice.word("ask-over"), vec![keyed("1", voice.word("ask-close"), Command::End)])
}
