//! `unused-term`: a term whose right form occurs in no text, title, label or message but its own declaration; most often
//! because they say one of the words that it avoids.

use std::ops::Range;

use aho_corasick::AhoCorasick;
use rustc_hash::{FxHashMap, FxHashSet};

use super::{Context, Lint, Scope};
use crate::diag::{Code, Diagnostics};
use crate::graph::{Node, Part, visit_parts};
use crate::model::TermId;
use crate::source::Span;

pub const LINT: Lint = Lint { code: Code::UnusedTerm, scope: Scope::Everything, check };

fn check(context: &Context<'_>, diagnostics: &mut Diagnostics) {
    let terms = &context.model.terms;
    let names = || terms.ids().map(|id| (id, terms[id].name));
    let occurring = first_places(names(), context);
    let missing: Vec<TermId> = terms.ids().filter(|id| !occurring.contains_key(id) && !context.is_used(*id)).collect();
    let avoided = first_places(missing.iter().flat_map(|id| terms[*id].avoid.iter().map(|span| (*id, *span))), context);
    for id in missing {
        let finding = context.unused(LINT.code, id, "use");
        let finding = match avoided.get(&id) {
            Some(span) => finding.text("avoided", context.sources.text(*span)).label(*span, "avoided"),
            None => finding,
        };
        finding.push_to(diagnostics);
    }
}

/// For each term the first place where one of its spellings occurs outside its own declaration: all texts are searched
/// for all spellings at once (Aho and Corasick), until every term is found.
fn first_places(spellings: impl Iterator<Item = (TermId, Span)>, context: &Context<'_>) -> FxHashMap<TermId, Span> {
    let mut found = FxHashMap::default();
    let spellings: Vec<(TermId, Span)> = spellings.collect();
    let wanted: FxHashSet<TermId> = spellings.iter().map(|(id, _)| *id).collect();
    let Ok(search) = AhoCorasick::new(spellings.iter().map(|(_, span)| context.sources.text(*span))) else {
        return found;
    };
    visit_parts(context.model, &mut |place, part| {
        if found.len() == wanted.len() {
            return;
        }
        for line in lines(&part) {
            for hit in search.find_overlapping_iter(context.sources.text(*line)) {
                let Some((term, _)) = spellings.get(hit.pattern().as_usize()) else { continue };
                if place.node != Node::Term(*term) {
                    found.entry(*term).or_insert_with(|| inside(*line, hit.range()));
                }
            }
        }
    });
    found
}

fn inside(line: Span, range: Range<usize>) -> Span {
    let start = line.start as usize;
    Span::new(line.file, start + range.start..start + range.end)
}

fn lines<'a>(part: &'a Part<'_>) -> &'a [Span] {
    match part {
        Part::Title(prose) | Part::Prose(prose) => &prose.lines,
        Part::Words(span) => std::slice::from_ref(span),
        Part::References(_) | Part::Condition(_) | Part::Do(..) | Part::Contact(..) => &[],
    }
}
