//! Findings about lines that are nothing their block knows, and about prose without a mark.

use super::Parser;
use super::keyword::{Block, Keyword, find_keyword, statements};
use super::lines::{Line, LineKind};
use super::nearest::Guess;
use super::outside::touch;
use super::slips::CIRCLED;
use crate::diag::{Arg, Code, Diagnostic};
use crate::language::Language;
use crate::model::fold_name;
use crate::source::Span;

/// What an unmarked line among steps may be besides a step.
pub(super) enum Meant {
    Prose,
    /// A statement, though that is not certain.
    Statement(Guess),
    /// It begins with a mark that is none, as long as the span; the one to write instead.
    Marked(Span, &'static str),
}

/// What writers put where a mark belongs.
const OTHER_MARKS: [(&str, &str); 16] = [
    ("注意：", "※"),
    ("注意:", "※"),
    ("注：", "※"),
    ("注:", "※"),
    ("注）", "※"),
    ("注)", "※"),
    ("（注）", "※"),
    ("(注)", "※"),
    ("補足：", "※"),
    ("補足:", "※"),
    ("備考）", "※"),
    ("→", "＞"),
    ("⇒", "＞"),
    ("▶", "＞"),
    ("●", "・"),
    ("•", "・"),
];

/// How far around an unmarked line the marks of others are looked at, in bytes.
const NEAR: usize = 4096;

impl Parser<'_> {
    pub(super) fn meant_by(&self, line: &Line) -> Meant {
        let text = self.text_of(line.span);
        let first = |length: usize| Span { end: line.span.start + length as u32, ..line.span };
        if let Some((written, mark)) = OTHER_MARKS.iter().find(|(written, _)| text.starts_with(written)) {
            return Meant::Marked(first(written.len()), mark);
        }
        if let Some((length, mark)) = enumeration(text) {
            return Meant::Marked(first(length), mark);
        }
        let LineKind::Statement { word } = line.kind else { return Meant::Prose };
        match self.guess(line, word, Block::Action).filter(|guess| guess.reads && !guess.keyword.takes_prose()) {
            Some(guess) => Meant::Statement(guess),
            None => Meant::Prose,
        }
    }

    /// Prose without a mark, read as a step or as going on with the text before.
    pub(super) fn report_unmarked_prose(&mut self, span: Span, continues: bool, meant: Meant) {
        let code = if continues { Code::UnmarkedContinuation } else { Code::UnmarkedStep };
        let mark = self.mark_of_neighbours(span, continues);
        let finding = Diagnostic::at(code, span).text("mark", mark);
        let marked = format!("{mark} ");
        self.report(match meant {
            Meant::Prose => finding.fix("add-mark", span.before(), marked),
            Meant::Marked(written, other) => {
                let finding = finding.text("written", self.text_of(written)).text("other", other);
                let rest = self.text_of(Span { start: written.end, ..span });
                let gap = (rest.len() - rest.trim_start().len()) as u32;
                finding.suggest("other-mark", Span { end: written.end + gap, ..written }, format!("{other} "))
            }
            Meant::Statement(guess) => {
                let line = format!("{} {}", guess.spelling, self.text_of(guess.rest));
                let finding = finding.text("line", line.clone()).suggest("statement", span, line);
                finding.suggest("add-mark", span.before(), marked)
            }
        });
    }

