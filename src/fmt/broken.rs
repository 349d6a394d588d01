//! Which rows are left as they are, because they could not be parsed.

use crate::diag::{Code, Diagnostic, Diagnostics, Severity};
use crate::parse::rows::{Row, Shape};
use crate::source::Span;

/// Whether each row is left byte for byte.
pub(super) fn find_broken(rows: &[Row], findings: &Diagnostics, text: &str) -> Vec<bool> {
    let mut broken: Vec<bool> = rows.iter().map(|row| is_strange(row, text)).collect();
    let declarations = Declarations::of(rows);
    for (at, row) in rows.iter().enumerate() {
        let is_brace = || text.get(row.span.range()).is_some_and(|line| line.contains(['{', '}', '｛', '｝']));
        if matches!(row.shape, Shape::Stray) || (matches!(row.shape, Shape::Unknown) && is_brace()) {
            declarations.mark(at, true, rows, &mut broken);
        }
    }
    for finding in findings.iter().filter(|finding| finding.severity == Severity::Error) {
        let Some(span) = finding.span else { continue };
        for at in touched(rows, span) {
            if is_about_braces(finding) {
                let is_of_before = matches!(finding.code, Code::MisplacedStatement | Code::StrayClose);
                declarations.mark(at, is_of_before, rows, &mut broken);
            } else if let Some(broken) = broken.get_mut(at) {
                *broken = true;
            }
        }
    }
    broken
}

/// Lines with white space that looks like the end of a line, lines that are nothing, and fences, whose text is the
/// writer's.
fn is_strange(row: &Row, text: &str) -> bool {
    if matches!(row.shape, Shape::Fence | Shape::Unknown | Shape::Stray) {
        return true;
    }
    let is_odd = |c: char| matches!(c, '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}');
    let line = whole_line(row, text);
    line.trim_end_matches(['\r', ' ', '\t', '\u{3000}']).contains(is_odd)
}

fn whole_line<'a>(row: &Row, text: &'a str) -> &'a str {
    let range = row.span.range();
    let start = text.get(..range.start).and_then(|before| before.rfind('\n')).map_or(0, |at| at + 1);
    let rest = text.get(range.end..).unwrap_or("");
    let end = range.end + memchr::memchr(b'\n', rest.as_bytes()).unwrap_or(rest.len());
    text.get(start..end).unwrap_or("")
}

/// The rows that a place lies in; the one before it when it lies between rows.
fn touched(rows: &[Row], span: Span) -> std::ops::Range<usize> {
    let first = rows.partition_point(|row| row.span.end < span.start);
    let last = rows.partition_point(|row| row.span.start <= span.end);
    if first < last { first..last } else { last.saturating_sub(1)..last }
}

fn is_about_braces(finding: &Diagnostic) -> bool {
    matches!(
        finding.code,
        Code::MissingOpen
            | Code::MissingClose
            | Code::StrayClose
            | Code::AfterClose
            | Code::NoBlockHere
            | Code::OpenFence
            | Code::TooDeep
            | Code::MisplacedStatement
    )
}

/// Where each declaration begins.
struct Declarations {
    starts: Vec<usize>,
}

impl Declarations {
    fn of(rows: &[Row]) -> Self {
        let begins = |row: &Row| row.depth == 0 && !matches!(row.shape, Shape::Comment | Shape::Close { .. });
        let starts = rows.iter().enumerate().filter(|(_, row)| begins(row)).map(|(at, _)| at).collect();
        Self { starts }
    }

    /// Marks the declaration that a row stands in. If the row begins one, what is wrong may be a brace of the one before.
    fn mark(&self, at: usize, with_before: bool, rows: &[Row], broken: &mut [bool]) {
        let next = self.starts.partition_point(|start| *start <= at);
        let mut first = next.saturating_sub(1);
        if with_before && self.starts.get(first) == Some(&at) {
            first = first.saturating_sub(1);
        }
        let start = self.starts.get(first).copied().unwrap_or(0);
        let end = self.starts.get(next).copied().unwrap_or(rows.len());
        let is_comment = |row: &Row| matches!(row.shape, Shape::Comment);
        let comments = rows.get(start..end).unwrap_or(&[]).iter().rev().take_while(|row| is_comment(row)).count();
        for broken in broken.iter_mut().take(end - comments).skip(start) {
            *broken = true;
        }
    }
}
