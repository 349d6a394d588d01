//! The graph as JSON, for other programs; the shapes are published as JSON Schemas.

use schemars::JsonSchema;
use serde::Serialize;

use super::{Selection, title};
use crate::graph::{Affected, Edge, Node, name, number, place};
use crate::session::Compilation;

/// The dependency graph of a knowledge base, or a part of it.
#[derive(Serialize, JsonSchema)]
pub(in crate::emit) struct GraphDocument {
    /// `faqc-graph`.
    format: &'static str,
    version: u32,
    nodes: Vec<NodeDocument>,
    /// From what would have to be looked at again to what it relies on.
    edges: Vec<EdgeDocument>,
}

/// What a change affects, the nearest first.
#[derive(Serialize, JsonSchema)]
struct AffectedDocument {
    /// `faqc-affected`.
    format: &'static str,
    version: u32,
    changed: NodeDocument,
    affected: Vec<AffectedNode>,
}

/// A declaration, or a category.
#[derive(Serialize, JsonSchema)]
pub(in crate::emit) struct NodeDocument {
    /// Kind and name, as in `entry:install-certificate`; unique.
    id: String,
    kind: &'static str,
    name: String,
    title: String,
    /// An entry's number.
    #[serde(skip_serializing_if = "Option::is_none")]
    number: Option<u32>,
    file: String,
    /// Counted from 1.
    line: u32,
}

/// One dependency.
#[derive(Serialize, JsonSchema)]
pub(in crate::emit) struct EdgeDocument {
    /// A node's id.
    from: String,
    /// A node's id.
    to: String,
    kind: &'static str,
    /// Number of the action of `from` in which it stands.
    #[serde(skip_serializing_if = "Option::is_none")]
    action: Option<String>,
    file: String,
    /// Counted from 1.
    line: u32,
}

/// Something that the change reaches, and the dependency by which it does.
#[derive(Serialize, JsonSchema)]
struct AffectedNode {
    #[serde(flatten)]
    node: NodeDocument,
    /// Dependencies between it and what changes; 1 is direct.
    distance: usize,
    /// Id of the node, one dependency nearer to the change, by which it is affected.
    via: String,
    /// Kind of that dependency, and where it is written.
    because: Because,
}

#[derive(Serialize, JsonSchema)]
struct Because {
    kind: &'static str,
    file: String,
    /// Counted from 1.
    line: u32,
}

const VERSION: u32 = 1;

/// The JSON Schema of a graph.
pub fn schema() -> schemars::Schema {
    schemars::schema_for!(GraphDocument)
}

/// The JSON Schema of a list of what a change affects.
pub fn affected_schema() -> schemars::Schema {
    schemars::schema_for!(AffectedDocument)
}

pub(super) fn emit_json(compilation: &Compilation, selection: &Selection<'_>) -> String {
    write(&document(compilation, selection))
}

/// For documents that hold the graph as a part of them.
pub(super) fn document(compilation: &Compilation, selection: &Selection<'_>) -> GraphDocument {
    let edge = |(from, to, edge): &(Node, Node, &Edge)| edge_document(*from, *to, edge, compilation);
    GraphDocument {
        format: "faqc-graph",
        version: VERSION,
        nodes: selection.nodes.iter().map(|node| node_document(*node, compilation)).collect(),
        edges: selection.edges.iter().map(edge).collect(),
    }
}

pub(super) fn emit_affected_json(compilation: &Compilation, changed: Node, affected: &[Affected]) -> String {
    write(&AffectedDocument {
        format: "faqc-affected",
        version: VERSION,
        changed: node_document(changed, compilation),
        affected: affected.iter().map(|it| affected_node(it, compilation)).collect(),
    })
}

fn write(document: &impl Serialize) -> String {
    let json = serde_json::to_string_pretty(document).expect("strings, numbers and lists of them can be written");
    json + "\n"
}

fn id(node: Node, compilation: &Compilation) -> String {
    format!("{}:{}", node.kind().word(), name(node, &compilation.model, &compilation.sources))
}

fn node_document(node: Node, compilation: &Compilation) -> NodeDocument {
    let (file, position) = compilation.sources.locate(place(node, &compilation.model));
    NodeDocument {
        id: id(node, compilation),
        kind: node.kind().word(),
        name: name(node, &compilation.model, &compilation.sources),
        title: title(node, compilation),
        number: number(node, &compilation.model),
        file: file.to_owned(),
        line: position.line,
    }
}

fn edge_document(from: Node, to: Node, edge: &Edge, compilation: &Compilation) -> EdgeDocument {
    let (file, line) = written_at(edge, compilation);
    EdgeDocument {
        from: id(from, compilation),
        to: id(to, compilation),
        kind: edge.kind.word(),
        action: edge.action.map(|action| compilation.model.actions[action].number.clone()),
        file,
        line,
    }
}

fn affected_node(affected: &Affected, compilation: &Compilation) -> AffectedNode {
    let (file, line) = written_at(&affected.edge, compilation);
    AffectedNode {
        node: node_document(affected.node, compilation),
        distance: affected.distance,
        via: id(affected.via, compilation),
        because: Because { kind: affected.edge.kind.word(), file, line },
    }
}

fn written_at(edge: &Edge, compilation: &Compilation) -> (String, u32) {
    let file = &compilation.sources[edge.span.file];
    (file.name.clone(), compilation.sources.line(edge.span))
}
