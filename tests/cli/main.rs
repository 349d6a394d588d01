//! Whole sessions at the command line: what is printed where, what is written, and the exit code.

mod arguments;
mod ask;
mod bad_input;
mod build;
mod careplan;
mod check;
mod diagnose;
mod diff;
#[path = "../support/environment.rs"]
mod environment;
mod every_finding;
mod fix;
mod fmt;
mod import;
mod links;
mod other;
mod serve;
mod test;
mod watch;
mod why;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

/// What a run of the program came to.
#[derive(Debug)]
pub struct Ran {
    pub code: i32,
    pub out: String,
    pub err: String,
}

/// The program, in English, without colours forced or a locale of its own.
pub fn faqc(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_faqc"));
    command.current_dir(folder).stdin(Stdio::null());
    for name in environment::FORGOTTEN {
        command.env_remove(name);
    }
    command
}

pub fn run(folder: &Path, arguments: &[&str]) -> Ran {
    ran(faqc(folder).args(arguments).output().expect("the program starts"))
}

pub fn ran(output: Output) -> Ran {
    Ran {
        code: output.status.code().expect("the program ends by itself"),
        out: String::from_utf8(output.stdout).expect("output is UTF-8"),
        err: String::from_utf8(output.stderr).expect("messages are UTF-8"),
    }
}

/// A folder that goes away again, with the files in it.
pub fn folder(files: &[(&str, &[u8])]) -> TempDir {
    let folder = TempDir::new().expect("a temporary folder");
    for (name, bytes) in files {
        write(&folder.path().join(name), bytes);
    }
    folder
}

pub fn write(path: &Path, bytes: &[u8]) {
    fs::create_dir_all(path.parent().expect("paths here have a folder")).expect("folders can be made");
    fs::write(path, bytes).expect("files can be written");
}

/// A knowledge base that checks without findings.
pub fn sound() -> (TempDir, PathBuf) {
    let folder = TempDir::new().expect("a temporary folder");
    let made = run(folder.path(), &["new", "kb"]);
    assert_eq!(made.code, 0, "{made:?}");
    let path = folder.path().join("kb");
    (folder, path)
}
