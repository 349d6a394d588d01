//! Words that are written in kanji or in kana, and compounds with more or fewer kana: a form of each row is a variant of
//! the others.

use aho_corasick::{AhoCorasick, MatchKind};

use super::Groups;
use crate::source::Span;

/// Stems, all written alike, and what may follow them.
type Row = (&'static [&'static str], &'static [&'static str]);

const ROWS: &[Row] = &[
    (&["下さ", "くださ"], &["い"]),
    (&["御座い", "ござい"], &["ま"]),
    (&["出来", "でき"], &["な", "ま", "る", "ず", "た", "て", "れ"]),
    (&["致し", "いたし"], &["ま"]),
    (&["頂", "いただ"], &["き", "く", "い", "け"]),
    (&["分か", "わか", "判"], &["ら", "り", "る", "っ"]),
    (&["又は", "または"], &[""]),
    (&["及び", "および"], &[""]),
    (&["並びに", "ならびに"], &[""]),
    (&["既に", "すでに"], &[""]),
    (&["全て", "すべて"], &[""]),
    (&["予め", "あらかじめ"], &[""]),
    (&["但し", "ただし"], &[""]),
    (&["更に", "さらに"], &[""]),
    (&["従って", "したがって"], &[""]),
    (&["関わらず", "関らず", "かかわらず", "拘らず"], &[""]),
    (&["宜し", "よろし"], &["い", "く"]),
    (&["是非", "ぜひ"], &[""]),
    (&["何故", "なぜ"], &[""]),
    (&["且つ", "かつ"], &["、"]),
    (&["直ぐ", "すぐ"], &["に"]),
    (&["殆ど", "ほとんど"], &[""]),
    (&["行な", "行"], &["う", "い", "っ", "わ", "え"]),
    (&["問い合わせ", "問合せ", "問合わせ", "問い合せ"], &[""]),
    (&["組み合わせ", "組合せ", "組み合せ", "組合わせ"], &[""]),
    (&["打ち合わせ", "打合せ", "打ち合せ"], &[""]),
    (&["繰り返", "繰返", "くり返"], &["し", "す", "さ"]),
    (&["切り替", "切替"], &["え"]),
    (&["読み込", "読込"], &["み", "む", "ま"]),
    (&["書き込", "書込"], &["み", "む", "ま"]),
    (&["取り消", "取消"], &["し", "す"]),
    (&["取り込", "取込"], &["み", "む", "ま"]),
    (&["引き継", "引継"], &["ぎ", "ぐ", "が"]),
];

/// A search for all forms at once.
pub struct Search {
    search: Option<AhoCorasick>,
    /// Of each spelling its row and the bytes of its stem.
    spellings: Vec<(usize, usize)>,
}

pub fn search() -> Search {
    let all = || {
        let row = |(row, (stems, ends)): (usize, &'static Row)| {
            stems.iter().flat_map(move |stem| ends.iter().map(move |end| (row, stem.len(), format!("{stem}{end}"))))
        };
        ROWS.iter().enumerate().flat_map(row)
    };
    let builder = AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(all().map(|(_, _, text)| text));
    Search { search: builder.ok(), spellings: all().map(|(row, stem, _)| (row, stem)).collect() }
}

pub fn collect(search: &Search, text: &str, span: Span, groups: &mut Groups) {
    for hit in search.search.iter().flat_map(|search| search.find_iter(text)) {
        let Some((row, stem)) = search.spellings.get(hit.pattern().as_usize()) else { continue };
        let end = hit.start() + stem;
        let Some(form) = text.get(hit.start()..end) else { continue };
        let before = text.get(..hit.start()).and_then(|before| before.chars().next_back());
        // 「代行い…」, 「発行い…」: the last sign of another word.
        let is_part = form.chars().count() == 1 && before.is_some_and(|c| matches!(c, '一'..='龠'));
        if !is_part {
            let shown = text.get(hit.range()).unwrap_or(form);
            groups.add(&format!("a{row:03}"), form, shown, super::super::text::within(span, hit.start(), end));
        }
    }
}
