//! Puts output files into a folder so that an error at any point leaves the previous output whole.
//!
//! All is written into a hidden folder inside the target first (the same file system, whatever is mounted where), then
//! moved into place piece by piece; a piece is a single file, or a folder as a whole. When a move fails, those made are
//! undone.

mod foreign;
mod moves;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use self::foreign::{LIST, foreign};
use self::moves::Moves;
use super::failure::{Failure, about, shown};
use crate::diag::Code;
use crate::emit::OutputFile;
use crate::plain::clean;

/// Files on their way into a folder: written to the side as they come, then moved into place together. Unless it is finished, what
/// was in the folder before stays.
pub struct Stage {
    folder: PathBuf,
    /// Folders that had to be made, outermost first; they go again when nothing is put into them.
    made: Vec<PathBuf>,
    /// Where files wait; gone when they are in place.
    aside: Option<TempDir>,
    pieces: Pieces,
    /// The first thing that went wrong; nothing is written after it.
    failed: Option<Failure>,
    _turn: Turn,
}

/// Files by their piece: the names below it, in the order in which they came; a single file has none.
type Pieces = BTreeMap<String, Vec<String>>;

impl Stage {
    /// Begins after any other run that is writing there.
    ///
    /// # Errors
    /// When nothing can be written there.
    pub fn begin(folder: &Path) -> Result<Self, Failure> {
        let made = make_folder(folder)?;
        let turn = lock(folder);
        moves::take_up_stale(folder, &turn);
        let mut stage =
            Self { folder: folder.to_owned(), made, aside: None, pieces: Pieces::new(), failed: None, _turn: turn };
        let aside = tempfile::Builder::new().prefix(moves::PREFIX).tempdir_in(folder);
        stage.aside = Some(aside.map_err(|error| kept(folder, &error))?);
        Ok(stage)
    }

    /// Writes a file to the side. What goes wrong is told when it is finished.
    pub fn add(&mut self, file: &OutputFile) {
        if self.failed.is_some() {
            return;
        }
        let (piece, name) = file.path.split_once('/').unwrap_or((&file.path, ""));
        self.pieces.entry(piece.to_owned()).or_default().push(name.to_owned());
        let (new, old) = (self.new_place().join(&file.path), self.folder.join(&file.path));
        // What is as it was stays the same file, with its time, so that whatever copies a folder by times leaves it alone.
        let is_kept =
            !name.is_empty() && holds(&old, &file.bytes) && with_folder(&new, |new| fs::hard_link(&old, new)).is_ok();
        if is_kept {
            return;
        }
        if let Err(error) = write_file(&new, &file.bytes) {
            self.failed = Some(kept(&self.folder.join(&file.path), &error));
        }
    }

    /// Moves all into place, and says what is there now, a line for each piece.
    ///
    /// # Errors
    /// When anything could not be written, or a file that faqc did not make stands in the way; what was there before is then
    /// still there.
    pub fn finish(mut self) -> Result<Vec<String>, Failure> {
        match self.failed.take() {
            Some(failed) => return Err(failed),
            None => self.move_all()?,
        }
        self.made.clear();
        Ok(self.pieces.iter().map(|(name, files)| line(&self.folder.join(name), files)).collect())
    }

    fn new_place(&self) -> PathBuf {
        self.aside.as_ref().map_or_else(PathBuf::new, |aside| aside.path().join("new"))
    }

    fn move_all(&mut self) -> Result<(), Failure> {
        let Some(aside) = &mut self.aside else { return Ok(()) };
        let (new, old) = (aside.path().join("new"), aside.path().join("old"));
        for (name, files) in &self.pieces {
            prepare(&self.folder.join(name), &new.join(name), files)?;
        }
        fs::create_dir(&old).map_err(|error| kept(&self.folder, &error))?;
        let mut moves = Moves::default();
        for name in self.pieces.keys() {
            let place = self.folder.join(name);
            let outcome = moves.replace(&new.join(name), &place, &old.join(name)).map_err(|(path, error)| {
                let path = path.strip_prefix(&old).map_or(path.clone(), |rest| self.folder.join(rest));
                kept(&path, &error)
            });
            if let Err(failure) = outcome {
                // What could not be put back waits there for the next run.
                aside.disable_cleanup(moves.undo().is_err());
                return Err(failure);
            }
        }
        Ok(())
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        self.aside = None;
        // Only empty folders go.
        for path in self.made.iter().rev() {
            let _ = fs::remove_dir(path);
        }
    }
}

