//! Which pieces of evidence cannot be true together, and what an action's effects leave of it. Refuses to judge conditions.

use std::collections::BTreeSet;

use super::Evidence;
use super::judge::{is_inside, touches};
use crate::table::{Row, Table};

/// Facts (indexes, ascending) whose evidence cannot be true together: one set for each contradiction row that the evidence is
/// inside of, and for each list of `clear_of` of which it touches no row. Facts of which nothing is known are not named. None
/// when the evidence is not contradictory.
pub fn clashes(table: &Table, evidence: &Evidence) -> Vec<BTreeSet<u32>> {
    let contradiction = &table.contradiction;
    let rows = contradiction.rows.iter().filter(|row| is_inside(row, evidence)).map(std::slice::from_ref);
    let untouched = |rows: &&[Row]| !rows.iter().any(|row| touches(row, evidence));
    let lists = contradiction.clear_of.iter().map(Vec::as_slice).filter(untouched);
    rows.chain(lists).map(|rows| known_facts(rows, evidence)).collect()
}

fn known_facts(rows: &[Row], evidence: &Evidence) -> BTreeSet<u32> {
    let facts = rows.iter().flat_map(|row| row.0.keys().copied());
    facts.filter(|fact| !evidence.is_whole(*fact)).collect()
}

/// Changes the evidence as doing an action (an index) does, by the rule of `docs/table.md`: what it `sets` is so, what it puts
/// in doubt is open, and what clashes with what it sets is open too. Returns the facts that are open now for one of these two
/// reasons, whose questions may be asked anew; none, and changes nothing, for an action that the table lacks.
pub fn take_effects(table: &Table, action: u32, evidence: &mut Evidence) -> BTreeSet<u32> {
    let Some(action) = table.actions.get(action as usize) else { return BTreeSet::new() };
    for assignment in &action.sets {
        evidence.set(assignment.fact, &assignment.cells);
    }
    let doubtful = action.recheck.iter().filter_map(|question| table.questions.get(*question as usize));
    let mut open: BTreeSet<u32> = doubtful.flat_map(|question| question.facts.iter().copied()).collect();
    open.iter().for_each(|fact| evidence.forget(*fact));
    let is_set = |fact: &u32| action.sets.iter().any(|it| it.fact == *fact);
    // All clashes are found before any fact is made whole, so that their order does not matter.
    let clashing: BTreeSet<u32> = clashes(table, evidence).into_iter().flatten().filter(|it| !is_set(it)).collect();
    clashing.iter().for_each(|fact| evidence.forget(*fact));
    open.extend(clashing);
    open
}
