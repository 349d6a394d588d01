//! Findings for people: the lines in question with carets under them; the only user of codespan-reporting.

use std::cell::OnceCell;
use std::ops::Range;

use codespan_reporting::diagnostic::{Diagnostic as Report, Label as Mark, Severity as Weight};
use codespan_reporting::files::{Error as FilesError, Files};
use codespan_reporting::term::termcolor::Buffer;
use codespan_reporting::term::{self, Config};

use super::catalogue::{is_invisible, visible_text};
use super::render::first_findings;
use super::{Arg, Count, Diagnostic, Fix, Scene, Severity, catalogue};
use crate::source::{FileId, Sources, Span};

/// Longest line that is shown, in bytes; a longer one is only named.
const LONGEST_LINE: usize = 4000;

/// All findings and a line that counts them; with ANSI colours on request.
pub fn render_human(findings: &[Diagnostic], scene: Scene<'_>, colours: bool) -> String {
    render_first(findings, findings.len(), scene, colours)
}

/// The first of all findings, how many more there are, and a line that counts all.
pub fn render_first(findings: &[Diagnostic], most: usize, scene: Scene<'_>, colours: bool) -> String {
    let first = first_findings(findings, most);
    let more = findings.len() - first.len();
    let mut out = render_listed(first, scene, colours);
    if more > 0 {
        let count = [("count", Arg::Text(more.to_string()))];
        out.push_str(&catalogue().sentence("more-findings", &count, scene.language));
        out.push('\n');
    }
    if !findings.is_empty() {
        out.push_str(&summary(Count::of(findings), scene));
    }
    out
}

/// Findings, uncounted.
pub fn render_listed<'a>(
    findings: impl IntoIterator<Item = &'a Diagnostic>,
    scene: Scene<'_>,
    colours: bool,
) -> String {
    let pages = Pages::new(scene);
    let mut buffer = if colours { Buffer::ansi() } else { Buffer::no_color() };
    for finding in findings {
        // Writing to memory and to spans of known files cannot fail.
        let _ = term::emit_to_write_style(&mut buffer, &Config::default(), &pages, &report(finding, scene));
    }
    String::from_utf8_lossy(buffer.as_slice()).into_owned()
}

/// A finding that keeps a command from running; it has no place in a file and is not counted.
pub fn render_failure(failure: &Diagnostic, language: crate::language::Language, colours: bool) -> String {
    let sources = Sources::default();
    let scene = Scene { sources: &sources, language, prefix: "" };
    let mut buffer = if colours { Buffer::ansi() } else { Buffer::no_color() };
    let _ = term::emit_to_write_style(&mut buffer, &Config::default(), &Pages::new(scene), &report(failure, scene));
    String::from_utf8_lossy(buffer.as_slice()).into_owned()
}

fn report(finding: &Diagnostic, scene: Scene<'_>) -> Report<FileId> {
    let weight = match finding.severity {
        Severity::Error => Weight::Error,
        Severity::Warning => Weight::Warning,
        Severity::Hint => Weight::Note,
    };
    let mut report = Report::new(weight).with_code(finding.code.id()).with_message(scene.message(finding));
    if let Some(span) = finding.span {
        match is_shown(span, scene) {
            true => report.labels.push(Mark::primary(span.file, span.range())),
            false => report.notes.push(scene.place(span)),
        }
    }
    for label in &finding.labels {
        let text = scene.label(finding, label);
        match is_shown(label.span, scene) {
            true => report.labels.push(Mark::secondary(label.span.file, label.span.range()).with_message(text)),
            false => report.notes.push(format!("{}: {text}", scene.place(label.span))),
        }
    }
    report.notes.extend(advice(finding, scene));
    report
}

fn is_shown(span: Span, scene: Scene<'_>) -> bool {
    let file = &scene.sources[span.file];
    let line = line_range(file.line_starts(), file.text.len(), file.line_index(span.start));
    line.is_some_and(|line| line.len() <= LONGEST_LINE) && span.range().len() <= LONGEST_LINE
}

