//! Owns the conversion of what the logic finds into rows of the wire. Refuses to know whose conditions they are, and how they are
//! found.

use crate::logic::{Cube, Rows, Side, Values, Var};
use crate::table::{Condition, Contradiction, Row};

/// The rows of a condition.
pub fn condition(rows: &Rows) -> Condition {
    let (certain, certain_clear_of) = lists(&rows.certain);
    let (excluded, excluded_clear_of) = lists(&rows.excluded);
    Condition { certain, certain_clear_of, excluded, excluded_clear_of }
}

/// The sides of contradiction, one for each component of the assumptions.
pub fn contradiction(sides: &[Side]) -> Contradiction {
    let mut contradiction = Contradiction::default();
    for side in sides {
        match side {
            Side::Rows(cubes) => contradiction.rows.extend(cubes.iter().map(row)),
            Side::ClearOf(cubes) => contradiction.clear_of.push(cubes.iter().map(row).collect()),
        }
    }
    contradiction
}

/// A box as a row.
pub fn row(cube: &Cube) -> Row {
    Row(cube.literals().iter().map(|(var, values)| (var.0, values.iter().collect())).collect())
}

/// The row of a single set of cells.
pub fn single_row(var: Var, values: &Values) -> Row {
    Row([(var.0, values.iter().collect())].into())
}

fn lists(side: &Side) -> (Option<Vec<Row>>, Option<Vec<Row>>) {
    match side {
        Side::Rows(cubes) => (Some(cubes.iter().map(row).collect()), None),
        Side::ClearOf(cubes) => (None, Some(cubes.iter().map(row).collect())),
    }
}
