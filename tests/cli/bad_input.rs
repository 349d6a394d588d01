//! Files and folders that are not what they should be.

use super::{folder, run};

const CONFIG: (&str, &[u8]) = ("faq.toml", b"title = \"x\"\n");

#[test]
fn what_cannot_be_read_is_exit_code_2() {
    let place = folder(&[
        ("kb/faq.toml", b"title = \"x\"\n"),
        ("empty/notes.md", b"x"),
        ("x.faq/faq.txt", b"x"),
        ("folder/faq.toml/x", b""),
    ]);
    for (path, expected) in [
        ("nowhere/kb", "error[F0901]: there is no `nowhere/kb`"),
        ("kn", "did you mean `kb`?"),
        ("－－ｆｉｘ", "if this was to be an option, write --fix with plain hyphens"),
        ("—deny", "write --deny with plain hyphens"),
        ("empty", "error[F0902]: there is no faq.toml in `empty`"),
        (".", "there is one in `kb`: give faqc that folder"),
        ("empty/notes.md", "error[F0910]: `empty/notes.md` is not a knowledge base"),
        ("x.faq", "error[F0902]: there is no faq.toml in `x.faq`"),
        ("kb/faq.toml/x", "error[F0903]: cannot read `kb/faq.toml/x` (it is not a folder)"),
        ("kb/faq.toml/x", "`kb/faq.toml` is a file, and has nothing inside"),
        ("folder", "error[F0903]: cannot read `folder/faq.toml` (it is a folder)"),
        ("folder", "move what has that name away, or rename it"),
    ] {
        let checked = run(place.path(), &["check", path]);
        assert_eq!((checked.code, checked.out.as_str()), (2, ""), "{path}");
        assert!(checked.err.contains(expected), "{path}: {}", checked.err);
    }
}

#[test]
fn a_folder_with_the_name_of_a_file_is_told() {
    let kb = folder(&[CONFIG, ("sub/x.faq/inner.txt", b"")]);
    let checked = run(kb.path(), &["check"]);
    assert_eq!(checked.code, 2);
    assert!(checked.err.contains("error[F0908]: `sub/x.faq` is not a file"), "{}", checked.err);
}

#[cfg(unix)]
#[test]
fn what_may_not_be_opened_is_told_from_what_is_not_there() {
    use std::fs::{self, Permissions};
    use std::os::unix::fs::PermissionsExt;
    let place = folder(&[("kb/faq.toml", CONFIG.1), ("kb/a.faq", b""), ("kb/sub/b.faq", b"")]);
    for (closed, shown) in
        [("kb/a.faq", "kb/a.faq"), ("kb/sub", "kb/sub"), ("kb/faq.toml", "kb/faq.toml"), ("kb", "kb")]
    {
        let path = place.path().join(closed);
        let before = fs::metadata(&path).expect("there").permissions();
        fs::set_permissions(&path, Permissions::from_mode(0o000)).expect("ours");
        let checked = run(place.path(), &["check", "kb"]);
        // Nothing is closed to an administrator.
        if fs::read(place.path().join(closed)).is_err() && fs::read_dir(place.path().join(closed)).is_err() {
            assert_eq!((checked.code, checked.out.as_str()), (2, ""), "{closed}");
            let expected = format!("error[F0903]: cannot read `{shown}` (permission denied)\n = help: ask its owner");
            assert!(checked.err.contains(&expected), "{closed}: {}", checked.err);
        }
        fs::set_permissions(&path, before).expect("ours");
    }
}

#[cfg(unix)]
#[test]
fn pipes_and_devices_are_no_files_of_a_knowledge_base() {
    use std::os::unix::fs::symlink;
    let pipe = |path: std::path::PathBuf| {
        let made = std::process::Command::new("mkfifo").arg(path).status();
        assert!(made.expect("there is mkfifo").success());
    };
    let place = folder(&[("kb/faq.toml", CONFIG.1), ("folder/a.faq", b"")]);
    pipe(place.path().join("kb/a.faq"));
    pipe(place.path().join("alone.faq"));
    pipe(place.path().join("folder/faq.toml"));
    symlink("/dev/zero", place.path().join("zero.faq")).expect("links can be made");
    for (path, shown) in
        [("kb", "kb/a.faq"), ("alone.faq", "alone.faq"), ("folder", "folder/faq.toml"), ("zero.faq", "zero.faq")]
    {
        let checked = run(place.path(), &["check", path]);
        assert_eq!((checked.code, checked.out.as_str()), (2, ""), "{path}");
        assert!(checked.err.contains(&format!("error[F0908]: `{shown}` is not a file")), "{}", checked.err);
        assert!(checked.err.contains("give an ordinary file"), "{}", checked.err);
    }
}

#[cfg(unix)]
#[test]
fn names_of_files_do_not_steer_the_terminal() {
    let kb = folder(&[CONFIG, ("a\u{1b}]0;owned\u{7}\n.faq", b"entry\n")]);
    for arguments in [&["check"][..], &["check", "--format", "short"], &["fmt", "--check"], &["test"]] {
        let ended = run(kb.path(), arguments);
        let all = ended.out + &ended.err;
        assert!(!all.contains(['\u{1b}', '\u{7}']) && (all.contains("owned") || all.is_empty()), "{all:?}");
    }
}

#[test]
fn a_file_beyond_four_gibibytes_is_refused_unread() {
    let kb = folder(&[CONFIG, ("a.faq", b"")]);
    let file = std::fs::OpenOptions::new().write(true).open(kb.path().join("a.faq")).expect("there");
    if file.set_len(5 << 30).is_ok() {
        let checked = run(kb.path(), &["check"]);
        assert_eq!(checked.code, 2);
        assert!(checked.err.contains("error[F0904]: `a.faq` is too large (4 GiB at most)"), "{}", checked.err);
    }
}

