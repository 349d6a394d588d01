//! Prose and the references in it.

use super::argument::{name_of, unquoted};
use super::cursor::{Node, parse_rule};
use super::lines::trim;
use super::tree::Statement;
use super::{Parser, Rule};
use crate::ast::{Name, Prose, Reference, Target};
use crate::diag::{Code, Diagnostic};
use crate::source::Span;

const BRACKETS: &[char] = &['[', '［', ']', '］'];

/// What follows the bracket of a reference.
const ARROWS: &[&str] = &["→", "⇒", "->", "=>", "@", "＠"];

impl Parser<'_> {
    /// Prose of one line and those that go on with it.
    pub(super) fn prose(&mut self, first: Span, more: &[Span]) -> Prose {
        let lines: Vec<Span> = std::iter::once(first).chain(more.iter().copied()).collect();
        let mut refs = Vec::new();
        for line in &lines {
            self.find_references(*line, &mut refs);
        }
        Prose { lines, refs }
    }

    /// A statement's prose; `None`, reported, when there is none.
    pub(super) fn prose_argument(&mut self, statement: &Statement) -> Option<Prose> {
        let rest = self.skip_colon(statement.rest);
        if rest.is_empty() && statement.more.is_empty() {
            self.report_missing(super::argument::QUESTION, statement);
            return None;
        }
        Some(self.prose(rest, &statement.more))
    }

    /// The same for a question, whose double quotes are no part of it.
    pub(super) fn question(&mut self, statement: &Statement) -> Option<Prose> {
        let rest = self.skip_colon(statement.rest);
        self.check_quotes(rest);
        let inner = parse_rule(Rule::question_arg, self.text_of(rest), rest).ok().and_then(|node| node.first());
        match inner {
            Some(text) if statement.more.is_empty() && !text.text().is_empty() => {
                Some(self.prose(trim(text.span(), self.text), &[]))
            }
            Some(_) | None => self.prose_argument(statement),
        }
    }

    /// A title: without quotes when all of it is quoted.
    pub(super) fn title(&mut self, node: &Node<'_>) -> Option<Prose> {
        let span = match node.find(Rule::quoted) {
            Some(quoted) => unquoted(&quoted),
            None => {
                let span = trim(node.span(), self.text);
                self.check_quotes(span);
                span
            }
        };
        let prose = (!span.is_empty()).then(|| self.prose(span, &[]))?;
        if !self.text_of(span).starts_with('「') {
            self.check_slips(&prose);
        }
        Some(prose)
    }

    fn find_references(&mut self, line: Span, refs: &mut Vec<Reference>) {
        let text = self.text_of(line);
        let mut from = 0;
        while let Some(at) = candidate(text, from) {
            let span = Span { start: line.start + at as u32, ..line };
            from = match self.reference_at(span) {
                Some(reference) => {
                    let end = (reference.span.end - line.start) as usize;
                    refs.push(reference);
                    end
                }
                None => at + text.get(at..).and_then(|rest| rest.chars().next()).map_or(1, char::len_utf8),
            };
        }
    }

    /// The reference that begins where `rest` begins.
    fn reference_at(&mut self, rest: Span) -> Option<Reference> {
        let text = self.text_of(rest);
        if text.starts_with(['[', '［']) {
            return self.bracketed(rest, text);
        }
        let node = parse_rule(Rule::bare_reference, text, rest).ok()?;
        if node.find(Rule::escape).is_some() {
            return Some(Reference { span: node.span(), target: Target::Escape, shown: None });
        }
        let mut ends =
            node.all(Rule::integer).chain(node.all(Rule::bare_range).flat_map(|range| range.all(Rule::integer)));
        let first = self.integer_of(&ends.next()?)?;
        let last = match ends.next() {
            Some(last) => self.integer_of(&last)?,
            None => first,
        };
        let target = Target::Numbers(crate::ast::EntryTarget::Numbers { first, last });
        Some(Reference { span: node.span(), target, shown: None })
    }

    fn bracketed(&mut self, rest: Span, text: &str) -> Option<Reference> {
        let after = text.trim_start_matches(['[', '［']);
        if !ARROWS.iter().any(|arrow| after.starts_with(arrow)) {
            return None;
        }
        // Up to the first bracket: what follows is another reference, or text.
        let length = text.char_indices().skip(1).find(|(_, c)| BRACKETS.contains(c));
        let length = length.map_or(text.len(), |(at, bracket)| match bracket {
            '[' | '［' => at,
            shut => at + shut.len_utf8(),
        });
        let rest = Span { end: rest.start + length as u32, ..rest };
        let text = self.text_of(rest);
        match parse_rule(Rule::reference, text, rest) {
            Ok(node) => {
                let target = self.target(&node.find(Rule::target)?)?;
                let shown = node.find(Rule::shown).map(|shown| trim(shown.span(), self.text));
                Some(Reference { span: node.span(), target, shown: shown.filter(|shown| !shown.is_empty()) })
            }
            Err(_) => {
                self.report_reference(rest, text);
                None
            }
        }
    }

    fn report_reference(&mut self, rest: Span, text: &str) {
        if self.is_reported(rest) {
            return;
        }
        if text.ends_with([']', '］']) {
            self.report(Diagnostic::at(Code::BadReference, rest).help("example"));
        } else {
            self.report_open_reference(rest, text);
        }
    }

    /// Whether the last finding is about a reference of the same line: one is enough to look the line over.
    fn is_reported(&mut self, rest: Span) -> bool {
        let Some(last) = self.diagnostics.last_mut().filter(|last| last.code == Code::OpenReference) else {
            return false;
        };
        let Some(span) = last.span.filter(|span| span.file == rest.file && span.start < rest.start) else {
            return false;
        };
        !self.text.get(span.start as usize..rest.start as usize).is_some_and(|between| between.contains('\n'))
    }

    fn report_open_reference(&mut self, rest: Span, text: &str) {
        let shut = if text.starts_with('［') { "］" } else { "]" };
        let opening: usize = text.chars().take(2).map(char::len_utf8).sum();
        let opening = Span { end: rest.start + opening as u32, ..rest };
        let inside = trim(Span { start: opening.end, ..rest }, self.text);
        let target = parse_rule(Rule::target, self.text_of(inside), inside).ok().map(|target| target.span());
        let span = opening.to(target.unwrap_or(opening));
        let finding = Diagnostic::at(Code::OpenReference, span);
        self.report(match target {
            Some(_) => finding.suggest("close", span.after(), shut),
            None => finding.help("example"),
        });
    }

    /// What a reference names.
    pub(super) fn target(&mut self, node: &Node<'_>) -> Option<Target> {
        let inner = node.first()?;
        match inner.rule() {
            Rule::numbers => self.numbers(&inner).map(Target::Numbers),
            Rule::entry_action_ref => self.action_ref(&inner).map(Target::Action),
            Rule::section_ref => section_target(&inner),
            Rule::kind_name => {
                let kind = inner.find(Rule::kind_word).map(|kind| Name { span: kind.span(), quoted: false });
                let name = match inner.find(Rule::circled) {
                    Some(number) => Name { span: number.span(), quoted: false },
                    None => name_of(&inner.find(Rule::name)?),
                };
                Some(Target::Name { kind, name })
            }
            _ => Some(Target::Name { kind: None, name: name_of(&inner) }),
        }
    }

    /// The targets of a `see`.
    pub(super) fn references(&mut self, statement: &Statement) -> Vec<Reference> {
        let Some(node) = self.argument(super::argument::TARGETS, statement) else { return Vec::new() };
        let targets = node.all(Rule::target).map(|target| (target.span(), self.target(&target)));
        targets.filter_map(|(span, target)| Some(Reference { span, target: target?, shown: None })).collect()
    }
}

