//! Symptoms: those declared, and those that entries word in place.

use crate::ast::{self, Name};
use crate::diag::{Code, Diagnostic};
use crate::model::{IdVec, Kind, Message, Symptom, SymptomId, SymptomUse, fold_name};
use crate::source::Span;

use super::declare::{Declared, declare};
use super::prose::{is_blank, resolve_optional, resolve_steps, resolve_title};
use super::suggest::{Candidate, distance, is_near_miss};
use super::{Context, lookup};

/// Comparisons of wordings in place with declared symptoms, all in all.
const MOST_COMPARISONS: usize = 20_000_000;

/// A symptom before its references are looked up.
pub(super) struct SymptomSeed<'t> {
    origin: Origin<'t>,
    /// Its own if it is declared, then those of the entries that mean it, in order.
    wordings: Vec<Wording<'t>>,
}

enum Origin<'t> {
    Declared(&'t ast::Symptom),
    InPlace(Name),
}

/// What is said of a symptom where it is declared, or where an entry words it.
struct Wording<'t> {
    messages: &'t [ast::Message],
    during: Option<&'t ast::Prose>,
    also: &'t [Span],
}

impl<'t> SymptomSeed<'t> {
    pub fn declared(symptom: &'t ast::Symptom) -> Self {
        let ast::Symptom { messages, during, also, .. } = symptom;
        let wording = Wording { messages, during: during.as_ref(), also };
        Self { origin: Origin::Declared(symptom), wordings: vec![wording] }
    }

    fn messages(&self) -> Vec<Message> {
        self.wordings.iter().flat_map(|wording| wording.messages).map(message).collect()
    }

    /// The first that is said.
    fn during(&self) -> Option<&'t ast::Prose> {
        self.wordings.iter().find_map(|wording| wording.during)
    }

    fn also(&self) -> Vec<Span> {
        self.wordings.iter().flat_map(|wording| wording.also).copied().collect()
    }
}

/// Mints the symptoms that entries word in place, and tells each entry which symptoms its wordings mean.
pub(super) fn declare_in_place(cx: &mut Context, declared: &mut Declared<'_>) {
    let any = declared.entries.iter().any(|entry| in_place(entry.ast).next().is_some());
    let known = if any { declared_wordings(cx, &declared.symptoms) } else { Vec::new() };
    let mut comparisons = MOST_COMPARISONS;
    for entry in declared.entries.iter_mut() {
        for (name, wording) in in_place(entry.ast) {
            let symptom = enter_wording(cx, &mut declared.symptoms, name, wording, |cx| {
                comparisons = comparisons.saturating_sub(known.len());
                if comparisons > 0 {
                    check_near_miss(cx, name.span, &known);
                }
            });
            entry.symptoms.push(SymptomUse { symptom, span: name.span });
        }
    }
}

/// The symptoms that an entry words itself.
fn in_place(entry: &ast::Entry) -> impl Iterator<Item = (Name, Wording<'_>)> {
    entry.symptoms.iter().filter_map(|used| match used {
        ast::SymptomUse::Named(_) => None,
        ast::SymptomUse::InPlace { wording, messages, during, also } => {
            Some((*wording, Wording { messages, during: during.as_ref(), also }))
        }
    })
}

/// The names and titles of declared symptoms, and where they stand.
fn declared_wordings(cx: &Context, symptoms: &IdVec<SymptomId, SymptomSeed<'_>>) -> Vec<Candidate<Span>> {
    let Some(cards) = cx.cards.get(&Kind::Symptom) else { return Vec::new() };
    let spans = cards.iter().take(symptoms.len()).flat_map(|card| [Some(card.name.span), card.title]);
    spans.flatten().map(|span| Candidate::new(cx.text(span), span)).collect()
}

/// The symptom that a wording means: of that name, of that title, or a new one.
fn enter_wording<'t>(
    cx: &mut Context,
    symptoms: &mut IdVec<SymptomId, SymptomSeed<'t>>,
    name: Name,
    wording: Wording<'t>,
    check: impl FnOnce(&mut Context),
) -> SymptomId {
    let folded = fold_name(cx.text(name.span));
    let known = cx.model.names.find(&folded).or_else(|| cx.symptom_titles.get(folded.as_ref()).copied());
    match known {
        Some(id) => {
            symptoms[id].wordings.push(wording);
            id
        }
        None => {
            check(cx);
            let id = symptoms.push(SymptomSeed { origin: Origin::InPlace(name), wordings: vec![wording] });
            declare(cx, id, name, None);
            id
        }
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

pub(super) fn resolve_symptoms(cx: &mut Context, symptoms: IdVec<SymptomId, SymptomSeed<'_>>) {
    for seed in symptoms {
        let symptom = match seed.origin {
            Origin::Declared(symptom) => resolve_declared(cx, symptom, &seed),
            Origin::InPlace(name) => resolve_in_place(cx, name, &seed),
        };
        cx.model.symptoms.push(symptom);
    }
}

fn resolve_declared(cx: &mut Context, symptom: &ast::Symptom, seed: &SymptomSeed<'_>) -> Symptom {
    check_title(cx, Kind::Symptom, symptom.name, symptom.title.as_ref());
    Symptom {
        id: cx.id(symptom.name),
        name: symptom.name.span,
        span: symptom.span,
        title: resolve_title(cx, symptom.title.as_ref(), symptom.name),
        in_place: false,
        same_as: find_symptoms(cx, &symptom.same_as),
        kind_of: find_symptoms(cx, &symptom.kind_of),
        messages: seed.messages(),
        during: resolve_optional(cx, seed.during()),
        also: seed.also(),
        order: lookup::find_entries(cx, &symptom.order),
        policy: symptom.policy.map(|policy| policy.value),
        formerly: cx.ids(&symptom.formerly),
        notes: resolve_steps(cx, &symptom.notes),
    }
}

fn resolve_in_place(cx: &mut Context, name: Name, seed: &SymptomSeed<'_>) -> Symptom {
    Symptom {
        id: cx.id(name),
        name: name.span,
        span: name.span,
        title: resolve_title(cx, None, name),
        in_place: true,
        same_as: Vec::new(),
        kind_of: Vec::new(),
        messages: seed.messages(),
        during: resolve_optional(cx, seed.during()),
        also: seed.also(),
        order: Vec::new(),
        policy: None,
        formerly: Vec::new(),
        notes: Vec::new(),
    }
}

fn message(message: &ast::Message) -> Message {
    Message { span: message.span, language: message.language, lines: message.lines.clone() }
}

fn find_symptoms(cx: &mut Context, names: &[Name]) -> Vec<SymptomUse> {
    names.iter().filter_map(|name| lookup::find_symptom(cx, *name)).collect()
}

/// Readers see a title: what has none must at least have a quoted name, which is one.
pub(super) fn check_title(cx: &mut Context, kind: Kind, name: Name, title: Option<&ast::Prose>) {
    let blank = title.is_none_or(|title| is_blank(cx, title));
    if blank && !name.quoted {
        let finding = Diagnostic::at(Code::MissingText, name.span).word("kind", kind.word());
        finding.text("name", cx.text(name.span)).help("title").help("name").push_to(cx.diagnostics);
    }
}
