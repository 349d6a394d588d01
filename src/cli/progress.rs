//! A sign of life on the terminal while something takes longer than a second.

use std::io::{IsTerminal, stderr};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::Duration;

use indicatif::ProgressBar;

use super::console::Console;
use crate::diag::catalogue;

const PATIENCE: Duration = Duration::from_secs(1);

/// Does the work; from one second on, the terminal shows a spinner with the sentence of that key.
pub fn during<T>(key: &'static str, console: Console, work: impl FnOnce() -> T) -> T {
    if !stderr().is_terminal() {
        return work();
    }
    let (done, waiting) = mpsc::channel::<()>();
    let message = catalogue().word(key, console.language).to_owned();
    let spinner = thread::spawn(move || {
        if waiting.recv_timeout(PATIENCE) == Err(RecvTimeoutError::Timeout) {
            spin(message, &waiting);
        }
    });
    let result = work();
    drop(done);
    let _ = spinner.join();
    result
}

fn spin(message: String, waiting: &mpsc::Receiver<()>) {
    let bar = ProgressBar::new_spinner().with_message(message);
    bar.enable_steady_tick(Duration::from_millis(100));
    let _ = waiting.recv();
    bar.finish_and_clear();
}