#[test]
fn empty_files_are_no_mistake_but_an_empty_faq_toml_is() {
    let kb = folder(&[CONFIG, ("a.faq", b""), ("b.faq", b"\n\n")]);
    let checked = run(kb.path(), &["check"]);
    assert_eq!(checked.code, 0);
    assert!(checked.out.starts_with("warning[F0006]: there is not one entry\n"), "{}", checked.out);
    let kb = folder(&[("faq.toml", b""), ("a.faq", b"")]);
    let checked = run(kb.path(), &["check", "--format", "short"]);
    assert_eq!((checked.code, checked.out.as_str()), (1, "faq.toml:1:1: error[F0007]: faq.toml gives no title\n"));
}

#[test]
fn the_ending_of_a_name_may_be_in_capitals() {
    let kb = folder(&[CONFIG, ("A.FAQ", b"entry\n"), ("b.Faq", b"entry\n")]);
    let checked = run(kb.path(), &["check", "--format", "short"]);
    assert!(checked.out.contains("A.FAQ:1:1: ") && checked.out.contains("b.Faq:1:1: "), "{}", checked.out);
}

#[test]
fn of_a_single_file_the_whole_knowledge_base_is_checked() {
    let (_folder, kb) = super::sound();
    assert_eq!(run(&kb, &["check", "printing.faq"]).code, 0, "names of other files are known");
    std::fs::write(kb.join("zz.faq"), "entry\n").expect("a file can be written");
    let alone = run(&kb, &["check", "printing.faq"]);
    assert_eq!((alone.code, alone.out.as_str()), (0, ""));
    assert!(alone.err.starts_with("only the findings of this file are shown; in other files: "), "{}", alone.err);
    assert_eq!(run(&kb, &["check", "zz.faq"]).code, 1);
    let place = folder(&[("a.faq", b"entry\n")]);
    assert_eq!(run(place.path(), &["check", "a.faq"]).err, "");
}

#[cfg(unix)]
#[test]
fn links_are_followed_but_not_in_circles() {
    use std::os::unix::fs::symlink;
    let kb = folder(&[CONFIG, ("a.faq", b""), (".git/b.faq", b"\xFF"), ("._a.faq", b"\xFF")]);
    symlink(".", kb.path().join("again")).expect("links can be made");
    symlink("missing", kb.path().join("notes")).expect("links can be made");
    symlink("missing", kb.path().join(".#a.faq")).expect("links can be made");
    assert_eq!(run(kb.path(), &["check"]).code, 0);
    symlink("missing", kb.path().join("lost.faq")).expect("links can be made");
    let lost = run(kb.path(), &["check"]);
    assert_eq!(lost.code, 2);
    assert!(lost.err.contains("lost.faq` (not found)"), "{}", lost.err);
}

#[test]
fn other_encodings_are_recognised() {
    let japanese = "# 送信に失敗しました。\n";
    let encoded = |charset: &'static encoding_rs::Encoding| charset.encode(japanese).0.into_owned();
    let wide: Vec<u8> = [0xFEFF].into_iter().chain(japanese.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    for (bytes, name) in [
        (encoded(encoding_rs::SHIFT_JIS), "F0002]: this file is Shift_JIS, not UTF-8"),
        (encoded(encoding_rs::EUC_JP), "F0002]: this file is EUC-JP, not UTF-8"),
        (wide, "F0002]: this file is UTF-16LE, not UTF-8"),
        (b"# abc\n# \xE3\x81".to_vec(), "F0001]: this file is not UTF-8 (unreadable character on line 2, byte 9 from"),
        ("# 送信に失敗し".as_bytes().split_last().map(|(_, most)| most.to_vec()).unwrap_or_default(), "F0001]"),
        (b"# a\0b\n".repeat(50), "F0008]"),
        (b"# a very ordinary line, but for one character \0 that crept in\n".repeat(3), "F0008]"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\xFF\xFE".to_vec(), "F0008]"),
    ] {
        let kb = folder(&[CONFIG, ("a.faq", &bytes)]);
        let checked = run(kb.path(), &["check", "--format", "short"]);
        assert_eq!(checked.code, 1, "{name}");
        assert!(checked.out.contains(name), "{name}: {}", checked.out);
        assert_eq!(checked.out.lines().count(), 1, "no finding follows from another: {}", checked.out);
    }
}

#[test]
fn a_shift_jis_file_is_shown_readable() {
    let bytes = encoding_rs::SHIFT_JIS.encode("# 事象のファイル\n").0.into_owned();
    let kb = folder(&[CONFIG, ("a.faq", &bytes)]);
    insta::assert_snapshot!(run(kb.path(), &["check", "--lang", "ja"]).out);
}

#[test]
fn a_byte_order_mark_is_no_text() {
    let kb = folder(&[("faq.toml", b"\xEF\xBB\xBFtitle = \"x\"\r\n"), ("a.faq", b"\xEF\xBB\xBF# x\r\n")]);
    let checked = run(kb.path(), &["check", "--allow", "no-entries"]);
    assert_eq!((checked.code, checked.out.as_str()), (0, ""));
}

#[test]
fn a_single_file_needs_no_faq_toml() {
    let place = folder(&[("a.faq", b"# x\n")]);
    let checked = run(place.path(), &["check", "a.faq", "--allow", "no-entries"]);
    assert_eq!((checked.code, checked.out.as_str()), (0, ""));
}
