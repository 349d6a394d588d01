//! Owns the writing of the inference table: a compilation in, the wire types out. Refuses to know how the rows are found and
//! how a reader uses them.

pub(super) mod action;
mod entry;
mod fact;
mod keys;
mod last;
mod reference;
mod rows;
mod symptom;

pub use last::LastTable;
use last::{Draft, Known, LastTexts};
use rows::{Asked, Pool};

use std::sync::Arc;
use std::thread;

use super::OutputFile;
use super::wire;
use crate::diag::Diagnostics;
use crate::domain::{Applicability, Domain, Meanings, cut_domain};
use crate::model::{ConditionId, ContactUse, EntryUse, Id, Prose};
use crate::session::Compilation;
use crate::speech::Speech;
use crate::table::{Action, Entry, FORMAT, Piece as TextPiece, Question, Symptom, Table, VERSION};

/// The file `table.json`. Reports what [`build_table`] reports.
pub fn emit(compilation: &Compilation, diagnostics: &mut Diagnostics) -> Vec<OutputFile> {
    let table = build_table(compilation, diagnostics);
    let mut text = Vec::with_capacity(1 << 16);
    serde_json::to_writer(&mut text, &table).expect("a table has string keys only, and a vector takes all bytes");
    text.push(b'\n');
    let text = String::from_utf8(text).expect("serde_json writes UTF-8");
    vec![OutputFile::text("table.json", text)]
}

/// The JSON Schema of the file.
pub fn schema() -> schemars::Schema {
    wire::schema::<Table>()
}

/// The inference table of a knowledge base. What applies in too many different cases to be written down is reported, and
/// stands in the table as something that is always possible.
pub fn build_table(compilation: &Compilation, diagnostics: &mut Diagnostics) -> Table {
    build_table_again(compilation, &mut LastTable::default(), diagnostics)
}

/// The same, for one version after the other, each with what was written last.
pub fn build_table_again(compilation: &Compilation, last: &mut LastTable, diagnostics: &mut Diagnostics) -> Table {
    let Compilation { model, types, sources, .. } = compilation;
    let domain = cut_domain(model, types, sources);
    let meanings = Meanings::new(model, types, &domain, diagnostics);
    let applicability = Applicability::new(model);
    let conditions = Pool::new(&domain, &meanings.assumptions(), &mut last.rows, diagnostics);
    let questions = fact::number_questions(model);
    let (domain, meanings, applicability, questions) = (&domain, &meanings, &applicability, &questions);
    let known = last.texts.known(compilation, |prose| wire::prose(prose, compilation));
    let table = Writer { compilation, domain, meanings, applicability, questions, conditions, known }.table();
    last.texts = LastTexts::new(&table, compilation);
    table
}

/// What the parts of the table are made from.
struct Writer<'a, C> {
    compilation: &'a Compilation,
    domain: &'a Domain,
    meanings: &'a Meanings<'a>,
    applicability: &'a Applicability,
    questions: &'a fact::QuestionNumbers,
    conditions: C,
    known: Known<'a>,
}

impl<'a> Writer<'a, Pool<'_>> {
    fn table(mut self) -> Table {
        let config = &self.compilation.model.config;
        // First, for nothing else is worth telling under assumptions that cannot be written down.
        let contradiction = self.contradiction();
        let (questions, symptoms, drafts) = self.in_two_threads();
        let (entries, actions) = drafts.placed(&mut self.conditions);
        let (contacts, documents) = (self.contacts(), self.documents());
        let texts = self.texts();
        Table {
            format: FORMAT.to_owned(),
            version: VERSION,
            title: config.title.clone(),
            language: wire::language(config.language),
            release: config.version.clone(),
            updated: config.updated.map(wire::date),
            default_contact: config.default_contact.map(index),
            questions,
            facts: self.facts(),
            contradiction,
            conditions: self.conditions.into_conditions(),
            symptoms,
            entries,
            actions,
            contacts,
            documents,
            links: reference::links(self.compilation),
            terms: reference::terms(self.compilation),
            texts,
        }
    }

    /// Entries and actions, which are mostly texts, beside the symptoms, which are mostly conditions.
    fn in_two_threads(&mut self) -> (Vec<Question>, Vec<Symptom>, Drafts<'a>) {
        thread::scope(|threads| {
            let writer = self.with(Asked::default());
            let other = thread::Builder::new().spawn_scoped(threads, || writer.drafts());
            let (questions, symptoms) = (self.questions(), self.symptoms());
            let others = match other {
                Ok(thread) => thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)),
                // The system gives no thread.
                Err(_) => self.with(Asked::default()).drafts(),
            };
            (questions, symptoms, others)
        })
    }
}

/// The entries and actions before the places of their conditions are known.
struct Drafts<'a> {
    entries: Vec<entry::Drafted<'a>>,
    actions: Vec<Draft<'a, Action>>,
    asked: Asked,
}

impl Drafts<'_> {
    fn placed(self, conditions: &mut Pool<'_>) -> (Vec<Arc<Entry>>, Vec<Arc<Action>>) {
        let places = self.asked.put(conditions);
        let entries = self.entries.into_iter().map(|drafted| entry::place_conditions(drafted, &places));
        let actions = self.actions.into_iter().map(|draft| action::place_conditions(draft, &places));
        (entries.collect(), actions.collect())
    }
}

impl<'a> Writer<'a, Asked> {
    fn drafts(mut self) -> Drafts<'a> {
        Drafts { entries: self.entries(), actions: self.actions(), asked: self.conditions }
    }
}

impl<'a, C> Writer<'a, C> {
    /// The same with another way for its conditions.
    fn with<D>(&self, conditions: D) -> Writer<'a, D> {
        let Self { compilation, domain, meanings, applicability, questions, known, .. } = *self;
        Writer { compilation, domain, meanings, applicability, questions, conditions, known }
    }

    fn speech(&self) -> Speech<'_> {
        wire::speech(self.compilation)
    }

    /// Several conditions together, in words; `None` when there are none.
    fn words(&self, conditions: &[ConditionId]) -> Option<String> {
        wire::words(conditions, self.compilation)
    }

    fn prose(&self, prose: &Prose) -> Vec<TextPiece> {
        wire::prose(prose, self.compilation)
    }

    fn maybe_prose(&self, prose: Option<&Prose>) -> Vec<TextPiece> {
        prose.map_or_else(Vec::new, |prose| self.prose(prose))
    }
}

/// The place of something in its list of the table, for the lists that follow the model.
fn index(id: impl Id) -> u32 {
    id.index() as u32
}

fn contact_indexes(uses: &[ContactUse]) -> Vec<u32> {
    uses.iter().map(|it| index(it.contact)).collect()
}

fn entry_indexes(uses: &[EntryUse]) -> Vec<u32> {
    uses.iter().map(|it| index(it.entry)).collect()
}
