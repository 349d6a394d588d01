//! `faqc check`: formats, languages, levels, exit codes.

use std::io::Read;
use std::process::Stdio;

use super::{faqc, folder, ran, run, sound};

const UNTITLED: &[(&str, &[u8])] = &[("faq.toml", b"titel = \"x\"\n"), ("a.faq", b"# nothing\n")];

#[test]
fn a_sound_knowledge_base_is_said_to_be_sound() {
    let (_folder, kb) = sound();
    let checked = run(&kb, &["check", "--deny", "warnings"]);
    assert_eq!((checked.code, checked.out.as_str()), (0, ""));
    assert_eq!(checked.err, "entries checked: 4; nothing is wrong\n");
    let short = run(&kb, &["check", "--format", "short"]);
    assert_eq!((short.code, short.out.as_str(), short.err.as_str()), (0, "", ""));
}

#[test]
fn an_error_is_exit_code_1_and_on_standard_output() {
    let kb = folder(UNTITLED);
    let checked = run(kb.path(), &["check"]);
    assert_eq!((checked.code, checked.err.as_str()), (1, ""));
    assert!(checked.out.contains("error[F0004]") && checked.out.contains("did you mean `title`?"), "{}", checked.out);
    assert!(!checked.out.contains('\u{1b}'), "colours are for terminals");
}

#[test]
fn paths_lead_from_here_to_the_file() {
    let kb = folder(&[("知識/kb/faq.toml", b"titel = 1")]);
    for (folder, path) in [(kb.path(), "知識/kb"), (kb.path(), "./知識/kb/"), (kb.path(), "知識/kb/faq.toml")] {
        let checked = run(folder, &["check", path, "--format", "short"]);
        assert!(checked.out.starts_with("知識/kb/faq.toml:1:1: error[F0004]: "), "{}", checked.out);
    }
    let inside = run(&kb.path().join("知識/kb"), &["check", "--format", "short"]);
    assert!(inside.out.starts_with("faq.toml:1:1: "), "{}", inside.out);
}

#[test]
fn every_format_shows_the_finding() {
    let kb = folder(UNTITLED);
    for format in ["human", "short", "json", "sarif", "github"] {
        let checked = run(kb.path(), &["check", "--format", format]);
        assert_eq!(checked.code, 1, "{format}");
        assert!(checked.out.contains("F0004"), "{format}: {}", checked.out);
        if matches!(format, "json" | "sarif") {
            serde_json::from_str::<serde_json::Value>(&checked.out).expect("one JSON document");
        }
    }
}

#[test]
fn formats_for_tools_are_documents_without_findings_too() {
    let (_folder, kb) = sound();
    for format in ["json", "sarif"] {
        let checked = run(&kb, &["check", "--format", format]);
        serde_json::from_str::<serde_json::Value>(&checked.out).expect("one JSON document");
    }
}

#[test]
fn the_language_is_the_flag_then_the_locale() {
    let kb = folder(UNTITLED);
    let language = |variables: &[(&str, &str)], arguments: &[&str]| {
        let mut command = faqc(kb.path());
        let command = command.args(["check", "--format", "short"]).args(arguments);
        let out = ran(command.envs(variables.iter().copied()).output().expect("starts")).out;
        if out.contains("設定はありません") { "ja" } else { "en" }
    };
    assert_eq!(language(&[], &[]), "en");
    assert_eq!(language(&[("LANG", "ja_JP.UTF-8")], &[]), "ja");
    assert_eq!(language(&[("LANG", "de_DE.UTF-8")], &[]), "en");
    assert_eq!(language(&[("LANG", "en_US.UTF-8"), ("LC_ALL", "ja_JP.UTF-8")], &[]), "ja");
    assert_eq!(language(&[("LANG", "ja_JP.UTF-8")], &["--lang", "en"]), "en");
    assert_eq!(language(&[("LANG", "C")], &["--lang", "ja"]), "ja");
}

#[test]
fn levels_come_from_faq_toml_and_the_command_line_goes_before() {
    let empty = |lints: &str| folder(&[("faq.toml", format!("title = \"x\"\n{lints}").as_bytes())]);
    let plain = empty("");
    assert_eq!(run(plain.path(), &["check"]).code, 0);
    assert!(run(plain.path(), &["check"]).out.contains("warning[F0006]"));
    assert_eq!(run(plain.path(), &["check", "--deny", "warnings"]).code, 1);
    assert_eq!(run(plain.path(), &["check", "--deny", "no-entries"]).code, 1);
    assert_eq!(run(plain.path(), &["check", "--deny", "F0006"]).code, 1);
    assert_eq!(run(plain.path(), &["check", "--allow", "no-entries", "--deny", "warnings"]).out, "");
    let denied = empty("[lints]\nno-entries = \"deny\"\n");
    assert_eq!(run(denied.path(), &["check"]).code, 1);
    assert_eq!(run(denied.path(), &["check", "--warn", "no-entries"]).code, 0);
    let strict = empty("[lints]\nwarnings = \"deny\"\n");
    assert_eq!(run(strict.path(), &["check"]).code, 1);
    assert_eq!(run(strict.path(), &["check", "--warn", "warnings"]).code, 0);
}

