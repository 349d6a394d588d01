//! The published JSON Schemas are those of the code, and documents follow them.
//!
//! `FAQC_WRITE_SCHEMAS=1 cargo test --test schemas` writes the files anew.

mod random_model;

use std::collections::BTreeSet;
use std::fs;

use faqc::diag::Scene;
use faqc::emit::{json, table};
use faqc::language::Language;
use faqc::session::{Input, compile};
use faqc::suite::coverage::coverage;
use faqc::suite::document::{coverage_document, coverage_schema, test_document, test_schema};
use faqc::suite::run_tests;
use serde_json::Value;

fn assert_published(path: &str, schema: &schemars::Schema) {
    let text = serde_json::to_string_pretty(schema).unwrap() + "\n";
    let path = format!("{}/docs/schema/{path}", env!("CARGO_MANIFEST_DIR"));
    if std::env::var_os("FAQC_WRITE_SCHEMAS").is_some() {
        fs::write(&path, &text).unwrap();
    }
    let published = fs::read_to_string(&path).unwrap_or_default();
    assert!(published == text, "{path} is out of date; write it anew with FAQC_WRITE_SCHEMAS=1");
}

#[test]
fn published_schemas_are_up_to_date() {
    assert_published("table.schema.json", &table::schema());
    assert_published("kb.schema.json", &json::schema());
    assert_published("test.schema.json", &test_schema());
    assert_published("coverage.schema.json", &coverage_schema());
    assert_published("why.schema.json", &faqc::why::schema());
    assert_published("diagnosis.schema.json", &faqc::diagnose::schema());
    assert_published("diff.schema.json", &faqc::diff::json::schema());
    assert_published("next.schema.json", &schemars::schema_for!(faqc::runtime::Next));
    assert_published("event.schema.json", &schemars::schema_for!(faqc::runtime::Event));
    assert_published("session.schema.json", &schemars::schema_for!(faqc::runtime::Session));
}

#[test]
fn documents_follow_their_schemas() {
    let validators =
        [table::schema(), json::schema()].map(|schema| jsonschema::validator_for(schema.as_value()).unwrap());
    for seed in 1..300u64 {
        let compilation = random_model::compilation(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15));
        let files = [table::emit(&compilation, &mut faqc::diag::Diagnostics::default()), json::emit(&compilation)];
        for (file, validator) in files.iter().flatten().zip(&validators) {
            let document = serde_json::from_slice(&file.bytes).unwrap();
            let errors: Vec<String> = validator.iter_errors(&document).map(|error| error.to_string()).collect();
            assert!(errors.is_empty(), "seed {seed}: {errors:?}");
        }
    }
}

#[test]
fn diffs_follow_their_schema() {
    let validator = jsonschema::validator_for(faqc::diff::json::schema().as_value()).unwrap();
    for seed in 1..100u64 {
        let [old, new] = random_model::mutation::pair(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15));
        let text = faqc::diff::json::render(&faqc::diff::diff(&old, &new), ["old", "new"]);
        let document = serde_json::from_str(&text).unwrap();
        let errors: Vec<String> = validator.iter_errors(&document).map(|error| error.to_string()).collect();
        assert!(errors.is_empty(), "seed {seed}: {errors:?}");
    }
}

#[test]
fn exceptions_are_published_with_their_reasons() {
    let text = "fact f : yes/no {\n  allow unused-fact because it comes\n}\nallow unused-link: shown elsewhere\nentry e E { symptom \"s\" ; note n }";
    let compilation = faqc::compile(vec![faqc::Input { name: "a.faq".to_owned(), bytes: text.into() }]);
    let document: Value = serde_json::from_slice(&json::emit(&compilation)[0].bytes).unwrap();
    let validator = jsonschema::validator_for(json::schema().as_value()).unwrap();
    assert!(validator.is_valid(&document));
    let expected = serde_json::json!([
        { "name": "unused-fact", "code": "F0501", "reason": "it comes", "in": { "kind": "fact", "id": "f" }, "file": "a.faq", "line": 2 },
        { "name": "unused-link", "code": "F0504", "reason": "shown elsewhere", "file": "a.faq", "line": 4 },
    ]);
    assert_eq!(document["exceptions"], expected);
}

#[test]
fn results_and_coverage_follow_their_schemas() {
    let source = "entry a A {\n symptom s\n when f\n action { > x }\n}\nsymptom s S { message \"m\" }\nfact f : yes/no\n\
                  test t {\n given s, f = yes\n expect certain a\n expect excluded a\n}\n\
                  test u {\n given f = no\n expect none\n}\nentry b\n";
    let compilation = compile(vec![Input { name: "a.faq".to_owned(), bytes: source.as_bytes().to_vec() }]);
    let table = table::build_table(&compilation, &mut faqc::diag::Diagnostics::default());
    let results = run_tests(&compilation, &table, |_| true);
    let scene = Scene { sources: &compilation.sources, language: Language::English, prefix: "" };
    let findings = compilation.diagnostics.as_slice();
    let documents = [
        (test_schema(), test_document(&compilation, findings, &results, scene)),
        (coverage_schema(), coverage_document(&compilation, &coverage(&compilation, &table, &results), scene)),
    ];
    for (schema, document) in documents {
        let validator = jsonschema::validator_for(schema.as_value()).unwrap();
        let document = serde_json::from_str(&document).unwrap();
        let errors: Vec<String> = validator.iter_errors(&document).map(|error| error.to_string()).collect();
        assert!(errors.is_empty(), "{errors:?}");
        let list = document.get("tests").or(document.get("items")).and_then(Value::as_array).unwrap();
        assert!(list.len() > 1 && document["findings"] != serde_json::json!([]), "{document}");
    }
}

/// Adds the names of all members that a schema describes.
fn collect_members(schema: &Value, members: &mut BTreeSet<String>) {
    match schema {
        Value::Object(object) => {
            if let Some(Value::Object(properties)) = object.get("properties") {
                members.extend(properties.keys().cloned());
            }
            object.values().for_each(|inner| collect_members(inner, members));
        }
        Value::Array(items) => items.iter().for_each(|inner| collect_members(inner, members)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

#[test]
fn the_page_on_the_table_names_every_member() {
    let page = include_str!("../docs/table.md");
    let mut members = BTreeSet::new();
    collect_members(table::schema().as_value(), &mut members);
    members.retain(|name| !page.contains(&format!("`{name}`")) && !page.contains(&format!("\"{name}\":")));
    assert!(members.is_empty(), "docs/table.md does not mention {members:?}");
}
