//! What the proofs suggest mends what they found: applied to a case, each suggestion leaves a knowledge base without errors, and
//! without that finding.

mod support;

use std::collections::BTreeMap;

use faqc::diag::{Code, Diagnostic, Edit, Format, Scene, Severity, render};
use faqc::language::Language;
use faqc::session::{Compilation, Input, compile};
use support::inputs;

#[test]
fn suggestions_mend_what_was_found() {
    let mut tried = 0;
    insta::glob!("diagnostics/F070[0-6]/*.faq", |path| {
        let source = std::fs::read_to_string(path).expect("a case is UTF-8 text");
        let before = compile(inputs(&source));
        let proofs = before.diagnostics.iter().filter(|finding| finding.code.id().starts_with("F07"));
        for finding in proofs {
            for fix in &finding.fixes {
                let edited = edit(inputs(&source), &fix.edits, &before);
                let text: Vec<String> =
                    edited.iter().map(|input| String::from_utf8_lossy(&input.bytes).into_owned()).collect();
                check(
                    &before,
                    finding,
                    &compile(edited),
                    &format!("{}: {}\n{}", path.display(), fix.key, text.join("\n")),
                );
                tried += 1;
            }
        }
    });
    assert!(tried > 20, "{tried} suggestions");
}

fn check(before: &Compilation, finding: &Diagnostic, after: &Compilation, case: &str) {
    let is_error = |finding: &&Diagnostic| finding.severity == Severity::Error;
    let errors: Vec<String> = after.diagnostics.iter().filter(is_error).map(|it| message(it, after)).collect();
    assert!(errors.is_empty(), "{errors:?} in {case}");
    let left: Vec<String> = after.diagnostics.iter().map(|it| message(it, after)).collect();
    assert!(!left.contains(&message(finding, before)), "{left:?} in {case}");
    // One mend is enough for all dead ends of a symptom, and for a circle.
    if matches!(finding.code, Code::DeadEnd | Code::EndlessLoop) {
        assert!(after.diagnostics.iter().all(|it| it.code != finding.code), "{left:?} in {case}");
    }
}

/// The finding's first line, without its place.
fn message(finding: &Diagnostic, compilation: &Compilation) -> String {
    let scene = Scene { sources: &compilation.sources, language: Language::English, prefix: "" };
    let line = render(Format::Short, std::slice::from_ref(finding), scene);
    line.split_once("warning").map_or(line.clone(), |(_, rest)| rest.to_owned())
}

fn edit(mut inputs: Vec<Input>, edits: &[Edit], compilation: &Compilation) -> Vec<Input> {
    let mut by_file: BTreeMap<&str, Vec<&Edit>> = BTreeMap::new();
    for edit in edits {
        by_file.entry(&compilation.sources[edit.span.file].name).or_default().push(edit);
    }
    for input in &mut inputs {
        let mut edits = by_file.remove(input.name.as_str()).unwrap_or_default();
        edits.sort_by_key(|edit| std::cmp::Reverse(edit.span.start));
        for edit in edits {
            input.bytes.splice(edit.span.range(), edit.text.bytes());
        }
    }
    inputs
}
