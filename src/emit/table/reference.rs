//! Contacts, documents, links, words, and texts that depend on a fact. Refuses to know who refers to them.

use super::rows::Conditions;
use super::{Writer, wire};
use crate::domain::Meanings;
use crate::logic::Formula;
use crate::model::{self, SectionId};
use crate::session::Compilation;
use crate::table::{Contact, Document, Link, Section, Term, Text, TextCase};

impl<C: Conditions> Writer<'_, C> {
    pub(super) fn contacts(&mut self) -> Vec<Contact> {
        self.compilation.model.contacts.iter().map(|contact| self.contact(contact)).collect()
    }

    fn contact(&mut self, contact: &model::Contact) -> Contact {
        Contact {
            id: contact.id.clone(),
            title: self.prose(&contact.title),
            url: contact.url.map(|span| self.compilation.sources.text(span).to_owned()),
            tel: self.maybe_prose(contact.tel.as_ref()),
            mail: self.maybe_prose(contact.mail.as_ref()),
            hours: self.maybe_prose(contact.hours.as_ref()),
            tell: self.maybe_prose(contact.tell.as_ref()),
            seconds: contact.takes,
            notes: self.steps(&contact.notes),
        }
    }

    pub(super) fn documents(&mut self) -> Vec<Document> {
        self.compilation.model.documents.iter().map(|document| self.document(document)).collect()
    }

    fn document(&mut self, document: &model::Document) -> Document {
        Document {
            id: document.id.clone(),
            title: self.prose(&document.title),
            url: document.url.map(|span| self.compilation.sources.text(span).to_owned()),
            place: self.maybe_prose(document.place.as_ref()),
            sections: document.sections.iter().map(|id| section(*id, self.compilation)).collect(),
            notes: self.steps(&document.notes),
        }
    }

    pub(super) fn texts(&mut self) -> Vec<Text> {
        self.compilation.model.texts.iter().map(|text| self.text_by_value(text)).collect()
    }

    fn text_by_value(&mut self, text: &model::TextByValue) -> Text {
        let mut still_open = Formula::Const(true);
        let mut cases = Vec::with_capacity(text.cases.len());
        for case in &text.cases {
            let own = self.case_formula(text, case);
            let formula = Meanings::and([still_open.clone(), own.clone()]);
            still_open = Meanings::and([still_open, Meanings::not(&own)]);
            let fact = text.by.map(|by| by.fact);
            cases.push(TextCase {
                when: case.value.as_ref().zip(fact).map(|(value, fact)| self.value_words(fact, value)),
                condition: self.conditions.add(formula, case.span),
                text: self.prose(&case.text),
            });
        }
        Text { id: text.id.clone(), cases }
    }

    fn case_formula(&self, text: &model::TextByValue, case: &model::TextCase) -> Formula {
        let Some(value) = &case.value else { return Formula::Const(true) };
        let test = self.compilation.types.values.get(&value.span);
        match text.by.zip(test) {
            Some((by, test)) => self.meanings.test(by.fact, test),
            None => Formula::Const(false),
        }
    }
}

fn section(id: SectionId, compilation: &Compilation) -> Section {
    let Compilation { model, sources, .. } = compilation;
    let section = &model.sections[id];
    Section {
        id: wire::section_id(id, model, sources),
        number: section.number.clone(),
        title: section.title.map(|span| sources.text(span).to_owned()),
        url: section.url.map(|span| sources.text(span).to_owned()),
    }
}

pub(super) fn links(compilation: &Compilation) -> Vec<Link> {
    let link = |link: &model::Link| Link {
        id: link.id.clone(),
        title: wire::prose(&link.title, compilation),
        url: compilation.sources.text(link.url).to_owned(),
    };
    compilation.model.links.iter().map(link).collect()
}

pub(super) fn terms(compilation: &Compilation) -> Vec<Term> {
    let maybe = |prose: Option<&model::Prose>| prose.map_or_else(Vec::new, |prose| wire::prose(prose, compilation));
    let term = |term: &model::Term| Term {
        id: term.id.clone(),
        avoid: wire::texts(&term.avoid, &compilation.sources),
        meaning: maybe(term.meaning.as_ref()),
        reading: maybe(term.reading.as_ref()),
    };
    compilation.model.terms.iter().map(term).collect()
}
