//! Why a condition has its verdict: the facts that its rows hang on. Refuses to say it in words.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::ground::Ground;
use super::judge::is_inside;
use super::relevance::facts_that_matter;
use super::view::View;
use super::{Evidence, Session, Verdict, clashes};
use crate::table::{Row, Table};

/// What a verdict hangs on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason {
    pub verdict: Verdict,
    /// Indexes into the table's `facts`. Of a condition that is certain or excluded: what is known of these alone makes it so. Of
    /// one that is possible: when all of these are known, it is decided. Of contradictory evidence: all that clash.
    pub facts: BTreeSet<u32>,
}

/// Why each of some of the table's `conditions` (indexes) is what the evidence makes it.
///
/// What decides is the first of the shortest rows that the evidence is inside of, or, where it is clear of all rows, a fact of each
/// that keeps it clear. What is open are the facts that matter by the rule of `docs/table.md`, were all questions open.
pub fn reasons(table: &Table, conditions: &[u32], evidence: &Evidence) -> Vec<Reason> {
    let session = Session { evidence: evidence.known(), ..Session::default() };
    let ground = Ground::new(table);
    let view = View::new(&ground, &session, &[]);
    let clashing: BTreeSet<u32> = clashes(table, evidence).into_iter().flatten().collect();
    conditions.iter().map(|condition| reason(&view, *condition, &clashing)).collect()
}

fn reason(view: &View, index: u32, clashing: &BTreeSet<u32>) -> Reason {
    let verdict = view.judge(index);
    let nothing = Arc::default();
    let condition = view.table.conditions.get(index as usize).unwrap_or(&nothing);
    let facts = match verdict {
        Verdict::Contradictory => clashing.clone(),
        Verdict::Possible => facts_that_matter(view, &[index]),
        Verdict::Certain => deciding(condition.certain.as_deref(), condition.certain_clear_of.as_deref(), view),
        Verdict::Excluded => deciding(condition.excluded.as_deref(), condition.excluded_clear_of.as_deref(), view),
    };
    Reason { verdict, facts }
}

fn deciding(inside: Option<&[Row]>, clear_of: Option<&[Row]>, view: &View) -> BTreeSet<u32> {
    match (inside, clear_of) {
        (Some(rows), _) => {
            let row = rows.iter().filter(|row| is_inside(row, &view.evidence)).min_by_key(|row| row.0.len());
            row.map(|row| row.0.keys().copied().collect()).unwrap_or_default()
        }
        (None, Some(rows)) => keeping_clear(rows, &view.evidence),
        (None, None) => BTreeSet::new(),
    }
}

/// A fact of each row that has none of the row's cells any more; one that serves for an earlier row is taken again.
fn keeping_clear(rows: &[Row], evidence: &Evidence) -> BTreeSet<u32> {
    let mut chosen: BTreeSet<u32> = BTreeSet::new();
    for row in rows {
        let is_apart = |allowed: &[u32], fact: u32| !allowed.iter().any(|cell| evidence.allows(fact, *cell));
        let apart: Vec<u32> =
            row.0.iter().filter(|(fact, allowed)| is_apart(allowed, **fact)).map(|it| *it.0).collect();
        if !apart.iter().any(|fact| chosen.contains(fact)) {
            chosen.extend(apart.first());
        }
    }
    chosen
}
