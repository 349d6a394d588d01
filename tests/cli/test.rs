//! `faqc test`: results and coverage in every format, and exit codes.

use std::fs;
use std::path::Path;

use lcov::Report as Trace;
use quick_junit::Report;
use serde_json::Value;
use tempfile::TempDir;

use super::{folder, run};

const CONFIG: (&str, &[u8]) = ("faq.toml", "title = \"印刷\"\nlanguage = \"ja\"\n".as_bytes());

const RULES: &str = "\
事象 print-failed \"印刷できない\" {
  表示 「印刷に失敗しました。」
  表示 「用紙がありません <A4>」
}
事実 paper \"用紙\" ： はい/いいえ { 質問 用紙がありますか？ }
事実 lamp \"ランプ\" ： いずれか { 緑 赤 消灯 } { 質問 ランプの色は？ }
項目 no-paper 用紙がない {
  事象 print-failed
  条件 paper ＝ いいえ または lamp ＝ 赤
  対応策 add \"用紙を入れる\" {
    ＞ 用紙を入れます。
    結果 paper ＝ はい
  }
}
項目 power-off 電源が入っていない {
  事象 print-failed
  条件 paper ＝ はい かつ lamp ＝ 消灯
  対応策 switch-on \"電源を入れる\" {
    ＞ 電源を入れます。
  }
}
";

const PASSING: &str = "
試験 用紙がない {
  与件 print-failed、paper ＝ いいえ
  期待 確実 no-paper
  期待 除外 power-off
}
";

const FAILING: &str = "
試験 「電源」が<切れて>いる & ランプ {
  与件 print-failed、paper ＝ はい
  期待 確実 power-off
  期待 除外 power-off
}
試験 事象がない {
  与件 paper ＝ はい
  期待 確実 power-off
}
";

fn kb(tests: &[&str]) -> TempDir {
    let text = tests.concat();
    folder(&[CONFIG, ("rules.faq", RULES.as_bytes()), ("tests.faq", text.as_bytes())])
}

#[test]
fn tests_that_pass_are_exit_code_0() {
    let kb = kb(&[PASSING]);
    let ended = run(kb.path(), &["test", "--lang", "ja"]);
    let expected = "合格　　用紙がない\n試験 1 件すべて合格です\n";
    assert_eq!((ended.code, ended.out.as_str(), ended.err.as_str()), (0, expected, ""));
    let english = run(kb.path(), &["test"]);
    assert_eq!((english.code, english.out.as_str()), (0, "passed  用紙がない\ntests: 1, all passed\n"));
    let short = run(kb.path(), &["test", "--format", "short"]);
    assert_eq!((short.code, short.out.as_str()), (0, ""));
}

#[test]
fn tests_that_fail_are_exit_code_1_and_told_with_their_reasons() {
    let kb = kb(&[PASSING, FAILING]);
    let ended = run(kb.path(), &["test", "--lang", "ja"]);
    assert_eq!((ended.code, ended.err.as_str()), (1, ""));
    insta::assert_snapshot!("failing_ja", ended.out);
    let english = run(kb.path(), &["test"]);
    assert_eq!(english.code, 1);
    insta::assert_snapshot!("failing_en", english.out);
    let short = run(kb.path(), &["test", "--format", "short"]);
    insta::assert_snapshot!("failing_short", short.out);
    for format in ["sarif", "github"] {
        let ended = run(kb.path(), &["test", "--format", format]);
        assert!(ended.code == 1 && ended.out.contains("F0810") && ended.out.contains("F0813"), "{}", ended.out);
    }
}

#[test]
fn a_filter_chooses_by_title() {
    let kb = kb(&[PASSING, FAILING]);
    let chosen = run(kb.path(), &["test", "--filter", "用紙"]);
    assert_eq!((chosen.code, chosen.out.as_str()), (0, "passed  用紙がない\ntests: 1, all passed\n"));
    let none = run(kb.path(), &["test", "--filter", "電原"]);
    assert_eq!((none.code, none.out.as_str()), (2, ""));
    assert!(none.err.contains("error[F0930]: no test has `電原` in its title"), "{}", none.err);
}

