//! The pages that entries share: their registry, and those of documents, contacts, links, terms and texts by value.

use crate::model::{Contact, DocumentId, SectionId, TermId};
use crate::source::Span;

use super::book::{Book, Node};
use super::inline::{write_case_label, write_duration, write_prose};
use super::page::{Folder, Page, title};
use super::steps::write_attached;
use super::{fact, symptom};

/// A page that the whole knowledge base shares.
pub struct Shared {
    pub file: &'static str,
    pub title: &'static str,
    pub write: fn(&Book<'_>) -> String,
}

/// Each that has something on it.
pub fn pages(book: &Book<'_>) -> Vec<Shared> {
    let (model, words) = (book.model, book.words);
    let page = |file, title, write| Shared { file, title, write };
    let all = [
        (model.symptoms.is_empty(), page("symptoms", words.symptoms, symptom::page)),
        (model.facts.is_empty(), page("facts", words.facts, fact::page)),
        (model.documents.is_empty(), page("documents", words.documents, documents)),
        (model.contacts.is_empty(), page("contacts", words.contacts, contacts)),
        (model.links.is_empty(), page("links", words.links, links)),
        (!model.terms.ids().any(|id| is_told(book, id)), page("terms", words.terms, terms)),
        (model.texts.is_empty(), page("texts", words.texts, texts)),
    ];
    all.into_iter().filter(|(empty, _)| !empty).map(|(_, page)| page).collect()
}

pub fn documents(book: &Book<'_>) -> String {
    let mut page = start(book, book.words.documents);
    for (id, document) in book.model.documents.enumerate() {
        write_heading(&mut page, Node::Document(id));
        let first = &mut true;
        write_address(&mut page, first, document.url);
        if let Some(place) = &document.place {
            page.field(first, book.words.place, |page| write_prose(page, place));
        }
        write_attached(&mut page, &document.notes);
        write_citers(&mut page, Node::Document(id), book.words.cited_by);
        write_sections(&mut page, id);
    }
    page.out
}

pub fn contacts(book: &Book<'_>) -> String {
    let mut page = start(book, book.words.contacts);
    for (id, contact) in book.model.contacts.enumerate() {
        write_heading(&mut page, Node::Contact(id));
        if book.model.config.default_contact == Some(id) {
            page.block(|page| page.out.push_str(book.words.default_contact));
        }
        write_contact(&mut page, contact);
        write_attached(&mut page, &contact.notes);
        write_citers(&mut page, Node::Contact(id), book.words.cited_by);
    }
    page.out
}

pub fn links(book: &Book<'_>) -> String {
    let mut page = start(book, book.words.links);
    for (id, link) in book.model.links.enumerate() {
        write_heading(&mut page, Node::Link(id));
        write_address(&mut page, &mut true, Some(link.url));
        write_citers(&mut page, Node::Link(id), book.words.cited_by);
    }
    page.out
}

pub fn terms(book: &Book<'_>) -> String {
    let mut page = start(book, book.words.terms);
    for (id, term) in book.model.terms.enumerate().filter(|(id, _)| is_told(book, *id)) {
        write_heading(&mut page, Node::Term(id));
        if let Some(meaning) = &term.meaning {
            page.block(|page| write_prose(page, meaning));
        }
        let first = &mut true;
        if let Some(reading) = &term.reading {
            page.field(first, book.words.reading, |page| write_prose(page, reading));
        }
        if !term.avoid.is_empty() {
            page.field(first, book.words.avoid, |page| {
                page.list(&term.avoid, |page, span| page.text(book.sources.text(*span)));
            });
        }
        write_citers(&mut page, Node::Term(id), book.words.cited_by);
    }
    page.out
}

/// A term that only says how it is read is there for searches.
fn is_told(book: &Book<'_>, id: TermId) -> bool {
    let term = &book.model.terms[id];
    term.meaning.is_some() || !term.avoid.is_empty() || book.cited.contains_key(&Node::Term(id))
}

pub fn texts(book: &Book<'_>) -> String {
    let mut page = start(book, book.words.texts);
    page.in_text = true;
    for (id, text) in book.model.texts.enumerate() {
        write_heading(&mut page, Node::Text(id));
        if let Some(by) = &text.by {
            page.block(|page| {
                page.label(book.words.depends_on);
                page.link(Node::Fact(by.fact));
            });
        }
        let mut first = true;
        for case in &text.cases {
            page.bullet(&mut first, |page| {
                write_case_label(page, id, case);
                write_prose(page, &case.text);
            });
        }
        write_citers(&mut page, Node::Text(id), book.words.cited_by);
    }
    page.out
}

/// Who refers to it, if anybody does.
pub fn write_citers(page: &mut Page<'_>, node: Node, label: &str) {
    if let Some(citers) = page.book.cited.get(&node) {
        page.block(|page| {
            page.label(label);
            page.list(citers, |page, citer| page.link(*citer));
        });
    }
}

fn start<'b>(book: &'b Book<'b>, heading: &str) -> Page<'b> {
    let mut page = Page::new(book, Folder::Root);
    page.heading_word(1, heading);
    page
}

fn write_heading(page: &mut Page<'_>, node: Node) {
    let book = page.book;
    page.anchors(std::iter::once(book.anchor(node)));
    page.heading(2, |page| page.text(&title(book, node)));
}

fn write_address(page: &mut Page<'_>, first: &mut bool, url: Option<Span>) {
    if let Some(url) = url {
        let url = page.book.sources.text(url);
        page.field(first, page.book.words.address, |page| page.link_out(url, url));
    }
}

fn write_sections(page: &mut Page<'_>, id: DocumentId) {
    let sections = &page.book.model.documents[id].sections;
    for (index, section) in sections.iter().enumerate() {
        page.item("- ", index == 0, |page| write_section(page, *section));
    }
}

fn write_section(page: &mut Page<'_>, id: SectionId) {
    let book = page.book;
    let section = &book.model.sections[id];
    let title = section.title.map(|span| book.sources.text(span));
    let name = [section.number.as_deref(), title].into_iter().flatten().collect::<Vec<_>>().join(" ");
    page.block(|page| {
        page.anchor(book.anchor(Node::Section(id)));
        match section.url.map(|url| book.sources.text(url)) {
            Some(url) => page.link_out(&name, url),
            None => page.text(&name),
        }
    });
    write_citers(page, Node::Section(id), book.words.cited_by);
}

fn write_contact(page: &mut Page<'_>, contact: &Contact) {
    let words = page.book.words;
    let first = &mut true;
    write_address(page, first, contact.url);
    let fields = [
        (words.telephone, &contact.tel),
        (words.mail, &contact.mail),
        (words.hours, &contact.hours),
        (words.tell, &contact.tell),
    ];
    for (label, prose) in fields {
        if let Some(prose) = prose {
            page.field(first, label, |page| write_prose(page, prose));
        }
    }
    if let Some(seconds) = contact.takes {
        page.field(first, words.takes, |page| write_duration(page, seconds));
    }
}
