//! The cells of one fact: the values that nothing in the knowledge base tells apart, together. Refuses to know how a reader calls them.

use crate::ast;
use crate::model::{Fact, Type, fold_name};
use crate::source::Sources;
use crate::types::{Cut, Interval, Point, Test, Types};

/// A set of values of a fact.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Cell {
    Yes,
    No,
    /// Index into the declared values.
    Value(usize),
    /// What an open fact's declared values leave out; in tests it goes by the index after the last of them.
    Other(usize),
    /// A stretch of numbers, versions or dates. A number's and a date's bounds are just before its first value and just
    /// before the value that would follow its last one, so that neighbouring cells may leave a gap where no value lies.
    Stretch(Interval),
    /// The fact's `only when` does not hold.
    NotApplicable,
}

impl Cell {
    /// Whether all values of the cell pass. No test passes where the fact is not applicable.
    pub fn passes(&self, test: &Test) -> bool {
        match (self, test) {
            (Self::Yes, Test::OneOf(values)) => values.contains(&0),
            (Self::No, Test::OneOf(values)) => values.contains(&1),
            (Self::Value(value) | Self::Other(value), Test::OneOf(values)) => values.contains(value),
            (Self::Stretch(stretch), Test::Within(intervals)) => intervals.iter().any(|it| encloses(it, stretch)),
            // The test names the member, and with it the variable.
            (Self::Yes, Test::Has(_)) => true,
            (Self::No | Self::Value(_) | Self::Other(_) | Self::Stretch(_), Test::Has(_))
            | (Self::Yes | Self::No | Self::Value(_) | Self::Other(_), Test::Within(_))
            | (Self::Stretch(_), Test::OneOf(_))
            | (Self::NotApplicable, Test::OneOf(_) | Test::Has(_) | Test::Within(_)) => false,
        }
    }
}

/// Whether one stretch lies inside another.
pub(super) fn encloses(outer: &Interval, inner: &Interval) -> bool {
    let least = |outer: &Cut| inner.from.as_ref().map_or(is_lowest(outer), |inner| outer <= inner);
    let from = outer.from.as_ref().is_none_or(least);
    from && outer.to.as_ref().is_none_or(|outer| inner.to.as_ref().is_some_and(|inner| inner <= outer))
}

/// Whether no value lies below: there is no version before 0.
fn is_lowest(cut: &Cut) -> bool {
    !cut.after && matches!(&cut.point, Point::Version(parts) if parts.is_empty())
}

/// A fact about to be cut.
pub(super) struct Shape<'a> {
    pub fact: &'a Fact,
    /// Digits after the point of a number fact's values.
    pub scale: u32,
    pub types: &'a Types,
    pub sources: &'a Sources,
}

impl Shape<'_> {
    /// The cells of a fact that is one variable.
    pub(super) fn cells(&self, cuts: &[Cut]) -> Vec<Cell> {
        let mut cells = match &self.fact.ty {
            Type::Error | Type::AnyOf { .. } => Vec::new(),
            Type::YesNo => vec![Cell::Yes, Cell::No],
            Type::OneOf { values, open } => {
                let other = open.then_some(Cell::Other(values.len()));
                (0..values.len()).map(Cell::Value).chain(other).collect()
            }
            Type::Number { range, .. } => self.numbers(range.as_ref(), cuts),
            Type::Version => stretches(None, None, cuts.get(cuts.partition_point(is_lowest)..).unwrap_or(cuts)),
            Type::Date => stretches(None, None, same_kind(cuts)),
        };
        if cells.is_empty() {
            cells.push(Cell::Other(0));
        }
        self.with_not_applicable(cells)
    }

    /// The cells of one member of an *any of* fact.
    pub(super) fn member_cells(&self) -> Vec<Cell> {
        self.with_not_applicable(vec![Cell::Yes, Cell::No])
    }

    fn with_not_applicable(&self, mut cells: Vec<Cell>) -> Vec<Cell> {
        if !self.fact.only_when.is_empty() {
            cells.push(Cell::NotApplicable);
        }
        cells
    }

    /// The numbers of a number fact, its range aside; those of other facts mean nothing.
    pub(super) fn grid(&self) -> Grid {
        let Type::Number { range, step, .. } = &self.fact.ty else { return Grid { base: 0, step: 1 } };
        let bound = |value: Option<&ast::Value>| value.and_then(|value| self.scaled(value));
        let first = bound(range.as_ref().and_then(|range| range.from.as_ref()));
        Grid { base: first.unwrap_or(0), step: bound(step.as_ref()).filter(|step| *step > 0).unwrap_or(1) }
    }

    fn numbers(&self, range: Option<&ast::Range>, cuts: &[Cut]) -> Vec<Cell> {
        let bound = |value: Option<&ast::Value>| value.and_then(|value| self.scaled(value));
        let first = bound(range.and_then(|range| range.from.as_ref()));
        let last = bound(range.and_then(|range| range.to.as_ref()));
        let inclusive = range.is_none_or(|range| range.inclusive);
        let end = last.map(|last| if inclusive { last.saturating_add(1) } else { last });
        let grid = self.grid();
        let all = stretches(first.map(before), end.map(before), cuts);
        all.into_iter().filter_map(|cell| grid.tighten(cell)).collect()
    }

    /// A number as it is compared: times 10^scale.
    fn scaled(&self, value: &ast::Value) -> Option<i64> {
        match self.types.values.get(&value.span) {
            Some(Test::Within(intervals)) => match intervals.first()?.from.as_ref()?.point {
                Point::Number(number) => Some(number),
                Point::Version(_) | Point::Date(_) | Point::Today(_) => None,
            },
            Some(Test::OneOf(_) | Test::Has(_)) => None,
            None => parse_scaled(&fold_name(self.sources.text(value.span)), self.scale),
        }
    }
}

