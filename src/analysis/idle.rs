//! Finds asked facts of which no answer changes anything. Refuses to know who asks.
//!
//! A fact matters for a condition when some row of the inference table that is about the condition constrains it: when, in some
//! state of knowledge, an answer makes the condition certain or rules it out that was neither before. That it is only found to
//! be so by way of an assumption counts: where either of two facts tells the other, both matter.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use fixedbitset::FixedBitSet;
use rustc_hash::FxHashSet;

use super::keys::EntryKeys;
use super::memo::Run;
use super::within::{Within, case_tests, undecided};
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::domain::offer_guards;
use crate::graph::{Node, Part, facts_in, rule_place, visit_parts};
use crate::logic::{Budget, Exploded, Formula, Var};
use crate::model::{ConditionId, EntryId, FactId, Id, Model};
use crate::source::Span;
use crate::types::Test;

/// What listing the rows of one condition may cost.
const BUDGET: Budget = Budget { cubes: 2048 };
/// At most so many conditions are looked at for one fact that none of them names.
const CONNECTED: usize = 256;
/// Conditions that a finding points at.
const LABELS: usize = 4;
/// So many entries are remembered that show that a fact matters, so that it is known still when one of them changes.
const WITNESSES: usize = 3;
/// So many conditions are tried for a second and a third one.
const TRIED: usize = 32;

/// What has been said already, and explains that facts are idle.
pub(super) struct Known {
    /// Conditions that are the same wherever they are judged.
    pub conditions: BTreeSet<ConditionId>,
    /// Facts that have one value in every situation.
    pub settled: BTreeSet<FactId>,
}

/// Reports idle facts.
pub(super) fn check(
    within: &Within<'_>,
    known: &Known,
    entries: &EntryKeys,
    run: &mut Run<'_>,
    diagnostics: &mut Diagnostics,
) {
    let places = Places { entries, elsewhere: elsewhere_key(within) };
    let mut open = without_witness(within, &places, run);
    if !open.is_empty() {
        let named = named(within);
        open.retain(|fact| named.contains(fact));
    }
    if open.is_empty() {
        return;
    }
    let mut search = Search::new(within, open);
    search.drop_those_that_matter_alone(&places, run);
    for fact in &search.open {
        match search.matters(*fact) {
            Ok(Some(condition)) => run.note_witness(*fact, places.key(search.judged[condition].entry)),
            Ok(None) => report(*fact, within, known, diagnostics),
            Err(Exploded) => {
                let declared = &within.model().facts[*fact];
                undecided(declared.name, &declared.id, "whether-idle").push_to(diagnostics);
            }
        }
    }
}

/// The keys of what conditions stand in.
struct Places<'a> {
    entries: &'a EntryKeys,
    elsewhere: u64,
}

impl Places<'_> {
    /// Of an entry, or of all that is outside of them.
    fn key(&self, entry: Option<EntryId>) -> u64 {
        entry.map_or(self.elsewhere, |entry| self.entries.of(entry))
    }
}

/// The asked facts of which it is not remembered that they matter for something that is as it was.
fn without_witness(within: &Within<'_>, places: &Places<'_>, run: &mut Run<'_>) -> BTreeSet<FactId> {
    let present: FxHashSet<u64> = places.entries.all().chain([places.elsewhere]).collect();
    let mut open = BTreeSet::new();
    for (id, _) in within.model().facts.enumerate().filter(|(_, fact)| fact.derived.is_none()) {
        if !run.keep_witnesses(id, |key| present.contains(&key)) {
            open.insert(id);
        }
    }
    open
}

/// Of all that advice is chosen by outside entries.
fn elsewhere_key(within: &Within<'_>) -> u64 {
    let model = within.model();
    let mut key = within.cx.keys.key("elsewhere");
    for fact in model.facts.iter() {
        for check in &fact.checks {
            key = key.conditions(&check.when).branches(&check.steps);
        }
        key = key.branches(&fact.notes);
    }
    model.symptoms.iter().for_each(|symptom| key.add_branches(&symptom.notes));
    model.documents.iter().for_each(|document| key.add_branches(&document.notes));
    model.contacts.iter().for_each(|contact| key.add_branches(&contact.notes));
    for (by, test) in text_tests(within) {
        key.add((by, within.cx.meanings.test(by, test)));
    }
    key.finish()
}

