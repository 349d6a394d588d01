//! `faqc diagnose`: one answer, for people and as JSON by its schema, and what is refused.

use std::path::Path;

use super::{folder, run};

fn told(folder: &Path, arguments: &[&str]) -> String {
    let ran = run(folder, &[&["diagnose"], arguments].concat());
    format!("$ faqc diagnose {}\n{}{}{}\n", arguments.join(" "), ran.out, ran.err, ran.code)
}

fn careplan(arguments: &[&str]) -> String {
    told(Path::new(env!("CARGO_MANIFEST_DIR")), &[&["kb/careplan"], arguments].concat())
}

const MESSAGE: &str = "「送信に失敗しました。再度実行してください。」と出ます";

#[test]
fn verdicts_come_with_what_decides_and_the_next_step() {
    let found = ["--fact", "certificate-found=はい", "--fact", "own-certificate=はい"];
    let valid = ["--fact", "有効期限内の電子証明書がある＝あり", "--fact", "certificate-offices=3"];
    let check = ["--message", MESSAGE, "--tried", "No.9/check"];
    let told = [
        careplan(&["--message", MESSAGE]),
        careplan(
            &[&check[..], &found[..1], &["certificate-found=いいえ"], &["--unknown", "care-certificate-issued"]]
                .concat(),
        ),
        careplan(&[&check[..], &found[..], &valid[..]].concat()),
        careplan(
            &[&check[..], &["--lang", "en", "--unknown", "certificate-found", "--contacted", "ヘルプデスク"]].concat(),
        ),
    ];
    insta::assert_snapshot!("careplan", told.concat());
}

/// What an action sets, it sets after what was known before it.
#[test]
fn things_happen_in_the_order_of_the_arguments() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let known = |arguments: &[&str]| -> serde_json::Value {
        let symptom = ["diagnose", "kb/careplan", "--symptom", "send-failed", "--format", "json"];
        let ran = run(root, &[&symptom, arguments].concat());
        assert_eq!(ran.code, 0, "{ran:?}");
        serde_json::from_str::<serde_json::Value>(&ran.out).expect("one document")["known"].clone()
    };
    let (fact, tried) = (["--fact", "certificate-offices=3"], ["--tried", "keep-one-office/keep-own"]);
    let cells = |known: serde_json::Value| known[0]["cells"].clone();
    assert_eq!(cells(known(&[fact, tried].concat())), serde_json::json!([0]));
    assert_eq!(cells(known(&[tried, fact].concat())), serde_json::json!([1]));
    assert_eq!(cells(known(&[fact, tried, fact].concat())), serde_json::json!([1]));
    let passed_over = ["--passed-over", "keep-one-office/keep-own"];
    assert_eq!(cells(known(&[fact, passed_over].concat())), serde_json::json!([1]));
}

#[test]
fn programs_get_one_document() {
    let schema = faqc::diagnose::schema();
    let validator = jsonschema::validator_for(schema.as_value()).expect("a schema");
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let found = ["--symptom", "send-failed", "--fact", "certificate-found=no", "--tried", "check-certificate/check"];
    let runs: [(&[&str], i32); 5] = [
        (&["--message", MESSAGE], 0),
        (&found, 0),
        (&["--message", "qwertz"], 1),
        (&["--symptom", "send-failed", "--fact", "certificate-found=no", "--fact", "own-certificate=yes"], 1),
        (&["--symptom", "site-login-expired", "--unknown", "kj-id-known"], 0),
    ];
    let mut told = String::new();
    for (arguments, code) in runs {
        let ran = run(root, &[&["diagnose", "kb/careplan", "--format", "json"], arguments].concat());
        assert_eq!((ran.code, ran.err.as_str()), (code, ""), "{arguments:?}");
        let document = serde_json::from_str(&ran.out).expect("one JSON document");
        let errors: Vec<String> = validator.iter_errors(&document).map(|error| error.to_string()).collect();
        assert!(errors.is_empty(), "{arguments:?}: {errors:?}");
        told += &ran.out;
    }
    insta::assert_snapshot!("json", told);
}

#[test]
fn messages_that_are_alike_are_left_to_choose_from() {
    let text = b"symptom a \"A\" { message \"It failed.\" during reading }\nsymptom b \"B\" { message \"It failed.\" during writing }\n\
                 entry e E { symptom a ; symptom b ; note n }\n";
    let kb = folder(&[("faq.toml", b"title = \"x\"\nlanguage = \"en\"\n"), ("a.faq", text)]);
    insta::assert_snapshot!("alike", told(kb.path(), &[".", "--message", "it failed"]));
}

#[test]
fn what_was_typed_wrong_is_refused_with_what_was_meant() {
    let symptom = |more: &[&str]| careplan(&[&["--lang", "en", "--symptom", "send-failed"], more].concat());
    let refused = [
        careplan(&["--lang", "en"]),
        careplan(&["--lang", "en", "--symptom", "send-faild"]),
        symptom(&["--fact", "certificate-found"]),
        symptom(&["--fact", "certificate-fond=yes"]),
        symptom(&["--fact", "certificate-found=yess"]),
        symptom(&["--fact", "certificate-offices=0"]),
        symptom(&["--fact", "certificate-offices=many"]),
        symptom(&["--fact", "certificate-found=yes", "--fact", "事業所の電子証明書がある=no"]),
        symptom(&["--unknown", "owncertificate"]),
        symptom(&["--tried", "check-certificate/chek"]),
        symptom(&["--tried", "No.9"]),
        symptom(&["--contacted", "help-desk"]),
        symptom(&["--today", "someday"]),
        symptom(&["--format", "xml"]),
    ];
    insta::assert_snapshot!("refused", refused.concat());
}

/// As in a dialogue, where it would be a choice's number.
#[test]
fn a_number_alone_is_no_day() {
    let text = b"symptom a \"A\"\nfact renewed : date { ask \"When?\" }\n\
                 entry e E { symptom a ; when renewed >= today - 30 days ; note n }\n";
    let kb = folder(&[("faq.toml", b"title = \"x\"\nlanguage = \"en\"\n"), ("a.faq", text)]);
    for (day, code) in [("20230629", 2), ("2023-06-29", 0), ("-3", 0), ("today", 0)] {
        let fact = format!("renewed={day}");
        for command in ["diagnose", "why"] {
            let ran = run(kb.path(), &[command, ".", "--symptom", "a", "--today", "2023-06-30", "--fact", &fact]);
            assert_eq!(ran.code, code, "{command} {day}: {ran:?}");
            assert_eq!(ran.err.contains("F0920"), code == 2, "{command} {day}: {ran:?}");
        }
    }
}
