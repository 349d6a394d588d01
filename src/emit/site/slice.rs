//! Cuts a table down to what the dialogue about one symptom can reach: a table by itself, from which every step is the one of the whole.
//! Refuses to know how it is written and shown.
//!
//! What is kept keeps its order, so that every rule that goes by indexes decides alike. A fact that no kept condition names is never
//! known in such a dialogue: contradiction rows that need something known of it can never hold, and lists that are touched by whatever
//! is open are touched always.

mod reach;
mod renumber;

use rustc_hash::FxHashMap;

use crate::table::{Condition, Row, Table};

/// A part of a table, as a table, and what its indexes are in the whole.
#[derive(Clone, Debug)]
pub struct Slice {
    /// Its only symptom has the index 0.
    pub table: Table,
    pub kept: Kept,
}

/// For each list the indexes in the whole table of what the slice has, ascending.
#[derive(Clone, Debug, Default)]
pub struct Kept {
    pub questions: Vec<u32>,
    pub facts: Vec<u32>,
    pub conditions: Vec<u32>,
    pub symptoms: Vec<u32>,
    pub entries: Vec<u32>,
    pub actions: Vec<u32>,
    pub contacts: Vec<u32>,
    pub documents: Vec<u32>,
    pub links: Vec<u32>,
    pub terms: Vec<u32>,
    pub texts: Vec<u32>,
}

/// A table made ready to be cut many times.
pub struct Slicer<'a> {
    table: &'a Table,
    /// For each fact the contradiction rows (indexes) whose first fact it is.
    rows: Vec<Vec<u32>>,
    /// Those without any fact.
    bare_rows: Vec<u32>,
    names: Names<'a>,
}

/// What prose refers to by its id: indexes.
#[derive(Default)]
struct Names<'a> {
    /// By the id of a document or of one of its sections.
    documents: FxHashMap<&'a str, u32>,
    links: FxHashMap<&'a str, u32>,
    contacts: FxHashMap<&'a str, u32>,
    terms: FxHashMap<&'a str, u32>,
    texts: FxHashMap<&'a str, u32>,
}

impl<'a> Slicer<'a> {
    pub fn new(table: &'a Table) -> Self {
        let mut rows: Vec<Vec<u32>> = vec![Vec::new(); table.facts.len()];
        let mut bare_rows = Vec::new();
        for (index, row) in (0u32..).zip(&table.contradiction.rows) {
            let first = row.0.keys().next().and_then(|fact| rows.get_mut(*fact as usize));
            first.unwrap_or(&mut bare_rows).push(index);
        }
        Self { table, rows, bare_rows, names: Names::new(table) }
    }

    /// The part of one symptom (an index); none for a symptom that the table lacks.
    pub fn slice(&self, symptom: u32) -> Option<Slice> {
        let listed = self.table.symptoms.get(symptom as usize)?;
        let reach = reach::Reach::new(self.table, &self.names, symptom, listed);
        Some(renumber::renumber(self, &reach))
    }
}

impl<'a> Names<'a> {
    fn new(table: &'a Table) -> Self {
        let mut names = Self::default();
        for (index, it) in (0u32..).zip(&table.documents) {
            names.documents.insert(&it.id, index);
            names.documents.extend(it.sections.iter().map(|section| (section.id.as_str(), index)));
        }
        names.links = (0u32..).zip(&table.links).map(|(index, it)| (it.id.as_str(), index)).collect();
        names.contacts = (0u32..).zip(&table.contacts).map(|(index, it)| (it.id.as_str(), index)).collect();
        names.terms = (0u32..).zip(&table.terms).map(|(index, it)| (it.id.as_str(), index)).collect();
        names.texts = (0u32..).zip(&table.texts).map(|(index, it)| (it.id.as_str(), index)).collect();
        names
    }
}

/// The rows of a condition's lists.
fn rows_of(condition: &Condition) -> impl Iterator<Item = &Row> {
    let Condition { certain, certain_clear_of, excluded, excluded_clear_of } = condition;
    [certain, certain_clear_of, excluded, excluded_clear_of].into_iter().flatten().flatten()
}
