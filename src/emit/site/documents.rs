//! The pages of what entries refer to: contacts, documents and links, terms.

use askama::Template;

use super::frame::Head;
use super::view::View;

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

pub fn terms(view: View<'_>) -> Terms<'_> {
    Terms { view, head: Head::new(view.words.terms, "terms") }
}
