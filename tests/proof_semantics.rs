//! Gaps, overlaps and what is never shown are found exactly where there are some: small random knowledge bases, by the definitions
//! taken literally, situation by situation.

mod random_model;

use std::collections::{BTreeMap, BTreeSet};

use faqc::analysis::{Memo, analyse};
use faqc::ast::{LikelihoodKind, Policy};
use faqc::diag::{Arg, Code, Diagnostic, Diagnostics};
use faqc::domain::Applicability;
use faqc::model::{
    Action, ActionId, ActionUse, Branch, Entry, EntryId, EntryUse, FactId, FactUse, Fallthrough, Id, Model, Prose,
    Step, StepKind, SymptomId,
};
use faqc::session::Compilation;
use faqc::source::{FileId, Sources, Span};
use random_model::definitions::{Definitions, Situation};
use random_model::{Random, compilation_with_paths};

/// `FAQC_CASES=20000` tries more.
const CASES: u64 = 150;

#[test]
fn findings_are_those_of_the_definitions() {
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    let cases = std::env::var("FAQC_CASES").ok().and_then(|it| it.parse().ok()).unwrap_or(CASES);
    for seed in 1..=cases {
        let compilation = enriched(seed);
        let Compilation { model, types, graph, sources, .. } = &compilation;
        let mut diagnostics = Diagnostics::default();
        analyse(model, types, graph, sources, &mut Memo::default(), &mut diagnostics);
        let world = World::new(&compilation);
        let found: Vec<&Diagnostic> = diagnostics.iter().collect();
        assert_eq!(
            world.situations.is_empty(),
            found.iter().any(|it| it.code == Code::ContradictoryAssumptions),
            "seed {seed}"
        );
        if world.situations.is_empty() {
            *seen.entry("vacuous").or_default() += 1;
            continue;
        }
        let undecided = found.iter().any(|it| it.code == Code::Undecided);
        assert_eq!(gaps(&found, model), world.gaps(), "gaps of seed {seed}, {undecided}");
        assert_eq!(overlaps(&found), world.overlaps(), "overlaps of seed {seed}");
        assert_eq!(dead_entries(&found), world.dead_entries(), "dead entries of seed {seed}");
        assert_eq!(dead_actions(&found, model), world.dead_actions(), "dead actions of seed {seed}");
        *seen.entry("gap").or_default() += world.gaps().len();
        *seen.entry("overlap").or_default() += world.overlaps().len();
        *seen.entry("dead entry").or_default() += world.dead_entries().len();
        *seen.entry("dead action").or_default() += world.dead_actions().len();
    }
    println!("{seen:?}");
    assert!(seen.len() == 5 && seen.values().all(|count| *count > 5), "{seen:?}");
}

/// The lists of entries of symptoms with a gap: of two symptoms with the same list one is reported.
fn gaps(found: &[&Diagnostic], model: &Model) -> BTreeSet<Vec<EntryId>> {
    let lists = Applicability::new(model).entries;
    let spans = found.iter().filter(|it| it.code == Code::Gap).filter_map(|it| it.span);
    let symptom = |span: Span| model.symptoms.ids().find(|id| model.symptoms[*id].name == span);
    spans.filter_map(symptom).map(|id| lists[id].clone()).collect()
}

fn overlaps(found: &[&Diagnostic]) -> BTreeSet<(usize, usize)> {
    let pairs = found.iter().filter(|it| it.code == Code::Overlap);
    pairs.map(|it| sorted(number(it, "first"), number(it, "second"))).collect()
}

fn sorted(one: usize, other: usize) -> (usize, usize) {
    (one.min(other), one.max(other))
}

fn dead_entries(found: &[&Diagnostic]) -> BTreeSet<usize> {
    found.iter().filter(|it| it.code == Code::DeadEntry).map(|it| number(it, "entry")).collect()
}

fn dead_actions(found: &[&Diagnostic], model: &Model) -> BTreeSet<ActionId> {
    let place = |id: ActionId| {
        let action = &model.actions[id];
        action.when.first().map_or(action.span, |when| model.conditions[*when].span())
    };
    let spans: BTreeSet<Span> =
        found.iter().filter(|it| it.code == Code::DeadAction).filter_map(|it| it.span).collect();
    model.actions.ids().filter(|id| spans.contains(&place(*id))).collect()
}

/// The entry that an argument of a finding names: `No.3` is the entry with the index 3.
fn number(finding: &Diagnostic, argument: &str) -> usize {
    let (_, value) = finding.args.iter().find(|(name, _)| *name == argument).expect("the argument is there");
    match value {
        Arg::Text(text) => text.trim_start_matches("No.").parse().expect("a number"),
        Arg::Word(_) | Arg::List(_) | Arg::Phrase(_) => panic!("{value:?}"),
    }
}

