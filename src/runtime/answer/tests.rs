use super::*;
use crate::table::Table;

fn table() -> Table {
    let question = |at: u32, kind: serde_json::Value, facts: &[u32]| {
        let mut question = serde_json::json!({"id": format!("q{at}"), "label": format!("質問{at}"), "facts": facts});
        question.as_object_mut().unwrap().extend(kind.as_object().unwrap().clone());
        question
    };
    let fact = |id: &str, question: u32, cells: serde_json::Value| serde_json::json!({"id": id, "label": id.rsplit('/').next(), "question": question, "cells": cells});
    let yes_no = || serde_json::json!([{"label": "はい", "value": "yes"}, {"label": "いいえ", "value": "no"}]);
    let table = serde_json::json!({
        "format": "faqc-table", "version": 1, "title": "", "language": "ja",
        "questions": [
            question(0, serde_json::json!({"kind": "yes-no"}), &[0]),
            question(1, serde_json::json!({"kind": "one-of"}), &[1]),
            question(2, serde_json::json!({"kind": "any-of"}), &[2, 3]),
            question(3, serde_json::json!({"kind": "number", "scale": 1, "unit": "件"}), &[4]),
            question(4, serde_json::json!({"kind": "version"}), &[5]),
            question(5, serde_json::json!({"kind": "date"}), &[6]),
            question(6, serde_json::json!({"kind": "date-from-today"}), &[7]),
        ],
        "facts": [
            fact("q0", 0, yes_no()),
            fact("q1", 1, serde_json::json!([
                {"label": "Windows 11", "value": "win11"}, {"label": "マック", "value": "mac"},
                {"label": "その他", "other": true}, {"label": "対象外", "not_applicable": true}
            ])),
            fact("q2/chrome", 2, yes_no()),
            fact("q2/edge", 2, yes_no()),
            fact("q3", 3, serde_json::json!([
                {"label": "0〜4", "ge": 0, "le": 40}, {"label": "5〜9", "ge": 50, "le": 90}
            ])),
            fact("q4", 4, serde_json::json!([{"label": "6.0未満", "lt": "6.0"}, {"label": "6.0以上", "ge": "6.0"}])),
            fact("q5", 5, serde_json::json!([{"label": "前", "lt": "2023-06-29"}, {"label": "後", "ge": "2023-06-29"}])),
            fact("q6", 6, serde_json::json!([{"label": "過去", "lt": 0}, {"label": "今日から", "ge": 0}])),
        ],
        "contradiction": {"rows": []}, "conditions": [], "symptoms": [], "entries": [], "actions": [],
    });
    Table::from_json(table.to_string().as_bytes()).unwrap()
}

fn cell(question: u32, text: &str) -> Result<u32, AnswerError> {
    read_answer(&table(), question, text, Day::new(2024, 3, 1)).map(|cells| cells[0].cells[0])
}

#[test]
fn names_and_labels_in_any_width_are_answers() {
    for (text, expected) in [("はい", 0), ("ＹＥＳ", 0), ("いいえ。", 1), ("ハイ", 0), ("あり", 0), ("n", 1)]
    {
        assert_eq!(cell(0, text), Ok(expected), "{text}");
    }
    for (text, expected) in
        [("win11", 0), ("ｗｉｎ１１", 0), ("windows 11", 0), ("まっく", 1), ("other", 2), ("その他", 2)]
    {
        assert_eq!(cell(1, text), Ok(expected), "{text}");
    }
}

#[test]
fn a_value_that_is_none_names_the_nearest() {
    let error = |text| match cell(1, text) {
        Err(AnswerError::UnknownValue { nearest, choices, .. }) => (nearest, choices.len()),
        other => panic!("{other:?}"),
    };
    assert_eq!(error("windows 10"), (Some("Windows 11".to_owned()), 3));
    assert_eq!(error("linux"), (None, 3));
    assert_eq!(error("対象外"), (None, 3));
}

