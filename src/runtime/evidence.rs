//! What is known so far: for each fact the cells that are still possible.

use std::ops::Range;
use std::sync::Arc;

use crate::table::{Row, Table};

/// A non-empty set of cells for each fact of a table; all of them at first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evidence {
    /// Whether each cell is possible, fact after fact: one piece of memory, for there may be many facts and many sessions.
    possible: Vec<bool>,
    /// For each fact where its cells begin, and after the last where they end.
    starts: Arc<[usize]>,
}

impl Evidence {
    /// Nothing is known.
    pub fn new(table: &Table) -> Self {
        let mut starts = Vec::with_capacity(table.facts.len() + 1);
        let mut end = 0;
        starts.push(end);
        for fact in &table.facts {
            end += fact.cells.len();
            starts.push(end);
        }
        Self { possible: vec![true; end], starts: starts.into() }
    }

    fn range(&self, fact: u32) -> Range<usize> {
        let start = self.starts.get(fact as usize).copied().unwrap_or_default();
        let end = self.starts.get(fact as usize + 1).copied().unwrap_or_default();
        start..end.max(start)
    }

    fn flags_mut(&mut self, fact: u32) -> &mut [bool] {
        let range = self.range(fact);
        self.possible.get_mut(range).unwrap_or_default()
    }

    /// From now on the fact is in one of these cells. Returns false, and changes nothing, when there is no such fact or it has
    /// none of the cells.
    pub fn set(&mut self, fact: u32, cells: &[u32]) -> bool {
        let flags = self.flags_mut(fact);
        let any = cells.iter().any(|cell| (*cell as usize) < flags.len());
        if any {
            (0u32..).zip(flags).for_each(|(cell, possible)| *possible = cells.contains(&cell));
        }
        any
    }

    /// Exchanges which cells of a fact are possible, to look at another case and to come back from it.
    pub(super) fn exchange(&mut self, fact: u32, mut cells: Vec<bool>) -> Vec<bool> {
        let flags = self.flags_mut(fact);
        flags.iter_mut().zip(&mut cells).for_each(|(possible, cell)| std::mem::swap(possible, cell));
        cells
    }

    /// Whether each cell of a fact is possible.
    pub(super) fn flags(&self, fact: u32) -> &[bool] {
        self.possible.get(self.range(fact)).unwrap_or_default()
    }

    /// Nothing is known of the fact any more.
    pub fn forget(&mut self, fact: u32) {
        self.flags_mut(fact).fill(true);
    }

    /// Whether nothing is known of the fact.
    pub fn is_whole(&self, fact: u32) -> bool {
        self.flags(fact).iter().all(|possible| *possible)
    }

    /// The facts of which something is known, each with the cells that it may be in.
    pub fn known(&self) -> Row {
        let facts = 0..self.starts.len().saturating_sub(1) as u32;
        let known = facts.filter(|fact| !self.is_whole(*fact));
        Row(known.map(|fact| (fact, self.cells(fact).collect())).collect())
    }

    /// Whether a fact may be in a cell.
    pub fn allows(&self, fact: u32, cell: u32) -> bool {
        self.flags(fact).get(cell as usize).copied().unwrap_or(false)
    }

    /// The cells that a fact may be in.
    pub fn cells(&self, fact: u32) -> impl Iterator<Item = u32> + '_ {
        (0u32..).zip(self.flags(fact)).filter(|(_, possible)| **possible).map(|(cell, _)| cell)
    }
}
