//! What the analyses read, as hashes without places: equal keys, equal questions. Refuses to know what is asked.

mod symptom;

use std::hash::{BuildHasher, Hash, Hasher};

use foldhash::quality::{FixedState, FoldHasher};

use crate::ast;
use crate::domain::{Assumed, Meanings};
use crate::logic::Var;
use crate::model::{ConditionId, Id, IdVec, Model, Step, StepKind};
use crate::types::Types;

pub(super) use symptom::EntryKeys;

/// The hashes of all conditions, and of what is assumed of every situation.
#[derive(Debug)]
pub struct Keys {
    conditions: IdVec<ConditionId, u64>,
    /// By condition the end of its variables in `vars`.
    ends: IdVec<ConditionId, usize>,
    vars: Vec<Var>,
    ground: u64,
}

/// A key in the making; it begins with what is assumed.
pub(super) struct Key<'a> {
    keys: &'a Keys,
    hasher: FoldHasher<'static>,
}

/// Always the same: keys are compared with those of earlier runs.
fn hasher() -> FoldHasher<'static> {
    const SEED: u64 = 0x5EED;
    FixedState::with_seed(SEED).build_hasher()
}

impl Keys {
    pub(super) fn new(model: &Model, types: &Types, meanings: &Meanings, assumed: &[Assumed]) -> Self {
        let mut conditions = IdVec::default();
        let mut ends = IdVec::default();
        let mut vars: Vec<Var> = Vec::new();
        let mut named: Vec<Var> = Vec::new();
        for (id, written) in model.conditions.enumerate() {
            let formula = meanings.of(id);
            formula.push_vars(&mut named);
            named.sort_unstable();
            named.dedup();
            vars.append(&mut named);
            ends.push(vars.len());
            let mut hasher = hasher();
            (formula, &types.conditions[id]).hash(&mut hasher);
            hash_shape(written, &mut hasher);
            conditions.push(hasher.finish());
        }
        let mut hasher = hasher();
        assumed.iter().for_each(|one| one.formula.hash(&mut hasher));
        Self { conditions, ends, vars, ground: hasher.finish() }
    }

    /// The variables that a condition mentions, ascending.
    pub(super) fn vars(&self, id: ConditionId) -> &[Var] {
        let start = id.index().checked_sub(1).map_or(0, |before| self.ends[ConditionId::new(before)]);
        self.vars.get(start..self.ends[id]).unwrap_or(&[])
    }

    /// A key for one kind of question.
    pub(super) fn key(&self, question: &'static str) -> Key<'_> {
        let mut hasher = hasher();
        (question, self.ground).hash(&mut hasher);
        Key { keys: self, hasher }
    }
}

impl Key<'_> {
    pub(super) fn finish(self) -> u64 {
        self.hasher.finish()
    }

    pub(super) fn add(&mut self, value: impl Hash) {
        value.hash(&mut self.hasher);
    }

    #[must_use]
    pub(super) fn with(mut self, value: impl Hash) -> Self {
        self.add(value);
        self
    }

    #[must_use]
    pub(super) fn conditions<'i>(mut self, ids: impl IntoIterator<Item = &'i ConditionId>) -> Self {
        for id in ids {
            self.keys.conditions[*id].hash(&mut self.hasher);
        }
        // What follows is no condition of this list.
        u64::MAX.hash(&mut self.hasher);
        self
    }

    /// The branches among steps, and those within them.
    #[must_use]
    pub(super) fn branches(mut self, steps: &[Step]) -> Self {
        for step in steps {
            if let StepKind::Branches(branches) = &step.kind {
                for branch in branches {
                    self = self.conditions(&branch.when).branches(&branch.steps);
                }
                self = self.with("end");
            }
        }
        self.with("steps")
    }
}

/// How a condition is put together, as far as its meaning may be put together otherwise.
fn hash_shape(written: &ast::Condition, hasher: &mut impl Hasher) {
    let written = written.bare();
    std::mem::discriminant(written).hash(hasher);
    if let ast::Condition::And(parts) | ast::Condition::Or(parts) = written {
        parts.len().hash(hasher);
        parts.iter().for_each(|part| hash_shape(part, hasher));
    }
}
