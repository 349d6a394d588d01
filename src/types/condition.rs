//! Conditions: from what is written to typed tests of facts.

use rustc_hash::FxHashMap;

use crate::ast::{self, Comparison, Name, Range, Value};
use crate::diag::{Arg, Code, Diagnostic};
use crate::model::{ConditionId, FactId, Type, fold_name};
use crate::resolve::{spelled, with_quotes};
use crate::source::Span;

use super::context::{Context, declared_name};
use super::{Condition, Test, applicable, stretch, value};

pub(super) fn check_conditions(cx: &mut Context) {
    let mut early = check_applicability(cx);
    let model = cx.model;
    for (id, written) in model.conditions.enumerate() {
        let checked = early.remove(&id).unwrap_or_else(|| check(cx, written));
        cx.types.conditions.push(checked);
    }
}

/// Checks first when facts of several values at once are applicable: `!=` says so too.
fn check_applicability(cx: &mut Context) -> FxHashMap<ConditionId, Condition> {
    let mut early = FxHashMap::default();
    let model = cx.model;
    for (fact, declared) in model.facts.enumerate() {
        if !matches!(declared.ty, Type::AnyOf { .. }) {
            continue;
        }
        for id in &declared.only_when {
            let checked = check(cx, &model.conditions[*id]);
            cx.applicable.entry(fact).or_default().push(checked.clone());
            early.insert(*id, checked);
        }
    }
    early
}

fn check(cx: &mut Context, written: &ast::Condition) -> Condition {
    let checked = match written {
        ast::Condition::Error(_) => None,
        ast::Condition::Or(parts) => Some(Condition::Or(parts.iter().map(|part| check(cx, part)).collect())),
        ast::Condition::And(parts) => Some(Condition::And(check_conjunction(cx, parts))),
        ast::Condition::Implies(left, right) => {
            let unless = Condition::Not(Box::new(check(cx, left)));
            Some(Condition::Or(vec![unless, check(cx, right)]))
        }
        ast::Condition::Not(inner) => Some(Condition::Not(Box::new(check(cx, inner)))),
        ast::Condition::Name(name) => check_name(cx, *name),
        ast::Condition::Compare { fact, op, value } => check_comparison(cx, *fact, *op, value),
        ast::Condition::InRange { fact, range } => check_range(cx, *fact, range),
        ast::Condition::InSet { fact, values } => check_set(cx, *fact, values),
        ast::Condition::Has { fact, value } => check_has(cx, *fact, value),
    };
    checked.unwrap_or(Condition::Error)
}

/// The parts of a conjunction; `os = a, b` with two values of `os` is a mistake for a set.
fn check_conjunction(cx: &mut Context, parts: &[ast::Condition]) -> Vec<Condition> {
    let mut checked = Vec::with_capacity(parts.len());
    let mut rest = parts;
    while let [first, after @ ..] = rest {
        let more = further_values(cx, first, after);
        rest = after.get(more.len()..).unwrap_or_default();
        match (first, more.is_empty()) {
            (ast::Condition::Compare { fact, value, .. }, false) => {
                report_list(cx, *fact, value, &more);
                checked.push(Condition::Error);
            }
            _ => checked.push(check(cx, first)),
        }
    }
    checked
}

/// The bare names that follow `fact = value` and are values of the same fact.
fn further_values(cx: &Context, first: &ast::Condition, after: &[ast::Condition]) -> Vec<Name> {
    let ast::Condition::Compare { fact, op: Comparison::Equal, .. } = first else { return Vec::new() };
    let Some(fact) = cx.model.names.find::<FactId>(&fold_name(cx.text(fact.span))) else { return Vec::new() };
    let further = |part: &ast::Condition| match part {
        ast::Condition::Name(name) => {
            let written = cx.text(name.span);
            let is_fact = cx.model.names.facts.contains_key(fold_name(written).as_ref());
            (!is_fact && value::find_value(cx, fact, written).is_some()).then_some(*name)
        }
        ast::Condition::Error(_)
        | ast::Condition::Or(_)
        | ast::Condition::And(_)
        | ast::Condition::Implies(..)
        | ast::Condition::Not(_)
        | ast::Condition::Compare { .. }
        | ast::Condition::InRange { .. }
        | ast::Condition::InSet { .. }
        | ast::Condition::Has { .. } => None,
    };
    after.iter().map_while(further).collect()
}