fn is_single(files: &[String]) -> bool {
    matches!(files, [name] if name.is_empty())
}

fn line(path: &Path, files: &[String]) -> String {
    let path = clean(&shown(path));
    if is_single(files) { path } else { format!("{path}/ ({})", files.len()) }
}

/// Makes a folder; says which had to be made for it, outermost first.
pub(super) fn make_folder(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    let missing = folder.ancestors().take_while(|path| !path.as_os_str().is_empty() && !path.exists());
    let mut missing: Vec<PathBuf> = missing.map(Path::to_owned).collect();
    missing.reverse();
    match fs::create_dir_all(folder) {
        Ok(()) => Ok(missing),
        Err(error) => Err(Failure::cannot_write(folder, &error)),
    }
}

/// While it lasts, no other run writes into the folder.
#[cfg(unix)]
type Turn = Option<fs::File>;

#[cfg(not(unix))]
type Turn = ();

/// Waits until no other run writes into the folder. Where folders cannot be locked nobody waits.
#[cfg(unix)]
fn lock(folder: &Path) -> Turn {
    let folder = fs::File::open(folder).ok()?;
    rustix::fs::flock(&folder, rustix::fs::FlockOperation::LockExclusive).ok()?;
    Some(folder)
}

#[cfg(not(unix))]
fn lock(_: &Path) {}

fn kept(path: &Path, error: &io::Error) -> Failure {
    Failure::cannot_write(path, error).and("kept")
}

/// Makes sure that what stands in a piece's place may be replaced. A folder gets the list of its files.
fn prepare(place: &Path, new: &Path, files: &[String]) -> Result<(), Failure> {
    let there = fs::symlink_metadata(place);
    if is_single(files) {
        let is_folder = there.is_ok_and(|meta| meta.is_dir());
        return if is_folder { Err(kept(place, &ErrorKind::IsADirectory.into())) } else { Ok(()) };
    }
    let names: BTreeSet<&str> = files.iter().map(String::as_str).collect();
    let list: String = names.iter().map(|name| format!("{name}\n")).collect();
    write_file(&new.join(LIST), list.as_bytes()).map_err(|error| kept(&place.join(LIST), &error))?;
    match there {
        Err(_) => Ok(()),
        Ok(meta) if !meta.is_dir() => Err(kept(place, &ErrorKind::NotADirectory.into())),
        Ok(_) => check_foreign(place, new),
    }
}

/// Whether what others put into a folder can stand in the one that will replace it.
fn check_foreign(place: &Path, new: &Path) -> Result<(), Failure> {
    let found = foreign(place, new).map_err(|(path, error)| kept(&path, &error))?;
    match found.items.iter().find(|item| new.join(item).symlink_metadata().is_ok()) {
        None => Ok(()),
        Some(item) => {
            let finding = about(Code::ForeignFile, place).text("folder", shown(place)).text("file", shown(item));
            Err(finding.help("move").into())
        }
    }
}

fn write_file(path: &Path, bytes: &[u8]) -> io::Result<()> {
    with_folder(path, |path| fs::write(path, bytes))
}

/// Makes the folder of a path only when something that needs it fails, for most are there.
fn with_folder(path: &Path, mut act: impl FnMut(&Path) -> io::Result<()>) -> io::Result<()> {
    match act(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => {
            fs::create_dir_all(path.parent().unwrap_or(Path::new(".")))?;
            act(path)
        }
        other => other,
    }
}

/// Whether a file, itself and no link to one, holds these bytes.
fn holds(path: &Path, bytes: &[u8]) -> bool {
    let may = fs::symlink_metadata(path).is_ok_and(|meta| meta.is_file() && meta.len() == bytes.len() as u64);
    may && fs::read(path).is_ok_and(|held| held == bytes)
}

#[cfg(test)]
mod tests;
