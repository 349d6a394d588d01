//! Files on their way into a folder: what is replaced, what stays, and what is refused.

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
fn moves_can_be_undone() {
    let place = TempDir::new().unwrap();
    replace(place.path(), &first()).unwrap();
    fs::create_dir_all(place.path().join("markdown/mine/empty")).unwrap();
    fs::write(place.path().join("markdown/entries/mine.md"), "mine").unwrap();
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
        moves.replace(&new, &place.path().join(name), &old)
    };
    for name in ["kb.json", "fresh.json", "markdown"] {
        swap(name).unwrap();
    }
    assert!(place.path().join("markdown/mine/empty").is_dir());
    assert!(swap("missing.json").is_err());
    assert_ne!(tree(place.path()), before);
    moves.undo().unwrap();
    assert_eq!(tree(place.path()), before);
    assert!(place.path().join("markdown/mine/empty").is_dir());
}

#[test]
fn folders_of_others_stay_as_they_are() {
    let place = TempDir::new().unwrap();
    replace(place.path(), &first()).unwrap();
    let markdown = place.path().join("markdown");
    fs::create_dir_all(markdown.join(".git/refs/heads")).unwrap();
    fs::create_dir_all(markdown.join("entries/drafts")).unwrap();
    fs::create_dir_all(markdown.join("later")).unwrap();
    fs::write(markdown.join("later/mine.md"), "mine").unwrap();
    replace(place.path(), &[file("markdown/index.md", "2"), file("markdown/later/b.md", "2")]).unwrap();
    assert!(markdown.join(".git/refs/heads").is_dir() && markdown.join("entries/drafts").is_dir());
    assert_eq!(names(&markdown), [LIST, "index.md", "later/b.md", "later/mine.md"]);
    let inside = fs::read_dir(place.path()).unwrap().count();
    assert_eq!(inside, 2, "nothing is left over");
}

#[cfg(unix)]
#[test]
fn permissions_and_names_of_others_stay() {
    use std::os::unix::ffi::OsStrExt;
    use std::os::unix::fs::PermissionsExt;
    let place = TempDir::new().unwrap();
    replace(place.path(), &first()).unwrap();
    let markdown = place.path().join("markdown");
    let odd = markdown.join(std::ffi::OsStr::from_bytes(b"\xFF\xFE.txt"));
    fs::write(&odd, "mine").unwrap();
    fs::create_dir(markdown.join("mine")).unwrap();
    fs::set_permissions(place.path().join("kb.json"), fs::Permissions::from_mode(0o600)).unwrap();
    let modes = [("../kb.json", 0o600), ("mine", 0o700), ("entries", 0o2750), ("", 0o750)];
    for (name, mode) in modes {
        fs::set_permissions(markdown.join(name), fs::Permissions::from_mode(mode)).unwrap();
    }
    fs::write(markdown.join("entries/mine"), "mine").unwrap();
    replace(place.path(), &[file("kb.json", "2"), file("markdown/index.md", "2"), file("markdown/entries/b.md", "2")])
        .unwrap();
    for (name, mode) in modes {
        let meta = fs::metadata(markdown.join(name)).unwrap();
        assert_eq!(meta.permissions().mode() & 0o7777, mode, "{name}");
    }
    assert_eq!(fs::read_to_string(odd).unwrap(), "mine");
}

#[cfg(target_os = "linux")]
#[test]
fn a_folder_is_never_missing_while_it_is_replaced() {
    use std::sync::atomic::{AtomicBool, Ordering};
    let place = TempDir::new().unwrap();
    replace(place.path(), &first()).unwrap();
    let (index, is_done) = (place.path().join("markdown/index.md"), AtomicBool::new(false));
    let missed = std::thread::scope(|threads| {
        let reader = threads.spawn(|| {
            let mut missed = 0;
            while !is_done.load(Ordering::Relaxed) {
                missed += usize::from(!index.exists());
            }
            missed
        });
        for turn in 0..100 {
            replace(place.path(), &[file("markdown/index.md", &turn.to_string())]).unwrap();
        }
        is_done.store(true, Ordering::Relaxed);
        reader.join().unwrap()
    });
    assert_eq!(missed, 0);
}

#[test]
fn a_folder_of_others_in_the_way_is_refused() {
    let place = TempDir::new().unwrap();
    replace(place.path(), &first()).unwrap();
    fs::create_dir(place.path().join("markdown/b.md")).unwrap();
    let failure = replace(place.path(), &[file("markdown/b.md", "2")]).unwrap_err();
    assert_eq!(failure.0.code.name(), "foreign-file");
    assert!(place.path().join("markdown/b.md").is_dir());
    fs::write(place.path().join("markdown/c"), "mine").unwrap();
    assert!(replace(place.path(), &[file("markdown/c/d.md", "2")]).is_err());
    assert_eq!(names(&place.path().join("markdown")), [LIST, "c", "entries/a.md", "index.md"]);
}

#[cfg(unix)]
#[test]
fn what_a_killed_run_left_is_put_back_and_removed() {
    let place = TempDir::new().unwrap();
    replace(place.path(), &first()).unwrap();
    let markdown = place.path().join("markdown");
    fs::create_dir_all(markdown.join("mine/empty")).unwrap();
    // One was killed when the old folder had been moved aside, another one before anything was moved.
    let killed = place.path().join(".faqc-killed");
    fs::create_dir_all(killed.join("new/markdown")).unwrap();
    fs::create_dir_all(killed.join("old")).unwrap();
    fs::rename(&markdown, killed.join("old/markdown")).unwrap();
    fs::create_dir_all(place.path().join(".faqc-early/new")).unwrap();
    fs::create_dir_all(place.path().join(".faqc-mine/else")).unwrap();
    drop(Stage::begin(place.path()).unwrap());
    assert!(markdown.join("mine/empty").is_dir());
    // This one when the new folder was in its place.
    let late = place.path().join(".faqc-late/old/markdown");
    fs::create_dir_all(late.join("kept")).unwrap();
    fs::write(late.join(LIST), "index.md\n").unwrap();
    fs::write(late.join("index.md"), "0").unwrap();
    drop(Stage::begin(place.path()).unwrap());
    let mut left: Vec<_> = fs::read_dir(place.path()).unwrap().map(|it| it.unwrap().file_name()).collect();
    left.sort();
    assert_eq!(left, [".faqc-mine", "kb.json", "markdown"]);
    assert_eq!(fs::read_to_string(markdown.join("index.md")).unwrap(), "1");
    assert!(markdown.join("mine/empty").is_dir() && markdown.join("kept").is_dir());
}
