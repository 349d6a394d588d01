//! `faqc new`: a small knowledge base to start from.

use std::fs::{self, DirEntry};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use clap::Args;

use super::Outcome;
use super::console::Console;
use super::failure::{Failure, about, shown};
use crate::diag::{Arg, Code};
use crate::language::Language;
use crate::plain::clean;

/// Start a knowledge base in a new or empty folder (知識ベースを新しく作る)
#[derive(Args, Debug)]
#[command(after_help = AFTER_HELP)]
pub struct New {
    /// The folder; made if need be
    #[arg(value_name = "DIR")]
    folder: PathBuf,
}

const AFTER_HELP: &str = "\
The files are small, have comments that explain them, and check without findings. They are in the language of the
messages; --lang chooses another.

Examples:
  faqc new my-faq                      then: faqc check my-faq
  faqc new my-faq --lang ja            日本語のひな形で始める";

const JAPANESE: [(&str, &str); 3] = [
    ("faq.toml", include_str!("new/ja/faq.toml")),
    ("common.faq", include_str!("new/ja/common.faq")),
    ("printing.faq", include_str!("new/ja/printing.faq")),
];

const ENGLISH: [(&str, &str); 3] = [
    ("faq.toml", include_str!("new/en/faq.toml")),
    ("common.faq", include_str!("new/en/common.faq")),
    ("printing.faq", include_str!("new/en/printing.faq")),
];

pub fn run(args: &New, console: Console) -> Result<Outcome, Failure> {
    let folder = &args.folder;
    check_empty(folder)?;
    fs::create_dir_all(folder).map_err(|error| Failure::cannot_write(folder, &error))?;
    let paths = templates(console.language).map(|(name, text)| (folder.join(name), text));
    for (path, text) in &paths {
        if let Err(error) = fs::write(path, text) {
            take_back(folder, &paths);
            return Err(Failure::cannot_write(path, &error));
        }
    }
    console.print(&paths.map(|(path, _)| clean(&shown(&path)) + "\n").concat())?;
    console.say("made", &[("folder", Arg::Text(shown(folder)))]);
    Ok(Outcome::Fine)
}

fn templates(language: Language) -> [(&'static str, &'static str); 3] {
    match language {
        Language::Japanese => JAPANESE,
        Language::English => ENGLISH,
    }
}

/// Such as `.git`.
fn is_hidden(entry: &DirEntry) -> bool {
    entry.file_name().to_string_lossy().starts_with('.')
}

/// Half a knowledge base is none, and would be in the way of the next try.
fn take_back(folder: &Path, paths: &[(PathBuf, &str)]) {
    for (path, _) in paths {
        let _ = fs::remove_file(path);
    }
    // Only an empty folder goes.
    let _ = fs::remove_dir(folder);
}

/// A knowledge base is made where nothing is in its way.
pub fn check_empty(folder: &Path) -> Result<(), Failure> {
    match fs::read_dir(folder) {
        Ok(mut entries) => match entries.find(|entry| !entry.as_ref().is_ok_and(is_hidden)) {
            None => Ok(()),
            Some(_) => Err(about(Code::FolderNotEmpty, folder).help("choose").into()),
        },
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
        Err(error) => Err(Failure::cannot_write(folder, &error)),
    }
}
