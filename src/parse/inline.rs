//! Blocks written on their opener's line: `{ ask "…" }`; refuses to know where such a block may stand.

use super::cursor::{Node, parse_rule};
use super::keyword::{Block, Keyword, find_keyword};
use super::lines::{Line, LineKind, line_of, trim};
use super::tree::{Item, Statement, as_known_here};
use super::{Parser, Rule};
use crate::source::Span;

/// A statement's argument cut into its head and its block of one line.
pub(super) struct Inline {
    pub head: Span,
    pub body: Span,
    /// `None` when the body cannot be read as the block's lines.
    pub items: Option<Vec<Item>>,
}

/// Cuts `head { … }`, if that is the argument's shape.
pub(super) fn cut_inline(parser: &Parser<'_>, rest: Span, block: Block) -> Option<Inline> {
    let text = parser.text_of(rest);
    if !text.contains(['{', '｛']) {
        return None;
    }
    let node = parse_rule(Rule::inline, text, rest).ok()?;
    let head = trim(node.find(Rule::inline_head)?.span(), parser.text);
    let body = trim(node.find(Rule::inline_body)?.span(), parser.text);
    let items = parts(parser, body, block).into_iter().map(|part| item(parser, part, block)).collect();
    Some(Inline { head, body, items })
}

/// The lines of the body: parted by `;`, and by the words that begin one.
fn parts(parser: &Parser<'_>, body: Span, block: Block) -> Vec<Span> {
    let Ok(node) = parse_rule(Rule::inline_parts, parser.text_of(body), body) else { return Vec::new() };
    let mut parts: Vec<Span> = Vec::new();
    for part in node.all(Rule::part) {
        let mut begins = true;
        for piece in part.all(Rule::piece) {
            match parts.last_mut() {
                Some(last) if !begins && !begins_line(piece.text(), block) => last.end = piece.span().end,
                Some(_) | None => parts.push(piece.span()),
            }
            begins = false;
        }
    }
    parts.into_iter().map(|part| trim(part, parser.text)).filter(|part| !part.is_empty()).collect()
}

/// Whether a word begins a line of the block. Where names stand among keywords, only `;` parts lines.
fn begins_line(word: &str, block: Block) -> bool {
    let keyword = || {
        let word = word.trim_end_matches([':', '：']);
        find_keyword(word)
            .map(|keyword| as_known_here(keyword, block))
            // What is allowed is a matter of everyday prose.
            .is_some_and(|keyword| block.opens(keyword).is_some() && keyword != Keyword::Allow)
    };
    match block {
        Block::Symptom | Block::Fact | Block::Document | Block::Contact | Block::Term => keyword(),
        Block::Action | Block::Branch => word.starts_with(['>', '＞', '・', '※', '！']),
        Block::Text => word.ends_with([':', '：']),
        Block::File | Block::Entry | Block::Cause | Block::Derive | Block::Table | Block::Test | Block::Unknown => {
            false
        }
    }
}

fn item(parser: &Parser<'_>, part: Span, block: Block) -> Option<Item> {
    let node = parse_rule(Rule::lines, parser.text_of(part), part).ok()?;
    let line = node.children().find_map(|node: Node<'_>| line_of(&node, parser.text))?;
    if block.is_raw() {
        return Some(Item::Line { line: Line { kind: LineKind::Other, ..line }, more: Vec::new() });
    }
    match line.kind {
        LineKind::Statement { word } => statement(parser, &line, word, block).map(Item::Statement),
        LineKind::Step | LineKind::Bullet | LineKind::Note | LineKind::Warning => {
            Some(Item::Line { line, more: Vec::new() })
        }
        LineKind::Continuation | LineKind::Alternative | LineKind::Close | LineKind::Fence { .. } | LineKind::Other => {
            None
        }
    }
}

fn statement(parser: &Parser<'_>, line: &Line, word: Span, block: Block) -> Option<Statement> {
    let keyword = as_known_here(find_keyword(parser.text_of(word))?, block);
    block.opens(keyword)?;
    let rest = if keyword.takes_prose() { unquoted(parser, line.rest) } else { line.rest };
    Some(Statement { keyword, word, rest, span: line.span, body: None, more: Vec::new() })
}

/// Prose in a block of one line may be quoted, so that its end is seen.
fn unquoted(parser: &Parser<'_>, rest: Span) -> Span {
    let inner = parser.text_of(rest).strip_prefix('"').and_then(|text| text.strip_suffix('"'));
    match inner {
        Some(inner) if !inner.contains('"') => Span { start: rest.start + 1, end: rest.end - 1, ..rest },
        Some(_) | None => rest,
    }
}
