//! What closes a block, and the findings about braces that are missing, too many or in the wrong place.

use super::{Frame, Item, Line, LineKind, Opens, Statement, Tree};
use crate::diag::{Code, Diagnostic, Edit};
use crate::parse::Rule;
use crate::parse::cursor::parse_rule;
use crate::parse::keyword::{Block, Keyword, find_keyword};
use crate::parse::lines::trim;
use crate::parse::nearest::near_keyword;
use crate::source::Span;

impl Tree<'_, '_> {
    pub(super) fn close(&mut self, line: &Line, next: Option<&Line>) {
        let brace = trim(Span { end: line.span.end.min(line.rest.start), ..line.span }, self.parser.text);
        if self.stack.len() == 1 {
            let finding = Diagnostic::at(Code::StrayClose, line.span).suggest("remove-brace", line.span, "");
            return self.parser.report(finding);
        }
        if self.passes_list_end(line) {
            return;
        }
        self.suspect_margin(brace);
        let opened = self.stack.last().and_then(|frame| frame.opened);
        self.pop();
        if self.stack.len() == 1 {
            self.parser.ends.extend(opened.map(|opened| (opened, brace)));
            self.last_close = Some(brace);
            self.forget_margins();
        }
        let rest = self.parser.text_of(line.rest);
        if !rest.is_empty() && !rest.starts_with(['#', '＃']) {
            self.follow_close(line.rest, next);
        }
    }

    /// What stands after a closing brace on its line: an `else`, or what belongs on a line of its own.
    fn follow_close(&mut self, rest: Span, next: Option<&Line>) {
        let text = self.parser.text_of(rest);
        if let Ok(node) = parse_rule(Rule::close_else, text, rest) {
            let argument = node.find(Rule::else_rest).map_or(rest, |rest| trim(rest.span(), self.parser.text));
            let word = trim(Span { end: argument.start, ..rest }, self.parser.text);
            return self.place_else(word, argument, rest, next);
        }
        let finding = Diagnostic::at(Code::AfterClose, rest);
        if text.starts_with(['}', '｝']) && self.stack.len() > 1 {
            self.parser.report(finding.fix("own-line", rest.before(), "\n"));
            let after = text.chars().next().map_or(0, char::len_utf8) as u32;
            let after = trim(Span { start: rest.start + after, ..rest }, self.parser.text);
            return self.close(&Line { kind: LineKind::Close, span: rest, rest: after, at_margin: false }, next);
        }
        let Some((word, argument)) = self.word_and_rest(rest) else {
            return self.leave_out_after(rest, finding.help("only-else"));
        };
        let written = self.parser.text_of(word);
        if find_keyword(written).is_some_and(|keyword| self.block().opens(keyword).is_some()) {
            self.parser.report(finding.fix("own-line", rest.before(), "\n"));
            let line = Line { kind: LineKind::Statement { word }, span: rest, rest: argument, at_margin: false };
            return self.add_statement(line, word, next);
        }
        match near_keyword(written, self.parser.text_of(argument), self.block()) {
            Some((Keyword::Else, spelling)) => {
                self.parser.report(finding.text("suggestion", spelling).fix("did-you-mean", word, spelling));
                self.place_else(word, argument, rest, next);
            }
            Some(_) | None => self.leave_out_after(rest, finding.help("only-else")),
        }
    }

    fn word_and_rest(&self, span: Span) -> Option<(Span, Span)> {
        let node = parse_rule(Rule::statement, self.parser.text_of(span), span).ok()?;
        Some((node.find(Rule::word)?.span(), trim(node.find(Rule::rest)?.span(), self.parser.text)))
    }

    fn place_else(&mut self, word: Span, rest: Span, span: Span, next: Option<&Line>) {
        let statement = Statement { keyword: Keyword::Else, word, rest, span, body: None, more: Vec::new() };
        self.place(statement, next);
    }

    fn leave_out_after(&mut self, rest: Span, finding: Diagnostic) {
        self.parser.report(finding);
        self.left_out = true;
        if self.ends_open(rest) {
            self.open(Block::Unknown, None, rest, false);
        }
    }

    /// Ends every open block, with one finding if a brace is missing; `at` is what came instead, `None` at the file's end.
    pub(super) fn close_all(&mut self, at: Option<Span>) {
        if let Some(opened) = self.stack.iter().find_map(|frame| frame.opened) {
            self.suspect_open_block();
            match self.suspect.take().or(self.foreign.take()) {
                Some(suspect) => {
                    self.report_missing_close(suspect);
                    self.part(suspect);
                }
                None => {
                    let finding = self.missing_close(opened, at);
                    self.parser.report(finding);
                }
            }
        }
        while self.stack.len() > 1 {
            self.pop();
        }
        self.forget_margins();
        self.last_close = None;
    }

