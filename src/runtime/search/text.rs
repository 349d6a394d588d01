//! From words to the entries in which they stand, and from numbers to those that have them. Refuses to know how an entry is laid out.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::numbers::numbers;
use super::passages::{Place, passages, symptoms_of_entries};
use super::spelling::Spellings;
use crate::runtime::fold::{fold, level};
use crate::table::{Entry, Table};

/// An entry in which the words stand that were searched for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "compiler", derive(schemars::JsonSchema))]
pub struct TextHit {
    /// Index into the table's `entries`.
    pub entry: u32,
    /// The sum of what the places of its passages count in which a word stands.
    pub score: u32,
    /// The places, each once.
    pub places: Vec<Place>,
    /// What was searched for instead, where the words themselves do not stand in the entry: with words for other spellings and
    /// readings of them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub instead: Option<String>,
}

/// The entries in which words stand, the best first. To search for many, keep a [`TextSearch`].
pub fn search_text(table: &Table, words: &str) -> Vec<TextHit> {
    TextSearch::new(table).find(words)
}

/// The passages of a table's entries, made ready for many searches.
#[derive(Debug)]
pub struct TextSearch {
    entries: Vec<Vec<(Place, String)>>,
    numbers: Vec<Option<u32>>,
    spellings: Spellings,
}

impl TextSearch {
    pub fn new(table: &Table) -> Self {
        let symptoms = symptoms_of_entries(table);
        let entry = |(entry, symptoms): (&Arc<Entry>, &Vec<u32>)| {
            passages(table, entry, symptoms).into_iter().map(|it| (it.place, level(&it.text))).collect()
        };
        let entries = table.entries.iter().zip(&symptoms).map(entry).collect();
        let numbers = table.entries.iter().map(|it| it.number).collect();
        Self { entries, numbers, spellings: Spellings::of(&table.terms) }
    }

    /// What [`search_text`] says: the entries whose numbers the text is; those of the whole text; where there are none, those of all
    /// its words; then, marked as such, those of the text with words for other spellings.
    pub fn find(&self, words: &str) -> Vec<TextHit> {
        let asked = level(words);
        let mut hits = self.numbered(&asked);
        let others = if hits.is_empty() { self.direct(&asked) } else { self.having(&[&asked]) };
        add(&mut hits, others);
        let settled = self.spellings.settle(&asked);
        if settled != asked {
            let others = self.direct(&settled).into_iter();
            add(&mut hits, others.map(|it| TextHit { instead: Some(settled.clone()), ..it }).collect());
        }
        hits
    }

    fn numbered(&self, asked: &str) -> Vec<TextHit> {
        let asked = numbers(asked);
        let is_asked = |number: &Option<u32>| number.is_some_and(|it| asked.iter().any(|range| range.contains(&it)));
        let mut entries: Vec<_> = (0u32..).zip(&self.numbers).filter(|(_, number)| is_asked(number)).collect();
        entries.sort_by_key(|(_, number)| *number);
        let (score, places) = (Place::Number.weight(), vec![Place::Number]);
        entries.into_iter().map(|(entry, _)| TextHit { entry, score, places: places.clone(), instead: None }).collect()
    }

    fn direct(&self, asked: &str) -> Vec<TextHit> {
        if fold(asked).is_empty() {
            return Vec::new();
        }
        let whole = self.having(&[asked]);
        let words = words(asked);
        if whole.is_empty() && !words.is_empty() && words != [asked] { self.having(&words) } else { whole }
    }

    /// The entries that have all the words, the best first.
    fn having(&self, words: &[&str]) -> Vec<TextHit> {
        let mut hits: Vec<TextHit> =
            (0u32..).zip(&self.entries).filter_map(|(entry, it)| hit(entry, it, words)).collect();
        hits.sort_by_key(|hit| std::cmp::Reverse(hit.score));
        hits
    }
}

/// Each entry once.
fn add(hits: &mut Vec<TextHit>, others: Vec<TextHit>) {
    let others: Vec<_> = others.into_iter().filter(|it| !hits.iter().any(|hit| hit.entry == it.entry)).collect();
    hits.extend(others);
}

fn hit(entry: u32, passages: &[(Place, String)], words: &[&str]) -> Option<TextHit> {
    let has = |word: &&str| passages.iter().any(|(_, text)| text.contains(*word));
    if !words.iter().all(has) {
        return None;
    }
    let found = passages.iter().filter(|(_, text)| words.iter().any(|word| text.contains(*word)));
    let mut places: Vec<Place> = found.map(|(place, _)| *place).collect();
    let score = places.iter().map(|it| it.weight()).sum();
    places.sort_unstable();
    places.dedup();
    Some(TextHit { entry, score, places, instead: None })
}

/// What stands between spaces and punctuation.
fn words(text: &str) -> Vec<&str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table() -> Table {
        let entry = |id: &str, title: &str, when: &str| serde_json::json!({"id": id, "title": [title], "when": when, "weight": 1, "number": 7, "category": ["初期設定"]});
        let table = serde_json::json!({
            "format": "faqc-table", "version": 1, "title": "", "language": "ja", "questions": [], "facts": [],
            "contradiction": {"rows": []}, "conditions": [], "symptoms": [], "actions": [],
            "entries": [entry("a", "アプリを起動する", "Web サイトが開く"), entry("b", "電子証明書を確かめる", "アプリがある：はい")],
            "terms": [{"id": "電子証明書", "avoid": ["デジタル証明書"], "reading": ["でんししょうめいしょ"]}],
        });
        Table::from_json(table.to_string().as_bytes()).unwrap()
    }

    fn found(words: &str) -> Vec<(u32, u32)> {
        search_text(&table(), words).into_iter().map(|it| (it.entry, it.score)).collect()
    }

    #[test]
    fn width_case_and_kana_do_not_matter() {
        for words in ["アプリ", "ｱﾌﾟﾘ", "あぷり", " アプリ　"] {
            assert_eq!(found(words), [(0, 100), (1, 20)], "{words}");
        }
        assert_eq!(found("ｗｅｂ ｻｲﾄ"), [(0, 20)]);
        assert_eq!(found("No.7"), [(0, 100), (1, 100)]);
    }

    #[test]
    fn who_has_the_number_comes_before_who_names_it() {
        let mut table = table();
        std::sync::Arc::make_mut(&mut table.entries[0]).number = Some(70);
        std::sync::Arc::make_mut(&mut table.entries[0]).owner = vec![crate::table::Piece::Text("No.7 の係".to_owned())];
        let found = |words| search_text(&table, words).into_iter().map(|it| (it.entry, it.score)).collect::<Vec<_>>();
        assert_eq!(found("No.7"), [(1, 100), (0, 105)]);
        assert_eq!(found("№７"), [(1, 100)]);
        assert_eq!(found("No69～71"), [(0, 100)]);
        assert_eq!(found("No 9"), []);
    }

    #[test]
    fn words_are_looked_for_one_by_one_when_the_text_is_not_there() {
        assert_eq!(found("アプリ サイト"), [(0, 120)]);
        assert_eq!(found("サイト、電子"), []);
        assert_eq!(found("、"), []);
        assert_eq!(found(""), []);
    }

    #[test]
    fn other_spellings_are_marked() {
        for words in ["デジタル証明書", "でんししょうめいしょ"] {
            let hits = search_text(&table(), words);
            assert_eq!(hits[0].instead.as_deref(), Some("電子証明書"));
            assert_eq!(hits[0].entry, 1);
        }
        assert_eq!(search_text(&table(), "電子証明書")[0].instead, None);
    }
}
