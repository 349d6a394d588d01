//! The HTTP service of the examples, over real loopback connections: what the page on embedding shows is what it says, and hostile
//! requests get a clear error in JSON.

#[path = "support/careplan.rs"]
mod careplan;
#[allow(dead_code, reason = "its `main` is for those who run it")]
#[path = "../examples/embed.rs"]
mod embed;
#[allow(dead_code, reason = "its `main` is for those who run it")]
#[path = "../examples/http_service/main.rs"]
mod http_service;
mod support;

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

use careplan::careplan_table;
use faqc::runtime::{Event, Session, next};
use serde_json::{Value, json};
use support::code_blocks;

/// A service that runs as long as the test.
fn start() -> SocketAddr {
    let (send, receive) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
            send.send(listener.local_addr().unwrap()).unwrap();
            axum::serve(listener, http_service::service(careplan_table())).await.unwrap();
        });
    });
    receive.recv().unwrap()
}

/// Sends bytes as they are, and gives the status and the body.
fn exchange(address: SocketAddr, request: &[u8]) -> (u16, Value) {
    let mut stream = TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
    // A service that refuses a body need not read it to its end.
    let _ = stream.write_all(request);
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer);
    let answer = String::from_utf8(answer).unwrap();
    let (head, body) = answer.split_once("\r\n\r\n").unwrap_or_else(|| panic!("no answer: {answer:?}"));
    let status = head.split(' ').nth(1).unwrap().parse().unwrap();
    assert!(head.to_lowercase().contains("content-type: application/json"), "{head}");
    (status, serde_json::from_str(body).unwrap())
}

fn request(address: SocketAddr, line: &str, kind: &str, body: &[u8]) -> (u16, Value) {
    let head = format!(
        "{line} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\nContent-Type: {kind}\r\nContent-Length: {}\r\n\r\n",
        body.len()
    );
    exchange(address, &[head.as_bytes(), body].concat())
}

fn post(address: SocketAddr, path: &str, body: &Value) -> (u16, Value) {
    request(address, &format!("POST {path}"), "application/json", body.to_string().as_bytes())
}

#[test]
fn the_page_shows_what_the_service_says() {
    let address = start();
    let (mut asked, mut answers, mut wrong) = (None, 0, Vec::new());
    for (info, text) in code_blocks(include_str!("../docs/embedding.md")) {
        match info.as_str() {
            "http" => {
                let (line, body) = text.split_once('\n').unwrap();
                asked = Some(request(address, line, "application/json", body.trim().as_bytes()).1);
            }
            "json answer" => {
                let said = asked.take().expect("an answer follows a request");
                if serde_json::from_str::<Value>(&text).ok().as_ref() != Some(&said) {
                    wrong.push(said.to_string());
                }
                answers += 1;
            }
            _ => {}
        }
    }
    assert!(wrong.is_empty(), "the page should say:\n{}", wrong.join("\n"));
    assert_eq!(answers, 3);
}

/// Code on the page is that of the examples.
#[test]
fn the_page_shows_the_examples() {
    let rust = include_str!("../examples/embed.rs");
    let script = include_str!("../examples/wasm/host.mjs");
    let mut shown = 0;
    for (info, text) in code_blocks(include_str!("../docs/embedding.md")) {
        let example = match info.as_str() {
            "rust" => rust,
            "js" => script,
            _ => continue,
        };
        assert!(example.contains(&text), "{text}");
        shown += 1;
    }
    assert_eq!(shown, 2);
}

#[test]
fn the_smallest_program_leads_to_the_end() {
    let table = careplan_table();
    let told = embed::walk(&table, "送信に失敗しました。再度実行してください。").unwrap();
    assert!(told.len() > 3, "{told:?}");
    assert!(embed::walk(&table, "").is_err());
}

/// A text that fits several symptoms as well leads to none by itself.
#[test]
fn rivals_are_told() {
    let address = start();
    let text = "送信に失敗しました。再度実行してください。受信に失敗しました。再度実行してください。";
    let (status, found) = post(address, "/find", &json!({ "text": text }));
    let hits = found["hits"].as_array().unwrap();
    assert_eq!((status, &hits[0]["rival"], &hits[0]["margin"]), (200, &json!(false), &json!(0)));
    assert!(hits.iter().any(|hit| hit["rival"] == true && hit["margin"].is_u64()), "{found}");
    let refused = embed::walk(&careplan_table(), text).unwrap_err();
    assert!(refused.to_string().contains("ask which"), "{refused}");
}

