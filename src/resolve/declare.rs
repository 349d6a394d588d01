//! Step one: sorts the declarations of all files by kind, mints their ids and enters their names; refuses to look
//! anything up.

use std::collections::hash_map::Entry as Slot;

use crate::ast::{self, Item, Name, Spanned};
use crate::diag::{Code, Diagnostic};
use crate::model::{
    ActionId, ContactId, DocumentId, EntryId, FactId, IdVec, Kind, LinkId, Named, SymptomId, TermId, TextId, fold_name,
};
use crate::source::Span;

use super::action::{self, ActionSeed};
use super::entry::EntrySeed;
use super::fact::FactSeed;
use super::report::with_quotes;
use super::symptom::{self, SymptomSeed};
use super::{Card, Context, subject, table};

/// The declarations of all files by kind, in order.
#[derive(Default)]
pub(super) struct Declared<'t> {
    pub entries: IdVec<EntryId, EntrySeed<'t>>,
    pub actions: IdVec<ActionId, ActionSeed<'t>>,
    pub symptoms: IdVec<SymptomId, SymptomSeed<'t>>,
    pub facts: IdVec<FactId, FactSeed<'t>>,
    pub tables: Vec<&'t ast::Table>,
    pub documents: IdVec<DocumentId, &'t ast::Document>,
    pub links: IdVec<LinkId, &'t ast::Link>,
    pub contacts: IdVec<ContactId, &'t ast::Contact>,
    pub terms: IdVec<TermId, &'t ast::Term>,
    pub texts: IdVec<TextId, &'t ast::TextByValue>,
    pub tests: Vec<&'t ast::Test>,
    pub assumptions: Vec<&'t ast::Assume>,
}

/// What has to wait until all names and numbers are known.
#[derive(Default)]
struct Later {
    formers: Vec<Former>,
    /// Numbers that an earlier entry has.
    numbers: Vec<Spanned<u32>>,
}

/// A name that an earlier declaration of its kind has.
pub(super) struct Duplicate {
    kind: Kind,
    name: Name,
    /// The index of the earlier one.
    owner: usize,
}

/// A former name, entered when all current ones are.
struct Former {
    kind: Kind,
    index: usize,
    name: Name,
}

pub(super) fn declare_all<'t>(cx: &mut Context, files: &[&'t ast::File]) -> Declared<'t> {
    let mut declared = Declared::default();
    let mut later = Later::default();
    for item in files.iter().flat_map(|file| &file.items) {
        declare_item(cx, &mut declared, &mut later, item);
    }
    for former in later.formers {
        declare_former(cx, &former);
    }
    for fact in table::implied_facts(cx, &declared.tables) {
        let name = fact.name;
        declare(cx, declared.facts.push(FactSeed::Implied(Box::new(fact))), name, None);
    }
    for duplicate in std::mem::take(&mut cx.duplicates) {
        report_duplicate(cx, &duplicate);
    }
    let unused = cx.numbers.keys().next_back().map_or(1, |last| last.saturating_add(1));
    for (number, unused) in later.numbers.into_iter().zip(unused..) {
        report_number(cx, number, unused);
    }
    symptom::declare_in_place(cx, &mut declared);
    action::declare_actions(cx, &mut declared);
    declared
}

fn declare_item<'t>(cx: &mut Context, declared: &mut Declared<'t>, later: &mut Later, item: &'t Item) {
    match item {
        Item::Entry(entry) => declare_entry(cx, declared, later, entry),
        Item::Symptom(symptom) => declare_symptom(cx, declared, later, symptom),
        Item::Fact(fact) => {
            let id = declared.facts.push(FactSeed::Fact(fact));
            declare(cx, id, fact.name, fact.label);
            note_formers(later, id, &fact.formerly);
        }
        Item::Define(define) => {
            declare(cx, declared.facts.push(FactSeed::Define(define)), define.name, define.label);
        }
        Item::Derive(derive) => {
            declare(cx, declared.facts.push(FactSeed::Derive(derive)), derive.name, derive.label);
        }
        Item::Table(table) => declared.tables.push(table),
        Item::Assume(assume) => declared.assumptions.push(assume),
        Item::Document(document) => {
            let sections = subject::declare_sections(cx, declared.documents.len(), &document.sections);
            cx.document_sections.push(sections);
            declare(cx, declared.documents.push(document), document.name, first_line(document.title.as_ref()));
        }
        Item::Link(link) => {
            declare(cx, declared.links.push(link), link.name, first_line(link.title.as_ref()));
        }
        Item::Contact(contact) => {
            declare(cx, declared.contacts.push(contact), contact.name, first_line(contact.title.as_ref()));
        }
        Item::Term(term) => declare(cx, declared.terms.push(term), term.name, None),
        Item::Text(text) => declare(cx, declared.texts.push(text), text.name, None),
        Item::Test(test) => declared.tests.push(test),
    }
}

fn declare_entry<'t>(cx: &mut Context, declared: &mut Declared<'t>, later: &mut Later, entry: &'t ast::Entry) {
    let id = declared.entries.push(EntrySeed::new(entry));
    declare(cx, id, entry.name, first_line(entry.title.as_ref()));
    note_formers(later, id, &entry.formerly);
    let Some(number) = entry.number else { return };
    cx.number_spans.entry(number.value).or_insert(number.span);
    match cx.numbers.get(&number.value) {
        None => {
            cx.numbers.insert(number.value, id);
            cx.model.names.entry_numbers.insert(number.value, id);
        }
        Some(_) => later.numbers.push(number),
    }
}

