//! Every input parses: random and mutated text gives a tree and findings whose places lie in the text.

#[path = "support/soup.rs"]
mod soup;

use faqc::ast::File;
use faqc::diag::{Diagnostic, Diagnostics};
use faqc::parse::parse_file;
use faqc::source::{Sources, Span};
use proptest::prelude::*;
use soup::{SAMPLE, mutated, soup};

fn parse(text: &str) -> (Sources, File, Vec<Diagnostic>) {
    let mut sources = Sources::default();
    let id = sources.add("test.faq", text);
    let mut diagnostics = Diagnostics::default();
    let file = parse_file(id, &sources, &mut diagnostics);
    (sources, file, diagnostics.into_vec())
}

fn assert_places_lie_in(text: &str, diagnostics: &[Diagnostic]) {
    let holds = |span: Span| text.get(span.range()).is_some();
    for diagnostic in diagnostics {
        assert!(diagnostic.span.is_none_or(holds), "{diagnostic:?} in {text:?}");
        assert!(diagnostic.labels.iter().all(|label| holds(label.span)), "{diagnostic:?} in {text:?}");
        let mut edits = diagnostic.fixes.iter().flat_map(|fix| &fix.edits);
        assert!(edits.all(|edit| holds(edit.span)), "{diagnostic:?} in {text:?}");
    }
}

proptest! {
    #[test]
    fn any_soup_of_the_languages_pieces_parses(text in soup()) {
        let (_, _, diagnostics) = parse(&text);
        assert_places_lie_in(&text, &diagnostics);
    }

    #[test]
    fn a_mutated_knowledge_base_parses(text in mutated()) {
        let (_, _, diagnostics) = parse(&text);
        assert_places_lie_in(&text, &diagnostics);
    }

    #[test]
    fn any_text_parses(text in "\\PC*") {
        let (_, _, diagnostics) = parse(&text);
        assert_places_lie_in(&text, &diagnostics);
    }
}

#[test]
fn the_sample_has_no_findings() {
    let (_, file, diagnostics) = parse(SAMPLE);
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
    assert_eq!(file.items.len(), 21);
}

#[test]
fn a_condition_goes_on_after_days_from_today() {
    for days in ["today - 3", "今日 － 3日", "today + 3 days", "today"] {
        let (_, _, findings) = parse(&format!("define recent when bought >= {days} and own\n"));
        assert!(findings.is_empty(), "{days}: {findings:?}");
    }
}

#[test]
fn no_entry_is_lost_in_a_file_full_of_marks() {
    let entry = |n| format!("entry e{n} What a day! Is it not ({{\n！ 注意\n> not (this\n}}\n");
    let text: String = (0..1000).map(entry).collect();
    assert_eq!(parse(&text).1.items.len(), 1000);
}

#[test]
fn deep_nesting_is_refused_and_not_run_into() {
    for open in ["(", "「", "not ", "!", "（", "["] {
        let text = format!("assume {}x\n", open.repeat(100_000));
        let (_, _, diagnostics) = parse(&text);
        assert_places_lie_in(&text, &diagnostics);
    }
    let text = "entry a \"A\" {\naction {\n".to_owned() + &"when x {\n".repeat(100_000);
    let (_, _, diagnostics) = parse(&text);
    assert!(diagnostics.len() < 20, "{}", diagnostics.len());
}

#[test]
fn twenty_mistakes_give_about_twenty_findings() {
    let (_, file, diagnostics) = parse(include_str!("parse/twenty_mistakes.faq"));
    let lines: std::collections::BTreeSet<_> =
        diagnostics.iter().filter_map(|finding| Some(finding.span?.start)).collect();
    assert!((18..=24).contains(&diagnostics.len()), "{}: {diagnostics:#?}", diagnostics.len());
    assert!(lines.len() >= 18, "each mistake is its own place");
    assert!(file.items.len() >= 12, "the other declarations are kept");
}
