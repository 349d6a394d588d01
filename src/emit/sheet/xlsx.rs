//! The sheet as a workbook: merged categories, wrapped text, a head that stays; the archive on a hidden sheet. Text is
//! always written as text, so that nothing in it is a formula.

use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError,
};

use super::archive::Archive;
use super::{COLUMNS, KEY_HEAD, Row, heads, key, rows, text};
use crate::ast::Date;
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::emit::OutputFile;
use crate::emit::markdown::words::words;
use crate::emit::wire;
use crate::session::Compilation;

/// The hidden sheet of the archive.
const ARCHIVE_SHEET: &str = "faqc";

/// In characters of the standard font.
const WIDTHS: [f64; COLUMNS] = [6.0, 18.0, 18.0, 18.0, 48.0, 80.0];

/// `faq.xlsx`.
pub fn emit_xlsx(compilation: &Compilation, diagnostics: &mut Diagnostics) -> Vec<OutputFile> {
    match workbook(compilation) {
        Ok(bytes) => vec![OutputFile { path: "faq.xlsx".to_owned(), bytes }],
        Err(error) => {
            Diagnostic::general(Code::NoWorkbook).text("reason", error.to_string()).help("csv").push_to(diagnostics);
            Vec::new()
        }
    }
}

fn workbook(compilation: &Compilation) -> Result<Vec<u8>, XlsxError> {
    let rows = rows(compilation);
    let mut workbook = Workbook::new();
    workbook.set_properties(&properties(compilation)?);
    let sheet = workbook.add_worksheet();
    sheet.set_name("FAQ")?;
    write_head(sheet, compilation)?;
    write_rows(sheet, &rows, compilation)?;
    let hidden = workbook.add_worksheet();
    hidden.set_name(ARCHIVE_SHEET)?.set_very_hidden(true);
    for (row, piece) in (0..).zip(Archive::of(compilation, &rows).pieces()) {
        hidden.write_string(row, 0, piece)?;
    }
    workbook.save_to_buffer()
}

/// The day of the knowledge base, or one for all: the clock is not asked, so that equal inputs give equal bytes.
fn properties(compilation: &Compilation) -> Result<DocProperties, XlsxError> {
    let config = &compilation.model.config;
    let Date { year, month, day } = config.updated.unwrap_or(Date { year: 2000, month: 1, day: 1 });
    let day = ExcelDateTime::from_ymd(u16::try_from(year).unwrap_or(2000), month, day);
    let created = day.or_else(|_| ExcelDateTime::from_ymd(2000, 1, 1))?;
    Ok(DocProperties::new().set_title(&config.title).set_creation_datetime(&created))
}

fn text_format() -> Format {
    Format::new().set_text_wrap().set_align(FormatAlign::Top).set_border(FormatBorder::Thin)
}

/// The title and the day, as the sheet of the original has them, then the heads of the columns.
fn write_head(sheet: &mut Worksheet, compilation: &Compilation) -> Result<(), XlsxError> {
    let config = &compilation.model.config;
    sheet.write_string_with_format(0, 0, &config.title, &Format::new().set_bold().set_font_size(14))?;
    if let Some(date) = config.updated {
        let word = words(config.language);
        let day = wire::date(date);
        sheet.write_string(1, 0, format!("{}{}{day}", word.updated, word.colon))?;
    }
    let head = text_format().set_bold().set_background_color("DDE6F0");
    for (column, (name, width)) in (0..).zip(heads(&compilation.model).into_iter().zip(WIDTHS)) {
        sheet.write_string_with_format(HEAD_ROW, column, name, &head)?;
        sheet.set_column_width(column, width)?;
    }
    sheet.write_string(HEAD_ROW, COLUMNS as u16, KEY_HEAD)?;
    sheet.set_column_hidden(COLUMNS as u16)?;
    sheet.set_freeze_panes(HEAD_ROW + 1, 0)?;
    sheet.set_repeat_rows(HEAD_ROW, HEAD_ROW)?;
    sheet.set_landscape().set_print_fit_to_pages(1, 0);
    Ok(())
}

const HEAD_ROW: u32 = 2;

fn write_rows(sheet: &mut Worksheet, rows: &[Row], compilation: &Compilation) -> Result<(), XlsxError> {
    let texts: Vec<[String; COLUMNS]> =
        rows.iter().map(|row| row.cells.each_ref().map(|cell| text(cell, compilation))).collect();
    let format = text_format();
    for ((place, row), cells) in (HEAD_ROW + 1..).zip(rows).zip(&texts) {
        for (column, cell) in (0..).zip(cells) {
            match compilation.model.entries[row.entry].number.filter(|_| column == 0) {
                Some(number) => sheet.write_number_with_format(place, column, number, &format)?,
                None => sheet.write_string_with_format(place, column, cell, &format)?,
            };
        }
        sheet.write_string(place, COLUMNS as u16, key(row.entry, &compilation.model))?;
    }
    for (first, last, column) in merges(&texts) {
        let (top, bottom) = (HEAD_ROW + 1 + first as u32, HEAD_ROW + 1 + last as u32);
        sheet.merge_range(top, column as u16, bottom, column as u16, &texts[first][column], &format)?;
    }
    Ok(())
}

/// Stretches of rows whose category is the same, wider ones included: first row, last row, column.
fn merges(texts: &[[String; COLUMNS]]) -> Vec<(usize, usize, usize)> {
    let mut merges = Vec::new();
    for column in 1..=3 {
        let mut first = 0;
        for row in 1..=texts.len() {
            let is_same = texts.get(row).is_some_and(|next| next[1..=column] == texts[first][1..=column]);
            if !is_same {
                if row - first > 1 && !texts[first][column].is_empty() {
                    merges.push((first, row - 1, column));
                }
                first = row;
            }
        }
    }
    merges
}
