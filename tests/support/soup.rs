//! Random and mutated texts for properties of the parser and of what stands on it.

use proptest::prelude::*;

/// Pieces of the language, of its look-alikes and of its enemies.
fn piece() -> impl Strategy<Value = String> {
    let fixed = prop::sample::select(vec![
        "entry",
        "項目",
        "symptom",
        "事象",
        "fact",
        "事実",
        "action",
        "対応策",
        "when",
        "場合",
        "条件",
        "else",
        "それ以外",
        "check",
        "確認",
        "表示",
        "message",
        "finds",
        "sets",
        "then",
        "次",
        "table",
        "text",
        "test",
        "given",
        "expect",
        "derive",
        "define",
        "assume",
        "document",
        "section",
        "章",
        "link",
        "contact",
        "連絡先",
        "連絡",
        "term",
        "one of",
        "yes/no",
        "はい/いいえ",
        "number",
        "version",
        "date",
        "any of",
        "いずれか",
        "x",
        "abc-def",
        "証明書",
        "「",
        "」",
        "\"",
        "{",
        "}",
        "｛",
        "｝",
        "(",
        ")",
        "（",
        "）",
        ":",
        "：",
        ",",
        "、",
        "=",
        "＝",
        "≠",
        "<=",
        "≧",
        "以上",
        "未満",
        "..",
        "..<",
        "〜",
        ">",
        "＞",
        "・",
        "※",
        "！",
        "|",
        "｜",
        "①",
        "②",
        "1.",
        "2)",
        "#",
        "＃",
        "```",
        "｀｀｀",
        "[→",
        "[@",
        "]",
        "No.6",
        "No９－12",
        "\\No.3",
        "№7",
        "[→No.9：a]",
        "2026-02-30",
        "2023年6月29日",
        "today + 3 days",
        "22.04.x",
        "6.0",
        "3件",
        "１２",
        "64bit",
        "http://x/",
        "–",
        "not",
        "でない",
        "かつ",
        "または",
        "implies",
        "and",
        "or",
        "%",
        "60%",
        "5分",
        "\u{3000}",
        "\t",
        " ",
        "\n",
        "\r\n",
        "\n\n",
        "👩‍💻",
        "が",
        "か\u{3099}",
        "\u{feff}",
        "\0",
        "…",
        "99999999999999999999",
        "No.4294967296",
        "/",
        "／",
        "is not",
        "has",
        "in {",
    ]);
    prop_oneof![8 => fixed.prop_map(str::to_owned), 1 => "\\PC{0,6}", 1 => any::<char>().prop_map(String::from)]
}

pub fn soup() -> impl Strategy<Value = String> {
    prop::collection::vec((piece(), prop::bool::weighted(0.6)), 0..60)
        .prop_map(|pieces| pieces.into_iter().map(|(piece, space)| if space { piece + " " } else { piece }).collect())
}

pub const SAMPLE: &str = include_str!("../parse/sample.faq");

/// The sample with stretches cut out, doubled, swapped or replaced.
pub fn mutated() -> impl Strategy<Value = String> {
    let change = (any::<prop::sample::Index>(), 0..40_usize, 0..4_u8, piece());
    prop::collection::vec(change, 1..8)
        .prop_map(|changes| {
            changes.into_iter().fold(SAMPLE.chars().collect::<Vec<char>>(), |mut text, (at, length, kind, piece)| {
                let start = at.index(text.len() + 1);
                let end = (start + length).min(text.len());
                let cut: Vec<char> = text.get(start..end).map(<[char]>::to_vec).unwrap_or_default();
                match kind {
                    0 => drop(text.drain(start..end)),
                    1 => drop(text.splice(start..start, cut)),
                    2 => drop(text.splice(start..end, piece.chars())),
                    _ => drop(text.splice(start..start, piece.chars())),
                }
                text
            })
        })
        .prop_map(|text| text.into_iter().collect())
}
