//! Owns the writing of the inference table: a compilation in, the wire types out. Refuses to know how the rows are found and
//! how a reader uses them.

pub(super) mod action;
mod entry;
mod fact;
mod keys;
mod reference;
mod rows;
mod symptom;

pub use rows::KnownRows;

use super::OutputFile;
use super::wire;
use crate::diag::Diagnostics;
use crate::domain::{Applicability, Domain, Meanings, cut_domain};
use crate::model::{ConditionId, ContactUse, EntryUse, Id, Prose};
use crate::session::Compilation;
use crate::speech::Speech;
use crate::table::{FORMAT, Piece as TextPiece, Table, VERSION};

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
    build(compilation, None, diagnostics)
}

/// The same, for one version after the other: conditions that the last one had are not sought again.
pub fn build_table_again(compilation: &Compilation, known: &mut KnownRows, diagnostics: &mut Diagnostics) -> Table {
    build(compilation, Some(known), diagnostics)
}

fn build(compilation: &Compilation, known: Option<&mut KnownRows>, diagnostics: &mut Diagnostics) -> Table {
    let Compilation { model, types, sources, .. } = compilation;
    let domain = cut_domain(model, types, sources);
    let meanings = Meanings::new(model, types, &domain, diagnostics);
    let applicability = Applicability::new(model);
    let pool = rows::Pool::new(&domain, &meanings.assumptions(), known);
    let questions = fact::number_questions(model);
    Writer {
        compilation,
        domain: &domain,
        meanings: &meanings,
        applicability: &applicability,
        pool,
        questions,
        diagnostics,
    }
    .table()
}

/// What the parts of the table are made from.
struct Writer<'a> {
    compilation: &'a Compilation,
    domain: &'a Domain,
    meanings: &'a Meanings<'a>,
    applicability: &'a Applicability,
    pool: rows::Pool<'a>,
    questions: fact::QuestionNumbers,
    diagnostics: &'a mut Diagnostics,
}

impl Writer<'_> {
    fn table(mut self) -> Table {
        let config = &self.compilation.model.config;
        // First, for nothing else is worth telling under assumptions that cannot be written down.
        let contradiction = self.contradiction();
        let questions = self.questions();
        let symptoms = self.symptoms();
        let entries = self.entries();
        let actions = self.actions();
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
            conditions: self.pool.into_conditions(),
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
