//! Cells by their names and labels. Refuses to know numbers, versions and days.

use unicode_normalization::UnicodeNormalization;

use super::super::fold::{as_hiragana, fold};
use crate::table::{Cell, Fact};

/// The cell that a text names: by the letter first, then but for width, case, kana, spaces and, where there are no digits,
/// punctuation. `yes`, `no` and `other` are known in both languages; a declared value of such a name comes before them. Never the
/// cell *not applicable*.
pub(super) fn pick(fact: &Fact, text: &str) -> Option<u32> {
    let text = text.trim();
    let find = |is: &dyn Fn(&Cell) -> bool| {
        (0u32..).zip(&fact.cells).find(|(_, cell)| !cell.not_applicable && is(cell)).map(|(index, _)| index)
    };
    let value = |cell: &Cell, is: &dyn Fn(&str) -> bool| cell.value.as_deref().is_some_and(is);
    let folded = fold(text);
    find(&|cell| value(cell, &|value| value == text))
        .or_else(|| find(&|cell| cell.label == text))
        .or_else(|| find(&|cell| value(cell, &|value| are_alike(value, text))))
        .or_else(|| find(&|cell| are_alike(&cell.label, text)))
        .or_else(|| find(&|cell| value(cell, &|value| Some(value) == yes_or_no(&folded))))
        .or_else(|| find(&|cell| cell.other && matches!(folded.as_str(), "other" | "その他" | "そのほか")))
}

/// Points and signs tell numbers apart, 1.5 and 15: they are dropped only where there are no digits.
pub(super) fn are_alike(left: &str, right: &str) -> bool {
    let spelled = |text: &str| -> String {
        let lower = text.nfkc().flat_map(char::to_lowercase).nfkc();
        lower.filter(|c| !c.is_whitespace()).map(as_hiragana).collect()
    };
    let same = |left: String, right: String| !left.is_empty() && left == right;
    let has_digits = left.contains(char::is_numeric) || right.contains(char::is_numeric);
    same(spelled(left), spelled(right)) || !has_digits && same(fold(left), fold(right))
}

fn yes_or_no(folded: &str) -> Option<&'static str> {
    match folded {
        "yes" | "y" | "はい" | "ある" | "あり" => Some("yes"),
        "no" | "n" | "いいえ" | "ない" | "なし" => Some("no"),
        _ => None,
    }
}

/// The labels of the cells that can be answered.
pub(super) fn choices(fact: &Fact) -> Vec<String> {
    fact.cells.iter().filter(|cell| !cell.not_applicable).map(|cell| cell.label.clone()).collect()
}

/// The name that a text nearly is, by optimal string alignment distance over folded texts; the first of equals.
pub(super) fn nearest<'a>(text: &str, names: impl Iterator<Item = &'a str>) -> Option<String> {
    let written = fold(text);
    let length = written.chars().count();
    let distance = |name: &str| strsim::osa_distance(&written, &fold(name));
    let near = names.map(|name| (distance(name), name)).filter(|(distance, _)| *distance <= length.div_ceil(4));
    near.min_by_key(|(distance, _)| *distance).map(|(_, name)| name.to_owned())
}
