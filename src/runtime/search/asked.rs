//! A reader's text, ready to be compared. Refuses to know what it is compared with.

use std::collections::BTreeSet;
use std::ops::Range;

use super::grams::Gram;
use super::index::grams_of;
use super::letters::Letters;
use super::pieces::{codes, is_telling, pairs, stands};
use super::spelling::Spellings;

pub(super) struct Asked {
    pub letters: Letters,
    /// With the words for their other spellings.
    pub settled: String,
    /// Those of the settled text.
    pub grams: Vec<Gram>,
    /// Their letters; none where there is but one.
    pub sentences: Vec<Range<usize>>,
    /// In order.
    pub pairs: Vec<(char, char)>,
    /// Whether a key is named in which it stands.
    pub may_be_part: bool,
    pub codes: BTreeSet<String>,
}

impl Asked {
    pub fn new(letters: Letters, spellings: &Spellings) -> Self {
        let folded = &letters.folded;
        let settled = spellings.settle(folded);
        let mut sentences: Vec<Range<usize>> = letters.sentences().collect();
        if sentences.len() < 2 {
            sentences.clear();
        }
        Self {
            grams: grams_of([settled.as_str()].into_iter()),
            settled,
            pairs: pairs(folded),
            may_be_part: is_telling(folded),
            codes: codes(folded).map(str::to_owned).collect(),
            sentences,
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
