//! Decision tables: each row becomes a rule of the fact that the table decides.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::ast::{self, CellTest, Comparison, Condition, Name, TypeExpr, TypeKind, Value, ValueDecl, ValueKind};
use crate::diag::{Code, Diagnostic};
use crate::model::{DecisionTable, FactId, Kind, Rule, RuleValue, Type, fold_name};
use crate::source::Span;

use super::{Context, lookup};

/// The facts that only a table declares, by deciding them: their values are those of the last column. A name that is nearly
/// another fact's is taken for a mistake.
pub(super) fn implied_facts(cx: &mut Context, tables: &[&ast::Table]) -> Vec<ast::Fact> {
    let mut facts: Vec<ast::Fact> = Vec::new();
    for table in tables {
        let written = cx.text(table.decides.span);
        let folded = fold_name(written);
        let is_implied = |fact: &ast::Fact| fold_name(cx.text(fact.name.span)) == folded;
        let is_known = cx.model.names.find::<FactId>(&folded).is_some() || facts.iter().any(is_implied);
        if !is_known && lookup::suggestion(cx, Kind::Fact, written).is_none() {
            facts.push(implied_fact(cx, table));
        }
    }
    facts
}

fn implied_fact(cx: &Context, table: &ast::Table) -> ast::Fact {
    let mut values: Vec<ValueDecl> = Vec::new();
    let mut known = FxHashSet::default();
    for row in &table.rows {
        let quoted = matches!(row.value.kind, ValueKind::Word { quoted: true });
        let value = ValueDecl { name: Name { span: row.value.whole(), quoted }, label: None };
        if known.insert(fold_name(cx.text(value.name.span))) {
            values.push(value);
        }
    }
    let is_truth = |value: &ValueDecl| is_truth(cx.text(value.name.span));
    let kind = match values.iter().all(is_truth) {
        true => TypeKind::YesNo,
        false => TypeKind::OneOf { values, open: false },
    };
    ast::Fact::new(table.span, table.decides, None, TypeExpr { span: table.decides.span, kind })
}

fn is_truth(written: &str) -> bool {
    matches!(fold_name(written).as_ref(), "yes" | "no" | "はい" | "いいえ" | "あり" | "なし")
}

pub(super) fn resolve_tables(cx: &mut Context, tables: &[&ast::Table]) {
    let mut names: FxHashMap<String, Span> = FxHashMap::default();
    for table in tables {
        let folded = cx.id(table.name);
        if let Some(first) = names.get(&folded) {
            let finding = Diagnostic::at(Code::DuplicateName, table.name.span).word("kind", "table");
            let finding = finding.text("name", cx.text(table.name.span)).label(*first, "first").help("join");
            finding.push_to(cx.diagnostics);
        }
        names.entry(folded).or_insert(table.name.span);
        resolve_table(cx, table);
    }
}

fn resolve_table(cx: &mut Context, table: &ast::Table) {
    if !ends_in_decided(cx, table) {
        let decided = lookup::find::<FactId>(cx, table.decides);
        return decided.into_iter().for_each(|fact| give_up(cx, fact));
    }
    let tested = table.columns.split_last().map_or(&[] as &[Name], |(_, tested)| tested);
    let columns: Vec<Option<(Name, FactId)>> = tested.iter().map(|name| known_column(cx, *name)).collect();
    let decided = lookup::find::<FactId>(cx, table.decides).filter(|fact| may_be_decided(cx, *fact, table));
    let mut rules = Vec::with_capacity(table.rows.len());
    for row in &table.rows {
        let tests = columns.iter().zip(&row.cells).filter_map(|(column, cell)| cell_condition((*column)?.0, cell));
        let when = conjunction(tests.collect()).map(|when| cx.model.conditions.push(when));
        rules.push(Rule { span: row.span, value: RuleValue::Written(row.value.clone()), when });
    }
    if let Some(fact) = decided {
        let columns = columns.into_iter().flatten().map(|(_, fact)| fact).collect();
        let table = DecisionTable { name: table.name.span, policy: table.policy.value, columns };
        let fact = &mut cx.model.facts[fact];
        (fact.derived, fact.table) = (Some(rules), Some(table));
    }
}

/// The last column holds the values of the decided fact; without a header there is nothing to say about it.
fn ends_in_decided(cx: &mut Context, table: &ast::Table) -> bool {
    let Some(last) = table.columns.last() else { return true };
    let decided = cx.text(table.decides.span);
    if fold_name(cx.text(last.span)) == fold_name(decided) {
        return true;
    }
    let finding = Diagnostic::at(Code::LastColumn, last.span).text("name", cx.text(last.span));
    let finding = finding.text("decided", decided).label(table.decides.span, "decides");
    finding.help("last").push_to(cx.diagnostics);
    false
}

/// The column's fact as a condition names it; an unknown one is reported once, here.
fn known_column(cx: &mut Context, name: Name) -> Option<(Name, FactId)> {
    lookup::find::<FactId>(cx, name).map(|fact| (name, fact))
}

/// A table decides a fact of few values that nothing else decides.
fn may_be_decided(cx: &mut Context, id: FactId, table: &ast::Table) -> bool {
    let fact = &cx.model.facts[id];
    let name = cx.sources.text(fact.name);
    let finding = match (&fact.ty, &fact.derived) {
        (Type::Error, _) => return true,
        (_, Some(rules)) => {
            let other = rules.first().map_or(fact.span, |rule| rule.span);
            let finding = Diagnostic::at(Code::DecidedTwice, table.decides.span).label(other, "other");
            finding.text("name", name).help("one")
        }
        (Type::YesNo | Type::OneOf { .. }, None) => return true,
        (Type::AnyOf { .. } | Type::Number { .. } | Type::Version | Type::Date, None) => {
            let finding = Diagnostic::at(Code::DecidesNoList, table.decides.span).label(fact.name, "declared");
            finding.text("name", name).help("one-of")
        }
    };
    give_up(cx, id);
    finding.push_to(cx.diagnostics);
    false
}

/// Nothing more is said of a fact whose table is wrong, unless something else decides it.
fn give_up(cx: &mut Context, id: FactId) {
    let fact = &mut cx.model.facts[id];
    if fact.derived.is_none() {
        fact.ty = Type::Error;
        fact.derived = Some(Vec::new());
    }
}

fn conjunction(mut tests: Vec<Condition>) -> Option<Condition> {
    match tests.len() {
        0 | 1 => tests.pop(),
        _ => Some(Condition::And(tests)),
    }
}

/// What a cell says of its column's fact; nothing for a dash.
fn cell_condition(fact: Name, cell: &CellTest) -> Option<Condition> {
    match cell {
        CellTest::Any => None,
        CellTest::Is(values) => Some(is_one_of(fact, values)),
        CellTest::Not(values) => Some(Condition::Not(Box::new(is_one_of(fact, values)))),
        CellTest::Compare(op, value) => Some(Condition::Compare { fact, op: *op, value: value.clone() }),
        CellTest::In(range) => Some(Condition::InRange { fact, range: range.clone() }),
    }
}

fn is_one_of(fact: Name, values: &[Value]) -> Condition {
    match values {
        [value] => Condition::Compare { fact, op: Comparison::Equal, value: value.clone() },
        _ => Condition::InSet { fact, values: values.to_vec() },
    }
}
