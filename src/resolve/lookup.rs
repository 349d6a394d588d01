//! Looks names, entry numbers and actions up, and says what may be meant when there is none.

use crate::ast::{ActionRef, EntryRef, EntryTarget, Name};
use crate::diag::{Arg, Code, Diagnostic};
use crate::model::{
    ActionId, ContactUse, EntryId, EntryUse, FactId, FactUse, Id, Kind, Named, SymptomId, SymptomUse, fold_name,
};
use crate::source::Span;

use super::report::Meant;
use super::suggest::{Candidate, nearest};
use super::{Card, Context, report};

/// More entries than anybody names by a range of numbers.
const WIDEST_RANGE: u32 = 1000;

/// Enough numbers for a message.
const MOST_SHOWN: usize = 8;

/// The thing of this kind and name.
pub(super) fn find<I: Named>(cx: &mut Context, name: Name) -> Option<I> {
    find_written(cx, cx.text(name.span), name)
}

/// The same for a name whose text differs from what stands at its place.
pub(super) fn find_written<I: Named>(cx: &mut Context, written: &str, name: Name) -> Option<I> {
    find_folded(cx, &fold_name(written), written, name)
}

/// The same for a name that is folded already.
fn find_folded<I: Named>(cx: &mut Context, folded: &str, written: &str, name: Name) -> Option<I> {
    match cx.model.names.find::<I>(folded) {
        Some(id) => {
            note_former(cx, id, name, written, folded);
            Some(id)
        }
        None => {
            report_unknown(cx, I::KIND, name, written, folded);
            None
        }
    }
}

/// A hint when the name is one that the thing had formerly.
fn note_former<I: Named>(cx: &mut Context, id: I, name: Name, written: &str, folded: &str) {
    let Some(card) = cx.card(I::KIND, id.index()) else { return };
    if fold_name(cx.text(card.name.span)) != folded {
        let current = report::spelled(cx.sources, card.name, name);
        report::former_name(I::KIND, name, written, current).push_to(cx.diagnostics);
    }
}

fn report_unknown(cx: &mut Context, kind: Kind, name: Name, written: &str, folded: &str) {
    let others = cx.model.names.kinds(folded);
    let meant = suggestion(cx, kind, written).map(|meant| meant.at(cx, name));
    report::unknown_name(kind, name, written, &others, meant).push_to(cx.diagnostics);
}

/// A name that may be meant.
pub(super) struct Suggestion {
    card: Card,
    /// The number of edits between it and what is written.
    pub distance: usize,
    /// Whether it is meant beyond doubt: only the spelling differs.
    sure: bool,
}

impl Suggestion {
    /// As it would be written in the place of another name.
    pub fn at(&self, cx: &Context, place: Name) -> Meant {
        let name = cx.text(self.card.name.span);
        let title = self.card.title.map(|title| cx.text(title).trim()).filter(|title| !title.is_empty());
        Meant {
            text: report::spelled(cx.sources, self.card.name, place),
            title: title.filter(|title| fold_name(title) != fold_name(name)).map(str::to_owned),
            sure: self.sure,
        }
    }
}

/// The name of this kind nearest to what is written.
pub(super) fn suggestion(cx: &mut Context, kind: Kind, written: &str) -> Option<Suggestion> {
    let sources = cx.sources;
    let cards = cx.cards.get(&kind)?;
    let candidates = cx.candidates.entry(kind).or_insert_with(|| {
        let texts = cards.iter().flat_map(|card| [(Some(card.name.span), *card), (card.title, *card)]);
        texts.filter_map(|(span, card)| Some(Candidate::new(sources.text(span?), card))).collect()
    });
    let found = nearest(written, candidates, &mut cx.budget)?;
    Some(Suggestion { card: *found.item, distance: found.distance, sure: found.same_but_for_spelling })
}

pub(super) fn find_fact(cx: &mut Context, name: Name) -> Option<FactUse> {
    find::<FactId>(cx, name).map(|fact| FactUse { fact, span: name.span })
}

pub(super) fn find_contact(cx: &mut Context, name: Name) -> Option<ContactUse> {
    find(cx, name).map(|contact| ContactUse { contact, span: name.span })
}

/// A symptom by its name, or by its title when that is quoted.
pub(super) fn find_symptom(cx: &mut Context, name: Name) -> Option<SymptomUse> {
    let written = cx.text(name.span);
    let folded = fold_name(written);
    let titled = || cx.symptom_titles.get(folded.as_ref()).copied();
    let by_title = if cx.model.names.symptoms.contains_key(folded.as_ref()) { None } else { titled() };
    let found: Option<SymptomId> = by_title.or_else(|| find_folded(cx, &folded, written, name));
    found.map(|symptom| SymptomUse { symptom, span: name.span })
}

