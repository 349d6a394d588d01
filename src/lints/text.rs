//! What readers see of the writer's sentences, for lints about wording: without names in references, without what is
//! quoted (the words of a screen, which nobody may change), without messages and fences.

use crate::graph::{Node, Part, visit_parts};
use crate::model::{Model, Prose, Reference, Step, StepKind, Type};
use crate::source::{Sources, Span};

/// A stretch of one line, without breaks, references and quotations.
#[derive(Clone, Copy, Debug)]
pub struct Stretch {
    /// Whose text it is.
    pub node: Node,
    pub span: Span,
}

/// A line of a text that readers see.
#[derive(Clone, Copy, Debug)]
pub struct Line<'a> {
    /// Whose text it is.
    pub node: Node,
    pub span: Span,
    refs: &'a [Reference],
}

impl<'a> Line<'a> {
    /// Those on the line, but for numbers, which are read as they are written.
    pub fn references(self) -> impl Iterator<Item = &'a Reference> {
        let Span { file, start, end } = self.span;
        let inside = move |span: Span| span.file == file && start <= span.start && span.end <= end;
        self.refs.iter().filter(move |reference| !reference.bare && inside(reference.span))
    }
}

/// Appends the stretches of a line.
pub fn stretches_of(line: Line<'_>, sources: &Sources, stretches: &mut Vec<Stretch>) {
    shown(line, &mut |seen| {
        unquoted(seen, sources, &mut |span| stretches.push(Stretch { node: line.node, span }));
    });
}

/// Every part of a line that is no reference, what is quoted included, in the order of the model's tables.
pub fn visit_shown(model: &Model, visit: &mut impl FnMut(Node, Span)) {
    visit_lines(model, &mut |line| shown(line, &mut |span| visit(line.node, span)));
}

/// Every line, in the order of the model's tables. Titles of documents, links and contacts are names, and left out.
pub fn visit_lines<'a>(model: &'a Model, visit: &mut impl FnMut(Line<'a>)) {
    let mut line = |node: Node, span: Span, prose: Option<&'a Prose>| {
        visit(Line { node, span, refs: prose.map_or(&[], |prose| prose.refs.as_slice()) });
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
fn shown(line: Line<'_>, visit: &mut impl FnMut(Span)) {
    let mut from = line.span;
    let mut some = |span: Span| {
        if !span.is_empty() {
            visit(span);
        }
    };
    for reference in line.references() {
        some(Span { end: reference.span.start, ..from });
        reference.shown.into_iter().for_each(&mut some);
        from.start = reference.span.end;
    }
    some(from);
}

/// The parts of a stretch that stand in no quotation.
fn unquoted(span: Span, sources: &Sources, visit: &mut impl FnMut(Span)) {
    let text = sources.text(span);
    let (mut from, mut depth, mut straight) = (0usize, 0u32, false);
    let mut some = |start: usize, end: usize| {
        if start < end {
            visit(within(span, start, end));
        }
    };
    for (at, c) in text.char_indices() {
        let opens = matches!(c, '「' | '『' | '“') || c == '"' && !straight;
        let closes = depth > 0 && matches!(c, '」' | '』' | '”') || c == '"' && straight;
        if opens {
            if depth == 0 {
                some(from, at);
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
        some(from, text.len());
    }
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
