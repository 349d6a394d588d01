//! Actions: numbers them, enters their names, and resolves them.

use crate::ast::{self, ActionRef, Name};
use crate::diag::{Code, Diagnostic};
use crate::model::{Action, ActionId, Effect, EntryId, FactId, Id, IdVec};
use crate::source::Span;

use super::declare::{Declared, note_spelling};
use super::earlier::next_action;
use super::entry::{OwnOrReused, PlacedAction};
use super::prose::{resolve_optional, resolve_references, resolve_steps};
use super::{Context, lookup};

/// An action before its references are looked up.
pub(super) struct ActionSeed<'t> {
    ast: &'t ast::Action,
    entry: EntryId,
    parent: Option<ActionId>,
    cause: Option<usize>,
    number: String,
    alternatives: Vec<ActionId>,
}

/// One that stands directly in an entry or a cause.
pub(super) enum Written<'t> {
    Own(&'t ast::Action),
    Reused(&'t ActionRef),
}

impl Written<'_> {
    fn span(&self) -> Span {
        match self {
            Self::Own(action) => action.span,
            Self::Reused(reference) => reference.span,
        }
    }
}

/// Mints the actions of all entries, each entry's in the order written, alternatives after what they belong to.
pub(super) fn declare_actions(cx: &mut Context, declared: &mut Declared) {
    for id in declared.entries.ids() {
        let written = written_actions(declared.entries[id].ast);
        let mut placed = Vec::with_capacity(written.len());
        let from = declared.actions.len();
        for (index, (cause, action)) in written.into_iter().enumerate() {
            let number = (index + 1).to_string();
            let action = match action {
                Written::Own(action) => {
                    let seat = Seat { entry: id, parent: None, cause, number };
                    OwnOrReused::Own(declare_action(cx, &mut declared.actions, seat, action))
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
pub(super) fn written_actions(entry: &ast::Entry) -> Vec<(Option<usize>, Written<'_>)> {
    let own = (None, &entry.actions, &entry.reuses);
    let causes = entry.causes.iter().enumerate().map(|(index, it)| (Some(index), &it.actions, &it.reuses));
    let mut all = Vec::new();
    for (cause, actions, reuses) in std::iter::once(own).chain(causes) {
        all.extend(actions.iter().map(|action| (cause, Written::Own(action))));
        all.extend(reuses.iter().map(|(_, reference)| (cause, Written::Reused(reference))));
    }
    all.sort_by_key(|(_, written)| written.span().start);
    all
}

/// Where an action belongs.
struct Seat {
    entry: EntryId,
    parent: Option<ActionId>,
    cause: Option<usize>,
    number: String,
}

fn declare_action<'t>(
    cx: &mut Context,
    actions: &mut IdVec<ActionId, ActionSeed<'t>>,
    seat: Seat,
    ast: &'t ast::Action,
) -> ActionId {
    let Seat { entry, parent, cause, number } = seat;
    let id = actions.push(ActionSeed { ast, entry, parent, cause, number, alternatives: Vec::new() });
    cx.action_names.push(ast.name);
    if let Some(name) = ast.name {
        enter_name(cx, id, entry, name);
    }
    let declare = |(alternative, index)| {
        let number = format!("{}.{index}", actions[id].number);
        declare_action(cx, actions, Seat { entry, parent: Some(id), cause, number }, alternative)
    };
    let ids = ast.alternatives.iter().zip(1..).map(declare).collect();
    actions[id].alternatives = ids;
    id
}

fn enter_name(cx: &mut Context, id: ActionId, entry: EntryId, name: Name) {
    let key = (entry, cx.id(name));
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
fn enter_numbers(cx: &mut Context, actions: &IdVec<ActionId, ActionSeed<'_>>, from: usize) {
    for id in (from..actions.len()).map(ActionId::new) {
        let seed = &actions[id];
        cx.model.names.actions.entry((seed.entry, seed.number.clone())).or_insert(id);
    }
}

pub(super) fn resolve_actions(cx: &mut Context, actions: IdVec<ActionId, ActionSeed<'_>>) {
    for seed in actions {
        cx.entry = Some(seed.entry);
        let action = next_action(cx).unwrap_or_else(|| resolve_action(cx, seed));
        cx.model.actions.push(action);
    }
    cx.entry = None;
}

fn resolve_action(cx: &mut Context, seed: ActionSeed<'_>) -> Action {
    let ActionSeed { ast: action, entry, parent, cause, number, alternatives } = seed;
    let first_condition = cx.model.conditions.len();
    let mut action = Action {
        entry,
        parent,
        cause,
        number,
        name: action.name.map(|name| cx.id(name)),
        span: action.span,
        title: resolve_optional(cx, action.title.as_ref()),
        when: cx.conditions(&action.when),
        steps: resolve_steps(cx, &action.steps),
        alternatives,
        finds: lookup::find_facts(cx, &action.finds),
        sets: action.sets.iter().filter_map(|effect| resolve_effect(cx, effect)).collect(),
        recheck: lookup::find_facts(cx, &action.recheck),
        then: lookup::find_other_entries(cx, &action.then),
        contacts: lookup::find_contacts(cx, &action.contacts),
        after: action.after.iter().filter_map(|it| Some((lookup::find_action(cx, it)?, it.span))).collect(),
        see: resolve_references(cx, &action.see),
        solved: resolve_optional(cx, action.solved.as_ref()),
        likely: action.likely.as_ref().map(|likely| likely.kind),
        takes: action.takes.map(|takes| takes.value),
        conditions: 0..0,
    };
    action.conditions = first_condition..cx.model.conditions.len();
    action
}

fn resolve_effect(cx: &mut Context, effect: &ast::Effect) -> Option<Effect> {
    let fact: FactId = lookup::find(cx, effect.fact)?;
    Some(Effect { fact, span: effect.fact.span, value: effect.value.clone() })
}
