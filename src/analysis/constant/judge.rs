//! Judges one condition, and each part of its alternatives, where it stands. Refuses to know where that is.

use super::context::Given;
use super::{Report, Walk};
use crate::analysis::within::{Within, undecided};
use crate::ast;
use crate::diag::{Code, Diagnostic};
use crate::logic::{Clash, Exploded, Formula};
use crate::model::ConditionId;
use crate::source::Span;
use crate::types::Condition;

impl Walk<'_, '_> {
    /// Whether the condition can hold.
    pub(super) fn condition(&mut self, id: ConditionId, given: &[Given], report: Report) -> bool {
        self.condition_beside(id, given, given, report)
    }

    /// The same for a condition that is judged beside others: that it is always met is judged under `given` alone, that it is
    /// never met under `beside`, which has what is given, too.
    pub(super) fn condition_beside(
        &mut self,
        id: ConditionId,
        given: &[Given],
        beside: &[Given],
        report: Report,
    ) -> bool {
        let formula = self.within.cx.meanings.of(id).clone();
        match self.verdict(&formula, given, beside) {
            Ok(Verdict::Open) => self.parts(id, beside),
            Ok(Verdict::Always) => {
                self.constant.insert(id);
                if report != Report::NeverOnly {
                    self.report_always(id, &formula, given);
                }
                self.parts(id, beside);
            }
            Ok(Verdict::Never) => {
                self.constant.insert(id);
                if report != Report::AlwaysOnly {
                    self.report_never(id, beside);
                }
                return false;
            }
            Err(Exploded) => {
                let place = self.place(id);
                undecided(place, self.within.text(place), "whether-constant").push_to(self.diagnostics);
            }
        }
        true
    }

    fn verdict(&self, formula: &Formula, given: &[Given], beside: &[Given]) -> Result<Verdict, Exploded> {
        if !self.holds_somewhere(formula, beside)? {
            return Ok(Verdict::Never);
        }
        let fails = self.holds_somewhere(&Formula::Not(Box::new(formula.clone())), given)?;
        Ok(if fails { Verdict::Open } else { Verdict::Always })
    }

    fn holds_somewhere(&self, formula: &Formula, given: &[Given]) -> Result<bool, Exploded> {
        self.within.situations.are_possible(given.iter().map(|it| &it.formula).chain([formula]))
    }

    fn place(&self, id: ConditionId) -> Span {
        self.within.model().conditions[id].span()
    }

    /// Reports each part of an *or* that never holds under what is given and what stands beside the *or*.
    pub(super) fn parts(&mut self, id: ConditionId, given: &[Given]) {
        let (written, meant) = (&self.within.model().conditions[id], &self.within.cx.types.conditions[id]);
        let mut found = Vec::new();
        alternatives(written, meant, &mut Vec::new(), self.within, &mut |(written, meant), beside| {
            let all: Vec<Given> = given.iter().chain(beside).cloned().collect();
            if let Ok(false) = self.holds_somewhere(&self.within.meaning(meant), &all) {
                let mut statements = Vec::new();
                conjuncts(written, meant, self.within, &mut statements);
                found.push((written.span(), statements, all));
            }
        });
        for (part, statements, all) in found {
            let finding =
                Diagnostic::at(Code::ConstantCondition, part).word("what", "the-part").word("truth", "never-holds");
            let finding = self.explain(finding, statements, &all, part);
            finding.help("part").push_to(self.diagnostics);
        }
    }

    fn report_never(&mut self, id: ConditionId, given: &[Given]) {
        let place = self.place(id);
        let mut parts = Vec::new();
        conjuncts(&self.within.model().conditions[id], &self.within.cx.types.conditions[id], self.within, &mut parts);
        let finding =
            Diagnostic::at(Code::ConstantCondition, place).word("what", "the-condition").word("truth", "never-holds");
        let finding = self.explain(finding, parts, given, place);
        finding.help("never").push_to(self.diagnostics);
    }

    fn report_always(&mut self, id: ConditionId, formula: &Formula, given: &[Given]) {
        let place = self.place(id);
        let denied = vec![Given::denied(Some(place), formula.clone())];
        let finding =
            Diagnostic::at(Code::ConstantCondition, place).word("what", "the-condition").word("truth", "always-holds");
        let finding = self.explain(finding, denied, given, place);
        finding.help("always").push_to(self.diagnostics);
    }

