//! The remedies of an entry in one cell of the table: all that a reader of the original sheet finds there, a line each.
//! What an action does to the facts is left to the entry's page. Refuses to know the other cells.

use crate::model::{Action, ActionId, Branch, Cause, Entry, EntryId, Fallthrough, Prose, Reference, Step, StepKind};
use crate::source::Span;

use super::action::write_likelihood;
use super::book::Node;
use super::entry::flat;
use super::inline::{write_conditions, write_duration, write_prose, write_references};
use super::page::Page;
use super::steps::{fence_caption, fence_lines, write_case};

/// Why it happens, what to do, and where to turn when that does not help.
pub fn write_remedies(page: &mut Page<'_>, entry: &Entry) {
    let words = page.book.words;
    let start = page.out.len();
    write_causes(page, &entry.causes, start);
    for used in &entry.actions {
        separate(page, start);
        match used.reused {
            Some(_) => page.sentence(words.do_step, Node::Action(used.action)),
            None => write_action(page, used.action, entry.causes.len()),
        }
    }
    for used in &entry.contacts {
        separate(page, start);
        page.sentence(words.contact_step, Node::Contact(used.contact));
    }
    write_steps(page, &entry.notes, start, &mut None);
    write_see(page, start, &entry.see);
    line(page, start, words.otherwise, &entry.otherwise, |page, next| match next {
        Fallthrough::Contact(used) => page.link(Node::Contact(used.contact)),
        Fallthrough::Entry(used) => page.link(Node::Entry(used.entry)),
    });
}

fn separate(page: &mut Page<'_>, start: usize) {
    if page.out.len() > start {
        page.line_break();
    }
}

/// A line that lists things after a label, if there are any.
fn line<T>(page: &mut Page<'_>, start: usize, label: &str, items: &[T], write: impl FnMut(&mut Page<'_>, &T)) {
    if !items.is_empty() {
        separate(page, start);
        page.label(label);
        page.list(items, write);
    }
}

/// One stands on the line of the label, several below it.
fn write_causes(page: &mut Page<'_>, causes: &[Cause], start: usize) {
    if !causes.is_empty() {
        page.label(page.book.words.cause);
    }
    for cause in causes {
        if causes.len() > 1 {
            page.line_break();
            page.out.push_str(page.book.words.bullet_mark);
        }
        write_prose(page, &cause.title);
        write_in_parentheses(page, |page| write_conditions(page, &cause.when));
        write_steps(page, &cause.notes, start, &mut None);
        write_see(page, start, &cause.see);
    }
}

/// Nothing at all when there is nothing to write.
fn write_in_parentheses(page: &mut Page<'_>, write: impl FnOnce(&mut Page<'_>)) {
    let words = page.book.words;
    let start = page.out.len();
    page.out.push_str(words.open_paren);
    let inside = page.out.len();
    write(page);
    match page.out.len() > inside {
        true => page.out.push_str(words.close_paren),
        false => page.out.truncate(start),
    }
}

fn write_see(page: &mut Page<'_>, start: usize, references: &[Reference]) {
    if !references.is_empty() {
        separate(page, start);
        page.label(page.book.words.see);
        write_references(page, references);
    }
}

/// The title leads to the whole of it, then its steps.
fn write_action(page: &mut Page<'_>, id: ActionId, causes: usize) {
    let book = page.book;
    let action = &book.model.actions[id];
    let start = page.out.len();
    let title = action.title.as_ref().map(|title| flat(book, title)).unwrap_or_default();
    page.strong(|page| page.link_as(Node::Action(id), format!("{} {title}", action.number).trim_end()));
    write_in_parentheses(page, |page| write_guard(page, action, causes));
    write_steps(page, &action.steps, start, &mut Some(0));
    write_fields(page, start, action);
    for alternative in &action.alternatives {
        separate(page, start);
        write_action(page, *alternative, causes);
    }
}

/// Which cause it is against, when there are others, and when it applies.
fn write_guard(page: &mut Page<'_>, action: &Action, causes: usize) {
    let words = page.book.words;
    let cause = action.cause.filter(|_| causes > 1 && action.parent.is_none());
    if let Some(cause) = cause.and_then(|index| page.book.model.entries[action.entry].causes.get(index)) {
        page.label(words.cause);
        page.text(&flat(page.book, &cause.title));
        if !action.when.is_empty() {
            page.out.push_str(words.comma);
        }
    }
    write_conditions(page, &action.when);
}

fn write_fields(page: &mut Page<'_>, start: usize, action: &Action) {
    let words = page.book.words;
    line(page, start, words.after, &action.after, |page, (id, _)| write_earlier(page, action.entry, *id));
    line(page, start, words.contact, &action.contacts, |page, used| page.link(Node::Contact(used.contact)));
    line(page, start, words.then, &action.then, |page, used| page.link(Node::Entry(used.entry)));
    write_see(page, start, &action.see);
    line(page, start, words.solved, action.solved.as_slice(), write_prose);
    line(page, start, words.likely, action.likely.as_slice(), |page, likely| write_likelihood(page, *likely));
    line(page, start, words.takes, action.takes.as_slice(), |page, seconds| write_duration(page, *seconds));
}

/// An action of the same entry by its number, which stands a few lines above.
fn write_earlier(page: &mut Page<'_>, entry: EntryId, id: ActionId) {
    let action = &page.book.model.actions[id];
    match action.entry == entry {
        true => page.link_as(Node::Action(id), &super::page::action_name(page.book, action)),
        false => page.link(Node::Action(id)),
    }
}

/// Each on its own line, with its number when it is something to do; inside branches without.
fn write_steps(page: &mut Page<'_>, steps: &[Step], start: usize, number: &mut Option<usize>) {
    for step in steps {
        match &step.kind {
            StepKind::Fence { info, lines } => write_fence(page, start, step, *info, lines),
            StepKind::See(references) => write_see(page, start, references),
            StepKind::Step(_) | StepKind::Do(_) | StepKind::Contact(_) | StepKind::Branches(_) => {
                separate(page, start);
                write_mark(page, number);
                write_deed(page, step, start);
            }
            StepKind::Bullet(prose) => write_remark(page, start, page.book.words.bullet_mark, prose),
            StepKind::Note(prose) => write_remark(page, start, page.book.words.note_mark, prose),
            StepKind::Warning(prose) => write_remark(page, start, page.book.words.warning_mark, prose),
        }
    }
}

/// As text, line by line: a cell of a table holds no block of code.
fn write_fence(page: &mut Page<'_>, start: usize, step: &Step, info: Span, lines: &[Span]) {
    let book = page.book;
    if let Some(caption) = fence_caption(book, info) {
        separate(page, start);
        page.out.push_str(caption);
    }
    for line in fence_lines(book, step.span, lines) {
        separate(page, start);
        page.text(line);
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
