//! Bytes as a browser unpacks them: deflated (RFC 1951), as a text that a script can hold. Refuses to know what they mean.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::io::Write;

use flate2::Compression;
use flate2::write::DeflateEncoder;

/// Deflated and as text.
pub(super) fn packed(bytes: &[u8]) -> String {
    let mut encoder = DeflateEncoder::new(Vec::with_capacity(bytes.len() / 4), Compression::new(LEVEL));
    let written = encoder.write_all(bytes).and_then(|()| encoder.finish());
    text(&written.expect("a vector takes all bytes"))
}

/// So many characters of an alphabet take one byte.
const SHORT: usize = 96;

/// A text in an alphabet of its own, and that alphabet: the most frequent characters as one byte, others as two, all of them below 128,
/// which deflates to five sixths of UTF-8 where that takes three bytes. Without an alphabet where there are too many characters.
pub(super) fn packed_text(text: &str) -> [String; 2] {
    let mut counts: BTreeMap<char, usize> = BTreeMap::new();
    text.chars().for_each(|c| *counts.entry(c).or_default() += 1);
    if counts.len() > SHORT + (128 - SHORT) * 128 {
        return [String::new(), packed(text.as_bytes())];
    }
    let mut alphabet: Vec<(char, usize)> = counts.into_iter().collect();
    alphabet.sort_by_key(|(_, count)| Reverse(*count));
    let codes: BTreeMap<char, usize> = alphabet.iter().map(|(c, _)| *c).zip(0..).collect();
    let mut bytes = Vec::with_capacity(text.len() / 2);
    for code in text.chars().filter_map(|c| codes.get(&c)) {
        match code.checked_sub(SHORT) {
            None => bytes.push(*code as u8),
            Some(rest) => bytes.extend([(SHORT + rest / 128) as u8, (rest % 128) as u8]),
        }
    }
    [alphabet.iter().map(|(c, _)| *c).collect(), packed(&bytes)]
}

/// Higher ones take twice the time for a hundredth of the size.
const LEVEL: u32 = 6;

/// All of ASCII that can be seen, but for what has a meaning in a string or ends a script element: `"`, `\` and `<`.
const DIGITS: &[u8; 91] =
    b"!#$%&'()*+,-./0123456789:;=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[]^_`abcdefghijklmnopqrstuvwxyz{|}~";

/// Bits, most significant first, 13 by 13, each as two digits to the base of 91; at the end six of them take one. That is a
/// thirteenth shorter than in base64 (after J. Henke's basE91).
pub(super) fn text(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len() * 16 / 13 + 2);
    let mut digit = |value: u32| text.push(char::from(DIGITS[value as usize % DIGITS.len()]));
    let (mut bits, mut count) = (0u32, 0);
    for byte in bytes {
        bits = (bits << 8 | u32::from(*byte)) & 0xF_FFFF;
        count += 8;
        if count >= 13 {
            count -= 13;
            let value = bits >> count & 0x1FFF;
            digit(value / 91);
            digit(value);
        }
    }
    let rest = |width: u32| bits << (width - count) & ((1 << width) - 1);
    match count {
        0 => {}
        1..=6 => digit(rest(6)),
        _ => {
            digit(rest(13) / 91);
            digit(rest(13));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::{DIGITS, text};

    fn bytes(text: &str) -> Vec<u8> {
        let digits: Vec<u32> =
            text.bytes().map(|c| DIGITS.iter().position(|it| *it == c).expect("a digit") as u32).collect();
        let (mut bits, mut count, mut bytes) = (0u32, 0, Vec::new());
        for group in digits.chunks(2) {
            let (value, width) = if let [one, other] = group { (one * 91 + other, 13) } else { (group[0], 6) };
            bits = bits << width | value;
            count += width;
            while count >= 8 {
                count -= 8;
                bytes.push((bits >> count) as u8);
            }
            bits &= (1 << count) - 1;
        }
        bytes
    }

    #[test]
    fn all_bytes_come_back_and_no_more() {
        let all: Vec<u8> = (0..=255).chain([255; 20]).chain([0; 20]).collect();
        for length in 0..all.len() {
            let text = text(&all[..length]);
            assert_eq!(bytes(&text), all[..length]);
            assert!(!text.contains(['"', '\\', '<']), "{text}");
        }
    }
}
