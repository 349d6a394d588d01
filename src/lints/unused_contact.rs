//! `unused-contact`: a contact that nobody is sent to, and that is not the default one.

use super::{Context, Lint, Scope};
use crate::diag::{Code, Diagnostics};

pub const LINT: Lint = Lint { code: Code::UnusedContact, scope: Scope::Everything, check };

fn check(context: &Context<'_>, diagnostics: &mut Diagnostics) {
    let default = context.model.config.default_contact;
    for id in context.model.contacts.ids().filter(|id| default != Some(*id) && !context.is_used(*id)) {
        context.unused(LINT.code, id, "use").push_to(diagnostics);
    }
}
