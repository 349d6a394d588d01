//! Values written outside conditions: rules, effects, answers shown, defaults, texts and tests; and that derived facts
//! are neither asked nor set.

use rustc_hash::FxHashMap;

use crate::ast::Value;
use crate::diag::{Arg, Code, Diagnostic};
use crate::model::{
    Action, ExpectKind, Fact, FactId, Given, IfUnknown, RuleValue, Test as KnowledgeTest, TextByValue, Type,
};
use crate::source::Span;

use super::context::Context;
use super::{Test, value};

pub(super) fn check_uses(cx: &mut Context) {
    let model = cx.model;
    for (id, fact) in model.facts.enumerate() {
        check_fact(cx, id, fact);
    }
    for action in model.actions.iter() {
        check_action(cx, action);
    }
    for text in model.texts.iter() {
        check_text(cx, text);
    }
    for test in model.tests.iter() {
        check_test(cx, test);
    }
}

fn enter(cx: &mut Context, fact: FactId, value: &Value) -> Option<Test> {
    let test = value::is_value(cx, fact, value)?;
    cx.types.values.insert(value.span, test.clone());
    Some(test)
}

fn check_fact(cx: &mut Context, id: FactId, fact: &Fact) {
    for rule in fact.derived.iter().flatten() {
        match &rule.value {
            RuleValue::Yes => {}
            RuleValue::Written(value) => {
                enter(cx, id, value);
            }
        }
    }
    for shows in &fact.shows {
        enter(cx, id, &shows.value);
    }
    if let Some(IfUnknown::Value(value)) = &fact.if_unknown {
        enter(cx, id, value);
    }
    let asked = fact.ask.as_ref().and_then(|ask| ask.lines.first().copied());
    if let Some(place) = asked.or(fact.checks.first().map(|check| check.span)) {
        refuse_derived(cx, id, place);
    }
}

fn check_action(cx: &mut Context, action: &Action) {
    for effect in &action.sets {
        enter(cx, effect.fact, &effect.value);
        refuse_derived(cx, effect.fact, effect.span);
    }
    for found in action.finds.iter().chain(&action.recheck) {
        refuse_derived(cx, found.fact, found.span);
    }
}

/// What follows from other facts is not asked, found out or set by itself.
fn refuse_derived(cx: &mut Context, id: FactId, place: Span) {
    let fact = &cx.model.facts[id];
    let Some(rules) = &fact.derived else { return };
    let derived = rules.first().map_or(fact.name, |rule| rule.span);
    let finding = Diagnostic::at(Code::DerivedFact, place).text("fact", cx.text(fact.name));
    finding.label(derived, "derived").help("base").push_to(cx.diagnostics);
}

fn check_text(cx: &mut Context, text: &TextByValue) {
    let Some(by) = text.by else { return };
    let mut seen: FxHashMap<usize, Span> = FxHashMap::default();
    let mut otherwise: Option<Span> = None;
    let mut is_sound = true;
    for case in &text.cases {
        match (&case.value, otherwise) {
            (None, Some(first)) => report_again(cx, case.span, Arg::Word("other"), first),
            (None, None) => otherwise = Some(case.span),
            (Some(value), _) => is_sound &= enter_case(cx, by.fact, value, &mut seen),
        }
    }
    if otherwise.is_none() && is_sound {
        check_complete(cx, text, by.fact, &seen);
    }
}

/// Enters a case under its value; `false` if that is none.
fn enter_case(cx: &mut Context, fact: FactId, value: &Value, seen: &mut FxHashMap<usize, Span>) -> bool {
    let Some(test) = enter(cx, fact, value) else { return false };
    let Test::OneOf(indices) = test else { return true };
    let place = value.whole();
    for index in indices {
        match seen.get(&index).copied() {
            Some(first) => report_again(cx, place, Arg::Text(cx.text(place).to_owned()), first),
            None => {
                seen.insert(index, place);
            }
        }
    }
    true
}

fn report_again(cx: &mut Context, span: Span, value: Arg, first: Span) {
    let finding = Diagnostic::at(Code::DuplicateCase, span).arg("value", value);
    finding.label(first, "first").help("remove").push_to(cx.diagnostics);
}

/// Without `otherwise`, every value has its text.
fn check_complete(cx: &mut Context, text: &TextByValue, by: FactId, seen: &FxHashMap<usize, Span>) {
    let unseen = |index: &usize| !seen.contains_key(index);
    let missing: Vec<Arg> = match &cx.model.facts[by].ty {
        Type::Error => return,
        Type::YesNo => [(0, Arg::Word("yes")), (1, Arg::Word("no"))]
            .into_iter()
            .filter(|(index, _)| unseen(index))
            .map(|(_, word)| word)
            .collect(),
        Type::OneOf { values, open } => {
            let missing = (0..values.len()).filter(unseen).filter_map(|index| values.get(index));
            value::shown(cx, missing).into_iter().chain(open.then_some(Arg::Word("other"))).collect()
        }
        Type::AnyOf { .. } | Type::Number { .. } | Type::Version | Type::Date => vec![Arg::Word("other")],
    };
    if missing.is_empty() {
        return;
    }
    let finding = Diagnostic::at(Code::MissingCase, text.name).text("text", cx.text(text.name));
    let finding = finding.arg("missing", Arg::List(missing)).label(cx.model.facts[by].name, "declared");
    finding.help("add").push_to(cx.diagnostics);
}

fn check_test(cx: &mut Context, test: &KnowledgeTest) {
    for given in &test.given {
        match &given.value {
            Given::Fact { fact, value } => {
                // What is given is a day, not a comparison: a test gives calendar days to a fact compared with today too.
                let compared = cx.dates.get(fact).copied();
                if value::is_none_of(cx, *fact, value) {
                    cx.types.none_chosen.insert(value.span);
                } else {
                    enter(cx, *fact, value);
                }
                cx.dates.insert(*fact, compared.unwrap_or_default());
                refuse_derived(cx, *fact, given.span);
            }
            Given::Unknown(fact) => refuse_derived(cx, *fact, given.span),
            Given::Symptom(_) | Given::Message(_) | Given::Failed(_) | Given::Today(_) => {}
        }
    }
    for expect in &test.expect {
        match &expect.kind {
            ExpectKind::Ask(fact) => refuse_derived(cx, *fact, expect.span),
            ExpectKind::Entry(_)
            | ExpectKind::Applies(_)
            | ExpectKind::Certain(_)
            | ExpectKind::Possible(_)
            | ExpectKind::Excluded(_)
            | ExpectKind::Action(_)
            | ExpectKind::Contact(_)
            | ExpectKind::None => {}
        }
    }
}
