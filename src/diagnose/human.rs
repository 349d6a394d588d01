//! The answer for people. Refuses to work anything out.

use super::Case;
use super::document::judged;
use crate::plain::{
    Page, Voice, action_title, choices, contact_title, entry_name, known, lineage, question, reasons, references_of,
    symptom_title, write_contact, write_references, write_steps,
};
use crate::runtime::{Next, Verdict, clashes, next};

/// The answer as a page.
pub fn human(voice: Voice<'_>, case: &Case) -> Page {
    let mut page = Page::default();
    symptoms(&mut page, voice, case);
    facts(&mut page, voice, case);
    if case.session.symptom.is_some() {
        entries(&mut page, voice, case);
    }
    page.gap();
    step(&mut page, voice, case);
    page
}

fn symptoms(page: &mut Page, voice: Voice<'_>, case: &Case) {
    match case.session.symptom {
        Some(symptom) => page.heading(voice.sentence("ask-is-symptom", &[("symptom", &symptom_title(voice, symptom))])),
        None if case.hits.is_empty() => page.heading(voice.word("dia-none")),
        None => page.heading(voice.word("ask-several")),
    }
    if case.session.symptom.is_some() {
        return;
    }
    for hit in &case.hits {
        page.item(2, format!("{:>4}  ", hit.score), symptom_title(voice, hit.symptom));
    }
}

fn facts(page: &mut Page, voice: Voice<'_>, case: &Case) {
    let facts = (0..voice.table.facts.len() as u32).filter(|fact| !voice.evidence.is_whole(*fact));
    let known = facts.map(|fact| known(voice, fact));
    let label = |it: &u32| voice.table.questions.get(*it as usize).map_or("", |it| it.label.as_str());
    let unknown = case.session.unknown.iter().map(|it| voice.sentence("sum-unknown", &[("fact", label(it))]));
    let said: Vec<String> = known.chain(unknown).collect();
    if !said.is_empty() {
        page.gap();
        page.line(0, voice.word("dia-known"));
        said.into_iter().for_each(|it| page.line(2, it));
    }
}

fn entries(page: &mut Page, voice: Voice<'_>, case: &Case) {
    if !clashes(voice.table, voice.evidence).is_empty() {
        return;
    }
    page.gap();
    page.line(0, voice.word("dia-entries"));
    for (entry, reason) in judged(voice, case) {
        let (mark, why) = match reason.as_ref().map(|it| it.verdict) {
            Some(Verdict::Certain) => ("dia-certain", "dia-because"),
            Some(Verdict::Excluded) => ("dia-excluded", "dia-because"),
            Some(Verdict::Possible | Verdict::Contradictory) | None => ("dia-possible", "dia-open"),
        };
        page.item(2, voice.word(mark), entry_name(voice, entry));
        let said = reason.map(|it| reasons(voice, &it.facts)).unwrap_or_default();
        if !said.is_empty() {
            page.line(8, voice.sentence(why, &[("facts", &voice.list(&said))]));
        }
    }
}

fn step(page: &mut Page, voice: Voice<'_>, case: &Case) {
    page.line(0, voice.word("dia-next"));
    match next(voice.table, &case.session) {
        Next::Choose => page.line(2, voice.word("dia-choose")),
        Next::Contradiction { clashes } => {
            page.line(2, voice.word("ask-clash"));
            let facts = clashes.into_iter().flatten().collect();
            reasons(voice, &facts).into_iter().for_each(|it| page.item(4, voice.word("told-bullet"), it));
        }
        Next::Ask { question, .. } => ask(page, voice, question),
        Next::Do { action, entry, certain } => act(page, voice, action, entry, certain),
        Next::Contact { contact, .. } => {
            page.line(2, voice.sentence("ask-contact", &[("contact", &contact_title(voice, contact))]));
            write_contact(page, voice, contact, 4);
        }
        Next::Done => page.line(2, voice.word("ask-over-nothing")),
    }
}

fn ask(page: &mut Page, voice: Voice<'_>, asked: u32) {
    page.line(2, voice.sentence("ask-question", &[("question", &question(voice, asked))]));
    let facts = voice.table.questions.get(asked as usize).map_or(&[][..], |it| it.facts.as_slice());
    let label = |fact: &u32| Some(voice.table.facts.get(*fact as usize)?.label.clone());
    let answers: Vec<String> = match facts {
        [fact] => choices(voice, *fact).map(|(_, label)| label.to_owned()).collect(),
        several => several.iter().filter_map(label).collect(),
    };
    page.line(4, voice.sentence("dia-answers", &[("answers", &voice.list(&answers))]));
}

fn act(page: &mut Page, voice: Voice<'_>, action: u32, entry: u32, certain: bool) {
    page.line(2, entry_name(voice, entry));
    page.line(2, voice.sentence("ask-do", &[("action", &action_title(voice, action))]));
    let entry = voice.table.entries.get(entry as usize).and_then(|it| it.when.as_ref());
    let lineage = lineage(voice, action);
    for when in entry.into_iter().chain(lineage.iter().filter_map(|it| it.when.as_ref())).filter(|_| !certain) {
        page.line(4, voice.sentence("ask-only-if", &[("when", when)]));
    }
    write_steps(page, voice, lineage.iter().map(|it| it.steps.as_slice()), None, 4);
    write_references(page, voice, references_of(voice, &lineage), 4);
}
