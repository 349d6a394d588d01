//! The examples in the documentation are true: what is said to be right compiles, and what is said to be wrong is found.

mod support;

use std::fs;
use std::path::{Path, PathBuf};

use faqc::diag::{Code, Severity};
use faqc::session::{Compilation, compile};
use support::{code_blocks, failures, inputs};

fn pages(folder: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let mut pages: Vec<PathBuf> = fs::read_dir(folder)
        .expect("the folder is part of the project")
        .filter_map(Result::ok)
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "md"))
        .collect();
    pages.sort();
    pages
}

fn codes(compilation: &Compilation) -> Vec<Code> {
    let found = compilation.diagnostics.iter().map(|finding| finding.code);
    found.chain(failures(compilation).iter().map(|finding| finding.code)).collect()
}

/// Blocks marked `faq fails` have the page's finding; blocks marked `faq` do not have it, and no error either.
#[test]
fn the_examples_of_the_explain_pages_are_true() {
    for path in pages("docs/errors") {
        let page = fs::read_to_string(&path).expect("a page is UTF-8 text");
        let code =
            path.file_stem().and_then(|stem| stem.to_str()).and_then(Code::find).expect("a page is named by its code");
        for (info, text) in code_blocks(&page) {
            let compilation = compile(inputs(&text));
            let found = codes(&compilation).contains(&code);
            match info.as_str() {
                "faq fails" => assert!(found, "{}: {text}{:?}", path.display(), codes(&compilation)),
                "faq" => {
                    let sound = compilation.diagnostics.iter().all(|finding| finding.severity != Severity::Error);
                    assert!(!found && sound, "{}: {text}{:?}", path.display(), codes(&compilation));
                }
                _ => {}
            }
        }
    }
}

/// Blocks marked `faq` in the other pages are whole files without errors, and the tests in them pass.
#[test]
fn the_examples_of_the_guides_compile() {
    let readme = Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md");
    for path in pages("docs").into_iter().chain([readme]) {
        let page = fs::read_to_string(&path).expect("a page is UTF-8 text");
        for (_, text) in code_blocks(&page).into_iter().filter(|(info, _)| info == "faq") {
            let compilation = compile(inputs(&text));
            let errors: Vec<_> =
                compilation.diagnostics.iter().filter(|finding| finding.severity == Severity::Error).collect();
            assert!(errors.is_empty(), "{}: {text}{errors:?}", path.display());
            assert!(failures(&compilation).is_empty(), "{}: {text}{:?}", path.display(), failures(&compilation));
        }
    }
}
