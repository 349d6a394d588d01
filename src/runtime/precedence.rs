//! What must come before what among remedies: entries in their declared order, alternatives in theirs, and what an action is to be
//! done after. Refuses to know costs.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};

use super::view::{InPlay, View, lineage};

/// A graph whose first nodes are the remedies of a view, in order; the others stand for the beginning and the end of entries.
#[derive(Debug)]
pub(super) struct Precedence {
    edges: Vec<Vec<Edge>>,
    remedies: usize,
    is_free: bool,
}

#[derive(Clone, Copy, Debug)]
struct Edge {
    to: usize,
    /// The one is to be done after the other; else they are merely in this order.
    is_after: bool,
}

/// What a remedy does to those that come behind it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Status {
    /// It takes its place in the sequence.
    Runs,
    /// It takes none, and those behind it wait.
    Holds,
    /// It takes none; only those wait that are to be done after it.
    HoldsAfter,
    /// It is as though it were not there.
    Gone,
}

impl Precedence {
    pub fn new(view: &View) -> Self {
        let remedies = view.remedies.len();
        let mut graph = Self { edges: vec![Vec::new(); remedies], remedies, is_free: true };
        let (starts, ends): (Vec<usize>, Vec<usize>) =
            view.entries.iter().map(|_| (graph.add_node(), graph.add_node())).unzip();
        for (at, remedy) in view.remedies.iter().enumerate() {
            if let (Some(start), Some(end)) = (starts.get(remedy.place), ends.get(remedy.place)) {
                graph.connect(*start, at, false);
                graph.connect(at, *end, false);
            }
        }
        graph.add_alternatives_and_after(view);
        graph.add_declared(view, &starts, &ends);
        graph.add_levels(view, &starts, &ends);
        graph
    }

    /// Whether no remedy comes before another.
    pub fn is_free(&self) -> bool {
        self.is_free
    }

    /// The remedies that run, as they come: of those that wait for none, always the first by their rank, the least first.
    pub fn sequence<R: Ord>(&self, status: &[Status], rank: impl Fn(usize) -> R) -> Vec<usize> {
        let mut waiting = Waiting::new(self, status);
        let (mut heap, mut sequence) = (BinaryHeap::new(), Vec::new());
        loop {
            heap.extend(waiting.settle().into_iter().map(|node| Reverse((rank(node), node))));
            let Some(Reverse((_, node))) = heap.pop() else { return sequence };
            sequence.push(node);
            waiting.run(node);
        }
    }

    /// The remedies that run and wait for none, by their rank.
    pub fn first<R: Ord>(&self, status: &[Status], rank: impl Fn(usize) -> R) -> Vec<usize> {
        let mut first = Waiting::new(self, status).settle();
        first.sort_by_key(|node| (rank(*node), *node));
        first
    }

    fn add_node(&mut self) -> usize {
        self.edges.push(Vec::new());
        self.edges.len() - 1
    }

    fn connect(&mut self, from: usize, to: usize, is_after: bool) {
        self.edges[from].push(Edge { to, is_after });
    }

    fn add_alternatives_and_after(&mut self, view: &View) {
        let lineages: Vec<Vec<u32>> = view
            .remedies
            .iter()
            .map(|it| it.what.action().map_or_else(Vec::new, |it| lineage(view.table, it)))
            .collect();
        let mut latest: BTreeMap<u32, usize> = BTreeMap::new();
        let mut within: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
        for (at, lineage) in lineages.iter().enumerate() {
            lineage.iter().for_each(|action| within.entry(*action).or_default().push(at));
            if let Some(before) = lineage.first().and_then(|outermost| latest.insert(*outermost, at)) {
                self.connect(before, at, false);
                self.is_free = false;
            }
        }
        for (at, lineage) in lineages.iter().enumerate() {
            let actions = lineage.iter().filter_map(|it| view.table.actions.get(*it as usize));
            for before in actions.flat_map(|it| &it.after).filter_map(|it| within.get(it)).flatten() {
                if *before != at {
                    self.connect(*before, at, true);
                    self.is_free = false;
                }
            }
        }
    }

