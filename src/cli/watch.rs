//! `faqc watch`: checks again whenever a file of the knowledge base is saved, and says what that changed.

use std::collections::BTreeSet;
use std::io::{IsTerminal, stdout};
use std::path::Path;
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use clap::Args;
use notify::{Event, EventKind, RecursiveMode, Watcher};

use super::console::Console;
use super::failure::Failure;
use super::report::{Format, Reporting, rendered};
use super::{Outcome, files};
use crate::diag::Arg;
use crate::session::Session;

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

/// An editor saves in several strokes; they are taken together.
const PAUSE: Duration = Duration::from_millis(150);

/// What clears a terminal and puts the cursor at its top.
const CLEAR: &str = "\x1b[2J\x1b[3J\x1b[H";

pub fn run(args: &Watch, console: Console) -> Result<Outcome, Failure> {
    let knowledge_base = &args.reporting.knowledge_base;
    // What cannot be found at all is no matter of waiting.
    files::load(knowledge_base)?;
    let (sender, changes) = channel();
    let watching = |error: notify::Error| Failure::cannot_read(knowledge_base, &std::io::Error::other(error));
    let mut watcher = notify::recommended_watcher(move |event| {
        // Nobody listens any more when the command ends.
        let _ = sender.send(event);
    })
    .map_err(watching)?;
    watcher.watch(knowledge_base, RecursiveMode::Recursive).map_err(watching)?;
    let today = super::today::today();
    let mut session = Session::new(args.reporting.levels()?).on(today);
    let mut before: Option<BTreeSet<String>> = None;
    loop {
        before = show(args, &mut session, before, console)?;
        if !wait(&changes) {
            return Ok(Outcome::Fine);
        }
    }
}

/// Checks and shows; tells what is now, for the next time.
fn show(
    args: &Watch,
    session: &mut Session,
    before: Option<BTreeSet<String>>,
    console: Console,
) -> Result<Option<BTreeSet<String>>, Failure> {
    let loaded = match files::load(&args.reporting.knowledge_base) {
        Ok(loaded) => loaded,
        // A file that is being moved is back in a moment.
        Err(failure) => {
            console.show_failure(&failure);
            return Ok(before);
        }
    };
    let compilation = session.compile(loaded.inputs);
    let clear = if stdout().is_terminal() { CLEAR } else { "" };
    let findings = rendered(&compilation, &loaded.prefix, Format::Human, console);
    console.print(&format!("{clear}{findings}"))?;
    let short = rendered(&compilation, &loaded.prefix, Format::Short, console);
    let now: BTreeSet<String> = short.lines().map(without_place).collect();
    if compilation.diagnostics.is_empty() {
        console.say("fine", &[("entries", Arg::Text(compilation.model.entries.len().to_string()))]);
    }
    if let Some(before) = before {
        let count = |number: usize| Arg::Text(number.to_string());
        let args = [("new", count(now.difference(&before).count())), ("gone", count(before.difference(&now).count()))];
        console.say("watched", &args);
    }
    console.say("watching", &[]);
    Ok(Some(now))
}

/// A finding without its line and column, which an edit above it moves.
fn without_place(line: &str) -> String {
    let mut parts = line.splitn(4, ':');
    match (parts.next(), parts.nth(2)) {
        (Some(file), Some(rest)) => format!("{file}:{rest}"),
        _ => line.to_owned(),
    }
}

/// Until files have changed and nothing more does for a moment. False when nothing can change any more.
fn wait(changes: &Receiver<notify::Result<Event>>) -> bool {
    loop {
        match changes.recv() {
            Ok(Ok(event)) if is_change(&event) => break,
            Ok(_) => {}
            Err(_) => return false,
        }
    }
    while changes.recv_timeout(PAUSE).is_ok() {}
    true
}

/// Whether a file that counts was written, made, renamed or removed; that it was read is none of that.
fn is_change(event: &Event) -> bool {
    let is_written = matches!(event.kind, EventKind::Create(_) | EventKind::Modify(_) | EventKind::Remove(_));
    is_written && event.paths.iter().any(|path| counts(path))
}

fn counts(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let is_hidden = name.starts_with('.') || name.ends_with('~') || name.ends_with(".swp");
    !is_hidden
        && (path.extension().is_some_and(|ending| ["faq", "FAQ", "toml", "yml"].iter().any(|it| ending == *it))
            || path.is_dir())
}