// ── The definitions ──

struct World<'a> {
    model: &'a Model,
    sources: &'a Sources,
    definitions: Definitions<'a>,
    situations: Vec<Situation>,
}

impl<'a> World<'a> {
    fn new(compilation: &'a Compilation) -> Self {
        let definitions = Definitions { model: &compilation.model, types: &compilation.types };
        let situations = definitions.situations();
        Self { model: &compilation.model, sources: &compilation.sources, definitions, situations }
    }

    fn symptoms(&self) -> impl Iterator<Item = SymptomId> + '_ {
        self.model.symptoms.ids()
    }

    /// The actions that an entry offers in a situation, alternatives included, in order.
    fn offered(&self, entry: EntryId, situation: &Situation) -> Vec<ActionId> {
        let declared = &self.model.entries[entry];
        let mut offered = Vec::new();
        for used in &declared.actions {
            if self.is_place_open(declared, used, situation) {
                self.offer(used.action, situation, &mut offered);
            }
        }
        offered
    }

    /// The conditions of the cause, and of the actions that a reused alternative is within.
    fn is_place_open(&self, entry: &Entry, used: &ActionUse, situation: &Situation) -> bool {
        let all = |conditions: &[_]| self.definitions.all(conditions, situation);
        let parents =
            std::iter::successors(self.model.actions[used.action].parent, |id| self.model.actions[*id].parent);
        used.cause.is_none_or(|cause| all(&entry.causes[cause].when))
            && parents.into_iter().all(|id| all(&self.model.actions[id].when))
    }

    fn offer(&self, id: ActionId, situation: &Situation, offered: &mut Vec<ActionId>) {
        let action = &self.model.actions[id];
        if self.definitions.all(&action.when, situation) {
            offered.push(id);
            action.alternatives.iter().for_each(|it| self.offer(*it, situation, offered));
        }
    }

    /// Whether one of the steps sends to a contact.
    fn sends(&self, steps: &[Step], situation: &Situation) -> bool {
        steps.iter().any(|step| match &step.kind {
            StepKind::Contact(_) => true,
            StepKind::Do(action) => self.sends(&self.model.actions[*action].steps, situation),
            StepKind::Branches(branches) => {
                let holds = |branch: &&Branch| branch.when.is_none_or(|when| self.definitions.all(&[when], situation));
                branches.iter().find(holds).is_some_and(|branch| self.sends(&branch.steps, situation))
            }
            _ => false,
        })
    }

    /// Whether a contact stands anywhere in the steps.
    fn names_contact(&self, steps: &[Step]) -> bool {
        steps.iter().any(|step| match &step.kind {
            StepKind::Contact(_) => true,
            StepKind::Do(action) => self.names_contact(&self.model.actions[*action].steps),
            StepKind::Branches(branches) => branches.iter().any(|branch| self.names_contact(&branch.steps)),
            _ => false,
        })
    }

    /// A diagnostic action finds facts out, changes none and has no contact.
    fn finds_out(&self, action: &Action) -> bool {
        let has_contact = !action.contacts.is_empty() || self.names_contact(&action.steps);
        !action.finds.is_empty() && action.sets.is_empty() && !has_contact
    }

    fn text_of(&self, steps: &[Step]) -> String {
        let prose =
            |prose: &Prose| prose.lines.iter().map(|line| self.sources.text(*line)).collect::<Vec<_>>().join("/");
        let branch = |branch: &Branch| {
            let when = branch.when.map(|when| self.sources.text(self.model.conditions[when].span()));
            format!("({when:?}: {})", self.text_of(&branch.steps))
        };
        let text = |step: &Step| match &step.kind {
            StepKind::Step(it) | StepKind::Bullet(it) | StepKind::Note(it) | StepKind::Warning(it) => prose(it),
            StepKind::Branches(branches) => branches.iter().map(branch).collect(),
            StepKind::Do(action) => self.text_of(&self.model.actions[*action].steps),
            other => format!("{other:?}"),
        };
        steps.iter().map(text).collect::<Vec<_>>().join("; ")
    }

    fn helps(&self, entry: EntryId, situation: &Situation) -> bool {
        let helps = |id: &ActionId| {
            let action = &self.model.actions[*id];
            let is_introduction = !action.alternatives.is_empty();
            !action.contacts.is_empty()
                || self.sends(&action.steps, situation)
                || !is_introduction && !self.finds_out(action)
        };
        !self.model.entries[entry].contacts.is_empty() || self.offered(entry, situation).iter().any(helps)
    }

    /// Whether an entry answers, by itself or by way of others: the least solution.
    fn answering(&self, symptom: SymptomId, situation: &Situation) -> BTreeSet<EntryId> {
        let listed = self.definitions.entries(symptom);
        let is_shown = |entry: EntryId| {
            if listed.contains(&entry) {
                self.definitions.applies(symptom, entry, situation)
            } else {
                self.definitions.all(&self.model.entries[entry].when, situation)
            }
        };
        let shown: Vec<EntryId> = self.model.entries.ids().filter(|id| is_shown(*id)).collect();
        let mut answering = BTreeSet::new();
        loop {
            let fresh: Vec<EntryId> = shown
                .iter()
                .copied()
                .filter(|id| !answering.contains(id) && self.answers(*id, situation, &answering))
                .collect();
            if fresh.is_empty() {
                answering.retain(|id| listed.contains(id));
                return answering;
            }
            answering.extend(fresh);
        }
    }

    fn answers(&self, entry: EntryId, situation: &Situation, known: &BTreeSet<EntryId>) -> bool {
        let declared = &self.model.entries[entry];
        let ends = declared.otherwise.iter().any(|it| match it {
            Fallthrough::Contact(_) => true,
            Fallthrough::Entry(used) => known.contains(&used.entry),
        });
        let then = self.offered(entry, situation).into_iter().flat_map(|id| &self.model.actions[id].then);
        ends || self.helps(entry, situation) || then.into_iter().any(|used| known.contains(&used.entry))
    }

    fn gaps(&self) -> BTreeSet<Vec<EntryId>> {
        let lists = Applicability::new(self.model).entries;
        let with_gap = self.symptoms().filter(|symptom| {
            !lists[*symptom].is_empty() && self.situations.iter().any(|it| self.answering(*symptom, it).is_empty())
        });
        with_gap.map(|symptom| lists[symptom].clone()).collect()
    }

    fn overlaps(&self) -> BTreeSet<(usize, usize)> {
        self.symptoms().flat_map(|symptom| self.overlaps_of(symptom)).collect()
    }

    fn overlaps_of(&self, symptom: SymptomId) -> BTreeSet<(usize, usize)> {
        let entries = self.definitions.entries(symptom);
        let pairs = entries
            .iter()
            .flat_map(|one| entries.iter().filter(move |other| one < other).map(move |other| (one, other)));
        let policy = self.model.symptoms[symptom].policy;
        let counts = |one: EntryId, other: EntryId, situation: &Situation| {
            let together = [one, other]
                .iter()
                .all(|id| self.definitions.applies(symptom, *id, situation) && self.helps(*id, situation));
            let differ = self.told(one, situation) != self.told(other, situation);
            together
                && match policy {
                    Some(Policy::First | Policy::Collect) => false,
                    Some(Policy::Unique) => true,
                    Some(Policy::Any) => differ,
                    None => differ && !self.is_ranked(symptom, one, other),
                }
        };
        pairs
            .filter(|(one, other)| self.situations.iter().any(|it| counts(**one, **other, it)))
            .map(|(one, other)| (one.index(), other.index()))
            .collect()
    }

    /// The texts of what is offered for itself, and of the contacts.
    fn told(&self, entry: EntryId, situation: &Situation) -> Vec<String> {
        let text = |id: ActionId| {
            let action = &self.model.actions[id];
            let title =
                action.title.as_ref().map(|it| it.lines.iter().map(|line| line.range().len()).collect::<Vec<_>>());
            format!("{title:?}, {} contacts, {}", action.contacts.len(), self.text_of(&action.steps))
        };
        let is_told = |id: &ActionId| {
            let action = &self.model.actions[*id];
            !action.alternatives.is_empty() || !self.finds_out(action)
        };
        let actions = self.offered(entry, situation).into_iter().filter(is_told).map(text);
        actions.chain(self.model.entries[entry].contacts.iter().map(|_| "contact".to_owned())).collect()
    }

    fn is_ranked(&self, symptom: SymptomId, one: EntryId, other: EntryId) -> bool {
        let has_likelihood = |id: EntryId| {
            let entry = &self.model.entries[id];
            entry.weight.is_some() || entry.actions.iter().any(|it| self.model.actions[it.action].likely.is_some())
        };
        self.leads_to(one, other, &mut BTreeSet::new())
            || self.leads_to(other, one, &mut BTreeSet::new())
            || self.tier(symptom, one) != self.tier(symptom, other)
            || has_likelihood(one) && has_likelihood(other)
    }

    fn leads_to(&self, from: EntryId, to: EntryId, seen: &mut BTreeSet<EntryId>) -> bool {
        let entry = &self.model.entries[from];
        let ordered = self.model.symptoms.iter().flat_map(|it| it.order.windows(2));
        let after = ordered.filter(|pair| pair[0].entry == from).map(|pair| pair[1].entry);
        let next: Vec<EntryId> =
            entry.before.iter().chain(&entry.overrides).map(|used| used.entry).chain(after).collect();
        seen.insert(from) && next.into_iter().any(|next| next == to || self.leads_to(next, to, seen))
    }

    /// How many steps of `kind-of` lead to a symptom that the entry names, at least.
    fn tier(&self, symptom: SymptomId, entry: EntryId) -> Option<usize> {
        let names_it = self.model.entries[entry].symptoms.iter().any(|used| used.symptom == symptom);
        let declared = &self.model.symptoms[symptom];
        let same = declared.same_as.iter().filter_map(|used| self.tier(used.symptom, entry));
        let kinds = declared.kind_of.iter().filter_map(|used| Some(self.tier(used.symptom, entry)? + 1));
        names_it.then_some(0).into_iter().chain(same).chain(kinds).min()
    }

    fn dead_entries(&self) -> BTreeSet<usize> {
        let dead = self.model.entries.ids().filter(|id| !self.is_alive(*id, |_| true));
        dead.map(Id::index).collect()
    }

    /// Whether an entry is shown in a situation of this sort.
    fn is_alive(&self, entry: EntryId, sort: impl Fn(&Situation) -> bool) -> bool {
        let mut symptoms = self.symptoms().filter(|it| self.definitions.entries(*it).contains(&entry));
        let shown = |symptom: SymptomId| {
            self.situations.iter().any(|it| sort(it) && self.definitions.applies(symptom, entry, it))
        };
        if self.model.entries[entry].symptoms.is_empty() {
            return self
                .situations
                .iter()
                .any(|it| sort(it) && self.definitions.all(&self.model.entries[entry].when, it));
        }
        symptoms.any(shown)
    }

    /// Those that no living entry ever offers, though one has them; of an action and its alternatives the action.
    fn dead_actions(&self) -> BTreeSet<ActionId> {
        let living: Vec<EntryId> = self.model.entries.ids().filter(|id| self.is_alive(*id, |_| true)).collect();
        let has = |entry: EntryId, action: ActionId| {
            let mut up = std::iter::successors(Some(action), |id| self.model.actions[*id].parent);
            let uses: Vec<ActionId> = self.model.entries[entry].actions.iter().map(|used| used.action).collect();
            up.any(|id| uses.contains(&id))
        };
        let is_dead = |action: ActionId| {
            let mut entries = living.iter().copied().filter(|entry| has(*entry, action)).peekable();
            entries.peek().is_some()
                && entries.all(|entry| !self.is_alive(entry, |it| self.offered(entry, it).contains(&action)))
        };
        let dead: BTreeSet<ActionId> = self.model.actions.ids().filter(|id| is_dead(*id)).collect();
        let is_within = |id: &ActionId| self.model.actions[*id].parent.is_some_and(|up| dead.contains(&up));
        dead.iter().copied().filter(|id| !is_within(id)).collect()
    }
}

