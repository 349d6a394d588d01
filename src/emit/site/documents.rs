//! The pages of what entries refer to: contacts, documents and links, terms.

use askama::Template;

use super::frame::Head;
use super::view::View;
use crate::table::Term;

#[derive(Template)]
#[template(path = "contacts.html")]
pub struct Contacts<'a> {
    view: View<'a>,
    head: Head,
}

pub fn contacts(view: View<'_>) -> Contacts<'_> {
    let head = Head { description: view.words.contacts_lead.to_owned(), ..Head::new(view.words.contacts, "contacts") };
    Contacts { view, head }
}

#[derive(Template)]
#[template(path = "documents.html")]
pub struct Documents<'a> {
    view: View<'a>,
    head: Head,
}

pub fn documents(view: View<'_>) -> Documents<'_> {
    Documents { view, head: Head::new(view.words.documents, "documents") }
}

#[derive(Template)]
#[template(path = "terms.html")]
pub struct Terms<'a> {
    view: View<'a>,
    head: Head,
}

impl Terms<'_> {
    fn explained(&self) -> impl Iterator<Item = &Term> {
        self.view.table.terms.iter().filter(|it| !it.meaning.is_empty())
    }

    /// Those of which nothing is said but how they are read.
    fn others(&self) -> impl Iterator<Item = &Term> {
        self.view.table.terms.iter().filter(|it| it.meaning.is_empty() && is_for_readers(it))
    }
}

/// Whether a term has a place: one that only says how to spell a word is for writers.
pub fn is_for_readers(term: &Term) -> bool {
    !term.meaning.is_empty() || !term.reading.is_empty()
}

pub fn terms(view: View<'_>) -> Terms<'_> {
    Terms { view, head: Head::new(view.words.terms, "terms") }
}
