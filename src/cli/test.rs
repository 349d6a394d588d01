//! `faqc test`: carries out the tests of a knowledge base and measures what they reach.

mod coverage;
mod junit;
mod lcov;
mod results;

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use self::coverage::{CoverageFormat, lacking};
use super::console::Console;
use super::failure::Failure;
use super::files::Loaded;
use super::report::{Reporting, scene};
use super::{Outcome, files, progress, replace};
use crate::diag::{Arg, Code, Diagnostic, Diagnostics, Levels, catalogue, settle};
use crate::emit::table::build_table;
use crate::model::fold_name;
use crate::session::{Compilation, compile_with};
use crate::suite::coverage::{Coverage, coverage};
use crate::suite::suggestion::suggest_tests;
use crate::suite::{TestResult, run_tests};
use crate::table::Table;

/// Carry out the tests of a knowledge base (試験を行う)
#[derive(Args, Debug)]
#[command(after_help = AFTER_HELP)]
pub struct Test {
    #[command(flatten)]
    reporting: Reporting,

    /// How the results are shown
    #[arg(long, value_enum, default_value_t)]
    format: Format,

    /// Only the tests whose titles contain this text (題名で選ぶ)
    #[arg(long, value_name = "TEXT")]
    filter: Option<String>,

    /// Also show what no test reaches (試験されていないもの)
    #[arg(long)]
    coverage: bool,

    /// How that is shown; implies --coverage
    #[arg(long, value_enum, value_name = "FORMAT")]
    coverage_format: Option<CoverageFormat>,

    /// File to write that to, instead of showing it; implies --coverage
    #[arg(long, value_name = "FILE")]
    coverage_out: Option<PathBuf>,

    /// Exit with 1 when less than this is reached, of anything that is counted; implies --coverage
    #[arg(long, value_name = "PERCENT", value_parser = clap::value_parser!(u8).range(..=100))]
    min_coverage: Option<u8>,

    /// Also write tests to paste for what no test reaches, with what is so now (足りない試験の案を出す); implies --coverage
    #[arg(long)]
    suggest: bool,
}

/// As given to `--format`.
#[derive(Clone, Copy, Debug, Default, ValueEnum)]
enum Format {
    /// A line a test, and what is wrong with the lines in question, for people
    #[default]
    Human,
    /// One line for each expectation that is not met
    Short,
    /// One JSON document
    Json,
    /// JUnit's XML, for build servers
    Junit,
    /// SARIF 2.1.0, for code hosts and dashboards
    Sarif,
    /// Workflow commands of GitHub Actions
    Github,
}

const AFTER_HELP: &str = "\
A test is a block `test TITLE { given … expect … }` in a .faq file. It is carried out on the
inference table, as a reader would be led; nothing is written, and no clock is read.

Exit codes: 0 all passed, 1 some failed (or the knowledge base has errors, or too little is
reached), 2 the tests could not be carried out.

With --coverage: entries that no test makes apply; condition rows, the ways in which a condition
can hold, that no test is inside of; actions that no test makes be offered; symptoms that no test
is about; messages that no test pastes. What a test says of them does not matter here.

Examples:
  faqc test                            the knowledge base in this folder
  faqc test kb --filter 証明書         those whose titles contain a word
  faqc test kb --coverage              and what no test reaches
  faqc test kb --format junit > junit.xml
  faqc test kb --coverage-format lcov --coverage-out faq.info --min-coverage 100";

pub fn run(args: &Test, console: Console) -> Result<Outcome, Failure> {
    let levels = args.reporting.levels()?;
    let mut loaded = progress::during("reading", console, || files::load(&args.reporting.knowledge_base))?;
    let inputs = std::mem::take(&mut loaded.inputs);
    let mut compilation = progress::during("checking", console, || compile_with(inputs, &levels));
    let Some(table) = table_of(&mut compilation, &levels) else {
        show(args.format, &results::broken(args.format, &compilation, &loaded.prefix, console), console)?;
        return Ok(Outcome::Findings);
    };
    let results = progress::during("testing", console, || run_wanted(args.filter.as_deref(), &compilation, &table));
    check_filter(args.filter.as_deref(), &results)?;
    let scene = scene(&compilation, &loaded.prefix, console);
    show(args.format, &results::shown(args.format, &compilation, &results, scene), console)?;
    let mut outcome = if results.iter().all(TestResult::passed) { Outcome::Fine } else { Outcome::Findings };
    if args.wants_coverage() {
        let reached = progress::during("measuring", console, || coverage(&compilation, &table, &results));
        show_coverage(args, &compilation, &reached, &loaded, console)?;
        if args.suggest {
            show_aside(args.format, &suggestions(&compilation, &table, &results, console), console)?;
        }
        if !is_enough(args.min_coverage, &reached, console) {
            outcome = Outcome::Findings;
        }
    }
    Ok(outcome)
}

