//! The smallest program that leads somebody through a table.
//!
//! ```text
//! cargo run --example embed -- target/faq/table.json 送信に失敗しました
//! ```

use std::error::Error;

use faqc::runtime::{Event, Next, Reader, Session, decided, find};
use faqc::table::Table;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let path = arguments.next().unwrap_or_else(|| "target/faq/table.json".to_owned());
    let message = arguments.next().unwrap_or_default();
    let table = Table::from_json(&std::fs::read(path)?)?;
    for line in walk(&table, &message)? {
        println!("{line}");
    }
    Ok(())
}

/// What the reader is told when no question can be answered and nothing helps: the longest way through.
pub fn walk(table: &Table, message: &str) -> Result<Vec<String>, Box<dyn Error>> {
    let reader = Reader::new(table);
    let hits = find(table, message);
    if hits.is_empty() {
        return Err("nothing is known of this message".into());
    }
    let symptom = decided(&hits).ok_or("this is not certain: ask which of the hits it is")?;
    let mut session = Session::new(symptom);
    let mut told = Vec::new();
    loop {
        let (line, event) = match reader.next(&session) {
            Next::Ask { question, .. } => {
                (table.questions[question as usize].label.clone(), Event::Unknown { question })
            }
            Next::Do { action, .. } => (table.actions[action as usize].id.clone(), Event::Done { action }),
            Next::Contact { contact, .. } => (table.contacts[contact as usize].id.clone(), Event::Contact { contact }),
            Next::Choose | Next::Contradiction { .. } | Next::Done => return Ok(told),
        };
        told.push(line);
        session.take(table, &event)?;
    }
}
