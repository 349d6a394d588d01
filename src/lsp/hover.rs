//! What is shown of a thing where it is named: an entry as its readers see it, a fact's question and values, a code's page.

use super::book::Book;
use super::gloss::gloss;
use super::items::{declares, name_of, title_of};
use super::mention::Thing;
use super::page::Page;
use crate::ast::{Action, Condition, Entry, Fact, Item, Prose, Reference, Step, StepKind, Target, TypeKind, ValueDecl};
use crate::diag::{Code, explain};
use crate::language::Language;
use crate::model::{Kind, fold_name};
use crate::parse::rows::Shape;
use crate::source::Span;

/// Markdown about the thing at a byte of a page.
pub fn hover(book: &Book, page: &Page, offset: u32, language: Language) -> Option<(Span, String)> {
    if let Some(exception) =
        page.file.exceptions.iter().find(|it| it.lint.span.start <= offset && offset <= it.lint.span.end)
    {
        let code = Code::find(page.slice(exception.lint.span))?;
        return Some((exception.lint.span, explain(code, language)));
    }
    let Some(mention) = page.mention_at(offset) else { return keyword_at(page, offset, language) };
    let thing = book.thing_of(mention)?;
    Some((mention.span, about(book, &thing)?))
}

/// What the reference says of the keyword that a line begins with.
fn keyword_at(page: &Page, offset: u32, language: Language) -> Option<(Span, String)> {
    let until = page.rows.partition_point(|row| row.span.start <= offset);
    let row = page.rows.get(until.checked_sub(1)?)?;
    let Shape::Statement(statement) = &row.shape else { return None };
    let is_there = statement.word.start <= offset && offset <= statement.word.end;
    let found = gloss(statement.keyword, row.block, language).filter(|_| is_there)?;
    Some((statement.word, found.markdown(language)))
}

/// Markdown about a thing.
pub fn about(book: &Book, thing: &Thing) -> Option<String> {
    match thing {
        Thing::Named(kind, name) => {
            let (page, item) = declared(book, *kind, name)?;
            Some(about_item(item, page, book))
        }
        Thing::Action { entry, .. } => {
            let (page, item) = declared(book, Kind::Entry, entry)?;
            let spot = book.declaration(thing)?;
            let Item::Entry(entry) = item else { return None };
            let mut actions = entry.actions.iter().chain(entry.causes.iter().flat_map(|cause| &cause.actions));
            let action = actions.find_map(|action| find_action(action, spot.span.start))?;
            let mut out = Paper { page, book, out: String::new() };
            out.action(action, "");
            Some(out.out)
        }
        Thing::Section { document, section } => {
            let (page, item) = declared(book, Kind::Document, document)?;
            let Item::Document(found) = item else { return None };
            let number = |span| fold_name(page.slice(span)) == *section;
            let section =
                found.sections.iter().find(|it| it.number.map(|it| it.span).or(it.title).is_some_and(number))?;
            let part = |span: Option<Span>| span.map_or("", |span| page.slice(span));
            let number = part(section.number.map(|number| number.span));
            Some(format!("**{}** {number} {}\n\n{}", title_of(item, page), part(section.title), part(section.url)))
        }
        Thing::Value { fact, .. } => about(book, &Thing::Named(Kind::Fact, fact.clone())),
    }
}

fn declared<'a>(book: &'a Book, kind: Kind, name: &str) -> Option<(&'a Page, &'a Item)> {
    let spot = book.declaration(&Thing::Named(kind, name.to_owned()))?;
    let page = book.pages.get(spot.page)?;
    Some((page, page.file.items.iter().find(|item| declares(item, kind, name, page))?))
}

fn find_action(action: &Action, at: u32) -> Option<&Action> {
    if action.name.is_some_and(|name| name.span.start == at) {
        return Some(action);
    }
    action.alternatives.iter().find_map(|inner| find_action(inner, at))
}

