//! Lines up what stands in the same column of neighbouring rows.

use unicode_width::UnicodeWidthStr;

use super::row::{Lines, Written};
use crate::parse::rows::{Row, Shape};

/// A keyword that is wider does not push the arguments of its neighbours to the right.
const WIDEST_KEYWORD: usize = 8;

/// Pads the columns of each run of rows that belong together.
pub(super) fn align(rows: &[Row], written: &mut [Option<Written>], text: &str) {
    let mut run: Vec<usize> = Vec::new();
    for at in 0..rows.len() {
        let lines_up = written.get(at).and_then(Option::as_ref).map_or(Lines::Alone, |written| written.lines_up);
        if !run.is_empty() && !goes_on(rows, &run, at, lines_up, written, text) {
            if lines_up == Lines::Alone && is_between(rows.get(at)) {
                continue;
            }
            pad_run(&std::mem::take(&mut run), rows, written);
        }
        if lines_up != Lines::Alone {
            run.push(at);
        }
    }
    pad_run(&run, rows, written);
}

/// A comment, or a line that goes on with a sentence.
fn is_between(row: Option<&Row>) -> bool {
    row.is_some_and(|row| matches!(row.shape, Shape::Comment))
}

fn goes_on(rows: &[Row], run: &[usize], at: usize, lines_up: Lines, written: &[Option<Written>], text: &str) -> bool {
    let Some((first, row)) = run.first().and_then(|first| rows.get(*first)).zip(rows.get(at)) else { return false };
    let kind = run.first().and_then(|first| written.get(*first)?.as_ref()).map(|written| written.lines_up);
    let is_alike = kind.is_some_and(|kind| std::mem::discriminant(&kind) == std::mem::discriminant(&lines_up));
    if !is_alike || row.depth != first.depth {
        return false;
    }
    let Some(before) = run.last().and_then(|last| rows.get(*last)) else { return false };
    let between = text.get(before.span.end as usize..row.span.start as usize).unwrap_or("");
    let lines: Vec<&str> = between.split('\n').collect();
    // Without what is left of the lines that the two rows stand on.
    let between = lines.get(1..lines.len().saturating_sub(1)).unwrap_or(&[]);
    matches!(lines_up, Lines::Cells { .. }) || !between.iter().any(|line| line.trim().is_empty())
}

fn pad_run(run: &[usize], rows: &[Row], written: &mut [Option<Written>]) {
    let columns = run.iter().filter_map(|at| written.get(*at)?.as_ref()).map(|row| row.columns.len()).max();
    let is_cells = run.first().and_then(|at| written.get(*at)?.as_ref()).is_some_and(is_cells);
    let limit = if is_cells { usize::MAX } else { WIDEST_KEYWORD };
    if is_cells {
        fill_blanks(run, written, header(run, rows, written));
    }
    for column in 0..columns.unwrap_or(0) {
        let width = |at: &usize| {
            let row = written.get(*at)?.as_ref()?;
            let cell = row.columns.get(column)?;
            (!is_rule(row) && column + 1 < row.columns.len()).then(|| cell.width())
        };
        let widest = run.iter().filter_map(width).filter(|width| *width <= limit).max().unwrap_or(0);
        for at in run {
            if let Some(row) = written.get_mut(*at).and_then(Option::as_mut) {
                pad(row, column, widest);
            }
        }
    }
}

fn is_cells(row: &Written) -> bool {
    matches!(row.lines_up, Lines::Cells { .. })
}

fn pad(row: &mut Written, column: usize, width: usize) {
    let is_last = column + 1 >= row.columns.len();
    let fill = if is_rule(row) { '-' } else { ' ' };
    let Some(cell) = row.columns.get_mut(column) else { return };
    let missing = width.saturating_sub(cell.width());
    if !is_last || fill == '-' {
        cell.extend(std::iter::repeat_n(fill, missing));
    }
}

/// The line of dashes below a table's header.
fn is_rule(row: &Written) -> bool {
    let is_dashes = |cell: &String| cell.chars().all(|c| matches!(c, '-' | ':' | '+'));
    is_cells(row) && row.columns.iter().all(is_dashes) && row.columns.iter().any(|cell| cell.contains("--"))
}

/// How many columns the header of the table has, if the run begins with it.
fn header(run: &[usize], rows: &[Row], written: &[Option<Written>]) -> Option<usize> {
    let at = *run.first()?;
    let first = rows.get(at)?;
    let above = rows.get(..at)?.iter().rev().find(|row| !is_between(Some(row)))?;
    (above.depth < first.depth).then(|| written.get(at)?.as_ref().map(|row| row.columns.len())).flatten()
}

/// A blank cell means any value, and so does the one that a bar at the beginning of a row leaves out. Where the header is not known,
/// the bar stays, for it may stand for a cell.
fn fill_blanks(run: &[usize], written: &mut [Option<Written>], header: Option<usize>) {
    for at in run {
        let Some(row) = written.get_mut(*at).and_then(Option::as_mut) else { continue };
        if row.lines_up == (Lines::Cells { is_bordered: true }) {
            match header {
                Some(columns) if row.columns.len() + 1 == columns => row.columns.insert(0, String::new()),
                Some(_) => {}
                None => row.columns.iter_mut().take(1).for_each(|cell| cell.insert_str(0, "| ")),
            }
        }
        row.columns.iter_mut().filter(|cell| cell.is_empty()).for_each(|cell| cell.push('-'));
    }
}
