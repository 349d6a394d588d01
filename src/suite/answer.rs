//! What a value in a test says of a fact's cells. Refuses to know evidence.

use crate::ast::Date;
use crate::domain::{Cell, Domain};
use crate::logic::Var;
use crate::model::FactId;
use crate::types::{Cut, Interval, Point, Test, days_since_epoch};

/// The cells that facts of the table (by their index) have, ascending, where an asked fact has a value.
pub(super) type Cells = Vec<(u32, Vec<u32>)>;

/// The value is a day of the calendar and the fact is compared with today, or the other way round.
pub(super) struct NeedsToday;

/// The cells that have a value in common with the one given. Of a fact that may have several values at once only the one
/// given is settled.
pub(super) fn cells_given(
    fact: FactId,
    test: &Test,
    today: Option<Date>,
    domain: &Domain,
) -> Result<Cells, NeedsToday> {
    let Test::Within(intervals) = test else {
        let found = domain.cells_where(fact, test);
        return Ok(found.map(|(var, values)| (var.0, values.iter().collect())).into_iter().collect());
    };
    let Some(var) = domain.vars(fact).next() else { return Ok(Vec::new()) };
    let intervals: Vec<Interval> =
        intervals.iter().map(|it| in_terms_of(it, var, today, domain)).collect::<Result<_, _>>()?;
    let cells = (0u32..).zip(&domain.variables[var.index()].cells);
    let chosen = cells.filter(|(_, cell)| intervals.iter().any(|it| has_some_of(cell, it))).map(|(index, _)| index);
    Ok(vec![(var.0, chosen.collect())])
}

/// The stretch counted as the fact's cells are: from today, or from the calendar's beginning.
fn in_terms_of(interval: &Interval, var: Var, today: Option<Date>, domain: &Domain) -> Result<Interval, NeedsToday> {
    let from_today = domain.variables[var.index()].cells.iter().find_map(counts_from_today);
    let cut = |cut: &Option<Cut>| match (cut, from_today) {
        (Some(cut), Some(from_today)) => counted(cut, from_today, today).map(Some),
        (cut, _) => Ok(cut.clone()),
    };
    Ok(Interval { from: cut(&interval.from)?, to: cut(&interval.to)? })
}

fn counted(cut: &Cut, from_today: bool, today: Option<Date>) -> Result<Cut, NeedsToday> {
    let today = || today.map(days_since_epoch).ok_or(NeedsToday);
    let point = match &cut.point {
        Point::Date(day) if from_today => Point::Today(day - today()?),
        Point::Today(days) if !from_today => Point::Date(days.saturating_add(today()?)),
        Point::Date(_) | Point::Today(_) | Point::Number(_) | Point::Version(_) => cut.point.clone(),
    };
    Ok(Cut { point, after: cut.after })
}

/// Whether a bound of the cell is counted from today; `None` for a cell without such bounds.
fn counts_from_today(cell: &Cell) -> Option<bool> {
    let Cell::Stretch(Interval { from, to }) = cell else { return None };
    from.iter().chain(to).find_map(|cut| match cut.point {
        Point::Today(_) => Some(true),
        Point::Date(_) => Some(false),
        Point::Number(_) | Point::Version(_) => None,
    })
}

fn has_some_of(cell: &Cell, interval: &Interval) -> bool {
    let Cell::Stretch(stretch) = cell else { return false };
    begins_before_end(stretch, interval) && begins_before_end(interval, stretch)
}

fn begins_before_end(one: &Interval, other: &Interval) -> bool {
    one.from.as_ref().zip(other.to.as_ref()).is_none_or(|(from, to)| from < to)
}
