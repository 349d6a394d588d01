//! Facts, and the rules that derive them.

use super::action::parse_steps;
use super::argument::{self, Kind, name_of, unquoted};
use super::cursor::{Node, parse_rule};
use super::keyword::{Block, Keyword};
use super::lines::{Line, LineKind, trim};
use super::tree::{Item, Statement};
use super::{Parser, Rule};
use crate::ast::{
    CellTest, CheckProcedure, Condition, Define, Derive, DeriveRow, Fact, IfUnknown, Name, Policy, Shows, Spanned,
    Table, TableRow, TypeExpr, TypeKind, ValueDecl,
};
use crate::diag::{Code, Diagnostic};
use crate::source::Span;

pub(super) fn parse_fact(parser: &mut Parser<'_>, statement: Statement) -> Option<Fact> {
    let head = head_of(parser, argument::FACT_HEAD, &statement)?;
    let mut fact = Fact::new(statement.span, head.name, head.label, head.ty);
    for item in statement.body.unwrap_or_default() {
        match item {
            Item::Statement(statement) => add_statement(parser, &mut fact, statement),
            Item::Line { line, more } => add_line(parser, &mut fact, &line, &more),
        }
    }
    Some(fact)
}

/// What a fact's first line says, and that of a derived one.
struct Head {
    name: Name,
    label: Option<Span>,
    ty: TypeExpr,
}

/// A fact keeps its name when the rest of its head cannot be read, so that what refers to it is not reported too.
fn head_of(parser: &mut Parser<'_>, kind: Kind, statement: &Statement) -> Option<Head> {
    let unread = TypeExpr { span: statement.rest, kind: TypeKind::Error };
    let Some(head) = parser.argument(kind, statement) else {
        return Some(Head { name: parser.leading_name(statement)?, label: None, ty: unread });
    };
    Some(Head {
        name: name_of(&head.find(Rule::name)?),
        label: head.find(Rule::quoted).map(|label| unquoted(&label)),
        ty: head.find(Rule::fact_type).map_or(unread, |ty| type_of(parser, &ty)),
    })
}

fn add_statement(parser: &mut Parser<'_>, fact: &mut Fact, statement: Statement) {
    let s = &statement;
    match s.keyword {
        Keyword::Ask => parser.set_once(&mut fact.ask, Parser::question, s),
        Keyword::IfUnknown => parser.set_once(&mut fact.if_unknown, if_unknown, s),
        Keyword::Takes => parser.set_once(&mut fact.takes, Parser::seconds, s),
        Keyword::OnlyWhen => fact.only_when.push(parser.condition_argument(argument::ONLY_WHEN, s)),
        Keyword::Formerly => fact.formerly.extend(parser.names(argument::NAMES, s)),
        Keyword::Note => fact.notes.extend(parser.note(s)),
        Keyword::Shows => {
            let node = parser.argument(argument::SHOWS, s);
            fact.shows.extend(node.and_then(|node| shows_of(parser, &node)));
        }
        Keyword::Value => {
            let node = parser.argument(argument::VALUE, s).and_then(|node| node.find(Rule::value_decl));
            fact.values.extend(node.and_then(|node| value_decl(&node)));
        }
        Keyword::Check => fact.checks.push(check(parser, statement)),
        _ => {}
    }
}

fn add_line(parser: &mut Parser<'_>, fact: &mut Fact, line: &Line, more: &[Span]) {
    if matches!(line.kind, LineKind::Note | LineKind::Warning) {
        return fact.notes.extend(parser.step_line(line, more));
    }
    match parse_rule(Rule::shows_line, parser.text_of(line.span), line.span) {
        Ok(node) => fact.shows.extend(shows_of(parser, &node)),
        Err(_) => parser.report_unmarked(line, Block::Fact),
    }
}

fn shows_of(parser: &mut Parser<'_>, node: &Node<'_>) -> Option<Shows> {
    let value = parser.value(&node.find(Rule::value)?)?;
    let shown = node.find(Rule::shown_text)?;
    let text = match shown.find(Rule::quoted) {
        Some(quoted) => unquoted(&quoted),
        None => trim(shown.span(), parser.text),
    };
    Some(Shows { value, text })
}

fn check(parser: &mut Parser<'_>, statement: Statement) -> CheckProcedure {
    let node = parser.argument(argument::CHECK, &statement).and_then(|node| node.find(Rule::condition));
    let when = node.map(|node| parser.condition(&node));
    let steps = parse_steps(parser, statement.body.unwrap_or_default());
    CheckProcedure { span: statement.span, when, steps }
}

fn if_unknown(parser: &mut Parser<'_>, statement: &Statement) -> Option<IfUnknown> {
    let node = parser.argument(argument::UNKNOWN, statement)?;
    if let Some(contact) = node.find(Rule::name) {
        return Some(IfUnknown::Contact(name_of(&contact)));
    }
    if let Some(value) = node.find(Rule::value) {
        return parser.value(&value).map(IfUnknown::Value);
    }
    if let Some(entry) = node.find(Rule::entry_ref) {
        return parser.entry_ref(&entry).map(IfUnknown::Entry);
    }
    let numbers = node.find(Rule::numbers)?;
    let target = parser.numbers(&numbers)?;
    Some(IfUnknown::Entry(crate::ast::EntryRef { span: numbers.span(), target }))
}

