//! Owns the dependency graph: what depends on what, where that is written, cycles, reach; the only user of petgraph.
//! Refuses to know what conditions mean: a condition needs the facts it names.
//!
//! An edge runs from what would have to be looked at again to what it relies on. Actions are folded into their entry:
//! the edge keeps the action it is written in.

mod affected;
mod answerable;
mod build;
mod check;
mod cycle;
mod edge;
mod excess;
mod expansion;
mod facts;
mod find;
mod node;
mod part;
#[cfg(test)]
pub(crate) mod sample;
#[cfg(test)]
mod tests;

use petgraph::Direction;
use petgraph::graph::{DiGraph, NodeIndex};
use petgraph::visit::EdgeRef;

pub use affected::{Affected, affected_by, neighbourhood};
pub use answerable::rule_place;
pub use build::build;
pub use check::check;
pub use cycle::{Arc, find_cycles, find_tangles};
pub use edge::{Edge, EdgeKind};
pub use facts::facts_in;
pub use find::{find, split_kind};
pub use node::{Node, NodeKind, name, number, place, title};
pub use part::{Part, Place, visit_parts};

use node::Bases;

/// Typed nodes and edges over the ids of the model.
#[derive(Debug, Default)]
pub struct Graph {
    inner: DiGraph<Node, Edge>,
    bases: Bases,
}

impl Graph {
    /// Every node: by kind in the order of [`NodeKind`], then in the order of the model's table.
    pub fn nodes(&self) -> impl Iterator<Item = Node> + '_ {
        self.inner.node_weights().copied()
    }

    /// Every edge, each from its dependent to what that relies on, in the order built: by dependent, then as written.
    pub fn edges(&self) -> impl Iterator<Item = (Node, Node, &Edge)> + '_ {
        self.inner.edge_references().map(|edge| (self.inner[edge.source()], self.inner[edge.target()], edge.weight()))
    }

    /// What a node relies on, in the order built.
    pub fn outgoing(&self, node: Node) -> Vec<(Node, &Edge)> {
        self.around(node, Direction::Outgoing)
    }

    /// What relies on a node, in the order built.
    pub fn incoming(&self, node: Node) -> Vec<(Node, &Edge)> {
        self.around(node, Direction::Incoming)
    }

    /// Whether anything but the node itself relies on it by an edge that passes the test.
    pub fn is_used(&self, node: Node, counts: impl Fn(&Edge) -> bool) -> bool {
        let index = self.index(node);
        self.inner
            .edges_directed(index, Direction::Incoming)
            .any(|edge| edge.source() != index && counts(edge.weight()))
    }

    fn around(&self, node: Node, direction: Direction) -> Vec<(Node, &Edge)> {
        let other = |edge: &petgraph::graph::EdgeReference<'_, Edge>| match direction {
            Direction::Outgoing => edge.target(),
            Direction::Incoming => edge.source(),
        };
        let mut found: Vec<_> = self.inner.edges_directed(self.index(node), direction).collect();
        found.sort_unstable_by_key(EdgeRef::id);
        found.iter().map(|edge| (self.inner[other(edge)], edge.weight())).collect()
    }

    fn index(&self, node: Node) -> NodeIndex {
        self.bases.index(node)
    }

    /// The node with a number that [`Graph::index`] gave.
    fn node(&self, index: usize) -> Node {
        self.inner[NodeIndex::new(index)]
    }
}
