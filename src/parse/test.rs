//! Test blocks.

use super::argument::{self, name_of, unquoted};
use super::cursor::Node;
use super::keyword::{Block, Keyword};
use super::tree::{Item, Statement};
use super::{Parser, Rule};
use crate::ast::{ActionRef, EntryRef, Expect, ExpectKind, Given, Spanned, Test};
use crate::diag::{Code, Diagnostic};

pub(super) fn parse_test(parser: &mut Parser<'_>, statement: Statement) -> Option<Test> {
    let title = parser.question(&statement)?;
    let mut is_read = true;
    let mut test = Test { span: statement.span, title, given: Vec::new(), expect: Vec::new() };
    for item in statement.body.unwrap_or_default() {
        match item {
            Item::Line { line, .. } => parser.report_unmarked(&line, Block::Test),
            Item::Statement(statement) if statement.keyword == Keyword::Given => {
                let Some(node) = parser.argument(argument::GIVEN, &statement) else { continue };
                for given in node.all(Rule::given) {
                    let given = given_of(parser, &given);
                    test.given.extend(given.filter(|given| !is_second_today(parser, given, &test.given)));
                }
            }
            Item::Statement(statement) => {
                let node = parser.argument(argument::EXPECT, &statement);
                let expect = node.and_then(|node| expect_of(parser, &node.find(Rule::expect)?));
                is_read &= expect.is_some();
                test.expect.extend(expect);
            }
        }
    }
    // A test whose only expectation cannot be read is not one without any.
    Some(test).filter(|test| is_read || !test.expect.is_empty())
}

/// There is one today; a second one is reported.
fn is_second_today(parser: &mut Parser<'_>, given: &Spanned<Given>, before: &[Spanned<Given>]) -> bool {
    let is_today = |it: &Spanned<Given>| matches!(it.value, Given::Today(_));
    let Some(first) = before.iter().find(|it| is_today(it) && is_today(given)) else { return false };
    let word = parser.text_of(given.span).split(['=', '＝']).next().unwrap_or_default().trim();
    let finding = Diagnostic::at(Code::RepeatedStatement, given.span).text("word", word);
    parser.report(finding.label(first.span, "first").help("keep-one"));
    true
}

fn given_of(parser: &mut Parser<'_>, node: &Node<'_>) -> Option<Spanned<Given>> {
    let inner = node.first()?;
    let value = match inner.rule() {
        Rule::given_today => Given::Today(parser.date_of(&inner.find(Rule::date)?)?),
        Rule::given_message => Given::Message(unquoted(&inner.find(Rule::quoted)?)),
        Rule::given_failed => Given::Failed(action(parser, &inner)?),
        Rule::given_unknown => Given::Unknown(name_of(&inner.find(Rule::name)?)),
        Rule::given_fact => {
            let fact = name_of(&inner.find(Rule::name)?);
            Given::Fact { fact, value: parser.value(&inner.find(Rule::value)?)? }
        }
        _ => Given::Symptom(name_of(&inner.find(Rule::name)?)),
    };
    Some(Spanned { span: node.span(), value })
}

fn expect_of(parser: &mut Parser<'_>, node: &Node<'_>) -> Option<Expect> {
    let inner = node.first()?;
    let kind = match inner.rule() {
        Rule::expect_entry => ExpectKind::Entry(entry(parser, &inner)?),
        Rule::expect_certain => ExpectKind::Certain(entry(parser, &inner)?),
        Rule::expect_possible => ExpectKind::Possible(entry(parser, &inner)?),
        Rule::expect_excluded => ExpectKind::Excluded(entry(parser, &inner)?),
        Rule::expect_applies => {
            ExpectKind::Applies(inner.all(Rule::entry_ref).filter_map(|entry| parser.entry_ref(&entry)).collect())
        }
        Rule::expect_ask => ExpectKind::Ask(name_of(&inner.find(Rule::name)?)),
        Rule::expect_contact => ExpectKind::Contact(name_of(&inner.find(Rule::name)?)),
        Rule::expect_action => ExpectKind::Action(action(parser, &inner)?),
        _ => ExpectKind::None,
    };
    Some(Expect { span: node.span(), kind })
}

fn entry(parser: &mut Parser<'_>, node: &Node<'_>) -> Option<EntryRef> {
    parser.entry_ref(&node.find(Rule::entry_ref)?)
}

fn action(parser: &mut Parser<'_>, node: &Node<'_>) -> Option<ActionRef> {
    parser.action_ref(&node.find(Rule::entry_action_ref)?)
}
