//! Dead ends and endless loops are found exactly where there are some: small random knowledge bases, all walks tried out one
//! situation after the other by the definitions, with effects as the runtime takes them.

mod random_model;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use faqc::analysis::{Memo, analyse};
use faqc::diag::{Code, Diagnostics};
use faqc::domain::{Applicability, Meanings, cut_domain};
use faqc::emit::table::build_table;
use faqc::model::{ActionId, ActionUse, ConditionId, EntryId, Fallthrough, Id, Model, Step, StepKind, SymptomId};
use faqc::runtime::{Evidence, Verdict, judge_condition, take_effects};
use faqc::session::Compilation;
use faqc::table::{Condition, Table};
use random_model::compilation_with_paths;

/// `FAQC_CASES=5000` tries more.
const CASES: u64 = 300;

/// So many states may one symptom's walks have.
const STATES: usize = 60_000;

#[test]
fn dead_ends_are_those_of_the_definition() {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for seed in cases() {
        let compilation = compilation_with_paths(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15));
        let found = analysed(&compilation);
        let world = World::new(&compilation);
        if world.situations.is_empty() {
            continue;
        }
        let mut lists = BTreeSet::new();
        for symptom in compilation.model.symptoms.ids() {
            // A symptom with the same entries as another has nothing new to tell.
            if !lists.insert(world.applicability.entries[symptom].clone()) {
                continue;
            }
            let name = compilation.model.symptoms[symptom].name;
            let here = |code| found.iter().any(|it| it.code == code && it.span == Some(name));
            let kind = match (Search::new(&world, symptom).has_dead_end(), here(Code::DeadEnd)) {
                (None, _) => "too many states",
                _ if here(Code::Undecided) => "undecided",
                (Some(true), true) => "dead end",
                (Some(false), false) => "none",
                (expected, found) => {
                    panic!("seed {seed}, {symptom:?}: expected {expected:?}, found {found}")
                }
            };
            *seen.entry(kind.to_owned()).or_default() += 1;
        }
    }
    println!("{seen:?}");
    assert!(seen.get("dead end") > Some(&100) && seen.get("none") > Some(&100), "{seen:?}");
}

fn cases() -> impl Iterator<Item = u64> {
    1..=std::env::var("FAQC_CASES").ok().and_then(|it| it.parse().ok()).unwrap_or(CASES)
}

fn analysed(compilation: &Compilation) -> Vec<faqc::diag::Diagnostic> {
    let Compilation { model, types, graph, sources, .. } = compilation;
    let mut diagnostics = Diagnostics::default();
    analyse(model, types, graph, sources, &mut Memo::default(), &mut diagnostics);
    diagnostics.into_vec()
}

type Situation = Vec<u32>;

/// A knowledge base, its situations, and what is so in each.
struct World<'a> {
    model: &'a Model,
    table: Table,
    meanings: Meanings<'a>,
    applicability: Applicability,
    situations: Vec<Situation>,
}

impl<'a> World<'a> {
    fn new(compilation: &'a Compilation) -> Self {
        let Compilation { model, types, sources, .. } = compilation;
        let mut diagnostics = Diagnostics::default();
        let mut table = build_table(compilation, &mut diagnostics);
        let domain = cut_domain(model, types, sources);
        let meanings = Meanings::new(model, types, &domain, &mut diagnostics);
        let applicability = Applicability::new(model);
        assert!(diagnostics.is_empty());
        // One that is always so tells whether evidence is contradictory.
        table.conditions.push(Arc::new(Condition { certain: Some(vec![Default::default()]), ..Condition::default() }));
        let whole = Evidence::new(&table);
        let mut world = Self { model, table, meanings, applicability, situations: Vec::new() };
        world.situations = world.inside(&whole);
        world
    }

