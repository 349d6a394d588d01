//! Owns the registry of targets; each is one file that reads a compilation and makes files of its own format. Refuses to
//! know where the files go.

pub mod graph;
pub mod json;
pub mod markdown;
pub mod names;
pub mod sheet;
pub mod site;
pub mod table;
pub mod wire;

use crate::diag::Diagnostics;
use crate::session::Compilation;

/// A format that `faqc build` can write.
#[derive(Clone, Copy, Debug)]
pub struct Target {
    /// As given to `--emit`.
    pub name: &'static str,
    /// One line for `--help`.
    pub about: &'static str,
    /// Whether `faqc build` writes it when no target is named.
    pub is_usual: bool,
    /// Whether it tells readers what changed since the release before.
    pub tells_changes: bool,
    /// Called only for a compilation without errors. Reports what cannot be written in this format; after an error the
    /// files are of no use. Each file is handed on as soon as it is made, so that large outputs need not be held in memory.
    pub write: fn(&Compilation, &mut Diagnostics, &mut Sink<'_>),
}

/// Takes files, one after the other.
pub type Sink<'a> = dyn FnMut(OutputFile) + 'a;

/// One file to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutputFile {
    /// Relative to the output folder, with `/`. What stands before the first `/` is a folder that the target owns whole.
    pub path: String,
    pub bytes: Vec<u8>,
}

impl OutputFile {
    /// A file of text, in UTF-8.
    pub fn text(path: impl Into<String>, text: impl Into<String>) -> Self {
        Self { path: path.into(), bytes: text.into().into_bytes() }
    }
}

/// Every target, in the order they are written.
pub const TARGETS: &[Target] = &[
    Target {
        name: "json",
        about: "The resolved knowledge base and its graph (kb.json)",
        is_usual: true,
        tells_changes: false,
        write: |compilation, _, sink| json::emit(compilation).into_iter().for_each(sink),
    },
    Target {
        name: "markdown",
        about: "A page for each entry and the FAQ as one table (markdown/), ready for mdBook",
        is_usual: true,
        tells_changes: true,
        write: |compilation, _, sink| markdown::emit(compilation).into_iter().for_each(sink),
    },
    Target {
        name: "table",
        about: "The inference table (table.json): all that a front end needs to lead a reader through",
        is_usual: true,
        tells_changes: false,
        write: |compilation, diagnostics, sink| table::emit(compilation, diagnostics).into_iter().for_each(sink),
    },
    Target {
        name: "site",
        about: "A web site (site/) with search and a guided dialogue, from a server or a folder",
        is_usual: false,
        tells_changes: true,
        write: site::write,
    },
    Target {
        name: "xlsx",
        about: "The FAQ as a workbook (faq.xlsx), which `faqc import` reads back whole",
        is_usual: false,
        tells_changes: false,
        write: |compilation, diagnostics, sink| sheet::emit_xlsx(compilation, diagnostics).into_iter().for_each(sink),
    },
    Target {
        name: "csv",
        about: "The FAQ as CSV for Excel (faq.csv), which `faqc import` reads back whole",
        is_usual: false,
        tells_changes: false,
        write: |compilation, _, sink| sheet::emit_csv(compilation).into_iter().for_each(sink),
    },
];

impl Target {
    pub fn find(name: &str) -> Option<&'static Self> {
        TARGETS.iter().find(|target| target.name == name)
    }

    /// All files, in memory.
    pub fn emit(&self, compilation: &Compilation, diagnostics: &mut Diagnostics) -> Vec<OutputFile> {
        let mut files = Vec::new();
        (self.write)(compilation, diagnostics, &mut |file| files.push(file));
        files
    }
}
