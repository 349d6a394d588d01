//! Compiles a knowledge base as a step of another program's build: put this into a `build.rs`, and the program embeds the table
//! with `include_bytes!(concat!(env!("OUT_DIR"), "/table.json"))`.
//!
//! ```text
//! cargo run --example build_step -- kb/careplan target/embedded
//! ```
//! A mistake in the knowledge base stops the build, with the finding as `faqc check` shows it.

use std::error::Error;
use std::path::{Path, PathBuf};
use std::{env, fs};

use faqc::diag::{Diagnostics, Format, Scene, Severity, render};
use faqc::emit::Target;
use faqc::language::Language;
use faqc::session::{Compilation, Input, compile};

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = env::args_os().skip(1).map(PathBuf::from);
    let folder = arguments.next().unwrap_or_else(|| PathBuf::from("kb/careplan"));
    let out = arguments.next().or_else(|| env::var_os("OUT_DIR").map(PathBuf::from)).ok_or("where to?")?;
    println!("cargo::rerun-if-changed={}", folder.display());

    let compilation = compile(read_inputs(&folder)?);
    let mut findings = Diagnostics::default();
    let table = Target::find("table").ok_or("this build of faqc writes no table")?;
    let is_sound = !has_error(compilation.diagnostics.iter());
    let files = if is_sound { (table.emit)(&compilation, &mut findings) } else { Vec::new() };
    report(&compilation, &findings);
    if !is_sound || has_error(findings.iter()) {
        return Err("the knowledge base has errors".into());
    }
    fs::create_dir_all(&out)?;
    for file in files {
        fs::write(out.join(file.path), file.text)?;
    }
    Ok(())
}

/// The files of a folder; the compiler itself reads none. Sorted, so that the outputs are the same everywhere.
fn read_inputs(folder: &Path) -> Result<Vec<Input>, Box<dyn Error>> {
    let mut paths: Vec<PathBuf> =
        fs::read_dir(folder)?.map(|entry| entry.map(|entry| entry.path())).collect::<Result<_, _>>()?;
    paths.retain(|path| path.extension().is_some_and(|ending| ending == "faq") || path.ends_with("faq.toml"));
    paths.sort();
    let input = |path: &PathBuf| {
        let name = path.file_name().ok_or("a file has a name")?.to_string_lossy().into_owned();
        Ok(Input { name, bytes: fs::read(path)? })
    };
    paths.iter().map(input).collect()
}

fn has_error<'a>(mut findings: impl Iterator<Item = &'a faqc::diag::Diagnostic>) -> bool {
    findings.any(|finding| finding.severity == Severity::Error)
}

fn report(compilation: &Compilation, more: &Diagnostics) {
    let findings: Vec<_> = compilation.diagnostics.iter().chain(more.iter()).cloned().collect();
    let scene = Scene { sources: &compilation.sources, language: Language::English, prefix: "" };
    eprint!("{}", render(Format::Human, &findings, scene));
}
