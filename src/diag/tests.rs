//! Holds registry, catalogue, pages and fixtures against each other.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use super::catalogue::places;
use super::{Arg, Code, Diagnostic, catalogue, first_findings};
use crate::language::Language;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

#[test]
fn codes_are_unique_and_well_formed() {
    let ids: BTreeSet<_> = Code::ALL.iter().map(|code| code.id()).collect();
    let names: BTreeSet<_> = Code::ALL.iter().map(|code| code.name()).collect();
    assert_eq!((ids.len(), names.len()), (Code::ALL.len(), Code::ALL.len()));
    for code in Code::ALL {
        let digits = code.id().strip_prefix('F').unwrap_or_default();
        assert!(digits.len() == 4 && digits.bytes().all(|b| b.is_ascii_digit()), "{}", code.id());
        assert!(
            code.name().bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-'),
            "{}",
            code.name()
        );
    }
}

#[test]
fn every_code_has_texts_and_every_text_a_code() {
    let written: BTreeSet<&str> = catalogue().codes.keys().map(String::as_str).collect();
    let registered: BTreeSet<&str> = Code::ALL.iter().map(|code| code.id()).collect();
    assert_eq!(written, registered);
}

#[test]
fn both_languages_have_the_same_keys_and_places() {
    for (code, texts) in &catalogue().codes {
        assert!(texts.ja.contains_key("message"), "{code} has no message");
        assert_eq!(texts.ja.keys().collect::<Vec<_>>(), texts.en.keys().collect::<Vec<_>>(), "keys of {code}");
        for (key, ja) in &texts.ja {
            assert_eq!(place_set(ja), place_set(&texts.en[key]), "places of {code}.{key}");
        }
    }
    for (key, word) in &catalogue().words {
        assert_eq!(place_set(&word.ja), place_set(&word.en), "places of the word {key}");
    }
}

fn place_set(template: &str) -> BTreeSet<&str> {
    places(template).into_iter().collect()
}

#[test]
fn texts_keep_the_house_rules() {
    for (code, texts) in &catalogue().codes {
        for text in texts.ja.values().chain(texts.en.values()) {
            assert!(!text.ends_with(['。', '.']) || text.ends_with("..."), "{code} ends with a full stop: {text}");
            assert!(!text.trim().is_empty() && !text.contains('\n'), "{code} is not one line: {text}");
        }
    }
}

#[test]
fn every_word_is_used() {
    let code = sources(&root().join("src"));
    let orphans: Vec<_> = catalogue().words.keys().filter(|word| !code.contains(&format!("\"{word}\""))).collect();
    assert!(orphans.is_empty(), "nobody uses {orphans:?}");
}

/// Every key of a code but `message` is named somewhere, or nobody could ever see it.
#[test]
fn every_key_is_used() {
    let code = sources(&root().join("src"));
    for (id, texts) in &catalogue().codes {
        let orphans: Vec<_> =
            texts.ja.keys().filter(|key| *key != "message" && !code.contains(&format!("\"{key}\""))).collect();
        assert!(orphans.is_empty(), "nobody uses {orphans:?} of {id}");
    }
}

fn sources(folder: &Path) -> String {
    let mut text = String::new();
    for entry in fs::read_dir(folder).expect("src is there").filter_map(Result::ok) {
        let path = entry.path();
        if path.is_dir() {
            text.push_str(&sources(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            text.push_str(&fs::read_to_string(&path).expect("our sources are UTF-8"));
        }
    }
    text
}

#[test]
fn every_code_has_a_page_and_fixtures() {
    let codes: BTreeSet<String> = Code::ALL.iter().map(|code| code.id().to_owned()).collect();
    let pages = names_in(&root().join("docs/errors"), ".md");
    assert_eq!(pages, codes, "pages in docs/errors");
    // What keeps a command from running is tested with the command line.
    let compiled: BTreeSet<String> = codes.into_iter().filter(|code| !code.starts_with("F09")).collect();
    assert_eq!(names_in(&root().join("tests/diagnostics"), ""), compiled, "folders in tests/diagnostics");
}

#[test]
fn pages_have_a_title_and_two_halves() {
    for code in Code::ALL {
        let page = code.page();
        assert!(page.starts_with(&format!("# {} {}\n", code.id(), code.name())), "title of {}", code.id());
        assert_eq!(page.matches("\n## 日本語\n").count(), 1, "{}", code.id());
        assert_eq!(page.matches("\n## English\n").count(), 1, "{}", code.id());
    }
}

/// Names that begin like a code, without the ending.
fn names_in(folder: &Path, ending: &str) -> BTreeSet<String> {
    let entries = fs::read_dir(folder).map(|entries| entries.filter_map(Result::ok).map(|entry| entry.path()));
    let paths: Vec<PathBuf> = entries.map(Iterator::collect).unwrap_or_default();
    let names = paths.iter().filter_map(|path| path.file_name()?.to_str()?.strip_suffix(ending));
    names.filter(|name| name.starts_with('F')).map(str::to_owned).collect()
}

#[test]
fn templates_keep_braces_that_are_no_places() {
    assert_eq!(places("「{」で閉じて {name} と {a b} と {other-name}"), ["name", "other-name"]);
}

#[test]
fn a_message_stays_on_one_line() {
    let args = [("name", Arg::Text(format!("a\nb\u{202E}{}", "あ".repeat(500)))), ("kind", Arg::Word("entry"))];
    let text = catalogue().render(Code::UnknownName, "message", &args, Language::Japanese).expect("there is a message");
    assert!(text.starts_with("項目「a b\u{FFFD}あ") && text.contains('…') && text.chars().count() < 200, "{text}");
}

#[test]
fn a_page_is_shown_in_the_reader_s_language_alone() {
    let japanese = super::explain(Code::OtherEncoding, Language::Japanese);
    let english = super::explain(Code::OtherEncoding, Language::English);
    assert!(japanese.starts_with("# F0002 other-encoding\n\n`.faq` ファイル") && !japanese.contains("Notepad"));
    assert!(english.starts_with("# F0002 other-encoding\n\n`.faq` files") && !english.contains("メモ帳"));
}

#[test]
fn of_many_findings_the_errors_come_first() {
    let codes = [Code::UnusedFact, Code::NotUtf8, Code::SpellingVariants, Code::OtherEncoding];
    let findings = codes.map(Diagnostic::general);
    let first = |most| first_findings(&findings, most).iter().map(|it| it.code).collect::<Vec<_>>();
    assert_eq!(first(3), [Code::NotUtf8, Code::OtherEncoding, Code::UnusedFact]);
    assert_eq!(first(9), codes);
}
