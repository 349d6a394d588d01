//! Keeps what was found of each problem from one run to the next. Refuses to know what is found.

use std::hash::BuildHasher;

use rustc_hash::{FxBuildHasher, FxHashMap};

use super::findings::{Findings, solve};
use super::problem::Problem;

/// What is known of the problems of the last run. A process that compiles again and again solves only what has changed.
#[derive(Debug, Default)]
pub struct Memo {
    known: Known,
}

/// By the problems' hashes, so that each is hashed once.
type Known = FxHashMap<u64, Vec<Solved>>;

/// A problem and what is found of it.
#[derive(Debug)]
pub(super) struct Solved {
    pub(super) problem: Problem,
    pub(super) findings: Findings,
}

/// One run over all symptoms.
pub(super) struct Run<'a> {
    memo: &'a mut Memo,
    used: Known,
}

impl Memo {
    pub(super) fn run(&mut self) -> Run<'_> {
        Run { memo: self, used: Known::default() }
    }

    /// How many problems are known.
    pub fn len(&self) -> usize {
        self.known.values().map(Vec::len).sum()
    }

    /// Whether nothing is known yet.
    pub fn is_empty(&self) -> bool {
        self.known.is_empty()
    }
}

impl Run<'_> {
    /// What is found of a problem: remembered from the last run, or from this one, or found out now.
    pub(super) fn solve(&mut self, problem: Problem) -> &Solved {
        let hash = FxBuildHasher.hash_one(&problem);
        let bucket = self.used.entry(hash).or_default();
        let place = bucket.iter().position(|it| it.problem == problem).unwrap_or(bucket.len());
        if place == bucket.len() {
            let remembered = take(&mut self.memo.known, hash, &problem);
            bucket.push(remembered.unwrap_or_else(|| Solved { findings: solve(&problem), problem }));
        }
        &bucket[place]
    }

    /// What this run did not ask for is forgotten.
    pub(super) fn finish(self) {
        self.memo.known = self.used;
    }
}

fn take(known: &mut Known, hash: u64, problem: &Problem) -> Option<Solved> {
    let bucket = known.get_mut(&hash)?;
    let place = bucket.iter().position(|it| it.problem == *problem)?;
    Some(bucket.swap_remove(place))
}
