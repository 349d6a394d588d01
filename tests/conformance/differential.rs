//! Random tables and sessions: the script says what the reader in Rust says.

use std::sync::Arc;

use faqc::runtime::{Evidence, Verdict, reasons};
use faqc::table::{Row, Table};
use serde_json::{Value, json};

use crate::engine;
use crate::random_model::{Random, random_table};
use crate::search_engine::Engine;
use crate::vector::Call;
use crate::walk::{dialogue, judgements};

/// `FAQC_CASES=100000` tries more.
const CASES: u64 = 60;
/// A dialogue that goes in circles is cut.
const MOST_STEPS: usize = 40;

fn cases() -> u64 {
    std::env::var("FAQC_CASES").ok().and_then(|it| it.parse().ok()).unwrap_or(CASES)
}

fn compare(engine: &Engine, table: &Table, calls: &[Call]) {
    engine.evaluate(&json!(table), "(globalThis.table = given, null)");
    let found = engine.evaluate(&json!(calls), "given.map(check => conformance.carryOut(table, check))");
    let Value::Array(found) = found else { panic!("not a list: {found}") };
    assert_eq!(found.len(), calls.len());
    for (call, found) in calls.iter().zip(&found) {
        let expected = call.carry_out(table);
        assert!(*found == expected, "{}\n{}\nRust: {expected}\nJS: {found}", json!(table), json!(call));
    }
}

/// Some action is passed over wherever the dialogue stands.
fn passed_over(table: &Table, calls: &[Call], random: &mut Random) -> Vec<Call> {
    let sessions = calls.iter().filter_map(|call| match call {
        Call::Next { session } if !table.actions.is_empty() => Some(session.clone()),
        _ => None,
    });
    let passed = |session| Call::PassOver { session, action: random.below(table.actions.len()) as u32 };
    sessions.map(passed).collect()
}

/// Weights and times at which scores pass 2^53.
fn enlarge(table: &mut Table, random: &mut Random) {
    let mut huge = |most: u32| most - random.below(1000) as u32;
    table.entries.iter_mut().map(Arc::make_mut).for_each(|it| it.weight = huge(1_000_300));
    table
        .actions
        .iter_mut()
        .map(Arc::make_mut)
        .filter(|it| it.seconds.is_some())
        .for_each(|it| it.seconds = Some(huge(100_000_200)));
    table.questions.iter_mut().for_each(|it| it.seconds = Some(huge(3_000_000)));
}

#[test]
fn the_script_does_as_the_reader_in_rust() {
    let engine = engine::reader();
    let mut count = 0;
    for seed in 1..=cases() {
        let mut table = random_table(seed);
        let mut random = Random::new(seed ^ 0x7777);
        if random.chance(30) {
            enlarge(&mut table, &mut random);
        }
        for symptom in 0..table.symptoms.len() as u32 {
            let mut calls = dialogue(&table, symptom, MOST_STEPS, &mut random);
            calls.extend(passed_over(&table, &calls, &mut random));
            (0..5).for_each(|_| calls.extend(judgements(&table, &mut random)));
            compare(&engine, &table, &calls);
            count += calls.len();
        }
    }
    println!("{count} calls");
}

/// By every evidence that the judgements have.
#[test]
fn the_script_names_the_facts_that_decide_as_the_reader_in_rust() {
    let engine = engine::reader();
    let mut count = 0;
    for seed in 1..=cases() {
        let table = random_table(seed);
        let mut random = Random::new(seed ^ 0x5555);
        engine.evaluate(&json!(table), "(globalThis.table = given, null)");
        for call in (0..5).flat_map(|_| judgements(&table, &mut random)) {
            let Call::JudgeConditions { evidence } = call else { continue };
            let script = "table.conditions.map((_, at) => faqc.decidingFacts(table, at, given))";
            let (found, expected) = (engine.evaluate(&json!(evidence), script), deciding(&table, &evidence));
            assert!(found == json!(expected), "{}\n{}\nRust: {expected:?}\nJS: {found}", json!(table), json!(evidence));
            count += expected.iter().filter(|it| !it.is_empty()).count();
        }
    }
    assert!(count > 100, "{count} conditions");
}

/// For each condition the facts that make it certain or excluded.
fn deciding(table: &Table, row: &Row) -> Vec<Vec<u32>> {
    let mut evidence = Evidence::new(table);
    for (fact, cells) in &row.0 {
        evidence.set(*fact, cells);
    }
    let all: Vec<u32> = (0..table.conditions.len() as u32).collect();
    let is_decided = |verdict| matches!(verdict, Verdict::Certain | Verdict::Excluded);
    let facts = reasons(table, &all, &evidence).into_iter().map(|it| (is_decided(it.verdict), it.facts));
    facts.map(|(is_decided, facts)| if is_decided { facts.into_iter().collect() } else { Vec::new() }).collect()
}
