//! `file:line:column: error[F0201]: message`, one finding a line, for editors and `grep`.

use super::{Diagnostic, Scene};

pub fn render_short(findings: &[Diagnostic], scene: Scene<'_>) -> String {
    findings.iter().map(|finding| short_line(finding, scene)).collect()
}

fn short_line(finding: &Diagnostic, scene: Scene<'_>) -> String {
    let place = finding.span.map_or_else(String::new, |span| format!("{}: ", scene.place(span)));
    format!("{place}{}[{}]: {}\n", finding.severity.name(), finding.code.id(), scene.message(finding))
}
