//! Graphviz DOT.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::Selection;
use super::drawing::{Drawing, Item, lines, word, wrap};
use crate::graph::{EdgeKind, Node, NodeKind};
use crate::session::Compilation;

const HEAD: &str = r##"digraph faq {
  rankdir=LR;
  fontname="sans-serif";
  node [fontname="sans-serif", fontsize=11, style="filled,rounded", fillcolor="#ffffff"];
  edge [fontname="sans-serif", fontsize=9];
"##;

pub(super) fn emit_dot(compilation: &Compilation, selection: &Selection<'_>) -> String {
    let drawing = Drawing::new(compilation, selection);
    let numbers: BTreeMap<Node, usize> = drawing.nodes().zip(0..).collect();
    let mut out = HEAD.to_owned();
    let mut depth = 1;
    let mut boxes = 0;
    for item in &drawing.items {
        push_item(item, compilation, &numbers, &mut depth, &mut boxes, &mut out);
    }
    for (from, to, kind) in &drawing.edges {
        push_line(1, &format!("n{} -> n{} [{}];", numbers[from], numbers[to], style(*kind)), &mut out);
    }
    push_legend(&drawing, compilation, &mut out);
    out + "}\n"
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
            push_line(*depth, &format!("subgraph cluster_{boxes} {{"), out);
            *depth += 1;
            *boxes += 1;
            push_line(*depth, &format!("label={};", quoted(&wrap(&compilation.model.categories[*id].title))), out);
            push_line(*depth, r##"style="rounded"; color="#999999";"##, out);
        }
        Item::Close => {
            *depth -= 1;
            push_line(*depth, "}", out);
        }
        Item::Node(node) => {
            let label = quoted(&lines(*node, compilation));
            push_line(*depth, &format!("n{} [label={label}, {}];", numbers[node], shape(node.kind())), out);
        }
    }
}

fn push_line(depth: usize, line: &str, out: &mut String) {
    writeln!(out, "{:1$}{line}", "", depth.min(20) * 2).expect("writing to a string cannot fail");
}

/// A double-quoted string. A backslash would begin an escape, and an ampersand an HTML entity.
fn quoted(lines: &[String]) -> String {
    let escaped = lines.iter().map(|line| line.replace('\\', r"\\").replace('"', r#"\""#).replace('&', "&amp;"));
    format!("\"{}\"", escaped.collect::<Vec<_>>().join(r"\n"))
}

fn shape(kind: NodeKind) -> &'static str {
    match kind {
        NodeKind::Entry => r##"shape=box, fillcolor="#e8f0fe""##,
        NodeKind::Symptom => r##"shape=ellipse, style=filled, fillcolor="#fde8e8""##,
        NodeKind::Fact => r##"shape=hexagon, style=filled, fillcolor="#fff6d6""##,
        NodeKind::Document => r##"shape=note, style=filled, fillcolor="#eeeeee""##,
        NodeKind::Section => r##"shape=note, style=filled, fillcolor="#f8f8f8""##,
        NodeKind::Link => r##"shape=component, style=filled, fillcolor="#eeeeee""##,
        NodeKind::Contact => r##"shape=house, style=filled, fillcolor="#e3f6e3""##,
        NodeKind::Term => r##"shape=plain, style=filled"##,
        NodeKind::Text => r##"shape=tab, style=filled"##,
        NodeKind::Category => r##"shape=folder, style=filled"##,
    }
}

fn style(kind: EdgeKind) -> &'static str {
    match kind {
        EdgeKind::See => r##"color="#1a56db""##,
        EdgeKind::Then => r##"color="#1a56db", penwidth=2"##,
        EdgeKind::Reuses => r##"color="#1a56db", style=dashed"##,
        EdgeKind::Before => r##"color="#7e3af2", style=dashed"##,
        EdgeKind::Overrides => r##"color="#7e3af2", penwidth=2"##,
        EdgeKind::After => r##"color="#7e3af2", style=dotted"##,
        EdgeKind::HasSymptom => r##"color="#c81e1e""##,
        EdgeKind::SameAs => r##"color="#c81e1e", penwidth=2, dir=both"##,
        EdgeKind::KindOf => r##"color="#c81e1e", arrowhead=onormal"##,
        EdgeKind::Needs => r##"color="#b7791f""##,
        EdgeKind::Finds => r##"color="#b7791f", penwidth=2, arrowhead=dot"##,
        EdgeKind::Sets => r##"color="#b7791f", penwidth=2, arrowhead=box"##,
        EdgeKind::Rechecks => r##"color="#b7791f", style=dashed, arrowhead=odot"##,
        EdgeKind::Cites => r##"color="#888888""##,
        EdgeKind::Mentions => r##"color="#888888", style=dotted"##,
        EdgeKind::PartOf | EdgeKind::InCategory => r##"color="#888888", arrowhead=odiamond"##,
        EdgeKind::Contacts => r##"color="#2f855a""##,
    }
}

/// One arrow for each kind of edge that occurs.
fn push_legend(drawing: &Drawing, compilation: &Compilation, out: &mut String) {
    let kinds = drawing.edge_kinds();
    if kinds.is_empty() {
        return;
    }
    push_line(1, "subgraph cluster_legend {", out);
    push_line(2, r##"label="→"; style="dashed"; color="#bbbbbb"; node [shape=point];"##, out);
    for (number, kind) in kinds.into_iter().enumerate() {
        let label = quoted(&[word(kind.word(), compilation).to_owned()]);
        push_line(2, &format!("k{number}a -> k{number}b [label={label}, {}];", style(kind)), out);
    }
    push_line(1, "}", out);
}
