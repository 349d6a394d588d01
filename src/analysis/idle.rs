//! Finds asked facts of which no answer changes anything. Refuses to know who asks.
//!
//! A fact matters for a condition when some row of the inference table that is about the condition constrains it: when, in some
//! state of knowledge, an answer makes the condition certain or rules it out that was neither before. That it is only found to
//! be so by way of an assumption counts: where either of two facts tells the other, both matter.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use fixedbitset::FixedBitSet;
use rustc_hash::FxHashSet;

use super::memo::Run;
use super::within::{Within, undecided};
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::domain::offer_guards;
use crate::graph::{facts_in, rule_place};
use crate::logic::{Budget, Exploded, Formula, Var};
use crate::model::{ConditionId, FactId, Id, Model};
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
pub(super) fn check(within: &Within<'_>, known: &Known, run: &mut Run<'_>, diagnostics: &mut Diagnostics) {
    let mut search = Search::new(within);
    search.drop_those_that_matter_alone(run);
    for fact in &search.open {
        let key = search.key(*fact);
        if run.is_quiet(key) {
            continue;
        }
        match search.matters(*fact) {
            Ok(true) => run.note_quiet(key),
            Ok(false) => report(*fact, within, known, diagnostics),
            Err(Exploded) => {
                let declared = &within.model().facts[*fact];
                undecided(declared.name, &declared.id, "whether-idle").push_to(diagnostics);
            }
        }
    }
}

/// A condition by which advice is chosen.
struct Judged {
    said: Said,
    /// Of what it says.
    key: u64,
}

enum Said {
    /// All of these hold.
    All(Vec<ConditionId>),
    Test(Formula),
}

impl Judged {
    fn formula(&self, within: &Within<'_>) -> Formula {
        match &self.said {
            Said::All(conditions) => within.cx.meanings.all(conditions),
            Said::Test(formula) => formula.clone(),
        }
    }

    /// Visits the variables that it mentions, some of them several times.
    fn visit_vars(&self, within: &Within<'_>, visit: impl FnMut(Var)) {
        match &self.said {
            Said::All(conditions) => conditions.iter().flat_map(|id| within.cx.keys.vars(*id)).copied().for_each(visit),
            Said::Test(formula) => {
                let mut vars = Vec::new();
                formula.push_vars(&mut vars);
                vars.into_iter().for_each(visit);
            }
        }
    }
}

/// Every condition by which advice is chosen, each once.
fn judged(within: &Within<'_>) -> Vec<Judged> {
    let (model, meanings) = (within.model(), within.cx.meanings);
    let mut all: Vec<Judged> = Vec::new();
    let mut seen = FxHashSet::default();
    let mut add = |said: Said, key: u64| {
        if seen.insert(key) {
            all.push(Judged { said, key });
        }
    };
    let mut add_all = |conditions: &[ConditionId]| {
        let told = conditions.iter().filter(|id| !matches!(meanings.of(**id), Formula::Const(true)));
        let told: Vec<ConditionId> = told.copied().collect();
        if !told.is_empty() && !told.iter().any(|id| matches!(meanings.of(*id), Formula::Const(false))) {
            let key = within.cx.keys.key("all").conditions(&told).finish();
            add(Said::All(told), key);
        }
    };
    for entry in model.entries.iter() {
        for offered in &entry.actions {
            let mut guards = entry.when.clone();
            guards.extend(offer_guards(entry, offered, model));
            let mut open = vec![(offered.action, guards)];
            while let Some((action, mut guards)) = open.pop() {
                guards.extend(&model.actions[action].when);
                open.extend(model.actions[action].alternatives.iter().map(|it| (*it, guards.clone())));
                add_all(&guards);
            }
        }
        entry.causes.iter().for_each(|cause| add_all(&cause.when));
        add_all(&entry.when);
    }
    shown_by(model).for_each(|id| add_all(&[id]));
    for text in model.texts.iter() {
        let Some(by) = text.by else { continue };
        let tests = text.cases.iter().filter_map(|case| within.cx.types.values.get(&case.value.as_ref()?.span));
        for formula in tests.map(|test| meanings.test(by.fact, test, within.cx.domain)) {
            let key = within.cx.keys.key("test").with(&formula).finish();
            add(Said::Test(formula), key);
        }
    }
    all
}

