//! Walks pest's pairs: the one type that the rest of the parser sees of them.

use pest::Parser as _;
use pest::iterators::{Pair, Pairs};

use super::{Grammar, Rule};
use crate::source::{FileId, Span};

/// A parsed rule, with its place in the file.
#[derive(Clone, Debug)]
pub(super) struct Node<'i> {
    pair: Pair<'i, Rule>,
    base: Base,
}

/// Where the parsed text begins in its file.
#[derive(Clone, Copy, Debug)]
struct Base {
    file: FileId,
    offset: usize,
}

/// The furthest place that could be read, and what was looked for there.
#[derive(Debug)]
pub(super) struct Failure {
    pub at: Span,
    pub expected: Vec<Rule>,
}

/// Deeper brackets than these are refused: pest recurses, and no writer nests so.
const DEEPEST: usize = 64;

/// Parses the text at `span` by `rule`.
pub(super) fn parse_rule(rule: Rule, text: &str, span: Span) -> Result<Node<'_>, Failure> {
    // Neither nests, and both are tried on all that is left of a text, again and again.
    if !matches!(rule, Rule::lines | Rule::bare_reference) && nesting(text) > DEEPEST {
        return Err(Failure { at: span, expected: Vec::new() });
    }
    let base = Base { file: span.file, offset: span.start as usize };
    match Grammar::parse(rule, text) {
        Ok(mut pairs) => match pairs.next() {
            Some(pair) => Ok(Node { pair, base }),
            None => Err(Failure { at: span, expected: Vec::new() }),
        },
        Err(error) => Err(failure(&error, span)),
    }
}

/// Whether the whole text is of the rule.
pub(super) fn matches_rule(rule: Rule, text: &str) -> bool {
    nesting(text) <= DEEPEST && Grammar::parse(rule, text).is_ok()
}

fn failure(error: &pest::error::Error<Rule>, span: Span) -> Failure {
    let offset = match error.location {
        pest::error::InputLocation::Pos(at) | pest::error::InputLocation::Span((at, _)) => at as u32,
    };
    let expected = match &error.variant {
        pest::error::ErrorVariant::ParsingError { positives, .. } => positives.clone(),
        pest::error::ErrorVariant::CustomError { .. } => Vec::new(),
    };
    Failure { at: Span { start: span.start + offset, ..span }, expected }
}

/// How deep a text could make the grammar recurse: by open brackets and quotes, and by negations in a row.
fn nesting(text: &str) -> usize {
    if text.len() <= DEEPEST {
        return 0;
    }
    let (mut brackets, mut corners, mut negations) = (0_usize, 0_usize, 0_usize);
    let mut deepest = 0;
    for (at, c) in text.char_indices() {
        match c {
            '(' | '（' => brackets += 1,
            ')' | '）' => brackets = brackets.saturating_sub(1),
            '「' => corners += 1,
            '」' => corners = corners.saturating_sub(1),
            '!' | '！' => negations += 1,
            'n' if text.get(at..at + 3) == Some("not") => negations += 1,
            'o' | 't' | ' ' | '\t' | '\u{3000}' => {}
            _ => negations = 0,
        }
        deepest = deepest.max(brackets).max(corners).max(negations);
    }
    deepest
}

impl<'i> Node<'i> {
    pub fn rule(&self) -> Rule {
        self.pair.as_rule()
    }

    pub fn text(&self) -> &'i str {
        self.pair.as_str()
    }

    pub fn span(&self) -> Span {
        let span = self.pair.as_span();
        let at = self.base.offset;
        Span::new(self.base.file, at + span.start()..at + span.end())
    }

    pub fn children(&self) -> Children<'i> {
        Children { pairs: self.pair.clone().into_inner(), base: self.base }
    }

    /// The first child.
    pub fn first(&self) -> Option<Self> {
        self.children().next()
    }

    /// The first child of the rule.
    pub fn find(&self, rule: Rule) -> Option<Self> {
        self.children().find(|child| child.rule() == rule)
    }

    /// All children of the rule.
    pub fn all(&self, rule: Rule) -> impl Iterator<Item = Self> + use<'i> {
        self.children().filter(move |child| child.rule() == rule)
    }
}

/// The nodes within a node.
#[derive(Clone, Debug)]
pub(super) struct Children<'i> {
    pairs: Pairs<'i, Rule>,
    base: Base,
}

impl<'i> Iterator for Children<'i> {
    type Item = Node<'i>;

    fn next(&mut self) -> Option<Node<'i>> {
        self.pairs.next().filter(|pair| pair.as_rule() != Rule::EOI).map(|pair| Node { pair, base: self.base })
    }
}
