//! Lines of standard input, and Ctrl-C while one is waited for. Refuses to know what they mean.

use std::io::{BufRead, Read, stdin};
use std::path::Path;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;

use crate::cli::failure::Failure;

/// What comes next.
pub(super) enum Heard {
    Line(String),
    End,
    /// Ctrl-C.
    Interrupt,
}

pub(super) struct Input(Receiver<Result<Heard, Failure>>);

impl Input {
    /// From now on, lines are read, and Ctrl-C is told of instead of ending the program; a second one ends it.
    pub(super) fn begin() -> Self {
        let (sender, heard) = sync_channel(0);
        #[cfg(unix)]
        {
            let sender = sender.clone();
            super::signals::on_interrupt(move || sender.send(Ok(Heard::Interrupt)).is_ok());
        }
        thread::spawn(move || read_lines(&sender));
        Self(heard)
    }

    pub(super) fn next(&self) -> Result<Heard, Failure> {
        self.0.recv().unwrap_or(Ok(Heard::End))
    }
}

fn read_lines(sender: &SyncSender<Result<Heard, Failure>>) {
    loop {
        let read = read_line().map_err(|error| Failure::cannot_read(Path::new("stdin"), &error));
        let goes_on = matches!(read, Ok(Some(_)));
        let heard = read.map(|line| line.map_or(Heard::End, Heard::Line));
        // Nobody listens any more once the dialogue has ended.
        if sender.send(heard).is_err() || !goes_on {
            return;
        }
    }
}

/// In bytes.
const LONGEST_LINE: u64 = 1 << 20;

/// What is not UTF-8 is read as Shift_JIS, in which a console of Windows sends it.
fn read_line() -> std::io::Result<Option<String>> {
    let mut bytes = Vec::new();
    let mut input = stdin().lock();
    let read = input.by_ref().take(LONGEST_LINE).read_until(b'\n', &mut bytes)?;
    if bytes.len() as u64 == LONGEST_LINE && !bytes.ends_with(b"\n") {
        // Nobody answers with more; the rest of the line is no answer of its own.
        input.skip_until(b'\n')?;
    }
    if read == 0 {
        return Ok(None);
    }
    let line = match String::from_utf8(bytes) {
        Ok(line) => line,
        Err(error) => encoding_rs::SHIFT_JIS.decode(error.as_bytes()).0.into_owned(),
    };
    Ok(Some(line.trim_start_matches('\u{FEFF}').trim_end_matches(['\n', '\r']).to_owned()))
}
