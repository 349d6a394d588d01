//! Words that differ in width, in capitals within, or in the long vowel at their end, and numbers of entries that are
//! marked in several ways.

use std::collections::BTreeSet;

use unicode_normalization::UnicodeNormalization;

use super::super::avoided_word::is_katakana;
use super::super::text::within;
use super::Groups;
use crate::source::Span;

pub fn collect(text: &str, span: Span, groups: &mut Groups) {
    let mut at = 0;
    while let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) {
        let is_part: fn(char) -> bool = match c {
            _ if is_letter(c) => is_letter,
            _ if is_katakana(c) => is_katakana,
            _ => {
                at += c.len_utf8();
                continue;
            }
        };
        let rest = text.get(at..).unwrap_or("");
        let end = at + rest.find(|c| !is_part(c)).unwrap_or(rest.len());
        let word = text.get(at..end).unwrap_or("");
        let place = within(span, at, end);
        if is_katakana(c) {
            katakana(word, place, groups);
        } else if let Some((shape, length)) = numbered(rest) {
            let shown = rest.get(..length).unwrap_or(word);
            groups.add(NUMBER, &shape, shown, within(span, at, at + length));
        } else if !is_in_address(text, at, end) {
            latin(word, place, groups);
        }
        at = end;
    }
}

/// A letter or digit of either width.
fn is_letter(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ' | '№')
}

/// The key of numbers of entries.
pub const NUMBER: &str = "b-number";

/// Whether numbers are marked in several ways: one and a range of several are no two ways, but two kinds of range are.
pub fn vary<'a>(shapes: impl Iterator<Item = &'a String>) -> bool {
    let (mut marks, mut ranges) = (BTreeSet::new(), BTreeSet::new());
    for shape in shapes {
        match shape.split_once('|') {
            Some((mark, range)) => {
                marks.insert(mark);
                ranges.insert(range);
            }
            None => {
                marks.insert(shape);
            }
        }
    }
    marks.len() > 1 || ranges.len() > 1
}

/// `No.9`, `No9`, `No９`, `No10－12`: how it is marked, the width of its digits and the dash of a range; and its bytes.
fn numbered(rest: &str) -> Option<(String, usize)> {
    let mark = ["No", "NO", "Ｎｏ", "№"].into_iter().find(|mark| rest.starts_with(mark))?;
    let after = rest.get(mark.len()..)?;
    let point: String = after.chars().take_while(|c| matches!(c, '.' | '．' | ' ')).take(2).collect();
    let (zero, length) = digits(after.get(point.len()..)?)?;
    let mut end = mark.len() + point.len() + length;
    let mut shape = format!("{mark}{point}{zero}");
    let tail = rest.get(end..)?;
    if tail.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return None;
    }
    let dash = tail.chars().next().filter(|c| "-－−‐–〜～".contains(*c));
    if let Some((dash, (_, length))) = dash.and_then(|dash| Some((dash, digits(tail.get(dash.len_utf8()..)?)?))) {
        shape.push_str(&format!("|{dash}"));
        end += dash.len_utf8() + length;
    }
    Some((shape, end))
}

/// A zero of the width of the digits, and their bytes.
fn digits(text: &str) -> Option<(char, usize)> {
    let is_digit = |c: char| c.is_ascii_digit() || ('０'..='９').contains(&c);
    let first = text.chars().next().filter(|c| is_digit(*c))?;
    let length = text.chars().take_while(|c| is_digit(*c)).map(char::len_utf8).sum();
    Some((if first.is_ascii_digit() { '0' } else { '０' }, length))
}

fn is_in_address(text: &str, at: usize, end: usize) -> bool {
    let beside = |c: char| matches!(c, '/' | '@' | '_' | '\\' | '-' | '.' | ':' | '%' | '=' | '&' | '?');
    let before = text.get(..at).and_then(|before| before.chars().next_back());
    let after = text.get(end..).unwrap_or("");
    let mut following = after.chars();
    let goes_on = following.next().is_some_and(beside) && following.next().is_some_and(|c| c.is_ascii_alphanumeric());
    before.is_some_and(beside) || goes_on
}

/// Those that differ in more than a capital at their beginning, which an English sentence has.
fn latin(word: &str, place: Span, groups: &mut Groups) {
    let letters = word.chars().filter(|c| c.is_alphabetic()).count();
    if letters < 2 {
        return;
    }
    let mut form = word.to_owned();
    let is_narrow = word.is_ascii();
    let mut rest = word.chars();
    let first = rest.next().filter(char::is_ascii_uppercase);
    // `Click` and `click` are one form; `ID` and `Id` are two.
    if let Some(first) = first.filter(|_| is_narrow && rest.clone().all(|c| !c.is_ascii_uppercase())) {
        form = first.to_ascii_lowercase().to_string() + rest.as_str();
    }
    let key: String = word.nfkc().flat_map(char::to_lowercase).collect();
    groups.add(&format!("c{key}"), &form, word, place);
}

/// The key leaves out what the spellings of a loanword differ in.
fn katakana(word: &str, place: Span, groups: &mut Groups) {
    if word.chars().count() < 3 {
        return;
    }
    let stem = word.strip_suffix('ー').filter(|stem| stem.chars().count() >= 3).unwrap_or(word);
    let large = |c: char| match c {
        'ァ' => 'ア',
        'ィ' => 'イ',
        'ェ' => 'エ',
        'ォ' => 'オ',
        'ヴ' => 'ブ',
        other => other,
    };
    let key: String = stem.chars().map(large).collect();
    groups.add(&format!("d{key}"), word, word, place);
}
