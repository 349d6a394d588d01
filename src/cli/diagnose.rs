//! `faqc diagnose`: what a message is about, which entries apply and why, and what to do next; one answer, for scripts.

use std::path::PathBuf;

use clap::{Arg, ArgAction, ArgMatches, Args, Command, FromArgMatches, ValueEnum};

use super::console::Console;
use super::failure::Failure;
use super::{Outcome, table};
use crate::diagnose::{Given, Request, document, human, read};
use crate::language::Language;
use crate::plain::Voice;
use crate::runtime::{Evidence, clashes};

/// Tell what a message is about, which entries apply and why, and what to do next (一度だけ答える。スクリプト用)
#[derive(Args, Debug)]
#[command(after_help = AFTER_HELP)]
pub struct Diagnose {
    /// An inference table (table.json), or a knowledge base: a folder with a faq.toml, or one .faq file (推論表または知識ベース)
    #[arg(value_name = "TABLE|KB")]
    table: PathBuf,

    /// What the screen shows, or other words for the problem (画面の表示、困りごと)
    #[arg(long, value_name = "TEXT", required_unless_present = "symptom")]
    message: Option<String>,

    /// The symptom, by its name or title; goes before what the message leads to (事象の名前)
    #[arg(long, value_name = "ID")]
    symptom: Option<String>,

    #[command(flatten)]
    history: History,

    /// Today, for facts that are compared with it, such as 2026-04-01 (今日の日付)
    #[arg(long, value_name = "DATE")]
    today: Option<String>,

    /// How the answer is shown
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

/// As given to `--format`.
#[derive(Clone, Copy, Debug, Default, ValueEnum)]
enum Format {
    /// For people
    #[default]
    Human,
    /// One JSON document
    Json,
}

const AFTER_HELP: &str = "\
--fact, --unknown, --tried, --passed-over and --contacted are read in the order in which they are
written, which is the order in which it happened: what an action changes, changes what was known before
it. One that is passed over changes nothing.
Facts are written by name or label, values by name or label, as a number, a version or a date.

Exit codes:
  0  a symptom was found or named, and the facts agree; what is next may be to choose among symptoms
  1  the message leads to no symptom, or the facts contradict each other: the answer says so;
     or the knowledge base has errors
  2  the command could not run: no such table, a damaged one, a name or value that it does not have

Examples:
  faqc diagnose table.json --message \"送信に失敗しました。再度実行してください。\" --format json
  faqc diagnose kb --symptom send-failed --fact certificate-found=yes --unknown own-certificate
  faqc diagnose kb --symptom send-failed --tried check-certificate/check --fact certificate-offices=2";

/// What was said and done, in the order of the arguments.
#[derive(Debug, Default)]
struct History(Vec<Given>);

/// Option, the name of its value, what it is, and what it gives.
type Kind = (&'static str, &'static str, &'static str, fn(String) -> Given);

const KINDS: [Kind; 5] = [
    ("fact", "ID=VALUE", "What is known: a fact and its value; again for more (分かっている事実)", Given::Fact),
    ("unknown", "ID", "A fact that was asked without an answer; again for more (分からない事実)", Given::Unknown),
    ("tried", "ENTRY/ACTION", "An action that was done and did not help; again for more (試した対応策)", Given::Tried),
    (
        "passed-over",
        "ENTRY/ACTION",
        "An action that cannot be done, or is of no use here; again for more (行えない対応策)",
        Given::PassedOver,
    ),
    (
        "contacted",
        "ID",
        "A contact that could not help; again for more (連絡しても解決しなかった連絡先)",
        Given::Contacted,
    ),
];

impl Args for History {
    fn augment_args(command: Command) -> Command {
        let argument = |(name, value, help, _): Kind| {
            Arg::new(name).long(name).value_name(value).help(help).action(ArgAction::Append)
        };
        command.args(KINDS.map(argument))
    }

    fn augment_args_for_update(command: Command) -> Command {
        Self::augment_args(command)
    }
}

impl FromArgMatches for History {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, clap::Error> {
        let mut history = Self::default();
        history.update_from_arg_matches(matches)?;
        Ok(history)
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        let mut placed: Vec<(usize, Given)> = Vec::new();
        for (name, _, _, given) in KINDS {
            let places = matches.indices_of(name).into_iter().flatten();
            let texts = matches.get_many::<String>(name).into_iter().flatten();
            placed.extend(places.zip(texts.cloned().map(given)));
        }
        placed.sort_by_key(|(place, _)| *place);
        self.0 = placed.into_iter().map(|(_, given)| given).collect();
        Ok(())
    }
}

pub fn run(args: &Diagnose, console: Console, asked: Option<Language>) -> Result<Outcome, Failure> {
    let Some(table) = table::load(&args.table, console)? else { return Ok(Outcome::Findings) };
    let nothing = Evidence::new(&table);
    let request = Request {
        message: args.message.clone(),
        symptom: args.symptom.clone(),
        given: args.history.0.clone(),
        today: args.today.clone(),
    };
    let case = read(Voice { table: &table, evidence: &nothing, language: console.language }, &request)?;
    let evidence = case.evidence(&table);
    let voice =
        Voice { table: &table, evidence: &evidence, language: asked.unwrap_or_else(|| table::language(&table)) };
    match args.format {
        Format::Human => console.print(&human(voice, &case).render(Some(console.columns()), true))?,
        Format::Json => console.write(&document(voice, &case))?,
    }
    let is_fine = case.has_symptom() && clashes(&table, &evidence).is_empty();
    Ok(if is_fine { Outcome::Fine } else { Outcome::Findings })
}
