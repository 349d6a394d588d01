//! What entries refer to, as the site's search finds it: contacts, documents with their sections, links, terms that have a meaning. Refuses
//! to know how it is searched.

use serde_json::Value;

use super::super::prose::plain;
use super::super::words::{Words, words};
use crate::emit::names::safe;
use crate::table::{Contact, Document, Prose, Section, Table, Term};

/// Of each its address on the site, the text that is shown, and others that lead to it as well. Pages that list them come first.
pub(super) fn others(table: &Table) -> Value {
    let words = words(table.language);
    let mut items = pages(table, words);
    items.extend(table.contacts.iter().map(|it| contact(it, words)));
    items.extend(table.documents.iter().flat_map(document));
    items.extend(table.links.iter().map(|it| {
        let href = format!("documents.html#link.{}", safe(&it.id));
        item(href, title(&it.title, &it.id), [it.url.clone()])
    }));
    items.extend(table.terms.iter().filter(|it| !it.meaning.is_empty()).map(term));
    items.into()
}

fn item(href: impl Into<String>, title: impl Into<String>, others: impl IntoIterator<Item = String>) -> Value {
    let texts = [href.into(), title.into()].into_iter().chain(others.into_iter().filter(|it| !it.is_empty()));
    texts.collect()
}

fn pages(table: &Table, words: &Words) -> Vec<Value> {
    let mut pages = Vec::new();
    if !table.contacts.is_empty() {
        pages.push(item("contacts.html", words.contacts, [words.contacts_lead.to_owned()]));
    }
    if !table.documents.is_empty() || !table.links.is_empty() {
        pages.push(item("documents.html", words.documents, []));
    }
    if table.terms.iter().any(|it| !it.meaning.is_empty()) {
        pages.push(item("terms.html", words.terms, []));
    }
    pages
}

fn contact(it: &Contact, words: &Words) -> Value {
    let named =
        |name: &str, text: &Prose| if text.is_empty() { String::new() } else { format!("{name} {}", plain(text)) };
    let texts = [named(words.call, &it.tel), named(words.mail, &it.mail), it.url.clone().unwrap_or_default()];
    item(format!("contacts.html#contact.{}", safe(&it.id)), title(&it.title, &it.id), texts)
}

fn document(it: &Document) -> Vec<Value> {
    let name = title(&it.title, &it.id);
    let href = format!("documents.html#document.{}", safe(&it.id));
    let whole = item(href, name.as_str(), [plain(&it.place), it.url.clone().unwrap_or_default()]);
    std::iter::once(whole).chain(it.sections.iter().map(|it| section(it, &name))).collect()
}

fn section(it: &Section, document: &str) -> Value {
    let parts: Vec<&str> = it.number.iter().chain(&it.title).map(String::as_str).collect();
    item(format!("documents.html#section.{}", safe(&it.id)), parts.join(" "), [document.to_owned()])
}

fn term(it: &Term) -> Value {
    let texts = std::iter::once(plain(&it.reading)).chain(it.avoid.iter().cloned());
    item(format!("terms.html#term.{}", safe(&it.id)), it.id.as_str(), texts)
}

/// Never empty.
fn title(title: &Prose, id: &str) -> String {
    let title = plain(title);
    if title.trim().is_empty() { id.to_owned() } else { title }
}
