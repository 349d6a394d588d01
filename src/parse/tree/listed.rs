//! Values written one a line below `いずれか {`, where the fact's own block is meant to begin; refuses to know types.

use super::{Item, Line, LineKind, Statement, Tree, as_known_here};
use crate::diag::{Code, Diagnostic, Edit};
use crate::parse::Rule;
use crate::parse::cursor::matches_rule;
use crate::parse::keyword::{Block, Keyword, find_keyword};
use crate::parse::lines::trim;
use crate::source::Span;

impl Tree<'_, '_> {
    /// Takes a line of such a list for a `値` line.
    pub(super) fn takes_listed_value(&mut self, line: &Line) -> bool {
        let is_list = self.stack.last().is_some_and(|frame| {
            let begins_list = |opener: &Statement| self.parser.ends_with_list_word(opener.rest);
            frame.block == Block::Fact && frame.opener.as_ref().is_some_and(begins_list)
        });
        if !is_list || self.is_known_in_fact(line) {
            return false;
        }
        let text = self.parser.text_of(line.span).trim_end_matches(['、', ',', '，']).trim_end();
        let value = Span { end: line.span.start + text.len() as u32, ..line.span };
        if !matches_rule(Rule::value_arg, text) {
            return false;
        }
        let (before, after) = (line.span.before(), Span { start: value.end, ..line.span });
        let Some(frame) = self.stack.last_mut() else { return false };
        let is_english = frame.opener.as_ref().is_some_and(|opener| self.parser.text_of(opener.word).is_ascii());
        let word = if is_english { "value " } else { "値 " };
        frame.listed.push(Edit { span: before, text: word.to_owned() });
        if !after.is_empty() {
            frame.listed.push(Edit { span: after, text: String::new() });
        }
        let (keyword, more) = (Keyword::Value, Vec::new());
        frame.items.push(Item::Statement(Statement {
            keyword,
            word: before,
            rest: value,
            span: line.span,
            body: None,
            more,
        }));
        true
    }

    fn is_known_in_fact(&self, line: &Line) -> bool {
        let LineKind::Statement { word } = line.kind else { return !matches!(line.kind, LineKind::Other) };
        let keyword = find_keyword(self.parser.text_of(word)).map(|keyword| as_known_here(keyword, Block::Fact));
        let is_known = |keyword| Block::Fact.opens(keyword).is_some() || Block::File.opens(keyword).is_some();
        keyword.is_some_and(is_known) || matches_rule(Rule::shows_line, self.parser.text_of(line.span))
    }

    /// The `} {` between such a list and the rest of the fact.
    pub(super) fn passes_list_end(&mut self, line: &Line) -> bool {
        let is_between = matches!(self.parser.text_of(line.rest), "{" | "｛");
        let Some(frame) = self.stack.last_mut().filter(|frame| is_between && !frame.listed.is_empty()) else {
            return false;
        };
        // The whole line goes.
        let before = self.parser.text.get(..line.span.start as usize).unwrap_or("");
        let start = before.rfind('\n').unwrap_or(before.len()) as u32;
        frame.listed.push(Edit { span: Span { start, ..line.span }, text: String::new() });
        true
    }

    pub(super) fn report_listed(&mut self, edits: Vec<Edit>) {
        let Some(first) = edits.first() else { return };
        let line = self.parser.text.get(first.span.start as usize..).and_then(|rest| rest.lines().next()).unwrap_or("");
        let line = Span { end: first.span.start + line.len() as u32, ..first.span };
        let line = trim(line, self.parser.text);
        let finding = Diagnostic::at(Code::UnknownStatement, line).message("values-below");
        let finding = finding.text("first", self.parser.text_of(line).trim_end_matches(['、', ',', '，']));
        self.parser.report(finding.edits("value-lines", edits, true));
    }
}
