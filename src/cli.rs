//! Owns the command line: arguments in, exit code out, one file a subcommand. With `main`, the only place that reads
//! files, the environment and the terminal.

mod arguments;
mod ask;
mod build;
mod changes;
mod check;
mod completions;
mod console;
mod diagnose;
mod diff;
mod explain;
mod failure;
mod files;
mod fix;
mod fmt;
mod git;
mod graph;
mod import;
mod links;
#[cfg(feature = "lsp")]
mod lsp;
mod new;
mod output;
mod progress;
mod replace;
mod report;
mod reread;
mod saves;
mod serve;
mod table;
mod test;
mod today;
mod watch;
mod why;

use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;

use clap::{Parser, Subcommand, ValueEnum};

use self::console::Console;
pub(crate) use self::failure::Failure;
pub(crate) use self::files::load as load_files;
use crate::language::Language;

/// A compiler for troubleshooting knowledge (困りごとと対応策の知識ベースを検査し、出力するコンパイラ)
///
/// Knowledge is written in .faq files: entries with a symptom, a condition, and the actions that help. faqc checks that
/// they fit together and turns them into JSON, Markdown and an inference table.
#[derive(Debug, Parser)]
#[command(name = "faqc", version, propagate_version = true, after_help = AFTER_HELP)]
struct Cli {
    /// Language of messages; else that of the system (メッセージの言語)
    #[arg(long, global = true, value_name = "LANG", value_enum)]
    lang: Option<Lang>,

    #[command(subcommand)]
    command: Command,
}

const AFTER_HELP: &str = "\
Exit codes:
  0  fine
  1  something is wrong in the knowledge base: an error, or a warning that is denied;
     for diff: readers are told something else; for diagnose: nothing found
  2  the command could not run: no such folder, disk full, unknown option

Examples:
  faqc new my-faq                      start a knowledge base (知識ベースを作る)
  faqc import faq.xlsx --out my-faq    start from a spreadsheet (表計算ソフトのFAQから始める)
  faqc check my-faq                    look for mistakes (間違いを探す)
  faqc fmt my-faq                      put its layout in order (書式を整える)
  faqc test my-faq                     carry out its tests (試験を行う)
  faqc build my-faq --out public       write all outputs (出力を作る)
  faqc serve my-faq                    see the web site while writing (表示を見ながら書く)
  faqc diff --git HEAD my-faq          what changes for readers (読者への案内の違い)
  faqc why my-faq --symptom ID         why an entry applies or not (当てはまる理由)
  faqc ask my-faq                      be led through it (対話で案内する)
  faqc explain F0201                   what a message means (メッセージの説明)";

#[derive(Debug, Subcommand)]
enum Command {
    Check(check::Check),
    Watch(watch::Watch),
    Test(test::Test),
    Build(build::Build),
    Fmt(fmt::Fmt),
    Serve(serve::Serve),
    Graph(graph::Graph),
    #[cfg(feature = "lsp")]
    Lsp(lsp::Lsp),
    Diff(diff::Compare),
    Why(why::Why),
    Ask(ask::Ask),
    Diagnose(diagnose::Diagnose),
    New(new::New),
    Import(import::Import),
    Explain(explain::Explain),
    Completions(completions::Completions),
}

/// As given to `--lang`.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum Lang {
    Ja,
    En,
}

impl From<Lang> for Language {
    fn from(lang: Lang) -> Self {
        match lang {
            Lang::Ja => Self::Japanese,
            Lang::En => Self::English,
        }
    }
}

/// How a command that could run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Outcome {
    Fine,
    Findings,
    /// By Ctrl-C.
    Interrupted,
}

/// Reads the command line, does what it says, and tells what it came to.
pub fn run() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => return refuse(&error),
    };
    let console = Console::new(language(cli.lang));
    match dispatch(&cli.command, console, cli.lang.map(Language::from)) {
        Ok(Outcome::Fine) => ExitCode::SUCCESS,
        Ok(Outcome::Findings) => ExitCode::from(1),
        // As shells say it: 128 and the number of the signal.
        Ok(Outcome::Interrupted) => ExitCode::from(130),
        Err(failure) => {
            console.show_failure(&failure);
            ExitCode::from(2)
        }
    }
}

/// The help and the version are no mistakes, and clap shows them.
fn refuse(error: &clap::Error) -> ExitCode {
    if arguments::is_request(error) {
        return show_request(error);
    }
    let language = language(arguments::wanted_language());
    Console::new(language).show_failure(&arguments::failure(error, language));
    ExitCode::from(2)
}

fn show_request(request: &clap::Error) -> ExitCode {
    match request.print().and_then(|()| io::stdout().flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            let console = Console::new(language(arguments::wanted_language()));
            console.show_failure(&Failure::cannot_write(Path::new("stdout"), &error));
            ExitCode::from(2)
        }
        Ok(()) | Err(_) => ExitCode::from(u8::try_from(request.exit_code()).unwrap_or(2)),
    }
}

/// `asked` is the language that was asked for.
fn dispatch(command: &Command, console: Console, asked: Option<Language>) -> Result<Outcome, Failure> {
    match command {
        Command::Check(args) => check::run(args, console),
        Command::Watch(args) => watch::run(args, console),
        Command::Test(args) => test::run(args, console),
        Command::Build(args) => build::run(args, console),
        Command::Fmt(args) => fmt::run(args, console),
        Command::Serve(args) => serve::run(args, console),
        Command::Graph(args) => graph::run(args, console),
        #[cfg(feature = "lsp")]
        Command::Lsp(args) => lsp::run(args, console),
        Command::Diff(args) => diff::run(args, console),
        Command::Why(args) => why::run(args, console),
        Command::Ask(args) => ask::run(args, console, asked),
        Command::Diagnose(args) => diagnose::run(args, console, asked),
        Command::New(args) => new::run(args, console),
        Command::Import(args) => import::run(args, console),
        Command::Explain(args) => explain::run(args, console),
        Command::Completions(args) => completions::run(args, console),
    }
}

/// The flag, else the system's language: Japanese, or English for all others.
fn language(flag: Option<Lang>) -> Language {
    match flag {
        Some(lang) => lang.into(),
        None if sys_locale::get_locale().is_some_and(|locale| locale.starts_with("ja")) => Language::Japanese,
        None => Language::English,
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    #[test]
    fn arguments_are_consistent() {
        super::Cli::command().debug_assert();
    }
}
