//! Values of yes/no, `one of` and `any of` facts, by name or label, and single values of any fact.

use crate::ast::{Comparison, Name, Value, ValueKind};
use crate::diag::{Arg, Code, Diagnostic};
use crate::model::{FactId, Type, ValueDecl, fold_name};
use crate::resolve::{Candidate, did_you_mean, nearest, spelled};

use super::context::{Context, declared_name};
use super::{Test, stretch};

/// Enough values to choose from in a message.
const SHOWN: usize = 12;

/// Enough values to look for the nearest in.
const COMPARED: usize = 1000;

/// That a fact has this value, or this one among its values.
pub(super) fn is_value(cx: &mut Context, id: FactId, value: &Value) -> Option<Test> {
    match &cx.model.facts[id].ty {
        Type::Error => None,
        Type::YesNo => yes_or_no(cx, id, value).map(|index| Test::OneOf(vec![index])),
        Type::OneOf { values, .. } => member(cx, id, values, value).map(|index| Test::OneOf(vec![index])),
        Type::AnyOf { values } => member(cx, id, values, value).map(Test::Has),
        Type::Number { .. } | Type::Version | Type::Date => stretch::compare(cx, id, Comparison::Equal, value),
    }
}

/// That of a fact that may have several values none is meant: by a word for it that is no value's name.
pub(super) fn is_none_of(cx: &Context, id: FactId, value: &Value) -> bool {
    let written = cx.text(value.whole());
    let is_none = || matches!(fold_name(written.trim()).to_ascii_lowercase().as_str(), "none" | "なし" | "無し");
    matches!(cx.model.facts[id].ty, Type::AnyOf { .. }) && is_none() && find_value(cx, id, written).is_none()
}

/// The index of a value that is known by this text, if the fact has it.
pub(super) fn find_value(cx: &Context, id: FactId, written: &str) -> Option<usize> {
    match &cx.model.facts[id].ty {
        Type::YesNo => truth(written),
        Type::OneOf { values, open } => {
            let other = || (*open && is_other(written)).then_some(values.len());
            declared_value(cx, id, written).or_else(other)
        }
        Type::AnyOf { .. } => declared_value(cx, id, written),
        Type::Error | Type::Number { .. } | Type::Version | Type::Date => None,
    }
}

fn declared_value(cx: &Context, id: FactId, written: &str) -> Option<usize> {
    cx.values.get(&id)?.get(fold_name(written.trim()).as_ref()).copied()
}

/// The words for whatever an open list does not name, unless it names them itself.
fn is_other(written: &str) -> bool {
    matches!(fold_name(written.trim()).to_ascii_lowercase().as_str(), "other" | "otherwise" | "その他" | "それ以外")
}

fn truth(written: &str) -> Option<usize> {
    match fold_name(written.trim()).to_ascii_lowercase().as_str() {
        "yes" | "true" | "はい" | "あり" | "有" | "有り" => Some(0),
        "no" | "false" | "いいえ" | "なし" | "無" | "無し" => Some(1),
        _ => None,
    }
}

fn yes_or_no(cx: &mut Context, id: FactId, value: &Value) -> Option<usize> {
    let found = truth(cx.text(value.span)).filter(|_| matches!(value.kind, ValueKind::Word { .. }));
    if found.is_none() {
        let choices = vec![Arg::Word("yes"), Arg::Word("no")];
        outside(cx, id, value, choices).help("yes-no").push_to(cx.diagnostics);
    }
    found
}

fn member(cx: &mut Context, id: FactId, values: &[ValueDecl], value: &Value) -> Option<usize> {
    let whole = cx.text(value.whole());
    let found = find_value(cx, id, whole);
    // A fact without values has been reported.
    if found.is_none() && !values.is_empty() {
        let near = suggestion(cx, values, value, whole);
        let finding = outside(cx, id, value, shown(cx, values));
        let finding = match near {
            Some(near) => did_you_mean(finding, value.whole(), near),
            None => finding.help("choose"),
        };
        finding.push_to(cx.diagnostics);
    }
    found
}

/// The declared value nearest to what is written, as it would be written, and whether only its spelling differs.
fn suggestion(cx: &mut Context, values: &[ValueDecl], value: &Value, written: &str) -> Option<(String, bool)> {
    let texts = values.iter().take(COMPARED).flat_map(|value| {
        let texts = [Some(value.span), value.label].into_iter().flatten();
        texts.map(|text| Candidate::new(cx.text(text), value.span))
    });
    let candidates: Vec<_> = texts.collect();
    let near = nearest(written, &candidates, &mut cx.budget)?;
    let place = Name { span: value.span, quoted: matches!(value.kind, ValueKind::Word { quoted: true }) };
    let meant = declared_name(cx.sources, *near.item);
    Some((spelled(cx.sources, meant, place), near.same_but_for_spelling))
}

/// The names of values for a message, the first of them if they are many.
pub(super) fn shown<'a>(cx: &Context, values: impl IntoIterator<Item = &'a ValueDecl>) -> Vec<Arg> {
    let mut values = values.into_iter();
    let mut names: Vec<String> = values.by_ref().take(SHOWN).map(|value| titled(cx, value)).collect();
    names.extend(values.next().map(|_| "…".to_owned()));
    names.into_iter().map(Arg::Text).collect()
}

/// A value's name, and what readers know it by.
fn titled(cx: &Context, value: &ValueDecl) -> String {
    let name = cx.text(value.span);
    match value.label.map(|label| cx.text(label)).filter(|label| *label != name) {
        Some(label) => format!("{name}（{label}）"),
        None => name.to_owned(),
    }
}

fn outside(cx: &Context, id: FactId, value: &Value, choices: Vec<Arg>) -> Diagnostic {
    let span = value.whole();
    Diagnostic::at(Code::OutsideValues, span)
        .text("fact", cx.name(id))
        .text("value", cx.text(span))
        .arg("values", Arg::List(choices))
        .label(cx.model.facts[id].name, "declared")
}
