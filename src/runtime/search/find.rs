//! From a pasted message, or words that describe a problem, to symptoms. Refuses to know what follows from a symptom.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::grams::Gram;
use super::index::{Candidate, Index, grams_of};
use super::pieces::{codes, pairs, stands, stands_in, telling_pieces, tells_apart};
use super::spelling::Spellings;
use crate::runtime::fold;
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
    /// How sure it is, in thousandths: 1000 for the very text, less for any other.
    pub score: u32,
    /// How much less it has in common with the text than the first hit, in thousandths of what that has; 0 for the first.
    pub margin: u32,
    /// The text does not tell it from the first hit: ask which of the two is meant. Never so for the first.
    pub rival: bool,
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
    /// Much of the key stands in the text.
    Similar,
}

/// A longer text is cut.
const LONGEST_TEXT: usize = 4000;
/// No more symptoms are given.
const MOST_HITS: usize = 10;
/// So many keys are looked at closely.
const MOST_CANDIDATES: usize = 64;
/// A key that stands in the text, with so much of a likeness, is a hit; in millionths.
const LEAST_CONTAINED: u32 = 150_000;
/// A hit with a lesser margin, and matched in no lesser way, is a rival.
const CLEAR_MARGIN: u32 = 100;
/// A hit that is so much less alike, in millionths, is no rival for what the text has of it and not of the first.
const CLEARLY_LESS_ALIKE: u32 = 250_000;
/// A text of fewer characters says nothing when it stands somewhere in a key.
const SHORTEST_PART: usize = 4;
/// Of two keys of which one has all of the other, so much of the rest, in thousandths, makes it the first, or a rival.
const MOST_OF_IT: u32 = 500;
const SOME_OF_IT: u32 = 300;
/// A message that stands in the text is named if it has so much as so many of the rarest grams: a shorter one may be chance.
const MUCH: u32 = 3;
/// The kind that comes first.
const MESSAGE: u8 = 0;
/// The score of an exact match.
const WHOLE: u32 = 1000;
/// The least score of a similar text that is not asked about.
const SURE: u32 = 600;

/// The symptoms that a text leads to, the best first, at most ten; none when nothing is relevant. To find for many texts, keep a
/// [`Search`].
pub fn find(table: &Table, text: &str) -> Vec<Hit> {
    Search::new(table).find(text)
}

/// Whether the text does not tell the first hit from another, so that a reader should be asked.
pub fn is_ambiguous(hits: &[Hit]) -> bool {
    hits.iter().any(|hit| hit.rival)
}

/// The symptom that hits lead to without a doubt: the first, unless the text does not tell it from another one, or is only somewhat
/// similar. Otherwise a reader should be asked.
pub fn decided(hits: &[Hit]) -> Option<u32> {
    let first = hits.first()?;
    let is_doubtful = first.matched == Matched::Similar && first.score < SURE;
    (!is_doubtful && !is_ambiguous(hits)).then_some(first.symptom)
}

/// The keys of a table, made ready for many searches.
#[derive(Debug)]
pub struct Search<'a> {
    keys: Vec<SearchKey<'a>>,
    /// Keys without parts that vary, by their folded text: numbers of keys.
    exact: BTreeMap<&'a str, Vec<u32>>,
    spellings: Spellings,
    index: Index,
}

#[derive(Debug)]
struct SearchKey<'a> {
    symptom: u32,
    /// Its place among the symptom's keys.
    place: u32,
    key: &'a Key,
}

/// A reader's text, ready to be compared.
struct Asked {
    folded: String,
    /// With the words for their other spellings.
    settled: String,
    pairs: BTreeSet<(char, char)>,
    /// Whether a key is named in which it stands.
    may_be_part: bool,
    codes: BTreeSet<String>,
}

impl Asked {
    /// In kana, a word is there by its reading.
    fn has(&self, piece: &str) -> bool {
        stands(piece, &self.folded) || stands(piece, &self.settled)
    }
}

impl<'a> Search<'a> {
    pub fn new(table: &'a Table) -> Self {
        let spellings = Spellings::for_symptoms(table);
        let mut keys = Vec::new();
        for (symptom, it) in (0u32..).zip(&table.symptoms) {
            keys.extend((0u32..).zip(&it.keys).map(|(place, key)| SearchKey { symptom, place, key }));
        }
        let mut exact: BTreeMap<&str, Vec<u32>> = BTreeMap::new();
        for (number, it) in (0u32..).zip(&keys) {
            if let [whole] = it.key.folded.as_slice() {
                exact.entry(whole).or_default().push(number);
            }
        }
        let grams: Vec<_> = keys.iter().map(|it| settled_grams(it.key, &spellings)).collect();
        Self { exact, index: Index::new(&grams), keys, spellings }
    }

