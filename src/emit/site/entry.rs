//! The page of an entry: all that the FAQ says of it, and where to go from there.

use std::borrow::Cow;

use askama::Template;
use rustc_hash::FxHashSet;

use super::action::{Deed, deeds};
use super::frame::Head;
use super::linked_data;
use super::plan;
use super::prose::{References, plain};
use super::references::{Mention, Visit, in_action, in_entry};
use super::symptom::{Screen, screens};
use super::view::{Link, View, source_url};
use crate::emit::names::safe;
use crate::table::{Entry, Prose, RefKind, Reference, Symptom};

#[derive(Template)]
#[template(path = "entry.html")]
pub struct Page<'a> {
    view: View<'a>,
    head: Head,
    entry: &'a Entry,
    anchor: String,
    heading: String,
    symptoms: Vec<Seen<'a>>,
    actions: Vec<Deed<'a>>,
    documents: Vec<Source<'a>>,
    contacts: Vec<u32>,
    otherwise: Vec<Link>,
    cited: Vec<Link>,
    previous: Option<Link>,
    next: Option<Link>,
}

/// A symptom that the entry is for.
struct Seen<'a> {
    link: Link,
    guide: String,
    symptom: &'a Symptom,
    messages: Vec<Screen<'a>>,
}

/// A document or a section that the entry refers to.
struct Source<'a> {
    link: Link,
    url: Option<String>,
    place: Option<&'a Prose>,
}

impl<'a> Page<'a> {
    fn references(&self, references: &'a [Reference]) -> References<'a> {
        References { view: self.view, references }
    }
}

pub fn page(view: View<'_>, index: u32) -> Option<Page<'_>> {
    let entry = view.entry(index)?;
    let symptoms: Vec<Seen<'_>> =
        view.plan.symptoms_of.get(index as usize)?.iter().filter_map(|it| seen(view, *it)).collect();
    let rank = *view.plan.ranks.get(index as usize)? as usize;
    let neighbour = |rank: Option<usize>| rank.and_then(|it| view.plan.order.get(it)).map(|it| view.entry_link(*it));
    Some(Page {
        head: head(view, index, entry, &symptoms),
        anchor: format!("entry.{}", safe(&entry.id)),
        heading: plan::entry_heading(entry),
        actions: deeds(view, entry),
        documents: documents(view, entry),
        contacts: entry.contacts.clone(),
        otherwise: view.otherwise(entry),
        cited: view.cited(index),
        previous: neighbour(rank.checked_sub(1)),
        next: neighbour(rank.checked_add(1)),
        symptoms,
        entry,
        view,
    })
}

fn head(view: View<'_>, index: u32, entry: &Entry, symptoms: &[Seen<'_>]) -> Head {
    let name = name(view, entry, symptoms);
    let case = entry.when.as_ref().map(|when| view.words.case(when));
    let category = view.plan.category_of.get(index as usize).copied().flatten();
    Head {
        description: [Some(name.clone()), case].into_iter().flatten().collect::<Vec<_>>().join(" "),
        crumbs: view.category_path(category),
        linked_data: Some(linked_data::question(view, entry, name)),
        ..Head::new(plan::entry_title(entry), "entry")
    }
}

/// The title with what a reader sees: several entries may be for the same message.
fn name(view: View<'_>, entry: &Entry, symptoms: &[Seen<'_>]) -> String {
    let heading = plan::entry_heading(entry);
    let seen = symptoms.first().map(|it| it.messages.first().map_or_else(|| it.link.text.clone(), Screen::text));
    match seen.filter(|it| *it != heading) {
        Some(seen) => format!("{heading}{}{seen}{}", view.words.open_paren, view.words.close_paren),
        None => heading,
    }
}

fn seen(view: View<'_>, index: u32) -> Option<Seen<'_>> {
    let symptom = view.symptom(index)?;
    let (link, guide) = (view.symptom_link(index), view.guide_href(index));
    Some(Seen { link, guide, symptom, messages: screens(symptom) })
}

/// Each document or section once, in the order in which the entry names them.
fn documents<'a>(view: View<'a>, entry: &'a Entry) -> Vec<Source<'a>> {
    let mut found: Vec<&Reference> = Vec::new();
    let mut visit = |mention: Mention<'a>| {
        if let Mention::Reference(reference) = mention {
            found.push(reference);
        }
    };
    in_entry(entry, &mut visit);
    entry.actions.iter().for_each(|offer| in_lineage(view, offer.action, &mut visit));
    let mut named = FxHashSet::default();
    let documents = found.into_iter().filter(|it| matches!(it.kind, RefKind::Document | RefKind::Section));
    let once = documents.filter(|it| it.targets.first().is_some_and(|target| named.insert(target.as_str())));
    once.filter_map(|reference| source(view, reference)).collect()
}

/// An action with its alternatives.
fn in_lineage<'a>(view: View<'a>, index: u32, visit: &mut Visit<'_, 'a>) {
    let Some(action) = view.action(index) else { return };
    in_action(action, visit);
    action.alternatives.iter().for_each(|it| in_lineage(view, *it, visit));
}

fn source<'a>(view: View<'a>, reference: &Reference) -> Option<Source<'a>> {
    let link = view.targets(reference).into_iter().next()?;
    let (document, section) = view.source(reference)?;
    let text = match section {
        None => plain(&document.title),
        Some(section) => {
            let parts = [section.number.as_deref(), section.title.as_deref()];
            let parts: Vec<&str> = parts.into_iter().flatten().collect();
            format!("{} {}", plain(&document.title), parts.join(" "))
        }
    };
    Some(Source {
        link: Link { text: text.replace('\n', " "), ..link },
        url: source_url((document, section)).map(Cow::into_owned),
        place: (!document.place.is_empty()).then_some(&document.place),
    })
}
