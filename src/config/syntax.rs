//! What is said of a `faq.toml` that is not TOML; refuses to know what settings there are.

use std::collections::BTreeSet;

use toml::de::Error;
use unicode_normalization::UnicodeNormalization;

use super::{Reader, is_date};
use crate::diag::{Code, Diagnostic};
use crate::source::Span;

impl Reader<'_> {
    /// One finding for each line.
    pub(super) fn syntax_errors(&mut self, errors: &[Error]) {
        let mut lines = BTreeSet::new();
        for error in errors.iter().filter(|error| !is_of_key(error)) {
            let start = error.span().map_or(0, |span| span.start as u32);
            if lines.insert(self.sources[self.file].line_index(start)) {
                self.syntax_error(error);
            }
        }
    }

    /// A key of other letters than TOML's is mostly no setting either, and that has been said then.
    pub(super) fn unknown_signs(&mut self, errors: &[Error]) {
        for error in errors.iter().filter(|error| is_of_key(error)) {
            let span = Span::new(self.file, error.span().unwrap_or(0..0));
            let touches = |other: Span| other.file == span.file && other.start < span.end && span.start < other.end;
            if !self.diagnostics.iter().any(|finding| finding.span.is_some_and(touches)) {
                self.syntax_error(error);
            }
        }
    }

    fn syntax_error(&mut self, error: &Error) {
        let span = Span::new(self.file, error.span().unwrap_or(0..0));
        let unreadable = Diagnostic::at(Code::ConfigSyntax, span);
        let message = error.message();
        self.diagnostics.push(match self.line_of(span) {
            (line, start) if line.contains('＝') && !line.contains('=') => {
                let at = start + line.find('＝').unwrap_or(0);
                unreadable.fix("ascii", Span::new(self.file, at..at + '＝'.len_utf8()), "=")
            }
            _ if message.starts_with("duplicate key") => unreadable.help("keep-one"),
            _ if message.starts_with("string values must be quoted") => self.unquoted(unreadable, span),
            (line, _) if message.starts_with("unclosed table") => {
                unreadable.fix("close-header", span, if line.starts_with("[[") { "]]" } else { "]" })
            }
            _ if message.starts_with("invalid basic string") => unreadable.help("close-quote"),
            (line, _) if line.contains(['“', '”', '「', '『', '＂']) => unreadable.help("quote"),
            _ => unreadable.help("form"),
        });
    }

    /// A text without quotes, or within others than TOML's; or a date in another form.
    fn unquoted(&self, unreadable: Diagnostic, span: Span) -> Diagnostic {
        let written = self.sources.text(span).trim();
        if let Some(date) = iso_date(written) {
            return unreadable.fix("date", span, date);
        }
        let text = written.trim_matches(['“', '”', '「', '」', '『', '』', '＂', '\'']);
        if text.is_empty() || text.contains(['"', '\\', '#']) {
            return unreadable.help("quote");
        }
        unreadable.fix("quote", span, format!("\"{text}\""))
    }

    /// The line on which a span starts, and its offset.
    fn line_of(&self, span: Span) -> (&str, usize) {
        let text = self.sources[self.file].text.as_str();
        let before = text.get(..span.start as usize).unwrap_or(text);
        let start = before.rfind('\n').map_or(0, |at| at + 1);
        let line = text.get(start..).and_then(|rest| rest.lines().next()).unwrap_or("");
        (line, start)
    }
}

fn is_of_key(error: &Error) -> bool {
    error.message().starts_with("invalid unquoted key")
}

/// A date written in another way, `2023/6/29` or `2023年6月29日`, as TOML has it.
pub(super) fn iso_date(text: &str) -> Option<String> {
    let folded: String = text.nfkc().collect();
    let parts: Vec<&str> = folded.trim_end_matches('日').split(['/', '-', '.', '年', '月']).map(str::trim).collect();
    let [year, month, day] = parts.as_slice() else { return None };
    let date = format!("{year:0>4}-{month:0>2}-{day:0>2}");
    is_date(&date).then_some(date)
}
