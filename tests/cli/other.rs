//! `new`, `explain`, `completions`, `graph`, and the help.

use std::fs;

use super::{faqc, folder, ran, run};

#[test]
fn a_new_knowledge_base_is_sound_in_both_languages() {
    for language in ["ja", "en"] {
        let place = folder(&[]);
        let made = run(place.path(), &["new", "deep/kb", "--lang", language]);
        assert_eq!(made.code, 0, "{}", made.err);
        assert_eq!(made.out, "deep/kb/faq.toml\ndeep/kb/common.faq\ndeep/kb/printing.faq\n");
        let checked = run(place.path(), &["check", "deep/kb", "--deny", "warnings"]);
        assert_eq!((checked.code, checked.out.as_str()), (0, ""));
    }
}

#[test]
fn new_refuses_what_is_not_empty() {
    let place = folder(&[("kb/notes.txt", b"x"), ("file", b"x")]);
    let full = run(place.path(), &["new", "kb"]);
    assert_eq!(full.code, 2);
    assert!(full.err.contains("error[F0906]: `kb` is not empty"), "{}", full.err);
    assert_eq!(fs::read_dir(place.path().join("kb")).expect("there").count(), 1);
    assert_eq!(run(place.path(), &["new", "file"]).code, 2);
    assert_eq!(run(place.path(), &["new", "file/kb"]).code, 2);
    fs::create_dir(place.path().join("empty")).expect("ours");
    assert_eq!(run(place.path(), &["new", "empty"]).code, 0);
    fs::create_dir_all(place.path().join("repository/.git")).expect("ours");
    assert_eq!(run(&place.path().join("repository"), &["new", "."]).code, 0, "hidden files are not in the way");
}

#[test]
fn explain_knows_codes_names_and_near_misses() {
    let place = folder(&[]);
    for written in ["F0201", "f0201", "unknown-name", "Unknown-Name", "error[F0201]:", "Ｆ０２０１", "201", "F201"]
    {
        let explained = run(place.path(), &["explain", written]);
        assert_eq!(explained.code, 0);
        assert!(explained.out.starts_with("# F0201 unknown-name\n"), "{}", explained.out);
    }
    let japanese = run(place.path(), &["explain", "F0201", "--lang", "ja"]).out;
    assert!(japanese.contains("宣言されていません") && !japanese.contains("## English"), "{japanese}");
    let list = run(place.path(), &["explain"]);
    assert!(list.out.contains("F0201  error    unknown-name\n"), "{}", list.out);
    for (written, near) in [("unknown-nam", "`unknown-name`"), ("F020", "did you mean"), ("qqqqqqq", "lists them all")]
    {
        let unknown = run(place.path(), &["explain", written]);
        assert_eq!((unknown.code, unknown.out.as_str()), (2, ""));
        assert!(unknown.err.contains(near), "{}", unknown.err);
    }
}

#[test]
fn every_shell_gets_completions() {
    let place = folder(&[]);
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = run(place.path(), &["completions", shell]);
        assert_eq!((script.code, script.err.as_str()), (0, ""));
        assert!(script.out.contains("affected-by") && script.out.contains("min-coverage"), "{shell}");
    }
    assert_eq!(run(place.path(), &["completions", "tcsh"]).code, 2);
}

#[test]
fn help_names_commands_exit_codes_and_examples() {
    let place = folder(&[]);
    let help = run(place.path(), &["--help"]);
    assert_eq!((help.code, help.err.as_str()), (0, ""));
    for expected in
        ["Exit codes:", "Examples:", "check", "test", "build", "graph", "why", "new", "explain", "completions"]
    {
        assert!(help.out.contains(expected), "{expected}");
    }
    for command in ["check", "test", "build", "graph", "why", "new", "explain", "completions"] {
        let help = run(place.path(), &[command, "--help"]);
        assert_eq!(help.code, 0);
        assert!(help.out.contains("Examples:"), "{command}");
    }
    assert!(run(place.path(), &["--version"]).out.starts_with("faqc "));
}

#[test]
fn colours_can_be_forced() {
    let kb = folder(&[("faq.toml", b"titel = 1")]);
    let forced = ran(faqc(kb.path()).arg("check").env("CLICOLOR_FORCE", "1").output().expect("starts"));
    assert!(forced.out.contains('\u{1b}'));
    let refused =
        ran(faqc(kb.path()).arg("check").env("CLICOLOR_FORCE", "1").env("NO_COLOR", "1").output().expect("starts"));
    assert!(!refused.out.contains('\u{1b}'));
}

#[test]
fn graphs_are_drawn_whole_and_in_part() {
    let (_folder, kb) = super::sound();
    for (format, begins) in [("dot", "digraph"), ("mermaid", "flowchart"), ("json", "{")] {
        let drawn = run(&kb, &["graph", "--format", format]);
        assert_eq!((drawn.code, drawn.err.as_str()), (0, ""));
        assert!(drawn.out.starts_with(begins), "{format}: {}", drawn.out);
        let part = run(&kb, &["graph", "--format", format, "--entry", "No.2"]);
        assert!(part.out.len() < drawn.out.len(), "{format}");
    }
    let affected = run(&kb, &["graph", "--affected-by", "fact:lamp"]);
    assert!(affected.out.contains("No.2"), "{}", affected.out);
    let unknown = run(&kb, &["graph", "--entry", "no-papr"]);
    assert_eq!(unknown.code, 2);
    assert!(unknown.err.contains("did you mean `no-paper`?"), "{}", unknown.err);
    for (arguments, expected) in [
        (["--entry", "No.99"], "error[F0911]: there is no entry called `No.99`\n = help: there are: power-off, "),
        (["--entry", "lamp"], "help: `lamp` is something else (fact); ask about it with --affected-by"),
        (["--affected-by", "fact:lmap"], "there is no fact called `lmap`\n = help: did you mean `lamp`?"),
        (["--affected-by", "事実：なし"], "there is no fact called `なし`\n = help: there are: power, lamp\n"),
        (["--affected-by", "nobody"], "error[F0911]: there is no declaration called `nobody`\n = help: there are: "),
    ] {
        let unknown = run(&kb, &[&["graph"], &arguments[..]].concat());
        assert_eq!((unknown.code, unknown.out.as_str()), (2, ""));
        assert!(unknown.err.contains(expected), "{arguments:?}: {}", unknown.err);
    }
}
