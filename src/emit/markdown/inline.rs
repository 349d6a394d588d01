//! What stands in a line: prose with its references, conditions, durations, dates. Refuses to know blocks.

use crate::ast::Date;
use crate::model::{ActionId, ConditionId, EntryId, Prose, Reference, Target, TextId};
use crate::prose::{self, Piece};
use crate::source::Span;
use crate::speech;

use super::book::Node;
use super::escape;
use super::page::Page;
use super::words::duration;

/// Prose with its references as links; the writer's line breaks stay line breaks.
pub fn write_prose(page: &mut Page<'_>, prose: &Prose) {
    let pieces = prose::pieces(prose, page.book.sources);
    let is_break = |piece: Option<&Piece<'_>>| matches!(piece, None | Some(Piece::Break));
    for (index, piece) in pieces.iter().enumerate() {
        match piece {
            Piece::Text(text) => {
                let starts = index == 0 || is_break(pieces.get(index - 1));
                escape::linked(&mut page.out, text, starts, is_break(pieces.get(index + 1)));
            }
            Piece::Reference(reference) => write_reference(page, reference),
            Piece::Break => page.line_break(),
        }
    }
}

/// Lines without references: messages, whose lines are as far in as the file happens to be.
pub fn write_lines(page: &mut Page<'_>, lines: &[Span]) {
    let sources = page.book.sources;
    for (index, line) in lines.iter().enumerate() {
        if index > 0 {
            page.line_break();
        }
        page.text(sources.text(*line).trim());
    }
}

/// References of a `see`, by the targets' full titles.
pub fn write_references(page: &mut Page<'_>, references: &[Reference]) {
    let book = page.book;
    let nodes = references.iter().flat_map(|reference| {
        let shown = reference.shown.map(|span| book.sources.text(span));
        nodes(&reference.target).into_iter().map(move |node| (node, shown))
    });
    page.list(nodes, |page, (node, shown)| match shown {
        Some(shown) => page.link_as(node, shown),
        None => page.link(node),
    });
}

/// All of the conditions, with each fact linked to how it is found out.
pub fn write_conditions(page: &mut Page<'_>, ids: &[ConditionId]) {
    for piece in speech::pieces(page.book.speech, ids) {
        match piece {
            speech::Piece::Text(text) => escape::part(&mut page.out, &text, false, false),
            speech::Piece::Fact(id, label) => page.link_as(Node::Fact(id), label),
        }
    }
}

pub fn write_date(page: &mut Page<'_>, date: Date) {
    let text = match page.book.words.tag {
        "ja" => format!("{}年{}月{}日", date.year, date.month, date.day),
        _ => format!("{:04}-{:02}-{:02}", date.year, date.month, date.day),
    };
    page.text(&text);
}

pub fn write_duration(page: &mut Page<'_>, seconds: u32) {
    let text = duration(seconds, page.book.words);
    page.text(&text);
}

fn write_reference(page: &mut Page<'_>, reference: &Reference) {
    let shown = prose::shown(reference, page.book.model, page.book.sources);
    match &reference.target {
        Target::Entries(ids) => write_entries(page, ids, &shown, reference),
        Target::Text(id) if reference.shown.is_none() && !page.in_text => write_text_cases(page, *id),
        Target::Action(id) if reference.shown.is_none() => page.link_as(Node::Action(*id), &short_action(page, *id)),
        target => match nodes(target).first() {
            Some(node) => page.link_as(*node, &shown),
            None => page.text(&shown),
        },
    }
}

/// A range of numbers is shown as written, and all its entries after it, so that each can be reached.
fn write_entries(page: &mut Page<'_>, ids: &[EntryId], shown: &str, reference: &Reference) {
    let as_written = reference.bare || reference.shown.is_some();
    match ids {
        [] => page.text(shown),
        [only] => write_entry(page, *only, shown),
        _ if !as_written => write_each_entry(page, ids),
        _ => {
            let words = page.book.words;
            escape::part(&mut page.out, shown, false, false);
            page.out.push_str(words.open_paren);
            write_each_entry(page, ids);
            page.out.push_str(words.close_paren);
        }
    }
}

fn write_each_entry(page: &mut Page<'_>, ids: &[EntryId]) {
    page.list(ids, |page, id| write_entry(page, *id, &short_entry(page, *id)));
}

/// An entry that speaks of itself leads nowhere.
fn write_entry(page: &mut Page<'_>, id: EntryId, shown: &str) {
    match page.subject == Some(id) {
        true => escape::part(&mut page.out, shown, false, false),
        false => page.link_as(Node::Entry(id), shown),
    }
}

fn short_entry(page: &Page<'_>, id: EntryId) -> String {
    prose::title(&Target::Entries(vec![id]), page.book.model, page.book.sources)
}

/// 「No.10の対応策2」, or the action's own title.
fn short_action(page: &Page<'_>, id: ActionId) -> String {
    prose::title(&Target::Action(id), page.book.model, page.book.sources).replace('\n', " ")
}

/// A text that depends on a fact, in place: 「（Windows：…、macOS：…）」.
fn write_text_cases(page: &mut Page<'_>, id: TextId) {
    let book = page.book;
    let text = &book.model.texts[id];
    page.in_text = true;
    page.out.push_str(book.words.open_paren);
    page.list(&text.cases, |page, case| {
        write_case_label(page, id, case);
        write_prose(page, &case.text);
    });
    page.out.push_str(book.words.close_paren);
    page.in_text = false;
}

/// 「Windows：」.
pub fn write_case_label(page: &mut Page<'_>, id: TextId, case: &crate::model::TextCase) {
    let book = page.book;
    match (&book.model.texts[id].by, &case.value) {
        (Some(by), Some(value)) => {
            let label = speech::value(book.speech, by.fact, value);
            page.text(&label);
            page.out.push_str(book.words.colon);
        }
        (None, Some(value)) => {
            page.text(book.sources.text(value.span));
            page.out.push_str(book.words.colon);
        }
        (_, None) => page.out.push_str(book.words.else_case),
    }
}

/// What a reference leads to; several for a range of entries.
pub fn nodes(target: &Target) -> Vec<Node> {
    match target {
        Target::Error | Target::Escape => Vec::new(),
        Target::Entries(ids) => ids.iter().copied().map(Node::Entry).collect(),
        Target::Action(id) => vec![Node::Action(*id)],
        Target::Symptom(id) => vec![Node::Symptom(*id)],
        Target::Fact(id) => vec![Node::Fact(*id)],
        Target::Document(id) => vec![Node::Document(*id)],
        Target::Section(id) => vec![Node::Section(*id)],
        Target::Link(id) => vec![Node::Link(*id)],
        Target::Contact(id) => vec![Node::Contact(*id)],
        Target::Term(id) => vec![Node::Term(*id)],
        Target::Text(id) => vec![Node::Text(*id)],
    }
}
