//! Every input parses: random and mutated text gives a tree and findings whose places lie in the text.

use faqc::ast::File;
use faqc::diag::{Diagnostic, Diagnostics};
use faqc::parse::parse_file;
use faqc::source::{Sources, Span};
use proptest::prelude::*;

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

/// Pieces of the language, of its look-alikes and of its enemies.
fn piece() -> impl Strategy<Value = String> {
    let fixed = prop::sample::select(vec![
        "entry",
        "項目",
        "symptom",
        "事象",
        "fact",
        "事実",
        "action",
        "対応策",
        "when",
        "場合",
        "条件",
        "else",
        "それ以外",
        "check",
        "確認",
        "表示",
        "message",
        "finds",
        "sets",
        "then",
        "次",
        "table",
        "text",
        "test",
        "given",
        "expect",
        "derive",
        "define",
        "assume",
        "document",
        "section",
        "章",
        "link",
        "contact",
        "連絡先",
        "連絡",
        "term",
        "one of",
        "yes/no",
        "はい/いいえ",
        "number",
        "version",
        "date",
        "any of",
        "いずれか",
        "x",
        "abc-def",
        "証明書",
        "「",
        "」",
        "\"",
        "{",
        "}",
        "｛",
        "｝",
        "(",
        ")",
        "（",
        "）",
        ":",
        "：",
        ",",
        "、",
        "=",
        "＝",
        "≠",
        "<=",
        "≧",
        "以上",
        "未満",
        "..",
        "..<",
        "〜",
        ">",
        "＞",
        "・",
        "※",
        "！",
        "|",
        "｜",
        "①",
        "②",
        "1.",
        "2)",
        "#",
        "＃",
        "```",
        "｀｀｀",
        "[→",
        "[@",
        "]",
        "No.6",
        "No９－12",
        "\\No.3",
        "№7",
        "[→No.9：a]",
        "2026-02-30",
        "2023年6月29日",
        "today + 3 days",
        "22.04.x",
        "6.0",
        "3件",
        "１２",
        "64bit",
        "http://x/",
        "–",
        "not",
        "でない",
        "かつ",
        "または",
        "implies",
        "and",
        "or",
        "%",
        "60%",
        "5分",
        "\u{3000}",
        "\t",
        " ",
        "\n",
        "\r\n",
        "\n\n",
        "👩‍💻",
        "が",
        "か\u{3099}",
        "\u{feff}",
        "\0",
        "…",
        "99999999999999999999",
        "No.4294967296",
        "/",
        "／",
        "is not",
        "has",
        "in {",
    ]);
    prop_oneof![8 => fixed.prop_map(str::to_owned), 1 => "\\PC{0,6}", 1 => any::<char>().prop_map(String::from)]
}

fn soup() -> impl Strategy<Value = String> {
    prop::collection::vec((piece(), prop::bool::weighted(0.6)), 0..60)
        .prop_map(|pieces| pieces.into_iter().map(|(piece, space)| if space { piece + " " } else { piece }).collect())
}

const SAMPLE: &str = include_str!("parse/sample.faq");

/// The sample with stretches cut out, doubled, swapped or replaced.
fn mutated() -> impl Strategy<Value = String> {
    let change = (any::<prop::sample::Index>(), 0..40_usize, 0..4_u8, piece());
    prop::collection::vec(change, 1..8)
        .prop_map(|changes| {
            changes.into_iter().fold(SAMPLE.chars().collect::<Vec<char>>(), |mut text, (at, length, kind, piece)| {
                let start = at.index(text.len() + 1);
                let end = (start + length).min(text.len());
                let cut: Vec<char> = text.get(start..end).map(<[char]>::to_vec).unwrap_or_default();
                match kind {
                    0 => drop(text.drain(start..end)),
                    1 => drop(text.splice(start..start, cut)),
                    2 => drop(text.splice(start..end, piece.chars())),
                    _ => drop(text.splice(start..start, piece.chars())),
                }
                text
            })
        })
        .prop_map(|text| text.into_iter().collect())
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
