//! The terminal's format.

use faqc::diag::{Code, Diagnostic, Format, render, render_human};
use faqc::language::Language;

use super::{Marked, unknown};

fn shown(marked: &Marked, findings: &[Diagnostic], language: Language) -> String {
    render(Format::Human, findings, marked.scene(language))
}

/// One unknown name per marked place, in Japanese.
fn carets(text: &str) -> String {
    let marked = Marked::new("送信.faq", text);
    let findings: Vec<_> =
        marked.spans.iter().map(|span| unknown(*span, marked.sources.text(*span), "送信失敗")).collect();
    shown(&marked, &findings, Language::Japanese)
}

#[test]
fn carets_stand_under_full_width_text() {
    insta::assert_snapshot!(carets("項目 a データを送信できない {\n  事象　[[送信できない]]、[[受信]]\n}\n"));
}

#[test]
fn carets_stand_under_half_width_katakana_and_ascii_after_them() {
    insta::assert_snapshot!(carets("事象 ｿｳｼﾝ[[abc]]、[[ｼﾞｭｼﾝ]] # 半角カナ\n"));
}

#[test]
fn carets_stand_right_after_tabs() {
    insta::assert_snapshot!(carets("\t事象\t[[送信]]\tと\t[[x]]\n"));
}

#[test]
fn carets_stand_under_emoji() {
    insta::assert_snapshot!(carets("事象 😀[[送信]]🎉 [[📠]]\n"));
}

#[test]
fn a_caret_shows_an_empty_place_and_the_end_of_the_file() {
    insta::assert_snapshot!(carets("事象 送信[[]]\r\n条件 電源[[]]"));
}

#[test]
fn lines_with_windows_ends_are_shown_like_others() {
    insta::assert_snapshot!(carets("項目 a 題 {\r\n  事象 [[送信]]\r\n}\r\n"));
}

#[test]
fn control_characters_do_not_reach_the_terminal() {
    let text = carets("事象 \u{1b}[31m赤 \u{202E}逆 \u{200B}[[送\u{7}信]]\n");
    assert!(!text.chars().any(|c| c != '\n' && (c.is_control() || c == '\u{202E}')), "{text:?}");
    insta::assert_snapshot!(text);
}

#[test]
fn a_very_long_line_is_named_and_not_shown() {
    let text = carets(&format!("事象 {} [[送信]]\n", "あ".repeat(3000)));
    assert!(text.len() < 500);
    insta::assert_snapshot!(text);
}

#[test]
fn two_places_in_two_files_are_both_shown() {
    let mut marked = Marked::new("送信.faq", "項目 a 題 {\n  事象 [[送信]]\n}\n");
    marked.add("事象.faq", "# 事象\n事象 [[送信失敗]] \"送信できない\"\n");
    let finding = unknown(marked.spans[0], "送信", "送信失敗").label(marked.spans[1], "did-you-mean");
    insta::assert_snapshot!(shown(&marked, std::slice::from_ref(&finding), Language::Japanese));
    insta::assert_snapshot!(shown(&marked, &[finding], Language::English));
}

#[test]
fn a_finding_without_a_place_is_shown_and_all_are_counted() {
    let marked = Marked::new("a.faq", "事象 [[x]]\n");
    let findings = [
        unknown(marked.spans[0], "x", "y"),
        Diagnostic::general(Code::NoEntries).help("write-one"),
        Diagnostic::general(Code::NoEntries),
    ];
    insta::assert_snapshot!(shown(&marked, &findings, Language::Japanese));
    insta::assert_snapshot!(shown(&marked, &findings, Language::English));
}

#[test]
fn a_fix_shows_its_new_text_where_its_title_does_not() {
    let marked = Marked::new("faq.toml", "title = [[題名]]\n");
    let span = marked.spans[0];
    let finding = Diagnostic::at(Code::ConfigValue, span).text("key", "title").word("expected", "a-text");
    let finding = finding.fix("quote", span, "\"題名\"");
    insta::assert_snapshot!(shown(&marked, &[finding], Language::English));
}

#[test]
fn no_findings_are_no_text() {
    let marked = Marked::new("a.faq", "");
    assert_eq!(shown(&marked, &[], Language::Japanese), "");
}

#[test]
fn colours_are_there_on_request() {
    let marked = Marked::new("a.faq", "事象 [[x]]\n");
    let findings = [unknown(marked.spans[0], "x", "y")];
    assert!(render_human(&findings, marked.scene(Language::English), true).contains('\u{1b}'));
    assert!(!render_human(&findings, marked.scene(Language::English), false).contains('\u{1b}'));
}