/// `-1.25` times 10^scale; `None` for what is no number, or has more digits after the point than the scale.
fn parse_scaled(text: &str, scale: u32) -> Option<i64> {
    let text = text.trim();
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let padding = (scale as usize).checked_sub(fraction.len())?;
    let digits = format!("{whole}{fraction}{}", "0".repeat(padding));
    digits.parse().ok()
}

fn before(number: i64) -> Cut {
    Cut { point: Point::Number(number), after: false }
}

/// A date is compared either with calendar dates or with today; of a mixture, which is reported, the first kind counts.
fn same_kind(cuts: &[Cut]) -> &[Cut] {
    let today = |cut: &Cut| matches!(cut.point, Point::Today(_));
    match cuts.first() {
        Some(first) => cuts.get(..cuts.partition_point(|cut| today(cut) == today(first))).unwrap_or(cuts),
        None => cuts,
    }
}

/// The stretches between bounds, parted at the cuts that lie between them.
fn stretches(from: Option<Cut>, to: Option<Cut>, cuts: &[Cut]) -> Vec<Cell> {
    let inside = cuts.iter().filter(|cut| from.as_ref().is_none_or(|from| from < cut));
    let inside = inside.filter(|cut| to.as_ref().is_none_or(|to| *cut < to)).cloned();
    let mut cells = Vec::with_capacity(cuts.len() + 1);
    let mut start = from.clone();
    for cut in inside {
        cells.push(Cell::Stretch(Interval { from: start, to: Some(cut.clone()) }));
        start = Some(cut);
    }
    cells.push(Cell::Stretch(Interval { from: start, to }));
    cells
}

/// The numbers that a fact can have: `base`, and whole steps from it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Grid {
    pub base: i64,
    /// Positive.
    pub step: i64,
}

impl Grid {
    /// The cell from its first number to its last; `None` when it holds none.
    fn tighten(&self, cell: Cell) -> Option<Cell> {
        let Cell::Stretch(Interval { from, to }) = cell else { return Some(cell) };
        let first = number(from.as_ref()).map(|from| self.at_or_above(from));
        let last = number(to.as_ref()).map(|to| self.at_or_below(to.saturating_sub(1)));
        if first.zip(last).is_some_and(|(first, last)| first > last) {
            return None;
        }
        let end = last.map(|last| before(last.saturating_add(1)));
        Some(Cell::Stretch(Interval { from: first.map(before), to: end }))
    }

    fn at_or_below(&self, number: i64) -> i64 {
        number.saturating_sub(number.saturating_sub(self.base).rem_euclid(self.step))
    }

    fn at_or_above(&self, number: i64) -> i64 {
        let below = self.at_or_below(number);
        if below == number { below } else { below.saturating_add(self.step) }
    }
}

fn number(cut: Option<&Cut>) -> Option<i64> {
    match cut?.point {
        Point::Number(number) => Some(number),
        Point::Version(_) | Point::Date(_) | Point::Today(_) => None,
    }
}
