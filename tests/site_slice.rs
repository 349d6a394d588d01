//! From the slice of a symptom every step, verdict and shown entry is the one of the whole table.

mod random_model;

use faqc::emit::site::slice::{Kept, Slice, Slicer};
use faqc::runtime::{ContactSource, Next, Session, ShownEntry, next, shown};
use faqc::table::{Assignment, Row, Table};
use random_model::{Random, random_table};

/// `FAQC_CASES=100000` tries more.
const CASES: u64 = 100;
const MOST_STEPS: usize = 30;

fn cases() -> u64 {
    std::env::var("FAQC_CASES").ok().and_then(|it| it.parse().ok()).unwrap_or(CASES)
}

fn in_whole(kept: &[u32], index: u32) -> u32 {
    kept[index as usize]
}

fn all(kept: &[u32], indexes: impl IntoIterator<Item = u32>) -> Vec<u32> {
    indexes.into_iter().map(|it| in_whole(kept, it)).collect()
}

fn session_in_whole(kept: &Kept, session: &Session) -> Session {
    let row = session.evidence.0.iter().map(|(fact, cells)| (in_whole(&kept.facts, *fact), cells.clone()));
    Session {
        symptom: session.symptom.map(|it| in_whole(&kept.symptoms, it)),
        evidence: Row(row.collect()),
        asked: all(&kept.questions, session.asked.clone()).into_iter().collect(),
        unknown: all(&kept.questions, session.unknown.clone()).into_iter().collect(),
        found: all(&kept.questions, session.found.clone()),
        tried: all(&kept.actions, session.tried.clone()).into_iter().collect(),
        begun: all(&kept.entries, session.begun.clone()).into_iter().collect(),
        entered: session.entered.iter().map(|it| all(&kept.entries, it.clone())).collect(),
        told: all(&kept.entries, session.told.clone()).into_iter().collect(),
        contacted: all(&kept.contacts, session.contacted.clone()).into_iter().collect(),
        today: session.today,
    }
}

fn step_in_whole(kept: &Kept, step: &Next) -> Next {
    match step {
        Next::Choose => Next::Choose,
        Next::Done => Next::Done,
        Next::Contradiction { clashes } => {
            let clashes = clashes.iter().map(|it| all(&kept.facts, it.iter().copied()).into_iter().collect());
            Next::Contradiction { clashes: clashes.collect() }
        }
        Next::Ask { question, procedures, entries } => Next::Ask {
            question: in_whole(&kept.questions, *question),
            procedures: procedures.clone(),
            entries: all(&kept.entries, entries.clone()),
        },
        Next::Do { action, entry, certain } => Next::Do {
            action: in_whole(&kept.actions, *action),
            entry: in_whole(&kept.entries, *entry),
            certain: *certain,
        },
        Next::Contact { contact, from } => Next::Contact {
            contact: in_whole(&kept.contacts, *contact),
            from: match from {
                ContactSource::Question(it) => ContactSource::Question(in_whole(&kept.questions, *it)),
                ContactSource::Entry(it) => ContactSource::Entry(in_whole(&kept.entries, *it)),
                ContactSource::Otherwise(it) => ContactSource::Otherwise(in_whole(&kept.entries, *it)),
                ContactSource::Default => ContactSource::Default,
            },
        },
    }
}

/// Takes a step in a random way, in both; false when there is nothing to do.
fn follow(slice: &Slice, session: &mut Session, step: &Next, random: &mut Random) -> bool {
    let table = &slice.table;
    match step {
        Next::Ask { question, .. } if random.chance(30) => session.unknown(table, *question),
        Next::Ask { question, .. } => {
            let facts = &table.questions[*question as usize].facts;
            let cells: Vec<Assignment> = facts.iter().map(|fact| assignment(table, *fact, random)).collect();
            session.answer(table, *question, &cells);
        }
        Next::Do { action, .. } => session.done(table, *action),
        Next::Contact { contact, .. } => session.contact(*contact),
        Next::Contradiction { clashes } => {
            let Some(fact) = clashes.iter().flatten().next() else { return false };
            session.take_back(table, table.facts[*fact as usize].question);
        }
        Next::Choose | Next::Done => return false,
    }
    if !table.facts.is_empty() && random.chance(20) {
        let fact = random.below(table.facts.len()) as u32;
        session.give(table, &[assignment(table, fact, random)]);
    }
    true
}

fn assignment(table: &Table, fact: u32, random: &mut Random) -> Assignment {
    let count = table.facts[fact as usize].cells.len();
    Assignment { fact, cells: vec![random.below(count) as u32] }
}

fn walk(whole: &Table, slice: &Slice, random: &mut Random) -> usize {
    let mut session = Session::new(0);
    let kept = &slice.kept;
    for steps in 0..MOST_STEPS {
        let there = session_in_whole(kept, &session);
        let (step, expected) = (next(&slice.table, &session), next(whole, &there));
        assert_eq!(step_in_whole(kept, &step), expected);
        let seen = shown(&slice.table, &session).into_iter();
        let seen: Vec<ShownEntry> =
            seen.map(|it| ShownEntry { entry: in_whole(&kept.entries, it.entry), ..it }).collect();
        assert_eq!(seen, shown(whole, &there));
        let before = session.clone();
        if !follow(slice, &mut session, &step, random) {
            return steps;
        }
        // What an action does to a session is the same in both, too.
        if let (Next::Do { action, .. }, Next::Do { action: there_done, .. }) = (&step, &expected) {
            let (mut here, mut there) = (before, there);
            here.done(&slice.table, *action);
            there.done(whole, *there_done);
            assert_eq!(session_in_whole(kept, &here), there);
        }
    }
    MOST_STEPS
}

#[test]
fn a_slice_leads_as_the_whole_table_does() {
    let (mut steps, mut smaller) = (0, 0);
    for seed in 1..=cases() {
        let whole = random_table(seed);
        let slicer = Slicer::new(&whole);
        for symptom in 0..whole.symptoms.len() as u32 {
            println!("seed {seed}, symptom {symptom}");
            let slice = slicer.slice(symptom).unwrap();
            let written = serde_json::to_vec(&slice.table).unwrap();
            assert_eq!(Table::from_json(&written).unwrap(), slice.table);
            smaller += usize::from(slice.table.conditions.len() < whole.conditions.len());
            for walk_number in 0..4 {
                steps += walk(&whole, &slice, &mut Random::new(seed * 64 + u64::from(symptom) * 8 + walk_number));
            }
        }
    }
    assert!(steps > 100 && smaller > 10, "{steps} steps, {smaller} slices are smaller");
}
