//! Puts findings in the order of the files, once each, with the severity that the levels give them.

use rustc_hash::FxHashSet;

use super::{Diagnostic, Diagnostics, Levels};
use crate::source::FileId;

/// Sorted by file, position and code, those about the knowledge base as a whole last; equal findings are one.
#[must_use]
pub fn settle(diagnostics: Diagnostics, levels: &Levels) -> Diagnostics {
    let mut list: Vec<Diagnostic> = diagnostics.into_vec().into_iter().filter_map(|one| judged(one, levels)).collect();
    list.sort_by_key(place);
    let mut seen = FxHashSet::default();
    let fresh: Vec<bool> = list.iter().map(|one| seen.insert(one)).collect();
    let mut fresh = fresh.into_iter();
    list.retain(|_| fresh.next().unwrap_or(true));
    Diagnostics { list }
}

fn judged(diagnostic: Diagnostic, levels: &Levels) -> Option<Diagnostic> {
    let severity = levels.judge(&diagnostic)?;
    Some(Diagnostic { severity, ..diagnostic })
}

fn place(diagnostic: &Diagnostic) -> (bool, Option<(FileId, u32)>, super::Code) {
    (diagnostic.span.is_none(), diagnostic.span.map(|span| (span.file, span.start)), diagnostic.code)
}
