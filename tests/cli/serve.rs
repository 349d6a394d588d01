//! `faqc serve`, over real HTTP on this computer: pages, changes that arrive, mistakes that show, requests that are refused.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use super::{faqc, folder, run, sound};

/// How long anything may take on a busy machine; nothing waits this long when it works.
const PATIENCE: Duration = Duration::from_secs(60);

/// A preview that is running; it ends with the value.
struct Preview {
    process: Child,
    /// `127.0.0.1:41234`
    address: String,
}

impl Drop for Preview {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

impl Preview {
    fn of(knowledge_base: &Path) -> Self {
        Self::from(faqc(knowledge_base).args(["serve", "--port", "0"]))
    }

    fn from(command: &mut std::process::Command) -> Self {
        command.stdout(Stdio::piped()).stderr(Stdio::null());
        let mut process = command.spawn().expect("the program starts");
        let mut line = String::new();
        let out = process.stdout.take().expect("its output is ours");
        BufReader::new(out).read_line(&mut line).expect("it says where it is");
        let address = line.trim().strip_prefix("http://").and_then(|it| it.strip_suffix('/')).map(str::to_owned);
        Self { process, address: address.unwrap_or_else(|| panic!("an address: {line:?}")) }
    }

    fn ask(&self, path: &str, host: &str) -> TcpStream {
        let mut stream = TcpStream::connect(&self.address).expect("it listens");
        stream.set_read_timeout(Some(PATIENCE)).expect("a timeout");
        write!(stream, "GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n").expect("it reads");
        stream
    }

    /// The head and the body of the answer.
    fn get(&self, path: &str) -> (String, String) {
        self.get_as(path, &self.address)
    }

    fn get_as(&self, path: &str, host: &str) -> (String, String) {
        let mut answer = String::new();
        self.ask(path, host).read_to_string(&mut answer).expect("a whole answer");
        let (head, body) = answer.split_once("\r\n\r\n").expect("a head and a body");
        (head.to_owned(), body.to_owned())
    }

    fn events(&self) -> Events {
        Events(BufReader::new(self.ask("/-/events", &self.address)), Instant::now())
    }
}

/// The events of a preview, in order.
struct Events(BufReader<TcpStream>, Instant);

impl Events {
    /// The data of the next one.
    fn next(&mut self) -> serde_json::Value {
        loop {
            let mut line = String::new();
            // A stream that says only that it is alive would be waited for without end.
            assert!(self.1.elapsed() < PATIENCE, "the event arrives");
            assert!(self.0.read_line(&mut line).expect("an event arrives") > 0, "the stream goes on");
            if let Some(data) = line.strip_prefix("data:") {
                return serde_json::from_str(data.trim()).expect("data is JSON");
            }
        }
    }

