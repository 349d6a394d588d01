//! Arguments of statements: one function for each kind, and the finding when one is not of its kind.

use super::cursor::{Node, matches_rule, parse_rule};
use super::misfit::Misfit;
use super::tree::Statement;
use super::{Parser, Rule};
use crate::ast::{ActionRef, Date, EntryRef, EntryTarget, Name, Spanned};
use crate::diag::{Code, Diagnostic};
use crate::source::Span;

/// A kind of argument: its rule, and the key of the words that describe it and of those that show one.
#[derive(Clone, Copy)]
pub(super) struct Kind {
    pub rule: Rule,
    pub word: &'static str,
    pub example: &'static str,
}

macro_rules! kinds {
    ($($name:ident $rule:ident $word:literal $example:literal)*) => {$(
        pub(super) const $name: Kind = Kind { rule: Rule::$rule, word: $word, example: $example };
    )*};
}

kinds! {
    INTEGER integer_arg "arg-integer" "example-integer"
    DATE date_arg "arg-date" "example-date"
    NAME name_arg "arg-name" "example-name"
    CONTACT name_arg "arg-contact" "example-contact"
    NAMES names_arg "arg-names" "example-names"
    SYMPTOMS names_arg "arg-symptoms" "example-symptoms"
    NOTHING nothing_arg "arg-nothing" "example-nothing"
    CONDITION condition_arg "arg-condition" "example-condition"
    ONLY_WHEN only_when_arg "arg-condition" "example-only-when"
    BRANCH condition_arg "arg-condition" "example-branch"
    BLOCK_BRANCH condition_arg "arg-condition" "example-block-branch"
    URL url_arg "arg-url" "example-url"
    ENTRIES entries_arg "arg-entries" "example-entries"
    ORDER order_arg "arg-entries" "example-order"
    ACTIONS actions_arg "arg-actions" "example-actions"
    REUSE reuse_arg "arg-reuse" "example-reuse"
    TARGETS targets_arg "arg-targets" "example-targets"
    EFFECTS effects_arg "arg-effects" "example-effects"
    LIKELY likely_arg "arg-likely" "example-likely"
    TAKES takes_arg "arg-takes" "example-takes"
    FALLTHROUGH fallthrough_arg "arg-fallthrough" "example-fallthrough"
    UNKNOWN unknown_arg "arg-unknown" "example-unknown"
    PATH path_arg "arg-path" "example-path"
    PHRASES phrases_arg "arg-phrases" "example-phrases"
    POLICY policy_arg "arg-policy" "example-policy"
    SAME_AS same_arg "arg-names" "example-same-as"
    KIND_OF kind_arg "arg-names" "example-kind-of"
    SHOWS shows_arg "arg-shows" "example-shows"
    VALUE value_arg "arg-value" "example-value"
    SECTION section_arg "arg-section" "example-section"
    CHECK check_arg "arg-check" "example-check"
    ENTRY_HEAD titled_head "arg-titled-head" "example-entry-head"
    TITLED_HEAD titled_head "arg-titled-head" "example-titled-head"
    ACTION_HEAD action_head "arg-action-head" "example-action-head"
    SYMPTOM_HEAD symptom_head "arg-symptom-head" "example-symptom-head"
    FACT_HEAD fact_head "arg-fact-head" "example-fact-head"
    DEFINE_HEAD define_head "arg-define-head" "example-define-head"
    DERIVE_HEAD fact_head "arg-fact-head" "example-derive-head"
    DERIVE_ROW derive_row "arg-derive-row" "example-derive-row"
    TABLE_HEAD table_head "arg-table-head" "example-table-head"
    TABLE_ROW table_row "arg-table-row" "example-table-row"
    CELL cell_arg "arg-cell" "example-cell"
    LINK_HEAD link_head "arg-link-head" "example-link-head"
    TERM_HEAD name_arg "arg-name" "example-term-head"
    TEXT_HEAD text_head "arg-text-head" "example-text-head"
    TEXT_CASE text_case "arg-text-case" "example-text-case"
    GIVEN test_given "arg-given" "example-given"
    EXPECT test_expect "arg-expect" "example-expect"
    ELSE else_arg "arg-else" "example-else"
    EXCEPTION exception_arg "arg-exception" "example-exception"
    QUESTION question_arg "arg-prose" "example-prose"
}

