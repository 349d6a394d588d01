//! `faqc ask` in plain lines: the whole dialogue as a script has it, in both languages, and what is refused.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::Stdio;

use super::{Ran, faqc, folder, ran, run};

/// A run with lines of input.
fn typed(folder: &Path, arguments: &[&str], input: &[u8]) -> Ran {
    let mut command = faqc(folder);
    command.arg("ask").args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("the program starts");
    // It may end before all is read.
    let _ = child.stdin.take().expect("input is a pipe").write_all(input);
    ran(child.wait_with_output().expect("the program ends"))
}

fn lines(lines: &[&str]) -> Vec<u8> {
    lines.iter().map(|line| format!("{line}\n")).collect::<String>().into_bytes()
}

fn careplan(input: &[&str]) -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let ran = typed(root, &["kb/careplan"], &lines(input));
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    ran.out
}

/// From a prompt's line of input on.
fn after<'a>(out: &'a str, input: &str) -> &'a str {
    out.split_once(&format!("> {input}\n")).unwrap_or_else(|| panic!("`{input}` was not read: {out}")).1
}

const MESSAGE: &str = "送信に失敗しました。再度実行してください。";

#[test]
fn certificates_from_the_message_to_the_solution() {
    let found = ["確認した（次へ）", "はい", "？", "1", "b", "b", "はい", "1", "2事業所分以上"];
    let steps = ["4", "1-2", "1", "1"];
    insta::assert_snapshot!("certificates", careplan(&[&[MESSAGE], &found[..], &steps[..]].concat()));
}

#[test]
fn nothing_helps_and_one_thing_cannot_be_done() {
    let found = ["1", "2", "はい", "3", "許可がない"];
    let out = careplan(&[&[MESSAGE], &found[..], &["1"]].concat());
    insta::assert_snapshot!("helpdesk", after(&out, "はい"));
}

/// What the answers exclude is told with the reason, also of entries that the reader was only handed over to; what was tried is not.
#[test]
fn what_did_not_apply_is_told() {
    let out = careplan(&["送信できない", "1", "1", "1", "1", "1", "1", "q"]);
    // The key that ends everywhere else ends here too.
    assert!(after(&out, "q").is_empty(), "{out}");
    let (_, summary) = out.rsplit_once("■ お問い合わせの記録").unwrap();
    let section = |head: &str| {
        let (_, rest) = summary.split_once(head).unwrap_or_else(|| panic!("{summary}"));
        rest.split("\n\n").next().unwrap().replace("\n  ", "")
    };
    let not = section("【当てはまらなかったこと・行わなかったこと】");
    let ruled_out = ["・No.10 ", "・No.11 ", "・No.12 "];
    assert!(ruled_out.iter().all(|it| not.contains(it)) && !not.contains("No.9 "), "{not}");
    assert!(not.contains("（電子証明書がある事業所の数：1事業所分）"), "{not}");

    let out = careplan(&[MESSAGE, "1", "2", "2", "2", "1", "2", "1"]);
    let (_, summary) = out.rsplit_once("■ お問い合わせの記録").unwrap();
    let (tried, rest) = summary.split_once("【行ったこと】").map(|(_, it)| it.split_once("\n\n").unwrap()).unwrap();
    for entry in ["No.11 ", "No.10 "] {
        assert!(tried.contains(entry), "{summary}");
        let not = rest.split("【結果】").next().unwrap();
        assert!(!not.contains(entry), "{summary}");
    }
}

/// What is so because of an action was not said by anybody, and the summary does not say so.
#[test]
fn what_an_action_brought_about_is_told_apart() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let ran = typed(root, &["tests/support/lamp.faq"], &lines(&["明かりがつかない", "いいえ", "2", "q"]));
    let (_, summary) = ran.out.rsplit_once("■ お問い合わせの記録").unwrap();
    let summary = summary.replace("\n  ", "");
    assert!(summary.contains("・コンセントに差してある：いいえ\n"), "{summary}");
    assert!(summary.contains("（電源ランプがついている：はい［対応策の結果］）"), "{summary}");
}

