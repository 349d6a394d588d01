//! The declarations of a page: what an outline shows, and which one a place lies in.

use lsp_types::SymbolKind;

use super::page::Page;
use crate::ast::{Action, Item, Name, Prose};
use crate::model::{Kind, fold_name};
use crate::source::Span;

/// A declaration, or an action in one.
pub struct Listed {
    pub symbol: SymbolKind,
    pub name: String,
    pub title: String,
    /// From the keyword to the brace that closes it.
    pub whole: Span,
    pub named: Span,
    pub inner: Vec<Listed>,
}

pub fn listed(page: &Page) -> Vec<Listed> {
    page.file.items.iter().filter_map(|item| list(item, page)).collect()
}

/// The declaration that a byte lies in.
pub fn item_at(page: &Page, offset: u32) -> Option<&Item> {
    page.file.items.iter().find(|item| {
        let whole = whole(item.span(), page);
        whole.start <= offset && offset <= whole.end
    })
}

/// The entry, fact or other thing that an item declares.
pub fn name_of(item: &Item) -> Option<(Kind, Name)> {
    match item {
        Item::Entry(it) => Some((Kind::Entry, it.name)),
        Item::Symptom(it) => Some((Kind::Symptom, it.name)),
        Item::Fact(it) => Some((Kind::Fact, it.name)),
        Item::Define(it) => Some((Kind::Fact, it.name)),
        Item::Derive(it) => Some((Kind::Fact, it.name)),
        Item::Document(it) => Some((Kind::Document, it.name)),
        Item::Link(it) => Some((Kind::Link, it.name)),
        Item::Contact(it) => Some((Kind::Contact, it.name)),
        Item::Term(it) => Some((Kind::Term, it.name)),
        Item::Text(it) => Some((Kind::Text, it.name)),
        Item::Table(_) | Item::Assume(_) | Item::Test(_) => None,
    }
}

/// From the line to the brace that closes its block.
pub fn whole(header: Span, page: &Page) -> Span {
    match page.file.ends.binary_search_by_key(&header, |(header, _)| *header) {
        Ok(at) => page.file.ends.get(at).map_or(header, |(_, brace)| header.to(*brace)),
        Err(_) => header,
    }
}

/// What readers see of it.
pub fn title_of<'a>(item: &Item, page: &'a Page) -> &'a str {
    let prose =
        |prose: Option<&Prose>| prose.and_then(|prose| prose.lines.first()).map_or("", |line| page.slice(*line));
    match item {
        Item::Entry(it) => prose(it.title.as_ref()),
        Item::Symptom(it) => prose(it.title.as_ref()),
        Item::Fact(it) => it.label.map_or("", |label| page.slice(label)),
        Item::Define(it) => it.label.map_or("", |label| page.slice(label)),
        Item::Derive(it) => it.label.map_or("", |label| page.slice(label)),
        Item::Document(it) => prose(it.title.as_ref()),
        Item::Link(it) => prose(it.title.as_ref()),
        Item::Contact(it) => prose(it.title.as_ref()),
        Item::Term(it) => prose(it.meaning.as_ref()),
        Item::Test(it) => prose(Some(&it.title)),
        Item::Text(_) | Item::Table(_) | Item::Assume(_) => "",
    }
}

fn list(item: &Item, page: &Page) -> Option<Listed> {
    let header = item.span();
    let title = title_of(item, page).to_owned();
    let inner = match item {
        Item::Entry(entry) => entry.actions.iter().map(|action| list_action(action, page)).collect(),
        _ => Vec::new(),
    };
    let named = match (name_of(item), item) {
        (Some((_, name)), _) => name.span,
        (None, Item::Table(table)) => table.name.span,
        (None, Item::Test(test)) => *test.title.lines.first()?,
        (None, _) => header,
    };
    let name = page.slice(named).to_owned();
    Some(Listed { symbol: symbol(item), name, title, whole: whole(header, page), named, inner })
}

fn list_action(action: &Action, page: &Page) -> Listed {
    let title = action.title.as_ref().and_then(|title| title.lines.first());
    let named = action.name.map(|name| name.span).or(title.copied()).unwrap_or(action.span);
    let end = last_place(action);
    Listed {
        symbol: SymbolKind::METHOD,
        name: page.slice(named).to_owned(),
        title: title.map_or("", |title| page.slice(*title)).to_owned(),
        whole: Span { start: action.span.start.min(named.start), end: end.max(named.end), ..action.span },
        named,
        inner: action.alternatives.iter().map(|inner| list_action(inner, page)).collect(),
    }
}

fn last_place(action: &Action) -> u32 {
    let steps = action.steps.iter().map(|step| step.span.end);
    let inner = action.alternatives.iter().map(last_place);
    steps.chain(inner).chain([action.span.end]).max().unwrap_or(action.span.end)
}

fn symbol(item: &Item) -> SymbolKind {
    match item {
        Item::Entry(_) => SymbolKind::CLASS,
        Item::Symptom(_) => SymbolKind::EVENT,
        Item::Fact(_) => SymbolKind::VARIABLE,
        Item::Define(_) | Item::Derive(_) => SymbolKind::FUNCTION,
        Item::Table(_) => SymbolKind::ARRAY,
        Item::Assume(_) => SymbolKind::BOOLEAN,
        Item::Document(_) => SymbolKind::FILE,
        Item::Link(_) => SymbolKind::KEY,
        Item::Contact(_) => SymbolKind::INTERFACE,
        Item::Term(_) => SymbolKind::CONSTANT,
        Item::Text(_) => SymbolKind::STRING,
        Item::Test(_) => SymbolKind::METHOD,
    }
}

/// Whether the item declares the name.
pub fn declares(item: &Item, kind: Kind, folded: &str, page: &Page) -> bool {
    name_of(item).is_some_and(|(found, name)| found == kind && fold_name(page.slice(name.span)) == folded)
}
