//! When files of a knowledge base change. Refuses to know what is done then.

use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use notify::event::ModifyKind;
use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};

use super::preview::Maker;
use crate::cli::failure::Failure;
use crate::cli::files;

/// Editors write a file in several steps; what comes within this time of each other is one change.
const QUIET: Duration = Duration::from_millis(40);
/// A file that cannot be read is being saved, unless nothing comes after it for so long.
const SAVED: Duration = Duration::from_millis(400);

/// A knowledge base that is being watched.
pub struct Watch {
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

impl Watch {
    /// # Errors
    /// When the folder cannot be watched.
    pub fn begin(knowledge_base: &Path) -> Result<Self, Failure> {
        let folder = folder_of(knowledge_base);
        let folder = std::path::absolute(&folder).unwrap_or(folder);
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

    /// Makes the site anew after each change, in a thread of its own.
    pub fn follow(mut self, mut maker: Maker) {
        std::thread::spawn(move || {
            while let Ok(change) = self.changes.recv() {
                self.settle(change, &mut maker);
            }
        });
    }

    fn settle(&mut self, first: Change, maker: &mut Maker) {
        let mut next = self.all_within(QUIET, Some(first));
        while let Some(change) = next {
            if change == Change::Folder {
                self.watch_anew();
            }
            match files::load(&self.knowledge_base) {
                Ok(loaded) => return maker.make(loaded),
                Err(failure) => {
                    next = self.all_within(SAVED, None);
                    if next.is_none() {
                        maker.fail(&failure);
                    }
                }
            }
        }
    }

    /// The greatest of the changes that come within this time of each other.
    fn all_within(&self, time: Duration, first: Option<Change>) -> Option<Change> {
        let mut all = first;
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
        _ => event.paths.iter().any(|path| path.starts_with(folder)).then_some(Change::Inside),
    }
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
