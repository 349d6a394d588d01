//! What is known so far: for each fact the cells that are still possible.

use crate::table::Table;

/// A non-empty set of cells for each fact of a table; all of them at first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evidence {
    possible: Vec<Vec<bool>>,
}

impl Evidence {
    /// Nothing is known.
    pub fn new(table: &Table) -> Self {
        Self { possible: table.facts.iter().map(|fact| vec![true; fact.cells.len()]).collect() }
    }

    /// From now on the fact is in one of these cells. Returns false, and changes nothing, when there is no such fact or it has
    /// none of the cells.
    pub fn set(&mut self, fact: u32, cells: &[u32]) -> bool {
        let Some(possible) = self.possible.get_mut(fact as usize) else { return false };
        let chosen: Vec<bool> = (0u32..).zip(possible.iter()).map(|(cell, _)| cells.contains(&cell)).collect();
        let any = chosen.contains(&true);
        if any {
            *possible = chosen;
        }
        any
    }

    /// Exchanges which cells of a fact are possible, to look at another case and to come back from it.
    pub(super) fn exchange(&mut self, fact: u32, cells: Vec<bool>) -> Vec<bool> {
        self.possible.get_mut(fact as usize).map_or_else(Vec::new, |possible| std::mem::replace(possible, cells))
    }

    /// Whether each cell of a fact is possible.
    pub(super) fn flags(&self, fact: u32) -> &[bool] {
        self.possible.get(fact as usize).map_or(&[], Vec::as_slice)
    }

    /// Nothing is known of the fact any more.
    pub fn forget(&mut self, fact: u32) {
        if let Some(possible) = self.possible.get_mut(fact as usize) {
            possible.fill(true);
        }
    }

    /// Whether nothing is known of the fact.
    pub fn is_whole(&self, fact: u32) -> bool {
        self.possible.get(fact as usize).is_none_or(|cells| cells.iter().all(|possible| *possible))
    }

    /// Whether a fact may be in a cell.
    pub fn allows(&self, fact: u32, cell: u32) -> bool {
        self.possible.get(fact as usize).and_then(|cells| cells.get(cell as usize)).copied().unwrap_or(false)
    }

    /// The cells that a fact may be in.
    pub fn cells(&self, fact: u32) -> impl Iterator<Item = u32> + '_ {
        let cells = self.possible.get(fact as usize).map_or(&[][..], Vec::as_slice);
        (0u32..).zip(cells).filter(|(_, possible)| **possible).map(|(cell, _)| cell)
    }
}
