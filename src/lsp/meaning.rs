//! Whether a knowledge base in which a thing has a new name means what it meant: both states are compiled, and compared.
//! Refuses to know how a name is written.

use std::collections::BTreeMap;
use std::sync::Arc;

use lsp_types::Uri;

use super::book::{Book, Spot};
use super::mention::{Mention, Thing};
use super::page::Page;
use super::rename::Refusal;
use crate::ast;
use crate::diag::{Diagnostic, Scene};
use crate::graph::{EdgeKind, Node};
use crate::language::Language;
use crate::model::{ActionId, Kind};
use crate::session::{Compilation, Input, compile_unproved};
use crate::source::{FileId, Span};
use crate::types::{Condition, Test};

/// A thing before and after.
pub struct Renaming<'a> {
    pub from: &'a Thing,
    pub to: &'a Thing,
}

impl Renaming<'_> {
    /// What a thing is called afterwards: it may belong to the renamed one.
    fn apply(&self, thing: Thing) -> Thing {
        if thing == *self.from {
            return self.to.clone();
        }
        let (Thing::Named(kind, from), Thing::Named(_, to)) = (self.from, self.to) else { return thing };
        match (kind, thing) {
            (Kind::Entry, Thing::Action { entry, action }) if entry == *from => {
                Thing::Action { entry: to.clone(), action }
            }
            (Kind::Document, Thing::Section { document, section }) if document == *from => {
                Thing::Section { document: to.clone(), section }
            }
            (Kind::Fact, Thing::Value { fact, value }) if fact == *from => Thing::Value { fact: to.clone(), value },
            (_, thing) => thing,
        }
    }

    /// Whether a mention is by the old name or by the new one.
    fn concerns(&self, mention: &Mention) -> bool {
        mention.what.name().is_some_and(|name| name == self.from.name() || name == self.to.name())
    }
}

/// Refuses edits after which anything means something else, or is wrong that was not. The edits are in the order of their
/// places.
pub fn check(
    book: &Book,
    edits: &[(Spot, String)],
    renaming: &Renaming<'_>,
    language: Language,
) -> Result<(), Refusal> {
    let after = Book::of(edited(book, edits));
    if let Some(place) = strayed(book, &after, renaming) {
        return Err(Refusal::Meaning(place));
    }
    let [before, after] = [book, &after].map(compiled);
    if let Some(finding) = arisen(&before, &after, edits) {
        let scene = Scene { sources: &after.sources, language, prefix: "" };
        let place = finding.span.map_or(String::new(), |span| place(&after, span) + ": ");
        return Err(Refusal::Finding(format!("{place}{} {}", finding.code.id(), scene.message(finding))));
    }
    changed(&before, &after).map_or(Ok(()), |span| Err(Refusal::Meaning(place(&before, span))))
}

fn edited<'a>(book: &'a Book, edits: &'a [(Spot, String)]) -> impl Iterator<Item = (String, Arc<str>, Uri)> + 'a {
    book.pages.iter().enumerate().map(move |(at, page)| {
        let mut text = page.text.to_string();
        for (spot, new) in edits.iter().rev().filter(|(spot, _)| spot.page == at) {
            text.replace_range(spot.span.range(), new);
        }
        (page.name.clone(), text.into(), page.uri.clone())
    })
}

fn compiled(book: &Book) -> Compilation {
    let input = |page: &Page| Input { name: page.name.clone(), bytes: page.text.as_bytes().to_vec() };
    compile_unproved(book.pages.iter().map(input).collect())
}

/// The first mention by either name that is about another thing afterwards, as `file:line`.
fn strayed(before: &Book, after: &Book, renaming: &Renaming<'_>) -> Option<String> {
    for (old, new) in before.pages.iter().zip(&after.pages) {
        let strays = |(one, other): &(&Mention, &Mention)| {
            let is_alike = std::mem::discriminant(&one.what) == std::mem::discriminant(&other.what);
            let is_concerned = renaming.concerns(one) || renaming.concerns(other);
            let thing = || before.thing_of(one).map(|thing| renaming.apply(thing));
            !is_alike || is_concerned && thing() != after.thing_of(other)
        };
        if let Some((mention, _)) = old.mentions.iter().zip(&new.mentions).find(strays) {
            return Some(format!("{}:{}", old.name, old.source().line_index(mention.span.start) + 1));
        }
        if old.mentions.len() != new.mentions.len() {
            return Some(old.name.clone());
        }
    }
    None
}

