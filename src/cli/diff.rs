//! `faqc diff`: what changes for readers between two versions of a knowledge base.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use super::console::Console;
use super::failure::{Failure, shown};
use super::files::{self, Loaded};
use super::report::{self, rendered};
use super::{Outcome, git, progress};
use crate::diag::{Arg, Code, Diagnostic, Severity};
use crate::diff::{Diff, diff, human, json, markdown};
use crate::session::{Compilation, compile_unproved};

/// Show what changes for readers between two versions (版の違いを、読者への案内の違いとして示す)
#[derive(Args, Debug)]
#[command(after_help = AFTER_HELP)]
pub struct Compare {
    /// The old version: a folder with a faq.toml, or one .faq file (前の版)
    #[arg(value_name = "OLD", required_unless_present = "git")]
    old: Option<PathBuf>,

    /// The new version (新しい版)
    #[arg(value_name = "NEW", required_unless_present = "git")]
    new: Option<PathBuf>,

    /// Compare revisions of git: REV with the files as they are now, REV..REV with each other (git の版を比べる)
    #[arg(long, value_name = "REV[..REV]")]
    git: Option<String>,

    /// How the changes are shown
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

/// As given to `--format`.
#[derive(Clone, Copy, Debug, Default, ValueEnum)]
enum Format {
    /// For the writer: each change with where, how often and an example
    #[default]
    Human,
    /// A release note for readers, in the language of the knowledge base (更新履歴)
    Markdown,
    /// One JSON document
    Json,
}

const AFTER_HELP: &str = "\
Compared is what readers are told, in every situation that both versions know: which entries apply
and in which order, which actions they offer, and every text. Comments, dates, owners and tests do
not count. A changed name is recognised by `formerly`, or, as a guess, by equal content.

With --git the knowledge base is the folder given, or this one; when two are given, it was moved.
As for git diff, REV... begins at the last common commit, and a missing end is HEAD. The files are
read from git; the work tree is left alone.

Exit codes:
  0  nothing changes for any reader, in any situation: this is proved, names of things aside
  1  something changes, or not all could be decided
  2  the versions could not be compared: one has errors, or there is no such revision

Examples:
  faqc diff kb-2023 kb                 two folders (2つのフォルダーを比べる)
  faqc diff --git HEAD kb              what has changed since the last commit (直前のコミットとの違い)
  faqc diff --git v1.2..v1.3 kb --format markdown > CHANGES.md    a release note (更新履歴を作る)
  faqc diff --git main... kb           in CI: what a branch changes";

pub fn run(args: &Compare, console: Console) -> Result<Outcome, Failure> {
    let [old, new] = progress::during("reading", console, || load(args))?;
    let compiled = |loaded: Loaded, name: String| Version {
        compilation: compile_unproved(loaded.inputs),
        prefix: loaded.prefix,
        name,
    };
    let [old, new] = progress::during("checking", console, || {
        std::thread::scope(|scope| {
            let older = scope.spawn(|| compiled(old.0, old.1));
            let newer = compiled(new.0, new.1);
            older.join().map(|older| [older, newer])
        })
    })
    .unwrap_or_else(|panic| std::panic::resume_unwind(panic));
    refuse_errors(&[&old, &new], console)?;
    let outcome = progress::during("comparing", console, || {
        let found = diff(&old.compilation, &new.compilation);
        show(&found, [&old.name, &new.name], args.format, console)
    });
    // The process ends here, and giving every text back first would take a part of the time that the comparison took.
    std::mem::forget((old, new));
    outcome
}

struct Version {
    compilation: Compilation,
    /// Stands before the names of files in findings.
    prefix: String,
    name: String,
}

/// Both versions with what they are called.
fn load(args: &Compare) -> Result<[(Loaded, String); 2], Failure> {
    let here = Path::new(".");
    let old = args.old.as_deref().unwrap_or(here);
    let new = args.new.as_deref().unwrap_or(old);
    let folder = |path: &Path| Ok::<_, Failure>((files::load(path)?, shown(path)));
    let Some(written) = &args.git else { return Ok([folder(old)?, folder(new)?]) };
    let range = git::range(written, old)?;
    let revision =
        |revision: &str, path: &Path| Ok::<_, Failure>((git::load(revision, path)?, git::name(revision, path)));
    let newer = match &range.new {
        Some(name) => revision(name, new)?,
        None => folder(new)?,
    };
    Ok([revision(&range.old, old)?, newer])
}

/// A lint that the knowledge base denies keeps nobody from comparing; an error that leaves a meaning open does.
fn refuse_errors(versions: &[&Version], console: Console) -> Result<(), Failure> {
    let mut names = Vec::new();
    for version in versions {
        let findings = version.compilation.diagnostics.iter();
        if findings.clone().any(|finding| finding.code.severity() == Severity::Error) {
            console.tell(&rendered(&version.compilation, &version.prefix, report::Format::Human, console));
            names.push(Arg::Text(version.name.clone()));
        }
    }
    match names.is_empty() {
        true => Ok(()),
        false => {
            Err(Diagnostic::general(Code::VersionWithErrors).arg("versions", Arg::List(names)).help("mend").into())
        }
    }
}

fn show(found: &Diff<'_>, names: [&str; 2], format: Format, console: Console) -> Result<Outcome, Failure> {
    let text = match format {
        Format::Human => human::render(found, names, console.language),
        Format::Markdown => markdown::render(found),
        Format::Json => json::render(found, names),
    };
    match format {
        Format::Human => console.print(&text)?,
        Format::Markdown | Format::Json => console.write(&text)?,
    }
    if matches!(format, Format::Markdown) && !found.undecided.is_empty() {
        console.say("not-all-compared", &[]);
    }
    Ok(if found.is_unchanged() { Outcome::Fine } else { Outcome::Findings })
}
