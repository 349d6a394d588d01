//! `unused-section`: a section that no text refers to, of a document that is in use.

use super::{Context, Lint, Scope, unused_document};
use crate::diag::{Code, Diagnostics};

pub const LINT: Lint = Lint { code: Code::UnusedSection, scope: Scope::Everything, check };

fn check(context: &Context<'_>, diagnostics: &mut Diagnostics) {
    for (id, section) in context.model.sections.enumerate() {
        if !context.is_used(id) && unused_document::is_used(section.document, context) {
            context.unused(LINT.code, id, "use").push_to(diagnostics);
        }
    }
}
