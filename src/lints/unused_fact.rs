//! `unused-fact`: a fact that no condition and no text names, and that no action finds out, changes or checks again.

use rustc_hash::FxHashSet;

use super::{Context, Lint, Scope};
use crate::diag::{Code, Diagnostics};
use crate::graph::facts_in;

pub const LINT: Lint = Lint { code: Code::UnusedFact, scope: Scope::Everything, check };

fn check(context: &Context<'_>, diagnostics: &mut Diagnostics) {
    let assumed: FxHashSet<_> =
        context.model.assumptions.iter().flat_map(|condition| facts_in(*condition, context.types)).collect();
    for id in context.model.facts.ids().filter(|id| !context.is_used(*id) && !assumed.contains(id)) {
        context.unused(LINT.code, id).push_to(diagnostics);
    }
}
