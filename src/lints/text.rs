//! What readers see of the writer's sentences, for lints about wording: without names in references, without what is
//! quoted (the words of a screen, which nobody may change), without messages and fences.

use super::Context;
use crate::graph::{Node, Part, visit_parts};
use crate::model::{Model, Prose, Step, StepKind, Type};
use crate::source::{Sources, Span};

/// A stretch of one line, without breaks, references and quotations.
#[derive(Clone, Copy, Debug)]
pub struct Stretch {
    /// Whose text it is.
    pub node: Node,
    pub span: Span,
}

/// Every stretch, in the order of the model's tables. Titles of documents, links and contacts are names, and left out.
pub fn visit_stretches<'a>(context: &Context<'a>, visit: &mut impl FnMut(Stretch, &'a str)) {
    visit_shown(context.model, &mut |node, seen| {
        for span in unquoted(seen, context.sources) {
            visit(Stretch { node, span }, context.sources.text(span));
        }
    });
}

/// The same with what is quoted.
pub fn visit_shown(model: &Model, visit: &mut impl FnMut(Node, Span)) {
    let mut line = |node: Node, line: Span, prose: Option<&Prose>| {
        shown(line, prose).into_iter().for_each(|span| visit(node, span));
    };
    visit_parts(model, &mut |place, part| match part {
        Part::Title(_) if matches!(place.node, Node::Document(_) | Node::Link(_) | Node::Contact(_)) => {}
        Part::Title(prose) | Part::Prose(prose) => {
            prose.lines.iter().for_each(|span| line(place.node, *span, Some(prose)));
        }
        Part::Words(_) | Part::References(_) | Part::Condition(_) | Part::Do(..) | Part::Contact(..) => {}
    });
    for (id, fact) in model.facts.enumerate() {
        let values = match &fact.ty {
            Type::OneOf { values, .. } | Type::AnyOf { values } => values.as_slice(),
            Type::Error | Type::YesNo | Type::Number { .. } | Type::Version | Type::Date => &[],
        };
        let labels = fact.label.iter().chain(values.iter().filter_map(|value| value.label.as_ref()));
        labels.for_each(|label| line(Node::Fact(id), *label, None));
    }
}

/// The parts of a line that are no reference, and the words that references are shown with.
fn shown(line: Span, prose: Option<&Prose>) -> Vec<Span> {
    let mut parts = Vec::new();
    let mut from = line;
    let inside = |span: Span| span.file == line.file && line.start <= span.start && span.end <= line.end;
    for reference in prose.into_iter().flat_map(|prose| &prose.refs).filter(|reference| inside(reference.span)) {
        // A number is read as it is written.
        if reference.bare {
            continue;
        }
        parts.push(Span { end: reference.span.start, ..from });
        parts.extend(reference.shown);
        from.start = reference.span.end;
    }
    parts.push(from);
    parts.retain(|span| span.start < span.end);
    parts
}

/// The parts of a stretch that stand in no quotation.
fn unquoted(span: Span, sources: &Sources) -> Vec<Span> {
    let text = sources.text(span);
    let mut parts = Vec::new();
    let (mut from, mut depth, mut straight) = (0usize, 0u32, false);
    let mut push = |start: usize, end: usize| {
        if start < end {
            parts.push(within(span, start, end));
        }
    };
    for (at, c) in text.char_indices() {
        let opens = matches!(c, '「' | '『' | '“') || c == '"' && !straight;
        let closes = depth > 0 && matches!(c, '」' | '』' | '”') || c == '"' && straight;
        if opens {
            if depth == 0 {
                push(from, at);
            }
            depth += 1;
            straight |= c == '"';
        } else if closes {
            depth = depth.saturating_sub(1);
            straight &= c != '"';
            from = at + c.len_utf8();
        }
    }
    if depth == 0 {
        push(from, text.len());
    }
    parts
}

/// Every step that a reader carries out, those in cases and in procedures included.
pub fn visit_steps<'a>(model: &'a Model, visit: &mut impl FnMut(&'a Prose)) {
    for action in model.actions.iter() {
        steps(&action.steps, visit);
    }
    for check in model.facts.iter().flat_map(|fact| &fact.checks) {
        steps(&check.steps, visit);
    }
}

fn steps<'a>(list: &'a [Step], visit: &mut impl FnMut(&'a Prose)) {
    for step in list {
        match &step.kind {
            StepKind::Step(prose) => visit(prose),
            StepKind::Branches(branches) => branches.iter().for_each(|branch| steps(&branch.steps, visit)),
            StepKind::Bullet(_)
            | StepKind::Note(_)
            | StepKind::Warning(_)
            | StepKind::Fence { .. }
            | StepKind::Do(_)
            | StepKind::Contact(_)
            | StepKind::See(_) => {}
        }
    }
}

/// The part of a stretch at some bytes of its text.
pub fn within(span: Span, start: usize, end: usize) -> Span {
    Span { start: span.start + start as u32, end: span.start + end as u32, ..span }
}
