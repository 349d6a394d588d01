//! Owns the way from text to ast; the only user of pest. Total: every text gives a file and diagnostics.
//!
//! Lines are told apart first (`lines`), nested into blocks (`tree`), and each statement's argument is parsed by its own
//! rule of the grammar (the other modules, one for each kind of construct).

mod action;
pub(crate) mod again;
mod argument;
mod condition;
mod cursor;
mod declaration;
mod entry;
mod exception;
mod fact;
mod inline;
pub(crate) mod keyword;
mod lines;
mod misfit;
mod nearest;
mod once;
mod outside;
mod prose;
pub(crate) mod rewrite;
pub(crate) mod rows;
mod slips;
mod symptom;
mod test;
pub(crate) mod tokens;
mod tree;
mod unmarked;
mod value;

use pest_derive::Parser as PestParser;

use crate::ast::{File, Item};
use crate::diag::{Arg, Code, Diagnostic, Diagnostics};
use crate::language::Language;
use crate::source::{FileId, Sources, Span};
use cursor::matches_rule;
use keyword::{Block, Keyword};
use lines::parse_lines;
use tree::{Statement, parse_tree};

#[derive(PestParser)]
#[grammar = "../grammar/faq.pest"]
struct Grammar;

/// Parses one file. Broken lines are reported and left out.
pub fn parse_file(id: FileId, sources: &Sources, diagnostics: &mut Diagnostics) -> File {
    parse(id, sources, diagnostics, |_, _| ()).0
}

/// The same, and the file as it is laid out.
pub(crate) fn parse_rows(id: FileId, sources: &Sources, diagnostics: &mut Diagnostics) -> (File, Vec<rows::Row>) {
    parse(id, sources, diagnostics, |parser, tree| rows::rows_of(parser, tree, &parser.hoisted))
}

fn parse<R>(
    id: FileId,
    sources: &Sources,
    diagnostics: &mut Diagnostics,
    look: impl FnOnce(&Parser<'_>, &[tree::Item]) -> R,
) -> (File, R) {
    let text = sources[id].text.as_str();
    let mut parser = Parser { id, text, diagnostics, hoisted: Vec::new(), outside: Vec::new(), ends: Vec::new() };
    let lines = parse_lines(id, text);
    let mut tree = parse_tree(&mut parser, lines);
    let seen = look(&parser, &tree);
    let exceptions = exception::take_exceptions(&mut parser, &mut tree);
    let mut items: Vec<Item> = Vec::with_capacity(tree.len());
    for item in tree {
        declaration::parse_item(&mut parser, item, &mut items);
    }
    for statement in std::mem::take(&mut parser.hoisted) {
        declaration::parse_statement(&mut parser, statement, &mut items);
    }
    parser.report_outside();
    let ends = std::mem::take(&mut parser.ends);
    (File { items, exceptions, ends }, seen)
}

/// Whether a text is a condition.
pub(crate) fn is_condition(text: &str) -> bool {
    matches_rule(Rule::condition_arg, text)
}

/// What the parsing functions share.
struct Parser<'a> {
    id: FileId,
    text: &'a str,
    diagnostics: &'a mut Diagnostics,
    /// Declarations that stood where none may; they are parsed all the same.
    hoisted: Vec<Statement>,
    /// Lines that may not stand where they do, outside of every block.
    outside: Vec<outside::Outside>,
    /// Of each block at the top level its header line and the brace that closes it.
    ends: Vec<(Span, Span)>,
}

impl<'a> Parser<'a> {
    fn text_of(&self, span: Span) -> &'a str {
        self.text.get(span.range()).unwrap_or("")
    }

    fn report(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    /// The empty place at the end of the file.
    fn end(&self) -> Span {
        Span::new(self.id, self.text.len()..self.text.len())
    }

    /// The number of the line that a place is on, from 1.
    fn line_number(&self, span: Span) -> usize {
        let before = self.text.as_bytes().get(..span.start as usize).unwrap_or_default();
        1 + before.iter().filter(|byte| **byte == b'\n').count()
    }

    /// The white space before a place on its line.
    fn indentation(&self, span: Span) -> &'a str {
        let before = self.text.get(..span.start as usize).unwrap_or("");
        let line = before.rsplit('\n').next().unwrap_or("");
        if line.trim().is_empty() { line } else { "" }
    }

    /// Whether `|` lines may go on with a statement.
    fn may_go_on(&self, statement: &Statement) -> bool {
        statement.body.is_none() && (statement.keyword.may_go_on() || self.is_one_line_branch(statement))
    }

    /// The statement's keyword as written, all of it when it is two words.
    fn spelling_of(&self, statement: &Statement) -> &'a str {
        let written = self.text_of(statement.word);
        let spelling = statement.keyword.spelling(Language::English);
        let is_first = spelling.strip_prefix(written).is_some_and(|after| after.starts_with(' '));
        if is_first { spelling } else { written }
    }

    /// `when 64bit: …` in one line, which needs no brace.
    fn is_one_line_branch(&self, statement: &Statement) -> bool {
        let rest = self.text_of(statement.rest);
        statement.keyword == Keyword::When && rest.contains([':', '：']) && matches_rule(Rule::one_line_when, rest)
    }

    /// A block of one line that cannot be read: as for a line of the block that begins with no keyword.
    fn report_inline(&mut self, body: Span, block: Block) {
        let length = self.text_of(body).find(char::is_whitespace).unwrap_or(body.range().len());
        let word = Span { end: body.start + length as u32, ..body };
        let finding = self.unknown_statement(word, block);
        self.report(finding);
    }

    fn report_misplaced(&mut self, statement: &Statement, block: Block) {
        let homes = Block::ALL.iter().filter(|home| home.opens(statement.keyword).is_some());
        let homes = homes.map(|home| Arg::Word(home.word())).collect();
        let finding = Diagnostic::at(Code::MisplacedStatement, statement.word)
            .text("word", self.spelling_of(statement))
            .word("block", block.word())
            .arg("homes", Arg::List(homes))
            .help("homes");
        self.report_in(block, statement.span, finding);
    }
}
