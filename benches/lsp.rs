//! How long an editor waits after a key press in a large knowledge base: the text is changed, and a completion, a hover or the
//! colours of a screenful are asked for. The server is a process of its own, as for an editor, so that writing and reading
//! what is said counts as well. `cargo bench --bench lsp`
//!
//! It is not measured by divan, since what counts is the slowest of many.

mod generator;

use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;
use std::time::{Duration, Instant};

use generator::KnowledgeBase;
use serde_json::{Value, json};

const ENTRIES: usize = 10_000;
const PRESSES: usize = 1000;

fn main() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let knowledge_base = KnowledgeBase::of(ENTRIES);
    knowledge_base.write_to(folder.path()).expect("the files can be written");
    let (name, text) = knowledge_base.files.iter().max_by_key(|(_, text)| text.len()).expect("there are files");
    let mut editor = Editor::start(format!("file://{}", folder.path().join(name).display()));
    editor.ask("initialize", json!({ "capabilities": {} }));
    editor.tell("initialized", json!({}));
    let document = json!({ "uri": editor.uri, "languageId": "faq", "version": 0, "text": text });
    let begun = Instant::now();
    editor.tell("textDocument/didOpen", json!({ "textDocument": document }));
    let start = json!({ "line": 0, "character": 0 });
    editor.ask("textDocument/hover", json!({ "textDocument": { "uri": editor.uri }, "position": start }));
    println!("{ENTRIES} entries, {} bytes; the open file has {} bytes", knowledge_base.bytes(), text.len());
    println!("{:36} {:>9.2?}", "the first answer after opening", begun.elapsed());
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
    assert!(editor.server.wait().expect("the server ends").success());
}

struct Editor {
    server: Child,
    input: ChildStdin,
    /// The numbers of the requests that are answered; an editor reads all the time.
    answered: Receiver<u64>,
    next: u64,
    uri: String,
    version: u64,
}

impl Editor {
    fn start(uri: String) -> Self {
        let mut program = Command::new(env!("CARGO_BIN_EXE_faqc"));
        program.args(["--lang", "en", "lsp"]).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut server = program.spawn().expect("the server starts");
        let input = server.stdin.take().expect("a pipe");
        let output = server.stdout.take().expect("a pipe");
        let (sender, answered) = channel();
        thread::spawn(move || read(BufReader::new(output), &sender));
        Self { server, input, answered, next: 0, uri, version: 0 }
    }

    fn send(&mut self, message: &Value) {
        let text = message.to_string();
        write!(self.input, "Content-Length: {}\r\n\r\n{text}", text.len()).expect("the server is there");
        self.input.flush().expect("the server is there");
    }

    fn tell(&mut self, method: &str, params: Value) {
        self.send(&json!({ "jsonrpc": "2.0", "method": method, "params": params }));
    }

    /// Waits for the answer.
    fn ask(&mut self, method: &str, params: Value) {
        self.next += 1;
        self.send(&json!({ "jsonrpc": "2.0", "id": self.next, "method": method, "params": params }));
        while self.answered.recv().expect("the server is there") != self.next {}
    }

    fn change(&mut self, start: &Value, end: &Value, text: &str) {
        self.version += 1;
        let document = json!({ "uri": self.uri, "version": self.version });
        let changes = json!([{ "range": { "start": start, "end": end }, "text": text }]);
        self.tell("textDocument/didChange", json!({ "textDocument": document, "contentChanges": changes }));
    }
}

fn read(mut output: BufReader<ChildStdout>, answered: &Sender<u64>) {
    loop {
        let mut length = 0;
        loop {
            let mut line = String::new();
            if output.read_line(&mut line).expect("the server writes") == 0 {
                return;
            }
            match line.trim().strip_prefix("Content-Length: ") {
                Some(value) => length = value.parse().expect("a length"),
                None if line.trim().is_empty() => break,
                None => {}
            }
        }
        let mut body = vec![0; length];
        output.read_exact(&mut body).expect("the server writes");
        let text = String::from_utf8(body).expect("the server writes UTF-8");
        // What an editor does with the answer is its own affair.
        let number = text.strip_prefix("{\"jsonrpc\":\"2.0\",\"id\":").and_then(|rest| rest.split([',', '}']).next());
        if let Some(number) = number {
            answered.send(number.parse().expect("a number")).ok();
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
        let document = json!({ "uri": editor.uri });
        let range = json!({ "start": { "line": line.saturating_sub(25), "character": 0 }, "end": { "line": line + 25, "character": 0 } });
        let mut params = json!({ "textDocument": document, "position": end, "range": range });
        params.as_object_mut().expect("an object").extend(extra.as_object().expect("an object").clone());
        let begun = Instant::now();
        editor.change(&start, &start, "f");
        editor.ask(method, params);
        waits.push(begun.elapsed());
        // The next press comes when the text is as it was.
        editor.change(&start, &end, "");
        editor.ask("textDocument/hover", json!({ "textDocument": { "uri": editor.uri }, "position": start }));
        // Typing has pauses, in which the analysis runs.
        if press % 100 == 99 {
            thread::sleep(Duration::from_millis(400));
        }
    }
    waits.sort_unstable();
    (waits[PRESSES / 2], waits[PRESSES * 99 / 100], waits[PRESSES - 1])
}
