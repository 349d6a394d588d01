//! Which of a symptom's entries comes first, by what is declared. Refuses to know when they are shown.

use fixedbitset::FixedBitSet;

use super::problem::Problem;

/// The declared order of a problem's listed entries.
#[derive(Debug)]
pub(super) struct Ranking<'a> {
    problem: &'a Problem,
    /// For each entry all that come after it by `before`, `overrides` and `order`, transitively; empty when there are none.
    after: Vec<FixedBitSet>,
}

impl<'a> Ranking<'a> {
    /// Every entry stands before those that are declared to come after it, so that one round backwards suffices. The effort is the
    /// number of declared pairs times that of entries, by the word.
    pub(super) fn new(problem: &'a Problem) -> Self {
        let listed = &problem.entries[..problem.listed];
        if listed.iter().all(|entry| entry.followers.is_empty()) {
            return Self { problem, after: Vec::new() };
        }
        let mut after = vec![FixedBitSet::new(); listed.len()];
        for (index, entry) in listed.iter().enumerate().rev() {
            let mut reached = FixedBitSet::with_capacity(listed.len());
            for next in &entry.followers {
                reached.insert(*next);
                reached.union_with(&after[*next]);
            }
            after[index] = reached;
        }
        Self { problem, after }
    }

    /// Whether every entry is declared to come before the next.
    pub(super) fn is_total(problem: &Problem) -> bool {
        let before_last = problem.entries.iter().take(problem.listed.saturating_sub(1));
        (1..).zip(before_last).all(|(next, entry)| entry.followers.contains(&next))
    }

    /// Whether it is said which of two entries comes first: by a declared order, by `kind-of`, or by likelihoods.
    pub(super) fn ranks(&self, first: usize, second: usize) -> bool {
        let (one, other) = (&self.problem.entries[first], &self.problem.entries[second]);
        one.tier != other.tier
            || (one.has_likelihood && other.has_likelihood)
            || self.after.get(first).is_some_and(|after| after.contains(second))
    }
}
