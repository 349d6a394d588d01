//! Facts: those asked, those defined by a condition, those derived by rules.

use crate::ast;
use crate::diag::{Code, Diagnostic};
use crate::model::{CheckProcedure, Fact, FactId, IdVec, IfUnknown, Rule, RuleValue, Shows, Type, ValueDecl};
use crate::source::Span;

use super::prose::{resolve_optional, resolve_steps};
use super::{Context, lookup};

/// A fact before its references are looked up.
pub(super) enum FactSeed<'t> {
    Fact(&'t ast::Fact),
    /// One that only a table declares.
    Implied(Box<ast::Fact>),
    Define(&'t ast::Define),
    Derive(&'t ast::Derive),
}

pub(super) fn resolve_facts(cx: &mut Context, facts: IdVec<FactId, FactSeed<'_>>) {
    for seed in facts {
        let fact = match seed {
            FactSeed::Fact(fact) => resolve_fact(cx, fact),
            FactSeed::Implied(fact) => resolve_fact(cx, &fact),
            FactSeed::Define(define) => resolve_define(cx, define),
            FactSeed::Derive(derive) => resolve_derive(cx, derive),
        };
        cx.model.facts.push(fact);
    }
}

fn resolve_fact(cx: &mut Context, fact: &ast::Fact) -> Fact {
    Fact {
        id: cx.id(fact.name),
        name: fact.name.span,
        span: fact.span,
        label: fact.label,
        ty: resolve_type(cx, &fact.ty, &fact.values),
        derived: None,
        table: None,
        ask: resolve_optional(cx, fact.ask.as_ref()),
        checks: fact.checks.iter().map(|check| resolve_check(cx, check)).collect(),
        shows: fact.shows.iter().map(|shows| Shows { value: shows.value.clone(), text: shows.text }).collect(),
        only_when: cx.conditions(&fact.only_when),
        if_unknown: fact.if_unknown.as_ref().and_then(|fallback| resolve_if_unknown(cx, fallback)),
        takes: fact.takes.map(|takes| takes.value),
        formerly: cx.ids(&fact.formerly),
        notes: resolve_steps(cx, &fact.notes),
    }
}

fn resolve_check(cx: &mut Context, check: &ast::CheckProcedure) -> CheckProcedure {
    let when = check.when.as_ref().map(|when| cx.condition(when));
    CheckProcedure { span: check.span, when, steps: resolve_steps(cx, &check.steps) }
}

fn resolve_if_unknown(cx: &mut Context, fallback: &ast::IfUnknown) -> Option<IfUnknown> {
    Some(match fallback {
        ast::IfUnknown::Contact(name) => IfUnknown::Contact(lookup::find_contact(cx, *name)?),
        ast::IfUnknown::Entry(entry) => IfUnknown::Entry(lookup::find_entry(cx, entry)?),
        ast::IfUnknown::Value(value) => IfUnknown::Value(value.clone()),
    })
}

fn resolve_define(cx: &mut Context, define: &ast::Define) -> Fact {
    let when = cx.condition(&define.when);
    let rule = Rule { span: define.span, value: RuleValue::Yes, when: Some(when) };
    derived(cx, define.name, define.label, define.span, Type::YesNo, vec![rule])
}

fn resolve_derive(cx: &mut Context, derive: &ast::Derive) -> Fact {
    let rule = |cx: &mut Context, row: &ast::DeriveRow| {
        let when = row.when.as_ref().map(|when| cx.condition(when));
        Rule { span: row.span, value: RuleValue::Written(row.value.clone()), when }
    };
    let rules = derive.rows.iter().map(|row| rule(cx, row)).collect();
    let ty = resolve_type(cx, &derive.ty, &[]);
    derived(cx, derive.name, derive.label, derive.span, ty, rules)
}

fn derived(cx: &Context, name: ast::Name, label: Option<Span>, span: Span, ty: Type, rules: Vec<Rule>) -> Fact {
    Fact {
        id: cx.id(name),
        name: name.span,
        span,
        label,
        ty,
        derived: Some(rules),
        table: None,
        ask: None,
        checks: Vec::new(),
        shows: Vec::new(),
        only_when: Vec::new(),
        if_unknown: None,
        takes: None,
        formerly: Vec::new(),
        notes: Vec::new(),
    }
}

/// A type with the values of its own list and of `value` lines.
fn resolve_type(cx: &mut Context, ty: &ast::TypeExpr, more: &[ast::ValueDecl]) -> Type {
    let takes_values = matches!(ty.kind, ast::TypeKind::OneOf { .. } | ast::TypeKind::AnyOf { .. });
    if let (false, false, Some(value)) = (takes_values, matches!(ty.kind, ast::TypeKind::Error), more.first()) {
        Diagnostic::at(Code::ValuesOfNoList, value.name.span)
            .label(ty.span, "type")
            .help("one-of")
            .push_to(cx.diagnostics);
    }
    let values = |listed: &[ast::ValueDecl]| resolve_values(cx, listed, more);
    match &ty.kind {
        ast::TypeKind::Error => Type::Error,
        ast::TypeKind::YesNo => Type::YesNo,
        ast::TypeKind::OneOf { values: listed, open } => Type::OneOf { values: values(listed), open: *open },
        ast::TypeKind::AnyOf { values: listed } => Type::AnyOf { values: values(listed) },
        ast::TypeKind::Number { range, step, unit } => {
            Type::Number { range: range.clone(), step: step.clone(), unit: *unit }
        }
        ast::TypeKind::Version => Type::Version,
        ast::TypeKind::Date => Type::Date,
    }
}

fn resolve_values(cx: &Context, listed: &[ast::ValueDecl], more: &[ast::ValueDecl]) -> Vec<ValueDecl> {
    let resolve =
        |value: &ast::ValueDecl| ValueDecl { id: cx.id(value.name), span: value.name.span, label: value.label };
    listed.iter().chain(more).map(resolve).collect()
}
