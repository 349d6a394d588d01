//! Cuts a file into lines, each told by its first token; refuses to know blocks and arguments.

use super::Rule;
use super::cursor::{Node, parse_rule};
use crate::source::{FileId, Span};

/// A line that means something (blank ones and comments are left out).
#[derive(Clone, Debug)]
pub(super) struct Line {
    pub kind: LineKind,
    /// From the first token to the line's end, without space at either end.
    pub span: Span,
    /// What follows the mark or the word, trimmed likewise.
    pub rest: Span,
    /// Whether it starts in the file's first column.
    pub at_margin: bool,
}

#[derive(Clone, Debug)]
pub(super) enum LineKind {
    Step,
    Bullet,
    Note,
    Warning,
    Continuation,
    Alternative,
    Close,
    /// Begins with a word, which may be a keyword.
    Statement {
        word: Span,
    },
    /// `lines` is `None` when the fence is not closed.
    Fence {
        lines: Option<Vec<Span>>,
    },
    Other,
}

/// pest keeps tokens for all that it parses, so a large file is parsed in chunks of about this many bytes.
const CHUNK: usize = 64 * 1024;

/// The lines of a file.
pub(super) fn parse_lines(file: FileId, text: &str) -> Vec<Line> {
    let mut lines = Vec::with_capacity(text.len() / 48);
    let mut start = 0;
    while start < text.len() {
        let end = chunk_end(text, start);
        let span = Span::new(file, start..end);
        let chunk = text.get(start..end).unwrap_or("");
        let node = parse_rule(Rule::lines, chunk, span).expect("every text is some lines");
        lines.extend(node.children().filter_map(|node| line_of(&node, text)));
        start = end + 1;
    }
    lines
}

/// Where a chunk that begins at `start` ends: before a line feed that is not inside a fence.
fn chunk_end(text: &str, start: usize) -> usize {
    if text.len() - start <= CHUNK {
        return text.len();
    }
    let mut fenced = false;
    let mut from = start;
    while let Some(length) = memchr::memchr(b'\n', text.as_bytes().get(from..).unwrap_or(&[])) {
        let end = from + length;
        let line = text.get(from..end).unwrap_or("").trim_start();
        if line.starts_with("```") || line.starts_with("｀｀｀") {
            fenced = !fenced;
        }
        if !fenced && end - start >= CHUNK {
            return end;
        }
        from = end + 1;
    }
    text.len()
}

pub(super) fn line_of(node: &Node<'_>, text: &str) -> Option<Line> {
    let kind = match node.rule() {
        Rule::step => LineKind::Step,
        Rule::bullet => LineKind::Bullet,
        Rule::note => LineKind::Note,
        Rule::warning => LineKind::Warning,
        Rule::continuation => LineKind::Continuation,
        Rule::alternative => LineKind::Alternative,
        Rule::close => LineKind::Close,
        Rule::statement => LineKind::Statement { word: node.first()?.span() },
        Rule::fence => LineKind::Fence { lines: fence_lines(node) },
        Rule::other => LineKind::Other,
        _ => return None,
    };
    let whole = node.span();
    let rest = match node.rule() {
        Rule::fence => node.find(Rule::fence_info)?.span(),
        Rule::other => whole,
        _ => node.find(Rule::rest)?.span(),
    };
    let at_margin = whole.start == 0 || text.as_bytes().get(whole.start as usize - 1) == Some(&b'\n');
    Some(Line { kind, span: trim(whole, text), rest: trim(rest, text), at_margin })
}

fn fence_lines(fence: &Node<'_>) -> Option<Vec<Span>> {
    let body = fence.find(Rule::fence_body)?;
    Some(body.children().map(|line| line.span()).collect())
}

/// The span without white space at either end.
pub(super) fn trim(span: Span, text: &str) -> Span {
    let inner = text.get(span.range()).unwrap_or("");
    let start = span.start + (inner.len() - inner.trim_start().len()) as u32;
    let end = start + inner.trim().len() as u32;
    Span { start, end, ..span }
}
