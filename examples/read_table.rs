//! Reads an inference table and judges a symptom's entries by the answers given.
//!
//! ```text
//! cargo run --example read_table -- target/faq/table.json send-failed valid-certificate=no
//! ```
//! Without a symptom it lists the symptoms; answers are `fact=value` or `fact=label`, of a cell.

use std::error::Error;

use faqc::runtime::{Evidence, judge};
use faqc::table::{Piece, Prose, Table};

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let path = arguments.next().unwrap_or_else(|| "target/faq/table.json".to_owned());
    let table = Table::from_json(&std::fs::read(&path)?)?;
    let Some(symptom) = arguments.next() else {
        list_symptoms(&table);
        return Ok(());
    };
    let position = table.symptoms.iter().position(|it| it.id == symptom).ok_or("no such symptom")?;
    let mut evidence = Evidence::new(&table);
    for answer in arguments {
        take_answer(&table, &answer, &mut evidence)?;
    }
    for judgement in judge(&table, u32::try_from(position)?, &evidence) {
        let entry = &table.entries[judgement.entry as usize];
        println!("{:?}\t{}\t{}", judgement.verdict, entry.id, plain(&entry.title));
    }
    Ok(())
}

fn list_symptoms(table: &Table) {
    for symptom in &table.symptoms {
        println!("{}\t{}", symptom.id, plain(&symptom.title));
    }
}

fn take_answer(table: &Table, answer: &str, evidence: &mut Evidence) -> Result<(), Box<dyn Error>> {
    let (fact, value) = answer.split_once('=').ok_or("an answer is fact=value")?;
    let index = table.facts.iter().position(|it| it.id == fact).ok_or_else(|| format!("no fact {fact}"))?;
    let cells = &table.facts[index].cells;
    let cell = cells.iter().position(|cell| cell.value.as_deref() == Some(value) || cell.label == value);
    let cell = cell.ok_or_else(|| {
        let labels: Vec<&str> = cells.iter().map(|cell| cell.label.as_str()).collect();
        format!("{fact} is one of: {}", labels.join(", "))
    })?;
    evidence.set(u32::try_from(index)?, &[u32::try_from(cell)?]);
    Ok(())
}

fn plain(prose: &Prose) -> String {
    let text = |piece: &Piece| match piece {
        Piece::Text(text) => text.clone(),
        Piece::Reference(reference) => reference.text.clone(),
    };
    prose.iter().map(text).collect()
}
