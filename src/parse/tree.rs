//! Nests lines into blocks by their braces and mends what is missing; refuses to know what arguments mean.

mod braces;
mod fence;
mod listed;
mod margin;

use super::Parser;
use super::Rule;
use super::cursor::{matches_rule, parse_rule};
use super::exception::names_a_lint;
use super::inline::cut_inline;
use super::keyword::{Block, Keyword, Opens, find_keyword};
use super::lines::{Line, LineKind, trim};
use super::nearest::{Guess, is_other_word};
use crate::diag::{Code, Diagnostic, Edit};
use crate::source::Span;
use margin::{Margin, Suspect};

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
    margin: Margin,
    /// What makes `値` lines of values that stand by themselves.
    listed: Vec<Edit>,
    items: Vec<Item>,
}

impl Frame {
    fn new(block: Block, opener: Option<Statement>, opened: Option<Span>, implied: bool, items: Vec<Item>) -> Self {
        Self { block, opener, opened, implied, margin: Margin::default(), listed: Vec::new(), items }
    }
}

/// Blocks within blocks, and categories within categories, at most.
pub(super) const DEEPEST: usize = 32;

/// The file's items.
pub(super) fn parse_tree(parser: &mut Parser<'_>, lines: Vec<Line>) -> Vec<Item> {
    let file = Frame::new(Block::File, None, None, false, Vec::new());
    let mut tree = Tree {
        parser,
        stack: vec![file],
        last_close: None,
        suspect: None,
        foreign: None,
        doubtful: false,
        fence: None,
        swallowed: None,
        left_out: false,
    };
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
    /// A block within the open top-level one that a brace further left than its opener closed.
    suspect: Option<Suspect>,
    /// One that held a line of the block around it.
    foreign: Option<Suspect>,
    /// Whether the top-level block holds one whose lines stand no deeper than its opener.
    doubtful: bool,
    /// The finding about a fence that is not closed, while its lines go on.
    fence: Option<Diagnostic>,
    /// A brace on a line of its own that was read with the line above.
    swallowed: Option<Span>,
    /// The last line was reported and left out; so lines that go on with it are not reported too.
    left_out: bool,
}

impl Tree<'_, '_> {
    fn add(&mut self, line: Line, next: Option<&Line>) {
        if self.swallowed.take() == Some(line.span) || self.continues_fence(&line) {
            return;
        }
        if matches!(line.kind, LineKind::Continuation) && self.block() != Block::Table {
            return self.continue_prose(&line);
        }
        self.left_out = false;
        if !matches!(line.kind, LineKind::Close) {
            self.look_at_margin(&line);
        }
        if self.takes_listed_value(&line) {
            return;
        }
        match line.kind {
            LineKind::Close => self.close(&line, next),
            LineKind::Statement { word } => self.add_statement(line, word, next),
            LineKind::Fence { lines: None } if !self.block().is_raw() => self.open_fence(line),
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
            self.reopen(line.span, |block| matches!(block, Block::Entry | Block::Symptom | Block::Fact));
        }
        self.push(Item::Line { line, more: Vec::new() });
    }

    fn continue_prose(&mut self, line: &Line) {
        if self.left_out || self.block() == Block::Unknown {
            return;
        }
        let finding = Diagnostic::at(Code::NothingToContinue, line.span);
        let is_derive = self.block() == Block::Derive;
        let finding = match self.stack.last_mut().and_then(|frame| frame.items.last_mut()) {
            Some(Item::Statement(statement)) if self.parser.may_go_on(statement) => {
                return statement.more.push(line.rest);
            }
            Some(Item::Line { line: before, more }) if !is_derive && !matches!(before.kind, LineKind::Fence { .. }) => {
                return more.push(line.rest);
            }
            Some(Item::Statement(statement)) if statement.body.is_none() => {
                finding.text("word", self.parser.spelling_of(statement)).help("one-line")
            }
            Some(Item::Statement(_) | Item::Line { .. }) | None => finding.help("below-text"),
        };
        self.parser.report(finding);
    }

