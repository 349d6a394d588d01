//! `faqc diff`: what edits of the care-plan FAQ mean to its readers, in every format, and revisions of git.
//!
//! The tests of revisions need the program git, as `faqc diff --git` does.

use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::Value;
use tempfile::TempDir;

use super::{Ran, folder, run, write};

/// A file, what stands in it, and what is to stand there instead.
type Edit<'a> = (&'a str, &'a str);

/// The FAQ as it was published twice: as it is in `old`, edited in `new`.
fn edited(edits: &[Edit<'_>]) -> TempDir {
    let place = TempDir::new().expect("a temporary folder");
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/as_published");
    for file in ["faq.toml", "published.faq"] {
        let text = fs::read(source.join(file)).expect("its files can be read");
        write(&place.path().join("old").join(file), &text);
        write(&place.path().join("new").join(file), &text);
    }
    for (from, to) in edits {
        edit(&place.path().join("new/published.faq"), from, to);
    }
    place
}

fn edit(path: &Path, from: &str, to: &str) {
    let text = fs::read_to_string(path).expect("the file is there");
    assert!(text.contains(from), "{} does not say {from}", path.display());
    fs::write(path, text.replace(from, to)).expect("files can be written");
}

fn compared(edits: &[Edit<'_>], arguments: &[&str]) -> Ran {
    let place = edited(edits);
    run(place.path(), &[&["diff", "old", "new"], arguments].concat())
}

/// A knowledge base in one file, twice.
fn two(old: &str, new: &str) -> TempDir {
    folder(&[
        ("old/faq.toml", "title = \"例\"\nversion = \"1.0\"\n".as_bytes()),
        ("old/a.faq", old.as_bytes()),
        ("new/faq.toml", "title = \"例\"\nversion = \"1.1\"\n".as_bytes()),
        ("new/a.faq", new.as_bytes()),
    ])
}

const NARROWER: Edit<'_> = ("条件 offices 2 以上", "条件 offices 3 以上");
const RENAMED: Edit<'_> = ("項目 one-office", "項目 keep-one-office");

#[test]
fn nothing_changes_for_readers_when_only_writers_see_the_change() {
    let same = compared(&[], &["--lang", "ja"]);
    assert_eq!((same.code, same.out.as_str()), (0, "old → new\n\n読者への案内は、どの場合も変わりません\n"));
    let unseen = [
        ("# 公開されたFAQの16項目", "# 公開された FAQ の 16 項目"),
        ("  番号 14\n", "  番号 14\n  担当 ヘルプデスク\n  更新 2024-04-01\n"),
        ("条件 password ＝ いいえ", "条件 (password または password) でない"),
        ("条件 issued ＝ 未発行", "条件 issued ≠ 発行済み"),
    ];
    let unseen = compared(&unseen, &[]);
    assert_eq!(
        (unseen.code, unseen.out.as_str()),
        (0, "old → new\n\nNothing changes for any reader, in any situation\n")
    );
    let note = compared(&[], &["--format", "markdown"]);
    assert!(note.code == 0 && note.out.ends_with("\nご案内の内容に変更はありません。\n"), "{}", note.out);
}

#[test]
fn a_changed_condition_is_told_with_where_how_often_and_an_example() {
    let changed = compared(&[NARROWER], &["--lang", "ja"]);
    assert_eq!((changed.code, changed.err.as_str()), (1, ""));
    insta::assert_snapshot!("condition", changed.out);
    insta::assert_snapshot!("condition.en", compared(&[NARROWER], &[]).out);
}

#[test]
fn names_may_change_with_and_without_saying_so() {
    let declared = compared(&[RENAMED, ("  番号 12\n", "  番号 12\n  旧名 one-office\n")], &["--lang", "ja"]);
    assert_eq!(declared.code, 0);
    insta::assert_snapshot!("renamed", declared.out);
    let guessed = compared(&[RENAMED], &["--lang", "ja"]);
    assert_eq!(guessed.code, 0);
    insta::assert_snapshot!("renamed_guess", guessed.out);
    let symptom = [
        ("事象 blue-screen", "事象 青い画面"),
        ("事実 offices", "事実 事業所数"),
        ("offices 2 以上", "事業所数 2 以上"),
        ("valid、offices", "valid、事業所数"),
    ];
    let both = compared(&symptom, &[]);
    assert!(both.code == 0 && both.out.contains("fact offices → 事業所数"), "{}", both.out);
}

#[test]
fn a_changed_text_is_told_line_by_line() {
    let edits = [
        ("＞ 組み合わせを見直します。", "＞ 組み合わせを見直します。\n    ＞ もう一度送信します。\n  "),
        ("質問 何事業所分ありますか？", "質問 何事業所分の電子証明書がありますか？"),
        ("伝達 試した対応策を伝えてください。", "電話 03-0000-0000\n  伝達 試した対応策を伝えてください。"),
        ("次 No.10-12", "次 No.10-11"),
    ];
    let edits: Vec<Edit<'_>> = edits.to_vec();
    insta::assert_snapshot!("text", compared(&edits[1..], &["--lang", "ja"]).out);
}

#[test]
fn a_new_value_is_a_situation_that_only_the_new_version_knows() {
    let added = compared(&[("{ 発行済み 未発行 }", "{ 発行済み 未発行 期限切れ }")], &["--lang", "ja"]);
    assert_eq!(added.code, 1);
    insta::assert_snapshot!("value", added.out);
    let opened = compared(&[("{ 発行済み 未発行 }", "{ 発行済み 未発行 … }")], &["--lang", "ja"]);
    insta::assert_snapshot!("open", opened.out);
}

const DATA_FORMAT: &str = "項目 data-format 書式が正しくない {\n  番号 14\n  事象 wrong-format\n  対応策 尋ねる {\n    \
                           ＞ 介護ソフトベンダに尋ねます。\n    連絡 software-vendor\n  }\n}\n";
const WRONG_FORMAT: &str = "事象 wrong-format \"書式が正しくない\" { 表示 \"ケアプランデータの書式フォーマットが正しくありません。\
                            ケアプランデータ内の書式を確認してください。\" }\n";

#[test]
fn things_that_are_gone_are_listed() {
    let removed = compared(&[(DATA_FORMAT, ""), (WRONG_FORMAT, "")], &["--lang", "ja"]);
    assert_eq!(removed.code, 1);
    insta::assert_snapshot!("removed", removed.out);
}

const ORDERED: &str =
    "事実 os \"OS\" : いずれか { windows \"Windows\" mac \"Mac\" linux \"Linux\" } { 質問 OSは何ですか？ }
文言 folder os 別 { windows: ドキュメント ; mac: 書類 ; linux: ホーム }
リンク site \"配布サイト\" https://example.com/
事象 s \"保存できない\"
項目 a 空きがない {
  番号 1
  事象 s
  対応策 消す {
    ＞ [→folder]を開きます。
    条件 os ＝ windows：ごみ箱を空にします。
    条件 os ＝ mac：ゴミ箱を空にします。
    ＞ [→site：こちら]も参照します。
  }
  対応策 増やす { 条件 os ＝ windows ; ＞ ディスクを増やします。 }
}
項目 b 壊れている { 番号 2 ; 事象 s ; 備考 修理します。 }
";

#[test]
fn cases_within_a_text_are_compared_situation_by_situation() {
    // The two steps for one system each become one choice, which reads the same.
    let chosen = ORDERED.replace(
        "    条件 os ＝ windows：ごみ箱を空にします。\n    条件 os ＝ mac：ゴミ箱を空にします。\n",
        "    条件 os ＝ windows {\n      ＞ ごみ箱を空にします。\n    } それ以外 条件 os ≠ linux {\n      ＞ ゴミ箱を空にします。\n    }\n",
    );
    assert_ne!(chosen, ORDERED);
    let same = two(ORDERED, &chosen);
    let same = run(same.path(), &["diff", "old", "new", "--lang", "ja"]);
    assert_eq!(same.code, 0, "{}{}", same.out, same.err);
    let edits = [
        ("mac: 書類", "mac: 「書類」フォルダー"),
        ("https://example.com/", "https://example.org/"),
        ("os ＝ windows ; ＞", "os ≠ mac ; ＞"),
    ];
    let text = edits.iter().fold(ORDERED.to_owned(), |text, (from, to)| text.replace(from, to));
    let place = two(ORDERED, &text);
    insta::assert_snapshot!("cases", run(place.path(), &["diff", "old", "new", "--lang", "ja"]).out);
    let reordered = text.replace("備考 修理します。", "備考 修理します。 ; 先行 a");
    let place = two(ORDERED, &reordered);
    insta::assert_snapshot!("release_note", run(place.path(), &["diff", "old", "new", "--format", "markdown"]).out);
}

#[test]
fn hostile_text_is_text_in_a_release_note() {
    let entry = |note: &str| format!("項目 a A {{\n  事象 「x」\n  備考 {note}\n}}\n");
    let place = two(&entry("y"), &entry("<script>alert(1)</script> *a* [b](javascript:c) | # {{{{#include d}}}}"));
    let note = run(place.path(), &["diff", "old", "new", "--format", "markdown"]);
    assert_eq!(note.code, 1);
    let mut html = String::new();
    pulldown_cmark::html::push_html(&mut html, pulldown_cmark::Parser::new(&note.out));
    assert!(html.contains("&lt;script&gt;alert(1)&lt;/script&gt; *a* [b](javascript:c) |"), "{html}");
    assert!(!note.out.contains("{{#"), "mdBook looks for directives before it reads Markdown: {}", note.out);
}

#[test]
fn a_diff_is_one_json_document_too() {
    let changed = compared(&[NARROWER], &["--format", "json"]);
    let document: Value = serde_json::from_str(&changed.out).expect("one JSON document");
    assert_eq!((&document["format"], &document["unchanged"]), (&"faqc-diff".into(), &false.into()));
    let change = &document["symptoms"][0]["changes"][0];
    assert_eq!(change["effects"][0]["entry"], "one-office");
    assert_eq!(change["boxes"][0]["facts"][0]["within"][0], serde_json::json!({"ge": 2, "le": 2}));
}

#[test]
fn a_version_with_errors_is_not_compared() {
    let broken = compared(&[("事象 send-failed\n  対応策 確認する", "事象 send-faild\n  対応策 確認する")], &[]);
    assert_eq!((broken.code, broken.out.as_str()), (2, ""));
    assert!(broken.err.contains("new/published.faq:"), "{}", broken.err);
    assert!(broken.err.contains("error[F0945]: a version with errors cannot be compared: new"), "{}", broken.err);
    let place = edited(&[]);
    fs::write(place.path().join("new/faq.toml"), "title = \"x\"\nlanguage = \"ja\"\n[lints]\nwarnings = \"deny\"\n")
        .expect("ours");
    assert_eq!(run(place.path(), &["diff", "old", "new"]).code, 1, "warnings are not in the way, denied or not");
}

#[test]
fn both_versions_are_to_be_given() {
    let place = edited(&[]);
    assert_eq!(run(place.path(), &["diff", "old"]).code, 2);
    let nowhere = run(place.path(), &["diff", "old", "nwe"]);
    assert!(nowhere.code == 2 && nowhere.err.contains("did you mean `new`?"), "{}", nowhere.err);
}

/// Runs git in a folder, without the settings of the machine.
fn git(place: &Path, arguments: &[&str]) {
    let mut command = Command::new("git");
    command.current_dir(place).args([
        "-c",
        "user.name=x",
        "-c",
        "user.email=x@example.com",
        "-c",
        "commit.gpgsign=false",
    ]);
    command.env("GIT_CONFIG_NOSYSTEM", "1").env("GIT_CONFIG_GLOBAL", place.join("no-such-file"));
    for name in ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"] {
        command.env_remove(name);
    }
    let ended = command.args(arguments).output().expect("this test compares revisions of git: install the program git");
    assert!(ended.status.success(), "git {arguments:?}: {}", String::from_utf8_lossy(&ended.stderr));
}

/// A repository with the FAQ in `知識/kb` as it was in `v1` and, with an entry narrowed, in `v2`; both at once in the work tree:
/// a text that is not committed yet.
fn repository() -> TempDir {
    let place = edited(&[]);
    fs::create_dir(place.path().join("知識")).expect("ours");
    fs::rename(place.path().join("new"), place.path().join("知識/kb")).expect("ours");
    let rules = place.path().join("知識/kb/published.faq");
    write(&place.path().join("知識/kb/.hidden/x.faq"), b"nothing that is read {");
    git(place.path(), &["init", "--quiet"]);
    git(place.path(), &["add", "."]);
    git(place.path(), &["commit", "--quiet", "-m", "one"]);
    git(place.path(), &["tag", "v1"]);
    edit(&rules, NARROWER.0, NARROWER.1);
    git(place.path(), &["commit", "--quiet", "--all", "-m", "two"]);
    git(place.path(), &["tag", "v2"]);
    edit(&rules, "＞ 組み合わせを見直します。", "＞ 組み合わせを選び直します。");
    place
}

#[test]
fn revisions_of_git_are_compared() {
    let place = repository();
    let narrowed = "は案内しなくなりました";
    let reworded = "組み合わせを選び直します。";
    for (range, has_narrowed, has_reworded) in [
        ("v1", true, true),
        ("HEAD", false, true),
        ("v1..v2", true, false),
        ("v1..", true, false),
        ("v2..v1", false, false),
        ("v1...v2", true, false),
        ("v2...v1", false, false),
        ("v2..v2", false, false),
    ] {
        let ran = run(place.path(), &["diff", "--git", range, "知識/kb", "--lang", "ja"]);
        let found = (ran.out.contains(narrowed), ran.out.contains(reworded));
        assert_eq!(found, (has_narrowed, has_reworded), "{range}: {}{}", ran.out, ran.err);
    }
    assert_eq!(run(place.path(), &["diff", "--git", "v2..v2", "知識/kb"]).code, 0);
    let inside = run(&place.path().join("知識/kb"), &["diff", "--git", "v1..v2", "--lang", "ja"]);
    assert!(inside.code == 1 && inside.out.starts_with("v1:. → v2:.\n"), "{}{}", inside.out, inside.err);
    let single = run(place.path(), &["diff", "--git", "v1..v2", "知識/kb/published.faq"]);
    assert_eq!(single.code, 1, "{}", single.err);
}

#[test]
fn a_knowledge_base_that_was_moved_is_compared_by_both_places() {
    let place = repository();
    git(place.path(), &["mv", "知識/kb", "kb"]);
    let gone = run(place.path(), &["diff", "--git", "v1", "kb"]);
    assert_eq!(gone.code, 2);
    assert!(gone.err.contains("error[F0943]: the revision `v1` of git has no knowledge base at `kb`"), "{}", gone.err);
    let moved = run(place.path(), &["diff", "--git", "v1", "知識/kb", "kb"]);
    assert_eq!(moved.code, 1, "{}", moved.err);
    assert!(moved.out.starts_with("v1:知識/kb → kb\n"), "{}", moved.out);
}

/// Git tells its hooks where the repository is whose hook they are.
#[test]
fn variables_of_a_hook_do_not_lead_elsewhere() {
    let (place, other) = (repository(), TempDir::new().expect("a temporary folder"));
    git(other.path(), &["init", "--quiet"]);
    let mut command = super::faqc(place.path());
    command.args(["diff", "--git", "v1..v2", "知識/kb"]);
    for name in ["GIT_DIR", "GIT_COMMON_DIR", "GIT_OBJECT_DIRECTORY"] {
        command.env(name, other.path().join(".git"));
    }
    command.env("GIT_WORK_TREE", other.path()).env("GIT_INDEX_FILE", "nowhere").env("GIT_PREFIX", "else/where/");
    let compared = super::ran(command.output().expect("the program starts"));
    assert_eq!((compared.code, compared.err.as_str()), (1, ""));
    assert_eq!(compared.out, run(place.path(), &["diff", "--git", "v1..v2", "知識/kb"]).out);
}

#[test]
fn what_git_cannot_give_is_told() {
    let place = repository();
    for revision in ["v3", "v1..v3", "-x", "v1...nowhere"] {
        let unknown = run(place.path(), &["diff", &format!("--git={revision}"), "知識/kb"]);
        assert_eq!((unknown.code, unknown.out.as_str()), (2, ""), "{revision}");
        assert!(unknown.err.contains("error[F0942]: git has no revision"), "{revision}: {}", unknown.err);
    }
    let outside = edited(&[]);
    let outside = super::ran(
        super::faqc(outside.path())
            .env("GIT_CEILING_DIRECTORIES", outside.path().parent().expect("a temporary folder"))
            .args(["diff", "--git", "HEAD", "old"])
            .output()
            .expect("the program starts"),
    );
    assert_eq!(outside.code, 2);
    assert!(outside.err.contains("error[F0941]: `old` is not kept in git"), "{}", outside.err);
    let no_git = super::ran(
        super::faqc(place.path())
            .env("PATH", place.path())
            .args(["diff", "--git", "v1", "知識/kb"])
            .output()
            .expect("the program starts"),
    );
    assert_eq!(no_git.code, 2);
    assert!(no_git.err.contains("error[F0940]: git is not installed"), "{}", no_git.err);
}

#[test]
fn errors_in_a_revision_are_shown_with_its_name() {
    let place = repository();
    edit(&place.path().join("知識/kb/published.faq"), "連絡 helpdesk", "連絡 helpdesc");
    git(place.path(), &["commit", "--quiet", "--all", "-m", "three"]);
    let broken = run(place.path(), &["diff", "--git", "v1..HEAD", "知識/kb"]);
    assert_eq!(broken.code, 2);
    assert!(broken.err.contains("HEAD:知識/kb/published.faq:"), "{}", broken.err);
}
