//! From a pasted message, or words that describe a problem, to symptoms. Refuses to know what follows from a symptom.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::fold;
use crate::table::{Key, KeyKind, Table};

/// A symptom that a text leads to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "compiler", derive(schemars::JsonSchema))]
pub struct Hit {
    /// Index into the table's `symptoms`.
    pub symptom: u32,
    /// Index into the symptom's `keys`: the one that matched best.
    pub key: u32,
    pub matched: Matched,
    /// How much of the text the key accounts for, in thousandths: 1000 for the very text, less for any other.
    pub score: u32,
}

/// How a text matched.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "compiler", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Matched {
    /// The text is the key, but for width, case, kana and punctuation.
    Exact,
    /// The key's fixed parts stand in the text, in order.
    Contained,
}

/// The score of an exact match.
const WHOLE: usize = 1000;
/// A shorter key says nothing when it stands somewhere in a text.
const SHORTEST: usize = 2;

/// The symptoms that a text leads to, the best first; none when nothing is relevant. To find for many texts, keep a [`Search`].
pub fn find(table: &Table, text: &str) -> Vec<Hit> {
    Search::new(table).find(text)
}

/// The keys of a table, made ready for many searches.
#[derive(Debug)]
pub struct Search<'a> {
    table: &'a Table,
    /// Keys without parts that vary: symptom and place among its keys.
    exact: BTreeMap<&'a str, Vec<(u32, u32)>>,
}

impl<'a> Search<'a> {
    pub fn new(table: &'a Table) -> Self {
        let mut exact: BTreeMap<&str, Vec<(u32, u32)>> = BTreeMap::new();
        for (symptom, it) in (0u32..).zip(&table.symptoms) {
            for (key, it) in (0u32..).zip(&it.keys) {
                if let [whole] = it.folded.as_slice() {
                    exact.entry(whole).or_default().push((symptom, key));
                }
            }
        }
        Self { table, exact }
    }

    /// What [`find`] says. An exact match comes before any other; then the key with most characters in the text wins, a message
    /// before a title before another wording, and the symptom that stands first. Each symptom is there once.
    pub fn find(&self, text: &str) -> Vec<Hit> {
        let text = fold(text);
        let length = text.chars().count();
        if length == 0 {
            return Vec::new();
        }
        let mut found: BTreeMap<u32, Rank> = BTreeMap::new();
        let exact = self.exact.get(text.as_str()).into_iter().flatten();
        exact.for_each(|(symptom, key)| self.offer(&mut found, *symptom, *key, Matched::Exact, length));
        for (symptom, it) in (0u32..).zip(&self.table.symptoms) {
            for (key, it) in (0u32..).zip(&it.keys) {
                if let Some(matched) = contained(it, &text) {
                    self.offer(&mut found, symptom, key, Matched::Contained, matched);
                }
            }
        }
        let mut ranked: Vec<(Rank, u32)> = found.into_iter().map(|(symptom, rank)| (rank, symptom)).collect();
        ranked.sort();
        ranked.into_iter().map(|(rank, symptom)| hit(rank, symptom, length)).collect()
    }

    fn offer(&self, found: &mut BTreeMap<u32, Rank>, symptom: u32, key: u32, matched: Matched, length: usize) {
        let kind = self.table.symptoms.get(symptom as usize).and_then(|it| it.keys.get(key as usize)).map(|it| it.kind);
        let rank = (matched, Reverse(length), kind.map_or(u8::MAX, kind_order), key);
        let best = found.entry(symptom).or_insert(rank);
        *best = rank.min(*best);
    }
}

/// Exact or not, characters that matched, kind of key, key: the least is the best.
type Rank = (Matched, Reverse<usize>, u8, u32);

fn hit((matched, Reverse(characters), _, key): Rank, symptom: u32, length: usize) -> Hit {
    let score = match matched {
        Matched::Exact => WHOLE,
        Matched::Contained => (WHOLE * characters / length).min(WHOLE - 1),
    };
    Hit { symptom, key, matched, score: score as u32 }
}

fn kind_order(kind: KeyKind) -> u8 {
    match kind {
        KeyKind::Message => 0,
        KeyKind::Title => 1,
        KeyKind::Also => 2,
    }
}

/// The characters of the key's fixed parts, when all stand in the text, one after the other.
fn contained(key: &Key, text: &str) -> Option<usize> {
    let mut rest = text;
    let mut length = 0;
    for part in &key.folded {
        let at = rest.find(part.as_str())?;
        rest = rest.get(at + part.len()..)?;
        length += part.chars().count();
    }
    (length >= SHORTEST).then_some(length)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table() -> Table {
        let symptom = |id: &str, keys: &[(&str, &[&str])]| {
            let keys: Vec<_> = keys
                .iter()
                .map(|(kind, parts)| {
                    let folded: Vec<String> = parts.iter().map(|part| fold(part)).collect();
                    serde_json::json!({"kind": kind, "text": parts.concat(), "folded": folded})
                })
                .collect();
            serde_json::json!({"id": id, "title": [], "keys": keys, "entries": [], "actions": []})
        };
        let symptoms = [
            symptom("failed", &[("title", &["送信できない"]), ("message", &["送信に失敗しました"])]),
            symptom("retry", &[("message", &["送信に失敗しました。再度実行してください。"])]),
            symptom("count", &[("also", &["あ"]), ("message", &["エラー：", "件の処理に失敗"])]),
        ];
        let table = serde_json::json!({
            "format": "faqc-table", "version": 1, "title": "", "language": "ja", "questions": [], "facts": [],
            "contradiction": {"rows": []}, "conditions": [], "symptoms": symptoms, "entries": [], "actions": [],
        });
        Table::from_json(table.to_string().as_bytes()).unwrap()
    }

    fn found(text: &str) -> Vec<(u32, Matched, u32)> {
        find(&table(), text).into_iter().map(|it| (it.symptom, it.matched, it.score)).collect()
    }

    #[test]
    fn the_very_text_comes_first_and_the_longest_match_next() {
        let exact = found("ソウシン失敗").len();
        assert_eq!(exact, 0);
        assert_eq!(found("送信に失敗しました！"), [(0, Matched::Exact, 1000)]);
        assert_eq!(
            found("送信に失敗しました 再度実行してください"),
            [(1, Matched::Exact, 1000), (0, Matched::Contained, 473)]
        );
        let pasted = found("すみません、「送信に失敗しました。\n再度実行してください。」と出ます");
        assert_eq!(pasted.iter().map(|it| it.0).collect::<Vec<_>>(), [1, 0]);
    }

    #[test]
    fn fixed_parts_stand_in_order_around_what_varies() {
        assert_eq!(found("エラー:12件の処理に失敗"), [(2, Matched::Contained, 833)]);
        assert_eq!(found("件の処理に失敗、エラー"), []);
    }

    #[test]
    fn nothing_relevant_gives_nothing() {
        assert_eq!(found(""), []);
        assert_eq!(found("。。。"), []);
        assert_eq!(found("あいうえお"), []);
        assert_eq!(found("あ"), [(2, Matched::Exact, 1000)]);
        assert_eq!(found("印刷できません"), []);
    }
}