    fn add_statement(&mut self, line: Line, word: Span, next: Option<&Line>) {
        let known = find_keyword(self.parser.text_of(word));
        let (line, word, keyword) = match self.keyword(&line, known) {
            Some(keyword) if line.at_margin || !self.means_other(keyword, word) => (line, word, keyword),
            Some(keyword) => self.corrected(line.clone(), word).unwrap_or((line, word, keyword)),
            None if known.is_some() => return self.add_unknown(line, word),
            None => match self.corrected(line.clone(), word) {
                Some(corrected) => corrected,
                None => return self.add_unknown(line, word),
            },
        };
        if self.is_declaration(keyword, &line) {
            self.close_all(Some(line.span));
        } else {
            self.leave_implied(keyword, line.span);
            self.leave_outdented(keyword);
            self.reopen(line.span, |block| block.opens(keyword).is_some() && Block::File.opens(keyword).is_none());
        }
        self.place(Statement { keyword, word, rest: line.rest, span: line.span, body: None, more: Vec::new() }, next);
    }

    /// What the line's keyword is in this block.
    fn keyword(&self, line: &Line, known: Option<Keyword>) -> Option<Keyword> {
        let block = self.block();
        if block == Block::Unknown || (block.is_raw() && !self.breaks_out(line, known)) {
            return None;
        }
        // `Allow the app to …` is a step.
        if known == Some(Keyword::Allow) && block.takes_steps() && !names_a_lint(self.parser.text_of(line.rest)) {
            return None;
        }
        let keyword = known?;
        Some(match as_known_here(keyword, block) {
            // 解決しない場合 連絡 x is no branch.
            Keyword::Else if keyword == Keyword::Otherwise && !self.begins_branch(line) => keyword,
            known => known,
        })
    }

    /// Whether a keyword that does not belong here is an everyday word for one that does.
    fn means_other(&self, keyword: Keyword, word: Span) -> bool {
        let block = self.block();
        block.opens(keyword).is_none() && is_other_word(self.parser.text_of(word), block)
    }

    /// The line with the keyword that was probably meant, which is reported.
    fn corrected(&mut self, line: Line, word: Span) -> Option<(Line, Span, Keyword)> {
        let block = self.block();
        if block.is_raw() || block == Block::Unknown {
            return None;
        }
        if block == Block::Fact && matches_rule(Rule::shows_line, self.parser.text_of(line.span)) {
            return None;
        }
        let guess = self.guess_in(&line, word, block).or_else(|| {
            let in_action = self.follows_alternative().then(|| self.guess_in(&line, word, Block::Action));
            in_action.flatten()
        })?;
        // A sentence that begins like this statement.
        if guess.keyword == Keyword::Otherwise && !guess.reads {
            return None;
        }
        self.report_guess(word, guess);
        let kind = LineKind::Statement { word: guess.word };
        Some((Line { kind, rest: guess.rest, ..line }, guess.word, guess.keyword))
    }

    fn guess_in(&self, line: &Line, word: Span, block: Block) -> Option<Guess> {
        let is_sure = |guess: &Guess| !block.takes_steps() || self.parser.is_certain(*guess, line);
        self.parser.guess(line, word, block).filter(is_sure)
    }

    /// Only where the line can be read with the keyword is that certain.
    fn report_guess(&mut self, word: Span, guess: Guess) {
        let finding = Diagnostic::at(Code::UnknownStatement, word)
            .text("word", self.parser.text_of(word))
            .word("block", self.block().word())
            .text("suggestion", guess.spelling);
        self.parser.report(match (guess.glued, guess.reads) {
            (true, true) => finding.fix("part", guess.word.after(), " "),
            (true, false) => finding.suggest("part", guess.word.after(), " "),
            (false, true) => finding.fix("did-you-mean", guess.word, guess.spelling),
            (false, false) => finding.suggest("did-you-mean", guess.word, guess.spelling),
        });
    }

    /// Whether a line in a block of cells or cases is a declaration that the block's missing brace let in.
    fn breaks_out(&self, line: &Line, known: Option<Keyword>) -> bool {
        let is_declared = |keyword| Block::File.opens(keyword).is_some();
        line.at_margin && known.is_some_and(is_declared) && self.ends_open(line.rest)
    }

    fn begins_branch(&self, line: &Line) -> bool {
        line.rest.is_empty() || self.ends_open(line.rest)
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
        if block == Block::File || Block::File.opens(keyword).is_none() || keyword == Keyword::Allow {
            return false;
        }
        match block.opens(keyword) {
            None => line.at_margin,
            Some(_) => line.at_margin && matches_rule(Rule::declaration_like, self.parser.text_of(line.rest)),
        }
    }

