//! `faqc fmt`: which files are written, what is shown, and the exit codes.

use std::fs;
use std::io::Write as _;
use std::process::Stdio;

use super::{faqc, folder, ran, run};

const UNTIDY: &str = "entry a \"A\" {\nnumber １\n  symptom   x\n}\n";
const TIDY: &str = "entry a \"A\" {\n  number  1\n  symptom x\n}\n";

#[test]
fn files_are_laid_out_where_they_are() {
    let kb = folder(&[("faq.toml", b"title='x'\n"), ("a.faq", UNTIDY.as_bytes()), ("b/c.faq", TIDY.as_bytes())]);
    let done = run(kb.path(), &["fmt"]);
    assert_eq!((done.code, done.out.as_str(), done.err.as_str()), (0, "", "laid out a.faq\n"));
    assert_eq!(fs::read_to_string(kb.path().join("a.faq")).expect("still there"), TIDY);
    assert_eq!(fs::read_to_string(kb.path().join("faq.toml")).expect("still there"), "title='x'\n");
    assert_eq!(fs::read_dir(kb.path()).expect("readable").count(), 3, "nothing is left beside the files");
    assert_eq!(run(kb.path(), &["fmt"]).err, "");
}

#[test]
fn a_check_writes_nothing_and_shows_the_difference() {
    let kb = folder(&[("faq.toml", b"title='x'\n"), ("a.faq", UNTIDY.as_bytes()), ("c.faq", TIDY.as_bytes())]);
    let checked = run(kb.path(), &["fmt", "--check"]);
    assert_eq!((checked.code, checked.err.as_str()), (1, "a.faq is not laid out\n"));
    let expected = "--- a.faq\n+++ a.faq\n@@ -1,4 +1,4 @@\n entry a \"A\" {\n-number １\n-  symptom   x\n+  number  1\n+  symptom x\n }\n";
    assert_eq!(checked.out, expected);
    assert_eq!(fs::read_to_string(kb.path().join("a.faq")).expect("still there"), UNTIDY);
    assert_eq!(run(kb.path(), &["fmt", "--check", "c.faq"]).code, 0);
}

#[test]
fn line_ends_and_the_byte_order_mark_are_kept() {
    let text = format!("\u{feff}{}", UNTIDY.replace('\n', "\r\n"));
    let kb = folder(&[("a.faq", text.as_bytes())]);
    assert_eq!(run(kb.path(), &["fmt", "a.faq"]).code, 0);
    let expected = format!("\u{feff}{}", TIDY.replace('\n', "\r\n"));
    assert_eq!(fs::read_to_string(kb.path().join("a.faq")).expect("still there"), expected);
}

#[test]
fn a_file_in_another_encoding_is_named_and_left_alone() {
    let (shift_jis, _, _) = encoding_rs::SHIFT_JIS.encode("項目 a 用紙がない {\n番号 １\n}\n");
    let kb = folder(&[("faq.toml", b"title='x'\n"), ("a.faq", &shift_jis), ("b.faq", UNTIDY.as_bytes())]);
    let done = run(kb.path(), &["fmt"]);
    assert_eq!((done.code, done.out.as_str()), (1, ""));
    assert!(done.err.contains("F0002") && done.err.contains("a.faq"), "{}", done.err);
    assert_eq!(fs::read(kb.path().join("a.faq")).expect("still there"), &*shift_jis);
    assert_eq!(fs::read_to_string(kb.path().join("b.faq")).expect("still there"), TIDY, "the others are laid out");
}

#[test]
fn what_comes_in_goes_out_laid_out() {
    let here = folder(&[]);
    let mut command = faqc(here.path());
    let mut child = command
        .args(["fmt", "--stdin"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    child.stdin.take().expect("a pipe").write_all(UNTIDY.as_bytes()).expect("it reads");
    let done = ran(child.wait_with_output().expect("the program ends"));
    assert_eq!((done.code, done.out.as_str(), done.err.as_str()), (0, TIDY, ""));
}

/// Escapes, control characters, and bytes that look like them are the writer's.
#[test]
fn nothing_is_taken_out_of_a_text_that_goes_through() {
    let here = folder(&[]);
    let text = "# a\u{1b}[31mb\u{1}c\u{7f}d\u{9b}1me\u{202e}f\u{8}\n";
    let mut command = faqc(here.path());
    command.args(["fmt", "--stdin"]).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("the program starts");
    child.stdin.take().expect("a pipe").write_all(text.as_bytes()).expect("it reads");
    let done = ran(child.wait_with_output().expect("the program ends"));
    assert_eq!((done.code, done.out.as_str(), done.err.as_str()), (0, text, ""));
}

#[test]
fn what_is_broken_stays_as_it_is() {
    let broken = "entry a \"A\" {\n    number one\n symptom   x\n}\nfact b : yes/no {\n ask   Really?\n";
    let kb = folder(&[("a.faq", broken.as_bytes())]);
    assert_eq!(run(kb.path(), &["fmt", "a.faq"]).code, 0);
    let expected = "entry a \"A\" {\n    number one\n  symptom x\n}\nfact b : yes/no {\n ask   Really?\n";
    assert_eq!(fs::read_to_string(kb.path().join("a.faq")).expect("still there"), expected);
}

#[test]
fn what_cannot_be_read_or_written_is_said() {
    let here = folder(&[("a.txt", b"")]);
    assert_eq!(run(here.path(), &["fmt", "missing.faq"]).code, 2);
    assert_eq!(run(here.path(), &["fmt", "a.txt"]).code, 2);
    assert_eq!(run(here.path(), &["fmt", "--stdin", "a.txt"]).code, 2);
}
