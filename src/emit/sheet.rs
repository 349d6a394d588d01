//! The knowledge base as the sheet that its readers know: five columns after the number, and beside them, for the way
//! back, all that the columns cannot carry. Refuses to know how a spreadsheet is read again (`import`).

pub mod archive;
mod cell;
mod csv;
mod remedy;
mod symptom;
mod xlsx;

pub use cell::{Cell, Line, Segment, text};
pub use csv::{emit_csv, restored};
pub use xlsx::emit_xlsx;

use super::markdown::words::{Words, words};
use super::wire::{category_path, reading_order};
use crate::model::{EntryId, Model};
use crate::session::Compilation;

/// How many columns people see.
pub const COLUMNS: usize = 6;

/// What heads the column of keys, which only programs read.
pub const KEY_HEAD: &str = "faqc";

/// What an entry's key begins with; the entry's name follows.
pub const KEY: &str = "faqc:id:";

/// A row of the sheet.
#[derive(Debug)]
pub struct Row {
    pub entry: EntryId,
    pub cells: [Cell; COLUMNS],
}

/// What heads the columns, in the language of the knowledge base.
pub fn heads(model: &Model) -> [&'static str; COLUMNS] {
    let words = words(model.config.language);
    [words.number, words.wide_category, words.middle_category, words.narrow_category, words.symptom, words.remedy]
}

/// The rows, by number, then those without one as written.
pub fn rows(compilation: &Compilation) -> Vec<Row> {
    let model = &compilation.model;
    let words = words(model.config.language);
    reading_order(model).into_iter().map(|id| row(compilation, words, id)).collect()
}

/// The key of an entry's row.
pub fn key(entry: EntryId, model: &Model) -> String {
    format!("{KEY}{}", model.entries[entry].id)
}

fn row(compilation: &Compilation, words: &'static Words, id: EntryId) -> Row {
    let entry = &compilation.model.entries[id];
    let path = category_path(entry.category, &compilation.model);
    let number = entry.number.map(|number| number.to_string()).unwrap_or_default();
    let [wide, middle, narrow] = [0, 1, 2].map(|column| part_of(&path, column));
    let cells = [
        cell::fixed(&number),
        cell::fixed(&wide),
        cell::fixed(&middle),
        cell::fixed(&narrow),
        symptom::cell(compilation, words, entry),
        remedy::cell(compilation, words, entry),
    ];
    Row { entry: id, cells: cells.map(cell::shortened) }
}

/// What lies deeper than the third column shares it.
fn part_of(path: &[String], column: usize) -> String {
    let end = if column == 2 { path.len() } else { path.len().min(column + 1) };
    path.get(column..end).unwrap_or(&[]).join(" ＞ ")
}
