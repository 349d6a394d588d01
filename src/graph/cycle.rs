//! Cycles of a relation: one for each tangle, short enough for a person to follow.

use petgraph::algo::kosaraju_scc;
use petgraph::graph::{DiGraph, NodeIndex};
use petgraph::visit::EdgeRef;

use crate::source::Span;

/// One step of a relation between numbered things.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Arc {
    pub from: usize,
    pub to: usize,
    /// Where it is written; `None` for a step that is in the nature of things.
    pub span: Option<Span>,
}

type Relation = DiGraph<usize, Arc>;

/// For each strongly connected component that has a cycle, a shortest one as its arcs in order, beginning at its lowest
/// node; by lowest node. In a huge component the search stops at a limit linear in its size, and the cycle may be longer.
///
/// Components by Kosaraju's algorithm, which unlike Tarjan's needs no recursion here.
pub fn find_cycles(arcs: &[Arc]) -> Vec<Vec<Arc>> {
    if arcs.is_empty() {
        return Vec::new();
    }
    let relation = relation(arcs);
    let mut components = kosaraju_scc(&relation);
    components.iter_mut().for_each(|component| component.sort_unstable());
    let mut component_of = vec![0; relation.node_count()];
    for (number, component) in components.iter().enumerate() {
        component.iter().for_each(|node| component_of[node.index()] = number);
    }
    let mut search = Search { relation: &relation, component_of, reached_by: vec![None; relation.node_count()] };
    let mut cycles: Vec<_> = components.iter().filter_map(|component| search.shortest_in(component)).collect();
    cycles.sort_by_key(|cycle: &Vec<Arc>| cycle.first().map(|arc| arc.from));
    cycles
}

/// The nodes of each strongly connected component that has a cycle, ascending; by lowest node.
pub fn find_tangles(arcs: &[Arc]) -> Vec<Vec<usize>> {
    let relation = relation(arcs);
    let has_cycle = |component: &Vec<NodeIndex>| match component.as_slice() {
        [only] => relation.contains_edge(*only, *only),
        several => several.len() > 1,
    };
    let components = kosaraju_scc(&relation).into_iter().filter(has_cycle);
    let mut tangles: Vec<Vec<usize>> =
        components.map(|component| component.into_iter().map(|node| relation[node]).collect()).collect();
    tangles.iter_mut().for_each(|tangle| tangle.sort_unstable());
    tangles.sort_unstable();
    tangles
}

/// Nodes in ascending order; of arcs between the same two nodes only the first.
fn relation(arcs: &[Arc]) -> Relation {
    let mut names: Vec<usize> = arcs.iter().flat_map(|arc| [arc.from, arc.to]).collect();
    names.sort_unstable();
    names.dedup();
    let mut arcs = arcs.to_vec();
    arcs.sort_by_key(|arc| (arc.from, arc.to));
    arcs.dedup_by_key(|arc| (arc.from, arc.to));
    let index = |name: usize| NodeIndex::new(names.partition_point(|known| *known < name));
    let mut relation = Relation::with_capacity(names.len(), arcs.len());
    names.iter().for_each(|name| {
        relation.add_node(*name);
    });
    for arc in arcs {
        relation.add_edge(index(arc.from), index(arc.to), arc);
    }
    relation
}

struct Search<'a> {
    relation: &'a Relation,
    component_of: Vec<usize>,
    /// The arc by which the current search came to each node.
    reached_by: Vec<Option<Arc>>,
}

impl Search<'_> {
    fn shortest_in(&mut self, component: &[NodeIndex]) -> Option<Vec<Arc>> {
        let size: usize = component.iter().map(|node| self.relation.edges(*node).count() + 1).sum();
        let mut budget = size.saturating_mul(8).saturating_add(10_000);
        let mut best: Option<Vec<Arc>> = None;
        for start in component {
            let limit = best.as_ref().map_or(usize::MAX, |cycle| cycle.len() - 1);
            if limit == 0 || budget == 0 {
                break;
            }
            best = self.cycle_through(*start, limit, &mut budget).or(best);
        }
        best.map(from_lowest)
    }

    /// A shortest cycle through a node, of at most `limit` arcs: breadth-first search within the component. The budget
    /// counts arcs looked at; the first search of a component always fits into it.
    fn cycle_through(&mut self, start: NodeIndex, limit: usize, budget: &mut usize) -> Option<Vec<Arc>> {
        let mut touched = Vec::new();
        let mut layer = vec![start];
        let mut depth = 0;
        let mut found = None;
        while found.is_none() && !layer.is_empty() && depth < limit && *budget > 0 {
            depth += 1;
            layer = self.next_layer(start, &layer, &mut touched, budget, &mut found);
        }
        let cycle = found.map(|last| self.walk_back(last, self.relation[start]));
        touched.into_iter().for_each(|node: NodeIndex| self.reached_by[node.index()] = None);
        cycle
    }

    fn next_layer(
        &mut self,
        start: NodeIndex,
        layer: &[NodeIndex],
        touched: &mut Vec<NodeIndex>,
        budget: &mut usize,
        found: &mut Option<Arc>,
    ) -> Vec<NodeIndex> {
        let mut next = Vec::new();
        for node in layer {
            let mut steps: Vec<_> = self.relation.edges(*node).collect();
            steps.sort_unstable_by_key(EdgeRef::id);
            *budget = budget.saturating_sub(steps.len());
            for step in steps {
                let to = step.target();
                if to == start {
                    *found = found.or(Some(*step.weight()));
                } else if self.component_of[to.index()] == self.component_of[start.index()]
                    && self.reached_by[to.index()].is_none()
                {
                    self.reached_by[to.index()] = Some(*step.weight());
                    touched.push(to);
                    next.push(to);
                }
            }
        }
        next
    }

    fn walk_back(&self, last: Arc, start: usize) -> Vec<Arc> {
        let mut cycle = vec![last];
        let mut at = last.from;
        while at != start {
            let index = self.index_of(at);
            let Some(arc) = self.reached_by[index] else { break };
            cycle.push(arc);
            at = arc.from;
        }
        cycle.reverse();
        cycle
    }

    /// Nodes ascend, so a name's index is found by bisection.
    fn index_of(&self, name: usize) -> usize {
        let nodes = self.relation.raw_nodes();
        nodes.partition_point(|node| node.weight < name)
    }
}

fn from_lowest(mut cycle: Vec<Arc>) -> Vec<Arc> {
    let lowest = cycle.iter().enumerate().min_by_key(|(_, arc)| arc.from).map_or(0, |(index, _)| index);
    cycle.rotate_left(lowest);
    cycle
}
