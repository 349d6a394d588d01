//! A session says the same of a knowledge base as a compilation from scratch, whatever was compiled in it before.

#![allow(clippy::unwrap_used)]

use faqc::emit::TARGETS;
use faqc::session::{Compilation, Input, Session, compile};
use fastrand::Rng;

/// Lines that replace others: sound, broken, not allowed where they stand, and none at all.
const LINES: &[&str] = &[
    "",
    "}",
    "{",
    "entry 新しい \"新しい\" {\n  symptom send-failed\n  do \"待つ\" { step 待つ }\n}",
    "fact 新しい事実 : yes/no",
    "  when",
    "  条件 証明書あり",
    "許容 gap 理由 ためし",
    "これは何でもない行です。",
];

#[test]
fn a_session_is_a_compilation_from_scratch() {
    let cases = std::env::var("FAQC_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(25);
    let mut rng = Rng::with_seed(11);
    let mut session = Session::default();
    let original = careplan();
    let mut inputs = original.clone();
    for case in 0..cases {
        // What is broken stays so for a few steps, and is mended at once.
        if case % 6 == 5 {
            inputs.clone_from(&original);
        } else {
            edit(&mut inputs, &mut rng);
        }
        assert_eq!(said(&session.compile(inputs.clone())), said(&compile(inputs.clone())), "after edit {case}");
    }
}

fn careplan() -> Vec<Input> {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/kb/careplan");
    let files = walkdir::WalkDir::new(root).sort_by_file_name().into_iter().map(Result::unwrap);
    let is_read = |name: &str| name.ends_with(".faq") || name == "faq.toml";
    let named = files.map(|file| (file.path().strip_prefix(root).unwrap().to_str().unwrap().to_owned(), file));
    let read = named.filter(|(name, _)| is_read(name));
    read.map(|(name, file)| Input { name, bytes: std::fs::read(file.path()).unwrap() }).collect()
}

fn edit(inputs: &mut Vec<Input>, rng: &mut Rng) {
    let at = rng.usize(..inputs.len());
    match rng.u32(..8) {
        0 if inputs.len() > 1 => drop(inputs.remove(at)),
        1 => inputs.insert(at, Input { name: format!("new{}.faq", rng.u8(..)), bytes: inputs[at].bytes.clone() }),
        2 => inputs[at].bytes = b"\x83\x47\x83\x89\x81\x5b".to_vec(),
        3 => inputs[at].bytes.splice(..0, *b"\xEF\xBB\xBF").for_each(drop),
        4 => inputs[at].name.push_str(".txt"),
        _ => replace_line(&mut inputs[at].bytes, rng),
    }
}

fn replace_line(bytes: &mut Vec<u8>, rng: &mut Rng) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let mut lines: Vec<&str> = text.lines().collect();
    if let Some(line) = rng.choice(lines.iter_mut()) {
        *line = rng.choice(LINES).copied().unwrap_or_default();
    }
    *bytes = lines.join("\n").into_bytes();
}

/// The findings, and all that is written if there are no errors.
fn said(compilation: &Compilation) -> String {
    let findings = format!("{:#?}", compilation.diagnostics);
    if compilation.diagnostics.has_errors() {
        return findings;
    }
    let mut diagnostics = faqc::diag::Diagnostics::default();
    let files = TARGETS.iter().flat_map(|target| target.emit(compilation, &mut diagnostics));
    files.fold(findings, |all, file| all + &String::from_utf8_lossy(&file.bytes))
}
