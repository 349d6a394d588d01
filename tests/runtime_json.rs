//! The JSON of sessions and steps is what `docs/table.md` says, and follows the published schemas.

mod support;

use faqc::runtime::{
    ActionJudgement, AnswerError, Event, Hit, Judgement, Matched, Next, Session, ShownEntry, Verdict, read_answer,
};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use support::code_blocks;

/// The page on embedding has a table of events.
#[test]
fn events_are_written_as_documented() {
    let validator = jsonschema::validator_for(schemars::schema_for!(Event).as_value()).unwrap();
    let page = include_str!("../docs/embedding.md");
    let rows = page.lines().filter_map(|line| line.strip_prefix("| `{\"event\"")?.split_once('`'));
    let events: Vec<Value> =
        rows.map(|(rest, _)| serde_json::from_str(&format!("{{\"event\"{rest}")).unwrap()).collect();
    for event in &events {
        assert!(validator.is_valid(event), "{event}");
        let read: Event = serde_json::from_value(event.clone()).unwrap();
        assert_eq!(&serde_json::to_value(read).unwrap(), event);
    }
    assert_eq!(events.len(), 9);
    for wrong in
        [json!({"event": "explode"}), json!({"event": "done"}), json!({"event": "done", "action": 1, "more": 2})]
    {
        assert!(serde_json::from_value::<Event>(wrong).is_err());
    }
}

/// An event that cannot be changes nothing.
#[test]
fn events_are_checked_against_the_table() {
    let source = "fact f : yes/no { ask \"?\" }\nentry e \"E\" { symptom \"s\" ; when f ; action \"a\" }";
    let table = faqc::emit::table::build_table(
        &faqc::compile(support::inputs(source)),
        &mut faqc::diag::Diagnostics::default(),
    );
    let event = |event: Value| serde_json::from_value::<Event>(event).unwrap();
    let mut session = Session::default();
    let begin = event(json!({"event": "choose", "symptom": 0, "today": "2023-06-29"}));
    session.take(&table, &begin).unwrap();
    let before = session.clone();
    for (refused, why) in [
        (json!({"event": "choose", "symptom": 1}), json!({"error": "missing", "kind": "symptom", "index": 1})),
        (json!({"event": "unknown", "question": 9}), json!({"error": "missing", "kind": "question", "index": 9})),
        (json!({"event": "take-back", "question": 9}), json!({"error": "missing", "kind": "question", "index": 9})),
        (json!({"event": "done", "action": 7}), json!({"error": "missing", "kind": "action", "index": 7})),
        (json!({"event": "pass-over", "action": 7}), json!({"error": "missing", "kind": "action", "index": 7})),
        (json!({"event": "tell", "entry": 7}), json!({"error": "missing", "kind": "entry", "index": 7})),
        (json!({"event": "contact", "contact": 0}), json!({"error": "missing", "kind": "contact", "index": 0})),
        (json!({"event": "pick", "question": 0, "cells": []}), json!({"error": "no-such-cells", "question": 0})),
        (
            json!({"event": "pick", "question": 0, "cells": [{"fact": 0, "cells": [0, 1]}]}),
            json!({"error": "no-such-cells", "question": 0}),
        ),
    ] {
        let error = session.take(&table, &event(refused)).unwrap_err();
        assert_eq!(serde_json::to_value(&error).unwrap(), why);
        assert!(!error.to_string().is_empty());
        assert_eq!(session, before);
    }
    session
        .take(&table, &event(json!({"event": "pick", "question": 0, "cells": [{"fact": 0, "cells": [0]}]})))
        .unwrap();
    session.take(&table, &event(json!({"event": "done", "action": 0}))).unwrap();
    assert_eq!(
        serde_json::to_value(&session).unwrap(),
        json!({"symptom": 0, "evidence": {"0": [0]}, "asked": [0], "tried": [0], "begun": [0], "today": "2023-06-29"})
    );
}

/// Passing over is not doing: nothing follows.
#[test]
fn what_cannot_be_done_changes_nothing_else() {
    let source = "fact f : yes/no { ask \"?\" }\n\
                  entry e \"E\" { symptom \"s\" ; when f ; action a \"a\" { sets f = no ; then g } }\n\
                  entry g \"G\" { symptom \"s\" ; action b \"b\" }";
    let table = faqc::emit::table::build_table(
        &faqc::compile(support::inputs(source)),
        &mut faqc::diag::Diagnostics::default(),
    );
    let mut session = Session::new(0);
    let event = |event: Value| serde_json::from_value::<Event>(event).unwrap();
    session.take(&table, &event(json!({"event": "answer", "question": 0, "text": "yes"}))).unwrap();
    session.take(&table, &event(json!({"event": "pass-over", "action": 0}))).unwrap();
    let after = json!({"symptom": 0, "evidence": {"0": [0]}, "asked": [0], "tried": [0]});
    assert_eq!(serde_json::to_value(&session).unwrap(), after);
}

#[test]
fn a_session_is_checked_against_the_table() {
    let source = "fact f : yes/no { ask \"?\" }\nentry e \"E\" { symptom \"s\" ; when f ; action \"a\" ; contact c }\n\
                  contact c \"C\"";
    let table = faqc::emit::table::build_table(
        &faqc::compile(support::inputs(source)),
        &mut faqc::diag::Diagnostics::default(),
    );
    let session = |session: Value| serde_json::from_str::<Session>(&session.to_string()).unwrap();
    let whole = json!({
        "symptom": 0, "evidence": {"0": [0, 1]}, "asked": [0], "unknown": [0], "found": [0], "tried": [0], "begun": [0],
        "entered": [[0], []], "told": [0], "contacted": [0],
    });
    assert_eq!(session(whole).check(&table), Ok(()));
    assert_eq!(Session::default().check(&table), Ok(()));
    for (strange, kind, index) in [
        (json!({"symptom": 1}), "symptom", 1),
        (json!({"symptom": 0, "evidence": {"999": [0]}, "tried": [9999]}), "fact", 999),
        (json!({"asked": [0, 1]}), "question", 1),
        (json!({"unknown": [2]}), "question", 2),
        (json!({"found": [0, 3]}), "question", 3),
        (json!({"tried": [4_294_967_295u32]}), "action", 4_294_967_295u32),
        (json!({"begun": [5]}), "entry", 5),
        (json!({"entered": [[0], [6]]}), "entry", 6),
        (json!({"told": [7]}), "entry", 7),
        (json!({"contacted": [8]}), "contact", 8),
    ] {
        let error = session(strange).check(&table).unwrap_err();
        let expected = json!({"error": "missing", "kind": kind, "index": index});
        assert_eq!(serde_json::to_value(&error).unwrap(), expected);
        assert!(error.to_string().contains(&format!("{kind} {index}")), "{error}");
    }
    for cells in [json!([]), json!([0, 2])] {
        let error = session(json!({"evidence": {"0": cells}})).check(&table).unwrap_err();
        assert_eq!(serde_json::to_value(&error).unwrap(), json!({"error": "no-such-cells", "fact": 0}));
    }
}

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
            sure: false,
        }),
    ];
    let documented = [
        json!({"entry": 4, "verdict": "certain", "spent": false}),
        json!({"entry": 4, "verdict": "excluded"}),
        json!({"action": 1, "verdict": "possible"}),
        json!({"symptom": 0, "key": 2, "matched": "contained", "score": 713, "margin": 40, "rival": true, "sure": false}),
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
