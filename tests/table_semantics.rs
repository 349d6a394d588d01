//! The verdicts that a reader gets from a written table are those of the definitions, situation by situation, for small random
//! knowledge bases and random evidence, contradictory evidence included.

mod random_model;

use std::collections::BTreeSet;

use faqc::diag::Diagnostics;
use faqc::emit::table::{build_table, emit};
use faqc::model::{ActionId, EntryId, Id, Model, Type};
use faqc::runtime::{Evidence, Verdict, judge, judge_actions};
use faqc::session::Compilation;
use faqc::table::{Bound, Cell, Table};
use faqc::types::Point;
use random_model::definitions::{Definitions, Situation, Value};
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
        let table = Table::from_json(file.text.as_bytes()).unwrap();
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

/// A situation as the written table's cells.
fn as_cells(situation: &Situation, table: &Table, model: &Model) -> Vec<u32> {
    let cell = |index: usize| {
        let fact = &table.facts[index];
        let question = &table.questions[fact.question as usize];
        let (id, declared) = model.facts.enumerate().find(|(_, fact)| fact.id == question.id).unwrap();
        let member = question.facts.iter().position(|it| *it == index as u32).unwrap();
        let one_of = matches!(declared.ty, Type::OneOf { .. });
        cell_of(&fact.cells, situation[id.index()].as_ref().unwrap(), member, one_of)
    };
    (0..table.facts.len()).map(cell).collect()
}

/// The cell that a value belongs to: exactly one.
fn cell_of(cells: &[Cell], value: &Value, member: usize, one_of: bool) -> u32 {
    let declared = |at: usize| cells.iter().any(|cell| cell.value == Some(format!("v{at}")));
    let yes_or_no = |yes: bool| Some(if yes { "yes" } else { "no" });
    let belongs = |cell: &Cell| match value {
        Value::Absent => cell.not_applicable,
        Value::Choice(at) if one_of && !declared(*at) => cell.other,
        Value::Choice(at) if one_of => cell.value == Some(format!("v{at}")),
        Value::Choice(at) => cell.value.as_deref() == yes_or_no(*at == 0),
        Value::Chosen(chosen) => cell.value.as_deref() == yes_or_no(chosen[member]),
        Value::Point(point) => {
            !cell.not_applicable
                && cell.ge.as_ref().is_none_or(|it| *point >= read(it, point))
                && cell.gt.as_ref().is_none_or(|it| *point > read(it, point))
                && cell.le.as_ref().is_none_or(|it| *point <= read(it, point))
                && cell.lt.as_ref().is_none_or(|it| *point < read(it, point))
        }
    };
    let found: Vec<usize> = (0..cells.len()).filter(|at| belongs(&cells[*at])).collect();
    assert_eq!(found.len(), 1, "{value:?} belongs to one of {cells:?}");
    found[0] as u32
}

/// A bound as a point of the same kind as another.
fn read(bound: &Bound, like: &Point) -> Point {
    match (bound, like) {
        (Bound::Integer(number), Point::Today(_)) => Point::Today(*number),
        (Bound::Integer(number), _) => Point::Number(*number),
        (Bound::Text(text), _) if text == "0" => Point::Version(Vec::new()),
        (Bound::Text(text), _) => Point::Version(text.split('.').map(|part| part.parse().unwrap()).collect()),
    }
}
