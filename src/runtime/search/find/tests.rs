//! The rules of the ranking, one by one.

use super::*;

fn table(terms: serde_json::Value) -> Table {
    let symptom = |id: &str, keys: &[(&str, &[&str])]| {
        let keys: Vec<_> = keys
            .iter()
            .map(|(kind, parts)| {
                let folded: Vec<String> = parts.iter().map(|part| fold(part)).collect();
                serde_json::json!({"kind": kind, "text": parts.concat(), "folded": folded})
            })
            .collect();
        serde_json::json!({"id": id, "title": [], "keys": keys, "entries": [], "actions": []})
    };
    let symptoms = [
        symptom("failed", &[("title", &["送信できない"]), ("message", &["送信に失敗しました"])]),
        symptom("retry", &[("message", &["送信に失敗しました。再度実行してください。"])]),
        symptom("count", &[("also", &["あ"]), ("message", &["エラー：", "件の処理に失敗"])]),
        symptom("received", &[("message", &["受信に失敗しました。再度実行してください。"])]),
        symptom("english", &[("message", &["Cannot connect to the server. Check the network cable."])]),
        symptom("certificate", &[("message", &["電子証明書の有効期限が切れています"])]),
    ];
    let table = serde_json::json!({
        "format": "faqc-table", "version": 1, "title": "", "language": "ja", "questions": [], "facts": [],
        "contradiction": {"rows": []}, "conditions": [], "symptoms": symptoms, "entries": [], "actions": [], "terms": terms,
    });
    Table::from_json(table.to_string().as_bytes()).unwrap()
}

fn hits(text: &str) -> Vec<Hit> {
    let terms =
        serde_json::json!([{"id": "電子証明書", "avoid": ["デジタル証明書"], "reading": ["でんししょうめいしょ"]}]);
    find(&table(terms), text)
}

fn found(text: &str) -> Vec<(u32, Matched)> {
    hits(text).into_iter().map(|it| (it.symptom, it.matched)).collect()
}

fn first(text: &str) -> Option<u32> {
    hits(text).first().map(|it| it.symptom)
}

#[test]
fn the_very_text_comes_first_and_the_longest_match_next() {
    let failed = hits("送信に失敗しました！");
    assert_eq!((failed[0].symptom, failed[0].matched, failed[0].score), (0, Matched::Exact, 1000));
    let retry = hits("送信に失敗しました 再度実行してください");
    assert_eq!((retry[0].symptom, retry[0].matched), (1, Matched::Exact));
    assert!(!is_ambiguous(&retry), "{retry:?}");
    assert!(!is_ambiguous(&failed), "{failed:?}");
    let pasted = found("すみません、「送信に失敗しました。\n再度実行してください。」と出ます");
    assert_eq!(pasted[0], (1, Matched::Contained));
    assert!(pasted.contains(&(0, Matched::Contained)));
}

#[test]
fn fixed_parts_stand_in_order_around_what_varies() {
    assert_eq!(found("エラー:12件の処理に失敗")[0], (2, Matched::Contained));
    assert_ne!(found("件の処理に失敗、エラー").first(), Some(&(2, Matched::Contained)));
}

#[test]
fn nothing_relevant_gives_nothing() {
    for text in [
        "",
        "。。。",
        "あいうえお",
        "印刷できません",
        "The printer is out of paper",
        "今日はいい天気ですね。お昼は何にしますか。",
    ] {
        assert_eq!(hits(text), [], "{text}");
    }
    assert_eq!(found("あ"), [(2, Matched::Exact)]);
}

#[test]
fn wrong_and_missing_characters_do_not_matter() {
    assert_eq!(first("受信に失敗しま た。再度実行レてくだざい"), Some(3));
    assert_eq!(first("送言に失敗しました。再度実行してください。"), Some(1));
    assert_eq!(first("cannnot conect to server, check network cable"), Some(4));
    assert_eq!(first("電子証明書の有功期限が"), Some(5));
}

#[test]
fn other_spellings_and_readings_of_a_word_find_it() {
    assert_eq!(found("デジタル証明書の有効期限が切れています")[0], (5, Matched::Contained));
    assert_eq!(first("でんししょうめいしょの期限が切れた"), Some(5));
    assert_eq!(first("デンシショウメイショの有効期限"), Some(5));
}

