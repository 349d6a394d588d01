//! Finds the declared name that a writer may have meant; refuses to know what is wrong with the one written.

use unicode_normalization::UnicodeNormalization;

/// The work that all suggestions of one compilation may cost, in candidates looked at. It bounds the time spent on a
/// knowledge base whose every entry has a mistake.
const BUDGET: usize = 20_000_000;

/// What may be suggested: a text that is compared, and what it stands for.
#[derive(Debug)]
pub struct Candidate<T> {
    key: String,
    chars: usize,
    /// One bit for each hashed character, so that most candidates are ruled out without counting edits.
    mask: u64,
    pub item: T,
}

/// How much of the budget is left.
#[derive(Debug)]
pub struct Budget(usize);

impl Default for Budget {
    fn default() -> Self {
        Self(BUDGET)
    }
}

/// The nearest candidate.
#[derive(Debug)]
pub struct Nearest<'a, T> {
    pub item: &'a T,
    /// The number of edits.
    pub distance: usize,
    /// Only case, width, kana, spaces or dashes differ, and no other candidate is as near.
    pub same_but_for_spelling: bool,
}

impl<T> Candidate<T> {
    pub fn new(text: &str, item: T) -> Self {
        let key = loose(text);
        Self { chars: key.chars().count(), mask: mask(&key), key, item }
    }
}

/// The candidate nearest to what is written, if any is near: by optimal string alignment distance over [`loose`]
/// texts; the first of equals.
pub fn nearest<'a, T: PartialEq>(
    written: &str,
    candidates: &'a [Candidate<T>],
    budget: &mut Budget,
) -> Option<Nearest<'a, T>> {
    budget.0 = budget.0.checked_sub(candidates.len())?;
    let wanted = Candidate::new(written, ());
    let near = || candidates.iter().filter_map(|candidate| Some((distance(&wanted, candidate)?, &candidate.item)));
    let Some((distance, item)) = near().min_by_key(|(distance, _)| *distance) else {
        return longer(&wanted, candidates);
    };
    let alone = || near().all(|(other, rival)| other > 0 || rival == item);
    Some(Nearest { item, distance, same_but_for_spelling: distance == 0 && alone() })
}

/// The only candidate that begins or ends with what is written: 失敗回数 for パスワード失敗回数.
fn longer<'a, T: PartialEq>(wanted: &Candidate<()>, candidates: &'a [Candidate<T>]) -> Option<Nearest<'a, T>> {
    let is_longer = |key: &str| key.starts_with(&wanted.key) || key.ends_with(&wanted.key);
    let mut found = candidates.iter().filter(|candidate| is_longer(&candidate.key));
    let first = found.next().filter(|_| wanted.chars >= 3)?;
    let distance = first.chars - wanted.chars;
    let is_alone = found.all(|other| other.item == first.item);
    is_alone.then_some(Nearest { item: &first.item, distance, same_but_for_spelling: false })
}

/// The number of edits between two texts, if it is small for texts of their length.
pub fn distance<T, U>(left: &Candidate<T>, right: &Candidate<U>) -> Option<usize> {
    if !may_be_near(left, right) {
        return None;
    }
    let distance = strsim::osa_distance(&left.key, &right.key);
    (distance <= limit(left.chars.max(right.chars))).then_some(distance)
}

/// Whether counting the edits is worth while: each changes the length by one at most, and two bits of the mask.
fn may_be_near<T, U>(left: &Candidate<T>, right: &Candidate<U>) -> bool {
    let limit = limit(left.chars.max(right.chars));
    let differing_bits = (left.mask ^ right.mask).count_ones() as usize;
    left.chars != 0 && left.chars.abs_diff(right.chars) <= limit && differing_bits <= 2 * limit
}

/// Whether two texts are near and differ in nothing that carries meaning by itself: their ideographs and digits agree,
/// as in サーバ and サーバー, not in 送信 and 受信.
pub fn is_near_miss<T, U>(left: &Candidate<T>, right: &Candidate<U>) -> bool {
    let bones = |c: &char| c.is_numeric() || matches!(c, '\u{3400}'..='\u{9FFF}' | '\u{20000}'..='\u{3FFFF}');
    let agree = || left.key.chars().filter(bones).eq(right.key.chars().filter(bones));
    let near = |edits| edits == 0 || left.chars >= 6 && edits <= left.chars / 5;
    may_be_near(left, right) && agree() && distance(left, right).is_some_and(near)
}

