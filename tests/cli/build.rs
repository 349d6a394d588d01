//! `faqc build`: nothing is written for a knowledge base with errors, and the old output outlives a failure.

use std::fs;

use super::{folder, run, sound};

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
        assert!(built.err.contains("F0905"), "{}", built.err);
    }
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