#[test]
fn what_is_not_known_leads_to_the_help_desk_and_on() {
    let out = careplan(&[MESSAGE, "1", "分からない", "分からない", "3"]);
    insta::assert_snapshot!("unknown", after(&out, "分からない"));
}

#[test]
fn symptoms_are_searched_for_listed_and_chosen() {
    insta::assert_snapshot!(
        "symptoms",
        careplan(&["qwertz", "", "/", "有効期限切れ", "b", "b", "b", "b", "b", "*", "99", "5", "q"])
    );
}

#[test]
fn it_speaks_the_language_that_is_asked_for() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let ran = typed(root, &["kb/careplan", "--lang", "en"], &lines(&[MESSAGE, "2", "1"]));
    assert_eq!(ran.code, 0);
    insta::assert_snapshot!("english", ran.out);
}

/// All kinds of questions, branches, texts by value, effects, alternatives, hand-overs, and an assumption that answers can break.
const EVERYTHING: &str = r#"symptom slow "It is slow" {
  message "It takes too long."
  during working
  note Save your work first.
}
fact os "system" : one of { windows "Windows" mac "macOS" } {
  ask Which system is it?
}
fact memory "memory" : number 1..64 unit GB {
  ask How much memory is there?
  check when os = windows {
    > Open Settings.
    ``` output
    RAM 8 GB
    ```
  }
  check when os = mac {
    > Open About This Mac.
  }
}
fact browsers "browsers" : any of { edge "Edge" chrome "Chrome" firefox "Firefox" } {
  ask Which browsers are there?
}
fact bought "day of purchase" : date {
  ask When was it bought?
}
assume os = mac implies memory >= 4
define old when bought < today - 365 days
text folder by os {
  windows: C:\Temp
  mac: /tmp
}
document guide "User guide" {
  url https://example.org/guide
  section 2 "Memory" https://example.org/guide#memory
}
contact shop "The shop" {
  tel 0123-456
  mail shop@example.org
  hours 9 to 5
  url https://example.org/shop
}
entry read-me "Many browsers" {
  number  1
  symptom slow
  when    browsers has edge and browsers has chrome
  note Two browsers at once take much memory. See [→guide 2].
}
entry add-memory "Too little memory" {
  number  2
  symptom slow
  when    memory < 8 and os = mac
  when    memory < 8 or  browsers has firefox
  cause Programs need more than there is
  action Make room {
    > Empty [→folder].
    when os = windows {
      > Restart Windows.
    } else {
      > Restart the Mac.
    }
    ! Do not switch it off.
    ① By hand
    > Delete files.
    ② With a tool
    > Run the tool.
  }
  action Buy memory {
    > Buy 8 GB; see [→guide 2].
    sets memory = 16
    recheck browsers
    solved Is it fast now?
  }
  otherwise contact shop
}
entry replace "It is old" {
  number  3
  symptom slow
  when    old
  action Buy a new one {
    > Buy it.
  }
  otherwise contact shop
}
"#;

fn everything() -> tempfile::TempDir {
    folder(&[("faq.toml", b"title = \"Everything\"\nlanguage = \"en\"\n"), ("a.faq", EVERYTHING.as_bytes())])
}

#[test]
fn every_kind_of_question_and_step_is_shown() {
    let kb = everything();
    let said = |input: &[&str]| {
        let ran = typed(kb.path(), &[".", "--today", "2026-04-01"], &lines(input));
        assert_eq!((ran.code, ran.err.as_str()), (0, ""));
        ran.out
    };
    let clashing = ["It takes too long", "2", "2026-01-01", "2", "?", "2 GB", "3", "1", "?", "2", "1"];
    insta::assert_snapshot!("clashing_answers", said(&clashing));
    let bought = ["It takes too long", "2024年1月1日", "3", "not now", "macOS", "4"];
    let done = ["4", "2-3", "2", "2", "2", "edge、chrome", "2", "4", "line is busy", "1"];
    insta::assert_snapshot!("everything", said(&[&bought[..], &done].concat()));
}

