//! Words by their other spellings and readings, as the table's terms give them. Refuses to know where they are searched for.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::grams::SUBJECT;
use crate::runtime::fold;
use crate::table::{Key, KeyKind, Piece, Prose, Table, Term};

/// A shorter spelling stands in too many other words; a reading of two kana still more so.
const SHORTEST_SPELLING: usize = 2;
const SHORTEST_READING: usize = 3;
/// A shorter word of the title is none that a whole FAQ is about.
const SHORTEST_OF_TITLE: usize = 5;

/// Spellings of words, by their first character, the longest first.
#[derive(Debug, Default)]
pub(super) struct Spellings {
    by_first: BTreeMap<char, Vec<Spelling>>,
}

#[derive(Debug)]
struct Spelling {
    written: String,
    word: String,
}

impl Spellings {
    /// With what the table is about: long words of its title that stand in no title and no other wording of a symptom, and are no
    /// spelling of a term. Whoever asks may say them, and they tell nothing apart.
    pub fn for_symptoms(table: &Table) -> Self {
        let mut spellings = Self::of(&table.terms);
        let worded: Vec<&Key> =
            table.symptoms.iter().flat_map(|it| &it.keys).filter(|key| key.kind != KeyKind::Message).collect();
        let is_worded = |word: &str| worded.iter().flat_map(|key| &key.folded).any(|part| part.contains(word));
        for word in table.title.split(|c: char| !c.is_alphanumeric()).map(fold) {
            if !spellings.has(&word) && !is_worded(&word) {
                spellings.add(word, &SUBJECT.to_string(), SHORTEST_OF_TITLE);
            }
        }
        spellings.sort();
        spellings
    }

    fn has(&self, word: &str) -> bool {
        let first = word.chars().next().and_then(|first| self.by_first.get(&first));
        first.is_some_and(|all| all.iter().any(|it| it.written == word))
    }

    /// Equal ones stay in order.
    fn sort(&mut self) {
        self.by_first.values_mut().for_each(|all| all.sort_by_key(|it| Reverse(it.written.len())));
    }

    /// Where two words have the same spelling, it is that of the first.
    pub fn of(terms: &[Term]) -> Self {
        let mut spellings = Self::default();
        for term in terms {
            let word = fold(&term.id);
            // The word stands for itself, so that no part of it is replaced.
            spellings.add(word.clone(), &word, SHORTEST_SPELLING);
            term.avoid.iter().for_each(|written| spellings.add(fold(written), &word, SHORTEST_SPELLING));
            readings(&term.reading).into_iter().for_each(|written| spellings.add(written, &word, SHORTEST_READING));
        }
        spellings.sort();
        spellings
    }

    fn add(&mut self, written: String, word: &str, shortest: usize) {
        let Some(first) = written.chars().next() else { return };
        if written.chars().count() >= shortest && !word.is_empty() {
            self.by_first.entry(first).or_default().push(Spelling { written, word: word.to_owned() });
        }
    }

    /// A folded text with each spelling replaced by its word: from the left, the longest one.
    pub fn settle(&self, folded: &str) -> String {
        if self.by_first.is_empty() {
            return folded.to_owned();
        }
        let mut settled = String::with_capacity(folded.len());
        let mut rest = folded;
        while let Some(first) = rest.chars().next() {
            let spelling =
                self.by_first.get(&first).and_then(|all| all.iter().find(|it| rest.starts_with(&it.written)));
            let length = match spelling {
                Some(spelling) => {
                    settled.push_str(&spelling.word);
                    spelling.written.len()
                }
                None => {
                    settled.push(first);
                    first.len_utf8()
                }
            };
            rest = rest.get(length..).unwrap_or("");
        }
        settled
    }
}

/// Readings with commas between them, folded.
fn readings(reading: &Prose) -> Vec<String> {
    let text: String = reading.iter().map(plain).collect();
    text.split(['、', ',', '，']).map(fold).collect()
}

/// The words of a piece.
pub(super) fn plain(piece: &Piece) -> &str {
    match piece {
        Piece::Text(text) => text,
        Piece::Reference(reference) => &reference.text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn term(word: &str, avoid: &[&str], reading: &str) -> Term {
        Term {
            id: word.to_owned(),
            avoid: avoid.iter().map(|it| (*it).to_owned()).collect(),
            meaning: Vec::new(),
            reading: if reading.is_empty() { Vec::new() } else { vec![Piece::Text(reading.to_owned())] },
        }
    }

    #[test]
    fn the_longest_spelling_from_the_left_becomes_its_word() {
        let terms = [
            term("電子証明書", &["証明書", "デジタル証明書"], "でんししょうめいしょ"),
            term("ログイン", &["サインイン"], ""),
        ];
        let spellings = Spellings::of(&terms);
        let settled = |text: &str| spellings.settle(&fold(text));
        assert_eq!(settled("電子証明書でサインインする"), "電子証明書でろぐいんする");
        assert_eq!(settled("デジタル証明書、証明書"), "電子証明書電子証明書");
        assert_eq!(settled("デンシショウメイショが必要"), "電子証明書が必要");
        assert_eq!(settled(""), "");
    }

    #[test]
    fn short_spellings_and_readings_replace_nothing() {
        let spellings = Spellings::of(&[term("木", &["樹"], "き"), term("印", &["しるし"], "いん")]);
        assert_eq!(spellings.settle("樹きいん"), "樹きいん");
        assert_eq!(spellings.settle("しるし"), "印");
    }
}
