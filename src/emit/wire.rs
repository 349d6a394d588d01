//! Prose, references and names of things as the JSON documents spell them. Refuses to know any one document.

use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema};
use serde::Serialize;

use crate::ast::{self, Date};
use crate::graph::{self, Node};
use crate::language::Language;
use crate::model::{ActionId, CategoryId, ConditionId, EntryId, Model, Prose, Reference as Mention, SectionId, Target};
use crate::prose::{self, Piece};
use crate::session::Compilation;
use crate::source::{Sources, Span};
use crate::speech::{self, Speech, civil};
use crate::table::{Bound, Piece as WirePiece, Policy, RefKind, Reference, TableLanguage};
use crate::types::{Interval, Point};

/// The JSON Schema of a document as it is written: what is left out when empty is not required.
pub fn schema<T: JsonSchema>() -> Schema {
    SchemaSettings::draft2020_12().for_serialize().into_generator().into_root_schema_for::<T>()
}

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

/// By number, then those without one as written.
pub fn reading_order(model: &Model) -> Vec<EntryId> {
    let mut order: Vec<EntryId> = model.entries.ids().collect();
    order.sort_by_key(|id| (model.entries[*id].number.is_none(), model.entries[*id].number));
    order
}

/// `2023-06-29`
pub fn date(date: Date) -> String {
    format!("{:04}-{:02}-{:02}", date.year, date.month, date.day)
}

/// Texts as written.
pub fn texts(spans: &[Span], sources: &Sources) -> Vec<String> {
    spans.iter().map(|span| sources.text(*span).to_owned()).collect()
}

/// What names facts and values in the language of the knowledge base.
pub fn speech(compilation: &Compilation) -> Speech<'_> {
    let Compilation { model, types, sources, .. } = compilation;
    Speech { model, types, sources, language: model.config.language }
}

/// Several conditions together, in words; `None` when there are none.
pub fn words(conditions: &[ConditionId], compilation: &Compilation) -> Option<String> {
    if conditions.is_empty() {
        return None;
    }
    let text = |piece| match piece {
        speech::Piece::Text(text) => text.into_owned(),
        speech::Piece::Fact(_, label) => label.to_owned(),
    };
    Some(speech::pieces(speech(compilation), conditions).into_iter().map(text).collect())
}

/// `ja` or `en`.
pub fn language(language: Language) -> TableLanguage {
    match language {
        Language::Japanese => TableLanguage::Japanese,
        Language::English => TableLanguage::English,
    }
}

/// A stretch of numbers, versions or dates by its ends; of numbers and days these are its first and its last value.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub struct Stretch {
    /// At least this.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ge: Option<Bound>,
    /// Greater than this.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub gt: Option<Bound>,
    /// At most this.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub le: Option<Bound>,
    /// Less than this.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lt: Option<Bound>,
}

pub fn stretch(interval: &Interval) -> Stretch {
    let mut stretch = Stretch::default();
    if let Some(from) = &interval.from {
        *(if from.after { &mut stretch.gt } else { &mut stretch.ge }) = Some(bound(&from.point, 0));
    }
    if let Some(to) = &interval.to {
        let discrete = !matches!(to.point, Point::Version(_));
        let bound = Some(bound(&to.point, i64::from(discrete)));
        *(if discrete || to.after { &mut stretch.le } else { &mut stretch.lt }) = bound;
    }
    stretch
}

fn bound(point: &Point, back: i64) -> Bound {
    match point {
        Point::Number(number) | Point::Today(number) => Bound::Integer(number.saturating_sub(back)),
        Point::Version(parts) => Bound::Text(version(parts)),
        Point::Date(days) => {
            let (year, month, day) = civil(days.saturating_sub(back));
            Bound::Text(format!("{year:04}-{month:02}-{day:02}"))
        }
    }
}

/// `22.4` for 22.04, `6` for 6.0.
fn version(parts: &[u32]) -> String {
    if parts.is_empty() {
        return "0".to_owned();
    }
    parts.iter().map(u32::to_string).collect::<Vec<_>>().join(".")
}

/// The wire's word for a policy.
pub fn policy(policy: ast::Policy) -> Policy {
    match policy {
        ast::Policy::First => Policy::First,
        ast::Policy::Unique => Policy::Unique,
        ast::Policy::Any => Policy::Any,
        ast::Policy::Collect => Policy::Collect,
    }
}