#[test]
fn without_tests_there_is_nothing_to_fail() {
    let kb = kb(&[]);
    let ended = run(kb.path(), &["test"]);
    assert_eq!((ended.code, ended.out.as_str()), (0, "there are no tests; write some as test TITLE { … }\n"));
    let covered = run(kb.path(), &["test", "--min-coverage", "1"]);
    assert_eq!(covered.code, 1);
    assert!(covered.err.contains("too few entries are tested: 0 of 2 (0%) are less than 1%"), "{}", covered.err);
}

#[test]
fn a_broken_knowledge_base_is_shown_as_check_shows_it() {
    let kb = kb(&["試験 x {\n  与件 print-faild\n  期待 なし\n}\n"]);
    for format in ["human", "short", "json", "junit", "sarif", "github"] {
        let ended = run(kb.path(), &["test", "--format", format, "--coverage"]);
        assert_eq!((ended.code, ended.err.as_str()), (1, ""), "{format}");
        assert!(ended.out.contains("F0201"), "{format}: {}", ended.out);
    }
    let checked = run(kb.path(), &["check"]);
    assert_eq!(run(kb.path(), &["test"]).out, checked.out);
    let json: Value = serde_json::from_str(&run(kb.path(), &["test", "--format", "json"]).out).expect("JSON");
    assert_eq!((json["findings"][0]["code"].as_str(), json["tests"].as_array()), (Some("F0201"), Some(&Vec::new())));
    assert_eq!(run(kb.path(), &["test", "nowhere"]).code, 2);
}

#[test]
fn json_tells_every_test() {
    let kb = kb(&[PASSING, FAILING]);
    let ended = run(kb.path(), &["test", "--format", "json"]);
    let json: Value = serde_json::from_str(&ended.out).expect("one JSON document");
    assert_eq!(json["summary"], serde_json::json!({"tests": 3, "passed": 1, "failed": 2}));
    let failed = &json["tests"][1];
    assert_eq!(
        (failed["passed"].as_bool(), failed["line"].as_u64(), failed["file"].as_str()),
        (Some(false), Some(8), Some("tests.faq"))
    );
    let finding = &failed["findings"][0];
    assert_eq!(finding["message"], "expected `確実 power-off`, but it is `possible power-off`");
    assert_eq!(finding["location"]["start"]["line"], 10);
}

#[test]
fn junit_is_read_by_its_readers_and_always_the_same() {
    let kb = kb(&[PASSING, FAILING]);
    let ended = run(kb.path(), &["test", "--format", "junit"]);
    assert_eq!(ended.code, 1);
    assert_eq!(run(kb.path(), &["test", "--format", "junit"]).out, ended.out);
    assert!(!ended.out.contains("timestamp"), "{}", ended.out);
    let report = Report::deserialize_from_str(&ended.out).expect("well-formed");
    assert_eq!((report.tests, report.failures, report.errors), (3, 2, 0));
    let suite = report.test_suites.first().expect("one file");
    let titles: Vec<&str> = suite.test_cases.iter().map(|case| case.name.as_str()).collect();
    assert_eq!(titles, ["用紙がない", "「電源」が<切れて>いる & ランプ", "事象がない"]);
    insta::assert_snapshot!("junit", ended.out);
}

#[test]
fn coverage_names_what_no_test_reaches() {
    let kb = kb(&[PASSING]);
    let ended = run(kb.path(), &["test", "--coverage", "--lang", "ja"]);
    assert_eq!((ended.code, ended.err.as_str()), (0, ""));
    insta::assert_snapshot!("coverage", ended.out);
    let beside = run(kb.path(), &["test", "--coverage", "--format", "json"]);
    serde_json::from_str::<Value>(&beside.out).expect("the results alone");
    assert!(beside.err.contains("not tested:\n"), "{}", beside.err);
}

