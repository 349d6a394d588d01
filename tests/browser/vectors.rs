//! The conformance vectors in a page opened from a folder, under the policy of the site.

use std::fmt::Write as _;
use std::path::Path;

use faqc::emit::site::scripts::{RUNTIME, SEARCH};

use crate::driver::Browser;

const POLICY: &str = "default-src 'none'; script-src 'self'";

pub fn the_script_passes_every_vector(browser: &Browser) {
    let folder = tempfile::tempdir().unwrap();
    let count = write_page(folder.path());
    browser.go(&format!("file://{}/index.html", folder.path().display()));
    browser.wait(&format!("globalThis.vectors?.length === {count}"));
    let failed = browser.script(
        "return vectors.flatMap(([name, vector]) => conformance.failures(vector).map(it => `${name}: ${JSON.stringify(it)}`));",
        &[],
    );
    assert_eq!(failed, serde_json::json!([]));
    assert_eq!(browser.console(), [""; 0]);
}

/// The number of vectors.
fn write_page(folder: &Path) -> usize {
    let mut scripts: Vec<(String, String)> =
        RUNTIME.iter().chain(SEARCH).map(|it| (it.name.replace('/', "-"), it.text.to_owned())).collect();
    let vectors = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/conformance");
    scripts.push(("run.js".to_owned(), std::fs::read_to_string(vectors.join("run.js")).unwrap()));
    let files = std::fs::read_dir(vectors).unwrap().map(|it| it.unwrap().path());
    let files: Vec<_> = files.filter(|it| it.extension().is_some_and(|it| it == "json")).collect();
    let mut data = "globalThis.vectors = [];\n".to_owned();
    for file in &files {
        let name = file.file_name().unwrap().to_str().unwrap();
        writeln!(data, "vectors.push([\"{name}\", {}]);", std::fs::read_to_string(file).unwrap()).unwrap();
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
    files.len()
}
