//! The page of an entry, and the page that a former id of it leads from.

use crate::model::{Cause, Entry, EntryId, EntryUse, Fallthrough, Step, SymptomId};
use crate::prose;

use super::action::write_actions;
use super::book::{Book, Node};
use super::inline::{write_conditions, write_date, write_prose, write_references};
use super::page::{Folder, Page};
use super::steps::write_attached;

pub fn page(book: &Book<'_>, id: EntryId) -> String {
    let entry = &book.model.entries[id];
    let mut page = Page::new(book, Folder::Entries);
    page.subject = Some(id);
    page.heading(1, |page| page.text(&book.entry_titles[id]));
    write_breadcrumb(&mut page, entry);
    write_symptoms(&mut page, entry);
    write_condition(&mut page, entry);
    write_causes(&mut page, entry);
    write_actions(&mut page, id);
    write_rest(&mut page, entry);
    write_cited(&mut page, id);
    write_dates(&mut page, entry);
    page.out
}

/// Published links by the former id go on working.
pub fn redirect(book: &Book<'_>, to: EntryId) -> String {
    let mut page = Page::new(book, Folder::Entries);
    page.heading(1, |page| page.text(&book.entry_titles[to]));
    page.block(|page| page.sentence(book.words.moved, Node::Entry(to)));
    page.out
}

/// The categories from the widest, each a link.
pub fn write_path(page: &mut Page<'_>, path: &[crate::model::CategoryId]) {
    for (index, category) in path.iter().enumerate() {
        if index > 0 {
            page.out.push_str(page.book.words.under);
        }
        page.link(Node::Category(*category));
    }
}

fn write_breadcrumb(page: &mut Page<'_>, entry: &Entry) {
    let path = page.book.category_path(entry.category);
    if !path.is_empty() {
        page.block(|page| write_path(page, &path));
    }
}

fn write_symptoms(page: &mut Page<'_>, entry: &Entry) {
    if entry.symptoms.is_empty() {
        return;
    }
    page.heading_word(2, page.book.words.symptom);
    for used in &entry.symptoms {
        write_symptom(page, used.symptom);
    }
}

fn write_symptom(page: &mut Page<'_>, id: SymptomId) {
    let book = page.book;
    let symptom = &book.model.symptoms[id];
    page.block(|page| page.link(Node::Symptom(id)));
    super::symptom::write_messages(page, symptom);
    super::symptom::write_wordings(page, &mut true, symptom);
}

fn write_condition(page: &mut Page<'_>, entry: &Entry) {
    let words = page.book.words;
    if entry.when.is_empty() && !entry.fallback && entry.before.is_empty() && entry.overrides.is_empty() {
        return;
    }
    page.heading_word(2, words.condition);
    if !entry.when.is_empty() {
        page.block(|page| write_conditions(page, &entry.when));
    }
    let mut first = true;
    if entry.fallback {
        page.bullet(&mut first, |page| page.out.push_str(words.fallback));
    }
    write_uses(page, &mut first, words.before, &entry.before);
    write_uses(page, &mut first, words.overrides, &entry.overrides);
}

/// A bullet that lists entries, if there are any.
pub fn write_uses(page: &mut Page<'_>, first: &mut bool, label: &str, uses: &[EntryUse]) {
    if !uses.is_empty() {
        page.field(first, label, |page| page.list(uses, |page, used| page.link(Node::Entry(used.entry))));
    }
}

fn write_causes(page: &mut Page<'_>, entry: &Entry) {
    if entry.causes.is_empty() {
        return;
    }
    page.heading_word(2, page.book.words.cause);
    for (index, cause) in entry.causes.iter().enumerate() {
        page.item("- ", index == 0, |page| write_cause(page, index, cause));
    }
}

fn write_cause(page: &mut Page<'_>, index: usize, cause: &Cause) {
    let words = page.book.words;
    page.block(|page| {
        page.anchor(&format!("cause.{}", index + 1));
        write_prose(page, &cause.title);
        if !cause.when.is_empty() {
            page.out.push_str(words.open_paren);
            write_conditions(page, &cause.when);
            page.out.push_str(words.close_paren);
        }
    });
    write_attached(page, &cause.notes);
    if !cause.see.is_empty() {
        write_see(page, &cause.see);
    }
}

fn write_see(page: &mut Page<'_>, references: &[crate::model::Reference]) {
    page.block(|page| {
        page.label(page.book.words.see);
        write_references(page, references);
    });
}

fn write_rest(page: &mut Page<'_>, entry: &Entry) {
    let words = page.book.words;
    write_notes(page, 2, &entry.notes);
    if !entry.see.is_empty() {
        page.heading_word(2, words.see);
        page.block(|page| write_references(page, &entry.see));
    }
    if !entry.contacts.is_empty() {
        page.heading_word(2, words.contact);
        page.block(|page| page.list(&entry.contacts, |page, used| page.link(Node::Contact(used.contact))));
    }
    if !entry.otherwise.is_empty() {
        page.heading_word(2, words.otherwise);
        page.block(|page| {
            page.label(words.otherwise_lead);
            page.list(&entry.otherwise, |page, next| match next {
                Fallthrough::Contact(used) => page.link(Node::Contact(used.contact)),
                Fallthrough::Entry(used) => page.link(Node::Entry(used.entry)),
            });
        });
    }
}

/// A section of notes, if there are any.
pub fn write_notes(page: &mut Page<'_>, level: usize, notes: &[Step]) {
    if !notes.is_empty() {
        page.heading_word(level, page.book.words.notes);
        write_attached(page, notes);
    }
}

fn write_cited(page: &mut Page<'_>, id: EntryId) {
    let Some(cited) = page.book.cited.get(&Node::Entry(id)) else { return };
    page.heading_word(2, page.book.words.cited_from);
    let mut first = true;
    for node in cited {
        page.bullet(&mut first, |page| page.link(*node));
    }
}

fn write_dates(page: &mut Page<'_>, entry: &Entry) {
    let words = page.book.words;
    if entry.updated.is_none() && entry.review.is_none() && entry.owner.is_none() {
        return;
    }
    page.block(|page| page.out.push_str("---"));
    let mut first = true;
    for (label, date) in [(words.updated, entry.updated), (words.review, entry.review)] {
        if let Some(date) = date {
            page.field(&mut first, label, |page| write_date(page, date));
        }
    }
    if let Some(owner) = &entry.owner {
        page.field(&mut first, words.owner, |page| write_prose(page, owner));
    }
}

/// A title on one line, without links, for headings.
pub fn flat(book: &Book<'_>, title: &crate::model::Prose) -> String {
    prose::plain(title, book.model, book.sources).replace('\n', " ")
}