#[test]
fn lcov_has_the_lines_and_the_rows() {
    let kb = kb(&[PASSING]);
    let out = kb.path().join("out/faq.info");
    let ended = run(kb.path(), &["test", "--coverage-format", "lcov", "--coverage-out", "out/faq.info"]);
    assert_eq!((ended.code, ended.out.as_str()), (0, "passed  用紙がない\ntests: 1, all passed\n"));
    let trace = Trace::from_file(&out).expect("a trace file");
    let (key, section) = trace.sections.first_key_value().expect("a file");
    assert_eq!((trace.sections.len(), key.source_file.as_path()), (1, Path::new("rules.faq")));
    let lines: Vec<(u32, u64)> = section.lines.iter().map(|(key, value)| (key.line, value.count)).collect();
    assert_eq!(lines, [(1, 1), (2, 0), (3, 0), (7, 1), (9, 1), (10, 1), (15, 0), (17, 0), (18, 0)]);
    let rows: Vec<(u32, u32, Option<u64>)> =
        section.branches.iter().map(|(key, value)| (key.line, key.branch, value.taken)).collect();
    assert_eq!(rows, [(9, 0, Some(1)), (9, 1, Some(0)), (17, 0, Some(0))]);
    let text = fs::read_to_string(&out).expect("there");
    assert!(text.contains("BRF:3\nBRH:1\n") && text.contains("LF:9\nLH:4\nend_of_record\n"), "{text}");
}

#[test]
fn too_little_coverage_is_exit_code_1_and_says_of_what() {
    let kb = kb(&[PASSING]);
    let short = run(kb.path(), &["test", "--min-coverage", "50", "--coverage-out", "c.txt"]);
    assert_eq!(short.code, 1);
    assert_eq!(
        short.err,
        "too few condition rows are tested: 1 of 3 (33%) are less than 50%\n\
         too few messages are tested: 0 of 2 (0%) are less than 50%\n"
    );
    assert!(fs::read_to_string(kb.path().join("c.txt")).expect("written").starts_with("entries: 1 of 2"));
    assert_eq!(run(kb.path(), &["test", "--min-coverage", "0"]).code, 0);
    assert_eq!(run(kb.path(), &["test", "--min-coverage", "101"]).code, 2);
    assert_eq!(run(kb.path(), &["test", "--min-coverage", "50", "--filter", "zz"]).code, 2);
}

#[test]
fn a_coverage_file_that_cannot_be_written_is_told() {
    let kb = kb(&[PASSING]);
    fs::create_dir(kb.path().join("taken")).expect("ours");
    let ended = run(kb.path(), &["test", "--coverage-out", "taken"]);
    assert_eq!(ended.code, 2);
    assert!(ended.err.contains("error[F0905]: cannot write `taken`"), "{}", ended.err);
}

#[cfg(unix)]
#[test]
fn a_coverage_file_stays_the_file_that_it_is() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let kb = kb(&[PASSING]);
    let path = |name: &str| kb.path().join(name);
    let mode = |name: &str| fs::metadata(path(name)).expect("there").permissions().mode() & 0o777;
    let measure = |name: &str| {
        let ended = run(kb.path(), &["test", "--coverage-out", name]);
        assert_eq!((ended.code, ended.err.as_str()), (0, ""), "{name}");
    };
    fs::write(path("plain"), "").expect("ours");
    measure("new");
    assert_eq!(mode("new"), mode("plain"), "a new file is like any other");
    fs::set_permissions(path("plain"), fs::Permissions::from_mode(0o664)).expect("ours");
    symlink("plain", path("link")).expect("links can be made");
    symlink("later", path("early")).expect("links can be made");
    measure("link");
    measure("early");
    assert!(path("link").is_symlink() && path("early").is_symlink());
    assert_eq!(mode("plain"), 0o664);
    let written = fs::read(path("new")).expect("there");
    assert!(!written.is_empty());
    assert_eq!(fs::read(path("plain")).expect("there"), written);
    assert_eq!(fs::read(path("later")).expect("there"), written);
    let made = std::process::Command::new("mkfifo").arg(path("fifo")).status();
    assert!(made.expect("there is mkfifo").success());
    let reader = std::thread::spawn({
        let fifo = path("fifo");
        move || fs::read(fifo).expect("it can be read")
    });
    measure("fifo");
    assert_eq!(reader.join().expect("it ends"), written);
    measure("/dev/null");
    assert!(!fs::metadata("/dev/null").expect("there").is_file());
}

