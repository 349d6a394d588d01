//! A reader's text, ready to be compared. Refuses to know what it is compared with.

use std::collections::BTreeSet;
use std::ops::Range;

use super::index::{Index, Weighed, grams_of};
use super::letters::Letters;
use super::pieces::{codes, is_telling, pairs, stands};
use super::spelling::Spellings;

pub(super) struct Asked {
    pub letters: Letters,
    /// With the words for their other spellings.
    pub settled: String,
    /// None where there is but one.
    pub sentences: Vec<Sentence>,
    pub pairs: BTreeSet<(char, char)>,
    /// Whether a key is named in which it stands.
    pub may_be_part: bool,
    pub codes: BTreeSet<String>,
}

/// A sentence of the text: its letters, and its settled grams.
pub(super) struct Sentence {
    pub range: Range<usize>,
    pub grams: Vec<Weighed>,
}

impl Asked {
    pub fn new(letters: Letters, spellings: &Spellings, index: &Index) -> Self {
        let folded = &letters.folded;
        let ranges: Vec<Range<usize>> = letters.sentences().collect();
        let sentence = |range: Range<usize>| {
            let settled = spellings.settle(letters.text(&range));
            Sentence { grams: index.weighed(&grams_of([settled.as_str()].into_iter())), range }
        };
        Self {
            settled: spellings.settle(folded),
            pairs: pairs(folded),
            may_be_part: is_telling(folded),
            codes: codes(folded).map(str::to_owned).collect(),
            sentences: if ranges.len() > 1 { ranges.into_iter().map(sentence).collect() } else { Vec::new() },
            letters,
        }
    }

    pub fn folded(&self) -> &str {
        &self.letters.folded
    }

    /// In kana, a word is there by its reading.
    pub fn has(&self, piece: &str) -> bool {
        stands(piece, self.folded()) || stands(piece, &self.settled)
    }
}
