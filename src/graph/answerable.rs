//! Which facts a reader can come to know, and those whose finding needs themselves.

use rustc_hash::FxHashSet;

use super::cycle::{Arc, find_cycles};
use super::facts_in;
use crate::model::{ActionId, ConditionId, EntryId, Fact, FactId, Id, IdVec, Model, Rule, RuleValue};
use crate::source::Span;
use crate::types::{Condition, Test, Types};

/// One way to come to know a fact.
struct Way {
    fact: FactId,
    /// What must be certain for it; of a derived fact, what must be known.
    opens: Opening,
    /// The facts that this is about, each with the place that says so.
    needs: Vec<(FactId, Span)>,
}

enum Opening {
    /// These conditions must be found to hold.
    Conditions(Vec<ConditionId>),
    /// All facts that the way is about must be known.
    Facts,
}

/// The facts that nobody can come to know.
#[derive(Debug, Default)]
pub struct Unanswerable {
    /// Without a question and without an action that finds them out, in the order declared.
    pub without_question: Vec<FactId>,
    /// Circles of facts each of which is found out only by actions that need the next; arcs are between facts' indices.
    pub cycles: Vec<Vec<Arc>>,
}

/// The least set of answerable facts: those with a question or a procedure; those that some action finds whose conditions can
/// be found to hold by answerable facts alone (one alternative of an *or* is enough); and those derived from such facts.
/// What an action sets is not thereby known of a reader who has not done it. Reports the rest, but not facts that only wait
/// for one reported. Linear, for conditions of a few facts.
pub fn find_unanswerable(model: &Model, types: &Types) -> Unanswerable {
    let ways = ways(model, types);
    let known = closure(&ways, model, types);
    let unknown = model.facts.enumerate().filter(|(id, _)| !known[*id]);
    let mut has_way = vec![false; model.facts.len()];
    ways.iter().for_each(|way| has_way[way.fact.index()] = true);
    let without_question =
        unknown.filter(|(id, fact)| fact.derived.is_none() && !has_way[id.index()]).map(|(id, _)| id).collect();
    let mut cycles = find_cycles(&blocked(&ways, &known));
    cycles.retain(|cycle| !cycle.iter().all(|arc| model.facts[FactId::new(arc.from)].derived.is_some()));
    Unanswerable { without_question, cycles }
}

fn ways(model: &Model, types: &Types) -> Vec<Way> {
    let mut ways: Vec<Way> = model.facts.enumerate().filter_map(|(id, fact)| own_way(id, fact, model, types)).collect();
    for (entry, declared) in model.entries.enumerate() {
        for used in declared.actions.iter().filter(|used| used.reused.is_some()) {
            let mut open = vec![used.action];
            while let Some(action) = open.pop() {
                push_findings((entry, used.cause), action, model, types, &mut ways);
                open.extend(&model.actions[action].alternatives);
            }
        }
    }
    for (id, action) in model.actions.enumerate() {
        push_findings((action.entry, None), id, model, types, &mut ways);
    }
    ways
}

/// Asking, or deriving.
fn own_way(id: FactId, fact: &Fact, model: &Model, types: &Types) -> Option<Way> {
    match &fact.derived {
        Some(rules) => {
            let placed = |rule: &Rule| Some((rule.when?, rule_place(rule, model)?));
            let needs = needs_at(rules.iter().filter_map(placed), types);
            Some(Way { fact: id, opens: Opening::Facts, needs })
        }
        None if fact.ask.is_some() || !fact.checks.is_empty() => {
            Some(Way { fact: id, opens: Opening::Facts, needs: Vec::new() })
        }
        None => None,
    }
}

/// Where a rule's condition stands: the row, in a table, whose header names the facts.
pub fn rule_place(rule: &Rule, model: &Model) -> Option<Span> {
    let span = model.conditions[rule.when?].span();
    let is_within = rule.span.file == span.file && rule.span.start <= span.start && span.end <= rule.span.end;
    Some(if is_within { span } else { rule.span })
}

/// One way for each fact that the action, done where an entry offers it, finds.
fn push_findings(
    offered: (EntryId, Option<usize>),
    action: ActionId,
    model: &Model,
    types: &Types,
    ways: &mut Vec<Way>,
) {
    for found in &model.actions[action].finds {
        let guards = guards(offered, action, model);
        let needs = needs(guards.iter().copied(), model, types);
        ways.push(Way { fact: found.fact, opens: Opening::Conditions(guards), needs });
    }
}

