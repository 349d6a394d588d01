//! `faqc build`: nothing is written for a knowledge base with errors, and the old output outlives a failure.

use std::fs;

use super::{folder, run};

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