    fn missing_close(&self, opened: Span, at: Option<Span>) -> Diagnostic {
        let finding = Diagnostic::at(Code::MissingClose, opened);
        let safe = !self.is_doubtful();
        match at {
            Some(at) => self.before_line(finding.label(at, "instead"), at, safe),
            None => {
                let edit = Edit { span: self.parser.end(), text: format!("\n{}}}\n", self.parser.indentation(opened)) };
                finding.edits("add-brace", vec![edit], safe)
            }
        }
    }

    /// A block whose opening brace is missing may lack its closing one as well.
    pub(super) fn leave_implied(&mut self, keyword: Keyword, line: Span) {
        while self.stack.len() > 1 {
            let Some([outer, inner]) = self.stack.last_chunk::<2>() else { return };
            if !inner.implied || inner.block.opens(keyword).is_some() || outer.block.opens(keyword).is_none() {
                return;
            }
            if let Some(opened) = inner.opened {
                let finding = self.missing_close(opened, Some(line));
                self.parser.report(finding);
            }
            self.pop();
        }
    }

    /// At top level, a line of the block just closed: its brace stands too early.
    pub(super) fn reopen(&mut self, line: Span, belongs: impl Fn(Block) -> bool) {
        let [file] = self.stack.as_mut_slice() else { return };
        let Some(Item::Statement(last)) = file.items.last_mut() else { return };
        let Some(Opens::May(block) | Opens::Must(block)) = Block::File.opens(last.keyword) else { return };
        if !belongs(block) {
            return;
        }
        let (Some(brace), Some(items)) = (self.last_close.take(), last.body.take()) else { return };
        let Some(Item::Statement(opener)) = file.items.pop() else { return };
        let finding = Diagnostic::at(Code::StrayClose, brace).label(line, "goes-on");
        self.parser.report(finding.suggest("remove-brace", brace, ""));
        self.stack.push(Frame::new(block, Some(opener), None, true, items));
    }

    pub(super) fn is_lone_brace(&self, line: &Line) -> bool {
        matches!(line.kind, LineKind::Other) && matches!(self.parser.text_of(line.span), "{" | "｛")
    }

    /// The brace stands on the next line by itself.
    pub(super) fn open_below(&mut self, block: Block, statement: Statement, brace: Span) {
        let opened = statement.span;
        let edits =
            vec![Edit { span: opened.after(), text: " {".to_owned() }, Edit { span: brace, text: String::new() }];
        let finding = Diagnostic::at(Code::MissingOpen, opened.after()).label(brace, "below");
        self.parser.report(finding.edits("move-brace", edits, true));
        self.swallowed = Some(brace);
        self.open(block, Some(statement), opened, false);
    }

    /// A statement that opens no block. A brace at the end of prose is prose.
    pub(super) fn place_closed(&mut self, mut statement: Statement, next: Option<&Line>) {
        let is_prose = statement.keyword.takes_prose();
        let Some(rest) = self.cut_brace(statement.rest).filter(|_| !is_prose) else {
            return self.push(Item::Statement(statement));
        };
        let brace = Span { start: rest.end, ..statement.rest };
        let mark = trim(brace, self.parser.text);
        let mark = Span { end: mark.start + self.mark_length(mark), ..mark };
        let finding = Diagnostic::at(Code::NoBlockHere, mark);
        let finding = if statement.keyword == Keyword::When { finding.help("branch-home") } else { finding };
        let opened = statement.span;
        statement.rest = rest;
        let goes_on = self.goes_on(opened, next);
        self.push(Item::Statement(statement));
        if goes_on {
            self.parser.report(finding.fix("remove-brace", brace.before().to(mark), ""));
        } else {
            self.parser.report(finding.help("remove-both"));
            self.open(Block::Unknown, None, opened, false);
        }
    }

    fn mark_length(&self, span: Span) -> u32 {
        self.parser.text_of(span).chars().next().map_or(0, char::len_utf8) as u32
    }

    /// Whether the open block goes on after a line with a brace that opens nothing.
    fn goes_on(&self, line: Span, next: Option<&Line>) -> bool {
        let column = |span| self.parser.indentation(span).chars().count();
        match next.map(|next| (&next.kind, next.span)) {
            Some((LineKind::Statement { word }, _)) => {
                let keyword = find_keyword(self.parser.text_of(*word));
                keyword.is_some_and(|keyword| self.block().opens(keyword).is_some())
            }
            Some((LineKind::Close, brace)) => column(brace) < column(line),
            Some(_) => false,
            None => true,
        }
    }
}
