//! Joins the cells of a number fact whose range, step or digits may have changed. Refuses to know facts.
//!
//! The values of a version are a grid within a range. Both grids are looked at with as many digits as the finer one has;
//! where they differ, a stretch can hold values of both versions, of the old one alone and of the new one alone.

use super::cells::{of_one, stretches_of};
use super::{JointCell, Place};
use crate::diff::version::Side;
use crate::domain::{Cell, Grid, Variable};
use crate::types::{Cut, Interval, Point};

/// A version's grid in common digits.
#[derive(Clone, Copy, Debug)]
pub(super) struct Line {
    base: i128,
    step: i128,
    /// What the version's own numbers are multiplied with.
    factor: i128,
}

/// From, inclusive, to, exclusive, in common digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Stretch {
    from: Option<i128>,
    to: Option<i128>,
}

impl Line {
    pub(super) fn new(grid: Grid, more_digits: u32) -> Self {
        let factor = 10i128.saturating_pow(more_digits.min(18));
        Self { base: i128::from(grid.base) * factor, step: i128::from(grid.step) * factor, factor }
    }

    fn at_or_above(&self, number: i128) -> i128 {
        number + (self.base - number).rem_euclid(self.step)
    }

    fn below(&self, number: i128) -> i128 {
        number - 1 - (number - 1 - self.base).rem_euclid(self.step)
    }

    /// First and last value in the stretch; `None` when it holds none.
    fn within(&self, stretch: Stretch) -> Option<(Option<i128>, Option<i128>)> {
        let (first, last) = (stretch.from.map(|from| self.at_or_above(from)), stretch.to.map(|to| self.below(to)));
        first.zip(last).is_none_or(|(first, last)| first <= last).then_some((first, last))
    }

    /// How many values the stretch holds; `None` for infinitely many.
    fn count(&self, stretch: Stretch) -> Option<i128> {
        match self.within(stretch) {
            None => Some(0),
            Some((first, last)) => first.zip(last).map(|(first, last)| (last - first) / self.step + 1),
        }
    }

    /// The values that both grids have (the Chinese remainder theorem).
    fn meet(&self, other: &Self) -> Option<Self> {
        let (gcd, inverse) = bezout(self.step, other.step);
        let apart = other.base - self.base;
        if apart % gcd != 0 {
            return None;
        }
        let step = self.step / gcd * other.step;
        let times = (apart / gcd * inverse).rem_euclid(other.step / gcd);
        Some(Self { base: self.base + self.step * times, step, factor: 1 })
    }

    /// The stretch as the version itself would cut it.
    fn own(&self, stretch: Stretch) -> Option<Cell> {
        let (first, last) = self.within(stretch)?;
        let own = |number: i128| i64::try_from(number / self.factor).unwrap_or(i64::MAX);
        let cut = |number: i64| Cut { point: Point::Number(number), after: false };
        let to = last.map(|last| cut(own(last).saturating_add(1)));
        Some(Cell::Stretch(Interval { from: first.map(|first| cut(own(first))), to }))
    }

    fn stretch(&self, interval: &Interval) -> Stretch {
        let bound = |cut: &Option<Cut>| match cut.as_ref()?.point {
            Point::Number(number) => Some(i128::from(number) * self.factor),
            Point::Version(_) | Point::Date(_) | Point::Today(_) => None,
        };
        Stretch { from: bound(&interval.from), to: bound(&interval.to) }
    }
}

/// The greatest common divisor, and what to multiply `a` with to get it modulo `b`.
fn bezout(a: i128, b: i128) -> (i128, i128) {
    let (mut r, mut next_r, mut s, mut next_s) = (a, b, 1, 0);
    while next_r != 0 {
        let quotient = r / next_r;
        (r, next_r) = (next_r, r - quotient * next_r);
        (s, next_s) = (next_s, s - quotient * next_s);
    }
    (r, s)
}

