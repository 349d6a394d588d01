//! Results and coverage as JSON documents, for tools; the structs here are their format.

use schemars::JsonSchema;
use serde::Serialize;

use super::coverage::{Coverage, ItemKind, Share};
use super::{TestResult, title};
use crate::diag::{Diagnostic, Finding, Scene, wire_findings};
use crate::emit::wire;
use crate::model::SymptomId;
use crate::runtime::optimum::Expected;
use crate::session::Compilation;
use crate::source::Span;

const TEST_FORMAT: &str = "faqc-test";
const COVERAGE_FORMAT: &str = "faqc-coverage";
const VERSION: u32 = 1;

/// What came of the tests of a knowledge base.
#[derive(Serialize, JsonSchema)]
struct TestDocument<'a> {
    /// Always `faqc-test`.
    format: &'static str,
    /// Version of the format.
    version: u32,
    /// Title of the knowledge base.
    title: &'a str,
    /// Why no test could be carried out; empty when they could.
    findings: Vec<Finding<'a>>,
    /// In the order in which they are written.
    tests: Vec<Outcome<'a>>,
    summary: Summary,
}

/// What came of one test.
#[derive(Serialize, JsonSchema)]
struct Outcome<'a> {
    title: String,
    file: String,
    /// Of its header, from 1.
    line: u32,
    passed: bool,
    /// What it expected in vain, or why it could not be carried out.
    findings: Vec<Finding<'a>>,
}

#[derive(Serialize, JsonSchema)]
struct Summary {
    tests: usize,
    passed: usize,
    failed: usize,
}

/// What the tests of a knowledge base reach.
#[derive(Serialize, JsonSchema)]
struct CoverageDocument<'a> {
    /// Always `faqc-coverage`.
    format: &'static str,
    /// Version of the format.
    version: u32,
    /// Title of the knowledge base.
    title: &'a str,
    summary: Shares,
    /// In the order of the files.
    items: Vec<CoverageItem<'a>>,
    /// How long readers take until the problem is solved, for symptoms of which it can be measured.
    times: Vec<WireTime<'a>>,
}

/// Average times of a symptom. Whoever is helped by nothing turns to somebody in the end; that time is not in it.
#[derive(Serialize, JsonSchema)]
struct WireTime<'a> {
    /// Its id.
    symptom: &'a str,
    /// Seconds when the proposals are followed.
    seconds: u64,
    /// Seconds in the best order of all.
    least_seconds: u64,
    /// How many thousandths of the least time the proposed one is, rounded up.
    ratio_permille: u64,
}

#[derive(Serialize, JsonSchema)]
struct Shares {
    entries: WireShare,
    rows: WireShare,
    actions: WireShare,
    symptoms: WireShare,
    messages: WireShare,
}

#[derive(Serialize, JsonSchema)]
struct WireShare {
    reached: usize,
    of: usize,
    /// Rounded down.
    percent: usize,
}

#[derive(Serialize, JsonSchema)]
struct CoverageItem<'a> {
    kind: WireKind,
    /// An id, one way in which a condition can hold in words, or the text of a message.
    name: &'a str,
    file: String,
    /// From 1.
    line: u32,
    /// How many tests reach it.
    tests: usize,
}

#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
enum WireKind {
    Entry,
    Row,
    Action,
    Symptom,
    Message,
}

/// The results; `findings` are those that kept the tests from being carried out.
pub fn test_document(
    compilation: &Compilation,
    findings: &[Diagnostic],
    results: &[TestResult],
    scene: Scene<'_>,
) -> String {
    let passed = results.iter().filter(|result| result.passed()).count();
    written(&TestDocument {
        format: TEST_FORMAT,
        version: VERSION,
        title: &compilation.model.config.title,
        findings: wire_findings(findings, scene),
        tests: results.iter().map(|result| outcome(compilation, result, scene)).collect(),
        summary: Summary { tests: results.len(), passed, failed: results.len() - passed },
    })
}

/// The coverage.
pub fn coverage_document(compilation: &Compilation, coverage: &Coverage, scene: Scene<'_>) -> String {
    let share = |kind| wire_share(coverage.share(kind));
    written(&CoverageDocument {
        format: COVERAGE_FORMAT,
        version: VERSION,
        title: &compilation.model.config.title,
        summary: Shares {
            entries: share(ItemKind::Entry),
            rows: share(ItemKind::Row),
            actions: share(ItemKind::Action),
            symptoms: share(ItemKind::Symptom),
            messages: share(ItemKind::Message),
        },
        items: coverage
            .items
            .iter()
            .map(|item| {
                let (file, line) = place(item.span, scene);
                CoverageItem { kind: wire_kind(item.kind), name: &item.name, file, line, tests: item.tests }
            })
            .collect(),
        times: coverage.times.iter().map(|(symptom, it)| wire_time(compilation, *symptom, it)).collect(),
    })
}

fn wire_time<'a>(compilation: &'a Compilation, symptom: SymptomId, expected: &Expected) -> WireTime<'a> {
    let narrow = |number: u128| u64::try_from(number).unwrap_or(u64::MAX);
    let [seconds, least_seconds] = expected.seconds().map(narrow);
    let symptom = &compilation.model.symptoms[symptom].id;
    WireTime { symptom, seconds, least_seconds, ratio_permille: narrow(expected.ratio()) }
}

/// The JSON Schema of the results.
pub fn test_schema() -> schemars::Schema {
    wire::schema::<TestDocument>()
}

/// The JSON Schema of the coverage.
pub fn coverage_schema() -> schemars::Schema {
    wire::schema::<CoverageDocument>()
}

fn outcome<'a>(compilation: &Compilation, result: &'a TestResult, scene: Scene<'_>) -> Outcome<'a> {
    let test = &compilation.model.tests[result.test];
    let (file, line) = place(test.span, scene);
    let findings = wire_findings(&result.findings, scene);
    Outcome { title: title(test, compilation), file, line, passed: result.passed(), findings }
}

fn place(span: Span, scene: Scene<'_>) -> (String, u32) {
    (format!("{}{}", scene.prefix, scene.sources[span.file].name), scene.sources.line(span))
}

fn wire_share(share: Share) -> WireShare {
    WireShare { reached: share.reached, of: share.of, percent: share.percent() }
}

fn wire_kind(kind: ItemKind) -> WireKind {
    match kind {
        ItemKind::Entry => WireKind::Entry,
        ItemKind::Row => WireKind::Row,
        ItemKind::Action => WireKind::Action,
        ItemKind::Symptom => WireKind::Symptom,
        ItemKind::Message => WireKind::Message,
    }
}

fn written(document: &impl Serialize) -> String {
    serde_json::to_string_pretty(document).expect("strings and numbers are JSON") + "\n"
}
