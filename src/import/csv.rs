//! Reads CSV as spreadsheet programs save it: UTF-8 with or without a mark, UTF-16, or Shift_JIS as Windows has it;
//! commas, semicolons or tabs. Refuses to know what the cells mean.

use csv::ReaderBuilder;
use encoding_rs::{Encoding, SHIFT_JIS, UTF_8};

use super::grid::Grid;
use crate::diag::{Code, Diagnostic};
use crate::emit::sheet::restored;

/// # Errors
/// When the encoding is none of those, or there is too much of it.
pub fn read(bytes: &[u8]) -> Result<Grid, Box<Diagnostic>> {
    let (text, lossy) = decode(bytes)?;
    let mut reader =
        ReaderBuilder::new().has_headers(false).flexible(true).delimiter(delimiter(&text)).from_reader(text.as_bytes());
    let mut grid = Grid::new(None, lossy);
    for (row, record) in (0..).zip(reader.records()) {
        let record = record.map_err(|error| unreadable(&error.to_string()))?;
        for (column, cell) in (0..64).zip(&record) {
            grid.put(row, column, restored(cell).replace("\r\n", "\n").replace('\r', "\n"))?;
        }
    }
    Ok(grid)
}

fn unreadable(reason: &str) -> Box<Diagnostic> {
    Diagnostic::general(Code::UnreadableSheet).text("reason", reason).help("save-again").into()
}

/// Shared with tables in Markdown. Tells whether the encoding could not hold every character.
pub fn decode(bytes: &[u8]) -> Result<(String, bool), Box<Diagnostic>> {
    let (encoding, mark) = Encoding::for_bom(bytes).unwrap_or((UTF_8, 0));
    let (text, had_errors) = encoding.decode_without_bom_handling(bytes.get(mark..).unwrap_or_default());
    if !had_errors && !text.contains('\0') {
        return Ok((text.into_owned(), false));
    }
    let (text, had_errors) = SHIFT_JIS.decode_without_bom_handling(bytes);
    if had_errors || mark > 0 || text.contains('\0') {
        return Err(Diagnostic::general(Code::UnreadableSheet).help("encoding").into());
    }
    Ok((text.into_owned(), true))
}

/// What parts the most cells of the first lines.
fn delimiter(text: &str) -> u8 {
    let first: Vec<&str> = text.lines().take(20).collect();
    let count = |sign: char| first.iter().map(|line| line.matches(sign).count()).sum::<usize>();
    let signs = [(',', b','), ('\t', b'\t'), (';', b';')];
    let best = signs.into_iter().rev().max_by_key(|(sign, _)| count(*sign));
    best.map_or(b',', |(_, byte)| byte)
}
