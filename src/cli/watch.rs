//! `faqc watch`: checks again whenever a file of the knowledge base is saved, and says what that changed.

use std::collections::BTreeMap;
use std::io::{IsTerminal, stdout};

use clap::Args;

use super::Outcome;
use super::console::Console;
use super::failure::Failure;
use super::report::{Format, Reporting, rendered};
use super::saves::Saves;
use crate::diag::Arg;
use crate::session::{Compilation, Session};

/// Check again whenever a file is saved, until Ctrl+C (保存するたびに検査する)
#[derive(Args, Debug)]
#[command(after_help = AFTER_HELP)]
pub struct Watch {
    #[command(flatten)]
    reporting: Reporting,
}

const AFTER_HELP: &str = "\
Shows the findings, waits until a file of the knowledge base is saved, and shows them again with how
many are new and how many are gone. What a save has not touched is not proved again.

Examples:
  faqc watch my-faq                    in a window beside the editor";

/// What clears a terminal and puts the cursor at its top.
const CLEAR: &str = "\x1b[2J\x1b[3J\x1b[H";

pub fn run(args: &Watch, console: Console) -> Result<Outcome, Failure> {
    let (mut loaded, mut saves) = Saves::begin(&args.reporting.knowledge_base)?;
    let mut session = Session::new(args.reporting.levels()?).on(super::today::today());
    let mut before: Option<BTreeMap<String, usize>> = None;
    loop {
        let compilation = session.compile_again(loaded.inputs);
        // What is there in the beginning is shown whatever follows.
        if before.is_none() || saves.is_to_be_shown(&session) {
            before = Some(show(&compilation, &loaded.prefix, before, console)?);
        }
        session.take_back(compilation);
        loaded = loop {
            match saves.next() {
                None => return Ok(Outcome::Fine),
                Some(Ok(loaded)) => break loaded,
                Some(Err(failure)) => console.show_failure(&failure),
            }
        };
    }
}

/// Shows the findings; tells how often each is there now, for the next time.
fn show(
    compilation: &Compilation,
    prefix: &str,
    before: Option<BTreeMap<String, usize>>,
    console: Console,
) -> Result<BTreeMap<String, usize>, Failure> {
    let clear = if stdout().is_terminal() { CLEAR } else { "" };
    let findings = rendered(compilation, prefix, Format::Human, console);
    console.print(&format!("{clear}{findings}"))?;
    let short = rendered(compilation, prefix, Format::Short, console);
    let mut now: BTreeMap<String, usize> = BTreeMap::new();
    short.lines().for_each(|line| *now.entry(without_place(line)).or_default() += 1);
    if compilation.diagnostics.is_empty() {
        console.say("fine", &[("entries", Arg::Text(compilation.model.entries.len().to_string()))]);
    }
    if let Some(before) = before {
        let count = |number: usize| Arg::Text(number.to_string());
        let args = [("new", count(more(&now, &before))), ("gone", count(more(&before, &now)))];
        console.say("watched", &args);
    }
    console.say("watching", &[]);
    Ok(now)
}

/// How many findings one has beyond those of another.
fn more(these: &BTreeMap<String, usize>, those: &BTreeMap<String, usize>) -> usize {
    these.iter().map(|(finding, count)| count.saturating_sub(those.get(finding).copied().unwrap_or(0))).sum()
}

/// A finding without its line and column, which an edit above it moves.
fn without_place(line: &str) -> String {
    let mut parts = line.splitn(4, ':');
    match (parts.next(), parts.nth(2)) {
        (Some(file), Some(rest)) => format!("{file}:{rest}"),
        _ => line.to_owned(),
    }
}
