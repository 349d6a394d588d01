//! A file as it is laid out: its lines with their place among the blocks, comments among them; refuses to know how they
//! ought to look.

use rustc_hash::FxHashMap;

use super::Parser;
use super::keyword::{Block, Keyword, Opens};
use super::lines::{Line, LineKind, trim};
use super::tokens::Argument;
use super::tree::{Item, Statement as Written};
use crate::source::{FileId, Span};

/// A line that is not blank, or a fence with all its lines.
#[derive(Clone, Debug)]
pub(crate) struct Row {
    /// Without the space at either end.
    pub span: Span,
    /// Blocks around it.
    pub depth: usize,
    pub block: Block,
    pub shape: Shape,
}

impl Row {
    /// Whether the lines below it are in a block of its own.
    pub(crate) fn opens(&self) -> bool {
        matches!(&self.shape, Shape::Statement(statement) if matches!(statement.body, Body::Block { .. }))
    }

    /// Whether a block ends with it.
    pub(crate) fn closes(&self) -> bool {
        match &self.shape {
            Shape::Close { .. } => true,
            Shape::Statement(statement) => statement.closes,
            _ => false,
        }
    }
}

/// What a line is. Spans are without space at either end.
#[derive(Clone, Debug)]
pub(crate) enum Shape {
    Comment,
    /// A closing brace, and the comment after it.
    Close {
        tail: Span,
    },
    Statement(Box<Statement>),
    /// A step, a bullet, a note, a warning, an alternative, or a line that goes on with another.
    Marked {
        mark: Span,
        text: Span,
    },
    /// With its text, byte for byte.
    Fence,
    /// Prose without a mark.
    Plain,
    /// A row of cells or cases.
    Cells(Argument),
    /// What the parser made nothing of.
    Unknown,
    /// The braces around it do not match.
    Stray,
}

/// A line that begins with a keyword.
#[derive(Clone, Debug)]
pub(crate) struct Statement {
    pub keyword: Keyword,
    pub word: Span,
    /// After the keyword and before a brace that opens a block.
    pub argument: Span,
    pub kind: Argument,
    pub body: Body,
    /// `}` before it on its line.
    pub closes: bool,
}

#[derive(Clone, Debug)]
pub(crate) enum Body {
    None,
    /// A block follows; the comment after the brace.
    Block {
        tail: Span,
    },
    /// A block in the same line, and the comment after it.
    Inline {
        parts: Vec<Row>,
        tail: Span,
    },
}

/// The rows of a tree. Of a file with missing or stray braces some are [`Shape::Unknown`].
pub(super) fn rows_of(parser: &Parser<'_>, tree: &[Item], hoisted: &[Written]) -> Vec<Row> {
    let mut known = Known { parser, rows: FxHashMap::default() };
    known.add_items(tree, 0, Block::File);
    for statement in hoisted {
        known.add_statement(statement, 0, Block::File);
    }
    let rows = known.rows;
    Layout { file: parser.id, text: parser.text, open: Vec::new(), rows: Vec::new() }.fill(rows)
}

/// What the tree says of each line, by where its text begins.
struct Known<'p, 'a> {
    parser: &'p Parser<'a>,
    rows: FxHashMap<u32, Row>,
}

impl Known<'_, '_> {
    fn add_items(&mut self, items: &[Item], depth: usize, block: Block) {
        let mut loose = false;
        for item in items {
            match item {
                Item::Statement(statement) => {
                    loose &= statement.keyword != Keyword::Action;
                    let within = if loose { Block::Action } else { block };
                    let within = if block.opens(statement.keyword).is_some() { block } else { within };
                    self.add_statement(statement, depth, within);
                }
                Item::Line { line, more } => {
                    loose |= matches!(line.kind, LineKind::Alternative);
                    self.add(Row { span: line.span, depth, block, shape: shape_of(line, block) });
                    self.add_more(more, depth, block);
                }
            }
        }
    }