// ── What random knowledge bases lack ──

fn enriched(seed: u64) -> Compilation {
    let mut compilation = compilation_with_paths(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15));
    let mut random = Random::new(seed);
    let model = &mut compilation.model;
    for (number, entry) in (0..).zip(model.entries.iter_mut()) {
        entry.number = Some(number);
        entry.weight = random.chance(20).then_some(2);
        if random.chance(15) {
            entry.symptoms.clear();
        }
    }
    let facts = model.facts.len();
    model.actions.iter_mut().for_each(|action| enrich(action, facts, &mut random));
    let entries = model.entries.len();
    for symptom in model.symptoms.iter_mut() {
        symptom.policy = match random.below(12) {
            0 => Some(Policy::First),
            1 => Some(Policy::Unique),
            2 => Some(Policy::Any),
            3 => Some(Policy::Collect),
            _ => None,
        };
        // Later entries come later in every list of this test, so that no order contradicts another.
        let chosen = (0..entries).filter(|_| random.chance(20));
        symptom.order = chosen.map(|it| EntryUse { entry: EntryId::new(it), span: symptom.span }).collect();
    }
    compilation
}

fn enrich(action: &mut Action, facts: usize, random: &mut Random) {
    if random.chance(50) {
        let span = Span { file: FileId(0), start: 0, end: 1 + random.below(2) as u32 };
        action.title = Some(Prose { lines: vec![span], refs: Vec::new() });
    }
    if random.chance(30) {
        action.finds.push(FactUse { fact: FactId::new(random.below(facts)), span: action.span });
    }
    action.likely = random.chance(15).then_some(LikelihoodKind::Often);
}
