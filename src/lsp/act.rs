//! What the editor offers to do at a place: mend a finding, write a name for a number, give a condition a name.

use super::book::{Book, Spot};
use super::complete::language_of;
use super::items::item_at;
use super::mention::What;
use super::page::Page;
use crate::diag::{Diagnostic, Edit, Fix};
use crate::language::Language;
use crate::model::{Kind, fold_name};
use crate::parse::keyword::{Block, Keyword};
use crate::parse::rows::{Row, Shape};
use crate::parse::tokens::Argument;
use crate::source::Span;

/// One thing to choose.
pub struct Offer<'a> {
    pub title: Title<'a>,
    pub edits: Vec<(Spot, String)>,
    pub is_preferred: bool,
}

pub enum Title<'a> {
    Fix(&'a Diagnostic, &'a Fix),
    /// A sentence of the catalogue, with the name in it.
    Sentence(&'static str, String),
}

/// What is offered for a selection of a page.
pub fn offers<'a>(book: &'a Book, at: usize, selected: Span) -> Vec<Offer<'a>> {
    let Some(page) = book.pages.get(at) else { return Vec::new() };
    let mut found = fixes(book, page, at, selected);
    found.extend(name_for_number(book, page, at, selected));
    found.extend(extracted(book, page, at, selected));
    found
}

fn fixes<'a>(book: &'a Book, page: &'a Page, at: usize, selected: Span) -> Vec<Offer<'a>> {
    let is_near = |finding: &&Diagnostic| {
        finding.span.is_some_and(|span| {
            let line = |offset| page.source().line_index(offset);
            line(span.start) <= line(selected.end) && line(selected.start) <= line(span.end)
        })
    };
    let of_parser = page.shown_parsed().map(|finding| (finding, true));
    // What the analysis would write, and where, is right for the texts that it saw alone.
    let analysed = if book.is_analysed() { page.analysed.as_slice() } else { &[][..] };
    let all = analysed.iter().map(|finding| (finding, false)).chain(of_parser);
    let is_editable = |(spot, _): &(Spot, String)| book.pages.get(spot.page).is_some_and(Page::is_editable);
    let mut found = Vec::new();
    for (finding, is_own) in all.filter(|(finding, _)| is_near(finding)) {
        for fix in finding.fixes.iter().filter(|fix| !fix.edits.is_empty()) {
            let place = |edit: &Edit| {
                let page = if is_own { at } else { edit.span.file.0 as usize };
                (Spot { page, span: edit.span }, edit.text.clone())
            };
            let edits: Vec<_> = fix.edits.iter().map(place).collect();
            if !edits.iter().all(is_editable) {
                continue;
            }
            found.push(Offer { title: Title::Fix(finding, fix), edits, is_preferred: fix.safe });
        }
    }
    found
}

/// `No.9` as the entry's name, which stays right when numbers change.
fn name_for_number<'a>(book: &'a Book, page: &Page, at: usize, selected: Span) -> Option<Offer<'a>> {
    let mention = page.mention_at(selected.start)?;
    let What::UsesNumbers { first, last } = mention.what else { return None };
    let name = book.entry_of_number(first).filter(|_| first == last)?;
    let written = page.slice(mention.span);
    let shown = written.find([':', '：', '|', '｜']).filter(|_| written.starts_with(['[', '［']));
    let rest = shown.and_then(|at| written.get(at..)).unwrap_or("]");
    let text = if mention.in_prose { format!("[→{name}{rest}") } else { name.to_owned() };
    let edits = vec![(Spot { page: at, span: mention.span }, text)];
    Some(Offer { title: Title::Sentence("act-name", name.to_owned()), edits, is_preferred: false })
}

/// The selected condition, or all of the line's, as a `define` above the declaration.
fn extracted<'a>(book: &Book, page: &Page, at: usize, selected: Span) -> Option<Offer<'a>> {
    let row = page.rows.iter().find(|row| row.span.start <= selected.start && selected.end <= row.span.end)?;
    let whole = condition_of(row)?;
    let span = if selected.is_empty() { whole } else { trimmed(page, selected) };
    if span.start < whole.start || span.end > whole.end {
        return None;
    }
    let text = page.slice(span);
    let kind = Argument::of(Block::Entry, Keyword::When, true, text);
    // One that is a name already gains nothing.
    if kind.tokens(text, span)?.len() < 2 {
        return None;
    }
    let item = item_at(page, span.start)?;
    let (before, when) = match language_of(page) {
        Language::Japanese => ("定義", "条件"),
        Language::English => ("define", "when"),
    };
    let name = fresh_name(book, language_of(page));
    let start = Span { end: item.span().start, ..item.span() };
    let edits = vec![
        (Spot { page: at, span: start }, format!("{before} {name} {when} {text}\n\n")),
        (Spot { page: at, span }, name.clone()),
    ];
    Some(Offer { title: Title::Sentence("act-define", name), edits, is_preferred: false })
}

fn condition_of(row: &Row) -> Option<Span> {
    let Shape::Statement(statement) = &row.shape else { return None };
    let takes_one = matches!(statement.keyword, Keyword::When | Keyword::Assume);
    let is_whole = statement.kind == Argument::of(row.block, Keyword::When, true, "");
    (takes_one && is_whole).then_some(statement.argument)
}

fn trimmed(page: &Page, span: Span) -> Span {
    let text = page.slice(span);
    let start = span.start + (text.len() - text.trim_start().len()) as u32;
    Span { start, end: start + text.trim().len() as u32, ..span }
}

fn fresh_name(book: &Book, language: Language) -> String {
    let stem = match language {
        Language::Japanese => "条件",
        Language::English => "condition",
    };
    let is_free = |name: &String| {
        let thing = super::mention::Thing::Named(Kind::Fact, fold_name(name).into_owned());
        !book.declares(&thing)
    };
    (1..).map(|number| format!("{stem}-{number}")).find(is_free).unwrap_or_default()
}
