//! Moves into place that can be undone, at once or by a later run. Refuses to know what is moved.

use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use super::Turn;
use super::foreign::{foreign, is_real_folder};

/// How the name of a folder begins in which files wait.
pub(super) const PREFIX: &str = ".faqc-";

/// Moves made so far, in order.
#[derive(Default)]
pub(super) struct Moves {
    done: Vec<Move>,
}

enum Move {
    /// What stood at a place is kept aside.
    Aside { place: PathBuf, back: PathBuf },
    /// Something new stands at a place, which was empty before or was not.
    Put { place: PathBuf, was_empty: bool },
    /// What stands at a place changed places with what stood there, which is kept aside.
    Exchanged { place: PathBuf, back: PathBuf },
    /// Something of others went on from the old folder into the new one.
    Carried { from: PathBuf, to: PathBuf },
}

impl Moves {
    /// Moves what stands at `place` aside, `new` to `place`, and what others put into the old folder on into the new one.
    ///
    /// # Errors
    /// When a move fails: where, and why. The moves that were made are then to be undone.
    pub(super) fn replace(&mut self, new: &Path, place: &Path, aside: &Path) -> Result<(), (PathBuf, io::Error)> {
        self.swap(new, place, aside).map_err(|error| (place.to_owned(), error))?;
        if is_real_folder(place) && is_real_folder(aside) {
            self.carry(aside, place)?;
        }
        Ok(())
    }

    fn swap(&mut self, new: &Path, place: &Path, aside: &Path) -> io::Result<()> {
        if is_real_folder(place) && is_real_folder(new) && self.exchange(new, place, aside)? {
            return Ok(());
        }
        let was_empty = !set_aside(place, aside)?;
        if !was_empty {
            self.done.push(Move::Aside { place: place.to_owned(), back: aside.to_owned() });
            let before = fs::symlink_metadata(aside)?;
            if !before.is_symlink() && before.is_dir() == is_real_folder(new) {
                fs::set_permissions(new, before.permissions())?;
            }
        }
        fs::rename(new, place)?;
        self.done.push(Move::Put { place: place.to_owned(), was_empty });
        Ok(())
    }

    /// Folders change places in one step, so that a place is never empty, if the system can; says whether it could. The new one waits
    /// where the old one will be, for a later run puts back what it finds there.
    #[cfg(any(target_os = "linux", target_os = "macos"))]
    fn exchange(&mut self, new: &Path, place: &Path, aside: &Path) -> io::Result<bool> {
        let permissions = fs::symlink_metadata(place)?.permissions();
        fs::rename(new, aside)?;
        if change_places(aside, place).is_err() {
            fs::rename(aside, new)?;
            return Ok(false);
        }
        self.done.push(Move::Exchanged { place: place.to_owned(), back: aside.to_owned() });
        fs::set_permissions(place, permissions)?;
        Ok(true)
    }

    #[cfg(not(any(target_os = "linux", target_os = "macos")))]
    fn exchange(&mut self, _: &Path, _: &Path, _: &Path) -> io::Result<bool> {
        Ok(false)
    }

    fn carry(&mut self, old: &Path, place: &Path) -> Result<(), (PathBuf, io::Error)> {
        let found = foreign(old, place)?;
        for item in &found.items {
            let (from, to) = (old.join(item), place.join(item));
            if to.symlink_metadata().is_ok() {
                return Err((from, ErrorKind::AlreadyExists.into()));
            }
            let made = to.parent().map_or(Ok(()), fs::create_dir_all);
            made.and_then(|()| fs::rename(&from, &to)).map_err(|error| (from.clone(), error))?;
            self.done.push(Move::Carried { from, to });
        }
        // Those inside first: the outer one may close them.
        for folder in found.shared.iter().rev().filter(|it| is_real_folder(&place.join(it))) {
            let same = fs::metadata(old.join(folder)).map(|meta| meta.permissions());
            same.and_then(|it| fs::set_permissions(place.join(folder), it))
                .map_err(|error| (old.join(folder), error))?;
        }
        Ok(())
    }

    /// Undoes them, the last one first.
    ///
    /// # Errors
    /// When one cannot be undone; those before it are not undone then either, so that nothing is lost.
    pub(super) fn undo(self) -> io::Result<()> {
        for made in self.done.into_iter().rev() {
            match made {
                Move::Carried { from, to } => fs::rename(to, from)?,
                #[cfg(any(target_os = "linux", target_os = "macos"))]
                Move::Exchanged { place, back } => change_places(&back, &place)?,
                #[cfg(not(any(target_os = "linux", target_os = "macos")))]
                Move::Exchanged { .. } => {}
                Move::Put { place, .. } if is_real_folder(&place) => fs::remove_dir_all(place)?,
                Move::Put { place, was_empty: true } => fs::remove_file(place)?,
                // A file is replaced by the one that comes back.
                Move::Put { .. } => {}
                Move::Aside { place, back } => fs::rename(back, place)?,
            }
        }
        Ok(())
    }
}

#[cfg(any(target_os = "linux", target_os = "macos"))]
fn change_places(one: &Path, other: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    Ok(renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE)?)
}

/// A file is linked, so that its place is never empty; a folder is moved. Says whether there was anything.
fn set_aside(place: &Path, aside: &Path) -> io::Result<bool> {
    let Ok(meta) = fs::symlink_metadata(place) else { return Ok(false) };
    if meta.is_dir() || fs::hard_link(place, aside).is_err() {
        fs::rename(place, aside)?;
    }
    Ok(true)
}

/// Removes what runs that were killed have left behind, and puts back first what is only there. Whose turn it is knows that no other
/// run is alive; what cannot be put back stays.
#[cfg(unix)]
pub(super) fn take_up_stale(folder: &Path, turn: &Turn) {
    let Some(entries) = turn.as_ref().and_then(|_| fs::read_dir(folder).ok()) else { return };
    for stale in entries.filter_map(Result::ok).map(|entry| entry.path()).filter(|path| is_stale(path)) {
        if put_back(&stale.join("old"), folder).is_ok() {
            let _ = fs::remove_dir_all(stale);
        }
    }
}

/// Without a lock, another run may be alive.
#[cfg(not(unix))]
pub(super) fn take_up_stale(_: &Path, (): &Turn) {}

#[cfg(unix)]
fn is_stale(path: &Path) -> bool {
    let is_named = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(PREFIX));
    let holds_only_ours = || {
        let mut entries = fs::read_dir(path).ok()?;
        Some(entries.all(|entry| entry.is_ok_and(|it| it.file_name() == "new" || it.file_name() == "old")))
    };
    is_named && is_real_folder(path) && holds_only_ours() == Some(true)
}

#[cfg(unix)]
fn put_back(old: &Path, folder: &Path) -> io::Result<()> {
    let entries = match fs::read_dir(old) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
        entries => entries?,
    };
    for entry in entries {
        let entry = entry?;
        let (from, place) = (entry.path(), folder.join(entry.file_name()));
        if place.symlink_metadata().is_err() {
            fs::rename(from, place)?;
        } else if is_real_folder(&from) {
            if !is_real_folder(&place) {
                return Err(ErrorKind::NotADirectory.into());
            }
            Moves::default().carry(&from, &place).map_err(|(_, error)| error)?;
        }
    }
    Ok(())
}
