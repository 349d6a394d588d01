//! A knowledge base as the editor has it: its files, and the things that they declare and name, across files.

use std::path::{Path, PathBuf};

use super::mention::{EntryKey, Mention, Thing, What};
use super::page::Page;
use super::place::uri_of;
use crate::cli::load_files;
use crate::config::FILE_NAME;
use crate::model::Kind;
use crate::source::Span;

pub struct Book {
    /// The folder with the `faq.toml`; `None` for a file that stands alone.
    pub root: Option<PathBuf>,
    /// `faq.toml` first, then the rules in the order of their names.
    pub pages: Vec<Page>,
    /// Grows with each change; an analysis of an earlier state is not shown.
    pub revision: u64,
}

/// A place in one of the book's pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Spot {
    pub page: usize,
    pub span: Span,
}

impl Book {
    /// The knowledge base that a path lies in, or the file by itself.
    pub fn around(path: &Path) -> Self {
        let is_known = path.is_absolute();
        let root = path.ancestors().skip(1).find(|folder| is_known && folder.join(FILE_NAME).is_file());
        let mut book = Self { root: root.map(Path::to_owned), pages: Vec::new(), revision: 0 };
        book.read();
        if book.page_of(path).is_none() {
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            if let Some(uri) = uri_of(path) {
                let bytes = std::fs::read(path).unwrap_or_default();
                book.pages.push(Page::from_bytes(name, path.to_owned(), uri, bytes));
            }
        }
        book
    }

    /// Whether a path belongs here.
    pub fn holds(&self, path: &Path) -> bool {
        self.page_of(path).is_some() || self.root.as_ref().is_some_and(|root| path.starts_with(root))
    }

    pub fn page_of(&self, path: &Path) -> Option<usize> {
        self.pages.iter().position(|page| page.path == path)
    }

    /// Reads the folder again; open files stay as the editor has them.
    pub fn read(&mut self) {
        let Some(root) = &self.root else { return };
        let Ok(loaded) = load_files(root) else { return };
        let mut old = std::mem::take(&mut self.pages);
        for (input, path) in loaded.inputs.into_iter().zip(loaded.paths) {
            let known = old.iter().position(|page| page.path == path).map(|at| old.swap_remove(at));
            match (known, uri_of(&path)) {
                (Some(page), _) if page.version.is_some() => self.pages.push(page),
                (Some(page), _) if page.text.as_bytes() == input.bytes => self.pages.push(page),
                (_, Some(uri)) => self.pages.push(Page::from_bytes(input.name, path, uri, input.bytes)),
                (_, None) => {}
            }
        }
        // What is open but not saved yet is part of it as well.
        self.pages.extend(old.into_iter().filter(|page| page.version.is_some()));
        self.revision += 1;
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
        let mut found = Vec::new();
        for (at, page) in self.pages.iter().enumerate() {
            let about = page.mentions.iter().filter(|mention| self.is_about(mention, thing));
            found.extend(about.map(|mention| (Spot { page: at, span: mention.span }, mention)));
        }
        found
    }

    fn is_about(&self, mention: &Mention, thing: &Thing) -> bool {
        if let (What::UsesNumbers { first, last }, Thing::Named(Kind::Entry, name)) = (&mention.what, thing) {
            let numbers = *first..=(*last).min(first.saturating_add(1000));
            return numbers.into_iter().any(|number| self.entry_of_number(number) == Some(name));
        }
        could_be(mention, thing) && self.thing_of(mention).as_ref() == Some(thing)
    }
}

/// Whether the names are alike, which is quickly seen.
fn could_be(mention: &Mention, thing: &Thing) -> bool {
    let name = match thing {
        Thing::Named(_, name) => name,
        Thing::Action { action, .. } => action,
        Thing::Section { section, .. } => section,
        Thing::Value { value, .. } => value,
    };
    match &mention.what {
        What::Uses(_, used) | What::Holds(used) => used == name,
        What::UsesAction { action, .. } => action == name,
        What::Declares(other) | What::Refers(other) | What::Formerly(other, _) => other == thing,
        What::Numbers { .. } | What::UsesNumbers { .. } => false,
    }
}
