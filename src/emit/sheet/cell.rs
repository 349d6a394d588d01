//! A cell of the sheet in lines, each in segments that know where in the source they come from, so that what people
//! change in a cell can be changed where it is written.

use crate::model::{Prose, Target};
use crate::prose;
use crate::session::Compilation;
use crate::source::Span;

/// The lines of a cell.
pub type Cell = Vec<Line>;

/// Most UTF-16 units that a cell of Excel holds.
const MOST_UNITS: usize = 32_767;

/// What stands at the end of a cell that had to be cut.
const CUT: &str = "…";

#[derive(Clone, Debug, Default)]
pub struct Line {
    pub segments: Vec<Segment>,
    /// The line of the source that says this and nothing else, if there is one: it may go, or be followed by another.
    pub statement: Option<Span>,
}

#[derive(Clone, Debug)]
pub enum Segment {
    /// Words of the sheet's own.
    Fixed(String),
    /// Text as it stands in the source.
    Source(Span),
    /// A reference as it stands in the source, and the words it is shown with.
    Reference(Span, String),
}

impl Line {
    pub fn fixed(text: impl Into<String>) -> Self {
        Self { segments: vec![Segment::Fixed(text.into())], statement: None }
    }

    /// What people see.
    pub fn text(&self, compilation: &Compilation) -> String {
        self.segments.iter().map(|segment| segment.text(compilation)).collect()
    }
}

impl Segment {
    pub fn text<'a>(&'a self, compilation: &'a Compilation) -> &'a str {
        match self {
            Self::Fixed(text) | Self::Reference(_, text) => text,
            Self::Source(span) => compilation.sources.text(*span),
        }
    }
}

/// What people see of a cell.
pub fn text(cell: &Cell, compilation: &Compilation) -> String {
    cell.iter().map(|line| line.text(compilation)).collect::<Vec<_>>().join("\n")
}

/// A cell of one line, or none.
pub fn fixed(text: &str) -> Cell {
    if text.is_empty() { Vec::new() } else { vec![Line::fixed(text)] }
}

/// The lines of a text, the first after a mark.
pub fn prose_lines(mark: &str, prose: &Prose, statement: Option<Span>, compilation: &Compilation) -> Vec<Line> {
    let mut lines = vec![Line { segments: Vec::new(), statement: None }];
    let is_alone = prose.lines.len() == 1;
    if !mark.is_empty() {
        lines[0].segments.push(Segment::Fixed(mark.to_owned()));
    }
    for (index, line) in prose.lines.iter().enumerate() {
        if index > 0 {
            lines.push(Line::default());
        }
        if let Some(last) = lines.last_mut() {
            last.segments.extend(segments(*line, prose, compilation));
        }
    }
    if is_alone {
        lines[0].statement = statement;
    }
    lines
}

/// A line of a text, cut at its references.
fn segments(line: Span, prose: &Prose, compilation: &Compilation) -> Vec<Segment> {
    let mut segments = Vec::new();
    let mut from = line;
    let inside = |span: Span| span.file == line.file && line.start <= span.start && span.end <= line.end;
    for reference in prose.refs.iter().filter(|reference| inside(reference.span)) {
        push(&mut segments, Span { end: reference.span.start, ..from });
        segments.push(match (reference.shown, &reference.target) {
            (Some(shown), _) => Segment::Source(shown),
            (None, Target::Escape) => Segment::Source(Span { start: reference.span.start + 1, ..reference.span }),
            (None, Target::Error) => Segment::Source(reference.span),
            (None, _) if reference.bare => Segment::Source(reference.span),
            (None, target) => {
                let shown = prose::title(target, &compilation.model, &compilation.sources).replace('\n', " ");
                Segment::Reference(reference.span, shown)
            }
        });
        from.start = reference.span.end;
    }
    push(&mut segments, from);
    segments
}

fn push(segments: &mut Vec<Segment>, span: Span) {
    if span.start < span.end {
        segments.push(Segment::Source(span));
    }
}

/// A cell that Excel can hold; what is cut off is in the archive all the same.
pub fn shortened(mut cell: Cell) -> Cell {
    let mut room = MOST_UNITS - CUT.len();
    for index in 0..cell.len() {
        // Fixed and shown words are counted here, source text by its bytes, of which there are never fewer than units.
        let units: usize = cell[index].segments.iter().map(most_units).sum::<usize>() + 1;
        if units > room {
            cell.truncate(index);
            cell.push(Line::fixed(CUT));
            break;
        }
        room -= units;
    }
    cell
}

fn most_units(segment: &Segment) -> usize {
    match segment {
        Segment::Fixed(text) | Segment::Reference(_, text) => text.len(),
        Segment::Source(span) => span.range().len(),
    }
}
