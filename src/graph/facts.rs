//! The facts that a condition names.

use crate::model::{ConditionId, FactId, Id};
use crate::types::{Condition, Types};

/// Each fact once, in the order of declaration; those of a condition with a mistake too, if they could be found.
pub fn facts_in(id: ConditionId, types: &Types) -> Vec<FactId> {
    let mut facts = Vec::new();
    if id.index() < types.conditions.len() {
        collect(&types.conditions[id], &mut facts);
    }
    facts.extend(types.named.get(&id).into_iter().flatten());
    facts.sort_unstable();
    facts.dedup();
    facts
}

fn collect(condition: &Condition, facts: &mut Vec<FactId>) {
    match condition {
        Condition::Error => {}
        Condition::And(parts) | Condition::Or(parts) => parts.iter().for_each(|part| collect(part, facts)),
        Condition::Not(inner) => collect(inner, facts),
        Condition::Test(fact, _) => facts.push(*fact),
    }
}
