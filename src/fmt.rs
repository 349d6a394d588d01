//! Owns the one way to lay a file out: space, signs and blank lines; refuses to know what anything means.
//!
//! A file is formatted row by row. Prose and names stay as they are written, a comment stays between the lines that it stands
//! between, and what could not be parsed stays byte for byte: the line, or the whole declaration when its braces do not
//! match.

mod align;
mod broken;
mod row;

use crate::diag::Diagnostics;
use crate::parse::parse_rows;
use crate::parse::rows::Row;
use crate::source::{FileId, Sources};
use align::align;
use broken::find_broken;
use row::{Written, write_row};

/// Spaces for each block around a line.
const INDENT: usize = 2;

/// The text of a `.faq` file as it should be laid out. Line ends are those of its first line.
pub fn fmt_text(text: &str) -> String {
    let mut sources = Sources::default();
    let id = sources.add("", text);
    fmt_file(id, &sources)
}

/// The same for a file that has been read.
pub fn fmt_file(id: FileId, sources: &Sources) -> String {
    let mut findings = Diagnostics::default();
    let (_, rows) = parse_rows(id, sources, &mut findings);
    let text = sources[id].text.as_str();
    let broken = find_broken(&rows, &findings, text);
    let mut written: Vec<Option<Written>> =
        rows.iter().zip(&broken).map(|(row, broken)| (!broken).then(|| write_row(row, text)).flatten()).collect();
    align(&rows, &mut written, text);
    Page { text, end: line_end(text), out: String::with_capacity(text.len() + text.len() / 16) }.fill(&rows, &written)
}

fn line_end(text: &str) -> &'static str {
    // Blank ones before it go.
    let first = text.split_inclusive('\n').find(|line| !line.trim().is_empty()).unwrap_or("");
    if first.ends_with("\r\n") { "\r\n" } else { "\n" }
}

struct Page<'a> {
    text: &'a str,
    end: &'static str,
    out: String,
}

impl Page<'_> {
    fn fill(mut self, rows: &[Row], written: &[Option<Written>]) -> String {
        let mut before: Option<(&Row, bool)> = None;
        for (row, written) in rows.iter().zip(written) {
            let is_kept = written.is_none();
            self.between(before, row, is_kept);
            match written {
                Some(written) => self.write(row.depth, written),
                None => self.keep(row),
            }
            before = Some((row, is_kept));
        }
        if let Some((last, true)) = before {
            let rest = self.text.get(self.after(last)..).unwrap_or("");
            self.out.push_str(rest);
        }
        self.out
    }

    /// Blank lines part groups; one is enough, and none is needed at the braces. Between lines that are kept everything is.
    fn between(&mut self, before: Option<(&Row, bool)>, row: &Row, is_kept: bool) {
        let Some((before, was_kept)) = before else { return };
        let start = self.line_start(row);
        let between = self.text.get(self.after(before)..start).unwrap_or("");
        if was_kept && is_kept {
            return self.out.push_str(between);
        }
        let is_edge = !was_kept && before.opens() || !is_kept && row.closes();
        if !between.is_empty() && !is_edge {
            self.out.push_str(self.end);
        }
    }

    fn write(&mut self, depth: usize, written: &Written) {
        self.out.extend(std::iter::repeat_n(' ', depth * INDENT));
        self.out.push_str(&written.text());
        self.out.push_str(self.end);
    }

    fn keep(&mut self, row: &Row) {
        let (start, end) = (self.line_start(row), self.after(row));
        self.out.push_str(self.text.get(start..end).unwrap_or(""));
    }

    fn line_start(&self, row: &Row) -> usize {
        let before = self.text.get(..row.span.start as usize).unwrap_or("");
        before.rfind('\n').map_or(0, |at| at + 1)
    }

    /// Where the line after the row begins.
    fn after(&self, row: &Row) -> usize {
        let end = row.span.end as usize;
        let rest = self.text.get(end..).unwrap_or("");
        memchr::memchr(b'\n', rest.as_bytes()).map_or(self.text.len(), |at| end + at + 1)
    }
}
