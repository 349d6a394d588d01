//! `unused-term`: a term whose right form occurs in no text, title, label or message but its own declaration.

use aho_corasick::AhoCorasick;
use fixedbitset::FixedBitSet;

use super::{Context, Lint, Scope};
use crate::diag::{Code, Diagnostics};
use crate::graph::{Node, Part, visit_parts};
use crate::model::{Id, TermId};
use crate::source::Span;

pub const LINT: Lint = Lint { code: Code::UnusedTerm, scope: Scope::Everything, check };

fn check(context: &Context<'_>, diagnostics: &mut Diagnostics) {
    let Some(occurring) = occurring(context) else { return };
    for id in context.model.terms.ids().filter(|id| !occurring.contains(id.index()) && !context.is_used(*id)) {
        context.unused(LINT.code, id).push_to(diagnostics);
    }
}

/// The terms that occur, by index: all texts are searched for all terms at once (Aho and Corasick), until none is left
/// to be found.
fn occurring(context: &Context<'_>) -> Option<FixedBitSet> {
    let terms = &context.model.terms;
    if terms.is_empty() {
        return None;
    }
    let search = AhoCorasick::new(terms.iter().map(|term| context.sources.text(term.name))).ok()?;
    let mut found = FixedBitSet::with_capacity(terms.len());
    let mut missing = terms.len();
    visit_parts(context.model, &mut |place, part| {
        if missing == 0 {
            return;
        }
        for line in lines(&part) {
            for hit in search.find_overlapping_iter(context.sources.text(*line)) {
                let term = hit.pattern().as_usize();
                let is_own = place.node == Node::Term(TermId::new(term));
                missing -= usize::from(!is_own && !found.put(term));
            }
        }
    });
    Some(found)
}

fn lines<'a>(part: &'a Part<'_>) -> &'a [Span] {
    match part {
        Part::Title(prose) | Part::Prose(prose) => &prose.lines,
        Part::Words(span) => std::slice::from_ref(span),
        Part::References(_) | Part::Condition(_) | Part::Do(..) | Part::Contact(..) => &[],
    }
}
