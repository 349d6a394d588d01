//! When files of a knowledge base change. Refuses to know what is done then.

use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};

use super::preview::Maker;
use crate::cli::failure::Failure;
use crate::cli::files;

/// Editors write a file in several steps; what comes within this time of each other is one change.
const QUIET: Duration = Duration::from_millis(40);

/// Makes the site anew after each change, in a thread of its own, for as long as the watcher lives.
///
/// # Errors
/// When the folder cannot be watched.
pub fn follow(knowledge_base: &Path, maker: Maker) -> Result<RecommendedWatcher, Failure> {
    let (sender, changes) = channel();
    let tell = move |event: notify::Result<Event>| {
        // What cannot be told any more is of no use to anybody.
        let _ = sender.send(event.map_or(true, |event| !matches!(event.kind, EventKind::Access(_))));
    };
    let folder = folder_of(knowledge_base);
    let failed = |error: notify::Error| Failure::cannot_read(&folder, &std::io::Error::other(error.to_string()));
    let mut watcher = notify::recommended_watcher(tell).map_err(failed)?;
    watcher.watch(&folder, RecursiveMode::Recursive).map_err(failed)?;
    let knowledge_base = knowledge_base.to_owned();
    std::thread::spawn(move || make_on(&changes, &knowledge_base, maker));
    Ok(watcher)
}

fn folder_of(knowledge_base: &Path) -> PathBuf {
    if knowledge_base.is_dir() {
        return knowledge_base.to_owned();
    }
    match knowledge_base.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder.to_owned(),
        _ => PathBuf::from("."),
    }
}

fn make_on(changes: &Receiver<bool>, knowledge_base: &Path, mut maker: Maker) {
    while let Ok(changed) = changes.recv() {
        let mut changed = changed;
        while let Ok(also) = changes.recv_timeout(QUIET) {
            changed |= also;
        }
        // A file that cannot be read just now is being saved, and its next event follows.
        if let Some(loaded) = changed.then(|| files::load(knowledge_base).ok()).flatten() {
            maker.make(loaded);
        }
    }
}
