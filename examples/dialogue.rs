//! Leads a reader through a table: a message or a symptom first, then one question or action at a time, on standard input.
//!
//! ```text
//! cargo run --example dialogue -- target/faq/table.json
//! ```
//! Answer a question with a value or `?` for *I don't know*, an action or a contact with `yes` when it helped, an action with
//! `cannot` when it cannot be done. Without a line left
//! to read it ends.

use std::error::Error;
use std::io::{BufRead, Write, stdin, stdout};

use faqc::runtime::{Next, Session, decided, find, next, read_answer};
use faqc::table::{Piece, Prose, Step, Table};

fn main() -> Result<(), Box<dyn Error>> {
    let path = std::env::args().nth(1).unwrap_or_else(|| "target/faq/table.json".to_owned());
    let table = Table::from_json(&std::fs::read(&path)?)?;
    let mut session = Session::default();
    loop {
        let step = next(&table, &session);
        let Some(prompt) = prompt(&table, &step) else { return Ok(()) };
        print!("{prompt}\n> ");
        stdout().flush()?;
        let Some(line) = stdin().lock().lines().next().transpose()? else { return Ok(()) };
        if take(&table, &mut session, &step, line.trim()) {
            println!("Solved.");
            return Ok(());
        }
    }
}

/// What to say; none when there is nothing left.
fn prompt(table: &Table, step: &Next) -> Option<String> {
    match step {
        Next::Choose => Some("What does the screen show?".to_owned()),
        Next::Contradiction { .. } => Some("These answers cannot be true together.".to_owned()),
        Next::Ask { question, .. } => {
            let question = &table.questions[*question as usize];
            Some(if question.ask.is_empty() { question.label.clone() } else { plain(&question.ask) })
        }
        Next::Do { action, entry, certain } => {
            let (entry, action) = (&table.entries[*entry as usize], &table.actions[*action as usize]);
            let when = action.when.iter().chain(&entry.when).filter(|_| !certain).map(|it| format!("({it}) "));
            let steps = action.steps.iter().filter_map(|step| match step {
                Step::Step { text } => Some(format!("\n  > {}", plain(text))),
                _ => None,
            });
            let title: String =
                when.chain([plain(&entry.title), ": ".to_owned(), plain(&action.title)]).chain(steps).collect();
            Some(format!("{title}\nDid it help?"))
        }
        Next::Contact { contact, .. } => Some(format!("Turn to {}.", plain(&table.contacts[*contact as usize].title))),
        Next::Done => None,
    }
}

/// The symptom that a text leads to. When that is not certain the best ones are listed, to be told apart by their title.
fn symptom(table: &Table, text: &str) -> Option<u32> {
    let hits = find(table, text);
    if hits.is_empty() || decided(&hits).is_some() {
        return decided(&hits);
    }
    println!("Which of these is it?");
    for hit in hits.iter().take(1).chain(hits.iter().filter(|hit| hit.rival)) {
        println!("  {}", plain(&table.symptoms[hit.symptom as usize].title));
    }
    None
}

/// True when the problem is solved.
fn take(table: &Table, session: &mut Session, step: &Next, line: &str) -> bool {
    let helped = matches!(line, "yes" | "はい");
    match step {
        Next::Choose => session.symptom = symptom(table, line),
        Next::Contradiction { clashes } => {
            let facts = clashes.iter().flatten().filter_map(|fact| table.facts.get(*fact as usize));
            facts.for_each(|fact| session.take_back(table, fact.question));
        }
        Next::Ask { question, .. } if line == "?" => session.unknown(table, *question),
        Next::Ask { question, .. } => match read_answer(table, *question, line, session.today) {
            Ok(cells) => session.answer(table, *question, &cells),
            Err(error) => println!("{error}"),
        },
        Next::Do { action, .. } if line == "cannot" => session.pass_over(*action),
        Next::Do { action, .. } if !helped => session.done(table, *action),
        Next::Contact { contact, .. } if !helped => session.contact(*contact),
        Next::Do { .. } | Next::Contact { .. } | Next::Done => return true,
    }
    false
}

fn plain(prose: &Prose) -> String {
    let text = |piece: &Piece| match piece {
        Piece::Text(text) => text.clone(),
        Piece::Reference(reference) => reference.text.clone(),
    };
    prose.iter().map(text).collect()
}
