//! `avoided-word`: a text that says a word which a term avoids, or a rule of a `prh.yml`. All texts are searched for all spellings at once (Aho and
//! Corasick); a right form that holds an avoided one is found first, being longer.

use aho_corasick::{AhoCorasick, MatchKind};

use super::text::{Stretch, visit_stretches, within};
use super::{Context, Lint, Scope};
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::graph::Node;
use crate::model::TermId;
use crate::source::Span;

pub const LINT: Lint = Lint { code: Code::AvoidedWord, scope: Scope::Entry, check };

fn check(context: &Context<'_>, diagnostics: &mut Diagnostics) {
    check_terms(context, diagnostics);
    if !context.words.is_empty() {
        visit_stretches(context, &mut |stretch, text| check_rules(context, stretch, text, diagnostics));
    }
}

/// What the rules of a `prh.yml` find.
fn check_rules(context: &Context<'_>, stretch: Stretch, text: &str, diagnostics: &mut Diagnostics) {
    for rule in context.words {
        for hit in rule.hits(text) {
            let span = within(stretch.span, hit.start, hit.end);
            let finding = finding(span, text.get(hit.start..hit.end).unwrap_or(""), &hit.expected);
            let finding = match &rule.reason {
                Some(reason) => finding.text("reason", reason).help("because"),
                None => finding,
            };
            finding.push_to(diagnostics);
        }
    }
}

fn check_terms(context: &Context<'_>, diagnostics: &mut Diagnostics) {
    let terms = &context.model.terms;
    let text = |span| context.sources.text(span);
    let avoided = terms.enumerate().flat_map(|(id, term)| term.avoid.iter().map(move |span| (Some(id), text(*span))));
    let right = terms.iter().map(|term| (None, text(term.name)));
    let spellings: Vec<(Option<TermId>, &str)> =
        avoided.chain(right).filter(|(_, spelling)| !spelling.trim().is_empty()).collect();
    if spellings.iter().all(|(id, _)| id.is_none()) {
        return;
    }
    let builder =
        AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(spellings.iter().map(|(_, it)| it));
    let Ok(search) = builder else { return };
    visit_stretches(context, &mut |stretch, text| {
        for hit in search.find_iter(text) {
            let Some((Some(id), spelling)) = spellings.get(hit.pattern().as_usize()) else { continue };
            if stretch.node == Node::Term(*id) || !is_word(text, hit.start(), hit.end()) {
                continue;
            }
            let (term, span) = (&terms[*id], within(stretch.span, hit.start(), hit.end()));
            let name = context.sources.text(term.name);
            finding(span, spelling, name).label(term.name, "declared").push_to(diagnostics);
        }
    });
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
