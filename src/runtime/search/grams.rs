//! The pieces of a text by which it is found. Refuses to know how much each of them counts.

/// Two or three characters that follow each other, 21 bits for each.
pub(super) type Gram = u64;

/// Stands for what the FAQ is about, which is no part of any gram; for private use, so that no other text has it.
pub(super) const SUBJECT: char = '\u{E000}';

/// Appends the grams of a text: two characters each, three where these are letters or digits of scripts that need more of them
/// to say something. Two such that stand alone are one.
pub(super) fn push_grams(text: &[char], grams: &mut Vec<Gram>) {
    for (at, pair) in text.windows(2).enumerate() {
        let &[first, second] = pair else { continue };
        if first == SUBJECT || second == SUBJECT {
            continue;
        }
        if !(is_narrow(first) && is_narrow(second)) {
            grams.push(gram(first, second, None));
            continue;
        }
        match text.get(at + 2).filter(|third| is_narrow(**third)) {
            Some(third) => grams.push(gram(first, second, Some(*third))),
            None if at.checked_sub(1).and_then(|before| text.get(before)).is_none_or(|before| !is_narrow(*before)) => {
                grams.push(gram(first, second, None));
            }
            None => {}
        }
    }
}

/// The scripts before the CJK blocks.
pub(super) fn is_narrow(c: char) -> bool {
    c < '\u{2E80}'
}

fn gram(first: char, second: char, third: Option<char>) -> Gram {
    let third = third.map_or(0, u64::from);
    u64::from(first) << 42 | u64::from(second) << 21 | third
}

/// The distinct grams of texts, sorted.
pub(super) fn distinct(mut grams: Vec<Gram>) -> Vec<Gram> {
    grams.sort_unstable();
    grams.dedup();
    grams
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grams(text: &str) -> Vec<String> {
        let chars: Vec<char> = text.chars().collect();
        let mut grams = Vec::new();
        push_grams(&chars, &mut grams);
        let letter = |bits: u64| char::from_u32((bits & 0x1F_FFFF) as u32).filter(|c| *c != '\0');
        grams.iter().map(|gram| [gram >> 42, gram >> 21, *gram].into_iter().filter_map(letter).collect()).collect()
    }

    #[test]
    fn letters_come_in_threes_and_kana_in_pairs() {
        assert_eq!(grams("送信に"), ["送信", "信に"]);
        assert_eq!(grams("個人idが"), ["個人", "人i", "id", "dが"]);
        assert_eq!(grams("error"), ["err", "rro", "ror"]);
        assert_eq!(grams("a"), [""; 0]);
    }
}
