//! The reader's tests of evidence against rows, in the order that `docs/table.md` gives.

use serde::{Deserialize, Serialize};

use super::Evidence;
use crate::table::{Condition, Contradiction, Row, Table};

/// What evidence says of a condition.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "compiler", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// No situation agrees with the evidence.
    Contradictory,
    /// It holds in every situation that agrees with the evidence.
    Certain,
    /// It holds in none.
    Excluded,
    /// It holds in some.
    Possible,
}

/// What evidence says of an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "compiler", derive(schemars::JsonSchema))]
pub struct Judgement {
    /// Index into the table's `entries`.
    pub entry: u32,
    pub verdict: Verdict,
}

/// What evidence says of an action.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "compiler", derive(schemars::JsonSchema))]
pub struct ActionJudgement {
    /// Index into the table's `actions`.
    pub action: u32,
    pub verdict: Verdict,
}

/// The entries of a symptom (an index), in the order in which they are shown. None for a symptom that the table lacks.
///
/// Nothing is special about fallback entries: their rows know the other entries, so that one without a condition of its own is
/// certain exactly when all others are excluded.
pub fn judge(table: &Table, symptom: u32, evidence: &Evidence) -> Vec<Judgement> {
    let Some(symptom) = table.symptoms.get(symptom as usize) else { return Vec::new() };
    let contradictory = is_contradictory(&table.contradiction, evidence);
    let verdict = |condition| verdict(table, condition, contradictory, evidence);
    symptom.entries.iter().map(|it| Judgement { entry: it.entry, verdict: verdict(it.condition) }).collect()
}

/// The actions of a symptom's entries, by their index.
pub fn judge_actions(table: &Table, symptom: u32, evidence: &Evidence) -> Vec<ActionJudgement> {
    let Some(symptom) = table.symptoms.get(symptom as usize) else { return Vec::new() };
    let contradictory = is_contradictory(&table.contradiction, evidence);
    let verdict = |condition| verdict(table, condition, contradictory, evidence);
    symptom.actions.iter().map(|it| ActionJudgement { action: it.action, verdict: verdict(it.condition) }).collect()
}

/// One of the table's `conditions` (an index): of a branch, a procedure, a cause, or a case of a text.
pub fn judge_condition(table: &Table, condition: u32, evidence: &Evidence) -> Verdict {
    verdict(table, condition, is_contradictory(&table.contradiction, evidence), evidence)
}

pub(super) fn verdict(table: &Table, condition: u32, contradictory: bool, evidence: &Evidence) -> Verdict {
    if contradictory {
        return Verdict::Contradictory;
    }
    let Some(condition) = table.conditions.get(condition as usize) else { return Verdict::Possible };
    let Condition { certain, certain_clear_of, excluded, excluded_clear_of } = &**condition;
    if holds(certain.as_deref(), certain_clear_of.as_deref(), evidence) {
        Verdict::Certain
    } else if holds(excluded.as_deref(), excluded_clear_of.as_deref(), evidence) {
        Verdict::Excluded
    } else {
        Verdict::Possible
    }
}

pub(super) fn is_contradictory(contradiction: &Contradiction, evidence: &Evidence) -> bool {
    holds(Some(&contradiction.rows), None, evidence)
        || contradiction.clear_of.iter().any(|rows| holds(None, Some(rows), evidence))
}

fn holds(inside: Option<&[Row]>, clear_of: Option<&[Row]>, evidence: &Evidence) -> bool {
    match (inside, clear_of) {
        (Some(rows), _) => rows.iter().any(|row| is_inside(row, evidence)),
        (None, Some(rows)) => !rows.iter().any(|row| touches(row, evidence)),
        (None, None) => false,
    }
}

/// Every cell that is still possible is allowed, for every fact of the row.
pub(super) fn is_inside(row: &Row, evidence: &Evidence) -> bool {
    row.0.iter().all(|(fact, allowed)| evidence.cells(*fact).all(|cell| allowed.binary_search(&cell).is_ok()))
}

/// Some cell that is still possible is allowed, for every fact of the row.
pub(super) fn touches(row: &Row, evidence: &Evidence) -> bool {
    row.0.iter().all(|(fact, allowed)| allowed.iter().any(|cell| evidence.allows(*fact, *cell)))
}
