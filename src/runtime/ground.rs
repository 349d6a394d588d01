//! What the assumptions of a table leave possible: evidence that no situation agrees with, and cells that evidence allows and no
//! situation has. Refuses to judge conditions.

use super::Evidence;
use super::judge::{is_inside, touches};
use crate::table::{Row, Table};

/// The contradiction of a table, made ready to be tested one fact at a time.
#[derive(Debug)]
pub(super) struct Ground<'a> {
    pub table: &'a Table,
    /// Nothing is known.
    blank: Evidence,
    /// For each fact the contradiction rows that name it.
    rows: Vec<Vec<&'a Row>>,
    /// Whether the assumptions contradict each other.
    is_void: bool,
}

impl<'a> Ground<'a> {
    pub fn new(table: &'a Table) -> Self {
        let mut rows: Vec<Vec<&Row>> = vec![Vec::new(); table.facts.len()];
        for row in &table.contradiction.rows {
            for fact in row.0.keys() {
                if let Some(rows) = rows.get_mut(*fact as usize) {
                    rows.push(row);
                }
            }
        }
        let blank = Evidence::new(table);
        let is_void = table.contradiction.rows.iter().any(|row| is_inside(row, &blank));
        Self { table, blank, rows, is_void }
    }

    /// Evidence of which nothing is known yet.
    pub fn blank(&self) -> Evidence {
        self.blank.clone()
    }

    /// Whether no situation agrees with the evidence. A row that the evidence is inside of names a fact of which something is known,
    /// unless it holds always.
    pub fn is_contradictory(&self, evidence: &Evidence) -> bool {
        let known = (0u32..).zip(&self.rows).filter(|(fact, rows)| !rows.is_empty() && !evidence.is_whole(*fact));
        self.is_void
            || self.is_clear_of_all(evidence)
            || known.into_iter().any(|(_, rows)| rows.iter().any(|row| is_inside(row, evidence)))
    }

    /// Whether evidence that was no contradiction is one now that this fact has fewer cells.
    pub fn is_broken_by(&self, fact: u32, evidence: &Evidence) -> bool {
        let rows = self.rows.get(fact as usize).map_or(&[][..], Vec::as_slice);
        rows.iter().any(|row| is_inside(row, evidence)) || self.is_clear_of_all(evidence)
    }

    fn is_clear_of_all(&self, evidence: &Evidence) -> bool {
        let lists = &self.table.contradiction.clear_of;
        lists.iter().any(|rows| !rows.iter().any(|row| touches(row, evidence)))
    }

    /// Whether the assumptions have nothing to do with a fact.
    fn is_free(&self, fact: u32) -> bool {
        self.table.contradiction.clear_of.is_empty() && self.rows.get(fact as usize).is_none_or(Vec::is_empty)
    }

    /// The cells of a fact that some situation inside the evidence has. The evidence is no contradiction, and comes back as it was.
    pub fn possible_cells(&self, fact: u32, evidence: &mut Evidence) -> Vec<u32> {
        let cells: Vec<u32> = evidence.cells(fact).collect();
        if cells.len() < 2 || self.is_free(fact) {
            return cells;
        }
        let count = evidence.flags(fact).len();
        let mut possible = Vec::with_capacity(cells.len());
        for cell in cells {
            let before = evidence.exchange(fact, (0..count as u32).map(|it| it == cell).collect());
            if !self.is_broken_by(fact, evidence) {
                possible.push(cell);
            }
            evidence.exchange(fact, before);
        }
        possible
    }
}
