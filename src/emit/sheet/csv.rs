//! The sheet as CSV that Excel opens rightly: a byte order mark, and nothing that it would take for a formula.

use super::archive::Archive;
use super::{COLUMNS, KEY_HEAD, heads, key, rows, text};
use crate::emit::OutputFile;
use crate::session::Compilation;

/// What makes a spreadsheet program calculate, when a cell begins with it; in full width, too, for some.
const STARTS: [char; 10] = ['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠'];

/// `faq.csv`.
pub fn emit_csv(compilation: &Compilation) -> Vec<OutputFile> {
    let rows = rows(compilation);
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(b"\xEF\xBB\xBF".to_vec());
    write(&mut writer, heads(&compilation.model).iter().map(|head| (*head).to_owned()), KEY_HEAD);
    for row in &rows {
        let cells = row.cells.iter().map(|cell| text(cell, compilation));
        write(&mut writer, cells, &key(row.entry, &compilation.model));
    }
    for piece in Archive::of(compilation, &rows).pieces() {
        write(&mut writer, (0..COLUMNS).map(|_| String::new()), &piece);
    }
    let bytes = writer.into_inner().unwrap_or_default();
    vec![OutputFile { path: "faq.csv".to_owned(), bytes }]
}

fn write(writer: &mut csv::Writer<Vec<u8>>, cells: impl Iterator<Item = String>, last: &str) {
    let record = cells.map(|cell| defused(&cell)).chain([last.to_owned()]);
    // Writing to memory does not fail.
    let _ = writer.write_record(record);
}

/// With an apostrophe before what would be a formula, and before what `restored` would take for that apostrophe.
fn defused(cell: &str) -> String {
    if is_formula(cell.trim_start_matches('\'')) { format!("'{cell}") } else { cell.to_owned() }
}

/// The cell as it was before it was defused.
pub fn restored(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(rest) if is_formula(rest.trim_start_matches('\'')) => rest,
        _ => cell,
    }
}

fn is_formula(cell: &str) -> bool {
    cell.trim_start_matches([' ', '\u{3000}', '\n']).starts_with(STARTS)
}
