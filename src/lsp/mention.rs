//! Every place of a file where a thing of the knowledge base is declared or named, from its syntax alone: it is right
//! while other files are broken. Refuses to know other files.

use crate::ast::{
    self, Action, ActionRef, CellTest, Condition, EntryRef, EntryTarget, Fallthrough, IfUnknown, Item, Name, Prose,
    Reference, Step, StepKind, SymptomUse, TypeKind, Value, ValueDecl, ValueKind,
};
use crate::model::{Kind, fold_name};
use crate::source::Span;

/// A thing of a knowledge base, by its folded names.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Thing {
    Named(Kind, String),
    Action { entry: String, action: String },
    Section { document: String, section: String },
    Value { fact: String, value: String },
}

impl Thing {
    /// Its own name, folded.
    pub fn name(&self) -> &str {
        match self {
            Self::Named(_, name) => name,
            Self::Action { action, .. } => action,
            Self::Section { section, .. } => section,
            Self::Value { value, .. } => value,
        }
    }
}

/// An entry as it is referred to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EntryKey {
    Name(String),
    Number(u32),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    Declares(Thing),
    /// A former name of the thing.
    Formerly(Thing, String),
    /// The number of an entry.
    Numbers {
        entry: String,
        number: u32,
    },
    /// One of these kinds.
    Uses(&'static [Kind], String),
    /// A fact, or a value that only one fact has.
    Holds(String),
    UsesNumbers {
        first: u32,
        last: u32,
    },
    UsesAction {
        entry: EntryKey,
        action: String,
    },
    /// A section or a value.
    Refers(Thing),
}

impl What {
    /// The folded name that is written, unless it is a number.
    pub fn name(&self) -> Option<&str> {
        match self {
            Self::Declares(thing) | Self::Refers(thing) => Some(thing.name()),
            Self::Formerly(_, name) | Self::Uses(_, name) | Self::Holds(name) => Some(name),
            Self::UsesAction { action, .. } => Some(action),
            Self::Numbers { .. } | Self::UsesNumbers { .. } => None,
        }
    }
}

#[derive(Clone, Debug)]
pub struct Mention {
    /// The name itself, without quotes.
    pub span: Span,
    pub quoted: bool,
    /// In a sentence, where a bare `No.6` is a reference of its own.
    pub in_prose: bool,
    pub what: What,
}

const ANY: &[Kind] = &Kind::ALL;

/// The mentions of a file in the order of their places.
pub fn mentions_of(file: &ast::File, text: &str) -> Vec<Mention> {
    let mut walk = Walk { text, entry: String::new(), found: Vec::new() };
    file.items.iter().for_each(|item| walk.item(item));
    walk.found.sort_by_key(|mention| mention.span.start);
    walk.found
}

struct Walk<'a> {
    text: &'a str,
    /// The entry around, of which an action may be named by itself.
    entry: String,
    found: Vec<Mention>,
}