pub(super) fn find_facts(cx: &mut Context, names: &[Name]) -> Vec<FactUse> {
    names.iter().filter_map(|name| find_fact(cx, *name)).collect()
}

pub(super) fn find_contacts(cx: &mut Context, names: &[Name]) -> Vec<ContactUse> {
    names.iter().filter_map(|name| find_contact(cx, *name)).collect()
}

/// The entries of a list, a range of numbers as one use each.
pub(super) fn find_entries(cx: &mut Context, refs: &[EntryRef]) -> Vec<EntryUse> {
    let mut uses = Vec::with_capacity(refs.len());
    for reference in refs {
        let found = match reference.target {
            EntryTarget::Name(name) => find(cx, name).into_iter().collect(),
            EntryTarget::Numbers { first, last } => find_numbers(cx, reference.span, first, last, false),
        };
        uses.extend(found.into_iter().map(|entry| EntryUse { entry, span: reference.span }));
    }
    uses
}

/// The same where an entry must not refer to itself.
pub(super) fn find_other_entries(cx: &mut Context, refs: &[EntryRef]) -> Vec<EntryUse> {
    let uses = find_entries(cx, refs);
    let ranges = refs.iter().filter(|reference| is_range(&reference.target));
    let ranges: Vec<Span> = ranges.map(|reference| reference.span).collect();
    for found in uses.iter().filter(|found| !ranges.contains(&found.span)) {
        note_self(cx, found.span, found.entry, false);
    }
    uses
}

/// Several numbers, among which that of the entry itself may well be.
pub(super) fn is_range(target: &EntryTarget) -> bool {
    matches!(target, EntryTarget::Numbers { first, last } if first != last)
}

/// A warning when the entry is the one in which the reference stands; `in_prose` as in [`find_numbers`].
pub(super) fn note_self(cx: &mut Context, span: Span, entry: EntryId, in_prose: bool) {
    if cx.entry == Some(entry) {
        let name = cx.card(Kind::Entry, entry.index()).map_or("", |card| cx.text(card.name.span));
        let finding = Diagnostic::at(Code::SelfReference, span).text("name", name).help("remove");
        plain_text(finding, span, in_prose).push_to(cx.diagnostics);
    }
}

/// Where exactly one entry is wanted.
pub(super) fn find_entry(cx: &mut Context, reference: &EntryRef) -> Option<EntryUse> {
    let found = find_entries(cx, std::slice::from_ref(reference));
    if found.len() > 1 {
        Diagnostic::at(Code::OneEntryOnly, reference.span).help("one").push_to(cx.diagnostics);
        return None;
    }
    found.into_iter().next()
}

/// The entries that have these numbers; those missing are reported. Where nothing marks the numbers as a reference,
/// `in_prose`, they may be meant as text.
pub(super) fn find_numbers(cx: &mut Context, span: Span, first: u32, last: u32, in_prose: bool) -> Vec<EntryId> {
    if first > last {
        report_descending(cx, span, first, last);
    }
    let (first, last) = (first.min(last), first.max(last));
    if last - first >= WIDEST_RANGE {
        let finding = Diagnostic::at(Code::WideRange, span).text("first", first.to_string());
        finding.text("last", last.to_string()).help("narrow").push_to(cx.diagnostics);
        return Vec::new();
    }
    let missing: Vec<u32> = (first..=last).filter(|number| !cx.numbers.contains_key(number)).collect();
    if !missing.is_empty() {
        report_missing(cx, span, &missing, in_prose);
    }
    cx.numbers.range(first..=last).map(|(_, entry)| *entry).collect()
}

fn report_descending(cx: &mut Context, span: Span, first: u32, last: u32) {
    let finding =
        Diagnostic::at(Code::DescendingRange, span).text("first", first.to_string()).text("last", last.to_string());
    finding.fix("swap", without_brackets(cx.text(span), span), format!("No.{last}-{first}")).push_to(cx.diagnostics);
}

/// The numbers of a reference in prose, without its brackets and the text to show.
fn without_brackets(text: &str, span: Span) -> Span {
    let Some(inner) = text.strip_prefix(['[', '［']) else { return span };
    let inner = inner.trim_start_matches(|c: char| matches!(c, '→' | '@' | '＠') || c.is_whitespace());
    let start = span.start + (text.len() - inner.len()) as u32;
    let numbers = inner.split([':', '：', '|', '｜', ']', '］']).next().unwrap_or(inner).trim_end();
    Span { start, end: start + numbers.len() as u32, ..span }
}