fn report_list(cx: &mut Context, fact: Name, first: &Value, more: &[Name]) {
    let quote = |name: Name| match name.quoted {
        true => format!("「{}」", cx.text(name.span)),
        false => cx.text(name.span).to_owned(),
    };
    let first_name = Name { span: first.span, quoted: matches!(first.kind, ast::ValueKind::Word { quoted: true }) };
    let values: Vec<String> = std::iter::once(first_name).chain(more.iter().copied()).map(quote).collect();
    let set = format!("{} in {{{}}}", quote(fact), values.join(", "));
    let last = more.last().copied().unwrap_or(first_name);
    let span = with_quotes(cx.sources, fact).to(with_quotes(cx.sources, last));
    Diagnostic::at(Code::ListOfValues, span)
        .text("fact", cx.text(fact.span))
        .text("set", &set)
        .suggest("in-set", span, set)
        .push_to(cx.diagnostics);
}

/// A yes/no fact, or a value that one fact alone has.
fn check_name(cx: &mut Context, name: Name) -> Option<Condition> {
    if let Some(id) = cx.known_fact(name) {
        return match &cx.model.facts[id].ty {
            Type::Error => None,
            Type::YesNo => Some(Condition::Test(id, Test::OneOf(vec![0]))),
            Type::OneOf { .. } | Type::AnyOf { .. } | Type::Number { .. } | Type::Version | Type::Date => {
                report_no_truth(cx, name, id);
                None
            }
        };
    }
    let folded = fold_name(cx.text(name.span));
    let owners = cx.owners.get(folded.as_ref()).map_or(&[] as &[_], Vec::as_slice);
    match *owners {
        [(fact, index)] => Some(Condition::Test(fact, value_test(cx, fact, index))),
        [] => {
            cx.report_unknown(name);
            None
        }
        [..] => {
            let owners = owners.to_vec();
            report_ambiguous(cx, name, &owners);
            None
        }
    }
}

fn value_test(cx: &Context, fact: FactId, index: usize) -> Test {
    match cx.model.facts[fact].ty {
        Type::AnyOf { .. } => Test::Has(index),
        Type::Error | Type::YesNo | Type::OneOf { .. } | Type::Number { .. } | Type::Version | Type::Date => {
            Test::OneOf(vec![index])
        }
    }
}

fn report_no_truth(cx: &mut Context, name: Name, id: FactId) {
    let written = cx.text(name.span);
    let example = match &cx.model.facts[id].ty {
        Type::OneOf { values, .. } => values.first().map(|value| format!("{written} = {}", cx.text(value.span))),
        Type::AnyOf { values } => values.first().map(|value| format!("{written} has {}", cx.text(value.span))),
        Type::Number { .. } => Some(format!("{written} >= 1")),
        Type::Version => Some(format!("{written} >= 1.0")),
        Type::Date => Some(format!("{written} < today")),
        Type::Error | Type::YesNo => None,
    };
    let finding = Diagnostic::at(Code::NoTruth, name.span).text("fact", written);
    let finding = finding.label(cx.model.facts[id].name, "declared").text("example", example.unwrap_or_default());
    finding.help("compare").push_to(cx.diagnostics);
}

fn report_ambiguous(cx: &mut Context, name: Name, owners: &[(FactId, usize)]) {
    let written = cx.text(name.span);
    let facts = owners.iter().map(|(fact, _)| Arg::Text(cx.name(*fact).to_owned())).collect();
    let mut finding =
        Diagnostic::at(Code::AmbiguousValue, name.span).text("value", written).arg("facts", Arg::List(facts));
    for (fact, _) in owners.iter().take(5) {
        finding = finding.label(cx.model.facts[*fact].name, "owner");
    }
    if let Some((first, _)) = owners.first() {
        let declared = declared_name(cx.sources, cx.model.facts[*first].name);
        let fact = spelled(cx.sources, declared, Name { span: name.span, quoted: false });
        let place = with_quotes(cx.sources, name);
        finding = finding.text("first", &fact).suggest("say-which", place.before(), format!("{fact} = "));
    }
    finding.push_to(cx.diagnostics);
}