    /// The situations that agree with evidence.
    fn inside(&self, evidence: &Evidence) -> Vec<Situation> {
        let mut all: Vec<Situation> = vec![Vec::new()];
        for fact in 0..self.table.facts.len() as u32 {
            let cells: Vec<u32> = evidence.cells(fact).collect();
            let longer = |start: &Situation| -> Vec<Situation> {
                cells.iter().map(|cell| [start.as_slice(), &[*cell]].concat()).collect()
            };
            all = all.iter().flat_map(longer).collect();
        }
        let always = self.table.conditions.len() as u32 - 1;
        all.retain(|it| judge_condition(&self.table, always, &self.known(it)) != Verdict::Contradictory);
        all
    }

    fn known(&self, situation: &Situation) -> Evidence {
        let mut evidence = Evidence::new(&self.table);
        (0u32..).zip(situation).for_each(|(fact, cell)| assert!(evidence.set(fact, &[*cell])));
        evidence
    }

    fn all(&self, conditions: &[ConditionId], situation: &Situation) -> bool {
        conditions.iter().all(|id| self.meanings.of(*id).eval(situation))
    }

    fn own(&self, entry: EntryId, situation: &Situation) -> bool {
        self.all(&self.model.entries[entry].when, situation)
    }

    /// An entry is shown under a symptom that lists it.
    fn is_shown(&self, symptom: SymptomId, entry: EntryId, situation: &Situation) -> bool {
        let entries = &self.model.entries;
        let overrides = |other: EntryId| entries[other].overrides.iter().any(|it| it.entry == entry);
        let aside = |other: EntryId| entries[entry].fallback && !entries[other].fallback;
        self.own(entry, situation)
            && !self.applicability.entries[symptom]
                .iter()
                .any(|other| (overrides(*other) || aside(*other)) && self.own(*other, situation))
    }

    /// It applies: shown where the symptom lists it, else its own condition holds.
    fn applies(&self, symptom: Option<SymptomId>, entry: EntryId, situation: &Situation) -> bool {
        let listing = symptom.filter(|it| self.applicability.entries[*it].contains(&entry));
        listing.map_or_else(|| self.own(entry, situation), |symptom| self.is_shown(symptom, entry, situation))
    }

    /// The actions that an entry offers in a situation, each with those that it is an alternative of, outermost first.
    fn offered(&self, entry: EntryId, situation: &Situation) -> Vec<Vec<ActionId>> {
        let model = self.model;
        let declared = &model.entries[entry];
        let begins =
            |used: &&ActionUse| used.cause.is_none_or(|cause| self.all(&declared.causes[cause].when, situation));
        let mut open: Vec<ActionId> = declared.actions.iter().filter(begins).map(|used| used.action).collect();
        let mut found = Vec::new();
        while let Some(action) = open.pop() {
            let parent = |id: &ActionId| model.actions[*id].parent;
            let mut lineage: Vec<ActionId> = std::iter::successors(Some(action), parent).collect();
            lineage.reverse();
            if lineage.iter().all(|id| self.all(&model.actions[*id].when, situation)) {
                open.extend(&model.actions[action].alternatives);
                found.push(lineage);
            }
        }
        found
    }

    fn is_introduction(&self, lineage: &[ActionId]) -> bool {
        !self.model.actions[lineage[lineage.len() - 1]].alternatives.is_empty()
    }

    fn sends_to_contact(&self, lineage: &[ActionId], situation: &Situation) -> bool {
        let action = &self.model.actions[lineage[lineage.len() - 1]];
        !action.contacts.is_empty() || self.steps_send(&action.steps, situation)
    }

    /// Whether an action names a contact, in whichever branch.
    fn may_send(&self, lineage: &[ActionId]) -> bool {
        let action = &self.model.actions[lineage[lineage.len() - 1]];
        !action.contacts.is_empty() || names_contact(&action.steps)
    }

    fn steps_send(&self, steps: &[Step], situation: &Situation) -> bool {
        steps.iter().any(|step| match &step.kind {
            StepKind::Contact(_) => true,
            StepKind::Branches(branches) => {
                let first = branches.iter().find(|it| it.when.is_none_or(|when| self.all(&[when], situation)));
                first.is_some_and(|branch| self.steps_send(&branch.steps, situation))
            }
            _ => false,
        })
    }