fn section_target(node: &Node<'_>) -> Option<Target> {
    let document = name_of(&node.find(Rule::name)?);
    Some(Target::Section { document, section: section_name(&node.find(Rule::section)?) })
}

/// A section's number, title or URL, without 第…章.
pub(super) fn section_name(node: &Node<'_>) -> Name {
    match node.first() {
        Some(inner) if inner.rule() == Rule::quoted => Name { span: unquoted(&inner), quoted: true },
        Some(inner) => {
            let trailing = inner.text().len() - inner.text().trim_end().len();
            let span = inner.span();
            Name { span: Span { end: span.end - trailing as u32, ..span }, quoted: false }
        }
        None => Name { span: node.span(), quoted: false },
    }
}

/// The next place, from a byte offset on, where a reference might begin.
fn candidate(text: &str, from: usize) -> Option<usize> {
    // Besides ASCII, the first bytes of `［` and `Ｎ` (both EF) and of `№` (E2).
    let begins = |byte: &u8| matches!(byte, b'[' | b'\\' | b'N' | 0xEF | 0xE2);
    let mut at = from;
    loop {
        at += text.as_bytes().get(at..)?.iter().position(begins)?;
        if begins_reference(text, at) {
            return Some(at);
        }
        at += 1;
    }
}

fn begins_reference(text: &str, at: usize) -> bool {
    let Some(rest) = text.get(at..) else { return false };
    let after_word =
        text.get(..at).and_then(|before| before.chars().next_back()).is_some_and(|c| c.is_ascii_alphanumeric());
    rest.starts_with(['[', '［'])
        || (rest.starts_with('\\') && rest.get(1..).is_some_and(begins_number))
        || (!after_word && begins_number(rest))
}

fn begins_number(text: &str) -> bool {
    ["No", "Ｎｏ", "NO", "№"].iter().any(|mark| text.starts_with(mark))
}
