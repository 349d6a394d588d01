//! The cell of the symptom: what the reader sees, and when the entry applies. Refuses to know the other cells.

use super::cell::{Cell, Line, Segment, prose_lines};
use super::remedy::{conditions, list};
use crate::emit::markdown::words::Words;
use crate::model::{Entry, EntryUse, Message, Target};
use crate::prose;
use crate::session::Compilation;
use crate::source::Span;

pub fn cell(compilation: &Compilation, words: &Words, entry: &Entry) -> Cell {
    let sources = &compilation.sources;
    let mut cell = prose_lines("", &entry.title, None, compilation);
    let title = super::text(&cell, compilation);
    for used in &entry.symptoms {
        let symptom = &compilation.model.symptoms[used.symptom];
        let wording = prose_lines("", &symptom.title, None, compilation);
        if super::text(&wording, compilation) != title {
            cell.extend(wording);
        }
        for message in symptom.messages.iter().filter(|message| !message.lines.is_empty()) {
            cell.extend(quoted(message, words, |line| {
                let text = sources.text(line);
                let skip = text.len() - text.trim_start().len();
                Span {
                    start: line.start + skip as u32,
                    end: line.start + text.trim_end().len().max(skip) as u32,
                    ..line
                }
            }));
        }
        if let Some(during) = &symptom.during {
            cell.extend(prose_lines(&format!("{}{}", words.during, words.colon), during, None, compilation));
        }
    }
    if !entry.when.is_empty() {
        cell.push(labelled(words.condition, &conditions(compilation, &entry.when), words));
    }
    if entry.fallback {
        cell.push(labelled(words.fallback_mark, words.fallback, words));
    }
    cell.extend(uses(compilation, words, words.before, &entry.before));
    cell.extend(uses(compilation, words, words.overrides, &entry.overrides));
    cell
}

fn labelled(label: &str, text: &str, words: &Words) -> Line {
    Line::fixed(format!("{label}{}{text}", words.colon))
}

/// A message between quotes, without the space that its lines stand in.
fn quoted(message: &Message, words: &Words, trim: impl Fn(Span) -> Span) -> Vec<Line> {
    let last = message.lines.len() - 1;
    let line = |(index, line): (usize, &Span)| {
        let mut segments = vec![Segment::Source(trim(*line))];
        if index == 0 {
            segments.insert(0, Segment::Fixed(words.open_quote.to_owned()));
        }
        if index == last {
            segments.push(Segment::Fixed(words.close_quote.to_owned()));
        }
        Line { segments, statement: None }
    };
    message.lines.iter().enumerate().map(line).collect()
}

fn uses(compilation: &Compilation, words: &Words, label: &str, uses: &[EntryUse]) -> Option<Line> {
    let title =
        |used: &EntryUse| prose::title(&Target::Entries(vec![used.entry]), &compilation.model, &compilation.sources);
    list(label, words, uses.iter().map(title))
}
