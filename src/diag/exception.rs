//! Exceptions to lints: findings that a writer has said are meant. Owns which findings each covers, and what is said of
//! those that cover none; refuses to know how they are written.

use std::collections::BTreeMap;

use super::{Code, Diagnostic, Diagnostics, Levels};
use crate::source::{Sources, Span};

/// What a writer allows in a block, and why.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Exception {
    /// Not an error's.
    pub code: Code,
    /// Where findings of the code are meant.
    pub block: Span,
    /// The statement itself.
    pub span: Span,
    /// In words.
    pub reason: Span,
}

/// Takes out the findings that exceptions cover; if all analyses ran (`is_whole`), reports the exceptions that cover none
/// though their code is not switched off. A finding is covered by the innermost block.
pub fn except(
    diagnostics: Diagnostics,
    exceptions: &[Exception],
    is_whole: bool,
    levels: &Levels,
    sources: &Sources,
) -> Diagnostics {
    if exceptions.is_empty() {
        return diagnostics;
    }
    let blocks = blocks_by_code(exceptions);
    let mut used = vec![false; exceptions.len()];
    let mut list = diagnostics.into_vec();
    let is_undecided = list.iter().any(|finding| finding.code.is_undecided());
    list.retain(|finding| {
        let covering = blocks.get(&finding.code).and_then(|blocks| covering(blocks, finding));
        if let Some(used) = covering.and_then(|at| used.get_mut(at)) {
            *used = true;
        }
        covering.is_none()
    });
    let unused = exceptions.iter().zip(used).filter(|(_, used)| is_whole && !used).map(|(exception, _)| exception);
    let may_be_missing = |code: Code| levels.is_off(code) || code.is_of_the_world() || is_undecided && code.is_proved();
    let unused = unused.filter(|exception| !may_be_missing(exception.code));
    list.extend(unused.map(|exception| unused_exception(exception, sources)));
    Diagnostics { list }
}

/// Where the findings of one code are meant.
#[derive(Debug, Default)]
pub struct Meant {
    blocks: Vec<Nested>,
}

impl Meant {
    pub fn new(exceptions: &[Exception], code: Code) -> Self {
        Self { blocks: blocks_by_code(exceptions).remove(&code).unwrap_or_default() }
    }

    pub fn is_empty(&self) -> bool {
        self.blocks.is_empty()
    }

    /// Whether a finding there is meant.
    pub fn covers(&self, place: Span) -> bool {
        covering_place(&self.blocks, place).is_some()
    }
}

/// One code's block, with the index of its exception, and of the block around it in the same list.
#[derive(Debug)]
struct Nested {
    block: Span,
    exception: usize,
    around: Option<usize>,
}

/// Blocks are disjoint or one within the other; sorted by their starts.
fn blocks_by_code(exceptions: &[Exception]) -> BTreeMap<Code, Vec<Nested>> {
    let mut order: Vec<usize> = (0..exceptions.len()).collect();
    let key = |at: &usize| exceptions.get(*at).map(|it| (it.block.file, it.block.start, u32::MAX - it.block.end));
    order.sort_by_key(key);
    let mut blocks: BTreeMap<Code, Vec<Nested>> = BTreeMap::new();
    for at in order {
        let Some(Exception { code, block, .. }) = exceptions.get(at).copied() else { continue };
        let list = blocks.entry(code).or_default();
        let around = innermost(list, list.len().checked_sub(1), block);
        list.push(Nested { block, exception: at, around });
    }
    blocks
}

fn covering(blocks: &[Nested], finding: &Diagnostic) -> Option<usize> {
    let labels = finding.labels.iter().filter(|_| finding.code.is_mutual()).map(|label| label.span);
    finding.span.into_iter().chain(labels).find_map(|span| covering_place(blocks, span))
}

/// The exception of the innermost block that holds a place.
fn covering_place(blocks: &[Nested], place: Span) -> Option<usize> {
    let before = blocks.partition_point(|it| (it.block.file, it.block.start) <= (place.file, place.start));
    let at = innermost(blocks, before.checked_sub(1), place)?;
    blocks.get(at).map(|it| it.exception)
}

/// The first of a block and those around it that holds the place.
fn innermost(blocks: &[Nested], from: Option<usize>, place: Span) -> Option<usize> {
    let around = |at: &usize| blocks.get(*at)?.around;
    let holds = |outer: Span| outer.file == place.file && outer.start <= place.start && place.end <= outer.end;
    std::iter::successors(from, around).find(|at| blocks.get(*at).is_some_and(|it| holds(it.block)))
}

fn unused_exception(exception: &Exception, sources: &Sources) -> Diagnostic {
    let finding = Diagnostic::at(Code::UnusedException, exception.span).text("lint", exception.code.name());
    finding.text("code", exception.code.id()).fix("remove", removal(exception.span, sources), "")
}

/// All of the statement's line; in a block of one line, the statement with the semicolon that parts it.
fn removal(span: Span, sources: &Sources) -> Span {
    let Span { start, end, .. } = sources.line_around(span);
    let before = sources.text(Span { start, end: span.start, ..span });
    let after = sources.text(Span { start: span.end, end, ..span });
    if before.trim().is_empty() && after.trim().is_empty() {
        return Span { start, end, ..span };
    }
    let semicolon = [';', '；'];
    if let Some(at) = before.trim_end().strip_suffix(semicolon) {
        return Span { start: start + at.trim_end().len() as u32, ..span };
    }
    let rest = after.trim_start().strip_prefix(semicolon).map(str::trim_start);
    Span { end: end - rest.map_or(after.len(), str::len) as u32, ..span }
}
