//! `faqc explain`: what a code means, from the pages built into the program.

use clap::Args;

use super::Outcome;
use super::console::Console;
use super::failure::Failure;
use crate::diag::{Code, Diagnostic, explain, list_codes, nearest_code};
use crate::model::fold_name;

/// Explain a message by its code or name (メッセージの説明)
#[derive(Args, Debug)]
#[command(after_help = AFTER_HELP)]
pub struct Explain {
    /// The code in brackets, such as F0201, or its name; all codes unless given
    #[arg(value_name = "CODE|NAME")]
    code: Option<String>,
}

const AFTER_HELP: &str = "\
Examples:
  faqc explain                         all codes and their names
  faqc explain F0201                   by code
  faqc explain unknown-name --lang ja  by name, in Japanese (日本語で)";

pub fn run(args: &Explain, console: Console) -> Result<Outcome, Failure> {
    let Some(written) = &args.code else {
        console.print(&list_codes())?;
        return Ok(Outcome::Fine);
    };
    let code = Code::find(&bare(written)).ok_or_else(|| unknown(written))?;
    console.print(&explain(code, console.language))?;
    Ok(Outcome::Fine)
}

/// The code alone, of one copied with what stands around it (`error[F0201]:`), typed in full width, or shortened (`201`).
fn bare(written: &str) -> String {
    let folded = fold_name(written.trim());
    let inside = folded.rsplit_once('[').map_or(&*folded, |(_, inside)| inside);
    let code = inside.trim_end_matches([':', ']']).to_lowercase();
    match code.strip_prefix('f').unwrap_or(&code).parse::<u16>() {
        Ok(number) => format!("F{number:04}"),
        Err(_) => code,
    }
}

fn unknown(written: &str) -> Failure {
    let unknown = Diagnostic::general(Code::UnknownCode).text("code", written);
    match nearest_code(&bare(written)) {
        Some(name) => unknown.text("suggestion", name).help("did-you-mean").into(),
        None => unknown.help("list").into(),
    }
}
