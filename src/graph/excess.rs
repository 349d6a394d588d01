//! How much there is of a thing when all that it contains is put in its place. Refuses to know what is put where.

use petgraph::algo::toposort;
use petgraph::graph::{DiGraph, NodeIndex};
use petgraph::visit::EdgeRef;

use super::Arc;
use crate::source::Span;

/// So much is put into one thing; readers of the table refuse more than that, too.
pub const MOST: usize = 500;

/// Where more than [`MOST`] is put into something whose parts hold less; `own` is what each thing has by itself. Nothing when
/// something contains itself, for then there is no end.
pub fn find_excess(arcs: &[Arc], own: &[usize]) -> Vec<Span> {
    if arcs.is_empty() {
        return Vec::new();
    }
    let mut contents: DiGraph<usize, Option<Span>> = DiGraph::with_capacity(own.len(), arcs.len());
    own.iter().for_each(|size| {
        contents.add_node(*size);
    });
    for arc in arcs {
        contents.add_edge(NodeIndex::new(arc.from), NodeIndex::new(arc.to), arc.span);
    }
    let mut sizes: Vec<Option<usize>> = vec![None; own.len()];
    let mut found = Vec::new();
    for thing in toposort(&contents, None).unwrap_or_default().into_iter().rev() {
        let mut parts: Vec<_> = contents.edges(thing).collect();
        parts.sort_unstable_by_key(EdgeRef::id);
        // Of what contains too much nothing more is said where it is put in.
        let parts: Option<Vec<_>> = parts.iter().map(|it| Some((sizes[it.target().index()]?, *it.weight()))).collect();
        let Some(parts) = parts else { continue };
        let mut put_in = 0;
        let passes = |(size, _): &&(usize, Option<Span>)| {
            put_in += size;
            put_in > MOST
        };
        match parts.iter().find(passes) {
            Some((_, place)) => found.extend(*place),
            None => sizes[thing.index()] = Some(contents[thing] + put_in),
        }
    }
    found.sort_unstable();
    found
}
