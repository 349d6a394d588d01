//! Which answers clash, and what an action's effects leave of the evidence, for small random knowledge bases.

mod random_model;

use std::collections::BTreeSet;
use std::sync::Arc;

use faqc::diag::Diagnostics;
use faqc::emit::table::build_table;
use faqc::runtime::{Evidence, Verdict, clashes, judge_condition, reasons, take_effects};
use faqc::table::{Assignment, Contradiction, Row, Table};
use random_model::{Random, compilation};

fn random_tables() -> impl Iterator<Item = (Table, Random)> {
    (1..=400u64).map(|seed| {
        let compilation = compilation(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15));
        (build_table(&compilation, &mut Diagnostics::default()), Random::new(seed))
    })
}

fn random_cells(table: &Table, fact: usize, random: &mut Random) -> Vec<u32> {
    let all = 0..table.facts[fact].cells.len() as u32;
    let some: Vec<u32> = all.clone().filter(|_| random.chance(40)).collect();
    if some.is_empty() { vec![random.below(all.len()) as u32] } else { some }
}

fn random_evidence(table: &Table, random: &mut Random) -> Evidence {
    let mut evidence = Evidence::new(table);
    for fact in 0..table.facts.len() {
        if random.chance(60) {
            let cells = random_cells(table, fact, random);
            evidence.set(fact as u32, &cells);
        }
    }
    evidence
}

fn is_contradictory(table: &Table, evidence: &Evidence) -> bool {
    judge_condition(table, 0, evidence) == Verdict::Contradictory
}

/// What the evidence says of some facts, and nothing of the others.
fn only(table: &Table, evidence: &Evidence, facts: &BTreeSet<u32>) -> Evidence {
    let mut only = Evidence::new(table);
    for fact in facts {
        let cells: Vec<u32> = evidence.cells(*fact).collect();
        only.set(*fact, &cells);
    }
    only
}

#[test]
fn answers_that_clash_are_those_that_cannot_be_together() {
    let mut found = 0;
    for (table, mut random) in random_tables() {
        for _ in 0..6 {
            let evidence = random_evidence(&table, &mut random);
            let clashes = clashes(&table, &evidence);
            assert_eq!(clashes.is_empty(), !is_contradictory(&table, &evidence));
            for facts in &clashes {
                assert!(facts.iter().all(|fact| !evidence.is_whole(*fact)));
                assert!(is_contradictory(&table, &only(&table, &evidence, facts)), "they clash by themselves");
            }
            for row in &table.contradiction.rows {
                let facts: BTreeSet<u32> = row.0.keys().copied().collect();
                let is_inside =
                    |(fact, allowed): (&u32, &Vec<u32>)| evidence.cells(*fact).all(|it| allowed.contains(&it));
                assert!(!row.0.iter().all(is_inside) || clashes.contains(&facts), "an answer for each fact of the row");
            }
            found += clashes.len();
        }
    }
    assert!(found > 100, "{found}");
}

#[test]
fn effects_reopen_what_they_contradict_and_nothing_else() {
    let (mut reopened, mut rechecked) = (0, 0);
    for (mut table, mut random) in random_tables() {
        if table.actions.is_empty() {
            continue;
        }
        for _ in 0..6 {
            let before = random_evidence(&table, &mut random);
            let fact = random.below(table.facts.len());
            let cells = random_cells(&table, fact, &mut random);
            let doubtful = random.chance(30).then(|| random.below(table.questions.len()) as u32);
            let action = Arc::make_mut(&mut table.actions[0]);
            action.sets = vec![Assignment { fact: fact as u32, cells: cells.clone() }];
            action.recheck = doubtful.into_iter().filter(|it| *it != table.facts[fact].question).collect();
            if is_contradictory(&table, &before) {
                continue;
            }
            let mut after = before.clone();
            let open = take_effects(&table, 0, &mut after);
            let set = BTreeSet::from([fact as u32]);
            assert_eq!(after.cells(fact as u32).collect::<Vec<_>>(), cells);
            assert_eq!(is_contradictory(&table, &after), is_contradictory(&table, &only(&table, &after, &set)));
            for other in (0..table.facts.len() as u32).filter(|other| !set.contains(other)) {
                let kept = after.cells(other).eq(before.cells(other));
                assert!(if open.contains(&other) { after.is_whole(other) } else { kept });
            }
            let asked_anew: BTreeSet<u32> =
                table.actions[0].recheck.iter().flat_map(|it| table.questions[*it as usize].facts.clone()).collect();
            assert!(asked_anew.is_subset(&open));
            let mut plain = before.clone();
            plain.set(fact as u32, &cells);
            asked_anew.iter().for_each(|it| plain.forget(*it));
            assert_eq!(
                open.len() > asked_anew.len(),
                clashes(&table, &plain).iter().flatten().any(|it| *it != fact as u32)
            );
            reopened += open.len() - asked_anew.len();
            rechecked += asked_anew.len();
        }
    }
    assert!(reopened > 20 && rechecked > 20, "{reopened}, {rechecked}");
}

