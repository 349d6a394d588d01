//! Owns the static web site: a table in, pages and scripts out. Refuses to know the model, and where the files go.
//!
//! [`Site`] lists its files and makes each when it is asked for, so that a preview makes only the pages that are looked at, and a
//! build needs no more memory than one page.

mod action;
mod category;
mod changes;
mod citations;
mod data;
mod documents;
mod entry;
mod frame;
mod home;
mod linked_data;
mod plan;
mod prose;
mod questions;
mod references;
pub mod scripts;
pub mod search;
mod sheet;
pub mod slice;
mod steps;
mod symptom;
mod view;
mod words;

use std::sync::OnceLock;

use askama::Template;

use super::table::build_table;
use super::{OutputFile, Sink};
use crate::diag::Diagnostics;
use crate::note::Note;
use crate::session::Compilation;
use crate::table::Table;
use plan::Plan;
use search::Pages;
use slice::Slicer;
use view::View;
use words::{Words, words};

/// The folder below the output folder.
const FOLDER: &str = "site";

/// Everything below `site/`. Reports what [`build_table`] reports.
pub fn write(compilation: &Compilation, diagnostics: &mut Diagnostics, sink: &mut Sink<'_>) {
    let site = Site::of(compilation, diagnostics);
    let writer = site.writer();
    for file in site.files() {
        sink(OutputFile::text(format!("{FOLDER}/{}", file.path), writer.text(&file)));
    }
}

/// A file of the site, to be made when it is wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// Relative to the site's folder, with `/`.
    pub path: String,
    content: Content,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Content {
    Home,
    Guide,
    Missing,
    Entry(u32),
    Symptom(u32),
    /// Leads on from a former id.
    FormerEntry(u32),
    FormerSymptom(u32),
    Symptoms(usize),
    Category(u32, usize),
    Sheet(usize),
    Questions(usize),
    Contacts,
    Documents,
    Terms,
    Changes,
    /// What the dialogue about a symptom needs.
    Slice(u32),
    /// A part of what the searches load.
    Search(usize),
    Asset(&'static str),
}

/// A table with what all of its pages share.
#[derive(Debug)]
pub struct Site {
    table: Table,
    plan: Plan,
    words: &'static Words,
    is_preview: bool,
    /// What changed since the release before.
    changes: Option<Note>,
    /// What the searches load, all made when the first of them is wanted.
    search: OnceLock<Vec<OutputFile>>,
}

impl Site {
    /// With the page of what changed, if that is known. Reports what [`build_table`] reports.
    pub fn of(compilation: &Compilation, diagnostics: &mut Diagnostics) -> Self {
        Self { changes: compilation.changes.clone(), ..Self::new(build_table(compilation, diagnostics)) }
    }

    pub fn new(table: Table) -> Self {
        let words = words(table.language);
        let plan = plan::plan(&table, words.other);
        Self { table, plan, words, is_preview: false, changes: None, search: OnceLock::new() }
    }

    /// Whose pages load a script that follows changes, at `/-/reload.js` of the server.
    pub fn preview(table: Table) -> Self {
        Self { is_preview: true, ..Self::new(table) }
    }

    /// All files, each path once.
    pub fn files(&self) -> Vec<File> {
        let mut files = Vec::with_capacity(self.table.entries.len() + self.table.symptoms.len());
        let mut add = |path: String, content| files.push(File { path, content });
        add("index.html".to_owned(), Content::Home);
        add("guide.html".to_owned(), Content::Guide);
        add("404.html".to_owned(), Content::Missing);
        add("contacts.html".to_owned(), Content::Contacts);
        add("documents.html".to_owned(), Content::Documents);
        add("terms.html".to_owned(), Content::Terms);
        if self.changes.is_some() {
            add("changes.html".to_owned(), Content::Changes);
        }
        let mut parts = |name: &str, count: usize, content: fn(usize) -> Content| {
            (0..count).for_each(|part| add(format!("{}.html", part_name(name, part)), content(part)));
        };
        parts("sheet", sheet::parts(&self.plan), Content::Sheet);
        parts("questions", questions::parts(&self.table), Content::Questions);
        parts("symptoms", symptom::parts(&self.plan), Content::Symptoms);
        for (index, category) in (0..).zip(&self.plan.categories) {
            for part in 0..category::parts(category) {
                add(format!("categories/{}.html", part_name(&category.name, part)), Content::Category(index, part));
            }
        }
        let mut pages = |folder: &str, names: &[String], content: fn(u32) -> Content| {
            (0..).zip(names).for_each(|(index, name)| add(format!("{folder}/{name}.html"), content(index)));
        };
        pages("entries", &self.plan.entries, Content::Entry);
        pages("symptoms", &self.plan.symptoms, Content::Symptom);
        for (index, name) in (0..).zip(&self.plan.symptoms) {
            add(format!("data/symptom/{name}.js"), Content::Slice(index));
        }
        for (part, name) in search::file_names(&self.table).into_iter().enumerate() {
            add(name, Content::Search(part));
        }
        for (name, entry) in &self.plan.former_entries {
            add(format!("entries/{name}.html"), Content::FormerEntry(*entry));
        }
        for (name, symptom) in &self.plan.former_symptoms {
            add(format!("symptoms/{name}.html"), Content::FormerSymptom(*symptom));
        }
        for (path, text) in frame::assets() {
            add(path, Content::Asset(text));
        }
        files
    }

    /// What makes the text of files.
    pub fn writer(&self) -> Writer<'_> {
        Writer { site: self, slicer: Slicer::new(&self.table) }
    }

    fn search_file(&self, part: usize) -> String {
        let pages = Pages { entries: &self.plan.entries, symptoms: &self.plan.symptoms, log_misses: None };
        let files = self.search.get_or_init(|| search::emit_search(&self.table, pages));
        files.get(part).map_or_else(String::new, |file| String::from_utf8_lossy(&file.bytes).into_owned())
    }

    fn view(&self, root: &'static str) -> View<'_> {
        View {
            table: &self.table,
            plan: &self.plan,
            words: self.words,
            root,
            is_preview: self.is_preview,
            has_changes: self.changes.is_some(),
        }
    }
}

/// Makes the text of files, one after the other.
pub struct Writer<'a> {
    site: &'a Site,
    slicer: Slicer<'a>,
}