impl<'a> Parser<'a> {
    /// The statement's argument, if it is of the kind; else a finding.
    pub(super) fn argument(&mut self, kind: Kind, statement: &Statement) -> Option<Node<'a>> {
        let rest = self.skip_colon(statement.rest);
        if rest.is_empty() && !matches_rule(kind.rule, "") {
            self.report_missing(kind, statement);
            return None;
        }
        self.parse_argument(kind, rest, Some(statement))
    }

    /// The text at a place, if it is of the kind; else a finding.
    pub(super) fn parse_part(&mut self, kind: Kind, span: Span) -> Option<Node<'a>> {
        self.parse_argument(kind, span, None)
    }

    fn parse_argument(&mut self, kind: Kind, span: Span, statement: Option<&Statement>) -> Option<Node<'a>> {
        match parse_rule(kind.rule, self.text_of(span), span) {
            Ok(node) => Some(node),
            Err(failure) => {
                self.report_argument(Misfit { kind, span, statement }, &failure);
                None
            }
        }
    }

    /// A keyword may be followed by a colon.
    pub(super) fn skip_colon(&self, rest: Span) -> Span {
        let text = self.text_of(rest);
        match text.strip_prefix([':', '：']) {
            Some(after) => Span { start: rest.end - after.trim_start().len() as u32, ..rest },
            None => rest,
        }
    }

    // ── What arguments are made of ──

    pub(super) fn names(&mut self, kind: Kind, statement: &Statement) -> Vec<Name> {
        self.argument(kind, statement)
            .map(|node| node.all(Rule::name).map(|name| name_of(&name)).collect())
            .unwrap_or_default()
    }

    /// The name at the start of an argument, though the rest of it be wrong.
    pub(super) fn leading_name(&self, statement: &Statement) -> Option<Name> {
        self.leading(Rule::name, statement).map(|node| name_of(&node))
    }

    /// What an argument begins with, though the rest of it be wrong.
    pub(super) fn leading(&self, rule: Rule, statement: &Statement) -> Option<Node<'a>> {
        let rest = self.skip_colon(statement.rest);
        parse_rule(rule, self.text_of(rest), rest).ok()
    }

    pub(super) fn name(&mut self, kind: Kind, statement: &Statement) -> Option<Name> {
        self.argument(kind, statement)?.find(Rule::name).map(|name| name_of(&name))
    }

    pub(super) fn integer(&mut self, statement: &Statement) -> Option<Spanned<u32>> {
        let node = match self.argument(INTEGER, statement) {
            Some(node) => node.find(Rule::integer)?,
            // `No.2` is reported, and known as 2.
            None => self.leading(Rule::numbers, statement)?.find(Rule::integer)?,
        };
        let value = self.integer_of(&node)?;
        Some(Spanned { span: node.span(), value })
    }

    /// Digits as a number; one too large is reported.
    pub(super) fn integer_of(&mut self, node: &Node<'_>) -> Option<u32> {
        let value = digits(node.text()).parse().ok();
        if value.is_none() {
            self.report(Diagnostic::at(Code::NumberTooLarge, node.span()).help("digits"));
        }
        value
    }

    pub(super) fn date(&mut self, statement: &Statement) -> Option<Spanned<Date>> {
        let node = self.argument(DATE, statement)?.find(Rule::date)?;
        let value = self.date_of(&node)?;
        Some(Spanned { span: node.span(), value })
    }

    /// A date that exists.
    pub(super) fn date_of(&mut self, node: &Node<'_>) -> Option<Date> {
        let part = |rule| node.find(rule).and_then(|part| digits(part.text()).parse::<i32>().ok());
        let (year, month, day) = (part(Rule::date_year)?, part(Rule::date_month)?, part(Rule::date_day)?);
        let last = days_in_month(year, month);
        if (1..=last).contains(&day) {
            return Some(Date { year, month: month as u8, day: day as u8 });
        }
        let finding = Diagnostic::at(Code::NoSuchDate, node.span()).text("date", node.text());
        self.report(match last {
            0 => finding.help("months"),
            _ => finding.text("month", month.to_string()).text("last", last.to_string()).help("days"),
        });
        None
    }

    pub(super) fn seconds(&mut self, statement: &Statement) -> Option<Spanned<u32>> {
        let node = self.argument(TAKES, statement)?;
        let count = node.find(Rule::integer)?;
        let amount = self.integer_of(&count)?;
        let unit = node.children().find_map(|child| seconds_in(child.rule()))?;
        let value = amount.checked_mul(unit);
        if value.is_none() {
            self.report(Diagnostic::at(Code::NumberTooLarge, count.span()).help("shorter"));
        }
        Some(Spanned { span: node.span(), value: value? })
    }

    pub(super) fn entries(&mut self, kind: Kind, statement: &Statement) -> Vec<EntryRef> {
        let Some(node) = self.argument(kind, statement) else { return Vec::new() };
        node.all(Rule::entry_ref).filter_map(|entry| self.entry_ref(&entry)).collect()
    }

    pub(super) fn entry_ref(&mut self, node: &Node<'_>) -> Option<EntryRef> {
        let inner = node.first()?;
        let target = match inner.rule() {
            Rule::name => EntryTarget::Name(name_of(&inner)),
            Rule::numbers => self.numbers(&inner)?,
            _ => {
                let number = self.integer_of(&inner)?;
                EntryTarget::Numbers { first: number, last: number }
            }
        };
        Some(EntryRef { span: node.span(), target })
    }

    /// `No.10` or `No.10-12`.
    pub(super) fn numbers(&mut self, node: &Node<'_>) -> Option<EntryTarget> {
        let mut ends = node.all(Rule::integer);
        let first = self.integer_of(&ends.next()?)?;
        let last = match ends.next() {
            Some(last) => self.integer_of(&last)?,
            None => first,
        };
        Some(EntryTarget::Numbers { first, last })
    }

    pub(super) fn action_ref(&mut self, node: &Node<'_>) -> Option<ActionRef> {
        let entry = match node.find(Rule::entry_ref) {
            Some(entry) => Some(self.entry_ref(&entry)?),
            None => None,
        };
        let action = node.find(Rule::action_name)?.first()?;
        let action = match action.rule() {
            Rule::name => name_of(&action),
            _ => Name { span: action.span(), quoted: false },
        };
        Some(ActionRef { span: node.span(), entry, action })
    }
}

