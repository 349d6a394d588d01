//! Steps as a numbered list, with what belongs to a step under it; refuses to know whose steps they are.

use crate::model::{Branch, ConditionId, Step, StepKind};
use crate::source::{Sources, Span};

use super::book::{Book, Node};
use super::inline::{write_conditions, write_prose, write_references};
use super::page::Page;
use super::words::Words;

/// Everything in the order written: what a reader does is numbered, notes and the like hang on the step before them.
pub fn write_steps(page: &mut Page<'_>, steps: &[Step]) {
    let first = steps.iter().position(is_numbered).unwrap_or(steps.len());
    write_attached(page, &steps[..first]);
    let mut rest = &steps[first..];
    let mut number = 0;
    while let Some((head, tail)) = rest.split_first() {
        let length = tail.iter().position(is_numbered).unwrap_or(tail.len());
        number += 1;
        page.item(&format!("{number}. "), number == 1, |page| {
            write_head(page, head);
            write_attached(page, &tail[..length]);
        });
        rest = &tail[length..];
    }
}

/// Notes of something that has no steps.
pub fn write_attached(page: &mut Page<'_>, steps: &[Step]) {
    let mut bullets = false;
    for step in steps {
        let first = !std::mem::replace(&mut bullets, matches!(step.kind, StepKind::Bullet(_)));
        match &step.kind {
            StepKind::Bullet(prose) => page.item("- ", first, |page| page.block(|page| write_prose(page, prose))),
            StepKind::Note(prose) => page.quote(|page| {
                page.out.push_str(page.book.words.note_mark);
                write_prose(page, prose);
            }),
            StepKind::Warning(prose) => page.quote(|page| {
                page.out.push_str("⚠ ");
                page.strong(|page| page.out.push_str(page.book.words.warning_mark));
                write_prose(page, prose);
            }),
            StepKind::Fence { info, lines } => write_fence(page, step.span, *info, lines),
            StepKind::See(references) => page.block(|page| {
                page.label(page.book.words.see);
                write_references(page, references);
            }),
            StepKind::Step(_) | StepKind::Branches(_) | StepKind::Do(_) | StepKind::Contact(_) => {
                write_head(page, step);
            }
        }
    }
}

fn is_numbered(step: &Step) -> bool {
    match step.kind {
        StepKind::Step(_) | StepKind::Branches(_) | StepKind::Do(_) | StepKind::Contact(_) => true,
        StepKind::Bullet(_) | StepKind::Note(_) | StepKind::Warning(_) | StepKind::Fence { .. } | StepKind::See(_) => {
            false
        }
    }
}

fn write_head(page: &mut Page<'_>, step: &Step) {
    let words = page.book.words;
    match &step.kind {
        StepKind::Step(prose) => page.block(|page| write_prose(page, prose)),
        StepKind::Branches(branches) => write_branches(page, branches),
        StepKind::Do(action) => page.block(|page| page.sentence(words.do_step, Node::Action(*action))),
        StepKind::Contact(contact) => page.block(|page| page.sentence(words.contact_step, Node::Contact(*contact))),
        StepKind::Bullet(_) | StepKind::Note(_) | StepKind::Warning(_) | StepKind::Fence { .. } | StepKind::See(_) => {
            write_attached(page, std::slice::from_ref(step))
        }
    }
}

fn write_branches(page: &mut Page<'_>, branches: &[Branch]) {
    if let [only] = branches {
        return write_branch(page, only);
    }
    page.block(|page| page.out.push_str(page.book.words.branches));
    for (index, branch) in branches.iter().enumerate() {
        page.item("- ", index == 0, |page| write_branch(page, branch));
    }
}

/// A single step stands on the line of its condition.
fn write_branch(page: &mut Page<'_>, branch: &Branch) {
    match branch.steps.as_slice() {
        [Step { kind: StepKind::Step(prose), .. }] => page.block(|page| {
            write_case(page, branch);
            write_prose(page, prose);
        }),
        steps => {
            page.block(|page| write_case(page, branch));
            write_steps(page, steps);
        }
    }
}

/// 「OS：64ビット の場合：」.
pub fn write_case(page: &mut Page<'_>, branch: &Branch) {
    match branch.when {
        Some(when) => write_when(page, when),
        None => page.strong(|page| page.out.push_str(page.book.words.else_case)),
    }
}

pub fn write_when(page: &mut Page<'_>, when: ConditionId) {
    let (before, after) = page.book.words.in_case;
    page.strong(|page| {
        page.out.push_str(before);
        write_conditions(page, &[when]);
        page.out.push_str(after);
    });
}

fn write_fence(page: &mut Page<'_>, fence: Span, info: Span, lines: &[Span]) {
    let book = page.book;
    let caption = fence_caption(book, info);
    caption.into_iter().for_each(|caption| page.block(|page| page.out.push_str(caption)));
    let language = if caption.is_some() { "text" } else { language(book.sources.text(info).trim()) };
    page.code(language, fence_lines(book, fence, lines));
}

/// What a reader does with the lines, if the fence says.
pub fn fence_caption(book: &Book<'_>, info: Span) -> Option<&'static str> {
    caption(book.sources.text(info), book.words)
}

/// The same for a fence of any page.
pub fn caption(info: &str, words: &'static Words) -> Option<&'static str> {
    match info.trim() {
        "入力" | "input" => Some(words.input),
        "表示" | "output" => Some(words.output),
        _ => None,
    }
}

/// The lines without the space that the whole block stands in.
pub fn fence_lines<'a>(book: &Book<'a>, fence: Span, lines: &'a [Span]) -> impl Iterator<Item = &'a str> + Clone {
    outdented(book.sources, fence, lines)
}

/// The same for a fence of any page.
pub fn outdented<'a>(
    sources: &'a Sources,
    fence: Span,
    lines: &'a [Span],
) -> impl Iterator<Item = &'a str> + Clone + use<'a> {
    let depth = depth(sources, fence);
    lines.iter().map(move |line| outdent(sources.text(*line), depth))
}

/// Characters before the fence on its line, when they are space: they belong to the block that the fence stands in.
fn depth(sources: &Sources, fence: Span) -> usize {
    let before = sources[fence.file].text.get(..fence.start as usize).unwrap_or("");
    let line = before.rsplit('\n').next().unwrap_or("");
    if line.chars().all(char::is_whitespace) { line.chars().count() } else { 0 }
}

fn outdent(line: &str, depth: usize) -> &str {
    let space = line.chars().take(depth).take_while(|c| c.is_whitespace()).map(char::len_utf8).sum();
    &line[space..]
}

/// A language to colour the code by. Not Rust, of which mdBook hides lines, and nothing that could end the fence's line.
fn language(info: &str) -> &str {
    let is_word = info.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '_' | '#'));
    if is_word && !info.is_empty() && !info.eq_ignore_ascii_case("rust") { info } else { "text" }
}
