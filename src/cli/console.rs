//! The terminal, or what stands in its place: writes text out, with colours only where they show.

use std::env;
use std::io::{self, ErrorKind, IsTerminal, Write};
use std::path::Path;

use anstream::adapter::strip_str;
use anstream::stream::{AsLockedWrite, RawStream};
use anstream::{AutoStream, ColorChoice};

use super::failure::Failure;
use crate::diag::{Arg, catalogue, render_failure};
use crate::language::Language;
use crate::plain::clean;

/// Where messages go and in which language.
#[derive(Clone, Copy, Debug)]
pub struct Console {
    pub language: Language,
}

impl Console {
    pub fn new(language: Language) -> Self {
        Self { language }
    }

    /// Writes a document for programs to standard output, byte for byte. On a terminal nothing in it steers the terminal.
    pub fn write(self, document: &str) -> Result<(), Failure> {
        let outcome = match io::stdout().is_terminal() {
            true => write_all(io::stdout().lock(), &clean(document)),
            false => write_all(io::stdout().lock(), document),
        };
        outcome.map_err(|error| Failure::cannot_write(Path::new("stdout"), &error))
    }

    /// Writes text for people to standard output, with colours where they show; a reader that has gone away is no failure.
    pub fn print(self, text: &str) -> Result<(), Failure> {
        let outcome = put(io::stdout().lock(), text);
        outcome.map_err(|error| Failure::cannot_write(Path::new("stdout"), &error))
    }

    /// How many columns a line may have: those of the terminal, or 80, less one, for in the last one some terminals break too
    /// early. Lines that are longer than this are hard to read.
    pub fn columns(self) -> usize {
        const MOST: usize = 100;
        usize::from(size().0).min(MOST).saturating_sub(1)
    }

    /// How many rows the terminal has.
    pub fn rows(self) -> usize {
        usize::from(size().1)
    }

    /// Writes to standard error. When that fails nobody can be told.
    pub fn tell(self, text: &str) {
        let _ = put(io::stderr().lock(), text);
    }

    /// A sentence of the catalogue, on a line of standard error.
    pub fn say(self, key: &'static str, args: &[(&'static str, Arg)]) {
        self.tell(&(catalogue().sentence(key, args, self.language) + "\n"));
    }

    pub fn show_failure(self, failure: &Failure) {
        self.tell(&render_failure(&failure.0, self.language, true));
    }
}

fn size() -> (u16, u16) {
    const USUAL: (u16, u16) = (80, 24);
    if !io::stdout().is_terminal() {
        return USUAL;
    }
    let known = crossterm::terminal::size().ok().filter(|(columns, rows)| *columns > 0 && *rows > 0);
    known.unwrap_or(USUAL)
}

/// Writes text at once, with the colours that show there. A terminal that says it is dumb is believed, in a CI job too, where the
/// crate would colour it; CLICOLOR_FORCE is stronger.
fn put<S: RawStream + AsLockedWrite + Write>(stream: S, text: &str) -> io::Result<()> {
    let is = |name, value: &str| env::var_os(name).is_some_and(|found| found == value);
    let is_forced = env::var_os("CLICOLOR_FORCE").is_some() && !is("CLICOLOR_FORCE", "0");
    let is_plain = is("TERM", "dumb") && !is_forced;
    match AutoStream::choice(&stream) {
        // The crate's stream would write each piece between two colours by itself.
        choice if is_plain || choice == ColorChoice::Never => write_all(stream, &strip_str(text).to_string()),
        choice => write_all(AutoStream::new(stream, choice), text),
    }
}

fn write_all(mut out: impl Write, text: &str) -> io::Result<()> {
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        other => other,
    }
}