fn advice(finding: &Diagnostic, scene: Scene<'_>) -> impl Iterator<Item = String> {
    let fixes = finding.fixes.iter().map(move |fix| fix_line(finding, fix, scene));
    let help = scene.word("help");
    scene.helps(finding).into_iter().chain(fixes).map(move |line| format!("{help}: {line}"))
}

/// What a fix does and, unless that says it already, the new text.
fn fix_line(finding: &Diagnostic, fix: &Fix, scene: Scene<'_>) -> String {
    let title = scene.fix_title(finding, fix);
    match fix.edits.as_slice() {
        [edit] if is_worth_showing(&edit.text, &title) => format!("{title}: `{}`", edit.text.trim()),
        _ => title,
    }
}

fn is_worth_showing(text: &str, title: &str) -> bool {
    let text = text.trim();
    !text.is_empty() && !text.contains('\n') && !title.contains(text)
}

fn summary(count: Count, scene: Scene<'_>) -> String {
    let part = |one: &'static str, many: &'static str, n: usize| {
        let number = [("count", Arg::Text(n.to_string()))];
        catalogue().sentence(if n == 1 { one } else { many }, &number, scene.language)
    };
    let parts = [
        ("count-error", "count-errors", count.errors),
        ("count-warning", "count-warnings", count.warnings),
        ("count-note", "count-notes", count.hints),
    ];
    let parts = parts.into_iter().filter(|(_, _, n)| *n > 0);
    let parts = parts.map(|(one, many, n)| Arg::Text(part(one, many, n))).collect();
    let mut line = catalogue().show(&Arg::List(parts), scene.language);
    if count.fixable > 0 {
        line.push_str(&part("count-fixable", "count-fixable", count.fixable));
    }
    line + "\n"
}

/// The sources as codespan wants them.
struct Pages<'a> {
    scene: Scene<'a>,
    texts: Vec<OnceCell<String>>,
}

impl<'a> Pages<'a> {
    fn new(scene: Scene<'a>) -> Self {
        Self { scene, texts: scene.sources.ids().map(|_| OnceCell::new()).collect() }
    }
}

impl<'a> Files<'a> for Pages<'_> {
    type FileId = FileId;
    type Name = String;
    type Source = &'a str;

    fn name(&'a self, id: FileId) -> Result<String, FilesError> {
        Ok(visible_text(&self.scene.path(id)))
    }

    fn source(&'a self, id: FileId) -> Result<&'a str, FilesError> {
        let text = self.texts.get(id.0 as usize).ok_or(FilesError::FileMissing)?;
        Ok(text.get_or_init(|| as_long(&self.scene.sources[id].text)))
    }

    fn line_index(&'a self, id: FileId, byte: usize) -> Result<usize, FilesError> {
        Ok(self.scene.sources[id].line_index(u32::try_from(byte).unwrap_or(u32::MAX)))
    }

    fn line_range(&'a self, id: FileId, line: usize) -> Result<Range<usize>, FilesError> {
        let file = &self.scene.sources[id];
        let max = file.line_starts().len();
        line_range(file.line_starts(), file.text.len(), line).ok_or(FilesError::LineTooLarge { given: line, max })
    }
}

fn line_range(starts: &[u32], end: usize, line: usize) -> Option<Range<usize>> {
    let start = *starts.get(line)? as usize;
    Some(start..starts.get(line + 1).map_or(end, |next| *next as usize))
}

/// The text with every character that would move or hide others on a terminal replaced by one as long in UTF-8, so that
/// offsets stay right.
fn as_long(text: &str) -> String {
    text.chars().map(visible).collect()
}

fn visible(c: char) -> char {
    match c {
        '\n' | '\r' | '\t' => c,
        c if c.is_control() && c.len_utf8() == 1 => '?',
        c if c.is_control() => '¿',
        c if is_invisible(c) => char::REPLACEMENT_CHARACTER,
        c => c,
    }
}
