//! Semantic tokens: what each word of a page is, by the things that it names.

use lsp_types::{SemanticToken, SemanticTokenType, SemanticTokens, SemanticTokensLegend};
use rustc_hash::FxHashMap;

use super::book::Book;
use super::mention::{Mention, Thing, What};
use super::page::Page;
use super::place::Units;
use crate::model::Kind;
use crate::parse::rows::{Body, Row, Shape};
use crate::parse::tokens::{Argument, Class};
use crate::source::Span;

const TYPES: [SemanticTokenType; 14] = [
    SemanticTokenType::KEYWORD,
    SemanticTokenType::COMMENT,
    SemanticTokenType::STRING,
    SemanticTokenType::NUMBER,
    SemanticTokenType::OPERATOR,
    SemanticTokenType::CLASS,
    SemanticTokenType::EVENT,
    SemanticTokenType::VARIABLE,
    SemanticTokenType::ENUM_MEMBER,
    SemanticTokenType::FUNCTION,
    SemanticTokenType::NAMESPACE,
    SemanticTokenType::INTERFACE,
    SemanticTokenType::MACRO,
    SemanticTokenType::TYPE,
];

pub fn legend() -> SemanticTokensLegend {
    SemanticTokensLegend { token_types: TYPES.to_vec(), token_modifiers: Vec::new() }
}

/// The tokens of the rows within a stretch.
pub fn paint(book: &Book, page: &Page, within: Span, units: Units) -> SemanticTokens {
    let mut painter = Painter { book, page, found: Vec::new(), names: FxHashMap::default() };
    for mention in page.mentions.iter().filter(|it| it.span.start <= within.end && it.span.end >= within.start) {
        painter.names.insert(mention.span.start, mention);
    }
    for row in page.rows.iter().filter(|row| row.span.start <= within.end && row.span.end >= within.start) {
        painter.row(row);
    }
    SemanticTokens { result_id: None, data: encoded(painter.found, page, units) }
}

struct Painter<'a> {
    book: &'a Book,
    page: &'a Page,
    found: Vec<(Span, SemanticTokenType)>,
    names: FxHashMap<u32, &'a Mention>,
}

impl Painter<'_> {
    fn add(&mut self, span: Span, kind: SemanticTokenType) {
        if !span.is_empty() {
            self.found.push((span, kind));
        }
    }

    fn row(&mut self, row: &Row) {
        match &row.shape {
            Shape::Comment => self.add(row.span, SemanticTokenType::COMMENT),
            Shape::Close { tail } => self.add(*tail, SemanticTokenType::COMMENT),
            Shape::Statement(statement) => {
                self.add(statement.word, SemanticTokenType::KEYWORD);
                self.argument(statement.kind, statement.argument);
                match &statement.body {
                    Body::None => {}
                    Body::Block { tail } => self.add(*tail, SemanticTokenType::COMMENT),
                    Body::Inline { parts, tail } => {
                        parts.iter().for_each(|part| self.row(part));
                        self.add(*tail, SemanticTokenType::COMMENT);
                    }
                }
            }
            Shape::Marked { mark, text } => {
                let length = self.page.slice(*mark).trim_end().len() as u32;
                self.add(Span { end: mark.start + length, ..*mark }, SemanticTokenType::OPERATOR);
                self.names_in(*text);
            }
            Shape::Cells(cells) => self.argument(*cells, row.span),
            Shape::Plain => self.names_in(row.span),
            Shape::Fence => {
                let text = self.page.slice(row.span);
                let mut at = row.span.start;
                for line in text.split_inclusive('\n') {
                    let shown = line.trim_end();
                    self.add(Span { start: at, end: at + shown.len() as u32, ..row.span }, SemanticTokenType::STRING);
                    at += line.len() as u32;
                }
            }
            Shape::Unknown | Shape::Stray => {}
        }
    }

    fn argument(&mut self, kind: Argument, span: Span) {
        if kind == Argument::Prose {
            return self.names_in(span);
        }
        for token in kind.tokens(self.page.slice(span), span).unwrap_or_default() {
            match token.class {
                Class::Text => self.names_in(token.span),
                Class::Name | Class::Quoted | Class::Numbers => {
                    let quote = u32::from(token.class == Class::Quoted) * first_length(self.page.slice(token.span));
                    let named = self.names.get(&(token.span.start + quote)).copied();
                    let plain =
                        if token.class == Class::Quoted { SemanticTokenType::STRING } else { SemanticTokenType::TYPE };
                    let kind = named.and_then(|mention| kind_of(self.book, mention)).unwrap_or(plain);
                    self.add(token.span, kind);
                }
                Class::Word => self.add(token.span, SemanticTokenType::KEYWORD),
                Class::Number => self.add(token.span, SemanticTokenType::NUMBER),
                Class::Url => self.add(token.span, SemanticTokenType::STRING),
                Class::Sign => self.add(token.span, SemanticTokenType::OPERATOR),
                Class::Comment => self.add(token.span, SemanticTokenType::COMMENT),
            }
        }
    }

    /// The references in a sentence.
    fn names_in(&mut self, span: Span) {
        let first = self.page.mentions.partition_point(|mention| mention.span.start < span.start);
        let within = self.page.mentions.iter().skip(first).take_while(|mention| mention.span.end <= span.end);
        let found: Vec<_> = within.filter_map(|mention| Some((mention.span, kind_of(self.book, mention)?))).collect();
        self.found.extend(found);
    }
}

fn first_length(text: &str) -> u32 {
    text.chars().next().map_or(0, char::len_utf8) as u32
}

fn kind_of(book: &Book, mention: &Mention) -> Option<SemanticTokenType> {
    if let What::Numbers { .. } = mention.what {
        return Some(SemanticTokenType::NUMBER);
    }
    Some(match book.thing_of(mention)? {
        Thing::Named(Kind::Entry, _) => SemanticTokenType::CLASS,
        Thing::Named(Kind::Symptom, _) => SemanticTokenType::EVENT,
        Thing::Named(Kind::Fact, _) => SemanticTokenType::VARIABLE,
        Thing::Named(Kind::Document | Kind::Link, _) | Thing::Section { .. } => SemanticTokenType::NAMESPACE,
        Thing::Named(Kind::Contact, _) => SemanticTokenType::INTERFACE,
        Thing::Named(Kind::Term | Kind::Text, _) => SemanticTokenType::MACRO,
        Thing::Action { .. } => SemanticTokenType::FUNCTION,
        Thing::Value { .. } => SemanticTokenType::ENUM_MEMBER,
    })
}

/// Each place as the distance from the one before; none overlaps another or goes on in the next line.
fn encoded(mut found: Vec<(Span, SemanticTokenType)>, page: &Page, units: Units) -> Vec<SemanticToken> {
    found.sort_by_key(|(span, _)| (span.start, std::cmp::Reverse(span.end)));
    let (mut line, mut column, mut end) = (0, 0, 0);
    let mut out = Vec::with_capacity(found.len());
    for (span, kind) in found {
        let text = page.slice(span);
        if span.start < end || text.contains('\n') {
            continue;
        }
        end = span.end;
        let at = units.position(page.source(), span.start);
        let delta_line = at.line - line;
        let delta_start = if delta_line == 0 { at.character - column } else { at.character };
        (line, column) = (at.line, at.character);
        let token_type = TYPES.iter().position(|it| *it == kind).unwrap_or(0) as u32;
        out.push(SemanticToken {
            delta_line,
            delta_start,
            length: units.count(text),
            token_type,
            token_modifiers_bitset: 0,
        });
    }
    out
}
