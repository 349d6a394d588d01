//! What pictures of the graph have in common: categories as nested boxes, each dependency drawn once, labels in lines.

use std::collections::{BTreeMap, BTreeSet};

use super::{Selection, label};
use crate::diag::catalogue;
use crate::graph::{EdgeKind, Node, NodeKind};
use crate::model::{CategoryId, Model};
use crate::session::Compilation;

/// Columns after which a label goes on in the next line; a full-width character takes two.
const COLUMNS: usize = 32;

/// A picture's contents in the order in which they are written.
pub(super) struct Drawing {
    pub items: Vec<Item>,
    pub edges: BTreeSet<(Node, Node, EdgeKind)>,
}

pub(super) enum Item {
    /// A category's box begins.
    Open(CategoryId),
    Close,
    Node(Node),
}

impl Drawing {
    pub fn new(compilation: &Compilation, selection: &Selection<'_>) -> Self {
        let is_drawn = |from: &Node| from.kind() != NodeKind::Category;
        let edges = selection.edges.iter().map(|(from, to, edge)| (*from, *to, edge.kind));
        let edges = edges.filter(|(from, to, _)| is_drawn(from) && is_drawn(to)).collect();
        Self { items: items(&compilation.model, &selection.nodes), edges }
    }

    pub fn nodes(&self) -> impl Iterator<Item = Node> + '_ {
        self.items.iter().filter_map(|item| match item {
            Item::Node(node) => Some(*node),
            Item::Open(_) | Item::Close => None,
        })
    }

    /// The kinds of edges that occur.
    pub fn edge_kinds(&self) -> BTreeSet<EdgeKind> {
        self.edges.iter().map(|(_, _, kind)| *kind).collect()
    }
}

fn items(model: &Model, nodes: &BTreeSet<Node>) -> Vec<Item> {
    let mut within: BTreeMap<Option<CategoryId>, Vec<Node>> = BTreeMap::new();
    let mut boxes = BTreeSet::new();
    for node in nodes.iter().filter(|node| node.kind() != NodeKind::Category) {
        let category = if let Node::Entry(id) = node { model.entries[*id].category } else { None };
        within.entry(category).or_default().push(*node);
        let mut around = category;
        while let Some(id) = around.filter(|id| boxes.insert(*id)) {
            around = model.categories[id].parent;
        }
    }
    let mut inner: BTreeMap<Option<CategoryId>, Vec<CategoryId>> = BTreeMap::new();
    boxes.iter().for_each(|id| inner.entry(model.categories[*id].parent).or_default().push(*id));
    nest(&within, &inner)
}

/// Boxes may be nested as deep as a writer likes, so this needs its own stack.
fn nest(
    within: &BTreeMap<Option<CategoryId>, Vec<Node>>,
    inner: &BTreeMap<Option<CategoryId>, Vec<CategoryId>>,
) -> Vec<Item> {
    let mut items = Vec::new();
    let mut stack = Vec::new();
    let push_contents = |category: Option<CategoryId>, stack: &mut Vec<Item>| {
        stack.extend(within.get(&category).into_iter().flatten().rev().map(|node| Item::Node(*node)));
        stack.extend(inner.get(&category).into_iter().flatten().rev().map(|id| Item::Open(*id)));
    };
    push_contents(None, &mut stack);
    while let Some(item) = stack.pop() {
        if let Item::Open(id) = item {
            stack.push(Item::Close);
            push_contents(Some(id), &mut stack);
        }
        items.push(item);
    }
    items
}

/// A node's label, cut into lines.
pub(super) fn lines(node: Node, compilation: &Compilation) -> Vec<String> {
    wrap(&label(node, compilation))
}

/// Cuts between words, or before any full-width character. Control characters become spaces.
pub(super) fn wrap(text: &str) -> Vec<String> {
    let mut lines = vec![String::new()];
    let mut width = 0;
    for c in text.chars().map(|c| if c.is_control() { ' ' } else { c }) {
        if width >= COLUMNS && (c == ' ' || !c.is_ascii()) {
            lines.push(String::new());
            width = 0;
        }
        if let Some(line) = lines.last_mut().filter(|line| c != ' ' || !line.is_empty()) {
            line.push(c);
            width += if c.is_ascii() { 1 } else { 2 };
        }
    }
    lines
}

/// A word of the catalogue in the language of the knowledge base.
pub(super) fn word(key: &'static str, compilation: &Compilation) -> &'static str {
    catalogue().word(key, compilation.model.config.language)
}
