//! `unused-term`: a term whose right form occurs in no text, title, label or message but its own declaration; most often
//! because they say one of the words that it avoids.

use aho_corasick::AhoCorasick;
use rustc_hash::FxHashMap;

use super::text::within;
use super::{Context, Lint, Scope};
use crate::diag::{Code, Diagnostics};
use crate::graph::{Node, Part};
use crate::model::{Model, TermId};
use crate::source::{Sources, Span};

pub const LINT: Lint = Lint { code: Code::UnusedTerm, scope: Scope::Everything, check };

fn check(context: &Context<'_>, diagnostics: &mut Diagnostics) {
    let mut first: FxHashMap<Spelling, Span> = FxHashMap::default();
    for (spelling, place) in context.wording.files().flat_map(|found| &found.terms) {
        first.entry(*spelling).or_insert(*place);
    }
    let terms = &context.model.terms;
    let is_missing = |id: &TermId| !first.contains_key(&(*id, 0)) && !context.is_used(*id);
    for id in terms.ids().filter(is_missing) {
        let finding = context.unused(LINT.code, id, "use");
        let avoided = (1..=terms[id].avoid.len()).filter_map(|at| first.get(&(id, at)));
        let finding = match avoided.min() {
            Some(span) => finding.text("avoided", context.sources.text(*span)).label(*span, "avoided"),
            None => finding,
        };
        finding.push_to(diagnostics);
    }
}

/// A term and one of its spellings, the right one first.
pub type Spelling = (TermId, usize);

/// Searches for all spellings at once (Aho and Corasick).
pub struct Search {
    spellings: Vec<Spelling>,
    /// None where there are too many.
    automaton: Option<AhoCorasick>,
}

impl Search {
    pub fn new(model: &Model, sources: &Sources) -> Self {
        let all = model.terms.enumerate().flat_map(|(id, term)| term.spellings().enumerate().map(move |it| (id, it)));
        let (spellings, texts): (Vec<Spelling>, Vec<&str>) =
            all.map(|(id, (at, span))| ((id, at), sources.text(span))).unzip();
        Self { spellings, automaton: AhoCorasick::new(texts).ok() }
    }

    /// Notes the first place of each spelling outside the declaration of its term.
    pub fn read(&self, node: Node, line: Span, sources: &Sources, found: &mut FxHashMap<Spelling, Span>) {
        let Some(automaton) = &self.automaton else { return };
        for hit in automaton.find_overlapping_iter(sources.text(line)) {
            let Some(spelling) = self.spellings.get(hit.pattern().as_usize()) else { continue };
            if node != Node::Term(spelling.0) {
                found.entry(*spelling).or_insert_with(|| within(line, hit.start(), hit.end()));
            }
        }
    }
}

/// The lines of a text, title, label or message.
pub fn lines<'a>(part: &'a Part<'_>) -> &'a [Span] {
    match part {
        Part::Title(prose) | Part::Prose(prose) => &prose.lines,
        Part::Words(span) => std::slice::from_ref(span),
        Part::References(_) | Part::Condition(_) | Part::Do(..) | Part::Contact(..) => &[],
    }
}