impl Walk<'_> {
    fn fold(&self, span: Span) -> String {
        fold_name(self.text.get(span.range()).unwrap_or("")).into_owned()
    }

    fn add(&mut self, name: &Name, what: What) {
        self.found.push(Mention { span: name.span, quoted: name.quoted, in_prose: false, what });
    }

    fn declare(&mut self, kind: Kind, name: &Name) -> String {
        let folded = self.fold(name.span);
        self.add(name, What::Declares(Thing::Named(kind, folded.clone())));
        folded
    }

    fn formerly(&mut self, kind: Kind, name: &str, former: &[Name]) {
        for old in former {
            let folded = self.fold(old.span);
            self.add(old, What::Formerly(Thing::Named(kind, name.to_owned()), folded));
        }
    }

    fn uses(&mut self, kinds: &'static [Kind], name: &Name) {
        let folded = self.fold(name.span);
        self.add(name, What::Uses(kinds, folded));
    }

    fn item(&mut self, item: &Item) {
        match item {
            Item::Entry(entry) => self.entry(entry),
            Item::Symptom(symptom) => self.symptom(symptom),
            Item::Fact(fact) => self.fact(fact),
            Item::Define(define) => {
                self.declare(Kind::Fact, &define.name);
                self.condition(&define.when);
            }
            Item::Derive(derive) => self.derive(derive),
            Item::Table(table) => self.table(table),
            Item::Assume(assume) => self.condition(&assume.condition),
            Item::Document(document) => self.document(document),
            Item::Link(link) => {
                self.declare(Kind::Link, &link.name);
                self.title(link.title.as_ref());
            }
            Item::Contact(contact) => {
                self.declare(Kind::Contact, &contact.name);
                [&contact.title, &contact.tel, &contact.mail, &contact.hours, &contact.tell]
                    .into_iter()
                    .for_each(|prose| self.title(prose.as_ref()));
                self.steps(&contact.notes);
            }
            Item::Term(term) => {
                self.declare(Kind::Term, &term.name);
                self.title(term.meaning.as_ref());
            }
            Item::Text(text) => self.text_by_value(text),
            Item::Test(test) => self.test(test),
        }
    }

    fn entry(&mut self, entry: &ast::Entry) {
        let name = self.declare(Kind::Entry, &entry.name);
        self.formerly(Kind::Entry, &name, &entry.formerly);
        if let Some(number) = &entry.number {
            let what = What::Numbers { entry: name.clone(), number: number.value };
            self.add(&Name { span: number.span, quoted: false }, what);
        }
        self.entry = name;
        self.title(entry.title.as_ref());
        for used in &entry.symptoms {
            match used {
                SymptomUse::Named(name) => self.uses(&[Kind::Symptom], name),
                SymptomUse::InPlace { during, .. } => self.title(during.as_ref()),
            }
        }
        entry.when.iter().for_each(|when| self.condition(when));
        entry.before.iter().chain(&entry.overrides).for_each(|other| self.entry_ref(other));
        for cause in &entry.causes {
            self.prose(&cause.title);
            cause.when.iter().for_each(|when| self.condition(when));
            cause.actions.iter().for_each(|action| self.action(action));
            cause.reuses.iter().for_each(|(_, reuse)| self.action_ref(reuse));
            self.steps(&cause.notes);
            cause.see.iter().for_each(|reference| self.reference(reference, false));
        }
        entry.actions.iter().for_each(|action| self.action(action));
        entry.reuses.iter().for_each(|(_, reuse)| self.action_ref(reuse));
        self.steps(&entry.notes);
        entry.see.iter().for_each(|reference| self.reference(reference, false));
        entry.contacts.iter().for_each(|contact| self.uses(&[Kind::Contact], contact));
        for otherwise in &entry.otherwise {
            match otherwise {
                Fallthrough::Contact(contact) => self.uses(&[Kind::Contact], contact),
                Fallthrough::Entry(entry) => self.entry_ref(entry),
            }
        }
    }

    fn action(&mut self, action: &Action) {
        if let Some(name) = &action.name {
            let thing = Thing::Action { entry: self.entry.clone(), action: self.fold(name.span) };
            self.add(name, What::Declares(thing));
        }
        self.title(action.title.as_ref());
        action.when.iter().for_each(|when| self.condition(when));
        self.steps(&action.steps);
        action.alternatives.iter().for_each(|action| self.action(action));
        action.finds.iter().chain(&action.recheck).for_each(|fact| self.uses(&[Kind::Fact], fact));
        for effect in &action.sets {
            self.uses(&[Kind::Fact], &effect.fact);
            self.value(&effect.fact, &effect.value);
        }
        action.then.iter().for_each(|entry| self.entry_ref(entry));
        action.contacts.iter().for_each(|contact| self.uses(&[Kind::Contact], contact));
        action.after.iter().for_each(|after| self.action_ref(after));
        action.see.iter().for_each(|reference| self.reference(reference, false));
        self.title(action.solved.as_ref());
    }

    fn symptom(&mut self, symptom: &ast::Symptom) {
        let name = self.declare(Kind::Symptom, &symptom.name);
        self.formerly(Kind::Symptom, &name, &symptom.formerly);
        symptom.same_as.iter().chain(&symptom.kind_of).for_each(|name| self.uses(&[Kind::Symptom], name));
        symptom.order.iter().for_each(|entry| self.entry_ref(entry));
        [&symptom.title, &symptom.during].into_iter().for_each(|prose| self.title(prose.as_ref()));
        self.steps(&symptom.notes);
    }

    fn fact(&mut self, fact: &ast::Fact) {
        let name = self.declare(Kind::Fact, &fact.name);
        self.formerly(Kind::Fact, &name, &fact.formerly);
        self.values(&name, &fact.ty.kind);
        fact.values.iter().for_each(|value| self.value_decl(&name, value));
        self.title(fact.ask.as_ref());
        for check in &fact.checks {
            check.when.iter().for_each(|when| self.condition(when));
            self.steps(&check.steps);
        }
        fact.shows.iter().for_each(|shows| self.value(&fact.name, &shows.value));
        fact.only_when.iter().for_each(|when| self.condition(when));
        match &fact.if_unknown {
            Some(IfUnknown::Contact(contact)) => self.uses(&[Kind::Contact], contact),
            Some(IfUnknown::Entry(entry)) => self.entry_ref(entry),
            Some(IfUnknown::Value(value)) => self.value(&fact.name, value),
            None => {}
        }
        self.steps(&fact.notes);
    }

    fn values(&mut self, fact: &str, ty: &TypeKind) {
        match ty {
            TypeKind::OneOf { values, .. } | TypeKind::AnyOf { values } => {
                values.iter().for_each(|value| self.value_decl(fact, value));
            }
            TypeKind::Error | TypeKind::YesNo | TypeKind::Number { .. } | TypeKind::Version | TypeKind::Date => {}
        }
    }

    fn value_decl(&mut self, fact: &str, value: &ValueDecl) {
        let thing = Thing::Value { fact: fact.to_owned(), value: self.fold(value.name.span) };
        self.add(&value.name, What::Declares(thing));
    }

    fn derive(&mut self, derive: &ast::Derive) {
        let name = self.declare(Kind::Fact, &derive.name);
        self.values(&name, &derive.ty.kind);
        for row in &derive.rows {
            self.value(&derive.name, &row.value);
            row.when.iter().for_each(|when| self.condition(when));
        }
    }

    fn table(&mut self, table: &ast::Table) {
        self.uses(&[Kind::Fact], &table.decides);
        table.columns.iter().for_each(|column| self.uses(&[Kind::Fact], column));
        for row in &table.rows {
            for (column, cell) in table.columns.iter().zip(&row.cells) {
                match cell {
                    CellTest::Is(values) | CellTest::Not(values) => {
                        values.iter().for_each(|value| self.value(column, value));
                    }
                    CellTest::Compare(_, value) => self.value(column, value),
                    CellTest::Any | CellTest::In(_) => {}
                }
            }
            self.value(&table.decides, &row.value);
        }
    }

    fn document(&mut self, document: &ast::Document) {
        let name = self.declare(Kind::Document, &document.name);
        self.title(document.title.as_ref());
        for section in &document.sections {
            let number = section.number.or(section.title.map(|span| Name { span, quoted: true }));
            if let Some(number) = number {
                let thing = Thing::Section { document: name.clone(), section: self.fold(number.span) };
                self.add(&number, What::Declares(thing));
            }
        }
        self.title(document.place.as_ref());
        self.steps(&document.notes);
    }

    fn text_by_value(&mut self, text: &ast::TextByValue) {
        self.declare(Kind::Text, &text.name);
        self.uses(&[Kind::Fact], &text.by);
        for case in &text.cases {
            case.value.iter().for_each(|value| self.value(&text.by, value));
            self.prose(&case.text);
        }
    }

    fn test(&mut self, test: &ast::Test) {
        use ast::{ExpectKind, Given};
        for given in &test.given {
            match &given.value {
                Given::Symptom(name) => self.uses(&[Kind::Symptom], name),
                Given::Fact { fact, value } => {
                    self.uses(&[Kind::Fact], fact);
                    self.value(fact, value);
                }
                Given::Unknown(fact) => self.uses(&[Kind::Fact], fact),
                Given::Failed(action) => self.action_ref(action),
                Given::Message(_) | Given::Today(_) => {}
            }
        }
        for expect in &test.expect {
            match &expect.kind {
                ExpectKind::Entry(entry)
                | ExpectKind::Certain(entry)
                | ExpectKind::Possible(entry)
                | ExpectKind::Excluded(entry) => self.entry_ref(entry),
                ExpectKind::Applies(entries) => entries.iter().for_each(|entry| self.entry_ref(entry)),
                ExpectKind::Ask(fact) => self.uses(&[Kind::Fact], fact),
                ExpectKind::Action(action) => self.action_ref(action),
                ExpectKind::Contact(contact) => self.uses(&[Kind::Contact], contact),
                ExpectKind::None => {}
            }
        }
    }

    fn condition(&mut self, condition: &Condition) {
        match condition {
            Condition::Error(_) => {}
            Condition::Or(parts) | Condition::And(parts) => parts.iter().for_each(|part| self.condition(part)),
            Condition::Implies(left, right) => {
                self.condition(left);
                self.condition(right);
            }
            Condition::Not(inner) | Condition::Whole { inner, .. } => self.condition(inner),
            Condition::Name(name) => {
                let folded = self.fold(name.span);
                self.add(name, What::Holds(folded));
            }
            Condition::Compare { fact, value, .. } | Condition::Has { fact, value } => {
                self.uses(&[Kind::Fact], fact);
                self.value(fact, value);
            }
            Condition::InRange { fact, .. } => self.uses(&[Kind::Fact], fact),
            Condition::InSet { fact, values } => {
                self.uses(&[Kind::Fact], fact);
                values.iter().for_each(|value| self.value(fact, value));
            }
        }
    }

    fn value(&mut self, fact: &Name, value: &Value) {
        if let ValueKind::Word { quoted } = value.kind {
            let thing = Thing::Value { fact: self.fold(fact.span), value: self.fold(value.span) };
            self.add(&Name { span: value.span, quoted }, What::Refers(thing));
        }
    }

    fn entry_ref(&mut self, entry: &EntryRef) {
        match entry.target {
            EntryTarget::Name(name) => self.uses(&[Kind::Entry], &name),
            EntryTarget::Numbers { first, last } => {
                self.add(&Name { span: entry.span, quoted: false }, What::UsesNumbers { first, last });
            }
        }
    }

    fn action_ref(&mut self, reference: &ActionRef) {
        let entry = match reference.entry.as_ref().map(|entry| &entry.target) {
            Some(EntryTarget::Name(name)) => EntryKey::Name(self.fold(name.span)),
            Some(EntryTarget::Numbers { first, .. }) => EntryKey::Number(*first),
            None => EntryKey::Name(self.entry.clone()),
        };
        reference.entry.iter().for_each(|entry| self.entry_ref(entry));
        let action = self.fold(reference.action.span);
        self.add(&reference.action, What::UsesAction { entry, action });
    }

    fn title(&mut self, prose: Option<&Prose>) {
        prose.into_iter().for_each(|prose| self.prose(prose));
    }

    fn prose(&mut self, prose: &Prose) {
        prose.refs.iter().for_each(|reference| self.reference(reference, true));
    }

    fn reference(&mut self, reference: &Reference, in_prose: bool) {
        let from = self.found.len();
        match &reference.target {
            ast::Target::Name { kind, name } => {
                let kind = kind.as_ref().and_then(|kind| Kind::of_keyword(&self.fold(kind.span)));
                let kinds = kind.map_or(ANY, one_kind);
                self.uses(kinds, name);
            }
            ast::Target::Numbers(EntryTarget::Numbers { first, last }) => {
                let what = What::UsesNumbers { first: *first, last: *last };
                self.add(&Name { span: reference.span, quoted: false }, what);
            }
            ast::Target::Numbers(EntryTarget::Name(name)) => self.uses(&[Kind::Entry], name),
            ast::Target::Action(action) => self.action_ref(action),
            ast::Target::Section { document, section } => {
                self.uses(&[Kind::Document], document);
                let thing = Thing::Section { document: self.fold(document.span), section: self.fold(section.span) };
                self.add(section, What::Refers(thing));
            }
            ast::Target::Escape => {}
        }
        self.found.iter_mut().skip(from).for_each(|mention| mention.in_prose = in_prose);
    }

    fn steps(&mut self, steps: &[Step]) {
        for step in steps {
            match &step.kind {
                StepKind::Step(prose) | StepKind::Bullet(prose) | StepKind::Note(prose) | StepKind::Warning(prose) => {
                    self.prose(prose);
                }
                StepKind::Branches(branches) => {
                    for branch in branches {
                        branch.when.iter().for_each(|when| self.condition(when));
                        self.steps(&branch.steps);
                    }
                }
                StepKind::Do(action) => self.action_ref(action),
                StepKind::Contact(contact) => self.uses(&[Kind::Contact], contact),
                StepKind::See(references) => references.iter().for_each(|reference| self.reference(reference, false)),
                StepKind::Fence { .. } => {}
            }
        }
    }
}

fn one_kind(kind: Kind) -> &'static [Kind] {
    match kind {
        Kind::Entry => &[Kind::Entry],
        Kind::Symptom => &[Kind::Symptom],
        Kind::Fact => &[Kind::Fact],
        Kind::Document => &[Kind::Document],
        Kind::Link => &[Kind::Link],
        Kind::Contact => &[Kind::Contact],
        Kind::Term => &[Kind::Term],
        Kind::Text => &[Kind::Text],
    }
}
