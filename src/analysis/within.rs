//! What the checks of single conditions, facts and tables share: the situations that there are, and how they are said. Refuses
//! to know what is checked.

use super::inexact::are_assumptions_exact;
use super::keys::EntryKeys;
use super::memo::Run;
use super::{Context, constant, decision_table, idle, impossible_value};
use crate::diag::{Arg, Code, Diagnostic, Diagnostics};
use crate::domain::{Assumed, say_cube};
use crate::logic::{Budget, Cube, Exploded, Formula, Situations};
use crate::model::{Model, TextByValue};
use crate::source::Span;
use crate::speech::Speech;
use crate::types::{Condition, Test, Types};

/// What each question may cost.
const BUDGET: Budget = Budget { cubes: 2048 };
/// Larger numbers of situations tell a writer nothing.
const COUNTED: u128 = 1_000_000_000_000;

/// Checks facts, rules and conditions one by one. Where conditions do not mean what is written nothing is said but of tables
/// that rest on none of them.
pub(super) fn check(cx: &Context<'_>, entries: &EntryKeys, run: &mut Run<'_>, diagnostics: &mut Diagnostics) {
    if !are_assumptions_exact(cx) {
        return;
    }
    let Some(within) = Within::new(cx) else { return };
    let dead = decision_table::check(&within, run, diagnostics);
    if cx.meanings.are_exact() {
        let constant = constant::check(&within, entries, run, diagnostics);
        let settled = impossible_value::check(&within, run, diagnostics);
        let known = idle::Known { conditions: constant.union(&dead).copied().collect(), settled };
        idle::check(&within, &known, entries, run, diagnostics);
    }
}

/// A knowledge base and the situations that its assumptions allow.
pub(super) struct Within<'a> {
    pub cx: &'a Context<'a>,
    pub situations: Situations,
    assumed: Vec<Assumed>,
}

impl<'a> Within<'a> {
    /// `None` when there is no situation at all, or none was found within the budget; both are reported elsewhere.
    pub(super) fn new(cx: &'a Context<'a>) -> Option<Self> {
        let assumed = cx.meanings.assumptions();
        let formulas: Vec<Formula> = assumed.iter().map(|one| one.formula.clone()).collect();
        let situations = Situations::new(&cx.domain.space, &formulas, BUDGET).ok()??;
        Some(Self { cx, situations, assumed })
    }

    pub(super) fn model(&self) -> &'a Model {
        self.cx.model
    }

    /// A text of the writer's.
    pub(super) fn text(&self, span: Span) -> &'a str {
        self.cx.sources.text(span)
    }

    pub(super) fn speech(&self) -> Speech<'a> {
        let Context { model, types, sources, .. } = *self.cx;
        Speech { model, types, sources, language: model.config.language }
    }

    /// The largest box around a situation in which a formula holds, without values that cannot be.
    pub(super) fn around(&self, formula: &Formula, situation: &[u32]) -> Result<Cube, Exploded> {
        self.situations.trimmed(&self.situations.around(formula, situation)?)
    }

    /// A box of situations in words.
    pub(super) fn say(&self, cube: &Cube) -> Arg {
        say_cube(cube, self.cx.domain, self.speech()).map_or(Arg::Word("any-situation"), Arg::Text)
    }

    /// Where an assumption is written, by its index in [`Within::situations`].
    pub(super) fn assumption_place(&self, index: usize) -> Option<Span> {
        self.assumed.get(index).map(|one| self.model().conditions[one.written].span())
    }

    /// What a part of a condition says of situations.
    pub(super) fn meaning(&self, condition: &Condition) -> Formula {
        self.cx.meanings.of_part(condition)
    }

    /// Adds in how many of the situations of `of` the formula holds, where these can be counted.
    pub(super) fn numbered(&self, finding: Diagnostic, formula: &Formula, of: &Formula) -> Diagnostic {
        match self.situations.count(formula, of) {
            Ok((some, all)) if all <= COUNTED => {
                finding.text("count", some.to_string()).text("total", all.to_string()).help("numbers")
            }
            Ok(_) | Err(Exploded) => finding,
        }
    }
}

/// What the cases of a text test.
pub(super) fn case_tests<'a>(text: &'a TextByValue, types: &'a Types) -> impl Iterator<Item = &'a Test> {
    text.cases.iter().filter_map(|case| types.values.get(&case.value.as_ref()?.span))
}

/// That a question about something named here was not decided within the budget.
pub(super) fn undecided(span: Span, name: impl Into<String>, question: &'static str) -> Diagnostic {
    let finding = Diagnostic::at(Code::Undecided, span).message("single");
    finding.text("name", name).word("question", question).help("fewer")
}
