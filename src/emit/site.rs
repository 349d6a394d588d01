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

use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use askama::Template;

use super::table::build_table;
use super::{OutputFile, Sink};
use crate::config::{MissLog, SiteConfig};
use crate::diag::Diagnostics;
use crate::note::Note;
use crate::session::Compilation;
use crate::table::Table;
use plan::Plan;
use search::{Pages, SearchFiles};
use slice::Slicer;
use view::View;
use words::{Words, words};

/// The folder below the output folder.
const FOLDER: &str = "site";

/// Everything below `site/`. Reports what [`build_table`] reports.
pub fn write(compilation: &Compilation, diagnostics: &mut Diagnostics, sink: &mut Sink<'_>) {
    let site = Site::of(compilation, diagnostics);
    let writer = site.writer();
    let mut text = String::new();
    for file in site.files() {
        text.clear();
        writer.write(&file, &mut text);
        sink(OutputFile::text(format!("{FOLDER}/{}", file.path), text.as_str()));
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
    /// Leads the dialogue on from a former id, one of the plan's.
    FormerSlice(usize),
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
    miss_log: Option<MissLog>,
    is_preview: bool,
    /// What changed since the release before.
    changes: Option<Note>,
    /// What the searches load, all made when the first of them is wanted.
    search: OnceLock<Vec<OutputFile>>,
    last_search: LastSearch,
}

/// What the searches of the last version of a site load, from which the next one's is made.
pub type LastSearch = Arc<Mutex<SearchFiles>>;

impl Site {
    /// With the page of what changed, if that is known. Reports what [`build_table`] reports.
    pub fn of(compilation: &Compilation, diagnostics: &mut Diagnostics) -> Self {
        let table = build_table(compilation, diagnostics);
        Self { changes: compilation.changes.clone(), ..Self::new(table, &compilation.model.config.site) }
    }

    pub fn new(table: Table, config: &SiteConfig) -> Self {
        let words = words(table.language);
        let plan = plan::plan(&table, words.other);
        let miss_log = config.log_misses.clone();
        let (search, last_search) = (OnceLock::new(), LastSearch::default());
        Self { table, plan, words, miss_log, is_preview: false, changes: None, search, last_search }
    }

    /// Whose pages load a script that follows changes, at `/-/reload.js` of the server, and tell nobody what is searched for. One
    /// version after the other is given the same `last_search`.
    pub fn preview(table: Table, last_search: LastSearch) -> Self {
        Self { is_preview: true, last_search, ..Self::new(table, &SiteConfig::default()) }
    }

    /// All files, each path once.
    pub fn files(&self) -> Vec<File> {
        let mut files = self.pages();
        let search = self.search().iter().enumerate();
        files.extend(search.map(|(part, it)| File { path: it.path.clone(), content: Content::Search(part) }));
        files
    }

    /// All files but those that the searches load, which are made together.
    pub fn pages(&self) -> Vec<File> {
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
        for (name, entry) in &self.plan.former_entries {
            add(format!("entries/{name}.html"), Content::FormerEntry(*entry));
        }
        for (former, (name, symptom)) in self.plan.former_symptoms.iter().enumerate() {
            add(format!("symptoms/{name}.html"), Content::FormerSymptom(*symptom));
            add(format!("data/symptom/{name}.js"), Content::FormerSlice(former));
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

    /// What stands in a file that the searches load.
    pub fn search_text(&self, path: &str) -> Option<&str> {
        let is_below = path.starts_with(search::FOLDER);
        let file = is_below.then(|| self.search().iter().find(|it| it.path == path))??;
        std::str::from_utf8(&file.bytes).ok()
    }

    fn search(&self) -> &[OutputFile] {
        let log_misses = self.miss_log.as_ref().map(|log| match log {
            MissLog::Console => "console",
            MissLog::Address(address) => address,
        });
        let pages = Pages { entries: &self.plan.entries, symptoms: &self.plan.symptoms, log_misses };
        self.search.get_or_init(|| {
            let mut last = self.last_search.lock().unwrap_or_else(PoisonError::into_inner);
            let mut files = std::mem::take(&mut *last);
            let made = files.update(&self.table, pages);
            *last = files;
            made
        })
    }

    fn view(&self, root: &'static str) -> View<'_> {
        let connect = match &self.miss_log {
            _ if self.is_preview => Some("'self'"),
            Some(MissLog::Address(address)) => Some(address.as_str()),
            Some(MissLog::Console) | None => None,
        };
        View {
            table: &self.table,
            plan: &self.plan,
            words: self.words,
            root,
            is_preview: self.is_preview,
            has_changes: self.changes.is_some(),
            connect,
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
        let mut text = String::new();
        self.write(file, &mut text);
        text
    }

    /// Adds what stands in a file to a text, which can so be one for all files.
    pub fn write(&self, file: &File, out: &mut String) {
        let view = self.site.view(if file.path.contains('/') { "../" } else { "" });
        match file.content {
            Content::Home => render(&home::home(view), out),
            Content::Guide => render(&home::guide(view), out),
            Content::Missing => render(&home::missing(view), out),
            Content::Entry(entry) => render_found(entry::page(view, entry).as_ref(), out),
            Content::FormerEntry(entry) => render(&frame::moved(view, view.entry_link(entry)), out),
            Content::Symptom(symptom) => render_found(symptom::page(view, symptom).as_ref(), out),
            Content::FormerSymptom(symptom) => render(&frame::moved(view, view.symptom_link(symptom)), out),
            Content::Symptoms(part) => render(&symptom::list(view, part), out),
            Content::Category(category, part) => render_found(category::page(view, category, part).as_ref(), out),
            Content::Sheet(part) => render(&sheet::page(view, part), out),
            Content::Questions(part) => render(&questions::page(view, part), out),
            Content::Contacts => render(&documents::contacts(view), out),
            Content::Documents => render(&documents::documents(view), out),
            Content::Terms => render(&documents::terms(view), out),
            Content::Slice(symptom) => self.write_slice(symptom, out),
            Content::FormerSlice(former) => self.write_former_slice(former, out),
            Content::Search(part) => {
                let file = self.site.search().get(part);
                out.push_str(file.and_then(|it| std::str::from_utf8(&it.bytes).ok()).unwrap_or_default());
            }
            Content::Changes => {
                let page = self.site.changes.as_ref().map(|note| changes::page(view, note));
                render_found(page.as_ref(), out);
            }
            Content::Asset(text) => out.push_str(text),
        }
    }

    fn write_former_slice(&self, former: usize, out: &mut String) {
        let plan = &self.site.plan;
        let Some((former, symptom)) = plan.former_symptoms.get(former) else { return };
        if let Some(name) = plan.symptoms.get(*symptom as usize) {
            data::write_moved(former, name, out);
        }
    }

    fn write_slice(&self, symptom: u32, out: &mut String) {
        let name = self.site.plan.symptoms.get(symptom as usize).map_or("", String::as_str);
        if let Some(slice) = self.slicer.slice(symptom) {
            data::write_slice(self.site.view(""), name, &slice.table, out);
        }
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

fn render(page: &impl Template, out: &mut String) {
    page.render_into(out).expect("a template fails only where what it writes to does, and a string takes all");
}

/// Nothing for what is not there, which is never asked for.
fn render_found(page: Option<&impl Template>, out: &mut String) {
    if let Some(page) = page {
        render(page, out);
    }
}

#[cfg(test)]
mod tests;
