//! The page of facts: what to ask, how to find it out, what each answer looks like.

use crate::ast;
use crate::model::{Fact, FactId, IfUnknown, RuleValue, Type, ValueDecl};
use crate::source::Span;
use crate::speech;
use crate::types::Test;

use super::book::{Book, Node};
use super::escape;
use super::inline::{write_conditions, write_duration, write_prose};
use super::page::{Folder, Page, title};
use super::reference::write_citers;
use super::steps::{write_attached, write_steps, write_when};

pub fn page(book: &Book<'_>) -> String {
    let mut page = Page::new(book, Folder::Root);
    page.heading_word(1, book.words.facts);
    for (id, fact) in book.model.facts.enumerate() {
        page.anchors(book.anchors(Node::Fact(id)).iter().map(String::as_str));
        page.heading(2, |page| page.text(&title(book, Node::Fact(id))));
        write_fact(&mut page, id, fact);
    }
    page.out
}

fn write_fact(page: &mut Page<'_>, id: FactId, fact: &Fact) {
    let words = page.book.words;
    let first = &mut true;
    if let Some(ask) = &fact.ask {
        page.field(first, words.question, |page| write_prose(page, ask));
    }
    write_values(page, first, id, fact);
    if !fact.only_when.is_empty() {
        page.field(first, words.only_when, |page| write_conditions(page, &fact.only_when));
    }
    if let Some(seconds) = fact.takes {
        page.field(first, words.takes, |page| write_duration(page, seconds));
    }
    if let Some(unknown) = &fact.if_unknown {
        page.field(first, words.if_unknown, |page| write_unknown(page, id, unknown));
    }
    write_rules(page, id, fact);
    write_checks(page, fact);
    write_shows(page, id, fact);
    write_attached(page, &fact.notes);
    write_citers(page, Node::Fact(id), words.found_by);
}

fn write_values(page: &mut Page<'_>, first: &mut bool, id: FactId, fact: &Fact) {
    let values = match &fact.ty {
        Type::OneOf { values, .. } | Type::AnyOf { values } => values,
        Type::YesNo if fact.derived.is_none() => return write_yes_no(page, first, id),
        Type::Number { step, unit, .. } => return write_number(page, first, id, step.as_ref(), *unit),
        Type::Error | Type::YesNo | Type::Version | Type::Date => return,
    };
    let sources = page.book.sources;
    let label = |value: &ValueDecl| sources.text(value.label.unwrap_or(value.span));
    page.field(first, page.book.words.values, |page| page.list(values, |page, value| page.text(label(value))));
}

fn write_yes_no(page: &mut Page<'_>, first: &mut bool, id: FactId) {
    let speech = page.book.speech;
    let answers = [0, 1].map(|index| speech::values(speech, id, &Test::OneOf(vec![index])));
    page.field(first, page.book.words.values, |page| page.list(&answers, |page, answer| page.text(answer)));
}

/// 「数（0〜100枚、0.5枚刻み）」.
fn write_number(page: &mut Page<'_>, first: &mut bool, id: FactId, step: Option<&ast::Value>, unit: Option<Span>) {
    let words = page.book.words;
    let range = speech::range(page.book.speech, id);
    let unit = unit.filter(|_| range.is_none()).map(|unit| page.book.sources.text(unit));
    let unit = unit.map(|unit| format!("{}{}{unit}", words.unit, words.colon));
    let (before, after) = words.in_steps;
    let step = step.map(|_| format!("{before}{}{after}", speech::step(page.book.speech, id)));
    let limits: Vec<String> = [range, unit, step].into_iter().flatten().collect();
    page.field(first, words.values, |page| {
        page.out.push_str(words.a_number);
        if !limits.is_empty() {
            page.out.push_str(words.open_paren);
            page.list(&limits, |page, limit| escape::part(&mut page.out, limit, false, false));
            page.out.push_str(words.close_paren);
        }
    });
}

fn write_unknown(page: &mut Page<'_>, id: FactId, unknown: &IfUnknown) {
    let words = page.book.words;
    match unknown {
        IfUnknown::Contact(used) => {
            page.sentence(words.contact_step, Node::Contact(used.contact));
        }
        IfUnknown::Entry(used) => page.link(Node::Entry(used.entry)),
        IfUnknown::Value(value) => {
            page.out.push_str(words.treated_as.0);
            page.text(&speech::value(page.book.speech, id, value));
            page.out.push_str(words.treated_as.1);
        }
    }
}

fn write_rules(page: &mut Page<'_>, id: FactId, fact: &Fact) {
    let words = page.book.words;
    let Some(rules) = fact.derived.as_ref().filter(|rules| !rules.is_empty()) else { return };
    page.block(|page| page.label(words.derived));
    for (index, rule) in rules.iter().enumerate() {
        let marker = format!("{}. ", index + 1);
        page.item(&marker, index == 0, |page| {
            page.block(|page| {
                let value = match &rule.value {
                    RuleValue::Yes => speech::values(page.book.speech, id, &Test::OneOf(vec![0])),
                    RuleValue::Written(value) => speech::value(page.book.speech, id, value),
                };
                page.text(&value);
                page.out.push_str(words.colon);
                match rule.when {
                    Some(when) => write_conditions(page, &[when]),
                    None => page.out.push_str(words.otherwise_rule),
                }
            });
        });
    }
}

fn write_checks(page: &mut Page<'_>, fact: &Fact) {
    let words = page.book.words;
    if fact.checks.is_empty() {
        return;
    }
    page.heading_word(3, words.how_to_find_out);
    for check in &fact.checks {
        if let Some(when) = check.when {
            page.block(|page| write_when(page, when));
        }
        write_steps(page, &check.steps);
    }
}

fn write_shows(page: &mut Page<'_>, id: FactId, fact: &Fact) {
    if fact.shows.is_empty() {
        return;
    }
    page.heading_word(3, page.book.words.screen);
    let mut first = true;
    for shows in &fact.shows {
        page.bullet(&mut first, |page| {
            page.text(&speech::value(page.book.speech, id, &shows.value));
            page.out.push_str(page.book.words.colon);
            page.text(page.book.sources.text(shows.text));
        });
    }
}
