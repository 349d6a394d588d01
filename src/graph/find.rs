//! Finds the node that a person means by what they typed on a command line.

use super::{Node, NodeKind, name};
use crate::model::{Model, fold_name};
use crate::source::Sources;

/// The nodes of a name (`send-failed`), of an entry's number (`No.9`, `9`), or of either with its kind in front
/// (`symptom:send-failed`, `事象：送信失敗`); former names count. Several kinds may share a name. Empty when there is none.
pub fn find(written: &str, model: &Model, sources: &Sources) -> Vec<Node> {
    let folded = fold_name(written.trim());
    let (kind, wanted) = split_kind(&folded);
    let found = by_number(wanted, model).into_iter().chain(by_name(wanted, model, sources));
    let mut nodes: Vec<Node> = found.filter(|node| kind.is_none_or(|kind| node.kind() == kind)).collect();
    nodes.sort_unstable();
    nodes.dedup();
    nodes
}

/// A kind's word in front of a colon, and what follows it; all of it when no kind is called so.
pub fn split_kind(written: &str) -> (Option<NodeKind>, &str) {
    let split = written.split_once([':', '：']).and_then(|(word, rest)| Some((kind(word.trim())?, rest.trim())));
    split.map_or((None, written), |(kind, rest)| (Some(kind), rest))
}

fn kind(word: &str) -> Option<NodeKind> {
    let japanese = |kind: NodeKind| match kind {
        NodeKind::Entry => "項目",
        NodeKind::Symptom => "事象",
        NodeKind::Fact => "事実",
        NodeKind::Document => "文書",
        NodeKind::Section => "章",
        NodeKind::Link => "リンク",
        NodeKind::Contact => "連絡先",
        NodeKind::Term => "用語",
        NodeKind::Text => "文言",
        NodeKind::Category => "分類",
    };
    NodeKind::ALL.iter().copied().find(|kind| kind.word() == word || japanese(*kind) == word)
}

fn by_number(wanted: &str, model: &Model) -> Option<Node> {
    let digits = wanted.strip_prefix("No.").or_else(|| wanted.strip_prefix("No")).unwrap_or(wanted);
    let number = digits.trim().parse().ok()?;
    model.names.entry_numbers.get(&number).copied().map(Node::Entry)
}

fn by_name(wanted: &str, model: &Model, sources: &Sources) -> Vec<Node> {
    let names = &model.names;
    let declared = [
        names.entries.get(wanted).map(|id| Node::Entry(*id)),
        names.symptoms.get(wanted).map(|id| Node::Symptom(*id)),
        names.facts.get(wanted).map(|id| Node::Fact(*id)),
        names.documents.get(wanted).map(|id| Node::Document(*id)),
        names.links.get(wanted).map(|id| Node::Link(*id)),
        names.contacts.get(wanted).map(|id| Node::Contact(*id)),
        names.terms.get(wanted).map(|id| Node::Term(*id)),
        names.texts.get(wanted).map(|id| Node::Text(*id)),
    ];
    let composed = model.sections.ids().map(Node::Section).chain(model.categories.ids().map(Node::Category));
    let is_wanted = |node: &Node| fold_name(&name(*node, model, sources)) == wanted;
    declared.into_iter().flatten().chain(composed.filter(is_wanted)).collect()
}
