//! Nests lines into blocks by their braces and mends what is missing; refuses to know what arguments mean.

use super::Parser;
use super::Rule;
use super::cursor::{matches_rule, parse_rule};
use super::inline::cut_inline;
use super::keyword::{Block, Keyword, Opens, find_keyword};
use super::lines::{Line, LineKind, trim};
use super::nearest::near_keyword;
use crate::diag::{Code, Diagnostic, Edit};
use crate::source::Span;

/// A line that begins with a keyword, and the block that it opens.
#[derive(Debug)]
pub(super) struct Statement {
    pub keyword: Keyword,
    pub word: Span,
    /// The argument, trimmed, without the brace that opens the block.
    pub rest: Span,
    /// The whole line.
    pub span: Span,
    pub body: Option<Vec<Item>>,
    /// Lines that go on with its prose.
    pub more: Vec<Span>,
}

/// What a block holds.
#[derive(Debug)]
pub(super) enum Item {
    Statement(Statement),
    /// A marked line, a fence, or one that begins with no keyword.
    Line {
        line: Line,
        more: Vec<Span>,
    },
}

/// A block that is still open.
struct Frame {
    block: Block,
    /// `None` for the file, and for a block that was not understood.
    opener: Option<Statement>,
    /// The opening line; the file has none.
    opened: Option<Span>,
    /// The brace is missing and was reported; so its end is not missed.
    implied: bool,
    items: Vec<Item>,
}

/// Blocks within blocks, at most.
const DEEPEST: usize = 32;

/// The file's items.
pub(super) fn parse_tree(parser: &mut Parser<'_>, lines: Vec<Line>) -> Vec<Item> {
    let file = Frame { block: Block::File, opener: None, opened: None, implied: false, items: Vec::new() };
    let mut tree = Tree { parser, stack: vec![file], last_close: None };
    let mut lines = lines.into_iter().peekable();
    while let Some(line) = lines.next() {
        tree.add(line, lines.peek());
    }
    tree.finish()
}

struct Tree<'p, 'a> {
    parser: &'p mut Parser<'a>,
    stack: Vec<Frame>,
    /// The brace that closed the last top-level block.
    last_close: Option<Span>,
}

impl Tree<'_, '_> {
    fn add(&mut self, line: Line, next: Option<&Line>) {
        match line.kind {
            LineKind::Close => self.close(&line, next),
            LineKind::Continuation if self.block() != Block::Table => self.continue_prose(line.rest),
            LineKind::Statement { word } => self.add_statement(line, word, next),
            LineKind::Step
            | LineKind::Bullet
            | LineKind::Note
            | LineKind::Warning
            | LineKind::Continuation
            | LineKind::Alternative
            | LineKind::Fence { .. }
            | LineKind::Other => self.add_line(line),
        }
    }

    fn block(&self) -> Block {
        self.stack.last().map_or(Block::File, |frame| frame.block)
    }

    fn push(&mut self, item: Item) {
        if let Some(frame) = self.stack.last_mut() {
            frame.items.push(item);
        }
    }

    fn add_line(&mut self, line: Line) {
        let stands_alone = matches!(line.kind, LineKind::Other | LineKind::Continuation);
        if self.block() == Block::File && !stands_alone {
            self.reopen(|block| matches!(block, Block::Entry | Block::Symptom | Block::Fact));
        }
        self.push(Item::Line { line, more: Vec::new() });
    }

    fn continue_prose(&mut self, rest: Span) {
        match self.stack.last_mut().and_then(|frame| frame.items.last_mut()) {
            Some(Item::Statement(statement)) if statement.body.is_none() => statement.more.push(rest),
            Some(Item::Line { more, .. }) => more.push(rest),
            Some(Item::Statement(_)) | None => {
                self.parser.report(Diagnostic::at(Code::NothingToContinue, rest));
            }
        }
    }

    fn add_statement(&mut self, line: Line, word: Span, next: Option<&Line>) {
        let Some(keyword) = self.keyword(&line, word) else {
            return self.add_unknown(line, word);
        };
        if self.is_declaration(keyword, &line) {
            self.close_all(Some(line.span));
        } else {
            self.leave_implied(keyword);
            self.reopen(|block| block.opens(keyword).is_some() && Block::File.opens(keyword).is_none());
        }
        let statement = Statement { keyword, word, rest: line.rest, span: line.span, body: None, more: Vec::new() };
        self.place(statement, next);
    }

