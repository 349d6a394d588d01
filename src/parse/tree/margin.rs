//! What the indentation of a block's lines says about where its missing brace belongs; refuses to know what braces are
//! there.

use super::{Frame, Item, Line, LineKind, Tree, as_known_here};
use crate::diag::{Code, Diagnostic};
use crate::parse::keyword::{Block, Keyword, find_keyword};
use crate::source::Span;

/// Where the lines of a block stand, compared with the line that opens it.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Margin {
    /// Whether some line stands deeper.
    deeper: bool,
    /// The first line after those that stands no deeper and belongs to the block around as well, and the items before it.
    left: Option<(Span, usize)>,
    /// The first line that belongs to the block around, and not here.
    foreign: Option<Span>,
}

/// A block whose own brace is probably missing.
#[derive(Clone, Copy, Debug)]
pub(super) struct Suspect {
    opened: Span,
    /// The brace that closed it instead.
    brace: Option<Span>,
    margin: Margin,
}

impl Tree<'_, '_> {
    /// Looks at a line that is about to be added to the open block.
    pub(super) fn look_at_margin(&mut self, line: &Line) {
        let [.., outer, inner] = self.stack.as_slice() else { return };
        let Some(opened) = inner.opened else { return };
        let (around, here) = (self.parser.indentation(opened), self.parser.indentation(line.span));
        let is_deeper = here.len() > around.len() && here.starts_with(around);
        let is_left =
            !inner.implied && inner.margin.deeper && around.starts_with(here) && self.may_stand(line, outer.block);
        let Some(inner) = self.stack.last_mut() else { return };
        inner.margin.deeper |= is_deeper;
        if is_left && inner.margin.left.is_none() {
            inner.margin.left = Some((line.span, inner.items.len()));
        }
    }

    fn may_stand(&self, line: &Line, block: Block) -> bool {
        match &line.kind {
            LineKind::Statement { word } => {
                let keyword = find_keyword(self.parser.text_of(*word)).map(|keyword| as_known_here(keyword, block));
                keyword.is_some_and(|keyword| block.opens(keyword).is_some())
            }
            LineKind::Step | LineKind::Bullet | LineKind::Note | LineKind::Warning => block.takes_steps(),
            LineKind::Continuation
            | LineKind::Alternative
            | LineKind::Close
            | LineKind::Fence { .. }
            | LineKind::Other => false,
        }
    }

    /// A statement that the open block does not know, as far left as the block's own line: it ends the block.
    pub(super) fn leave_outdented(&mut self, keyword: Keyword) {
        while let [.., outer, inner] = self.stack.as_slice() {
            let (Some(opened), Some(_)) = (inner.opened, inner.margin.left) else { return };
            if inner.block.opens(keyword).is_some() || outer.block.opens(keyword).is_none() {
                return;
            }
            let suspect = self.suspect.take().unwrap_or(Suspect { opened, brace: None, margin: inner.margin });
            self.report_missing_close(suspect);
            self.pop();
            self.part(suspect);
        }
    }

    /// A statement that belongs to the block around: that one's brace may be missing.
    pub(super) fn note_foreign(&mut self, keyword: Keyword, line: Span) {
        let [.., outer, inner] = self.stack.as_mut_slice() else { return };
        if outer.block != Block::File && outer.block.opens(keyword).is_some() {
            inner.margin.foreign = inner.margin.foreign.or(Some(line));
        }
    }

    /// Remembers what the margin of a block within a declaration says, as a brace is about to close it.
    pub(super) fn suspect_margin(&mut self, brace: Span) {
        let [_, _, .., Frame { opened: Some(opened), margin, .. }] = self.stack.as_slice() else { return };
        let (opened, margin) = (*opened, *margin);
        self.doubtful |= self.is_flat(margin);
        let is_left = self.parser.indentation(brace).chars().count() < self.parser.indentation(opened).chars().count();
        if is_left && self.suspect.is_none() {
            self.suspect = Some(Suspect { opened, brace: Some(brace), margin });
        }
        if margin.foreign.is_some() && self.foreign.is_none() {
            self.foreign = Some(Suspect { opened, brace: None, margin });
        }
    }

