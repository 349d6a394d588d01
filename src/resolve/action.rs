//! Actions: numbers them, enters their names, and resolves them.

use crate::ast::{self, ActionRef, Name};
use crate::diag::{Code, Diagnostic};
use crate::model::{Action, ActionId, Effect, EntryId, FactId, Id, IdVec, fold_name};
use crate::source::Span;

use super::declare::{Declared, note_spelling};
use super::entry::{EntrySeed, OwnOrReused, PlacedAction};
use super::prose::{resolve_optional, resolve_references, resolve_steps};
use super::{Context, lookup};

/// An action before its references are looked up.
pub(super) struct ActionSeed {
    /// Without its alternatives.
    ast: ast::Action,
    entry: EntryId,
    parent: Option<ActionId>,
    cause: Option<usize>,
    number: String,
    alternatives: Vec<ActionId>,
}

/// One that stands directly in an entry or a cause.
enum Written {
    Own(Box<ast::Action>),
    Reused(ActionRef),
}

/// Mints the actions of all entries, each entry's in the order written, alternatives after what they belong to.
pub(super) fn declare_actions(cx: &mut Context, declared: &mut Declared) {
    for id in declared.entries.ids() {
        let written = take_actions(&mut declared.entries[id]);
        let mut placed = Vec::with_capacity(written.len());
        let from = declared.actions.len();
        for (index, (cause, action)) in written.into_iter().enumerate() {
            let number = (index + 1).to_string();
            let action = match action {
                Written::Own(action) => {
                    let seat = Seat { entry: id, parent: None, cause, number };
                    OwnOrReused::Own(declare_action(cx, &mut declared.actions, seat, *action))
                }
                Written::Reused(reference) => OwnOrReused::Reused(reference, number),
            };
            placed.push(PlacedAction { cause, action });
        }
        declared.entries[id].actions = placed;
        enter_numbers(cx, &declared.actions, from);
    }
}

/// The actions of an entry and of its causes, with the causes' indices, in the order written.
fn take_actions(seed: &mut EntrySeed) -> Vec<(Option<usize>, Written)> {
    let entry = &mut seed.ast;
    let mut all: Vec<(Span, Option<usize>, Written)> = Vec::new();
    let mut take = |cause, actions: &mut Vec<ast::Action>, reuses: &mut Vec<(usize, ActionRef)>| {
        let own = std::mem::take(actions).into_iter();
        all.extend(own.map(|action| (action.span, cause, Written::Own(Box::new(action)))));
        let reused = std::mem::take(reuses).into_iter();
        all.extend(reused.map(|(_, reference)| (reference.span, cause, Written::Reused(reference))));
    };
    take(None, &mut entry.actions, &mut entry.reuses);
    for (index, cause) in entry.causes.iter_mut().enumerate() {
        take(Some(index), &mut cause.actions, &mut cause.reuses);
    }
    all.sort_by_key(|(span, ..)| span.start);
    all.into_iter().map(|(_, cause, written)| (cause, written)).collect()
}

/// Where an action belongs.
struct Seat {
    entry: EntryId,
    parent: Option<ActionId>,
    cause: Option<usize>,
    number: String,
}

fn declare_action(
    cx: &mut Context,
    actions: &mut IdVec<ActionId, ActionSeed>,
    seat: Seat,
    mut ast: ast::Action,
) -> ActionId {
    let Seat { entry, parent, cause, number } = seat;
    let alternatives = std::mem::take(&mut ast.alternatives);
    let name = ast.name;
    let prefix = number.clone();
    let id = actions.push(ActionSeed { ast, entry, parent, cause, number, alternatives: Vec::new() });
    cx.action_names.push(name);
    if let Some(name) = name {
        enter_name(cx, id, entry, name);
    }
    let declare = |(index, alternative)| {
        let seat = Seat { entry, parent: Some(id), cause, number: format!("{prefix}.{}", index + 1) };
        declare_action(cx, actions, seat, alternative)
    };
    let ids: Vec<_> = alternatives.into_iter().enumerate().map(declare).collect();
    actions[id].alternatives = ids;
    id
}

fn enter_name(cx: &mut Context, id: ActionId, entry: EntryId, name: Name) {
    let key = (entry, fold_name(cx.text(name.span)).into_owned());
    let first = *cx.model.names.actions.entry(key).or_insert(id);
    if first == id {
        return;
    }
    let finding = Diagnostic::at(Code::DuplicateAction, name.span).text("name", cx.text(name.span));
    let finding = match cx.action_names.get(first.index()).copied().flatten() {
        Some(first) => {
            let finding = finding.label(first.span, "first");
            note_spelling(finding, cx.text(name.span), cx.text(first.span))
        }
        None => finding,
    };
    finding.help("rename").push_to(cx.diagnostics);
}

/// Numbers come after names, so that an action named `2` is the one meant by `2`.
fn enter_numbers(cx: &mut Context, actions: &IdVec<ActionId, ActionSeed>, from: usize) {
    for id in (from..actions.len()).map(ActionId::new) {
        let seed = &actions[id];
        cx.model.names.actions.entry((seed.entry, seed.number.clone())).or_insert(id);
    }
}

pub(super) fn resolve_actions(cx: &mut Context, actions: IdVec<ActionId, ActionSeed>) {
    for seed in actions {
        cx.entry = Some(seed.entry);
        let action = resolve_action(cx, seed);
        cx.model.actions.push(action);
    }
    cx.entry = None;
}

fn resolve_action(cx: &mut Context, seed: ActionSeed) -> Action {
    let ActionSeed { ast: action, entry, parent, cause, number, alternatives } = seed;
    Action {
        entry,
        parent,
        cause,
        number,
        name: action.name.map(|name| cx.id(name)),
        span: action.span,
        title: resolve_optional(cx, action.title),
        when: cx.conditions(action.when),
        steps: resolve_steps(cx, action.steps),
        alternatives,
        finds: lookup::find_facts(cx, action.finds),
        sets: action.sets.into_iter().filter_map(|effect| resolve_effect(cx, effect)).collect(),
        recheck: lookup::find_facts(cx, action.recheck),
        then: lookup::find_other_entries(cx, &action.then),
        contacts: lookup::find_contacts(cx, action.contacts),
        after: action.after.iter().filter_map(|it| Some((lookup::find_action(cx, it)?, it.span))).collect(),
        see: resolve_references(cx, action.see),
        solved: resolve_optional(cx, action.solved),
        likely: action.likely.map(|likely| likely.kind),
        takes: action.takes.map(|takes| takes.value),
    }
}

fn resolve_effect(cx: &mut Context, effect: ast::Effect) -> Option<Effect> {
    let fact: FactId = lookup::find(cx, effect.fact)?;
    Some(Effect { fact, span: effect.fact.span, value: effect.value })
}
