//! Exact logic over finite multi-valued domains: covers, primes, satisfiability, and the rows that a reader tests.
//! Knows nothing of FAQs.

mod antichain;
mod assume;
mod consensus;
mod count;
mod cover;
mod coverage;
mod cube;
mod formula;
mod gap;
mod guess;
mod judge;
mod minimal;
mod normal;
mod overlap;
mod parts;
mod prime;
mod relevance;
mod rows;
mod satisfy;
mod situations;
mod space;
mod split;
mod values;

#[cfg(test)]
mod tests;

pub use assume::Assumptions;
pub use consensus::primes;
pub use count::count;
pub use cover::cover;
pub use cube::Cube;
pub use formula::Formula;
pub use gap::uncovered;
pub use judge::{Verdict, judge};
pub use minimal::{minimal_core, minimal_cover};
pub use overlap::{OverlapIndex, overlapping_pairs};
pub use prime::prime_around;
pub use rows::{Rows, Side, certain_rows, rows};
pub use satisfy::{is_satisfiable, witness};
pub use situations::{Clash, Situations};
pub use space::{Space, Var};
pub use values::Values;

/// How much work one question may cost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Budget {
    /// The most cubes that a list, intermediate or final, may hold once absorbed cubes are dropped. The steps of a
    /// search and the candidates of a product are limited to a constant multiple of it.
    pub cubes: usize,
}

/// The budget was exceeded: the answer is unknown, not negative.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Exploded;

impl std::fmt::Display for Exploded {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("the number of cases exceeds the budget")
    }
}

impl std::error::Error for Exploded {}
