//! Gives back the knowledge base that a sheet carries, with what people changed in its rows. Changes that would not
//! compile are not made, and stand as remarks above their entries instead.

use std::collections::{BTreeMap, BTreeSet};

use super::edit::changes;
use super::grid::Grid;
use super::head::{self, Row};
use super::write::{Prefix, drafts, read_number};
use super::{Imported, Remark};
use crate::ast::{self, Item};
use crate::diag::{Diagnostics, Edit};
use crate::emit::OutputFile;
use crate::emit::sheet::archive::{Archive, seen, sum};
use crate::emit::sheet::{self, COLUMNS, text};
use crate::model::EntryId;
use crate::parse::parse_file;
use crate::session::{Compilation, Input, compile_unproved};
use crate::source::{FileId, Span};

/// What became of one cell or row.
#[derive(Debug)]
struct Change {
    entry: EntryId,
    place: String,
    edits: Vec<Edit>,
    /// Of the sentences that say that it was made, and that it was not.
    made: &'static str,
    refused: &'static str,
    old: String,
    new: String,
}

/// The files of the archive, with what the rows of the sheet say otherwise.
pub fn restore(archive: &Archive, grids: &[Grid]) -> Imported {
    let inputs = archive.inputs();
    let compilation = compile_unproved(inputs.clone());
    let Some(found) = head::find(grids) else {
        let remarks = vec![Remark::new("", "import-no-rows")];
        return Imported { files: files(inputs), entries: compilation.model.entries.len(), remarks };
    };
    let lossy = grids.iter().any(|grid| grid.lossy);
    let (changes, added) = compare(archive, &found.rows, lossy, &compilation);
    let is_as_written = changes.is_empty() && added.is_empty();
    let (mut inputs, mut remarks) = applied(&changes, inputs, &compilation);
    remarks.extend(found.remarks);
    let (more, own) = add(&added, &inputs, &compilation);
    inputs.extend(more);
    remarks.extend(own);
    let entries = match is_as_written {
        true => compilation.model.entries.len(),
        false => compile_unproved(inputs.clone()).model.entries.len(),
    };
    Imported { files: files(inputs), entries, remarks }
}

fn files(inputs: Vec<Input>) -> Vec<OutputFile> {
    inputs.into_iter().map(|input| OutputFile { path: input.name, bytes: input.bytes }).collect()
}

/// What differs from the sheet as it was written, and the rows that are new.
fn compare(archive: &Archive, rows: &[Row], lossy: bool, compilation: &Compilation) -> (Vec<Change>, Vec<Row>) {
    let mut by_name: BTreeMap<&str, &Row> = BTreeMap::new();
    let has_keys = rows.iter().any(|row| row.key.is_some());
    let numbers: BTreeMap<u32, &str> =
        compilation.model.entries.iter().filter_map(|entry| Some((entry.number?, entry.id.as_str()))).collect();
    let name_of = |row: &Row| match &row.key {
        Some(key) => archive.cells.get_key_value(key).map(|(name, _)| name.as_str()),
        None if has_keys => None,
        None => read_number(row.number.trim()).and_then(|number| numbers.get(&number).copied()),
    };
    let mut added = Vec::new();
    for row in rows {
        match name_of(row).filter(|name| !by_name.contains_key(name)) {
            Some(name) => {
                by_name.insert(name, row);
            }
            None => added.push(row.clone()),
        }
    }
    let mut asts = Asts::default();
    let mut changes = Vec::new();
    for row in sheet::rows(compilation) {
        let name = compilation.model.entries[row.entry].id.as_str();
        match (by_name.get(name), archive.cells.get(name)) {
            (Some(now), Some(sums)) => changes.extend(of_row(&row, now, sums, lossy, compilation, &mut asts)),
            _ => changes.extend(removal(row.entry, compilation)),
        }
    }
    (changes, added)
}

/// The entry's block, whole lines.
fn removal(entry: EntryId, compilation: &Compilation) -> Option<Change> {
    let header = compilation.model.entries[entry].span;
    let end = compilation.model.end_of(header)?;
    let line = |span: Span| compilation.sources.line_around(span);
    let edits = vec![Edit { span: line(header).to(line(end)), text: String::new() }];
    Some(Change { edits, ..change(entry, "", "import-removed", "import-removal-refused") })
}

fn change(entry: EntryId, place: &str, made: &'static str, refused: &'static str) -> Change {
    let text = String::new;
    Change { entry, place: place.to_owned(), edits: Vec::new(), made, refused, old: text(), new: text() }
}

