//! New names for things, in every file that names them.

use super::book::{Book, Spot};
use super::mention::{Mention, Thing, What};
use crate::model::{Kind, fold_name};

/// Why a thing cannot have a new name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// There is nothing with a name.
    Nothing,
    /// A number, which others may know by heart.
    Number,
    /// Something has the name already.
    Taken,
    /// It cannot be written as a name.
    NotAName,
}

impl Refusal {
    /// The key of the sentence that says so.
    pub fn key(self) -> &'static str {
        match self {
            Self::Nothing => "rename-nothing",
            Self::Number => "rename-number",
            Self::Taken => "rename-taken",
            Self::NotAName => "rename-no-name",
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

/// What to write where.
pub fn rename(book: &Book, thing: &Thing, new: &str) -> Result<Vec<(Spot, String)>, Refusal> {
    let new = new.trim();
    if new.is_empty() || new.contains(['"', '\n', '“', '”', '「', '」', '{', '}', '[', ']']) {
        return Err(Refusal::NotAName);
    }
    let folded = fold_name(new).into_owned();
    let renamed = with_name(thing, folded);
    if renamed != *thing && book.declares(&renamed) {
        return Err(Refusal::Taken);
    }
    let is_bare = is_bare(new);
    let mut edits = Vec::new();
    for (spot, mention) in book.mentions(thing) {
        match mention.what {
            What::UsesNumbers { .. } | What::Numbers { .. } | What::Formerly(..) => continue,
            _ => {}
        }
        let text = if is_bare || mention.quoted { new.to_owned() } else { format!("\"{new}\"") };
        edits.push((spot, text));
    }
    Ok(edits)
}

fn with_name(thing: &Thing, name: String) -> Thing {
    match thing {
        Thing::Named(kind, _) => Thing::Named(*kind, name),
        Thing::Action { entry, .. } => Thing::Action { entry: entry.clone(), action: name },
        Thing::Section { document, .. } => Thing::Section { document: document.clone(), section: name },
        Thing::Value { fact, .. } => Thing::Value { fact: fact.clone(), value: name },
    }
}

/// Whether it needs no quotes, and cannot be taken for anything else.
fn is_bare(name: &str) -> bool {
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | 'ー' | '々');
    !name.starts_with(|c: char| c.is_numeric()) && name.chars().all(is_part) && Kind::of_keyword(name).is_none()
}
