//! A reader that is prepared says what the rows say one by one, whatever is known, for small random knowledge bases and for tables that
//! no compiler would write.

mod random_model;

use std::collections::BTreeMap;
use std::sync::Arc;

use faqc::diag::Diagnostics;
use faqc::emit::table::build_table;
use faqc::runtime::{
    Evidence, Reader, Session, clashes, judge, judge_actions, judge_condition, next, read_answer, shown,
};
use faqc::table::{Condition, Row, Table};
use random_model::{Random, compilation};

fn random_table(seed: u64) -> Table {
    build_table(&compilation(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15)), &mut Diagnostics::default())
}

/// Rows as nobody would write them: with every cell, with none but one, the same fact again and again.
fn scramble(table: &mut Table, random: &mut Random) {
    let cells: Vec<usize> = table.facts.iter().map(|it| it.cells.len()).collect();
    let row = |random: &mut Random| {
        let facts = (0..random.below(4)).map(|_| random.below(cells.len()));
        let facts: Vec<usize> = facts.collect();
        let chosen = facts.into_iter().map(|fact| {
            let some: Vec<u32> = (0..cells[fact] as u32).filter(|_| random.chance(60)).collect();
            (fact as u32, if some.is_empty() { (0..cells[fact] as u32).collect() } else { some })
        });
        Row(chosen.collect::<BTreeMap<u32, Vec<u32>>>())
    };
    for condition in &mut table.conditions {
        let rows = |random: &mut Random| Some((0..random.below(6)).map(|_| row(random)).collect::<Vec<Row>>());
        let (certain, excluded) = (rows(random), rows(random));
        let condition = Arc::make_mut(condition);
        *condition = Condition { certain: None, certain_clear_of: None, excluded: None, excluded_clear_of: None };
        *(if random.chance(60) { &mut condition.certain } else { &mut condition.certain_clear_of }) = certain;
        *(if random.chance(60) { &mut condition.excluded } else { &mut condition.excluded_clear_of }) = excluded;
    }
}

fn random_evidence(table: &Table, random: &mut Random) -> Evidence {
    let mut evidence = Evidence::new(table);
    let known = random.below(101);
    for (fact, it) in (0u32..).zip(&table.facts) {
        let cells: Vec<u32> = (0..it.cells.len() as u32).filter(|_| random.chance(40)).collect();
        if random.chance(known) {
            evidence.set(fact, if cells.is_empty() { &[0] } else { &cells });
        }
    }
    evidence
}

fn assert_same(table: &Table, random: &mut Random, context: &str) {
    let reader = Reader::new(table);
    for _ in 0..12 {
        let evidence = random_evidence(table, random);
        for symptom in 0..=table.symptoms.len() as u32 {
            assert_eq!(reader.judge(symptom, &evidence), judge(table, symptom, &evidence), "{context}");
            assert_eq!(reader.judge_actions(symptom, &evidence), judge_actions(table, symptom, &evidence), "{context}");
        }
        for condition in 0..=table.conditions.len() as u32 {
            assert_eq!(reader.judge_condition(condition, &evidence), judge_condition(table, condition, &evidence));
        }
        assert_eq!(reader.clashes(&evidence), clashes(table, &evidence), "{context}");
    }
}

#[test]
fn verdicts_are_those_of_the_rows() {
    for seed in 1..=300u64 {
        let (mut table, mut random) = (random_table(seed), Random::new(seed));
        assert_same(&table, &mut random, &format!("seed {seed}"));
        scramble(&mut table, &mut random);
        assert_same(&table, &mut random, &format!("seed {seed}, scrambled"));
    }
}

/// Sixty-four to a word, and no row lost where one ends.
#[test]
fn many_conditions_are_judged_as_one_is() {
    let (mut table, mut random) = (random_table(3), Random::new(3));
    let listed = table.symptoms[0].entries[0].clone();
    let conditions = table.conditions.clone();
    table.conditions = (0..1300).map(|at| conditions[at % conditions.len()].clone()).collect();
    scramble(&mut table, &mut random);
    table.symptoms[0].entries =
        (0..1300).map(|condition| faqc::table::Listed { condition, ..listed.clone() }).collect();
    for round in 0..10 {
        assert_same(&table, &mut random, &format!("round {round}"));
    }
}

#[test]
fn steps_are_the_same_as_without_preparation() {
    let table = random_table(11);
    let reader = Reader::new(&table);
    let mut session = Session::new(0);
    for question in 0..table.questions.len() as u32 {
        assert_eq!(reader.evidence(&session), session.evidence(&table));
        let (step, entries) = reader.next_and_shown(&session);
        assert_eq!((&step, &entries), (&next(&table, &session), &shown(&table, &session)));
        assert_eq!((step, entries), (reader.next(&session), reader.shown(&session)));
        let label = &table.facts[table.questions[question as usize].facts[0] as usize].cells[0].label;
        if let Ok(cells) = read_answer(&table, question, label, None) {
            session.answer(&table, question, &cells);
        }
    }
}
