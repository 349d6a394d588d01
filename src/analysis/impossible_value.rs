//! Finds values that an asked fact has in no situation. Refuses to know where the values are compared.
//!
//! A stretch without an end, of numbers as of versions and days, is no value that anybody declared, and an assumption is the
//! only way to bound versions and days; hence only values that are written out, and numbers inside a declared range, count.
//! That a fact is never or always applicable is said of its `only when`.

use std::collections::BTreeSet;

use super::within::{Within, undecided};
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::domain::{Cell, Variable, say_literal};
use crate::logic::{Clash, Exploded, Formula, Values, Var};
use crate::model::{Fact, FactId, Type, ValueDecl};
use crate::source::Span;

/// Checks every asked fact that an assumption mentions, and gives those that have one value in every situation.
pub(super) fn check(within: &Within<'_>, diagnostics: &mut Diagnostics) -> BTreeSet<FactId> {
    let mut settled = BTreeSet::new();
    for (variable, var) in within.cx.domain.variables.iter().zip((0..).map(Var)) {
        if within.situations.mentioning(var).is_empty() {
            continue;
        }
        match possible(var, variable, within) {
            Ok(possible) => {
                let never = never(&possible, variable, &within.model().facts[variable.fact]);
                if !never.is_empty() && possible.len() == 1 && variable.member.is_none() {
                    settled.insert(variable.fact);
                }
                if !never.is_empty() {
                    report(var, &never, variable, within, diagnostics);
                }
            }
            Err(Exploded) => {
                let fact = &within.model().facts[variable.fact];
                undecided(fact.name, &fact.id, "which-values").push_to(diagnostics);
            }
        }
    }
    settled
}

/// The cells that the variable is in somewhere.
fn possible(var: Var, variable: &Variable, within: &Within<'_>) -> Result<Values, Exploded> {
    let size = variable.cells.len() as u32;
    let mut possible = Values::none(size);
    for index in 0..size {
        if within.situations.some().get(var.index()) == Some(&index)
            || within.situations.are_possible([&Formula::In(var, Values::of(size, [index]))].into_iter())?
        {
            possible.insert(index);
        }
    }
    Ok(possible)
}

/// The declared values that the variable never has; none where the fact is never applicable.
fn never(possible: &Values, variable: &Variable, fact: &Fact) -> Values {
    let cells = variable.cells.iter().zip(0u32..);
    let (absent, present): (Vec<_>, Vec<_>) = cells.partition(|(cell, _)| **cell == Cell::NotApplicable);
    let is_never_applicable = possible.iter().all(|index| absent.iter().any(|(_, at)| *at == index));
    let never = present.into_iter().filter(|(cell, index)| !possible.contains(*index) && is_declared(cell, fact));
    Values::of(possible.size(), never.map(|(_, index)| index).filter(|_| !is_never_applicable))
}

fn is_declared(cell: &Cell, fact: &Fact) -> bool {
    match cell {
        Cell::Yes | Cell::No | Cell::Value(_) | Cell::Other(_) => true,
        Cell::Stretch(stretch) => {
            matches!(fact.ty, Type::Number { range: Some(_), .. }) && stretch.from.is_some() && stretch.to.is_some()
        }
        Cell::NotApplicable => false,
    }
}

fn report(var: Var, values: &Values, variable: &Variable, within: &Within<'_>, diagnostics: &mut Diagnostics) {
    let fact = &within.model().facts[variable.fact];
    let place = place(values, variable, fact);
    let words = say_literal(var, values, within.cx.domain, within.speech());
    let mut finding = Diagnostic::at(Code::ImpossibleValue, place).text("value", words);
    if let Ok(Some(Clash { assumed, .. })) = within.situations.clash(&[Formula::In(var, values.clone())]) {
        for place in assumed.iter().filter_map(|index| within.assumption_place(*index)) {
            finding = finding.label(place, "assumed");
        }
    }
    finding.help("drop").push_to(diagnostics);
}

/// The value where it is declared, when there is one alone.
fn place(values: &Values, variable: &Variable, fact: &Fact) -> Span {
    let declared: &[ValueDecl] = match &fact.ty {
        Type::OneOf { values, .. } | Type::AnyOf { values } => values,
        Type::Error | Type::YesNo | Type::Number { .. } | Type::Version | Type::Date => &[],
    };
    let only = values.first().filter(|_| values.len() == 1).and_then(|index| variable.cells.get(index as usize));
    let index = match (variable.member, only) {
        (Some(member), _) => Some(member),
        (None, Some(Cell::Value(index))) => Some(*index),
        (None, _) => None,
    };
    index.and_then(|index| declared.get(index)).map_or(fact.name, |value| value.span)
}
