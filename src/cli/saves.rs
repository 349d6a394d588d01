//! When files of a knowledge base change. Refuses to know what is done then.

use std::collections::BTreeSet;
use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use notify::event::{AccessKind, AccessMode, ModifyKind};
use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};

use super::failure::Failure;
use super::files::Loaded;
use super::replace::folder_of;
use super::reread::{Stamps, reread};
use crate::config::FILE_NAME;
use crate::prh::is_rules_of_words;
use crate::session::{Reread, Session, intended_name, is_rules};

/// Editors write a file in several steps: files are read when nothing has come for so long.
const STEP: Duration = Duration::from_millis(3);
/// What comes so soon after files were read belongs to the same save.
const SAVE: Duration = Duration::from_millis(40);
/// A file that cannot be read is being saved, unless nothing comes after it for so long.
const GONE: Duration = Duration::from_millis(400);
/// What goes on longer is not waited for.
const LONGEST: Duration = Duration::from_secs(2);

/// The saves of a knowledge base.
pub struct Saves {
    knowledge_base: PathBuf,
    /// From the root.
    folder: PathBuf,
    /// It is the folder in which the program was started.
    is_here: bool,
    watcher: RecommendedWatcher,
    changes: Receiver<Told>,
    /// Of the files as they were given last.
    stamps: Stamps,
    /// The names of those that were told of since then.
    names: BTreeSet<OsString>,
    /// When the files that were given last were read.
    given_at: Instant,
    /// What was read and not yet given.
    waiting: Option<Read>,
    /// Whether what was given last was not to be shown.
    has_skipped: bool,
}

/// What the system tells.
struct Told {
    change: Change,
    /// Of the files that it is about.
    names: Vec<OsString>,
}

struct Read {
    at: Instant,
    files: Result<(Loaded<Reread>, Stamps), Failure>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Change {
    /// A file is being written.
    Writing,
    Inside,
    /// Another folder may stand in the place of the one that is watched.
    Folder,
}

impl Saves {
    /// All files, and the saves from then on. What cannot be read is a mistake in the command.
    ///
    /// # Errors
    /// When a file cannot be read or the folder cannot be watched.
    pub fn begin(knowledge_base: &Path) -> Result<(Loaded<Reread>, Self), Failure> {
        // What is saved while files are being read is seen.
        let saves = Self::from_now_on(knowledge_base);
        let (loaded, stamps) = reread(knowledge_base, &Stamps::default(), &BTreeSet::new())?;
        Ok((loaded, Self { stamps, ..saves? }))
    }

    fn from_now_on(knowledge_base: &Path) -> Result<Self, Failure> {
        let folder = if knowledge_base.is_dir() { knowledge_base } else { folder_of(knowledge_base) };
        let folder = std::path::absolute(folder).unwrap_or_else(|_| folder.to_owned());
        let (sender, changes) = channel();
        let place = folder.clone();
        let tell = move |event: notify::Result<Event>| {
            let told = match event {
                Ok(event) => change(&event, &place).map(|change| Told { change, names: names_of(&event) }),
                Err(_) => Some(Told { change: Change::Folder, names: Vec::new() }),
            };
            // What cannot be told any more is of no use to anybody.
            let _ = told.map(|told| sender.send(told));
        };
        let failed = |error: notify::Error| Failure::cannot_read(&folder, &std::io::Error::other(error.to_string()));
        let mut watcher = notify::recommended_watcher(tell).map_err(failed)?;
        watcher.watch(&folder, RecursiveMode::Recursive).map_err(failed)?;
        if let Some(parent) = folder.parent() {
            // Where it cannot be watched, a folder that is replaced is not noticed.
            let _ = watcher.watch(parent, RecursiveMode::NonRecursive);
        }
        Ok(Self {
            knowledge_base: knowledge_base.to_owned(),
            is_here: std::env::current_dir().is_ok_and(|here| here == folder),
            folder,
            watcher,
            changes,
            stamps: Stamps::default(),
            names: BTreeSet::new(),
            given_at: Instant::now(),
            waiting: None,
            has_skipped: false,
        })
    }

    /// Waits for a save, and reads what may have changed since the files that were given last; `None` when nothing can be saved any
    /// more. The save may still go on, which [`Self::is_to_be_shown`] tells: by then much can be made of what it has left so far.
    pub fn next(&mut self) -> Option<Result<Loaded<Reread>, Failure>> {
        let read = match self.waiting.take() {
            Some(read) => read,
            None => {
                let told = self.changes.recv().ok()?;
                let change = self.take(told);
                self.read(change)
            }
        };
        self.given_at = read.at;
        Some(read.files.map(|files| self.given(files)))
    }

    /// Waits for the end of the save, and says whether what this session has made of it is to be shown: of saves that follow each other
    /// closely every other one is at least.
    pub fn is_to_be_shown(&mut self, session: &Session) -> bool {
        let is_shown = self.is_over(session) || self.has_skipped;
        self.has_skipped = !is_shown;
        is_shown
    }

