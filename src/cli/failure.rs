//! What keeps a command from running, said with a code and in the reader's language like any finding.

use std::io;
use std::path::Path;

use crate::diag::{Arg, Code, Diagnostic};

/// Ends the command with exit code 2.
#[derive(Debug)]
pub struct Failure(pub Box<Diagnostic>);

impl From<Diagnostic> for Failure {
    fn from(diagnostic: Diagnostic) -> Self {
        Self(Box::new(diagnostic))
    }
}

impl From<Box<Diagnostic>> for Failure {
    fn from(diagnostic: Box<Diagnostic>) -> Self {
        Self(diagnostic)
    }
}

impl Failure {
    pub fn cannot_read(path: &Path, error: &io::Error) -> Self {
        refused(Code::CannotRead, path, error).into()
    }

    pub fn cannot_write(path: &Path, error: &io::Error) -> Self {
        refused(Code::CannotWrite, path, error).into()
    }

    /// The same, with a word on what became of what stood there.
    pub fn and(self, help: &'static str) -> Self {
        (*self.0).help(help).into()
    }
}

/// That a file cannot be read, for a reason that no operation of the system gave.
pub fn refused_for(path: &Path, reason: &'static str) -> Failure {
    about(Code::CannotRead, path).arg("reason", Arg::Word(reason)).into()
}

/// That a file cannot be written, for a reason that no operation of the system gave.
pub fn refused_to_write(path: &Path, reason: &'static str) -> Failure {
    about(Code::CannotWrite, path).arg("reason", Arg::Word(reason)).into()
}

/// Why, and what the writer can do about it.
fn refused(code: Code, path: &Path, error: &io::Error) -> Diagnostic {
    let refused = about(code, path).arg("reason", reason(error));
    if let Some(file) = file_on_the_way(path, error) {
        return refused.text("part", shown(file)).help("part");
    }
    match advice(error.kind()) {
        Some(help) => refused.help(help),
        None => refused,
    }
}

/// The part of a path that would have to be a folder and is a file.
fn file_on_the_way<'a>(path: &'a Path, error: &io::Error) -> Option<&'a Path> {
    let is_file = |part: &&Path| part.symlink_metadata().is_ok_and(|meta| !meta.is_dir() && !meta.is_symlink());
    let part = path.ancestors().skip(1).find(is_file)?;
    matches!(error.kind(), io::ErrorKind::NotADirectory | io::ErrorKind::AlreadyExists).then_some(part)
}

/// The key of a template of either code; one that the code lacks is not shown.
fn advice(kind: io::ErrorKind) -> Option<&'static str> {
    use io::ErrorKind;
    match kind {
        ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => Some("permission"),
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => Some("room"),
        ErrorKind::IsADirectory | ErrorKind::NotADirectory | ErrorKind::AlreadyExists => Some("move"),
        ErrorKind::InvalidFilename => Some("shorter"),
        _ => None,
    }
}

/// A finding about a path as the user gave it.
pub fn about(code: Code, path: &Path) -> Diagnostic {
    Diagnostic::general(code).text("path", shown(path))
}

/// With `/` on every system, and without the `./` that leads nowhere.
pub fn shown(path: &Path) -> String {
    let path = path.strip_prefix(".").ok().filter(|rest| !rest.as_os_str().is_empty()).unwrap_or(path);
    let text = path.to_string_lossy();
    if std::path::MAIN_SEPARATOR == '/' { text.into_owned() } else { text.replace(std::path::MAIN_SEPARATOR, "/") }
}

pub fn reason(error: &io::Error) -> Arg {
    use io::ErrorKind;
    match error.kind() {
        ErrorKind::NotFound => Arg::Word("reason-missing"),
        ErrorKind::PermissionDenied => Arg::Word("reason-forbidden"),
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => Arg::Word("reason-full"),
        ErrorKind::ReadOnlyFilesystem => Arg::Word("reason-read-only"),
        ErrorKind::IsADirectory => Arg::Word("reason-folder"),
        ErrorKind::NotADirectory | ErrorKind::AlreadyExists => Arg::Word("reason-not-folder"),
        ErrorKind::InvalidFilename => Arg::Word("reason-name"),
        ErrorKind::AddrInUse => Arg::Word("reason-in-use"),
        _ => Arg::Text(error.to_string()),
    }
}
