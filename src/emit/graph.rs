//! Writes the dependency graph, whole or around one node, as Graphviz DOT, as Mermaid and as JSON, and lists what a
//! change affects; refuses to know how edges come about.

mod affected;
mod dot;
mod drawing;
mod json;
mod mermaid;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use crate::diag::Code;
use crate::graph::{self, Edge, Node, neighbourhood, number};
use crate::model::{Model, Prose};
use crate::prose;
use crate::session::Compilation;

pub use affected::{AffectedFormat, emit_affected};
pub(super) use json::GraphDocument;
pub use json::{affected_schema, schema};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    Dot,
    Mermaid,
    Json,
}

/// How much of the graph is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    All,
    /// A node and what is at most so many edges away from it, either way.
    Around(Node, usize),
}

/// The graph in a format; ends with a line break. The same knowledge base always gives the same bytes.
pub fn emit_graph(compilation: &Compilation, format: Format, scope: Scope) -> String {
    let selection = Selection::new(compilation, scope);
    match format {
        Format::Dot => dot::emit_dot(compilation, &selection),
        Format::Mermaid => mermaid::emit_mermaid(compilation, &selection),
        Format::Json => json::emit_json(compilation, &selection),
    }
}

/// The whole graph as a part of another document.
pub(super) fn whole(compilation: &Compilation) -> GraphDocument {
    json::document(compilation, &Selection::new(compilation, Scope::All))
}

/// The nodes to be written, in their order, and the edges among them.
struct Selection<'a> {
    nodes: BTreeSet<Node>,
    edges: Vec<(Node, Node, &'a Edge)>,
}

impl<'a> Selection<'a> {
    fn new(compilation: &'a Compilation, scope: Scope) -> Self {
        let graph = &compilation.graph;
        let nodes = match scope {
            Scope::All => graph.nodes().collect(),
            Scope::Around(node, distance) => neighbourhood(graph, node, distance),
        };
        let leaving = |from: Node| graph.outgoing(from).into_iter().map(move |(to, edge)| (from, to, edge));
        let edges = match scope {
            Scope::All => graph.edges().collect(),
            Scope::Around(..) => {
                nodes.iter().flat_map(|from| leaving(*from)).filter(|it| nodes.contains(&it.1)).collect()
            }
        };
        Self { nodes, edges }
    }
}

/// What a node is called in a picture or a list: its title, behind an entry's number or a section's.
fn label(node: Node, compilation: &Compilation) -> String {
    let title = title(node, compilation);
    let number = match node {
        Node::Section(id) => compilation.model.sections[id].number.clone().filter(|number| !title.contains(number)),
        _ => number(node, &compilation.model).map(|number| format!("No.{number}")),
    };
    number.map_or(title.clone(), |number| format!("{number} {title}"))
}

/// A node's title with its references as the words they are shown with; titles that contain each other have been
/// reported, and are shown as written.
fn title(node: Node, compilation: &Compilation) -> String {
    let (model, sources) = (&compilation.model, &compilation.sources);
    let is_endless = || compilation.diagnostics.iter().any(|finding| finding.code == Code::TextCycle);
    match title_prose(node, model).filter(|prose| !prose.lines.is_empty()) {
        Some(prose) if prose.refs.is_empty() || !is_endless() => prose::plain(prose, model, sources),
        Some(_) | None => graph::title(node, model, sources),
    }
}

fn title_prose(node: Node, model: &Model) -> Option<&Prose> {
    match node {
        Node::Entry(id) => Some(&model.entries[id].title),
        Node::Symptom(id) => Some(&model.symptoms[id].title),
        Node::Document(id) => Some(&model.documents[id].title),
        Node::Link(id) => Some(&model.links[id].title),
        Node::Contact(id) => Some(&model.contacts[id].title),
        Node::Fact(_) | Node::Section(_) | Node::Term(_) | Node::Text(_) | Node::Category(_) => None,
    }
}
