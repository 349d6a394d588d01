//! The formats that tools read.

use faqc::diag::{Diagnostic, Format, render};
use faqc::language::Language;
use faqc::session::{Input, compile};

use super::{everything, unknown};

fn text(format: Format) -> String {
    let (marked, findings) = everything();
    render(format, &findings, marked.scene(Language::Japanese))
}

#[test]
fn short_is_one_line_each() {
    insta::assert_snapshot!(text(Format::Short));
}

#[test]
fn github_commands_are_escaped() {
    insta::assert_snapshot!(text(Format::Github));
}

#[test]
fn json_has_every_place() {
    insta::assert_snapshot!(text(Format::Json));
}

#[test]
fn sarif_has_every_place() {
    let mut log: serde_json::Value = serde_json::from_str(&text(Format::Sarif)).expect("SARIF is JSON");
    let rules = log.pointer_mut("/runs/0/tool/driver/rules").and_then(|rules| rules.as_array_mut());
    for rule in rules.expect("there are rules") {
        // The text of the code's page, which changes with the page.
        let help = rule.as_object_mut().and_then(|rule| rule.remove("help"));
        assert!(help.is_some_and(|help| help.pointer("/text").is_some_and(serde_json::Value::is_string)));
    }
    let text = serde_json::to_string_pretty(&log).expect("it was JSON");
    insta::assert_snapshot!(text.replace(env!("CARGO_PKG_VERSION"), "VERSION"));
}

#[test]
fn sarif_is_valid() {
    // The pattern for languages has a stray bracket, which ECMAScript takes for itself and others for a mistake.
    let text = include_str!("../schema/sarif-2.1.0.json").replace("{2}]?$", r"{2}\\]?$");
    let schema = serde_json::from_str(&text).expect("the schema is JSON");
    let validator = jsonschema::draft7::new(&schema).expect("the schema is a schema");
    for findings in [everything().1, Vec::new()] {
        let text = render(Format::Sarif, &findings, everything().0.scene(Language::English));
        let log = serde_json::from_str(&text).expect("SARIF is JSON");
        let errors: Vec<_> = validator.iter_errors(&log).map(|error| error.to_string()).collect();
        assert!(errors.is_empty(), "{errors:#?}");
    }
    let broken = serde_json::json!({"version": "2.1.0", "runs": [{"results": []}]});
    assert!(!validator.is_valid(&broken), "the schema finds a missing tool");
}

#[test]
fn an_absolute_path_is_a_file_uri() {
    let (marked, findings) = everything();
    let scene = faqc::diag::Scene { prefix: "/srv/知識/", ..marked.scene(Language::English) };
    assert!(render(Format::Sarif, &findings, scene).contains("file:///srv/%E7%9F%A5%E8%AD%98/b.faq"));
}

#[test]
fn json_offsets_count_a_byte_order_mark() {
    let bytes = b"\xEF\xBB\xBFtitel = \"x\"\n".to_vec();
    let compilation = compile(vec![Input { name: "faq.toml".to_owned(), bytes }]);
    let scene = faqc::diag::Scene { sources: &compilation.sources, language: Language::English, prefix: "" };
    let findings: Vec<Diagnostic> = compilation.diagnostics.into_vec();
    let json: serde_json::Value = serde_json::from_str(&render(Format::Json, &findings, scene)).expect("JSON");
    let start = json.pointer("/findings/0/location/start").expect("a place");
    assert_eq!(*start, serde_json::json!({"byte": 3, "line": 1, "column": 1, "utf16_column": 1}));
}

#[test]
fn every_format_takes_a_finding_at_the_end_of_an_empty_file() {
    let marked = super::Marked::new("a.faq", "[[]]");
    let findings = [unknown(marked.spans[0], "", "x")];
    for format in [Format::Human, Format::Short, Format::Json, Format::Sarif, Format::Github] {
        assert!(render(format, &findings, marked.scene(Language::Japanese)).contains("F0201"));
    }
}
