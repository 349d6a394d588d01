//! Every format on a knowledge base with hostile titles.

use super::*;
use crate::diag::Diagnostics;
use crate::graph::build;
use crate::graph::sample::Sample;
use crate::language::Language;

const HOSTILE: &str = "a\"b\\c<d>|e]f}g{h&amp;#quot;`i`%%{init}%% end 👩‍💻\t「閉」 \\N --> 1. *_";

fn compilation(mut sample: Sample) -> Compilation {
    let sources = sample.sources();
    let graph = build(&sample.model, &sample.types);
    let model = std::mem::take(&mut sample.model);
    Compilation {
        sources,
        graph,
        model,
        types: sample.types,
        diagnostics: Diagnostics::default(),
        changes: None,
        descent: Default::default(),
    }
}

fn hostile() -> Compilation {
    let mut sample = Sample::default();
    let (nine, ten) = (sample.numbered(9, "nine"), sample.numbered(10, "ten"));
    sample.model.entries[ten].title = sample.prose(HOSTILE);
    let outer = sample.category(HOSTILE, None);
    let inner = sample.category("送信時", Some(outer));
    sample.model.entries[nine].category = Some(inner);
    sample.model.entries[ten].category = Some(outer);
    let (symptom, fact) = (sample.symptom("send-failed"), sample.asked("certificate"));
    let (used, when, then) = (sample.symptom_use(symptom), sample.condition(&[fact]), sample.entry_use(ten));
    sample.model.entries[nine].symptoms.push(used);
    sample.model.entries[ten].when.push(when);
    let action = sample.action(nine);
    sample.model.actions[action].then.push(then);
    let document = sample.document("manual");
    sample.section(document, "3.6.3");
    compilation(sample)
}

#[test]
fn dot_is_stable() {
    insta::assert_snapshot!(emit_graph(&hostile(), Format::Dot, Scope::All));
}

#[test]
fn mermaid_is_stable() {
    insta::assert_snapshot!(emit_graph(&hostile(), Format::Mermaid, Scope::All));
}

#[test]
fn json_is_stable() {
    insta::assert_snapshot!(emit_graph(&hostile(), Format::Json, Scope::All));
}

#[test]
fn dot_strings_and_braces_are_closed() {
    let dot = emit_graph(&hostile(), Format::Dot, Scope::All);
    for line in dot.lines() {
        assert!(outside_strings(line).is_some(), "an open string in {line}");
    }
    let outside: String = dot.lines().filter_map(outside_strings).collect();
    assert_eq!(outside.matches(['{', '[']).count(), outside.matches(['}', ']']).count());
    assert!(outside.is_ascii(), "labels stand in strings");
}

/// A line of DOT without its strings; `None` when one is not closed.
fn outside_strings(line: &str) -> Option<String> {
    let mut out = String::new();
    let mut chars = line.chars();
    while let Some(c) = chars.next() {
        if c == '"' {
            loop {
                match chars.next()? {
                    '"' => break,
                    '\\' => drop(chars.next()?),
                    _ => {}
                }
            }
        } else {
            out.push(c);
        }
    }
    Some(out)
}

#[test]
fn mermaid_labels_hold_nothing_that_mermaid_would_read() {
    let mermaid = emit_graph(&hostile(), Format::Mermaid, Scope::All);
    for line in mermaid.lines().skip(1) {
        let parts: Vec<_> = line.split('"').collect();
        assert!(parts.len() % 2 == 1, "an open label in {line}");
        for label in parts.iter().skip(1).step_by(2) {
            let label = label.replace("<br/>", "");
            assert!(!label.contains(['<', '>', '{', '}', '[', ']', '|', '`', '%', '\\', '&', '*', '_']), "{label}");
        }
        let shape = line.trim_start();
        assert!(["n", "k", "c", "subgraph ", "end", "class"].iter().any(|head| shape.starts_with(head)), "{line}");
    }
}

#[test]
fn json_follows_its_schema() {
    let compilation = hostile();
    let nine = compilation.graph.nodes().next().expect("there are entries");
    let written = emit_graph(&compilation, Format::Json, Scope::All);
    assert_valid(&schema(), &written);
    assert_valid(&affected_schema(), &emit_affected(&compilation, nine, AffectedFormat::Json));
}

fn assert_valid(schema: &schemars::Schema, json: &str) {
    let validator = jsonschema::validator_for(schema.as_value()).expect("the schema is one");
    let value = serde_json::from_str(json).expect("the output is JSON");
    assert!(validator.is_valid(&value), "{json}");
}

#[test]
fn a_neighbourhood_holds_the_edges_among_its_nodes() {
    let compilation = hostile();
    let fact = compilation.graph.nodes().find(|node| matches!(node, Node::Fact(_))).expect("there is a fact");
    let json = emit_graph(&compilation, Format::Json, Scope::Around(fact, 1));
    let value: serde_json::Value = serde_json::from_str(&json).expect("the output is JSON");
    assert_eq!(value["nodes"].as_array().map(Vec::len), Some(2));
    assert_eq!(value["edges"].as_array().map(Vec::len), Some(1));
}

#[test]
fn what_a_change_affects_is_listed_with_the_reason_and_the_place() {
    let compilation = hostile();
    let ten = compilation.graph.nodes().nth(1).expect("there are two entries");
    let text = |language| emit_affected(&compilation, ten, AffectedFormat::Text(language));
    assert_eq!(text(Language::Japanese), "1  項目 No.9 title of nine  ← 次 ten  (sample.faq:14)\n");
    assert_eq!(text(Language::English), "1  entry No.9 title of nine  ← then ten  (sample.faq:14)\n");
}
