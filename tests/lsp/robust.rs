//! Whatever an editor sends, the server answers and stays.

use serde_json::{Value, json};

use super::client::Client;

const TEXT: &str = "項目 a 題 {\r\n  事象 「👩‍💻が」\r\n  > No.1 を見ます。\r\n}\r\n";

#[test]
fn nonsense_is_refused_and_forgotten() {
    let mut client = Client::start(&[("faq.toml", "title = \"x\"\n"), ("a.faq", TEXT)]);
    client.open("a.faq", TEXT);
    for method in [
        "textDocument/hover",
        "textDocument/rename",
        "no/such/method",
        "textDocument/completion",
        "callHierarchy/incomingCalls",
    ] {
        for params in [Value::Null, json!({}), json!([1]), json!({ "textDocument": { "uri": "::::" } })] {
            assert!(client.respond(method, params)["error"].is_object(), "{method}");
        }
    }
    for method in ["textDocument/didOpen", "textDocument/didChange", "textDocument/didClose", "$/setTrace", "no/such"] {
        client.tell(method, json!({ "textDocument": 3 }));
    }
    let unknown =
        json!({ "textDocument": { "uri": "file:///no/such.faq" }, "position": { "line": 0, "character": 0 } });
    assert!(client.respond("textDocument/hover", unknown)["error"].is_object());
    let far = json!({ "textDocument": { "uri": client.uri("a.faq") }, "position": { "line": 4_000_000_000_u32, "character": 4_000_000_000_u32 } });
    for method in
        ["textDocument/hover", "textDocument/definition", "textDocument/completion", "textDocument/prepareRename"]
    {
        client.ask(method, far.clone());
    }
    let backwards = json!({ "start": { "line": 3, "character": 1 }, "end": { "line": 0, "character": 0 } });
    let params =
        json!({ "textDocument": { "uri": client.uri("a.faq") }, "range": backwards, "context": { "diagnostics": [] } });
    client.ask("textDocument/codeAction", params);
    client.change("a.faq", json!([{ "range": backwards, "text": "x" }]));
    client.change("a.faq", json!([{ "text": "\u{0}{{{｛「\"```" }]));
    let outline = client.ask("textDocument/documentSymbol", json!({ "textDocument": { "uri": client.uri("a.faq") } }));
    assert!(outline.is_array());
}

/// The server's text is the editor's after any edits: the formatted text tells.
#[test]
fn edits_are_followed_unit_by_unit() {
    for encodings in [json!(["utf-16"]), json!(["utf-8"])] {
        let mut client = Client::start_with(&[("a.faq", TEXT)], encodings);
        client.open("a.faq", TEXT);
        let mut text = TEXT.to_owned();
        let mut random = fastrand::Rng::with_seed(7);
        let pieces = ["👩‍💻", "が", "か\u{3099}", "{", "}", "\r\n", "\n", "項目 b 題 {", "  ", "No.2", "x", "＝", ""];
        for _ in 0..300 {
            let places: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
            // Between the two characters of a line's end there is no place.
            let places: Vec<usize> = places.into_iter().filter(|at| !text[..*at].ends_with('\r')).collect();
            let (mut start, mut end) = (random.usize(..places.len()), random.usize(..places.len()));
            if start > end {
                (start, end) = (end, start);
            }
            let (start, end) = (places[start], places[end.min(start + 6)]);
            let piece = pieces[random.usize(..pieces.len())];
            let range = json!({ "start": client.place(&text, start), "end": client.place(&text, end) });
            client.change("a.faq", json!([{ "range": range, "text": piece }]));
            text.replace_range(start..end, piece);
        }
        let params = json!({ "textDocument": { "uri": client.uri("a.faq") }, "options": { "tabSize": 2, "insertSpaces": true } });
        let edits = client.ask("textDocument/formatting", params);
        assert_eq!(client.edited("a.faq", &text, &edits), faqc::fmt::fmt_text(&text));
    }
}
