//! Bytes as a browser unpacks them: deflated (RFC 1951), as a text that a script can hold. Refuses to know what they mean.

use std::io::Write;

use flate2::Compression;
use flate2::write::DeflateEncoder;

/// Deflated and as text.
pub(super) fn packed(bytes: &[u8]) -> String {
    let mut encoder = DeflateEncoder::new(Vec::with_capacity(bytes.len() / 4), Compression::new(LEVEL));
    let written = encoder.write_all(bytes).and_then(|()| encoder.finish());
    text(&written.expect("a vector takes all bytes"))
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