    /// The line's keyword, or the one that it nearly is.
    fn keyword(&mut self, line: &Line, word: Span) -> Option<Keyword> {
        let block = self.block();
        if block == Block::Unknown || (block.is_raw() && !self.breaks_out(line, word)) {
            return None;
        }
        let written = self.parser.text_of(word);
        if let Some(keyword) = find_keyword(written) {
            return Some(as_known_here(keyword, block));
        }
        if block == Block::Fact && matches_rule(Rule::shows_line, self.parser.text_of(line.span)) {
            return None;
        }
        let (keyword, spelling) = near_keyword(written, self.parser.text_of(line.rest), block)?;
        self.parser.report(
            Diagnostic::at(Code::UnknownStatement, word)
                .text("word", written)
                .word("block", block.word())
                .text("suggestion", spelling)
                .fix("did-you-mean", word, spelling),
        );
        Some(keyword)
    }

    /// Whether a line in a block of cells or cases is a declaration that the block's missing brace let in.
    fn breaks_out(&self, line: &Line, word: Span) -> bool {
        let is_declared = |keyword| Block::File.opens(keyword).is_some();
        line.at_margin && find_keyword(self.parser.text_of(word)).is_some_and(is_declared) && self.ends_open(line.rest)
    }

    fn ends_open(&self, rest: Span) -> bool {
        self.parser.text_of(rest).ends_with(['{', '｛'])
    }

    fn add_unknown(&mut self, line: Line, word: Span) {
        if self.block().is_raw() {
            return self.push(Item::Line { line, more: Vec::new() });
        }
        if self.block() == Block::Unknown || (self.ends_open(line.rest) && !self.block().takes_steps()) {
            return self.skip_block(&line, word);
        }
        self.push(Item::Line { line, more: Vec::new() });
    }

    /// A block whose statement is not known: one finding, and its lines are passed over.
    fn skip_block(&mut self, line: &Line, word: Span) {
        if self.block() != Block::Unknown {
            let finding = self.parser.unknown_statement(word, self.block());
            self.parser.report(finding);
        }
        if self.ends_open(line.rest) {
            self.open(Block::Unknown, None, line.span, false);
        }
    }

    /// Whether a keyword begins a declaration here, though a block is open.
    fn is_declaration(&self, keyword: Keyword, line: &Line) -> bool {
        let block = self.block();
        if block == Block::File || Block::File.opens(keyword).is_none() {
            return false;
        }
        match block.opens(keyword) {
            None => line.at_margin,
            Some(_) => line.at_margin && matches_rule(Rule::declaration_like, self.parser.text_of(line.rest)),
        }
    }

    /// A block whose opening brace is missing may lack its closing one as well.
    fn leave_implied(&mut self, keyword: Keyword) {
        while self.stack.len() > 1 {
            let Some([outer, inner]) = self.stack.last_chunk::<2>() else { return };
            if !inner.implied || inner.block.opens(keyword).is_some() || outer.block.opens(keyword).is_none() {
                return;
            }
            self.pop();
        }
    }

    /// At top level, a statement of the block just closed: its brace stands too early.
    fn reopen(&mut self, belongs: impl Fn(Block) -> bool) {
        let [file] = self.stack.as_mut_slice() else { return };
        let Some(Item::Statement(last)) = file.items.last_mut() else { return };
        let Some(Opens::May(block) | Opens::Must(block)) = Block::File.opens(last.keyword) else { return };
        if !belongs(block) {
            return;
        }
        let (Some(brace), Some(items)) = (self.last_close.take(), last.body.take()) else { return };
        let Some(Item::Statement(opener)) = file.items.pop() else { return };
        self.parser.report(Diagnostic::at(Code::StrayClose, brace).suggest("remove-brace", brace, ""));
        let opened = Some(opener.span);
        self.stack.push(Frame { block, opener: Some(opener), opened, implied: true, items });
    }

