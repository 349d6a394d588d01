//! Top-level declarations.

use super::argument::{self, name_of, unquoted};
use super::fact::{parse_define, parse_derive, parse_fact, parse_table, raw_lines};
use super::keyword::{Block, Keyword};
use super::lines::{LineKind, trim};
use super::prose::section_name;
use super::tree::{Item as TreeItem, Statement};
use super::{Parser, Rule, entry, symptom, test};
use crate::ast::{Assume, Contact, Document, Item, Link, Name, Prose, Section, Step, Term, TextByValue, TextCase};
use crate::source::Span;

/// What stands at top level: a declaration, or a line that cannot.
pub(super) fn parse_item(parser: &mut Parser<'_>, item: TreeItem, items: &mut Vec<Item>) {
    match item {
        TreeItem::Statement(statement) => parse_statement(parser, statement, items),
        TreeItem::Line { line, .. } => parser.report_unmarked(&line, Block::File),
    }
}

pub(super) fn parse_statement(parser: &mut Parser<'_>, statement: Statement, items: &mut Vec<Item>) {
    items.extend(match statement.keyword {
        Keyword::Entry => entry::parse_entry(parser, statement).map(Item::Entry),
        Keyword::Symptom => symptom::parse_symptom(parser, statement).map(Item::Symptom),
        Keyword::Fact => parse_fact(parser, statement).map(Item::Fact),
        Keyword::Define => parse_define(parser, &statement).map(Item::Define),
        Keyword::Derive => parse_derive(parser, statement).map(Item::Derive),
        Keyword::Table => parse_table(parser, statement).map(Item::Table),
        Keyword::Assume => {
            let condition = parser.condition_argument(argument::CONDITION, &statement);
            Some(Item::Assume(Assume { span: statement.span, condition }))
        }
        Keyword::Document => parse_document(parser, statement).map(Item::Document),
        Keyword::Link => parse_link(parser, &statement).map(Item::Link),
        Keyword::Contact => parse_contact(parser, statement).map(Item::Contact),
        Keyword::Term => parse_term(parser, statement).map(Item::Term),
        Keyword::Text => parse_text(parser, statement).map(Item::Text),
        Keyword::Test => test::parse_test(parser, statement).map(Item::Test),
        _ => None,
    });
}

fn titled_head(parser: &mut Parser<'_>, statement: &Statement) -> Option<(Name, Option<Prose>)> {
    let head = parser.argument(argument::TITLED_HEAD, statement)?;
    let name = name_of(&head.find(Rule::name)?);
    Some((name, head.find(Rule::title).and_then(|title| parser.title(&title))))
}

fn parse_document(parser: &mut Parser<'_>, statement: Statement) -> Option<Document> {
    let (name, title) = titled_head(parser, &statement)?;
    let mut document =
        Document { span: statement.span, name, title, sections: Vec::new(), url: None, place: None, notes: Vec::new() };
    for statement in block(parser, statement.body, &mut document.notes, Block::Document) {
        match statement.keyword {
            Keyword::Section => document.sections.extend(section(parser, &statement)),
            Keyword::Url => parser.set_once(&mut document.url, Parser::url, &statement),
            Keyword::Where => parser.set_once(&mut document.place, Parser::prose_argument, &statement),
            _ => document.notes.extend(parser.note(&statement)),
        }
    }
    Some(document)
}

fn section(parser: &mut Parser<'_>, statement: &Statement) -> Option<Section> {
    let Some(node) = parser.argument(argument::SECTION, statement) else {
        let number = section_name(&parser.leading(Rule::section_declared, statement)?);
        return Some(Section { span: statement.span, number: Some(number), title: None, url: None });
    };
    let number = node.find(Rule::section_declared).map(|declared| section_name(&declared));
    let title = node.find(Rule::quoted).map(|title| unquoted(&title));
    Some(Section { span: statement.span, number, title, url: node.find(Rule::url).map(|url| url.span()) })
}

