//! `faqc build`: nothing is written for a knowledge base with errors, and the old output outlives a failure.

use std::fs;
use std::process::Stdio;

use super::{faqc, folder, ran, run, sound};

#[test]
fn nothing_is_written_when_there_are_errors() {
    let place = folder(&[("kb/faq.toml", b"titel = 1\n")]);
    let built = run(place.path(), &["build", "kb", "--out", "out"]);
    assert_eq!((built.code, built.out.as_str()), (1, ""));
    assert!(built.err.contains("F0004"), "findings go to standard error: {}", built.err);
    assert!(!place.path().join("out").exists());
}

#[test]
fn a_target_that_is_a_file_is_refused() {
    let place = folder(&[("kb/faq.toml", b"title = \"x\"\n"), ("out", b"mine")]);
    for out in ["out", "out/below"] {
        let built = run(place.path(), &["build", "kb", "--out", out]);
        assert_eq!((built.code, built.out.as_str()), (2, ""), "{}", built.err);
        assert!(
            built.err.contains(&format!("error[F0905]: cannot write `{out}` (it is not a folder)")),
            "{}",
            built.err
        );
    }
    assert!(run(place.path(), &["build", "kb", "--out", "out"]).err.contains("move what has that name away"));
    assert!(
        run(place.path(), &["build", "kb", "--out", "out/below"]).err.contains("`out` is a file, and nothing can be")
    );
    let long = run(place.path(), &["build", "kb", "--out", &"o".repeat(300)]);
    assert_eq!(long.code, 2);
    assert!(!long.err.contains("os error"), "{}", long.err);
    assert_eq!(fs::read(place.path().join("out")).expect("there"), b"mine");
}

#[test]
fn a_sound_knowledge_base_is_built_the_same_each_time() {
    let (_folder, kb) = sound();
    let built = run(&kb, &["build", "--out", "out"]);
    assert_eq!((built.code, built.err.as_str()), (0, ""));
    assert!(built.out.contains("out/table.json\n"), "{}", built.out);
    let table = fs::read(kb.join("out/table.json")).expect("written");
    fs::write(kb.join("out/mine.txt"), "mine").expect("ours");
    assert_eq!(run(&kb, &["build", "--out", "out", "--emit", "table"]).code, 0);
    assert_eq!(fs::read(kb.join("out/table.json")).expect("written"), table);
    assert!(kb.join("out/mine.txt").exists() && kb.join("out/markdown/index.md").exists());
    assert_eq!(run(&kb, &["build", "--out", "out", "--emit", "tables"]).code, 2);
}

#[test]
fn an_error_leaves_the_previous_output() {
    let (_folder, kb) = sound();
    assert_eq!(run(&kb, &["build", "--out", "out"]).code, 0);
    let before = fs::read(kb.join("out/table.json")).expect("written");
    fs::write(kb.join("wrong.faq"), "entry\n").expect("ours");
    assert_eq!(run(&kb, &["build", "--out", "out"]).code, 1);
    assert_eq!(fs::read(kb.join("out/table.json")).expect("still there"), before);
}

#[test]
fn outputs_may_stand_beside_the_rules() {
    let (_folder, kb) = sound();
    for _ in 0..2 {
        let built = run(&kb, &["build", "--out", "."]);
        assert_eq!((built.code, built.out.as_str()), (0, "kb.json\nmarkdown/ (14)\ntable.json\n"), "{}", built.err);
    }
    assert_eq!(run(&kb, &["check", "--deny", "warnings"]).out, "");
}

#[test]
fn builds_at_the_same_time_take_turns() {
    let (_folder, kb) = sound();
    assert_eq!(run(&kb, &["build", "--out", "out"]).code, 0);
    let files = |folder: &std::path::Path| {
        let names = fs::read_dir(folder).expect("there").map(|entry| entry.expect("readable").file_name());
        names.collect::<std::collections::BTreeSet<_>>()
    };
    let expected = files(&kb.join("out"));
    for _ in 0..5 {
        let build = || faqc(&kb).args(["build", "--out", "out"]).stdout(Stdio::null()).stderr(Stdio::piped()).spawn();
        let running: Vec<_> = (0..4).map(|_| build().expect("starts")).collect();
        for child in running {
            let ended = ran(child.wait_with_output().expect("ends"));
            assert_eq!((ended.code, ended.err.as_str()), (0, ""));
        }
        assert_eq!(files(&kb.join("out")), expected, "nothing is left over");
    }
}

#[cfg(unix)]
#[test]
fn a_folder_that_may_not_be_written_is_told() {
    use std::os::unix::fs::PermissionsExt;
    let (_folder, kb) = sound();
    fs::create_dir(kb.join("out")).expect("ours");
    fs::set_permissions(kb.join("out"), fs::Permissions::from_mode(0o555)).expect("ours");
    // Nothing is closed to an administrator.
    if fs::write(kb.join("out/probe"), "").is_err() {
        let built = run(&kb, &["build", "--out", "out"]);
        assert_eq!((built.code, built.out.as_str()), (2, ""));
        assert!(built.err.contains("error[F0905]: cannot write `out` (permission denied)"), "{}", built.err);
        assert!(built.err.contains("help: make sure that you may write there"), "{}", built.err);
    }
}
