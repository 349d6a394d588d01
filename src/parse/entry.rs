//! Entries and causes.

use super::action::{Actions, Within};
use super::argument::{self, name_of, unquoted};
use super::keyword::{Block, Keyword};
use super::lines::{Line, LineKind, trim};
use super::tree::{DEEPEST, Item, Statement};
use super::{Parser, Rule};
use crate::ast::Condition;
use crate::ast::{ActionRef, Cause, Entry, Fallthrough, Name, Reference, Step, SymptomUse};
use crate::diag::{Code, Diagnostic};
use crate::source::Span;

/// What entries and causes have in common.
#[derive(Default)]
struct Parts {
    when: Vec<Condition>,
    actions: Actions,
    reuses: Vec<(usize, ActionRef)>,
    notes: Vec<Step>,
    see: Vec<Reference>,
}

pub(super) fn parse_entry(parser: &mut Parser<'_>, statement: Statement) -> Option<Entry> {
    let head = parser.argument(argument::ENTRY_HEAD, &statement);
    let (name, title) = match head {
        Some(head) => (name_of(&head.find(Rule::name)?), head.find(Rule::title).and_then(|title| parser.title(&title))),
        // The entry's statements are checked all the same, under a name that nothing refers to.
        None => (Name { span: statement.rest, quoted: true }, None),
    };
    let mut entry = Entry { title, ..empty(statement.span, name) };
    let mut parts = Parts::default();
    for item in statement.body.unwrap_or_default() {
        match item {
            Item::Statement(statement) if parts.takes(statement.keyword) => {
                parts.actions.add_statement(parser, statement)
            }
            Item::Statement(statement) if parts.accepts(statement.keyword) => parts.add(parser, statement),
            Item::Statement(statement) => add_statement(parser, &mut entry, statement),
            Item::Line { line, more } => parts.add_line(parser, line, more, Block::Entry),
        }
    }
    entry.when = parts.when;
    entry.reuses = parts.reuses;
    entry.notes = parts.notes;
    entry.see = parts.see;
    entry.actions = parts.actions.finish();
    Some(entry)
}

fn empty(span: Span, name: Name) -> Entry {
    Entry {
        span,
        name,
        title: None,
        number: None,
        formerly: Vec::new(),
        category: Vec::new(),
        symptoms: Vec::new(),
        when: Vec::new(),
        fallback: None,
        before: Vec::new(),
        overrides: Vec::new(),
        causes: Vec::new(),
        actions: Vec::new(),
        reuses: Vec::new(),
        notes: Vec::new(),
        see: Vec::new(),
        contacts: Vec::new(),
        otherwise: Vec::new(),
        weight: None,
        review: None,
        updated: None,
        owner: None,
    }
}

fn add_statement(parser: &mut Parser<'_>, entry: &mut Entry, statement: Statement) {
    let s = &statement;
    match s.keyword {
        Keyword::Number => parser.set_once(&mut entry.number, Parser::integer, s),
        Keyword::Weight => parser.set_once(&mut entry.weight, Parser::integer, s),
        Keyword::Review => parser.set_once(&mut entry.review, Parser::date, s),
        Keyword::Updated => parser.set_once(&mut entry.updated, Parser::date, s),
        Keyword::Owner => parser.set_once(&mut entry.owner, Parser::prose_argument, s),
        Keyword::Formerly => entry.formerly.extend(parser.names(argument::NAMES, s)),
        Keyword::Before => entry.before.extend(parser.entries(argument::ENTRIES, s)),
        Keyword::Overrides => entry.overrides.extend(parser.entries(argument::ENTRIES, s)),
        Keyword::Contact | Keyword::ContactTo => entry.contacts.extend(parser.name(argument::CONTACT, s)),
        Keyword::Otherwise => entry.otherwise.extend(parser.fallthrough(s)),
        Keyword::Category => add_category(parser, entry, s),
        Keyword::Fallback => entry.fallback = parser.argument(argument::NOTHING, s).map(|_| s.span).or(entry.fallback),
        Keyword::Cause => entry.causes.extend(parse_cause(parser, statement)),
        Keyword::Symptom => add_symptoms(parser, entry, statement),
        _ => {}
    }
}

fn add_category(parser: &mut Parser<'_>, entry: &mut Entry, statement: &Statement) {
    let is_column = matches!(parser.text_of(statement.word), "大分類" | "中分類" | "小分類");
    if !entry.category.is_empty() && !is_column {
        return parser.report_repeated(statement, entry.category.first().copied());
    }
    let Some(node) = parser.argument(argument::PATH, statement) else { return };
    let parts = node.all(Rule::path_part).map(|part| trim(part.span(), parser.text));
    entry.category.extend(parts.filter(|part| !part.is_empty()).map(|part| without_quotes(parser, part)));
    if let Some(first) = entry.category.get(DEEPEST).copied() {
        entry.category.truncate(DEEPEST);
        parser.report(Diagnostic::at(Code::TooDeep, first).message("categories").help("fewer"));
    }
}

