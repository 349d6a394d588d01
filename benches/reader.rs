//! What a front end asks of a table again and again: the verdicts of all entries, and the next step; with what copying the verdicts
//! takes, to compare with.

use divan::counter::ItemsCount;
use divan::{Bencher, Divan, black_box};
use faqc::runtime::{Evidence, Judgement, Reader, Session, judge, next};
use faqc::table::Table;
use fastrand::Rng;
use serde_json::{Map, Value, json};

fn main() {
    Divan::from_args().run_benches();
}

const VALUES: u32 = 3;

/// One symptom with so many entries, each under conditions on some facts, with a weight and one action.
fn table(entries: usize, facts: usize, conditions: usize) -> Table {
    let mut random = Rng::with_seed(5);
    let cells: Vec<Value> = (0..VALUES).map(|it| json!({"label": it.to_string(), "value": it.to_string()})).collect();
    let document = json!({
        "format": "faqc-table", "version": 1, "title": "", "language": "en", "contradiction": {"rows": []},
        "questions": each(facts, |at| json!({
            "id": at.to_string(), "label": "", "kind": "one-of", "facts": [at], "seconds": 10 + at % 50
        })),
        "facts": each(facts, |at| json!({"id": at.to_string(), "label": "", "question": at, "cells": cells})),
        "conditions": each(entries, |_| condition(&mut random, facts, conditions)),
        "symptoms": [{
            "id": "s", "title": [], "keys": [],
            "entries": each(entries, |at| json!({"entry": at, "condition": at})),
            "actions": each(entries, |at| json!({"action": at, "condition": at})),
        }],
        "entries": each(entries, |at| json!({
            "id": at.to_string(), "title": [], "weight": 1 + at % 5, "actions": [{"action": at}]
        })),
        "actions": each(entries, |at| json!({
            "id": at.to_string(), "entry": at, "number": "1", "likely_percent": 20 + at % 70, "seconds": 60 + at % 500
        })),
    });
    Table::from_json(document.to_string().as_bytes()).expect("the table is sound")
}

fn each(count: usize, make: impl FnMut(usize) -> Value) -> Vec<Value> {
    (0..count).map(make).collect()
}

/// So many facts each have one value.
fn condition(random: &mut Rng, facts: usize, conditions: usize) -> Value {
    let mut certain = Map::new();
    let mut excluded = Vec::new();
    while certain.len() < conditions {
        let (fact, value) = (random.usize(0..facts).to_string(), random.u32(0..VALUES));
        if !certain.contains_key(&fact) {
            let others: Vec<u32> = (0..VALUES).filter(|it| *it != value).collect();
            excluded.push(json!({ &fact: others }));
            certain.insert(fact, json!([value]));
        }
    }
    json!({"certain": [certain], "excluded": excluded})
}

fn evidence(table: &Table, known: usize) -> Evidence {
    let mut random = Rng::with_seed(9);
    let mut evidence = Evidence::new(table);
    (0..known as u32).for_each(|fact| assert!(evidence.set(fact, &[random.u32(0..VALUES)])));
    evidence
}

const SIZES: [usize; 3] = [1_000, 10_000, 100_000];
const FACTS: usize = 50;
const CONDITIONS: usize = 4;

/// Every fact is known.
#[divan::bench(args = SIZES)]
fn judge_prepared(bencher: Bencher<'_, '_>, entries: usize) {
    let table = table(entries, FACTS, CONDITIONS);
    judge_with(bencher, &table, FACTS);
}

/// A fifth of the facts is known.
#[divan::bench(args = SIZES)]
fn judge_prepared_partly_known(bencher: Bencher<'_, '_>, entries: usize) {
    let table = table(entries, FACTS, CONDITIONS);
    judge_with(bencher, &table, FACTS / 5);
}

fn judge_with(bencher: Bencher<'_, '_>, table: &Table, known: usize) {
    let (reader, evidence) = (Reader::new(table), evidence(table, known));
    assert_eq!(reader.judge(0, &evidence), judge(table, 0, &evidence));
    bencher.counter(ItemsCount::new(table.entries.len())).bench_local(|| reader.judge(0, black_box(&evidence)));
}

#[divan::bench(args = SIZES)]
fn judge_row_by_row(bencher: Bencher<'_, '_>, entries: usize) {
    let table = table(entries, FACTS, CONDITIONS);
    let evidence = evidence(&table, FACTS);
    bencher.counter(ItemsCount::new(entries)).bench_local(|| judge(&table, 0, black_box(&evidence)));
}

/// The verdicts as they are, copied.
#[divan::bench(args = SIZES)]
fn copy_verdicts(bencher: Bencher<'_, '_>, entries: usize) {
    let table = table(entries, FACTS, CONDITIONS);
    let judged: Vec<Judgement> = judge(&table, 0, &evidence(&table, FACTS));
    bencher.counter(ItemsCount::new(entries)).bench_local(|| black_box(&judged).clone());
}

/// What is done once for a table and a symptom.
#[divan::bench(args = SIZES, sample_count = 5)]
fn prepare(bencher: Bencher<'_, '_>, entries: usize) {
    let table = table(entries, FACTS, CONDITIONS);
    let evidence = evidence(&table, FACTS);
    bencher.counter(ItemsCount::new(entries)).bench_local(|| Reader::new(&table).judge(0, &evidence).len());
}

/// The first step of a session, where nothing is known: entries and facts.
#[divan::bench(args = [(10, 6), (100, 30), (1_000, 100), (1_000, 2_000)], sample_count = 10)]
fn next_step(bencher: Bencher<'_, '_>, (entries, facts): (usize, usize)) {
    let table = table(entries, facts, 3);
    bencher.counter(ItemsCount::new(entries)).bench_local(|| next(&table, &Session::new(0)));
}
