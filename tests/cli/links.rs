//! `faqc check --links` against servers on this machine: what is asked, what is never asked, and what is said of it.

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use super::{Ran, faqc, folder, ran};

/// Answers as its paths say, and remembers what it was asked.
struct Server {
    address: String,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Server {
    /// `answers`: of a method and path the status line and further heads; a path that is not named is fine.
    fn start(answers: &[(&str, &str)]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
        let address = listener.local_addr().expect("it has an address").to_string();
        let answers: BTreeMap<String, String> =
            answers.iter().map(|(path, answer)| ((*path).to_owned(), (*answer).to_owned())).collect();
        let asked = Arc::new(Mutex::new(Vec::new()));
        let heard = Arc::clone(&asked);
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (answers, heard) = (answers.clone(), Arc::clone(&heard));
                thread::spawn(move || answer(stream, &answers, &heard));
            }
        });
        Self { address, asked }
    }

    fn asked(&self) -> Vec<String> {
        let mut asked = std::mem::take(&mut *self.asked.lock().expect("no thread has failed"));
        asked.sort();
        asked
    }
}

fn answer(stream: TcpStream, answers: &BTreeMap<String, String>, asked: &Mutex<Vec<String>>) {
    let mut lines = BufReader::new(&stream).lines().map_while(Result::ok);
    let request = lines.next().unwrap_or_default();
    lines.find(String::is_empty);
    let request = request.trim_end_matches(" HTTP/1.1").to_owned();
    asked.lock().expect("no thread has failed").push(request.clone());
    let status = answers.get(&request).map_or("200 OK", String::as_str);
    if status == "silence" {
        thread::sleep(Duration::from_secs(5));
        return;
    }
    let _ =
        (&stream).write_all(format!("HTTP/1.1 {status}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n").as_bytes());
}

fn check(place: &Path, more: &[&str]) -> Ran {
    let mut command = faqc(place);
    command.args(["check", "kb", "--links", "--format", "short", "--allow", "F0517,F0501,F0504,F0705"]);
    for name in ["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy"] {
        command.env_remove(name);
    }
    ran(command.args(more).output().expect("the program starts"))
}

/// A knowledge base with links to these addresses, which its one entry shows.
fn knowledge_base(settings: &str, addresses: &[String]) -> tempfile::TempDir {
    let mut rules = String::new();
    let mut see = Vec::new();
    for (number, address) in addresses.iter().enumerate() {
        rules.push_str(&format!("link l{number} \"Link {number}\" {address}\n"));
        see.push(format!("l{number}"));
    }
    rules.push_str("contact desk \"Desk\" {\n  tel 03-0000-0000\n}\n");
    rules
        .push_str(&format!("entry a \"A\" {{\n  symptom \"It fails\"\n  see {}\n  contact desk\n}}\n", see.join(", ")));
    let config = format!("title = \"T\"\nlanguage = \"en\"\n\n{settings}\n");
    folder(&[("kb/faq.toml", config.as_bytes()), ("kb/a.faq", rules.as_bytes())])
}

#[test]
fn each_answer_is_told_for_what_it_is() {
    let other = Server::start(&[]);
    let leads_out = format!("302 Found\r\nLocation: http://{}/secret", other.address);
    let server = Server::start(&[
        ("HEAD /gone", "404 Not Found"),
        ("GET /gone", "404 Not Found"),
        ("HEAD /no-heads", "405 Method Not Allowed"),
        ("HEAD /broken", "500 Internal Server Error"),
        ("GET /broken", "500 Internal Server Error"),
        ("HEAD /inside", "401 Unauthorized"),
        ("GET /inside", "401 Unauthorized"),
        ("HEAD /moved", "301 Moved Permanently\r\nLocation: /fine"),
        ("HEAD /round", "302 Found\r\nLocation: /round"),
        ("HEAD /nowhere", "302 Found"),
        ("HEAD /out", &leads_out),
        ("HEAD /file", "302 Found\r\nLocation: file:///etc/passwd"),
        ("HEAD /zzz-silent", "silence"),
    ]);
    let at = |path: &str| format!("http://{}/{path}", server.address);
    let paths =
        ["fine#part", "gone", "no-heads", "broken", "inside", "moved", "round", "nowhere", "out", "file", "zzz-silent"];
    let addresses: Vec<String> = paths.iter().map(|path| at(path)).collect();
    let settings = format!("[links]\nallow = [\"{}\"]\ntimeout = 1", server.address);
    let place = knowledge_base(&settings, &addresses);
    let checked = check(place.path(), &[]);
    let said = |line: usize| {
        let start = format!("kb/a.faq:{line}:");
        let found = checked.out.lines().find(|it| it.starts_with(&start)).map(str::to_owned);
        found.unwrap_or_default()
    };
    assert_eq!(checked.code, 0, "{}{}", checked.out, checked.err);
    for (line, expected) in [
        (2, "warning[F0518]"),
        (4, "warning[F0519]"),
        (5, "warning[F0519]"),
        (7, "warning[F0519]"),
        (8, "warning[F0519]"),
        (9, "note[F0520]"),
        (10, "warning[F0519]"),
        (11, "warning[F0519]"),
    ] {
        assert!(said(line).contains(expected), "line {line}: {}\n{}", said(line), checked.out);
    }
    for line in [1, 3, 6] {
        assert_eq!(said(line), "", "{}", checked.out);
    }
    assert!(said(2).contains("the server says 404") && said(4).contains("500") && said(5).contains("401"));
    assert!(said(11).contains("in time"), "{}", said(11));
    assert_eq!(other.asked(), [""; 0], "a host that nobody allowed was asked");
    assert!(!server.asked().iter().any(|it| it.contains("#part")));
    assert!(checked.err.contains("addresses tested: 11;"), "{}", checked.err);
    assert_eq!(check(place.path(), &["--deny", "broken-link"]).code, 1);
}

