//! Puts output files into a folder so that an error at any point leaves the previous output whole.
//!
//! All is written into a hidden folder inside the target first (the same file system, whatever is mounted where), then
//! moved into place piece by piece; a piece is a single file, or a folder as a whole. When a move fails, those made are
//! undone.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

use tempfile::TempDir;
use walkdir::WalkDir;

use super::failure::{Failure, about, shown};
use crate::diag::Code;
use crate::emit::OutputFile;

/// In every folder we own: the names of the files in it, a line each.
const LIST: &str = ".faqc-files";

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
        let mut stage =
            Self { folder: folder.to_owned(), made, aside: None, pieces: Pieces::new(), failed: None, _turn: turn };
        let aside = tempfile::Builder::new().prefix(".faqc-").tempdir_in(folder);
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

    fn move_all(&self) -> Result<(), Failure> {
        let Some(aside) = &self.aside else { return Ok(()) };
        let (new, old) = (aside.path().join("new"), aside.path().join("old"));
        for (name, files) in &self.pieces {
            check_replaceable(&self.folder.join(name), files)?;
            complete(&new.join(name), &self.folder.join(name), files).map_err(|(path, error)| {
                let path = path.strip_prefix(&new).map_or_else(|_| self.folder.join(name), |it| self.folder.join(it));
                kept(&path, &error)
            })?;
        }
        fs::create_dir(&old).map_err(|error| kept(&self.folder, &error))?;
        let mut moves = Moves::default();
        for name in self.pieces.keys() {
            let place = self.folder.join(name);
            moves.swap(&new.join(name), &place, &old.join(name)).map_err(|error| kept(&place, &error))?;
        }
        moves.keep();
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

/// Writes one file, to the side first; a folder that it needs is made.
///
/// # Errors
/// When it cannot be written; what was there before is then still there.
pub fn replace_file(path: &Path, text: &str) -> Result<(), Failure> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    make_folder(folder)?;
    if path.is_dir() {
        return Err(kept(path, &ErrorKind::IsADirectory.into()));
    }
    let failed = |error: io::Error| kept(path, &error);
    let mut beside = tempfile::Builder::new().prefix(".faqc-").tempfile_in(folder).map_err(failed)?;
    beside.write_all(text.as_bytes()).map_err(failed)?;
    beside.persist(path).map_err(|error| kept(path, &error.error))?;
    Ok(())
}

fn is_single(files: &[String]) -> bool {
    matches!(files, [name] if name.is_empty())
}

fn line(path: &Path, files: &[String]) -> String {
    if is_single(files) { shown(path) } else { format!("{}/ ({})", shown(path), files.len()) }
}

