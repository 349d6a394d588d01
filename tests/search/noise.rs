//! What becomes of a message on its way from the screen into a search box.

use fastrand::Rng;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Noise {
    None,
    /// Polite words around it.
    Pasted,
    /// A third of the characters in the other width.
    Width,
    /// Line breaks and spaces added, and those that were there lost.
    Breaks,
    /// Hiragana for katakana, long vowels left out.
    Kana,
    Dropped,
    Doubled,
    /// Characters taken for others that look like them: a tenth, or a fifth.
    Misread,
    MuchMisread,
    /// Either half.
    Half,
    /// A sentence of it in a mail, perhaps said of something else.
    Told,
    /// Dropped, misread, width, breaks and pasted.
    All,
}

pub const ALL: &[Noise] = &[
    Noise::None,
    Noise::Pasted,
    Noise::Width,
    Noise::Breaks,
    Noise::Kana,
    Noise::Dropped,
    Noise::Doubled,
    Noise::Misread,
    Noise::MuchMisread,
    Noise::Half,
    Noise::Told,
    Noise::All,
];

const BEFORE: &[&str] = &[
    "すみません、昨日から",
    "お世話になっております。パソコンの画面に「",
    "アプリを開くと\n",
    "急に",
    "Hello, since this morning I get: ",
    "担当の佐藤です。至急お願いします。\n",
    "",
];
const AFTER: &[&str] = &[
    "」と出て困っています。どうすればいいでしょうか。",
    "\nと表示されます",
    "と出ました。何度やってもだめです。よろしくお願いします。",
    " what should I do?",
    "（スクリーンショット添付）",
    "",
];
const OF: &[&str] =
    &["", "", "", "昨日から", "本日試したところ、", "メールの", "FAXが", "電子証明書を", "再", "薬の", "【至急】"];
const MAIL_BEFORE: &[&str] = &["", "お世話になっております。", "パソコンを替えました！", "Hello! "];
const MAIL_AFTER: &[&str] = &[
    "",
    "と表示されます。よろしくお願いいたします。",
    "とのことです。どうすればいいですか？",
    "、と出ました。\nまた別件でご連絡します。",
];
const LOOK_ALIKES: &[&str] = &[
    "ソンリ",
    "シツミ",
    "一ー―",
    "口ロ",
    "l1I",
    "0Oo",
    "カ力",
    "エ工",
    "ニ二",
    "タ夕",
    "ト卜",
    "ハ八",
    "未末",
    "土士",
    "日目曰",
    "待持侍",
    "人入",
    "ばぱ",
    "ブプ",
    "るろ",
    "めぬ",
    "わね",
    "きさ",
    "間問",
    "S5",
    "B8",
    "信言",
    "再冉",
    "クワ",
    "失矢夫",
    "続統",
    "書晝",
    "力刀",
    "送迭",
    "い り",
    "っつ",
    "ょよ",
];

pub fn apply(noise: Noise, text: &str, rng: &mut Rng) -> String {
    match noise {
        Noise::None => text.to_owned(),
        Noise::Pasted => format!("{}{text}{}", rng.choice(BEFORE).unwrap(), rng.choice(AFTER).unwrap()),
        Noise::Width => each(text, |c| some(if rng.u8(..100) < 30 { other_width(c) } else { c })),
        Noise::Breaks => {
            let lines: String = text.split_whitespace().collect();
            each(&lines, |c| match rng.u8(..20) {
                0 | 1 => vec![c, '\n'],
                2 => vec![c, ' '],
                _ => vec![c],
            })
        }
        Noise::Kana => each(text, |c| match c {
            'ー' if rng.bool() => Vec::new(),
            'ァ'..='ヶ' if rng.bool() => some(char::from_u32(c as u32 - 0x60).unwrap()),
            _ => some(c),
        }),
        Noise::Dropped => each(text, |c| if rng.u8(..10) == 0 { Vec::new() } else { some(c) }),
        Noise::Doubled => each(text, |c| if rng.u8(..10) == 0 { vec![c, c] } else { some(c) }),
        Noise::Misread => each(text, |c| some(if rng.u8(..100) < 10 { misread(c, rng) } else { c })),
        Noise::MuchMisread => each(text, |c| some(if rng.u8(..100) < 20 { misread(c, rng) } else { c })),
        Noise::Half => {
            let chars: Vec<char> = text.chars().collect();
            let (one, other) = chars.split_at(chars.len() / 2);
            if rng.bool() { one } else { other }.iter().collect()
        }
        Noise::Told => {
            let sentences: Vec<&str> = text.split(['。', '\n']).filter(|it| !it.trim().is_empty()).collect();
            let sentence = rng.choice(sentences).unwrap_or(text);
            let [before, of, after] = [MAIL_BEFORE, OF, MAIL_AFTER].map(|all| *rng.choice(all).unwrap());
            format!("{before}{of}{sentence}{after}")
        }
        Noise::All => {
            let kinds = [Noise::Dropped, Noise::Misread, Noise::Width, Noise::Breaks, Noise::Pasted];
            kinds.iter().fold(text.to_owned(), |text, noise| apply(*noise, &text, rng))
        }
    }
}

fn each(text: &str, change: impl FnMut(char) -> Vec<char>) -> String {
    text.chars().flat_map(change).collect()
}

fn some(c: char) -> Vec<char> {
    vec![c]
}

fn other_width(c: char) -> char {
    match c {
        '!'..='~' => char::from_u32(c as u32 + 0xFEE0).unwrap(),
        '！'..='～' => char::from_u32(c as u32 - 0xFEE0).unwrap(),
        '。' => '｡',
        'ア' => 'ｱ',
        'ル' => 'ﾙ',
        'ン' => 'ﾝ',
        'ー' => 'ｰ',
        'ラ' => 'ﾗ',
        _ => c,
    }
}

/// What the character is taken for; one that looks like nothing else is lost to a stain.
fn misread(c: char, rng: &mut Rng) -> char {
    match LOOK_ALIKES.iter().find(|alike| alike.contains(c)) {
        Some(alike) => rng.choice(alike.chars().filter(|other| *other != c).collect::<Vec<_>>()).unwrap_or(c),
        None => rng.choice(['・', '日', 'に', 'l', '口']).unwrap(),
    }
}
