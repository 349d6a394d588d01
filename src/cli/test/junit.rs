//! Results as JUnit's XML. Refuses to know the time: the same results are the same bytes.

use quick_junit::{NonSuccessKind, Report, TestCase, TestCaseStatus, TestSuite};

use crate::diag::{Diagnostic, Format, Scene, render};
use crate::session::Compilation;
use crate::suite::{TestResult, title};

/// A suite for each file with tests, named by it. Findings that kept the tests from being carried out are errors of a suite of
/// their own.
pub fn report(compilation: &Compilation, broken: &[Diagnostic], results: &[TestResult], scene: Scene<'_>) -> String {
    let mut report = Report::new(&*allowed(&compilation.model.config.title));
    if !broken.is_empty() {
        let mut suite = TestSuite::new("faqc check");
        suite.add_test_cases(broken.iter().map(|finding| error(finding, scene)));
        report.add_test_suite(suite);
    }
    for results in results.chunk_by(|one, next| file(compilation, one) == file(compilation, next)) {
        let Some(first) = results.first() else { continue };
        let name = allowed(&format!("{}{}", scene.prefix, scene.sources[file(compilation, first)].name));
        let mut suite = TestSuite::new(&name);
        suite.add_test_cases(results.iter().map(|result| case(compilation, result, &name, scene)));
        report.add_test_suite(suite);
    }
    report.to_string().unwrap_or_default()
}

fn file(compilation: &Compilation, result: &TestResult) -> crate::source::FileId {
    compilation.model.tests[result.test].span.file
}

fn case(compilation: &Compilation, result: &TestResult, class: &str, scene: Scene<'_>) -> TestCase {
    let test = &compilation.model.tests[result.test];
    let mut case =
        TestCase::new(allowed(&title(test, compilation)), status(&result.findings, NonSuccessKind::Failure, scene));
    case.set_classname(class);
    case.extra.insert("file".into(), class.into());
    case.extra.insert("line".into(), scene.sources.line(test.span).to_string().into());
    case
}

fn error(finding: &Diagnostic, scene: Scene<'_>) -> TestCase {
    let findings = std::slice::from_ref(finding);
    let mut case = TestCase::new(one_line(findings, scene), status(findings, NonSuccessKind::Error, scene));
    case.set_classname("faqc check");
    case
}

fn status(findings: &[Diagnostic], kind: NonSuccessKind, scene: Scene<'_>) -> TestCaseStatus {
    let Some(first) = findings.first() else { return TestCaseStatus::success() };
    let mut status = TestCaseStatus::non_success(kind);
    status.set_type(first.code.name());
    status.set_message(one_line(findings, scene));
    status.set_description(allowed(&render(Format::Human, findings, scene)));
    status
}

/// The first finding with its place.
fn one_line(findings: &[Diagnostic], scene: Scene<'_>) -> String {
    let first = findings.get(..1).unwrap_or_default();
    allowed(render(Format::Short, first, scene).trim_end())
}

/// The text with what XML 1.0 does not count as a character replaced.
fn allowed(text: &str) -> String {
    let is_allowed = |c: char| matches!(c, '\t' | '\n' | '\r' | ' '..='\u{FFFD}' | '\u{10000}'..);
    text.chars().map(|c| if is_allowed(c) { c } else { char::REPLACEMENT_CHARACTER }).collect()
}

#[cfg(test)]
mod tests {
    use super::allowed;

    #[test]
    fn what_xml_cannot_hold_is_replaced() {
        assert_eq!(allowed("a\u{0}\u{1b}[31m\u{fffe}\u{ffff}\t\u{85}😀"), "a��[31m��\t\u{85}😀");
    }
}
