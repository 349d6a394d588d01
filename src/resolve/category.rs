//! The tree of categories, built by use; titles that look like misspellings of each other are reported.

use rustc_hash::FxHashMap;
use unicode_normalization::UnicodeNormalization;

use crate::diag::{Code, Diagnostic, Edit};
use crate::model::{Category, CategoryId};
use crate::source::Span;

use super::Context;
use super::suggest::{Candidate, is_near_miss};

/// Titles under one parent beyond which they are not compared with each other any more.
const MOST_SIBLINGS: usize = 400;

/// How titles lead to categories.
#[derive(Debug, Default)]
pub(super) struct Index<'a> {
    /// By the title as written, so that most lookups need no folding.
    written: FxHashMap<(Option<CategoryId>, &'a str), CategoryId>,
    folded: FxHashMap<(Option<CategoryId>, String), CategoryId>,
    /// Where each category is used, by spelling.
    uses: FxHashMap<CategoryId, Vec<Span>>,
}

/// The narrowest category of a path of titles.
pub(super) fn resolve_path(cx: &mut Context, path: &[Span]) -> Option<CategoryId> {
    let mut parent = None;
    for span in path {
        if !cx.text(*span).trim().is_empty() {
            parent = Some(resolve_title(cx, parent, *span));
        }
    }
    parent
}

fn resolve_title(cx: &mut Context, parent: Option<CategoryId>, span: Span) -> CategoryId {
    let title = cx.text(span).trim();
    let id = match cx.categories.written.get(&(parent, title)) {
        Some(known) => *known,
        None => declare_title(cx, parent, title, span),
    };
    cx.categories.uses.entry(id).or_default().push(span);
    id
}

fn declare_title(cx: &mut Context, parent: Option<CategoryId>, title: &str, span: Span) -> CategoryId {
    let key = (parent, fold_title(title));
    let id = match cx.categories.folded.get(&key) {
        Some(known) => *known,
        None => {
            let id = cx.model.categories.push(Category { title: title.to_owned(), parent, span });
            cx.categories.folded.insert(key, id);
            id
        }
    };
    cx.categories.written.insert((parent, cx.text(span).trim()), id);
    id
}

/// NFKC without spaces, which spreadsheets put in and take out.
fn fold_title(title: &str) -> String {
    title.nfkc().filter(|c| !c.is_whitespace()).collect()
}

/// Warns of titles that differ from another one under the same parent by their spelling.
pub(super) fn check_categories(cx: &mut Context) {
    report_spellings(cx);
    let mut siblings: FxHashMap<Option<CategoryId>, Vec<(CategoryId, Candidate<String>)>> = FxHashMap::default();
    let mut pairs = Vec::new();
    for (id, category) in cx.model.categories.enumerate() {
        let known = siblings.entry(category.parent).or_default();
        if known.len() >= MOST_SIBLINGS {
            continue;
        }
        let candidate = Candidate::new(&category.title, shape(&category.title));
        let is_near = |(other, key): &&(CategoryId, Candidate<String>)| {
            let looks_alike = || candidate.item == key.item && category.title != cx.model.categories[*other].title;
            is_near_miss(&candidate, key) || looks_alike()
        };
        pairs.extend(known.iter().find(is_near).map(|(other, _)| (*other, id)));
        known.push((id, candidate));
    }
    for (first, second) in pairs {
        report_near_miss(cx, first, second);
    }
}

/// A title with one character for all those that look alike: 一 and ー, ソ and ン.
fn shape(title: &str) -> String {
    title.nfkc().map(shape_of).collect()
}

fn shape_of(c: char) -> char {
    const ALIKE: [(char, char); 16] = [
        ('一', 'ー'),
        ('―', 'ー'),
        ('ソ', 'ン'),
        ('ツ', 'シ'),
        ('力', 'カ'),
        ('夕', 'タ'),
        ('口', 'ロ'),
        ('工', 'エ'),
        ('二', 'ニ'),
        ('八', 'ハ'),
        ('へ', 'ヘ'),
        ('べ', 'ベ'),
        ('ぺ', 'ペ'),
        ('り', 'リ'),
        ('読', '続'),
        ('末', '未'),
    ];
    ALIKE.iter().find(|(looks, _)| *looks == c).map_or(c, |(_, like)| *like)
}

/// The more frequent spelling is taken to be the right one; of two equals, the first.
fn report_near_miss(cx: &mut Context, first: CategoryId, second: CategoryId) {
    let uses = |id| cx.categories.uses.get(&id).map_or(&[] as &[Span], Vec::as_slice);
    let (right, wrong) = if uses(second).len() > uses(first).len() { (second, first) } else { (first, second) };
    let meant = &cx.model.categories[right];
    let edits = uses(wrong).iter().map(|span| Edit { span: *span, text: meant.title.clone() }).collect();
    let finding = near_miss(cx, cx.model.categories[wrong].span, &meant.title, meant.span);
    finding.edits("unify", edits, false).push_to(cx.diagnostics);
}

/// Warns of one category written in several ways, once for each way but the most frequent, of equals the first.
fn report_spellings(cx: &mut Context) {
    let mut findings = Vec::new();
    for uses in cx.model.categories.ids().filter_map(|id| cx.categories.uses.get(&id)) {
        let ways = spellings(cx, uses);
        let Some((title, right)) = ways.iter().rev().max_by_key(|(_, spans)| spans.len()) else { continue };
        let Some(place) = right.first() else { continue };
        for (_, spans) in ways.iter().filter(|(other, _)| other != title) {
            let edits = spans.iter().map(|span| Edit { span: *span, text: (*title).to_owned() }).collect();
            let first = spans.first().copied();
            findings.extend(first.map(|span| near_miss(cx, span, title, *place).edits("unify", edits, true)));
        }
    }
    findings.into_iter().for_each(|finding| finding.push_to(cx.diagnostics));
}

/// The ways in which a category is written, in the order met, and where.
fn spellings<'a>(cx: &Context<'a>, uses: &[Span]) -> Vec<(&'a str, Vec<Span>)> {
    let mut ways: Vec<(&str, Vec<Span>)> = Vec::new();
    for span in uses {
        let written = cx.text(*span).trim();
        match ways.iter_mut().find(|(known, _)| *known == written) {
            Some((_, spans)) => spans.push(*span),
            None => ways.push((written, vec![*span])),
        }
    }
    ways
}

fn near_miss(cx: &Context, wrong: Span, title: &str, right: Span) -> Diagnostic {
    Diagnostic::at(Code::CategoryNearMiss, wrong)
        .text("title", cx.text(wrong).trim())
        .text("meant", title)
        .label(right, "other")
}