// ── Types ──

fn type_of(parser: &mut Parser<'_>, node: &Node<'_>) -> TypeExpr {
    let span = node.span();
    let Some(inner) = node.first() else { return TypeExpr { span, kind: TypeKind::Error } };
    if matches!(inner.rule(), Rule::one_of | Rule::any_of) {
        check_values(parser, &inner);
    }
    let kind = match inner.rule() {
        Rule::kw_yes_no => TypeKind::YesNo,
        Rule::one_of => TypeKind::OneOf { values: value_decls(&inner), open: inner.find(Rule::ellipsis).is_some() },
        Rule::any_of => TypeKind::AnyOf { values: value_decls(&inner) },
        Rule::number_type => number_type(parser, &inner),
        Rule::kw_version => TypeKind::Version,
        Rule::kw_date => TypeKind::Date,
        _ => TypeKind::Error,
    };
    TypeExpr { span, kind }
}

fn number_type(parser: &mut Parser<'_>, node: &Node<'_>) -> TypeKind {
    let range = node.find(Rule::range).and_then(|range| parser.range(&range));
    let step = node.find(Rule::number).map(|step| crate::ast::Value {
        span: step.span(),
        kind: crate::ast::ValueKind::Number,
        unit: None,
    });
    let unit = node.find(Rule::unit_name).map(|unit| match unit.find(Rule::quoted) {
        Some(quoted) => unquoted(&quoted),
        None => unit.span(),
    });
    // `0..10件`: the unit stands at the end of the range.
    let at_end = range.as_ref().and_then(|range| range.to.as_ref().or(range.from.as_ref())?.unit);
    TypeKind::Number { range, step, unit: unit.or(at_end) }
}

/// In a list with commas a space within an element parts two values, which is hardly meant.
fn check_values(parser: &mut Parser<'_>, node: &Node<'_>) {
    for span in glued_values(node) {
        let written = parser.text_of(span);
        let name: String = written.split_whitespace().last().unwrap_or(written).to_owned();
        let named = format!("{name} \"{written}\"");
        let quoted = format!("\"{written}\"");
        let finding = Diagnostic::at(Code::UnquotedValue, span).text("found", written).text("named", &named);
        parser.report(finding.suggest("name", span, named).suggest("quote", span, quoted));
    }
}

/// Each two values that only space parts in a list where commas part others.
pub(super) fn glued_values(node: &Node<'_>) -> Vec<Span> {
    let values: Vec<Node<'_>> = node.all(Rule::value_decl).collect();
    let comma = |c: char| matches!(c, '、' | ',' | '，' | '､');
    let between = |one: &Node<'_>, other: &Node<'_>| {
        let offset = |at: u32| (at - node.span().start) as usize;
        node.text().get(offset(one.span().end)..offset(other.span().start)).unwrap_or("")
    };
    let pairs = || values.iter().zip(values.iter().skip(1));
    let is_parted = |(one, other): &(&Node<'_>, &Node<'_>)| between(one, other).contains(comma);
    if !pairs().any(|pair| is_parted(&pair)) {
        return Vec::new();
    }
    let has_label = |value: &Node<'_>| value.find(Rule::quoted).is_some();
    let is_glued = |pair: &(&Node<'_>, &Node<'_>)| !is_parted(pair) && !has_label(pair.0) && !has_label(pair.1);
    pairs().filter(is_glued).map(|(one, other)| one.span().to(other.span())).collect()
}

fn value_decls(node: &Node<'_>) -> Vec<ValueDecl> {
    node.all(Rule::value_decl).filter_map(|value| value_decl(&value)).collect()
}

fn value_decl(node: &Node<'_>) -> Option<ValueDecl> {
    let name = name_of(&node.find(Rule::name)?);
    Some(ValueDecl { name, label: node.find(Rule::quoted).map(|label| unquoted(&label)) })
}

// ── Facts that follow from others ──

pub(super) fn parse_define(parser: &mut Parser<'_>, statement: &Statement) -> Option<Define> {
    let Some(head) = parser.argument(argument::DEFINE_HEAD, statement) else {
        let name = parser.leading_name(statement)?;
        return Some(Define { span: statement.span, name, label: None, when: Condition::Error(statement.rest) });
    };
    Some(Define {
        span: statement.span,
        name: name_of(&head.find(Rule::name)?),
        label: head.find(Rule::quoted).map(|label| unquoted(&label)),
        when: parser.condition_in(&head),
    })
}

pub(super) fn parse_derive(parser: &mut Parser<'_>, statement: Statement) -> Option<Derive> {
    let head = head_of(parser, argument::DERIVE_HEAD, &statement)?;
    let mut rows = Vec::new();
    for (line, _) in raw_lines(parser, statement.body.unwrap_or_default(), Block::Derive) {
        rows.extend(derive_row(parser, &line));
    }
    Some(Derive { span: statement.span, name: head.name, label: head.label, ty: head.ty, rows })
}

