//! `faqc why`: reasons and near misses on the care-plan FAQ and on one with everything that can decide, and refusals.

use std::path::Path;

use super::{folder, run};

/// What a run in a folder prints, with its exit code.
fn told(folder: &Path, arguments: &[&str]) -> String {
    let ran = run(folder, &[&["why"], arguments].concat());
    format!("$ faqc why {}\n{}{}{}\n", arguments.join(" "), ran.out, ran.err, ran.code)
}

fn careplan(arguments: &[&str]) -> String {
    told(Path::new(env!("CARGO_MANIFEST_DIR")), &[&["kb/careplan", "--lang", "ja"], arguments].concat())
}

const MESSAGE: &str = "送信に失敗しました。再度実行してください。";

#[test]
fn one_more_office_is_all_that_is_missing() {
    let found = ["--fact", "certificate-found=はい", "--fact", "own-certificate=はい"];
    let valid = ["--fact", "有効期限内の電子証明書がある＝あり", "--fact", "certificate-offices=1事業所分"];
    let given = [&["--message", MESSAGE], &found[..], &valid[..]].concat();
    insta::assert_snapshot!("one_office", careplan(&given));
}

#[test]
fn what_is_asked_in_vain_is_told_apart_from_what_would_have_to_be_otherwise() {
    let given = ["--message", "「送信に失敗しました。再度実行してください。」と出て困っています"];
    let facts = ["--fact", "certificate-found=いいえ", "--unknown", "care-certificate-issued"];
    let entries = ["--entry", "No.11", "--entry", "keep-one-office"];
    insta::assert_snapshot!("not_found", careplan(&[&given[..], &facts[..], &entries[..]].concat()));
}

/// Overridden, pushed aside, impossible together, assumed, dead.
const EVERYTHING: &str = "\
symptom slow \"It is slow\" {
  message \"It takes too long.\"
}
symptom crash \"It crashes\"
fact os \"system\" : one of { windows mac linux }
fact memory \"memory\" : number 1..64 unit GB { only when os != linux }
fact browsers : any of { edge chrome }
fact bought \"day of purchase\" : date
fact mobile : yes/no { if unknown = no }
assume os = mac implies not mobile
define old when bought < today - 365 days
entry free-memory \"Too little memory\" {
  number  1
  symptom slow
  when    memory < 8 and
}
";

fn everything() -> String {
    EVERYTHING.replace("memory < 8 and\n}", "memory < 8\n  overrides No.2\n  note n\n}")
        + "\
entry update \"Update the browser\" {
  number  2
  symptom slow
  when    browsers has edge and not (memory < 4)
  note n
}
entry both \"Windows and Mac at once\" {
  number  3
  symptom slow
  when    os = windows or mobile
  when    os = mac
  note n
}
entry replace \"Buy a new one\" {
  number  4
  symptom slow
  when    old
  note n
}
entry other \"Anything else\" {
  number   5
  symptom  slow
  fallback
  note n
}
entry crashed \"It crashed\" {
  number  6
  symptom crash
  note n
}
"
}

fn a_folder() -> tempfile::TempDir {
    folder(&[("faq.toml", b"title = \"x\"\nlanguage = \"en\"\n"), ("a.faq", everything().as_bytes())])
}

#[test]
fn everything_that_decides_is_named() {
    let kb = a_folder();
    let slow = |more: &[&str]| told(kb.path(), &[&["--symptom", "It is slow"], more].concat());
    let today = ["--today", "2026-04-01", "--fact", "bought=2026-01-01"];
    let little =
        ["--fact", "os=windows", "--fact", "memory=4GB", "--fact", "browsers=edge, chrome", "--unknown", "mobile"];
    let told = [
        slow(&[]),
        slow(&[&little[..], &today[..]].concat()),
        slow(&["--fact", "os=linux", "--entry", "1", "--entry", "5"]),
        slow(&["--fact", "os=mac", "--entry", "3", "--entry", "4"]),
    ];
    insta::assert_snapshot!("everything", told.concat());
}

#[test]
fn programs_get_one_document() {
    let schema = faqc::why::schema();
    let validator = jsonschema::validator_for(schema.as_value()).expect("a schema");
    let kb = a_folder();
    let facts = ["--fact", "os=linux", "--fact", "browsers/edge=no", "--unknown", "bought", "--format", "json"];
    for more in [&facts[..], &facts[4..]] {
        let json = run(kb.path(), &[&["why", "--symptom", "slow"], more].concat());
        assert_eq!((json.code, json.err.as_str()), (0, ""));
        let document = serde_json::from_str(&json.out).expect("one JSON document");
        let errors: Vec<String> = validator.iter_errors(&document).map(|error| error.to_string()).collect();
        assert!(errors.is_empty(), "{errors:?}");
    }
    let json = run(kb.path(), &[&["why", "--symptom", "slow", "--entry", "No.1"], &facts[..]].concat());
    insta::assert_snapshot!("json", json.out);
}

#[test]
fn what_was_typed_wrong_is_refused_with_what_was_meant() {
    let kb = a_folder();
    let slow = |more: &[&str]| told(kb.path(), &[&["--symptom", "slow"], more].concat());
    let refused = [
        told(kb.path(), &[]),
        told(kb.path(), &["--symptom", "solw"]),
        told(kb.path(), &["--symptom", "No.1"]),
        told(kb.path(), &["--message", "lo"]),
        told(kb.path(), &["--message", "zzz"]),
        slow(&["--fact", "os"]),
        slow(&["--fact", "oss=mac"]),
        slow(&["--fact", "os=macc"]),
        slow(&["--fact", "memory=65"]),
        slow(&["--fact", "memory=much"]),
        slow(&["--fact", "old=yes"]),
        slow(&["--fact", "bought=2026-01-01"]),
        slow(&["--fact", "bought=2026-01-01", "--today", "soon"]),
        slow(&["--fact", "os=mac", "--fact", "system=mac"]),
        slow(&["--fact", "os=linux", "--fact", "memory=8", "--fact", "browsers=none"]),
        slow(&["--fact", "os=mac", "--fact", "mobile=yes"]),
        slow(&["--unknown", "nothing"]),
        slow(&["--entry", "6"]),
        slow(&["--entry", "7"]),
    ];
    insta::assert_snapshot!("refused", refused.concat());
}

#[test]
fn a_knowledge_base_with_errors_answers_nothing() {
    let kb = folder(&[("faq.toml", b"title = \"x\"\n"), ("a.faq", EVERYTHING.as_bytes())]);
    let ran = run(kb.path(), &["why", "--symptom", "slow"]);
    assert_eq!((ran.code, ran.out.as_str()), (1, ""));
    assert!(ran.err.contains("error[F0"), "{}", ran.err);
}
