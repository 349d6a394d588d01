//! What is found of one symptom: each analysis by itself, in the numbers of its problem. Refuses to know places and words.

use rustc_hash::FxHashSet;

use super::problem::Problem;
use super::site::Site;
use super::{dead, dead_end, gap, overlap, undecided};
use crate::diag::Diagnostics;
use crate::model::EntryId;

/// What the analyses of a symptom found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Findings {
    pub gap: gap::Found,
    pub overlap: overlap::Found,
    pub dead: dead::Found,
    pub dead_end: dead_end::Found,
}

/// Solves a symptom's problem; a pure function.
pub fn solve(problem: &Problem) -> Findings {
    Findings {
        gap: gap::find(problem),
        overlap: overlap::find(problem),
        dead: dead::find(problem),
        dead_end: dead_end::find(problem),
    }
}

/// What was reported under the symptoms so far, for one that has the same entries as another has nothing new to tell.
#[derive(Debug, Default)]
pub(super) struct Reported {
    lists: FxHashSet<Vec<EntryId>>,
    pairs: FxHashSet<(EntryId, EntryId)>,
    dead_ends: dead_end::Everywhere,
}

impl Reported {
    /// Says what was found, in the order of codes.
    pub(super) fn report(&mut self, findings: &Findings, site: &Site<'_>, diagnostics: &mut Diagnostics) {
        let is_quiet = findings.gap == gap::Found::default() && findings.dead_end == dead_end::Found::default();
        let is_new = !is_quiet && self.lists.insert(site.listed().to_vec());
        if is_new {
            gap::report(&findings.gap, site, diagnostics);
        }
        // Of two symptoms with the same entries only one may have a policy.
        overlap::report(&findings.overlap, site, |one, other| self.pairs.insert((one, other)), diagnostics);
        if is_new {
            self.dead_ends.report(&findings.dead_end, site, diagnostics);
        }
        undecided::report(findings, site, diagnostics);
    }

    /// Says what is known only when all symptoms were seen.
    pub(super) fn finish(self, diagnostics: &mut Diagnostics) {
        self.dead_ends.finish(diagnostics);
    }
}
