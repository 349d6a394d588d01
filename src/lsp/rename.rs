//! New names for things, in every file that names them.

use super::book::{Book, Spot};
use super::meaning::{self, Renaming};
use super::mention::{Mention, Thing, What};
use crate::language::Language;
use crate::model::{Kind, fold_name};

/// Why a thing cannot have a new name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// There is nothing with a name.
    Nothing,
    /// A number, which others may know by heart.
    Number,
    /// Something has the name already.
    Taken,
    /// It cannot be written as a name.
    NotAName,
    /// Something at a place, `file:line`, would mean something else.
    Meaning(String),
    /// Something would be wrong: what, and where.
    Finding(String),
    /// A file that is not in UTF-8.
    Encoding(String),
    /// Not all files can be read.
    Unread,
}

impl Refusal {
    /// The key of the sentence that says so.
    pub fn key(&self) -> &'static str {
        match self {
            Self::Nothing => "rename-nothing",
            Self::Number => "rename-number",
            Self::Taken => "rename-taken",
            Self::NotAName => "rename-no-name",
            Self::Meaning(_) => "rename-meaning",
            Self::Finding(_) => "rename-finding",
            Self::Encoding(_) => "rename-encoding",
            Self::Unread => "rename-unread",
        }
    }

    /// What the sentence names.
    pub fn name(&self) -> &str {
        match self {
            Self::Meaning(name) | Self::Finding(name) | Self::Encoding(name) => name,
            Self::Nothing | Self::Number | Self::Taken | Self::NotAName | Self::Unread => "",
        }
    }
}

/// The thing that a mention lets rename.
pub fn renamed(book: &Book, mention: &Mention) -> Result<Thing, Refusal> {
    match mention.what {
        What::Numbers { .. } | What::UsesNumbers { .. } => Err(Refusal::Number),
        _ => book.thing_of(mention).filter(|thing| book.declares(thing)).ok_or(Refusal::Nothing),
    }
}

/// What to write where, in the order of the places: in quotes where the bare name would be read as something else.
pub fn rename(book: &Book, thing: &Thing, new: &str, language: Language) -> Result<Vec<(Spot, String)>, Refusal> {
    let new = new.trim();
    let is_unwritable = |c: char| c.is_control() || matches!(c, '"' | '“' | '”' | '「' | '」' | '{' | '}' | '[' | ']');
    if new.is_empty() || new.contains(is_unwritable) {
        return Err(Refusal::NotAName);
    }
    let renamed = with_name(thing, fold_name(new).into_owned());
    if renamed != *thing && book.declares(&renamed) {
        return Err(Refusal::Taken);
    }
    let places = places(book, thing)?;
    let renaming = Renaming { from: thing, to: &renamed };
    let written = |is_bare: bool| {
        let edits = places.iter().map(|(spot, mention)| {
            (*spot, if is_bare || mention.quoted { new.to_owned() } else { format!("\"{new}\"") })
        });
        let edits: Vec<_> = edits.collect();
        meaning::check(book, &edits, &renaming, language).map(|()| edits)
    };
    match is_bare(new, thing).then(|| written(true)) {
        Some(Ok(edits)) => Ok(edits),
        Some(Err(_)) | None => written(false),
    }
}

/// Where the name is written.
fn places<'a>(book: &'a Book, thing: &Thing) -> Result<Vec<(Spot, &'a Mention)>, Refusal> {
    if book.failure.is_some() {
        return Err(Refusal::Unread);
    }
    let is_other = |what: &What| matches!(what, What::UsesNumbers { .. } | What::Numbers { .. } | What::Formerly(..));
    let mut places = book.mentions(thing);
    places.retain(|(_, mention)| !is_other(&mention.what));
    let mut pages = places.iter().filter_map(|(spot, _)| book.pages.get(spot.page));
    match pages.find(|page| !page.decoded.is_empty()) {
        Some(page) => Err(Refusal::Encoding(page.name.clone())),
        None => Ok(places),
    }
}

fn with_name(thing: &Thing, name: String) -> Thing {
    match thing {
        Thing::Named(kind, _) => Thing::Named(*kind, name),
        Thing::Action { entry, .. } => Thing::Action { entry: entry.clone(), action: name },
        Thing::Section { document, .. } => Thing::Section { document: document.clone(), section: name },
        Thing::Value { fact, .. } => Thing::Value { fact: fact.clone(), value: name },
    }
}

/// Whether it may need no quotes.
fn is_bare(name: &str, thing: &Thing) -> bool {
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | 'ー' | '々');
    let is_name = !name.starts_with(|c: char| c.is_numeric()) && name.chars().all(is_part);
    matches!(thing, Thing::Section { .. }) || is_name && Kind::of_keyword(name).is_none()
}
