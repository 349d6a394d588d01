//! Results as JUnit's XML. Refuses to know the time: the same results are the same bytes.

use quick_junit::{NonSuccessKind, Report, TestCase, TestCaseStatus, TestSuite};

use crate::diag::{Diagnostic, Format, Scene, render};
use crate::session::Compilation;
use crate::suite::{TestResult, title};

/// A suite for each file with tests, named by it. Findings that kept the tests from being carried out are errors of a suite of
/// their own.
pub fn report(compilation: &Compilation, broken: &[Diagnostic], results: &[TestResult], scene: Scene<'_>) -> String {
    let mut report = Report::new(&compilation.model.config.title);
    if !broken.is_empty() {
        let mut suite = TestSuite::new("faqc check");
        suite.add_test_cases(broken.iter().map(|finding| error(finding, scene)));
        report.add_test_suite(suite);
    }
    for results in results.chunk_by(|one, next| file(compilation, one) == file(compilation, next)) {
        let Some(first) = results.first() else { continue };
        let name = format!("{}{}", scene.prefix, scene.sources[file(compilation, first)].name);
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
    let mut case = TestCase::new(title(test, compilation), status(&result.findings, NonSuccessKind::Failure, scene));
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
    status.set_description(render(Format::Human, findings, scene));
    status
}

/// The first finding with its place.
fn one_line(findings: &[Diagnostic], scene: Scene<'_>) -> String {
    let first = findings.get(..1).unwrap_or_default();
    render(Format::Short, first, scene).trim_end().to_owned()
}