    /// The situations that may follow when an action, with what it is an alternative of, was done.
    fn after(&self, lineage: &[ActionId], situation: &Situation) -> Vec<Situation> {
        let mut evidence = self.known(situation);
        for action in lineage {
            take_effects(&self.table, action.index() as u32, &mut evidence);
        }
        self.inside(&evidence)
    }

    fn then(&self, lineage: &[ActionId]) -> BTreeSet<EntryId> {
        lineage.iter().flat_map(|id| &self.model.actions[*id].then).map(|used| used.entry).collect()
    }

    fn ends_at_contact(&self, entry: EntryId) -> bool {
        self.model.entries[entry].otherwise.iter().any(|it| matches!(it, Fallthrough::Contact(_)))
    }

    fn otherwise(&self, entry: EntryId) -> Vec<EntryId> {
        let target = |it: &Fallthrough| match it {
            Fallthrough::Contact(_) => None,
            Fallthrough::Entry(used) => Some(used.entry),
        };
        self.model.entries[entry].otherwise.iter().filter_map(target).collect()
    }
}

/// All walks of one symptom.
struct Search<'a> {
    world: &'a World<'a>,
    symptom: SymptomId,
    listed: Vec<EntryId>,
    seen: BTreeSet<State>,
}

/// Where a walk has come.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct State {
    situation: Situation,
    tried: BTreeSet<ActionId>,
    /// Entries handed over to that the symptom does not list.
    entered: BTreeSet<EntryId>,
    /// Entries of which an action was done.
    begun: BTreeSet<EntryId>,
}

impl<'a> Search<'a> {
    fn new(world: &'a World<'a>, symptom: SymptomId) -> Self {
        let listed = world.applicability.entries[symptom].clone();
        Self { world, symptom, listed, seen: BTreeSet::new() }
    }

    /// `None` when there are too many states.
    fn has_dead_end(&mut self) -> Option<bool> {
        let world = self.world;
        for situation in &world.situations {
            if !self.listed.iter().any(|entry| self.answers(*entry, situation, &mut BTreeSet::new())) {
                continue;
            }
            let (tried, entered, begun) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
            let start = State { situation: situation.clone(), tried, entered, begun };
            if self.ends_nowhere(start)? {
                return Some(true);
            }
        }
        Some(false)
    }

    fn answers(&self, entry: EntryId, situation: &Situation, path: &mut BTreeSet<EntryId>) -> bool {
        let world = self.world;
        if !world.applies(Some(self.symptom), entry, situation) || !path.insert(entry) {
            return false;
        }
        let offered = world.offered(entry, situation);
        let helps = |lineage: &Vec<ActionId>| {
            let action = &world.model.actions[lineage[lineage.len() - 1]];
            let sends = world.sends_to_contact(lineage, situation);
            let only_finds_out = !action.finds.is_empty() && action.sets.is_empty() && !world.may_send(lineage);
            sends || !world.is_introduction(lineage) && !only_finds_out
        };
        let targets: Vec<EntryId> =
            offered.iter().flat_map(|lineage| world.then(lineage)).chain(world.otherwise(entry)).collect();
        world.ends_at_contact(entry)
            || !world.model.entries[entry].contacts.is_empty()
            || offered.iter().any(helps)
            || targets.into_iter().any(|target| self.answers(target, situation, path))
    }

    /// Whether a walk from here ends with nobody to turn to.
    fn ends_nowhere(&mut self, start: State) -> Option<bool> {
        let mut open = vec![start];
        while let Some(state) = open.pop() {
            if self.seen.contains(&state) {
                continue;
            }
            self.seen.insert(state.clone());
            if self.seen.len() > STATES {
                return None;
            }
            match self.next(&state) {
                Some(next) if next.is_empty() => return Some(true),
                next => open.extend(next.into_iter().flatten()),
            }
        }
        Some(false)
    }