    /// A block within a declaration that is still open when the file or the next declaration ends it.
    pub(super) fn suspect_open_block(&mut self) {
        let within = self.stack.get(2..).unwrap_or_default();
        let suspect = |frame: &Frame| Some(Suspect { opened: frame.opened?, brace: None, margin: frame.margin });
        let has_left = |suspect: &Suspect| suspect.margin.left.is_some();
        let suspects = || within.iter().rev().filter_map(suspect);
        self.suspect = self.suspect.or_else(|| suspects().find(has_left));
        self.foreign = self.foreign.or_else(|| suspects().find(|suspect| suspect.margin.foreign.is_some()));
    }

    pub(super) fn forget_margins(&mut self) {
        (self.suspect, self.foreign, self.doubtful) = (None, None, false);
    }

    /// Whether a block has lines, and they do not stand deeper than its own.
    fn is_flat(&self, margin: Margin) -> bool {
        !margin.deeper && self.stack.last().is_some_and(|frame| !frame.items.is_empty())
    }

    /// Whether the layout does not tell where the open blocks end.
    pub(super) fn is_doubtful(&self) -> bool {
        let within = self.stack.get(2..).unwrap_or_default();
        self.doubtful || within.iter().any(|frame| !frame.margin.deeper && !frame.items.is_empty())
    }

    pub(super) fn report_missing_close(&mut self, suspect: Suspect) {
        let Suspect { opened, brace, margin } = suspect;
        let finding = Diagnostic::at(Code::MissingClose, opened);
        let finding = match (margin.left.map(|(line, _)| line), margin.foreign, brace) {
            (Some(line), ..) => self.before_line(finding.label(line, "instead"), line, true),
            (None, Some(line), _) => self.before_line(finding.label(line, "instead"), line, false),
            (None, None, Some(brace)) => self.before_brace(finding, opened, brace),
            (None, None, None) => finding,
        };
        self.parser.report(finding);
    }

    /// The block ends before a line, which keeps its place.
    pub(super) fn before_line(&self, finding: Diagnostic, line: Span, safe: bool) -> Diagnostic {
        let finding = finding.text("line", self.parser.line_number(line).to_string());
        let text = format!("}}\n{}", self.parser.indentation(line));
        if safe {
            finding.fix("add-brace-before", line.before(), text)
        } else {
            finding.suggest("add-brace-before", line.before(), text)
        }
    }

    /// The block ends before the brace that is meant for a block around it.
    fn before_brace(&self, finding: Diagnostic, opened: Span, brace: Span) -> Diagnostic {
        let finding = finding.label(brace, "too-far-left").text("line", self.parser.line_number(brace).to_string());
        let shift = self.parser.indentation(opened).get(self.parser.indentation(brace).len()..).unwrap_or("");
        let text = format!("{shift}}}\n{}", self.parser.indentation(brace));
        if self.doubtful {
            finding.suggest("add-brace-before", brace.before(), text)
        } else {
            finding.fix("add-brace-before", brace.before(), text)
        }
    }

    /// Gives the lines that stand left of a closed block to the block around it.
    pub(super) fn part(&mut self, suspect: Suspect) {
        let Some((_, from)) = suspect.margin.left else { return };
        for frame in self.stack.iter_mut().rev() {
            let is_block = |item: &Item| matches!(item, Item::Statement(statement) if statement.span == suspect.opened);
            let Some(at) = frame.items.iter().position(is_block) else { continue };
            let Some(Item::Statement(statement)) = frame.items.get_mut(at) else { return };
            let Some(body) = statement.body.as_mut().filter(|body| from <= body.len()) else { return };
            let left = body.split_off(from);
            drop(frame.items.splice(at + 1..at + 1, left));
            return;
        }
    }
}
