//! What prose and steps refer to: documents and their sections, links, contacts, terms and texts by value.

use std::collections::hash_map::Entry as Slot;

use crate::ast;
use crate::diag::{Code, Diagnostic};
use crate::model::{
    Contact, ContactId, Document, DocumentId, Id, IdVec, Link, LinkId, Section, SectionId, Term, TermId, TextByValue,
    TextCase, TextId, fold_name,
};

use super::prose::{resolve_optional, resolve_prose, resolve_steps, resolve_title};
use super::{Context, lookup, section};

/// Enters the sections of the document that comes next.
pub(super) fn declare_sections(cx: &mut Context, document: usize, sections: &[ast::Section]) -> Vec<SectionId> {
    let document = DocumentId::new(document);
    sections.iter().map(|section| declare_section(cx, document, section)).collect()
}

fn declare_section(cx: &mut Context, document: DocumentId, written: &ast::Section) -> SectionId {
    let number = written.number.map(|number| section::fold_number(cx.text(number.span)));
    let title = written.title.map(|title| fold_name(cx.text(title).trim()).into_owned());
    let url = written.url.map(|url| cx.text(url).to_owned());
    let key = number.clone().or(title.clone());
    let section = Section { document, span: written.span, number, title: written.title, url: written.url };
    let id = cx.model.sections.push(section);
    if let Some(key) = key {
        match cx.model.names.sections.entry((document, key)) {
            Slot::Vacant(slot) => {
                slot.insert(id);
            }
            Slot::Occupied(slot) => {
                let first = *slot.get();
                report_duplicate(cx, written, first);
            }
        }
    }
    for key in title.into_iter().chain(url) {
        cx.model.names.sections.entry((document, key)).or_insert(id);
    }
    id
}

fn report_duplicate(cx: &mut Context, section: &ast::Section, first: SectionId) {
    let span = section.number.map(|number| number.span).or(section.title).unwrap_or(section.span);
    let finding = Diagnostic::at(Code::DuplicateSection, span).text("name", cx.text(span));
    finding.label(cx.model.sections[first].span, "first").help("merge").push_to(cx.diagnostics);
}

pub(super) fn resolve_subjects(
    cx: &mut Context,
    documents: IdVec<DocumentId, &ast::Document>,
    links: IdVec<LinkId, &ast::Link>,
    contacts: IdVec<ContactId, &ast::Contact>,
) {
    let sections = cx.document_sections.clone();
    for (document, sections) in documents.into_iter().zip(sections) {
        let document = resolve_document(cx, document, sections);
        cx.model.documents.push(document);
    }
    for link in links {
        let id = cx.id(link.name);
        let title = resolve_title(cx, link.title.as_ref(), link.name);
        cx.model.links.push(Link { id, name: link.name.span, span: link.span, title, url: link.url });
    }
    for contact in contacts {
        let contact = resolve_contact(cx, contact);
        cx.model.contacts.push(contact);
    }
}

fn resolve_document(cx: &mut Context, document: &ast::Document, sections: Vec<SectionId>) -> Document {
    Document {
        id: cx.id(document.name),
        name: document.name.span,
        span: document.span,
        title: resolve_title(cx, document.title.as_ref(), document.name),
        sections,
        url: document.url,
        place: resolve_optional(cx, document.place.as_ref()),
        notes: resolve_steps(cx, &document.notes),
    }
}

fn resolve_contact(cx: &mut Context, contact: &ast::Contact) -> Contact {
    Contact {
        id: cx.id(contact.name),
        name: contact.name.span,
        span: contact.span,
        title: resolve_title(cx, contact.title.as_ref(), contact.name),
        url: contact.url,
        tel: resolve_optional(cx, contact.tel.as_ref()),
        mail: resolve_optional(cx, contact.mail.as_ref()),
        hours: resolve_optional(cx, contact.hours.as_ref()),
        tell: resolve_optional(cx, contact.tell.as_ref()),
        takes: contact.takes.map(|takes| takes.value),
        notes: resolve_steps(cx, &contact.notes),
    }
}

pub(super) fn resolve_words(
    cx: &mut Context,
    terms: IdVec<TermId, &ast::Term>,
    texts: IdVec<TextId, &ast::TextByValue>,
) {
    for term in terms {
        let term = Term {
            id: cx.id(term.name),
            name: term.name.span,
            span: term.span,
            avoid: term.avoid.clone(),
            meaning: resolve_optional(cx, term.meaning.as_ref()),
            reading: resolve_optional(cx, term.reading.as_ref()),
        };
        cx.model.terms.push(term);
    }
    for text in texts {
        let text = resolve_text(cx, text);
        cx.model.texts.push(text);
    }
}

fn resolve_text(cx: &mut Context, text: &ast::TextByValue) -> TextByValue {
    let by = lookup::find_fact(cx, text.by);
    let resolve = |case: &ast::TextCase| TextCase {
        span: case.span,
        value: case.value.clone(),
        text: resolve_prose(cx, &case.text),
    };
    let cases = text.cases.iter().map(resolve).collect();
    TextByValue { id: cx.id(text.name), name: text.name.span, span: text.span, by, cases }
}