    /// What may come next; `None` when a contact is reached, nothing when the walk has ended without one.
    fn next(&self, state: &State) -> Option<Vec<State>> {
        let world = self.world;
        let present: BTreeSet<EntryId> = self.listed.iter().chain(&state.entered).copied().collect();
        let applying: Vec<EntryId> =
            present.into_iter().filter(|it| world.applies(Some(self.symptom), *it, &state.situation)).collect();
        let visited: BTreeSet<EntryId> = state.begun.union(&state.entered).copied().collect();
        // Whoever has visited such an entry reaches its contact at last.
        if visited.iter().any(|it| world.ends_at_contact(*it)) {
            return None;
        }
        if applying.iter().any(|it| !world.model.entries[*it].contacts.is_empty()) {
            return None;
        }
        let mut next = Vec::new();
        let mut is_left = false;
        for entry in &applying {
            for lineage in world.offered(*entry, &state.situation) {
                let action = lineage[lineage.len() - 1];
                if state.tried.contains(&action) {
                    continue;
                }
                if world.sends_to_contact(&lineage, &state.situation) {
                    return None;
                }
                if !world.is_introduction(&lineage) {
                    is_left = true;
                    next.extend(self.done(*entry, &lineage, state));
                }
            }
        }
        if is_left {
            // What an action sets may be what no situation allows; then no walk goes on.
            return Some(next).filter(|next| !next.is_empty());
        }
        if applying.iter().any(|it| world.ends_at_contact(*it)) {
            return None;
        }
        let last = applying.iter().chain(&visited).flat_map(|it| world.otherwise(*it));
        let targets: BTreeSet<EntryId> = last.filter(|it| self.may_enter(*it, state, &state.situation)).collect();
        if targets.is_empty() {
            return Some(Vec::new());
        }
        let entered = state.entered.union(&targets).copied().collect();
        Some(vec![State { entered, ..state.clone() }])
    }

    fn may_enter(&self, target: EntryId, state: &State, situation: &Situation) -> bool {
        !self.listed.contains(&target) && !state.entered.contains(&target) && self.world.own(target, situation)
    }

    /// A state for each situation that may follow.
    fn done(&self, entry: EntryId, lineage: &[ActionId], state: &State) -> Vec<State> {
        let after = self.world.after(lineage, &state.situation);
        let next = after.into_iter().map(|situation| {
            let mut next = state.clone();
            next.tried.insert(lineage[lineage.len() - 1]);
            next.begun.insert(entry);
            let targets = self.world.then(lineage);
            next.entered.extend(targets.into_iter().filter(|it| self.may_enter(*it, state, &situation)));
            next.situation = situation;
            next
        });
        next.collect()
    }
}

#[test]
fn endless_loops_are_those_of_the_definition() {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for seed in cases() {
        let compilation = compilation_with_paths(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15));
        let found = analysed(&compilation);
        let world = World::new(&compilation);
        if world.situations.is_empty() {
            continue;
        }
        let has = |code| found.iter().any(|it| it.code == code);
        let expected = Circles { world: &world }.exist();
        let kind = match (expected, has(Code::EndlessLoop)) {
            (true, true) => "endless loop",
            (false, false) => "none",
            _ if has(Code::Undecided) => "undecided",
            (expected, found) => panic!("seed {seed}: expected {expected}, found {found}"),
        };
        *seen.entry(kind.to_owned()).or_default() += 1;
    }
    println!("{seen:?}");
    assert!(seen.get("endless loop") > Some(&60) && seen.get("none") > Some(&60), "{seen:?}");
}

/// A hand-over: from an entry, by an action with what it is an alternative of or by what comes otherwise, to an entry.
type HandOver = (EntryId, Option<Vec<ActionId>>, EntryId);

struct Circles<'a> {
    world: &'a World<'a>,
}

