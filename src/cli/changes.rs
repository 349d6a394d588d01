//! What readers are told of what changed since the release that `faq.toml` names as `previous`: a folder, or a revision
//! of git (`git:v1.2`).

use std::path::Path;

use super::failure::Failure;
use super::{files, git};
use crate::diag::{Arg, Code, Diagnostic, Severity};
use crate::diff::{diff, markdown};
use crate::note::Note;
use crate::session::{Compilation, compile_unproved};

/// What changed, if `is_told` by one of the outputs and a previous release is named.
///
/// # Errors
/// When the previous release cannot be read, or has errors.
pub fn since(compilation: &Compilation, knowledge_base: &Path, is_told: bool) -> Result<Option<Note>, Failure> {
    let Some(previous) = compilation.model.config.previous.as_deref().filter(|_| is_told) else { return Ok(None) };
    let old = load(previous, knowledge_base)?;
    Ok(Some(markdown::note(&diff(&old, compilation))))
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
