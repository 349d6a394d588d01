//! Small knowledge bases made by hand, for tests of the graph and of what reads it.

use crate::ast;
use crate::model::{
    Action, ActionId, ActionUse, Category, CategoryId, ConditionId, Contact, ContactId, Document, DocumentId, Entry,
    EntryId, EntryUse, Fact, FactId, FactUse, Link, LinkId, Model, Prose, Reference, Section, SectionId, Step,
    StepKind, Symptom, SymptomId, SymptomUse, Target, Term, TermId, TextByValue, TextCase, TextId, Type,
};
use crate::source::{FileId, Sources, Span};
use crate::types::{Condition, Test, Types};

/// A knowledge base in the making; every text it is given becomes a line of its one file.
#[derive(Default)]
pub struct Sample {
    pub model: Model,
    pub types: Types,
    written: String,
}

impl Sample {
    pub fn sources(&self) -> Sources {
        let mut sources = Sources::default();
        sources.add("sample.faq", self.written.clone());
        sources
    }

    pub fn span(&mut self, text: &str) -> Span {
        let start = self.written.len();
        self.written.push_str(text);
        let span = Span::new(FileId(0), start..self.written.len());
        self.written.push('\n');
        span
    }

    pub fn prose(&mut self, text: &str) -> Prose {
        Prose { lines: vec![self.span(text)], refs: Vec::new() }
    }

    pub fn reference(&mut self, target: Target) -> Reference {
        Reference { span: self.span("[→x]"), target, shown: None, bare: false }
    }

    pub fn refer(&mut self, target: Target) -> Prose {
        let reference = self.reference(target);
        Prose { lines: vec![reference.span], refs: vec![reference] }
    }

    pub fn step(&mut self, kind: StepKind) -> Step {
        Step { span: self.span("step"), kind }
    }

    pub fn entry(&mut self, id: &str) -> EntryId {
        let (name, title) = (self.span(id), self.prose(&format!("title of {id}")));
        let entry = Entry {
            id: id.to_owned(),
            name,
            span: name,
            title,
            number: None,
            formerly: Vec::new(),
            category: None,
            symptoms: Vec::new(),
            when: Vec::new(),
            fallback: false,
            before: Vec::new(),
            overrides: Vec::new(),
            causes: Vec::new(),
            actions: Vec::new(),
            notes: Vec::new(),
            see: Vec::new(),
            contacts: Vec::new(),
            otherwise: Vec::new(),
            weight: None,
            review: None,
            updated: None,
            owner: None,
            conditions: 0..0,
        };
        let made = self.model.entries.push(entry);
        self.model.names.entries.insert(id.to_owned(), made);
        made
    }

    pub fn numbered(&mut self, number: u32, id: &str) -> EntryId {
        let made = self.entry(id);
        self.model.entries[made].number = Some(number);
        self.model.names.entry_numbers.insert(number, made);
        made
    }

    pub fn action(&mut self, entry: EntryId) -> ActionId {
        let number = self.model.entries[entry].actions.len() + 1;
        let made = self.loose_action(entry, number.to_string());
        self.model.entries[entry].actions.push(ActionUse { action: made, reused: None, cause: None });
        made
    }

    pub fn alternative(&mut self, parent: ActionId) -> ActionId {
        let number =
            format!("{}.{}", self.model.actions[parent].number, self.model.actions[parent].alternatives.len() + 1);
        let made = self.loose_action(self.model.actions[parent].entry, number);
        self.model.actions[made].parent = Some(parent);
        self.model.actions[parent].alternatives.push(made);
        made
    }

    fn loose_action(&mut self, entry: EntryId, number: String) -> ActionId {
        let action = Action {
            entry,
            parent: None,
            cause: None,
            number,
            name: None,
            span: self.span("action"),
            title: None,
            when: Vec::new(),
            steps: Vec::new(),
            alternatives: Vec::new(),
            finds: Vec::new(),
            sets: Vec::new(),
            recheck: Vec::new(),
            then: Vec::new(),
            contacts: Vec::new(),
            after: Vec::new(),
            see: Vec::new(),
            solved: None,
            likely: None,
            takes: None,
            conditions: 0..0,
        };
        self.model.actions.push(action)
    }

