//! Findings about prose that is read, though hardly as it was meant: brackets that nothing closes, references that are
//! text, alternatives out of order; refuses to know what references lead to.

use super::argument::digits;
use super::cursor::{matches_rule, parse_rule};
use super::lines::trim;
use super::{Parser, Rule};
use crate::ast::Prose;
use crate::diag::{Code, Diagnostic, Edit};
use crate::source::Span;

/// Brackets that writers put around a reference, and what closes them.
const OTHER_BRACKETS: [(&str, &str); 4] = [("【", "】"), ("〔", "〕"), ("（", "）"), ("(", ")")];

const ARROWS: [&str; 4] = ["→", "⇒", "->", "=>"];

/// Marks before a number that are not known as the beginning of a reference.
const OTHER_MARKS: [&str; 9] = ["no.", "no ", "No ", "No。", "No,", "No、", "Ｎｏ ", "Ｎｏ。", "ＮＯ"];

pub(super) const CIRCLED: [&str; 20] =
    ["①", "②", "③", "④", "⑤", "⑥", "⑦", "⑧", "⑨", "⑩", "⑪", "⑫", "⑬", "⑭", "⑮", "⑯", "⑰", "⑱", "⑲", "⑳"];

impl Parser<'_> {
    /// Looks the lines of a text over.
    pub(super) fn check_slips(&mut self, prose: &Prose) {
        self.check_corners(&prose.lines);
        for line in &prose.lines {
            self.check_references(*line);
        }
    }

    /// A 「 that no 」 closes, on its line or on those that go on with it.
    fn check_corners(&mut self, lines: &[Span]) {
        let mut open: Vec<Span> = Vec::new();
        for line in lines {
            for (at, c) in self.text_of(*line).char_indices() {
                let start = line.start + at as u32;
                match c {
                    '「' => open.push(Span { start, end: start + c.len_utf8() as u32, ..*line }),
                    '」' if open.pop().is_none() => return,
                    _ => {}
                }
            }
        }
        if let Some(first) = open.first() {
            self.report(Diagnostic::at(Code::OpenBracket, *first).text("open", "「").text("shut", "」").help("close"));
        }
    }

    /// A place for what varies in a message, of which the brace is not closed.
    pub(super) fn check_places(&mut self, line: Span) {
        let text = self.text_of(line);
        let (open, shut) = (['{', '｛'], ['}', '｝']);
        if text.matches(open).count() <= text.matches(shut).count() {
            return;
        }
        let Some(at) = text.rfind(open) else { return };
        let rest = text.get(at..).unwrap_or("");
        let brace = rest.chars().next().map_or(0, char::len_utf8);
        let inside = rest.get(brace..).unwrap_or("");
        let length = inside.find(|c: char| !c.is_alphanumeric()).unwrap_or(inside.len());
        if length == 0 || rest.contains(shut) {
            return;
        }
        let start = line.start + at as u32;
        let span = Span { start, end: start + (brace + length) as u32, ..line };
        let shut = if rest.starts_with('{') { "}" } else { "｝" };
        let finding = Diagnostic::at(Code::OpenBracket, span).text("open", rest.get(..brace).unwrap_or("{"));
        self.report(finding.text("shut", shut).suggest("close-place", span.after(), shut));
    }

    /// What looks like a reference, and is read as text.
    fn check_references(&mut self, line: Span) {
        let text = self.text_of(line);
        // Most lines have neither an arrow nor the letter that every mark begins with.
        let has_arrow = text.contains(['→', '⇒', '>']);
        let has_mark = text.contains(['N', 'n', 'Ｎ']);
        let of_arrow = || self.other_brackets(line, text).or_else(|| self.bare_arrow(line, text));
        let of_mark = || self.other_mark(line, text).or_else(|| self.further_number(line, text));
        let found = has_arrow.then(of_arrow).flatten().or_else(|| has_mark.then(of_mark).flatten());
        if let Some(finding) = found {
            self.report(finding);
        }
    }

    /// `【→操作マニュアル 2.1】`
    fn other_brackets(&self, line: Span, text: &str) -> Option<Diagnostic> {
        for (open, shut) in OTHER_BRACKETS {
            for (at, _) in text.match_indices(open) {
                let inside = text.get(at + open.len()..)?;
                let Some(arrow) = ARROWS.iter().find(|arrow| inside.starts_with(**arrow)) else { continue };
                let Some(end) = inside.find(shut) else { continue };
                let target = inside.get(arrow.len()..end)?.trim();
                let is_name = open == "【" || open == "〔" || self.is_sure_target(target);
                let meant = format!("[→{target}]");
                if is_name && matches_rule(Rule::reference, &meant) {
                    let from = line.start + at as u32;
                    let span = Span { start: from, end: from + (open.len() + end + shut.len()) as u32, ..line };
                    return Some(self.unread(span, meant));
                }
            }
        }
        None
    }

    /// `->No.3`
    fn bare_arrow(&self, line: Span, text: &str) -> Option<Diagnostic> {
        for arrow in ["->", "=>"] {
            for (at, _) in text.match_indices(arrow) {
                let before = text.get(..at)?.chars().next_back();
                let rest = text.get(at + arrow.len()..)?;
                let gap = rest.len() - rest.trim_start().len();
                let is_bracketed = before.is_some_and(|c| matches!(c, '[' | '［' | '【' | '〔' | '（' | '('));
                if is_bracketed {
                    continue;
                }
                let start = line.start + (at + arrow.len() + gap) as u32;
                let place = Span { start, ..line };
                if let Ok(number) = parse_rule(Rule::bare_reference, rest.trim_start(), place) {
                    let span = Span { start: line.start + at as u32, end: number.span().end, ..line };
                    return Some(self.unread(span, format!("[→{}]", number.text())));
                }
            }
        }
        None
    }

    /// `no.78`, `No 12`
    fn other_mark(&self, line: Span, text: &str) -> Option<Diagnostic> {
        for mark in OTHER_MARKS {
            for (at, _) in text.match_indices(mark) {
                let rest = text.get(at + mark.len()..)?;
                let length = rest.find(|c: char| !c.is_numeric()).unwrap_or(rest.len());
                let number = digits(rest.get(..length)?);
                let before = text.get(..at)?.chars().next_back();
                let is_word = before.is_some_and(|c| c.is_ascii_alphanumeric() || c == '\\' || c == '→');
                if is_word || number.parse::<u32>().is_err() {
                    continue;
                }
                let start = line.start + at as u32;
                let span = Span { start, end: start + (mark.len() + length) as u32, ..line };
                return Some(self.unread(span, format!("No.{number}")));
            }
        }
        None
    }

    /// `No.12,13`: only the first is a reference.
    fn further_number(&self, line: Span, text: &str) -> Option<Diagnostic> {
        for (at, _) in text.match_indices("No") {
            let place = Span { start: line.start + at as u32, ..line };
            let Ok(first) = parse_rule(Rule::bare_reference, text.get(at..)?, place) else { continue };
            let after = text.get(at + first.text().len()..)?;
            let Some(rest) = after.strip_prefix(['、', ',', '，', '・']) else { continue };
            let rest = rest.trim_start();
            let length = rest.find(|c: char| !c.is_numeric()).unwrap_or(rest.len());
            let (number, next) = rest.split_at_checked(length)?;
            let is_end = next.is_empty()
                || next.starts_with(['の', 'を', 'も', 'は', 'と', 'に', 'で', 'へ', 'や', '、', '。', ')', '）']);
            if number.is_empty() || !is_end {
                continue;
            }
            let start = first.span().end + (after.len() - rest.len()) as u32;
            let span = Span { start, end: start + length as u32, ..line };
            return Some(self.unread(span, format!("No.{}", digits(number))));
        }
        None
    }

    /// Whether a text in round brackets, which may well be no reference, is one.
    fn is_sure_target(&self, target: &str) -> bool {
        matches_rule(Rule::bare_reference, target) || self.declares(target)
    }

    /// Whether the file declares a name, or the document of a section.
    fn declares(&self, target: &str) -> bool {
        let name = target.split_whitespace().next().unwrap_or("");
        let word = |text: &str| text.split_whitespace().nth(1) == Some(name);
        let is_heading = |text: &&str| !text.starts_with(char::is_whitespace) && word(text);
        !name.is_empty() && self.text.lines().any(|text| is_heading(&text))
    }

    fn unread(&self, span: Span, meant: String) -> Diagnostic {
        let finding = Diagnostic::at(Code::UnreadReference, span).text("found", self.text_of(span));
        finding.text("meant", &meant).suggest("write", span, meant)
    }

    // ── Alternatives ──

    /// Alternatives go on from ①; `before` are those written before in the same block.
    pub(super) fn check_alternative(&mut self, span: Span, before: usize) {
        let text = self.text_of(span);
        let (mark, number) = match CIRCLED.iter().position(|mark| text.starts_with(mark)) {
            Some(at) => ("①".len(), at + 1),
            None => {
                let length = text.find(|c: char| !c.is_numeric()).unwrap_or(text.len());
                let Ok(number) = digits(text.get(..length).unwrap_or("")).parse() else { return };
                (length, number)
            }
        };
        let expected = before + 1;
        if number == expected {
            return;
        }
        let span = trim(Span { end: span.start + mark as u32, ..span }, self.text);
        let meant = match CIRCLED.get(before).filter(|_| CIRCLED.iter().any(|mark| text.starts_with(mark))) {
            Some(mark) => (*mark).to_owned(),
            None => expected.to_string(),
        };
        let finding = Diagnostic::at(Code::AlternativeNumber, span).text("found", self.text_of(span));
        let finding = finding.text("count", expected.to_string()).text("meant", &meant);
        let edits = vec![Edit { span, text: meant }];
        self.report(finding.edits("renumber", edits, false));
    }
}