fn report_missing(cx: &mut Context, span: Span, missing: &[u32], in_prose: bool) {
    let wanted = missing.first().copied().unwrap_or(0);
    let below = cx.numbers.range(..wanted).next_back().map(|(number, _)| *number);
    let above = cx.numbers.range(wanted..).next().map(|(number, _)| *number);
    let near: Vec<Arg> = below.into_iter().chain(above).map(|number| Arg::Text(format!("No.{number}"))).collect();
    let finding = Diagnostic::at(Code::UnknownNumber, span).arg("numbers", Arg::List(stretches(missing)));
    let finding = match near.is_empty() {
        true => finding.help("no-numbers"),
        false => finding.arg("near", Arg::List(near)).help("near"),
    };
    plain_text(finding, span, in_prose).push_to(cx.diagnostics);
}

/// Adds how to write a number that is no entry's, where it was read as one.
fn plain_text(finding: Diagnostic, span: Span, in_prose: bool) -> Diagnostic {
    if in_prose { finding.suggest("escape", span.before(), "\\") } else { finding }
}

/// Numbers in rising order, those in a row as one stretch; no more than a message holds.
fn stretches(numbers: &[u32]) -> Vec<Arg> {
    let rows = numbers.chunk_by(|one, next| one + 1 == *next);
    let show = |row: &[u32]| match row {
        [first, .., last] => format!("No.{first}-{last}"),
        [] | [_] => row.iter().map(|number| format!("No.{number}")).collect(),
    };
    let mut shown: Vec<Arg> = rows.take(MOST_SHOWN + 1).map(|row| Arg::Text(show(row))).collect();
    if shown.len() > MOST_SHOWN {
        shown.truncate(MOST_SHOWN);
        shown.push(Arg::Text("…".to_owned()));
    }
    shown
}

/// An action of the named entry, or of the entry in which the reference stands.
pub(super) fn find_action(cx: &mut Context, reference: &ActionRef) -> Option<ActionId> {
    let entry = match &reference.entry {
        Some(entry) => find_entry(cx, entry)?.entry,
        None => match cx.entry {
            Some(entry) => entry,
            None => {
                Diagnostic::at(Code::ActionOfWhich, reference.span).help("entry").push_to(cx.diagnostics);
                return None;
            }
        },
    };
    let key = (entry, fold_name(cx.text(reference.action.span)).into_owned());
    let found = cx.model.names.actions.get(&key).copied();
    if found.is_none() {
        report_no_action(cx, entry, reference.action);
    }
    found
}

fn report_no_action(cx: &mut Context, entry: EntryId, action: Name) {
    let name = cx.card(Kind::Entry, entry.index()).map_or("", |card| cx.text(card.name.span));
    let written = cx.text(action.span);
    let known = known_actions(cx, entry);
    let candidates: Vec<_> = known.iter().map(|name| Candidate::new(name, name)).collect();
    let near = nearest(written, &candidates, &mut cx.budget).map(|found| found.item.to_string());
    let list = known.iter().map(|name| Arg::Text(name.clone())).collect::<Vec<_>>();
    let finding = Diagnostic::at(Code::UnknownAction, action.span).text("name", written).text("entry", name);
    let swallowed = swallowed_name(cx, entry, written);
    let finding = match (near, list.is_empty()) {
        _ if swallowed.is_some() => finding.text("line", swallowed.unwrap_or_default()).help("swallowed"),
        (Some(near), _) => finding.text("suggestion", &near).suggest("did-you-mean", action.span, near),
        (None, false) => finding.arg("known", Arg::List(list)).help("known"),
        (None, true) => finding.help("none"),
    };
    finding.push_to(cx.diagnostics);
}

/// The number of the line on which what is meant as an action's name is the beginning of its title, which has no quotes.
fn swallowed_name(cx: &Context, entry: EntryId, written: &str) -> Option<String> {
    let name = cx.card(Kind::Entry, entry.index())?.name.span;
    let file = &cx.sources[name.file];
    let below = file.text.get(name.end as usize..)?;
    let is_entry = |line: &&str| !(line.starts_with("項目") || line.starts_with("entry"));
    let is_it = |line: &str| {
        let words: Vec<&str> = line.split_whitespace().take(3).collect();
        matches!(words.as_slice(), ["対応策" | "対応" | "action", name, title] if *name == written && *title != "{")
    };
    let at = below.lines().skip(1).take_while(is_entry).position(is_it)?;
    Some((file.line_index(name.end) + at + 2).to_string())
}

/// What the actions of an entry are called, by name or else by number.
fn known_actions(cx: &Context, entry: EntryId) -> Vec<String> {
    let ids = (1..).map_while(|number: u32| cx.model.names.actions.get(&(entry, number.to_string())));
    let name = |id: &ActionId| cx.action_names.get(id.index()).copied().flatten();
    let called = |(at, id): (usize, &ActionId)| name(id).map_or((at + 1).to_string(), |it| cx.text(it.span).to_owned());
    ids.enumerate().map(called).collect()
}