/// NFKC in lower case, katakana as hiragana, without spaces, dashes and middle dots; between digits a dash stays, as
/// `1-2` is not `12`.
pub fn loose(text: &str) -> String {
    let mut key = String::with_capacity(text.len());
    let mut dash = false;
    for c in text.nfkc().flat_map(char::to_lowercase).map(hiragana) {
        if c.is_whitespace() || matches!(c, '-' | '_' | '・' | '\u{2010}'..='\u{2015}' | '\u{2212}') {
            dash = true;
            continue;
        }
        if dash && c.is_numeric() && key.ends_with(char::is_numeric) {
            key.push('-');
        }
        key.push(c);
        dash = false;
    }
    key
}

fn hiragana(c: char) -> char {
    match c {
        'ァ'..='ヶ' => char::from_u32(c as u32 - 0x60).unwrap_or(c),
        _ => c,
    }
}

fn limit(chars: usize) -> usize {
    match chars {
        0..=2 => 0,
        3..=5 => 1,
        6..=8 => 2,
        _ => 3,
    }
}

fn mask(key: &str) -> u64 {
    key.chars().fold(0, |mask, c| mask | 1 << ((c as u32).wrapping_mul(0x9E37_79B9) >> 26))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn suggested(written: &str, names: &[&'static str]) -> Option<&'static str> {
        let candidates: Vec<_> = names.iter().map(|name| Candidate::new(name, *name)).collect();
        nearest(written, &candidates, &mut Budget::default()).map(|nearest| *nearest.item)
    }

    #[test]
    fn near_names_are_suggested_and_far_ones_are_not() {
        assert_eq!(suggested("helpdsek", &["help", "helpdesk"]), Some("helpdesk"));
        assert_eq!(suggested("HelpDesk", &["helpdesk"]), Some("helpdesk"));
        assert_eq!(suggested("へるぷですく", &["ヘルプデスク"]), Some("ヘルプデスク"));
        assert_eq!(suggested("今日", &["今月"]), None);
        assert_eq!(suggested("printer", &["helpdesk"]), None);
        assert_eq!(suggested("失敗回数", &["パスワード失敗回数", "版"]), Some("パスワード失敗回数"));
        assert_eq!(suggested("失敗回数", &["パスワード失敗回数", "ログイン時の失敗回数"]), None);
    }

    #[test]
    fn words_that_differ_in_an_ideograph_or_a_digit_are_no_near_misses() {
        let miss = |a: &str, b: &str| is_near_miss(&Candidate::new(a, ()), &Candidate::new(b, ()));
        assert!(miss("サーバーのエラー", "サーバのエラー"));
        assert!(miss("データ　送信", "データ送信"));
        assert!(!miss("データ送信時のエラー", "データ受信時のエラー"));
        assert!(!miss("アプリのエラー1", "アプリのエラー2"));
    }

    #[test]
    fn only_one_name_can_be_meant_beyond_doubt() {
        let sure = |written: &str, names: &[&'static str]| {
            let candidates: Vec<_> = names.iter().map(|name| Candidate::new(name, *name)).collect();
            nearest(written, &candidates, &mut Budget::default()).map(|nearest| nearest.same_but_for_spelling)
        };
        assert_eq!(sure("FAQ２", &["faq-2", "faq-2"]), Some(true));
        assert_eq!(sure("FAQ２", &["faq-2", "Faq2"]), Some(false));
        assert_eq!(sure("別紙3-1", &["別紙 31"]), Some(false));
    }

    #[test]
    fn work_is_bounded() {
        let candidates = [Candidate::new("helpdesk", ())];
        let mut budget = Budget(1);
        assert!(nearest("helpdesc", &candidates, &mut budget).is_some());
        assert!(nearest("helpdesc", &candidates, &mut budget).is_none());
    }
}
