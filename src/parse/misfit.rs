//! What is said of an argument that is not of its kind: what is wrong with it, and what should stand there.

use std::ops::Range;

use super::argument::Kind;
use super::cursor::{Failure, matches_rule};
use super::lines::trim;
use super::rewrite::rewritten;
use super::tree::Statement;
use super::{Parser, Rule};
use crate::diag::{Code, Diagnostic, Edit};
use crate::source::Span;

/// An argument that its kind's rule does not match.
#[derive(Clone, Copy)]
pub(super) struct Misfit<'s> {
    pub kind: Kind,
    pub span: Span,
    /// The statement whose argument it is; a cell or a row has none.
    pub statement: Option<&'s Statement>,
}

/// Quotation marks, and those that close them.
const QUOTES: [(char, char); 3] = [('"', '"'), ('「', '」'), ('“', '”')];

/// Brackets of conditions and lists, in pairs of an opening and a closing set.
const BRACKETS: [([char; 2], [char; 2]); 2] = [(['(', '（'], [')', '）']), (['{', '｛'], ['}', '｝'])];

impl Parser<'_> {
    pub(super) fn report_missing(&mut self, kind: Kind, statement: &Statement) {
        let word = self.spelling_of(statement);
        let finding =
            Diagnostic::at(Code::MissingArgument, statement.word).text("word", word).word("expected", kind.word);
        self.report(match kind.rule {
            Rule::question_arg => finding.help("write-text"),
            _ => finding.word("example", kind.example).help("example"),
        });
    }

    pub(super) fn report_argument(&mut self, misfit: Misfit<'_>, failure: &Failure) {
        let finding = match self.open_quote(misfit.span) {
            Some((quote, shut)) => self.open_quote_finding(misfit, quote, shut),
            None => self.rewritten_finding(misfit).unwrap_or_else(|| self.misfit_finding(misfit, failure)),
        };
        self.report(finding);
    }

    /// An argument that only needs other words.
    fn rewritten_finding(&self, misfit: Misfit<'_>) -> Option<Diagnostic> {
        let Misfit { kind, span, statement } = misfit;
        let is_branch = kind.example == "example-branch";
        let reads = |text: &str| matches_rule(kind.rule, text) || is_branch && matches_rule(Rule::one_line_when, text);
        let found = rewritten(self.text_of(span), reads)?;
        // A word after a fact may be another fact, unless it is a number.
        let is_number =
            || self.last_token(span).is_empty() || self.text_of(self.last_token(span)).starts_with(char::is_numeric);
        if found.key == "no-equal" && is_condition(kind) && !is_number() {
            return None;
        }
        let place = |range: &Range<usize>| Span {
            start: span.start + range.start as u32,
            end: span.start + range.end as u32,
            ..span
        };
        let first = place(&found.edits.first()?.0);
        let at = trim(if first.is_empty() { self.token_at(first, span) } else { first }, self.text);
        let finding = Diagnostic::at(Code::BadArgument, at).message(found.key).text("found", self.text_of(at));
        let finding = finding.text("result", found.text);
        let edits = found.edits.iter().map(|(range, new)| Edit { span: place(range), text: new.clone() }).collect();
        Some(match statement {
            Some(statement) => finding.text("word", self.spelling_of(statement)).edits("rewrite", edits, found.sure),
            None => finding.edits("rewrite-part", edits, found.sure),
        })
    }

    fn misfit_finding(&self, misfit: Misfit<'_>, failure: &Failure) -> Diagnostic {
        let Misfit { kind, span, .. } = misfit;
        let wants = |rule| failure.expected.contains(&rule);
        if let Some(shut) = self.open_bracket(span).filter(|_| is_conditional(failure)) {
            let finding = self.unfinished(misfit, "arg-bracket").text("shut", shut);
            return finding.suggest("close", span.after(), shut);
        }
        // A name and a word that is no comparison: the word might have been a value that a bound follows.
        if failure.expected == [Rule::bound_op] {
            let token = self.last_token(span);
            if let Some(word) = self.word_between(span, token).filter(|_| !self.follows_bound(span, token)) {
                return self.unexpected(misfit, word, "arg-comparison");
            }
            return match self.follows_bound(span, token) {
                true => self.superfluous(misfit, token),
                false => self.unexpected(misfit, token, "arg-comparison"),
            };
        }
        let at = self.token_at(failure.at, span);
        let is_all = failure.at.start == span.start && failure.expected == [kind.rule];
        let at = if is_all { span } else { at };
        if at.is_empty() {
            return self.unfinished(misfit, expectation(failure).unwrap_or(kind.word));
        }
        if wants(Rule::EOI) && wants(Rule::quoted) {
            let rest = Span { end: span.end, ..at };
            return self.unexpected(misfit, rest, "arg-quoted").suggest("quote", rest, self.quoted(rest));
        }
        let before = Span { end: at.start, ..span };
        if self.ends_with_list_word(before) && kind.rule == Rule::fact_head {
            let kind = Kind { example: "example-value-list", ..kind };
            return self.unexpected(Misfit { kind, ..misfit }, at, "arg-value-list");
        }
        let wanted = expectation(failure);
        if wanted.is_none() && matches_rule(kind.rule, self.text_of(before)) {
            return self.superfluous(misfit, Span { end: span.end, ..at });
        }
        self.unexpected(misfit, at, wanted.unwrap_or(kind.word))
    }

    fn unexpected(&self, misfit: Misfit<'_>, at: Span, wanted: &'static str) -> Diagnostic {
        let finding = Diagnostic::at(Code::BadArgument, at).text("found", self.text_of(at)).word("expected", wanted);
        self.with_example(misfit, finding)
    }

    fn unfinished(&self, misfit: Misfit<'_>, wanted: &'static str) -> Diagnostic {
        let at = self.last_token(misfit.span);
        self.with_example(misfit, Diagnostic::at(Code::UnfinishedArgument, at).word("expected", wanted))
    }

    /// The argument is whole, and something follows it.
    fn superfluous(&self, misfit: Misfit<'_>, rest: Span) -> Diagnostic {
        let finding = Diagnostic::at(Code::TextAfterArgument, rest).text("found", self.text_of(rest));
        if !is_condition(misfit.kind) {
            return self.with_example(misfit, finding.help("remove"));
        }
        finding.help("and")
    }

    fn with_example(&self, misfit: Misfit<'_>, finding: Diagnostic) -> Diagnostic {
        let finding = finding.word("example", misfit.kind.example);
        match misfit.statement {
            Some(statement) => finding.text("word", self.spelling_of(statement)).help("example"),
            None => finding.help("example-part"),
        }
    }

    // ── Quotes and brackets ──

    fn open_quote_at(&self, quote: Span, shut: char) -> Diagnostic {
        Diagnostic::at(Code::OpenQuote, quote).text("quote", self.text_of(quote)).text("shut", shut)
    }

    fn open_quote_finding(&self, misfit: Misfit<'_>, quote: Span, shut: char) -> Diagnostic {
        let finding = self.open_quote_at(quote, shut);
        match misfit.kind.rule {
            Rule::names_arg => finding.suggest("close-end", misfit.span.after(), shut),
            _ => finding.help("close"),
        }
    }

    /// Reports prose that begins with a quotation mark which nothing closes.
    pub(super) fn check_quotes(&mut self, span: Span) {
        if !self.text_of(span).starts_with(QUOTES.map(|(open, _)| open)) {
            return;
        }
        let Some((quote, shut)) = self.open_quote(span).filter(|(quote, _)| quote.start == span.start) else { return };
        self.report(self.open_quote_at(quote, shut).fix("close-end", span.after(), shut));
    }

    /// The same of a title that a name stands before: with the mark open, both were read as one title.
    pub(super) fn check_quotes_after_name(&mut self, span: Span) {
        let text = self.text_of(span);
        let Some(name) = text.find(char::is_whitespace) else { return };
        let rest = text.get(name..).unwrap_or("").trim_start();
        let title = Span { start: span.end - rest.len() as u32, ..span };
        let is_double = rest.starts_with(['"', '“']);
        let Some((quote, shut)) = self.open_quote(title).filter(|(quote, _)| is_double && quote.start == title.start)
        else {
            return;
        };
        let finding = self.open_quote_at(quote, shut);
        // Another mark at the end is the one that was meant.
        self.report(match rest.ends_with(['“', '”', '″', '\'']) {
            true => finding.help("close"),
            false => finding.fix("close-end", title.after(), shut),
        });
    }

    /// A quotation mark that nothing closes, and the one that would.
    fn open_quote(&self, span: Span) -> Option<(Span, char)> {
        let text = self.text_of(span);
        let (at, open, shut) =
            QUOTES.into_iter().find_map(|(open, shut)| Some((lone(text, open, shut)?, open, shut)))?;
        let start = span.start + at as u32;
        Some((Span { start, end: start + open.len_utf8() as u32, ..span }, shut))
    }

    /// The bracket that would close the last open one.
    fn open_bracket(&self, span: Span) -> Option<char> {
        let text = self.text_of(span);
        BRACKETS.into_iter().find_map(|(open, shut)| {
            let is_open = text.matches(open).count() > text.matches(shut).count();
            let wide = text.rfind(open).and_then(|at| text.get(at..)).is_some_and(|rest| rest.starts_with(open[1]));
            is_open.then_some(shut[usize::from(wide)])
        })
    }

    fn quoted(&self, span: Span) -> String {
        format!("\"{}\"", self.text_of(span).trim())
    }

    /// Whether a condition such as `2 以上` ends just before.
    fn follows_bound(&self, span: Span, token: Span) -> bool {
        let before = self.text_of(Span { end: token.start, ..span }).trim_end();
        ["以上", "以降", "以下", "以前", "未満", "超", "より大きい", "より小さい"]
            .iter()
            .any(|word| before.ends_with(word))
    }

    /// The word between two names that joins them in no way that conditions know.
    fn word_between(&self, span: Span, token: Span) -> Option<Span> {
        let word = self.last_token(Span { end: token.start, ..span });
        let name = self.last_token(Span { end: word.start, ..span });
        let (written, before) = (self.text_of(word), self.text_of(name));
        let joins = ["かつ", "または", "もしくは", "ならば", "and", "or", "not", "implies", "で", "は"];
        let is_value =
            written.starts_with(char::is_numeric) || written.starts_with("今日") || written.contains(['=', '＝']);
        let is_joined =
            before.is_empty() || joins.contains(&before) || before.ends_with(['、', ',', '(', '（', '=', '＝']);
        (!written.is_empty() && !is_value && !is_joined && !joins.contains(&written)).then_some(word)
    }

    pub(super) fn ends_with_list_word(&self, span: Span) -> bool {
        let text = self.text_of(span).trim_end();
        ["one of", "one-of", "any of", "any-of", "いずれか", "複数"].iter().any(|word| text.ends_with(word))
    }

    // ── Places ──

    /// What stands at the place where reading stopped, up to the next space.
    fn token_at(&self, at: Span, span: Span) -> Span {
        let rest = self.text.get(at.start as usize..span.end as usize).unwrap_or("");
        let start = at.start + (rest.len() - rest.trim_start().len()) as u32;
        let token = rest.trim_start().split(char::is_whitespace).next().unwrap_or("");
        Span { start, end: start + token.len() as u32, ..span }
    }

    fn last_token(&self, span: Span) -> Span {
        let text = self.text_of(span).trim_end();
        let token = text.rsplit(char::is_whitespace).next().unwrap_or(text);
        let end = span.start + text.len() as u32;
        Span { start: end - token.len() as u32, end, ..span }
    }
}

