//! What all pages share, made once from the table: reading order, page names, categories, who refers to whom. Writes nothing.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::citations::{self, Node};
use super::prose::plain;
use crate::emit::names::{Taken, safe};
use crate::runtime::symptoms_of_entries;
use crate::table::{Entry, RefKind, Reference, Table};

/// Everything that can be worked out of a table once for all its pages. Numbers are indexes into the table's lists.
#[derive(Debug)]
pub struct Plan {
    /// Entries by number, then those without one as written.
    pub order: Vec<u32>,
    /// The place of each entry in `order`.
    pub ranks: Vec<u32>,
    /// Names of the pages of entries, without folder and `.html`.
    pub entries: Vec<String>,
    /// Names of pages that lead on to the page of an entry that once had this id.
    pub former_entries: Vec<(String, u32)>,
    pub symptoms: Vec<String>,
    pub former_symptoms: Vec<(String, u32)>,
    /// Symptoms in the order of their first entries.
    pub symptom_order: Vec<u32>,
    pub categories: Vec<Category>,
    /// The widest categories, in reading order.
    pub tops: Vec<u32>,
    /// The narrowest category of each entry.
    pub category_of: Vec<Option<u32>>,
    /// The symptoms that each entry is listed under by itself, not by way of a wider symptom.
    pub symptoms_of: Vec<Vec<u32>>,
    /// Whether each entry is for when no other applies.
    pub is_fallback: Vec<bool>,
    /// Who refers to each entry, in reading order.
    pub cited: Vec<Vec<Node>>,
    ids: Ids,
}

/// By kind and id, so that nothing is copied to look one up.
type Ids = BTreeMap<RefKind, FxHashMap<String, u32>>;

/// A category, or the place of entries that have none.
#[derive(Debug)]
pub struct Category {
    pub title: String,
    pub name: String,
    pub parent: Option<u32>,
    pub children: Vec<u32>,
    /// Those of no narrower category, in reading order.
    pub entries: Vec<u32>,
    /// With those of narrower ones.
    pub total: usize,
}

/// The name of the page of entries without a category; no category has it.
const OTHER: &str = "~other";

pub fn plan(table: &Table, other: &str) -> Plan {
    let order = reading_order(table);
    let mut ranks = vec![0_u32; order.len()];
    (0..).zip(&order).for_each(|(rank, entry)| ranks[*entry as usize] = rank);
    let (entries, former_entries) = page_names(table.entries.iter().map(|it| (it.id.as_str(), it.formerly.as_slice())));
    let (symptoms, former_symptoms) =
        page_names(table.symptoms.iter().map(|it| (it.id.as_str(), it.formerly.as_slice())));
    let mut tree = Tree::default();
    let mut category_of = vec![None; table.entries.len()];
    for entry in &order {
        category_of[*entry as usize] = tree.add(*entry, &table.entries[*entry as usize], other);
    }
    let ids = ids(table);
    let cited = citations::collect(table, &ranks, |reference| resolve(&ids, reference));
    Plan {
        symptoms_of: symptoms_of_entries(table),
        is_fallback: is_fallback(table),
        symptom_order: symptom_order(table, &ranks),
        cited,
        ids,
        order,
        ranks,
        entries,
        former_entries,
        symptoms,
        former_symptoms,
        tops: tree.tops,
        categories: tree.categories,
        category_of,
    }
}

impl Plan {
    /// The place of what has this id in its list; of a section, in the list of all sections one after the other.
    pub fn find(&self, kind: RefKind, id: &str) -> Option<u32> {
        self.ids.get(&kind)?.get(id).copied()
    }

    /// From the widest category to this one.
    pub fn path(&self, category: Option<u32>) -> Vec<u32> {
        let up = |id: &u32| self.categories.get(*id as usize).and_then(|it| it.parent);
        let mut path: Vec<u32> = std::iter::successors(category, up).collect();
        path.reverse();
        path
    }
}

/// `No.10 正しい電子証明書がない`, on one line.
pub fn entry_title(entry: &Entry) -> String {
    match entry.number {
        Some(number) => format!("No.{number} {}", entry_heading(entry)),
        None => entry_heading(entry),
    }
}

/// The title without the number; never empty.
pub fn entry_heading(entry: &Entry) -> String {
    let title = plain(&entry.title).replace('\n', " ");
    if title.trim().is_empty() { entry.id.clone() } else { title }
}

/// The part of an action's id after that of its entry, as an anchor on the entry's page.
pub fn action_anchor(table: &Table, action: u32) -> String {
    let Some(action) = table.actions.get(action as usize) else { return String::new() };
    let entry = table.entries.get(action.entry as usize).map_or("", |it| it.id.as_str());
    let tail = action.id.strip_prefix(entry).and_then(|rest| rest.strip_prefix('/')).unwrap_or(&action.id);
    format!("action.{}", safe(tail))
}