impl Stretch {
    fn intersect(self, other: Self) -> Option<Self> {
        let from = self.from.max(other.from);
        let to = match (self.to, other.to) {
            (Some(a), Some(b)) => Some(a.min(b)),
            (a, b) => a.or(b),
        };
        from.zip(to).is_none_or(|(from, to)| from < to).then_some(Self { from, to })
    }
}

/// The joint cells, ascending by where they begin.
pub(super) fn join(variables: [&Variable; 2], lines: [Line; 2]) -> Vec<JointCell> {
    let own = Side::BOTH.map(|side| {
        let line = lines[side.index()];
        let stretches = stretches_of(variables[side.index()]);
        stretches.into_iter().map(|(at, interval)| (at, line.stretch(interval))).collect::<Vec<_>>()
    });
    let mut cells = of_both(&own, lines);
    for side in Side::BOTH {
        cells.extend(of_side(side, &own, lines));
    }
    cells.sort_by_key(|(from, _)| *from);
    cells.into_iter().map(|(_, cell)| cell).collect()
}

/// With where they begin.
type Placed = Vec<(Option<i128>, JointCell)>;

fn of_both(own: &[Vec<(u32, Stretch)>; 2], lines: [Line; 2]) -> Placed {
    let Some(meet) = lines[0].meet(&lines[1]) else { return Vec::new() };
    let mut cells = Vec::new();
    let (mut old, mut new) = (own[0].iter().peekable(), own[1].iter().peekable());
    while let (Some((old_at, a)), Some((new_at, b))) = (old.peek(), new.peek()) {
        let part = a.intersect(*b).filter(|part| meet.within(*part).is_some());
        if let Some(part) = part
            && let (Some(mine), Some(theirs)) = (lines[0].own(part), lines[1].own(part))
        {
            let places = [Place::Known(mine, *old_at), Place::Known(theirs, *new_at)];
            cells.push((part.from, JointCell { places, is_partial: false }));
        }
        match ends_first(a.to, b.to) {
            true => old.next(),
            false => new.next(),
        };
    }
    cells
}

fn ends_first(a: Option<i128>, b: Option<i128>) -> bool {
    match (a, b) {
        (Some(a), Some(b)) => a <= b,
        (Some(_), None) => true,
        (None, _) => false,
    }
}

/// The values of one version that the other has not: below its range, above it, and within it off its grid.
fn of_side(side: Side, own: &[Vec<(u32, Stretch)>; 2], lines: [Line; 2]) -> Placed {
    let (mine, theirs) = (lines[side.index()], lines[side.other().index()]);
    let hull = own[side.other().index()].first().zip(own[side.other().index()].last());
    let Some(((_, first), (_, last))) = hull else { return Vec::new() };
    let below = first.from.map(|from| Stretch { from: None, to: Some(from) });
    let above = last.to.map(|to| Stretch { from: Some(to), to: None });
    let inside = Stretch { from: first.from, to: last.to };
    let mut cells = Vec::new();
    for (at, stretch) in &own[side.index()] {
        for outside in [below, above].into_iter().flatten().filter_map(|it| stretch.intersect(it)) {
            let cell = mine.own(outside);
            cells.extend(cell.map(|cell| (outside.from, of_one(side, Place::Known(cell, *at), false))));
        }
        if let Some(inside) = stretch.intersect(inside).filter(|inside| has_others(mine, theirs, *inside)) {
            let cell = mine.own(inside);
            cells.extend(cell.map(|cell| (inside.from, of_one(side, Place::Known(cell, *at), true))));
        }
    }
    cells
}

