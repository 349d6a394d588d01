//! Which facts a reader can come to know, and those whose finding needs themselves.

use super::cycle::{Arc, find_cycles};
use super::facts_in;
use crate::model::{ActionId, ConditionId, EntryId, Fact, FactId, Id, IdVec, Model, Rule};
use crate::source::Span;
use crate::types::Types;

/// One way to come to know a fact.
struct Way {
    fact: FactId,
    /// What must be known for it, and the condition that says so.
    needs: Vec<(FactId, Span)>,
}

/// The facts that nobody can come to know.
#[derive(Debug, Default)]
pub struct Unanswerable {
    /// Without a question and without an action that finds them out, in the order declared.
    pub without_question: Vec<FactId>,
    /// Circles of facts each of which is found out only by actions that need the next; arcs are between facts' indices.
    pub cycles: Vec<Vec<Arc>>,
}

/// The least set of answerable facts: those with a question or a procedure, and those that some action finds, or rules
/// derive, from answerable facts alone. Reports the rest, but not facts that only wait for one reported. Linear.
pub fn find_unanswerable(model: &Model, types: &Types) -> Unanswerable {
    let ways = ways(model, types);
    let known = closure(&ways, model.facts.len());
    let unknown = model.facts.enumerate().filter(|(id, _)| !known[id.index()]);
    let mut has_way = vec![false; model.facts.len()];
    ways.iter().for_each(|way| has_way[way.fact.index()] = true);
    let without_question =
        unknown.filter(|(id, fact)| fact.derived.is_none() && !has_way[id.index()]).map(|(id, _)| id).collect();
    let mut cycles = find_cycles(&blocked(&ways, &known));
    cycles.retain(|cycle| !cycle.iter().all(|arc| model.facts[FactId::new(arc.from)].derived.is_some()));
    Unanswerable { without_question, cycles }
}

fn ways(model: &Model, types: &Types) -> Vec<Way> {
    let mut ways = Vec::new();
    for (id, fact) in model.facts.enumerate() {
        if let Some(needs) = own_way(fact, model, types) {
            ways.push(Way { fact: id, needs });
        }
    }
    for (entry, declared) in model.entries.enumerate() {
        for used in declared.actions.iter().filter(|used| used.reused.is_some()) {
            push_findings(entry, used.cause, used.action, model, types, &mut ways);
        }
    }
    for (id, action) in model.actions.enumerate() {
        push_findings(action.entry, None, id, model, types, &mut ways);
    }
    ways
}

/// What asking, or deriving, needs.
fn own_way(fact: &Fact, model: &Model, types: &Types) -> Option<Vec<(FactId, Span)>> {
    match &fact.derived {
        Some(rules) => {
            let placed = |rule: &Rule| Some((rule.when?, rule_place(rule, model)?));
            Some(needs_at(rules.iter().filter_map(placed), types))
        }
        None if fact.ask.is_some() || !fact.checks.is_empty() => Some(Vec::new()),
        None => None,
    }
}

/// Where a rule's condition stands: the row, in a table, whose header names the facts.
pub fn rule_place(rule: &Rule, model: &Model) -> Option<Span> {
    let span = model.conditions[rule.when?].span();
    let is_within = rule.span.file == span.file && rule.span.start <= span.start && span.end <= rule.span.end;
    Some(if is_within { span } else { rule.span })
}

/// One way for each fact that the action, done as part of `entry`, finds.
fn push_findings(
    entry: EntryId,
    cause: Option<usize>,
    action: ActionId,
    model: &Model,
    types: &Types,
    ways: &mut Vec<Way>,
) {
    for found in &model.actions[action].finds {
        let guards = guards(entry, cause, action, model);
        ways.push(Way { fact: found.fact, needs: needs(guards, model, types) });
    }
}

/// The conditions of an action: those of the entry and the cause it is offered in, its own, those of the actions it is
/// an alternative of, and those of their causes.
fn guards(entry: EntryId, cause: Option<usize>, action: ActionId, model: &Model) -> Vec<ConditionId> {
    let causes = |entry: EntryId, cause: Option<usize>| {
        cause.and_then(|index| model.entries[entry].causes.get(index)).map_or(&[][..], |cause| &cause.when)
    };
    let mut guards = model.entries[entry].when.clone();
    guards.extend(causes(entry, cause));
    for id in std::iter::successors(Some(action), |id| model.actions[*id].parent) {
        let action = &model.actions[id];
        guards.extend(&action.when);
        guards.extend(causes(action.entry, action.cause));
    }
    guards
}

fn needs(conditions: impl IntoIterator<Item = ConditionId>, model: &Model, types: &Types) -> Vec<(FactId, Span)> {
    needs_at(conditions.into_iter().map(|id| (id, model.conditions[id].span())), types)
}

fn needs_at(conditions: impl Iterator<Item = (ConditionId, Span)>, types: &Types) -> Vec<(FactId, Span)> {
    let facts = |(id, span)| facts_in(id, types).into_iter().map(move |fact| (fact, span));
    let mut needs: Vec<_> = conditions.flat_map(facts).collect();
    needs.sort_by_key(|(fact, _)| *fact);
    needs.dedup_by_key(|(fact, _)| *fact);
    needs
}

/// Which facts are answerable, by index: a way opens when the last fact it needs is known.
fn closure(ways: &[Way], facts: usize) -> Vec<bool> {
    let mut missing: Vec<usize> = ways.iter().map(|way| way.needs.len()).collect();
    let mut waiting: IdVec<FactId, Vec<usize>> = (0..facts).map(|_| Vec::new()).collect();
    for (index, way) in ways.iter().enumerate() {
        way.needs.iter().for_each(|(fact, _)| waiting[*fact].push(index));
    }
    let mut known = vec![false; facts];
    let mut ready: Vec<FactId> = ways.iter().filter(|way| way.needs.is_empty()).map(|way| way.fact).collect();
    while let Some(fact) = ready.pop() {
        if std::mem::replace(&mut known[fact.index()], true) {
            continue;
        }
        for way in &waiting[fact] {
            missing[*way] -= 1;
            if missing[*way] == 0 {
                ready.push(ways[*way].fact);
            }
        }
    }
    known
}

/// From each unanswerable fact to those unanswerable ones that its ways need.
fn blocked(ways: &[Way], known: &[bool]) -> Vec<Arc> {
    let mut arcs = Vec::new();
    for way in ways.iter().filter(|way| !known[way.fact.index()]) {
        for (fact, span) in way.needs.iter().filter(|(fact, _)| !known[fact.index()]) {
            arcs.push(Arc { from: way.fact.index(), to: fact.index(), span: Some(*span) });
        }
    }
    arcs
}
