//! `contradictory-assumptions`: no situation satisfies all assumptions. Refuses to look at anything else.

use std::collections::BTreeSet;

use super::Context;
use super::assumptions::Connected;
use super::memo::Run;
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::domain::Assumed;
use crate::logic::{Budget, Formula, is_satisfiable, minimal_core};
use crate::model::ConditionId;

const BUDGET: Budget = Budget { cubes: 1 << 14 };

/// Reports assumptions that contradict each other; true when there are any.
pub(super) fn check(cx: &Context<'_>, connected: &Connected, run: &mut Run<'_>, diagnostics: &mut Diagnostics) -> bool {
    let mut is_vacuous = false;
    for group in connected.groups() {
        let group: Vec<&Assumed> = group.collect();
        let key = group.iter().fold(cx.keys.key("vacuous"), |key, assumed| key.with(&assumed.formula)).finish();
        if run.is_quiet(key) {
            continue;
        }
        let all = Formula::And(group.iter().map(|assumed| assumed.formula.clone()).collect());
        match is_satisfiable(&cx.domain.space, &all, BUDGET) {
            Ok(true) => run.note_quiet(key),
            Ok(false) => {
                is_vacuous = true;
                report(&group, cx, diagnostics);
            }
            Err(_) => report_undecided(&group, cx, diagnostics),
        }
    }
    is_vacuous
}

fn report(group: &[&Assumed], cx: &Context<'_>, diagnostics: &mut Diagnostics) {
    let formulas: Vec<Formula> = group.iter().map(|assumed| assumed.formula.clone()).collect();
    let core = minimal_core(&cx.domain.space, &formulas, BUDGET).ok().flatten();
    let core = core.unwrap_or_else(|| (0..group.len()).collect());
    let written: BTreeSet<ConditionId> =
        core.into_iter().filter_map(|index| group.get(index)).map(|assumed| assumed.written).collect();
    let Some(first) = written.first() else { return };
    let finding = Diagnostic::at(Code::ContradictoryAssumptions, cx.model.conditions[*first].span());
    let finding = written.iter().skip(1).fold(finding, |it, id| it.label(cx.model.conditions[*id].span(), "other"));
    finding.help(if written.len() == 1 { "itself" } else { "together" }).push_to(diagnostics);
}

/// What all other analyses rest on is not known.
fn report_undecided(group: &[&Assumed], cx: &Context<'_>, diagnostics: &mut Diagnostics) {
    if let Some(first) = group.first() {
        Diagnostic::at(Code::Undecided, cx.model.conditions[first.written].span())
            .message("assumptions")
            .help("assume-less")
            .push_to(diagnostics);
    }
}
