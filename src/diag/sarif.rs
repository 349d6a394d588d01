//! Findings as a SARIF 2.1.0 log, for code hosts and dashboards; the only user of serde-sarif.

use serde_json::json;
use serde_sarif::sarif::{
    ArtifactChange, ArtifactContent, ArtifactLocation, Fix as SarifFix, Location, Message, MultiformatMessageString,
    PhysicalLocation, Region, Replacement, ReportingConfiguration, ReportingDescriptor, Result as SarifResult,
    ResultLevel, Run, Sarif, ToolComponent,
};

use super::{Code, Diagnostic, Edit, Fix, Scene, Severity};
use crate::language::Language;
use crate::source::{FileId, Span};

const SCHEMA: &str = "https://json.schemastore.org/sarif-2.1.0.json";

pub fn render_sarif(findings: &[Diagnostic], scene: Scene<'_>) -> String {
    let rules = codes_of(findings);
    let results = findings.iter().map(|finding| result(finding, &rules, scene)).collect::<Vec<_>>();
    let run = Run::builder()
        .tool(tool(&rules, scene))
        .results(results)
        .column_kind(json!("utf16CodeUnits"))
        .language(language_tag(scene.language))
        .default_encoding("UTF-8")
        .build();
    let log = Sarif::builder().schema(SCHEMA).version(json!("2.1.0")).runs(vec![run]).build();
    serde_json::to_string_pretty(&log).expect("strings and numbers are JSON") + "\n"
}

fn codes_of(findings: &[Diagnostic]) -> Vec<Code> {
    let mut codes: Vec<Code> = findings.iter().map(|finding| finding.code).collect();
    codes.sort_unstable();
    codes.dedup();
    codes
}

fn language_tag(language: Language) -> &'static str {
    match language {
        Language::Japanese => "ja",
        Language::English => "en",
    }
}

fn tool(rules: &[Code], scene: Scene<'_>) -> ToolComponent {
    ToolComponent::builder()
        .name("faqc")
        .version(env!("CARGO_PKG_VERSION"))
        .semantic_version(env!("CARGO_PKG_VERSION"))
        .language(language_tag(scene.language))
        .rules(rules.iter().map(|code| rule(*code, scene)).collect::<Vec<_>>())
        .build()
}

fn rule(code: Code, scene: Scene<'_>) -> ReportingDescriptor {
    let text = |text: String| MultiformatMessageString::builder().text(text).build();
    let configuration = ReportingConfiguration::builder().level(json!(level_name(code.severity()))).build();
    ReportingDescriptor::builder()
        .id(code.id())
        .name(code.name())
        .short_description(text(code.name().replace('-', " ")))
        .help(text(super::explain(code, scene.language)))
        .default_configuration(configuration)
        .build()
}

fn level_name(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Hint => "note",
    }
}

fn result(finding: &Diagnostic, rules: &[Code], scene: Scene<'_>) -> SarifResult {
    let level = match finding.severity {
        Severity::Error => ResultLevel::Error,
        Severity::Warning => ResultLevel::Warning,
        Severity::Hint => ResultLevel::Note,
    };
    let index = rules.binary_search(&finding.code).unwrap_or_default();
    let mut result = SarifResult::builder()
        .rule_id(finding.code.id())
        .rule_index(i64::try_from(index).unwrap_or(-1))
        .level(level)
        .message(message(finding, scene))
        .build();
    result.locations = Some(finding.span.iter().map(|span| location(*span, scene)).collect());
    result.related_locations = some_list(finding.labels.iter().map(|label| {
        let mut place = location(label.span, scene);
        place.message = Some(Message::from(&scene.label(finding, label)));
        place
    }));
    result.fixes = some_list(finding.fixes.iter().map(|fix| sarif_fix(finding, fix, scene)));
    result
}

/// Absent rather than empty.
fn some_list<T>(items: impl Iterator<Item = T>) -> Option<Vec<T>> {
    let items: Vec<T> = items.collect();
    (!items.is_empty()).then_some(items)
}

/// The message, and the helps on lines of their own.
fn message(finding: &Diagnostic, scene: Scene<'_>) -> Message {
    let mut lines = vec![scene.message(finding)];
    lines.extend(scene.helps(finding));
    Message::from(&lines.join("\n"))
}

fn sarif_fix(finding: &Diagnostic, fix: &Fix, scene: Scene<'_>) -> SarifFix {
    let mut files: Vec<FileId> = fix.edits.iter().map(|edit| edit.span.file).collect();
    files.dedup();
    let changes: Vec<_> = files.iter().map(|file| change(*file, &fix.edits, scene)).collect();
    SarifFix::builder().description(Message::from(&scene.fix_title(finding, fix))).artifact_changes(changes).build()
}

fn change(file: FileId, edits: &[Edit], scene: Scene<'_>) -> ArtifactChange {
    let replacements = edits.iter().filter(|edit| edit.span.file == file).map(|edit| replacement(edit, scene));
    ArtifactChange::builder()
        .artifact_location(artifact(file, scene))
        .replacements(replacements.collect::<Vec<_>>())
        .build()
}

fn replacement(edit: &Edit, scene: Scene<'_>) -> Replacement {
    Replacement::builder()
        .deleted_region(region(edit.span, scene))
        .inserted_content(ArtifactContent::builder().text(edit.text.clone()).build())
        .build()
}

fn location(span: Span, scene: Scene<'_>) -> Location {
    let place =
        PhysicalLocation::builder().artifact_location(artifact(span.file, scene)).region(region(span, scene)).build();
    Location::builder().physical_location(place).build()
}

fn region(span: Span, scene: Scene<'_>) -> Region {
    let file = &scene.sources[span.file];
    let (start, end) = (file.position(span.start), file.position(span.end));
    Region::builder()
        .start_line(i64::from(start.line))
        .start_column(i64::from(start.utf16_column))
        .end_line(i64::from(end.line))
        .end_column(i64::from(end.utf16_column))
        .build()
}

fn artifact(file: FileId, scene: Scene<'_>) -> ArtifactLocation {
    ArtifactLocation::builder().uri(uri(&scene.path(file))).build()
}

/// A path as a URI reference: whatever is not unreserved in RFC 3986 is percent-encoded, `/` is kept.
fn uri(path: &str) -> String {
    let mut uri = String::with_capacity(path.len());
    if path.starts_with('/') {
        uri.push_str("file://");
    }
    for byte in path.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => uri.push(char::from(byte)),
            other => uri.push_str(&format!("%{other:02X}")),
        }
    }
    uri
}
