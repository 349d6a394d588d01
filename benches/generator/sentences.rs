//! Sentences drawn from parts, so that no two entries read the same.

use fastrand::Rng;

use super::words::{BUTTONS, CAUTIONS, FIELDS, MENUS, REASONS, RESULTS, SCREENS, THINGS, TROUBLES};

pub fn pick<'a, T: ?Sized>(rng: &mut Rng, choices: &[&'a T]) -> &'a T {
    choices[rng.usize(..choices.len())]
}

/// 「請求明細入力」画面で給付管理票の件数が合わない
pub fn trouble(rng: &mut Rng) -> String {
    format!("「{}」画面で{}{}", pick(rng, SCREENS), pick(rng, THINGS), pick(rng, TROUBLES))
}

pub fn reason(rng: &mut Rng) -> String {
    match rng.u8(..3) {
        0 => pick(rng, REASONS).to_owned(),
        1 => format!("{}の{}が空欄のまま、{}", pick(rng, THINGS), pick(rng, FIELDS), pick(rng, REASONS)),
        _ => format!("「{}」画面の{}の値が正しくない", pick(rng, SCREENS), pick(rng, FIELDS)),
    }
}

pub fn step(rng: &mut Rng) -> String {
    let (screen, field, button, thing) = (pick(rng, SCREENS), pick(rng, FIELDS), pick(rng, BUTTONS), pick(rng, THINGS));
    match rng.u8(..10) {
        0 => format!("「{}」メニューから「{screen}」画面を開き、{field}の欄を確かめます。", pick(rng, MENUS)),
        1 => format!("{field}の欄に{thing}に書かれている番号を入力し、「{button}」ボタンをクリックします。"),
        2 => format!("一覧から該当する{thing}を選び、{field}が空欄でないことを確かめます。"),
        3 => format!("「{button}」ボタンをクリックし、{}。", pick(rng, RESULTS)),
        4 => format!("{thing}をもう一度読み込み、{field}の順に並べ替えてから「{button}」ボタンをクリックします。"),
        5 => format!("「{screen}」画面の右上にある「{button}」を選び、{}。", pick(rng, RESULTS)),
        6 => format!(
            "画面を閉じてから「{screen}」画面を開き直し、{thing}が表示されるまで{}分ほど待ちます。",
            rng.u8(1..10)
        ),
        7 => format!("{field}を{}桁の数字に直し、{thing}の控えと見比べます。", rng.u8(2..12)),
        8 => format!("{}枚目の{thing}に印を付け、「{button}」をクリックして確定します。", rng.u8(1..9)),
        _ => format!("「{}」メニューの「{button}」を選んで、{thing}を保存します。", pick(rng, MENUS)),
    }
}

pub fn note(rng: &mut Rng) -> String {
    match rng.u8(..2) {
        0 => format!("{}。", pick(rng, CAUTIONS)),
        _ => format!("{}の{}を変えた場合は、{}。", pick(rng, THINGS), pick(rng, FIELDS), pick(rng, CAUTIONS)),
    }
}

pub fn solved(rng: &mut Rng) -> String {
    format!("{}は正しく表示されましたか？", pick(rng, THINGS))
}

/// A short title of a remedy.
pub fn remedy(rng: &mut Rng) -> String {
    format!(
        "{}を「{}」画面から{}",
        pick(rng, THINGS),
        pick(rng, SCREENS),
        pick(rng, &["直す", "登録し直す", "取り込み直す", "確かめる", "作り直す"])
    )
}

/// The id of one of a fact's values.
pub fn pick_value<'a>(rng: &mut Rng, choices: &[(&'a str, &str)]) -> &'a str {
    choices[rng.usize(..choices.len())].0
}