    /// That an *else* is never reached.
    pub(super) fn report_otherwise(&mut self, place: Span, given: &[Given]) {
        let finding =
            Diagnostic::at(Code::ConstantCondition, place).word("what", "the-else").word("truth", "never-comes");
        let finding = self.explain(finding, Vec::new(), given, place);
        finding.help("else").push_to(self.diagnostics);
    }

    /// The parts of a conjunction that is given, or what else is.
    fn push_parts(&self, given: &Given, parts: &mut Vec<Given>) {
        match given.whole {
            Some(id) => {
                conjuncts(
                    &self.within.model().conditions[id],
                    &self.within.cx.types.conditions[id],
                    self.within,
                    parts,
                );
            }
            None => parts.push(given.clone()),
        }
    }

    /// Labels the fewest of the statements, of what is given and of the assumptions that hold in no situation together.
    fn explain(&self, finding: Diagnostic, statements: Vec<Given>, given: &[Given], place: Span) -> Diagnostic {
        let mut all = statements.clone();
        given.iter().for_each(|it| self.push_parts(it, &mut all));
        let formulas: Vec<Formula> = all.iter().map(|it| it.formula.clone()).collect();
        let Ok(Some(Clash { statements: core, assumed })) = self.within.situations.clash(&formulas) else {
            return finding;
        };
        let mut labels: Vec<(Span, &'static str)> = Vec::new();
        for index in core {
            let Some(Given { span: Some(span), is_denied, .. }) = all.get(index) else { continue };
            let key = if index < statements.len() {
                "clash"
            } else if *is_denied {
                "earlier"
            } else {
                "given"
            };
            labels.push((*span, key));
        }
        let assumed = assumed.iter().filter_map(|index| self.within.assumption_place(*index));
        labels.extend(assumed.map(|span| (span, "assumed")));
        labels.retain(|(span, _)| *span != place);
        labels.dedup();
        labels.into_iter().fold(finding, |finding, (span, key)| finding.label(span, key))
    }
}

enum Verdict {
    Open,
    Always,
    Never,
}

/// Visits the parts of each *or* that stands in no negation, with what they stand beside.
fn alternatives<'a>(
    written: &'a ast::Condition,
    meant: &'a Condition,
    beside: &mut Vec<Given>,
    within: &Within<'_>,
    visit: &mut impl FnMut((&'a ast::Condition, &'a Condition), &[Given]),
) {
    match (written.bare(), meant) {
        (ast::Condition::Or(written), Condition::Or(meant)) if written.len() == meant.len() => {
            for (written, meant) in written.iter().zip(meant) {
                visit((written, meant), beside);
                alternatives(written, meant, beside, within, visit);
            }
        }
        (ast::Condition::And(written), Condition::And(meant)) if written.len() == meant.len() => {
            let before = beside.len();
            let is_nested = |meaning: &Condition| matches!(meaning, Condition::And(_) | Condition::Or(_));
            for (at, (part, meaning)) in written.iter().zip(meant).enumerate().filter(|(_, (_, it))| is_nested(it)) {
                let others = written.iter().zip(meant).enumerate().filter(|(other, _)| *other != at);
                beside.extend(others.map(|(_, (part, meaning))| held(part, meaning, within)));
                alternatives(part, meaning, beside, within, visit);
                beside.truncate(before);
            }
        }
        _ => {}
    }
}

/// The parts of a conjunction, each with its place; of another condition itself.
fn conjuncts(written: &ast::Condition, meant: &Condition, within: &Within<'_>, parts: &mut Vec<Given>) {
    match (written.bare(), meant) {
        (ast::Condition::And(written), Condition::And(meant)) if written.len() == meant.len() => {
            written.iter().zip(meant).for_each(|(written, meant)| conjuncts(written, meant, within, parts));
        }
        _ => parts.push(held(written, meant, within)),
    }
}

fn held(written: &ast::Condition, meant: &Condition, within: &Within<'_>) -> Given {
    Given { formula: within.meaning(meant), span: Some(written.span()), whole: None, is_denied: false }
}