    /// Waits until nothing more can belong to the save whose files this session has compiled. Otherwise they have changed since, and
    /// are given next.
    fn is_over(&mut self, session: &Session) -> bool {
        while let Some(change) = self.all_within(SAVE.saturating_sub(self.given_at.elapsed())) {
            if self.given_at.elapsed() > LONGEST {
                // It may go on for ever; what it changes is given next.
                self.waiting = Some(self.read(change));
                return true;
            }
            match self.read(change) {
                Read { files: Ok(files), .. } if session.has_compiled(&files.0.inputs) => drop(self.given(files)),
                read => {
                    self.waiting = Some(read);
                    return false;
                }
            }
        }
        true
    }

    fn read(&mut self, mut change: Change) -> Read {
        loop {
            change = self.settled(change);
            if change == Change::Folder {
                self.watch_anew();
            }
            let at = Instant::now();
            let files = reread(&self.knowledge_base, &self.stamps, &self.names);
            let patience = match &files {
                Err(_) => GONE,
                Ok((loaded, _)) if loaded.inputs.iter().any(is_emptied) => SAVE,
                Ok(_) => return Read { at, files },
            };
            match self.all_within(patience) {
                Some(next) => change = next,
                None => return Read { at, files },
            }
        }
    }

    fn given(&mut self, (loaded, stamps): (Loaded<Reread>, Stamps)) -> Loaded<Reread> {
        self.stamps = stamps;
        self.names.clear();
        loaded
    }

    fn take(&mut self, Told { change, names }: Told) -> Change {
        self.names.extend(names);
        change
    }

    /// The next change, if it comes within this time and before the time is up.
    fn receive(&mut self, time: Duration, end: Instant) -> Option<Change> {
        let time = time.min(end.saturating_duration_since(Instant::now()));
        let told = self.changes.recv_timeout(time).ok()?;
        Some(self.take(told))
    }

    /// The greatest of the changes that follow each other closely. Where the system tells when a file has been written, that is waited
    /// for.
    fn settled(&mut self, first: Change) -> Change {
        let (mut all, mut last, end) = (first, first, Instant::now() + LONGEST);
        let patience = |last| if last == Change::Writing && cfg!(target_os = "linux") { SAVE } else { STEP };
        while let Some(next) = self.receive(patience(last), end) {
            (all, last) = (all.max(next), next);
        }
        all
    }

    /// The greatest of the changes that come within this time of each other.
    fn all_within(&mut self, time: Duration) -> Option<Change> {
        let (mut all, end) = (None, Instant::now() + LONGEST);
        while let Some(also) = self.receive(time, end) {
            all = all.max(Some(also));
        }
        all
    }

    fn watch_anew(&mut self) {
        if self.is_here {
            // What has its name now is another folder than the one the program stands in; files are read from there.
            let _ = std::env::set_current_dir(&self.folder);
        }
        // What is gone is not watched any more, and what is not there cannot be; when it comes, its parent tells.
        let _ = self.watcher.unwatch(&self.folder);
        let _ = self.watcher.watch(&self.folder, RecursiveMode::Recursive);
    }
}

fn names_of(event: &Event) -> Vec<OsString> {
    event.paths.iter().filter_map(|path| path.file_name()).map(OsStr::to_owned).collect()
}

/// Whether a file is one that has been opened to be written, perhaps.
fn is_emptied(file: &Reread) -> bool {
    matches!(file, Reread::Read(input) if input.bytes.is_empty() && intended_name(&input.name).is_none())
}

/// What an event says of the folder; nothing when it is about its neighbours.
fn change(event: &Event, folder: &Path) -> Option<Change> {
    let inside = |change| event.paths.iter().any(|path| path.starts_with(folder) && counts(path)).then_some(change);
    let is_self = event.paths.iter().any(|path| path == folder);
    match event.kind {
        EventKind::Access(AccessKind::Close(AccessMode::Write)) => inside(Change::Inside),
        EventKind::Access(_) => None,
        EventKind::Create(_) | EventKind::Remove(_) | EventKind::Modify(ModifyKind::Name(_)) if is_self => {
            Some(Change::Folder)
        }
        // Without a place it says that some events were lost.
        _ if event.paths.is_empty() => Some(Change::Folder),
        EventKind::Modify(ModifyKind::Data(_)) => inside(Change::Writing),
        _ => inside(Change::Inside),
    }
}

/// Whether a file is read, or is named as one that is meant to be; a folder that comes may hold some, and one that is gone have
/// held some. An editor's own files beside them do not count.
fn counts(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let is_read = is_rules(&name) || name == FILE_NAME || is_rules_of_words(&name) || intended_name(&name).is_some();
    !name.starts_with('.') && (is_read || path.extension().is_none_or(OsStr::is_empty) && !path.is_file())
}
