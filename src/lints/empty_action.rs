//! `empty-action`: an action that says nothing: no title, step, alternative, contact, reference or hand-over.

use super::{Context, Lint, Scope};
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::model::Action;

pub const LINT: Lint = Lint { code: Code::EmptyAction, scope: Scope::Entry, check };

fn check(context: &Context<'_>, diagnostics: &mut Diagnostics) {
    for action in context.model.actions.iter().filter(|action| is_empty(action)) {
        if context.is_broken(action.entry) {
            continue;
        }
        let entry = &context.model.entries[action.entry].id;
        let name = format!("{entry}/{}", action.name.as_deref().unwrap_or(&action.number));
        Diagnostic::at(LINT.code, action.span).text("name", name).help("use").push_to(diagnostics);
    }
}

fn is_empty(action: &Action) -> bool {
    let has_text = action.title.is_some() || !action.steps.is_empty() || !action.alternatives.is_empty();
    let leads_on = !action.contacts.is_empty() || !action.see.is_empty() || !action.then.is_empty();
    !has_text && !leads_on
}
