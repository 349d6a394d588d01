//! Markdown for people: the FAQ as one table and as a page for each entry, ready for mdBook. Refuses to know where the
//! files go.

mod action;
mod book;
mod category;
mod citations;
mod entry;
pub(crate) mod escape;
mod fact;
mod index;
mod inline;
mod note;
mod page;
mod reference;
mod remedy;
pub(crate) mod steps;
mod summary;
mod symptom;
pub(crate) mod words;

pub(crate) use note::page as note_page;

use crate::emit::OutputFile;
use crate::session::Compilation;

/// All pages, below `markdown/`. Links between them are relative; names of files and anchors depend on ids alone.
pub fn emit(compilation: &Compilation) -> Vec<OutputFile> {
    let book = book::prepare(compilation);
    let mut files = vec![
        file("book.toml", summary::book_toml(&book)),
        file("SUMMARY.md", summary::summary(&book)),
        file("index.md", index::page(&book)),
    ];
    for page in reference::pages(&book) {
        files.push(file(&format!("{}.md", page.file), (page.write)(&book)));
    }
    if let Some(note) = &compilation.changes {
        files.push(file("changes.md", note::page(note)));
    }
    for id in compilation.model.categories.ids() {
        files.push(file(&format!("categories/{}.md", book.categories.files[id]), category::page(&book, id)));
    }
    for id in &book.order {
        files.push(file(&format!("entries/{}.md", book.entry_files[*id]), entry::page(&book, *id)));
    }
    for (name, to) in &book.former_files {
        files.push(file(&format!("entries/{name}.md"), entry::redirect(&book, *to)));
    }
    files
}

fn file(name: &str, text: String) -> OutputFile {
    OutputFile::text(format!("markdown/{name}"), text)
}

#[cfg(test)]
pub(super) mod tests;