fn without_quotes(parser: &Parser<'_>, span: Span) -> Span {
    let text = parser.text_of(span);
    if text.len() > 2 && text.starts_with('"') && text.ends_with('"') {
        return Span { start: span.start + 1, end: span.end - 1, ..span };
    }
    span
}

fn add_symptoms(parser: &mut Parser<'_>, entry: &mut Entry, statement: Statement) {
    let names = parser.names(argument::SYMPTOMS, &statement);
    let in_place = statement.body.map(|body| super::symptom::parse_parts(parser, body));
    let mut in_place = in_place.map(|parts| (parts.messages, parts.during, parts.also));
    for name in names {
        entry.symptoms.push(if name.quoted {
            let (messages, during, also) = in_place.take().unwrap_or_default();
            SymptomUse::InPlace { wording: name, messages, during, also }
        } else {
            SymptomUse::Named(name)
        });
    }
}

fn parse_cause(parser: &mut Parser<'_>, statement: Statement) -> Option<Cause> {
    let title = parser.prose_argument(&statement)?;
    let mut parts = Parts::default();
    for item in statement.body.unwrap_or_default() {
        match item {
            Item::Statement(statement) if parts.takes(statement.keyword) => {
                parts.actions.add_statement(parser, statement)
            }
            Item::Statement(statement) => parts.add(parser, statement),
            Item::Line { line, more } => parts.add_line(parser, line, more, Block::Cause),
        }
    }
    Some(Cause {
        span: statement.span,
        title,
        when: parts.when,
        actions: parts.actions.finish(),
        reuses: parts.reuses,
        notes: parts.notes,
        see: parts.see,
    })
}

impl Parts {
    /// Whether a statement belongs to the alternative just written.
    fn takes(&self, keyword: Keyword) -> bool {
        self.actions.is_alternative() && keyword != Keyword::Action && Block::Action.opens(keyword).is_some()
    }

    fn accepts(&self, keyword: Keyword) -> bool {
        matches!(keyword, Keyword::When | Keyword::Action | Keyword::Do | Keyword::Note | Keyword::See)
    }

    fn add(&mut self, parser: &mut Parser<'_>, statement: Statement) {
        match statement.keyword {
            Keyword::When => self.when.push(parser.condition_argument(argument::CONDITION, &statement)),
            Keyword::Action => self.actions.add(parser, statement),
            Keyword::Do => {
                let at = self.actions.len();
                self.reuses.extend(parser.reuse(&statement).map(|reuse| (at, reuse)));
            }
            Keyword::Note => self.notes.extend(parser.note(&statement)),
            Keyword::See => self.see.extend(parser.references(&statement)),
            _ => {}
        }
    }

    fn add_line(&mut self, parser: &mut Parser<'_>, line: Line, more: Vec<Span>, block: Block) {
        match line.kind {
            LineKind::Note | LineKind::Warning if !self.actions.is_loose() => {
                self.notes.extend(parser.step_line(&line, &more));
            }
            LineKind::Other | LineKind::Statement { .. } if !self.actions.is_loose() => {
                parser.report_unmarked(&line, block);
            }
            _ => self.actions.add_line(parser, line, more, Within::Entry),
        }
    }
}

impl Parser<'_> {
    /// `contact helpdesk`, `entry x`, or `No.9`.
    fn fallthrough(&mut self, statement: &Statement) -> Option<Fallthrough> {
        let node = self.argument(argument::FALLTHROUGH, statement)?;
        if let Some(contact) = node.find(Rule::name) {
            return Some(Fallthrough::Contact(name_of(&contact)));
        }
        let entry = node.find(Rule::entry_ref)?;
        self.entry_ref(&entry).map(Fallthrough::Entry)
    }

    pub(super) fn reuse(&mut self, statement: &Statement) -> Option<ActionRef> {
        let node = self.argument(argument::REUSE, statement)?.find(Rule::entry_action_ref)?;
        self.action_ref(&node)
    }

    /// Phrases parted by commas, without their quotes.
    pub(super) fn phrases(&mut self, statement: &Statement) -> Vec<Span> {
        let Some(node) = self.argument(argument::PHRASES, statement) else { return Vec::new() };
        let phrases = node.all(Rule::phrase).map(|phrase| match phrase.find(Rule::quoted) {
            Some(quoted) if phrase.text().starts_with('"') => unquoted(&quoted),
            Some(_) | None => trim(phrase.span(), self.text),
        });
        phrases.filter(|phrase| !phrase.is_empty()).collect()
    }
}
