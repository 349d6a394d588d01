//! Proves of facts that rules decide, by `derive` or by a `table`, that there is always a value, that the policy is kept and
//! that every row is used. Refuses to know what the facts are for.

use std::collections::BTreeSet;
use std::ops::ControlFlow;

use super::memo::Run;
use super::table_row::row_for;
use super::within::{Within, undecided};
use crate::ast::Policy;
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::lints::whole_line;
use crate::logic::{Clash, Exploded, Formula, OverlapIndex};
use crate::model::{ConditionId, Fact, Rule, RuleValue};
use crate::source::Span;

/// At most so many overlaps are reported of one table.
const SHOWN: usize = 32;
/// At most so many pairs of rows that touch are looked at under the assumptions.
const PAIRS: usize = 20_000;

/// Checks every decided fact, and gives the conditions of the rows that are never used. Definitions always have a value: no,
/// where their condition does not hold.
pub(super) fn check(within: &Within<'_>, run: &mut Run<'_>, diagnostics: &mut Diagnostics) -> BTreeSet<ConditionId> {
    let mut dead = BTreeSet::new();
    for fact in within.model().facts.iter() {
        let is_exact = |row: &Rule| row.when.is_none_or(|when| within.cx.meanings.is_exact(when));
        let is_decided = |rows: &&[Rule]| !is_definition(rows) && rows.iter().all(is_exact);
        if let Some(rows) = fact.derived.as_deref().filter(is_decided) {
            let ask = |diagnostics: &mut _| Decision::new(fact, rows, within).check(&mut dead, diagnostics);
            run.ask(key(fact, rows, within), diagnostics, ask);
        }
    }
    dead
}

fn key(fact: &Fact, rows: &[Rule], within: &Within<'_>) -> u64 {
    let key = within.cx.keys.key("decision").with((&within.cx.domain.space, policy(fact)));
    rows.iter()
        .fold(key.conditions(&fact.only_when), |key, row| {
            let value = match &row.value {
                RuleValue::Yes => None,
                RuleValue::Written(value) => within.cx.types.values.get(&value.span),
            };
            key.conditions(&row.when).with(value)
        })
        .finish()
}

fn policy(fact: &Fact) -> Policy {
    fact.table.as_ref().map_or(Policy::First, |table| table.policy)
}

fn is_definition(rules: &[Rule]) -> bool {
    rules.iter().any(|rule| matches!(rule.value, RuleValue::Yes))
}

/// A decided fact and when its rows hold.
struct Decision<'a> {
    fact: &'a Fact,
    rows: &'a [Rule],
    /// By row.
    formulas: Vec<Formula>,
    /// When the fact is applicable.
    applicable: Formula,
    within: &'a Within<'a>,
}

impl<'a> Decision<'a> {
    fn new(fact: &'a Fact, rows: &'a [Rule], within: &'a Within<'a>) -> Self {
        let meanings = within.cx.meanings;
        let formula = |row: &Rule| row.when.map_or(Formula::Const(true), |when| meanings.of(when).clone());
        let formulas = rows.iter().map(formula).collect();
        Self { fact, rows, formulas, applicable: meanings.all(&fact.only_when), within }
    }

    fn check(&self, dead: &mut BTreeSet<ConditionId>, diagnostics: &mut Diagnostics) {
        let index = OverlapIndex::new(&self.within.cx.domain.space, &self.formulas);
        let policy = policy(self.fact);
        self.check_gap(diagnostics);
        match policy {
            Policy::First | Policy::Collect => self.check_rows(Some(&index), dead, diagnostics),
            Policy::Unique | Policy::Any => {
                self.check_rows(None, dead, diagnostics);
                self.check_overlaps(policy, &index, diagnostics);
            }
        }
    }

    fn place(&self) -> Span {
        self.fact.table.as_ref().map_or(self.fact.name, |table| table.name)
    }

    fn finding(&self, code: Code, span: Span) -> Diagnostic {
        Diagnostic::at(code, span).text("name", self.within.text(self.place()))
    }

    fn undecided(&self, question: &'static str, diagnostics: &mut Diagnostics) {
        undecided(self.place(), self.within.text(self.place()), question).push_to(diagnostics);
    }

    /// The fact applies, and none of its rows holds.
    fn gap(&self) -> Formula {
        let none = self.formulas.iter().map(|formula| Formula::Not(Box::new(formula.clone())));
        Formula::And([self.applicable.clone()].into_iter().chain(none).collect())
    }

    fn check_gap(&self, diagnostics: &mut Diagnostics) {
        match self.within.situations.uncovered(&self.applicable, &self.formulas) {
            Ok(None) => {}
            Ok(Some(situation)) => self.report_gap(&situation, diagnostics),
            Err(Exploded) => self.undecided("whether-gap", diagnostics),
        }
    }

    fn report_gap(&self, situation: &[u32], diagnostics: &mut Diagnostics) {
        let gap = self.gap();
        let Ok(cube) = self.within.around(&gap, situation) else {
            return self.undecided("whether-gap", diagnostics);
        };
        let finding = self.finding(Code::TableGap, self.place()).arg("situation", self.within.say(&cube));
        let finding = self.within.numbered(finding, &gap, &self.applicable);
        let row = self.fact.table.as_ref().and_then(|table| row_for(&cube, situation, &table.columns, self.within.cx));
        let finding = match row {
            Some(row) => finding.text("row", row).help("row"),
            None if self.fact.table.is_some() => finding.help("dashes"),
            None => finding.help("otherwise"),
        };
        finding.help("assume").push_to(diagnostics);
    }

