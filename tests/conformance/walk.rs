//! Calls that a reader of a random table makes, from one session to the next.

use faqc::runtime::{Next, Session, next};
use faqc::table::{Assignment, Row, Table};

use crate::random_model::Random;
use crate::vector::Call;

/// Asks for the step and what is shown, takes the step in a random way, and so on until nothing is left.
pub fn dialogue(table: &Table, symptom: u32, most: usize, random: &mut Random) -> Vec<Call> {
    let mut session = Session::new(symptom);
    let mut calls = Vec::new();
    for _ in 0..most {
        let step = next(table, &session);
        calls.push(Call::Next { session: session.clone() });
        calls.push(Call::Shown { session: session.clone() });
        let Some(call) = follow(table, &session, &step, random) else { break };
        let changed = call.carry_out(table);
        calls.push(call);
        session = serde_json::from_value(changed).unwrap();
    }
    calls
}

/// Mostly what the step says, at times something else.
fn follow(table: &Table, session: &Session, step: &Next, random: &mut Random) -> Option<Call> {
    if random.chance(15) {
        return Some(anything(table, session, random));
    }
    let session = session.clone();
    Some(match step {
        Next::Ask { question, .. } if random.chance(25) => Call::Unknown { session, question: *question },
        Next::Ask { question, .. } => answer(table, session, *question, random),
        Next::Do { action, .. } => Call::Done { session, action: *action },
        Next::Contact { contact, .. } => Call::Contact { session, contact: *contact },
        Next::Contradiction { clashes } => {
            let facts: Vec<u32> = clashes.iter().flatten().copied().collect();
            let fact = *facts.get(random.below(facts.len().max(1)))?;
            Call::TakeBack { session, question: table.facts[fact as usize].question }
        }
        Next::Choose | Next::Done => return None,
    })
}

fn answer(table: &Table, session: Session, question: u32, random: &mut Random) -> Call {
    let facts = &table.questions[question as usize].facts;
    let cells = facts.iter().map(|fact| assignment(table, *fact, random)).collect();
    Call::Answer { session, question, cells }
}

fn assignment(table: &Table, fact: u32, random: &mut Random) -> Assignment {
    let count = table.facts[fact as usize].cells.len();
    Assignment { fact, cells: vec![random.below(count) as u32] }
}

fn anything(table: &Table, session: &Session, random: &mut Random) -> Call {
    let session = session.clone();
    let one_of = |count: usize, random: &mut Random| random.below(count.max(1)) as u32;
    if table.facts.is_empty() || table.actions.is_empty() {
        return Call::Tell { session, entry: one_of(table.entries.len(), random) };
    }
    let question = one_of(table.questions.len(), random);
    match random.below(7) {
        0 => answer(table, session, question, random),
        1 => Call::Unknown { session, question },
        2 => Call::TakeBack { session, question },
        3 => Call::Done { session, action: one_of(table.actions.len(), random) },
        4 => Call::Contact { session, contact: one_of(table.contacts.len(), random) },
        5 => Call::Tell { session, entry: one_of(table.entries.len(), random) },
        _ => {
            let fact = one_of(table.facts.len(), random);
            Call::Give { session, cells: vec![assignment(table, fact, random)] }
        }
    }
}

/// Every question about verdicts, by random evidence.
pub fn judgements(table: &Table, random: &mut Random) -> Vec<Call> {
    let evidence = evidence(table, random);
    let symptom = random.below(table.symptoms.len()) as u32;
    let mut calls = vec![
        Call::Judge { symptom, evidence: evidence.clone() },
        Call::JudgeActions { symptom, evidence: evidence.clone() },
        Call::JudgeConditions { evidence: evidence.clone() },
        Call::Clashes { evidence: evidence.clone() },
    ];
    if !table.actions.is_empty() {
        calls.push(Call::TakeEffects { action: random.below(table.actions.len()) as u32, evidence });
    }
    calls
}

fn evidence(table: &Table, random: &mut Random) -> Row {
    let mut row = Row::default();
    for (fact, it) in (0u32..).zip(&table.facts) {
        let cells: Vec<u32> = (0..it.cells.len() as u32).filter(|_| random.chance(50)).collect();
        if random.chance(60) && !cells.is_empty() && cells.len() < it.cells.len() {
            row.0.insert(fact, cells);
        }
    }
    row
}
