//! The conformance vectors in a page opened from a folder, under the policy of the site.

use std::fmt::Write as _;
use std::path::Path;

use faqc::emit::site::scripts::{BASE, RUNTIME, SEARCH};
use faqc::emit::site::search::{Pages, emit_search};
use faqc::table::Table;
use serde_json::Value;

use crate::driver::Browser;

const POLICY: &str = "default-src 'none'; script-src 'self'";

const FAILURES: &str = "Promise.all(vectors.map(async ([name, vector]) =>
    (await conformance.failures(vector)).map(it => `${name}: ${JSON.stringify(it)}`))).then(it => it.flat())";

/// Those of the search for words need the files of their table, so that each has a page of its own.
pub fn the_script_passes_every_vector(browser: &Browser) {
    let vectors = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/conformance");
    let files = std::fs::read_dir(vectors).unwrap().map(|it| it.unwrap().path());
    let files = files.filter(|it| it.extension().is_some_and(|it| it == "json"));
    let named =
        files.map(|it| (it.file_name().unwrap().to_str().unwrap().to_owned(), std::fs::read_to_string(&it).unwrap()));
    let (of_words, others): (Vec<_>, Vec<_>) = named.partition(|(_, text)| text.contains("{\"call\":\"search-text\""));
    assert!(of_words.len() >= 40 && others.len() >= 300);
    pass(browser, &others, false);
    of_words.iter().for_each(|vector| pass(browser, std::slice::from_ref(vector), true));
}

/// Vectors with their names, in a page; `has_files` is whether the page has the files for the searches of the table.
fn pass(browser: &Browser, vectors: &[(String, String)], has_files: bool) {
    let folder = tempfile::tempdir().unwrap();
    if has_files {
        write_files(folder.path(), &vectors[0].1);
    }
    write_page(folder.path(), vectors);
    browser.go(&format!("file://{}/index.html", folder.path().display()));
    browser.wait(&format!("globalThis.vectors?.length === {}", vectors.len()));
    assert_eq!(browser.promise(FAILURES), serde_json::json!([]));
    assert_eq!(browser.console(), [""; 0]);
}

fn write_files(folder: &Path, vector: &str) {
    let vector: Value = serde_json::from_str(vector).unwrap();
    let table = Table::from_json(vector["table"].to_string().as_bytes()).unwrap();
    let names = |count: usize| -> Vec<String> { (0..count).map(|number| format!("page-{number}")).collect() };
    let (entries, symptoms) = (names(table.entries.len()), names(table.symptoms.len()));
    for file in emit_search(&table, Pages { entries: &entries, symptoms: &symptoms, log_misses: None }) {
        let path = folder.join(&file.path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, file.bytes).unwrap();
    }
}

fn write_page(folder: &Path, vectors: &[(String, String)]) {
    let data_script = BASE.iter().filter(|it| it.name == "data.js");
    let mut scripts: Vec<(String, String)> =
        data_script.chain(RUNTIME).chain(SEARCH).map(|it| (it.name.replace('/', "-"), it.text.to_owned())).collect();
    scripts.push(("run.js".to_owned(), include_str!("../conformance/run.js").to_owned()));
    let mut data = "globalThis.vectors = [];\n".to_owned();
    for (name, vector) in vectors {
        writeln!(data, "vectors.push([\"{name}\", {vector}]);").unwrap();
    }
    scripts.push(("vectors.js".to_owned(), data));
    let mut page = format!(
        "<!DOCTYPE html><html lang=\"en\"><meta charset=\"utf-8\"><meta http-equiv=\"Content-Security-Policy\" content=\"{POLICY}\"><title>t</title>"
    );
    for (name, text) in scripts {
        std::fs::write(folder.join(&name), text).unwrap();
        write!(page, "<script defer src=\"{name}\"></script>").unwrap();
    }
    std::fs::write(folder.join("index.html"), page + "<p>t").unwrap();
}
