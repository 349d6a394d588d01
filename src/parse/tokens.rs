//! Arguments cut into tokens, each with the one way to write it; refuses to know lines and blocks.

use super::Rule;
use super::cursor::{Node, matches_rule, parse_rule};
use super::fact::glued_values;
use super::keyword::{Block, Keyword};
use crate::source::Span;

/// What may stand after a keyword, or as a row of its block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Argument {
    /// Prose and phrases: kept as written.
    Prose,
    /// By a rule of the grammar.
    Ruled(Ruled),
    /// Cells between bars.
    Row,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Ruled(Rule);

impl Ruled {
    /// Whether the whole text is of the rule.
    pub(super) fn matches(self, text: &str) -> bool {
        matches_rule(self.0, text)
    }
}

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Class {
    /// A keyword within the argument.
    Word,
    Name,
    Quoted,
    Number,
    /// `No.10` or `No.10-12`.
    Numbers,
    Url,
    Sign,
    /// Prose.
    Text,
    Comment,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Token {
    pub span: Span,
    pub class: Class,
    /// As it should be written.
    pub text: String,
    /// Whether it stands at the token before it.
    pub tight: bool,
}

impl Argument {
    /// What the keyword takes in its block.
    pub(crate) fn of(block: Block, keyword: Keyword, has_body: bool, text: &str) -> Self {
        use Keyword as K;
        let rule = match keyword {
            K::Note | K::Cause | K::Owner | K::Solved | K::Test | K::Message | K::During | K::Ask => {
                return Self::Prose;
            }
            K::Where | K::Tel | K::Mail | K::Hours | K::Tell | K::Meaning | K::Reading => return Self::Prose,
            K::Entry => Rule::titled_head,
            K::Symptom if block == Block::File => Rule::symptom_head,
            K::Symptom | K::Formerly | K::Finds | K::Recheck => Rule::names_arg,
            K::Fact | K::Derive => Rule::fact_head,
            K::Define => Rule::define_head,
            K::Table => Rule::table_head,
            K::Assume => Rule::condition_arg,
            K::Document => Rule::titled_head,
            K::Contact | K::ContactTo if block == Block::File => Rule::titled_head,
            K::Contact | K::ContactTo | K::Name | K::Term => Rule::name_arg,
            K::Link => Rule::link_head,
            K::Text => Rule::text_head,
            K::Allow => Rule::exception_arg,
            K::Number | K::Weight => Rule::integer_arg,
            K::Review | K::Updated => Rule::date_arg,
            K::Category => Rule::path_arg,
            K::When if !has_body && matches_rule(Rule::one_line_when, text) => Rule::one_line_when,
            K::When => Rule::condition_arg,
            K::Else => Rule::else_arg,
            K::Fallback => Rule::nothing_arg,
            K::Before | K::Overrides | K::Then => Rule::entries_arg,
            K::Action => Rule::action_head,
            K::Do => Rule::reuse_arg,
            K::See => Rule::targets_arg,
            K::Otherwise => Rule::fallthrough_arg,
            K::Sets => Rule::effects_arg,
            K::After => Rule::actions_arg,
            K::Likely => Rule::likely_arg,
            K::Takes => Rule::takes_arg,
            K::Also | K::Avoid => Rule::phrases_arg,
            K::SameAs => Rule::same_arg,
            K::KindOf => Rule::kind_arg,
            K::Order => Rule::order_arg,
            K::Policy => Rule::policy_arg,
            K::Check => Rule::check_arg,
            K::Shows => Rule::shows_arg,
            K::OnlyWhen => Rule::only_when_arg,
            K::IfUnknown => Rule::unknown_arg,
            K::Value => Rule::value_arg,
            K::Section => Rule::section_arg,
            K::Url => Rule::url_arg,
            K::Given => Rule::test_given,
            K::Expect => Rule::test_expect,
        };
        Self::Ruled(Ruled(rule))
    }

    /// What the rows of a block are, if it has rows.
    pub(crate) fn of_cells(block: Block) -> Option<Self> {
        match block {
            Block::Derive => Some(Self::Ruled(Ruled(Rule::derive_row))),
            Block::Text => Some(Self::Ruled(Ruled(Rule::text_case))),
            Block::Table => Some(Self::Row),
            Block::File
            | Block::Entry
            | Block::Cause
            | Block::Action
            | Block::Branch
            | Block::Symptom
            | Block::Fact
            | Block::Document
            | Block::Contact
            | Block::Term
            | Block::Test
            | Block::Unknown => None,
        }
    }

    /// The tokens of the text at a place; `None` when it is not of this kind.
    pub(crate) fn tokens(self, text: &str, span: Span) -> Option<Vec<Token>> {
        match self {
            Self::Prose => Some(vec![Token { span, class: Class::Text, text: text.to_owned(), tight: false }]),
            Self::Ruled(Ruled(rule)) => tokens_by(rule, text, span),
            Self::Row => tokens_by(Rule::table_row, text, span),
        }
    }
}

/// The tokens of one cell of a table.
pub(crate) fn cell_tokens(text: &str, span: Span) -> Option<Vec<Token>> {
    tokens_by(Rule::cell_arg, text, span)
}

fn tokens_by(rule: Rule, text: &str, span: Span) -> Option<Vec<Token>> {
    let node = parse_rule(rule, text, span).ok()?;
    let mut cutter = Cutter { text, base: span, tokens: Vec::new(), glued: false };
    cutter.within(&node, Around::of(rule));
    Some(cutter.tokens)
}

/// What the signs between the parts of a rule mean for the space around them.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Around {
    Plain,
    /// Names parted by commas or by space alone.
    List,
    /// All at one another: `2..5`, `entry/action`.
    Tight,
    /// A fact and its type, with space around the colon.
    Head,
    /// `{a, b}`
    Set,
    /// The values of a type, in braces.
    Values,
    /// `{` and `}` of values some of which have labels, with commas between.
    Labelled,
}

