//! The remedies of an entry: a heading each, numbered as in the FAQ, alternatives under their action.

use crate::ast::LikelihoodKind;
use crate::model::{Action, ActionId, ActionUse, ContactUse, Effect, EntryId, FactUse};
use crate::speech;

use super::book::Node;
use super::entry::{flat, write_uses};
use super::inline::{write_conditions, write_duration, write_prose, write_references};
use super::page::Page;
use super::steps::write_steps;
use crate::emit::names::safe;

pub fn write_actions(page: &mut Page<'_>, id: EntryId) {
    let entry = &page.book.model.entries[id];
    if entry.actions.is_empty() {
        return;
    }
    page.heading_word(2, page.book.words.remedy);
    for used in &entry.actions {
        match used.reused {
            Some(_) => write_reused(page, used),
            None => write_action(page, used.action, 3),
        }
    }
}

/// Another entry's remedy is told once, on its own page.
fn write_reused(page: &mut Page<'_>, used: &ActionUse) {
    let book = page.book;
    let action = &book.model.actions[used.action];
    let title =
        action.title.as_ref().map_or_else(|| book.entry_titles[action.entry].clone(), |title| flat(book, title));
    page.heading(3, |page| page.text(&title));
    page.block(|page| page.sentence(book.words.same_remedy, Node::Action(used.action)));
}

fn write_action(page: &mut Page<'_>, id: ActionId, level: usize) {
    let book = page.book;
    let action = &book.model.actions[id];
    let named = action.name.as_ref().map(|name| format!("action.{}", safe(name)));
    let numbered = book.anchor(Node::Action(id));
    let named = named.as_deref().filter(|name| *name != numbered && !is_number(action));
    page.anchors(std::iter::once(numbered).chain(named));
    page.heading(level, |page| {
        page.out.push_str(&action.number);
        if let Some(title) = &action.title {
            page.out.push(' ');
            page.text(&flat(book, title));
        }
    });
    write_guard(page, action);
    write_steps(page, &action.steps);
    write_fields(page, action);
    for alternative in &action.alternatives {
        write_action(page, *alternative, level + 1);
    }
}

/// A name that looks like a number could be another action's number.
fn is_number(action: &Action) -> bool {
    action.name.as_deref().is_some_and(|name| name.chars().all(|c| c.is_numeric() || c == '.'))
}

fn write_guard(page: &mut Page<'_>, action: &Action) {
    let words = page.book.words;
    if !action.when.is_empty() {
        page.block(|page| {
            page.label(words.when);
            write_conditions(page, &action.when);
        });
    }
    let cause = action
        .cause
        .and_then(|index| page.book.model.entries[action.entry].causes.get(index).map(|cause| (index, cause)));
    if let (Some((index, cause)), None) = (cause, action.parent) {
        page.block(|page| {
            page.label(words.cause);
            page.out.push('[');
            page.text(&flat(page.book, &cause.title));
            page.out.push_str(&format!("](#cause.{})", index + 1));
        });
    }
}

fn write_fields(page: &mut Page<'_>, action: &Action) {
    let words = page.book.words;
    let first = &mut true;
    if !action.after.is_empty() {
        page.field(first, words.after, |page| page.list(&action.after, |page, (id, _)| page.link(Node::Action(*id))));
    }
    write_facts(page, first, words.finds, &action.finds);
    write_effects(page, first, &action.sets);
    write_facts(page, first, words.recheck, &action.recheck);
    write_contacts(page, first, &action.contacts);
    write_uses(page, first, words.then, &action.then);
    if !action.see.is_empty() {
        page.field(first, words.see, |page| write_references(page, &action.see));
    }
    if let Some(solved) = &action.solved {
        page.field(first, words.solved, |page| write_prose(page, solved));
    }
    if let Some(likely) = action.likely {
        page.field(first, words.likely, |page| write_likelihood(page, likely));
    }
    if let Some(seconds) = action.takes {
        page.field(first, words.takes, |page| write_duration(page, seconds));
    }
}

pub fn write_likelihood(page: &mut Page<'_>, likely: LikelihoodKind) {
    match likely {
        LikelihoodKind::Percent(percent) => page.out.push_str(&format!("{percent}%")),
        LikelihoodKind::Often => page.out.push_str(page.book.words.often),
        LikelihoodKind::Rarely => page.out.push_str(page.book.words.rarely),
    }
}

fn write_facts(page: &mut Page<'_>, first: &mut bool, label: &str, facts: &[FactUse]) {
    if !facts.is_empty() {
        page.field(first, label, |page| page.list(facts, |page, used| page.link(Node::Fact(used.fact))));
    }
}

fn write_effects(page: &mut Page<'_>, first: &mut bool, effects: &[Effect]) {
    let words = page.book.words;
    if !effects.is_empty() {
        page.field(first, words.sets, |page| {
            page.list(effects, |page, effect| {
                page.link(Node::Fact(effect.fact));
                page.out.push_str(words.equals);
                let value = speech::value(page.book.speech, effect.fact, &effect.value);
                page.text(&value);
            });
        });
    }
}

fn write_contacts(page: &mut Page<'_>, first: &mut bool, contacts: &[ContactUse]) {
    if !contacts.is_empty() {
        page.field(first, page.book.words.contact, |page| {
            page.list(contacts, |page, used| page.link(Node::Contact(used.contact)));
        });
    }
}