/// The folders that had to be made, outermost first.
fn make_folder(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
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

/// Adds to a piece what will stand at `place` with it: the list of its files, and the files of others.
fn complete(new: &Path, place: &Path, files: &[String]) -> Result<(), WriteError> {
    if is_single(files) {
        return Ok(());
    }
    let names: BTreeSet<&str> = files.iter().map(String::as_str).collect();
    let list: String = names.iter().map(|name| format!("{name}\n")).collect();
    let path = new.join(LIST);
    write_file(&path, list.as_bytes()).map_err(|error| (path, error))?;
    carry_over(place, new)
}

fn kept(path: &Path, error: &io::Error) -> Failure {
    Failure::cannot_write(path, error).and("kept")
}

/// Whether what stands in a piece's place is ours to replace.
fn check_replaceable(place: &Path, files: &[String]) -> Result<(), Failure> {
    let Ok(meta) = fs::symlink_metadata(place) else { return Ok(()) };
    if is_single(files) {
        return match meta.is_dir() {
            true => Err(kept(place, &ErrorKind::IsADirectory.into())),
            false => Ok(()),
        };
    }
    if !meta.is_dir() {
        return Err(kept(place, &ErrorKind::NotADirectory.into()));
    }
    let ours: BTreeSet<&str> = files.iter().map(String::as_str).collect();
    match foreign_files(place).into_iter().find(|name| ours.contains(name.as_str())) {
        Some(file) => {
            let foreign = about(Code::ForeignFile, place).text("folder", shown(place)).text("file", file);
            Err(foreign.help("move").into())
        }
        None => Ok(()),
    }
}

/// The files of a folder that its list does not name.
fn foreign_files(folder: &Path) -> Vec<String> {
    let list = fs::read_to_string(folder.join(LIST)).unwrap_or_default();
    let ours: BTreeSet<&str> = list.lines().chain([LIST]).collect();
    let found = WalkDir::new(folder).sort_by_file_name().into_iter().filter_map(Result::ok);
    let files = found.filter(|entry| !entry.file_type().is_dir());
    let names = files.map(|entry| shown(entry.path().strip_prefix(folder).unwrap_or(entry.path())));
    names.filter(|name| !ours.contains(name.as_str())).collect()
}

/// Puts the files of others that stand in a folder into the one that will replace it.
fn carry_over(place: &Path, new: &Path) -> Result<(), WriteError> {
    for name in foreign_files(place) {
        let (from, to) = (place.join(&name), new.join(&name));
        let linked = fs::create_dir_all(to.parent().unwrap_or(new)).and_then(|()| fs::hard_link(&from, &to));
        if linked.is_err() {
            fs::copy(&from, &to).map_err(|error| (to, error))?;
        }
    }
    Ok(())
}

type WriteError = (PathBuf, io::Error);

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

/// Moves made so far; they are undone unless kept.
#[derive(Default)]
struct Moves {
    /// Place, and where its previous content is, if it had any.
    done: Vec<(PathBuf, Option<PathBuf>)>,
}

impl Moves {
    /// Moves what stands at `place` aside, and `new` to `place`.
    fn swap(&mut self, new: &Path, place: &Path, aside: &Path) -> io::Result<()> {
        let had = set_aside(place, aside)?;
        let back = had.then(|| aside.to_owned());
        let moved = fs::rename(new, place);
        if moved.is_ok() || !place.exists() {
            self.done.push((place.to_owned(), back));
        }
        moved
    }

    fn keep(mut self) {
        self.done.clear();
    }
}

impl Drop for Moves {
    fn drop(&mut self) {
        for (place, back) in self.done.iter().rev() {
            // Nothing better can be done when undoing fails too.
            let _ = match back {
                Some(back) if place.is_dir() => fs::remove_dir_all(place).and_then(|()| fs::rename(back, place)),
                Some(back) => fs::rename(back, place),
                None if place.is_dir() => fs::remove_dir_all(place),
                None => fs::remove_file(place),
            };
        }
    }
}

/// A file is linked, so that its place is never empty; a folder is moved. Says whether there was anything.
fn set_aside(place: &Path, aside: &Path) -> io::Result<bool> {
    let Ok(meta) = fs::symlink_metadata(place) else { return Ok(false) };
    if meta.is_dir() || fs::hard_link(place, aside).is_err() {
        fs::rename(place, aside)?;
    }
    Ok(true)
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use tempfile::TempDir;

    use super::{Failure, LIST, Moves, OutputFile, Stage};

    fn replace(folder: &Path, files: &[OutputFile]) -> Result<Vec<String>, Failure> {
        let mut stage = Stage::begin(folder)?;
        files.iter().for_each(|file| stage.add(file));
        stage.finish()
    }

    fn file(path: &str, text: &str) -> OutputFile {
        OutputFile::text(path, text)
    }

    /// Every file below the folder with its text, in order.
    fn tree(folder: &Path) -> Vec<(String, String)> {
        let found = walkdir::WalkDir::new(folder).sort_by_file_name().into_iter().map(|entry| entry.unwrap());
        let files = found.filter(|entry| entry.file_type().is_file());
        files
            .map(|entry| {
                let name = entry.path().strip_prefix(folder).unwrap().to_string_lossy().into_owned();
                (name, fs::read_to_string(entry.path()).unwrap())
            })
            .collect()
    }

    fn names(folder: &Path) -> Vec<String> {
        tree(folder).into_iter().map(|(name, _)| name).collect()
    }

    fn first() -> Vec<OutputFile> {
        vec![file("kb.json", "1"), file("markdown/index.md", "1"), file("markdown/entries/a.md", "1")]
    }

    #[test]
    fn pieces_replace_their_predecessors_and_nothing_else() {
        let place = TempDir::new().unwrap();
        let out = place.path().join("new/out");
        let written = replace(&out, &first()).unwrap();
        assert_eq!(written.len(), 2);
        assert!(written[1].ends_with("markdown/ (2)"), "{written:?}");
        fs::write(out.join("mine.txt"), "mine").unwrap();
        replace(&out, &[file("markdown/index.md", "2"), file("markdown/entries/b.md", "2")]).unwrap();
        let expected = ["kb.json", "markdown/.faqc-files", "markdown/entries/b.md", "markdown/index.md", "mine.txt"];
        assert_eq!(names(&out), expected);
        assert_eq!(fs::read_to_string(out.join("markdown").join(LIST)).unwrap(), "entries/b.md\nindex.md\n");
    }

    #[test]
    fn files_that_are_as_they_were_are_left_alone() {
        let place = TempDir::new().unwrap();
        replace(place.path(), &first()).unwrap();
        let written = |name: &str| fs::metadata(place.path().join("markdown").join(name)).unwrap().modified().unwrap();
        let long_ago = std::time::SystemTime::UNIX_EPOCH;
        for name in ["index.md", "entries/a.md"] {
            let file = fs::File::options().write(true).open(place.path().join("markdown").join(name)).unwrap();
            file.set_modified(long_ago).unwrap();
        }
        replace(place.path(), &[file("markdown/index.md", "2"), file("markdown/entries/a.md", "1")]).unwrap();
        assert_ne!(written("index.md"), long_ago);
        assert_eq!(written("entries/a.md"), long_ago);
        assert_eq!(fs::read_to_string(place.path().join("markdown/index.md")).unwrap(), "2");
    }

    #[test]
    fn a_write_that_fails_leaves_the_previous_output() {
        let place = TempDir::new().unwrap();
        replace(place.path(), &first()).unwrap();
        let before = tree(place.path());
        let too_long = format!("markdown/{}.md", "x".repeat(400));
        for bad in [too_long.as_str(), "markdown/index.md/below.md"] {
            let files = [file("kb.json", "2"), file("markdown/index.md", "2"), file(bad, "2")];
            assert!(replace(place.path(), &files).is_err());
            assert_eq!(tree(place.path()), before);
        }
    }

    #[test]
    fn a_folder_made_for_nothing_goes_again() {
        let place = TempDir::new().unwrap();
        let too_long = "x".repeat(400);
        assert!(replace(&place.path().join("a/b"), &[file(&too_long, "")]).is_err());
        assert!(!place.path().join("a").exists());
    }

    #[test]
    fn files_of_others_in_a_folder_stay() {
        let place = TempDir::new().unwrap();
        replace(place.path(), &first()).unwrap();
        fs::create_dir_all(place.path().join("markdown/book/css")).unwrap();
        fs::write(place.path().join("markdown/book/css/a.css"), "mine").unwrap();
        replace(place.path(), &[file("markdown/index.md", "2"), file("markdown/b.md", "2")]).unwrap();
        let expected = [LIST, "b.md", "book/css/a.css", "index.md"];
        assert_eq!(names(&place.path().join("markdown")), expected);
    }

    #[test]
    fn a_file_of_others_in_the_way_is_refused() {
        let place = TempDir::new().unwrap();
        fs::create_dir(place.path().join("markdown")).unwrap();
        fs::write(place.path().join("markdown/index.md"), "mine").unwrap();
        let failure = replace(place.path(), &first()).unwrap_err();
        assert_eq!(failure.0.code.name(), "foreign-file");
        assert_eq!(tree(place.path()), [("markdown/index.md".to_owned(), "mine".to_owned())]);
    }

    #[test]
    fn what_is_not_of_the_piece_s_kind_is_refused() {
        let place = TempDir::new().unwrap();
        fs::write(place.path().join("markdown"), "mine").unwrap();
        assert!(replace(place.path(), &first()).is_err());
        fs::remove_file(place.path().join("markdown")).unwrap();
        fs::create_dir(place.path().join("kb.json")).unwrap();
        assert!(replace(place.path(), &first()).is_err());
        assert!(names(place.path()).is_empty());
    }

    #[test]
    fn moves_are_undone_unless_kept() {
        let place = TempDir::new().unwrap();
        replace(place.path(), &first()).unwrap();
        let before = tree(place.path());
        let stage = TempDir::new_in(place.path().parent().unwrap()).unwrap();
        fs::create_dir_all(stage.path().join("new/markdown")).unwrap();
        fs::create_dir(stage.path().join("old")).unwrap();
        for (name, text) in [("kb.json", "2"), ("fresh.json", "2"), ("markdown/index.md", "2")] {
            fs::write(stage.path().join("new").join(name), text).unwrap();
        }
        let mut moves = Moves::default();
        let mut swap = |name: &str| {
            let (new, old) = (stage.path().join("new").join(name), stage.path().join("old").join(name));
            moves.swap(&new, &place.path().join(name), &old)
        };
        for name in ["kb.json", "fresh.json", "markdown"] {
            swap(name).unwrap();
        }
        assert!(swap("missing.json").is_err());
        assert_ne!(tree(place.path()), before);
        drop(moves);
        assert_eq!(tree(place.path()), before);
    }
}