impl Around {
    fn of(rule: Rule) -> Self {
        match rule {
            Rule::names_arg | Rule::entries_arg | Rule::actions_arg | Rule::same_arg | Rule::kind_arg => Self::List,
            Rule::order_arg | Rule::expect_applies => Self::List,
            Rule::range | Rule::entry_action_ref | Rule::action_ref | Rule::kind_name => Self::Tight,
            Rule::takes_arg | Rule::likely_arg => Self::Tight,
            Rule::fact_head => Self::Head,
            Rule::in_set => Self::Set,
            Rule::one_of | Rule::any_of => Self::Values,
            _ => Self::Plain,
        }
    }
}

struct Cutter<'a> {
    text: &'a str,
    base: Span,
    tokens: Vec<Token>,
    /// The next token stands at the last one.
    glued: bool,
}

impl Cutter<'_> {
    fn within(&mut self, node: &Node<'_>, around: Around) {
        let span = node.span();
        let mut from = span.start;
        let mut before: Option<Rule> = None;
        for child in node.children() {
            let at = child.span();
            self.gap(from, at.start, around);
            self.part(before, &child, around);
            self.child(&child, around);
            from = at.end;
            before = Some(child.rule());
        }
        self.gap(from, span.end, around);
    }

    /// Writes the comma between two parts of a list that only space parts, or takes the space away.
    fn part(&mut self, before: Option<Rule>, child: &Node<'_>, around: Around) {
        let is_parted = self.tokens.last().is_none_or(|last| last.class == Class::Sign);
        let at = child.span().before();
        match around {
            Around::List if before == Some(child.rule()) && !is_parted => self.comma(at),
            Around::Labelled if child.rule() == Rule::value_decl => {
                if before == Some(Rule::value_decl) && !is_parted {
                    self.comma(at);
                }
            }
            Around::Tight if before.is_some() => self.glued = true,
            Around::Plain
            | Around::List
            | Around::Tight
            | Around::Head
            | Around::Set
            | Around::Values
            | Around::Labelled => {}
        }
    }

    fn comma(&mut self, span: Span) {
        self.push(span, Class::Sign, ",".to_owned());
        if let Some(last) = self.tokens.last_mut() {
            last.tight = true;
        }
    }

    fn child(&mut self, node: &Node<'_>, around: Around) {
        let written = node.text();
        let span = node.span();
        match node.rule() {
            Rule::name => {
                let quoted = node.find(Rule::quoted).is_some();
                self.push(span, if quoted { Class::Quoted } else { Class::Name }, written.to_owned());
            }
            Rule::quoted => self.push(span, Class::Quoted, written.to_owned()),
            Rule::circled | Rule::lint_name | Rule::section_declared | Rule::section => {
                self.push_trimmed(span, Class::Name, written);
            }
            Rule::title
            | Rule::title_text
            | Rule::message_text
            | Rule::shown_text
            | Rule::reason
            | Rule::path_part
            | Rule::phrase => self.push_trimmed(span, Class::Text, written),
            Rule::cell => self.push(span, Class::Text, written.trim().to_owned()),
            Rule::integer | Rule::number | Rule::version | Rule::date => {
                self.push(span, Class::Number, plain_digits(written));
            }
            Rule::measured => self.measured(node),
            Rule::unit | Rule::unit_name => self.push(span, Class::Name, written.to_owned()),
            Rule::numbers => self.push(span, Class::Numbers, numbers(node)),
            Rule::url => self.push(span, Class::Url, written.to_owned()),
            Rule::range_mark => self.push(span, Class::Sign, range_mark(written).to_owned()),
            Rule::kw_yes_no => {
                let text = written.replace('／', "/").split_whitespace().collect();
                self.push(span, Class::Word, text);
            }
            Rule::not_word if !written.starts_with('n') => {
                self.push(span, Class::Sign, "!".to_owned());
                self.glued = true;
            }
            Rule::one_of | Rule::any_of => self.within(node, values_around(node)),
            rule if node.first().is_none() => self.leaf(rule, span, written, around),
            rule => self.within(node, Around::of(rule)),
        }
    }

    fn leaf(&mut self, rule: Rule, span: Span, written: &str, around: Around) {
        if written.is_empty() {
            return;
        }
        if rule == Rule::today_sign {
            return self.push(span, Class::Sign, plain_digits(&written.replace('＋', "+")).replace(['–', '‐'], "-"));
        }
        if written.chars().next().is_some_and(|c| c.is_alphabetic() || c == '…') {
            let words: Vec<&str> = written.split_whitespace().collect();
            return self.push(span, Class::Word, words.join(" "));
        }
        self.gap(span.start, span.end, around);
    }

    /// A number and its unit, with the space that was written between.
    fn measured(&mut self, node: &Node<'_>) {
        for child in node.children() {
            let span = child.span();
            if child.rule() == Rule::unit {
                self.glued = self.tokens.last().is_some_and(|last| last.span.end == span.start);
                self.push(span, Class::Name, child.text().to_owned());
            } else {
                self.push(span, Class::Number, plain_digits(child.text()));
            }
        }
    }

    fn push_trimmed(&mut self, span: Span, class: Class, written: &str) {
        let text = written.trim();
        let start = span.start + (written.len() - written.trim_start().len()) as u32;
        if !text.is_empty() {
            self.push(Span { start, end: start + text.len() as u32, ..span }, class, text.to_owned());
        }
    }

    fn push(&mut self, span: Span, class: Class, text: String) {
        let tight = std::mem::take(&mut self.glued);
        self.tokens.push(Token { span, class, text, tight });
    }

    /// The words and signs between two nodes.
    fn gap(&mut self, start: u32, end: u32, around: Around) {
        let base = self.base.start;
        let text = self.text;
        let mut at = start;
        while at < end {
            let rest = text.get((at - base) as usize..(end - base) as usize).unwrap_or("");
            let Some(c) = rest.chars().next() else { return };
            let length = if c.is_whitespace() {
                c.len_utf8()
            } else if matches!(c, '#' | '＃') {
                let comment = format!("#{}", rest.get(c.len_utf8()..).unwrap_or("").trim_end());
                self.glued = false;
                self.push(Span { start: at, end, ..self.base }, Class::Comment, comment);
                rest.len()
            } else if c.is_alphabetic() {
                let length = rest.find(|c: char| !c.is_alphanumeric() && c != '-').unwrap_or(rest.len());
                let word = rest.get(..length).unwrap_or("").to_owned();
                self.push(Span { start: at, end: at + length as u32, ..self.base }, Class::Word, word);
                length
            } else if c.is_ascii_digit() || ('０'..='９').contains(&c) {
                let length =
                    rest.find(|c: char| !c.is_ascii_digit() && !matches!(c, '０'..='９' | '.' | '．' | ')' | '）'));
                let length = length.unwrap_or(rest.len());
                let text = half_width(rest.get(..length).unwrap_or(""));
                self.push(Span { start: at, end: at + length as u32, ..self.base }, Class::Number, text);
                length
            } else {
                let length = sign_length(rest);
                let span = Span { start: at, end: at + length as u32, ..self.base };
                self.sign(span, &half_width(rest.get(..length).unwrap_or("")), around);
                length
            };
            at += length as u32;
        }
    }

    fn sign(&mut self, span: Span, sign: &str, around: Around) {
        if sign == "," && around == Around::Values {
            return;
        }
        let is_tight = match sign {
            "," | ")" | "%" => true,
            "}" => around == Around::Set,
            ":" => around != Around::Head,
            "/" => true,
            _ => around == Around::Tight,
        };
        self.glued |= is_tight;
        self.push(span, Class::Sign, sign.to_owned());
        self.glued = match sign {
            "(" | "/" => true,
            "{" => around == Around::Set,
            _ => around == Around::Tight,
        };
    }
}

