//! When files of a knowledge base change. Refuses to know what is done then.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use notify::event::ModifyKind;
use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};

use super::failure::Failure;
use super::files::{self, Loaded};
use super::replace::folder_of;
use crate::config::FILE_NAME;
use crate::prh::is_rules_of_words;
use crate::session::{intended_name, is_rules};

/// Editors write a file in several steps: files are read at once, and again when something comes within this time.
const QUIET: Duration = Duration::from_millis(40);
/// A file that cannot be read is being saved, unless nothing comes after it for so long.
const SAVED: Duration = Duration::from_millis(400);

/// The saves of a knowledge base.
pub struct Saves {
    knowledge_base: PathBuf,
    /// From the root.
    folder: PathBuf,
    watcher: RecommendedWatcher,
    changes: Receiver<Change>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Change {
    Inside,
    /// Another folder may stand in the place of the one that is watched.
    Folder,
}

impl Saves {
    /// Those from now on.
    ///
    /// # Errors
    /// When the folder cannot be watched.
    pub fn of(knowledge_base: &Path) -> Result<Self, Failure> {
        let folder = if knowledge_base.is_dir() { knowledge_base } else { folder_of(knowledge_base) };
        let folder = std::path::absolute(folder).unwrap_or_else(|_| folder.to_owned());
        let (sender, changes) = channel();
        let place = folder.clone();
        let tell = move |event: notify::Result<Event>| {
            if let Some(change) = event.map_or(Some(Change::Folder), |event| change(&event, &place)) {
                // What cannot be told any more is of no use to anybody.
                let _ = sender.send(change);
            }
        };
        let failed = |error: notify::Error| Failure::cannot_read(&folder, &std::io::Error::other(error.to_string()));
        let mut watcher = notify::recommended_watcher(tell).map_err(failed)?;
        watcher.watch(&folder, RecursiveMode::Recursive).map_err(failed)?;
        if let Some(parent) = folder.parent() {
            // Where it cannot be watched, a folder that is replaced is not noticed.
            let _ = watcher.watch(parent, RecursiveMode::NonRecursive);
        }
        Ok(Self { knowledge_base: knowledge_base.to_owned(), folder, watcher, changes })
    }

    /// Waits for a save, and reads all files, again when something changes meanwhile; `None` when nothing can be saved any more.
    pub fn next(&mut self) -> Option<Result<Loaded, Failure>> {
        let mut change = self.changes.recv().ok()?;
        loop {
            change = change.max(self.all_within(Duration::ZERO).unwrap_or(Change::Inside));
            if change == Change::Folder {
                self.watch_anew();
            }
            let begun = Instant::now();
            let read = files::load(&self.knowledge_base);
            let patience = if read.is_ok() { QUIET.saturating_sub(begun.elapsed()) } else { SAVED };
            match self.all_within(patience) {
                Some(next) => change = next,
                None => return Some(read),
            }
        }
    }

    /// The greatest of the changes that come within this time of each other.
    fn all_within(&self, time: Duration) -> Option<Change> {
        let mut all = None;
        while let Ok(also) = self.changes.recv_timeout(time) {
            all = all.max(Some(also));
        }
        all
    }

    fn watch_anew(&mut self) {
        // What is gone is not watched any more, and what is not there cannot be; when it comes, its parent tells.
        let _ = self.watcher.unwatch(&self.folder);
        let _ = self.watcher.watch(&self.folder, RecursiveMode::Recursive);
    }
}

/// What an event says of the folder; nothing when it is about its neighbours.
fn change(event: &Event, folder: &Path) -> Option<Change> {
    let is_self = event.paths.iter().any(|path| path == folder);
    match event.kind {
        EventKind::Access(_) => None,
        EventKind::Create(_) | EventKind::Remove(_) | EventKind::Modify(ModifyKind::Name(_)) if is_self => {
            Some(Change::Folder)
        }
        // Without a place it says that some events were lost.
        _ if event.paths.is_empty() => Some(Change::Folder),
        _ => event.paths.iter().any(|path| path.starts_with(folder) && counts(path)).then_some(Change::Inside),
    }
}

/// Whether a file is read, or is named as one that is meant to be; a folder that comes may hold some, and one that is gone have
/// held some. An editor's own files beside them do not count.
fn counts(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let is_read = is_rules(&name) || name == FILE_NAME || is_rules_of_words(&name) || intended_name(&name).is_some();
    !name.starts_with('.') && (is_read || path.extension().is_none_or(OsStr::is_empty) && !path.is_file())
}
