//! What all pages share, made once: reading order, file names, anchors, titles, who refers to whom. Writes nothing.

use rustc_hash::FxHashMap;

use crate::model::{
    Action, ActionId, CategoryId, ContactId, DocumentId, EntryId, FactId, Id, IdVec, LinkId, Model, Section, SectionId,
    SymptomId, TermId, TextId,
};
use crate::prose;
use crate::session::Compilation;
use crate::source::Sources;
use crate::speech::Speech;

use super::citations;
use super::words::{Words, words};
use crate::emit::names::Taken;
use crate::emit::wire::reading_order;

/// Something that a page, or a place on one, is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Node {
    Entry(EntryId),
    Action(ActionId),
    Symptom(SymptomId),
    Fact(FactId),
    Document(DocumentId),
    Section(SectionId),
    Link(LinkId),
    Contact(ContactId),
    Term(TermId),
    Text(TextId),
    Category(CategoryId),
}

pub struct Book<'a> {
    pub model: &'a Model,
    pub sources: &'a Sources,
    pub speech: Speech<'a>,
    pub words: &'static Words,
    /// By number, then those without one as written: the order of the FAQ, whatever the files are called.
    pub order: Vec<EntryId>,
    /// 「No.10 正しい電子証明書がない」, on one line.
    pub entry_titles: IdVec<EntryId, String>,
    /// Without folder and `.md`.
    pub entry_files: IdVec<EntryId, String>,
    /// Files of former ids, with the entry that is now elsewhere.
    pub former_files: Vec<(String, EntryId)>,
    pub categories: Categories,
    /// Of what stands on a page with others: the present one, then those of former ids.
    anchors: FxHashMap<Node, Vec<String>>,
    /// Who refers to a node, in reading order.
    pub cited: FxHashMap<Node, Vec<Node>>,
    /// By symptom, the entries that name it, in reading order.
    pub symptom_entries: IdVec<SymptomId, Vec<EntryId>>,
    /// Whether there is a page of what changed.
    pub has_changes: bool,
}

/// The tree of categories in reading order.
#[derive(Debug, Default)]
pub struct Categories {
    pub files: IdVec<CategoryId, String>,
    pub tops: Vec<CategoryId>,
    pub children: IdVec<CategoryId, Vec<CategoryId>>,
    pub entries: IdVec<CategoryId, Vec<EntryId>>,
    pub without: Vec<EntryId>,
}

pub fn prepare(compilation: &Compilation) -> Book<'_> {
    let Compilation { model, sources, types, .. } = compilation;
    let language = model.config.language;
    let order = reading_order(model);
    let (entry_files, former_files) = entry_files(model);
    let ranks = ranks(&order);
    Book {
        model,
        sources,
        speech: Speech { model, types, sources, language },
        words: words(language),
        entry_titles: model.entries.ids().map(|id| entry_title(id, model, sources)).collect(),
        entry_files,
        former_files,
        categories: categories(model, &order),
        anchors: anchors(model, sources),
        cited: citations::collect(model, types, &ranks),
        symptom_entries: symptom_entries(model, &order),
        has_changes: compilation.changes.is_some(),
        order,
    }
}

impl Book<'_> {
    /// The anchor of what stands on a page with others, unique on that page; empty for pages of their own.
    pub fn anchor(&self, node: Node) -> &str {
        self.anchors(node).first().map_or("", String::as_str)
    }

    /// With those of its former ids.
    pub fn anchors(&self, node: Node) -> &[String] {
        self.anchors.get(&node).map_or(&[], Vec::as_slice)
    }

    /// From the widest to the category itself.
    pub fn category_path(&self, id: Option<CategoryId>) -> Vec<CategoryId> {
        let mut path: Vec<_> = std::iter::successors(id, |id| self.model.categories[*id].parent).collect();
        path.reverse();
        path
    }
}

fn ranks(order: &[EntryId]) -> Vec<usize> {
    let mut ranks = vec![0; order.len()];
    for (rank, id) in order.iter().enumerate() {
        ranks[id.index()] = rank;
    }
    ranks
}

fn entry_title(id: EntryId, model: &Model, sources: &Sources) -> String {
    let entry = &model.entries[id];
    let mut title = prose::plain(&entry.title, model, sources).replace('\n', " ");
    if title.trim().is_empty() {
        title = entry.id.clone();
    }
    match entry.number {
        Some(number) => format!("No.{number} {title}"),
        None => title,
    }
}

/// Present ids come first, so that a former id never takes the page of an entry that has it now.
fn entry_files(model: &Model) -> (IdVec<EntryId, String>, Vec<(String, EntryId)>) {
    let mut taken = Taken::default();
    let files = model.entries.iter().map(|entry| taken.claim(&entry.id)).collect();
    let mut former = Vec::new();
    for (id, entry) in model.entries.enumerate() {
        former.extend(entry.formerly.iter().filter_map(|name| taken.claim_exact(name)).map(|file| (file, id)));
    }
    (files, former)
}