/// The assumptions of the worked example in `docs/table.md`, in both forms.
#[test]
fn both_forms_of_a_contradiction_clash_alike() {
    let row = |cells: &[(u32, &[u32])]| Row(cells.iter().map(|(fact, cells)| (*fact, cells.to_vec())).collect());
    let as_rows = Contradiction {
        rows: vec![row(&[(0, &[1]), (1, &[0, 1])]), row(&[(0, &[0]), (1, &[2])])],
        clear_of: Vec::new(),
    };
    let cover = vec![row(&[(0, &[1]), (1, &[2])]), row(&[(0, &[0]), (1, &[0, 1])])];
    let as_cover = Contradiction { rows: Vec::new(), clear_of: vec![cover] };
    for contradiction in [as_rows, as_cover] {
        let mut table = two_facts();
        table.contradiction = contradiction;
        let mut evidence = Evidence::new(&table);
        evidence.set(0, &[0]);
        evidence.set(1, &[1]);
        assert!(clashes(&table, &evidence).is_empty());
        assert_eq!(take_effects(&table, 0, &mut evidence), BTreeSet::from([1]));
        assert_eq!(evidence.cells(0).collect::<Vec<_>>(), [1]);
        assert!(evidence.is_whole(1) && clashes(&table, &evidence).is_empty());
        evidence.set(1, &[0]);
        assert_eq!(clashes(&table, &evidence), [BTreeSet::from([0, 1])]);
    }
}

/// Its facts, and an action that sets the first one to *no*.
fn two_facts() -> Table {
    let fact = |index: u32, cells: usize| {
        let cells: Vec<_> = (0..cells).map(|it| serde_json::json!({"label": it.to_string()})).collect();
        serde_json::json!({"id": index.to_string(), "label": "", "question": index, "cells": cells})
    };
    let question =
        |index: u32| serde_json::json!({"id": index.to_string(), "label": "", "kind": "one-of", "facts": [index]});
    let table = serde_json::json!({
        "format": "faqc-table", "version": 1, "title": "", "language": "en",
        "questions": [question(0), question(1)], "facts": [fact(0, 2), fact(1, 3)],
        "contradiction": {"rows": []}, "conditions": [], "symptoms": [],
        "entries": [{"id": "e", "title": [], "weight": 1}],
        "actions": [{"id": "e/1", "entry": 0, "number": "1", "sets": [{"fact": 0, "cells": [1]}]}],
    });
    Table::from_json(table.to_string().as_bytes()).unwrap()
}

/// One cell for each of some facts.
fn settle(evidence: &Evidence, facts: &BTreeSet<u32>, random: &mut Random) -> Evidence {
    let mut settled = evidence.clone();
    for fact in facts {
        let cells: Vec<u32> = settled.cells(*fact).collect();
        settled.set(*fact, &[cells[random.below(cells.len())]]);
    }
    settled
}

#[test]
fn reasons_suffice() {
    let (mut decided, mut open) = (0, 0);
    for (table, mut random) in random_tables() {
        let evidence = random_evidence(&table, &mut random);
        let conditions: Vec<u32> = (0..table.conditions.len() as u32).collect();
        for (condition, reason) in (0u32..).zip(reasons(&table, &conditions, &evidence)) {
            assert_eq!(reason.verdict, judge_condition(&table, condition, &evidence));
            match reason.verdict {
                Verdict::Contradictory => assert!(is_contradictory(&table, &only(&table, &evidence, &reason.facts))),
                Verdict::Certain | Verdict::Excluded => {
                    assert!(reason.facts.iter().all(|fact| !evidence.is_whole(*fact)));
                    assert_eq!(
                        judge_condition(&table, condition, &only(&table, &evidence, &reason.facts)),
                        reason.verdict
                    );
                    decided += 1;
                }
                Verdict::Possible => {
                    for _ in 0..4 {
                        let settled = settle(&evidence, &reason.facts, &mut random);
                        assert_ne!(judge_condition(&table, condition, &settled), Verdict::Possible, "{table:?}");
                    }
                    open += 1;
                }
            }
        }
    }
    assert!(decided > 300 && open > 300, "{decided} {open}");
}
