//! Finds asked facts of which no answer changes anything. Refuses to know who asks.
//!
//! A fact matters for a condition when some row of the inference table that is about the condition constrains it: when, in some
//! state of knowledge, an answer makes the condition certain or rules it out that was neither before. That it is only found to
//! be so by way of an assumption counts: where either of two facts tells the other, both matter.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use rustc_hash::FxHashSet;

use super::within::{Within, undecided};
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::domain::{Meanings, offer_guard};
use crate::graph::{Part, facts_in, rule_place, visit_parts};
use crate::logic::{Budget, Exploded, Formula, Var};
use crate::model::{ConditionId, Fact, FactId, Model};
use crate::source::Span;

/// What listing the rows of one condition may cost.
const BUDGET: Budget = Budget { cubes: 2048 };
/// At most so many conditions are looked at for one fact that none of them names.
const CONNECTED: usize = 256;
/// Conditions that a finding points at.
const LABELS: usize = 4;

/// What has been said already, and explains that facts are idle.
pub(super) struct Known {
    /// Conditions that are the same wherever they are judged.
    pub conditions: BTreeSet<ConditionId>,
    /// Facts that have one value in every situation.
    pub settled: BTreeSet<FactId>,
}

/// Reports idle facts.
pub(super) fn check(within: &Within<'_>, known: &Known, diagnostics: &mut Diagnostics) {
    let search = Search::new(within);
    for fact in &search.open {
        match search.matters(*fact) {
            Ok(true) => {}
            Ok(false) => report(*fact, within, known, diagnostics),
            Err(Exploded) => {
                let declared = &within.model().facts[*fact];
                undecided(declared.name, &declared.id, "whether-idle").push_to(diagnostics);
            }
        }
    }
}

/// Every condition by which advice is chosen, each once.
fn judged(within: &Within<'_>) -> Vec<Formula> {
    let (model, meanings) = (within.model(), within.cx.meanings);
    let mut all: Vec<Formula> = Vec::new();
    for (id, entry) in model.entries.enumerate() {
        let own = meanings.all(&entry.when);
        for offered in &entry.actions {
            let guard = offer_guard(id, offered, model, meanings);
            let mut open = vec![(offered.action, Meanings::and([own.clone(), guard]))];
            while let Some((action, guard)) = open.pop() {
                let guard = Meanings::and([guard, meanings.all(&model.actions[action].when)]);
                open.extend(model.actions[action].alternatives.iter().map(|it| (*it, guard.clone())));
                all.push(guard);
            }
        }
        all.extend(entry.causes.iter().map(|cause| meanings.all(&cause.when)));
        all.push(own);
    }
    all.extend(shown_by(within).map(|id| meanings.of(id).clone()));
    for text in model.texts.iter() {
        let Some(by) = text.by else { continue };
        let tests = text.cases.iter().filter_map(|case| within.cx.types.values.get(&case.value.as_ref()?.span));
        all.extend(tests.map(|test| meanings.test(by.fact, test, within.cx.domain)));
    }
    let mut seen = FxHashSet::default();
    all.retain(|formula| !matches!(formula, Formula::Const(_)) && seen.insert(formula.clone()));
    all
}

/// The asked facts that a condition names, also by way of derived facts and of the `only when` of those it names. What only an
/// idle `only when` names goes with its fact.
fn named(within: &Within<'_>) -> BTreeSet<FactId> {
    let model = within.model();
    let conditions = chosen_by(within).chain(model.assumptions.iter().copied());
    let mut open: Vec<FactId> = conditions.flat_map(|id| facts_in(id, within.cx.types)).collect();
    open.extend(model.texts.iter().filter_map(|text| text.by).map(|by| by.fact));
    let mut seen = BTreeSet::new();
    while let Some(id) = open.pop() {
        if seen.insert(id) {
            let fact = &model.facts[id];
            let rules = fact.derived.iter().flatten().filter_map(|rule| rule.when);
            let conditions = rules.chain(fact.only_when.iter().copied());
            open.extend(conditions.flat_map(|id| facts_in(id, within.cx.types)));
        }
    }
    seen.retain(|id| model.facts[*id].derived.is_none());
    seen
}

/// The conditions of all but facts, and those of procedures.
fn chosen_by<'a>(within: &Within<'a>) -> impl Iterator<Item = ConditionId> + use<'a> {
    let model = within.model();
    let of_fact = |fact: &'a Fact| {
        fact.only_when.iter().copied().chain(fact.derived.iter().flatten().filter_map(|rule| rule.when))
    };
    let of_facts: FxHashSet<ConditionId> = model.facts.iter().flat_map(of_fact).collect();
    let mut found = Vec::new();
    visit_parts(model, &mut |_, part| {
        if let Part::Condition(id) = part {
            found.push(id);
        }
    });
    found.into_iter().filter(move |id| !of_facts.contains(id))
}

/// The conditions of branches and procedures, each judged by itself.
fn shown_by<'a>(within: &Within<'a>) -> impl Iterator<Item = ConditionId> + use<'a> {
    let model = within.model();
    let entries = model.entries.iter().flat_map(|entry| {
        let causes = entry.causes.iter().flat_map(|cause| &cause.when);
        entry.when.iter().chain(causes)
    });
    let guards: FxHashSet<ConditionId> =
        entries.chain(model.actions.iter().flat_map(|action| &action.when)).copied().collect();
    chosen_by(within).filter(move |id| !guards.contains(id))
}

