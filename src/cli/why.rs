//! `faqc why`: why entries apply or do not under what is known, and what is missing.

mod given;
mod refusal;

use clap::{Args, ValueEnum};

use super::console::Console;
use super::failure::Failure;
use super::report::{Format as Findings, Reporting, rendered};
use super::{Outcome, files, progress};
use crate::session::{Compilation, compile_with};
use crate::why::{Inquiry, emit_human, emit_json};
use given::Given;

/// Tell why entries apply or do not, and what is missing (当てはまる理由・当てはまらない理由)
#[derive(Args, Debug)]
#[command(after_help = AFTER_HELP)]
pub struct Why {
    #[command(flatten)]
    reporting: Reporting,

    /// The symptom, by what the screen shows, or other words for it (画面の表示)
    #[arg(long, value_name = "TEXT", required_unless_present = "symptom", conflicts_with = "symptom")]
    message: Option<String>,

    /// The symptom, by its name or title (事象の名前)
    #[arg(long, value_name = "ID")]
    symptom: Option<String>,

    /// What is known: a fact and its value; again for more (分かっている事実)
    #[arg(long = "fact", value_name = "ID=VALUE")]
    facts: Vec<String>,

    /// A fact that was asked without an answer; again for more (分からない事実)
    #[arg(long = "unknown", value_name = "ID")]
    unknown: Vec<String>,

    /// Today, for facts that are compared with it, such as 2026-04-01 (今日の日付)
    #[arg(long, value_name = "DATE")]
    today: Option<String>,

    /// Only this entry, by name or number; again for more (この項目だけ)
    #[arg(long = "entry", value_name = "ID")]
    entries: Vec<String>,

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
Facts and values are written as in tests of the knowledge base: by name or label, numbers, versions, dates.

Examples:
  faqc why kb --message \"送信に失敗しました。再度実行してください。\"
  faqc why kb --symptom send-failed --fact certificate-found=yes --unknown own-certificate
  faqc why kb --symptom send-failed --entry No.12     what No.12 needs (No.12 に何が足りないか)";

pub fn run(args: &Why, console: Console) -> Result<Outcome, Failure> {
    let levels = args.reporting.levels()?;
    let loaded = progress::during("reading", console, || files::load(&args.reporting.knowledge_base))?;
    let compilation = progress::during("checking", console, || compile_with(loaded.inputs, &levels));
    if compilation.diagnostics.has_errors() {
        console.tell(&rendered(&compilation, &loaded.prefix, Findings::Human, console));
        return Ok(Outcome::Findings);
    }
    let answer = answer(args, &compilation, &loaded.prefix, console)?;
    match args.format {
        Format::Human => console.print(&answer)?,
        Format::Json => console.write(&answer)?,
    }
    Ok(Outcome::Fine)
}

fn answer(args: &Why, compilation: &Compilation, prefix: &str, console: Console) -> Result<String, Failure> {
    let inquiry = Inquiry::new(compilation);
    let given = Given::new(&inquiry, console.language);
    let symptom = match (&args.symptom, &args.message) {
        (Some(written), _) => given.symptom(written)?,
        (None, message) => given.symptom_of(message.as_deref().unwrap_or_default())?,
    };
    let evidence = given.evidence(&args.facts, &args.unknown, args.today.as_deref())?;
    if let Some(clash) = inquiry.clash(&evidence) {
        return Err(refusal::contradictory(&inquiry, &evidence, &clash, prefix, console.language));
    }
    let entries = given.entries(&args.entries, symptom)?;
    let answer = inquiry.answer(symptom, evidence, |entry| entries.is_empty() || entries.contains(&entry));
    Ok(match args.format {
        Format::Human => emit_human(&inquiry, &answer, console.language, prefix),
        Format::Json => emit_json(&inquiry, &answer),
    })
}
