//! `faqc explain`: what a code means, from the pages built into the program.

use clap::Args;

use super::Outcome;
use super::console::Console;
use super::failure::Failure;
use crate::diag::{Code, Diagnostic, explain, list_codes, nearest_code};

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
    let code = Code::find(written).ok_or_else(|| unknown(written))?;
    console.print(&explain(code, console.language))?;
    Ok(Outcome::Fine)
}

fn unknown(written: &str) -> Failure {
    let unknown = Diagnostic::general(Code::UnknownCode).text("code", written);
    match nearest_code(written) {
        Some(name) => unknown.text("suggestion", name).help("did-you-mean").into(),
        None => unknown.help("list").into(),
    }
}
