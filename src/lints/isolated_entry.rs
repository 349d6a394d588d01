//! `isolated-entry`: an entry that no reader comes to.
//!
//! The ways to an entry are a symptom that a reader can choose or paste, and something else that sends the reader there.
//! An entry alone on a symptom of its own is found by it, and an entry that others refer to needs no symptom; but
//! without both, what an entry refers to does not help anybody to find it.

use super::{Context, Lint, Scope};
use crate::diag::{Code, Diagnostics};
use crate::graph::{Edge, EdgeKind};
use crate::model::{Entry, SymptomId};

pub const LINT: Lint = Lint { code: Code::IsolatedEntry, scope: Scope::Entry, check };

fn check(context: &Context<'_>, diagnostics: &mut Diagnostics) {
    for (id, entry) in context.model.entries.enumerate() {
        if has_symptom(entry, context) || context.is_broken(id) {
            continue;
        }
        if !context.graph.is_used(id.into(), leads) {
            context.finding(LINT.code, id).help("use").push_to(diagnostics);
        } else if !entry.when.is_empty() && !context.graph.is_used(id.into(), puts_in_play) {
            context.finding(LINT.code, id).message("condition").help("use").push_to(diagnostics);
        }
    }
}

fn has_symptom(entry: &Entry, context: &Context<'_>) -> bool {
    entry.symptoms.iter().any(|used| can_be_met(used.symptom, context))
}

/// Whether a symptom has any words by which a reader knows it.
fn can_be_met(id: SymptomId, context: &Context<'_>) -> bool {
    let symptom = &context.model.symptoms[id];
    !symptom.title.lines.is_empty() || !symptom.messages.is_empty() || !symptom.also.is_empty()
}

/// Whether a dialogue follows the edge, so that the entry's conditions are asked about.
fn puts_in_play(edge: &Edge) -> bool {
    matches!(edge.kind, EdgeKind::Then | EdgeKind::Reuses)
}

/// Whether a reader follows the edge; being ordered before or after something leads nobody anywhere.
fn leads(edge: &Edge) -> bool {
    matches!(edge.kind, EdgeKind::See | EdgeKind::Then | EdgeKind::Reuses)
}
