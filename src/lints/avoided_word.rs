//! `avoided-word`: a text that says a word which a term avoids, or a rule of a `prh.yml`. All texts are searched for all spellings at once (Aho and
//! Corasick); a right form that holds an avoided one is found first, being longer.

use aho_corasick::{AhoCorasick, MatchKind};

use super::text::{Stretch, within};
use super::{Context, Lint, Scope};
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::graph::Node;
use crate::model::{Model, TermId};
use crate::prh::Rule;
use crate::source::{Sources, Span};

pub const LINT: Lint = Lint { code: Code::AvoidedWord, scope: Scope::Entry, check };

fn check(context: &Context<'_>, diagnostics: &mut Diagnostics) {
    context.wording.files().flat_map(|file| &file.avoided).for_each(|finding| diagnostics.push(finding.clone()));
}

/// All spellings to look for.
pub struct Search<'a> {
    model: &'a Model,
    sources: &'a Sources,
    rules: &'a [Rule],
    spellings: Vec<(Option<TermId>, &'a str)>,
    /// `None` when no term avoids any.
    terms: Option<AhoCorasick>,
}

impl<'a> Search<'a> {
    /// Those that terms avoid, and what a `prh.yml` says.
    pub fn new(model: &'a Model, sources: &'a Sources, rules: &'a [Rule]) -> Self {
        let terms = &model.terms;
        let text = |span| sources.text(span);
        let avoided = terms.enumerate().flat_map(|(id, term)| term.avoid.iter().map(move |it| (Some(id), text(*it))));
        let right = terms.iter().map(|term| (None, text(term.name)));
        let spellings: Vec<(Option<TermId>, &str)> =
            avoided.chain(right).filter(|(_, spelling)| !spelling.trim().is_empty()).collect();
        let mut terms = None;
        if spellings.iter().any(|(id, _)| id.is_some()) {
            let all = spellings.iter().map(|(_, spelling)| spelling);
            terms = AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(all).ok();
        }
        Self { model, sources, rules, spellings, terms }
    }
}

/// What one stretch says.
pub fn find(stretch: Stretch, text: &str, search: &Search<'_>, found: &mut Vec<Diagnostic>) {
    for hit in search.terms.iter().flat_map(|terms| terms.find_iter(text)) {
        let Some((Some(id), spelling)) = search.spellings.get(hit.pattern().as_usize()) else { continue };
        if stretch.node == Node::Term(*id) || !is_word(text, hit.start(), hit.end()) {
            continue;
        }
        let (term, span) = (&search.model.terms[*id], within(stretch.span, hit.start(), hit.end()));
        found.push(finding(span, spelling, search.sources.text(term.name)).label(term.name, "declared"));
    }
    for rule in search.rules {
        for hit in rule.hits(text) {
            let span = within(stretch.span, hit.start, hit.end);
            let finding = finding(span, text.get(hit.start..hit.end).unwrap_or(""), &hit.expected);
            found.push(match &rule.reason {
                Some(reason) => finding.text("reason", reason).help("because"),
                None => finding,
            });
        }
    }
}

/// Where one of the two ends in an inflection and the other does not, as a verb and a noun, the sentence around has to change as well, and
/// a person does that.
fn finding(span: Span, avoided: &str, right: &str) -> Diagnostic {
    let finding = Diagnostic::at(LINT.code, span).text("avoided", avoided).text("name", right);
    match is_inflected(avoided) == is_inflected(right) {
        true => finding.fix("replace", span, right),
        false => finding.suggest("replace", span, right),
    }
}

fn is_inflected(word: &str) -> bool {
    word.chars().next_back().is_some_and(|c| matches!(c, 'ぁ'..='ゖ'))
}

/// Whether a hit is no part of a longer word in letters or in katakana.
fn is_word(text: &str, start: usize, end: usize) -> bool {
    let (before, hit, after) =
        (text.get(..start).unwrap_or(""), text.get(start..end).unwrap_or(""), text.get(end..).unwrap_or(""));
    let joins = |a: Option<char>, b: Option<char>| match (a, b) {
        (Some(a), Some(b)) => {
            a.is_ascii_alphanumeric() && b.is_ascii_alphanumeric() || is_katakana(a) && is_katakana(b)
        }
        _ => false,
    };
    !joins(before.chars().next_back(), hit.chars().next()) && !joins(hit.chars().next_back(), after.chars().next())
}

pub fn is_katakana(c: char) -> bool {
    matches!(c, 'ァ'..='ヺ' | 'ー')
}
