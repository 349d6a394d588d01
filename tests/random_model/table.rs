//! Tables of small random knowledge bases, with all that the next step depends on.

use std::collections::BTreeSet;
use std::sync::Arc;

use faqc::diag::Diagnostics;
use faqc::emit::table::build_table;
use faqc::model::{EntryId, EntryUse, Fallthrough, Id, Model};
use faqc::source::{FileId, Span};
use faqc::table::{Assignment, IfUnknown, Otherwise, Table};

use super::{Random, compilation};

/// The table of a random knowledge base that hands over, sends to contacts, and changes what is known.
pub fn random_table(seed: u64) -> Table {
    let mut compilation = compilation(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15));
    let mut random = Random::new(seed ^ 0x5555);
    hand_over(&mut compilation.model, &mut random);
    let mut table = build_table(&compilation, &mut Diagnostics::default());
    decorate(&mut table, &mut random);
    forget_circular_finds(&mut table);
    let json = serde_json::to_vec(&table).unwrap();
    Table::from_json(&json).unwrap()
}

fn hand_over(model: &mut Model, random: &mut Random) {
    let entries = model.entries.len();
    let to = |random: &mut Random| EntryUse {
        entry: EntryId::new(random.below(entries)),
        span: Span { file: FileId(0), start: 0, end: 1 },
    };
    for action in model.actions.iter_mut() {
        if random.chance(20) {
            let count = 1 + random.below(2);
            action.then = (0..count).map(|_| to(random)).collect();
        }
    }
    for entry in model.entries.iter_mut() {
        if random.chance(30) {
            entry.otherwise.push(Fallthrough::Entry(to(random)));
        }
    }
    for fact in model.facts.iter_mut() {
        if random.chance(20) {
            fact.if_unknown = Some(faqc::model::IfUnknown::Entry(to(random)));
        }
    }
}

fn decorate(table: &mut Table, random: &mut Random) {
    let contact = |at| serde_json::json!({"id": format!("c{at}"), "title": ["c"]});
    table.contacts = (0..3).map(|at| serde_json::from_value(contact(at)).unwrap()).collect();
    table.default_contact = random.chance(70).then_some(0);
    let questions = table.questions.len();
    let cells: Vec<usize> = table.facts.iter().map(|fact| fact.cells.len()).collect();
    let assignment = |random: &mut Random| {
        let fact = random.below(cells.len());
        Assignment { fact: fact as u32, cells: vec![random.below(cells[fact]) as u32] }
    };
    let actions = table.actions.len();
    let has_effects = random.chance(50);
    // Several that find out what decides about each other would be done for nothing but themselves.
    let finder = random.below(actions.max(1) * 2);
    for (index, action) in table.actions.iter_mut().map(Arc::make_mut).enumerate() {
        if index == finder && action.parent.is_none() {
            action.finds = (0..1 + random.below(2)).map(|_| random.below(questions) as u32).collect();
            action.finds.sort_unstable();
            action.finds.dedup();
        }
        if has_effects && random.chance(15) {
            action.sets = vec![assignment(random)];
        }
        if has_effects && random.chance(15) {
            action.recheck = vec![random.below(questions) as u32];
        }
        if random.chance(15) {
            action.after = vec![random.below(actions) as u32];
        }
        // One that helps and is spent once its findings are known could be lost by a question.
        if random.chance(25) && index != finder && action.parent != Some(finder as u32) {
            action.likely_percent = Some(random.below(100) as u8);
            action.seconds = Some(random.below(1000) as u32);
        }
    }
    for entry in table.entries.iter_mut().map(Arc::make_mut) {
        if random.chance(30) {
            entry.otherwise.push(Otherwise::Contact(random.below(3) as u32));
        }
        if random.chance(15) {
            entry.contacts.push(random.below(3) as u32);
        }
        if random.chance(15) {
            entry.weight = random.below(5) as u32;
        }
    }
    for question in table.questions.iter_mut().filter(|it| it.if_unknown.is_none()) {
        question.if_unknown = match random.below(4) {
            0 => Some(IfUnknown::Contact(random.below(3) as u32)),
            1 => {
                let fact = question.facts[random.below(question.facts.len())];
                let cell = random.below(cells[fact as usize]) as u32;
                Some(IfUnknown::Assume(vec![Assignment { fact, cells: vec![cell] }]))
            }
            _ => None,
        };
    }
}

/// What an action finds out does not decide whether the action applies: such a writer asks for what cannot be had.
fn forget_circular_finds(table: &mut Table) {
    let named = |condition: u32| -> BTreeSet<u32> {
        let it = &table.conditions[condition as usize];
        let lists = [&it.certain, &it.certain_clear_of, &it.excluded, &it.excluded_clear_of];
        let facts = lists.into_iter().flatten().flatten().flat_map(|row| row.0.keys());
        facts.map(|fact| table.facts[*fact as usize].question).collect()
    };
    let mut decided_by: Vec<BTreeSet<u32>> = vec![BTreeSet::new(); table.actions.len()];
    let alone = table.entries.iter().filter_map(|it| it.alone.as_ref()).flat_map(|it| &it.actions);
    for listed in table.symptoms.iter().flat_map(|it| &it.actions).chain(alone) {
        let parent = table.actions[listed.action as usize].parent;
        for action in [Some(listed.action), parent].into_iter().flatten() {
            decided_by[action as usize].extend(named(listed.condition));
        }
    }
    for (action, questions) in table.actions.iter_mut().map(Arc::make_mut).zip(decided_by) {
        action.finds.retain(|question| !questions.contains(question));
    }
}
