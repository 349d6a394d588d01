//! Prose, references and names of things as the JSON documents spell them. Refuses to know any one document.

use super::prose::{self, Piece};
use crate::ast::Date;
use crate::graph::{self, Node};
use crate::model::{ActionId, CategoryId, Model, Prose, Reference as Mention, SectionId, Target};
use crate::session::Compilation;
use crate::source::{Sources, Span};
use crate::table::{Piece as WirePiece, RefKind, Reference};

/// A text in pieces; neighbouring plain ones, line breaks included, are one.
pub fn prose(prose: &Prose, compilation: &Compilation) -> Vec<WirePiece> {
    let mut out = Vec::new();
    for piece in prose::pieces(prose, &compilation.sources) {
        match piece {
            Piece::Text(text) => push_text(&mut out, text),
            Piece::Break => push_text(&mut out, "\n"),
            Piece::Reference(mention) => match reference(mention, compilation) {
                Some(reference) => out.push(WirePiece::Reference(reference)),
                None => push_text(&mut out, compilation.sources.text(mention.span)),
            },
        }
    }
    out
}

fn push_text(out: &mut Vec<WirePiece>, text: &str) {
    match out.last_mut() {
        Some(WirePiece::Text(last)) => last.push_str(text),
        Some(WirePiece::Reference(_)) | None => out.push(WirePiece::Text(text.to_owned())),
    }
}

/// Those that were found.
pub fn references(mentions: &[Mention], compilation: &Compilation) -> Vec<Reference> {
    mentions.iter().filter_map(|mention| reference(mention, compilation)).collect()
}

/// `None` for what is no reference to anything.
pub fn reference(mention: &Mention, compilation: &Compilation) -> Option<Reference> {
    let Compilation { model, sources, .. } = compilation;
    let (kind, targets) = target(&mention.target, model, sources)?;
    Some(Reference { kind, targets, text: prose::shown(mention, model, sources) })
}

/// The kind of a target and the ids it stands for.
pub fn target(target: &Target, model: &Model, sources: &Sources) -> Option<(RefKind, Vec<String>)> {
    let one = |kind, id: String| Some((kind, vec![id]));
    match target {
        Target::Error | Target::Escape => None,
        Target::Entries(ids) => Some((RefKind::Entry, ids.iter().map(|id| model.entries[*id].id.clone()).collect())),
        Target::Action(id) => one(RefKind::Action, action_id(*id, model)),
        Target::Symptom(id) => one(RefKind::Symptom, model.symptoms[*id].id.clone()),
        Target::Fact(id) => one(RefKind::Fact, model.facts[*id].id.clone()),
        Target::Document(id) => one(RefKind::Document, model.documents[*id].id.clone()),
        Target::Section(id) => one(RefKind::Section, section_id(*id, model, sources)),
        Target::Link(id) => one(RefKind::Link, model.links[*id].id.clone()),
        Target::Contact(id) => one(RefKind::Contact, model.contacts[*id].id.clone()),
        Target::Term(id) => one(RefKind::Term, model.terms[*id].id.clone()),
        Target::Text(id) => one(RefKind::Text, model.texts[*id].id.clone()),
    }
}

/// `entry/name`, or `entry/2`.
pub fn action_id(id: ActionId, model: &Model) -> String {
    let action = &model.actions[id];
    format!("{}/{}", model.entries[action.entry].id, action.name.as_ref().unwrap_or(&action.number))
}

/// `document number`, or `document title`, or with its place on the web.
pub fn section_id(id: SectionId, model: &Model, sources: &Sources) -> String {
    graph::name(Node::Section(id), model, sources)
}

/// Titles from the widest category to this one.
pub fn category_path(id: Option<CategoryId>, model: &Model) -> Vec<String> {
    let above = std::iter::successors(id, |id| model.categories[*id].parent);
    let mut path: Vec<String> = above.map(|id| model.categories[id].title.clone()).collect();
    path.reverse();
    path
}

/// `2023-06-29`
pub fn date(date: Date) -> String {
    format!("{:04}-{:02}-{:02}", date.year, date.month, date.day)
}

/// Texts as written.
pub fn texts(spans: &[Span], sources: &Sources) -> Vec<String> {
    spans.iter().map(|span| sources.text(*span).to_owned()).collect()
}
