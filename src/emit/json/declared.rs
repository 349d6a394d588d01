//! Everything declared beside entries. Refuses to know who uses it: the graph says that.

use schemars::JsonSchema;
use serde::Serialize;

use super::Reading;
use super::action::Step;
use super::condition::Condition;
use crate::ast;
use crate::emit::wire;
use crate::model::{self, FactId, RuleValue, SectionId, SymptomUse, Type};
use crate::prose::fact_title;
use crate::source::Span;
use crate::speech::value;
use crate::table::Policy;

/// What a reader notices.
#[derive(Serialize, JsonSchema)]
pub struct Symptom {
    id: String,
    title: String,
    /// As the screen shows them, with `{name}` for parts that vary.
    messages: Vec<Message>,
    #[serde(skip_serializing_if = "Option::is_none")]
    during: Option<String>,
    /// Other wordings.
    also: Vec<String>,
    /// Ids of the symptoms whose entries are this one's.
    same_as: Vec<String>,
    /// Ids of the symptoms whose entries come after this one's own.
    kind_of: Vec<String>,
    /// Ids of entries in the order declared here.
    order: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    policy: Option<Policy>,
    formerly: Vec<String>,
    notes: Vec<Step>,
    file: String,
    line: u32,
}

/// A text as the screen shows it.
#[derive(Serialize, JsonSchema)]
struct Message {
    #[serde(skip_serializing_if = "Option::is_none")]
    language: Option<String>,
    text: String,
}

/// Something about the reader's situation.
#[derive(Serialize, JsonSchema)]
pub struct Fact {
    id: String,
    label: String,
    /// `yes-no`, `one-of`, `any-of`, `number`, `version` or `date`.
    kind: &'static str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    values: Vec<Value>,
    /// Some other value is possible.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    open: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    unit: Option<String>,
    /// The question.
    #[serde(skip_serializing_if = "Option::is_none")]
    ask: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    only_when: Option<Condition>,
    /// How it follows from other facts: the first rule that holds.
    #[serde(skip_serializing_if = "Option::is_none")]
    derived: Option<Vec<Rule>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    checks: Vec<Check>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    shows: Vec<Shows>,
    #[serde(skip_serializing_if = "Option::is_none")]
    if_unknown: Option<IfUnknown>,
    #[serde(skip_serializing_if = "Option::is_none")]
    seconds: Option<u32>,
    formerly: Vec<String>,
    notes: Vec<Step>,
    file: String,
    line: u32,
}

/// A declared value.
#[derive(Serialize, JsonSchema)]
struct Value {
    id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    label: Option<String>,
}

/// A value of a derived fact and when it has it.
#[derive(Serialize, JsonSchema)]
struct Rule {
    value: String,
    /// Absent where it holds always.
    #[serde(skip_serializing_if = "Option::is_none")]
    condition: Option<Condition>,
}

/// A way to find a fact out.
#[derive(Serialize, JsonSchema)]
struct Check {
    #[serde(skip_serializing_if = "Option::is_none")]
    condition: Option<Condition>,
    steps: Vec<Step>,
}

/// What the screen shows for a value.
#[derive(Serialize, JsonSchema)]
struct Shows {
    value: String,
    text: String,
}

/// What follows from *I don't know*; contacts and entries by id.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
enum IfUnknown {
    Contact(String),
    Entry(String),
    Value(String),
}

/// A manual or another document.
#[derive(Serialize, JsonSchema)]
pub struct Document {
    id: String,
    title: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
    /// Where it is published.
    #[serde(rename = "where", skip_serializing_if = "Option::is_none")]
    place: Option<String>,
    sections: Vec<Section>,
    notes: Vec<Step>,
    file: String,
    line: u32,
}

/// A part of a document.
#[derive(Serialize, JsonSchema)]
struct Section {
    /// `document number`
    id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    number: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
    line: u32,
}

/// A place on the web.
#[derive(Serialize, JsonSchema)]
pub struct Link {
    id: String,
    title: String,
    url: String,
    file: String,
    line: u32,
}

/// Somebody to ask.
#[derive(Serialize, JsonSchema)]
pub struct Contact {
    id: String,
    title: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    tel: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    mail: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    hours: Option<String>,
    /// What to tell them.
    #[serde(skip_serializing_if = "Option::is_none")]
    tell: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    seconds: Option<u32>,
    notes: Vec<Step>,
    file: String,
    line: u32,
}

