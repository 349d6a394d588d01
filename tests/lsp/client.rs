//! A scripted client.

use std::collections::VecDeque;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use serde_json::{Value, json};
use tempfile::TempDir;

/// An editor with a knowledge base open.
pub struct Client {
    child: Child,
    input: Option<ChildStdin>,
    output: BufReader<ChildStdout>,
    next: i64,
    notes: VecDeque<Value>,
    version: i64,
    is_over: bool,
    /// As offered when it began.
    pub utf8: bool,
    pub folder: TempDir,
}

impl Client {
    /// Starts the server on a folder with these files.
    pub fn start(files: &[(&str, &str)]) -> Self {
        Self::start_with(files, json!(["utf-16"]))
    }

    pub fn start_with(files: &[(&str, &str)], encodings: Value) -> Self {
        Self::start_able(files, json!({ "general": { "positionEncodings": encodings } }))
    }

    /// An editor that can do these things.
    pub fn start_able(files: &[(&str, &str)], capabilities: Value) -> Self {
        let folder = TempDir::new().expect("a temporary folder");
        for (name, text) in files {
            std::fs::write(folder.path().join(name), text).expect("files can be written");
        }
        let mut child = Command::new(env!("CARGO_BIN_EXE_faqc"))
            .args(["lsp", "--stdio"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("the server starts");
        let input = child.stdin.take();
        let output = BufReader::new(child.stdout.take().expect("a pipe"));
        let mut client = Self {
            child,
            input,
            output,
            next: 0,
            notes: VecDeque::new(),
            version: 1,
            is_over: false,
            utf8: false,
            folder,
        };
        let started =
            client.ask("initialize", json!({ "processId": null, "locale": "en", "capabilities": capabilities }));
        client.utf8 = started["capabilities"]["positionEncoding"] == "utf-8";
        client.tell("initialized", json!({}));
        client
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn uri(&self, name: &str) -> String {
        uri(&self.path(name))
    }

    pub fn send(&mut self, message: &Value) {
        self.send_text(&message.to_string());
    }

    pub fn send_text(&mut self, text: &str) {
        let input = self.input.as_mut().expect("the server is there");
        write!(input, "Content-Length: {}\r\n\r\n{text}", text.len()).expect("the server reads");
        input.flush().expect("the server reads");
    }

    pub fn tell(&mut self, method: &str, params: Value) {
        self.send(&json!({ "jsonrpc": "2.0", "method": method, "params": params }));
    }

    fn receive(&mut self) -> Value {
        let mut length = 0;
        loop {
            let mut line = String::new();
            assert!(self.output.read_line(&mut line).expect("the server writes") > 0, "the server is gone");
            if line.trim().is_empty() {
                break;
            }
            if let Some(value) = line.strip_prefix("Content-Length: ") {
                length = value.trim().parse().expect("a length");
            }
        }
        let mut body = vec![0; length];
        self.output.read_exact(&mut body).expect("the server writes");
        serde_json::from_slice(&body).expect("the server writes JSON")
    }

    /// The whole response.
    pub fn respond(&mut self, method: &str, params: Value) -> Value {
        self.next += 1;
        let id = self.next;
        self.send(&json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params }));
        loop {
            let message = self.receive();
            if message["id"] == id && message.get("method").is_none() {
                return message;
            }
            self.notes.push_back(message);
        }
    }

    /// The result of a request that has one.
    pub fn ask(&mut self, method: &str, params: Value) -> Value {
        let response = self.respond(method, params);
        assert!(response.get("error").is_none(), "{method}: {response}");
        response["result"].clone()
    }

    pub fn open(&mut self, name: &str, text: &str) {
        let document = json!({ "uri": self.uri(name), "languageId": "faq", "version": 1, "text": text });
        self.tell("textDocument/didOpen", json!({ "textDocument": document }));
    }

    pub fn change(&mut self, name: &str, changes: Value) {
        self.version += 1;
        let document = json!({ "uri": self.uri(name), "version": self.version });
        self.tell("textDocument/didChange", json!({ "textDocument": document, "contentChanges": changes }));
    }

    /// Tells that a file on disk has come (1), has changed (2) or is gone (3).
    pub fn watched(&mut self, name: &str, kind: u8) {
        let change = json!({ "uri": self.uri(name), "type": kind });
        self.tell("workspace/didChangeWatchedFiles", json!({ "changes": [change] }));
    }

    /// What is offered where `needle` begins.
    pub fn actions(&mut self, name: &str, text: &str, needle: &str) -> Vec<Value> {
        let position = self.place(text, find(text, needle));
        self.actions_in(name, &json!({ "start": position, "end": position }))
    }

    pub fn actions_in(&mut self, name: &str, range: &Value) -> Vec<Value> {
        let params =
            json!({ "textDocument": { "uri": self.uri(name) }, "range": range, "context": { "diagnostics": [] } });
        self.ask("textDocument/codeAction", params).as_array().expect("a list").clone()
    }

    /// What can be typed at the end of a text that a file has from now on.
    pub fn completed(&mut self, name: &str, text: &str) -> Value {
        self.change(name, json!([{ "text": text }]));
        let position = self.place(text, text.len());
        let params = json!({ "textDocument": { "uri": self.uri(name) }, "position": position });
        self.ask("textDocument/completion", params)
    }

    /// Says goodbye without having asked to shut down, or after that; the exit code.
    pub fn leave(mut self) -> Option<i32> {
        self.is_over = true;
        self.tell("exit", Value::Null);
        drop(self.input.take());
        self.child.wait().expect("the server ends").code()
    }

    /// Findings of a file as they come next.
    pub fn findings(&mut self, name: &str) -> Vec<Value> {
        let uri = self.uri(name);
        loop {
            let note = self.notes.pop_front().unwrap_or_else(|| self.receive());
            if note["method"] == "textDocument/publishDiagnostics" && note["params"]["uri"] == uri.as_str() {
                return note["params"]["diagnostics"].as_array().expect("a list").clone();
            }
        }
    }

    /// Findings of a file, waited for until they are as wanted.
    pub fn until(&mut self, name: &str, wanted: impl Fn(&[String]) -> bool) -> Vec<Value> {
        loop {
            let findings = self.findings(name);
            if wanted(&codes(&findings)) {
                return findings;
            }
        }
    }

    /// The place of a byte in a text, in the units agreed on.
    pub fn place(&self, text: &str, offset: usize) -> Value {
        let before = &text[..offset];
        let line = before.matches('\n').count();
        let column = before.rsplit('\n').next().unwrap_or("");
        let character = if self.utf8 { column.len() } else { column.encode_utf16().count() };
        json!({ "line": line, "character": character })
    }

    /// Parameters about the place where `needle` begins (`|` in it marks another place).
    pub fn at(&self, name: &str, text: &str, needle: &str) -> Value {
        json!({ "textDocument": { "uri": self.uri(name) }, "position": self.place(text, find(text, needle)) })
    }

    /// A text with the edits of a `WorkspaceEdit` or of a formatting applied.
    pub fn edited(&self, name: &str, text: &str, edits: &Value) -> String {
        let uri = self.uri(name);
        let versioned = edits["documentChanges"].as_array().into_iter().flatten();
        let versioned =
            versioned.into_iter().find(|it| it["textDocument"]["uri"] == uri.as_str()).map(|it| &it["edits"]);
        let edits = versioned.or(edits["changes"].get(uri.as_str())).unwrap_or(edits);
        let mut edits: Vec<Value> = edits.as_array().cloned().unwrap_or_default();
        edits.sort_by_key(|edit| std::cmp::Reverse(self.offset(text, &edit["range"]["start"])));
        edits.iter().fold(text.to_owned(), |mut text, edit| {
            let start = self.offset(&text, &edit["range"]["start"]);
            let end = self.offset(&text, &edit["range"]["end"]);
            text.replace_range(start..end, edit["newText"].as_str().expect("a text"));
            text
        })
    }

    pub fn offset(&self, text: &str, place: &Value) -> usize {
        let line = place["line"].as_u64().expect("a line") as usize;
        let character = place["character"].as_u64().expect("a column") as usize;
        let start: usize = text.split_inclusive('\n').take(line).map(str::len).sum();
        let mut units = 0;
        for (at, c) in text[start..].char_indices() {
            if units >= character {
                return start + at;
            }
            units += if self.utf8 { c.len_utf8() } else { c.len_utf16() };
        }
        text.len()
    }
}

impl Drop for Client {
    fn drop(&mut self) {
        if !std::thread::panicking() && !self.is_over {
            assert_eq!(self.ask("shutdown", Value::Null), Value::Null);
            self.tell("exit", Value::Null);
            drop(self.input.take());
            assert!(self.child.wait().expect("the server ends").success(), "it ends well");
        }
        let _ = self.child.kill();
    }
}

pub fn find(text: &str, needle: &str) -> usize {
    let cursor = needle.find('|').unwrap_or(0);
    let needle = needle.replacen('|', "", 1);
    text.find(&needle).unwrap_or_else(|| panic!("{needle:?} is in the text")) + cursor
}

pub fn codes(findings: &[Value]) -> Vec<String> {
    findings.iter().map(|finding| finding["code"].as_str().unwrap_or("").to_owned()).collect()
}

pub fn uri(path: &Path) -> String {
    let path = path.to_str().expect("temporary paths are UTF-8");
    let escaped = path.bytes().map(|byte| match byte {
        b'/' | b'-' | b'.' | b'_' | b'~' => char::from(byte).to_string(),
        byte if byte.is_ascii_alphanumeric() => char::from(byte).to_string(),
        byte => format!("%{byte:02X}"),
    });
    format!("file://{}", escaped.collect::<String>())
}