#[test]
fn a_summary_is_written_or_said_to_be_unwritable() {
    let kb = everything();
    let input = lines(&["It takes too long", "q"]);
    let ran_well = typed(kb.path(), &[".", "--summary", "out/ticket.txt"], &input);
    assert_eq!((ran_well.code, ran_well.err.as_str()), (0, "the summary is in out/ticket.txt\n"));
    let written = fs::read_to_string(kb.path().join("out/ticket.txt")).expect("it was written");
    assert!(ran_well.out.ends_with(&written), "{written}");
    let ran_badly = typed(kb.path(), &[".", "--summary", "a.faq/ticket.txt"], &input);
    assert_eq!(ran_badly.code, 2);
    assert!(ran_badly.out.ends_with(&written) && ran_badly.err.contains("F0905"), "{ran_badly:?}");
}

#[test]
fn a_summary_takes_the_place_of_nothing_that_is_read() {
    let kb = everything();
    fs::create_dir_all(kb.path().join("sub")).unwrap();
    let before = fs::read_to_string(kb.path().join("a.faq")).unwrap();
    let made_from_it = "the dialogue is made from it";
    for (summary, reason) in [
        ("a.faq", made_from_it),
        ("sub/new.faq", made_from_it),
        ("sub/../faq.toml", made_from_it),
        ("sub", "it is a folder"),
    ] {
        let ran = typed(kb.path(), &[".", "--summary", summary], &lines(&["q"]));
        assert!(ran.code == 2 && ran.out.is_empty() && ran.err.contains(reason), "{summary}: {ran:?}");
    }
    assert_eq!(fs::read_to_string(kb.path().join("a.faq")).unwrap(), before);
    assert!(!kb.path().join("sub/new.faq").exists());
}

#[test]
fn the_rest_of_a_line_without_end_is_no_answer() {
    let kb = everything();
    let long = format!("It takes too long{}\nq\n", " ".repeat(2 << 20));
    let ran = typed(kb.path(), &["."], long.as_bytes());
    let short = typed(kb.path(), &["."], &lines(&["It takes too long", "q"]));
    let prompts = |out: &str| out.matches("\n> ").count();
    assert_eq!((ran.code, prompts(&ran.out)), (0, prompts(&short.out)), "{}", ran.out);
}

#[test]
fn input_may_end_at_once_be_of_windows_or_no_text() {
    let kb = everything();
    let nothing = typed(kb.path(), &["."], b"");
    assert_eq!((nothing.code, nothing.err.as_str()), (0, ""));
    assert!(!nothing.out.contains("CASE SUMMARY"), "{}", nothing.out);
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let shift_jis = encoding_rs::SHIFT_JIS.encode(MESSAGE).0.into_owned();
    let windows = typed(root, &["kb/careplan"], &[&shift_jis[..], b"\r\n1\r\n"].concat());
    assert!(windows.code == 0 && windows.out.contains("質問："), "{windows:?}");
    let noise = typed(kb.path(), &["."], b"\xff\xfe\x00\x1b[31m\nIt takes too long\n\x1b]0;x\x07\n");
    assert!(noise.code == 0 && !noise.out.contains('\x1b'), "{noise:?}");
}

/// A table whose texts try to steer the terminal.
fn hostile() -> String {
    let kb = everything();
    let built = run(kb.path(), &["build", ".", "--out", "out", "--emit", "table"]);
    assert_eq!(built.code, 0, "{built:?}");
    let table = fs::read_to_string(kb.path().join("out/table.json")).expect("it was built");
    let attack = "\\u001b]0;owned\\u0007\\u001b[2J\\u009b31m\\u202e\\r\\u0008";
    let hostile =
        ["Everything", "It is slow", "memory", "Empty ", "Restart", "Make room", "The shop", "User guide", "Windows"];
    hostile.iter().fold(table, |table, word| table.replace(word, &format!("{attack}{word}")))
}