/// The first finding that was not there before.
fn arisen<'a>(before: &Compilation, after: &'a Compilation, edits: &[(Spot, String)]) -> Option<&'a Diagnostic> {
    let mut known: BTreeMap<_, usize> = BTreeMap::new();
    for finding in before.diagnostics.iter() {
        *known.entry((finding.code, finding.span.map(|span| (span.file, span.start)))).or_default() += 1;
    }
    after.diagnostics.iter().find(|finding| {
        let place = finding.span.map(|span| (span.file, origin(edits, span)));
        match known.get_mut(&(finding.code, place)).filter(|left| **left > 0) {
            Some(left) => {
                *left -= 1;
                false
            }
            None => true,
        }
    })
}

/// Where the beginning of a place in the edited texts stood before.
fn origin(edits: &[(Spot, String)], span: Span) -> u32 {
    let mut place = span.start;
    for (spot, new) in edits.iter().filter(|(spot, _)| FileId(spot.page as u32) == span.file) {
        let end = spot.span.start + new.len() as u32;
        if place < spot.span.start {
            break;
        }
        if place < end {
            return spot.span.start;
        }
        place = place - end + spot.span.end;
    }
    place
}

/// The first place that depends on another thing afterwards, or tests another value.
fn changed(before: &Compilation, after: &Compilation) -> Option<Span> {
    first_difference(dependencies(before), dependencies(after))
        .or_else(|| first_difference(conditions(before), conditions(after)))
        .or_else(|| first_difference(values(before), values(after)))
}

fn first_difference<T: PartialEq>(one: Vec<(Span, T)>, other: Vec<(Span, T)>) -> Option<Span> {
    let same = one.iter().zip(&other).take_while(|((_, one), (_, other))| one == other).count();
    one.get(same).or(other.get(same)).map(|(span, _)| *span)
}

type Dependency = (Node, Node, EdgeKind, Option<ActionId>);

fn dependencies(compilation: &Compilation) -> Vec<(Span, Dependency)> {
    let edges = compilation.graph.edges();
    edges.map(|(from, to, edge)| (edge.span, (from, to, edge.kind, edge.action))).collect()
}

fn conditions(compilation: &Compilation) -> Vec<(Span, &Condition)> {
    let written = compilation.model.conditions.iter().zip(compilation.types.conditions.iter());
    written.map(|(written, meant)| (first_place(written), meant)).collect()
}

fn values(compilation: &Compilation) -> Vec<(Span, &Test)> {
    let mut values: Vec<_> = compilation.types.values.iter().map(|(span, value)| (*span, value)).collect();
    values.sort_unstable_by_key(|(span, _)| *span);
    values
}

fn first_place(condition: &ast::Condition) -> Span {
    match condition {
        ast::Condition::Error(span) | ast::Condition::Whole { span, .. } => *span,
        ast::Condition::Or(parts) | ast::Condition::And(parts) => {
            parts.first().map_or(Span::new(FileId(0), 0..0), first_place)
        }
        ast::Condition::Implies(inner, _) | ast::Condition::Not(inner) => first_place(inner),
        ast::Condition::Name(name) => name.span,
        ast::Condition::Compare { fact, .. }
        | ast::Condition::Has { fact, .. }
        | ast::Condition::InRange { fact, .. }
        | ast::Condition::InSet { fact, .. } => fact.span,
    }
}

fn place(compilation: &Compilation, span: Span) -> String {
    let file = &compilation.sources[span.file];
    format!("{}:{}", file.name, file.line_index(span.start) + 1)
}
