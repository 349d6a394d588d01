//! The graph against small knowledge bases made by hand, and against brute force.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::cycle::{Arc, find_cycles};
use super::sample::Sample;
use super::*;
use crate::diag::{Code, Diagnostics};
use crate::model::{FactId, Id, Prose, Rule, RuleValue, StepKind, Target};
use crate::source::{FileId, Span};

fn findings(sample: &Sample) -> Vec<(Code, String)> {
    let graph = build(&sample.model, &sample.types);
    let mut diagnostics = Diagnostics::default();
    check(&sample.model, &sample.types, &graph, &sample.sources(), &mut diagnostics);
    let path = |finding: &crate::diag::Diagnostic| match finding.args.first() {
        Some((_, crate::diag::Arg::Text(path))) => path.clone(),
        other => panic!("a finding of the graph names a path or a fact first, not {other:?}"),
    };
    diagnostics.iter().map(|finding| (finding.code, path(finding))).collect()
}

fn found(code: Code, path: &str) -> Vec<(Code, String)> {
    vec![(code, path.to_owned())]
}

#[test]
fn edges_run_from_dependent_to_what_it_relies_on() {
    let mut sample = Sample::default();
    let (nine, ten) = (sample.numbered(9, "nine"), sample.numbered(10, "ten"));
    let fact = sample.asked("certificate");
    let symptom = sample.symptom("send-failed");
    let uses = [sample.symptom_use(symptom), sample.symptom_use(symptom)];
    sample.model.entries[nine].symptoms.push(uses[0]);
    sample.model.entries[ten].symptoms.push(uses[1]);
    let when = sample.condition(&[fact]);
    sample.model.entries[ten].when.push(when);
    let action = sample.action(nine);
    let (finds, then) = (sample.fact_use(fact), sample.entry_use(ten));
    sample.model.actions[action].finds.push(finds);
    sample.model.actions[action].then.push(then);

    let graph = build(&sample.model, &sample.types);
    let edges: Vec<_> = graph.edges().map(|(from, to, edge)| (from, edge.kind, to, edge.action)).collect();
    let (nine, ten, fact, symptom) = (nine.into(), ten.into(), Node::Fact(fact), Node::Symptom(symptom));
    assert_eq!(
        edges,
        [
            (nine, EdgeKind::HasSymptom, symptom, None),
            (nine, EdgeKind::Finds, fact, Some(action)),
            (nine, EdgeKind::Then, ten, Some(action)),
            (ten, EdgeKind::HasSymptom, symptom, None),
            (ten, EdgeKind::Needs, fact, None),
        ]
    );
    let affected: Vec<_> = affected_by(&graph, nine).iter().map(|it| (it.node, it.distance, it.edge.kind)).collect();
    assert_eq!(affected, [(fact, 1, EdgeKind::Finds), (ten, 2, EdgeKind::Needs)]);
    assert_eq!(neighbourhood(&graph, symptom, 1), BTreeSet::from([nine, ten, symptom]));
    assert_eq!(find("No.9", &sample.model, &sample.sources()), [nine]);
    assert_eq!(find("事象：send-failed", &sample.model, &sample.sources()), [symptom]);
}

#[test]
fn symptoms_that_are_the_same_in_a_circle_are_reported_as_a_path() {
    let mut sample = Sample::default();
    let ids = ["a", "b", "c"].map(|id| sample.symptom(id));
    for (from, to) in [(0, 1), (1, 2), (2, 0)] {
        let used = sample.symptom_use(ids[to]);
        sample.model.symptoms[ids[from]].same_as.push(used);
    }
    assert_eq!(findings(&sample), found(Code::SameAsCycle, "a → b → c → a"));
}

#[test]
fn a_symptom_that_is_a_kind_of_its_equal_is_a_circle_too() {
    let mut sample = Sample::default();
    let (a, b) = (sample.symptom("a"), sample.symptom("b"));
    let uses = [sample.symptom_use(b), sample.symptom_use(a)];
    sample.model.symptoms[a].kind_of.push(uses[0]);
    sample.model.symptoms[b].same_as.push(uses[1]);
    assert_eq!(findings(&sample), found(Code::KindOfCycle, "a → b → a"));
}

#[test]
fn a_symptoms_order_list_counts_with_before_and_overrides() {
    let mut sample = Sample::default();
    let (one, two) = (sample.numbered(1, "one"), sample.entry("two"));
    let symptom = sample.symptom("s");
    let order = vec![sample.entry_use(one), sample.entry_use(two)];
    sample.model.symptoms[symptom].order = order;
    let used = sample.entry_use(one);
    sample.model.entries[two].overrides.push(used);
    assert_eq!(findings(&sample), found(Code::OrderCycle, "No.1 one → two → No.1 one"));
}

#[test]
fn an_entry_before_itself_is_a_circle() {
    let mut sample = Sample::default();
    let entry = sample.entry("x");
    let used = sample.entry_use(entry);
    sample.model.entries[entry].before.push(used);
    assert_eq!(findings(&sample), found(Code::OrderCycle, "x → x"));
}

