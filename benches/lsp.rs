//! How long an editor waits after a key press in a large knowledge base: the text is changed, and a completion, a hover or the
//! colours of a screenful are asked for. `cargo bench --bench lsp`
//!
//! It is not measured by divan, since what counts is the slowest of many.

mod generator;

use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use faqc::language::Language;
use faqc::lsp::serve;
use generator::KnowledgeBase;
use lsp_server::{Connection, Message, Notification, Request, RequestId};
use serde_json::{Value, json};

const ENTRIES: usize = 10_000;
const PRESSES: usize = 1000;

fn main() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let knowledge_base = KnowledgeBase::of(ENTRIES);
    knowledge_base.write_to(folder.path()).expect("the files can be written");
    let (name, text) = knowledge_base.files.iter().max_by_key(|(_, text)| text.len()).expect("there are files");
    let (client, server) = Connection::memory();
    let serving = thread::spawn(move || serve(&server, Language::English).map_err(|error| error.to_string()));
    let mut editor = Editor { client, next: 0, uri: format!("file://{}", folder.path().join(name).display()) };
    editor.ask("initialize", json!({ "capabilities": {} }));
    editor.tell("initialized", json!({}));
    let document = json!({ "uri": editor.uri, "languageId": "faq", "version": 0, "text": text });
    editor.tell("textDocument/didOpen", json!({ "textDocument": document }));
    println!("{ENTRIES} entries, {} bytes; the open file has {} bytes", knowledge_base.bytes(), text.len());
    for (method, extra) in [
        ("textDocument/completion", json!({})),
        ("textDocument/hover", json!({})),
        ("textDocument/semanticTokens/range", json!({})),
        ("textDocument/inlayHint", json!({})),
    ] {
        let waits = presses(&mut editor, text, method, &extra);
        println!("{method:36} median {:>9.2?}  99th percentile {:>9.2?}  most {:>9.2?}", waits.0, waits.1, waits.2);
    }
    editor.ask("shutdown", Value::Null);
    editor.tell("exit", Value::Null);
    serving.join().expect("the server ends").expect("the server ends well");
    assert!(Path::new(folder.path()).exists());
}

struct Editor {
    client: Connection,
    next: i32,
    uri: String,
}

impl Editor {
    fn tell(&self, method: &str, params: Value) {
        self.client.sender.send(Notification::new(method.to_owned(), params).into()).expect("the server is there");
    }

    fn ask(&mut self, method: &str, params: Value) -> Value {
        self.next += 1;
        let id = RequestId::from(self.next);
        let request = Request { id: id.clone(), method: method.to_owned(), params };
        self.client.sender.send(request.into()).expect("the server is there");
        loop {
            match self.client.receiver.recv().expect("the server is there") {
                Message::Response(response) if response.id == id => {
                    return response.response_result.unwrap_or(Value::Null);
                }
                Message::Response(_) | Message::Request(_) | Message::Notification(_) => {}
            }
        }
    }
}

/// A word is typed and taken back, again and again, in conditions all over the file.
fn presses(editor: &mut Editor, text: &str, method: &str, extra: &Value) -> (Duration, Duration, Duration) {
    let lines: Vec<(usize, &str)> = text.lines().enumerate().collect();
    let is_condition =
        |line: &&(usize, &str)| line.1.trim_start().starts_with("when ") || line.1.trim_start().starts_with("条件 ");
    let conditions: Vec<_> = lines.iter().filter(is_condition).collect();
    let mut waits = Vec::with_capacity(PRESSES);
    for press in 0..PRESSES {
        let (line, written) = conditions[press * 7 % conditions.len()];
        let character = written.encode_utf16().count();
        let start = json!({ "line": line, "character": character });
        let end = json!({ "line": line, "character": character + 1 });
        let begun = Instant::now();
        change(editor, &start, &start, "f");
        let document = json!({ "uri": editor.uri });
        let range = json!({ "start": { "line": line.saturating_sub(25), "character": 0 }, "end": { "line": line + 25, "character": 0 } });
        let mut params = json!({ "textDocument": document, "position": end, "range": range });
        params.as_object_mut().expect("an object").extend(extra.as_object().expect("an object").clone());
        editor.ask(method, params);
        waits.push(begun.elapsed());
        change(editor, &start, &end, "");
        // Typing has pauses, in which the analysis runs.
        if press % 100 == 99 {
            thread::sleep(Duration::from_millis(400));
        }
    }
    waits.sort_unstable();
    (waits[PRESSES / 2], waits[PRESSES * 99 / 100], waits[PRESSES - 1])
}

fn change(editor: &Editor, start: &Value, end: &Value, text: &str) {
    let document = json!({ "uri": editor.uri, "version": 1 });
    let changes = json!([{ "range": { "start": start, "end": end }, "text": text }]);
    editor.tell("textDocument/didChange", json!({ "textDocument": document, "contentChanges": changes }));
}