impl Writer<'_> {
    /// What stands in one of the site's [files](Site::files).
    pub fn text(&self, file: &File) -> String {
        let view = self.site.view(if file.path.contains('/') { "../" } else { "" });
        match file.content {
            Content::Home => render(&home::home(view)),
            Content::Guide => render(&home::guide(view)),
            Content::Missing => render(&home::missing(view)),
            Content::Entry(entry) => entry::page(view, entry).map_or_else(String::new, |page| render(&page)),
            Content::FormerEntry(entry) => render(&frame::moved(view, view.entry_link(entry))),
            Content::Symptom(symptom) => symptom::page(view, symptom).map_or_else(String::new, |page| render(&page)),
            Content::FormerSymptom(symptom) => render(&frame::moved(view, view.symptom_link(symptom))),
            Content::Symptoms(part) => render(&symptom::list(view, part)),
            Content::Category(category, part) => {
                category::page(view, category, part).map_or_else(String::new, |page| render(&page))
            }
            Content::Sheet(part) => render(&sheet::page(view, part)),
            Content::Questions(part) => render(&questions::page(view, part)),
            Content::Contacts => render(&documents::contacts(view)),
            Content::Documents => render(&documents::documents(view)),
            Content::Terms => render(&documents::terms(view)),
            Content::Changes => {
                self.site.changes.as_ref().map_or_else(String::new, |note| render(&changes::page(view, note)))
            }
            Content::Slice(symptom) => self.slice(symptom),
            Content::Search(part) => self.site.search_file(part),
            Content::Asset(text) => text.to_owned(),
        }
    }

    fn slice(&self, symptom: u32) -> String {
        let name = self.site.plan.symptoms.get(symptom as usize).map_or("", String::as_str);
        let slice = self.slicer.slice(symptom);
        slice.map_or_else(String::new, |slice| data::slice(self.site.view(""), name, &slice.table))
    }
}

/// The name of a part of a list that is too long for one page. No id has such a name.
fn part_name(name: &str, part: usize) -> String {
    match part {
        0 => name.to_owned(),
        part => format!("{name}~p{}", part + 1),
    }
}

/// How many pages a list needs; an empty one has a page too.
fn count_parts(items: usize, on_a_page: usize) -> usize {
    items.div_ceil(on_a_page).max(1)
}

/// The items of a part.
fn part_of<T>(items: &[T], part: usize, on_a_page: usize) -> &[T] {
    items.chunks(on_a_page).nth(part).unwrap_or(&[])
}

fn render(page: &impl Template) -> String {
    page.render().expect("a template fails only where what it writes to does, and a string takes all")
}

#[cfg(test)]
mod tests;
