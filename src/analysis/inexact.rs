//! What no proof may rest on: conditions that do not mean what is written, because a derived fact has too many cases to be
//! worked in. That is an error, reported where it is found out. Refuses to know what would be proved.

use rustc_hash::FxHashSet;

use super::Context;
use crate::graph::{Node, Part, visit_parts};
use crate::model::{ActionUse, ConditionId, EntryId};

/// Whether all that is assumed of every situation means what is written.
pub(super) fn are_assumptions_exact(cx: &Context<'_>) -> bool {
    let applicability = cx.model.facts.iter().flat_map(|fact| &fact.only_when);
    cx.meanings.are_exact() || cx.model.assumptions.iter().chain(applicability).all(|id| is_exact(*id, cx))
}

/// The entries with a condition, of their own or of an action that they offer, that does not mean what is written.
pub(super) fn inexact_entries(cx: &Context<'_>) -> FxHashSet<EntryId> {
    let mut found = FxHashSet::default();
    if cx.meanings.are_exact() {
        return found;
    }
    visit_parts(cx.model, &mut |place, part| {
        if let (Node::Entry(entry), Part::Condition(id)) = (place.node, part)
            && !is_exact(id, cx)
        {
            found.insert(entry);
        }
    });
    let of = |offered: &ActionUse| cx.model.actions[offered.action].entry;
    let reusing =
        cx.model.entries.enumerate().filter(|(_, entry)| entry.actions.iter().any(|it| found.contains(&of(it))));
    let reusing: Vec<EntryId> = reusing.map(|(id, _)| id).collect();
    found.extend(reusing);
    found
}

fn is_exact(id: ConditionId, cx: &Context<'_>) -> bool {
    cx.meanings.is_exact(id)
}
