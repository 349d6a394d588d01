//! Words the findings about conditions; refuses to decide what is one.

use crate::ast::{self, Comparison, Name, Value};
use crate::diag::{Arg, Code, Diagnostic};
use crate::model::{FactId, Type, ValueDecl};
use crate::resolve::{spelled, with_quotes};
use crate::source::Span;

use super::context::{Context, declared_name};

pub(super) fn report_list(cx: &mut Context, fact: Name, op: Comparison, first: &Value, more: &[Name]) {
    cx.known_fact(fact);
    let quote = |name: Name| match name.quoted {
        true => format!("「{}」", cx.text(name.span)),
        false => cx.text(name.span).to_owned(),
    };
    let first_name = Name { span: first.whole(), quoted: matches!(first.kind, ast::ValueKind::Word { quoted: true }) };
    let values: Vec<String> = std::iter::once(first_name).chain(more.iter().copied()).map(quote).collect();
    let (within, key) = match op {
        Comparison::NotEqual => ("not in", "not-in-set"),
        Comparison::Equal
        | Comparison::Less
        | Comparison::LessOrEqual
        | Comparison::Greater
        | Comparison::GreaterOrEqual => ("in", "in-set"),
    };
    let set = format!("{} {within} {{{}}}", quote(fact), values.join(", "));
    let last = more.last().copied().unwrap_or(first_name);
    let span = with_quotes(cx.sources, fact).to(with_quotes(cx.sources, last));
    Diagnostic::at(Code::ListOfValues, span)
        .text("fact", cx.text(fact.span))
        .text("set", &set)
        .suggest(key, span, set)
        .push_to(cx.diagnostics);
}

pub(super) fn report_no_truth(cx: &mut Context, name: Name, id: FactId) {
    let whole = cx.text(with_quotes(cx.sources, name));
    let first = |values: &[ValueDecl]| {
        values.first().map_or(String::new(), |value| format!(" {}", declared_text(cx, value.span)))
    };
    let (test, value) = match &cx.model.facts[id].ty {
        Type::OneOf { values, .. } => ("test-equal", first(values)),
        Type::AnyOf { values } => ("test-has", first(values)),
        Type::Number { .. } => ("test-number", String::new()),
        Type::Version => ("test-version", String::new()),
        Type::Date => ("test-date", String::new()),
        Type::Error | Type::YesNo => return,
    };
    let finding = Diagnostic::at(Code::NoTruth, name.span).text("fact", cx.text(name.span)).text("written", whole);
    let finding = finding.label(cx.model.facts[id].name, "declared").word("test", test).text("value", value);
    finding.help("compare").push_to(cx.diagnostics);
}

pub(super) fn report_ambiguous(cx: &mut Context, name: Name, owners: &[(FactId, usize)]) {
    let written = cx.text(name.span);
    let facts = owners.iter().map(|(fact, _)| Arg::Text(cx.name(*fact).to_owned())).collect();
    let mut finding =
        Diagnostic::at(Code::AmbiguousValue, name.span).text("value", written).arg("facts", Arg::List(facts));
    for (fact, _) in owners.iter().take(5) {
        finding = finding.label(cx.model.facts[*fact].name, "owner");
    }
    if let Some((first, _)) = owners.first() {
        let fact = declared_text(cx, cx.model.facts[*first].name);
        let place = with_quotes(cx.sources, name);
        finding = finding.text("first", &fact).suggest("say-which", place.before(), format!("{fact} = "));
    }
    finding.push_to(cx.diagnostics);
}

pub(super) fn report_no_order(cx: &mut Context, fact: Name, id: FactId, end: Span) {
    let test = fact.span.to(end);
    // In a table, the fact stands in the header, lines above.
    let is_cell = cx.text(test).contains('\n');
    let finding = Diagnostic::at(Code::NoOrder, if is_cell { end } else { test }).text("fact", cx.text(fact.span));
    let finding = finding.label(cx.model.facts[id].name, "declared");
    let finding = match &cx.model.facts[id].ty {
        Type::OneOf { values, .. } | Type::AnyOf { values } => {
            let some: Vec<_> = values.iter().take(2).map(|value| declared_text(cx, value.span)).collect();
            let example = match is_cell {
                true => some.join(", "),
                false => format!("{} in {{{}}}", cx.text(with_quotes(cx.sources, fact)), some.join(", ")),
            };
            finding.text("example", example).help("list")
        }
        Type::Error | Type::YesNo | Type::Number { .. } | Type::Version | Type::Date => finding.help("yes-no"),
    };
    finding.push_to(cx.diagnostics);
}

pub(super) fn report_one_value(cx: &mut Context, fact: Name, id: FactId, value: &Value) {
    let quoted = matches!(value.kind, ast::ValueKind::Word { quoted: true });
    let (first, last) = (with_quotes(cx.sources, fact), with_quotes(cx.sources, Name { span: value.whole(), quoted }));
    let equal = format!("{} = {}", cx.text(first), cx.text(last));
    let finding = Diagnostic::at(Code::HasOneValue, first.to(last)).text("fact", cx.text(fact.span));
    let finding = finding.label(cx.model.facts[id].name, "declared").suggest("equal", first.to(last), equal);
    let finding = match &cx.model.facts[id].ty {
        Type::OneOf { .. } => finding.help("any-of"),
        Type::Error | Type::YesNo | Type::AnyOf { .. } | Type::Number { .. } | Type::Version | Type::Date => finding,
    };
    finding.push_to(cx.diagnostics);
}

/// A declared name as it would be written where nothing is quoted yet.
fn declared_text(cx: &Context, name: Span) -> String {
    spelled(cx.sources, declared_name(cx.sources, name), Name { span: name, quoted: false })
}
