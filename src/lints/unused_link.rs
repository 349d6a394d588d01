//! `unused-link`: a link that no text refers to.

use super::{Context, Lint, Scope};
use crate::diag::{Code, Diagnostics};

pub const LINT: Lint = Lint { code: Code::UnusedLink, scope: Scope::Everything, check };

fn check(context: &Context<'_>, diagnostics: &mut Diagnostics) {
    for id in context.model.links.ids().filter(|id| !context.is_used(*id)) {
        context.unused(LINT.code, id, "use").push_to(diagnostics);
    }
}
