//! `faqc import`: a knowledge base from a spreadsheet.

use std::fs;
use std::path::{Path, PathBuf};

use clap::Args;

use super::Outcome;
use super::console::Console;
use super::failure::{Failure, about, shown};
use super::files::read_at_most;
use super::new::check_empty;
use super::progress;
use super::replace::folder_of;
use crate::diag::{Arg, Code};
use crate::import::{Format, Imported, Remark, import};

/// Make a knowledge base of a spreadsheet (表計算ソフトのFAQから知識ベースを作る)
#[derive(Args, Debug)]
#[command(after_help = AFTER_HELP)]
pub struct Import {
    /// A .xlsx, .csv or .md file
    #[arg(value_name = "FILE")]
    file: PathBuf,

    /// Folder for the knowledge base, new or empty; named after FILE unless given (出力先)
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
}

const AFTER_HELP: &str = "\
The sheet has a row of heads with a column for the symptom (事象) and one for the remedy (対応策); a
number (No.) and up to three categories (大分類 中分類 小分類) may stand beside them. What the report
names is worth a look; the same words stand as # remarks in the files.

A sheet that `faqc build --emit xlsx,csv` wrote gives its knowledge base back, with what was changed,
added and removed in its rows.

Examples:
  faqc import faq.xlsx --out my-faq    then: faqc check my-faq
  faqc import faq.csv                  CSV saved by Excel will do, Shift_JIS too (Excelで保存したCSV)";

/// Longest file that is read.
const LONGEST: u64 = 256 << 20;

pub fn run(args: &Import, console: Console) -> Result<Outcome, Failure> {
    let name = args.file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let bytes = progress::during("reading", console, || read(&args.file))?;
    let unknown = || Failure::from(about(Code::UnreadableSheet, &args.file).help("formats"));
    let format = Format::of(&name).ok_or_else(unknown)?;
    let stem = args.file.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    let folder = args.out.clone().unwrap_or_else(|| PathBuf::from(&stem));
    check_empty(&folder)?;
    let made = progress::during("making", console, || import(format, &bytes, &stem));
    let made = made.map_err(|finding| Failure::from(finding.text("path", shown(&args.file))))?;
    write(&folder, &made)?;
    console.print(&report(&made.remarks, console))?;
    let count = |number: usize| Arg::Text(number.to_string());
    let args = [
        ("entries", count(made.entries)),
        ("remarks", count(made.remarks.len())),
        ("folder", Arg::Text(shown(&folder))),
    ];
    console.say("imported", &args);
    Ok(Outcome::Fine)
}

fn read(path: &Path) -> Result<Vec<u8>, Failure> {
    read_at_most(path, LONGEST)?.ok_or_else(|| about(Code::SheetTooLarge, path).help("split").into())
}

/// A line each: where, and what to look at.
fn report(remarks: &[Remark], console: Console) -> String {
    let line = |remark: &Remark| {
        let sentence = remark.sentence(console.language);
        match remark.place.as_str() {
            "" => format!("{sentence}\n"),
            place => format!("{place}: {sentence}\n"),
        }
    };
    remarks.iter().map(line).collect()
}

/// To the side, then into place: all of it or nothing.
fn write(folder: &Path, made: &Imported) -> Result<(), Failure> {
    let failed = |error: std::io::Error| Failure::cannot_write(folder, &error);
    let parent = folder_of(folder);
    fs::create_dir_all(parent).map_err(failed)?;
    let stage = tempfile::Builder::new().prefix(".faqc-").tempdir_in(parent).map_err(failed)?;
    for file in &made.files {
        let path = stage.path().join(&file.path);
        fs::create_dir_all(path.parent().unwrap_or(stage.path())).map_err(failed)?;
        fs::write(&path, &file.bytes).map_err(failed)?;
    }
    match folder.is_dir() {
        // It is empty but for hidden files, which stay.
        true => move_into(stage.path(), folder).map_err(failed),
        false => {
            fs::create_dir(folder).map_err(failed)?;
            move_into(stage.path(), folder).map_err(|error| {
                let _ = fs::remove_dir_all(folder);
                Failure::cannot_write(folder, &error)
            })
        }
    }
}

/// All that is there, or nothing.
fn move_into(stage: &Path, folder: &Path) -> std::io::Result<()> {
    let mut moved: Vec<PathBuf> = Vec::new();
    for entry in fs::read_dir(stage)? {
        let from = entry?.path();
        let to = folder.join(from.file_name().unwrap_or_default());
        if let Err(error) = fs::rename(&from, &to) {
            // What cannot be put back stays beside what was there.
            for path in moved {
                let _ = fs::rename(&path, stage.join(path.file_name().unwrap_or_default()));
            }
            return Err(error);
        }
        moved.push(to);
    }
    Ok(())
}
