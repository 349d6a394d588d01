//! Everyday wording in an argument put into the language's, where that gives an argument that can be read; refuses to
//! know places in files and what is reported.

use std::ops::Range;

/// A text that can be read, and how to come to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Rewritten {
    /// What is wrong: a key of the finding's messages.
    pub key: &'static str,
    /// In the order of the text; they do not overlap.
    pub edits: Vec<(Range<usize>, String)>,
    pub text: String,
    /// Whether it says what was written beyond doubt.
    pub sure: bool,
}

#[derive(Clone, Debug)]
struct Candidate {
    key: &'static str,
    range: Range<usize>,
    new: String,
    sure: bool,
}

/// Longer arguments are not looked at, in bytes.
const LONGEST: usize = 600;

/// So many places are tried by themselves and together.
const MOST: usize = 12;

/// Words that conditions do not know, those that do, and whether both say the same.
const WORDS: [(&str, &str, bool); 40] = [
    ("、かつ、", " かつ ", true),
    ("、かつ", " かつ", true),
    ("かつ、", "かつ ", true),
    ("でかつ", " かつ", true),
    ("且つ", "かつ", true),
    ("および", "かつ", true),
    ("及び", "かつ", true),
    ("なおかつ", "かつ", true),
    ("、または、", " または ", true),
    ("、または", " または", true),
    ("または、", "または ", true),
    ("又は", "または", true),
    ("あるいは", "または", true),
    ("若しくは", "または", true),
    ("でなければ", "でない", false),
    ("じゃない", "でない", true),
    ("で無い", "でない", true),
    ("無し", "なし", true),
    ("有り", "あり", true),
    ("ない", "でない", false),
    ("ありません", "なし", false),
    ("である", "", true),
    ("です", "", true),
    ("の場合", "", true),
    ("のとき", "", true),
    ("の時", "", true),
    ("とき", "", true),
    ("場合", "", true),
    ("が", "", true),
    ("の", "", false),
    ("より古い", "より前", true),
    ("より新しい", "より後", true),
    ("より多い", "より大きい", true),
    ("より少ない", "より小さい", true),
    ("より高い", "より大きい", false),
    ("より低い", "より小さい", false),
    ("を超える", " 超", true),
    ("を超えた", " 超", true),
    ("以内", "以下", false),
    ("を含む", " 含む", true),
];

const BOUNDS: [&str; 10] =
    ["以上", "以降", "以下", "以前", "未満", "超", "より大きい", "より小さい", "より前", "より後"];

/// Eras of the Japanese calendar and the year before their first.
const ERAS: [(&str, i32); 4] = [("令和", 2018), ("平成", 1988), ("昭和", 1925), ("R", 2018)];

/// The text with as little rewritten as makes it readable.
pub(crate) fn rewritten(text: &str, reads: impl Fn(&str) -> bool) -> Option<Rewritten> {
    if text.len() > LONGEST {
        return None;
    }
    let mut candidates = candidates(text);
    candidates.sort_by_key(|candidate| (candidate.range.start, std::cmp::Reverse(candidate.range.end)));
    candidates.truncate(MOST);
    let alone = candidates.iter().map(|one| vec![one.clone()]);
    let sure = apart(candidates.iter().filter(|one| one.sure));
    let all = apart(candidates.iter());
    let tried = alone.chain([sure, all]).filter(|edits| !edits.is_empty());
    tried.map(|edits| applied(text, &edits)).find(|rewritten| rewritten.text != text && reads(&rewritten.text))
}

/// Candidates of which none overlaps the one before.
fn apart<'c>(candidates: impl Iterator<Item = &'c Candidate>) -> Vec<Candidate> {
    let mut kept: Vec<Candidate> = Vec::new();
    for candidate in candidates {
        if kept.last().is_none_or(|last| last.range.end <= candidate.range.start) {
            kept.push(candidate.clone());
        }
    }
    kept
}

