//! `faqc check`: what is wrong in a knowledge base.

use clap::Args;

use super::console::Console;
use super::failure::Failure;
use super::report::{Format, Reporting, outcome, rendered};
use super::{Outcome, files, fix, links, progress};
use crate::ast::Date;
use crate::diag::{Arg, Diagnostic, Diagnostics};
use crate::session::Session;
use crate::source::{FileId, Span};

/// Look for mistakes and write nothing (間違いを探す)
#[derive(Args, Debug)]
#[command(after_help = AFTER_HELP)]
pub struct Check {
    #[command(flatten)]
    reporting: Reporting,

    /// How findings are shown
    #[arg(long, value_enum, default_value_t)]
    format: Format,

    /// Mend what can be mended safely, then show what is left (安全に直せるものを直す)
    #[arg(long)]
    fix: bool,

    /// The day it is, for days of review; that of the clock unless given (見直しの日と比べる日)
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = super::today::read)]
    today: Option<Date>,

    /// Also test the addresses (URLs) of the hosts that faq.toml allows (リンク切れも調べる)
    #[arg(long)]
    links: bool,
}

const AFTER_HELP: &str = "\
Findings go to standard output, and nothing else does. The exit code is 1 when there is an
error. A finding's level can also be set for good in faq.toml:

  [lints]
  unused-term = \"allow\"

Examples:
  faqc check                           the knowledge base in this folder
  faqc check kb --fix                  mend misspelt names and the like (書きまちがいなどを自動で直す)
  faqc check kb --links                also whether links lead anywhere (リンク切れも調べる)
  faqc check kb --deny warnings        for a release: no warning may be left
  faqc check kb --format github        annotations in GitHub Actions";

pub fn run(args: &Check, console: Console) -> Result<Outcome, Failure> {
    let levels = args.reporting.levels()?;
    let path = &args.reporting.knowledge_base;
    let (mut loaded, only) = progress::during("reading", console, || files::load_around(path))?;
    let only = only.map(|at| FileId(at as u32));
    let mut session = Session::new(levels);
    if args.fix {
        progress::during("mending", console, || fix::mend(&mut loaded, &mut session, only, console))?;
    }
    let inputs = std::mem::take(&mut loaded.inputs);
    // Only now, for a day of review that comes by itself is nothing to mend.
    session.today = Some(args.today.unwrap_or_else(super::today::today));
    if args.links {
        let unproved = session.compile_unproved(inputs.clone());
        let test = || links::test(&unproved, &args.reporting.knowledge_base);
        session.links = Some(progress::during("asking", console, test)?.tell(console));
    }
    let mut compilation = progress::during("checking", console, || session.compile(inputs));
    let elsewhere = only.map_or(0, |file| keep_only(file, &mut compilation.diagnostics));
    let findings = rendered(&compilation, &loaded.prefix, args.format, console);
    match args.format {
        Format::Human => console.print(&findings)?,
        Format::Short | Format::Json | Format::Sarif | Format::Github => console.write(&findings)?,
    }
    if elsewhere > 0 {
        let (count, prefix) = (elsewhere.to_string(), loaded.prefix.trim_end_matches('/'));
        let folder = if prefix.is_empty() { ".".to_owned() } else { prefix.to_owned() };
        console.say("elsewhere", &[("count", Arg::Text(count)), ("folder", Arg::Text(folder))]);
    }
    if compilation.diagnostics.is_empty() && matches!(args.format, Format::Human) {
        console.say("fine", &[("entries", Arg::Text(compilation.model.entries.len().to_string()))]);
    }
    let outcome = outcome(&compilation);
    // The process ends here, and giving every text back first would take a tenth of the time that the check took.
    std::mem::forget(compilation);
    Ok(outcome)
}

/// Leaves the findings that are about one file, or name a place in it; how many are left out.
fn keep_only(file: FileId, diagnostics: &mut Diagnostics) -> usize {
    let all = std::mem::take(diagnostics).into_vec();
    let is_there = |span: Option<Span>| span.is_some_and(|span| span.file == file);
    let is_about =
        |finding: &Diagnostic| is_there(finding.span) || finding.labels.iter().any(|label| is_there(Some(label.span)));
    let (kept, left): (Vec<_>, Vec<_>) = all.into_iter().partition(is_about);
    kept.into_iter().for_each(|finding| diagnostics.push(finding));
    left.len()
}