    /// Reports rows that are never the first to hold; without an index, those that never hold.
    fn check_rows(
        &self,
        index: Option<&OverlapIndex>,
        dead: &mut BTreeSet<ConditionId>,
        diagnostics: &mut Diagnostics,
    ) {
        for at in 0..self.rows.len() {
            let touching = index.map_or_else(Vec::new, |index| index.of(at));
            let earlier: Vec<usize> = touching.into_iter().filter(|other| *other < at).collect();
            match self.is_dead(at, &earlier) {
                Ok(false) => {}
                Ok(true) => {
                    dead.extend(self.rows[at].when);
                    self.report_dead(at, &earlier, diagnostics);
                }
                Err(Exploded) => return self.undecided("whether-dead-row", diagnostics),
            }
        }
    }

    /// When a row holds and the fact applies.
    fn used(&self, at: usize) -> Formula {
        Formula::And(vec![self.formulas[at].clone(), self.applicable.clone()])
    }

    fn is_dead(&self, at: usize, earlier: &[usize]) -> Result<bool, Exploded> {
        let covers: Vec<&Formula> = earlier.iter().map(|other| &self.formulas[*other]).collect();
        self.within.situations.is_covered(&self.used(at), &covers)
    }

    /// Names the rows that come before it in all its situations, or what its condition clashes with.
    fn report_dead(&self, at: usize, earlier: &[usize], diagnostics: &mut Diagnostics) {
        let denied = earlier.iter().map(|other| Formula::Not(Box::new(self.formulas[*other].clone())));
        let statements: Vec<Formula> =
            [self.formulas[at].clone(), self.applicable.clone()].into_iter().chain(denied).collect();
        let Ok(Some(Clash { statements, assumed })) = self.within.situations.clash(&statements) else {
            return self.undecided("whether-dead-row", diagnostics);
        };
        let covering: Vec<usize> =
            statements.iter().filter_map(|index| earlier.get(index.checked_sub(2)?).copied()).collect();
        let span = self.rows[at].span;
        let mut finding = self.finding(Code::DeadRow, span);
        for other in &covering {
            finding = finding.label(self.rows[*other].span, "covers");
        }
        for place in self.clashing(&statements, &assumed) {
            finding = finding.label(place, "clash");
        }
        let finding = finding.help(if covering.is_empty() { "impossible" } else { "covered" });
        let finding = match whole_line(span, self.within.cx.sources) {
            Some(line) => finding.suggest("remove", line, ""),
            None => finding,
        };
        finding.push_to(diagnostics);
    }

    /// Where the assumptions stand, and the fact's own `only when`, that a row clashes with.
    fn clashing(&self, statements: &[usize], assumed: &[usize]) -> BTreeSet<Span> {
        let applicable = statements.contains(&1).then_some(&self.fact.only_when).into_iter().flatten();
        let own = applicable.map(|id| self.within.model().conditions[*id].span());
        own.chain(assumed.iter().filter_map(|index| self.within.assumption_place(*index))).collect()
    }

    /// Reports, for each row, the first earlier one with which it clashes; beyond [`SHOWN`], how many more rows do.
    fn check_overlaps(&self, policy: Policy, index: &OverlapIndex, diagnostics: &mut Diagnostics) {
        let mut found = Vec::new();
        let mut tried = 0;
        for later in 0..self.rows.len() {
            let earlier = index.of(later).into_iter().filter(|other| *other < later);
            let mut clashing = earlier.filter(|other| policy == Policy::Unique || !self.agree(*other, later));
            let overlap = clashing.try_for_each(|earlier| {
                tried += 1;
                match self.overlap(earlier, later) {
                    Ok(None) if tried < PAIRS => ControlFlow::Continue(()),
                    Ok(None) | Err(Exploded) => ControlFlow::Break(None),
                    Ok(Some(situation)) => ControlFlow::Break(Some((earlier, situation))),
                }
            });
            match overlap {
                ControlFlow::Continue(()) => {}
                ControlFlow::Break(Some((earlier, situation))) => found.push((earlier, later, situation)),
                ControlFlow::Break(None) => {
                    self.undecided("whether-overlap", diagnostics);
                    break;
                }
            }
        }
        for (earlier, later, situation) in found.iter().take(SHOWN) {
            self.report_overlap(*earlier, *later, situation, policy, diagnostics);
        }
        if let Some((_, later, _)) = found.get(SHOWN) {
            let rest = (found.len() - SHOWN).to_string();
            let finding = self.finding(Code::TableOverlap, self.rows[*later].span);
            finding.word("situation", "further-rows").text("rest", rest).help("rest").push_to(diagnostics);
        }
    }

    fn agree(&self, one: usize, other: usize) -> bool {
        let value = |row: usize| match &self.rows[row].value {
            RuleValue::Yes => None,
            RuleValue::Written(value) => self.within.cx.types.values.get(&value.span),
        };
        value(one) == value(other)
    }

    fn overlap(&self, one: usize, other: usize) -> Result<Option<Vec<u32>>, Exploded> {
        self.within.situations.find(&self.both(one, other))
    }

    fn both(&self, one: usize, other: usize) -> Formula {
        Formula::And(vec![self.formulas[one].clone(), self.formulas[other].clone(), self.applicable.clone()])
    }

    fn report_overlap(
        &self,
        earlier: usize,
        later: usize,
        situation: &[u32],
        policy: Policy,
        diagnostics: &mut Diagnostics,
    ) {
        let both = self.both(earlier, later);
        let Ok(cube) = self.within.around(&both, situation) else {
            return self.undecided("whether-overlap", diagnostics);
        };
        let finding = self.finding(Code::TableOverlap, self.rows[later].span);
        let finding = finding.arg("situation", self.within.say(&cube)).label(self.rows[earlier].span, "earlier");
        let finding = self.within.numbered(finding, &both, &self.applicable);
        finding.help(if policy == Policy::Unique { "unique" } else { "any" }).push_to(diagnostics);
    }
}