    fn place(&mut self, mut statement: Statement, next: Option<&Line>) {
        let here = self.block();
        let opens = here.opens(statement.keyword).or_else(|| self.opens_in_alternative(statement.keyword));
        let Some(opens) = opens else {
            return self.misplace(statement);
        };
        let block = match opens {
            Opens::Never => return self.place_closed(statement),
            Opens::May(block) | Opens::Must(block) => block,
        };
        if let Some(rest) = self.cut_brace(statement.rest) {
            statement.rest = rest;
            let opened = statement.span;
            self.open(block, Some(statement), opened, false);
        } else if self.place_inline(&mut statement, block) {
            self.push(Item::Statement(statement));
        } else if self.misses_brace(opens, block, &statement, next) {
            let at = statement.span.after();
            self.parser.report(Diagnostic::at(Code::MissingOpen, at).fix("add-brace", at, " {"));
            let opened = statement.span;
            self.open(block, Some(statement), opened, true);
        } else {
            self.push(Item::Statement(statement));
        }
    }

    /// Statements that follow ① directly in an entry or a cause belong to it.
    fn opens_in_alternative(&self, keyword: Keyword) -> Option<Opens> {
        let frame = self.stack.last()?;
        let is_alternative =
            |item: &Item| matches!(item, Item::Line { line, .. } if matches!(line.kind, LineKind::Alternative));
        let follows = matches!(frame.block, Block::Entry | Block::Cause) && frame.items.iter().any(is_alternative);
        if follows { Block::Action.opens(keyword) } else { None }
    }

    /// A statement that opens no block. A brace at the end of prose is prose.
    fn place_closed(&mut self, statement: Statement) {
        if self.ends_open(statement.rest) && !statement.keyword.takes_prose() {
            let brace = self.parser.last_char(statement.rest);
            self.parser.report(Diagnostic::at(Code::NoBlockHere, brace));
            return self.open(Block::Unknown, None, statement.span, false);
        }
        self.push(Item::Statement(statement));
    }

    /// A statement of another block. A declaration is kept, so that what refers to it is not reported too.
    fn misplace(&mut self, mut statement: Statement) {
        let declared = Block::File.opens(statement.keyword);
        self.parser.report_misplaced(&statement, self.block());
        let cut = self.cut_brace(statement.rest);
        let (Some(Opens::May(block) | Opens::Must(block)), Some(rest)) = (declared, cut) else {
            if cut.is_some() && !statement.keyword.takes_prose() {
                self.open(Block::Unknown, None, statement.span, false);
            } else if declared.is_some() {
                self.parser.hoisted.push(statement);
            }
            return;
        };
        statement.rest = rest;
        let opened = statement.span;
        self.open(block, Some(statement), opened, false);
    }

    fn open(&mut self, block: Block, opener: Option<Statement>, opened: Span, implied: bool) {
        let too_deep = self.stack.len() == DEEPEST;
        if too_deep {
            self.parser.report(Diagnostic::at(Code::TooDeep, opened));
        }
        let (block, opener) = if self.stack.len() >= DEEPEST { (Block::Unknown, None) } else { (block, opener) };
        self.stack.push(Frame { block, opener, opened: Some(opened), implied, items: Vec::new() });
    }

    /// The argument before the brace that ends it, and any comment after that.
    fn cut_brace(&self, rest: Span) -> Option<Span> {
        let text = self.parser.text_of(rest);
        if let Some(head) = text.strip_suffix(['{', '｛']) {
            let end = rest.start + head.trim_end().len() as u32;
            return Some(Span { end, ..rest });
        }
        if !text.contains(['#', '＃']) {
            return None;
        }
        let node = parse_rule(Rule::head, text, rest).ok()?;
        node.find(Rule::head_open)?;
        Some(trim(node.find(Rule::head_text)?.span(), self.parser.text))
    }

    /// Whether the statement's block stands on its own line; if so, it has been dealt with.
    fn place_inline(&mut self, statement: &mut Statement, block: Block) -> bool {
        let Some(inline) = cut_inline(self.parser, statement.rest, block) else { return false };
        match inline.items {
            Some(items) => statement.body = Some(items),
            // One word in braces may well be the end of a title.
            None if !self.parser.text_of(inline.body).contains(char::is_whitespace) => return false,
            None => self.parser.report_inline(inline.body, block),
        }
        statement.rest = inline.head;
        true
    }