/// Whether the stretch holds a value of the one grid that the other has not.
fn has_others(mine: Line, theirs: Line, stretch: Stretch) -> bool {
    let Some(meet) = mine.meet(&theirs) else { return mine.within(stretch).is_some() };
    match (mine.count(stretch), meet.count(stretch)) {
        (Some(all), Some(common)) => all > common,
        (None, _) | (_, None) => mine.step != meet.step,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::model::{FactId, Id};

    /// A version's fact: its grid, its ends, where it is cut, and how many digits it lacks.
    #[derive(Clone, Debug)]
    struct Shape {
        grid: Grid,
        more_digits: u32,
        ends: (Option<i64>, Option<i64>),
        cuts: Vec<i64>,
    }

    fn shape() -> impl Strategy<Value = Shape> {
        let ends = (prop::option::of(-6i64..4), prop::option::of(0i64..12));
        (1i64..5, -3i64..3, 0u32..2, ends, prop::collection::btree_set(-6i64..12, 0..4)).prop_map(
            |(step, base, more_digits, (first, length), cuts)| {
                let base = first.unwrap_or(base);
                let last = length.map(|length| base + length);
                Shape { grid: Grid { base, step }, more_digits, ends: (first, last), cuts: cuts.into_iter().collect() }
            },
        )
    }

    impl Shape {
        fn line(&self) -> Line {
            Line::new(self.grid, self.more_digits)
        }

        fn variable(&self) -> Variable {
            let own = Line::new(self.grid, 0);
            let (first, last) = self.ends;
            let inside = self.cuts.iter().copied();
            let inside = inside.filter(|cut| first.is_none_or(|it| it < *cut) && last.is_none_or(|it| *cut <= it));
            let mut bounds: Vec<Option<i128>> = vec![first.map(i128::from)];
            bounds.extend(inside.map(|cut| Some(i128::from(cut))));
            bounds.push(last.map(|last| i128::from(last) + 1));
            let cells = bounds.windows(2).filter_map(|pair| own.own(Stretch { from: pair[0], to: pair[1] }));
            Variable { fact: FactId::new(0), member: None, cells: cells.collect() }
        }

        /// The cell of a number in common digits, if the version has that number.
        fn cell(&self, number: i128) -> Option<u32> {
            let line = self.line();
            let own = number.checked_div_euclid(line.factor).filter(|own| own * line.factor == number)?;
            let is_on_grid = (own - i128::from(self.grid.base)).rem_euclid(i128::from(self.grid.step)) == 0;
            let variable = self.variable();
            let at = variable.cells.iter().position(|cell| holds(cell, own, 1));
            at.filter(|_| is_on_grid).map(|at| at as u32)
        }
    }

    fn holds(cell: &Cell, number: i128, factor: i128) -> bool {
        let Cell::Stretch(Interval { from, to }) = cell else { return false };
        let point = |cut: &Option<Cut>| match cut.as_ref().map(|cut| &cut.point) {
            Some(Point::Number(number)) => Some(i128::from(*number) * factor),
            _ => None,
        };
        point(from).is_none_or(|from| from <= number) && point(to).is_none_or(|to| number < to)
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn every_number_is_in_the_one_cell_that_says_who_has_it(old in shape(), new in shape()) {
            let shapes = [old, new];
            let variables = shapes.clone().map(|shape| shape.variable());
            prop_assume!(variables.iter().all(|variable| !variable.cells.is_empty()));
            let lines = shapes.clone().map(|shape| shape.line());
            let cells = join([&variables[0], &variables[1]], lines);
            for number in -120i128..200 {
                let own = shapes.clone().map(|shape| shape.cell(number));
                let fits = |cell: &&JointCell| Side::BOTH.into_iter().all(|side| {
                    let at = side.index();
                    match &cell.places[at] {
                        Place::Known(words, index) => own[at] == Some(*index) && holds(words, number, lines[at].factor),
                        Place::Excluded => own[at].is_none(),
                        Place::Free => false,
                    }
                });
                let found = cells.iter().filter(fits).count();
                let is_known = own.iter().any(Option::is_some);
                prop_assert_eq!(found, usize::from(is_known), "{} of {:?} in {:?}", number, own, cells);
            }
        }
    }
}
