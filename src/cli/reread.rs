//! Reads a knowledge base again: those files that may have changed since the last time. Refuses to know when that is done.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsString;
use std::fs::{self, Metadata};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use super::failure::Failure;
use super::files::{Loaded, load_each, read_input};
use crate::session::Reread;

/// Coarsest clock of a file system (FAT): what was written so recently may be written again without a trace.
const TICK: Duration = Duration::from_secs(2);

/// What the system said of the files before they were read. Those that had just been written have none (git,
/// Documentation/technical/racy-git.txt).
#[derive(Clone, Debug, Default)]
pub struct Stamps(BTreeMap<PathBuf, Stamp>);

/// What the system says of a file; something else once it is written, or another stands in its place.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Stamp {
    length: u64,
    modified: SystemTime,
    place: Place,
}

/// Which file it is, and when anything of it changed last; not known everywhere.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Place {
    device: u64,
    inode: u64,
    /// Since 1970.
    changed: Duration,
}

/// All files, those read that may not be as they were when these stamps were given, or have one of the names; and the stamps of now.
pub fn reread(
    knowledge_base: &Path,
    known: &Stamps,
    names: &BTreeSet<OsString>,
) -> Result<(Loaded<Reread>, Stamps), Failure> {
    reread_at(SystemTime::now(), knowledge_base, known, names)
}

fn reread_at(
    now: SystemTime,
    knowledge_base: &Path,
    known: &Stamps,
    names: &BTreeSet<OsString>,
) -> Result<(Loaded<Reread>, Stamps), Failure> {
    let mut stamps = Stamps::default();
    let loaded = load_each(knowledge_base, |name, path| {
        let stamp = Stamp::of(path).filter(|stamp| stamp.is_older_than(TICK, now));
        // What the system tells of a file on another computer may be late.
        let is_named = path.file_name().is_some_and(|name| names.contains(name));
        let is_unchanged = !is_named && stamp.is_some() && known.0.get(path) == stamp.as_ref();
        stamps.0.extend(stamp.map(|stamp| (path.to_owned(), stamp)));
        if is_unchanged { Ok(Reread::Unchanged(name)) } else { read_input(name, path).map(Reread::Read) }
    })?;
    Ok((loaded, stamps))
}

impl Stamp {
    /// Nothing where the system tells too little; reading the file tells what is wrong with it.
    fn of(path: &Path) -> Option<Self> {
        let meta = fs::metadata(path).ok()?;
        Some(Self { length: meta.len(), modified: meta.modified().ok()?, place: Place::of(&meta) })
    }

    /// A time to come is not older.
    fn is_older_than(&self, age: Duration, now: SystemTime) -> bool {
        let latest = self.modified.max(SystemTime::UNIX_EPOCH + self.place.changed);
        now.duration_since(latest).is_ok_and(|since| since > age)
    }
}

impl Place {
    #[cfg(unix)]
    fn of(meta: &Metadata) -> Self {
        use std::os::unix::fs::MetadataExt;
        let seconds = u64::try_from(meta.ctime()).unwrap_or_default();
        let changed = Duration::new(seconds, u32::try_from(meta.ctime_nsec()).unwrap_or_default());
        Self { device: meta.dev(), inode: meta.ino(), changed }
    }

    #[cfg(not(unix))]
    fn of(_: &Metadata) -> Self {
        Self::default()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::fs::{self, File};
    use std::path::Path;
    use std::time::{Duration, SystemTime};

    use super::{Stamps, reread_at};
    use crate::session::Reread;

    /// The names of the files that were read, so long after this was called.
    fn read(folder: &Path, stamps: &mut Stamps, later: Duration) -> Vec<String> {
        let (loaded, now) =
            reread_at(SystemTime::now() + later, folder, stamps, &BTreeSet::new()).expect("all can be read");
        *stamps = now;
        let name = |file: Reread| match file {
            Reread::Read(input) => Some(input.name),
            Reread::Unchanged(_) => None,
        };
        loaded.inputs.into_iter().filter_map(name).collect()
    }

    fn write(path: &Path, text: &str) {
        fs::write(path, text).expect("a folder of our own");
    }

    #[test]
    fn what_may_have_changed_is_read() {
        const ALL: [&str; 3] = ["faq.toml", "a.faq", "b.faq"];
        let (soon, later) = (Duration::ZERO, Duration::from_secs(60));
        let folder = tempfile::tempdir().expect("a folder for files");
        let [config, a, b] = ALL.map(|name| folder.path().join(name));
        [&config, &a, &b].into_iter().for_each(|path| write(path, "1"));
        let mut stamps = Stamps::default();
        let mut read = |later| read(folder.path(), &mut stamps, later);
        // Just written, they may be written again within the same tick.
        let all = || ALL.map(str::to_owned).to_vec();
        assert_eq!((read(soon), read(soon), read(later)), (all(), all(), all()));
        assert!(read(later).is_empty());
        write(&b, "2");
        assert_eq!((read(later), read(later)), (vec!["b.faq".to_owned()], vec![]));
        // Another file in the place of one, as old and as long.
        let (old, new) = (fs::metadata(&a).and_then(|meta| meta.modified()).expect("a time"), folder.path().join("c"));
        write(&new, "3");
        File::options().write(true).open(&new).and_then(|file| file.set_modified(old)).expect("a file of our own");
        fs::rename(&new, &a).expect("a folder of our own");
        assert_eq!((read(later), read(later)), (vec!["a.faq".to_owned()], vec![]));
        // Of a time to come nothing is known.
        File::options()
            .write(true)
            .open(&a)
            .and_then(|file| file.set_modified(old + 10 * later))
            .expect("a file of our own");
        assert_eq!((read(later), read(later)), (vec!["a.faq".to_owned()], vec!["a.faq".to_owned()]));
        assert_eq!(read(soon), ALL);
        assert_eq!(read(later), ALL);
        let named = BTreeSet::from(["b.faq".into()]);
        let (again, _) = reread_at(SystemTime::now() + later, folder.path(), &stamps, &named).expect("all can be read");
        assert!(matches!(again.inputs.as_slice(), [Reread::Unchanged(_), Reread::Read(_), Reread::Read(_)]));
    }
}
