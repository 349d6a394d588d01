//! Compiles a knowledge base as a step of another program's build: put this into a `build.rs`, and the program embeds the table
//! with `include_bytes!(concat!(env!("OUT_DIR"), "/table.json"))`.
//!
//! ```text
//! cargo run --example build_step -- kb/careplan target/embedded
//! ```
//! A build script needs `faqc` and `walkdir` among its `[build-dependencies]`. A mistake in the knowledge base stops the build,
//! with the finding as `faqc check` shows it.

use std::error::Error;
use std::path::{Path, PathBuf};
use std::{env, fs};

use faqc::config::FILE_NAME;
use faqc::diag::{Diagnostics, Format, Scene, Severity, render};
use faqc::emit::Target;
use faqc::language::Language;
use faqc::session::{Compilation, Input, compile};
use walkdir::{DirEntry, WalkDir};

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = env::args_os().skip(1).map(PathBuf::from);
    let folder = arguments.next().unwrap_or_else(|| PathBuf::from("kb/careplan"));
    let out = arguments.next().or_else(|| env::var_os("OUT_DIR").map(PathBuf::from)).ok_or("where to?")?;
    println!("cargo::rerun-if-changed={}", folder.display());

    let compilation = compile(read_inputs(&folder)?);
    let mut findings = Diagnostics::default();
    let table = Target::find("table").ok_or("this build of faqc writes no table")?;
    let is_sound = !has_error(compilation.diagnostics.iter());
    let files = if is_sound { table.emit(&compilation, &mut findings) } else { Vec::new() };
    report(&compilation, &findings);
    if !is_sound || has_error(findings.iter()) {
        return Err("the knowledge base has errors".into());
    }
    fs::create_dir_all(&out)?;
    for file in files {
        fs::write(out.join(file.path), file.bytes)?;
    }
    Ok(())
}

/// `faq.toml` and all `.faq` files below the folder, as the command line reads them; the compiler itself reads none. Names are
/// relative to the folder, with `/`, and sorted, so that the outputs are the same everywhere.
pub fn read_inputs(folder: &Path) -> Result<Vec<Input>, Box<dyn Error>> {
    let config = folder.join(FILE_NAME);
    if !config.is_file() {
        return Err(format!("{} is no knowledge base: it has no {FILE_NAME}", folder.display()).into());
    }
    let mut inputs = vec![Input { name: FILE_NAME.to_owned(), bytes: fs::read(config)? }];
    let is_hidden = |entry: &DirEntry| entry.depth() > 0 && entry.file_name().to_string_lossy().starts_with('.');
    for found in WalkDir::new(folder).follow_links(true).into_iter().filter_entry(|entry| !is_hidden(entry)) {
        let path = match found {
            Ok(entry) if entry.file_type().is_file() && is_rules(entry.path()) => entry.into_path(),
            Ok(_) => continue,
            // A link back up adds no files.
            Err(error) if error.loop_ancestor().is_some() => continue,
            Err(error) => return Err(error.into()),
        };
        let bytes = fs::read(&path).map_err(|error| format!("cannot read {}: {error}", path.display()))?;
        inputs.push(Input { name: name_in(folder, &path), bytes });
    }
    inputs[1..].sort_by(|a, b| a.name.cmp(&b.name));
    Ok(inputs)
}

fn is_rules(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("faq"))
}

fn name_in(folder: &Path, path: &Path) -> String {
    let parts = path.strip_prefix(folder).unwrap_or(path).iter().map(|part| part.to_string_lossy());
    parts.collect::<Vec<_>>().join("/")
}

fn has_error<'a>(mut findings: impl Iterator<Item = &'a faqc::diag::Diagnostic>) -> bool {
    findings.any(|finding| finding.severity == Severity::Error)
}

fn report(compilation: &Compilation, more: &Diagnostics) {
    let findings: Vec<_> = compilation.diagnostics.iter().chain(more.iter()).cloned().collect();
    let scene = Scene { sources: &compilation.sources, language: Language::English, prefix: "" };
    eprint!("{}", render(Format::Human, &findings, scene));
}
