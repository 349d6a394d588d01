//! `faqc ask`: the guided dialogue, with prompts on a terminal, and with plain lines anywhere else.

mod input;
mod lines;
mod menus;
#[cfg(unix)]
mod signals;

use std::io::{IsTerminal, stderr, stdin, stdout};
use std::path::PathBuf;

use clap::Args;

use super::console::Console;
use super::failure::{Failure, refused_to_write};
use super::replace::folder_of;
use super::{Outcome, replace, table};
use crate::ask::{Command, Dialogue, Screen};
use crate::config::FILE_NAME;
use crate::language::Language;
use crate::runtime::Day;
use crate::session::is_rules;

/// Lead through the FAQ, one question at a time, to a summary for a ticket (対話で案内する)
#[derive(Args, Debug)]
#[command(after_help = AFTER_HELP)]
pub struct Ask {
    /// An inference table (table.json), or a knowledge base: a folder with a faq.toml, or one .faq file (推論表または知識ベース)
    #[arg(value_name = "TABLE|KB", default_value = ".")]
    table: PathBuf,

    /// Write the summary into this file too (まとめを書き出すファイル)
    #[arg(long, value_name = "FILE")]
    summary: Option<PathBuf>,

    /// The day on which the case is looked at, such as 2026-04-01; today unless given (今日の日付)
    #[arg(long, value_name = "DATE")]
    today: Option<String>,
}

const AFTER_HELP: &str = "\
Describe the problem or paste the message that the screen shows, then answer one question at a time:
arrow keys and Enter, or the number of an answer, then Enter. `?` tells how to find an answer out, and goes
on without it; `b` or Esc goes back a step, as often as you like; `q` ends with the summary.

Without a terminal (input or output is a pipe, or TERM=dumb) the same is asked in plain numbered lines, so
that it can be scripted: a line of input for each answer. At the end of the input the summary is printed.

The language is that of the table, unless --lang says another. NO_COLOR is respected.

Exit codes:
  0    the dialogue ended, in whatever way
  1    the knowledge base has errors
  2    it could not run: no such table, a damaged one, the summary cannot be written
  130  Ctrl-C; the summary is printed all the same
  143  told to end by a signal; the terminal is left as it was (129 when it hung up)

Examples:
  faqc ask public/table.json
  faqc ask kb --summary ticket.txt
  printf '%s\\n' '送信に失敗しました。再度実行してください。' 1 | faqc ask kb";

/// What a person did at a screen.
enum Said {
    Command(Command),
    /// There is no more input.
    EndOfInput,
    /// Ctrl-C.
    Interrupt,
}

pub fn run(args: &Ask, console: Console, asked: Option<Language>) -> Result<Outcome, Failure> {
    check_summary(args)?;
    let Some(table) = table::load(&args.table, console)? else { return Ok(Outcome::Findings) };
    let console = Console::new(asked.unwrap_or_else(|| table::language(&table)));
    let mut dialogue = Dialogue::new(&table, console.language, Some(today(args, console)?));
    let ended = match is_interactive() {
        true => {
            #[cfg(unix)]
            signals::put_terminal_right();
            converse(&mut dialogue, console, |dialogue, screen| menus::say(dialogue, screen, console))?
        }
        false => {
            let input = input::Input::begin();
            converse(&mut dialogue, console, |dialogue, screen| lines::say(dialogue, screen, &input, console))?
        }
    };
    finish(args, &dialogue, console)?;
    Ok(ended)
}

/// Screen after screen, until the reader ends it.
fn converse(
    dialogue: &mut Dialogue<'_>,
    console: Console,
    mut say: impl FnMut(&Dialogue<'_>, &Screen) -> Result<Said, Failure>,
) -> Result<Outcome, Failure> {
    loop {
        let screen = dialogue.screen();
        console.print(&format!("\n{}", screen.page.render(Some(console.columns()), true)))?;
        let ended = match say(dialogue, &screen)? {
            Said::Command(Command::End) | Said::EndOfInput => Outcome::Fine,
            Said::Interrupt => Outcome::Interrupted,
            Said::Command(command) => {
                dialogue.take(command);
                continue;
            }
        };
        if !dialogue.is_over() && dialogue.has_begun() {
            let summary = dialogue.summary().render(Some(console.columns()), false);
            console.print(&format!("\n{summary}"))?;
        }
        return Ok(ended);
    }
}

/// The summary must not take the place of what the dialogue is made from.
fn check_summary(args: &Ask) -> Result<(), Failure> {
    let Some(path) = &args.summary else { return Ok(()) };
    // A new one is not there yet.
    let in_folder = || Some(folder_of(path).canonicalize().ok()?.join(path.file_name()?));
    let summary = path.canonicalize().ok().or_else(in_folder);
    let Some((summary, source)) = summary.zip(args.table.canonicalize().ok()) else { return Ok(()) };
    if summary.is_dir() {
        return Err(refused_to_write(path, "reason-folder"));
    }
    let name = summary.file_name().unwrap_or_default().to_string_lossy();
    let is_source = summary.starts_with(&source) && (is_rules(&name) || name == FILE_NAME);
    if summary == source || is_source { Err(refused_to_write(path, "reason-source")) } else { Ok(()) }
}

fn finish(args: &Ask, dialogue: &Dialogue<'_>, console: Console) -> Result<(), Failure> {
    let Some(path) = &args.summary else { return Ok(()) };
    replace::write_output(path, &dialogue.summary().render(None, false))?;
    let path = ("path", crate::diag::Arg::Text(super::failure::shown(path)));
    console.say("ask-written", &[path]);
    Ok(())
}

fn today(args: &Ask, console: Console) -> Result<Day, Failure> {
    let here = || chrono::Local::now().format("%Y-%m-%d").to_string();
    let written = args.today.clone().unwrap_or_else(here);
    Day::try_from(written.clone()).map_err(|_| {
        let value = ("value", crate::diag::Arg::Text(written));
        let argument = ("argument", crate::diag::Arg::Text("--today".to_owned()));
        let detail = crate::diag::catalogue().sentence("value-wrong", &[argument, value], console.language);
        let finding = crate::diag::Diagnostic::general(crate::diag::Code::CommandLine).text("detail", detail);
        finding.text("command", "faqc ask").help("usage").into()
    })
}

fn is_interactive() -> bool {
    let is_dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
    !is_dumb && stdin().is_terminal() && stdout().is_terminal() && stderr().is_terminal()
}
