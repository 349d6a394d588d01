//! Symptoms, questions, and what texts refer to, as lines. Refuses to know who uses them.

use super::{Line, Teller};
use crate::ast::Policy;
use crate::diff::version::Version;
use crate::language::Language;
use crate::logic::Formula;
use crate::model::{
    ContactId, DocumentId, Fact, FactId, IfUnknown, LinkId, Prose, SectionId, SymptomId, Target, TermId, Type,
};
use crate::source::Span;
use crate::speech;
use crate::types::Test;

/// What the knowledge base says of itself.
pub fn base(version: &Version<'_>, language: Language) -> Vec<Line> {
    let mut teller = Teller::new(version, language);
    let config = &version.model().config;
    teller.push(config.title.clone(), Vec::new());
    teller.list(teller.words.default_contact, config.default_contact.map(Target::Contact).into_iter().collect());
    teller.finish()
}

/// A symptom without its entries.
pub fn symptom(version: &Version<'_>, id: SymptomId, language: Language) -> Vec<Line> {
    let mut teller = Teller::new(version, language);
    let (symptom, words) = (&version.model().symptoms[id], teller.words);
    teller.prose("", &symptom.title);
    for message in &symptom.messages {
        let lines: Vec<&str> = message.lines.iter().map(|line| teller.text(*line).trim()).collect();
        let language = message
            .language
            .map_or_else(String::new, |it| format!("{}{}{}", words.open_paren, teller.text(it), words.close_paren));
        teller.push(format!("{}{}{}{language}", words.open_quote, lines.join(" "), words.close_quote), Vec::new());
    }
    teller.maybe(words.during, symptom.during.as_ref());
    if !symptom.also.is_empty() {
        let also: Vec<&str> = symptom.also.iter().map(|span| teller.text(*span)).collect();
        teller.field(words.also, &also.join(words.comma));
    }
    teller.steps(&symptom.notes);
    if let Some(policy) = symptom.policy {
        let (label, text) = policy_words(policy, language);
        teller.guidance(label, text, text.to_owned(), Vec::new());
    }
    teller.finish()
}

/// What a front end may do where several entries apply.
fn policy_words(policy: Policy, language: Language) -> (&'static str, &'static str) {
    match (policy, language) {
        (Policy::First, Language::Japanese) => ("複数当てはまる場合", "最初のもの"),
        (Policy::Unique, Language::Japanese) => ("複数当てはまる場合", "ひとつだけのはず"),
        (Policy::Any, Language::Japanese) => ("複数当てはまる場合", "どれも同じ"),
        (Policy::Collect, Language::Japanese) => ("複数当てはまる場合", "すべて"),
        (Policy::First, Language::English) => ("When several apply", "the first"),
        (Policy::Unique, Language::English) => ("When several apply", "only one is meant to"),
        (Policy::Any, Language::English) => ("When several apply", "they say the same"),
        (Policy::Collect, Language::English) => ("When several apply", "all of them"),
    }
}

/// A question, how to find its answer out, and the answers.
pub fn fact(version: &Version<'_>, id: FactId, language: Language) -> Vec<Line> {
    let mut teller = Teller::new(version, language);
    let (fact, words) = (&version.model().facts[id], teller.words);
    teller.push(teller.title(&Target::Fact(id)), Vec::new());
    teller.maybe(words.question, fact.ask.as_ref());
    teller.values(id, fact);
    for check in &fact.checks {
        let said = teller.when_words(check.when.as_slice());
        let steps = |teller: &mut Teller<'_>| teller.steps(&check.steps);
        teller.within(check.when.as_slice(), &Formula::Const(true), Some(&said), steps);
    }
    for shows in &fact.shows {
        let value = speech::value(version.speech(language), id, &shows.value);
        teller.field(&value, teller.text(shows.text));
    }
    teller.unknown(id, fact);
    teller.takes(fact.takes);
    teller.steps(&fact.notes);
    teller.finish()
}

pub fn document(version: &Version<'_>, id: DocumentId, language: Language) -> Vec<Line> {
    let mut teller = Teller::new(version, language);
    let (document, words) = (&version.model().documents[id], teller.words);
    teller.prose("", &document.title);
    teller.address(document.url);
    teller.maybe(words.place, document.place.as_ref());
    document.sections.iter().for_each(|id| teller.section(*id));
    teller.steps(&document.notes);
    teller.finish()
}

