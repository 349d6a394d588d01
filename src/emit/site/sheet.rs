//! The whole FAQ as the table that its readers know, five columns after the number, to be printed.

use askama::Template;

use super::action::{Deed, deeds};
use super::frame::{Head, Parts};
use super::plan::{self, Plan};
use super::prose::{References, plain};
use super::symptom::{Screen, screens};
use super::view::{Link, View};
use crate::table::{Entry, Reference, Symptom};

const ON_A_PAGE: usize = 300;

#[derive(Template)]
#[template(path = "sheet.html")]
pub struct Page<'a> {
    view: View<'a>,
    head: Head,
    rows: Vec<Row<'a>>,
}

struct Row<'a> {
    href: String,
    entry: &'a Entry,
    heading: String,
    is_fallback: bool,
    /// Of the cells that are not merged with those above: the column's text and how many rows it is merged with.
    categories: Vec<(String, usize)>,
    symptoms: Vec<Seen<'a>>,
    actions: Vec<Deed<'a>>,
    contacts: Vec<Link>,
    otherwise: Vec<Link>,
}

struct Seen<'a> {
    /// Left out where it says the same as the entry's heading.
    title: Option<String>,
    messages: Vec<Screen<'a>>,
    symptom: &'a Symptom,
}

impl<'a> Page<'a> {
    fn references(&self, references: &'a [Reference]) -> References<'a> {
        References { view: self.view, references }
    }
}

pub fn parts(plan: &Plan) -> usize {
    super::count_parts(plan.order.len(), ON_A_PAGE)
}

pub fn page(view: View<'_>, part: usize) -> Page<'_> {
    let entries = super::part_of(&view.plan.order, part, ON_A_PAGE);
    let columns: Vec<[String; 3]> = entries.iter().map(|it| view.entry(*it).map(columns).unwrap_or_default()).collect();
    let rows = (0..).zip(entries).filter_map(|(place, entry)| row(view, *entry, merged(&columns, place)));
    Page {
        head: Head { parts: Parts::new("sheet", parts(view.plan), part), ..Head::new(view.words.sheet, "sheet") },
        rows: rows.collect(),
        view,
    }
}

/// Three cells; what lies deeper shares the third.
fn columns(entry: &Entry) -> [String; 3] {
    let path = entry.category.as_slice();
    let title = |column: usize| path.get(column).cloned().unwrap_or_default();
    [title(0), title(1), path.get(2..).map(|rest| rest.join(" ＞ ")).unwrap_or_default()]
}

/// The cells of a row that begin there, as in the original sheet, where equal ones below each other are one.
fn merged(columns: &[[String; 3]], place: usize) -> Vec<(String, usize)> {
    let Some(here) = columns.get(place) else { return Vec::new() };
    let is_same = |other: &[String; 3], column: usize| other[..=column] == here[..=column];
    let begins = |column: &usize| place == 0 || !is_same(&columns[place - 1], *column);
    let span = |column: usize| columns[place..].iter().take_while(|it| is_same(it, column)).count();
    (0..3).filter(begins).map(|column| (here[column].clone(), span(column))).collect()
}

fn row(view: View<'_>, index: u32, categories: Vec<(String, usize)>) -> Option<Row<'_>> {
    let entry = view.entry(index)?;
    let heading = plan::entry_heading(entry);
    let symptoms = view.plan.symptoms_of.get(index as usize)?.iter().filter_map(|it| view.symptom(*it));
    let symptoms = symptoms.map(|symptom| {
        let title = Some(plain(&symptom.title).replace('\n', " ")).filter(|it| *it != heading);
        Seen { title, messages: screens(symptom), symptom }
    });
    Some(Row {
        href: view.entry_href(index),
        is_fallback: view.plan.is_fallback.get(index as usize).copied().unwrap_or_default(),
        symptoms: symptoms.collect(),
        actions: deeds(view, entry),
        contacts: entry.contacts.iter().map(|it| view.contact_link(*it)).collect(),
        otherwise: view.otherwise(entry),
        heading,
        categories,
        entry,
    })
}