fn of_row(
    row: &sheet::Row,
    now: &Row,
    sums: &[u32; COLUMNS],
    lossy: bool,
    compilation: &Compilation,
    asts: &mut Asts,
) -> Vec<Change> {
    let old: Vec<String> = row.cells.iter().map(|cell| text(cell, compilation)).collect();
    let differs = |column: usize| {
        let (was, is) = (&old[column], &now.seen[column]);
        sum(is) != sums[column] && !(lossy && held(was) == held(is))
    };
    let mut out = Vec::new();
    let taken = |column: usize| change(row.entry, &now.places[column], "import-taken", "import-not-taken");
    let between =
        |change: Change, column: usize| Change { old: seen(&old[column]), new: seen(&now.seen[column]), ..change };
    if differs(0) {
        out.push(Change { edits: number(row.entry, &now.number, compilation, asts), ..between(taken(0), 0) });
    }
    if let Some(column) = (1..=3).find(|column| differs(*column)) {
        out.push(Change { edits: category(row.entry, now, compilation, asts), ..between(taken(column), column) });
    }
    for column in (4..COLUMNS).filter(|column| differs(*column)) {
        // Another version of faqc may word the cell otherwise; then its lines cannot be compared.
        if sum(&old[column]) != sums[column] {
            out.push(between(taken(column), column));
            continue;
        }
        let (edits, left) = changes(&row.cells[column], &now.seen[column], compilation);
        out.extend(edits.into_iter().map(|edit| Change {
            old: compilation.sources.text(edit.span).trim().to_owned(),
            new: edit.text.trim().to_owned(),
            edits: vec![edit],
            ..taken(column)
        }));
        out.extend(left.into_iter().map(|(old, new)| Change { old, new, ..taken(column) }));
    }
    out
}

/// What a cell comes to in an encoding that holds only some characters.
fn held(cell: &str) -> String {
    let held = |c: char| {
        let text = c.to_string();
        let (_, _, lost) = encoding_rs::SHIFT_JIS.encode(&text);
        // Waves and dashes come back as their twins.
        if lost || "〜～−－―—‖∥".contains(c) { '?' } else { c }
    };
    seen(cell).chars().map(held).collect()
}

/// The files as parsed, each once.
type Asts = BTreeMap<FileId, ast::File>;

/// An entry as written.
fn as_written<'a>(entry: EntryId, compilation: &Compilation, asts: &'a mut Asts) -> Option<&'a ast::Entry> {
    let header = compilation.model.entries[entry].span;
    let parse = || parse_file(header.file, &compilation.sources, &mut Diagnostics::default());
    let file = asts.entry(header.file).or_insert_with(parse);
    file.items.iter().find_map(|item| match item {
        Item::Entry(entry) if entry.span == header => Some(entry),
        _ => None,
    })
}

fn number(entry: EntryId, new: &str, compilation: &Compilation, asts: &mut Asts) -> Vec<Edit> {
    let span = as_written(entry, compilation, asts).and_then(|entry| Some(entry.number?.span));
    let digits = |span: Span| {
        let text = compilation.sources.text(span);
        let start = text.find(|c: char| c.is_numeric()).unwrap_or(0);
        let length: usize =
            text.get(start..).unwrap_or("").chars().take_while(|c| c.is_numeric()).map(char::len_utf8).sum();
        Span { start: span.start + start as u32, end: span.start + (start + length) as u32, ..span }
    };
    match (span, read_number(new.trim())) {
        (Some(span), Some(number)) => vec![Edit { span: digits(span), text: number.to_string() }],
        _ => Vec::new(),
    }
}

fn category(entry: EntryId, now: &Row, compilation: &Compilation, asts: &mut Asts) -> Vec<Edit> {
    let path = now.categories.join(" > ");
    let span = as_written(entry, compilation, asts).and_then(|entry| {
        let (first, last) = (entry.category.first()?, entry.category.last()?);
        // Each part may stand on a line of its own.
        let is_one_line = compilation.sources.line(*first) == compilation.sources.line(*last);
        is_one_line.then(|| first.to(*last))
    });
    let is_safe = !path.is_empty() && !path.contains(['{', '}', '｛', '｝', '\n']);
    span.filter(|_| is_safe).map(|span| vec![Edit { span, text: path }]).unwrap_or_default()
}

/// Most changes that are tried one by one when they do not compile together.
const MOST_TRIED: usize = 200;