#[test]
fn several_values_are_a_list() {
    let chosen = |text: &str| -> Result<Vec<u32>, AnswerError> {
        Ok(read_answer(&table(), 2, text, None)?.iter().map(|it| it.cells[0]).collect())
    };
    assert_eq!(chosen("chrome"), Ok(vec![0, 1]));
    assert_eq!(chosen("Edge、Ｃｈｒｏｍｅ"), Ok(vec![0, 0]));
    assert_eq!(chosen("なし"), Ok(vec![1, 1]));
    assert_eq!(chosen("").unwrap(), [1, 1]);
    assert!(
        matches!(chosen("chrome, edg"), Err(AnswerError::UnknownValue { nearest: Some(near), .. }) if near == "edge")
    );
}

#[test]
fn numbers_fall_into_cells_or_are_told_why_not() {
    for (text, expected) in [("4", 0), ("４件", 0), ("5.0 件", 1), ("+9", 1), ("0.0", 0), ("0〜4", 0), ("5〜9", 1)]
    {
        assert_eq!(cell(3, text), Ok(expected), "{text}");
    }
    for text in ["4.5", "8.95"] {
        assert!(matches!(cell(3, text), Err(AnswerError::BetweenValues { .. })), "{text}");
    }
    for text in ["-1", "10", "9999999999999999999999999999999999999999999", "1,000"] {
        assert!(matches!(cell(3, text), Err(AnswerError::OutOfRange { .. })), "{text}");
    }
    for text in ["", "4回", "1,00", "--1", "1.2.3", "四"] {
        assert!(matches!(cell(3, text), Err(AnswerError::Unreadable { expected: Expected::Number, .. })), "{text}");
    }
}

#[test]
fn versions_compare_part_by_part() {
    for (text, expected) in
        [("5.9.99", 0), ("6", 1), ("６．０", 1), ("v6.0.1", 1), ("10.0", 1), ("06.0", 1), ("0.99999999999999999999", 0)]
    {
        assert_eq!(cell(4, text), Ok(expected), "{text}");
    }
    assert!(matches!(cell(4, "6.x"), Err(AnswerError::Unreadable { expected: Expected::Version, .. })));
}

#[test]
fn days_are_read_in_any_usual_writing() {
    for (text, expected) in [("2023-06-28", 0), ("2023/6/29", 1), ("２０２３年６月２９日", 1), ("2024.2.29", 1)]
    {
        assert_eq!(cell(5, text), Ok(expected), "{text}");
    }
    for text in ["2023-02-29", "2023-13-01", "2023-06", "06-29-2023", "soon"] {
        assert!(matches!(cell(5, text), Err(AnswerError::Unreadable { .. })), "{text}");
    }
}

#[test]
fn days_from_today_need_today() {
    for (text, expected) in [("2024-02-29", 0), ("2024-03-01", 1), ("今日", 1), ("yesterday", 0), ("-3", 0), ("−3", 0)]
    {
        assert_eq!(cell(6, text), Ok(expected), "{text}");
    }
    assert_eq!(read_answer(&table(), 6, "2024-03-01", None), Err(AnswerError::NoToday));
}

#[test]
fn given_facts_are_found_by_id_and_label() {
    let given = |text: &str| read_given(&table(), text, None);
    assert_eq!(given("q0 = はい").unwrap().0, 0);
    assert_eq!(given("質問1＝mac").unwrap().0, 1);
    let (question, cells) = given("q2/edge=yes").unwrap();
    assert_eq!((question, cells), (2, vec![Assignment { fact: 3, cells: vec![0] }]));
    for nothing in ["q0", "q0=", "q2 = \u{3000}", "q2/edge="] {
        assert!(matches!(given(nothing), Err(AnswerError::NoValue { .. })), "{nothing}");
    }
    assert!(matches!(given("質聞1=mac"), Err(AnswerError::UnknownFact { nearest: Some(near), .. }) if near == "質問1"));
}