    fn place(&mut self, mut statement: Statement, next: Option<&Line>) {
        let here = self.block();
        let opens = here.opens(statement.keyword).or_else(|| self.opens_in_alternative(statement.keyword));
        let Some(opens) = opens else {
            return self.misplace(statement);
        };
        let block = match opens {
            Opens::Never => return self.place_closed(statement, next),
            Opens::May(block) | Opens::Must(block) => block,
        };
        if self.is_heading(&statement, next) {
            return;
        }
        if let Some(rest) = self.cut_brace(statement.rest) {
            statement.rest = rest;
            let opened = statement.span;
            self.open(block, Some(statement), opened, false);
        } else if self.place_inline(&mut statement, block) {
            self.push(Item::Statement(statement));
        } else if let Some(brace) = next.filter(|next| self.is_lone_brace(next)).map(|next| next.span) {
            self.open_below(block, statement, brace);
        } else if self.misses_brace(opens, block, &statement, next) {
            let at = statement.span.after();
            let finding = Diagnostic::at(Code::MissingOpen, at);
            // A line with a brace in it may mean anything.
            let has_brace = self.parser.text_of(statement.rest).contains(['{', '｛', '}', '｝']);
            self.parser.report(if has_brace { finding } else { finding.fix("add-brace", at, " {") });
            let opened = statement.span;
            self.open(block, Some(statement), opened, true);
        } else {
            self.push(Item::Statement(statement));
        }
    }

    /// Statements that follow ① directly in an entry or a cause belong to it.
    fn opens_in_alternative(&self, keyword: Keyword) -> Option<Opens> {
        if self.follows_alternative() { Block::Action.opens(keyword) } else { None }
    }

    fn follows_alternative(&self) -> bool {
        let is_alternative =
            |item: &Item| matches!(item, Item::Line { line, .. } if matches!(line.kind, LineKind::Alternative));
        self.stack.last().is_some_and(|frame| {
            matches!(frame.block, Block::Entry | Block::Cause) && frame.items.iter().any(is_alternative)
        })
    }

    /// A statement of another block. A declaration is kept, so that what refers to it is not reported too.
    fn misplace(&mut self, mut statement: Statement) {
        let declared = Block::File.opens(statement.keyword);
        self.parser.report_misplaced(&statement, self.block());
        self.note_foreign(statement.keyword, statement.span);
        let cut = self.cut_brace(statement.rest);
        let (Some(Opens::May(block) | Opens::Must(block)), Some(rest)) = (declared, cut) else {
            self.left_out = true;
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
            self.parser.report(Diagnostic::at(Code::TooDeep, opened).help("part"));
        }
        let (block, opener) = if self.stack.len() >= DEEPEST { (Block::Unknown, None) } else { (block, opener) };
        self.stack.push(Frame::new(block, opener, Some(opened), implied, Vec::new()));
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

    /// A bare 対応策 above ①, as the sheet's column is pasted: each ① is an action.
    fn is_heading(&self, statement: &Statement, next: Option<&Line>) -> bool {
        let is_bare = statement.keyword == Keyword::Action && self.parser.skip_colon(statement.rest).is_empty();
        is_bare && next.is_some_and(|next| matches!(next.kind, LineKind::Alternative))
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
            LineKind::Step | LineKind::Bullet | LineKind::Alternative | LineKind::Fence { .. } => block.takes_steps(),
            LineKind::Close => !block.takes_steps() && self.block() == Block::File,
            LineKind::Note | LineKind::Warning | LineKind::Continuation | LineKind::Other => false,
        }
    }

    fn pop(&mut self) {
        if self.stack.len() < 2 {
            return;
        }
        let Some(mut frame) = self.stack.pop() else { return };
        self.report_listed(std::mem::take(&mut frame.listed));
        let Some(mut opener) = frame.opener else { return };
        let here = self.block();
        opener.body = Some(frame.items);
        if here.opens(opener.keyword).is_none() && here != Block::Unknown {
            self.parser.hoisted.push(opener);
        } else {
            self.push(Item::Statement(opener));
        }
    }

    fn finish(mut self) -> Vec<Item> {
        self.end_fence(None);
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
