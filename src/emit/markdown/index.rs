//! The whole FAQ on one page, as the table that its readers know.

use crate::model::{ActionId, ActionUse, Branch, Entry, EntryId, Prose, Step, StepKind};

use super::book::{Book, Node};
use super::entry::flat;
use super::inline::{write_conditions, write_date, write_lines, write_prose};
use super::page::{Folder, Page};
use super::reference;
use super::steps::write_case;

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
    page.out.push_str("| ");
    if let Some(number) = entry.number {
        page.link_as(Node::Entry(id), &number.to_string());
    }
    write_categories(page, entry);
    page.out.push_str(" | ");
    write_symptom_cell(page, id, entry);
    page.out.push_str(" | ");
    write_remedy_cell(page, entry);
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
    }
    if !entry.when.is_empty() {
        page.line_break();
        page.label(book.words.condition);
        write_conditions(page, &entry.when);
    }
}

fn write_remedy_cell(page: &mut Page<'_>, entry: &Entry) {
    let start = page.out.len();
    for used in &entry.actions {
        separate(page, start);
        match used.reused {
            Some(_) => write_reused(page, used),
            None => write_action(page, used.action),
        }
    }
    write_steps(page, &entry.notes, start, &mut None);
}

fn separate(page: &mut Page<'_>, start: usize) {
    if page.out.len() > start {
        page.line_break();
    }
}

fn write_reused(page: &mut Page<'_>, used: &ActionUse) {
    page.sentence(page.book.words.do_step, Node::Action(used.action));
}

/// The title leads to the whole of it, then its steps.
fn write_action(page: &mut Page<'_>, id: ActionId) {
    let book = page.book;
    let action = &book.model.actions[id];
    let start = page.out.len();
    let title = action.title.as_ref().map(|title| flat(book, title)).unwrap_or_default();
    page.strong(|page| page.link_as(Node::Action(id), format!("{} {title}", action.number).trim_end()));
    if !action.when.is_empty() {
        page.out.push_str(book.words.open_paren);
        write_conditions(page, &action.when);
        page.out.push_str(book.words.close_paren);
    }
    write_steps(page, &action.steps, start, &mut Some(0));
    for alternative in &action.alternatives {
        separate(page, start);
        write_action(page, *alternative);
    }
}

/// Each on its own line, with its number when it is something to do; inside branches without.
/// Commands and screens stay on the entry's page.
fn write_steps(page: &mut Page<'_>, steps: &[Step], start: usize, number: &mut Option<usize>) {
    for step in steps {
        match &step.kind {
            StepKind::Fence { .. } | StepKind::See(_) => {}
            StepKind::Step(_) | StepKind::Do(_) | StepKind::Contact(_) | StepKind::Branches(_) => {
                separate(page, start);
                write_mark(page, number);
                write_deed(page, step, start);
            }
            StepKind::Bullet(prose) => write_remark(page, start, "・", prose),
            StepKind::Note(prose) => write_remark(page, start, page.book.words.note_mark, prose),
            StepKind::Warning(prose) => write_remark(page, start, page.book.words.warning_mark, prose),
        }
    }
}

fn write_mark(page: &mut Page<'_>, number: &mut Option<usize>) {
    match number {
        Some(number) => {
            *number += 1;
            page.out.push_str(&format!("{number}. "));
        }
        None => page.out.push_str(page.book.words.step_mark),
    }
}

fn write_remark(page: &mut Page<'_>, start: usize, mark: &str, prose: &Prose) {
    separate(page, start);
    page.out.push_str(mark);
    write_prose(page, prose);
}

fn write_deed(page: &mut Page<'_>, step: &Step, start: usize) {
    let words = page.book.words;
    match &step.kind {
        StepKind::Step(prose) => write_prose(page, prose),
        StepKind::Do(action) => page.sentence(words.do_step, Node::Action(*action)),
        StepKind::Contact(contact) => page.sentence(words.contact_step, Node::Contact(*contact)),
        StepKind::Branches(branches) => write_branches(page, branches, start),
        StepKind::Bullet(_) | StepKind::Note(_) | StepKind::Warning(_) | StepKind::Fence { .. } | StepKind::See(_) => {}
    }
}

fn write_branches(page: &mut Page<'_>, branches: &[Branch], start: usize) {
    if branches.len() > 1 {
        page.out.push_str(page.book.words.branches);
    }
    for branch in branches {
        if branches.len() > 1 {
            page.line_break();
        }
        write_case(page, branch);
        match branch.steps.as_slice() {
            [Step { kind: StepKind::Step(prose), .. }] => write_prose(page, prose),
            steps => write_steps(page, steps, start, &mut None),
        }
    }
}
