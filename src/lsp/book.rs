//! A knowledge base as the editor has it: its files, and the things that they declare and name, across files.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use lsp_types::Uri;

use super::mention::{EntryKey, Mention, Thing, What};
use super::page::Page;
use super::place::uri_of;
use crate::cli::{Failure, load_files};
use crate::config::FILE_NAME;
use crate::diag::Diagnostic;
use crate::model::Kind;
use crate::session::Input;
use crate::source::Span;

pub struct Book {
    /// The folder with the `faq.toml`; `None` for a file that stands alone.
    pub root: Option<PathBuf>,
    /// `faq.toml` first, then the rules in the order of their names.
    pub pages: Vec<Page>,
    /// Another one after each change, and never that of another book; an analysis of an earlier state is not shown.
    pub revision: u64,
    /// The revision that was analysed last.
    analysed: Option<u64>,
    /// Why the folder could not be read; the pages are then not all of its files.
    pub failure: Option<Box<Diagnostic>>,
}

/// A place in one of the book's pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Spot {
    pub page: usize,
    pub span: Span,
}

impl Book {
    /// The knowledge base that a path lies in, or an empty one for the file by itself.
    pub fn around(path: &Path) -> Self {
        let root = root_of(path).map(Path::to_owned);
        let mut book = Self { root, pages: Vec::new(), revision: fresh_revision(), analysed: None, failure: None };
        book.read();
        book
    }

    /// These files as they would be.
    pub fn of(files: impl Iterator<Item = (String, Arc<str>, Uri)>) -> Self {
        let pages = files.map(|(name, text, uri)| {
            let mut page = Page::empty(name, PathBuf::new(), uri);
            page.set_text(text);
            page
        });
        Self { root: None, pages: pages.collect(), revision: 0, analysed: None, failure: None }
    }

    /// What tells it from other books: its folder, or its only file.
    pub fn key(&self) -> Option<&PathBuf> {
        self.root.as_ref().or_else(|| Some(&self.pages.first()?.path))
    }

    /// Whether a path belongs here.
    pub fn holds(&self, path: &Path) -> bool {
        self.page_of(path).is_some() || self.root.as_ref().is_some_and(|root| path.starts_with(root))
    }

    /// Whether a `faq.toml` has come or gone since the book was made.
    pub fn is_misplaced(&self) -> bool {
        match &self.root {
            Some(root) => !root.join(FILE_NAME).is_file(),
            None => self.pages.iter().any(|page| root_of(&page.path).is_some()),
        }
    }

    pub fn page_of(&self, path: &Path) -> Option<usize> {
        self.pages.iter().position(|page| page.path == path)
    }

    /// The page of a path, which is made when there is none.
    pub fn add(&mut self, path: &Path, uri: &Uri) -> usize {
        if let Some(at) = self.page_of(path) {
            return at;
        }
        let name = match &self.root {
            Some(root) => path.strip_prefix(root).unwrap_or(path).to_string_lossy().replace('\\', "/"),
            None => path.file_name().unwrap_or_default().to_string_lossy().into_owned(),
        };
        let bytes = std::fs::read(path).unwrap_or_default();
        self.pages.push(Page::from_bytes(name, path.to_owned(), uri.clone(), bytes));
        self.touch();
        self.pages.len() - 1
    }

    /// Something has changed.
    pub fn touch(&mut self) {
        self.revision = fresh_revision();
    }

    /// Reads the files again; open ones stay as the editor has them.
    pub fn read(&mut self) {
        match self.root.as_deref().map(load_files) {
            Some(Ok(loaded)) => {
                let has_failed = self.failure.take().is_some();
                if self.take_files(loaded.inputs.into_iter().zip(loaded.paths)) || has_failed {
                    self.touch();
                }
            }
            Some(Err(Failure(why))) => self.fail(why),
            None => {
                let files = self.pages.iter().map(|page| {
                    let bytes = std::fs::read(&page.path).unwrap_or_default();
                    (Input { name: page.name.clone(), bytes }, page.path.clone())
                });
                let files: Vec<_> = files.collect();
                if self.take_files(files.into_iter()) {
                    self.touch();
                }
            }
        }
    }

