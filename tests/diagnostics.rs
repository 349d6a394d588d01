//! What a writer is told: every case under `tests/diagnostics/<code>/` is a small knowledge base, and its snapshot holds
//! the source and the findings as they are shown.
//!
//! A case is one file; a line `#--- NAME` begins another file of the same knowledge base, `#--- bytes NAME` one whose
//! bytes are written in hexadecimal. The findings are in Japanese, in English when the case's name ends with `.en`. A case whose
//! name begins with `near_miss_` must not have the folder's code among its findings, any other must.

mod support;

use std::path::Path;

use faqc::diag::{Code, Format, Scene, render};
use faqc::emit::TARGETS;
use faqc::language::Language;
use faqc::session::{Compilation, compile};
use support::inputs;

#[test]
fn findings_read_as_their_snapshots() {
    let mut untrue = Vec::new();
    insta::glob!("diagnostics/*/*.faq", |path| {
        let source = std::fs::read_to_string(path).expect("a case is UTF-8 text");
        let compilation = compile(inputs(&source));
        untrue.extend(untruth(path, &compilation));
        let text = format!("{source}\n{}\n{}", "─".repeat(80), shown(path, &compilation));
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

/// The codes that a case has, those of the outputs included.
fn codes(compilation: &Compilation) -> Vec<Code> {
    let mut diagnostics = faqc::diag::Diagnostics::default();
    let is_sound = !compilation.diagnostics.iter().any(|finding| finding.severity == faqc::diag::Severity::Error);
    for target in TARGETS.iter().filter(|_| is_sound) {
        (target.emit)(compilation, &mut diagnostics);
    }
    compilation.diagnostics.iter().chain(diagnostics.iter()).map(|finding| finding.code).collect()
}

/// What is wrong when a case lacks its folder's code, or is a near miss and has it.
fn untruth(path: &Path, compilation: &Compilation) -> Option<String> {
    let name = |part: Option<&std::ffi::OsStr>| part.and_then(|part| part.to_str()).unwrap_or_default().to_owned();
    let folder = name(path.parent().and_then(Path::file_name));
    let expected = Code::find(&folder).unwrap_or_else(|| panic!("{folder} is no code"));
    let found = codes(compilation).contains(&expected);
    let near_miss = name(path.file_name()).starts_with("near_miss_");
    (found == near_miss).then(|| format!("{}: {:?}", path.display(), codes(compilation)))
}

fn shown(path: &Path, compilation: &Compilation) -> String {
    let english = path.file_stem().and_then(|stem| stem.to_str()).is_some_and(|stem| stem.ends_with(".en"));
    let language = if english { Language::English } else { Language::Japanese };
    let findings: Vec<_> = compilation.diagnostics.iter().cloned().collect();
    let scene = Scene { sources: &compilation.sources, language, prefix: "" };
    render(Format::Human, &findings, scene)
}
