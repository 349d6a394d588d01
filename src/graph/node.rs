//! What stands in the graph, and what a person calls it.

use petgraph::graph::NodeIndex;

use crate::model::{
    ActionId, CategoryId, ContactId, DocumentId, EntryId, FactId, Id, LinkId, Model, Prose, SectionId, SymptomId,
    TermId, TextId,
};
use crate::source::{Sources, Span};

macro_rules! nodes {
    ($($variant:ident($id:ident) in $table:ident = $word:literal;)*) => {
        /// A declaration (or a category, which is declared by its use).
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Node { $($variant($id)),* }

        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum NodeKind { $($variant),* }

        impl NodeKind {
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// Its name in outputs, and its key among the catalogue's words.
            pub fn word(self) -> &'static str {
                match self { $(Self::$variant => $word),* }
            }
        }

        impl Node {
            pub fn kind(self) -> NodeKind {
                match self { $(Self::$variant(_) => NodeKind::$variant),* }
            }

            fn position(self) -> usize {
                match self { $(Self::$variant(id) => id.index()),* }
            }
        }

        $(impl From<$id> for Node {
            fn from(id: $id) -> Self {
                Self::$variant(id)
            }
        })*

        /// Every node of a model, in the order in which [`Bases`] numbers them.
        pub(super) fn all(model: &Model) -> impl Iterator<Item = Node> + '_ {
            std::iter::empty()$(.chain(model.$table.ids().map(Node::$variant)))*
        }

        /// The number of the first node of each kind; a kind's nodes follow each other as in the model's table.
        #[derive(Debug, Default)]
        pub(super) struct Bases([usize; NodeKind::ALL.len()]);

        impl Bases {
            pub fn new(model: &Model) -> Self {
                let mut next = 0;
                Self([$(model.$table.len()),*].map(|len| {
                    next += len;
                    next - len
                }))
            }
        }
    };
}

nodes! {
    Entry(EntryId) in entries = "entry";
    Symptom(SymptomId) in symptoms = "symptom";
    Fact(FactId) in facts = "fact";
    Document(DocumentId) in documents = "document";
    Section(SectionId) in sections = "section";
    Link(LinkId) in links = "link";
    Contact(ContactId) in contacts = "contact";
    Term(TermId) in terms = "term";
    Text(TextId) in texts = "text";
    Category(CategoryId) in categories = "category";
}

impl Bases {
    pub fn index(&self, node: Node) -> NodeIndex {
        NodeIndex::new(self.0[node.kind() as usize] + node.position())
    }
}

/// The name by which a node is known, unique among those of its kind: an id, a document with a section's number, or a
/// category's path.
pub fn name(node: Node, model: &Model, sources: &Sources) -> String {
    match node {
        Node::Entry(id) => model.entries[id].id.clone(),
        Node::Symptom(id) => model.symptoms[id].id.clone(),
        Node::Fact(id) => model.facts[id].id.clone(),
        Node::Document(id) => model.documents[id].id.clone(),
        Node::Section(id) => {
            format!("{} {}", model.documents[model.sections[id].document].id, section_name(id, model, sources))
        }
        Node::Link(id) => model.links[id].id.clone(),
        Node::Contact(id) => model.contacts[id].id.clone(),
        Node::Term(id) => model.terms[id].id.clone(),
        Node::Text(id) => model.texts[id].id.clone(),
        Node::Category(id) => category_path(id, model),
    }
}

/// A node's own title as written, its references unresolved; its name when it has none.
pub fn title(node: Node, model: &Model, sources: &Sources) -> String {
    let written = match node {
        Node::Entry(id) => prose(&model.entries[id].title, sources),
        Node::Symptom(id) => prose(&model.symptoms[id].title, sources),
        Node::Fact(id) => model.facts[id].label.map_or(String::new(), |span| sources.text(span).to_owned()),
        Node::Document(id) => prose(&model.documents[id].title, sources),
        Node::Section(id) => model.sections[id].title.map_or(String::new(), |span| sources.text(span).to_owned()),
        Node::Link(id) => prose(&model.links[id].title, sources),
        Node::Contact(id) => prose(&model.contacts[id].title, sources),
        Node::Term(id) => sources.text(model.terms[id].name).to_owned(),
        Node::Text(_) => String::new(),
        Node::Category(id) => model.categories[id].title.clone(),
    };
    if written.is_empty() { name(node, model, sources) } else { written }
}

/// Where a node is declared: its name, or the line of a declaration that has none.
pub fn place(node: Node, model: &Model) -> Span {
    match node {
        Node::Entry(id) => model.entries[id].name,
        Node::Symptom(id) => model.symptoms[id].name,
        Node::Fact(id) => model.facts[id].name,
        Node::Document(id) => model.documents[id].name,
        Node::Section(id) => model.sections[id].span,
        Node::Link(id) => model.links[id].name,
        Node::Contact(id) => model.contacts[id].name,
        Node::Term(id) => model.terms[id].name,
        Node::Text(id) => model.texts[id].name,
        Node::Category(id) => model.categories[id].span,
    }
}

fn prose(prose: &Prose, sources: &Sources) -> String {
    prose.lines.iter().map(|line| sources.text(*line)).collect::<Vec<_>>().join(" ")
}

fn section_name<'a>(id: SectionId, model: &'a Model, sources: &'a Sources) -> &'a str {
    let section = &model.sections[id];
    let written = section.title.or(section.url).unwrap_or(section.span);
    section.number.as_deref().unwrap_or_else(|| sources.text(written))
}

fn category_path(id: CategoryId, model: &Model) -> String {
    let mut titles: Vec<_> = std::iter::successors(Some(id), |id| model.categories[*id].parent)
        .map(|id| model.categories[id].title.as_str())
        .collect();
    titles.reverse();
    titles.join(" > ")
}

/// A node as one step of a path: its name, and its number if it has one.
pub(super) fn label(node: Node, model: &Model, sources: &Sources) -> String {
    let name = name(node, model, sources);
    match number(node, model) {
        Some(number) => format!("No.{number} {name}"),
        None => name,
    }
}

/// An entry's number; nothing else has one.
pub fn number(node: Node, model: &Model) -> Option<u32> {
    if let Node::Entry(id) = node { model.entries[id].number } else { None }
}

/// An action as one step of a path: its entry, then its name or number.
pub(super) fn action_label(id: ActionId, model: &Model) -> String {
    let action = &model.actions[id];
    let entry = &model.entries[action.entry].id;
    format!("{entry}/{}", action.name.as_deref().unwrap_or(&action.number))
}