#[test]
fn hand_overs_may_run_in_a_circle() {
    let mut sample = Sample::default();
    let (a, b) = (sample.entry("a"), sample.entry("b"));
    for (from, to) in [(a, b), (b, a)] {
        let (action, used) = (sample.action(from), sample.entry_use(to));
        sample.model.actions[action].then.push(used);
    }
    assert_eq!(findings(&sample), []);
}

#[test]
fn an_alternative_that_does_its_parent_contains_itself() {
    let mut sample = Sample::default();
    let entry = sample.entry("x");
    let outer = sample.action(entry);
    let inner = sample.alternative(outer);
    let step = sample.step(StepKind::Do(outer));
    sample.model.actions[inner].steps.push(step);
    assert_eq!(findings(&sample), found(Code::ReuseCycle, "x/1 → x/1.1 → x/1"));
}

#[test]
fn an_alternative_may_do_its_sibling() {
    let mut sample = Sample::default();
    let entry = sample.entry("x");
    let outer = sample.action(entry);
    let (first, second) = (sample.alternative(outer), sample.alternative(outer));
    let step = sample.step(StepKind::Do(first));
    sample.model.actions[second].steps.push(step);
    assert_eq!(findings(&sample), []);
}

#[test]
fn what_is_done_level_upon_level_is_bounded_at_the_lowest_level() {
    let mut sample = Sample::default();
    let entry = sample.entry("x");
    let actions: Vec<_> = (0..40).map(|_| sample.action(entry)).collect();
    for (inner, outer) in actions.iter().zip(&actions[1..]) {
        let steps = [sample.step(StepKind::Do(*inner)), sample.step(StepKind::Do(*inner))];
        sample.model.actions[*outer].steps.extend(steps);
    }
    // 2, 6, 14 … lines: 2^n - 2.
    assert_eq!(findings(&sample), found(Code::TooMuchReuse, "500"));
}

#[test]
fn titles_that_contain_each_other_have_no_end() {
    let mut sample = Sample::default();
    let (a, b) = (sample.entry("a"), sample.entry("b"));
    for (from, to) in [(a, b), (b, a)] {
        sample.model.entries[from].title = sample.refer(Target::Entries(vec![to]));
    }
    assert_eq!(findings(&sample), found(Code::TextCycle, "a → b → a"));
}

#[test]
fn titles_that_name_entries_by_number_contain_nothing() {
    let mut sample = Sample::default();
    let (a, b) = (sample.numbered(1, "a"), sample.entry("b"));
    for (from, to) in [(a, b), (b, a)] {
        sample.model.entries[from].title = sample.refer(Target::Entries(vec![to]));
    }
    assert_eq!(findings(&sample), []);
}

#[test]
fn a_text_in_itself_has_no_end() {
    let mut sample = Sample::default();
    let text = sample.text("t", Prose::default());
    sample.model.texts[text].cases[0].text = sample.refer(Target::Text(text));
    assert_eq!(findings(&sample), found(Code::TextCycle, "t → t"));
}

#[test]
fn facts_derived_from_each_other_are_reported_once() {
    let mut sample = Sample::default();
    let (a, b) = (sample.fact("a"), sample.fact("b"));
    for (from, to) in [(a, b), (b, a)] {
        let (span, when) = (sample.span("rule"), sample.condition(&[to]));
        sample.model.facts[from].derived = Some(vec![Rule { span, value: RuleValue::Yes, when: Some(when) }]);
    }
    assert_eq!(findings(&sample), found(Code::DeriveCycle, "a → b → a"));
}

#[test]
fn facts_that_each_apply_only_when_the_other_does_are_reported() {
    let mut sample = Sample::default();
    let (a, b) = (sample.asked("a"), sample.asked("b"));
    for (from, to) in [(a, b), (b, a)] {
        let when = sample.condition(&[to]);
        sample.model.facts[from].only_when.push(when);
    }
    assert_eq!(findings(&sample), found(Code::OnlyWhenCycle, "a → b → a"));
}

#[test]
fn finding_that_needs_itself_through_another_fact_is_reported() {
    let mut sample = finding_each_other();
    assert_eq!(findings(&sample), found(Code::FindingCycle, "a → b → a"));
    sample.model.facts[FactId::new(1)].ask = Some(Prose::default());
    assert_eq!(findings(&sample), []);
}

fn finding_each_other() -> Sample {
    let mut sample = Sample::default();
    let (a, b) = (sample.fact("a"), sample.fact("b"));
    for (fact, needed) in [(a, b), (b, a)] {
        let entry = sample.entry("x");
        let (action, when, finds) = (sample.action(entry), sample.condition(&[needed]), sample.fact_use(fact));
        sample.model.entries[entry].when.push(when);
        sample.model.actions[action].finds.push(finds);
    }
    sample
}

