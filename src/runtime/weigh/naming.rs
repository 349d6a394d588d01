//! What an answer changes: which conditions, remedies and cases speak of a fact, and the verdicts once its cell is known. Refuses to
//! weigh anything.

use std::collections::BTreeMap;

use super::super::judge::verdict;
use super::super::view::{View, any_of};
use super::super::{Evidence, Verdict};
use super::cases::Case;

/// Who speaks of what.
pub(super) struct Naming<'a> {
    view: &'a View<'a>,
    /// The conditions (indexes) of entries in play and of remedies; below they are numbered as they stand here.
    conditions: Vec<u32>,
    /// For each entry in play its condition.
    entries: Vec<Option<usize>>,
    /// For each remedy its conditions.
    remedies: Vec<Vec<usize>>,
    by_fact: BTreeMap<u32, Mention>,
    now: World,
}

/// What speaks of a fact.
#[derive(Default)]
struct Mention {
    conditions: Vec<usize>,
    remedies: Vec<usize>,
    cases: Vec<usize>,
}

/// Verdicts in a case to look at.
#[derive(Clone)]
pub(super) struct World {
    pub evidence: Evidence,
    conditions: Vec<Verdict>,
    /// Of each remedy.
    pub remedies: Vec<Verdict>,
}

impl<'a> Naming<'a> {
    pub fn new(view: &'a View<'a>, cases: &[Case]) -> Self {
        let mut numbers: BTreeMap<u32, usize> = BTreeMap::new();
        let mut conditions = Vec::new();
        let mut number = |condition: u32| {
            *numbers.entry(condition).or_insert_with(|| {
                conditions.push(condition);
                conditions.len() - 1
            })
        };
        let entries: Vec<Option<usize>> = view.entries.iter().map(|it| it.condition.map(&mut number)).collect();
        let remedies: Vec<Vec<usize>> =
            view.remedies.iter().map(|it| it.conditions.iter().map(|it| number(*it)).collect()).collect();
        let now = World {
            evidence: view.evidence.clone(),
            conditions: conditions.iter().map(|it| view.judge(*it)).collect(),
            remedies: view.remedies.iter().map(|it| it.verdict).collect(),
        };
        let mut naming = Self { view, conditions, entries, remedies, by_fact: BTreeMap::new(), now };
        naming.collect(cases);
        naming
    }

    fn collect(&mut self, cases: &[Case]) {
        let facts: Vec<Vec<u32>> = self.conditions.iter().map(|it| facts_of(self.view, *it)).collect();
        let mut by_fact: BTreeMap<u32, Mention> = BTreeMap::new();
        let named = |conditions: &mut dyn Iterator<Item = usize>| {
            let mut named: Vec<u32> = conditions.filter_map(|it| facts.get(it)).flatten().copied().collect();
            named.sort_unstable();
            named.dedup();
            named
        };
        for (at, facts) in facts.iter().enumerate() {
            facts.iter().for_each(|fact| by_fact.entry(*fact).or_default().conditions.push(at));
        }
        for (at, conditions) in self.remedies.iter().enumerate() {
            let facts = named(&mut conditions.iter().copied());
            facts.iter().for_each(|fact| by_fact.entry(*fact).or_default().remedies.push(at));
        }
        for (at, case) in cases.iter().enumerate() {
            let of_entry = self.entries.get(case.place).copied().flatten();
            let of_remedy = case.solved_by.and_then(|at| self.remedies.get(at)).into_iter().flatten().copied();
            let facts = named(&mut of_entry.into_iter().chain(of_remedy));
            facts.iter().for_each(|fact| by_fact.entry(*fact).or_default().cases.push(at));
        }
        self.by_fact = by_fact;
    }

    /// As things are.
    pub fn now(&self) -> &World {
        &self.now
    }

    /// The cases (indexes) whose entry or remedy speaks of a fact.
    pub fn cases(&self, fact: u32) -> &[usize] {
        self.by_fact.get(&fact).map_or(&[], |it| it.cases.as_slice())
    }

    /// The facts that some case depends on.
    #[cfg(feature = "compiler")]
    pub fn facts(&self) -> Vec<u32> {
        self.by_fact.iter().filter(|(_, it)| !it.cases.is_empty()).map(|(fact, _)| *fact).collect()
    }

    /// The cells of a fact that some situation has.
    pub fn possible(&self, world: &World, fact: u32) -> Vec<u32> {
        self.view.ground.possible_cells(fact, &mut world.evidence.clone())
    }

    /// The verdicts once a fact is known to be in a cell.
    pub fn world(&self, from: &World, fact: u32, cell: u32) -> World {
        let World { mut evidence, mut conditions, mut remedies } = from.clone();
        evidence.set(fact, &[cell]);
        let Some(mention) = self.by_fact.get(&fact) else { return World { evidence, conditions, remedies } };
        for at in &mention.conditions {
            conditions[*at] = verdict(self.view.table, self.conditions[*at], false, &evidence);
        }
        for at in &mention.remedies {
            remedies[*at] = any_of(self.remedies[*at].iter().map(|it| conditions[*it]));
        }
        World { evidence, conditions, remedies }
    }

    /// Whether neither the entry nor the remedy of a case is excluded.
    pub fn allows(&self, world: &World, case: &Case) -> bool {
        let entry = self.entries.get(case.place).copied().flatten().and_then(|it| world.conditions.get(it));
        let remedy = case.solved_by.and_then(|at| world.remedies.get(at));
        entry != Some(&Verdict::Excluded) && remedy != Some(&Verdict::Excluded)
    }
}

/// The facts that a condition speaks of, each once.
fn facts_of(view: &View, condition: u32) -> Vec<u32> {
    let Some(it) = view.table.conditions.get(condition as usize) else { return Vec::new() };
    let lists = [&it.certain, &it.certain_clear_of, &it.excluded, &it.excluded_clear_of];
    let mut facts: Vec<u32> = lists.into_iter().flatten().flatten().flat_map(|row| row.0.keys().copied()).collect();
    facts.sort_unstable();
    facts.dedup();
    facts
}
