//! What the analyses read, as hashes without places: equal keys, equal questions. Refuses to know what is asked.

mod entry;

use std::hash::{BuildHasher, Hash, Hasher};

use foldhash::quality::{FixedState, FoldHasher};

use crate::ast;
use crate::domain::{Assumed, Domain, Meanings};
use crate::model::{ConditionId, FactId, IdVec, Model, Step, StepKind};
use crate::types::{Condition, Types};

pub(super) use entry::EntryKeys;

/// The hashes of all conditions, and of what is assumed of every situation.
#[derive(Debug)]
pub struct Keys {
    conditions: IdVec<ConditionId, u64>,
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

fn hashed(value: impl Hash) -> u64 {
    let mut hasher = hasher();
    value.hash(&mut hasher);
    hasher.finish()
}

impl Keys {
    pub(super) fn new(
        model: &Model,
        types: &Types,
        domain: &Domain,
        meanings: &Meanings<'_>,
        assumed: &[Assumed],
    ) -> Self {
        let facts = fact_keys(model, domain, meanings);
        let conditions = model.conditions.enumerate().map(|(id, written)| {
            let mut hasher = hasher();
            hash_condition(&types.conditions[id], &facts, &mut hasher);
            hash_shape(written, &mut hasher);
            hasher.finish()
        });
        let conditions = conditions.collect();
        let mut hasher = hasher();
        assumed.iter().for_each(|one| one.formula.hash(&mut hasher));
        Self { conditions, ground: hasher.finish() }
    }

    /// A key for one kind of question.
    pub(super) fn key(&self, question: &'static str) -> Key<'_> {
        let mut hasher = hasher();
        (question, self.ground).hash(&mut hasher);
        Key { keys: self, hasher }
    }
}

/// Of each fact how it is cut into cells, or which formulas tests of it stand for.
fn fact_keys(model: &Model, domain: &Domain, meanings: &Meanings<'_>) -> IdVec<FactId, u64> {
    let cells = |fact| domain.vars(fact).map(|var| (var, &domain.variables[var.index()].cells));
    let asked = |fact| hashed(cells(fact).collect::<Vec<_>>());
    let mut keys: IdVec<FactId, u64> = model.facts.ids().map(asked).collect();
    for (fact, test, formula) in meanings.derived_tests() {
        // In whichever order they come.
        keys[fact] = keys[fact].wrapping_add(hashed((test, formula)));
    }
    keys
}

/// What a condition says, by way of the facts that it names.
fn hash_condition(condition: &Condition, facts: &IdVec<FactId, u64>, hasher: &mut impl Hasher) {
    std::mem::discriminant(condition).hash(hasher);
    match condition {
        Condition::Error => {}
        Condition::And(parts) | Condition::Or(parts) => {
            parts.len().hash(hasher);
            parts.iter().for_each(|part| hash_condition(part, facts, hasher));
        }
        Condition::Not(inner) => hash_condition(inner, facts, hasher),
        Condition::Test(fact, test) => (fact, facts[*fact], test).hash(hasher),
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

    pub(super) fn add_conditions<'i>(&mut self, ids: impl IntoIterator<Item = &'i ConditionId>) {
        for id in ids {
            self.keys.conditions[*id].hash(&mut self.hasher);
        }
        // What follows is no condition of this list.
        u64::MAX.hash(&mut self.hasher);
    }

    #[must_use]
    pub(super) fn conditions<'i>(mut self, ids: impl IntoIterator<Item = &'i ConditionId>) -> Self {
        self.add_conditions(ids);
        self
    }

    /// The branches among steps, and those within them.
    pub(super) fn add_branches(&mut self, steps: &[Step]) {
        for step in steps {
            if let StepKind::Branches(branches) = &step.kind {
                for branch in branches {
                    self.add_conditions(&branch.when);
                    self.add_branches(&branch.steps);
                }
                self.add("end");
            }
        }
        self.add("steps");
    }

    #[must_use]
    pub(super) fn branches(mut self, steps: &[Step]) -> Self {
        self.add_branches(steps);
        self
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