#[test]
fn hostile_text_does_not_reach_the_terminal() {
    let kb = folder(&[("table.json", hostile().as_bytes())]);
    let asked = ["It takes too long", "1", "4", "1,2", "2025-01-01", "2", "2", "3", "\x1b[31m", "q"];
    for arguments in [&["table.json"][..], &["table.json", "--lang", "ja"]] {
        let ran = typed(kb.path(), arguments, &lines(&asked));
        let steers = |c: char| c.is_control() && c != '\n' || c == '\u{202e}';
        assert!(ran.code == 0 && !ran.out.contains(steers) && !ran.err.contains(steers), "{ran:?}");
        assert!(ran.out.contains("]0;owned"), "the texts were shown: {}", ran.out);
    }
}

#[test]
fn what_is_no_table_is_refused() {
    let kb = everything();
    run(kb.path(), &["build", ".", "--out", "out", "--emit", "table"]);
    let table = fs::read(kb.path().join("out/table.json")).expect("it was built");
    let text = String::from_utf8(table.clone()).expect("a table is UTF-8");
    let files: [(&str, Vec<u8>); 13] = [
        ("cut.json", table[..table.len() / 2].to_vec()),
        ("shift_jis.json", encoding_rs::SHIFT_JIS.encode("{\"format\": \"推論表\"}").0.into_owned()),
        ("utf16.json", b"\xff\xfe{\0}\0".to_vec()),
        ("noise.json", b"\x80\xff\xfe\x00".to_vec()),
        ("text.txt", b"hello".to_vec()),
        ("other.json", b"{\"format\": \"faqc-kb\", \"version\": 1}".to_vec()),
        ("newer.json", text.replacen("\"version\":1", "\"version\":99", 1).into_bytes()),
        ("damaged.json", text.replacen("\"question\":0", "\"question\":77", 1).into_bytes()),
        ("missing.json", text.replacen("\"language\":", "\"tongue\":", 1).into_bytes()),
        ("unknown.json", text.replacen("\"kind\":\"one-of\"", "\"kind\":\"maybe\"", 1).into_bytes()),
        ("kind.json", text.replacen("\"title\":\"", "\"title\":3,\"was\":\"", 1).into_bytes()),
        ("choice.json", text.replacen("\"kind\":\"one-of\"", "\"if_unknown\":{},\"kind\":\"one-of\"", 1).into_bytes()),
        ("others.json", text.replacen("\"facts\":[0]", "\"facts\":[1]", 1).into_bytes()),
    ];
    let mut refused = String::new();
    for (name, bytes) in files {
        super::write(&kb.path().join(name), &bytes);
        for command in [&["ask", name][..], &["diagnose", name, "--symptom", "slow"]] {
            let ran = run(kb.path(), command);
            assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{name}: {ran:?}");
            refused = if command[0] == "ask" { refused + &ran.err } else { refused };
        }
        let told = run(kb.path(), &["ask", name, "--lang", "ja"]).err;
        refused += told.lines().nth(1).expect("what is wrong");
        refused += "\n\n";
    }
    insta::assert_snapshot!("no_table", refused);
    let marked = [&b"\xEF\xBB\xBF"[..], &table].concat();
    super::write(&kb.path().join("marked.json"), &marked);
    assert_eq!(run(kb.path(), &["ask", "marked.json"]).code, 0);
    assert_eq!(run(kb.path(), &["ask", "nowhere"]).code, 2);
    super::write(&kb.path().join("a.faq"), b"entry x {");
    let broken = run(kb.path(), &["ask"]);
    assert!(broken.code == 1 && broken.err.contains("error[F"), "{broken:?}");
}