/// What the cases of texts test.
fn text_tests<'a>(within: &Within<'a>) -> impl Iterator<Item = (FactId, &'a Test)> {
    let types = within.cx.types;
    let by_fact = within.model().texts.iter().filter_map(|text| Some((text.by?.fact, text)));
    by_fact.flat_map(|(by, text)| case_tests(text, types).map(move |test| (by, test)))
}

/// A condition by which advice is chosen.
struct Judged {
    /// Where it stands, if that is an entry.
    entry: Option<EntryId>,
    said: Said,
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
        let mut vars = Vec::new();
        match &self.said {
            Said::All(conditions) => conditions.iter().for_each(|id| within.cx.meanings.of(*id).push_vars(&mut vars)),
            Said::Test(formula) => formula.push_vars(&mut vars),
        }
        vars.into_iter().for_each(visit);
    }
}

/// Every condition by which advice is chosen, each once.
fn judged(within: &Within<'_>) -> Vec<Judged> {
    let (model, meanings) = (within.model(), within.cx.meanings);
    let mut all: Vec<Judged> = Vec::new();
    let mut seen = FxHashSet::default();
    let mut add = |entry: Option<EntryId>, said: Said, key: u64| {
        if seen.insert(key) {
            all.push(Judged { entry, said });
        }
    };
    let mut add_all = |entry: Option<EntryId>, conditions: &[ConditionId]| {
        let told = conditions.iter().filter(|id| !matches!(meanings.of(**id), Formula::Const(true)));
        let told: Vec<ConditionId> = told.copied().collect();
        if !told.is_empty() && !told.iter().any(|id| matches!(meanings.of(*id), Formula::Const(false))) {
            let key = within.cx.keys.key("all").conditions(&told).finish();
            add(entry, Said::All(told), key);
        }
    };
    for (id, entry) in model.entries.enumerate() {
        for offered in &entry.actions {
            let mut guards = entry.when.clone();
            guards.extend(offer_guards(entry, offered, model));
            let mut open = vec![(offered.action, guards)];
            while let Some((action, mut guards)) = open.pop() {
                guards.extend(&model.actions[action].when);
                open.extend(model.actions[action].alternatives.iter().map(|it| (*it, guards.clone())));
                add_all(Some(id), &guards);
            }
        }
        entry.causes.iter().for_each(|cause| add_all(Some(id), &cause.when));
        add_all(Some(id), &entry.when);
    }
    shown_by(model).into_iter().for_each(|(entry, id)| add_all(entry, &[id]));
    for (by, test) in text_tests(within) {
        let formula = meanings.test(by, test);
        let key = within.cx.keys.key("test").with(&formula).finish();
        add(None, Said::Test(formula), key);
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

/// The conditions of branches and procedures, each judged by itself, with the entries in which they stand.
fn shown_by(model: &Model) -> Vec<(Option<EntryId>, ConditionId)> {
    let mut guards = FixedBitSet::with_capacity(model.conditions.len());
    for entry in model.entries.iter() {
        let causes = entry.causes.iter().flat_map(|cause| &cause.when);
        guards.extend(entry.when.iter().chain(causes).map(|id| id.index()));
    }
    guards.extend(model.actions.iter().flat_map(|action| &action.when).map(|id| id.index()));
    let chosen: FixedBitSet = chosen_by(model).map(Id::index).collect();
    let mut shown = Vec::new();
    visit_parts(model, &mut |place, part| {
        if let Part::Condition(id) = part
            && chosen.contains(id.index())
            && !guards.contains(id.index())
        {
            let entry = if let Node::Entry(entry) = place.node { Some(entry) } else { None };
            shown.push((entry, id));
        }
    });
    shown
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
    fn new(within: &'a Within<'a>, open: BTreeSet<FactId>) -> Self {
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
        Self { within, open, judged, mentioning, unsure: BTreeSet::new() }
    }

    /// Facts on which some condition depends while all other facts stay the same: nearly all.
    fn drop_those_that_matter_alone(&mut self, places: &Places<'_>, run: &mut Run<'_>) {
        for fact in self.open.clone() {
            match self.depends(fact) {
                Ok(conditions) if conditions.is_empty() => {}
                Ok(conditions) => {
                    self.open.remove(&fact);
                    conditions.iter().for_each(|it| run.note_witness(fact, places.key(self.judged[*it].entry)));
                }
                Err(Exploded) => {
                    self.unsure.insert(fact);
                }
            }
        }
    }

    fn mentioning(&self, var: Var) -> &[usize] {
        self.mentioning.get(var.index()).map_or(&[], Vec::as_slice)
    }

    fn formula(&self, index: usize) -> Formula {
        self.judged[index].formula(self.within)
    }

    /// Conditions that depend on a fact while all other facts stay the same. Most facts are seen to matter for one of the first
    /// that mention them; where none is seen to, all are searched for one.
    fn depends(&self, fact: FactId) -> Result<Vec<usize>, Exploded> {
        let situations = &self.within.situations;
        // Where the other facts tell what this one is, no condition is looked at.
        let vars = self.within.cx.domain.vars(fact).filter(|var| situations.varies_alone(*var) != Ok(false));
        let all =
            vars.flat_map(|var| self.mentioning(var).iter().map(move |index| Dependence { var, condition: *index }));
        let all: Vec<Dependence> = all.collect();
        let seen = self.seen(&all);
        if !seen.is_empty() {
            return Ok(seen);
        }
        let mut is_unsure = false;
        for dependence in all {
            match situations.depends(&self.formula(dependence.condition), dependence.var) {
                Ok(true) => return Ok(vec![dependence.condition]),
                Ok(false) => {}
                Err(Exploded) => is_unsure = true,
            }
        }
        if is_unsure { Err(Exploded) } else { Ok(Vec::new()) }
    }

    /// The first condition that is seen to depend, and some of those after it, in other entries.
    fn seen(&self, all: &[Dependence]) -> Vec<usize> {
        let is_seen = |it: &Dependence| self.within.situations.is_seen_to_depend(&self.formula(it.condition), it.var);
        let Some(first) = all.iter().position(is_seen) else { return Vec::new() };
        let mut seen: Vec<usize> = vec![all[first].condition];
        for it in all.iter().skip(first + 1).take(TRIED) {
            let entry = self.judged[it.condition].entry;
            let is_new = seen.iter().all(|other| self.judged[*other].entry != entry);
            if seen.len() < WITNESSES && is_new && is_seen(it) {
                seen.push(it.condition);
            }
        }
        seen
    }

    /// A condition for which a fact matters that none depends on while all other facts stay the same.
    fn matters(&self, fact: FactId) -> Result<Option<usize>, Exploded> {
        for var in self.within.cx.domain.vars(fact) {
            if self.within.situations.mentioning(var).is_empty() {
                continue;
            }
            if let Some(condition) = self.told_by(var)? {
                return Ok(Some(condition));
            }
        }
        if self.unsure.contains(&fact) { Err(Exploded) } else { Ok(None) }
    }

    /// A condition that assumptions connect with the variable, and of which it tells something; the nearest are tried first.
    fn told_by(&self, var: Var) -> Result<Option<usize>, Exploded> {
        let situations = &self.within.situations;
        let connected = self.connected(var);
        for index in &connected {
            if situations.is_told_by(&self.formula(*index), var)? {
                return Ok(Some(*index));
            }
        }
        for index in &connected {
            if situations.is_seen_to_tell(&self.formula(*index), var)? {
                return Ok(Some(*index));
            }
        }
        for index in &connected {
            if situations.is_constrained(&self.formula(*index), var, BUDGET)? {
                return Ok(Some(*index));
            }
        }
        if connected.len() < CONNECTED { Ok(None) } else { Err(Exploded) }
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