fn applied(text: &str, candidates: &[Candidate]) -> Rewritten {
    let mut out = String::with_capacity(text.len());
    let mut edits: Vec<(Range<usize>, String)> = Vec::with_capacity(candidates.len());
    let mut from = 0;
    for Candidate { range, new, .. } in candidates {
        let before = text.get(from..range.start).unwrap_or("");
        // What goes takes the space before it along.
        let start = if new.is_empty() { from + before.trim_end().len() } else { range.start };
        out.push_str(text.get(from..start).unwrap_or(""));
        out.push_str(new);
        edits.push((start..range.end, new.clone()));
        from = range.end;
    }
    out.push_str(text.get(from..).unwrap_or(""));
    let key = candidates.first().map_or("", |first| first.key);
    Rewritten { key, edits, text: out.trim().to_owned(), sure: candidates.iter().all(|one| one.sure) }
}

fn candidates(text: &str) -> Vec<Candidate> {
    let mut found = Vec::new();
    add_words(text, &mut found);
    add_equals(text, &mut found);
    add_eras(text, &mut found);
    add_days(text, &mut found);
    add_digits(text, &mut found);
    add_ranges(text, &mut found);
    add_numbers(text, &mut found);
    add_missing_equals(text, &mut found);
    found
}

fn add_words(text: &str, found: &mut Vec<Candidate>) {
    for (written, meant, sure) in WORDS {
        for (at, _) in text.match_indices(written) {
            let end = at + written.len();
            // A short word might well be part of a name.
            let is_short = written.chars().count() < 3 && !written.starts_with('、');
            if is_short && !(stands_apart_before(text, at) && stands_apart_after(text, end)) {
                continue;
            }
            // Whatever replaces a word stands by itself.
            let meant = meant.trim();
            let gap = if meant.is_empty() || stands_apart_before(text, at) { "" } else { " " };
            let after = if meant.is_empty() || stands_apart_after(text, end) { "" } else { " " };
            found.push(Candidate { key: "word", range: at..end, new: format!("{gap}{meant}{after}"), sure });
        }
    }
    for (at, colon) in text.match_indices(['：', ':']) {
        found.push(Candidate { key: "colon", range: at..at + colon.len(), new: " ".to_owned(), sure: true });
    }
}

fn stands_apart_before(text: &str, at: usize) -> bool {
    let before = text.get(..at).unwrap_or("").chars().next_back();
    before.is_none_or(|c| c.is_whitespace() || c.is_numeric() || matches!(c, '、' | ',' | ')' | '）' | '"' | '」'))
}

fn stands_apart_after(text: &str, at: usize) -> bool {
    let after = text.get(at..).unwrap_or("").chars().next();
    after.is_none_or(|c| c.is_whitespace() || matches!(c, '、' | ',' | ')' | '）' | '"' | '「'))
}

/// `失敗回数 = 5回以上`: the sign says something else than the word.
fn add_equals(text: &str, found: &mut Vec<Candidate>) {
    for (at, sign) in text.match_indices(['=', '＝']) {
        let end = at + sign.len();
        let clause = text.get(end..).unwrap_or("");
        let clause = clause.split(['、', ',', '(', '（', ')', '）', '=', '＝']).next().unwrap_or("");
        let clause = clause.split("かつ").next().and_then(|part| part.split("または").next()).unwrap_or("");
        let is_sign = text.get(..at).is_some_and(|before| !before.ends_with(['<', '>', '!', '＜', '＞', '！']));
        if is_sign && BOUNDS.iter().any(|bound| clause.contains(bound)) {
            let gap = if stands_apart_before(text, at) || stands_apart_after(text, end) { "" } else { " " };
            found.push(Candidate { key: "equal", range: at..end, new: gap.to_owned(), sure: true });
        }
    }
}

/// `令和8年9月1日`
fn add_eras(text: &str, found: &mut Vec<Candidate>) {
    for (era, before) in ERAS {
        for (at, _) in text.match_indices(era) {
            if let Some((length, date)) = text.get(at + era.len()..).and_then(|rest| date_in_era(rest, before)) {
                let range = at..at + era.len() + length;
                found.push(Candidate { key: "era", range, new: date, sure: true });
            }
        }
    }
}

