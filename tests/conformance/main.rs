//! What every reader of the table has to say: the vectors beside this file, carried out by the reader in Rust and by the script of the
//! site.
//!
//! `cargo test --test conformance -- --ignored` writes those vectors anew that are made here: `random-…`, `rule-…`, `careplan-…`, `search-…`, `words-…`. The others are
//! written by hand.

#[path = "../support/careplan.rs"]
mod careplan;
mod differential;
mod engine;
mod generate;
#[path = "../search/messages.rs"]
mod messages;
#[path = "../search/noise.rs"]
mod noise;
#[path = "../random_model/mod.rs"]
mod random_model;
mod rules;
#[path = "../search/engine.rs"]
mod search_engine;
mod vector;
mod walk;
mod words;

use faqc::table::Table;
use serde_json::{Value, json};

use vector::Vector;

/// A file name with its text.
fn vectors() -> Vec<(String, String)> {
    let folder = generate::folder();
    let files = std::fs::read_dir(folder).unwrap().map(|it| it.unwrap().path());
    let mut vectors: Vec<(String, String)> = files
        .filter(|path| path.extension().is_some_and(|it| it == "json"))
        .map(|path| {
            let name = path.file_name().unwrap().to_str().unwrap().to_owned();
            (name, std::fs::read_to_string(&path).unwrap())
        })
        .collect();
    vectors.sort();
    vectors
}

#[test]
fn the_reader_in_rust_passes_every_vector() {
    let mut failures = Vec::new();
    for (name, text) in vectors() {
        let vector: Vector = serde_json::from_str(&text).unwrap_or_else(|error| panic!("{name}: {error}"));
        let table =
            Table::from_json(vector.table.to_string().as_bytes()).unwrap_or_else(|error| panic!("{name}: {error}"));
        for check in &vector.checks {
            let found = check.call.carry_out(&table);
            if found != check.gives {
                failures.push(format!("{name}: {}\n  expected {}\n  found    {found}", json!(check.call), check.gives));
            }
        }
    }
    assert!(failures.is_empty(), "{} checks fail:\n{}", failures.len(), failures.join("\n"));
}

#[test]
fn the_script_passes_every_vector() {
    let engine = engine::reader();
    let mut failures = Vec::new();
    for (name, text) in vectors() {
        let vector: Value = serde_json::from_str(&text).unwrap();
        let failed = if text.contains("{\"call\":\"search-text\"") {
            failures_with_files(&vector)
        } else {
            engine.evaluate(&vector, "await conformance.failures(given)")
        };
        let Value::Array(failed) = failed else { panic!("{failed}") };
        failures.extend(failed.into_iter().map(|it| format!("{name}: {it}")));
    }
    assert!(failures.is_empty(), "{} checks fail:\n{}", failures.len(), failures.join("\n"));
}

/// With the files that a site has for the searches of the vector's table.
fn failures_with_files(vector: &Value) -> Value {
    let table = Table::from_json(vector["table"].to_string().as_bytes()).unwrap();
    let engine = search_engine::Engine::new(&table);
    engine.run("run.js", include_str!("run.js"));
    engine.evaluate(vector, "await conformance.failures(given)")
}

#[test]
fn there_are_many_vectors_and_they_follow_their_schema() {
    let schema = schemars::schema_for!(Vector);
    let validator = jsonschema::validator_for(schema.as_value()).unwrap();
    let vectors = vectors();
    assert!(vectors.len() >= 300, "{} vectors", vectors.len());
    for (name, text) in &vectors {
        let errors: Vec<String> =
            validator.iter_errors(&serde_json::from_str(text).unwrap()).map(|it| it.to_string()).collect();
        assert!(errors.is_empty(), "{name}: {errors:?}");
    }
    let calls = [
        "fold",
        "find",
        "search-text",
        "judge",
        "judge-actions",
        "judge-conditions",
        "clashes",
        "take-effects",
        "read-answer",
    ];
    let sessions = [
        "check-table",
        "read-given",
        "next",
        "shown",
        "start",
        "answer",
        "give",
        "unknown",
        "take-back",
        "done",
        "pass-over",
        "contact",
        "tell",
    ];
    for call in calls.iter().chain(&sessions) {
        let name = format!("{{\"call\":\"{call}\"");
        assert!(vectors.iter().any(|(_, text)| text.contains(&name)), "no vector has a check of {call}");
    }
    let published = std::fs::read_to_string(generate::schema_file()).unwrap_or_default();
    let text = serde_json::to_string_pretty(&schema).unwrap() + "\n";
    if std::env::var_os("FAQC_WRITE_SCHEMAS").is_some() {
        std::fs::write(generate::schema_file(), &text).unwrap();
    }
    assert!(
        published == text,
        "docs/schema/conformance.schema.json is out of date; write it anew with FAQC_WRITE_SCHEMAS=1"
    );
}
