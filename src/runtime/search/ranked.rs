//! A key that matches, and which of two matches better. Refuses to know how it was found.

use std::cmp::Reverse;

use super::find::Matched;

/// A key that matches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Ranked {
    pub matched: Matched,
    /// The text is a part of the key, has its code, or says all of a message.
    pub is_named: bool,
    /// In millionths.
    pub likeness: u32,
    /// How many pairs of characters are the same in the text as they are in the key.
    pub shared: u32,
    pub kind: u8,
    pub key: u32,
    /// The weight of the grams in common.
    pub common: u32,
}

impl Ranked {
    /// The least is the best: an exact match, then one that is named, then the most alike, then one that stands in the text, then the
    /// one with more pairs of characters, a message, a title, another wording.
    pub fn rank(&self) -> (bool, bool, Reverse<u32>, Matched, Reverse<u32>, u8) {
        (
            self.matched != Matched::Exact,
            !self.is_named,
            Reverse(self.likeness),
            self.matched,
            Reverse(self.shared),
            self.kind,
        )
    }

    /// Neither named nor quoted.
    pub fn is_merely_similar(&self) -> bool {
        self.matched == Matched::Similar && !self.is_named
    }

    /// The better key of the same symptom.
    pub fn better(self, other: Self) -> Self {
        if (self.rank(), self.key) < (other.rank(), other.key) { self } else { other }
    }

    /// How much less it has in common with the text than the first, in thousandths of what that has.
    pub fn margin(&self, first: &Self) -> u32 {
        let behind = u64::from(first.common.saturating_sub(self.common));
        (1000 * behind / u64::from(first.common.max(1))) as u32
    }
}
