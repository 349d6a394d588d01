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

/// The list of the pages of the Markdown target.
const CONTENTS: &str = "markdown/SUMMARY.md";

/// The page, and what it is called.
#[derive(Debug)]
pub struct Changes {
    pub page: OutputFile,
    title: &'static str,
}

/// The page, if the Markdown target is among those `wanted` (all usual ones when none is named) and a previous release is
/// named.
///
/// # Errors
/// When the previous release cannot be read, or has errors.
pub fn page(compilation: &Compilation, knowledge_base: &Path, wanted: &[String]) -> Result<Option<Changes>, Failure> {
    let is_wanted = wanted.is_empty() || wanted.iter().any(|name| name == "markdown");
    let Some(previous) = compilation.model.config.previous.as_deref().filter(|_| is_wanted) else { return Ok(None) };
    let title = match compilation.model.config.language {
        Language::Japanese => "更新履歴",
        Language::English => "What changed",
    };
    let old = load(previous, knowledge_base)?;
    let page = OutputFile::text("markdown/changes.md", markdown::render(&diff(&old, compilation)));
    Ok(Some(Changes { page, title }))
}

/// The file, and the page in it if it is the list of pages.
pub fn listed(mut file: OutputFile, changes: Option<&Changes>) -> OutputFile {
    if let Some(changes) = changes.filter(|_| file.path == CONTENTS) {
        file.bytes.extend_from_slice(format!("\n[{}](changes.md)\n", changes.title).as_bytes());
    }
    file
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