impl Test {
    fn wants_coverage(&self) -> bool {
        self.coverage
            || self.coverage_format.is_some()
            || self.coverage_out.is_some()
            || self.min_coverage.is_some()
            || self.suggest
    }
}

/// As text for people, or as a document for tools.
fn show(format: Format, text: &str, console: Console) -> Result<(), Failure> {
    match format {
        Format::Human => console.print(text),
        Format::Short | Format::Json | Format::Junit | Format::Sarif | Format::Github => console.write(text),
    }
}

/// The table, unless there is an error; then the findings are those to be shown.
fn table_of(compilation: &mut Compilation, levels: &Levels) -> Option<Table> {
    if compilation.diagnostics.has_errors() {
        return None;
    }
    let mut reported = Diagnostics::default();
    let table = build_table(compilation, &mut reported);
    let reported = settle(reported, levels);
    if reported.has_errors() {
        compilation.diagnostics = reported;
        return None;
    }
    Some(table)
}

fn run_wanted(filter: Option<&str>, compilation: &Compilation, table: &Table) -> Vec<TestResult> {
    let folded = fold_name(filter.unwrap_or_default());
    run_tests(compilation, table, |title| fold_name(title).contains(folded.as_ref()))
}

/// A filter that lets nothing through is a slip of the pen, not a success.
fn check_filter(filter: Option<&str>, results: &[TestResult]) -> Result<(), Failure> {
    match filter {
        Some(filter) if results.is_empty() => {
            Err(Diagnostic::general(Code::NoSuchTest).text("filter", filter).help("list").into())
        }
        _ => Ok(()),
    }
}

/// To the file; else after the results, or beside them when they are for tools.
fn show_coverage(
    args: &Test,
    compilation: &Compilation,
    reached: &Coverage,
    loaded: &Loaded,
    console: Console,
) -> Result<(), Failure> {
    let format = args.coverage_format.unwrap_or_default();
    let scene = scene(compilation, &loaded.prefix, console);
    let text = coverage::shown(format, compilation, reached, scene);
    match &args.coverage_out {
        Some(path) => replace::write_output(path, &text),
        None if matches!(format, CoverageFormat::Text) => show_aside(args.format, &text, console),
        None if matches!(args.format, Format::Human) => console.write(&text),
        None => show_aside(args.format, &text, console),
    }
}

/// After the results, or beside them when they are for tools.
fn show_aside(format: Format, text: &str, console: Console) -> Result<(), Failure> {
    match format {
        Format::Human => console.print(text)?,
        Format::Short | Format::Json | Format::Junit | Format::Sarif | Format::Github => console.tell(text),
    }
    Ok(())
}

/// The tests to paste, under a line that says what they are.
fn suggestions(compilation: &Compilation, table: &Table, results: &[TestResult], console: Console) -> String {
    let blocks = suggest_tests(compilation, table, results);
    let key = if blocks.is_empty() { "no-suggestions" } else { "suggestions" };
    let head = catalogue().sentence(key, &[("count", Arg::Text(blocks.len().to_string()))], console.language);
    std::iter::once(format!("# {head}\n")).chain(blocks.iter().map(|block| format!("\n{block}"))).collect()
}

/// Says of what too little is reached.
fn is_enough(least: Option<u8>, reached: &Coverage, console: Console) -> bool {
    let Some(least) = least else { return true };
    let lacking = lacking(reached, least);
    for (word, share) in &lacking {
        let number = |number: usize| Arg::Text(number.to_string());
        console.say(
            "coverage-lacking",
            &[
                ("kind", Arg::Word(word)),
                ("reached", number(share.reached)),
                ("of", number(share.of)),
                ("percent", number(share.percent())),
                ("least", number(usize::from(least))),
            ],
        );
    }
    lacking.is_empty()
}
