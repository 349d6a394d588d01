//! The options that decide which findings count and how they are shown, and the showing.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::Outcome;
use super::console::Console;
use super::failure::Failure;
use crate::config::lint_error;
use crate::diag::{self, Level, Levels, Scene};
use crate::session::Compilation;

/// Options of every command that compiles.
#[derive(Args, Debug)]
pub struct Reporting {
    /// The knowledge base: a folder with a faq.toml, or one .faq file (知識ベースのフォルダー)
    #[arg(value_name = "KB", default_value = ".")]
    pub knowledge_base: PathBuf,

    /// Leave findings of these names or codes out; errors cannot be left out (報告しない)
    #[arg(long, value_name = "NAMES", value_delimiter = ',')]
    allow: Vec<String>,

    /// Make findings of these names or codes warnings (警告にする)
    #[arg(long, value_name = "NAMES", value_delimiter = ',')]
    warn: Vec<String>,

    /// Make findings of these names or codes, or all `warnings`, errors (エラーにする)
    #[arg(long, value_name = "NAMES|warnings", value_delimiter = ',')]
    deny: Vec<String>,
}

/// As given to `--format`.
#[derive(Clone, Copy, Debug, Default, ValueEnum)]
pub enum Format {
    /// With the lines in question, for people
    #[default]
    Human,
    /// One line each: file:line:column: error[F0201]: message
    Short,
    /// One JSON document
    Json,
    /// SARIF 2.1.0, for code hosts and dashboards
    Sarif,
    /// Workflow commands of GitHub Actions
    Github,
}

impl Reporting {
    /// The levels of the command line.
    pub fn levels(&self) -> Result<Levels, Failure> {
        let mut levels = Levels::default();
        for (names, level) in [(&self.allow, Level::Allow), (&self.warn, Level::Warn), (&self.deny, Level::Deny)] {
            for name in names {
                levels.set(name.trim(), level).map_err(|error| lint_error(name, error, None))?;
            }
        }
        Ok(levels)
    }
}

/// What renderers need of a compilation.
pub fn scene<'a>(compilation: &'a Compilation, prefix: &'a str, console: Console) -> Scene<'a> {
    Scene { sources: &compilation.sources, language: console.language, prefix }
}

/// All findings as text; human text has colours, which the console takes out again where they do not show.
pub fn rendered(compilation: &Compilation, prefix: &str, format: Format, console: Console) -> String {
    let scene = scene(compilation, prefix, console);
    let findings = compilation.diagnostics.as_slice();
    match format {
        Format::Human => diag::render_human(findings, scene, true),
        Format::Short => diag::render(diag::Format::Short, findings, scene),
        Format::Json => diag::render(diag::Format::Json, findings, scene),
        Format::Sarif => diag::render(diag::Format::Sarif, findings, scene),
        Format::Github => diag::render(diag::Format::Github, findings, scene),
    }
}

pub fn outcome(compilation: &Compilation) -> Outcome {
    if compilation.diagnostics.has_errors() { Outcome::Findings } else { Outcome::Fine }
}