#[test]
fn errors_cannot_be_allowed_and_lints_must_exist() {
    let (_folder, kb) = sound();
    let weakened = run(&kb, &["check", "--allow", "unknown-name"]);
    assert_eq!(weakened.code, 2);
    assert!(weakened.err.contains("F0010"), "{}", weakened.err);
    let unknown = run(&kb, &["check", "--deny", "no-entrys"]);
    assert_eq!(unknown.code, 2);
    assert!(unknown.err.contains("did you mean `no-entries`?"), "{}", unknown.err);
}

#[test]
fn every_mistake_in_faq_toml_is_told_with_its_place() {
    let text = "title = 題名\n";
    let kb = folder(&[("faq.toml", text.as_bytes())]);
    insta::assert_snapshot!("syntax", run(kb.path(), &["check", "--lang", "ja"]).out);
    let text = "title = 3\nlanguage = \"jp\"\nupdated = \"2023-06-29\"\nversion = 1.2\ndefault_contact = \"x\"\ncolour = 1\n\
                [lints]\nunknown-name = \"allow\"\nno-entry = \"warn\"\nno-entries = \"denied\"\n";
    let kb = folder(&[("faq.toml", text.as_bytes())]);
    insta::assert_snapshot!("values", run(kb.path(), &["check", "--lang", "ja"]).out);
    let kb = folder(&[("faq.toml", "title ＝ \"x\"\nupdated = 2023-02-30\n".as_bytes())]);
    insta::assert_snapshot!("signs", run(kb.path(), &["check"]).out);
    let kb = folder(&[("faq.toml", b"title = \"\"\nlints = 1\n")]);
    insta::assert_snapshot!("empty", run(kb.path(), &["check"]).out);
}

#[test]
fn a_reader_that_goes_away_is_no_failure() {
    let text = "x = 1\n".replace('x', &"x".repeat(50));
    let many: String = (0..5000).map(|n| format!("k{n}{text}")).collect();
    let kb = folder(&[("faq.toml", many.as_bytes())]);
    let mut child = faqc(kb.path())
        .args(["check", "--format", "short"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("starts");
    let mut first = [0; 10];
    child.stdout.take().expect("piped").read_exact(&mut first).expect("there is output");
    let ended = ran(child.wait_with_output().expect("ends"));
    assert_eq!((ended.code, ended.err.as_str()), (1, ""));
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_told() {
    let kb = folder(UNTITLED);
    let full = std::fs::OpenOptions::new().write(true).open("/dev/full").expect("Linux has it");
    let ended = ran(faqc(kb.path()).arg("check").stdout(full).output().expect("starts"));
    assert_eq!(ended.code, 2);
    assert!(ended.err.contains("cannot write `stdout` (the disk is full)"), "{}", ended.err);
}

#[test]
fn files_that_were_meant_to_be_read_are_named() {
    let entry = "項目 a A {\n  事象 「x」\n  対応策 { ＞ y }\n  連絡 c\n}\n連絡先 c \"C\"\n".as_bytes();
    let files = [
        ("faq.toml", "title = \"x\"\n".as_bytes()),
        ("a.faq", entry),
        ("送信/b.faq.txt", entry),
        ("送信/c.faq.txt", b"\xff"),
        ("送信/ｄ.ｆａｑ", entry),
    ];
    let passed_over = [("e.faq.bak", entry), (".f.faq.txt", entry), ("g.txt", entry), ("h.ｆａｑ/i.txt", entry)];
    let kb = folder(&[files.as_slice(), passed_over.as_slice()].concat());
    let checked = run(kb.path(), &["check", "--format", "short"]);
    let lines: Vec<&str> = checked.out.lines().collect();
    let expected = [
        "送信/b.faq.txt:1:1: warning[F0011]: the file `b.faq.txt` is not read",
        "送信/c.faq.txt:1:1: warning[F0011]: the file `c.faq.txt` is not read",
        "送信/ｄ.ｆａｑ:1:1: warning[F0011]: the file `ｄ.ｆａｑ` is not read",
    ];
    assert_eq!((checked.code, lines.as_slice()), (0, expected.as_slice()));
    assert_eq!(run(kb.path(), &["check", "--allow", "ignored-file"]).out, "");
    assert_eq!(run(kb.path(), &["check", "--fix", "--deny", "warnings"]).code, 1);
    let built = run(kb.path(), &["build", "--out", "out", "--lang", "ja"]);
    assert!(built.code == 0 && built.err.contains("名前を「c.faq」に変えます"), "{}", built.err);
}
