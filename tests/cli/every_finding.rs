//! A knowledge base that breaks every rule that is proved: each finding once, and what levels and exceptions do to it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use super::{run, write};

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

#[test]
fn each_proof_has_its_finding() {
    let checked = run(Path::new(ROOT), &["check", "tests/every_finding", "--lang", "ja"]);
    insta::assert_snapshot!(checked.out);
    let english = run(Path::new(ROOT), &["check", "tests/every_finding", "--lang", "en"]);
    insta::assert_snapshot!("each_proof_has_its_finding_in_english", english.out);
    let counted = counted(Path::new(ROOT), "tests/every_finding", &[]);
    let each_once = (1..=15).chain([19]).map(|number| (format!("F07{number:02}"), 1));
    assert_eq!(counted, each_once.collect());
}

#[test]
fn nothing_is_proved_from_assumptions_that_contradict_each_other() {
    let (_folder, kb) = copy();
    write(&kb.join("vacuous.faq"), "前提 契約\n前提 契約 でない\n".as_bytes());
    assert_eq!(counted(&kb, ".", &[]), BTreeMap::from([("F0700".to_owned(), 1)]));
}

#[test]
fn levels_of_the_configuration_and_of_the_command_line() {
    let (_folder, kb) = copy();
    write(
        &kb.join("faq.toml"),
        b"title = \"x\"\n[lints]\ngap = \"allow\"\noverlap = \"deny\"\ncontained-message = \"warn\"\n",
    );
    let short = |arguments: &[&str]| run(&kb, &[&["check", "--format", "short"], arguments].concat()).out;
    let configured = short(&[]);
    assert!(!configured.contains("F0701") && configured.contains("error[F0702]"), "{configured}");
    assert!(configured.contains("warning[F0708]") && configured.contains("warning[F0703]"), "{configured}");
    // The command line goes before the file.
    let commanded = short(&["--deny", "gap", "--allow", "F0702", "--warn", "F0709"]);
    assert!(commanded.contains("error[F0701]") && !commanded.contains("F0702"), "{commanded}");
    assert!(commanded.contains("warning[F0709]"), "{commanded}");
    let denied = short(&["--deny", "warnings"]);
    assert!(denied.contains("error[F0703]") && !denied.contains("warning["), "{denied}");
    for error in ["equal-messages", "F0714"] {
        let weakened = run(&kb, &["check", "--allow", error]);
        assert!(weakened.code == 2 && weakened.err.contains("F0010"), "{weakened:?}");
    }
}

#[test]
fn an_exception_is_heeded_with_its_reason_and_reported_without_need() {
    let (_folder, kb) = copy();
    let shown = std::fs::read_to_string(kb.join("shown.faq")).expect("it is there");
    let exception = shown.lines().find(|line| line.contains("許容 overlap")).expect("an exception").to_owned();
    write(&kb.join("shown.faq"), shown.replace(&exception, "").as_bytes());
    assert_eq!(counted(&kb, ".", &[]).get("F0702"), Some(&2), "it was needed");
    write(&kb.join("shown.faq"), shown.replace(&exception, "  許容 overlap").as_bytes());
    assert_eq!(counted(&kb, ".", &[]).get("F0802"), Some(&1), "a reason is asked for");
    // What is not needed is known where everything was proved.
    for file in ["undecided.faq", "messages.faq", "tables.faq"] {
        std::fs::remove_file(kb.join(file)).expect("it is there");
    }
    let narrowed = shown.replace(&exception, &format!("{exception}\n  条件 契約 でない"));
    write(&kb.join("shown.faq"), narrowed.as_bytes());
    let checked = run(&kb, &["check", "--format", "short", "--lang", "ja"]);
    assert!(checked.out.contains("F0801"), "{}", checked.out);
}

fn copy() -> (TempDir, PathBuf) {
    let folder = TempDir::new().expect("a temporary folder");
    for file in walkdir::WalkDir::new(Path::new(ROOT).join("tests/every_finding")) {
        let file = file.expect("the fixture can be read");
        if file.file_type().is_file() {
            write(&folder.path().join(file.file_name()), &std::fs::read(file.path()).expect("it can be read"));
        }
    }
    let path = folder.path().to_owned();
    (folder, path)
}

/// How often each code is found.
fn counted(folder: &Path, kb: &str, arguments: &[&str]) -> BTreeMap<String, usize> {
    let checked = run(folder, &[&["check", kb, "--format", "short"], arguments].concat());
    let codes = checked.out.lines().filter_map(|line| line.split_once('[')?.1.split_once(']'));
    codes.fold(BTreeMap::new(), |mut counted, (code, _)| {
        *counted.entry(code.to_owned()).or_default() += 1;
        counted
    })
}