#[test]
fn one_finding_under_answerable_facts_is_enough() {
    let mut sample = finding_each_other();
    let entry = sample.entry("free");
    let (action, finds) = (sample.action(entry), sample.fact_use(FactId::new(0)));
    sample.model.actions[action].finds.push(finds);
    assert_eq!(findings(&sample), []);
}

#[test]
fn a_needed_fact_without_a_question_is_reported_and_what_waits_for_it_is_not() {
    let mut sample = Sample::default();
    let (a, b) = (sample.fact("a"), sample.fact("b"));
    let entry = sample.entry("x");
    let (action, when, finds) = (sample.action(entry), sample.condition(&[a]), sample.fact_use(b));
    sample.model.entries[entry].when.push(when);
    sample.model.actions[action].finds.push(finds);
    let other = sample.entry("y");
    let when = sample.condition(&[b]);
    sample.model.entries[other].when.push(when);
    assert_eq!(findings(&sample), found(Code::NoQuestion, "a"));
}

#[test]
fn actions_that_wait_for_each_other_are_reported() {
    let mut sample = Sample::default();
    let entry = sample.entry("x");
    let (a, b) = (sample.action(entry), sample.action(entry));
    let spans = [sample.span("after"), sample.span("after")];
    sample.model.actions[a].after.push((b, spans[0]));
    sample.model.actions[b].after.push((a, spans[1]));
    assert_eq!(findings(&sample), found(Code::AfterCycle, "x/1 → x/2 → x/1"));
}

#[test]
fn a_huge_circle_and_a_huge_chain_take_linear_time_and_no_deep_stack() {
    let arc = |from, to| Arc { from, to, span: None };
    let chain: Vec<_> = (0..200_000).map(|at| arc(at, at + 1)).collect();
    assert_eq!(find_cycles(&chain), Vec::<Vec<Arc>>::new());
    let ring: Vec<_> = (0..200_000).map(|at| arc(at, (at + 1) % 200_000)).collect();
    assert_eq!(find_cycles(&ring).iter().map(Vec::len).collect::<Vec<_>>(), [200_000]);
}

fn arcs_strategy() -> impl Strategy<Value = Vec<Arc>> {
    let span = Span::new(FileId(0), 0..0);
    let arc = (0..7_usize, 0..7_usize).prop_map(move |(from, to)| Arc { from, to, span: Some(span) });
    proptest::collection::vec(arc, 0..14)
}

/// The length of a shortest walk of at least one arc from each node to each, by relaxing until nothing changes.
fn distances(arcs: &[Arc]) -> Vec<Vec<Option<usize>>> {
    let mut distance = vec![vec![None; 7]; 7];
    arcs.iter().for_each(|arc| distance[arc.from][arc.to] = Some(1));
    for middle in 0..7 {
        for from in 0..7 {
            for to in 0..7 {
                let around = distance[from][middle].zip(distance[middle][to]).map(|(a, b): (usize, usize)| a + b);
                distance[from][to] = [distance[from][to], around].into_iter().flatten().min();
            }
        }
    }
    distance
}

proptest! {
    #[test]
    fn a_shortest_cycle_of_each_tangle_is_found(arcs in arcs_strategy()) {
        let cycles = find_cycles(&arcs);
        let distance = distances(&arcs);
        let mut covered = BTreeSet::new();
        for cycle in &cycles {
            for (arc, next) in cycle.iter().zip(cycle.iter().cycle().skip(1)) {
                prop_assert!(arcs.contains(arc));
                prop_assert_eq!(arc.to, next.from);
            }
            let first = cycle[0].from;
            let tangle: Vec<usize> = (0..7).filter(|node| {
                *node == first || (distance[first][*node].is_some() && distance[*node][first].is_some())
            }).collect();
            let shortest = tangle.iter().filter_map(|node| distance[*node][*node]).min();
            prop_assert_eq!(Some(cycle.len()), shortest);
            prop_assert!(tangle.iter().all(|node| covered.insert(*node)), "one cycle a tangle");
        }
        let on_cycle: BTreeSet<usize> = (0..7).filter(|node| distance[*node][*node].is_some()).collect();
        prop_assert_eq!(covered, on_cycle);
    }

    #[test]
    fn affected_is_the_transitive_closure_with_shortest_ways(arcs in arcs_strategy()) {
        let mut sample = Sample::default();
        let ids: Vec<_> = (0..7).map(|id| sample.entry(&id.to_string())).collect();
        for arc in &arcs {
            let used = sample.entry_use(ids[arc.to]);
            sample.model.entries[ids[arc.from]].before.push(used);
        }
        let graph = build(&sample.model, &sample.types);
        let distance = distances(&arcs);
        for changed in 0..7 {
            let affected: Vec<_> =
                affected_by(&graph, ids[changed].into()).iter().map(|it| (it.distance, it.node)).collect();
            let mut expected: Vec<_> = (0..7).filter(|node| *node != changed)
                .filter_map(|node| Some((distance[node][changed]?, Node::Entry(ids[node])))).collect();
            expected.sort_unstable();
            prop_assert_eq!(affected, expected);
        }
    }
}
