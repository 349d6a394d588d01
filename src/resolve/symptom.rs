//! Symptoms: those declared, and those that entries word in place.

use crate::ast::{self, Name};
use crate::diag::{Code, Diagnostic};
use crate::model::{IdVec, Kind, Message, Symptom, SymptomId, SymptomUse, fold_name};
use crate::source::Span;

use super::declare::{Declared, declare};
use super::entry::EntrySeed;
use super::prose::{is_blank, resolve_optional, resolve_steps, resolve_title};
use super::suggest::{Candidate, distance, is_near_miss};
use super::{Context, lookup};

/// Comparisons of wordings in place with declared symptoms, all in all.
const MOST_COMPARISONS: usize = 20_000_000;

/// A symptom before its references are looked up.
pub(super) enum SymptomSeed {
    Declared(ast::Symptom),
    InPlace(Wording),
}

/// A symptom worded in place; later uses of the same wording add to it.
pub(super) struct Wording {
    wording: Name,
    messages: Vec<ast::Message>,
    during: Option<ast::Prose>,
    also: Vec<Span>,
}

/// Mints the symptoms that entries word in place, and tells each entry which symptoms its wordings mean.
pub(super) fn declare_in_place(cx: &mut Context, declared: &mut Declared) {
    let words_one = |seed: &EntrySeed| seed.ast.symptoms.iter().any(|it| matches!(it, ast::SymptomUse::InPlace { .. }));
    let any = declared.entries.iter().any(words_one);
    let known = if any { declared_wordings(cx, &declared.symptoms) } else { Vec::new() };
    let mut comparisons = MOST_COMPARISONS;
    for entry in declared.entries.iter_mut() {
        for symptom in std::mem::take(&mut entry.ast.symptoms) {
            match symptom {
                ast::SymptomUse::Named(name) => entry.named.push(name),
                ast::SymptomUse::InPlace { wording, messages, during, also } => {
                    let wording = Wording { wording, messages, during, also };
                    let span = wording.wording.span;
                    let symptom = enter_wording(cx, &mut declared.symptoms, wording, |cx| {
                        comparisons = comparisons.saturating_sub(known.len());
                        if comparisons > 0 {
                            check_near_miss(cx, span, &known);
                        }
                    });
                    entry.symptoms.push(SymptomUse { symptom, span });
                }
            }
        }
    }
}

/// The names and titles of declared symptoms, and where they stand.
fn declared_wordings(cx: &Context, symptoms: &IdVec<SymptomId, SymptomSeed>) -> Vec<Candidate<Span>> {
    let Some(cards) = cx.cards.get(&Kind::Symptom) else { return Vec::new() };
    let spans = cards.iter().take(symptoms.len()).flat_map(|card| [Some(card.name.span), card.title]);
    spans.flatten().map(|span| Candidate::new(cx.text(span), span)).collect()
}

/// The symptom that a wording means: of that name, of that title, or a new one.
fn enter_wording(
    cx: &mut Context,
    symptoms: &mut IdVec<SymptomId, SymptomSeed>,
    wording: Wording,
    check: impl FnOnce(&mut Context),
) -> SymptomId {
    let folded = fold_name(cx.text(wording.wording.span));
    let known = cx.model.names.find(&folded).or_else(|| cx.symptom_titles.get(folded.as_ref()).copied());
    match known {
        Some(id) => {
            add_to(&mut symptoms[id], wording);
            id
        }
        None => {
            check(cx);
            let name = wording.wording;
            let id = symptoms.push(SymptomSeed::InPlace(wording));
            declare(cx, id, name, None);
            id
        }
    }
}

fn add_to(seed: &mut SymptomSeed, more: Wording) {
    let (messages, during, also) = match seed {
        SymptomSeed::Declared(symptom) => (&mut symptom.messages, &mut symptom.during, &mut symptom.also),
        SymptomSeed::InPlace(wording) => (&mut wording.messages, &mut wording.during, &mut wording.also),
    };
    messages.extend(more.messages);
    also.extend(more.also);
    if during.is_none() {
        *during = more.during;
    }
}

/// A wording that is nearly a declared symptom's is probably meant to be it.
fn check_near_miss(cx: &mut Context, span: Span, known: &[Candidate<Span>]) {
    let written = cx.text(span);
    let wording = Candidate::new(written, ());
    let near = known.iter().filter(|candidate| is_near_miss(&wording, candidate));
    let Some(near) = near.min_by_key(|candidate| distance(&wording, candidate)) else { return };
    let meant = cx.text(near.item);
    let finding = Diagnostic::at(Code::SymptomNearMiss, span).text("wording", written).text("meant", meant);
    finding.label(near.item, "other").suggest("did-you-mean", span, meant).push_to(cx.diagnostics);
}

pub(super) fn resolve_symptoms(cx: &mut Context, symptoms: IdVec<SymptomId, SymptomSeed>) {
    for seed in symptoms {
        let symptom = match seed {
            SymptomSeed::Declared(symptom) => resolve_declared(cx, symptom),
            SymptomSeed::InPlace(wording) => resolve_in_place(cx, wording),
        };
        cx.model.symptoms.push(symptom);
    }
}

fn resolve_declared(cx: &mut Context, symptom: ast::Symptom) -> Symptom {
    check_title(cx, Kind::Symptom, symptom.name, symptom.title.as_ref());
    Symptom {
        id: cx.id(symptom.name),
        name: symptom.name.span,
        span: symptom.span,
        title: resolve_title(cx, symptom.title, symptom.name),
        in_place: false,
        same_as: find_symptoms(cx, symptom.same_as),
        kind_of: find_symptoms(cx, symptom.kind_of),
        messages: symptom.messages.into_iter().map(message).collect(),
        during: resolve_optional(cx, symptom.during),
        also: symptom.also,
        order: lookup::find_entries(cx, &symptom.order),
        policy: symptom.policy.map(|policy| policy.value),
        formerly: cx.ids(&symptom.formerly),
        notes: resolve_steps(cx, symptom.notes),
    }
}

fn resolve_in_place(cx: &mut Context, wording: Wording) -> Symptom {
    let name = wording.wording;
    Symptom {
        id: cx.id(name),
        name: name.span,
        span: name.span,
        title: resolve_title(cx, None, name),
        in_place: true,
        same_as: Vec::new(),
        kind_of: Vec::new(),
        messages: wording.messages.into_iter().map(message).collect(),
        during: resolve_optional(cx, wording.during),
        also: wording.also,
        order: Vec::new(),
        policy: None,
        formerly: Vec::new(),
        notes: Vec::new(),
    }
}

fn message(message: ast::Message) -> Message {
    Message { span: message.span, language: message.language, lines: message.lines }
}

pub(super) fn find_symptoms(cx: &mut Context, names: Vec<Name>) -> Vec<SymptomUse> {
    names.into_iter().filter_map(|name| lookup::find_symptom(cx, name)).collect()
}

/// Readers see a title: what has none must at least have a quoted name, which is one.
pub(super) fn check_title(cx: &mut Context, kind: Kind, name: Name, title: Option<&ast::Prose>) {
    let blank = title.is_none_or(|title| is_blank(cx, title));
    if blank && !name.quoted {
        let finding = Diagnostic::at(Code::MissingText, name.span).word("kind", kind.word());
        finding.text("name", cx.text(name.span)).help("title").help("name").push_to(cx.diagnostics);
    }
}
