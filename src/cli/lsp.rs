//! `faqc lsp`: the language server, over standard input and output.

use std::path::Path;

use clap::Args;
use lsp_server::Connection;

use super::Outcome;
use super::console::Console;
use super::failure::Failure;
use crate::lsp::serve;

/// Run the language server for editors (エディター用の言語サーバー)
#[derive(Args, Debug)]
#[command(after_help = AFTER_HELP)]
pub struct Lsp {
    /// Talk over standard input and output, which is the only way there is; editors may say so
    #[arg(long)]
    stdio: bool,
}

const AFTER_HELP: &str = "\
Editors start this by themselves: see editors/README.md for Visual Studio Code, Neovim, Emacs and Helix.";

pub fn run(args: &Lsp, console: Console) -> Result<Outcome, Failure> {
    let Lsp { stdio: _ } = args;
    let (connection, threads) = Connection::stdio();
    let served = serve(&connection, console.language);
    drop(connection);
    let failed = |error: &dyn std::fmt::Display| {
        Failure::cannot_read(Path::new("stdin"), &std::io::Error::other(error.to_string()))
    };
    let is_in_order = served.map_err(|error| failed(&error))?;
    threads.join().map_err(|error| failed(&error))?;
    Ok(if is_in_order { Outcome::Fine } else { Outcome::Findings })
}
