//! A diff says what is so: for random pairs of versions, in every situation that both know, the old answer with what the
//! diff says applied to it is the new answer; what it does not list does not change.

mod boxes;
#[path = "../random_model/mod.rs"]
mod random_model;
mod values;

use std::collections::{BTreeMap, BTreeSet};

use faqc::diff::{Diff, Side, Thing, Twin, diff, json};
use faqc::domain::Applicability;
use faqc::emit::wire::action_id;
use faqc::model::{ActionId, Branch, EntryId, Fact, FactId, Id, Prose, Step, StepKind, SymptomId};
use faqc::session::Compilation;
use random_model::definitions::{self, Definitions};
use random_model::mutation::pair;
use serde_json::Value as Json;
use values::{Joint, all_values, to_joint, to_own};

/// `FAQC_CASES=100000` tries more.
const CASES: u64 = 200;
/// Pairs with more joint situations take too long.
const MOST_SITUATIONS: usize = 6000;

#[test]
fn what_a_diff_says_turns_the_old_answer_into_the_new_one() {
    let cases = std::env::var("FAQC_CASES").ok().and_then(|it| it.parse().ok()).unwrap_or(CASES);
    let mut seen: BTreeMap<String, u64> = BTreeMap::new();
    for seed in 1..=cases {
        let [old, new] = pair(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15));
        let found = diff(&old, &new);
        let document: Json = serde_json::from_str(&json::render(&found, ["old", "new"])).unwrap();
        let case = Case::new(&found, [&old, &new], document, seed);
        match case.joint_situations() {
            Some(situations) => case.check(&situations, &mut seen),
            None => *seen.entry("too many situations".into()).or_default() += 1,
        }
    }
    let kinds =
        ["shown", "hidden", "before", "offered", "withdrawn", "action-before", "unchanged", "old", "new", "text"];
    println!("{seen:?}");
    let missing: Vec<&str> = kinds.into_iter().filter(|kind| !seen.contains_key(*kind)).collect();
    assert!(missing.is_empty(), "never came up: {missing:?} of {seen:?}");
}

/// A fact of both versions, or of one.
struct JointFact {
    ids: [Option<FactId>; 2],
    values: Vec<Joint>,
}

type Situation = Vec<Joint>;

/// An entry with its actions, in order.
type Answer = Vec<(String, Vec<String>)>;

struct Case<'a> {
    diff: &'a Diff<'a>,
    versions: [&'a Compilation; 2],
    orders: [Vec<Vec<EntryId>>; 2],
    facts: Vec<JointFact>,
    document: Json,
    seed: u64,
}

impl<'a> Case<'a> {
    fn new(diff: &'a Diff<'a>, versions: [&'a Compilation; 2], document: Json, seed: u64) -> Self {
        let orders = versions.map(|it| Applicability::new(&it.model).entries.into_iter().collect());
        let mut case = Self { diff, versions, orders, facts: Vec::new(), document, seed };
        case.facts = case.joint_facts();
        case
    }

    fn joint_facts(&self) -> Vec<JointFact> {
        let mut facts = Vec::new();
        for (twin, pair) in self.diff.matching.facts.iter() {
            let asked = [0, 1].map(|at: usize| pair[at].filter(|id| self.fact(at, *id).derived.is_none()));
            let is_same = self.same_type(asked);
            let is_retyped = self.diff.joint.retyped.contains(&twin);
            assert_eq!(is_retyped, asked.iter().all(Option::is_some) && !is_same, "seed {}", self.seed);
            let parts: Vec<[Option<FactId>; 2]> = match asked {
                [Some(_), Some(_)] if is_same => vec![asked],
                [old, new] => vec![[old, None], [None, new]],
            };
            for ids in parts.into_iter().filter(|ids| ids.iter().any(Option::is_some)) {
                facts.push(JointFact { ids, values: self.values(ids) });
            }
        }
        facts
    }

    fn same_type(&self, ids: [Option<FactId>; 2]) -> bool {
        let [Some(old), Some(new)] = ids else { return false };
        std::mem::discriminant(&self.fact(0, old).ty) == std::mem::discriminant(&self.fact(1, new).ty)
    }

    fn fact(&self, at: usize, id: FactId) -> &'a Fact {
        &self.versions[at].model.facts[id]
    }

    fn values(&self, ids: [Option<FactId>; 2]) -> Vec<Joint> {
        let mut values: Vec<Joint> = Vec::new();
        for (at, id) in ids.into_iter().enumerate() {
            let Some(id) = id else { continue };
            for value in all_values(self.fact(at, id)) {
                let joint = to_joint(&value, self.fact(at, id));
                if !values.contains(&joint) {
                    values.push(joint);
                }
            }
        }
        values
    }