#[test]
fn junit_holds_no_character_that_xml_has_not() {
    let kb = kb(&["\n試験 a\u{fffe}b\u{1b}[31mc {\n  与件 print-failed、paper ＝ いいえ\n  期待 除外 no-paper\n}\n"]);
    let ended = run(kb.path(), &["test", "--format", "junit"]);
    assert_eq!(ended.code, 1);
    assert!(!ended.out.contains(['\u{fffe}', '\u{1b}']) && ended.out.contains("name=\"a\u{fffd}b"), "{}", ended.out);
}

/// Facts of every type; each entry needs a value of its own.
const TYPES: &str = "\
fact flag : yes/no { ask \"Flag?\" }
fact os : one of { win10 \"Windows 10\" \"mac os\" … } { ask \"Which?\" }
fact browsers : any of { edge chrome } { ask \"Which?\" }
fact rate : number 0..10 step 0.5 { ask \"How many?\" }
fact count : number { only when flag ; ask \"How many?\" }
fact app : version { ask \"Which version?\" }
fact bought : date { ask \"When?\" }
fact renewed : date { ask \"When?\" }
fact idle : date { only when not flag ; ask \"When?\" }
assume flag implies browsers has chrome
define slow when rate < 2.5 or count >= 100
symptom s 「Something is \"wrong\"」 {
  message \"Error {code}: (wrong)\"
  message \"It is all wrong\"
}
entry os-other \"A\" { symptom s ; when os = other ; note a }
entry os-mac \"B\" { symptom s ; when os = \"mac os\" and not slow ; note a }
entry edge-only \"C\" { symptom s ; when browsers has edge and not browsers has chrome ; note a }
entry slow-one \"D\" { symptom s ; when slow ; note a }
entry newer \"E\" { symptom s ; when app > 6.0 and app < 6.0.2 or app in 7.1.x ; note a }
entry exact \"F\" { symptom s ; when app = 6.0 ; note a }
entry soon \"G\" { symptom s ; when bought > today + 3 days or bought < today - 30 days ; note a }
entry old \"H\" { symptom s ; when renewed < 2020-02-29 ; note a }
entry counted \"I\" { symptom s ; when count < 0 or count = 7 ; note a }
entry other \"J\" { symptom s, t ; fallback ; note a }
entry browserless \"L\" { symptom s ; when not browsers has edge and not browsers has chrome ; note a }
entry idle-one \"K\" { symptom s ; when idle >= 2000-01-01 or idle < 2000-01-01 ; note a }
symptom t \"Nothing happens\"
";

#[test]
fn suggested_tests_pass_and_reach_everything() {
    let english = ("faq.toml", &b"title = \"t\"\nlanguage = \"en\"\n"[..]);
    for (config, rules) in [(CONFIG, RULES), (english, TYPES)] {
        let kb = folder(&[config, ("rules.faq", rules.as_bytes())]);
        let suggested = run(kb.path(), &["test", "--suggest", "--format", "short"]);
        let (_, blocks) = suggested.err.split_once("# ").expect("a line says what follows");
        fs::write(kb.path().join("tests.faq"), format!("# {blocks}")).expect("ours");
        let ended = run(kb.path(), &["test", "--min-coverage", "100"]);
        assert_eq!((ended.code, ended.err.as_str()), (0, ""), "{blocks}{}", ended.out);
        assert!(blocks.matches("\n}\n").count() > 4, "{blocks}");
        let again = run(kb.path(), &["test", "--suggest"]);
        assert!(again.out.ends_with("# there are no tests to suggest\n"), "{}", again.out);
    }
}
