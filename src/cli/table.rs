//! Gets an inference table: reads one, or compiles a knowledge base without its proofs. Refuses to know what it is for.

use std::fs;
use std::path::Path;

use encoding_rs::{SHIFT_JIS, UTF_16BE, UTF_16LE};

use super::console::Console;
use super::failure::{Failure, about};
use super::report::{Format, rendered};
use super::{files, progress};
use crate::config::FILE_NAME;
use crate::diag::{Code, Diagnostic, Diagnostics, Levels, settle};
use crate::emit::table::build_table;
use crate::language::Language;
use crate::runtime::{Damage, LoadError};
use crate::session::{compile_unproved, is_rules};
use crate::table::{Table, TableLanguage};

/// The table of a file, of a knowledge base's folder, or of one .faq file. None when the knowledge base has errors, which were
/// shown.
pub fn load(path: &Path, console: Console) -> Result<Option<Table>, Failure> {
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    if fs::metadata(path).is_ok_and(|meta| is_document(&meta)) && !is_rules(&name) && name != FILE_NAME {
        return read(path).map(Some);
    }
    let loaded = progress::during("reading", console, || files::load(path))?;
    let mut compilation = progress::during("checking", console, || compile_unproved(loaded.inputs));
    if !compilation.diagnostics.has_errors() {
        let mut reported = Diagnostics::default();
        let table = progress::during("making", console, || build_table(&compilation, &mut reported));
        compilation.diagnostics = settle(reported, &Levels::default());
        if !compilation.diagnostics.has_errors() {
            return Ok(Some(table));
        }
    }
    console.tell(&rendered(&compilation, &loaded.prefix, Format::Human, console));
    Ok(None)
}

/// A file, or a pipe such as `/dev/stdin` and `<(…)`.
fn is_document(meta: &fs::Metadata) -> bool {
    #[cfg(unix)]
    if std::os::unix::fs::FileTypeExt::is_fifo(&meta.file_type()) {
        return true;
    }
    meta.is_file()
}

/// The language of a table's labels and prose.
pub fn language(table: &Table) -> Language {
    match table.language {
        TableLanguage::Japanese => Language::Japanese,
        TableLanguage::English => Language::English,
    }
}

fn read(path: &Path) -> Result<Table, Failure> {
    let bytes = files::read_whole(path)?;
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&bytes);
    if let Err(error) = std::str::from_utf8(bytes) {
        return Err(not_utf8(path, bytes, error.valid_up_to()).into());
    }
    Table::from_json(bytes).map_err(|error| refused(path, &error).help("make").into())
}

fn bad(path: &Path) -> Diagnostic {
    about(Code::BadTable, path)
}

fn not_utf8(path: &Path, bytes: &[u8], at: usize) -> Diagnostic {
    let marked =
        [UTF_16LE, UTF_16BE].into_iter().find(|_| bytes.starts_with(b"\xFF\xFE") || bytes.starts_with(b"\xFE\xFF"));
    let is_shift_jis = || !SHIFT_JIS.decode_without_bom_handling(bytes).1;
    match marked.or_else(|| is_shift_jis().then_some(SHIFT_JIS)) {
        Some(charset) => bad(path).text("encoding", charset.name()).help("encoding").help("make"),
        None => bad(path).text("offset", (at + 1).to_string()).help("not-utf8").help("make"),
    }
}

fn refused(path: &Path, error: &LoadError) -> Diagnostic {
    match error {
        LoadError::Json(error) if error.is_eof() => bad(path).help("cut-off"),
        LoadError::Json(error) => {
            let finding = bad(path).text("line", error.line().to_string()).text("column", error.column().to_string());
            if error.is_data() { misshapen(finding, &error.to_string()) } else { finding.help("not-json") }
        }
        LoadError::Format(found) => bad(path).text("found", found).help("other-format"),
        LoadError::Version(found) => bad(path).text("found", found.to_string()).help("other-version"),
        LoadError::Broken { place, damage } => {
            bad(path).text("place", place).word("problem", word(*damage)).help("damaged")
        }
    }
}

/// By how the JSON reader's message begins; what it names stands between backquotes.
fn misshapen(finding: Diagnostic, told: &str) -> Diagnostic {
    let begins = |words: &str| told.starts_with(words);
    let key = match () {
        () if begins("missing field") => "shape-missing",
        () if begins("unknown variant") => "shape-unknown",
        () if told.contains("` has exactly one of") => "shape-one",
        () if begins("invalid type") || begins("invalid value") => "shape-kind",
        () => "shape",
    };
    finding.text("member", told.split('`').nth(1).unwrap_or_default()).help(key)
}

/// Of the catalogue.
fn word(damage: Damage) -> &'static str {
    match damage {
        Damage::NoSuchThing => "damage-no-such-thing",
        Damage::NoSuchFact => "damage-no-such-fact",
        Damage::NoCells => "damage-no-cells",
        Damage::TooManyDecimals => "damage-too-many-decimals",
        Damage::OneListOfRows => "damage-one-list-of-rows",
        Damage::TwoFormsOfRows => "damage-two-forms-of-rows",
        Damage::NoCellAllowed => "damage-no-cell-allowed",
        Damage::CellsOutOfOrder => "damage-cells-out-of-order",
        Damage::IdTaken => "damage-id-taken",
        Damage::OtherQuestion => "damage-other-question",
        Damage::OtherBound => "damage-other-bound",
        Damage::Endless => "damage-endless",
        Damage::TooMuch => "damage-too-much",
    }
}