#[test]
fn what_a_text_does_not_tell_apart_is_said_to_be_ambiguous() {
    let half = hits("に失敗しました。再度実行してください。");
    assert!(is_ambiguous(&half), "{half:?}");
    let whole = hits("受信に失敗しました。再度実行してください。");
    assert!(!is_ambiguous(&whole), "{whole:?}");
    let both = hits("送信に失敗しました。再度実行してください。 電子証明書の有効期限が切れています");
    assert!(is_ambiguous(&both), "{both:?}");
}

#[test]
fn a_wrong_character_leaves_apart_what_the_others_tell_apart() {
    for (text, symptom) in [
        ("受倍に失敗しました。再度実行してください。", 3),
        ("送倍に失敗しました。再度実行してください。", 1),
        ("受信に失敗しまレた。再度実行してくだきい。", 3),
        ("送信に失敗しましたた。再再度実行してください。", 1),
    ] {
        let hits = hits(text);
        assert_eq!(hits[0].symptom, symptom, "{text}: {hits:?}");
        assert!(!is_ambiguous(&hits), "{text}: {hits:?}");
    }
    let neither = hits("倍に失敗しました。再度実行してください。");
    assert!(is_ambiguous(&neither), "{neither:?}");
}

#[test]
fn a_message_that_is_there_is_meant_unless_a_longer_one_has_it() {
    let text = "cannot connect to the server. check the net 受信に失敗しました。再度実行してください。";
    assert_eq!(first(text), Some(3));
    // All of the message of the first symptom is there, and nearly all of that of the second.
    assert_eq!(first("送信に失敗しました。再度実行してくださ"), Some(1));
}

/// Symptoms of one message each.
fn with_messages(title: &str, messages: &[&str]) -> Table {
    let symptom = |(at, text): (usize, &&str)| {
        let keys = [serde_json::json!({"kind": "message", "text": text, "folded": [fold(text)]})];
        serde_json::json!({"id": at.to_string(), "title": [], "keys": keys, "entries": [], "actions": []})
    };
    let symptoms: Vec<_> = messages.iter().enumerate().map(symptom).collect();
    let table = serde_json::json!({
        "format": "faqc-table", "version": 1, "title": title, "language": "en", "questions": [], "facts": [],
        "contradiction": {"rows": []}, "conditions": [], "symptoms": symptoms, "entries": [], "actions": [],
    });
    Table::from_json(table.to_string().as_bytes()).unwrap()
}

#[test]
fn what_goes_on_as_a_longer_message_is_perhaps_that_one() {
    let messages = [
        "Sync is paused.",
        "Sync is paused. Battery saver is on.",
        "The file could not be saved.",
        "The file could not be saved. The disk is write-protected.",
        "The file could not be saved. The disk is full.",
    ];
    let table = with_messages("", &messages);
    for (text, expected) in [
        ("Sync is paused.", Some(0)),
        ("Sync is paused. Battery", None),
        ("Sync is paused. Battery saver is", Some(1)),
        ("It said: The file could not be saved. I restarted twice.", Some(2)),
        ("The file could not be saved. The disk is fu", Some(4)),
    ] {
        assert_eq!(decided(&find(&table, text)), expected, "{text}: {:?}", find(&table, text));
    }
}

#[test]
fn numbers_tell_apart_as_a_whole() {
    let table = with_messages(
        "",
        &[
            "Lost (code 1001).",
            "Lost (code 1002).",
            "Lost (code 1010).",
            "税率8%は選択できません。",
            "税率10%は選択できません。",
        ],
    );
    for text in ["Lost (code 1003).", "税率80%は選択できません。"] {
        assert_eq!(decided(&find(&table, text)), None, "{text}: {:?}", find(&table, text));
    }
    assert_eq!(decided(&find(&table, "code 1002")), Some(1));
    assert_eq!(decided(&find(&table, "Lost! code 1010!! Help!")), Some(2));
}

#[test]
fn what_the_title_is_about_leads_nowhere_by_itself() {
    let table = with_messages("AcmeSync Desktop FAQ", &["Upload failed.", "AcmeSync could not be started."]);
    assert_eq!(decided(&find(&table, "AcmeSync says Upload failed.")), Some(0));
    assert_eq!(find(&table, "How much is AcmeSync?"), []);
    assert_eq!(decided(&find(&table, "AcmeSync could not be started")), Some(1));
}