/// A word as it is written here.
#[derive(Serialize, JsonSchema)]
pub struct Term {
    id: String,
    /// Spellings that are not used.
    avoid: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    meaning: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reading: Option<String>,
    file: String,
    line: u32,
}

/// A text that depends on a fact.
#[derive(Serialize, JsonSchema)]
pub struct Text {
    id: String,
    /// Id of the fact.
    #[serde(skip_serializing_if = "Option::is_none")]
    by: Option<String>,
    cases: Vec<TextCase>,
    file: String,
    line: u32,
}

#[derive(Serialize, JsonSchema)]
struct TextCase {
    /// Absent for *otherwise*.
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<String>,
    text: String,
}

impl Reading<'_> {
    pub(super) fn symptom(&self, symptom: &model::Symptom) -> Symptom {
        let place = self.place(symptom.span);
        Symptom {
            id: symptom.id.clone(),
            title: self.plain(&symptom.title),
            messages: symptom.messages.iter().map(|message| self.message(message)).collect(),
            during: self.maybe_plain(symptom.during.as_ref()),
            also: wire::texts(&symptom.also, &self.compilation.sources),
            same_as: self.symptom_ids(&symptom.same_as),
            kind_of: self.symptom_ids(&symptom.kind_of),
            order: self.entry_ids(&symptom.order),
            policy: symptom.policy.map(wire::policy),
            formerly: symptom.formerly.clone(),
            notes: self.steps(&symptom.notes),
            file: place.file,
            line: place.line,
        }
    }

    fn symptom_ids(&self, uses: &[SymptomUse]) -> Vec<String> {
        uses.iter().map(|it| self.compilation.model.symptoms[it.symptom].id.clone()).collect()
    }

    fn message(&self, message: &model::Message) -> Message {
        let text = wire::texts(&message.lines, &self.compilation.sources).join("\n");
        Message { language: message.language.map(|span| self.text(span)), text }
    }

    pub(super) fn fact(&self, id: FactId, fact: &model::Fact) -> Fact {
        let place = self.place(fact.span);
        let rules = |rules: &Vec<model::Rule>| rules.iter().map(|rule| self.rule(id, rule)).collect();
        Fact {
            id: fact.id.clone(),
            label: fact_title(id, &self.compilation.model, &self.compilation.sources),
            kind: kind(&fact.ty),
            values: self.declared_values(&fact.ty),
            open: matches!(fact.ty, Type::OneOf { open: true, .. }),
            unit: unit(&fact.ty).map(|span| self.text(span)),
            ask: self.maybe_plain(fact.ask.as_ref()),
            only_when: self.condition(&fact.only_when),
            derived: fact.derived.as_ref().map(rules),
            checks: fact.checks.iter().map(|check| self.check(check)).collect(),
            shows: fact.shows.iter().map(|it| self.shows(id, it)).collect(),
            if_unknown: fact.if_unknown.as_ref().map(|it| self.if_unknown(id, it)),
            seconds: fact.takes,
            formerly: fact.formerly.clone(),
            notes: self.steps(&fact.notes),
            file: place.file,
            line: place.line,
        }
    }

    fn declared_values(&self, ty: &Type) -> Vec<Value> {
        match ty {
            Type::OneOf { values, .. } | Type::AnyOf { values } => {
                let value =
                    |it: &model::ValueDecl| Value { id: it.id.clone(), label: it.label.map(|it| self.text(it)) };
                values.iter().map(value).collect()
            }
            Type::Error | Type::YesNo | Type::Number { .. } | Type::Version | Type::Date => Vec::new(),
        }
    }

    fn value_words(&self, fact: FactId, written: &ast::Value) -> String {
        value(wire::speech(self.compilation), fact, written)
    }

    fn rule(&self, fact: FactId, rule: &model::Rule) -> Rule {
        let value = match &rule.value {
            RuleValue::Yes => "yes".to_owned(),
            RuleValue::Written(value) => self.value_words(fact, value),
        };
        Rule { value, condition: self.condition(rule.when.as_slice()) }
    }

    fn check(&self, check: &model::CheckProcedure) -> Check {
        Check { condition: self.condition(check.when.as_slice()), steps: self.steps(&check.steps) }
    }

    fn shows(&self, fact: FactId, shows: &model::Shows) -> Shows {
        Shows { value: self.value_words(fact, &shows.value), text: self.text(shows.text) }
    }

    fn if_unknown(&self, fact: FactId, if_unknown: &model::IfUnknown) -> IfUnknown {
        let model = &self.compilation.model;
        match if_unknown {
            model::IfUnknown::Contact(it) => IfUnknown::Contact(model.contacts[it.contact].id.clone()),
            model::IfUnknown::Entry(it) => IfUnknown::Entry(model.entries[it.entry].id.clone()),
            model::IfUnknown::Value(value) => IfUnknown::Value(self.value_words(fact, value)),
        }
    }

    pub(super) fn document(&self, document: &model::Document) -> Document {
        let place = self.place(document.span);
        Document {
            id: document.id.clone(),
            title: self.plain(&document.title),
            url: document.url.map(|span| self.text(span)),
            place: self.maybe_plain(document.place.as_ref()),
            sections: document.sections.iter().map(|id| self.section(*id)).collect(),
            notes: self.steps(&document.notes),
            file: place.file,
            line: place.line,
        }
    }

    fn section(&self, id: SectionId) -> Section {
        let section = &self.compilation.model.sections[id];
        Section {
            id: wire::section_id(id, &self.compilation.model, &self.compilation.sources),
            number: section.number.clone(),
            title: section.title.map(|span| self.text(span)),
            url: section.url.map(|span| self.text(span)),
            line: self.place(section.span).line,
        }
    }

    pub(super) fn link(&self, link: &model::Link) -> Link {
        let place = self.place(link.span);
        Link {
            id: link.id.clone(),
            title: self.plain(&link.title),
            url: self.text(link.url),
            file: place.file,
            line: place.line,
        }
    }

    pub(super) fn contact(&self, contact: &model::Contact) -> Contact {
        let place = self.place(contact.span);
        Contact {
            id: contact.id.clone(),
            title: self.plain(&contact.title),
            url: contact.url.map(|span| self.text(span)),
            tel: self.maybe_plain(contact.tel.as_ref()),
            mail: self.maybe_plain(contact.mail.as_ref()),
            hours: self.maybe_plain(contact.hours.as_ref()),
            tell: self.maybe_plain(contact.tell.as_ref()),
            seconds: contact.takes,
            notes: self.steps(&contact.notes),
            file: place.file,
            line: place.line,
        }
    }

    pub(super) fn term(&self, term: &model::Term) -> Term {
        let place = self.place(term.span);
        Term {
            id: term.id.clone(),
            avoid: wire::texts(&term.avoid, &self.compilation.sources),
            meaning: self.maybe_plain(term.meaning.as_ref()),
            reading: self.maybe_plain(term.reading.as_ref()),
            file: place.file,
            line: place.line,
        }
    }

    pub(super) fn text_by_value(&self, text: &model::TextByValue) -> Text {
        let place = self.place(text.span);
        let by = text.by.map(|by| by.fact);
        let case = |case: &model::TextCase| TextCase {
            value: case.value.as_ref().zip(by).map(|(value, fact)| self.value_words(fact, value)),
            text: self.plain(&case.text),
        };
        Text {
            id: text.id.clone(),
            by: by.map(|fact| self.compilation.model.facts[fact].id.clone()),
            cases: text.cases.iter().map(case).collect(),
            file: place.file,
            line: place.line,
        }
    }
}

fn kind(ty: &Type) -> &'static str {
    match ty {
        Type::Error => "unknown",
        Type::YesNo => "yes-no",
        Type::OneOf { .. } => "one-of",
        Type::AnyOf { .. } => "any-of",
        Type::Number { .. } => "number",
        Type::Version => "version",
        Type::Date => "date",
    }
}

fn unit(ty: &Type) -> Option<Span> {
    match ty {
        Type::Number { unit, .. } => *unit,
        Type::Error | Type::YesNo | Type::OneOf { .. } | Type::AnyOf { .. } | Type::Version | Type::Date => None,
    }
}