    /// Whether anything is not as it was.
    fn take_files(&mut self, files: impl Iterator<Item = (Input, PathBuf)>) -> bool {
        let mut old = std::mem::take(&mut self.pages);
        let before: Vec<PathBuf> = old.iter().map(|page| page.path.clone()).collect();
        let mut is_changed = false;
        for (input, path) in files {
            let known = old.iter().position(|page| page.path == path).map(|at| old.remove(at));
            let is_open = |page: &Page| page.version.is_some();
            let is_as_read = |page: &Page, bytes: &[u8]| page.decoded.is_empty() && page.text.as_bytes() == bytes;
            match (known, uri_of(&path)) {
                (Some(page), _) if is_open(&page) || is_as_read(&page, &input.bytes) => self.pages.push(page),
                (known, Some(uri)) => {
                    let uri = known.as_ref().map_or(uri, |page| page.uri.clone());
                    let read = Page::from_bytes(input.name, path, uri, input.bytes);
                    let is_same =
                        |page: &Page| page.text == read.text && page.decoded.is_empty() == read.decoded.is_empty();
                    let same = known.filter(is_same);
                    is_changed |= same.is_none();
                    self.pages.push(same.unwrap_or(read));
                }
                (_, None) => {}
            }
        }
        // What is open but not saved yet is part of it as well.
        self.pages.extend(old.into_iter().filter(|page| page.version.is_some()));
        is_changed || !self.pages.iter().map(|page| &page.path).eq(&before)
    }

    /// Keeps what is known of the files, without what an analysis of them all has found.
    fn fail(&mut self, why: Box<Diagnostic>) {
        self.failure = Some(why);
        for page in &mut self.pages {
            page.analysed.clear();
            (page.is_fresh, page.is_shown) = (false, false);
        }
        let config = self.root.as_ref().map(|root| root.join(FILE_NAME));
        if let Some((path, uri)) = config.and_then(|path| Some((path.clone(), uri_of(&path)?))) {
            self.add(&path, &uri);
        }
        self.touch();
    }

    /// Takes over what the analysis of the latest revision has found; files are numbered as the pages.
    pub fn take_findings(&mut self, findings: Vec<Diagnostic>) {
        let mut by_page = vec![Vec::new(); self.pages.len()];
        for finding in findings {
            let file = finding.span.map_or(0, |span| span.file.0 as usize);
            if let Some(list) = by_page.get_mut(file) {
                list.push(finding);
            }
        }
        self.pages.iter_mut().zip(by_page).for_each(|(page, found)| page.take_findings(found));
        self.analysed = Some(self.revision);
    }

    /// Whether what the analysis has found, wherever it points to, is about the texts as they are now.
    pub fn is_analysed(&self) -> bool {
        self.analysed == Some(self.revision)
    }

    pub fn declares(&self, thing: &Thing) -> bool {
        self.pages.iter().any(|page| page.declared.contains_key(thing))
    }

    /// Where a thing is declared.
    pub fn declaration(&self, thing: &Thing) -> Option<Spot> {
        self.pages.iter().enumerate().find_map(|(at, page)| {
            let mention = page.mentions.get(*page.declared.get(thing)?)?;
            Some(Spot { page: at, span: mention.span })
        })
    }

    pub fn entry_of_number(&self, number: u32) -> Option<&str> {
        self.pages.iter().find_map(|page| page.numbers.get(&number)).map(String::as_str)
    }

    /// The thing of a name, under its present name.
    fn named(&self, kinds: &[Kind], name: &str) -> Option<Thing> {
        let declared = kinds.iter().map(|kind| Thing::Named(*kind, name.to_owned())).find(|thing| self.declares(thing));
        declared.or_else(|| {
            let former =
                |page: &Page| kinds.iter().find_map(|kind| page.former.get(&(*kind, name.to_owned())).cloned());
            self.pages.iter().find_map(former)
        })
    }

