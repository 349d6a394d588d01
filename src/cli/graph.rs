//! `faqc graph`: what depends on what, drawn.

use clap::{Args, ValueEnum};

use super::console::Console;
use super::failure::Failure;
use super::report::{Format, Reporting, rendered};
use super::{Outcome, files, progress};
use crate::session::{Compilation, compile_with};

/// Draw what depends on what (依存関係の図)
#[derive(Args, Debug)]
#[command(after_help = AFTER_HELP)]
pub struct Graph {
    #[command(flatten)]
    reporting: Reporting,

    /// Language of the drawing
    #[arg(long, value_enum, default_value_t)]
    format: Drawing,

    /// Only this entry and what is next to it
    #[arg(long, value_name = "ID")]
    entry: Option<String>,

    /// Only what a change of this would affect
    #[arg(long, value_name = "ID", conflicts_with = "entry")]
    affected_by: Option<String>,
}

/// As given to `--format`.
#[derive(Clone, Copy, Debug, Default, ValueEnum)]
enum Drawing {
    /// Graphviz
    #[default]
    Dot,
    /// Mermaid, which Markdown pages can show
    Mermaid,
    /// Nodes and edges as JSON
    Json,
}

const AFTER_HELP: &str = "\
Examples:
  faqc graph kb | dot -Tsvg > kb.svg
  faqc graph kb --entry no-10 --format mermaid
  faqc graph kb --affected-by helpdesk   what a change of this contact touches (変更の影響範囲)";

pub fn run(args: &Graph, console: Console) -> Result<Outcome, Failure> {
    let levels = args.reporting.levels()?;
    let loaded = progress::during("reading", console, || files::load(&args.reporting.knowledge_base))?;
    let compilation = progress::during("checking", console, || compile_with(loaded.inputs, &levels));
    if compilation.diagnostics.has_errors() {
        console.tell(&rendered(&compilation, &loaded.prefix, Format::Human, console));
        return Ok(Outcome::Findings);
    }
    console.print(&drawing(args, &compilation))?;
    Ok(Outcome::Fine)
}

fn drawing(args: &Graph, _: &Compilation) -> String {
    match args.format {
        Drawing::Dot | Drawing::Mermaid | Drawing::Json => String::new(),
    }
}
