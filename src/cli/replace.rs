//! Puts single files into place, whole or not at all. Refuses to know what is in them.

use std::fs::{self, OpenOptions, Permissions};
use std::io::{self, ErrorKind, Write};
use std::path::Path;

use super::failure::{Failure, refused_to_write};
use super::output::make_folder;

/// Writes an output where the user wants it: a folder that it needs is made, a regular file is replaced as [`rewrite`] does, and a
/// device or a pipe is written to.
///
/// # Errors
/// When it cannot be written; what a regular file held before is then still there.
pub fn write_output(path: &Path, text: &str) -> Result<(), Failure> {
    let folder = folder_of(path);
    make_folder(folder)?;
    let written = match fs::metadata(path) {
        Ok(meta) if meta.is_dir() => Err(ErrorKind::IsADirectory.into()),
        Ok(meta) if meta.is_file() && !is_handle(path) => put(path, text.as_bytes(), || Ok(true)).map(drop),
        Ok(_) => OpenOptions::new().append(true).open(path).and_then(|mut it| it.write_all(text.as_bytes())),
        // A link that leads to nothing yet.
        Err(_) if path.is_symlink() => fs::write(path, text),
        Err(_) => make(folder, path, text.as_bytes()),
    };
    written.map_err(|error| Failure::cannot_write(path, &error).and("kept"))
}

/// Replaces a file that was read, keeping its permissions; a symbolic link stays one.
///
/// # Errors
/// When it cannot be written, or does not hold any more what was read; it is then as it was.
pub fn rewrite(path: &Path, read: &[u8], new: &[u8]) -> Result<(), Failure> {
    match put(path, new, || Ok(fs::read(path)? == read)) {
        Ok(true) => Ok(()),
        Ok(false) => Err(refused_to_write(path, "reason-changed").and("again")),
        Err(error) => Err(Failure::cannot_write(path, &error).and("unchanged")),
    }
}

/// What a path lies in.
pub(super) fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// What stands there is another name for something that is open, which must go on being the same file.
fn is_handle(path: &Path) -> bool {
    ["/dev/fd", "/dev/stdout", "/dev/stderr", "/proc"].iter().any(|it| path.starts_with(it))
}

/// Writes beside the file, and moves into its place if it still may be replaced then; says whether it did.
fn put(path: &Path, bytes: &[u8], may_replace: impl FnOnce() -> io::Result<bool>) -> io::Result<bool> {
    let path = path.canonicalize()?;
    let before = fs::metadata(&path)?;
    let permissions = before.permissions();
    if permissions.readonly() {
        return Err(ErrorKind::PermissionDenied.into());
    }
    let mut beside = tempfile::Builder::new().prefix(".faqc-").tempfile_in(folder_of(&path))?;
    beside.write_all(bytes)?;
    keep_owner(beside.as_file(), &before);
    beside.as_file().set_permissions(permissions)?;
    beside.as_file().sync_all()?;
    if !may_replace()? {
        return Ok(false);
    }
    beside.persist(&path).map_err(|error| error.error)?;
    Ok(true)
}

/// As far as it may be given away: an administrator leaves a file to whom it belongs.
#[cfg(unix)]
fn keep_owner(file: &fs::File, before: &fs::Metadata) {
    use std::os::unix::fs::{MetadataExt, fchown};
    let _ = fchown(file, Some(before.uid()), Some(before.gid()));
}

#[cfg(not(unix))]
fn keep_owner(_: &fs::File, _: &fs::Metadata) {}

/// A new file, with the permissions that new files have.
fn make(folder: &Path, path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".faqc-");
    if let Some(permissions) = usual_permissions() {
        builder.permissions(permissions);
    }
    let mut beside = builder.tempfile_in(folder)?;
    beside.write_all(bytes)?;
    beside.persist(path).map_err(|error| error.error)?;
    Ok(())
}

/// Less those that the user's mask takes away.
#[cfg(unix)]
fn usual_permissions() -> Option<Permissions> {
    use std::os::unix::fs::PermissionsExt;
    Some(Permissions::from_mode(0o666))
}

#[cfg(not(unix))]
fn usual_permissions() -> Option<Permissions> {
    None
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::rewrite;

    #[test]
    fn what_was_saved_meanwhile_stays() {
        let folder = tempfile::TempDir::new().unwrap();
        let path = folder.path().join("a.faq");
        fs::write(&path, "saved").unwrap();
        let refused = rewrite(&path, b"read", b"new").unwrap_err();
        assert_eq!(refused.0.code.name(), "cannot-write");
        assert_eq!(fs::read_to_string(&path).unwrap(), "saved");
        rewrite(&path, b"saved", b"new").unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "new");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "nothing is left beside it");
    }
}
