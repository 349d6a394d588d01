//! From a spreadsheet to `.faq` files that compile: a sheet that faqc wrote gives back its knowledge base with what
//! people changed in it, any other is read as help desks write them. Pure: bytes in, files and remarks out.

mod csv;
mod edit;
mod grid;
mod head;
mod markdown;
mod mention;
mod remedy;
mod restore;
mod symptom;
mod words;
mod write;
mod xlsx;

use crate::diag::{Arg, Code, Diagnostic, catalogue};
use crate::emit::OutputFile;
use crate::emit::sheet::KEY;
use crate::emit::sheet::archive::{Archive, Damage};
use crate::language::Language;

pub use grid::Grid;

/// What came of a sheet.
#[derive(Debug, Default)]
pub struct Imported {
    /// Below the folder of the new knowledge base.
    pub files: Vec<OutputFile>,
    pub entries: usize,
    /// What a person should look at, in the order of the sheet.
    pub remarks: Vec<Remark>,
}

/// Something to look at, and where in the sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remark {
    /// `FAQ!F9`; empty for the sheet as a whole.
    pub place: String,
    /// Of the sentence that says it.
    pub key: &'static str,
    pub args: Vec<(&'static str, Arg)>,
}

impl Remark {
    fn new(place: impl Into<String>, key: &'static str) -> Self {
        Self { place: place.into(), key, args: Vec::new() }
    }

    /// What it says.
    pub fn sentence(&self, language: Language) -> String {
        catalogue().sentence(self.key, &self.args, language)
    }

    fn text(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.args.push((name, Arg::Text(value.into())));
        self
    }
}

/// What a file holds, by the end of its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    Xlsx,
    Csv,
    Markdown,
}

impl Format {
    /// `None` for a name that ends in none of `.xlsx`, `.xlsm`, `.csv`, `.tsv`, `.txt`, `.md`.
    pub fn of(name: &str) -> Option<Self> {
        match name.rsplit_once('.')?.1.to_ascii_lowercase().as_str() {
            "xlsx" | "xlsm" => Some(Self::Xlsx),
            "csv" | "tsv" | "txt" => Some(Self::Csv),
            "md" | "markdown" => Some(Self::Markdown),
            _ => None,
        }
    }
}

/// Makes a knowledge base of a sheet. `title` is that of the knowledge base when the sheet has none.
///
/// # Errors
/// When the file cannot be read as what its name says, is too large, or has no table of symptoms and remedies.
pub fn import(format: Format, bytes: &[u8], title: &str) -> Result<Imported, Box<Diagnostic>> {
    let grids = match format {
        Format::Xlsx => xlsx::read(bytes)?,
        Format::Csv => vec![csv::read(bytes)?],
        Format::Markdown => markdown::read(bytes)?,
    };
    let cells = || grids.iter().flat_map(Grid::texts);
    // A row that faqc wrote has its name; then the files were there as well.
    let is_own = || cells().any(|text| text.trim_start().starts_with(KEY));
    match Archive::from_pieces(cells()) {
        Ok(archive) => Ok(restore::restore(&archive, &grids)),
        Err(Damage::Absent) if !is_own() => from_rows(&grids, title, Vec::new()),
        Err(Damage::Absent | Damage::Broken) => {
            from_rows(&grids, title, vec![Remark::new("", "import-archive-broken")])
        }
    }
}

fn from_rows(grids: &[Grid], title: &str, remarks: Vec<Remark>) -> Result<Imported, Box<Diagnostic>> {
    let found = head::find(grids).ok_or_else(|| Box::new(Diagnostic::general(Code::NoSheetHead).help("columns")))?;
    Ok(write::knowledge_base(&found, title, remarks))
}
