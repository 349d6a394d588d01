//! Characters that are easily taken for each other, made one. Refuses to know what is searched for.

/// A folded text as it is compared: of characters that look alike to a camera, or that are mistyped, one stands for all; the
/// mark of a long vowel is left out, for it is often left out in writing.
pub(super) fn alike(folded: &str) -> Vec<char> {
    let mut all = Vec::with_capacity(folded.len() / 3 + 1);
    let mut before = ' ';
    for c in folded.chars() {
        // After kana, the number one is rather a long vowel that was misread.
        if c != 'ー' && !(c == '一' && is_kana(before)) {
            all.push(one_for_all(c));
        }
        before = c;
    }
    all
}

fn is_kana(c: char) -> bool {
    matches!(c, 'ぁ'..='ゖ' | 'ー')
}

/// Small kana are as the large ones, the ring as the two strokes; then kanji like katakana, and letters like digits.
fn one_for_all(c: char) -> char {
    match c {
        'ぁ' => 'あ',
        'ぃ' => 'い',
        'ぅ' => 'う',
        'ぇ' | '工' => 'え',
        'ぉ' | '才' => 'お',
        'ゕ' | '力' => 'か',
        'ゖ' => 'け',
        'っ' => 'つ',
        'ゃ' => 'や',
        'ゅ' => 'ゆ',
        'ょ' => 'よ',
        'ゎ' => 'わ',
        'ぱ' => 'ば',
        'ぴ' => 'び',
        'ぷ' => 'ぶ',
        'ぺ' => 'べ',
        'ぽ' => 'ぼ',
        'そ' => 'ん',
        '口' => 'ろ',
        '二' => 'に',
        '夕' => 'た',
        '卜' => 'と',
        '八' => 'は',
        '千' => 'ち',
        '三' => 'み',
        '又' => 'ぬ',
        '匕' => 'ひ',
        '曰' => '日',
        '末' => '未',
        '土' => '士',
        '巳' | '已' => '己',
        '入' => '人',
        'l' | 'i' => '1',
        'o' => '0',
        'z' => '2',
        's' => '5',
        'b' => '8',
        'g' | 'q' => '9',
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::runtime::fold;

    fn compared(text: &str) -> String {
        alike(&fold(text)).into_iter().collect()
    }

    #[test]
    fn what_looks_alike_is_the_same() {
        for (one, other) in [
            ("サーバー", "サ一バ"),
            ("ログイン", "口グイソ"),
            ("エラーコード", "工ラ一コ一ド"),
            ("アプリ", "アブリ"),
            ("0x80010", "Ox8OOlO"),
            ("クリック", "クリツク"),
        ] {
            assert_eq!(compared(one), compared(other));
        }
        assert_ne!(compared("送信"), compared("受信"));
        assert_eq!(compared("一部"), "一部");
    }
}