fn derive_row(parser: &mut Parser<'_>, line: &Line) -> Option<DeriveRow> {
    let node = parser.parse_part(argument::DERIVE_ROW, line.span)?;
    let value = parser.value(&node.find(Rule::value)?)?;
    let when = node.find(Rule::condition).map(|when| parser.condition(&when));
    Some(DeriveRow { span: line.span, value, when })
}

/// The lines of a block of cells or cases, each with the lines that go on with it.
pub(super) fn raw_lines(parser: &mut Parser<'_>, items: Vec<Item>, block: Block) -> Vec<(Line, Vec<Span>)> {
    let mut lines = Vec::with_capacity(items.len());
    for item in items {
        match item {
            Item::Line { line, more } => lines.push((line, more)),
            Item::Statement(statement) => parser.report_misplaced(&statement, block),
        }
    }
    lines
}

pub(super) fn parse_table(parser: &mut Parser<'_>, statement: Statement) -> Option<Table> {
    let head = parser.argument(argument::TABLE_HEAD, &statement)?;
    let mut names = head.all(Rule::name);
    let (name, decides) = (name_of(&names.next()?), name_of(&names.next()?));
    let policy = head.find(Rule::policy).and_then(|policy| super::symptom::policy_of(&policy));
    let policy = policy.unwrap_or(Spanned { span: statement.span.after(), value: Policy::First });
    let mut lines = raw_lines(parser, statement.body.unwrap_or_default(), Block::Table).into_iter();
    let header = lines.next().map(|(line, _)| (line.span, cells(parser, &line)));
    let (header, cells) = header.unwrap_or((statement.span, Vec::new()));
    let columns: Vec<Name> = cells.iter().filter_map(|cell| column(parser, *cell)).collect();
    let is_read = columns.len() == cells.len();
    let mut rows = Vec::new();
    for (line, _) in lines.filter(|_| is_read) {
        if !is_rule(parser.text_of(line.span)) {
            rows.extend(table_row(parser, &line, columns.len(), header));
        }
    }
    Some(Table { span: statement.span, name, decides, policy, columns, rows })
}

/// A line of dashes under the header, as Markdown has it.
fn is_rule(text: &str) -> bool {
    text.contains("--") && text.chars().all(|c| matches!(c, '-' | '|' | '｜' | ':' | ' ' | '+'))
}

fn cells(parser: &mut Parser<'_>, line: &Line) -> Vec<Span> {
    let Some(node) = parser.parse_part(argument::TABLE_ROW, line.span) else { return Vec::new() };
    node.all(Rule::cell).map(|cell| trim(cell.span(), parser.text)).collect()
}

fn column(parser: &mut Parser<'_>, cell: Span) -> Option<Name> {
    parser.parse_part(argument::NAME, cell)?.find(Rule::name).map(|name| name_of(&name))
}

fn table_row(parser: &mut Parser<'_>, line: &Line, columns: usize, header: Span) -> Option<TableRow> {
    let mut spans = cells(parser, line);
    // A bar before the first cell is a border, unless that leaves one cell too few: then the first is blank.
    if spans.len() + 1 == columns && parser.text_of(line.span).starts_with(['|', '｜']) {
        spans.insert(0, line.span.before());
    }
    if spans.len() != columns {
        if !spans.is_empty() {
            let finding = Diagnostic::at(Code::RowLength, line.span)
                .text("found", spans.len().to_string())
                .text("columns", columns.to_string())
                .label(header, "header")
                .help("any-value");
            parser.report(finding);
        }
        return None;
    }
    let (last, tests) = spans.split_last()?;
    let tests: Option<Vec<CellTest>> = tests.iter().map(|cell| cell_test(parser, *cell)).collect();
    let value = parser.parse_part(argument::CELL, *last)?.find(Rule::value)?;
    Some(TableRow { span: line.span, cells: tests?, value: parser.value(&value)? })
}

fn cell_test(parser: &mut Parser<'_>, cell: Span) -> Option<CellTest> {
    if cell.is_empty() {
        return Some(CellTest::Any);
    }
    let node = parser.parse_part(argument::CELL, cell)?;
    let inner = node.first()?;
    match inner.rule() {
        Rule::cell_any => Some(CellTest::Any),
        Rule::cell_not => Some(CellTest::Not(parser.values(&inner))),
        Rule::range => parser.range(&inner).map(CellTest::In),
        Rule::cell_compare => {
            let op = super::condition::comparison_of(inner.find(Rule::compare)?.first()?.rule())?;
            Some(CellTest::Compare(op, parser.value(&inner.find(Rule::value)?)?))
        }
        Rule::cell_bound => {
            let (op, value) = parser.bound(&inner.find(Rule::bound)?)?;
            Some(CellTest::Compare(op, value))
        }
        _ => Some(CellTest::Is(parser.values(&node))),
    }
}
