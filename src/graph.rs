//! Owns the dependency graph, what depends on what, and its cycles; the only user of petgraph.

/// Typed nodes and edges over the ids of the model.
#[derive(Debug, Default)]
pub struct Graph {}