    /// The symptom's declared order, among entries of one group.
    fn add_declared(&mut self, view: &View, starts: &[usize], ends: &[usize]) {
        let places: BTreeMap<u32, usize> =
            view.entries.iter().enumerate().map(|(place, it)| (it.entry, place)).collect();
        let group = |place: usize| view.entries.get(place).map(|it| it.group);
        for listed in view.symptom().into_iter().flat_map(|it| &it.entries) {
            let Some(place) = places.get(&listed.entry) else { continue };
            let earlier = listed.after.iter().filter_map(|it| places.get(it)).filter(|it| group(**it) == group(*place));
            for earlier in earlier.filter(|it| *it != place) {
                self.connect(ends[*earlier], starts[*place], false);
                self.is_free = false;
            }
        }
    }

    /// Hand-overs before what they were handed over from, and a symptom's own entries before those that it has as a kind of
    /// another: an entry comes after all that stand before it and are of a lesser level.
    fn add_levels(&mut self, view: &View, starts: &[usize], ends: &[usize]) {
        let tier = |it: &InPlay| view.listed.get(&it.entry).map_or(0, |it| it.tier);
        let mut reached: BTreeMap<(usize, u32), usize> = BTreeMap::new();
        for (place, it) in view.entries.iter().enumerate() {
            let level = (it.group, tier(it));
            if let Some((_, before)) = reached.range(..level).next_back() {
                self.connect(*before, starts[place], false);
                self.is_free = false;
            }
            // The node of a level stands for all entries up to here of that level and the lesser ones.
            let node = self.add_node();
            self.connect(ends[place], node, false);
            if let Some((_, before)) = reached.range(..=level).next_back() {
                self.connect(*before, node, false);
            }
            reached.insert(level, node);
            self.raise(level, node, &mut reached);
        }
    }

    /// What greater levels stand for includes the new node.
    fn raise(&mut self, level: (usize, u32), node: usize, reached: &mut BTreeMap<(usize, u32), usize>) {
        let above: Vec<(usize, u32)> = reached
            .range((std::ops::Bound::Excluded(level), std::ops::Bound::Unbounded))
            .map(|(level, _)| *level)
            .collect();
        for level in above {
            let joined = self.add_node();
            self.connect(node, joined, false);
            if let Some(before) = reached.insert(level, joined) {
                self.connect(before, joined, false);
            }
        }
    }
}

/// For each node how many it waits for.
struct Waiting<'a> {
    graph: &'a Precedence,
    status: &'a [Status],
    /// That are merely before it.
    before: Vec<usize>,
    /// That it is to be done after: only what runs waits for these.
    after: Vec<usize>,
    /// Nodes with nothing before them; what runs may be there twice.
    reached: Vec<usize>,
    has_run: Vec<bool>,
}

impl<'a> Waiting<'a> {
    fn new(graph: &'a Precedence, status: &'a [Status]) -> Self {
        let (mut before, mut after) = (vec![0usize; graph.edges.len()], vec![0usize; graph.edges.len()]);
        for edge in graph.edges.iter().flatten() {
            *(if edge.is_after { &mut after[edge.to] } else { &mut before[edge.to] }) += 1;
        }
        let reached = (0..before.len()).filter(|node| before[*node] == 0).collect();
        let has_run = vec![false; before.len()];
        let mut waiting = Self { graph, status, before, after, reached, has_run };
        for node in 0..graph.edges.len() {
            if waiting.status_of(node) == Status::Gone {
                waiting.release(node, true);
            }
        }
        waiting
    }

    fn status_of(&self, node: usize) -> Status {
        self.status.get(node).filter(|_| node < self.graph.remedies).copied().unwrap_or(Status::Gone)
    }

    /// Passes over what does not run, and gives what runs and has come to wait for nothing.
    fn settle(&mut self) -> Vec<usize> {
        let mut running = Vec::new();
        while let Some(node) = self.reached.pop() {
            match self.status_of(node) {
                Status::Runs if self.after[node] == 0 && !self.has_run[node] => {
                    self.has_run[node] = true;
                    running.push(node);
                }
                Status::Runs | Status::Holds => {}
                Status::HoldsAfter | Status::Gone => self.release(node, false),
            }
        }
        running
    }

    fn run(&mut self, node: usize) {
        self.release(node, false);
        self.release(node, true);
    }

    fn release(&mut self, node: usize, is_after: bool) {
        for edge in self.graph.edges[node].iter().filter(|edge| edge.is_after == is_after) {
            let count = if is_after { &mut self.after[edge.to] } else { &mut self.before[edge.to] };
            *count -= 1;
            let is_last = *count == 0;
            // What waits for both kinds is reached by the last of either.
            if is_last && self.before[edge.to] == 0 && (!is_after || self.status_of(edge.to) == Status::Runs) {
                self.reached.push(edge.to);
            }
        }
    }
}
