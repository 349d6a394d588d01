//! `entry-without-remedy`: an entry that tells its reader nothing: no action, contact, reference or note.

use super::{Context, Lint};
use crate::diag::{Code, Diagnostics};
use crate::model::Entry;

pub const LINT: Lint = Lint { code: Code::EntryWithoutRemedy, check };

fn check(context: &Context<'_>, diagnostics: &mut Diagnostics) {
    for (id, _) in context.model.entries.enumerate().filter(|(_, entry)| is_empty(entry)) {
        context.finding(LINT.code, id).help("use").push_to(diagnostics);
    }
}

fn is_empty(entry: &Entry) -> bool {
    let has_remedy = !entry.actions.is_empty() || !entry.contacts.is_empty() || !entry.otherwise.is_empty();
    let has_text = !entry.notes.is_empty() || !entry.see.is_empty();
    let cause_has_text = entry.causes.iter().any(|cause| !cause.notes.is_empty() || !cause.see.is_empty());
    !has_remedy && !has_text && !cause_has_text
}
