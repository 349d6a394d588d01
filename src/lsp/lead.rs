//! What leads to a declaration and where it leads, by every mention in between: for the editor's call hierarchy.

use std::collections::BTreeMap;

use super::book::{Book, Spot};
use super::items::{item_at, name_of};
use super::mention::{Thing, What};
use crate::model::fold_name;
use crate::source::Span;

/// A declaration on the one end, and the mentions that connect it with the other.
pub struct Lead {
    pub item: Spot,
    pub places: Vec<Span>,
}

/// The declarations that name the thing.
pub fn incoming(book: &Book, thing: &Thing) -> Vec<Lead> {
    let mut found: BTreeMap<Spot, Vec<Span>> = BTreeMap::new();
    for (spot, mention) in book.mentions(thing) {
        if matches!(mention.what, What::Declares(_) | What::Formerly(..) | What::Numbers { .. }) {
            continue;
        }
        let Some(page) = book.pages.get(spot.page) else { continue };
        let Some(item) = item_at(page, spot.span.start) else { continue };
        found.entry(Spot { page: spot.page, span: item.span() }).or_default().push(spot.span);
    }
    found.into_iter().map(|(item, places)| Lead { item, places }).collect()
}

/// The declarations that the one at a place names.
pub fn outgoing(book: &Book, from: Spot) -> Vec<Lead> {
    let Some(page) = book.pages.get(from.page) else { return Vec::new() };
    let Some(item) = item_at(page, from.span.start) else { return Vec::new() };
    let whole = super::items::whole(item.span(), page);
    let own = name_of(item).map(|(kind, name)| Thing::Named(kind, fold_name(page.slice(name.span)).into_owned()));
    let mut found: BTreeMap<Spot, Vec<Span>> = BTreeMap::new();
    for mention in page.mentions.iter().filter(|it| whole.start <= it.span.start && it.span.end <= whole.end) {
        let thing = match book.thing_of(mention) {
            Some(Thing::Action { entry, .. }) => Thing::Named(crate::model::Kind::Entry, entry),
            Some(Thing::Section { document, .. }) => Thing::Named(crate::model::Kind::Document, document),
            Some(Thing::Value { fact, .. }) => Thing::Named(crate::model::Kind::Fact, fact),
            Some(thing) => thing,
            None => continue,
        };
        if Some(&thing) == own.as_ref() {
            continue;
        }
        let Some(to) = book.declaration(&thing) else { continue };
        let Some(other) = book.pages.get(to.page).and_then(|page| item_at(page, to.span.start)) else { continue };
        found.entry(Spot { page: to.page, span: other.span() }).or_default().push(mention.span);
    }
    found.into_iter().map(|(item, places)| Lead { item, places }).collect()
}
