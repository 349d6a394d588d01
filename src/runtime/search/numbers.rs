//! Numbers of entries as readers ask for them: `No.9`, `№９`, `9番`, `No10－12`. Refuses to know which entries have them.

use std::ops::RangeInclusive;

/// What stands between the first and the last number of a range.
const DASHES: [char; 9] = ['-', '~', '〜', '‐', '–', '—', '−', 'ー', '…'];
const COMMAS: [char; 3] = [',', '、', '・'];
/// More digits are no number of an entry.
const MOST_DIGITS: usize = 9;

/// The numbers that a levelled text asks for and says nothing besides; none of a text that says anything else. One number needs no
/// mark; several do, for dates and telephone numbers look like them.
pub(super) fn numbers(levelled: &str) -> Vec<RangeInclusive<u32>> {
    let is_marked = levelled.starts_with("no") || levelled.ends_with('番');
    let ranges = levelled.split(COMMAS).map(range).collect::<Option<Vec<_>>>();
    ranges.filter(|_| is_marked || number(levelled).is_some()).unwrap_or_default()
}

fn range(text: &str) -> Option<RangeInclusive<u32>> {
    let (first, last) = text.split_once(DASHES).unwrap_or((text, text));
    Some(number(first)?..=number(last)?)
}

fn number(text: &str) -> Option<u32> {
    let text = text.trim();
    let marked = text.strip_prefix("no").map(|rest| rest.strip_prefix(['.', '。']).unwrap_or(rest).trim_start());
    let digits = marked.unwrap_or(text);
    let digits = digits.strip_suffix('番').unwrap_or(digits);
    let is_number = digits.len() <= MOST_DIGITS && digits.bytes().all(|it| it.is_ascii_digit());
    digits.parse().ok().filter(|_| is_number)
}

#[cfg(test)]
mod tests {
    use super::numbers;
    use crate::runtime::fold::level;

    #[test]
    fn numbers_are_read_as_they_are_written() {
        for text in
            ["No.9", "No9", "NO9", "№9", "№９", "No．９", "no。9", "９番", "No 9", "No. 9", "No.9番", "9", " No.09 "]
        {
            assert_eq!(numbers(&level(text)), [9..=9], "{text}");
        }
        for text in ["No10－12", "No.10～12", "No.10-No.12", "№10〜№12", "10番～12番", "No. 10 – 12"] {
            assert_eq!(numbers(&level(text)), [10..=12], "{text}");
        }
        assert_eq!(numbers(&level("No.9、10-12・№14")), [9..=9, 10..=12, 14..=14]);
    }

    #[test]
    fn what_says_anything_else_asks_for_no_number() {
        let texts =
            ["", "no", "番", "No.", "No.9の手順", "notepad 9", "v9", "9.1", "10-12", "2023-06-29", "03-1234-5678"];
        for text in texts.into_iter().chain(["0120、123", "No.1-2-3", "No.9,", "No.-3", "+9", "9999999999", "9番10"])
        {
            assert_eq!(numbers(&level(text)), [], "{text}");
        }
    }
}
