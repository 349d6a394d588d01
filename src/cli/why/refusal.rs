//! What is said when symptoms, facts and values that somebody typed cannot be meant so. Refuses to look anything up.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use crate::cli::failure::Failure;
use crate::diag::{Arg, Code, Diagnostic, catalogue};
use crate::language::Language;
use crate::model::{FactId, SymptomId};
use crate::plain::not_an_answer;
use crate::prose::fact_title;
use crate::runtime::{AnswerError, fold};
use crate::table::{Piece, Symptom, Table};
use crate::why::{Evidence, Inquiry, Reason, assumption_words, clash_words};

/// So many names are told to somebody who gave one that nothing has.
const MOST_NAMES: usize = 8;

/// What is not of the form `ID=VALUE`.
pub(super) fn no_value(written: &str, language: Language) -> Failure {
    let argument = ("argument", Arg::Text(format!("--fact {written}")));
    arguments("value-missing", &[argument], language)
}

pub(super) fn no_day(written: &str, language: Language) -> Failure {
    let args = [("argument", Arg::Text("--today".to_owned())), ("value", Arg::Text(written.to_owned()))];
    arguments("value-wrong", &args, language)
}

fn arguments(key: &'static str, args: &[(&'static str, Arg)], language: Language) -> Failure {
    let detail = catalogue().sentence(key, args, language);
    Diagnostic::general(Code::CommandLine).text("detail", detail).text("command", "faqc why").help("usage").into()
}

pub(super) fn given_twice(question: u32, table: &Table, language: Language) -> Failure {
    let label = table.questions.get(question as usize).map_or("", |it| it.label.as_str());
    arguments("given-twice", &[("argument", Arg::Text(label.to_owned()))], language)
}

/// A text that is no answer to the question about a fact.
pub(super) fn no_answer(fact: &str, value: &str, error: AnswerError, inquiry: &Inquiry<'_>) -> Failure {
    let model = &inquiry.compilation.model;
    let id = model.names.find::<FactId>(fact);
    let label = id.map_or_else(|| fact.to_owned(), |id| fact_title(id, model, &inquiry.compilation.sources));
    not_an_answer(&label, value, error).into()
}

/// A text that leads to no symptom; those that share most with it are named.
pub(super) fn no_symptom(text: &str, table: &Table) -> Failure {
    let wanted = pairs(&fold(text));
    let shared = |symptom: &Symptom| {
        let keys = symptom.keys.iter().map(|key| pairs(&key.folded.concat()).intersection(&wanted).count());
        keys.max().unwrap_or(0)
    };
    let mut ranked: Vec<(Reverse<usize>, usize)> =
        table.symptoms.iter().enumerate().map(|(at, symptom)| (Reverse(shared(symptom)), at)).collect();
    ranked.retain(|(Reverse(shared), _)| *shared > 0 && *shared * 3 >= wanted.len());
    ranked.sort_unstable();
    let near = ranked.into_iter().filter_map(|(_, at)| table.symptoms.get(at)).take(3).map(named);
    let near: Vec<String> = near.collect();
    let finding = Diagnostic::general(Code::NoSymptomFound).text("text", text);
    if near.is_empty() {
        let all = table.symptoms.iter().map(|symptom| symptom.id.clone()).collect();
        finding.arg("list", some(all)).help("list").into()
    } else {
        finding.arg("near", list(near)).help("near").into()
    }
}

/// Neighbouring characters.
fn pairs(text: &str) -> BTreeSet<(char, char)> {
    text.chars().zip(text.chars().skip(1)).collect()
}

pub(super) fn several_symptoms(text: &str, symptoms: &[u32], table: &Table) -> Failure {
    let names = symptoms.iter().filter_map(|at| table.symptoms.get(*at as usize)).take(MOST_NAMES).map(named);
    let finding = Diagnostic::general(Code::NoSymptomFound).text("text", text);
    finding.arg("several", list(names)).help("several").into()
}

/// `send-failed（送信に失敗する）`
fn named(symptom: &Symptom) -> String {
    let text = |piece: &Piece| match piece {
        Piece::Text(text) => text.clone(),
        Piece::Reference(reference) => reference.text.clone(),
    };
    let title: String = symptom.title.iter().map(text).collect();
    if title == symptom.id { title } else { format!("{} ({title})", symptom.id) }
}

/// Facts that no situation agrees with.
pub(super) fn contradictory(
    inquiry: &Inquiry<'_>,
    evidence: &Evidence,
    clash: &Reason,
    prefix: &str,
    language: Language,
) -> Failure {
    let facts = clash_words(inquiry, evidence, clash);
    let finding = Diagnostic::general(Code::ContradictoryFacts).arg("facts", list(facts));
    let assumed = clash.assumptions.iter().map(|it| assumption_words(inquiry, *it, language, prefix));
    let assumed: Vec<String> = assumed.collect();
    let finding = if assumed.is_empty() { finding } else { finding.arg("assumed", list(assumed)).help("assumed") };
    finding.help("look-over").into()
}

pub(super) fn not_of_symptom(written: &str, symptom: SymptomId, inquiry: &Inquiry<'_>) -> Failure {
    let model = &inquiry.compilation.model;
    let name = |id: &_| {
        let entry = &model.entries[*id];
        entry.number.map_or_else(|| entry.id.clone(), |number| format!("No.{number}"))
    };
    let entries: Vec<String> = inquiry.entries(symptom).iter().map(name).collect();
    let finding = Diagnostic::general(Code::NotOfSymptom).text("entry", written);
    let finding = finding.text("symptom", &model.symptoms[symptom].id);
    if entries.is_empty() { finding.help("none") } else { finding.arg("entries", some(entries)).help("entries") }.into()
}

/// A fact that follows from others.
pub(super) fn derived(fact: FactId, inquiry: &Inquiry<'_>) -> Failure {
    let model = &inquiry.compilation.model;
    let asked = inquiry.follows_from(fact).into_iter().map(|id| model.facts[id].id.clone()).collect();
    let finding = Diagnostic::general(Code::DerivedGiven).text("fact", &model.facts[fact].id);
    finding.arg("asked", some(asked)).help("give").into()
}

fn list(items: impl IntoIterator<Item = String>) -> Arg {
    Arg::List(items.into_iter().map(Arg::Text).collect())
}

fn some(names: Vec<String>) -> Arg {
    let more = (names.len() > MOST_NAMES).then(|| "…".to_owned());
    list(names.into_iter().take(MOST_NAMES).chain(more))
}
