//! Why a condition has its verdict: the facts that its rows hang on. Refuses to say it in words.

use std::collections::BTreeSet;

use super::judge::{is_inside, touches, verdict};
use super::{Evidence, Verdict, clashes};
use crate::table::{Row, Table};

/// What a verdict hangs on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason {
    pub verdict: Verdict,
    /// Indexes into the table's `facts`. Of a condition that is certain or excluded: what is known of these alone makes it so. Of
    /// one that is possible: when all of these are known, it is decided. Of contradictory evidence: all that clash.
    pub facts: BTreeSet<u32>,
}

/// Why one of the table's `conditions` (an index) is what the evidence makes it.
///
/// What decides is the first of the shortest rows that the evidence is inside of, or, where it is clear of all rows, a fact of each
/// that keeps it clear. What is open are the facts of all rows that the evidence touches and could still leave; rows that ask for
/// a question to make no sense are passed over, for the answers that it makes no sense after have rows of their own.
pub fn reason(table: &Table, condition: u32, evidence: &Evidence) -> Reason {
    let contradictory = !clashes(table, evidence).is_empty();
    let verdict = verdict(table, condition, contradictory, evidence);
    let Some(condition) = table.conditions.get(condition as usize) else {
        return Reason { verdict, facts: BTreeSet::new() };
    };
    let facts = match verdict {
        Verdict::Contradictory => clashes(table, evidence).into_iter().flatten().collect(),
        Verdict::Certain => deciding(condition.certain.as_deref(), condition.certain_clear_of.as_deref(), evidence),
        Verdict::Excluded => deciding(condition.excluded.as_deref(), condition.excluded_clear_of.as_deref(), evidence),
        Verdict::Possible => {
            let inside = condition.certain.iter().chain(&condition.excluded).flatten();
            let answerable = inside.filter(|row| is_answerable(table, row, evidence));
            let clear_of = condition.certain_clear_of.iter().chain(&condition.excluded_clear_of).flatten();
            answerable.chain(clear_of).flat_map(|row| open(row, evidence)).collect()
        }
    };
    Reason { verdict, facts }
}

fn deciding(inside: Option<&[Row]>, clear_of: Option<&[Row]>, evidence: &Evidence) -> BTreeSet<u32> {
    match (inside, clear_of) {
        (Some(rows), _) => {
            let row = rows.iter().filter(|row| is_inside(row, evidence)).min_by_key(|row| row.0.len());
            row.map(|row| row.0.keys().copied().collect()).unwrap_or_default()
        }
        (None, Some(rows)) => keeping_clear(rows, evidence),
        (None, None) => BTreeSet::new(),
    }
}

/// A fact of each row that has none of the row's cells any more; one that serves for an earlier row is taken again.
fn keeping_clear(rows: &[Row], evidence: &Evidence) -> BTreeSet<u32> {
    let mut chosen: BTreeSet<u32> = BTreeSet::new();
    for row in rows {
        let is_apart = |allowed: &[u32], fact: u32| !allowed.iter().any(|cell| evidence.allows(fact, *cell));
        let mut apart = row.0.iter().filter(|(fact, allowed)| is_apart(allowed, **fact)).map(|(fact, _)| *fact);
        let first = apart.next();
        if !first.into_iter().chain(apart).any(|fact| chosen.contains(&fact)) {
            chosen.extend(first);
        }
    }
    chosen
}

/// Whether a row could be come into by answers: no cell is *not applicable* alone of those that it leaves of a fact. Every row has such
/// a one beside it, for the list has all that there are.
fn is_answerable(table: &Table, row: &Row, evidence: &Evidence) -> bool {
    row.0.iter().all(|(fact, allowed)| {
        let cells = table.facts.get(*fact as usize).map_or(&[][..], |it| it.cells.as_slice());
        let is_answer = |cell: &u32| cells.get(*cell as usize).is_some_and(|it| !it.not_applicable);
        let mut left = allowed.iter().filter(|cell| evidence.allows(*fact, **cell));
        left.any(is_answer) || evidence.cells(*fact).all(|cell| !is_answer(&cell))
    })
}

/// The facts of a row that the evidence touches, as far as it may still leave the row by them.
fn open<'a>(row: &'a Row, evidence: &'a Evidence) -> impl Iterator<Item = u32> + 'a {
    let may_leave = |(fact, allowed): &(&u32, &Vec<u32>)| evidence.cells(**fact).any(|cell| !allowed.contains(&cell));
    let facts = row.0.iter().filter(move |_| touches(row, evidence));
    facts.filter(may_leave).map(|(fact, _)| *fact)
}
