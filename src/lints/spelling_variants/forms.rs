//! Words that differ in width, in capitals within, or in the long vowel at their end, and numbers of entries that are
//! marked in several ways.

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
            groups.add("b-number", &shape, within(span, at, at + length));
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

/// `No.9`, `No9`, `No９`: how it is marked, and the width of its digits; and its bytes.
fn numbered(rest: &str) -> Option<(String, usize)> {
    let mark = ["No", "NO", "Ｎｏ", "№"].into_iter().find(|mark| rest.starts_with(mark))?;
    let after = rest.get(mark.len()..)?;
    let point: String = after.chars().take_while(|c| matches!(c, '.' | '．' | ' ')).take(2).collect();
    let digits = after.get(point.len()..)?;
    let length: usize = digits.chars().take_while(|c| c.is_numeric()).map(char::len_utf8).sum();
    let digit = digits.chars().next().filter(|c| c.is_ascii_digit() || ('０'..='９').contains(c))?;
    let zero = if digit.is_ascii_digit() { '0' } else { '０' };
    let end = digits.get(length..).and_then(|after| after.chars().next());
    let is_word = end.is_some_and(|c| c.is_ascii_alphabetic());
    (!is_word).then(|| (format!("{mark}{point}{zero}"), mark.len() + point.len() + length))
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
    groups.add(&format!("c{key}"), &form, place);
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
    groups.add(&format!("d{key}"), word, place);
}
