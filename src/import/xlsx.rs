//! Reads a workbook; the only user of calamine. What it would unfold to is measured before it is unfolded.

use std::io::{Cursor, Read};

use calamine::{DataRef, Reader, Xlsx};
use zip::ZipArchive;

use super::grid::Grid;
use crate::diag::{Code, Diagnostic};

/// Most bytes that the parts of a workbook may unfold to, together.
const MOST_BYTES: u64 = 512 << 20;

/// Columns beyond these are not looked at.
const MOST_COLUMNS: u32 = 64;

/// Every sheet with a text, hidden ones too.
///
/// # Errors
/// When it is no workbook, is broken, locked, or would unfold to too much.
pub fn read(bytes: &[u8]) -> Result<Vec<Grid>, Box<Diagnostic>> {
    measure(bytes)?;
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|error| broken(&error))?;
    let names = book.sheet_names();
    names.into_iter().map(|name| sheet(&mut book, name)).collect()
}

fn measure(bytes: &[u8]) -> Result<(), Box<Diagnostic>> {
    // The old format, and what a password locks, begin so.
    if bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0]) {
        return Err(Diagnostic::general(Code::UnreadableSheet).help("locked").into());
    }
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| broken(&error))?;
    let mut room = MOST_BYTES;
    for index in 0..archive.len() {
        let part = archive.by_index(index).map_err(|error| broken(&error))?;
        let mut part = part.take(room + 1);
        let length = std::io::copy(&mut part, &mut std::io::sink()).map_err(|error| broken(&error))?;
        room = room.checked_sub(length).ok_or_else(|| Diagnostic::general(Code::SheetTooLarge).help("bomb"))?;
    }
    Ok(())
}

fn broken(error: &dyn std::fmt::Display) -> Box<Diagnostic> {
    Diagnostic::general(Code::UnreadableSheet).text("reason", error.to_string()).help("save-again").into()
}

/// Cell by cell: a sheet with a text in its last corner has few texts and a great many cells.
fn sheet(book: &mut Xlsx<Cursor<&[u8]>>, name: String) -> Result<Grid, Box<Diagnostic>> {
    let merged = book.merge_cells_by_sheet_name(&name).unwrap_or_default();
    let mut grid = Grid::new(Some(name.clone()), false);
    grid.merge(merged.into_iter().map(|region| (region.start.1, region.start.0, region.end.0)));
    // A sheet that is a chart has no cells.
    let Ok(mut cells) = book.worksheet_cells_reader(&name) else { return Ok(grid) };
    while let Some(cell) = cells.next_cell().map_err(|error| broken(&error))? {
        let (row, column) = cell.get_position();
        if column < MOST_COLUMNS {
            grid.put(row, column, text(cell.get_value()))?;
        }
    }
    Ok(grid)
}

fn text(value: &DataRef<'_>) -> String {
    match value {
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => number.to_string(),
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => clean(text),
        DataRef::SharedString(text) => clean(text),
        DataRef::Bool(truth) => if *truth { "TRUE" } else { "FALSE" }.to_owned(),
        DataRef::DateTime(day) => {
            let (year, month, day, ..) = day.to_ymd_hms_milli();
            format!("{year:04}-{month:02}-{day:02}")
        }
        DataRef::Error(_) | DataRef::Empty => String::new(),
    }
}

/// Line ends as everywhere else.
fn clean(text: &str) -> String {
    text.replace("_x000D_", "").replace("\r\n", "\n").replace('\r', "\n")
}
