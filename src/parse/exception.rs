//! Exceptions: `allow LINT because REASON`. Owns which lines are one, and what each covers; refuses to know what lints there are.

use super::argument::EXCEPTION;
use super::cursor::{Node, parse_rule};
use super::keyword::{Keyword, find_keyword};
use super::lines::{Line, trim};
use super::tree::{Item, Statement};
use super::{Parser, Rule};
use crate::ast::{Exception, Name};
use crate::diag::{Code, Diagnostic};
use crate::source::Span;

/// Takes the exceptions out of the blocks of a file, each with what it covers, so that no other parser meets them.
pub(super) fn take_exceptions(parser: &mut Parser<'_>, file: &mut Vec<Item>) -> Vec<Exception> {
    let mut found = Vec::new();
    let whole = Span::new(parser.id, 0..parser.text.len());
    take_from(parser, file, whole, &mut found);
    for item in file {
        if let Item::Statement(statement) = item {
            take_from_block(parser, statement, &mut found);
        }
    }
    let mut hoisted = std::mem::take(&mut parser.hoisted);
    for statement in &mut hoisted {
        take_from_block(parser, statement, &mut found);
    }
    parser.hoisted = hoisted;
    found
}

/// Whether an argument, of a line that begins with the keyword, can hardly be anything but an exception's.
pub(super) fn names_a_lint(argument: &str) -> bool {
    let Ok(node) = parse_rule(Rule::exception_arg, argument, Span::new(crate::source::FileId(0), 0..argument.len()))
    else {
        return false;
    };
    let says_because = node.find(Rule::because).is_some_and(|because| because.find(Rule::kw_because).is_some());
    says_because || node.find(Rule::lint_name).is_some_and(|lint| Code::find(lint.text()).is_some())
}

fn take_from_block(parser: &mut Parser<'_>, statement: &mut Statement, found: &mut Vec<Exception>) {
    let is_raw = matches!(statement.keyword, Keyword::Derive | Keyword::Table | Keyword::Text);
    let covered = |statement: &Statement| Span { end: end_of(statement), ..statement.span };
    let whole = statement.body.as_ref().filter(|body| body.iter().any(|item| is_exception(parser, item, is_raw)));
    let whole = whole.map(|_| covered(statement));
    let Some(body) = &mut statement.body else { return };
    if let Some(whole) = whole {
        take_from(parser, body, whole, found);
    }
    for item in body {
        match item {
            Item::Statement(inner) if inner.keyword == Keyword::Symptom => take_from_block(parser, inner, found),
            Item::Statement(_) | Item::Line { .. } => {}
        }
    }
}

fn take_from(parser: &mut Parser<'_>, items: &mut Vec<Item>, block: Span, found: &mut Vec<Exception>) {
    let taken: Vec<Item> = items.extract_if(.., |item| is_exception(parser, item, true)).collect();
    for item in taken {
        let statement = match item {
            Item::Statement(statement) => Some(statement),
            Item::Line { line, .. } => statement_of(parser, &line),
        };
        found.extend(statement.and_then(|statement| exception(parser, &statement, block)));
    }
}

fn is_exception(parser: &Parser<'_>, item: &Item, is_raw: bool) -> bool {
    match item {
        Item::Statement(statement) => statement.keyword == Keyword::Allow,
        Item::Line { line, .. } => is_raw && statement_of(parser, line).is_some(),
    }
}

/// A line among cells or cases as the exception that it is.
fn statement_of(parser: &Parser<'_>, line: &Line) -> Option<Statement> {
    let text = parser.text_of(line.span);
    if !text.starts_with(['a', 'ａ', '許']) {
        return None;
    }
    let node = parse_rule(Rule::statement, text, line.span).ok()?;
    let word = node.find(Rule::word)?;
    let rest = trim(node.find(Rule::rest)?.span(), parser.text);
    let is_one = find_keyword(word.text()) == Some(Keyword::Allow) && names_a_lint(parser.text_of(rest));
    let (keyword, word) = (Keyword::Allow, word.span());
    is_one.then_some(Statement { keyword, word, rest, span: line.span, body: None, more: Vec::new() })
}

fn end_of(statement: &Statement) -> u32 {
    let ends = statement.body.iter().flatten().map(|item| match item {
        Item::Statement(inner) => end_of(inner),
        Item::Line { line, more } => more.last().map_or(line.span.end, |last| last.end.max(line.span.end)),
    });
    let more = statement.more.iter().map(|line| line.end);
    ends.chain(more).max().unwrap_or(0).max(statement.span.end)
}

fn exception(parser: &mut Parser<'_>, statement: &Statement, block: Span) -> Option<Exception> {
    let node = parser.argument(EXCEPTION, statement)?;
    let lint = node.find(Rule::lint_name)?;
    let reason = node.find(Rule::reason).map(|reason| reason_of(parser, &reason));
    let is_word = |c: char| c.is_alphabetic() && c != 'ー';
    let is_said = reason.is_some_and(|reason| parser.text_of(reason).contains(is_word));
    if !is_said || node.find(Rule::because).is_none() {
        report_reason(parser, statement, &lint, reason.filter(|_| is_said));
    }
    let reason = reason.unwrap_or_else(|| statement.span.after());
    Some(Exception { span: statement.span, lint: Name { span: lint.span(), quoted: false }, reason, block })
}

fn reason_of(parser: &Parser<'_>, node: &Node<'_>) -> Span {
    match node.find(Rule::quoted).and_then(|quoted| quoted.first()) {
        Some(inner) => inner.span(),
        None => trim(node.span(), parser.text),
    }
}

/// The reason is missing, or what stands there does not say that it is one.
fn report_reason(parser: &mut Parser<'_>, statement: &Statement, lint: &Node<'_>, reason: Option<Span>) {
    let because = if parser.text_of(statement.word).starts_with('許') { "理由" } else { "because" };
    let finding = Diagnostic::at(Code::ExceptionWithoutReason, reason.unwrap_or(lint.span()))
        .text("lint", lint.text())
        .text("word", parser.text_of(statement.word))
        .text("because", because);
    let first = reason
        .and_then(|reason| parser.text_of(reason).split([' ', '\u{3000}', ',', '、', '，']).find(|it| !it.is_empty()));
    parser.report(match (reason, first.is_some_and(|first| Code::find(first).is_some())) {
        (Some(_), true) => finding.help("one-each"),
        (Some(reason), false) => finding.fix("because", reason.before(), format!("{because} ")),
        (None, _) => finding.help("write").help("example"),
    });
}