fn about_item(item: &Item, page: &Page, book: &Book) -> String {
    let mut paper = Paper { page, book, out: String::new() };
    match item {
        Item::Entry(entry) => paper.entry(entry, title_of(item, page)),
        Item::Fact(fact) => paper.fact(fact),
        Item::Define(define) => {
            paper.heading(item);
            paper.condition(&define.when);
        }
        Item::Symptom(symptom) => {
            paper.heading(item);
            for line in symptom.messages.iter().flat_map(|message| &message.lines) {
                paper.line(&format!("> {}", escaped(page.slice(*line).trim())));
            }
        }
        Item::Document(document) => {
            paper.heading(item);
            for section in &document.sections {
                let part = |span: Option<Span>| span.map_or("", |span| page.slice(span));
                let number = part(section.number.map(|number| number.span));
                paper.line(&format!("- {} {}", escaped(number), escaped(part(section.title))));
            }
        }
        Item::Contact(contact) => {
            paper.heading(item);
            for prose in [&contact.tel, &contact.mail, &contact.hours, &contact.tell].into_iter().flatten() {
                paper.line(&format!("- {}", paper.prose(prose)));
            }
        }
        Item::Link(link) => {
            paper.heading(item);
            paper.line(page.slice(link.url));
        }
        Item::Text(text) => {
            paper.heading(item);
            for case in &text.cases {
                let value = case.value.as_ref().map_or("…", |value| page.slice(value.whole()));
                paper.line(&format!("- {}: {}", escaped(value), paper.prose(&case.text)));
            }
        }
        Item::Derive(_) | Item::Table(_) | Item::Assume(_) | Item::Term(_) | Item::Test(_) => paper.heading(item),
    }
    paper.out
}

struct Paper<'a> {
    page: &'a Page,
    book: &'a Book,
    out: String,
}