/// `unused` is a number that no entry has.
fn report_number(cx: &mut Context, number: Spanned<u32>, unused: u32) {
    let finding = Diagnostic::at(Code::DuplicateNumber, number.span).text("number", number.value.to_string());
    let finding = match cx.number_spans.get(&number.value) {
        Some(first) => finding.label(*first, "first"),
        None => finding,
    };
    let unused = unused.to_string();
    finding.text("unused", &unused).suggest("use", number.span, unused).push_to(cx.diagnostics);
}

fn declare_symptom<'t>(cx: &mut Context, declared: &mut Declared<'t>, later: &mut Later, symptom: &'t ast::Symptom) {
    let title = first_line(symptom.title.as_ref());
    let id = declared.symptoms.push(SymptomSeed::declared(symptom));
    declare(cx, id, symptom.name, title);
    note_formers(later, id, &symptom.formerly);
    if let Some(title) = title {
        cx.symptom_titles.entry(fold_name(cx.text(title)).into_owned()).or_insert(id);
    }
}

/// Where a title stands, if it is one line.
fn first_line(title: Option<&ast::Prose>) -> Option<Span> {
    title?.lines.first().copied()
}

fn note_formers<I: Named>(later: &mut Later, id: I, names: &[Name]) {
    later.formers.extend(names.iter().map(|name| Former { kind: I::KIND, index: id.index(), name: *name }));
}

/// Enters a name; an earlier owner keeps it.
pub(super) fn declare<I: Named>(cx: &mut Context, id: I, name: Name, title: Option<Span>) {
    cx.cards.entry(I::KIND).or_default().push(Card { name, title });
    let written = cx.text(name.span);
    if written.trim().is_empty() {
        return report_empty(cx, I::KIND, name);
    }
    match I::map_mut(&mut cx.model.names).entry(fold_name(written).into_owned()) {
        Slot::Vacant(slot) => {
            slot.insert(id);
        }
        Slot::Occupied(slot) => {
            let owner = slot.get().index();
            cx.duplicates.push(Duplicate { kind: I::KIND, name, owner });
        }
    }
}

/// A name of no characters; one that is not there at all has been reported by the parser.
fn report_empty(cx: &mut Context, kind: Kind, name: Name) {
    let before = cx.sources[name.span.file].text.get(..name.span.start as usize).unwrap_or("");
    if name.quoted && before.ends_with(['"', '「', '“']) {
        let finding = Diagnostic::at(Code::EmptyName, with_quotes(cx.sources, name)).word("kind", kind.word());
        finding.help("name").push_to(cx.diagnostics);
    }
}

fn report_duplicate(cx: &mut Context, duplicate: &Duplicate) {
    let Duplicate { kind, name, owner } = *duplicate;
    let written = cx.text(name.span);
    let finding = Diagnostic::at(Code::DuplicateName, name.span).text("name", written).word("kind", kind.word());
    let finding = match cx.card(kind, owner) {
        Some(first) => note_spelling(finding.label(first.name.span, "first"), written, cx.text(first.name.span)),
        None => finding,
    };
    let finding = finding.help("join");
    let finding = match unused_name(cx, kind, written) {
        Some(unused) => finding.text("unused", &unused).suggest("rename", name.span, unused),
        None => finding,
    };
    finding.push_to(cx.diagnostics);
}

/// A name like this one that is free: with the next number at its end.
fn unused_name(cx: &Context, kind: Kind, written: &str) -> Option<String> {
    let folded = fold_name(written);
    let numbered = folded.rsplit_once('-').and_then(|(stem, number)| Some((stem, number.parse::<u16>().ok()?)));
    let (stem, number) = numbered.unwrap_or((&folded, 1));
    let names = (1..10).map(|more| format!("{stem}-{}", u32::from(number) + more));
    names.into_iter().find(|name| !cx.model.names.has(kind, name))
}

/// Says that two names are one though they look different.
pub(super) fn note_spelling(finding: Diagnostic, written: &str, first: &str) -> Diagnostic {
    if written == first { finding } else { finding.help("same") }
}

fn declare_former(cx: &mut Context, former: &Former) {
    match former.kind {
        Kind::Entry => enter_former::<EntryId>(cx, former),
        Kind::Symptom => enter_former::<SymptomId>(cx, former),
        Kind::Fact => enter_former::<FactId>(cx, former),
        Kind::Document | Kind::Link | Kind::Contact | Kind::Term | Kind::Text => {}
    }
}

fn enter_former<I: Named>(cx: &mut Context, former: &Former) {
    let folded = cx.id(former.name);
    match I::map_mut(&mut cx.model.names).entry(folded.clone()) {
        Slot::Vacant(slot) => {
            slot.insert(I::new(former.index));
            cx.former_spans.insert((former.kind, folded), former.name.span);
        }
        Slot::Occupied(slot) => {
            let owner = slot.get().index();
            report_taken(cx, former, owner, folded);
        }
    }
}

fn report_taken(cx: &mut Context, former: &Former, owner: usize, folded: String) {
    let written = cx.text(former.name.span);
    let first =
        cx.former_spans.get(&(former.kind, folded)).copied().or(cx.card(former.kind, owner).map(|card| card.name.span));
    let finding =
        Diagnostic::at(Code::FormerNameTaken, former.name.span).text("name", written).word("kind", former.kind.word());
    let finding = match first {
        Some(first) => finding.label(first, "first"),
        None => finding,
    };
    let advice = if owner == former.index { "own" } else { "remove" };
    finding.help(advice).push_to(cx.diagnostics);
}