    /// What [`find`] says.
    pub fn find(&self, text: &str) -> Vec<Hit> {
        let folded: String = fold(text).chars().take(LONGEST_TEXT).collect();
        if folded.is_empty() {
            return Vec::new();
        }
        let may_be_part = folded.chars().count() >= SHORTEST_PART && folded.chars().any(tells_apart);
        let codes = codes(&folded).map(str::to_owned).collect();
        let asked =
            Asked { settled: self.spellings.settle(&folded), pairs: pairs(&folded), may_be_part, codes, folded };
        let mut best: BTreeMap<u32, Ranked> = BTreeMap::new();
        for ranked in self.ranked(&asked) {
            if let Some(key) = self.keys.get(ranked.key as usize) {
                let kept = best.entry(key.symptom).or_insert(ranked);
                *kept = ranked.min(*kept);
            }
        }
        let mut found: Vec<(Ranked, u32)> = best.into_iter().map(|(symptom, ranked)| (ranked, symptom)).collect();
        found.sort_unstable_by_key(|(ranked, symptom)| (ranked.rank(), *symptom));
        found.truncate(MOST_HITS);
        self.put_first_what_is_meant(&mut found, &asked);
        self.hits(&found, &asked)
    }

    /// All keys that match well enough, in no order.
    fn ranked(&self, asked: &Asked) -> Vec<Ranked> {
        let grams = grams_of([asked.settled.as_str()].into_iter());
        let candidates = self.index.candidates(&grams, LEAST_CONTAINED, MOST_CANDIDATES);
        let exact = self.exact.get(asked.folded.as_str()).into_iter().flatten();
        let exact = exact.map(|key| self.exactly(*key, &grams));
        exact.chain(candidates.into_iter().filter_map(|it| self.judged(it, asked))).collect()
    }

    fn exactly(&self, key: u32, grams: &[Gram]) -> Ranked {
        let common = self.index.weight_of(grams);
        Ranked {
            matched: Matched::Exact,
            is_named: true,
            likeness: 1_000_000,
            shared: 0,
            kind: self.kind(key),
            key,
            common,
        }
    }

    fn judged(&self, candidate: Candidate, asked: &Asked) -> Option<Ranked> {
        let Candidate { key, common, likeness, needed } = candidate;
        let text = &self.keys.get(key as usize)?.key.folded;
        let settled: Vec<String> = text.iter().map(|part| self.spellings.settle(part)).collect();
        let is_contained = stands_in(text, &asked.folded) || stands_in(&settled, &asked.settled);
        let matched = if is_contained { Matched::Contained } else { Matched::Similar };
        let says_all = is_contained && self.kind(key) == MESSAGE && common >= MUCH * self.index.rarest;
        let is_named = says_all || names(asked, text, &settled);
        if matched == Matched::Similar && likeness < needed && !is_named {
            return None;
        }
        let shared = text.iter().flat_map(|part| pairs(part)).filter(|pair| asked.pairs.contains(pair)).count();
        Some(Ranked { matched, is_named, likeness, shared: shared as u32, kind: self.kind(key), key, common })
    }

    fn kind(&self, key: u32) -> u8 {
        match self.keys.get(key as usize).map(|it| it.key.kind) {
            Some(KeyKind::Message) => MESSAGE,
            Some(KeyKind::Title) => 1,
            Some(KeyKind::Also) | None => 2,
        }
    }

    fn hits(&self, found: &[(Ranked, u32)], asked: &Asked) -> Vec<Hit> {
        let Some(((first, _), others)) = found.split_first() else { return Vec::new() };
        let mut hits = vec![self.hit(first, first)];
        hits.extend(
            others.iter().map(|(other, _)| Hit { rival: self.is_rival(other, first, asked), ..self.hit(other, first) }),
        );
        hits
    }

    fn hit(&self, it: &Ranked, first: &Ranked) -> Hit {
        let (symptom, key) = self.keys.get(it.key as usize).map_or((0, 0), |key| (key.symptom, key.place));
        let score = if it.matched == Matched::Exact { WHOLE } else { (it.likeness / 1000).min(WHOLE - 1) };
        Hit { symptom, key, matched: it.matched, score, margin: margin(it, first), rival: false }
    }

    /// Before the first comes what has all of it and goes on as the text does; and what is hardly less alike, if the text tells it from
    /// the first: a wrong character took away what they have not in common.
    fn put_first_what_is_meant(&self, found: &mut [(Ranked, u32)], asked: &Asked) {
        let Some(((first, _), others)) = found.split_first() else { return };
        let has_more = |it: &Ranked| self.beyond(it, first) >= MOST_OF_IT;
        let is_near = |it: &Ranked| {
            it.matched == first.matched && it.is_named == first.is_named && margin(it, first) < CLEAR_MARGIN
        };
        let is_meant = |it: &Ranked| is_near(it) && self.is_meant(it.key, first.key, asked);
        if let Some(place) = others.iter().position(|(it, _)| has_more(it) || is_meant(it)) {
            found[..=place + 1].rotate_right(1);
        }
    }

