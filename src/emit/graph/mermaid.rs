//! Mermaid flowcharts.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use super::Selection;
use super::drawing::{Drawing, Item, lines, word, wrap};
use crate::graph::{EdgeKind, Node, NodeKind};
use crate::session::Compilation;

pub(super) fn emit_mermaid(compilation: &Compilation, selection: &Selection<'_>) -> String {
    let drawing = Drawing::new(compilation, selection);
    let numbers: BTreeMap<Node, usize> = drawing.nodes().zip(0..).collect();
    let mut out = "flowchart LR\n".to_owned();
    let mut depth = 1;
    let mut boxes = 0;
    for item in &drawing.items {
        push_item(item, compilation, &numbers, &mut depth, &mut boxes, &mut out);
    }
    for (from, to, kind) in &drawing.edges {
        let label = quoted(&[word(kind.word(), compilation).to_owned()]);
        push_line(1, &format!("n{} {}|{label}| n{}", numbers[from], arrow(*kind), numbers[to]), &mut out);
    }
    push_legend(&drawing, compilation, &mut out);
    push_classes(&numbers, &mut out);
    out
}

fn push_item(
    item: &Item,
    compilation: &Compilation,
    numbers: &BTreeMap<Node, usize>,
    depth: &mut usize,
    boxes: &mut usize,
    out: &mut String,
) {
    match item {
        Item::Open(id) => {
            let title = quoted(&wrap(&compilation.model.categories[*id].title));
            push_line(*depth, &format!("subgraph c{boxes}[{title}]"), out);
            *depth += 1;
            *boxes += 1;
        }
        Item::Close => {
            *depth -= 1;
            push_line(*depth, "end", out);
        }
        Item::Node(node) => {
            let (open, close) = shape(node.kind());
            let label = quoted(&lines(*node, compilation));
            push_line(*depth, &format!("n{}{open}{label}{close}", numbers[node]), out);
        }
    }
}

fn push_line(depth: usize, line: &str, out: &mut String) {
    writeln!(out, "{:1$}{line}", "", depth.min(20) * 2).expect("writing to a string cannot fail");
}

/// A double-quoted label. Whatever Mermaid, its Markdown or HTML might give a meaning to is written by its code point.
fn quoted(lines: &[String]) -> String {
    let escaped: Vec<_> = lines.iter().map(|line| escaped(line)).collect();
    format!("\"{}\"", escaped.join("<br/>"))
}

fn escaped(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    let mut previous = ' ';
    for c in line.chars() {
        if is_plain(c, previous) {
            out.push(c);
        } else {
            write!(out, "#{};", u32::from(c)).expect("writing to a string cannot fail");
        }
        previous = c;
    }
    out
}

/// A point, a dash or a parenthesis may be the mark of a Markdown list, unless something else precedes it.
fn is_plain(c: char, previous: char) -> bool {
    match c {
        '.' | '-' => previous.is_ascii_alphabetic(),
        ')' => !previous.is_ascii_digit(),
        _ => !c.is_ascii() || c.is_ascii_alphanumeric() || matches!(c, ' ' | ',' | '/' | '('),
    }
}

fn shape(kind: NodeKind) -> (&'static str, &'static str) {
    match kind {
        NodeKind::Entry | NodeKind::Category => ("[", "]"),
        NodeKind::Symptom => ("([", "])"),
        NodeKind::Fact => ("{{", "}}"),
        NodeKind::Document | NodeKind::Section | NodeKind::Link => ("[[", "]]"),
        NodeKind::Contact => (">", "]"),
        NodeKind::Term | NodeKind::Text => ("(", ")"),
    }
}

fn arrow(kind: EdgeKind) -> &'static str {
    match kind {
        EdgeKind::Then | EdgeKind::Overrides | EdgeKind::Finds | EdgeKind::Sets | EdgeKind::SameAs => "==>",
        EdgeKind::See | EdgeKind::HasSymptom | EdgeKind::KindOf | EdgeKind::Needs | EdgeKind::Contacts => "-->",
        EdgeKind::Reuses | EdgeKind::Before | EdgeKind::After | EdgeKind::Rechecks => "-.->",
        EdgeKind::Cites | EdgeKind::Mentions | EdgeKind::PartOf | EdgeKind::InCategory => "-.->",
    }
}

/// One shape for each kind of node that occurs.
fn push_legend(drawing: &Drawing, compilation: &Compilation, out: &mut String) {
    let kinds: BTreeSet<NodeKind> = drawing.nodes().map(Node::kind).collect();
    if kinds.len() < 2 {
        return;
    }
    push_line(1, "subgraph legend[\" \"]", out);
    for (number, kind) in kinds.into_iter().enumerate() {
        let (open, close) = shape(kind);
        let label = quoted(&[word(kind.word(), compilation).to_owned()]);
        push_line(2, &format!("k{number}{open}{label}{close}"), out);
    }
    push_line(1, "end", out);
}

fn push_classes(numbers: &BTreeMap<Node, usize>, out: &mut String) {
    for (kind, fill) in [(NodeKind::Entry, "#e8f0fe"), (NodeKind::Symptom, "#fde8e8"), (NodeKind::Fact, "#fff6d6")] {
        let members = numbers.iter().filter(|(node, _)| node.kind() == kind).map(|(_, number)| format!("n{number}"));
        let members: Vec<_> = members.collect();
        if !members.is_empty() {
            push_line(1, &format!("classDef {} fill:{fill},stroke:#999999", kind.word()), out);
            push_line(1, &format!("class {} {}", members.join(","), kind.word()), out);
        }
    }
}