/// Where the first quotation mark stands that nothing closes.
fn lone(text: &str, open: char, shut: char) -> Option<usize> {
    let (mut depth, mut first) = (0_i32, None);
    for (at, c) in text.char_indices() {
        if c == open && (open != shut || depth == 0) {
            first = first.filter(|_| depth > 0).or(Some(at));
            depth += 1;
        } else if c == shut {
            depth -= 1;
        }
    }
    first.filter(|_| depth > 0)
}

/// Whether the argument is a condition, or ends with one.
fn is_condition(kind: Kind) -> bool {
    matches!(
        kind.rule,
        Rule::condition_arg
            | Rule::only_when_arg
            | Rule::check_arg
            | Rule::else_arg
            | Rule::define_head
            | Rule::derive_row
    )
}

/// Whether reading stopped within a condition.
fn is_conditional(failure: &Failure) -> bool {
    let of_condition = |rule: &Rule| {
        matches!(rule, Rule::negation | Rule::not_after | Rule::bound_op | Rule::compare | Rule::value | Rule::quoted)
    };
    failure.expected.iter().any(of_condition)
}

/// The words for what the grammar looked for, where that says more than the argument's own description.
fn expectation(failure: &Failure) -> Option<&'static str> {
    const WORDS: [(Rule, &str); 20] = [
        (Rule::policy, "arg-policy"),
        (Rule::entry_action_ref, "arg-reuse"),
        (Rule::compare, "arg-comparison"),
        (Rule::negation, "arg-condition"),
        (Rule::range, "arg-range"),
        (Rule::kw_otherwise, "arg-when-or-otherwise"),
        (Rule::kw_when, "arg-when"),
        (Rule::fact_type, "arg-type"),
        (Rule::url, "arg-url"),
        (Rule::kw_decides, "arg-decides"),
        (Rule::kw_by, "arg-by"),
        (Rule::seconds, "arg-time-unit"),
        (Rule::target, "arg-targets"),
        (Rule::entry_ref, "arg-entries"),
        (Rule::equal, "arg-equal"),
        (Rule::value, "arg-value"),
        (Rule::number, "arg-value"),
        (Rule::today, "arg-value"),
        (Rule::name, "arg-name"),
        (Rule::bare_name, "arg-name"),
    ];
    let wants = |rule| failure.expected.contains(&rule);
    // What may stand here besides the end is worth saying only where little else may.
    let is_optional =
        wants(Rule::EOI) && !wants(Rule::policy) && !wants(Rule::entry_action_ref) && !wants(Rule::compare);
    let found = WORDS.into_iter().find(|(rule, _)| wants(*rule)).map(|(_, word)| word);
    // After a fact's name: a colon, whose rule is silent.
    let found = found.or(if failure.expected == [Rule::quoted] { Some("arg-colon-type") } else { None });
    found.filter(|_| !is_optional)
}
