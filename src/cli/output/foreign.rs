//! What others put into a folder of ours. Refuses to move anything.

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

/// In every folder we own: the names of the files in it, a line each.
pub(super) const LIST: &str = ".faqc-files";

/// Relative to the folder that was looked through.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Foreign {
    /// Files, and folders with all that is in them, in order.
    pub items: Vec<PathBuf>,
    /// Folders, outermost first, that our files and those of others share.
    pub shared: Vec<PathBuf>,
}

/// What the list of a folder does not name. A folder that nothing of ours is in, before (in `old`) or now (in `new`), is one item, be
/// it empty or not.
///
/// # Errors
/// When part of it cannot be looked at: which, and why.
pub(super) fn foreign(old: &Path, new: &Path) -> Result<Foreign, (PathBuf, io::Error)> {
    let list = match fs::read_to_string(old.join(LIST)) {
        Err(error) if error.kind() != ErrorKind::NotFound => return Err((old.join(LIST), error)),
        list => list.unwrap_or_default(),
    };
    let files: BTreeSet<&Path> = list.lines().chain([LIST]).map(Path::new).collect();
    let folders: BTreeSet<&Path> = files.iter().flat_map(|file| file.ancestors().skip(1)).collect();
    let mut found = Foreign::default();
    let mut waiting = vec![PathBuf::new()];
    while let Some(folder) = waiting.pop() {
        for name in names(&old.join(&folder))? {
            let item = folder.join(name);
            let is_folder = is_real_folder(&old.join(&item));
            let is_shared = is_folder && (folders.contains(item.as_path()) || is_real_folder(&new.join(&item)));
            match (is_shared, !is_folder && files.contains(item.as_path())) {
                (true, _) => waiting.push(item),
                (false, true) => {}
                (false, false) => found.items.push(item),
            }
        }
        found.shared.push(folder);
    }
    found.items.sort();
    found.shared.sort();
    Ok(found)
}

/// A folder by itself, not by a link.
pub(super) fn is_real_folder(path: &Path) -> bool {
    path.symlink_metadata().is_ok_and(|meta| meta.is_dir())
}

fn names(folder: &Path) -> Result<Vec<std::ffi::OsString>, (PathBuf, io::Error)> {
    let entries = fs::read_dir(folder).and_then(|entries| entries.map(|entry| Ok(entry?.file_name())).collect());
    entries.map_err(|error| (folder.to_owned(), error))
}
