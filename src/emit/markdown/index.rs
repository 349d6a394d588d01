//! The whole FAQ on one page, as the table that its readers know.

use crate::model::{Entry, EntryId, EntryUse};

use super::book::{Book, Node};
use super::entry::flat;
use super::inline::{write_conditions, write_date, write_lines, write_prose};
use super::page::{Folder, Page};
use super::reference;
use super::remedy::write_remedies;

pub fn page(book: &Book<'_>) -> String {
    let mut page = Page::new(book, Folder::Root);
    page.out.reserve(book.order.len() * 2048);
    page.heading(1, |page| page.text(&book.model.config.title));
    write_dates(&mut page);
    write_contents(&mut page);
    write_table(&mut page);
    page.out
}

fn write_dates(page: &mut Page<'_>) {
    let config = &page.book.model.config;
    let words = page.book.words;
    let mut first = true;
    if let Some(version) = &config.version {
        page.field(&mut first, words.version, |page| page.text(version));
    }
    if let Some(updated) = config.updated {
        page.field(&mut first, words.updated, |page| write_date(page, updated));
    }
}

fn write_contents(page: &mut Page<'_>) {
    let pages = reference::pages(page.book);
    if !pages.is_empty() {
        page.block(|page| {
            page.list(pages, |page, shared| page.out.push_str(&format!("[{}]({}.md)", shared.title, shared.file)));
        });
    }
}

/// Every row names its categories in full. The original leaves a repeated cell blank, being merged with the one above;
/// Markdown cannot merge, and a blank cell tells a screen reader, a search or a spreadsheet that there is no category.
fn write_table(page: &mut Page<'_>) {
    let words = page.book.words;
    let heads =
        [words.number, words.wide_category, words.middle_category, words.narrow_category, words.symptom, words.remedy];
    page.block(|page| {
        heads.iter().for_each(|head| page.out.push_str(&format!("| {head} ")));
        page.out.push('|');
    });
    page.out.push_str("|---:|---|---|---|---|---|\n");
    for id in &page.book.order {
        write_row(page, *id);
    }
}

fn write_row(page: &mut Page<'_>, id: EntryId) {
    let entry = &page.book.model.entries[id];
    page.subject = Some(id);
    page.out.push_str("| ");
    if let Some(number) = entry.number {
        page.link_as(Node::Entry(id), &number.to_string());
    }
    write_categories(page, entry);
    page.out.push_str(" | ");
    write_symptom_cell(page, id, entry);
    page.out.push_str(" | ");
    write_remedies(page, entry);
    page.out.push_str(" |\n");
}

/// Three cells; what lies deeper shares the third.
fn write_categories(page: &mut Page<'_>, entry: &Entry) {
    let path = page.book.category_path(entry.category);
    for column in 0..3 {
        page.out.push_str(" | ");
        let end = if column == 2 { path.len() } else { path.len().min(column + 1) };
        super::entry::write_path(page, path.get(column..end).unwrap_or(&[]));
    }
}

fn write_symptom_cell(page: &mut Page<'_>, id: EntryId, entry: &Entry) {
    let book = page.book;
    let title = flat(book, &entry.title);
    page.link_as(Node::Entry(id), if title.trim().is_empty() { &entry.id } else { &title });
    for used in &entry.symptoms {
        let symptom = &book.model.symptoms[used.symptom];
        let wording = flat(book, &symptom.title);
        if wording != title {
            page.line_break();
            page.text(&wording);
        }
        for message in symptom.messages.iter().filter(|message| !message.lines.is_empty()) {
            page.line_break();
            page.out.push_str(book.words.open_quote);
            write_lines(page, &message.lines);
            page.out.push_str(book.words.close_quote);
        }
        if let Some(during) = &symptom.during {
            page.line_break();
            page.label(book.words.during);
            write_prose(page, during);
        }
    }
    write_applies(page, entry);
}

/// Which of the entries for a symptom this one is.
fn write_applies(page: &mut Page<'_>, entry: &Entry) {
    let words = page.book.words;
    if !entry.when.is_empty() {
        page.line_break();
        page.label(words.condition);
        write_conditions(page, &entry.when);
    }
    if entry.fallback {
        page.line_break();
        page.label(words.fallback_mark);
        page.out.push_str(words.fallback);
    }
    write_uses(page, words.before, &entry.before);
    write_uses(page, words.overrides, &entry.overrides);
}

fn write_uses(page: &mut Page<'_>, label: &str, uses: &[EntryUse]) {
    if !uses.is_empty() {
        page.line_break();
        page.label(label);
        page.list(uses, |page, used| page.link(Node::Entry(used.entry)));
    }
}
