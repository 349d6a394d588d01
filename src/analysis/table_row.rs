//! Writes a row for a decision table from a situation, as a writer would. Refuses to know why it is missing.

use super::Context;
use super::written::{name, point};
use crate::domain::Cell;
use crate::language::Language;
use crate::logic::{Cube, Values};
use crate::model::{Fact, FactId, Type, ValueDecl};
use crate::types::{Cut, Interval, Test};

/// The cells of a row that holds in a box, or as much of it around `situation`, which is inside, as cells can say; derived
/// facts have the value that they have there. The value to be decided is left open. `None` when a column cannot say it.
pub(super) fn row_for(cube: &Cube, situation: &[u32], columns: &[FactId], cx: &Context<'_>) -> Option<String> {
    let cells = columns.iter().map(|fact| match cx.model.facts[*fact].derived {
        None => asked_cell(*fact, cube, situation, cx),
        Some(_) => derived_cell(*fact, situation, cx),
    });
    let mut cells = cells.collect::<Option<Vec<String>>>()?;
    cells.push("…".to_owned());
    Some(cells.join(" | "))
}

const ANY: &str = "-";

fn asked_cell(id: FactId, cube: &Cube, situation: &[u32], cx: &Context<'_>) -> Option<String> {
    let mut constrained = cx.domain.vars(id).filter_map(|var| cube.get(var).map(|values| (var, values)));
    let Some((var, values)) = constrained.next() else { return Some(ANY.to_owned()) };
    if constrained.next().is_some() {
        return None;
    }
    let variable = &cx.domain.variables[var.index()];
    let given = variable.cells.iter().zip(0..).filter(|(_, index)| values.contains(*index)).map(|(cell, _)| cell);
    let given: Vec<&Cell> = given.collect();
    if given.contains(&&Cell::NotApplicable) {
        return Some(ANY.to_owned());
    }
    let fact = &cx.model.facts[id];
    match variable.member.and_then(|member| declared(fact).get(member)) {
        Some(member) if given == [&Cell::Yes] => Some(name(&member.id)),
        Some(member) => Some(format!("not {}", name(&member.id))),
        None if matches!(given.first(), Some(Cell::Stretch(_))) => {
            let values = run(values, situation.get(var.index()).copied().unwrap_or(0));
            stretch(id, &values, &variable.cells, cx)
        }
        None => {
            let names = given.into_iter().map(|cell| cell_name(cell, fact, cx));
            Some(names.collect::<Option<Vec<String>>>()?.join(", "))
        }
    }
}

fn cell_name(cell: &Cell, fact: &Fact, cx: &Context<'_>) -> Option<String> {
    let yes_or_no = |japanese: &str, english: &str| match cx.model.config.language {
        Language::Japanese => japanese.to_owned(),
        Language::English => english.to_owned(),
    };
    match cell {
        Cell::Yes => Some(yes_or_no("はい", "yes")),
        Cell::No => Some(yes_or_no("いいえ", "no")),
        Cell::Value(index) => declared(fact).get(*index).map(|value| name(&value.id)),
        Cell::Other(_) => Some(yes_or_no("それ以外", "other")),
        Cell::Stretch(_) | Cell::NotApplicable => None,
    }
}

fn declared(fact: &Fact) -> &[ValueDecl] {
    match &fact.ty {
        Type::OneOf { values, .. } | Type::AnyOf { values } => values,
        Type::Error | Type::YesNo | Type::Number { .. } | Type::Version | Type::Date => &[],
    }
}

/// The value that a derived fact has in a situation.
fn derived_cell(id: FactId, situation: &[u32], cx: &Context<'_>) -> Option<String> {
    let fact = &cx.model.facts[id];
    let cells: Vec<Cell> = match &fact.ty {
        Type::YesNo => vec![Cell::Yes, Cell::No],
        Type::OneOf { values, open } => {
            (0..values.len()).map(Cell::Value).chain(open.then_some(Cell::Other(values.len()))).collect()
        }
        Type::Error | Type::AnyOf { .. } | Type::Number { .. } | Type::Version | Type::Date => return None,
    };
    let is_value = |index: &usize| cx.meanings.test(id, &Test::OneOf(vec![*index])).eval(situation);
    match (0..cells.len()).find(is_value) {
        Some(index) => cell_name(cells.get(index)?, fact, cx),
        None => Some(ANY.to_owned()),
    }
}

/// Those of the values that are neighbours of one of them, one after the other.
fn run(values: &Values, of: u32) -> Values {
    let down = (0..of).rev().take_while(|value| values.contains(*value));
    let up = (of..values.size()).take_while(|value| values.contains(*value));
    Values::of(values.size(), down.chain(up))
}

/// Neighbouring cells as one stretch; `None` for several.
fn stretch(id: FactId, values: &Values, cells: &[Cell], cx: &Context<'_>) -> Option<String> {
    let (first, last) = (values.first()?, values.iter().last()?);
    if last - first + 1 != values.len() {
        return None;
    }
    let bounds = |index: u32| match cells.get(index as usize) {
        Some(Cell::Stretch(interval)) => Some(interval),
        _ => None,
    };
    let is_first = first == 0;
    let is_last = bounds(last + 1).is_none();
    let from = bounds(first)?.from.as_ref().filter(|_| !is_first);
    let to = bounds(last)?.to.as_ref().filter(|_| !is_last);
    interval(id, &Interval { from: from.cloned(), to: to.cloned() }, cx)
}

fn interval(id: FactId, interval: &Interval, cx: &Context<'_>) -> Option<String> {
    let write = |cut: &Cut| point(&cut.point, id, cx);
    match (&interval.from, &interval.to) {
        (None, None) => Some(ANY.to_owned()),
        (Some(from), None) => Some(format!("{} {}", if from.after { ">" } else { ">=" }, write(from))),
        (None, Some(to)) => Some(format!("{} {}", if to.after { "<=" } else { "<" }, write(to))),
        (Some(from), Some(_)) if from.after => None,
        (Some(from), Some(to)) => Some(format!("{}{}{}", write(from), if to.after { ".." } else { "..<" }, write(to))),
    }
}