fn date_in_era(rest: &str, before: i32) -> Option<(usize, String)> {
    let (year, after) = match rest.strip_prefix("元年") {
        Some(after) => (1, after),
        None => number_before(rest, "年")?,
    };
    let (month, after) = number_before(after, "月")?;
    let (day, after) = number_before(after, "日")?;
    let date = format!("{:04}-{month:02}-{day:02}", before + i32::try_from(year).ok()?);
    Some((rest.len() - after.len(), date))
}

/// The number that a text begins with, up to a word; and what follows that.
fn number_before<'t>(text: &'t str, word: &str) -> Option<(u32, &'t str)> {
    let length = text.find(|c: char| !is_digit(c)).unwrap_or(text.len());
    let (digits, after) = text.split_at_checked(length)?;
    Some((plain(digits).parse().ok()?, after.strip_prefix(word)?))
}

fn is_digit(c: char) -> bool {
    matches!(c, '0'..='9' | '０'..='９')
}

fn plain(digits: &str) -> String {
    super::argument::digits(digits)
}

/// `90日前 以前`, `90日以上前`, `今日 - 3か月`
fn add_days(text: &str, found: &mut Vec<Candidate>) {
    for (at, digits) in runs(text, is_digit) {
        let Ok(count) = plain(digits).parse::<u32>() else { continue };
        let Some(rest) = text.get(at + digits.len()..) else { continue };
        let Some((days, unit, sure)) = length_in_days(count, rest) else { continue };
        let after = rest.get(unit..).unwrap_or("");
        let (key, new, more) = if after.starts_with("以上前") {
            ("ago", format!("今日 - {days}日 以前"), "以上前".len())
        } else if after.starts_with('前') {
            ("ago", format!("今日 - {days}日"), "前".len())
        } else if after.starts_with('後') {
            ("ago", format!("今日 + {days}日"), "後".len())
        } else if rest.starts_with(['日', '年']) {
            continue;
        } else {
            ("months", format!("{days}日"), 0)
        };
        found.push(Candidate { key, range: at..at + digits.len() + unit + more, new, sure });
    }
}

/// A length of time in days, the bytes of its unit, and whether that is exact.
fn length_in_days(count: u32, rest: &str) -> Option<(u32, usize, bool)> {
    const UNITS: [(&str, u32, bool); 8] = [
        ("日", 1, true),
        ("週間", 7, true),
        ("か月", 30, false),
        ("ヶ月", 30, false),
        ("カ月", 30, false),
        ("ヵ月", 30, false),
        ("箇月", 30, false),
        ("年", 365, false),
    ];
    let (unit, days, sure) = UNITS.into_iter().find(|(unit, ..)| rest.starts_with(unit))?;
    Some((count.checked_mul(days)?, unit.len(), sure))
}

/// The stretches of characters of a kind, with their places.
fn runs(text: &str, of_kind: impl Fn(char) -> bool) -> Vec<(usize, &str)> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(start) = text.get(from..).and_then(|rest| rest.find(&of_kind)).map(|at| from + at) {
        let rest = text.get(start..).unwrap_or("");
        let length = rest.find(|c: char| !of_kind(c)).unwrap_or(rest.len());
        found.push((start, rest.get(..length).unwrap_or("")));
        from = start + length;
    }
    found
}

/// `五回以上`
fn add_digits(text: &str, found: &mut Vec<Candidate>) {
    for (at, written) in runs(text, |c| "一二三四五六七八九十".contains(c)) {
        if let Some(number) = kanji_number(written).filter(|_| stands_apart_before(text, at)) {
            let range = at..at + written.len();
            found.push(Candidate { key: "digits", range, new: number.to_string(), sure: true });
        }
    }
}

/// A number up to 99.
fn kanji_number(written: &str) -> Option<usize> {
    let digit = |c: char| "一二三四五六七八九".chars().position(|known| known == c).map(|at| at + 1);
    let single = |part: &str| {
        let mut chars = part.chars();
        let value = digit(chars.next()?)?;
        chars.next().is_none().then_some(value)
    };
    match written.split_once('十') {
        None => single(written),
        Some((tens, ones)) => {
            let tens = if tens.is_empty() { 1 } else { single(tens)? };
            Some(10 * tens + if ones.is_empty() { 0 } else { single(ones)? })
        }
    }
}