    /// What has all of the first, if the text goes on with some of the rest. Of two that both stand in the text, the other one, unless it
    /// is a part of the first. Otherwise not when the text has all that tells the first from it, and nothing that tells it from the
    /// first; but, unless the first is exact, what is nearly as much alike, if the text has all that tells it from the first; and what is
    /// matched in the same way and nearly as well. Of one that is named only what is named too, or as much alike, or told apart.
    fn is_rival(&self, it: &Ranked, first: &Ranked, asked: &Asked) -> bool {
        let is_lesser = first.is_named && !it.is_named && it.likeness < first.likeness;
        let are_both = first.matched == Matched::Contained && it.matched == Matched::Contained;
        if self.beyond(it, first) >= SOME_OF_IT || !is_lesser && are_both && !self.is_part(it.key, first.key) {
            return true;
        }
        if self.is_meant(first.key, it.key, asked) {
            return false;
        }
        let is_near = first.likeness.saturating_sub(it.likeness) <= CLEARLY_LESS_ALIKE;
        first.matched != Matched::Exact && is_near && self.is_told_apart(it.key, first.key, asked)
            || !is_lesser && it.matched == first.matched && margin(it, first) < CLEAR_MARGIN
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

    /// Whether the text has all that tells a key from another one, and nothing that tells the other from it.
    fn is_meant(&self, key: u32, not: u32, asked: &Asked) -> bool {
        self.is_told_apart(key, not, asked) && !self.telling(not, key).any(|piece| asked.has(piece))
    }

    /// Whether the text has all that tells a key from another one, and there is such.
    fn is_told_apart(&self, key: u32, from: u32, asked: &Asked) -> bool {
        let mut telling = self.telling(key, from).peekable();
        telling.peek().is_some() && telling.all(|piece| asked.has(piece))
    }

    /// The pieces that tell a key from another one.
    fn telling(&self, key: u32, from: u32) -> impl Iterator<Item = &str> {
        let has = move |piece: &str| self.parts(from).iter().any(|part| stands(piece, part));
        self.parts(key).iter().flat_map(|part| telling_pieces(part)).filter(move |piece| !has(piece))
    }

    fn parts(&self, key: u32) -> &[String] {
        self.keys.get(key as usize).map_or(&[][..], |it| it.key.folded.as_slice())
    }

    fn is_part(&self, key: u32, of: u32) -> bool {
        stands_in(self.parts(key), &self.parts(of).concat())
    }
}

/// A key that matches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Ranked {
    matched: Matched,
    /// The text is a part of the key, has its code, or says all of a message.
    is_named: bool,
    likeness: u32,
    /// How many pairs of characters are the same in the text as they are in the key.
    shared: u32,
    kind: u8,
    key: u32,
    common: u32,
}

impl Ranked {
    /// The least is the best: an exact match, then one that is named, then the most alike, then one that stands in the text, then the
    /// one with more pairs of characters, a message, a title, another wording.
    fn rank(&self) -> (bool, bool, Reverse<u32>, Matched, Reverse<u32>, u8) {
        (
            self.matched != Matched::Exact,
            !self.is_named,
            Reverse(self.likeness),
            self.matched,
            Reverse(self.shared),
            self.kind,
        )
    }

    fn min(self, other: Self) -> Self {
        if (self.rank(), self.key) < (other.rank(), other.key) { self } else { other }
    }
}

fn margin(it: &Ranked, first: &Ranked) -> u32 {
    let behind = u64::from(first.common.saturating_sub(it.common));
    (1000 * behind / u64::from(first.common.max(1))) as u32
}

fn settled_grams(key: &Key, spellings: &Spellings) -> Vec<Gram> {
    let settled: Vec<String> = key.folded.iter().map(|part| spellings.settle(part)).collect();
    grams_of(settled.iter().map(String::as_str))
}

/// Whether a text is a part of the key, of which the parts are given as they are and settled, or has a code that it has.
fn names(asked: &Asked, parts: &[String], settled: &[String]) -> bool {
    let is_part = || {
        parts.iter().any(|part| stands(&asked.folded, part)) || settled.iter().any(|part| stands(&asked.settled, part))
    };
    asked.may_be_part && is_part() || parts.iter().flat_map(|part| codes(part)).any(|code| asked.codes.contains(code))
}

#[cfg(test)]
mod tests;