fn check_comparison(cx: &mut Context, fact: Name, op: Comparison, value: &Value) -> Option<Condition> {
    let id = cx.find_fact(fact)?;
    match (&cx.model.facts[id].ty, op) {
        (Type::Error, _) => None,
        (_, Comparison::Equal) => {
            let test = value::is_value(cx, id, value)?;
            Some(applicable::equals(cx, id, test))
        }
        (_, Comparison::NotEqual) => {
            let test = value::is_value(cx, id, value)?;
            Some(applicable::differs(cx, id, test))
        }
        (Type::Number { .. } | Type::Version | Type::Date, _) => {
            Some(Condition::Test(id, stretch::compare(cx, id, op, value)?))
        }
        (Type::YesNo | Type::OneOf { .. } | Type::AnyOf { .. }, _) => {
            report_no_order(cx, fact, id, value.span);
            None
        }
    }
}

fn report_no_order(cx: &mut Context, fact: Name, id: FactId, end: Span) {
    let finding = Diagnostic::at(Code::NoOrder, fact.span.to(end)).text("fact", cx.text(fact.span));
    finding.label(cx.model.facts[id].name, "declared").help("equal").push_to(cx.diagnostics);
}

fn check_range(cx: &mut Context, fact: Name, range: &Range) -> Option<Condition> {
    let id = cx.find_fact(fact)?;
    match &cx.model.facts[id].ty {
        Type::Error => None,
        Type::Number { .. } | Type::Version | Type::Date => {
            Some(Condition::Test(id, stretch::in_range(cx, id, range)?))
        }
        Type::YesNo | Type::OneOf { .. } | Type::AnyOf { .. } => {
            report_no_order(cx, fact, id, range.span);
            None
        }
    }
}

/// `fact in {a, b}`: one of them; for several values at once, at least one of them.
fn check_set(cx: &mut Context, fact: Name, values: &[Value]) -> Option<Condition> {
    let id = cx.find_fact(fact)?;
    let tests: Vec<_> = values.iter().map(|value| value::is_value(cx, id, value)).collect();
    let tests = tests.into_iter().collect::<Option<Vec<Test>>>()?;
    let (mut indices, mut members, mut intervals) = (Vec::new(), Vec::new(), Vec::new());
    for test in tests {
        match test {
            Test::OneOf(index) => indices.extend(index),
            Test::Has(member) => members.push(Condition::Test(id, Test::Has(member))),
            Test::Within(stretches) => intervals.extend(stretches),
        }
    }
    indices.sort_unstable();
    indices.dedup();
    match (indices.is_empty(), intervals.is_empty(), members.is_empty()) {
        (false, _, _) if indices == [1] => Some(applicable::equals(cx, id, Test::OneOf(indices))),
        (false, _, _) => Some(Condition::Test(id, Test::OneOf(indices))),
        (_, false, _) => Some(Condition::Test(id, Test::Within(stretch::union(intervals)))),
        (_, _, false) => Some(Condition::Or(members)),
        (true, true, true) => None,
    }
}

fn check_has(cx: &mut Context, fact: Name, value: &Value) -> Option<Condition> {
    let id = cx.find_fact(fact)?;
    match &cx.model.facts[id].ty {
        Type::Error => None,
        Type::AnyOf { .. } => Some(Condition::Test(id, value::is_value(cx, id, value)?)),
        Type::YesNo | Type::OneOf { .. } | Type::Number { .. } | Type::Version | Type::Date => {
            let finding = Diagnostic::at(Code::HasOneValue, fact.span.to(value.span)).text("fact", cx.text(fact.span));
            finding.label(cx.model.facts[id].name, "declared").help("equal").push_to(cx.diagnostics);
            None
        }
    }
}
