//! The JSON of sessions and steps is what `docs/table.md` says, and follows the published schemas.

mod support;

use faqc::runtime::{
    ActionJudgement, AnswerError, Hit, Judgement, Matched, Next, Session, ShownEntry, Verdict, read_answer,
};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use support::code_blocks;

/// The documents in the blocks of the page that are marked so.
fn documented(mark: &str) -> Vec<Value> {
    let blocks = code_blocks(include_str!("../docs/table.md")).into_iter();
    let texts = blocks.filter(|(info, _)| info.strip_prefix("json ") == Some(mark)).map(|(_, text)| text);
    texts.flat_map(|it| it.lines().map(|line| serde_json::from_str(line).unwrap()).collect::<Vec<_>>()).collect()
}

fn assert_documented<T: Serialize + DeserializeOwned + schemars::JsonSchema>(mark: &str) -> usize {
    let validator = jsonschema::validator_for(schemars::schema_for!(T).as_value()).unwrap();
    let documents = documented(mark);
    for document in &documents {
        assert!(validator.is_valid(document), "{document}");
        let read: T = serde_json::from_value(document.clone()).unwrap();
        assert_eq!(&serde_json::to_value(read).unwrap(), document);
    }
    documents.len()
}

#[test]
fn steps_and_sessions_are_written_as_documented() {
    assert_eq!(assert_documented::<Next>("steps"), 9);
    assert_eq!(assert_documented::<Session>("session"), 1);
}

#[test]
fn judgements_and_hits_are_written_as_documented() {
    let written = [
        serde_json::to_value(ShownEntry { entry: 4, verdict: Verdict::Certain, is_spent: false }),
        serde_json::to_value(Judgement { entry: 4, verdict: Verdict::Excluded }),
        serde_json::to_value(ActionJudgement { action: 1, verdict: Verdict::Possible }),
        serde_json::to_value(Hit {
            symptom: 0,
            key: 2,
            matched: Matched::Contained,
            score: 713,
            margin: 40,
            rival: true,
        }),
    ];
    let documented = [
        json!({"entry": 4, "verdict": "certain", "spent": false}),
        json!({"entry": 4, "verdict": "excluded"}),
        json!({"action": 1, "verdict": "possible"}),
        json!({"symptom": 0, "key": 2, "matched": "contained", "score": 713, "margin": 40, "rival": true}),
    ];
    let page = include_str!("../docs/table.md").replace(' ', "");
    for (written, document) in written.into_iter().zip(documented) {
        assert_eq!(written.unwrap(), document);
        let members = document.as_object().unwrap().iter().map(|(name, value)| format!("\"{name}\":{value}"));
        assert!(members.into_iter().all(|member| page.contains(&member)), "{document}");
    }
}

#[test]
fn what_is_no_answer_says_why() {
    let source =
        "fact f : one of { chrome edge } { ask \"?\" }\nentry e \"E\" { symptom \"s\" ; when f = edge ; action \"a\" }";
    let compilation = faqc::compile(support::inputs(source));
    let table = faqc::emit::table::build_table(&compilation, &mut faqc::diag::Diagnostics::default());
    let error: AnswerError = read_answer(&table, 0, "edg", None).unwrap_err();
    let document =
        json!({"error": "unknown-value", "written": "edg", "nearest": "edge", "choices": ["chrome", "edge"]});
    assert_eq!(serde_json::to_value(&error).unwrap(), document);
}