    /// What a mention is about; the first entry of a range.
    pub fn thing_of(&self, mention: &Mention) -> Option<Thing> {
        match &mention.what {
            What::Declares(thing) | What::Formerly(thing, _) => Some(thing.clone()),
            What::Refers(thing) => Some(thing.clone()).filter(|thing| self.declares(thing)),
            What::Numbers { entry, .. } => Some(Thing::Named(Kind::Entry, entry.clone())),
            What::Uses(kinds, name) => self.named(kinds, name),
            What::Holds(name) => self.named(&[Kind::Fact], name).or_else(|| self.value(name)),
            What::UsesNumbers { first, .. } => self.entry_thing(&EntryKey::Number(*first)),
            What::UsesAction { entry, action } => match self.entry_thing(entry)? {
                Thing::Named(_, entry) => {
                    Some(Thing::Action { entry, action: action.clone() }).filter(|thing| self.declares(thing))
                }
                Thing::Action { .. } | Thing::Section { .. } | Thing::Value { .. } => None,
            },
        }
    }

    fn entry_thing(&self, key: &EntryKey) -> Option<Thing> {
        match key {
            EntryKey::Name(name) => self.named(&[Kind::Entry], name),
            EntryKey::Number(number) => Some(Thing::Named(Kind::Entry, self.entry_of_number(*number)?.to_owned())),
        }
    }

    /// A value that one fact alone has.
    fn value(&self, value: &str) -> Option<Thing> {
        let mut holders = self.pages.iter().filter_map(|page| page.holders.get(value)).flatten();
        let fact = holders.next()?.clone();
        holders.next().is_none().then(|| Thing::Value { fact, value: value.to_owned() })
    }

    /// Every mention of a thing, with its declarations.
    pub fn mentions(&self, thing: &Thing) -> Vec<(Spot, &Mention)> {
        (0..self.pages.len()).flat_map(|at| self.mentions_in(at, thing)).collect()
    }

    /// Those in one page.
    pub fn mentions_in(&self, at: usize, thing: &Thing) -> Vec<(Spot, &Mention)> {
        let Some(page) = self.pages.get(at) else { return Vec::new() };
        let about = page.mentions.iter().filter(|mention| self.is_about(mention, thing));
        about.map(|mention| (Spot { page: at, span: mention.span }, mention)).collect()
    }

    fn is_about(&self, mention: &Mention, thing: &Thing) -> bool {
        if let (What::UsesNumbers { first, last }, Thing::Named(Kind::Entry, name)) = (&mention.what, thing) {
            let numbers = *first..=(*last).min(first.saturating_add(1000));
            return numbers.into_iter().any(|number| self.entry_of_number(number) == Some(name));
        }
        could_be(mention, thing) && self.thing_of(mention).as_ref() == Some(thing)
    }
}

fn fresh_revision() -> u64 {
    static LAST: AtomicU64 = AtomicU64::new(0);
    LAST.fetch_add(1, Ordering::Relaxed) + 1
}

/// The nearest folder around a file with a `faq.toml`.
fn root_of(path: &Path) -> Option<&Path> {
    let is_known = path.is_absolute();
    path.ancestors().skip(1).find(|folder| is_known && folder.join(FILE_NAME).is_file())
}

/// Whether the names are alike, which is quickly seen.
fn could_be(mention: &Mention, thing: &Thing) -> bool {
    let name = thing.name();
    match &mention.what {
        What::Uses(_, used) | What::Holds(used) => used == name,
        What::UsesAction { action, .. } => action == name,
        What::Declares(other) | What::Refers(other) | What::Formerly(other, _) => other == thing,
        What::Numbers { .. } | What::UsesNumbers { .. } => false,
    }
}
