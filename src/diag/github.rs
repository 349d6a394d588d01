//! Workflow commands of GitHub Actions, which shows them as annotations of a change.
//!
//! Format and escaping: <https://docs.github.com/actions/reference/workflow-commands-for-github-actions>, and
//! `command.ts` of `actions/toolkit`.

use super::{Diagnostic, Scene, Severity};
use crate::source::Span;

pub fn render_github(findings: &[Diagnostic], scene: Scene<'_>) -> String {
    findings.iter().map(|finding| command(finding, scene)).collect()
}

fn command(finding: &Diagnostic, scene: Scene<'_>) -> String {
    let kind = match finding.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Hint => "notice",
    };
    let place = finding.span.map_or_else(String::new, |span| place(span, scene) + ",");
    let title = format!("{} {}", finding.code.id(), finding.code.name());
    format!("::{kind} {place}title={}::{}\n", property(&title), data(&text(finding, scene)))
}

fn text(finding: &Diagnostic, scene: Scene<'_>) -> String {
    let mut lines = vec![scene.message(finding)];
    lines.extend(finding.labels.iter().map(|label| {
        let place = scene.place(label.span);
        format!("{place}: {}", scene.label(finding, label))
    }));
    lines.extend(scene.helps(finding));
    lines.extend(finding.fixes.iter().map(|fix| scene.fix_title(finding, fix)));
    lines.join("\n")
}

/// Columns only for a span on one line: the page ignores them otherwise.
fn place(span: Span, scene: Scene<'_>) -> String {
    let file = &scene.sources[span.file];
    let (start, end) = (file.position(span.start), file.position(span.end));
    let mut place = format!("file={},line={},endLine={}", property(&scene.path(span.file)), start.line, end.line);
    if start.line == end.line {
        place.push_str(&format!(",col={},endColumn={}", start.column, end.column));
    }
    place
}

fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
