//! What all renderers share: the formats, and a finding's texts in the reader's language.

use super::catalogue::visible_text;
use super::{Diagnostic, Fix, Label, Severity, catalogue, github, json, sarif, short, terminal};
use crate::language::Language;
use crate::source::{FileId, Sources, Span};

/// How findings are written down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// With the lines in question, for people.
    Human,
    /// One line each.
    Short,
    /// One JSON document of our own.
    Json,
    /// SARIF 2.1.0.
    Sarif,
    /// Workflow commands of GitHub Actions.
    Github,
}

/// What a renderer needs beside the findings.
#[derive(Clone, Copy, Debug)]
pub struct Scene<'a> {
    pub sources: &'a Sources,
    pub language: Language,
    /// What stands before every file's name, such as `kb/careplan/`.
    pub prefix: &'a str,
}

/// How many findings of each severity there are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Count {
    pub errors: usize,
    pub warnings: usize,
    pub hints: usize,
    /// Those of any severity that have a fix which may be applied unasked.
    pub fixable: usize,
}

/// All findings as one text, in the order given; human text without colours.
pub fn render(format: Format, findings: &[Diagnostic], scene: Scene<'_>) -> String {
    match format {
        Format::Human => terminal::render_human(findings, scene, false),
        Format::Short => short::render_short(findings, scene),
        Format::Json => json::render_json(findings, scene),
        Format::Sarif => sarif::render_sarif(findings, scene),
        Format::Github => github::render_github(findings, scene),
    }
}

/// So many findings at most, in order; where there are more, errors before others.
pub fn first_findings(findings: &[Diagnostic], most: usize) -> Vec<&Diagnostic> {
    if findings.len() <= most {
        return findings.iter().collect();
    }
    let (errors, others): (Vec<_>, Vec<_>) = findings.iter().partition(|finding| finding.severity == Severity::Error);
    errors.into_iter().chain(others).take(most).collect()
}

impl Count {
    pub fn of(findings: &[Diagnostic]) -> Self {
        let mut count = Self::default();
        for finding in findings {
            match finding.severity {
                Severity::Error => count.errors += 1,
                Severity::Warning => count.warnings += 1,
                Severity::Hint => count.hints += 1,
            }
            count.fixable += usize::from(finding.fixes.iter().any(|fix| fix.safe));
        }
        count
    }
}

impl Severity {
    /// As shown in front of a code; the same in every language, so that tools find it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Hint => "note",
        }
    }
}

impl Scene<'_> {
    pub(crate) fn message(&self, finding: &Diagnostic) -> String {
        self.text(finding, finding.message).unwrap_or_else(|| finding.code.name().replace('-', " "))
    }

    pub(crate) fn helps(&self, finding: &Diagnostic) -> Vec<String> {
        finding.helps.iter().filter_map(|key| self.text(finding, key)).collect()
    }

    pub(crate) fn label(&self, finding: &Diagnostic, label: &Label) -> String {
        self.text(finding, label.key).unwrap_or_default()
    }

    pub(crate) fn fix_title(&self, finding: &Diagnostic, fix: &Fix) -> String {
        self.text(finding, fix.key).unwrap_or_default()
    }

    /// The file's name as the reader finds it.
    pub(super) fn path(&self, file: FileId) -> String {
        format!("{}{}", self.prefix, self.sources[file].name)
    }

    /// `file:line:column` of the span's start.
    pub(super) fn place(&self, span: Span) -> String {
        let position = self.sources[span.file].position(span.start);
        format!("{}:{}:{}", visible_text(&self.path(span.file)), position.line, position.column)
    }

    pub(super) fn word(&self, key: &'static str) -> &'static str {
        catalogue().word(key, self.language)
    }

    fn text(&self, finding: &Diagnostic, key: &str) -> Option<String> {
        catalogue().render(finding.code, key, &finding.args, self.language)
    }
}