    /// The mark as the lines nearby have it, or as wide as the line's first character.
    fn mark_of_neighbours(&self, span: Span, continues: bool) -> &'static str {
        let (narrow, wide) = if continues { ("|", "｜") } else { (">", "＞") };
        let here = span.start as usize;
        let marks = |text: &'_ str| {
            let starts = text.lines().map(str::trim_start).filter(|line| line.starts_with(['>', '＞', '|', '｜']));
            starts.map(|line| line.starts_with(['>', '|'])).collect::<Vec<_>>()
        };
        let at_char = |at: usize| (0..=at).rev().find(|at| self.text.is_char_boundary(*at)).unwrap_or(0);
        let from = at_char(here.saturating_sub(NEAR));
        let to = at_char((here + NEAR).min(self.text.len()));
        let before = marks(self.text.get(from..here).unwrap_or("")).last().copied();
        let nearest = before.or_else(|| marks(self.text.get(here..to).unwrap_or("")).first().copied());
        let is_narrow = nearest.unwrap_or_else(|| self.text_of(span).starts_with(|c: char| c.is_ascii()));
        if is_narrow { narrow } else { wide }
    }

    /// A line that is neither marked nor a statement, where only those may stand.
    pub(super) fn report_unmarked(&mut self, line: &Line, block: Block) {
        if let Some(finding) = self.written_otherwise(line, block) {
            return self.report(finding);
        }
        let finding = match &line.kind {
            LineKind::Statement { word } if !is_sentence(self.text_of(line.span)) => {
                self.unknown_statement(*word, block)
            }
            LineKind::Statement { .. } | LineKind::Other => return self.report_unknown_line(line.span, block),
            LineKind::Step
            | LineKind::Bullet
            | LineKind::Note
            | LineKind::Warning
            | LineKind::Continuation
            | LineKind::Alternative
            | LineKind::Close
            | LineKind::Fence { .. } => self.misplaced_line(line, block),
        };
        self.report_in(block, self.first_line(line.span), finding);
    }

    /// A sentence such as 「解決しない場合は、窓口にご連絡ください。」.
    fn written_otherwise(&self, line: &Line, block: Block) -> Option<Diagnostic> {
        block.opens(Keyword::Otherwise)?;
        let text = self.text_of(line.span);
        let rest = ["解決しない場合", "解決しないとき", "直らない場合", "直らないとき"]
            .iter()
            .find_map(|begin| text.strip_prefix(begin))?;
        let finding = Diagnostic::at(Code::UnknownLine, line.span).word("block", block.word());
        Some(match self.contact_in(rest) {
            Some(contact) => {
                let written = format!("解決しない場合 連絡 {contact}");
                finding.text("line", written.clone()).suggest("otherwise", line.span, written)
            }
            None => finding.help("otherwise-contact"),
        })
    }

    /// A word that is no keyword of its block.
    pub(super) fn unknown_statement(&self, word: Span, block: Block) -> Diagnostic {
        let written = self.text_of(word);
        let finding = Diagnostic::at(Code::UnknownStatement, word).text("word", written).word("block", block.word());
        with_known(finding, block, self.language())
    }

    /// Text in lines below each other is one finding.
    fn report_unknown_line(&mut self, span: Span, block: Block) {
        if block != Block::File && self.goes_on_from_last(span) {
            return;
        }
        let finding = Diagnostic::at(Code::UnknownLine, span).word("block", block.word());
        let finding = if is_sentence(self.text_of(span)) || block == Block::File {
            finding
        } else {
            with_known(finding, block, self.language())
        };
        let finding = match block {
            Block::Entry | Block::Cause => finding.help("step-or-note"),
            _ if block.opens(Keyword::Note).is_some() => finding.help("note"),
            _ => finding,
        };
        self.report_in(block, span, finding.help("comment"));
    }

    /// Where a line does not tell which keywords its writer uses, the beginning of the file does.
    fn language(&self) -> Language {
        const BEGINNING: usize = 64;
        let first = |line: &'_ str| line.split_whitespace().next().unwrap_or("").to_owned();
        let words = self.text.lines().take(BEGINNING).map(first);
        let keyword = words.filter(|word| find_keyword(word).is_some()).find(|word| word != "url" && word != "URL");
        let is_ascii = match keyword {
            Some(keyword) => keyword.is_ascii(),
            None => self.text.lines().take(BEGINNING).all(str::is_ascii),
        };
        if is_ascii { Language::English } else { Language::Japanese }
    }

    fn goes_on_from_last(&mut self, span: Span) -> bool {
        let text = self.text;
        let Some(last) = self.diagnostics.last_mut().filter(|last| last.code == Code::UnknownLine) else {
            return false;
        };
        let Some(before) = last.span.as_mut().filter(|before| before.file == span.file) else { return false };
        let adjoins = touch(text, *before, span);
        if adjoins {
            before.end = span.end;
        }
        adjoins
    }

    fn misplaced_line(&self, line: &Line, block: Block) -> Diagnostic {
        let first = Span { end: line.rest.start, ..line.span };
        let mark = self.text_of(first).trim();
        let span = self.first_line(line.span);
        let finding = Diagnostic::at(Code::MisplacedLine, span).text("mark", mark).word("block", block.word());
        if block == Block::Fact { finding.help("in-check") } else { finding.help("home") }
    }

    fn first_line(&self, span: Span) -> Span {
        let text = self.text_of(span);
        let length = text.find('\n').unwrap_or(text.len());
        Span { end: span.start + text.get(..length).unwrap_or("").trim_end().len() as u32, ..span }
    }
}

/// Whether a line reads as prose, not as a statement with a misspelt keyword.
fn is_sentence(text: &str) -> bool {
    const LONG: usize = 30;
    text.contains('。') || text.ends_with(['、', '.', '!', '?', '！', '？', '．']) || text.chars().count() > LONG
}

/// The bytes of `(1)` or `１．` at the start of a line, and the mark of such an alternative.
fn enumeration(text: &str) -> Option<(usize, &'static str)> {
    let inside = text.strip_prefix(['(', '（']).unwrap_or(text);
    let number = inside.chars().next()?;
    let after = inside.get(number.len_utf8()..)?;
    let is_bracketed = inside.len() < text.len() && after.starts_with([')', '）']);
    let is_pointed = inside.len() == text.len() && after.starts_with(['.', '．', ')', '）']);
    let digit = fold_name(number.encode_utf8(&mut [0; 4])).parse::<usize>().ok()?;
    let mark = CIRCLED.get(..9)?.get(digit.checked_sub(1)?)?;
    let end = after.chars().next().map_or(0, char::len_utf8);
    (is_bracketed || is_pointed).then_some((text.len() - after.len() + end, *mark))
}

/// Says what lines the block knows.
fn with_known(finding: Diagnostic, block: Block, language: Language) -> Diagnostic {
    let mut known: Vec<&str> = statements(block).iter().map(|(keyword, _)| keyword.spelling(language)).collect();
    known.dedup();
    if known.is_empty() {
        return finding;
    }
    let known = known.into_iter().map(|spelling| Arg::Text(spelling.to_owned())).collect();
    finding.arg("known", Arg::List(known)).help("known")
}