/// The files with as many of the changes as compile: all together, else one after the other, texts first.
fn applied(changes: &[Change], inputs: Vec<Input>, compilation: &Compilation) -> (Vec<Input>, Vec<Remark>) {
    let compiles = |chosen: &[bool]| {
        let edited = edited(changes, chosen, &inputs, compilation);
        !compile_unproved(edited).diagnostics.has_errors()
    };
    let mut made = chosen(changes);
    if made.contains(&true) && !compiles(&made) {
        let wanted = std::mem::replace(&mut made, vec![false; changes.len()]);
        let mut order: Vec<usize> = (0..changes.len()).filter(|at| wanted[*at]).collect();
        order.sort_by_key(|at| changes[*at].made == "import-removed");
        for at in order.into_iter().take(MOST_TRIED) {
            made[at] = true;
            made[at] = compiles(&made);
        }
    }
    let remarks = changes.iter().zip(&made).map(|(change, made)| said(change, *made, compilation)).collect();
    (edited(changes, &made, &inputs, compilation), remarks)
}

/// Which of the changes can be made together: those that do not overlap.
fn chosen(changes: &[Change]) -> Vec<bool> {
    let mut taken: BTreeSet<(FileId, u32, u32)> = BTreeSet::new();
    let mut choose = |change: &Change| {
        let is_free = |edit: &Edit| {
            let Span { file, start, end } = edit.span;
            let before = taken.range(..=(file, end, u32::MAX)).next_back();
            before.is_none_or(|(other, _, last)| *other != file || *last <= start && (*last < start || start < end))
        };
        let is_chosen = !change.edits.is_empty() && change.edits.iter().all(is_free);
        if is_chosen {
            taken.extend(change.edits.iter().map(|edit| (edit.span.file, edit.span.start, edit.span.end)));
        }
        is_chosen
    };
    changes.iter().map(&mut choose).collect()
}

fn said(change: &Change, is_made: bool, compilation: &Compilation) -> Remark {
    let entry = &compilation.model.entries[change.entry];
    let name = entry.number.map_or_else(|| entry.id.clone(), |number| format!("No.{number}"));
    Remark::new(change.place.clone(), if is_made { change.made } else { change.refused })
        .text("entry", name)
        .text("old", change.old.clone())
        .text("new", change.new.clone())
}

/// The files with the chosen changes, and the others as remarks above their entries.
fn edited(changes: &[Change], chosen: &[bool], inputs: &[Input], compilation: &Compilation) -> Vec<Input> {
    let mut by_file: BTreeMap<usize, Vec<(u32, u32, String)>> = BTreeMap::new();
    for (change, is_made) in changes.iter().zip(chosen) {
        let entry = &compilation.model.entries[change.entry];
        if *is_made {
            for edit in &change.edits {
                let place = (edit.span.start, edit.span.end, edit.text.clone());
                by_file.entry(edit.span.file.0 as usize).or_default().push(place);
            }
        } else {
            let start = compilation.sources.line_around(entry.span).start;
            let sentence = said(change, false, compilation).sentence(compilation.model.config.language);
            let comment = format!("# {}\n", sentence.replace('\n', " / "));
            by_file.entry(entry.span.file.0 as usize).or_default().push((start, start, comment));
        }
    }
    let mut inputs = inputs.to_vec();
    for (file, mut edits) in by_file {
        edits.sort_by_key(|(start, end, _)| (*start, *end));
        let Some(input) = inputs.get_mut(file) else { continue };
        let mark = compilation.sources[FileId(file as u32)].encoding.mark_length() as usize;
        let old = std::mem::take(&mut input.bytes);
        let mut from = 0;
        for (start, end, text) in edits {
            let (start, end) = (start as usize + mark, end as usize + mark);
            input.bytes.extend_from_slice(old.get(from..start).unwrap_or_default());
            input.bytes.extend_from_slice(text.as_bytes());
            from = end.max(from);
        }
        input.bytes.extend_from_slice(old.get(from..).unwrap_or_default());
    }
    inputs
}

/// Rows that are new, in files of their own.
fn add(rows: &[Row], inputs: &[Input], compilation: &Compilation) -> (Vec<Input>, Vec<Remark>) {
    if rows.is_empty() {
        return (Vec::new(), Vec::new());
    }
    let mut id = "added-".to_owned();
    while inputs.iter().any(|input| input.name.starts_with(&id)) {
        id.push('x');
        id.push('-');
    }
    let numbers = compilation.model.entries.iter().filter_map(|entry| entry.number).collect();
    let prefix = Prefix { id: &id, numbers };
    let (files, own) = drafts(rows, compilation.model.config.language, &prefix, inputs);
    let mut remarks: Vec<Remark> = rows.iter().map(|row| Remark::new(row.places[4].clone(), "import-added")).collect();
    remarks.extend(own);
    let input = |(name, text): (String, String)| Input { name, bytes: text.into_bytes() };
    (files.into_iter().map(input).collect(), remarks)
}
