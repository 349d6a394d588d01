//! Says which entries are shown together, and how to choose between them. Refuses to search.

use super::{Found, Pair, Winner};
use crate::analysis::mend::{self, BEFORE, OVERRIDES, WHEN, Word};
use crate::analysis::site::{Site, with_size};
use crate::ast::Policy;
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::model::EntryId;

/// Reports the pairs that `is_new` has not seen under another symptom.
pub(in crate::analysis) fn report(
    found: &Found,
    site: &Site<'_>,
    mut is_new: impl FnMut(EntryId, EntryId) -> bool,
    diagnostics: &mut Diagnostics,
) {
    let fresh = |pair: &&Pair| is_new(site.entry(pair.first), site.entry(pair.second));
    let pairs: Vec<&Pair> = found.pairs.iter().filter(fresh).collect();
    for pair in &pairs {
        finding(pair, site).push_to(diagnostics);
    }
    if found.more > 0 && !pairs.is_empty() {
        let count = if found.is_open { "more-than" } else { "more" };
        Diagnostic::at(Code::Overlap, site.name())
            .message(count)
            .text("symptom", site.title())
            .text("count", found.more.to_string())
            .help("many")
            .push_to(diagnostics);
    }
}

fn finding(pair: &Pair, site: &Site<'_>) -> Diagnostic {
    let is_unconditional = site.cx.model.entries[site.entry(pair.second)].when.is_empty();
    let label = if is_unconditional { "second-always" } else { "second" };
    let finding = Diagnostic::at(Code::Overlap, site.condition_place(pair.first))
        .text("symptom", site.title())
        .text("first", site.entry_title(pair.first))
        .text("second", site.entry_title(pair.second))
        .arg("situation", site.situation(&pair.facts))
        .label(site.condition_place(pair.second), label);
    let finding = with_size(finding, pair.size);
    // Where at most one is to apply, or all are to say the same, an order mends nothing.
    match site.problem.policy {
        None | Some(Policy::First | Policy::Collect) => {
            let finding = if pair.winner.is_none() { finding.help("conditions") } else { finding };
            with_mends(with_order(finding, pair, site), pair, site)
        }
        Some(Policy::Unique) => with_mends(finding.help("unique"), pair, site),
        Some(Policy::Any) => with_mends(finding.help("any"), pair, site),
    }
}

fn with_order(finding: Diagnostic, pair: &Pair, site: &Site<'_>) -> Diagnostic {
    let (first, second) = (site.entry(pair.first), site.entry(pair.second));
    with_line(finding, "before", first, BEFORE, &mend::call(second, site.cx), site)
}

/// Lets one of the two keep the other from being shown, or narrows the other's condition.
fn with_mends(finding: Diagnostic, pair: &Pair, site: &Site<'_>) -> Diagnostic {
    let (keys, winner, loser) = match pair.winner {
        Some(Winner::First) => (["first-overrides", "narrow-second"], pair.first, pair.second),
        Some(Winner::Second) => (["second-overrides", "narrow-first"], pair.second, pair.first),
        None => return finding,
    };
    let (winner, loser) = (site.entry(winner), site.entry(loser));
    let finding = with_line(finding, keys[0], winner, OVERRIDES, &mend::call(loser, site.cx), site);
    let model = site.cx.model;
    let language = mend::keywords_at(model.entries[loser].name, site.cx.sources);
    match mend::deny(&model.entries[winner].when, language, site.cx) {
        Some(denied) => with_line(finding, keys[1], loser, WHEN, &denied, site),
        None => finding,
    }
}

fn with_line(
    finding: Diagnostic,
    key: &'static str,
    entry: EntryId,
    word: Word,
    rest: &str,
    site: &Site<'_>,
) -> Diagnostic {
    match mend::add_line(entry, word, rest, site.cx) {
        Some(edit) => {
            let language = mend::keywords_at(site.cx.model.entries[entry].name, site.cx.sources);
            let (line_of, home) = places_of(key);
            let finding = finding.text(line_of, format!("{} {rest}", word.spelt(language)));
            finding.text(home, mend::call(entry, site.cx)).edits(key, vec![edit], false)
        }
        None => finding,
    }
}

/// The arguments for a mend's line and for the entry that it goes to.
fn places_of(key: &str) -> (&'static str, &'static str) {
    match key {
        "before" => ("before-line", "before-home"),
        "first-overrides" | "second-overrides" => ("overrides-line", "overrides-home"),
        _ => ("narrow-line", "narrow-home"),
    }
}