/// Facts of which it is not known yet whether they matter.
struct Search<'a> {
    within: &'a Within<'a>,
    open: BTreeSet<FactId>,
    judged: Vec<Formula>,
    /// By variable, the conditions that mention it.
    mentioning: BTreeMap<Var, Vec<usize>>,
    /// Facts of which a search was given up.
    unsure: BTreeSet<FactId>,
}

impl<'a> Search<'a> {
    /// Looks at each condition once for the facts that it mentions; most facts are seen to matter for one of the first. Of the
    /// others it is searched.
    fn new(within: &'a Within<'a>) -> Self {
        let judged = judged(within);
        let mut search =
            Self { within, open: named(within), judged, mentioning: BTreeMap::new(), unsure: BTreeSet::new() };
        for (index, formula) in search.judged.iter().enumerate() {
            for var in formula.support() {
                search.mentioning.entry(var).or_default().push(index);
                let fact = within.cx.domain.variables[var.index()].fact;
                if search.open.contains(&fact) && within.situations.is_seen_to_depend(formula, var) {
                    search.open.remove(&fact);
                }
            }
        }
        for fact in search.open.clone() {
            match search.depends(fact) {
                Ok(true) => {
                    search.open.remove(&fact);
                }
                Ok(false) => {}
                Err(Exploded) => {
                    search.unsure.insert(fact);
                }
            }
        }
        search
    }

    /// Whether some condition depends on a fact while all other facts stay the same.
    fn depends(&self, fact: FactId) -> Result<bool, Exploded> {
        let mut is_unsure = false;
        for var in self.within.cx.domain.vars(fact) {
            for index in self.mentioning.get(&var).into_iter().flatten() {
                match self.within.situations.depends(&self.judged[*index], var) {
                    Ok(true) => return Ok(true),
                    Ok(false) => {}
                    Err(Exploded) => is_unsure = true,
                }
            }
        }
        if is_unsure { Err(Exploded) } else { Ok(false) }
    }

    /// Whether a fact matters that no condition depends on while all other facts stay the same.
    fn matters(&self, fact: FactId) -> Result<bool, Exploded> {
        for var in self.within.cx.domain.vars(fact) {
            if !self.within.situations.mentioning(var).is_empty() && self.matters_by_assumption(var)? {
                return Ok(true);
            }
        }
        if self.unsure.contains(&fact) { Err(Exploded) } else { Ok(false) }
    }

    /// Whether the variable tells something of a condition that assumptions connect it with, the nearest first.
    fn matters_by_assumption(&self, var: Var) -> Result<bool, Exploded> {
        let situations = &self.within.situations;
        let connected = self.connected(var);
        for index in &connected {
            if situations.is_told_by(&self.judged[*index], var)? {
                return Ok(true);
            }
        }
        for index in &connected {
            if situations.is_seen_to_tell(&self.judged[*index], var)? {
                return Ok(true);
            }
        }
        for index in &connected {
            if situations.is_constrained(&self.judged[*index], var, BUDGET)? {
                return Ok(true);
            }
        }
        if connected.len() < CONNECTED { Ok(false) } else { Err(Exploded) }
    }

    /// The first conditions that assumptions connect with a variable, step by step.
    fn connected(&self, var: Var) -> Vec<usize> {
        let situations = &self.within.situations;
        let (mut found, mut seen) = (Vec::new(), BTreeSet::new());
        let mut vars = VecDeque::from([var]);
        let (mut seen_vars, mut seen_assumptions) = (BTreeSet::from([var]), BTreeSet::new());
        while let Some(var) = vars.pop_front() {
            found.extend(self.mentioning.get(&var).into_iter().flatten().copied().filter(|index| seen.insert(*index)));
            if found.len() >= CONNECTED {
                found.truncate(CONNECTED);
                return found;
            }
            for index in situations.mentioning(var).iter().filter(|index| seen_assumptions.insert(**index)) {
                let support = situations.assumption(*index).map(Formula::support).unwrap_or_default();
                vars.extend(support.into_iter().filter(|var| seen_vars.insert(*var)));
            }
        }
        found
    }
}

fn report(id: FactId, within: &Within<'_>, known: &Known, diagnostics: &mut Diagnostics) {
    let model = within.model();
    let naming: Vec<ConditionId> =
        model.conditions.ids().filter(|condition| facts_in(*condition, within.cx.types).contains(&id)).collect();
    if known.settled.contains(&id) || naming.iter().all(|condition| known.conditions.contains(condition)) {
        return;
    }
    let fact = &model.facts[id];
    let rules = model.facts.iter().flat_map(|fact| fact.derived.iter().flatten());
    let rows: BTreeMap<ConditionId, Span> =
        rules.filter_map(|rule| Some((rule.when?, rule_place(rule, model)?))).collect();
    let mut finding = Diagnostic::at(Code::IdleFact, fact.name).text("name", within.text(fact.name));
    for place in naming.iter().map(|condition| place(*condition, &rows, model)).take(LABELS) {
        finding = finding.label(place, "named");
    }
    finding.help("drop").push_to(diagnostics);
}

/// Where a condition stands; that of a table's row names the facts in the table's header.
fn place(condition: ConditionId, rows: &BTreeMap<ConditionId, Span>, model: &Model) -> Span {
    rows.get(&condition).copied().unwrap_or_else(|| model.conditions[condition].span())
}
