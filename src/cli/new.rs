//! `faqc new`: a small knowledge base to start from.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use clap::Args;

use super::Outcome;
use super::console::Console;
use super::failure::{Failure, about, shown};
use crate::diag::{Arg, Code};
use crate::language::Language;

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
    for (name, text) in templates(console.language) {
        let path = folder.join(name);
        fs::write(&path, text).map_err(|error| Failure::cannot_write(&path, &error))?;
        console.print(&format!("{}\n", shown(&path)))?;
    }
    console.say("made", &[("folder", Arg::Text(shown(folder)))]);
    Ok(Outcome::Fine)
}

fn templates(language: Language) -> [(&'static str, &'static str); 3] {
    match language {
        Language::Japanese => JAPANESE,
        Language::English => ENGLISH,
    }
}

fn check_empty(folder: &Path) -> Result<(), Failure> {
    match fs::read_dir(folder) {
        Ok(entries) => match entries.count() {
            0 => Ok(()),
            _ => Err(about(Code::FolderNotEmpty, folder).help("choose").into()),
        },
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
        Err(error) => Err(Failure::cannot_write(folder, &error)),
    }
}