/// The asked facts that a condition names, also by way of derived facts and of the `only when` of those it names. What only an
/// idle `only when` names goes with its fact.
fn named(within: &Within<'_>) -> BTreeSet<FactId> {
    let model = within.model();
    let conditions = chosen_by(model).chain(model.assumptions.iter().copied());
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
fn chosen_by(model: &Model) -> impl Iterator<Item = ConditionId> {
    let mut others = FixedBitSet::with_capacity(model.conditions.len());
    for fact in model.facts.iter() {
        let rules = fact.derived.iter().flatten().filter_map(|rule| rule.when);
        others.extend(fact.only_when.iter().copied().chain(rules).map(Id::index));
    }
    others.extend(model.assumptions.iter().map(|id| id.index()));
    model.conditions.ids().filter(move |id| !others.contains(id.index()))
}

/// The conditions of branches and procedures, each judged by itself.
fn shown_by(model: &Model) -> impl Iterator<Item = ConditionId> {
    let mut guards = FixedBitSet::with_capacity(model.conditions.len());
    for entry in model.entries.iter() {
        let causes = entry.causes.iter().flat_map(|cause| &cause.when);
        guards.extend(entry.when.iter().chain(causes).map(|id| id.index()));
    }
    guards.extend(model.actions.iter().flat_map(|action| &action.when).map(|id| id.index()));
    chosen_by(model).filter(move |id| !guards.contains(id.index()))
}

/// That a condition, by its index, depends on a variable.
#[derive(Clone, Copy)]
struct Dependence {
    var: Var,
    condition: usize,
}

/// Facts of which it is not known yet whether they matter.
struct Search<'a> {
    within: &'a Within<'a>,
    open: BTreeSet<FactId>,
    judged: Vec<Judged>,
    /// By the index of the variable, the conditions that mention it, ascending.
    mentioning: Vec<Vec<usize>>,
    /// Facts of which a search was given up.
    unsure: BTreeSet<FactId>,
}

impl<'a> Search<'a> {
    fn new(within: &'a Within<'a>) -> Self {
        let judged = judged(within);
        let mut mentioning: Vec<Vec<usize>> = vec![Vec::new(); within.cx.domain.variables.len()];
        for (index, one) in judged.iter().enumerate() {
            one.visit_vars(within, |var| {
                let list = &mut mentioning[var.index()];
                if list.last() != Some(&index) {
                    list.push(index);
                }
            });
        }
        Self { within, open: named(within), judged, mentioning, unsure: BTreeSet::new() }
    }

    /// Facts on which some condition depends while all other facts stay the same: nearly all.
    fn drop_those_that_matter_alone(&mut self, run: &mut Run<'_>) {
        for fact in self.open.clone() {
            if self.is_known_to_matter(fact, run) {
                self.open.remove(&fact);
                continue;
            }
            match self.depends(fact) {
                Ok(Some(dependence)) => {
                    self.open.remove(&fact);
                    run.note_quiet(self.key_of(dependence));
                }
                Ok(None) => {}
                Err(Exploded) => {
                    self.unsure.insert(fact);
                }
            }
        }
    }

    /// Whether one of the conditions is remembered to depend on the fact.
    fn is_known_to_matter(&self, fact: FactId, run: &mut Run<'_>) -> bool {
        let dependences =
            |var: Var| self.mentioning(var).iter().map(move |index| Dependence { var, condition: *index });
        let mut all = self.within.cx.domain.vars(fact).flat_map(dependences);
        all.any(|dependence| run.is_quiet(self.key_of(dependence)))
    }

    /// Of all that makes a condition depend on a variable.
    fn key_of(&self, dependence: Dependence) -> u64 {
        let Dependence { var, condition } = dependence;
        let key = self.within.cx.keys.key("depends").with((var, self.within.cx.domain.space.size(var)));
        key.with(self.judged[condition].key).finish()
    }

    /// Of all that [`Search::matters`] reads.
    fn key(&self, fact: FactId) -> u64 {
        let mut key = self.within.cx.keys.key("matters").with(self.unsure.contains(&fact));
        for var in self.within.cx.domain.vars(fact) {
            key = key.with((var, self.within.cx.domain.space.size(var)));
            for index in self.connected(var) {
                key = key.with(self.judged[index].key);
            }
        }
        key.finish()
    }

    fn mentioning(&self, var: Var) -> &[usize] {
        self.mentioning.get(var.index()).map_or(&[], Vec::as_slice)
    }

    fn formula(&self, index: usize) -> Formula {
        self.judged[index].formula(self.within)
    }

    /// A condition that depends on a fact while all other facts stay the same. Most facts are seen to matter for one of
    /// the first that mention them; of the others it is searched.
    fn depends(&self, fact: FactId) -> Result<Option<Dependence>, Exploded> {
        let situations = &self.within.situations;
        // Where the other facts tell what this one is, no condition is looked at.
        let vars = self.within.cx.domain.vars(fact).filter(|var| situations.varies_alone(*var) != Ok(false));
        let all =
            vars.flat_map(|var| self.mentioning(var).iter().map(move |index| Dependence { var, condition: *index }));
        let all: Vec<Dependence> = all.collect();
        let is_seen = |it: &&Dependence| situations.is_seen_to_depend(&self.formula(it.condition), it.var);
        if let Some(seen) = all.iter().find(is_seen) {
            return Ok(Some(*seen));
        }
        let mut is_unsure = false;
        for dependence in all {
            match situations.depends(&self.formula(dependence.condition), dependence.var) {
                Ok(true) => return Ok(Some(dependence)),
                Ok(false) => {}
                Err(Exploded) => is_unsure = true,
            }
        }
        if is_unsure { Err(Exploded) } else { Ok(None) }
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
            if situations.is_told_by(&self.formula(*index), var)? {
                return Ok(true);
            }
        }
        for index in &connected {
            if situations.is_seen_to_tell(&self.formula(*index), var)? {
                return Ok(true);
            }
        }
        for index in &connected {
            if situations.is_constrained(&self.formula(*index), var, BUDGET)? {
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
            found.extend(self.mentioning(var).iter().copied().filter(|index| seen.insert(*index)));
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
