//! What a text does not tell from the hit that is the best. Refuses to know how hits are found.

use super::asked::Asked;
use super::find::{Matched, Search};
use super::letters::Letters;
use super::pieces::{stands, stands_in, telling_pieces};
use super::ranked::Ranked;

/// A hit with a lesser margin, and matched in the same way, is a rival.
const CLEAR_MARGIN: u32 = 100;
/// A hit that is so much less alike, in millionths, is no rival for what the text has of it and not of the first.
const CLEARLY_LESS_ALIKE: u32 = 250_000;
/// Of two keys of which one has all of the other, so much of the rest, in thousandths, makes it the first, or a rival.
const MOST_OF_IT: u32 = 500;
const SOME_OF_IT: u32 = 300;

impl Search<'_> {
    /// Before the first comes what has all of it and goes on as the text does; what is hardly less alike, if the text tells it from the
    /// first: a wrong character took away what they have not in common; and before what is only similar, that of which the text has a
    /// sentence.
    pub(super) fn put_first_what_is_meant(&self, found: &mut [(Ranked, u32)], asked: &Asked) {
        let Some(((first, _), others)) = found.split_first() else { return };
        let has_more = |it: &Ranked| self.beyond(it, first) >= MOST_OF_IT;
        let is_near = |it: &Ranked| {
            it.matched == first.matched && it.is_named == first.is_named && it.margin(first) < CLEAR_MARGIN
        };
        let is_meant = |it: &Ranked| is_near(it) && self.is_meant(it.key, first.key, asked);
        let goes_before = |it: &Ranked| {
            first.is_merely_similar() && it.matched == Matched::Sentence && self.says_more(it, first, asked)
        };
        if let Some(place) = others.iter().position(|(it, _)| has_more(it) || is_meant(it) || goes_before(it)) {
            found[..=place + 1].rotate_right(1);
        }
    }

    /// What has all of the first, if the text goes on with some of the rest. Of two of which the text has all or a sentence, the other
    /// one, unless that is a part of the first. Otherwise not when the text has what tells the first from it, and nothing that tells it
    /// from the first; but, unless the first is exact, what is nearly as much alike, if the text has what tells it from the first; and
    /// what is matched in the same way and nearly as well; and what a quoted sentence went before though the text says most of it. Of one
    /// that is named only what is named too, or as much alike, or told apart.
    pub(super) fn is_rival(&self, it: &Ranked, first: &Ranked, asked: &Asked) -> bool {
        let is_lesser = first.is_named && !it.is_named && it.likeness < first.likeness;
        let is_quoted = |it: &Ranked| matches!(it.matched, Matched::Contained | Matched::Sentence);
        let are_both = is_quoted(first) && is_quoted(it) && (!is_lesser || it.matched == Matched::Sentence);
        if self.beyond(it, first) >= SOME_OF_IT || are_both && self.says_more(it, first, asked) {
            return true;
        }
        if self.is_meant(first.key, it.key, asked) {
            return false;
        }
        if first.matched == Matched::Sentence
            && it.likeness >= first.likeness
            && self.is_mostly_said(it.key, first.key, asked)
        {
            return true;
        }
        let is_near = first.likeness.saturating_sub(it.likeness) <= CLEARLY_LESS_ALIKE;
        first.matched != Matched::Exact && is_near && self.is_told_apart(it.key, first.key, asked)
            || !is_lesser && it.matched == first.matched && it.margin(first) < CLEAR_MARGIN
    }

    /// Of a key that has all of the first one, which stands in the text: how much of the rest the text has, in thousandths; 0 for others.
    fn beyond(&self, it: &Ranked, first: &Ranked) -> u32 {
        if first.matched != Matched::Contained || !self.is_part(first.key, it.key) {
            return 0;
        }
        let rest = self.index.weight_of_key(it.key).saturating_sub(self.index.weight_of_key(first.key));
        let common = u64::from(it.common.saturating_sub(first.common));
        (1000 * common).checked_div(u64::from(rest)).unwrap_or(0).min(1000) as u32
    }

    /// Whether the text has all of a key, or a sentence, that is no part of the first.
    fn says_more(&self, it: &Ranked, first: &Ranked, asked: &Asked) -> bool {
        let whole = self.parts(first.key).concat();
        match it.matched {
            Matched::Sentence => self.quoted(it.key, asked).any(|sentence| !stands(sentence, &whole)),
            _ => !self.is_part(it.key, first.key),
        }
    }

    /// Whether the text has what tells a key from another one, of whose symptom it is none, and nothing that tells the other from it.
    fn is_meant(&self, key: u32, not: u32, asked: &Asked) -> bool {
        let has_of_other = || {
            self.telling(not, key).any(|piece| asked.has(piece))
                || self.telling_words(not, key).iter().any(|word| asked.has(word))
        };
        let is_of_both = || self.siblings(not).any(|it| it.key.folded == self.parts(key));
        self.is_told_apart(key, not, asked) && !has_of_other() && !is_of_both()
    }

    /// Whether there is what tells a key from another one, and the text has all of the pieces and, if there are any, one of the words.
    fn is_told_apart(&self, key: u32, from: u32, asked: &Asked) -> bool {
        let mut pieces = self.telling(key, from).peekable();
        let has_pieces = pieces.peek().is_some();
        if !pieces.all(|piece| asked.has(piece)) {
            return false;
        }
        let words = self.telling_words(key, from);
        if words.is_empty() { has_pieces } else { words.iter().any(|word| asked.has(word)) }
    }

    /// Whether the text has at least three quarters of the pieces that tell a key from another one, and, if there are any, one of the words.
    fn is_mostly_said(&self, key: u32, from: u32, asked: &Asked) -> bool {
        let pieces: Vec<&str> = self.telling(key, from).collect();
        let said = pieces.iter().filter(|piece| asked.has(piece)).count();
        if pieces.is_empty() || 4 * said < 3 * pieces.len() {
            return false;
        }
        let words = self.telling_words(key, from);
        words.is_empty() || words.iter().any(|word| asked.has(word))
    }

    /// The pieces that tell a key from another one.
    fn telling(&self, key: u32, from: u32) -> impl Iterator<Item = &str> {
        let pieces = self.parts(key).iter().flat_map(|part| telling_pieces(part));
        pieces.filter(move |piece| !has(self.parts(from), piece))
    }

    /// The words in katakana that tell a key from the symptom of another one.
    fn telling_words(&self, key: u32, from: u32) -> Vec<String> {
        let text = self.keys.get(key as usize).map_or("", |it| it.key.text.as_str());
        let mut words = Letters::of(text, usize::MAX).katakana();
        // A name of what varies in a message is no part of it.
        words.retain(|word| has(self.parts(key), word) && !self.siblings(from).any(|it| has(&it.key.folded, word)));
        words
    }

    fn is_part(&self, key: u32, of: u32) -> bool {
        stands_in(self.parts(key), &self.parts(of).concat())
    }
}

fn has(parts: &[String], piece: &str) -> bool {
    parts.iter().any(|part| stands(piece, part))
}