/// A `name` node's text without its quotes.
pub(super) fn name_of(node: &Node<'_>) -> Name {
    match node.find(Rule::quoted) {
        Some(quoted) => Name { span: unquoted(&quoted), quoted: true },
        None => Name { span: node.span(), quoted: false },
    }
}

/// A `quoted` node's text without its quotes.
pub(super) fn unquoted(node: &Node<'_>) -> Span {
    node.first().map_or_else(|| node.span(), |inner| inner.span())
}

/// ASCII digits for full-width ones.
pub(super) fn digits(written: &str) -> String {
    written.chars().map(ascii_digit).collect()
}

fn ascii_digit(c: char) -> char {
    match c {
        '０'..='９' => char::from_u32(u32::from(c) - u32::from('０') + u32::from('0')).unwrap_or(c),
        '．' => '.',
        '−' | '－' => '-',
        other => other,
    }
}

fn days_in_month(year: i32, month: i32) -> i32 {
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 => 28 + i32::from(leap),
        _ => 0,
    }
}

fn seconds_in(rule: Rule) -> Option<u32> {
    match rule {
        Rule::seconds => Some(1),
        Rule::minutes => Some(60),
        Rule::hours => Some(60 * 60),
        Rule::days => Some(24 * 60 * 60),
        _ => None,
    }
}