/// `5〜10回` without `in`, and ranges written by 「から」 or `~`.
fn add_ranges(text: &str, found: &mut Vec<Candidate>) {
    for (at, digits) in runs(text, is_digit) {
        let after = at + digits.len();
        let Some(rest) = text.get(after..) else { continue };
        let Some(mark) = ["から", "~", "〜", "～", "-", "－", ".."].into_iter().find(|mark| rest.starts_with(mark))
        else {
            continue;
        };
        if !rest.get(mark.len()..).is_some_and(|to| to.starts_with(is_digit)) {
            continue;
        }
        let (start, lead) = match text.get(..at).unwrap_or("").trim_end() {
            before if before.ends_with(['=', '＝']) => (before.trim_end_matches(['=', '＝']).len(), "in "),
            before if before.ends_with('は') => (before.trim_end_matches('は').len(), " in "),
            _ => (at, "in "),
        };
        let with = format!("{lead}{digits}..");
        found.push(Candidate { key: "range", range: start..after + mark.len(), new: with, sure: false });
        found.push(Candidate { key: "range", range: after..after + mark.len(), new: "..".to_owned(), sure: false });
    }
}

/// `番号 No.2`
fn add_numbers(text: &str, found: &mut Vec<Candidate>) {
    for mark in ["No.", "No", "NO.", "no.", "№", "Ｎｏ．", "Ｎｏ.", "Ｎｏ", "第"] {
        if text.starts_with(mark) {
            found.push(Candidate { key: "number", range: 0..mark.len(), new: String::new(), sure: true });
        }
    }
}

/// `不明なら いいえ`, `与件 失敗回数 5`: the value without its sign.
fn add_missing_equals(text: &str, found: &mut Vec<Candidate>) {
    let mut from = 0;
    for part in text.split(['、', ',']) {
        let words: Vec<&str> = part.split_whitespace().collect();
        if let ([_] | [_, _], false) = (words.as_slice(), part.contains(['=', '＝', '"', '「'])) {
            let last = words.last().copied().unwrap_or("");
            let at = from + part.rfind(last).unwrap_or(0);
            found.push(Candidate { key: "no-equal", range: at..at, new: "= ".to_owned(), sure: false });
        }
        from +=
            part.len() + text.get(from + part.len()..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::Rule;
    use crate::parse::cursor::matches_rule;

    fn condition(text: &str) -> Option<String> {
        rewritten(text, |text| matches_rule(Rule::condition_arg, text)).map(|found| found.text)
    }

    #[test]
    fn everyday_conditions_become_conditions() {
        let said = [
            ("回数 = 5回以上", "回数 5回以上"),
            ("社内 且つ 締め日前", "社内 かつ 締め日前"),
            ("社内 でかつ 締め日前", "社内 かつ 締め日前"),
            ("変更日 今日 - 90日 より古い", "変更日 今日 - 90日 より前"),
            ("回数 五回以上", "回数 5回以上"),
            ("回数 5回以上である", "回数 5回以上"),
            ("回数 5回以上のとき", "回数 5回以上"),
            ("版：4.2以上", "版 4.2以上"),
            ("回数 5〜10回", "回数 in 5..10回"),
            ("変更日 90日以上前", "変更日 今日 - 90日 以前"),
            ("変更日 今日 - 3か月 以前", "変更日 今日 - 90日 以前"),
            ("変更日 令和8年9月1日 以降", "変更日 2026-09-01 以降"),
            ("社内 又は 回数 = 3回以上 である", "社内 または 回数 3回以上"),
        ];
        for (written, meant) in said {
            assert_eq!(condition(written).as_deref(), Some(meant), "{written}");
        }
    }

    #[test]
    fn what_gives_no_condition_is_left_alone() {
        assert_eq!(condition("今日は、よい天気です。"), None);
        assert_eq!(condition("社内 (または"), None);
    }
}
