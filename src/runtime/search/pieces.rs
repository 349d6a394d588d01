//! What stands in folded texts: parts, codes, and what tells one text from another. Refuses to know what is searched for.

use super::grams::is_narrow;
use crate::runtime::fold::{as_hiragana, each_lowered};

/// What has so many digits, and nothing but letters and digits of ASCII, is a code; without a letter it takes one more, for years are
/// none.
const DIGITS_OF_CODE: usize = 4;
/// A text of fewer characters says nothing when it stands somewhere in a key.
const SHORTEST_PART: usize = 4;
/// A shorter key says nothing when it stands somewhere in a text.
const SHORTEST: usize = 2;

/// Whether all parts stand in the text, one after the other, and are long enough together.
pub(super) fn stands_in(parts: &[String], text: &str) -> bool {
    let mut from = 0;
    let mut length = 0;
    for part in parts {
        let Some(place) = place_of(part, text, from) else { return false };
        from = place + part.len();
        length += part.chars().count();
    }
    length >= SHORTEST
}

/// Whether a part stands in a text without cutting a number.
pub(super) fn stands(part: &str, text: &str) -> bool {
    place_of(part, text, 0).is_some()
}

/// Where a part first stands in a text, from a place on, without cutting a number: `E01` does not stand in `E012`.
pub(super) fn place_of(part: &str, text: &str, mut from: usize) -> Option<usize> {
    let is_digit = |place: Option<&u8>| place.is_some_and(u8::is_ascii_digit);
    let (bytes, ends) = (text.as_bytes(), part.as_bytes());
    loop {
        let place = from + text.get(from..)?.find(part)?;
        let end = place + part.len();
        let before = place.checked_sub(1).and_then(|before| bytes.get(before));
        let is_cut = is_digit(ends.first()) && is_digit(before) || is_digit(ends.last()) && is_digit(bytes.get(end));
        if !is_cut {
            return Some(place);
        }
        from = place + part.chars().next().map_or(1, char::len_utf8);
    }
}

/// What of a folded text says by itself what it is about: single characters, but for kana, whole numbers, and of letters that say less
/// three that follow each other, or as many as there are.
pub(super) fn telling_pieces(text: &str) -> Vec<&str> {
    let places: Vec<(usize, char)> = text.char_indices().collect();
    let is_run =
        |one: char, other: char| is_narrow(one) && is_narrow(other) && one.is_ascii_digit() == other.is_ascii_digit();
    let mut pieces = Vec::new();
    for run in places.chunk_by(|one, other| is_run(one.1, other.1)) {
        let is_number = run.iter().all(|(_, c)| c.is_ascii_digit());
        let length = if is_number { run.len() } else { run.len().min(NARROW) };
        let telling = run.windows(length).filter(|piece| piece.iter().all(|(_, c)| tells_apart(*c)));
        pieces.extend(telling.filter_map(|piece| {
            let ((from, _), (last, c)) = piece.first().zip(piece.last())?;
            text.get(*from..last + c.len_utf8())
        }));
    }
    pieces
}

/// So many letters say as much as one character of Chinese.
const NARROW: usize = 3;

/// Whether a character of a folded text says by itself what it is about; kana do not.
pub(super) fn tells_apart(c: char) -> bool {
    !matches!(c, 'ぁ'..='ゖ' | 'ー')
}

/// A text that is long enough to say something when it stands somewhere, and not in kana alone.
pub(super) fn is_telling(folded: &str) -> bool {
    folded.chars().count() >= SHORTEST_PART && folded.chars().any(tells_apart)
}

/// Where the sentences of a text end in `folded`, if that is the folded text.
pub(super) fn sentence_ends(text: &str, folded: &str) -> Option<Vec<u32>> {
    let (mut ends, mut length, mut is_ended) = (Vec::new(), 0, true);
    let (mut rest, mut is_same) = (folded.chars(), true);
    each_lowered(text, |c| {
        if c.is_alphanumeric() {
            let c = as_hiragana(c);
            is_same &= rest.next() == Some(c);
            length += c.len_utf8() as u32;
            is_ended = false;
        } else if ends_sentence(c) && !is_ended {
            ends.push(length);
            is_ended = true;
        }
    });
    ends.extend((!is_ended).then_some(length));
    (is_same && rest.next().is_none()).then_some(ends)
}

/// Whether a character, once NFKC is applied, ends a sentence, or a line.
pub(super) fn ends_sentence(c: char) -> bool {
    matches!(c, '。' | '!' | '?' | '\n')
}

/// The codes in a folded text: of errors, of devices.
pub(super) fn codes(folded: &str) -> impl Iterator<Item = &str> {
    let runs = folded.split(|c: char| !c.is_ascii_alphanumeric());
    runs.filter(|run| {
        let digits = run.bytes().filter(u8::is_ascii_digit).count();
        digits >= DIGITS_OF_CODE && run.len() > DIGITS_OF_CODE
    })
}

/// Each two characters that follow each other, once, in order.
pub(super) fn pairs(text: &str) -> Vec<(char, char)> {
    let mut pairs: Vec<(char, char)> = text.chars().zip(text.chars().skip(1)).collect();
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_tell_apart_by_threes() {
        let pieces = |text: &str| telling_pieces(text).into_iter().map(str::to_owned).collect::<Vec<_>>();
        assert_eq!(pieces("送信にid2をsendで1024"), ["送", "信", "id", "2", "sen", "end", "1024"]);
        assert_eq!(pieces("のa印"), ["a", "印"]);
        assert_eq!(pieces(""), Vec::<String>::new());
    }

    #[test]
    fn sentences_end_in_the_folded_text() {
        assert_eq!(sentence_ends("はい！ｶﾞ、送信。\n\n『Ａ』", "はいが送信a"), Some(vec![6, 15, 16]));
        assert_eq!(sentence_ends("。ー‼", "ー"), Some(vec![3]));
        assert_eq!(sentence_ends("?", ""), Some(Vec::new()));
        assert_eq!(sentence_ends("{n}件。はい", "件はい"), None);
        assert_eq!(sentence_ends("件。", "件は"), None);
    }

    #[test]
    fn numbers_are_not_cut() {
        assert_eq!(place_of("e01", "e012 e01", 0), Some(5));
        assert_eq!(place_of("8", "18と80と8", 0), Some(10));
        assert_eq!(place_of("8", "88888", 0), None);
        assert_eq!(place_of("", "1", 1), Some(1));
        assert!(stands_in(&["e1".to_owned(), "が".to_owned()], "e12 e1 2が"));
        assert!(!stands_in(&["e1".to_owned()], "e12"));
    }
}