/// The conditions of an action: those of the entry and the cause it is offered in, its own, and those of the actions it is
/// an alternative of; in the entry that it is written in, those of their causes, too.
fn guards((entry, cause): (EntryId, Option<usize>), action: ActionId, model: &Model) -> Vec<ConditionId> {
    let causes = |entry: EntryId, cause: Option<usize>| {
        cause.and_then(|index| model.entries[entry].causes.get(index)).map_or(&[][..], |cause| &cause.when)
    };
    let mut guards = model.entries[entry].when.clone();
    guards.extend(causes(entry, cause));
    for id in std::iter::successors(Some(action), |id| model.actions[*id].parent) {
        let action = &model.actions[id];
        guards.extend(&action.when);
        if action.entry == entry && cause.is_none() {
            guards.extend(causes(entry, action.cause));
        }
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

/// Which facts are answerable. A way is looked at when a fact that it is about, also by way of definitions, becomes known.
fn closure(ways: &[Way], model: &Model, types: &Types) -> IdVec<FactId, bool> {
    let mut waiting: IdVec<FactId, Vec<usize>> = model.facts.iter().map(|_| Vec::new()).collect();
    for (index, way) in ways.iter().enumerate() {
        for fact in concerned(way, model, types) {
            waiting[fact].push(index);
        }
    }
    let mut known: IdVec<FactId, bool> = model.facts.iter().map(|_| false).collect();
    let mut open: Vec<usize> = (0..ways.len()).rev().collect();
    while let Some(index) = open.pop() {
        let way = &ways[index];
        if !known[way.fact] && is_open(way, &known, model, types) {
            known[way.fact] = true;
            open.extend(&waiting[way.fact]);
        }
    }
    known
}

fn concerned(way: &Way, model: &Model, types: &Types) -> FxHashSet<FactId> {
    let mut seen = FxHashSet::default();
    let mut open: Vec<FactId> = way.needs.iter().map(|(fact, _)| *fact).collect();
    while let Some(fact) = open.pop() {
        if seen.insert(fact)
            && let Some(when) = definition(&model.facts[fact])
        {
            open.extend(facts_in(when, types));
        }
    }
    seen
}

/// The condition of a `define`.
fn definition(fact: &Fact) -> Option<ConditionId> {
    match fact.derived.as_deref()? {
        [Rule { value: RuleValue::Yes, when, .. }] => *when,
        _ => None,
    }
}

fn is_open(way: &Way, known: &IdVec<FactId, bool>, model: &Model, types: &Types) -> bool {
    let Opening::Conditions(conditions) = &way.opens else { return way.needs.iter().all(|(fact, _)| known[*fact]) };
    conditions.iter().all(|id| match types.named.get(id) {
        // What is wrong with the condition has been reported; the facts that it names are needed anyway.
        Some(_) => facts_in(*id, types).iter().all(|fact| known[*fact]),
        None => can_be_settled(&types.conditions[*id], true, &Known { known, model, types }, &mut Vec::new()),
    })
}

struct Known<'a> {
    known: &'a IdVec<FactId, bool>,
    model: &'a Model,
    types: &'a Types,
}

/// Whether known facts can tell that a condition holds, or does not hold.
fn can_be_settled(condition: &Condition, holds: bool, facts: &Known<'_>, within: &mut Vec<FactId>) -> bool {
    match condition {
        Condition::Error => true,
        Condition::Not(inner) => can_be_settled(inner, !holds, facts, within),
        Condition::And(parts) if holds => parts.iter().all(|part| can_be_settled(part, holds, facts, within)),
        Condition::Or(parts) if !holds => parts.iter().all(|part| can_be_settled(part, holds, facts, within)),
        Condition::And(parts) | Condition::Or(parts) => {
            parts.iter().any(|part| can_be_settled(part, holds, facts, within))
        }
        Condition::Test(fact, test) => match definition(&facts.model.facts[*fact]) {
            Some(when) if !within.contains(fact) && !facts.known[*fact] => {
                let is_yes = matches!(test, Test::OneOf(values) if values[..] == [0]);
                within.push(*fact);
                let settled = can_be_settled(&facts.types.conditions[when], holds == is_yes, facts, within);
                within.pop();
                settled
            }
            Some(_) | None => facts.known[*fact],
        },
    }
}

/// From each unanswerable fact to those unanswerable ones that its ways need.
fn blocked(ways: &[Way], known: &IdVec<FactId, bool>) -> Vec<Arc> {
    let mut arcs = Vec::new();
    for way in ways.iter().filter(|way| !known[way.fact]) {
        for (fact, span) in way.needs.iter().filter(|(fact, _)| !known[*fact]) {
            arcs.push(Arc { from: way.fact.index(), to: fact.index(), span: Some(*span) });
        }
    }
    arcs
}
