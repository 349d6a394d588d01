//! Findings about lines that stand outside of every block; several together are a pasted row, and one finding. Refuses to
//! know what may stand where.

use super::Parser;
use super::keyword::{Block, Keyword, find_keyword};
use crate::diag::{Code, Diagnostic};
use crate::source::Span;

/// A line that may not stand at top level, and what is said of it by itself.
pub(super) struct Outside {
    pub line: Span,
    pub finding: Diagnostic,
}

/// So many lines in a row are a pasted row of a sheet, if one of them belongs to an entry.
const PASTED: usize = 3;

impl Parser<'_> {
    /// Reports what is said of a line; at top level together with what is said of its neighbours.
    pub(super) fn report_in(&mut self, block: Block, line: Span, finding: Diagnostic) {
        match block {
            Block::File => self.outside.push(Outside { line, finding }),
            _ => self.report(finding),
        }
    }

    pub(super) fn report_outside(&mut self) {
        let mut found = std::mem::take(&mut self.outside);
        found.sort_by_key(|outside| outside.line.start);
        let mut groups: Vec<Vec<Outside>> = Vec::new();
        for outside in found {
            match groups.last_mut() {
                Some(group) if group.last().is_some_and(|last| self.adjoin(last.line, outside.line)) => {
                    group.push(outside);
                }
                Some(_) | None => groups.push(vec![outside]),
            }
        }
        groups.into_iter().for_each(|group| self.report_group(group));
    }

    fn report_group(&mut self, group: Vec<Outside>) {
        let is_pasted = group.len() >= PASTED && group.iter().any(|outside| self.is_of_entry(outside));
        let (Some(first), Some(last)) = (group.first(), group.last()) else { return };
        if is_pasted {
            let finding = Diagnostic::at(Code::MisplacedLine, first.line).message("pasted");
            let finding = finding.text("last", self.line_number(last.line.after()).to_string());
            return self.report(finding.help("wrap"));
        }
        let mut rest = group.into_iter().peekable();
        while let Some(Outside { line, mut finding }) = rest.next() {
            let mut end = line;
            // Text in lines below each other is one finding.
            while let Some(next) = rest.next_if(|next| {
                next.finding.code == Code::UnknownLine
                    && finding.code == Code::UnknownLine
                    && touch(self.text, end, next.line)
            }) {
                end = next.line;
                finding.span = finding.span.map(|span| span.to(next.line));
            }
            self.report(finding);
        }
    }

    /// Whether only blank lines and remarks stand between.
    fn adjoin(&self, before: Span, line: Span) -> bool {
        let between = self.text.get(before.end as usize..line.start as usize).unwrap_or("x");
        between.lines().all(|line| line.trim().is_empty() || line.trim_start().starts_with(['#', '＃']))
    }

    fn is_of_entry(&self, outside: &Outside) -> bool {
        let text = self.text_of(outside.line);
        let word = text.split(|c: char| c.is_whitespace() || c == ':' || c == '：').next().unwrap_or("");
        let keyword = find_keyword(word).is_some_and(|keyword| {
            keyword != Keyword::Note && Block::Entry.opens(keyword).or(Block::Action.opens(keyword)).is_some()
        });
        outside.finding.code == Code::MisplacedLine || keyword
    }
}

/// Whether one of two places ends on the line above the other.
pub(super) fn touch(text: &str, before: Span, line: Span) -> bool {
    let between = text.get(before.end as usize..line.start as usize).unwrap_or("x");
    between.trim().is_empty() && between.matches('\n').count() == 1
}
