//! Arguments that cannot be understood: exit code 2, nothing on standard output, and words in the reader's language.

use super::{faqc, folder, ran, run};

#[test]
fn each_mistake_is_told_in_both_languages() {
    let place = folder(&[]);
    let mut told = String::new();
    for arguments in [
        &["--lang", "xx"][..],
        &["--lang", "en"],
        &["check", "--format", "json", "--format", "short"],
        &["chekc"],
        &["nonsense"],
        &["check", "--nonsense"],
        &["check", "--fromat", "short"],
        &["check", "a", "b"],
        &["check", "--format", "jsn"],
        &["check", "--format", "xml"],
        &["check", "--format"],
        &["check", "--deny"],
        &["check", ""],
        &["build", "--emit", "tables"],
        &["build", "--out", "o", "--emit", "nonsense"],
        &["build"],
        &["new"],
        &["graph", "--entry", "a", "--affected-by", "b"],
    ] {
        for language in ["ja_JP.UTF-8", "C"] {
            let ended = ran(faqc(place.path()).env("LANG", language).args(arguments).output().expect("starts"));
            assert_eq!((ended.code, ended.out.as_str()), (2, ""), "{arguments:?}");
            told += &format!("$ faqc {}\n{}", arguments.join(" "), ended.err);
        }
    }
    insta::assert_snapshot!(told);
}

/// On systems that have a disk which is always full.
#[cfg(target_os = "linux")]
#[test]
fn help_that_cannot_be_written_is_a_failure() {
    let place = folder(&[]);
    for argument in ["--help", "--version"] {
        let full = std::fs::OpenOptions::new().write(true).open("/dev/full").expect("Linux has it");
        let ended = ran(faqc(place.path()).arg(argument).stdout(full).output().expect("starts"));
        assert_eq!(ended.code, 2, "{argument}");
        assert!(ended.err.contains("error[F0905]: cannot write `stdout` (the disk is full)"), "{}", ended.err);
    }
}

#[test]
fn the_language_is_found_though_the_arguments_are_wrong() {
    let place = folder(&[]);
    for arguments in [["--lang", "ja", "check", "-x"], ["check", "-x", "--lang", "ja"]] {
        let ended = run(place.path(), &arguments);
        assert!(ended.err.contains("「-x」という指定はありません"), "{}", ended.err);
    }
    let ended = ran(faqc(place.path()).args(["check", "-x"]).env("LANG", "ja_JP.UTF-8").output().expect("starts"));
    assert!(ended.err.contains("「-x」という指定はありません"), "{}", ended.err);
}

#[test]
fn without_arguments_the_help_is_shown() {
    let place = folder(&[]);
    let ended = run(place.path(), &[]);
    assert_eq!((ended.code, ended.out.as_str()), (2, ""));
    assert!(ended.err.contains("Usage: faqc"), "{}", ended.err);
}

#[test]
fn levels_are_given_to_several_checks_at_once() {
    let kb = folder(&[("faq.toml", b"title = \"x\"\n")]);
    assert_eq!(run(kb.path(), &["check", "--deny", "unused-fact,F0006"]).code, 1);
    assert_eq!(run(kb.path(), &["check", "--allow", "unused-fact,no-entries"]).out, "");
    let near = run(kb.path(), &["check", "--deny", "warning"]);
    assert_eq!(near.code, 2);
    assert!(near.err.contains("did you mean `warnings`?"), "{}", near.err);
}
