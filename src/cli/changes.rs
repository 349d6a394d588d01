//! The page that tells readers what changed since the release that `faq.toml` names as `previous`: a folder, or a revision
//! of git (`git:v1.2`).

use std::path::Path;

use super::failure::Failure;
use super::{files, git};
use crate::diag::{Arg, Code, Diagnostic, Severity};
use crate::diff::{diff, markdown};
use crate::emit::OutputFile;
use crate::language::Language;
use crate::session::{Compilation, compile_unproved};

/// Where the page and the list of pages stand.
const PAGE: &str = "markdown/changes.md";
const CONTENTS: &str = "markdown/SUMMARY.md";

/// Adds the page to those of the Markdown target, when there are any and a previous release is named.
///
/// # Errors
/// When the previous release cannot be read, or has errors.
pub fn add(files: &mut Vec<OutputFile>, compilation: &Compilation, knowledge_base: &Path) -> Result<(), Failure> {
    let Some(previous) = compilation.model.config.previous.as_deref() else { return Ok(()) };
    let Some(contents) = files.iter_mut().find(|file| file.path == CONTENTS) else { return Ok(()) };
    let title = match compilation.model.config.language {
        Language::Japanese => "更新履歴",
        Language::English => "What changed",
    };
    let old = load(previous, knowledge_base)?;
    contents.bytes.extend_from_slice(format!("\n[{title}](changes.md)\n").as_bytes());
    files.push(OutputFile::text(PAGE, markdown::render(&diff(&old, compilation))));
    Ok(())
}

fn load(previous: &str, knowledge_base: &Path) -> Result<Compilation, Failure> {
    let loaded = match previous.strip_prefix("git:") {
        Some(revision) => git::load(revision, knowledge_base)?,
        None => files::load(&knowledge_base.join(previous))?,
    };
    let old = compile_unproved(loaded.inputs);
    // A lint that is denied keeps nobody from comparing.
    match old.diagnostics.iter().any(|finding| finding.code.severity() == Severity::Error) {
        true => {
            let versions = Arg::List(vec![Arg::Text(previous.to_owned())]);
            Err(Diagnostic::general(Code::VersionWithErrors).arg("versions", versions).help("mend").into())
        }
        false => Ok(old),
    }
}
