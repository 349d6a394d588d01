//! `faqc fmt`: lays files out in the one way.

use std::fmt::Write as _;
use std::io::{self, Read as _};
use std::path::PathBuf;

use clap::Args;
use similar::TextDiff;

use super::console::Console;
use super::failure::{Failure, shown};
use super::files::Loaded;
use super::replace::rewrite;
use super::{Outcome, files};
use crate::config::FILE_NAME;
use crate::diag::{Arg, Diagnostics, Scene, render_human};
use crate::fmt::fmt_file;
use crate::session::{decode, is_rules};
use crate::source::{Encoding, FileId, Sources};

/// Lay out the .faq files in the one way (書式を整える)
#[derive(Args, Debug)]
#[command(after_help = AFTER_HELP)]
pub struct Fmt {
    /// A folder with a faq.toml, or a single .faq file
    #[arg(value_name = "PATH", default_value = ".")]
    path: PathBuf,

    /// Write nothing; show what would change, and exit with 1 if anything would (書き換えずに調べる)
    #[arg(long)]
    check: bool,

    /// Read a file from standard input and write it to standard output
    #[arg(long, conflicts_with = "path")]
    stdin: bool,
}

const AFTER_HELP: &str = "\
Spaces, blank lines and signs are put in order; full-width signs become half-width. Keywords, sentences and
remarks stay as they are, and so does what could not be read: faqc check names it. A file keeps its line ends
(those of its first line) and its byte order mark; one that is not UTF-8 is named and left alone.

Exit codes: 0 all is laid out; 1 with --check, a file is not; 1 a file is not UTF-8; 2 a file cannot be read or
written.

Examples:
  faqc fmt                             the knowledge base in this folder
  faqc fmt kb --check                  in CI: which files differ, and how
  faqc fmt --stdin < a.faq             for editors (エディターから)";

pub fn run(args: &Fmt, console: Console) -> Result<Outcome, Failure> {
    let loaded = if args.stdin { from_stdin()? } else { files::load(&args.path)? };
    let mut sources = Sources::default();
    let mut refused = Diagnostics::default();
    let inputs = loaded.inputs.iter();
    let ids: Vec<FileId> =
        inputs.map(|input| decode(input.name.clone(), input.bytes.clone(), &mut sources, &mut refused)).collect();
    let mut differ = 0;
    for id in ids {
        let source = &sources[id];
        if source.encoding == Encoding::Other || !is_rules(&source.name) || source.name == FILE_NAME {
            continue;
        }
        let text = fmt_file(id, &sources);
        match (args.stdin, text == source.text) {
            (true, _) if !args.check => console.write(&with_mark(source.encoding, &text))?,
            (_, true) => {}
            (_, false) => {
                differ += 1;
                settle(args, &loaded, id, &sources, &text, console)?;
            }
        }
    }
    if !refused.is_empty() {
        let scene = Scene { sources: &sources, language: console.language, prefix: &loaded.prefix };
        console.tell(&render_human(refused.as_slice(), scene, true));
    }
    let is_fine = refused.is_empty() && (differ == 0 || !args.check);
    Ok(if is_fine { Outcome::Fine } else { Outcome::Findings })
}

fn from_stdin() -> Result<Loaded, Failure> {
    let mut bytes = Vec::new();
    let path = PathBuf::from("stdin");
    io::stdin().lock().read_to_end(&mut bytes).map_err(|error| Failure::cannot_read(&path, &error))?;
    let input = crate::session::Input { name: "stdin.faq".to_owned(), bytes };
    Ok(Loaded { inputs: vec![input], paths: vec![path], prefix: String::new() })
}

/// Writes the file, or shows what would be written.
fn settle(
    args: &Fmt,
    loaded: &Loaded,
    id: FileId,
    sources: &Sources,
    text: &str,
    console: Console,
) -> Result<(), Failure> {
    let source = &sources[id];
    let index = id.0 as usize;
    let (Some(input), Some(path)) = (loaded.inputs.get(index), loaded.paths.get(index)) else { return Ok(()) };
    let file = [("file", Arg::Text(shown(path)))];
    if args.check {
        console.say("not-laid-out", &file);
        return console.write(&difference(&shown(path), &source.text, text));
    }
    rewrite(path, &input.bytes, with_mark(source.encoding, text).as_bytes())?;
    console.say("laid-out", &file);
    Ok(())
}

fn with_mark(encoding: Encoding, text: &str) -> String {
    let mark = if encoding == Encoding::MarkedUtf8 { "\u{feff}" } else { "" };
    format!("{mark}{text}")
}

/// As `diff -u` shows it.
fn difference(name: &str, written: &str, formatted: &str) -> String {
    let diff = TextDiff::from_lines(written, formatted);
    let mut shown = String::new();
    let _ = write!(shown, "{}", diff.unified_diff().context_radius(1).header(name, name));
    shown
}
