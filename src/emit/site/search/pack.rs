//! Values as a browser unpacks them: JSON whose bytes stand by what follows them, so that the same ones come together (M. Burrows and
//! D. J. Wheeler, SRC Research Report 124, 1994), coded, as a text that a script can hold. Refuses to know what they mean.

use super::code::{Chances, Coder};

/// A value as text.
pub(super) fn packed(value: &serde_json::Value) -> String {
    text(&coded(value.to_string().as_bytes()))
}

/// So many bytes are sorted together, in the site's script too (`load.js`), which follows them from place to place: in memory that is
/// near.
const BLOCK: usize = if cfg!(test) { 1 << 10 } else { 1 << 20 };

fn coded(json: &[u8]) -> Vec<u8> {
    let mut coder = Coder::default();
    let mut chances = Chances::default();
    coder.number(json.len() as u32, &mut chances);
    for block in json.chunks(BLOCK) {
        let (bytes, start) = by_what_follows(block);
        coder.number(start as u32, &mut chances);
        push_runs(&bytes, &mut coder);
    }
    coder.into_bytes()
}

/// The bytes sorted by what follows each of them, the last one first; and after how many of them the beginning of the text
/// stands, which follows none.
fn by_what_follows(text: &[u8]) -> (Vec<u8>, usize) {
    let mut ends = vec![0; text.len()];
    divsufsort::sort_in_place(text, &mut ends);
    let start = ends.iter().position(|end| *end == 0).unwrap_or(0) + 1;
    let before = ends.iter().filter_map(|end| text.get((*end as usize).checked_sub(1)?));
    (text.last().into_iter().chain(before).copied().collect(), start)
}

/// Of each run of the same byte how many others came since it came last, and how often it comes.
fn push_runs(bytes: &[u8], coder: &mut Coder) {
    let (mut ranks, mut lengths) = (Chances::default(), Chances::default());
    // JSON has no byte 0: the first one, too, is another than the one before.
    let mut latest: Vec<u8> = (0..=u8::MAX).collect();
    for run in bytes.chunk_by(|one, other| one == other) {
        let rank = latest.iter().position(|it| Some(it) == run.first()).unwrap_or(0);
        latest[..=rank].rotate_right(1);
        coder.number(rank as u32, &mut ranks);
        coder.number(run.len() as u32, &mut lengths);
    }
}

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
    use fastrand::Rng;

    use super::super::code::{Chances, Decoder};
    use super::{BLOCK, DIGITS, coded, text};

    /// What the site's script does.
    fn decoded(bytes: &[u8]) -> Vec<u8> {
        let mut decoder = Decoder::new(bytes);
        let mut counts = Chances::default();
        let mut left = decoder.number(&mut counts) as usize;
        let mut text = Vec::new();
        while left > 0 {
            let start = decoder.number(&mut counts) as usize;
            let length = left.min(BLOCK);
            text.extend(decoded_block(&mut decoder, length, start));
            left -= length;
        }
        text
    }

    fn decoded_block(decoder: &mut Decoder<'_>, length: usize, start: usize) -> Vec<u8> {
        let (mut ranks, mut lengths) = (Chances::default(), Chances::default());
        let mut latest: Vec<u8> = (0..=u8::MAX).collect();
        let mut sorted: Vec<Option<u8>> = Vec::new();
        while sorted.len() < length {
            let rank = decoder.number(&mut ranks) as usize;
            latest[..=rank].rotate_right(1);
            let run = decoder.number(&mut lengths) as usize;
            sorted.extend(std::iter::repeat_n(Some(latest[0]), run));
        }
        // Nothing stands before the beginning. Places in the order of their bytes lead from each byte to the one after it.
        sorted.insert(start, None);
        let mut follows: Vec<usize> = (0..sorted.len()).collect();
        follows.sort_by_key(|place| sorted[*place]);
        let places = std::iter::successors(Some(follows[start]), |place| Some(follows[*place]));
        places.take(length).filter_map(|place| sorted[place]).collect()
    }

    #[test]
    fn what_is_coded_comes_back() {
        let mut rng = Rng::with_seed(8);
        for case in 0..400 {
            let (length, kinds) = (1 + rng.usize(..=case * 4), rng.u8(1..=255));
            let json: Vec<u8> = (0..length).map(|_| rng.u8(1..=kinds)).collect();
            assert_eq!(decoded(&coded(&json)), json);
            let run = json[0];
            let runs: Vec<u8> = json.iter().flat_map(|byte| [run, run, *byte].repeat(usize::from(*byte) % 9)).collect();
            let runs = [runs.as_slice(), &[run]].concat();
            assert_eq!(decoded(&coded(&runs)), runs);
        }
    }

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
