//! `faqc check --fix`: what is mended, and what is left alone.

use std::fs;

use super::{folder, run};

#[test]
fn safe_fixes_are_applied_until_none_is_left() {
    let text = b"\xEF\xBB\xBFtitel = 3\r\nlangage = \"jp\"\r\nupdate = \"2023-06-29\"\r\n# \xE7\xB5\x82\xE3\x82\x8F\xE3\x82\x8A\r\n";
    let kb = folder(&[("faq.toml", text)]);
    let fixed = run(kb.path(), &["check", "--fix", "--allow", "no-entries"]);
    assert_eq!((fixed.code, fixed.out.as_str()), (0, ""), "{}", fixed.err);
    assert_eq!(fixed.err, "mended faq.toml (places: 6)\nentries checked: 0; nothing is wrong\n");
    let mended = fs::read(kb.path().join("faq.toml")).expect("still there");
    let expected = "\u{FEFF}title = \"3\"\r\nlanguage = \"ja\"\r\nupdated = 2023-06-29\r\n# 終わり\r\n";
    assert_eq!(String::from_utf8_lossy(&mended), expected);
    assert_eq!(fs::read_dir(kb.path()).expect("readable").count(), 1, "nothing is left beside the file");
}

#[test]
fn what_is_left_is_shown() {
    let kb = folder(&[("faq.toml", b"titel = \"x\"\ncolour = 1\n")]);
    let fixed = run(kb.path(), &["check", "--fix", "--format", "short", "--allow", "no-entries"]);
    assert_eq!(fixed.code, 1);
    assert_eq!(fixed.out, "faq.toml:2:1: error[F0004]: faq.toml has no setting `colour`\n");
}

#[test]
fn exceptions_that_nothing_needs_are_removed() {
    let text = "\
entry send Sending fails {
  allow empty-action because it is new
  symptom \"cannot send\"
  when a or b or c
  note Send again.
}
fact a : yes/no { ask \"A?\" ; allow unused-fact because it comes ; note \"n\" }
fact b : yes/no { allow unused-fact because it comes; ask \"B?\" }
fact c : yes/no { ask \"C?\" ; allow unused-fact because it comes }
  allow unused-link because they are elsewhere";
    let kb = folder(&[("faq.toml", b"title = \"x\"\n"), ("a.faq", text.as_bytes())]);
    let fixed = run(kb.path(), &["check", "--fix", "--allow", "gap"]);
    assert_eq!((fixed.code, fixed.out.as_str()), (0, ""), "{}", fixed.err);
    let mended = "\
entry send Sending fails {
  symptom \"cannot send\"
  when a or b or c
  note Send again.
}
fact a : yes/no { ask \"A?\" ; note \"n\" }
fact b : yes/no { ask \"B?\" }
fact c : yes/no { ask \"C?\" }
";
    assert_eq!(fs::read_to_string(kb.path().join("a.faq")).expect("still there"), mended);
}

/// A line that begins with white space of any kind is mended once.
#[test]
fn white_space_of_any_kind_is_space() {
    for space in ["\u{b}", "\u{c}", "\u{85}", "\u{2028}", "\u{2029}", "\u{a0}", "\u{2003}"] {
        let text = format!("entry a A {{\n  number 1\n  symptom \"x\"\n  action Do it {{\n{space}Press.\n  }}\n}}\n");
        let kb = folder(&[("faq.toml", b"title = \"x\"\n"), ("a.faq", text.as_bytes())]);
        run(kb.path(), &["check", "--fix"]);
        let mended = fs::read_to_string(kb.path().join("a.faq")).expect("still there");
        assert_eq!(mended, text.replace("Press.", "> Press."), "{space:?}");
        assert_eq!(run(kb.path(), &["check", "--fix"]).err.matches("mended").count(), 0);
    }
}

const SPOILT: &str = "\
事実 証明書：はい/いいえ { 質問 証明書は入っていますか？ }
項\t目 send 送信に失敗する {
  事象 「送信できない」
  対応策 {
    場合 証明書 {
      ＞ もう一度送信します。
  }
    =＞ 1 ⇒分待ちます。
    それ以外 {
      ＞ 証明書を入れま
す。
    }
  }
｀｀｀}
";

/// Here the fence would take the brace in that a fix has room for.
#[test]
fn a_fix_that_makes_it_worse_is_taken_back() {
    let kb = folder(&[("faq.toml", b"titel = \"x\"\n"), ("a.faq", SPOILT.as_bytes())]);
    let fixed = run(kb.path(), &["check", "--fix"]);
    assert_eq!(fs::read_to_string(kb.path().join("a.faq")).expect("still there"), SPOILT, "{}", fixed.out);
    assert_eq!(fixed.err, "mended faq.toml (places: 1)\nstopped mending a.faq, which got no better by it\n");
}

#[test]
fn a_file_without_fixes_is_not_touched() {
    let kb = folder(&[("faq.toml", b"title = \"x\"\n")]);
    let path = kb.path().join("faq.toml");
    let before = fs::metadata(&path).and_then(|meta| meta.modified()).expect("there is a time");
    assert_eq!(run(kb.path(), &["check", "--fix"]).err, "");
    assert_eq!(fs::metadata(&path).and_then(|meta| meta.modified()).expect("there is a time"), before);
}

#[test]
fn a_file_that_is_not_utf8_is_never_rewritten() {
    let bytes = encoding_rs::SHIFT_JIS.encode("titel = \"題名のある知識ベース\"\n").0.into_owned();
    let kb = folder(&[("faq.toml", &bytes)]);
    let fixed = run(kb.path(), &["check", "--fix", "--format", "short"]);
    assert_eq!(fixed.code, 1);
    assert!(fixed.out.contains("F0002") && fixed.out.contains("F0004"), "its other findings show: {}", fixed.out);
    assert_eq!(fs::read(kb.path().join("faq.toml")).expect("still there"), bytes);
}

#[cfg(unix)]
#[test]
fn permissions_and_links_stay() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let kb = folder(&[("real.toml", b"titel = \"x\"\n")]);
    let (real, link) = (kb.path().join("real.toml"), kb.path().join("faq.toml"));
    fs::set_permissions(&real, fs::Permissions::from_mode(0o640)).expect("ours");
    symlink("real.toml", &link).expect("links can be made");
    assert_eq!(run(kb.path(), &["check", "--fix"]).code, 0);
    assert_eq!(fs::read_to_string(&real).expect("there"), "title = \"x\"\n");
    assert_eq!(fs::metadata(&real).expect("there").permissions().mode() & 0o777, 0o640);
    assert!(fs::symlink_metadata(&link).expect("there").file_type().is_symlink());
    fs::write(&real, "titel = \"x\"\n").expect("ours");
    fs::set_permissions(&real, fs::Permissions::from_mode(0o440)).expect("ours");
    let refused = run(kb.path(), &["check", "--fix"]);
    assert_eq!(refused.code, 2);
    assert!(refused.err.contains("cannot write `faq.toml` (permission denied)"), "{}", refused.err);
    assert!(refused.err.contains("help: this file is as it was"), "{}", refused.err);
    assert_eq!(fs::read_to_string(&real).expect("there"), "titel = \"x\"\n");
}
