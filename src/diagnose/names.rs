//! What is meant by the names of symptoms, questions, actions and contacts as somebody typed them.

use crate::diag::{Arg, Code, Diagnostic, nearest};
use crate::model::fold_name;
use crate::plain::{Voice, contact_title, symptom_title};
use crate::runtime::{fold, question_named};
use crate::table::{Action, Entry, Table};

/// A name that nothing of its kind has.
pub(super) struct Unnamed {
    written: String,
    /// A word of the catalogue.
    kind: &'static str,
    known: Vec<String>,
}

impl From<Unnamed> for Box<Diagnostic> {
    fn from(it: Unnamed) -> Self {
        let finding = Diagnostic::general(Code::UnknownNode).text("name", &it.written).word("kind", it.kind);
        Self::new(match nearest_of(&it.written, &it.known) {
            Some(near) => finding.text("suggestion", near).help("did-you-mean"),
            None if it.known.is_empty() => finding,
            None => finding.arg("known", some_of(it.known)).help("known"),
        })
    }
}

/// So many names are told to somebody who gave one that nothing has.
const MOST_NAMES: usize = 8;

fn some_of(names: Vec<String>) -> Arg {
    let more = (names.len() > MOST_NAMES).then(|| "…".to_owned());
    let names = names.into_iter().take(MOST_NAMES).chain(more);
    Arg::List(names.map(Arg::Text).collect())
}

fn nearest_of<'a>(written: &str, names: &'a [String]) -> Option<&'a str> {
    nearest(&fold_name(written.trim()).to_lowercase(), names.iter().map(String::as_str))
}

/// A symptom by its id, an id it had before, or its title.
pub(super) fn symptom(voice: Voice<'_>, written: &str) -> Result<u32, Unnamed> {
    let symptoms = &voice.table.symptoms;
    let name = fold_name(written.trim());
    let by_id = symptoms.iter().position(|it| it.id == *name || it.formerly.iter().any(|id| *id == *name));
    let title = fold(written);
    let titled =
        || (0..symptoms.len()).find(|at| !title.is_empty() && fold(&symptom_title(voice, *at as u32)) == title);
    let found = by_id.or_else(titled).map(|at| at as u32);
    found.ok_or_else(|| unnamed(written, "symptom", symptoms.iter().map(|it| it.id.clone())))
}

/// The name by which the table knows a question, or one value of it to choose.
pub(super) fn fact(table: &Table, written: &str) -> Result<String, Unnamed> {
    let name = fold_name(written.trim());
    let label = fold(written);
    let labelled = || table.questions.iter().find(|it| !label.is_empty() && fold(&it.label) == label);
    if question_named(table, &name).is_some() || table.facts.iter().any(|it| it.id == *name) {
        return Ok(name.into_owned());
    }
    match question_named(table, written.trim()).and_then(|it| table.questions.get(it as usize)).or_else(labelled) {
        Some(question) => Ok(question.id.clone()),
        None => {
            let facts = table.facts.iter().filter(|it| it.id.contains('/')).map(|it| it.id.clone());
            Err(unnamed(written, "fact", table.questions.iter().map(|it| it.id.clone()).chain(facts)))
        }
    }
}

/// An action by `ENTRY/ACTION`, the entry by its id, an id it had before, or its number, the action by its name or its number.
pub(super) fn action(table: &Table, written: &str) -> Result<u32, Unnamed> {
    let name = fold_name(written.trim());
    let find = |is: &dyn Fn(&Action) -> bool| table.actions.iter().position(|it| is(it)).map(|at| at as u32);
    let within = || {
        let (entry, action) = name.rsplit_once('/')?;
        let entry = self::entry(table, entry)?;
        let is_named = |it: &Action| it.id.rsplit_once('/').is_some_and(|(_, own)| own == action);
        find(&|it| it.entry == entry && (is_named(it) || it.number == action))
    };
    let found = find(&|it| it.id == *name).or_else(within);
    found.ok_or_else(|| unnamed(written, "action", table.actions.iter().map(|it| it.id.clone())))
}

fn entry(table: &Table, written: &str) -> Option<u32> {
    let number = written.trim_start_matches(|c: char| !c.is_ascii_digit()).parse::<u32>().ok();
    let is_meant = |it: &Entry| it.id == written || it.formerly.iter().any(|id| id == written);
    let by_number = || table.entries.iter().position(|it| number.is_some() && it.number == number);
    table.entries.iter().position(|it| is_meant(it)).or_else(by_number).map(|at| at as u32)
}

/// A contact by its id or title.
pub(super) fn contact(voice: Voice<'_>, written: &str) -> Result<u32, Unnamed> {
    let contacts = &voice.table.contacts;
    let name = fold_name(written.trim());
    let titled = || (0..contacts.len()).find(|at| fold(&contact_title(voice, *at as u32)) == fold(written));
    let found = contacts.iter().position(|it| it.id == *name).or_else(titled).map(|at| at as u32);
    found.ok_or_else(|| unnamed(written, "contact", contacts.iter().map(|it| it.id.clone())))
}

fn unnamed(written: &str, kind: &'static str, known: impl Iterator<Item = String>) -> Unnamed {
    Unnamed { written: written.trim().to_owned(), kind, known: known.collect() }
}