    fn misses_brace(&self, opens: Opens, block: Block, statement: &Statement, next: Option<&Line>) -> bool {
        if matches!(opens, Opens::Must(_)) {
            return !(block == Block::Branch && self.parser.is_one_line_branch(statement));
        }
        if block == Block::Branch {
            return false;
        }
        let Some(next) = next else { return false };
        match &next.kind {
            LineKind::Statement { word } => {
                let keyword = find_keyword(self.parser.text_of(*word)).map(|keyword| as_known_here(keyword, block));
                keyword.is_some_and(|keyword| block.opens(keyword).is_some() && self.block().opens(keyword).is_none())
            }
            LineKind::Step | LineKind::Bullet | LineKind::Fence { .. } => block.takes_steps(),
            LineKind::Close => !block.takes_steps() && self.block() == Block::File,
            LineKind::Note | LineKind::Warning | LineKind::Continuation | LineKind::Alternative | LineKind::Other => {
                false
            }
        }
    }

    fn close(&mut self, line: &Line, next: Option<&Line>) {
        let brace = Span { end: line.span.end.min(line.rest.start), ..line.span };
        if self.stack.len() == 1 {
            let line = line.span;
            return self.parser.report(Diagnostic::at(Code::StrayClose, line).suggest("remove-brace", line, ""));
        }
        self.pop();
        if self.stack.len() == 1 {
            self.last_close = Some(trim(brace, self.parser.text));
        }
        let rest = self.parser.text_of(line.rest);
        if rest.is_empty() || rest.starts_with(['#', '＃']) {
            return;
        }
        match parse_rule(Rule::close_else, rest, line.rest) {
            Ok(node) => {
                let span = node.find(Rule::else_rest).map_or(line.rest, |rest| trim(rest.span(), self.parser.text));
                let word = Span { end: span.start, ..line.rest };
                let statement = Statement {
                    keyword: Keyword::Else,
                    word,
                    rest: span,
                    span: line.rest,
                    body: None,
                    more: Vec::new(),
                };
                self.place(statement, next);
            }
            Err(_) => self.parser.report(Diagnostic::at(Code::AfterClose, line.rest)),
        }
    }

    fn pop(&mut self) {
        if self.stack.len() < 2 {
            return;
        }
        let Some(frame) = self.stack.pop() else { return };
        let Some(mut opener) = frame.opener else { return };
        let here = self.block();
        opener.body = Some(frame.items);
        if here.opens(opener.keyword).is_none() && here != Block::Unknown {
            self.parser.hoisted.push(opener);
        } else {
            self.push(Item::Statement(opener));
        }
    }

    /// Ends every open block, with one finding if a brace is missing; `at` is what came instead, `None` at the file's end.
    fn close_all(&mut self, at: Option<Span>) {
        let unclosed = self.stack.iter().find(|frame| frame.opened.is_some() && !frame.implied);
        if let Some(opened) = unclosed.and_then(|frame| frame.opened) {
            let place = at.map_or_else(|| self.parser.end(), Span::before);
            let text = if at.is_some() { "}\n" } else { "\n}\n" };
            let mut finding = Diagnostic::at(Code::MissingClose, opened);
            if let Some(at) = at {
                finding = finding.label(at, "instead");
            }
            let edits = vec![Edit { span: place, text: text.to_owned() }];
            self.parser.report(finding.edits("add-brace", edits, true));
        }
        while self.stack.len() > 1 {
            self.pop();
        }
        self.last_close = None;
    }

    fn finish(mut self) -> Vec<Item> {
        self.close_all(None);
        self.stack.pop().map(|file| file.items).unwrap_or_default()
    }
}

/// Some words are two keywords: 表示 is what a symptom's message and a fact's value show.
pub(super) fn as_known_here(keyword: Keyword, block: Block) -> Keyword {
    match keyword {
        Keyword::Message if block == Block::Fact => Keyword::Shows,
        Keyword::ContactTo if block == Block::File => Keyword::Contact,
        Keyword::Otherwise if block.takes_steps() => Keyword::Else,
        other => other,
    }
}