impl Paper<'_> {
    fn line(&mut self, text: &str) {
        self.out.push_str(text);
        self.out.push('\n');
    }

    fn heading(&mut self, item: &Item) {
        let name = name_of(item).map_or("", |(_, name)| self.page.slice(name.span));
        self.line(&format!("**{}** `{name}`\n", escaped(title_of(item, self.page))));
    }

    fn prose(&self, prose: &Prose) -> String {
        let lines: Vec<String> = prose.lines.iter().map(|line| self.prose_line(*line, &prose.refs)).collect();
        lines.join(" ")
    }

    /// With what references are shown as.
    fn prose_line(&self, line: Span, refs: &[Reference]) -> String {
        let mut out = String::new();
        let mut from = line;
        for reference in refs.iter().filter(|it| line.start <= it.span.start && it.span.end <= line.end) {
            out.push_str(&escaped(self.page.slice(Span { end: reference.span.start, ..from })));
            out.push_str(&escaped(&self.reference(reference)));
            from.start = reference.span.end;
        }
        out.push_str(&escaped(self.page.slice(from)));
        out.trim().to_owned()
    }

    /// The words that are given with a reference, else its target's title, else what is written.
    fn reference(&self, reference: &Reference) -> String {
        let written =
            self.page.slice(reference.span).trim_start_matches('\\').trim_matches(['[', ']', '［', '］', '→', '@']);
        let of_target = || {
            let thing = self.book.thing_of(self.page.mention_at(reference.span.end.saturating_sub(1))?)?;
            let Thing::Named(kind, name) = thing else { return None };
            title_in(self.book, kind, &name).filter(|title| !title.is_empty())
        };
        match (reference.shown, &reference.target) {
            (Some(shown), _) => self.page.slice(shown).to_owned(),
            (None, Target::Name { .. }) => of_target().unwrap_or(written).to_owned(),
            (None, Target::Section { document: name, section }) => {
                match title_in(self.book, Kind::Document, &fold_name(self.page.slice(name.span))) {
                    Some(title) => format!("{title} {}", self.page.slice(section.span)),
                    None => written.to_owned(),
                }
            }
            (None, Target::Numbers(_) | Target::Action(_) | Target::Escape) => written.to_owned(),
        }
    }

    fn condition(&mut self, condition: &Condition) {
        self.line(&format!("`{}`\n", self.page.slice(condition.span()).replace('`', "'")));
    }

    fn entry(&mut self, entry: &Entry, title: &str) {
        let number = entry.number.as_ref().map_or(String::new(), |number| format!("No.{} ", number.value));
        self.line(&format!("### {number}{}\n", escaped(title)));
        let path: Vec<String> = entry.category.iter().map(|part| escaped(self.page.slice(*part))).collect();
        if !path.is_empty() {
            self.line(&format!("{}\n", path.join(" › ")));
        }
        for used in &entry.symptoms {
            let text = match used {
                crate::ast::SymptomUse::Named(name) => {
                    let name = self.page.slice(name.span);
                    title_in(self.book, Kind::Symptom, &fold_name(name)).unwrap_or(name)
                }
                crate::ast::SymptomUse::InPlace { wording, .. } => self.page.slice(wording.span),
            };
            self.line(&format!("*{}*\n", escaped(text)));
        }
        entry.when.iter().for_each(|when| self.condition(when));
        for cause in &entry.causes {
            self.line(&format!("- {}", self.prose(&cause.title)));
        }
        let actions = entry.causes.iter().flat_map(|cause| &cause.actions).chain(&entry.actions);
        for action in actions {
            self.action(action, "");
        }
        self.steps(&entry.notes, "");
    }

    fn action(&mut self, action: &Action, indent: &str) {
        if let Some(title) = &action.title {
            self.line(&format!("\n{indent}**{}**\n", self.prose(title)));
        }
        for when in &action.when {
            self.line(&format!("{indent}`{}`\n", self.page.slice(when.span()).replace('`', "'")));
        }
        self.steps(&action.steps, indent);
        action.alternatives.iter().for_each(|inner| self.action(inner, indent));
    }

    fn steps(&mut self, steps: &[Step], indent: &str) {
        let mut number = 0;
        for step in steps {
            match &step.kind {
                StepKind::Step(prose) => {
                    number += 1;
                    self.line(&format!("{indent}{number}. {}", self.prose(prose)));
                }
                StepKind::Bullet(prose) => self.line(&format!("{indent}- {}", self.prose(prose))),
                StepKind::Note(prose) => self.line(&format!("{indent}- ※ {}", self.prose(prose))),
                StepKind::Warning(prose) => self.line(&format!("{indent}- ⚠ {}", self.prose(prose))),
                StepKind::Branches(branches) => {
                    for branch in branches {
                        let when =
                            branch.when.as_ref().map_or("…", |when| self.page.slice(when.span())).replace('`', "'");
                        self.line(&format!("{indent}- `{when}`"));
                        self.steps(&branch.steps, &format!("{indent}    "));
                    }
                }
                StepKind::Fence { .. } | StepKind::Do(_) | StepKind::Contact(_) | StepKind::See(_) => {
                    let line = self.page.slice(step.span).lines().next().unwrap_or("");
                    self.line(&format!("{indent}- {}", escaped(line)));
                }
            }
        }
    }

    fn fact(&mut self, fact: &Fact) {
        let label = fact.label.map_or("", |label| self.page.slice(label));
        self.line(&format!("**{}** `{}`\n", escaped(label), self.page.slice(fact.name.span)));
        if let Some(ask) = &fact.ask {
            self.line(&format!("{}\n", self.prose(ask)));
        }
        match &fact.ty.kind {
            TypeKind::OneOf { values, .. } | TypeKind::AnyOf { values } => {
                values.iter().chain(&fact.values).for_each(|value| self.value(value));
            }
            TypeKind::Error | TypeKind::YesNo | TypeKind::Number { .. } | TypeKind::Version | TypeKind::Date => {
                self.line(&format!("`{}`", self.page.slice(fact.ty.span)));
            }
        }
    }

    fn value(&mut self, value: &ValueDecl) {
        let label = value.label.map_or("", |label| self.page.slice(label));
        self.line(&format!("- `{}` {}", self.page.slice(value.name.span), escaped(label)));
    }
}

/// What a thing is called where it is declared.
fn title_in<'a>(book: &'a Book, kind: Kind, name: &str) -> Option<&'a str> {
    declared(book, kind, name).map(|(page, item)| title_of(item, page))
}

/// Text that shows as it is in Markdown.
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|' | '&' | '~') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}