#[test]
fn a_dialogue_needs_nothing_but_the_session() {
    let address = start();
    let table = careplan_table();
    let (status, list) = request(address, "GET /symptoms", "text/plain", b"");
    assert_eq!((status, list["symptoms"].as_array().unwrap().len()), (200, table.symptoms.len()));
    let mut session = Session::default();
    let mut event = Some(json!({"event": "choose", "symptom": 0}));
    let mut steps = Vec::new();
    while let Some(happened) = event {
        let (status, answer) = post(address, "/next", &json!({"session": session, "event": happened}));
        assert_eq!(status, 200, "{answer}");
        session.take(&table, &serde_json::from_value::<Event>(happened).unwrap()).unwrap();
        assert_eq!(answer["session"], json!(session));
        assert_eq!(answer["next"], json!(next(&table, &session)));
        assert!(answer["say"]["text"].as_str().is_some_and(|it| !it.is_empty()), "{answer}");
        let index = |kind: &str| answer["next"][kind].clone();
        let step = answer["next"]["step"].as_str().unwrap().to_owned();
        event = match step.as_str() {
            "ask" => Some(json!({
                "event": "pick", "question": index("question"), "cells": answer["say"]["choices"][0]["cells"]
            })),
            "do" => Some(json!({"event": "done", "action": index("action")})),
            "contact" => Some(json!({"event": "contact", "contact": index("contact")})),
            _ => None,
        };
        steps.push(step);
    }
    assert!(steps.iter().any(|it| it == "ask") && steps.iter().any(|it| it == "do"), "{steps:?}");
    assert_eq!(steps.last().map(String::as_str), Some("done"));
}

#[test]
fn hostile_requests_get_clear_errors() {
    let address = start();
    let refused = |status: u16, error: &str, (found, body): (u16, Value)| {
        assert_eq!((found, &body["error"]), (status, &json!(error)), "{body}");
        assert!(body["message"].as_str().is_some_and(|it| !it.is_empty()), "{body}");
    };
    let raw = |body: &[u8]| request(address, "POST /next", "application/json", body);
    refused(400, "unreadable", raw(b""));
    refused(400, "unreadable", raw(b"{\"session\": {"));
    refused(400, "unreadable", raw(b"\xff\xfe"));
    refused(422, "wrong-shape", raw("[".repeat(30_000).as_bytes()));
    refused(400, "unreadable", raw(format!("{{\"session\": {}", "{\"a\": ".repeat(9_000)).as_bytes()));
    refused(413, "too-large", raw(" ".repeat(100_000).as_bytes()));
    refused(415, "not-json", request(address, "POST /next", "text/plain", b"{}"));
    refused(404, "not-found", request(address, "POST /etc/passwd", "application/json", b"{}"));
    refused(405, "method-not-allowed", request(address, "DELETE /next", "application/json", b"{}"));
    refused(422, "wrong-shape", raw(br#"{"session": {"symptom": -1}}"#));
    refused(422, "wrong-shape", raw(br#"{"session": {"today": "2023-02-30"}}"#));
    refused(422, "wrong-shape", raw(br#"{"event": {"event": "explode"}}"#));
    refused(422, "wrong-shape", post(address, "/find", &json!({"text": 1})));
    let event = |event: Value| post(address, "/next", &json!({"session": {"symptom": 0}, "event": event}));
    refused(422, "missing", event(json!({"event": "choose", "symptom": 4_294_967_295u32})));
    refused(422, "missing", event(json!({"event": "unknown", "question": 99_999})));
    refused(422, "no-such-cells", event(json!({"event": "pick", "question": 0, "cells": []})));
    refused(
        422,
        "no-such-cells",
        event(json!({"event": "pick", "question": 0, "cells": [{"fact": 0, "cells": [77]}]})),
    );
    refused(
        422,
        "unknown-value",
        event(json!({"event": "answer", "question": 0, "text": "<script>alert(1)</script>"})),
    );
    // A session of another table, or one that somebody made up.
    let strange = json!({
        "symptom": 4_000_000_000u32, "evidence": {"9999": [1], "0": [4_000_000_000u32]}, "tried": [4_000_000_000u32],
        "entered": [[4_000_000_000u32], []], "asked": [7_000_000u32], "found": [8_000_000u32],
    });
    refused(422, "missing", post(address, "/next", &json!({ "session": strange })));
    let fact = json!({"symptom": 7, "evidence": {"999": [0]}, "tried": [9999]});
    let (status, body) = post(address, "/next", &json!({ "session": fact }));
    assert_eq!((status, &body["kind"], &body["index"]), (422, &json!("fact"), &json!(999)), "{body}");
    let cells = json!({"symptom": 0, "evidence": {"0": [4_000_000_000u32]}});
    refused(422, "no-such-cells", post(address, "/next", &json!({ "session": cells })));
}