/// With commas where a quoted text could else be taken for the label of the value before it; as they are written where it
/// has to be asked what they part.
fn values_around(node: &Node<'_>) -> Around {
    if !glued_values(node).is_empty() {
        return Around::Plain;
    }
    let is_quoted = |value: Node<'_>| value.text().contains(['"', '“', '”', '「']);
    if node.all(Rule::value_decl).any(is_quoted) { Around::Labelled } else { Around::Values }
}

/// `&&`, `||`, `=>` and the comparisons are one sign each.
fn sign_length(text: &str) -> usize {
    let is_part = |c: char| matches!(c, '&' | '＆' | '|' | '｜' | '=' | '＝' | '<' | '＜' | '>' | '＞' | '!' | '！');
    match text.find(|c: char| !is_part(c)) {
        Some(0) => text.chars().next().map_or(0, char::len_utf8),
        Some(length) => length,
        None => text.len(),
    }
}

/// A sign as it is typed without an input method.
pub(crate) fn half_width(sign: &str) -> String {
    let mut out = String::with_capacity(sign.len());
    for c in sign.chars() {
        match c {
            '、' | '，' | '､' => out.push(','),
            '≠' => out.push_str("!="),
            '≦' | '≤' => out.push_str("<="),
            '≧' | '≥' => out.push_str(">="),
            '〜' => out.push_str(".."),
            '−' | '‐' | '–' | 'ー' => out.push('-'),
            '\u{3000}' => out.push(' '),
            '\u{FF01}'..='\u{FF5E}' => {
                out.push(char::from_u32(u32::from(c) - 0xFF01 + 0x21).unwrap_or(c));
            }
            other => out.push(other),
        }
    }
    out
}

fn plain_digits(written: &str) -> String {
    let is_sign = |c: char| matches!(c, '0'..='9' | '０'..='９' | '．' | '−' | '－' | '／');
    written.chars().map(|c| if is_sign(c) { half_width(c.encode_utf8(&mut [0; 4])) } else { c.to_string() }).collect()
}

fn range_mark(written: &str) -> &'static str {
    if written.ends_with(['<', '＜']) { "..<" } else { ".." }
}

fn numbers(node: &Node<'_>) -> String {
    let ends: Vec<String> = node.all(Rule::integer).map(|end| plain_digits(end.text())).collect();
    format!("No.{}", ends.join("-"))
}