fn reading_order(table: &Table) -> Vec<u32> {
    let mut order: Vec<u32> = (0..table.entries.len() as u32).collect();
    let number = |entry: &u32| table.entries.get(*entry as usize).and_then(|it| it.number);
    order.sort_by_key(|entry| (number(entry).is_none(), number(entry)));
    order
}

/// Present ids come first, so that a former id never takes the page of what has it now.
fn page_names<'a>(things: impl Iterator<Item = (&'a str, &'a [String])> + Clone) -> (Vec<String>, Vec<(String, u32)>) {
    let mut taken = Taken::default();
    let names = things.clone().map(|(id, _)| taken.claim(id)).collect();
    let mut former = Vec::new();
    for (index, (_, formerly)) in (0..).zip(things) {
        former.extend(formerly.iter().filter_map(|id| taken.claim_exact(id)).map(|name| (name, index)));
    }
    (names, former)
}

/// The tree of categories while it grows.
#[derive(Default)]
struct Tree {
    categories: Vec<Category>,
    tops: Vec<u32>,
    by_path: FxHashMap<Vec<String>, u32>,
    taken: Taken,
}

impl Tree {
    fn add(&mut self, entry: u32, it: &Entry, other: &str) -> Option<u32> {
        let category = match it.category.as_slice() {
            [] => self.category(&[], None, other),
            path => (1..=path.len()).fold(None, |parent, end| {
                let title = path[..end].last().map_or("", String::as_str);
                Some(self.category(&path[..end], parent, title))
            })?,
        };
        self.categories[category as usize].entries.push(entry);
        for id in std::iter::successors(Some(category), |id| self.categories[*id as usize].parent).collect::<Vec<_>>() {
            self.categories[id as usize].total += 1;
        }
        (!it.category.is_empty()).then_some(category)
    }

    fn category(&mut self, path: &[String], parent: Option<u32>, title: &str) -> u32 {
        if let Some(id) = self.by_path.get(path) {
            return *id;
        }
        let id = self.categories.len() as u32;
        let name = match path {
            [] => OTHER.to_owned(),
            path => self.taken.claim(&path.join("-").to_lowercase().replace([' ', '\u{3000}'], "-")),
        };
        let (children, entries) = (Vec::new(), Vec::new());
        self.categories.push(Category { title: title.to_owned(), name, parent, children, entries, total: 0 });
        match parent {
            Some(parent) => self.categories[parent as usize].children.push(id),
            None => self.tops.push(id),
        }
        self.by_path.insert(path.to_vec(), id);
        id
    }
}

fn symptom_order(table: &Table, ranks: &[u32]) -> Vec<u32> {
    let rank = |entry: u32| ranks.get(entry as usize).copied();
    let first = |symptom: &u32| {
        let entries = table.symptoms.get(*symptom as usize).map_or(&[][..], |it| it.entries.as_slice());
        entries.iter().filter_map(|it| rank(it.entry)).min().unwrap_or(u32::MAX)
    };
    let mut order: Vec<u32> = (0..table.symptoms.len() as u32).collect();
    order.sort_by_cached_key(first);
    order
}

fn is_fallback(table: &Table) -> Vec<bool> {
    let mut found = vec![false; table.entries.len()];
    for listed in table.symptoms.iter().flat_map(|it| &it.entries).filter(|it| it.fallback && it.tier == 0) {
        if let Some(is_fallback) = found.get_mut(listed.entry as usize) {
            *is_fallback = true;
        }
    }
    found
}

fn ids(table: &Table) -> Ids {
    let mut ids = Ids::default();
    fn add<'a>(ids: &mut Ids, kind: RefKind, names: impl IntoIterator<Item = &'a String>) {
        ids.entry(kind).or_default().extend(names.into_iter().cloned().zip(0..));
    }
    add(&mut ids, RefKind::Entry, table.entries.iter().map(|it| &it.id));
    add(&mut ids, RefKind::Action, table.actions.iter().map(|it| &it.id));
    add(&mut ids, RefKind::Symptom, table.symptoms.iter().map(|it| &it.id));
    add(&mut ids, RefKind::Fact, table.questions.iter().map(|it| &it.id));
    add(&mut ids, RefKind::Document, table.documents.iter().map(|it| &it.id));
    add(&mut ids, RefKind::Section, table.documents.iter().flat_map(|it| &it.sections).map(|it| &it.id));
    add(&mut ids, RefKind::Link, table.links.iter().map(|it| &it.id));
    add(&mut ids, RefKind::Contact, table.contacts.iter().map(|it| &it.id));
    add(&mut ids, RefKind::Term, table.terms.iter().map(|it| &it.id));
    add(&mut ids, RefKind::Text, table.texts.iter().map(|it| &it.id));
    ids
}

/// The entries that a reference leads to, those of actions included.
fn resolve(ids: &Ids, reference: &Reference) -> Vec<u32> {
    let Some(ids) = ids.get(&reference.kind) else { return Vec::new() };
    reference.targets.iter().filter_map(|id| ids.get(id).copied()).collect()
}
