//! `long-sentence`: a sentence that has to be read twice. What is quoted does not count: it is long as the screen has it.

use super::text::{Stretch, within};
use super::{Context, Lint, Scope};
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::source::{Sources, Span};

pub const LINT: Lint = Lint { code: Code::LongSentence, scope: Scope::Entry, check };

/// Most characters of a sentence in Japanese.
const MOST_CHARACTERS: usize = 120;

/// Most words of a sentence in English.
const MOST_WORDS: usize = 45;

/// A sentence on its line, and how long it is so far.
struct Sentence {
    line: (u32, usize),
    span: Span,
    characters: usize,
    words: usize,
}

fn check(context: &Context<'_>, diagnostics: &mut Diagnostics) {
    context.wording.files().flat_map(|file| &file.long).for_each(|finding| diagnostics.push(finding.clone()));
}

/// Those of a file. A sentence may stand in several stretches of one line, between which something is quoted.
pub fn find<'a>(stretches: impl Iterator<Item = (Stretch, &'a str)>, sources: &Sources) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let mut open: Option<Sentence> = None;
    for (stretch, text) in stretches {
        let file = &sources[stretch.span.file];
        let line = (stretch.span.file.0, file.line_index(stretch.span.start));
        if open.as_ref().is_some_and(|open| open.line != line) {
            found.extend(open.take().and_then(close));
        }
        for (at, part, ends) in sentences(text) {
            let span = within(stretch.span, at, at + part.len());
            let sentence = open.get_or_insert(Sentence { line, span, characters: 0, words: 0 });
            sentence.span.end = span.end;
            sentence.characters += part.chars().filter(|c| !c.is_ascii()).count();
            sentence.words += part.split_whitespace().filter(|word| word.is_ascii()).count();
            if ends {
                found.extend(open.take().and_then(close));
            }
        }
    }
    found.extend(open.and_then(close));
    found
}

fn close(sentence: Sentence) -> Option<Diagnostic> {
    let (length, key) = match sentence {
        Sentence { characters, .. } if characters > MOST_CHARACTERS => (characters, "characters"),
        Sentence { words, characters, .. } if words > MOST_WORDS && characters < 20 => (words, "words"),
        _ => return None,
    };
    let finding = Diagnostic::at(LINT.code, sentence.span).text("length", length.to_string());
    Some(finding.word("unit", key).help("part"))
}

/// Each sentence or part of one, where it begins, and whether it ends there.
fn sentences(text: &str) -> Vec<(usize, &str, bool)> {
    let mut parts = Vec::new();
    let mut from = 0;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let next = chars.peek().map(|(_, c)| *c);
        let ends = matches!(c, '。' | '！' | '？') || matches!(c, '.' | '!' | '?') && next.is_none_or(|c| c == ' ');
        if ends {
            let end = at + c.len_utf8();
            parts.extend(text.get(from..end).map(|part| (from, part, true)));
            from = end;
        }
    }
    parts.extend(text.get(from..).filter(|rest| !rest.trim().is_empty()).map(|rest| (from, rest, false)));
    parts
}
