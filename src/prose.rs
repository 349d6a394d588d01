//! Cuts prose into plain text and references, for every emitter to dress up; refuses to know any output format.

use crate::language::Language;
use crate::model::{Model, Prose, Reference, Target};
use crate::source::{Sources, Span};

/// A piece of prose, in reading order.
#[derive(Debug)]
pub enum Piece<'a> {
    /// Text as written.
    Text(&'a str),
    /// A checked reference (never [`Target::Escape`] or [`Target::Error`], which are text).
    Reference(&'a Reference),
    /// The writer's line break.
    Break,
}

/// The pieces of a text.
pub fn pieces<'a>(prose: &'a Prose, sources: &'a Sources) -> Vec<Piece<'a>> {
    let mut pieces = Vec::with_capacity(prose.lines.len() * 2 + prose.refs.len() * 2);
    let mut refs = prose.refs.iter().peekable();
    for (index, line) in prose.lines.iter().enumerate() {
        if index > 0 {
            pieces.push(Piece::Break);
        }
        let mut from = *line;
        while let Some(reference) =
            refs.next_if(|reference| reference.span.end <= line.end && reference.span.file == line.file)
        {
            push_text(&mut pieces, sources.text(Span { end: reference.span.start, ..from }));
            push_reference(&mut pieces, reference, sources);
            from.start = reference.span.end;
        }
        push_text(&mut pieces, sources.text(from));
    }
    pieces
}

fn push_reference<'a>(pieces: &mut Vec<Piece<'a>>, reference: &'a Reference, sources: &'a Sources) {
    let written = sources.text(reference.span);
    match reference.target {
        Target::Error => push_text(pieces, written),
        Target::Escape => push_text(pieces, written.strip_prefix('\\').unwrap_or(written)),
        _ => pieces.push(Piece::Reference(reference)),
    }
}

fn push_text<'a>(pieces: &mut Vec<Piece<'a>>, text: &'a str) {
    if !text.is_empty() {
        pieces.push(Piece::Text(text));
    }
}

/// The text with each reference as the words it is shown with; line breaks are `\n`.
pub fn plain(prose: &Prose, model: &Model, sources: &Sources) -> String {
    let mut out = String::new();
    for piece in pieces(prose, sources) {
        match piece {
            Piece::Text(text) => out.push_str(text),
            Piece::Reference(reference) => out.push_str(&shown(reference, model, sources)),
            Piece::Break => out.push('\n'),
        }
    }
    out
}

/// The words a reference is shown with: those the writer gave, else the target's own.
pub fn shown(reference: &Reference, model: &Model, sources: &Sources) -> String {
    match reference.shown {
        Some(span) => sources.text(span).to_owned(),
        None if reference.bare => sources.text(reference.span).to_owned(),
        None => title(&reference.target, model, sources),
    }
}

/// What a target is called in running text. References inside a title are not followed: two titles may name each other.
pub fn title(target: &Target, model: &Model, sources: &Sources) -> String {
    let entry = |id: &_| match model.entries[*id].number {
        Some(number) => format!("No.{number}"),
        None => flat(&model.entries[*id].title, sources),
    };
    match target {
        Target::Error | Target::Escape => String::new(),
        Target::Entries(ids) => ids.iter().map(entry).collect::<Vec<_>>().join("、"),
        Target::Action(id) => action_title(*id, model, sources),
        Target::Symptom(id) => flat(&model.symptoms[*id].title, sources),
        Target::Fact(id) => fact_title(*id, model, sources),
        Target::Document(id) => flat(&model.documents[*id].title, sources),
        Target::Section(id) => section_title(*id, model, sources),
        Target::Link(id) => flat(&model.links[*id].title, sources),
        Target::Contact(id) => flat(&model.contacts[*id].title, sources),
        Target::Term(id) => sources.text(model.terms[*id].name).to_owned(),
        Target::Text(id) => model.texts[*id].id.clone(),
    }
}

/// The text with each reference as the words in its brackets.
fn flat(prose: &Prose, sources: &Sources) -> String {
    let mut out = String::new();
    for piece in pieces(prose, sources) {
        match piece {
            Piece::Text(text) => out.push_str(text),
            Piece::Reference(reference) => {
                let span = reference.shown.unwrap_or(reference.span);
                out.push_str(sources.text(span).trim_matches(['[', ']', '［', '］', '→', '@']));
            }
            Piece::Break => out.push(' '),
        }
    }
    out
}

fn action_title(id: crate::model::ActionId, model: &Model, sources: &Sources) -> String {
    let action = &model.actions[id];
    match &action.title {
        Some(title) => flat(title, sources),
        None => {
            let entry = title(&Target::Entries(vec![action.entry]), model, sources);
            format!("{entry}（{}）", action.number)
        }
    }
}

/// A fact's label, else its name.
pub fn fact_title(id: crate::model::FactId, model: &Model, sources: &Sources) -> String {
    let fact = &model.facts[id];
    sources.text(fact.label.unwrap_or(fact.name)).to_owned()
}

fn section_title(id: crate::model::SectionId, model: &Model, sources: &Sources) -> String {
    let section = &model.sections[id];
    let document = flat(&model.documents[section.document].title, sources);
    let name = section.title.map(|span| sources.text(span));
    // A bare number says in Japanese what it counts.
    let number = section.number.as_deref().map(|number| match (name, model.config.language) {
        (None, Language::Japanese) => format!("{number}章"),
        (None, Language::English) | (Some(_), _) => number.to_owned(),
    });
    [Some(document.as_str()), number.as_deref(), name].into_iter().flatten().collect::<Vec<_>>().join(" ")
}