    fn add_statement(&mut self, written: &Written, depth: usize, block: Block) {
        let (row, within) = statement_row(self.parser, written, depth, block);
        let is_block =
            matches!(&row.shape, Shape::Statement(statement) if matches!(statement.body, Body::Block { .. }));
        self.add(row);
        self.add_more(&written.more, depth, block);
        if let (true, Some(items)) = (is_block, &written.body) {
            self.add_items(items, depth + 1, within);
        }
    }

    fn add_more(&mut self, more: &[Span], depth: usize, block: Block) {
        for text in more {
            let before = self.parser.text.get(..text.start as usize).unwrap_or("").trim_end_matches(is_space);
            let mark = before.chars().next_back().map_or(0, char::len_utf8);
            let mark = Span { start: (before.len() - mark) as u32, end: before.len() as u32, ..*text };
            let shape = Shape::Marked { mark, text: *text };
            self.add(Row { span: mark.to(*text), depth, block, shape });
        }
    }

    fn add(&mut self, row: Row) {
        self.rows.insert(row.span.start, row);
    }
}

fn is_space(c: char) -> bool {
    c.is_whitespace() && c != '\n'
}

fn statement_row(parser: &Parser<'_>, written: &Written, depth: usize, block: Block) -> (Row, Block) {
    let opened = match block.opens(written.keyword) {
        Some(Opens::May(inner) | Opens::Must(inner)) => inner,
        Some(Opens::Never) | None => Block::Unknown,
    };
    let rest = written.rest;
    let body = written.body.as_ref().map_or(Body::None, |items| body_of(parser, written, items, opened));
    // Prose in a block of one line may have lost its quotes.
    let argument = match body {
        Body::None => Span { start: written.word.end, end: rest.end.max(written.span.end), ..rest },
        Body::Block { .. } | Body::Inline { .. } => rest,
    };
    let argument = after_colon(parser, trim(argument, parser.text));
    let has_block = !matches!(body, Body::None);
    let kind = Argument::of(block, written.keyword, has_block, parser.text_of(argument));
    let statement = Statement { keyword: written.keyword, word: written.word, argument, kind, body, closes: false };
    (Row { span: written.span, depth, block, shape: Shape::Statement(Box::new(statement)) }, opened)
}

/// A keyword may be followed by a colon, which need not be there.
fn after_colon(parser: &Parser<'_>, argument: Span) -> Span {
    let rest = parser.skip_colon(argument);
    let is_text = !rest.is_empty() && !parser.text_of(rest).starts_with([':', '：']);
    if is_text { rest } else { argument }
}

fn body_of(parser: &Parser<'_>, written: &Written, items: &[Item], block: Block) -> Body {
    let after = trim(Span { start: written.rest.end, ..written.span }, parser.text);
    let brace = parser.text_of(after).chars().next().map_or(0, char::len_utf8) as u32;
    let tail = trim(Span { start: (after.start + brace).min(after.end), ..after }, parser.text);
    if tail.is_empty() || parser.text_of(tail).starts_with(['#', '＃']) {
        return Body::Block { tail };
    }
    let parts = items.iter().map(|item| part_row(parser, item, block));
    // A block that was closed too early may have been opened again.
    let parts: Vec<Row> = parts.filter(|part| part.span.end <= written.span.end).collect();
    let from = parts.last().map_or(tail.start, |part| part.span.end);
    let after = parser.text_of(Span { start: from, ..tail });
    let shut = after
        .find(['}', '｝'])
        .map_or(after.len(), |at| at + after.get(at..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8));
    Body::Inline { parts, tail: trim(Span { start: from + shut as u32, ..tail }, parser.text) }
}

fn part_row(parser: &Parser<'_>, item: &Item, block: Block) -> Row {
    match item {
        Item::Statement(statement) => statement_row(parser, statement, 0, block).0,
        Item::Line { line, .. } => Row { span: line.span, depth: 0, block, shape: shape_of(line, block) },
    }
}

