//! What happens when the guide is told to end from outside: the terminal is left as it was. Refuses to know the dialogue.

use std::io::stderr;
use std::thread;

use crossterm::cursor::Show;
use crossterm::event::DisableBracketedPaste;
use signal_hook::consts::{SIGHUP, SIGTERM};
use signal_hook::iterator::Signals;

/// From now on, a request to end puts the terminal right first. Where signals cannot be had, they do what they always do.
pub(super) fn put_terminal_right() {
    let Ok(mut signals) = Signals::new([SIGTERM, SIGHUP]) else { return };
    thread::spawn(move || {
        if let Some(signal) = signals.forever().next() {
            // A terminal that is gone needs nothing.
            let _ = crossterm::terminal::disable_raw_mode();
            let _ = crossterm::execute!(stderr(), Show, DisableBracketedPaste);
            // What a shell says of a program that a signal ended.
            std::process::exit(128 + signal);
        }
    });
}
