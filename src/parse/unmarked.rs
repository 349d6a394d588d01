//! Findings about lines that are nothing their block knows.

use super::Parser;
use super::keyword::{Block, Keyword, statements};
use super::lines::{Line, LineKind};
use crate::diag::{Arg, Code, Diagnostic};
use crate::language::Language;
use crate::source::Span;

impl Parser<'_> {
    /// A line that is neither marked nor a statement, where only those may stand.
    pub(super) fn report_unmarked(&mut self, line: &Line, block: Block) {
        let finding = match &line.kind {
            LineKind::Statement { word } if !is_sentence(self.text_of(line.span)) => {
                self.unknown_statement(*word, block)
            }
            LineKind::Statement { .. } | LineKind::Other => return self.report_unknown_line(line.span, block),
            LineKind::Step
            | LineKind::Bullet
            | LineKind::Note
            | LineKind::Warning
            | LineKind::Continuation
            | LineKind::Alternative
            | LineKind::Close
            | LineKind::Fence { .. } => self.misplaced_line(line, block),
        };
        self.report(finding);
    }

    /// A word that is no keyword of its block.
    pub(super) fn unknown_statement(&self, word: Span, block: Block) -> Diagnostic {
        let written = self.text_of(word);
        let finding = Diagnostic::at(Code::UnknownStatement, word).text("word", written).word("block", block.word());
        let language = if written.is_ascii() { Language::English } else { Language::Japanese };
        with_known(finding, block, language)
    }

    /// Text in lines below each other is one finding.
    fn report_unknown_line(&mut self, span: Span, block: Block) {
        if self.goes_on_from_last(span) {
            return;
        }
        let finding = Diagnostic::at(Code::UnknownLine, span).word("block", block.word());
        let finding = if is_sentence(self.text_of(span)) || block == Block::File {
            finding
        } else {
            with_known(finding, block, self.language())
        };
        let finding = match block {
            Block::Entry | Block::Cause => finding.help("step-or-note"),
            _ if block.opens(Keyword::Note).is_some() => finding.help("note"),
            _ => finding,
        };
        self.report(finding.help("comment"));
    }

    /// Where a line does not tell which keywords its writer uses, the beginning of the file does.
    fn language(&self) -> Language {
        const BEGINNING: usize = 2048;
        let is_ascii = self.text.bytes().take(BEGINNING).all(|byte| byte.is_ascii());
        if is_ascii { Language::English } else { Language::Japanese }
    }

    fn goes_on_from_last(&mut self, span: Span) -> bool {
        let text = self.text;
        let Some(last) = self.diagnostics.last_mut().filter(|last| last.code == Code::UnknownLine) else {
            return false;
        };
        let Some(before) = last.span.as_mut().filter(|before| before.file == span.file) else { return false };
        let between = text.get(before.end as usize..span.start as usize).unwrap_or("x");
        let adjoins = between.trim().is_empty() && between.matches('\n').count() == 1;
        if adjoins {
            before.end = span.end;
        }
        adjoins
    }

    fn misplaced_line(&self, line: &Line, block: Block) -> Diagnostic {
        let first = Span { end: line.rest.start, ..line.span };
        let mark = self.text_of(first).trim();
        let span = self.first_line(line.span);
        let finding = Diagnostic::at(Code::MisplacedLine, span).text("mark", mark).word("block", block.word());
        if block == Block::Fact { finding.help("in-check") } else { finding.help("home") }
    }

    fn first_line(&self, span: Span) -> Span {
        let text = self.text_of(span);
        let length = text.find('\n').unwrap_or(text.len());
        Span { end: span.start + text.get(..length).unwrap_or("").trim_end().len() as u32, ..span }
    }
}

/// Whether a line reads as prose, not as a statement with a misspelt keyword.
fn is_sentence(text: &str) -> bool {
    const LONG: usize = 30;
    text.contains('。') || text.ends_with(['、', '.', '!', '?', '！', '？', '．']) || text.chars().count() > LONG
}

/// Says what lines the block knows.
fn with_known(finding: Diagnostic, block: Block, language: Language) -> Diagnostic {
    let mut known: Vec<&str> = statements(block).iter().map(|(keyword, _)| keyword.spelling(language)).collect();
    known.dedup();
    if known.is_empty() {
        return finding;
    }
    let known = known.into_iter().map(|spelling| Arg::Text(spelling.to_owned())).collect();
    finding.arg("known", Arg::List(known)).help("known")
}