fn categories(model: &Model, order: &[EntryId]) -> Categories {
    let all = &model.categories;
    let mut tree = Categories {
        children: all.iter().map(|_| Vec::new()).collect(),
        entries: all.iter().map(|_| Vec::new()).collect(),
        files: category_files(model),
        ..Categories::default()
    };
    let mut seen = vec![false; all.len()];
    for id in order {
        let mut next = model.entries[*id].category;
        match next {
            Some(category) => tree.entries[category].push(*id),
            None => tree.without.push(*id),
        }
        while let Some(category) = next.filter(|category| !std::mem::replace(&mut seen[category.index()], true)) {
            next = all[category].parent;
            match next {
                Some(parent) => tree.children[parent].push(category),
                None => tree.tops.push(category),
            }
        }
    }
    tree
}

/// Named after the whole path, since the same title may stand under several others; titles begin with capitals and hold
/// spaces, as ids hardly ever do.
fn category_files(model: &Model) -> IdVec<CategoryId, String> {
    let mut taken = Taken::default();
    let path = |id| {
        let up: Vec<_> = std::iter::successors(Some(id), |id| model.categories[*id].parent).collect();
        let titles: Vec<&str> = up.iter().rev().map(|id| model.categories[*id].title.as_str()).collect();
        titles.join("-").to_lowercase().replace([' ', '\u{3000}'], "-")
    };
    model.categories.ids().map(|id| taken.claim(&path(id))).collect()
}

fn anchors(model: &Model, sources: &Sources) -> FxHashMap<Node, Vec<String>> {
    let mut anchors = FxHashMap::default();
    let section = |section: &Section| {
        let name = section.number.as_deref().or(section.title.map(|span| sources.text(span))).unwrap_or("");
        format!("{}.{name}", model.documents[section.document].id)
    };
    let symptoms = add(&mut anchors, "symptom", model.symptoms.enumerate().map(|(id, it)| (Node::Symptom(id), &it.id)));
    let facts = add(&mut anchors, "fact", model.facts.enumerate().map(|(id, it)| (Node::Fact(id), &it.id)));
    add(&mut anchors, "document", model.documents.enumerate().map(|(id, it)| (Node::Document(id), &it.id)));
    add(&mut anchors, "section", model.sections.enumerate().map(|(id, it)| (Node::Section(id), section(it))));
    add(&mut anchors, "link", model.links.enumerate().map(|(id, it)| (Node::Link(id), &it.id)));
    add(&mut anchors, "contact", model.contacts.enumerate().map(|(id, it)| (Node::Contact(id), &it.id)));
    add(&mut anchors, "term", model.terms.enumerate().map(|(id, it)| (Node::Term(id), &it.id)));
    add(&mut anchors, "text", model.texts.enumerate().map(|(id, it)| (Node::Text(id), &it.id)));
    let former = model.symptoms.enumerate().map(|(id, it)| (Node::Symptom(id), it.formerly.as_slice()));
    add_former(&mut anchors, symptoms, "symptom", former);
    let former = model.facts.enumerate().map(|(id, it)| (Node::Fact(id), it.formerly.as_slice()));
    add_former(&mut anchors, facts, "fact", former);
    let numbered = |(id, action): (ActionId, &Action)| (Node::Action(id), vec![format!("action.{}", action.number)]);
    anchors.extend(model.actions.enumerate().map(numbered));
    anchors
}

/// The dot keeps them apart from the anchors that tools make of headings, which hold none.
fn add<T: AsRef<str>>(
    anchors: &mut FxHashMap<Node, Vec<String>>,
    kind: &str,
    nodes: impl Iterator<Item = (Node, T)>,
) -> Taken {
    let mut taken = Taken::default();
    anchors.extend(nodes.map(|(node, id)| (node, vec![format!("{kind}.{}", taken.claim(id.as_ref()))])));
    taken
}

/// A former id that something else has now does not lead here.
fn add_former<'a>(
    anchors: &mut FxHashMap<Node, Vec<String>>,
    mut taken: Taken,
    kind: &str,
    nodes: impl Iterator<Item = (Node, &'a [String])>,
) {
    for (node, names) in nodes {
        let free = names.iter().filter_map(|name| taken.claim_exact(name)).map(|name| format!("{kind}.{name}"));
        anchors.entry(node).or_default().extend(free);
    }
}

fn symptom_entries(model: &Model, order: &[EntryId]) -> IdVec<SymptomId, Vec<EntryId>> {
    let mut lists: IdVec<SymptomId, Vec<EntryId>> = model.symptoms.iter().map(|_| Vec::new()).collect();
    for id in order {
        for used in &model.entries[*id].symptoms {
            let list = &mut lists[used.symptom];
            if list.last() != Some(id) {
                list.push(*id);
            }
        }
    }
    lists
}