pub fn link(version: &Version<'_>, id: LinkId, language: Language) -> Vec<Line> {
    let mut teller = Teller::new(version, language);
    let link = &version.model().links[id];
    teller.prose("", &link.title);
    teller.address(Some(link.url));
    teller.finish()
}

pub fn contact(version: &Version<'_>, id: ContactId, language: Language) -> Vec<Line> {
    let mut teller = Teller::new(version, language);
    let (contact, words) = (&version.model().contacts[id], teller.words);
    teller.prose("", &contact.title);
    teller.address(contact.url);
    teller.maybe(words.telephone, contact.tel.as_ref());
    teller.maybe(words.mail, contact.mail.as_ref());
    teller.maybe(words.hours, contact.hours.as_ref());
    teller.maybe(words.tell, contact.tell.as_ref());
    teller.takes(contact.takes);
    teller.steps(&contact.notes);
    teller.finish()
}

pub fn term(version: &Version<'_>, id: TermId, language: Language) -> Vec<Line> {
    let mut teller = Teller::new(version, language);
    let (term, words) = (&version.model().terms[id], teller.words);
    teller.push(teller.text(term.name).to_owned(), Vec::new());
    teller.maybe(words.reading, term.reading.as_ref());
    if let Some(meaning) = &term.meaning {
        teller.prose("", meaning);
    }
    if !term.avoid.is_empty() {
        let avoid: Vec<&str> = term.avoid.iter().map(|span| teller.text(*span)).collect();
        teller.field(words.avoid, &avoid.join(words.comma));
    }
    teller.finish()
}

impl Teller<'_> {
    fn maybe(&mut self, label: &str, prose: Option<&Prose>) {
        if let Some(prose) = prose {
            self.prose(&format!("{label}{}", self.words.colon), prose);
        }
    }

    fn address(&mut self, url: Option<Span>) {
        if let Some(url) = url {
            self.field(self.words.address, self.text(url));
        }
    }

    fn section(&mut self, id: SectionId) {
        let section = &self.version.model().sections[id];
        let texts =
            [section.number.as_deref(), section.title.map(|it| self.text(it)), section.url.map(|it| self.text(it))];
        self.push(texts.into_iter().flatten().collect::<Vec<_>>().join(" "), Vec::new());
    }

    /// The answers to choose from, a line each.
    fn values(&mut self, id: FactId, fact: &Fact) {
        let label = self.words.values;
        let speech = self.version.speech(self.language);
        match &fact.ty {
            Type::OneOf { values, .. } | Type::AnyOf { values } => {
                for value in values {
                    self.field(label, self.text(value.label.unwrap_or(value.span)));
                }
            }
            Type::YesNo => {
                let answers = [0, 1].map(|index| speech::values(speech, id, &Test::OneOf(vec![index])));
                self.field(label, &answers.join(self.words.comma));
            }
            Type::Number { step, unit, .. } => {
                let range = speech::range(speech, id);
                let unit = unit.map(|unit| self.text(unit).to_owned());
                let (before, after) = self.words.in_steps;
                let step = step.as_ref().map(|_| format!("{before}{}{after}", speech::step(speech, id)));
                let all: Vec<String> = [range, unit, step].into_iter().flatten().collect();
                self.field(label, &format!("{} {}", self.words.a_number, all.join(self.words.comma)));
            }
            Type::Error | Type::Version | Type::Date => {}
        }
        if matches!(fact.ty, Type::OneOf { open: true, .. }) {
            self.field(label, self.words.otherwise_rule);
        }
    }

    fn unknown(&mut self, id: FactId, fact: &Fact) {
        let label = self.words.if_unknown;
        match &fact.if_unknown {
            Some(IfUnknown::Contact(used)) => self.list(label, vec![Target::Contact(used.contact)]),
            Some(IfUnknown::Entry(used)) => self.list(label, vec![Target::Entries(vec![used.entry])]),
            Some(IfUnknown::Value(value)) => {
                let value = speech::value(self.version.speech(self.language), id, value);
                self.field(label, &value);
            }
            None => {}
        }
    }
}
