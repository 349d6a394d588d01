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

impl Failure {
    pub fn cannot_read(path: &Path, error: &io::Error) -> Self {
        about(Code::CannotRead, path).arg("reason", reason(error)).into()
    }

    pub fn cannot_write(path: &Path, error: &io::Error) -> Self {
        about(Code::CannotWrite, path).arg("reason", reason(error)).into()
    }
}

/// A finding about a path as the user gave it.
pub fn about(code: Code, path: &Path) -> Diagnostic {
    Diagnostic::general(code).text("path", shown(path))
}

/// With `/` on every system.
pub fn shown(path: &Path) -> String {
    let text = path.to_string_lossy();
    if std::path::MAIN_SEPARATOR == '/' { text.into_owned() } else { text.replace(std::path::MAIN_SEPARATOR, "/") }
}

fn reason(error: &io::Error) -> Arg {
    use io::ErrorKind;
    match error.kind() {
        ErrorKind::NotFound => Arg::Word("reason-missing"),
        ErrorKind::PermissionDenied => Arg::Word("reason-forbidden"),
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => Arg::Word("reason-full"),
        ErrorKind::ReadOnlyFilesystem => Arg::Word("reason-read-only"),
        ErrorKind::IsADirectory => Arg::Word("reason-folder"),
        ErrorKind::NotADirectory | ErrorKind::AlreadyExists => Arg::Word("reason-not-folder"),
        _ => Arg::Text(error.to_string()),
    }
}
