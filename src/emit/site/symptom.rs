//! The page of a symptom, and the list of all symptoms.

use askama::Template;

use super::frame::{Head, Parts};
use super::plan::Plan;
use super::prose::{message_text, plain};
use super::view::{Link, View};
use crate::table::{Entry, Message, Symptom};

const ON_A_PAGE: usize = 100;

/// A symptom in a list.
pub struct Brief<'a> {
    pub link: Link,
    pub guide: String,
    pub messages: Vec<Screen<'a>>,
    pub symptom: &'a Symptom,
}

/// A message as the screen shows it.
pub struct Screen<'a> {
    pub message: &'a Message,
}

impl Screen<'_> {
    pub fn text(&self) -> String {
        message_text(&self.message.pieces)
    }
}

/// The messages of a symptom.
pub fn screens(symptom: &Symptom) -> Vec<Screen<'_>> {
    symptom.messages.iter().map(|message| Screen { message }).collect()
}

pub fn brief(view: View<'_>, symptom: u32) -> Option<Brief<'_>> {
    let it = view.symptom(symptom)?;
    Some(Brief {
        link: view.symptom_link(symptom),
        guide: view.guide_href(symptom),
        messages: screens(it),
        symptom: it,
    })
}

#[derive(Template)]
#[template(path = "symptom.html")]
pub struct Page<'a> {
    view: View<'a>,
    head: Head,
    symptom: &'a Symptom,
    messages: Vec<Screen<'a>>,
    guide: String,
    entries: Vec<Listed<'a>>,
}

struct Listed<'a> {
    link: Link,
    entry: &'a Entry,
    is_fallback: bool,
}

pub fn page(view: View<'_>, index: u32) -> Option<Page<'_>> {
    let symptom = view.symptom(index)?;
    let listed = symptom.entries.iter().filter_map(|it| {
        Some(Listed { link: view.entry_link(it.entry), entry: view.entry(it.entry)?, is_fallback: it.fallback })
    });
    let title = plain(&symptom.title).replace('\n', " ");
    Some(Page {
        head: Head {
            description: symptom.messages.first().map_or_else(|| title.clone(), |it| message_text(&it.pieces)),
            crumbs: vec![Link { href: format!("{}symptoms.html", view.root), text: view.words.symptoms.to_owned() }],
            ..Head::new(title, "symptoms")
        },
        messages: screens(symptom),
        guide: view.guide_href(index),
        entries: listed.collect(),
        symptom,
        view,
    })
}

pub fn parts(plan: &Plan) -> usize {
    super::count_parts(plan.symptom_order.len(), ON_A_PAGE)
}

#[derive(Template)]
#[template(path = "symptoms.html")]
pub struct List<'a> {
    view: View<'a>,
    head: Head,
    symptoms: Vec<Brief<'a>>,
}

pub fn list(view: View<'_>, part: usize) -> List<'_> {
    let here = super::part_of(&view.plan.symptom_order, part, ON_A_PAGE);
    List {
        head: Head {
            parts: Parts::new("symptoms", parts(view.plan), part),
            ..Head::new(view.words.symptoms, "symptoms")
        },
        symptoms: here.iter().filter_map(|symptom| brief(view, *symptom)).collect(),
        view,
    }
}
