//! `faqc watch`: what a save changes is told.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::Duration;

use super::{faqc, folder};

const GOOD: &str = "entry a \"A\" { symptom \"s\" ; contact c }\ncontact c \"C\"\n";

#[test]
fn a_mistake_that_is_saved_is_told_and_so_is_its_mend() {
    let place = folder(&[("faq.toml", b"title = \"t\"\nlanguage = \"en\"\n"), ("a.faq", GOOD.as_bytes())]);
    let (mut child, lines) = watch(place.path(), ".");
    until(&lines, "waiting for a file");
    fs::write(place.path().join("a.faq"), GOOD.replace("contact c }", "contact d }")).expect("written");
    until(&lines, "new");
    until(&lines, "waiting for a file");
    fs::write(place.path().join("a.faq"), GOOD).expect("written");
    until(&lines, "0 new");
    child.kill().expect("it runs");
    child.wait().expect("it ends");
}

#[test]
fn a_folder_in_the_place_of_another_is_followed() {
    let config: (&str, &[u8]) = ("kb/faq.toml", b"title = \"t\"\nlanguage = \"en\"\n");
    let other: (&str, &[u8]) = ("other/faq.toml", config.1);
    let place = folder(&[config, ("kb/a.faq", GOOD.as_bytes()), other, ("other/a.faq", GOOD.as_bytes())]);
    let at = |name: &str| place.path().join(name);
    let (mut child, lines) = watch(place.path(), "kb");
    until(&lines, "waiting for a file");
    fs::rename(at("kb"), at("old")).expect("moved");
    fs::rename(at("other"), at("kb")).expect("moved");
    until(&lines, "waiting for a file");
    fs::write(at("kb/notes.txt"), "an editor's own").expect("written");
    fs::write(at("kb/a.faq"), GOOD.replace("contact c }", "contact d }")).expect("written");
    until(&lines, "new");
    child.kill().expect("it runs");
    child.wait().expect("it ends");
}

/// The program watching a knowledge base of a folder, and the lines that it tells.
fn watch(folder: &Path, knowledge_base: &str) -> (Child, Receiver<String>) {
    let mut command = faqc(folder);
    command.args(["watch", knowledge_base]).stdout(Stdio::null()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("it starts");
    let lines = lines(child.stderr.take().expect("it is piped"));
    (child, lines)
}

fn lines(stream: impl std::io::Read + Send + 'static) -> Receiver<String> {
    let (sender, receiver) = channel();
    thread::spawn(move || {
        for line in BufReader::new(stream).lines().map_while(Result::ok) {
            if sender.send(line).is_err() {
                return;
            }
        }
    });
    receiver
}

/// Waits for a line, as long as a slow machine may take.
fn until(lines: &Receiver<String>, wanted: &str) {
    let mut seen = Vec::new();
    loop {
        match lines.recv_timeout(Duration::from_secs(120)) {
            Ok(line) if line.contains(wanted) => return,
            Ok(line) => seen.push(line),
            Err(error) => panic!("no line with {wanted}: {error}; {seen:?}"),
        }
    }
}