fn parse_link(parser: &mut Parser<'_>, statement: &Statement) -> Option<Link> {
    let Some(head) = parser.argument(argument::LINK_HEAD, statement) else {
        // The name stands, so that what refers to the link is not reported too.
        let name = parser.leading_name(statement)?;
        return Some(Link { span: statement.span, name, title: None, url: statement.rest.after() });
    };
    let title = head.find(Rule::quoted).map(|title| parser.prose(unquoted(&title), &[]));
    let url = head.find(Rule::url)?.span();
    Some(Link { span: statement.span, name: name_of(&head.find(Rule::name)?), title, url })
}

fn parse_contact(parser: &mut Parser<'_>, statement: Statement) -> Option<Contact> {
    let (name, title) = titled_head(parser, &statement)?;
    let mut contact = Contact {
        span: statement.span,
        name,
        title,
        url: None,
        tel: None,
        mail: None,
        hours: None,
        tell: None,
        takes: None,
        notes: Vec::new(),
    };
    for statement in block(parser, statement.body, &mut contact.notes, Block::Contact) {
        let s = &statement;
        match s.keyword {
            Keyword::Url => parser.set_once(&mut contact.url, Parser::url, s),
            Keyword::Tel => parser.set_once(&mut contact.tel, Parser::prose_argument, s),
            Keyword::Mail => parser.set_once(&mut contact.mail, Parser::prose_argument, s),
            Keyword::Hours => parser.set_once(&mut contact.hours, Parser::prose_argument, s),
            Keyword::Tell => parser.set_once(&mut contact.tell, Parser::prose_argument, s),
            Keyword::Takes => parser.set_once(&mut contact.takes, Parser::seconds, s),
            _ => contact.notes.extend(parser.note(s)),
        }
    }
    Some(contact)
}

fn parse_term(parser: &mut Parser<'_>, statement: Statement) -> Option<Term> {
    let head = parser.argument(argument::TERM_HEAD, &statement)?;
    let name = name_of(&head.find(Rule::name)?);
    let mut term = Term { span: statement.span, name, avoid: Vec::new(), meaning: None, reading: None };
    for statement in block(parser, statement.body, &mut Vec::new(), Block::Term) {
        match statement.keyword {
            Keyword::Avoid => term.avoid.extend(parser.phrases(&statement)),
            Keyword::Meaning => parser.set_once(&mut term.meaning, Parser::prose_argument, &statement),
            Keyword::Reading => parser.set_once(&mut term.reading, Parser::prose_argument, &statement),
            _ => {}
        }
    }
    Some(term)
}

fn parse_text(parser: &mut Parser<'_>, statement: Statement) -> Option<TextByValue> {
    let head = parser.argument(argument::TEXT_HEAD, &statement)?;
    let mut names = head.all(Rule::name);
    let (name, by) = (name_of(&names.next()?), name_of(&names.next()?));
    let mut cases = Vec::new();
    for (line, more) in raw_lines(parser, statement.body.unwrap_or_default(), Block::Text) {
        let Some(node) = parser.parse_part(argument::TEXT_CASE, line.span) else { continue };
        let value = match node.find(Rule::value) {
            Some(value) => match parser.value(&value) {
                Some(value) => Some(value),
                None => continue,
            },
            None => None,
        };
        let Some(text) = node.find(Rule::message_text).map(|text| trim(text.span(), parser.text)) else { continue };
        cases.push(TextCase { span: line.span, value, text: parser.prose(text, &more) });
    }
    Some(TextByValue { span: statement.span, name, by, cases })
}

/// The statements of a block in which notes may stand, and no other marked lines.
fn block(parser: &mut Parser<'_>, body: Option<Vec<TreeItem>>, notes: &mut Vec<Step>, block: Block) -> Vec<Statement> {
    let mut statements = Vec::new();
    for item in body.unwrap_or_default() {
        match item {
            TreeItem::Statement(statement) => statements.push(statement),
            TreeItem::Line { line, more } if matches!(line.kind, LineKind::Note | LineKind::Warning) => {
                notes.extend(parser.step_line(&line, &more));
            }
            TreeItem::Line { line, .. } => parser.report_unmarked(&line, block),
        }
    }
    statements
}

impl Parser<'_> {
    pub(super) fn url(&mut self, statement: &Statement) -> Option<Span> {
        self.argument(argument::URL, statement)?.find(Rule::url).map(|url| url.span())
    }
}
