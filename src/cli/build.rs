//! `faqc build`: checks a knowledge base and writes its outputs.

use std::path::PathBuf;

use clap::Args;
use clap::builder::PossibleValuesParser;

use super::console::Console;
use super::failure::Failure;
use super::report::{Format, Reporting, rendered};
use super::{Outcome, changes, files, output, progress};
use crate::diag::{Diagnostics, settle};
use crate::emit::{OutputFile, TARGETS, Target};
use crate::session::compile_with;

/// Check, then write the outputs (検査して出力を作る)
#[derive(Args, Debug)]
#[command(after_help = AFTER_HELP)]
pub struct Build {
    #[command(flatten)]
    reporting: Reporting,

    /// Folder for the outputs; made if need be (出力先)
    #[arg(long, value_name = "DIR")]
    out: PathBuf,

    /// Only these outputs, separated by commas; all unless given
    #[arg(long, value_name = "NAMES", value_delimiter = ',', value_parser = target_names())]
    emit: Vec<String>,

    /// How findings are shown, on standard error
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

const AFTER_HELP: &str = "\
Outputs:
  json      kb.json: entries, symptoms, references and their graph
  markdown  markdown/: pages for people, ready for mdBook
  table     table.json: the inference table that front ends read
  site      site/: a web site with a guided dialogue, for a server or a folder; only when named
  xlsx      faq.xlsx: the FAQ as people know it; only when it is named
  csv       faq.csv: the same for Excel as CSV; only when it is named

When the knowledge base has errors nothing is written and the exit code is 1. Outputs are made
beside the old ones and moved into place at the end: whatever goes wrong, the old ones stay whole.
A single file (kb.json) is replaced. A folder (markdown/) is replaced as a whole, so that pages of
entries that are gone go too. It keeps a list of its files in .faqc-files: files that are not on the
list stay, and when one stands where a page should go, faqc refuses. Nothing else in DIR is touched.

Examples:
  faqc build --out public              the knowledge base in this folder, all outputs
  faqc build kb --out public --emit json,table";

fn target_names() -> PossibleValuesParser {
    PossibleValuesParser::new(TARGETS.iter().map(|target| target.name))
}

pub fn run(args: &Build, console: Console) -> Result<Outcome, Failure> {
    let levels = args.reporting.levels()?;
    let loaded = progress::during("reading", console, || files::load(&args.reporting.knowledge_base))?;
    let mut compilation = progress::during("checking", console, || compile_with(loaded.inputs, &levels));
    console.tell(&rendered(&compilation, &loaded.prefix, args.format, console));
    if compilation.diagnostics.has_errors() {
        return Ok(Outcome::Findings);
    }
    let mut reported = Diagnostics::default();
    let is_told = wanted(&args.emit).any(|target| target.tells_changes);
    compilation.changes = changes::since(&compilation, &args.reporting.knowledge_base, is_told)?;
    let mut stage = output::Stage::begin(&args.out)?;
    progress::during("making", console, || {
        let mut add = |file: OutputFile| stage.add(&file);
        wanted(&args.emit).for_each(|target| (target.write)(&compilation, &mut reported, &mut add));
    });
    compilation.diagnostics = settle(reported, &levels);
    if !compilation.diagnostics.is_empty() {
        console.tell(&rendered(&compilation, &loaded.prefix, args.format, console));
    }
    if compilation.diagnostics.has_errors() {
        return Ok(Outcome::Findings);
    }
    let written = progress::during("writing", console, || stage.finish())?;
    console.print(&written.iter().map(|line| format!("{line}\n")).collect::<String>())?;
    Ok(Outcome::Fine)
}

fn wanted(names: &[String]) -> impl Iterator<Item = &'static Target> {
    let is_wanted =
        move |target: &&Target| names.is_empty() && target.is_usual || names.iter().any(|name| name == target.name);
    TARGETS.iter().filter(is_wanted)
}
