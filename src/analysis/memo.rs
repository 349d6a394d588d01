//! Keeps what was found from one run to the next. Refuses to know what is found.
//!
//! Of a symptom's problem the findings are kept. Of all other questions only those are kept to which the answer was that
//! nothing is to be said: a finding has places and words in it, which move with each edit, and there are few of
//! them; and of facts what they were seen to matter for. What a question reads is its key, as a hash without places
//! ([`super::keys`]); two questions with one key in the same knowledge base are as likely as a broken memory (foldhash, 64
//! bits).

use std::hash::BuildHasher;

use rustc_hash::{FxBuildHasher, FxHashMap, FxHashSet};

use super::findings::{Findings, solve};
use super::problem::Problem;
use crate::diag::Diagnostics;
use crate::model::FactId;

/// What is known of the questions of the last run. A process that compiles again and again asks only what has changed.
#[derive(Debug, Default)]
pub struct Memo {
    known: Known,
    quiet: FxHashSet<u64>,
    witnesses: FxHashMap<FactId, Vec<u64>>,
}

/// By the problems' hashes, so that each is hashed once.
type Known = FxHashMap<u64, Vec<Solved>>;

/// A problem and what is found of it.
#[derive(Debug)]
pub(super) struct Solved {
    pub(super) problem: Problem,
    pub(super) findings: Findings,
}

/// One run over the whole knowledge base.
pub(super) struct Run<'a> {
    memo: &'a mut Memo,
    used: Known,
    quiet: FxHashSet<u64>,
    witnesses: FxHashMap<FactId, Vec<u64>>,
}

impl Memo {
    pub(super) fn run(&mut self) -> Run<'_> {
        let quiet = FxHashSet::with_capacity_and_hasher(self.quiet.len(), FxBuildHasher);
        Run { memo: self, used: Known::default(), quiet, witnesses: FxHashMap::default() }
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

    /// Asks a question, unless it is known that there is nothing to say.
    pub(super) fn ask(&mut self, key: u64, diagnostics: &mut Diagnostics, ask: impl FnOnce(&mut Diagnostics)) {
        if self.is_quiet(key) {
            return;
        }
        let before = diagnostics.as_slice().len();
        ask(diagnostics);
        if diagnostics.as_slice().len() == before {
            self.note_quiet(key);
        }
    }

    /// Whether the answer to a question is known to be that nothing is to be said.
    pub(super) fn is_quiet(&mut self, key: u64) -> bool {
        let is_quiet = self.quiet.contains(&key) || self.memo.quiet.contains(&key);
        if is_quiet {
            self.quiet.insert(key);
        }
        is_quiet
    }

    /// Remembers that nothing is to be said.
    pub(super) fn note_quiet(&mut self, key: u64) {
        self.quiet.insert(key);
    }

    /// Of what a fact was seen to matter for in the last run that which is still present, by its key; whether there is any.
    pub(super) fn keep_witnesses(&mut self, fact: FactId, is_present: impl Fn(u64) -> bool) -> bool {
        let mut kept = self.memo.witnesses.remove(&fact).unwrap_or_default();
        kept.retain(|key| is_present(*key));
        let any = !kept.is_empty();
        if any {
            self.witnesses.insert(fact, kept);
        }
        any
    }

    /// Remembers something that a fact matters for.
    pub(super) fn note_witness(&mut self, fact: FactId, key: u64) {
        self.witnesses.entry(fact).or_default().push(key);
    }

    /// What this run did not ask for is forgotten.
    pub(super) fn finish(self) {
        self.memo.known = self.used;
        self.memo.quiet = self.quiet;
        self.memo.witnesses = self.witnesses;
    }
}

fn take(known: &mut Known, hash: u64, problem: &Problem) -> Option<Solved> {
    let bucket = known.get_mut(&hash)?;
    let place = bucket.iter().position(|it| it.problem == *problem)?;
    Some(bucket.swap_remove(place))
}
