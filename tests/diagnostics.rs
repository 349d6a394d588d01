//! What a writer is told: every case under `tests/diagnostics/<code>/` is a small knowledge base, and its snapshot holds
//! the source and the findings as they are shown.
//!
//! A case is one file; a line `#--- NAME` begins another file of the same knowledge base, `#--- bytes NAME` one whose
//! bytes are written in hexadecimal. The findings are in Japanese, in English when the case's name ends with `.en`. A case whose
//! name begins with `near_miss_` must not have the folder's code among its findings, any other must.
//!
//! A case about something else need not be a complete FAQ: the proofs (F07) are switched off except in their own folders, and
//! dead ends, which any case without a contact has, except in theirs.

mod support;

use std::path::Path;

use faqc::diag::{Code, Diagnostic, Diagnostics, Format, Level, Levels, Scene, Severity, render, settle};
use faqc::emit::TARGETS;
use faqc::language::Language;
use faqc::session::{Compilation, compile, compile_with};
use support::{failures, inputs};

#[test]
fn findings_read_as_their_snapshots() {
    let mut untrue = Vec::new();
    insta::glob!("diagnostics/*/*.faq", |path| {
        let source = std::fs::read_to_string(path).expect("a case is UTF-8 text");
        let compilation = compile_with(inputs(&source), &levels(path));
        let findings = findings(&compilation);
        untrue.extend(untruth(path, &findings));
        let text = format!("{source}\n{}\n{}", "─".repeat(80), shown(path, &findings, &compilation));
        let name = path.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
        // Beside the case, under its own name.
        insta::with_settings!({
            snapshot_path => path.parent().unwrap_or(path),
            snapshot_suffix => "",
            prepend_module_to_snapshot => false,
            omit_expression => true,
        }, { insta::assert_snapshot!(name, text) });
    });
    assert!(untrue.is_empty(), "{}", untrue.join("\n"));
}

/// About twenty different mistakes in one file: each has its own finding, and hides no other.
#[test]
fn a_file_full_of_mistakes_reads_as_its_snapshot() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/parse/twenty_mistakes.faq");
    let source = std::fs::read_to_string(&path).expect("the file is UTF-8 text");
    let compilation = compile(inputs(&source));
    let text = shown(&path, &findings(&compilation), &compilation);
    insta::with_settings!({
        snapshot_path => path.parent().unwrap_or(&path),
        prepend_module_to_snapshot => false,
        omit_expression => true,
    }, { insta::assert_snapshot!("twenty_mistakes", text) });
}

fn levels(path: &Path) -> Levels {
    let mut levels = Levels::default();
    let folder = path.parent().and_then(Path::file_name).and_then(|name| name.to_str()).unwrap_or_default();
    if !folder.starts_with("F07") {
        let proofs = Code::ALL.iter().filter(|code| code.id().starts_with("F07") && code.severity() < Severity::Error);
        proofs.for_each(|code| levels.set(code.name(), Level::Allow).expect("a warning has levels"));
    } else if folder != Code::DeadEnd.id() {
        levels.set(Code::DeadEnd.name(), Level::Allow).expect("a warning has levels");
    }
    levels
}

/// The findings of a case, those of its outputs and of its tests included.
fn findings(compilation: &Compilation) -> Vec<Diagnostic> {
    let mut diagnostics = Diagnostics::default();
    for target in TARGETS.iter().filter(|_| !compilation.diagnostics.has_errors()) {
        target.emit(compilation, &mut diagnostics);
    }
    // Two targets that stand on the same table say the same of it.
    let diagnostics = settle(diagnostics, &Levels::default());
    compilation.diagnostics.iter().chain(diagnostics.iter()).cloned().chain(failures(compilation)).collect()
}

/// What is wrong when a case lacks its folder's code, or is a near miss and has it.
fn untruth(path: &Path, findings: &[Diagnostic]) -> Option<String> {
    let name = |part: Option<&std::ffi::OsStr>| part.and_then(|part| part.to_str()).unwrap_or_default().to_owned();
    let folder = name(path.parent().and_then(Path::file_name));
    let expected = Code::find(&folder).unwrap_or_else(|| panic!("{folder} is no code"));
    let found: Vec<_> = findings.iter().map(|finding| finding.code).collect();
    let near_miss = name(path.file_name()).starts_with("near_miss_");
    (found.contains(&expected) == near_miss).then(|| format!("{}: {found:?}", path.display()))
}

fn shown(path: &Path, findings: &[Diagnostic], compilation: &Compilation) -> String {
    let english = path.file_stem().and_then(|stem| stem.to_str()).is_some_and(|stem| stem.ends_with(".en"));
    let language = if english { Language::English } else { Language::Japanese };
    let scene = Scene { sources: &compilation.sources, language, prefix: "" };
    render(Format::Human, findings, scene)
}
