//! What happens when the guide is told to end from outside: the terminal is left as it was, and Ctrl-C is told of. Refuses to know
//! the dialogue.

use std::io::stderr;
use std::thread;

use crossterm::cursor::Show;
use crossterm::event::DisableBracketedPaste;
use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
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

/// From now on, the first Ctrl-C is told of, and ends the program only when nobody listens; the second one does.
pub(super) fn on_interrupt(tell: impl Fn() -> bool + Send + 'static) {
    let Ok(mut signals) = Signals::new([SIGINT]) else { return };
    thread::spawn(move || {
        let mut is_first = true;
        for signal in signals.forever() {
            if !std::mem::take(&mut is_first) || !tell() {
                std::process::exit(128 + signal);
            }
        }
    });
}
