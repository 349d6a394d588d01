//! Writes a knowledge base of the benchmarks to disk, to measure the tool on it:
//! `cargo bench --bench generate -- --entries 10000 --out DIR`

mod generator;

use std::path::PathBuf;
use std::process::ExitCode;

use generator::KnowledgeBase;

const USAGE: &str = "cargo bench --bench generate -- --entries N --out DIR";

fn main() -> ExitCode {
    let (mut entries, mut out) = (10_000, None);
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--entries" => match arguments.next().and_then(|count| count.parse().ok()) {
                Some(count) => entries = count,
                None => return usage(),
            },
            "--out" => out = arguments.next().map(PathBuf::from),
            // cargo adds it to what it runs.
            "--bench" => {}
            _ => return usage(),
        }
    }
    let Some(out) = out else {
        // Run with all the benches, there is nothing to write.
        println!("{USAGE}");
        return ExitCode::SUCCESS;
    };
    let knowledge_base = KnowledgeBase::of(entries);
    if let Err(error) = knowledge_base.write_to(&out) {
        eprintln!("{}: {error}", out.display());
        return ExitCode::FAILURE;
    }
    let (files, bytes) = (knowledge_base.files.len(), knowledge_base.bytes());
    println!("{entries} entries, {files} files, {bytes} bytes of .faq: {}", out.display());
    ExitCode::SUCCESS
}

fn usage() -> ExitCode {
    eprintln!("{USAGE}");
    ExitCode::FAILURE
}
