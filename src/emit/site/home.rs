//! The pages that a reader begins at: the start page, the dialogue, and what a server shows for a page that is not there.

use askama::Template;

use super::frame::{Head, dialogue_scripts, search_scripts};
use super::plan::Category;
use super::symptom::{Brief, brief};
use super::view::{Link, View};

/// How many symptoms the start page and the dialogue name; all others are found by search or on their list.
const SYMPTOMS: usize = 16;
const CONTACTS: usize = 4;
/// How many narrower categories stand under a category.
const CHILDREN: usize = 5;

#[derive(Template)]
#[template(path = "home.html")]
pub struct Home<'a> {
    view: View<'a>,
    head: Head,
    symptoms: Vec<Brief<'a>>,
    has_more: bool,
    categories: Vec<Shelf<'a>>,
    contacts: Vec<u32>,
    scripts: Vec<&'static str>,
}

/// A category with the first of those in it.
struct Shelf<'a> {
    link: Link,
    category: &'a Category,
    children: Vec<Link>,
    has_more: bool,
}

pub fn home(view: View<'_>) -> Home<'_> {
    Home {
        head: Head { description: view.words.guide_lead.to_owned(), ..Head::new(view.table.title.as_str(), "home") },
        symptoms: first_symptoms(view),
        has_more: view.table.symptoms.len() > SYMPTOMS,
        categories: view.plan.tops.iter().filter_map(|top| shelf(view, *top)).collect(),
        contacts: contacts(view),
        scripts: search_scripts(),
        view,
    }
}

fn first_symptoms(view: View<'_>) -> Vec<Brief<'_>> {
    view.plan.symptom_order.iter().take(SYMPTOMS).filter_map(|symptom| brief(view, *symptom)).collect()
}

fn shelf(view: View<'_>, top: u32) -> Option<Shelf<'_>> {
    let category = view.plan.categories.get(top as usize)?;
    let children = category.children.iter().take(CHILDREN).map(|child| view.category_link(*child)).collect();
    Some(Shelf { link: view.category_link(top), category, children, has_more: category.children.len() > CHILDREN })
}

/// The one that is turned to in the end stands first.
fn contacts(view: View<'_>) -> Vec<u32> {
    let default = view.table.default_contact;
    let others = (0..view.table.contacts.len() as u32).filter(|contact| Some(*contact) != default);
    default.into_iter().chain(others).take(CONTACTS).collect()
}

#[derive(Template)]
#[template(path = "guide.html")]
pub struct Guide<'a> {
    view: View<'a>,
    head: Head,
    symptoms: Vec<Brief<'a>>,
    has_more: bool,
    scripts: Vec<&'static str>,
}

pub fn guide(view: View<'_>) -> Guide<'_> {
    Guide {
        head: Head { description: view.words.guide_lead.to_owned(), ..Head::new(view.words.guide, "guide") },
        symptoms: first_symptoms(view),
        has_more: view.table.symptoms.len() > SYMPTOMS,
        scripts: dialogue_scripts(),
        view,
    }
}

#[derive(Template)]
#[template(path = "missing.html")]
pub struct Missing<'a> {
    view: View<'a>,
    head: Head,
}

pub fn missing(view: View<'_>) -> Missing<'_> {
    Missing { view, head: Head::new(view.words.missing, "") }
}
