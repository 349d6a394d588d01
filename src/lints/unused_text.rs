//! `unused-text`: a text by value that no text refers to.

use super::{Context, Lint, Scope};
use crate::diag::{Code, Diagnostics};

pub const LINT: Lint = Lint { code: Code::UnusedText, scope: Scope::Everything, check };

fn check(context: &Context<'_>, diagnostics: &mut Diagnostics) {
    for id in context.model.texts.ids().filter(|id| !context.is_used(*id)) {
        context.unused(LINT.code, id, "use").push_to(diagnostics);
    }
}
