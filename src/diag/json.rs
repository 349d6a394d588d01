//! Findings as one JSON document, for tools; the structs here are its format.

use schemars::JsonSchema;
use serde::Serialize;

use super::{Count, Diagnostic, Fix, Scene};
use crate::source::{Position, Span};

/// Version of the document's shape.
const VERSION: u32 = 1;

#[derive(Serialize)]
struct Document<'a> {
    version: u32,
    findings: Vec<Finding<'a>>,
    summary: Summary,
}

#[derive(Serialize)]
struct Summary {
    errors: usize,
    warnings: usize,
    notes: usize,
    fixable: usize,
}

/// A finding as it stands in documents of other commands too.
#[derive(Serialize, JsonSchema)]
pub struct Finding<'a> {
    /// `F0123`
    code: &'a str,
    name: &'a str,
    severity: &'a str,
    message: String,
    /// Absent for a finding about the knowledge base as a whole.
    #[serde(skip_serializing_if = "Option::is_none")]
    location: Option<Location>,
    labels: Vec<Labelled>,
    helps: Vec<String>,
    fixes: Vec<WireFix<'a>>,
}

#[derive(Serialize, JsonSchema)]
struct Labelled {
    message: String,
    location: Location,
}

#[derive(Serialize, JsonSchema)]
struct WireFix<'a> {
    title: String,
    /// Whether a tool may apply it unasked.
    safe: bool,
    edits: Vec<WireEdit<'a>>,
}

#[derive(Serialize, JsonSchema)]
struct WireEdit<'a> {
    location: Location,
    text: &'a str,
}

/// From `start` up to, not including, `end`.
#[derive(Serialize, JsonSchema)]
struct Location {
    file: String,
    start: Place,
    end: Place,
}

#[derive(Serialize, JsonSchema)]
struct Place {
    /// Offset in the file as it is on disk, from 0.
    byte: u32,
    /// From 1.
    line: u32,
    /// In characters, from 1.
    column: u32,
    /// In UTF-16 code units, from 1.
    utf16_column: u32,
}

pub fn render_json(findings: &[Diagnostic], scene: Scene<'_>) -> String {
    let count = Count::of(findings);
    let summary =
        Summary { errors: count.errors, warnings: count.warnings, notes: count.hints, fixable: count.fixable };
    let findings = wire_findings(findings, scene);
    let document = Document { version: VERSION, findings, summary };
    serde_json::to_string_pretty(&document).expect("strings and numbers are JSON") + "\n"
}

/// The findings as they stand in a document.
pub fn wire_findings<'a>(findings: impl IntoIterator<Item = &'a Diagnostic>, scene: Scene<'_>) -> Vec<Finding<'a>> {
    findings.into_iter().map(|finding| wire_finding(finding, scene)).collect()
}

fn wire_finding<'a>(finding: &'a Diagnostic, scene: Scene<'_>) -> Finding<'a> {
    let labels = finding.labels.iter();
    Finding {
        code: finding.code.id(),
        name: finding.code.name(),
        severity: finding.severity.name(),
        message: scene.message(finding),
        location: finding.span.map(|span| location(span, scene)),
        labels: labels
            .map(|label| Labelled { message: scene.label(finding, label), location: location(label.span, scene) })
            .collect(),
        helps: scene.helps(finding),
        fixes: finding.fixes.iter().map(|fix| wire_fix(finding, fix, scene)).collect(),
    }
}

fn wire_fix<'a>(finding: &Diagnostic, fix: &'a Fix, scene: Scene<'_>) -> WireFix<'a> {
    let edits = fix.edits.iter();
    WireFix {
        title: scene.fix_title(finding, fix),
        safe: fix.safe,
        edits: edits.map(|edit| WireEdit { location: location(edit.span, scene), text: &edit.text }).collect(),
    }
}

fn location(span: Span, scene: Scene<'_>) -> Location {
    let file = &scene.sources[span.file];
    let place = |offset| {
        let Position { line, column, utf16_column } = file.position(offset);
        Place { byte: offset + file.encoding.mark_length(), line, column, utf16_column }
    };
    Location { file: scene.path(span.file), start: place(span.start), end: place(span.end) }
}
