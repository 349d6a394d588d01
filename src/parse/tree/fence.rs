//! Fences that are never closed: which lines they were meant to hold.

use super::{Item, Line, LineKind, Tree, as_known_here};
use crate::diag::{Code, Diagnostic};
use crate::parse::keyword::{Block, find_keyword};
use crate::source::Span;

impl Tree<'_, '_> {
    /// Takes the fence for one that ends at the next line that cannot be plain text.
    pub(super) fn open_fence(&mut self, line: Line) {
        if self.block() == Block::Unknown {
            return;
        }
        let span = line.span;
        self.add_line(Line { kind: LineKind::Fence { lines: Some(vec![line.rest]) }, ..line });
        self.fence = Some(Diagnostic::at(Code::OpenFence, span));
    }

    /// Whether the line was meant to stand in a fence that is not closed.
    pub(super) fn continues_fence(&mut self, line: &Line) -> bool {
        if self.fence.is_none() {
            return false;
        }
        let is_text = match &line.kind {
            LineKind::Fence { lines: None } => {
                self.end_fence_at_mark(line);
                return true;
            }
            LineKind::Other => true,
            LineKind::Statement { word } => {
                let keyword = find_keyword(self.parser.text_of(*word));
                !keyword.is_some_and(|keyword| {
                    let block = self.block();
                    block.opens(as_known_here(keyword, block)).is_some() || self.is_declaration(keyword, line)
                })
            }
            LineKind::Step
            | LineKind::Bullet
            | LineKind::Note
            | LineKind::Warning
            | LineKind::Continuation
            | LineKind::Alternative
            | LineKind::Close
            | LineKind::Fence { .. } => false,
        };
        if is_text {
            self.keep_in_fence(line.span);
        } else {
            self.end_fence(Some(line.span));
        }
        is_text
    }

    fn keep_in_fence(&mut self, text: Span) {
        let last = self.stack.last_mut().and_then(|frame| frame.items.last_mut());
        if let Some(Item::Line { line: Line { kind: LineKind::Fence { lines: Some(lines) }, .. }, .. }) = last {
            lines.push(text);
        }
    }

    /// The closing line says more than the mark.
    fn end_fence_at_mark(&mut self, line: &Line) {
        if let Some(finding) = self.fence.take() {
            let gap = Span { start: line.span.start + mark_length(self.parser.text_of(line.span)), ..line.span };
            self.parser.report(finding.label(line.span, "not-bare").suggest("bare", gap, ""));
        }
    }

    /// `at` is the line that cannot be text, `None` at the file's end.
    pub(super) fn end_fence(&mut self, at: Option<Span>) {
        let Some(finding) = self.fence.take() else { return };
        let opened = finding.span.map_or("", |span| self.parser.text_of(span));
        let mark = opened.get(..mark_length(opened) as usize).unwrap_or("```");
        self.parser.report(match at {
            Some(at) => {
                let text = format!("{mark}\n{}", self.parser.indentation(at));
                finding.label(at, "instead").suggest("add-fence", at.before(), text)
            }
            None => finding.suggest("add-fence", self.parser.end(), format!("\n{mark}\n")),
        });
    }
}

/// Bytes of the three marks at the start.
fn mark_length(text: &str) -> u32 {
    text.chars().take(3).map(char::len_utf8).sum::<usize>() as u32
}