    fn joint_situations(&self) -> Option<Vec<Situation>> {
        let size = self.facts.iter().try_fold(1usize, |size, fact| size.checked_mul(fact.values.len()));
        size.filter(|size| *size <= MOST_SITUATIONS)?;
        let mut all: Vec<Situation> = vec![Vec::new()];
        for fact in &self.facts {
            let longer = |start: &Situation| {
                let start = start.clone();
                fact.values.iter().map(move |value| [start.as_slice(), std::slice::from_ref(value)].concat())
            };
            all = all.iter().flat_map(longer).collect();
        }
        Some(all)
    }

    /// The situation as a version knows it, if it does.
    fn own(&self, at: usize, situation: &Situation) -> Option<definitions::Situation> {
        let model = &self.versions[at].model;
        let mut own: definitions::Situation = vec![None; model.facts.len()];
        for (fact, value) in self.facts.iter().zip(situation) {
            if let Some(id) = fact.ids[at] {
                own[id.index()] = Some(to_own(value, &model.facts[id])?);
            }
        }
        self.definitions(at).is_situation(&own).then_some(own)
    }

    fn definitions(&self, at: usize) -> Definitions<'a> {
        Definitions { model: &self.versions[at].model, types: &self.versions[at].types }
    }

    fn check(&self, situations: &[Situation], seen: &mut BTreeMap<String, u64>) {
        let known: Vec<[Option<definitions::Situation>; 2]> =
            situations.iter().map(|it| [0, 1].map(|at| self.own(at, it))).collect();
        self.check_known(situations, &known, seen);
        let both: Vec<(&Situation, [&definitions::Situation; 2])> = situations
            .iter()
            .zip(&known)
            .filter_map(|(it, own)| Some((it, [own[0].as_ref()?, own[1].as_ref()?])))
            .collect();
        assert_eq!(self.document["disjoint"], Json::Bool(both.is_empty()), "seed {}", self.seed);
        let mut is_changed = both.is_empty();
        for (twin, _) in self.diff.matching.symptoms.iter() {
            if let Some(ids) = self.diff.matching.symptoms.both(twin) {
                is_changed |= self.check_symptom(twin, ids, &both, seen);
            }
        }
        is_changed |= self.check_texts(&both, seen);
        self.check_unchanged(is_changed, &known, seen);
    }

    /// Situations that only one version knows are those in the boxes.
    fn check_known(
        &self,
        situations: &[Situation],
        known: &[[Option<definitions::Situation>; 2]],
        seen: &mut BTreeMap<String, u64>,
    ) {
        for (situation, own) in situations.iter().zip(known) {
            for (at, name) in ["old", "new"].into_iter().enumerate() {
                if own[at].is_none() {
                    continue;
                }
                let listed = self.document["situations"].as_array().unwrap();
                let listed = listed.iter().filter(|it| it["known_to"] == name);
                let is_listed = listed.into_iter().any(|it| self.is_in_region(it, situation));
                assert_eq!(is_listed, own[1 - at].is_none(), "seed {}: {situation:?}", self.seed);
                if is_listed {
                    *seen.entry(name.into()).or_default() += 1;
                }
            }
        }
    }

    fn check_symptom(
        &self,
        twin: Twin,
        ids: (SymptomId, SymptomId),
        both: &[(&Situation, [&definitions::Situation; 2])],
        seen: &mut BTreeMap<String, u64>,
    ) -> bool {
        let id = self.diff.id(Thing::Symptom(twin));
        let listed = self.document["symptoms"].as_array().unwrap().iter().find(|it| it["id"] == id.as_str());
        let answers: Vec<[Answer; 2]> =
            both.iter().map(|(_, own)| [self.answer(0, ids.0, own[0]), self.answer(1, ids.1, own[1])]).collect();
        let Some(listed) = listed else {
            for ((situation, _), [old, new]) in both.iter().zip(&answers) {
                assert_eq!(old, new, "seed {}: {id} at {situation:?}", self.seed);
            }
            return false;
        };
        let changes = listed["changes"].as_array().unwrap();
        assert!(!changes.is_empty(), "seed {}: nothing was decided", self.seed);
        for ((situation, _), answer) in both.iter().zip(&answers) {
            self.check_answer(listed, situation, answer);
        }
        for change in changes {
            self.check_boxes(change, both, &answers);
            self.check_example(&change["example"], both, &answers);
            for effect in change["effects"].as_array().unwrap() {
                *seen.entry(effect["kind"].as_str().unwrap().to_owned()).or_default() += 1;
            }
        }
        true
    }

    /// The entries that apply, with the actions that they offer, by the ids of the diff.
    fn answer(&self, at: usize, symptom: SymptomId, situation: &definitions::Situation) -> Answer {
        let definitions = self.definitions(at);
        let applying = self.orders[at][symptom.index()].iter();
        let applying = applying.filter(|entry| definitions.applies(symptom, **entry, situation));
        applying.map(|entry| (self.entry_name(at, *entry), self.offered(at, *entry, situation))).collect()
    }

    fn side(at: usize) -> Side {
        if at == 0 { Side::Old } else { Side::New }
    }

    fn entry_name(&self, at: usize, id: EntryId) -> String {
        self.diff.id(Thing::Entry(self.diff.matching.entries.of(Self::side(at), id)))
    }

    /// Actions by their twins: the ids of those that are gone could be those of others.
    fn action_name(&self, at: usize, id: ActionId) -> String {
        format!("{:?}", self.diff.matching.actions.of(Self::side(at), id))
    }

    fn offered(&self, at: usize, entry: EntryId, situation: &definitions::Situation) -> Vec<String> {
        let (definitions, model) = (self.definitions(at), &self.versions[at].model);
        let mut offered: Vec<ActionId> = Vec::new();
        let mut order: Vec<ActionId> = Vec::new();
        for used in &model.entries[entry].actions {
            let cause =
                used.cause.is_none_or(|cause| definitions.all(&model.entries[entry].causes[cause].when, situation));
            let mut above = model.actions[used.action].parent;
            let mut is_open = cause;
            while let Some(id) = above {
                is_open &= definitions.all(&model.actions[id].when, situation);
                above = model.actions[id].parent;
            }
            self.walk(at, used.action, is_open, situation, &mut order, &mut offered);
        }
        order.into_iter().filter(|id| offered.contains(id)).map(|id| self.action_name(at, id)).collect()
    }

    fn walk(
        &self,
        at: usize,
        id: ActionId,
        is_open: bool,
        situation: &definitions::Situation,
        order: &mut Vec<ActionId>,
        offered: &mut Vec<ActionId>,
    ) {
        let action = &self.versions[at].model.actions[id];
        let is_open = is_open && self.definitions(at).all(&action.when, situation);
        if !order.contains(&id) {
            order.push(id);
        }
        if is_open {
            offered.push(id);
        }
        action.alternatives.iter().for_each(|it| self.walk(at, *it, is_open, situation, order, offered));
    }

    /// Applies what the diff says at a situation to the old answer.
    fn check_answer(&self, listed: &Json, situation: &Situation, [old, new]: &[Answer; 2]) {
        let place = format!("seed {}: {} at {situation:?}", self.seed, listed["id"]);
        let mut told: BTreeMap<String, BTreeSet<String>> =
            old.iter().map(|(entry, actions)| (entry.clone(), actions.iter().cloned().collect())).collect();
        let mut inverted: BTreeSet<(String, String)> = BTreeSet::new();
        let mut inverted_actions: BTreeSet<(String, String, String)> = BTreeSet::new();
        let text = |value: &Json| value.as_str().unwrap().to_owned();
        for change in listed["changes"].as_array().unwrap() {
            if !self.is_in_region(change, situation) {
                continue;
            }
            for effect in change["effects"].as_array().unwrap() {
                let entry = effect["entry"].as_str().unwrap_or_default();
                match effect["kind"].as_str().unwrap() {
                    "shown" => {
                        let actions = new.iter().find(|(it, _)| it == entry).map(|(_, actions)| actions);
                        let actions = actions.unwrap_or_else(|| panic!("{place}: {effect}")).iter().cloned().collect();
                        assert!(told.insert(entry.into(), actions).is_none(), "{place}: {effect}");
                    }
                    "hidden" => assert!(told.remove(entry).is_some(), "{place}: {effect}"),
                    "offered" => {
                        let action = self.named_action(1, &text(&effect["action"]));
                        assert!(told.get_mut(entry).unwrap().insert(action), "{place}: {effect}");
                    }
                    "withdrawn" => {
                        let action = self.named_action(0, &text(&effect["action"]));
                        assert!(told.get_mut(entry).unwrap().remove(&action), "{place}: {effect}");
                    }
                    "before" => _ = inverted.insert((text(&effect["first"]), text(&effect["second"]))),
                    "action-before" => {
                        let [first, second] = ["first", "second"].map(|key| self.named_action(1, &text(&effect[key])));
                        inverted_actions.insert((entry.into(), first, second));
                    }
                    other => panic!("{other}"),
                }
            }
        }
        let order: Vec<String> = listed["order"]["new"].as_array().unwrap().iter().map(text).collect();
        let mut said: Vec<(String, BTreeSet<String>)> = told.into_iter().collect();
        said.sort_by_key(|(entry, _)| order.iter().position(|it| it == entry));
        let sets: Vec<(String, BTreeSet<String>)> =
            new.iter().map(|(entry, actions)| (entry.clone(), actions.iter().cloned().collect())).collect();
        assert_eq!(said, sets, "{place}");
        let names = [old, new].map(|answer| answer.iter().map(|(entry, _)| entry.clone()).collect::<Vec<_>>());
        assert_eq!(inversions(&names[0], &names[1]), inverted, "{place}");
        let mut expected = BTreeSet::new();
        for (entry, after) in new {
            if let Some((_, before)) = old.iter().find(|(it, _)| it == entry) {
                let pairs = inversions(before, after).into_iter();
                expected.extend(pairs.map(|(first, second)| (entry.clone(), first, second)));
            }
        }
        assert_eq!(expected, inverted_actions, "{place}");
    }

    /// The twin of an action by its id in a version.
    fn named_action(&self, at: usize, name: &str) -> String {
        let model = &self.versions[at].model;
        let named = model.actions.ids().find(|id| action_id(*id, model) == name);
        self.action_name(at, named.unwrap_or_else(|| panic!("seed {}: {name}", self.seed)))
    }

    /// The steps of each action are listed as changed exactly where they read otherwise.
    fn check_texts(
        &self,
        both: &[(&Situation, [&definitions::Situation; 2])],
        seen: &mut BTreeMap<String, u64>,
    ) -> bool {
        let mut is_changed = false;
        for (twin, pair) in self.diff.matching.actions.iter() {
            let [Some(old), Some(new)] = pair else { continue };
            let change = self.diff.texts.iter().position(|it| it.thing == Thing::Action(twin));
            let change = change.map(|at| &self.document["texts"][at]);
            for (situation, own) in both {
                let texts = [self.text(0, old, own[0]), self.text(1, new, own[1])];
                let is_listed =
                    change.is_some_and(|it| it["region"].is_null() || self.is_in_region(&it["region"], situation));
                assert_eq!(is_listed, texts[0] != texts[1], "seed {}: {change:?} at {situation:?}", self.seed);
            }
            if change.is_some() {
                is_changed = true;
                *seen.entry("text".into()).or_default() += 1;
            }
        }
        is_changed
    }

    fn text(&self, at: usize, id: ActionId, situation: &definitions::Situation) -> String {
        self.steps(at, &self.versions[at].model.actions[id].steps, situation)
    }

    fn steps(&self, at: usize, steps: &[Step], situation: &definitions::Situation) -> String {
        let letter = |prose: &Prose| self.versions[at].sources.text(prose.lines[0]).to_owned();
        let holds = |branch: &&Branch| branch.when.is_none_or(|when| self.definitions(at).all(&[when], situation));
        let one = |step: &Step| match &step.kind {
            StepKind::Step(prose) => letter(prose),
            StepKind::Branches(branches) => {
                let branch = branches.iter().find(holds);
                branch.map_or_else(String::new, |branch| self.steps(at, &branch.steps, situation))
            }
            _ => unreachable!("no such step is made"),
        };
        steps.iter().map(one).collect()
    }

    fn check_unchanged(
        &self,
        is_changed: bool,
        known: &[[Option<definitions::Situation>; 2]],
        seen: &mut BTreeMap<String, u64>,
    ) {
        let is_unchanged = self.document["unchanged"] == Json::Bool(true);
        assert!(self.diff.undecided.is_empty(), "seed {}", self.seed);
        if is_unchanged {
            assert!(!is_changed, "seed {}", self.seed);
            assert!(known.iter().all(|own| own[0].is_some() == own[1].is_some()), "seed {}", self.seed);
            *seen.entry("unchanged".into()).or_default() += 1;
        } else {
            let lists = ["added", "removed", "retyped", "symptoms", "texts", "situations"];
            let is_said = lists.iter().any(|list| !self.document[*list].as_array().unwrap().is_empty());
            let flags = ["question_order_changed", "disjoint"];
            assert!(is_said || flags.iter().any(|flag| self.document[*flag] == Json::Bool(true)), "seed {}", self.seed);
        }
    }
}

/// Pairs of both lists that stand in another order in the second, as they stand there.
fn inversions(old: &[String], new: &[String]) -> BTreeSet<(String, String)> {
    let place = |name: &String| old.iter().position(|it| it == name);
    let mut pairs = BTreeSet::new();
    for (at, first) in new.iter().enumerate() {
        for second in &new[at + 1..] {
            if place(first).zip(place(second)).is_some_and(|(first, second)| first > second) {
                pairs.insert((first.clone(), second.clone()));
            }
        }
    }
    pairs
}