impl Circles<'_> {
    fn exist(&self) -> bool {
        let entries: Vec<EntryId> = self.world.model.entries.ids().collect();
        entries.iter().any(|start| self.contexts(*start).into_iter().any(|under| self.exist_from(*start, under)))
    }

    /// Symptoms under which a reader gets into the circles through an entry; `None` for one that lists none of the entries that
    /// hand over to it and that it hands over to in turn.
    fn contexts(&self, start: EntryId) -> Vec<Option<SymptomId>> {
        let world = self.world;
        let forth = self.reached(&BTreeSet::from([start]));
        let tangle: BTreeSet<EntryId> =
            forth.into_iter().filter(|it| self.reached(&BTreeSet::from([*it])).contains(&start)).collect();
        let lists = |symptom: SymptomId| world.applicability.entries[symptom].iter().any(|it| tangle.contains(it));
        let (own, others): (Vec<SymptomId>, Vec<SymptomId>) = world.model.symptoms.ids().partition(|it| lists(*it));
        let leads_there = |symptom: &SymptomId| {
            let listed = world.applicability.entries[*symptom].iter().copied().collect();
            !self.reached(&listed).is_disjoint(&tangle)
        };
        let strange = own.is_empty() || others.iter().any(leads_there);
        own.into_iter().map(Some).chain(strange.then_some(None)).collect()
    }

    /// The entries that some hand over to, directly or by way of others.
    fn reached(&self, from: &BTreeSet<EntryId>) -> BTreeSet<EntryId> {
        let world = self.world;
        let mut found = BTreeSet::new();
        let mut open: Vec<EntryId> = from.iter().copied().collect();
        while let Some(entry) = open.pop() {
            let actions = &world.model.actions;
            let mut offered: Vec<ActionId> = world.model.entries[entry].actions.iter().map(|it| it.action).collect();
            let mut next = world.otherwise(entry);
            while let Some(action) = offered.pop() {
                offered.extend(&actions[action].alternatives);
                let lineage = std::iter::successors(Some(action), |id| actions[*id].parent);
                next.extend(lineage.flat_map(|id| &actions[id].then).map(|it| it.entry));
            }
            open.extend(next.into_iter().filter(|it| found.insert(*it)));
        }
        found
    }

    fn exist_from(&self, start: EntryId, under: Option<SymptomId>) -> bool {
        let applies = |it: &&Situation| self.world.applies(under, start, it);
        self.world.situations.iter().filter(applies).any(|it| self.leads_back(start, it, &[], under))
    }

    /// Whether some way on leads back to the start of the path, and the whole way can be gone again.
    fn leads_back(&self, start: EntryId, situation: &Situation, path: &[HandOver], under: Option<SymptomId>) -> bool {
        let here = path.last().map_or(start, |it| it.2);
        self.hand_overs(here, situation, under).into_iter().any(|(step, situation)| {
            let path = [path, std::slice::from_ref(&step)].concat();
            if step.2 == start {
                return self.can_be_gone(&path, &situation, under);
            }
            let is_new = path.iter().filter(|it| it.2 == step.2).count() == 1;
            is_new && self.leads_back(start, &situation, &path, under)
        })
    }

    fn can_be_gone(&self, path: &[HandOver], situation: &Situation, under: Option<SymptomId>) -> bool {
        let Some((step, rest)) = path.split_first() else { return true };
        let next = self.hand_overs(step.0, situation, under);
        next.into_iter().any(|(taken, situation)| taken == *step && self.can_be_gone(rest, &situation, under))
    }

    /// What an entry hands over to, and the situation then.
    fn hand_overs(&self, from: EntryId, situation: &Situation, under: Option<SymptomId>) -> Vec<(HandOver, Situation)> {
        let world = self.world;
        let otherwise = world.otherwise(from).into_iter().map(|to| ((from, None, to), situation.clone()));
        let mut found: Vec<(HandOver, Situation)> = otherwise.collect();
        for lineage in world.offered(from, situation).into_iter().filter(|it| !world.is_introduction(it)) {
            for to in world.then(&lineage) {
                let after = world.after(&lineage, situation).into_iter();
                found.extend(after.map(|situation| ((from, Some(lineage.clone()), to), situation)));
            }
        }
        found.retain(|((_, _, to), situation)| world.applies(under, *to, situation));
        found
    }
}

fn names_contact(steps: &[Step]) -> bool {
    steps.iter().any(|step| match &step.kind {
        StepKind::Contact(_) => true,
        StepKind::Branches(branches) => branches.iter().any(|branch| names_contact(&branch.steps)),
        _ => false,
    })
}