    /// The next one that says this; editors and file systems may tell of one change twice.
    fn until(&mut self, is: impl Fn(&serde_json::Value) -> bool) -> serde_json::Value {
        loop {
            let data = self.next();
            if is(&data) {
                return data;
            }
        }
    }
}

/// Some rules of the knowledge base, and a text in them.
fn rules(knowledge_base: &Path) -> (std::path::PathBuf, String) {
    let path = knowledge_base.join("printing.faq");
    let text = fs::read_to_string(&path).expect("the new knowledge base has it");
    (path, text)
}

#[test]
fn pages_are_served_and_nothing_else() {
    let (_folder, kb) = sound();
    let preview = Preview::of(&kb);
    let (head, body) = preview.get("/");
    assert!(head.starts_with("HTTP/1.1 200") && head.contains("text/html"), "{head}");
    assert!(body.contains("/-/reload.js") && body.contains("connect-src"), "{body}");
    assert!(preview.get("/assets/site.css").0.contains("text/css"));
    assert!(preview.get("/symptoms.html?x=1").0.starts_with("HTTP/1.1 200"));
    for name in ["search/about", "search/symptoms", "search/texts/0", "search/grams/0"] {
        let (head, body) = preview.get(&format!("/data/{name}.js"));
        assert!(
            head.contains("text/javascript") && body.starts_with(&format!("faqc.give(\"{name}\",")),
            "{name}: {head}"
        );
    }
    let outside = [
        "/../faq.toml",
        "/..%2ffaq.toml",
        "/%2e%2e/faq.toml",
        "/entries/..%2f..%2ffaq.toml",
        "/faq.toml",
        "//etc/passwd",
        "/%00",
        "/%ff",
    ];
    for path in outside {
        let (head, body) = preview.get(path);
        assert!(head.starts_with("HTTP/1.1 404") || head.starts_with("HTTP/1.1 400"), "{path}: {head}");
        assert!(!body.contains("title ="), "{path}: {body}");
    }
}

#[test]
fn a_name_that_is_not_ours_is_refused() {
    let (_folder, kb) = sound();
    let preview = Preview::of(&kb);
    for host in ["evil.example", "evil.example:80", "127.0.0.1.evil.example", ""] {
        for path in ["/", "/-/events"] {
            assert!(preview.get_as(path, host).0.starts_with("HTTP/1.1 403"), "{host}");
        }
    }
    assert!(preview.get_as("/", "localhost:9").0.starts_with("HTTP/1.1 200"));
}

#[test]
fn a_save_arrives_and_a_mistake_shows() {
    let (_folder, kb) = sound();
    let preview = Preview::of(&kb);
    let mut events = preview.events();
    let first = events.next();
    assert_eq!(first["version"], 1);
    let (path, text) = rules(&kb);
    assert!(!preview.get("/sheet.html").1.contains("書き換えた題"));
    let texts = preview.get("/data/search/symptoms.js").1;

    fs::write(&path, titled(&text, "書き換えた題")).expect("ours");
    let changed = events.until(|data| data["version"] == 2);
    assert!(changed["findings"].as_array().is_some_and(Vec::is_empty), "{changed}");
    let all: String = ["/sheet.html", "/symptoms.html", "/questions.html"].map(|page| preview.get(page).1).concat();
    assert!(all.contains("書き換えた題"), "{all}");
    assert_ne!(preview.get("/data/search/symptoms.js").1, texts, "the search knows it too");

    fs::write(&path, format!("{text}\nentry\n")).expect("ours");
    let broken = events.until(|data| data["findings"].as_array().is_some_and(|it| !it.is_empty()));
    assert_eq!(broken["version"], 2, "{broken}");
    let finding = &broken["findings"][0];
    assert_eq!(finding["severity"], "error");
    assert_eq!(finding["location"]["file"], "printing.faq");
    assert!(finding["code"].as_str().is_some_and(|code| code.starts_with('F')), "{finding}");
    assert!(preview.get("/").0.starts_with("HTTP/1.1 200"), "the last sound version stays");

    fs::write(&path, &text).expect("ours");
    assert_eq!(events.until(|data| data["version"] == 3)["findings"].as_array().map(Vec::len), Some(0));
}

/// The files of a built site, by their paths.
fn built(kb: &Path) -> Vec<(String, String)> {
    let out = tempfile::TempDir::new().expect("a temporary folder");
    let made = run(kb, &["build", "--emit", "site", "--out", out.path().to_str().expect("a path in UTF-8")]);
    assert_eq!(made.code, 0, "{made:?}");
    let site = out.path().join("site");
    let list = fs::read_to_string(site.join(".faqc-files")).expect("each folder of outputs has a list");
    let read = |name: &str| (name.to_owned(), fs::read_to_string(site.join(name)).expect("what is listed is there"));
    list.lines().map(read).collect()
}

/// A page without what a preview adds, so that it follows what is saved.
fn without_following(page: &str) -> String {
    let added =
        ["\n<script defer src=\"/-/reload.js\"></script>", "; connect-src &#39;self&#39;", "\n<base href=\"/\">"];
    added.iter().fold(page.to_owned(), |page, added| page.replace(added, ""))
}

#[test]
fn after_each_edit_all_is_as_a_clean_build_makes_it() {
    let place = tempfile::TempDir::new().expect("a temporary folder");
    let careplan = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/kb/careplan"));
    for file in fs::read_dir(careplan).expect("the repository has it") {
        let file = file.expect("a file");
        fs::copy(file.path(), place.path().join(file.file_name())).expect("ours");
    }
    let preview = Preview::of(place.path());
    let mut events = preview.events();
    let first = events.next()["version"].as_u64().expect("a number");
    let edits = [
        ("certificates.faq", "その説明のとおりに、電子証明書を", "書かれているとおりに、電子証明書を"),
        ("certificates.faq", "項目 check-certificate 正しい", "項目 check-certificate 使える"),
        ("login.faq", "対応策 look-up \"C", "対応策 look-up \"半角のC"),
        ("certificates.faq", " かつ certificate-offices 2 以上", " かつ certificate-offices 3 以上"),
    ];
    for (version, (name, before, after)) in (first + 1..).zip(edits) {
        let path = place.path().join(name);
        let text = fs::read_to_string(&path).expect("ours");
        assert!(text.contains(before), "{name} has {before}");
        fs::write(&path, text.replacen(before, after, 1)).expect("ours");
        let told = events.until(|data| data["version"] == version);
        assert_eq!(told["errors"], 0, "{told}");
        for (path, text) in built(place.path()) {
            assert!(without_following(&preview.get(&format!("/{path}")).1) == text, "{path}, after {after}");
        }
    }
}

#[test]
fn a_save_in_several_steps_is_told_when_it_is_over() {
    let (_folder, kb) = sound();
    let preview = Preview::of(&kb);
    let mut events = preview.events();
    events.next();
    let (path, text) = rules(&kb);
    for (turn, title) in ["一度目", "二度目", "三度目"].into_iter().enumerate() {
        let text = titled(&text, title);
        let half = (0..=text.len() / 2).rev().find(|at| text.is_char_boundary(*at)).expect("0 is one");
        let mut file = fs::File::create(&path).expect("ours");
        std::thread::sleep(Duration::from_millis(8));
        file.write_all(&text.as_bytes()[..half]).expect("ours");
        std::thread::sleep(Duration::from_millis(8));
        file.write_all(&text.as_bytes()[half..]).expect("ours");
        drop(file);
        let told = events.next();
        assert_eq!(told["findings"].as_array().map(Vec::len), Some(0), "{told}");
        assert_eq!(told["version"], turn + 2);
        assert!(preview.get("/sheet.html").1.contains(title));
    }
}

#[test]
fn of_many_findings_the_first_are_shown() {
    let (_folder, kb) = sound();
    let preview = Preview::of(&kb);
    let mut events = preview.events();
    let (path, text) = rules(&kb);
    let unused: String = (0..70).map(|number| format!("fact unused-{number} \"{number}\" : yes/no\n")).collect();
    fs::write(&path, format!("{text}\n{unused}")).expect("ours");
    let told = events.until(|data| data["others"] == 70);
    assert_eq!((told["findings"].as_array().map(Vec::len), &told["errors"]), (Some(50), &0.into()), "{told}");
}

#[test]
fn a_knowledge_base_that_begins_with_mistakes_waits_for_them_to_be_mended() {
    let place = folder(&[
        ("kb/faq.toml", b"titel = 1\n"),
        ("kb/a.faq", b"entry a \"A\" { number 1 ; action Do { > Do it. } }\n"),
    ]);
    let preview = Preview::of(&place.path().join("kb"));
    assert!(preview.get("/").1.contains("nothing to show yet"));
    let mut events = preview.events();
    assert_eq!(events.next()["version"], 0);
    fs::write(place.path().join("kb/faq.toml"), "title = \"x\"\nlanguage = \"en\"\n").expect("ours");
    events.until(|data| data["version"] == 1);
    assert!(preview.get("/entries/a.html").0.starts_with("HTTP/1.1 200"));
}

#[test]
fn what_cannot_be_served_is_refused() {
    let (_folder, kb) = sound();
    let preview = Preview::of(&kb);
    let port = preview.address.rsplit(':').next().expect("a port").to_owned();
    let taken = run(&kb, &["serve", "--port", &port]);
    assert_eq!((taken.code, taken.out.as_str()), (2, ""), "{}", taken.err);
    assert!(taken.err.contains("error[F0950]") && taken.err.contains("--port 0"), "{}", taken.err);
    let missing = run(&kb, &["serve", "no-such-folder"]);
    assert_eq!(missing.code, 2, "{}", missing.err);
}

/// The rules with another title, which pages show.
fn titled(text: &str, title: &str) -> String {
    let written = text.lines().find_map(|line| line.split('"').nth(1)).expect("a title in quotes");
    text.replacen(written, title, 1)
}

#[test]
fn a_folder_that_is_replaced_is_followed() {
    let (folder, kb) = sound();
    let mut command = faqc(folder.path());
    let preview = Preview::from(command.args(["serve", "kb", "--port", "0"]));
    let mut events = preview.events();
    assert_eq!(events.next()["version"], 1);
    fs::rename(&kb, folder.path().join("old")).expect("ours");
    let gone = events.until(|data| data["findings"].as_array().is_some_and(|it| !it.is_empty()));
    assert_eq!(gone["version"], 1, "{gone}");
    assert_eq!(gone["findings"][0]["code"], "F0901", "{gone}");
    is_followed(&preview, &mut events, &kb, &folder.path().join("old"));
}

#[test]
fn a_folder_that_is_removed_is_followed_from_within() {
    let (folder, kb) = sound();
    let old = folder.path().join("old");
    copy(&kb, &old);
    let preview = Preview::of(&kb);
    let mut events = preview.events();
    assert_eq!(events.next()["version"], 1);
    fs::remove_dir_all(&kb).expect("ours");
    events.until(|data| data["findings"].as_array().is_some_and(|it| !it.is_empty()));
    is_followed(&preview, &mut events, &kb, &old);
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir(to).expect("ours");
    for entry in fs::read_dir(from).expect("ours") {
        let entry = entry.expect("ours");
        fs::copy(entry.path(), to.join(entry.file_name())).expect("ours");
    }
}

/// A folder that comes again, as it was.
fn is_followed(preview: &Preview, events: &mut Events, kb: &Path, old: &Path) {
    assert!(preview.get("/").0.starts_with("HTTP/1.1 200"), "the last sound version stays");
    copy(old, kb);
    // What is made of the same files is the same version, or one that has come while they were copied.
    events.until(|data| data["findings"].as_array().is_some_and(Vec::is_empty));
    let (path, text) = rules(kb);
    fs::write(&path, titled(&text, "別のフォルダー")).expect("ours");
    loop {
        events.until(|data| data["version"].as_u64().is_some_and(|it| it > 1));
        if preview.get("/symptoms.html").1.contains("別のフォルダー") {
            break;
        }
    }
}

#[test]
fn what_cannot_be_read_is_told_on_the_page() {
    let (_folder, kb) = sound();
    let preview = Preview::of(&kb);
    let mut events = preview.events();
    events.next();
    fs::create_dir(kb.join("folder.faq")).expect("ours");
    let told = events.until(|data| data["findings"].as_array().is_some_and(|it| !it.is_empty()));
    assert_eq!(told["findings"][0]["code"], "F0908", "{told}");
    fs::remove_dir(kb.join("folder.faq")).expect("ours");
    events.until(|data| data["findings"].as_array().is_some_and(Vec::is_empty));
}

#[test]
fn half_a_request_is_not_waited_for_without_end() {
    let (_folder, kb) = sound();
    let preview = Preview::of(&kb);
    let mut stream = TcpStream::connect(&preview.address).expect("it listens");
    stream.set_read_timeout(Some(PATIENCE)).expect("a timeout");
    write!(stream, "GET / HTTP/1.1\r\nHost: ").expect("it reads");
    // A connection that is closed, in whatever way.
    let ended = stream.read_to_end(&mut Vec::new());
    assert!(ended.is_ok() || ended.is_err_and(|it| it.kind() == std::io::ErrorKind::ConnectionReset));
}

#[cfg(unix)]
#[test]
fn it_ends_cleanly_when_asked() {
    let (_folder, kb) = sound();
    for signal in ["-INT", "-TERM"] {
        let mut preview = Preview::of(&kb);
        let mut following = preview.events();
        following.next();
        let command = format!("kill {signal} {}", preview.process.id());
        let killed = std::process::Command::new("sh").args(["-c", &command]).status();
        assert!(killed.is_ok_and(|status| status.success()));
        assert_eq!(preview.process.wait().expect("it ends").code(), Some(0), "{signal}");
    }
}
