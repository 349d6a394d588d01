//! `review-due`: an entry whose day of review has come, or comes within a month. Says nothing when no day is given: a
//! compilation asks no clock.

use super::{Context, Lint, Scope};
use crate::ast::Date;
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::types::days_since_epoch;

pub const LINT: Lint = Lint { code: Code::ReviewDue, scope: Scope::Entry, check };

/// How many days ahead it is said.
const AHEAD: i64 = 30;

fn check(context: &Context<'_>, diagnostics: &mut Diagnostics) {
    let Some(today) = context.today else { return };
    for entry in context.model.entries.iter() {
        let Some(date) = entry.review else { continue };
        let left = days_since_epoch(date) - days_since_epoch(today);
        if left > AHEAD {
            continue;
        }
        let finding = Diagnostic::at(LINT.code, entry.name).text("name", &entry.id).text("date", written(date));
        let finding = if left > 0 { finding.message("soon").text("days", left.to_string()) } else { finding };
        finding.help("look").push_to(diagnostics);
    }
}

fn written(date: Date) -> String {
    format!("{:04}-{:02}-{:02}", date.year, date.month, date.day)
}
