//! Whether a session belongs to a table: everything that it speaks of is there. Refuses to judge what it says.

use std::fmt;

use serde::Serialize;

use super::{Missing, Session};
use crate::table::Table;

/// Why a session is none of a table's: it was begun with another one, or was changed on its way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "compiler", derive(schemars::JsonSchema))]
#[serde(untagged)]
#[non_exhaustive]
pub enum SessionError {
    /// The table has nothing of this kind with this index.
    Missing(Missing),
    /// What is known of a fact are no cells of it.
    Cells(NoCellsOfFact),
}

/// A fact that has not all of the cells that a session names, or of which it names none.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "compiler", derive(schemars::JsonSchema))]
#[serde(tag = "error", rename = "no-such-cells")]
pub struct NoCellsOfFact {
    pub fact: u32,
}

impl fmt::Display for SessionError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing(Missing { kind, index }) => {
                write!(f, "the session speaks of {kind} {index}, which the table does not have")?
            }
            Self::Cells(NoCellsOfFact { fact }) => {
                write!(f, "the session names cells that fact {fact} does not have, or none")?
            }
        }
        write!(f, ": it may be that of another table, or of another version of this one")
    }
}

impl std::error::Error for SessionError {}

impl Session {
    /// Whether the session can be one of this table's. One that was begun with another table may pass by chance.
    ///
    /// # Errors
    /// The first thing that it speaks of and the table does not have. Everything else in this module passes over such things.
    pub fn check(&self, table: &Table) -> Result<(), SessionError> {
        let lists: [(&'static str, Vec<u32>, usize); 6] = [
            ("symptom", self.symptom.into_iter().collect(), table.symptoms.len()),
            ("fact", self.evidence.0.keys().copied().collect(), table.facts.len()),
            ("question", self.questions(), table.questions.len()),
            ("action", self.tried.iter().copied().collect(), table.actions.len()),
            ("entry", self.entries(), table.entries.len()),
            ("contact", self.contacted.iter().copied().collect(), table.contacts.len()),
        ];
        for (kind, indexes, count) in lists {
            if let Some(index) = indexes.into_iter().find(|it| *it as usize >= count) {
                return Err(SessionError::Missing(Missing { kind, index }));
            }
        }
        match self.evidence.0.iter().find(|(fact, cells)| !are_cells(table, **fact, cells)) {
            Some((fact, _)) => Err(SessionError::Cells(NoCellsOfFact { fact: *fact })),
            None => Ok(()),
        }
    }

    fn questions(&self) -> Vec<u32> {
        self.asked.iter().chain(&self.unknown).chain(&self.found).copied().collect()
    }

    fn entries(&self) -> Vec<u32> {
        self.begun.iter().chain(self.entered.iter().flatten()).chain(&self.told).copied().collect()
    }
}

fn are_cells(table: &Table, fact: u32, cells: &[u32]) -> bool {
    let count = table.facts.get(fact as usize).map_or(0, |it| it.cells.len());
    !cells.is_empty() && cells.iter().all(|cell| (*cell as usize) < count)
}
