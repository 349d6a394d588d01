//! What is found of one symptom: each analysis by itself, in the numbers of its problem. Refuses to know places and words.

use super::problem::Problem;
use super::site::Site;
use super::{dead, gap, overlap};
use crate::diag::Diagnostics;

/// What the analyses of a symptom found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Findings {
    pub gap: gap::Found,
    pub overlap: overlap::Found,
    pub dead: dead::Found,
}

/// Solves a symptom's problem; a pure function.
pub fn solve(problem: &Problem) -> Findings {
    Findings { gap: gap::find(problem), overlap: overlap::find(problem), dead: dead::find(problem) }
}

/// Says what was found, in the order of codes.
pub(super) fn report(findings: &Findings, site: &Site<'_>, diagnostics: &mut Diagnostics) {
    gap::report(&findings.gap, site, diagnostics);
    overlap::report(&findings.overlap, site, diagnostics);
}
