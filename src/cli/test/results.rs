//! What came of the tests, in every format.

use super::{Format, junit};
use crate::cli::console::Console;
use crate::cli::report::scene;
use crate::diag::{self, Arg, Diagnostic, Scene, catalogue, render_human, render_listed};
use crate::session::Compilation;
use crate::suite::document::test_document;
use crate::suite::{TestResult, title};

/// Every test with what came of it, as text.
pub fn shown(format: Format, compilation: &Compilation, results: &[TestResult], scene: Scene<'_>) -> String {
    let findings = || results.iter().flat_map(|result| result.findings.iter().cloned()).collect::<Vec<Diagnostic>>();
    match format {
        Format::Human => human(compilation, results, scene),
        Format::Short => diag::render(diag::Format::Short, &findings(), scene),
        Format::Json => test_document(compilation, &[], results, scene),
        Format::Junit => junit::report(compilation, &[], results, scene),
        Format::Sarif => diag::render(diag::Format::Sarif, &findings(), scene),
        Format::Github => diag::render(diag::Format::Github, &findings(), scene),
    }
}

/// What is wrong with a knowledge base whose tests cannot be carried out.
pub fn broken(format: Format, compilation: &Compilation, prefix: &str, console: Console) -> String {
    let scene = scene(compilation, prefix, console);
    let findings = compilation.diagnostics.as_slice();
    match format {
        Format::Human => render_human(findings, scene, true),
        Format::Short => diag::render(diag::Format::Short, findings, scene),
        Format::Json => test_document(compilation, findings, &[], scene),
        Format::Junit => junit::report(compilation, findings, &[], scene),
        Format::Sarif => diag::render(diag::Format::Sarif, findings, scene),
        Format::Github => diag::render(diag::Format::Github, findings, scene),
    }
}

/// A line for each test, with what is wrong below it, and a line that counts them.
fn human(compilation: &Compilation, results: &[TestResult], scene: Scene<'_>) -> String {
    let mut out = String::new();
    for result in results {
        let title = title(&compilation.model.tests[result.test], compilation);
        let key = if result.passed() { "test-passed" } else { "test-failed" };
        out += &sentence(key, &[("title", Arg::Text(title))], scene);
        if !result.passed() {
            out.push('\n');
            out += &render_listed(&result.findings, scene, true);
        }
    }
    out + &summary(results, scene)
}

fn summary(results: &[TestResult], scene: Scene<'_>) -> String {
    let passed = results.iter().filter(|result| result.passed()).count();
    let number = |number: usize| Arg::Text(number.to_string());
    let key = match results.len() - passed {
        0 if results.is_empty() => "no-tests",
        0 => "all-passed",
        _ => "some-failed",
    };
    let args =
        [("tests", number(results.len())), ("passed", number(passed)), ("failed", number(results.len() - passed))];
    sentence(key, &args, scene)
}

fn sentence(key: &'static str, args: &[(&'static str, Arg)], scene: Scene<'_>) -> String {
    catalogue().sentence(key, args, scene.language) + "\n"
}
