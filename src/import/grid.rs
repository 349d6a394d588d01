//! Cells with texts, and which of them are merged; what a file of any format comes to. Refuses to know what they mean.

use std::collections::BTreeMap;

use crate::diag::{Code, Diagnostic};

/// Most cells with a text in one file.
const MOST_CELLS: usize = 4_000_000;

/// One sheet.
#[derive(Debug, Default)]
pub struct Grid {
    /// Shown before a place, where a file may hold several.
    pub name: Option<String>,
    /// By row and column, from 0; none is empty.
    cells: BTreeMap<(u32, u32), String>,
    /// The leftmost column, the first and the last row of each, in order.
    merged: Vec<(u32, u32, u32)>,
    /// Whether the encoding holds only some characters: what it could not hold was saved as `?`.
    pub lossy: bool,
}

impl Grid {
    pub fn new(name: Option<String>, lossy: bool) -> Self {
        Self { name, lossy, ..Self::default() }
    }

    /// Puts a text into a cell.
    ///
    /// # Errors
    /// When there are too many.
    pub fn put(&mut self, row: u32, column: u32, text: String) -> Result<(), Box<Diagnostic>> {
        if self.cells.len() >= MOST_CELLS {
            return Err(Diagnostic::general(Code::SheetTooLarge).help("split").into());
        }
        if !text.trim().is_empty() {
            self.cells.insert((row, column), text);
        }
        Ok(())
    }

    pub fn get(&self, row: u32, column: u32) -> &str {
        self.cells.get(&(row, column)).map_or("", String::as_str)
    }

    /// Merged cells, each by its leftmost column and its first and last row.
    pub fn merge(&mut self, regions: impl Iterator<Item = (u32, u32, u32)>) {
        self.merged = regions.collect();
        self.merged.sort_unstable();
    }

    /// The text of a cell, or of the merged one that it is part of.
    pub fn merged_text(&self, row: u32, column: u32) -> &str {
        let own = self.get(row, column);
        let before = self.merged.partition_point(|(left, top, _)| (*left, *top) <= (column, row));
        let region = before.checked_sub(1).and_then(|at| self.merged.get(at));
        match region.filter(|(left, _, bottom)| *left == column && row <= *bottom) {
            Some((_, top, _)) if own.is_empty() => self.get(*top, column),
            _ => own,
        }
    }

    pub fn texts(&self) -> impl Iterator<Item = &str> {
        self.cells.values().map(String::as_str)
    }

    /// The rows that have a text, in order.
    pub fn rows(&self) -> Vec<u32> {
        let mut rows: Vec<u32> = self.cells.keys().map(|(row, _)| *row).collect();
        rows.dedup();
        rows
    }

    /// The columns of a row that have a text, with it.
    pub fn row(&self, row: u32) -> impl Iterator<Item = (u32, &str)> {
        self.cells.range((row, 0)..(row + 1, 0)).map(|((_, column), text)| (*column, text.as_str()))
    }

    /// `FAQ!F9`.
    pub fn place(&self, row: u32, column: u32) -> String {
        let cell = format!("{}{}", letters(column), row + 1);
        match &self.name {
            Some(name) => format!("{name}!{cell}"),
            None => cell,
        }
    }
}

/// `A` to `Z`, `AA` and so on.
fn letters(column: u32) -> String {
    let letter = char::from(b'A' + (column % 26) as u8);
    if column < 26 { letter.to_string() } else { letters(column / 26 - 1) + &letter.to_string() }
}