fn shape_of(line: &Line, block: Block) -> Shape {
    if let Some(cells) = Argument::of_cells(block) {
        return Shape::Cells(cells);
    }
    match line.kind {
        LineKind::Step
        | LineKind::Bullet
        | LineKind::Note
        | LineKind::Warning
        | LineKind::Continuation
        | LineKind::Alternative => Shape::Marked { mark: Span { end: line.rest.start, ..line.span }, text: line.rest },
        LineKind::Fence { .. } => Shape::Fence,
        LineKind::Statement { .. } | LineKind::Other => Shape::Plain,
        LineKind::Close => Shape::Stray,
    }
}

/// Puts what is known of lines in their order, and what is not known between.
struct Layout<'a> {
    file: FileId,
    text: &'a str,
    /// Of each open block what it encloses.
    open: Vec<Block>,
    rows: Vec<Row>,
}

impl Layout<'_> {
    fn fill(mut self, mut known: FxHashMap<u32, Row>) -> Vec<Row> {
        let mut start = 0;
        while start < self.text.len() {
            let rest = self.text.get(start..).unwrap_or("");
            let end = start + memchr::memchr(b'\n', rest.as_bytes()).unwrap_or(rest.len());
            let line = trim(Span::new(self.file, start..end), self.text);
            start = end + 1;
            if line.is_empty() {
                continue;
            }
            let row = self.row(line, &mut known);
            let last = row.span.end as usize;
            if last > end {
                let rest = self.text.get(last..).unwrap_or("");
                start = last + memchr::memchr(b'\n', rest.as_bytes()).unwrap_or(rest.len()) + 1;
            }
            self.follow(&row);
            self.rows.push(row);
        }
        self.rows
    }

    fn row(&self, line: Span, known: &mut FxHashMap<u32, Row>) -> Row {
        let (depth, block) = (self.open.len(), self.open.last().copied().unwrap_or(Block::File));
        if let Some(row) = known.remove(&line.start) {
            return self.placed(row, depth);
        }
        let text = self.text.get(line.range()).unwrap_or("");
        if text.starts_with(['#', '＃']) {
            return Row { span: line, depth, block, shape: Shape::Comment };
        }
        if !text.starts_with(['}', '｝']) {
            return Row { span: line, depth, block, shape: Shape::Unknown };
        }
        let brace = text.chars().next().map_or(0, char::len_utf8) as u32;
        let tail = trim(Span { start: line.start + brace, ..line }, self.text);
        if let Some(mut row) = known.remove(&tail.start).filter(|_| !tail.is_empty()) {
            row.span = line;
            if let Shape::Statement(statement) = &mut row.shape {
                statement.closes = true;
            }
            return self.placed(row, depth.wrapping_sub(1));
        }
        let is_comment = tail.is_empty() || self.text.get(tail.range()).unwrap_or("").starts_with(['#', '＃']);
        let shape = if depth > 0 && is_comment { Shape::Close { tail } } else { Shape::Stray };
        Row { span: line, depth: depth.saturating_sub(1), block, shape }
    }

    /// A row that the tree has elsewhere than the braces as they are written.
    fn placed(&self, row: Row, depth: usize) -> Row {
        if row.depth == depth { row } else { Row { shape: Shape::Stray, ..row } }
    }

    fn follow(&mut self, row: &Row) {
        if row.depth == 0 && matches!(row.shape, Shape::Stray) {
            self.open.clear();
        }
        match &row.shape {
            Shape::Close { .. } => drop(self.open.pop()),
            Shape::Statement(statement) => {
                if statement.closes {
                    self.open.pop();
                }
                if let Body::Block { .. } = statement.body {
                    let opened = match row.block.opens(statement.keyword) {
                        Some(Opens::May(block) | Opens::Must(block)) => block,
                        Some(Opens::Never) | None => Block::Unknown,
                    };
                    self.open.push(opened);
                }
            }
            Shape::Comment
            | Shape::Marked { .. }
            | Shape::Fence
            | Shape::Plain
            | Shape::Cells(_)
            | Shape::Unknown
            | Shape::Stray => {}
        }
    }
}
