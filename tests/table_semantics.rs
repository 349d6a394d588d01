//! The verdicts that a reader gets from a written table are those of the definitions, situation by situation, for small random
//! knowledge bases and random evidence, contradictory evidence included.

mod random_model;

use std::collections::BTreeSet;

use faqc::diag::Diagnostics;
use faqc::emit::table::{build_table, emit};
use faqc::model::{ActionId, EntryId, Id};
use faqc::runtime::{Evidence, Verdict, judge, judge_actions};
use faqc::session::Compilation;
use faqc::table::Table;
use random_model::definitions::{Definitions, Situation, as_cells};
use random_model::{Random, compilation};

/// `FAQC_CASES=100000` tries more.
const CASES: u64 = 600;

#[test]
fn a_written_table_judges_as_the_definitions_do() {
    let mut seen = BTreeSet::new();
    let cases = std::env::var("FAQC_CASES").ok().and_then(|it| it.parse().ok()).unwrap_or(CASES);
    for seed in 1..=cases {
        let compilation = compilation(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15));
        let mut diagnostics = Diagnostics::default();
        build_table(&compilation, &mut diagnostics);
        assert!(diagnostics.is_empty(), "seed {seed}");
        let file = emit(&compilation, &mut Diagnostics::default()).remove(0);
        let table = Table::from_json(&file.bytes).unwrap();
        check(&compilation, &table, seed, &mut seen);
    }
    assert_eq!(seen.len(), 4, "all verdicts came up: {seen:?}");
}

fn check(compilation: &Compilation, table: &Table, seed: u64, seen: &mut BTreeSet<String>) {
    let Compilation { model, types, .. } = compilation;
    let definitions = Definitions { model, types };
    let situations = definitions.situations();
    let cells: Vec<Vec<u32>> = situations.iter().map(|it| as_cells(it, table, model)).collect();
    let mut random = Random::new(seed);
    for _ in 0..6 {
        let evidence = random_evidence(table, &mut random);
        let agrees = |cells: &[u32]| (0u32..).zip(cells).all(|(fact, cell)| evidence.allows(fact, *cell));
        let inside: Vec<&Situation> =
            situations.iter().zip(&cells).filter(|(_, cells)| agrees(cells)).map(|(it, _)| it).collect();
        for symptom in model.symptoms.ids() {
            let judged = judge(table, symptom.index() as u32, &evidence);
            let listed: BTreeSet<EntryId> = judged.iter().map(|it| EntryId::new(it.entry as usize)).collect();
            assert_eq!(listed, definitions.entries(symptom), "seed {seed}");
            for it in judged {
                let entry = EntryId::new(it.entry as usize);
                let verdict = expected(&inside, |situation| definitions.applies(symptom, entry, situation));
                assert_eq!(it.verdict, verdict, "seed {seed}, {symptom:?}, {entry:?}, {evidence:?}");
                seen.insert(format!("{verdict:?}"));
            }
            for it in judge_actions(table, symptom.index() as u32, &evidence) {
                let action = ActionId::new(it.action as usize);
                let verdict = expected(&inside, |situation| definitions.action_applies(symptom, action, situation));
                assert_eq!(it.verdict, verdict, "seed {seed}, {symptom:?}, {action:?}, {evidence:?}");
            }
        }
    }
}

fn random_evidence(table: &Table, random: &mut Random) -> Evidence {
    let mut evidence = Evidence::new(table);
    for (index, fact) in table.facts.iter().enumerate() {
        if random.chance(60) {
            let cells: Vec<u32> = (0..fact.cells.len() as u32).filter(|_| random.chance(45)).collect();
            evidence.set(index as u32, &cells);
        }
    }
    evidence
}

fn expected(inside: &[&Situation], holds: impl Fn(&Situation) -> bool) -> Verdict {
    let count = inside.iter().filter(|situation| holds(situation)).count();
    match count {
        _ if inside.is_empty() => Verdict::Contradictory,
        0 => Verdict::Excluded,
        all if all == inside.len() => Verdict::Certain,
        _ => Verdict::Possible,
    }
}
