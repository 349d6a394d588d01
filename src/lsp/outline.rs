//! Outlines, symbols of the whole knowledge base, and what folds.

use lsp_types::{DocumentSymbol, FoldingRange, FoldingRangeKind, Location, OneOf, SymbolKind, WorkspaceSymbol};

use super::book::Book;
use super::items::{Listed, listed};
use super::page::Page;
use super::place::Units;
use crate::model::fold_name;
use crate::parse::rows::Shape;

pub fn outline(page: &Page, units: Units) -> Vec<DocumentSymbol> {
    listed(page).into_iter().map(|item| symbol(item, page, units)).collect()
}

#[allow(deprecated, reason = "the protocol's type has a field that is out of use")]
fn symbol(item: Listed, page: &Page, units: Units) -> DocumentSymbol {
    let range = units.range(page.source(), item.whole);
    let inner = item.inner.into_iter().map(|inner| symbol(inner, page, units)).collect::<Vec<_>>();
    DocumentSymbol {
        name: if item.name.is_empty() { "…".to_owned() } else { item.name },
        detail: Some(item.title).filter(|title| !title.is_empty()),
        kind: item.symbol,
        tags: None,
        deprecated: None,
        range,
        selection_range: units.range(page.source(), item.named),
        children: Some(inner).filter(|inner| !inner.is_empty()),
    }
}

/// So many are found at most.
const MOST: usize = 500;

/// Declarations whose name, title or number has what is asked for.
pub fn find_symbols(book: &Book, asked: &str, units: Units) -> Vec<WorkspaceSymbol> {
    let asked = fold_name(asked).to_lowercase();
    let mut found = Vec::new();
    for page in &book.pages {
        for item in listed(page) {
            let is_asked = |text: &str| fold_name(text).to_lowercase().contains(&asked);
            if found.len() < MOST && (is_asked(&item.name) || is_asked(&item.title)) {
                found.push(found_symbol(&item, page, units));
            }
        }
    }
    if let Some(entry) =
        asked.trim_start_matches(|c: char| !c.is_ascii_digit()).parse().ok().and_then(|it| book.entry_of_number(it))
    {
        let all = book.pages.iter().flat_map(|page| listed(page).into_iter().map(move |item| (item, page)));
        let numbered = all.filter(|(item, _)| item.symbol == SymbolKind::CLASS && fold_name(&item.name) == entry);
        found.splice(0..0, numbered.map(|(item, page)| found_symbol(&item, page, units)).collect::<Vec<_>>());
    }
    found
}

fn found_symbol(item: &Listed, page: &Page, units: Units) -> WorkspaceSymbol {
    let location = Location { uri: page.uri.clone(), range: units.range(page.source(), item.named) };
    let name = if item.title.is_empty() { item.name.clone() } else { format!("{} {}", item.name, item.title) };
    WorkspaceSymbol {
        name,
        kind: item.symbol,
        tags: None,
        container_name: Some(page.name.clone()),
        location: OneOf::Left(location),
        data: None,
    }
}

/// Blocks, fences, and remarks of several lines.
pub fn foldings(page: &Page) -> Vec<FoldingRange> {
    let line = |offset: u32| page.source().line_index(offset) as u32;
    let mut found = Vec::new();
    let mut open: Vec<u32> = Vec::new();
    let mut remarks: Option<(u32, u32)> = None;
    for row in &page.rows {
        let (first, last) = (line(row.span.start), line(row.span.end));
        if matches!(row.shape, Shape::Comment) {
            remarks = match remarks {
                Some((from, to)) if to + 1 == first => Some((from, first)),
                other => {
                    found.extend(other.and_then(fold_remarks));
                    Some((first, first))
                }
            };
            continue;
        }
        if row.depth == 0 && !row.closes() {
            open.clear();
        }
        if row.closes() {
            found.extend(open.pop().filter(|from| from + 1 < first).map(|from| folding(from, first - 1, None)));
        }
        if row.opens() {
            open.push(first);
        }
        if last > first {
            found.push(folding(first, last, None));
        }
    }
    found.extend(remarks.and_then(fold_remarks));
    found.sort_by_key(|range| (range.start_line, range.end_line));
    found
}

fn fold_remarks((from, to): (u32, u32)) -> Option<FoldingRange> {
    (to > from).then(|| folding(from, to, Some(FoldingRangeKind::Comment)))
}

fn folding(start_line: u32, end_line: u32, kind: Option<FoldingRangeKind>) -> FoldingRange {
    FoldingRange { start_line, end_line, kind, ..FoldingRange::default() }
}
