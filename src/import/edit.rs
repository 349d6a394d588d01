//! What people changed in a cell, as changes to the source. Refuses to know rows and files: a cell as it was written, the
//! same cell as it is now, and what to replace where.

use similar::{Algorithm, DiffOp, capture_diff_slices};

use crate::diag::Edit;
use crate::emit::sheet::archive::seen;
use crate::emit::sheet::{Cell, Line, Segment};
use crate::session::Compilation;
use crate::source::Span;

/// Changes to the source, or the lines, old and new, that no place in the source says alone.
pub fn changes(cell: &Cell, now: &str, compilation: &Compilation) -> (Vec<Edit>, Vec<(String, String)>) {
    let old: Vec<String> = cell.iter().map(|line| seen(&line.text(compilation))).collect();
    let now = seen(now);
    let new: Vec<String> = if now.is_empty() { Vec::new() } else { now.split('\n').map(str::to_owned).collect() };
    let mut found = Found { cell, old: &old, new: &new, compilation, edits: Vec::new(), left: Vec::new() };
    for op in capture_diff_slices(Algorithm::Myers, &old, &new) {
        match op {
            DiffOp::Equal { .. } => {}
            DiffOp::Delete { old_index, old_len, .. } => {
                (old_index..old_index + old_len).for_each(|at| found.delete(at))
            }
            DiffOp::Insert { old_index, new_index, new_len } => found.insert(old_index, new_index, new_len),
            DiffOp::Replace { old_index, old_len, new_index, new_len } => {
                let both = old_len.min(new_len);
                (0..both).for_each(|at| found.replace(old_index + at, new_index + at));
                (old_index + both..old_index + old_len).for_each(|at| found.delete(at));
                if new_len > both {
                    found.insert(old_index + both, new_index + both, new_len - both);
                }
            }
        }
    }
    (found.edits, found.left)
}

struct Found<'a> {
    cell: &'a Cell,
    old: &'a [String],
    new: &'a [String],
    compilation: &'a Compilation,
    edits: Vec<Edit>,
    left: Vec<(String, String)>,
}

impl Found<'_> {
    fn leave(&mut self, old: Option<usize>, new: Option<usize>) {
        let text = |lines: &[String], at: Option<usize>| at.and_then(|at| lines.get(at)).cloned().unwrap_or_default();
        let pair = (text(self.old, old), text(self.new, new));
        if pair.0.trim() != pair.1.trim() {
            self.left.push(pair);
        }
    }

    fn replace(&mut self, old: usize, new: usize) {
        let edit = match (self.cell.get(old), self.new.get(new)) {
            (Some(line), Some(new)) => replaced(line, new, self.compilation),
            _ => None,
        };
        match edit {
            Some(edit) => self.edits.push(edit),
            None => self.leave(Some(old), Some(new)),
        }
    }

    fn delete(&mut self, at: usize) {
        let whole = self.cell.get(at).and_then(|line| line.statement).and_then(|span| line_of(span, self.compilation));
        match whole {
            Some(span) => self.edits.push(Edit { span, text: String::new() }),
            None => self.leave(Some(at), None),
        }
    }

    /// Below the line that stands before it, when that is a line of its own.
    fn insert(&mut self, before: usize, first: usize, count: usize) {
        let above = before.checked_sub(1).and_then(|at| self.cell.get(at)).and_then(|line| line.statement);
        let Some(below) = above.and_then(|span| line_of(span, self.compilation)) else {
            (first..first + count).for_each(|at| self.leave(None, Some(at)));
            return;
        };
        let line = self.compilation.sources.text(below);
        let indent: String = line.chars().take_while(|c| c.is_whitespace() && *c != '\n').collect();
        let mut text = String::new();
        for new in self.new.iter().skip(first).take(count).filter(|line| !line.trim().is_empty()) {
            text.push_str(&format!("{indent}{}\n", statement(new.trim())));
        }
        self.edits.push(Edit { span: below.after(), text });
    }
}

/// A line of the sheet as one of the source.
fn statement(line: &str) -> String {
    const MARKS: [(&str, &str); 5] = [("＞", ">"), (">", ">"), ("※", "※"), ("・", "・"), ("注意：", "!")];
    let marked = MARKS.into_iter().find_map(|(shown, mark)| Some((mark, line.strip_prefix(shown)?.trim_start())));
    let (mark, text) = marked.unwrap_or(("※", line));
    format!("{mark} {text}")
}

/// The whole line of a statement that stands alone on it.
fn line_of(span: Span, compilation: &Compilation) -> Option<Span> {
    let line = crate::lints::whole_line(span, &compilation.sources)?;
    let text = compilation.sources.text(line);
    (text.trim() == compilation.sources.text(span).trim() && text.ends_with('\n')).then_some(line)
}

/// The change that makes a line of the source say the new words: what lies between their common beginning and end.
fn replaced(line: &Line, new: &str, compilation: &Compilation) -> Option<Edit> {
    let old = line.text(compilation);
    let new = if old.trim_end() == old { new.to_owned() } else { format!("{new}{}", &old[old.trim_end().len()..]) };
    let before = common(old.chars(), new.chars());
    let (old_rest, new_rest) = (old.get(before..)?, new.get(before..)?);
    let after = common(old_rest.chars().rev(), new_rest.chars().rev());
    let (from, to) = (before, old.len() - after);
    let between = new.get(before..new.len() - after)?;
    edit(line, from, to, between, compilation)
}

fn common(a: impl Iterator<Item = char>, b: impl Iterator<Item = char>) -> usize {
    a.zip(b).take_while(|(a, b)| a == b).map(|(a, _)| a.len_utf8()).sum()
}

/// Replaces the bytes `from..to` of the line as shown. A reference that is touched becomes plain words.
fn edit(line: &Line, from: usize, to: usize, between: &str, compilation: &Compilation) -> Option<Edit> {
    let mut at = 0;
    let mut span: Option<Span> = None;
    let mut text = between.to_owned();
    for segment in &line.segments {
        let shown = segment.text(compilation);
        let (start, end) = (at, at + shown.len());
        at = end;
        let touched = start < to && from < end || from == to && span.is_none() && start <= from && from <= end;
        if !touched {
            continue;
        }
        let own = match segment {
            // Words of the sheet's own cannot be changed; beside them one can write.
            Segment::Fixed(_) if from == to => continue,
            Segment::Fixed(_) => return None,
            Segment::Source(place) => {
                let first = place.start + (from.max(start) - start) as u32;
                let last = place.start + (to.min(end) - start) as u32;
                Span { start: first, end: last.max(first), ..*place }
            }
            Segment::Reference(..) if from == to && (from == start || from == end) => continue,
            Segment::Reference(place, words) => {
                if from > start {
                    text.insert_str(0, words.get(..from - start)?);
                }
                text.push_str(if to < end { words.get(to - start..)? } else { "" });
                *place
            }
        };
        span = Some(match span {
            // Between others there is the bracket of a reference, which would be torn.
            Some(before) if before.file == own.file && before.end == own.start => before.to(own),
            Some(_) => return None,
            None => own,
        });
    }
    Some(Edit { span: span?, text })
}