    pub fn symptom(&mut self, id: &str) -> SymptomId {
        let (name, title) = (self.span(id), self.prose(&format!("title of {id}")));
        let made = self.model.symptoms.push(Symptom {
            id: id.to_owned(),
            name,
            span: name,
            title,
            in_place: false,
            same_as: Vec::new(),
            kind_of: Vec::new(),
            messages: Vec::new(),
            during: None,
            also: Vec::new(),
            order: Vec::new(),
            policy: None,
            formerly: Vec::new(),
            notes: Vec::new(),
        });
        self.model.names.symptoms.insert(id.to_owned(), made);
        made
    }

    /// A yes/no fact without a question.
    pub fn fact(&mut self, id: &str) -> FactId {
        let name = self.span(id);
        let made = self.model.facts.push(Fact {
            id: id.to_owned(),
            name,
            span: name,
            label: None,
            ty: Type::YesNo,
            derived: None,
            table: None,
            ask: None,
            checks: Vec::new(),
            shows: Vec::new(),
            only_when: Vec::new(),
            if_unknown: None,
            takes: None,
            formerly: Vec::new(),
            notes: Vec::new(),
        });
        self.model.names.facts.insert(id.to_owned(), made);
        made
    }

    pub fn asked(&mut self, id: &str) -> FactId {
        let made = self.fact(id);
        self.model.facts[made].ask = Some(self.prose("question"));
        made
    }

    /// A condition that needs all of the facts.
    pub fn condition(&mut self, facts: &[FactId]) -> ConditionId {
        let span = self.span("condition");
        let tests = facts.iter().map(|fact| Condition::Test(*fact, Test::OneOf(vec![0]))).collect();
        self.types.conditions.push(Condition::And(tests));
        self.model.conditions.push(ast::Condition::Error(span))
    }

    pub fn document(&mut self, id: &str) -> DocumentId {
        let (name, title) = (self.span(id), self.prose(&format!("title of {id}")));
        self.model.documents.push(Document {
            id: id.to_owned(),
            name,
            span: name,
            title,
            sections: Vec::new(),
            url: None,
            place: None,
            notes: Vec::new(),
        })
    }

    pub fn section(&mut self, document: DocumentId, number: &str) -> SectionId {
        let section =
            Section { document, span: self.span(number), number: Some(number.into()), title: None, url: None };
        let made = self.model.sections.push(section);
        self.model.documents[document].sections.push(made);
        made
    }

    pub fn link(&mut self, id: &str) -> LinkId {
        let (name, title) = (self.span(id), self.prose(id));
        self.model.links.push(Link { id: id.to_owned(), name, span: name, title, url: name })
    }

    pub fn contact(&mut self, id: &str) -> ContactId {
        let (name, title) = (self.span(id), self.prose(id));
        self.model.contacts.push(Contact {
            id: id.to_owned(),
            name,
            span: name,
            title,
            url: None,
            tel: None,
            mail: None,
            hours: None,
            tell: None,
            takes: None,
            notes: Vec::new(),
        })
    }

    pub fn term(&mut self, id: &str) -> TermId {
        let name = self.span(id);
        self.model.terms.push(Term {
            id: id.to_owned(),
            name,
            span: name,
            avoid: Vec::new(),
            meaning: None,
            reading: None,
        })
    }

    pub fn text(&mut self, id: &str, text: Prose) -> TextId {
        let name = self.span(id);
        let cases = vec![TextCase { span: name, value: None, text }];
        self.model.texts.push(TextByValue { id: id.to_owned(), name, span: name, by: None, cases })
    }

    pub fn category(&mut self, title: &str, parent: Option<CategoryId>) -> CategoryId {
        let span = self.span(title);
        self.model.categories.push(Category { title: title.to_owned(), parent, span })
    }

    pub fn entry_use(&mut self, entry: EntryId) -> EntryUse {
        EntryUse { entry, span: self.span("entry-use") }
    }

    pub fn symptom_use(&mut self, symptom: SymptomId) -> SymptomUse {
        SymptomUse { symptom, span: self.span("symptom-use") }
    }

    pub fn fact_use(&mut self, fact: FactId) -> FactUse {
        FactUse { fact, span: self.span("fact-use") }
    }
}
