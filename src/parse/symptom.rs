//! Symptoms and the messages that belong to them.

use super::argument::{self, name_of, unquoted};
use super::cursor::{Node, parse_rule};
use super::keyword::{Block, Keyword};
use super::lines::{LineKind, trim};
use super::tree::{Item, Statement};
use super::{Parser, Rule};
use crate::ast::{EntryRef, Message, Name, Policy, Prose, Spanned, Step, Symptom};
use crate::diag::{Code, Diagnostic};
use crate::source::Span;

/// What a symptom's block says, whether it is declared or written in place.
#[derive(Default)]
pub(super) struct Parts {
    pub messages: Vec<Message>,
    pub during: Option<Prose>,
    pub also: Vec<Span>,
    same_as: Vec<Name>,
    kind_of: Vec<Name>,
    order: Vec<EntryRef>,
    policy: Option<Spanned<Policy>>,
    formerly: Vec<Name>,
    notes: Vec<Step>,
}

pub(super) fn parse_symptom(parser: &mut Parser<'_>, statement: Statement) -> Option<Symptom> {
    let head = parser.argument(argument::SYMPTOM_HEAD, &statement);
    let name = head.as_ref().and_then(|head| head.find(Rule::name)).map(|name| name_of(&name));
    let title = head.as_ref().and_then(|head| title(parser, head));
    let mut parts = parse_parts(parser, statement.body.unwrap_or_default());
    for relation in head.iter().flat_map(|head| head.all(Rule::relation)) {
        let list = if relation.find(Rule::relation_same).is_some() { &mut parts.same_as } else { &mut parts.kind_of };
        list.extend(relation.all(Rule::name).map(|name| name_of(&name)));
    }
    Some(Symptom {
        span: statement.span,
        name: name?,
        title,
        same_as: parts.same_as,
        kind_of: parts.kind_of,
        messages: parts.messages,
        during: parts.during,
        also: parts.also,
        order: parts.order,
        policy: parts.policy,
        formerly: parts.formerly,
        notes: parts.notes,
    })
}

fn title(parser: &mut Parser<'_>, head: &Node<'_>) -> Option<Prose> {
    match (head.find(Rule::title), head.find(Rule::quoted)) {
        (Some(title), _) => parser.title(&title),
        (None, Some(quoted)) => Some(parser.prose(unquoted(&quoted), &[])),
        (None, None) => None,
    }
}

pub(super) fn parse_parts(parser: &mut Parser<'_>, items: Vec<Item>) -> Parts {
    let mut parts = Parts::default();
    for item in items {
        match item {
            Item::Statement(statement) => add_statement(parser, &mut parts, &statement),
            Item::Line { line, more } => match &line.kind {
                LineKind::Note | LineKind::Warning => parts.notes.extend(parser.step_line(&line, &more)),
                LineKind::Fence { lines: Some(lines) } => add_fenced(&mut parts, line.span, lines),
                _ => parser.report_unmarked(&line, Block::Symptom),
            },
        }
    }
    for message in &parts.messages {
        if message.lines.is_empty() {
            let span = message.span;
            parser.report(Diagnostic::at(Code::EmptyMessage, span).help("example"));
        }
    }
    parts.messages.retain(|message| !message.lines.is_empty());
    parts
}

fn add_statement(parser: &mut Parser<'_>, parts: &mut Parts, statement: &Statement) {
    match statement.keyword {
        Keyword::Message => parts.messages.push(message(parser, statement)),
        Keyword::During => parser.set_once(&mut parts.during, Parser::prose_argument, statement),
        Keyword::Also => parts.also.extend(parser.phrases(statement)),
        Keyword::SameAs => parts.same_as.extend(parser.names(argument::SAME_AS, statement)),
        Keyword::KindOf => parts.kind_of.extend(parser.names(argument::KIND_OF, statement)),
        Keyword::Order => parts.order.extend(parser.entries(argument::ORDER, statement)),
        Keyword::Policy => parser.set_once(&mut parts.policy, policy, statement),
        Keyword::Formerly => parts.formerly.extend(parser.names(argument::NAMES, statement)),
        Keyword::Note => parts.notes.extend(parser.note(statement)),
        _ => {}
    }
}

/// The text may be quoted, go on in further lines, or stand in a fence just below.
fn message(parser: &mut Parser<'_>, statement: &Statement) -> Message {
    let rest = parser.skip_colon(statement.rest);
    if statement.more.is_empty() {
        parser.check_quotes(rest);
    }
    let node = parse_rule(Rule::message_arg, parser.text_of(rest), rest).ok();
    let language = node.as_ref().and_then(|node| node.find(Rule::language)).map(|language| language.span());
    let first = node.as_ref().and_then(|node| match (node.find(Rule::quoted), node.find(Rule::message_text)) {
        (Some(quoted), _) => Some(unquoted(&quoted)),
        (None, Some(text)) => Some(trim(text.span(), parser.text)),
        (None, None) => None,
    });
    let first = first.filter(|first| !first.is_empty());
    for line in first.iter().chain(&statement.more) {
        parser.check_places(*line);
    }
    Message { span: statement.span, language, lines: first.into_iter().chain(statement.more.iter().copied()).collect() }
}

fn add_fenced(parts: &mut Parts, span: Span, lines: &[Span]) {
    match parts.messages.last_mut() {
        Some(message) if message.lines.is_empty() => message.lines.extend(lines),
        Some(_) | None => parts.messages.push(Message { span, language: None, lines: lines.to_vec() }),
    }
}

fn policy(parser: &mut Parser<'_>, statement: &Statement) -> Option<Spanned<Policy>> {
    policy_of(&parser.argument(argument::POLICY, statement)?.find(Rule::policy)?)
}

pub(super) fn policy_of(node: &Node<'_>) -> Option<Spanned<Policy>> {
    let value = match node.first()?.rule() {
        Rule::kw_first => Policy::First,
        Rule::kw_unique => Policy::Unique,
        Rule::kw_any => Policy::Any,
        Rule::kw_collect => Policy::Collect,
        _ => return None,
    };
    Some(Spanned { span: node.span(), value })
}
