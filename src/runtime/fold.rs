//! Texts folded so that width, case, kana and punctuation do not matter. Refuses to know what they are compared with.

use unicode_normalization::UnicodeNormalization;

/// Circled numbers dropped, NFKC, lower case, then only letters and digits (Unicode's Alphabetic, and the categories N), katakana
/// as hiragana. Each step is described in `docs/table.md`, so that others can fold alike.
///
/// Circled numbers go first because NFKC would make digits of them: `①1表` is no `11表`.
pub fn fold(text: &str) -> String {
    let mut fold = String::with_capacity(text.len());
    each_lowered(text, |c| fold.extend(c.is_alphanumeric().then(|| as_hiragana(c))));
    fold
}

/// Visits what [`fold`] makes letters and digits of, and what it leaves out.
pub(super) fn each_lowered(text: &str, visit: impl FnMut(char)) {
    each_lower(text, |c| !is_enclosed(c), visit);
}

/// NFKC, lower case character by character, NFKC again, katakana as hiragana, white space as single spaces with none at the
/// ends: what a search of texts compares, punctuation included.
pub fn level(text: &str) -> String {
    let mut level = String::with_capacity(text.len());
    let push = |c: char| match c.is_whitespace() {
        true if level.is_empty() || level.ends_with(' ') => {}
        true => level.push(' '),
        false => level.push(as_hiragana(c)),
    };
    each_lower(text, |_| true, push);
    level.truncate(level.trim_end().len());
    level
}

/// Visits what [`lower`] makes of the characters that are kept; simple ones are always kept.
fn each_lower(text: &str, is_kept: impl Fn(char) -> bool, visit: impl FnMut(char)) {
    match text.chars().all(is_simple) {
        true => text.chars().map(simple).for_each(visit),
        false => lower(text.chars().filter(|c| is_kept(*c))).for_each(visit),
    }
}

fn lower(text: impl Iterator<Item = char>) -> impl Iterator<Item = char> {
    text.nfkc().flat_map(char::to_lowercase).nfkc()
}

/// Whether a character becomes what [`simple`] says by [`lower`], whatever stands beside it, if that is simple too: most of what
/// Japanese and English are written with.
fn is_simple(c: char) -> bool {
    matches!(c, '\0'..='~' | '、'..='〟' | 'ぁ'..='ゖ' | 'ァ'..='ー' | '一'..='鿿' | '！'..='～')
}

fn simple(c: char) -> char {
    const WIDER: u32 = '！' as u32 - '!' as u32;
    let narrow = if ('！'..='～').contains(&c) { char::from_u32(c as u32 - WIDER).unwrap_or(c) } else { c };
    narrow.to_ascii_lowercase()
}

fn is_enclosed(c: char) -> bool {
    matches!(c, '\u{2460}'..='\u{24FF}' | '\u{2776}'..='\u{2793}' | '\u{3251}'..='\u{325F}' | '\u{32B1}'..='\u{32BF}')
}

pub(super) fn as_hiragana(c: char) -> char {
    match c {
        'ァ'..='ヶ' => char::from_u32(c as u32 - 0x60).unwrap_or(c),
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use unicode_normalization::{IsNormalized, is_nfkc_quick};

    use super::{fold, is_enclosed, is_simple, level, lower, simple};

    #[test]
    fn simple_characters_become_one_each_and_join_with_none() {
        for c in ('\0'..=char::MAX).filter(|c| is_simple(*c)) {
            assert!(!is_enclosed(c) && lower([c].into_iter()).eq([simple(c)]), "{c:?}");
            // Neither a mark nor what goes together with the character before it.
            assert_eq!(is_nfkc_quick([simple(c)].into_iter()), IsNormalized::Yes, "{c:?}");
        }
    }

    #[test]
    fn folding_ignores_width_case_kana_and_punctuation() {
        assert_eq!(fold("送信に失敗しました。再度 実行してください！"), "送信に失敗しました再度実行してください");
        assert_eq!(fold("ＷｅｂＶｉｅｗ２ サーバー"), "webview2さーばー");
        assert_eq!(fold("ｱﾌﾟﾘ"), "あぷり");
        assert_eq!(fold("①1表と2表"), "1表と2表");
    }

    #[test]
    fn levelling_keeps_punctuation() {
        assert_eq!(level(" ＷＥＢ　サイト、\n①ｱﾌﾟﾘ "), "web さいと、 1あぷり");
        assert_eq!(level(" \n"), "");
    }

    #[test]
    fn the_documented_examples_fold_so() {
        let page = include_str!("../../docs/table.md");
        let (_, section) = page.split_once("\n## Search keys\n").unwrap();
        let (_, block) = section.split_once("```json\n").unwrap();
        let (block, _) = block.split_once("```").unwrap();
        let examples: std::collections::BTreeMap<String, String> = serde_json::from_str(block).unwrap();
        assert!(examples.len() > 3);
        for (text, folded) in examples {
            assert_eq!(fold(&text), folded);
        }
    }
}
