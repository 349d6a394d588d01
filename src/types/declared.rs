//! Checks what facts declare: their values, and the range, step and unit of numbers.

use crate::ast;
use crate::diag::{Code, Diagnostic};
use crate::model::{Fact, FactId, Type, ValueDecl, fold_name};
use crate::source::{Sources, Span};

use super::NumberDomain;
use super::context::Context;
use super::literal::{Decimal, parse_decimal};
use super::stretch;

pub(super) fn check_facts(cx: &mut Context) {
    let model = cx.model;
    for (id, fact) in model.facts.enumerate() {
        match &fact.ty {
            Type::OneOf { values, .. } | Type::AnyOf { values } => enter_values(cx, id, fact, values),
            Type::Number { range, step, unit } => {
                let ends = range.iter().flat_map(|range| [&range.from, &range.to]).flatten();
                ends.for_each(|end| {
                    stretch::check_unit(cx, fact, *unit, end);
                });
                enter_number(cx, id, fact, range.as_ref(), step.as_ref());
            }
            Type::Error | Type::YesNo | Type::Version | Type::Date => {}
        }
    }
}

fn enter_values(cx: &mut Context, id: FactId, fact: &Fact, values: &[ValueDecl]) {
    if values.is_empty() {
        let finding = Diagnostic::at(Code::NoValues, fact.name).text("fact", cx.text(fact.name));
        finding.help("values").push_to(cx.diagnostics);
    }
    let mut fresh = Vec::with_capacity(values.len());
    for (index, value) in values.iter().enumerate() {
        fresh.push(enter_value(cx, id, index, value.id.clone(), value.span, values));
    }
    let fresh = values.iter().enumerate().zip(fresh).filter(|(_, fresh)| *fresh);
    for ((index, value), _) in fresh {
        if let Some(label) = value.label {
            let folded = fold_name(cx.text(label).trim()).into_owned();
            enter_value(cx, id, index, folded, label, values);
        }
    }
}

/// Enters one name or label of a value; `false` if another value has it, which is reported.
fn enter_value(cx: &mut Context, id: FactId, index: usize, folded: String, place: Span, values: &[ValueDecl]) -> bool {
    let fact = cx.name(id);
    let table = cx.values.entry(id).or_default();
    match table.get(&folded) {
        None => {
            cx.owners.entry(folded.clone()).or_default().push((id, index));
            table.insert(folded, index);
            true
        }
        Some(first) if *first == index => true,
        Some(first) => {
            let finding = Diagnostic::at(Code::DuplicateValue, place).text("fact", fact);
            let first = values.get(*first).map(|first| spelling_of(first, &folded, cx.sources));
            let finding = first.into_iter().fold(finding, |finding, first| finding.label(first, "first"));
            finding.text("value", cx.text(place)).help("remove").push_to(cx.diagnostics);
            false
        }
    }
}

/// The name or label of a value that has this folded text.
fn spelling_of(value: &ValueDecl, folded: &str, sources: &Sources) -> Span {
    value
        .label
        .filter(|_| value.id != folded)
        .filter(|label| fold_name(sources.text(*label).trim()) == folded)
        .unwrap_or(value.span)
}

fn enter_number(cx: &mut Context, id: FactId, fact: &Fact, range: Option<&ast::Range>, step: Option<&ast::Value>) {
    let from = range.and_then(|range| bound(cx, fact, range.from.as_ref()));
    let to = range.and_then(|range| bound(cx, fact, range.to.as_ref()));
    let written_step = step.and_then(|step| positive(cx, fact, step));
    let digits = |number: &Option<Decimal>| number.as_ref().map_or(0, |number| number.digits);
    let scale = digits(&from).max(digits(&to)).max(digits(&written_step));
    let scaled = |number: &Option<Decimal>| number.as_ref().and_then(|number| number.at_scale(scale));
    let step = scaled(&written_step).unwrap_or(1);
    let min = scaled(&from);
    let inclusive = range.is_none_or(|range| range.inclusive);
    let max = scaled(&to).map(|to| last_value(min, to, step, inclusive));
    cx.types.scales.insert(id, scale);
    let upside_down = min.zip(max).is_some_and(|(min, max)| min > max);
    if let (true, Some(range)) = (upside_down, range) {
        let descends = min.zip(scaled(&to)).is_some_and(|(min, to)| min > to);
        stretch::report_empty(cx, range, descends);
    }
    let (min, max) = if upside_down { (None, None) } else { (min, max) };
    cx.types.numbers.insert(id, NumberDomain { min, max, step });
}

/// The greatest value on the grid of steps up to an end.
fn last_value(min: Option<i64>, to: i64, step: i64, inclusive: bool) -> i64 {
    let base = min.unwrap_or(0);
    let to = if inclusive { to } else { to - 1 };
    base + (to - base).div_euclid(step) * step
}

fn bound(cx: &mut Context, fact: &Fact, value: Option<&ast::Value>) -> Option<Decimal> {
    let value = value?;
    let parsed = parse_decimal(cx.text(value.span)).filter(|number| number.at_scale(number.digits).is_some());
    if parsed.is_none() {
        report_no_number(cx, fact, value);
    }
    parsed
}

fn positive(cx: &mut Context, fact: &Fact, step: &ast::Value) -> Option<Decimal> {
    let parsed = bound(cx, fact, Some(step))?;
    if parsed.mantissa > 0 {
        return Some(parsed);
    }
    let finding = Diagnostic::at(Code::BadStep, step.span).text("step", cx.text(step.span));
    finding.text("fact", cx.text(fact.name)).suggest("one", step.span, "1").push_to(cx.diagnostics);
    None
}

fn report_no_number(cx: &mut Context, fact: &Fact, value: &ast::Value) {
    let (code, help) = match value.kind {
        ast::ValueKind::Number => (Code::TooLarge, "smaller"),
        ast::ValueKind::Word { .. }
        | ast::ValueKind::Version
        | ast::ValueKind::Date(_)
        | ast::ValueKind::Today { .. } => (Code::WrongLiteral, "write-number"),
    };
    let finding = Diagnostic::at(code, value.span).text("value", cx.text(value.span));
    let finding = finding.text("fact", cx.text(fact.name)).word("type", "type-number").label(fact.name, "declared");
    finding.help(help).push_to(cx.diagnostics);
}
