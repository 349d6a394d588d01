//! `undecided`: what the analyses of a symptom could not find out within their budgets. Refuses to know why.

use super::dead_end;
use super::findings::Findings;
use super::site::Site;
use crate::diag::{Arg, Code, Diagnostic, Diagnostics};

/// So many entries are named.
const NAMED: usize = 4;

pub(super) fn report(findings: &Findings, site: &Site<'_>, diagnostics: &mut Diagnostics) {
    let mut what = Vec::new();
    if findings.gap.is_undecided {
        what.push(Arg::Word("undecided-gap"));
    }
    let overlap = &findings.overlap;
    if !overlap.undecided.is_empty() || overlap.is_open && overlap.more == 0 {
        what.push(Arg::Word("undecided-overlap"));
    }
    if !findings.dead.undecided.is_empty() {
        what.push(Arg::Word("undecided-dead"));
    }
    if findings.dead_end == dead_end::Found::Undecided {
        what.push(Arg::Word("undecided-dead-end"));
    }
    if what.is_empty() {
        return;
    }
    let pairs = overlap.undecided.iter().flat_map(|(first, second)| [*first, *second]);
    let mut entries: Vec<usize> = pairs.chain(findings.dead.undecided.iter().copied()).collect();
    entries.sort_unstable();
    entries.dedup();
    let finding = Diagnostic::at(Code::Undecided, site.name())
        .text("symptom", site.title())
        .arg("what", Arg::List(what))
        .help(if site.problem.is_cut { "cut" } else { "split" });
    let label = |finding: Diagnostic, index: &usize| finding.label(site.condition_place(*index), "entry");
    entries.iter().take(NAMED).fold(finding, label).push_to(diagnostics);
}
