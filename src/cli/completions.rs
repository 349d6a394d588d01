//! `faqc completions`: what a shell needs to complete our commands.

use clap::{Args, CommandFactory};
use clap_complete::Shell;

use super::console::Console;
use super::failure::Failure;
use super::{Cli, Outcome};

/// Write a completion script for a shell to standard output (シェルの補完)
#[derive(Args, Debug)]
#[command(after_help = AFTER_HELP)]
pub struct Completions {
    #[arg(value_enum)]
    shell: Shell,
}

const AFTER_HELP: &str = "\
Examples:
  faqc completions bash > ~/.local/share/bash-completion/completions/faqc
  faqc completions fish > ~/.config/fish/completions/faqc.fish
  faqc completions zsh > ~/.zfunc/_faqc";

pub fn run(args: &Completions, console: Console) -> Result<Outcome, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "faqc", &mut script);
    console.write(&String::from_utf8_lossy(&script))?;
    Ok(Outcome::Fine)
}