#[test]
fn nothing_is_asked_that_is_not_allowed_or_not_wanted() {
    let server = Server::start(&[]);
    let place = knowledge_base("", &[format!("http://{}/", server.address), "http://localhost:9/".to_owned()]);
    let checked = check(place.path(), &[]);
    assert_eq!(checked.code, 0, "{}", checked.out);
    assert_eq!(checked.out.matches("note[F0520]").count(), 2, "{}", checked.out);
    let port = server.address.rsplit(':').next().expect("a port");
    let allowed = format!("[links]\nallow = [\"localhost:{port}\"]");
    let place = knowledge_base(&allowed, &[format!("http://localhost:{port}/a")]);
    let checked = check(place.path(), &[]);
    assert!(checked.out.contains("warning[F0519]") && checked.out.contains("private"), "{}", checked.out);
    let without = super::run(place.path(), &["check", "kb", "--format", "short"]);
    assert!(!without.out.contains("F0519"), "{}", without.out);
    assert_eq!(server.asked(), [""; 0]);
    let place = knowledge_base(&format!("{allowed}\nprivate = true"), &[format!("http://localhost:{port}/a")]);
    assert_eq!(check(place.path(), &[]).out, "");
    assert_eq!(server.asked(), ["HEAD /a"]);
}

#[test]
fn what_was_fine_is_remembered_and_the_rest_asked_again() {
    let server = Server::start(&[("HEAD /gone", "410 Gone"), ("GET /gone", "410 Gone")]);
    let addresses = ["fine", "gone"].map(|path| format!("http://{}/{path}", server.address));
    let settings = format!("[links]\nallow = [\"{}\"]", server.address);
    let place = knowledge_base(&settings, &addresses);
    let first = check(place.path(), &[]);
    assert!(first.out.contains("F0518"), "{}", first.out);
    assert_eq!(server.asked(), ["GET /gone", "HEAD /fine", "HEAD /gone"]);
    let cache = place.path().join("kb/.faqc/links.json");
    assert!(place.path().join("kb/.faqc/.gitignore").is_file() && cache.is_file());
    assert_eq!(check(place.path(), &[]).out, first.out);
    assert_eq!(server.asked(), ["GET /gone", "HEAD /gone"]);
    // As old as can be.
    let old = fs::read_to_string(&cache).expect("read");
    let then = old.rsplit(": ").next().and_then(|rest| rest.split_whitespace().next()).expect("a time");
    fs::write(&cache, old.replace(then, "86400")).expect("written");
    check(place.path(), &[]);
    assert_eq!(server.asked(), ["GET /gone", "HEAD /fine", "HEAD /gone"]);
    // What is no memory of links is left alone.
    fs::write(&cache, "{\"precious\": true}").expect("written");
    let refused = check(place.path(), &[]);
    assert_eq!(refused.code, 2, "{}", refused.err);
    assert_eq!(fs::read_to_string(&cache).expect("read"), "{\"precious\": true}");
    assert_eq!(server.asked(), [""; 0]);
}

#[test]
fn settings_that_make_no_sense_are_told() {
    let settings =
        "[links]\nallow = [\"https://example.com/a\"]\ndays = -1\ntimeout = 0\ncache = \"../x.json\"\nprivat = true";
    let checked = check(knowledge_base(settings, &[]).path(), &[]);
    assert_eq!((checked.code, checked.out.matches("F0005").count()), (1, 4), "{}", checked.out);
    assert!(checked.out.contains("F0004"), "{}", checked.out);
}

#[test]
fn an_exception_holds_when_links_are_tested_and_is_no_leftover_when_not() {
    let server = Server::start(&[("HEAD /gone", "404 Not Found"), ("GET /gone", "404 Not Found")]);
    let settings = format!("[links]\nallow = [\"{}\"]", server.address);
    let place = knowledge_base(&settings, &[format!("http://{}/gone", server.address)]);
    let file = place.path().join("kb/a.faq");
    let rules = fs::read_to_string(&file).expect("read");
    fs::write(&file, format!("{rules}allow broken-link because they mend it next week\n")).expect("written");
    assert_eq!(check(place.path(), &[]).out, "");
    let without = super::run(place.path(), &["check", "kb", "--format", "short", "--allow", "F0517,F0705"]);
    assert_eq!(without.out, "", "{}", without.out);
}
