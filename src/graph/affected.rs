//! Reach: what a change would affect, and what stands around a node.

use std::collections::BTreeSet;

use fixedbitset::FixedBitSet;

use super::{Edge, Graph, Node};

/// Something that a change reaches, and the step by which it does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Affected {
    pub node: Node,
    /// How many steps from what changes; 1 relies on it directly.
    pub distance: usize,
    /// What it relies on, one step nearer to the change.
    pub via: Node,
    pub edge: Edge,
}

/// Everything that relies on a node, directly or through others: by distance, then in the order of nodes; each by a
/// shortest way (breadth-first search against the edges). The node itself is not among them.
pub fn affected_by(graph: &Graph, node: Node) -> Vec<Affected> {
    let mut seen = FixedBitSet::with_capacity(graph.inner.node_count());
    seen.insert(graph.index(node).index());
    let mut found = Vec::new();
    let mut layer = vec![node];
    let mut distance = 0;
    while !layer.is_empty() {
        distance += 1;
        let start = found.len();
        for via in layer {
            let fresh = dependents(graph, via).into_iter().filter(|(node, _)| !seen.put(graph.index(*node).index()));
            found.extend(fresh.map(|(node, edge)| Affected { node, distance, via, edge }));
        }
        found[start..].sort_by_key(|affected| affected.node);
        layer = found[start..].iter().map(|affected| affected.node).collect();
    }
    found
}

/// What has to be looked at again when a node changes.
fn dependents(graph: &Graph, node: Node) -> Vec<(Node, Edge)> {
    let back = graph.outgoing(node).into_iter().filter(|(_, edge)| edge.kind.is_mutual());
    graph.incoming(node).into_iter().chain(back).map(|(node, edge)| (node, *edge)).collect()
}

/// The node and all that is at most `distance` edges away from it, either way, in the order of nodes.
pub fn neighbourhood(graph: &Graph, node: Node, distance: usize) -> BTreeSet<Node> {
    let mut seen = BTreeSet::from([node]);
    let mut layer = vec![node];
    for _ in 0..distance {
        let next = layer.iter().flat_map(|node| graph.outgoing(*node).into_iter().chain(graph.incoming(*node)));
        layer = next.map(|(node, _)| node).filter(|node| seen.insert(*node)).collect();
        if layer.is_empty() {
            break;
        }
    }
    seen
}
