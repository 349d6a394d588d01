//! From a pasted message, or words that describe a problem, to symptoms. Refuses to know what follows from a symptom.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::asked::Asked;
use super::grams::Gram;
use super::index::{Candidate, Index, Weighed, grams_of};
use super::letters::Letters;
use super::pieces::{codes, is_telling, pairs, sentence_ends, stands, stands_in};
use super::ranked::Ranked;
use super::spelling::Spellings;
use super::weight::Share;
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
    /// How much alike they are, in thousandths: 1000 for the very text, less for any other.
    pub score: u32,
    /// How much less it has in common with the text than the first hit, in thousandths of what that has; 0 for the first.
    pub margin: u32,
    /// The text does not tell it from the first hit: ask which of the two is meant. Never so for the first.
    pub rival: bool,
    /// It is the first, and the text may be about nothing else: unless there is a rival, nobody need be asked.
    pub sure: bool,
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
    /// A sentence of a message of several stands in the text.
    Sentence,
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
/// A message that stands in the text is named if it has so much as so many of the rarest grams; a shorter one may be chance, and so may a
/// sentence of one.
const MUCH: u32 = 3;
const MUCH_OF_SENTENCE: u32 = 2;
/// So many keys of a symptom say what it is worded with.
const MOST_SIBLINGS: usize = 1000;
/// The kind that comes first.
const MESSAGE: u8 = 0;
/// The score of an exact match.
const WHOLE: u32 = 1000;
/// The symptoms that a text leads to, the best first, at most ten; none when nothing is relevant. To find for many texts, keep a
/// [`Search`].
pub fn find(table: &Table, text: &str) -> Vec<Hit> {
    Search::new(table).find(text)
}

/// Whether the text does not tell the first hit from another, so that a reader should be asked.
pub fn is_ambiguous(hits: &[Hit]) -> bool {
    hits.iter().any(|hit| hit.rival)
}

/// The symptom that hits lead to without a doubt: the first, unless the text does not tell it from another one, is only somewhat
/// similar, or may be about something else. Otherwise a reader should be asked.
pub fn decided(hits: &[Hit]) -> Option<u32> {
    let first = hits.first().filter(|first| first.sure)?;
    (!is_ambiguous(hits)).then_some(first.symptom)
}

/// The keys of a table, made ready for many searches.
#[derive(Debug)]
pub struct Search<'a> {
    /// In the order of symptoms.
    pub(super) keys: Vec<SearchKey<'a>>,
    /// What the FAQ is about, folded.
    pub(super) title: String,
    /// Keys without parts that vary, by their folded text: numbers of keys.
    exact: BTreeMap<&'a str, Vec<u32>>,
    pub(super) spellings: Spellings,
    pub(super) index: Index,
}

#[derive(Debug)]
pub(super) struct SearchKey<'a> {
    pub symptom: u32,
    /// Its place among the symptom's keys.
    place: u32,
    pub key: &'a Key,
    /// Where its sentences end in its folded text.
    ends: Box<[u32]>,
}

impl<'a> Search<'a> {
    pub fn new(table: &'a Table) -> Self {
        let spellings = Spellings::for_symptoms(table);
        let mut keys = Vec::new();
        for (symptom, it) in (0u32..).zip(&table.symptoms) {
            keys.extend((0u32..).zip(&it.keys).map(|(place, key)| SearchKey { symptom, place, key, ends: ends(key) }));
        }
        let mut exact: BTreeMap<&str, Vec<u32>> = BTreeMap::new();
        for (number, it) in (0u32..).zip(&keys) {
            if let [whole] = it.key.folded.as_slice() {
                exact.entry(whole).or_default().push(number);
            }
        }
        let grams: Vec<_> = keys.iter().map(|it| settled_grams(it.key, &spellings)).collect();
        Self { exact, index: Index::new(&grams), keys, title: fold(&table.title), spellings }
    }

    /// What [`find`] says.
    pub fn find(&self, text: &str) -> Vec<Hit> {
        let letters = Letters::of(text, LONGEST_TEXT);
        if letters.folded.is_empty() {
            return Vec::new();
        }
        let asked = Asked::new(letters, &self.spellings);
        let candidates = self.index.candidates(&asked.grams, LEAST_CONTAINED, MOST_CANDIDATES);
        let mut ranked = self.ranked(&candidates, &asked, |it, _| it.likeness >= it.needed);
        if ranked.is_empty() && !asked.sentences.is_empty() {
            let sentences = self.weighed_sentences(&asked);
            ranked = self.ranked(&candidates, &asked, |it, settled| {
                self.compare_all(it.key, settled, &sentences).iter().any(|share| share.likeness() >= share.needed())
            });
        }
        let mut found = self.best_of_symptoms(ranked);
        found.sort_unstable_by_key(|(ranked, symptom)| (ranked.rank(), *symptom));
        found.truncate(MOST_HITS);
        self.put_first_what_is_meant(&mut found, &asked);
        self.hits(&found, &asked)
    }

    /// The key of each symptom that matches best; where that is only similar, the best one of which a sentence is quoted, if there is one.
    fn best_of_symptoms(&self, ranked: Vec<Ranked>) -> Vec<(Ranked, u32)> {
        let mut best: BTreeMap<u32, (Ranked, Option<Ranked>)> = BTreeMap::new();
        for ranked in ranked {
            let symptom = self.keys.get(ranked.key as usize).map_or(0, |it| it.symptom);
            let (kept, quoted) = best.entry(symptom).or_insert((ranked, None));
            *kept = ranked.better(*kept);
            if ranked.matched == Matched::Sentence {
                *quoted = Some(quoted.map_or(ranked, |quoted| ranked.better(quoted)));
            }
        }
        let chosen =
            |(best, quoted): (Ranked, Option<Ranked>)| quoted.filter(|_| best.is_merely_similar()).unwrap_or(best);
        best.into_iter().map(|(symptom, both)| (chosen(both), symptom)).collect()
    }

    /// All keys that match, in no order; similar ones if they are alike enough.
    fn ranked(
        &self,
        candidates: &[Candidate],
        asked: &Asked,
        is_alike: impl Fn(&Candidate, &[String]) -> bool,
    ) -> Vec<Ranked> {
        let exact = self.exact.get(asked.folded()).into_iter().flatten().map(|key| self.exactly(*key, &asked.grams));
        exact.chain(candidates.iter().filter_map(|it| self.judged(it, asked, &is_alike))).collect()
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

    fn judged(
        &self,
        candidate: &Candidate,
        asked: &Asked,
        is_alike: impl Fn(&Candidate, &[String]) -> bool,
    ) -> Option<Ranked> {
        let Candidate { key, common, likeness, .. } = *candidate;
        let (parts, settled) = (self.parts(key), self.settled(key));
        let matched = if stands_in(parts, asked.folded()) || stands_in(&settled, &asked.settled) {
            Matched::Contained
        } else if common >= MUCH_OF_SENTENCE * self.index.rarest && self.quoted(key, asked).next().is_some() {
            Matched::Sentence
        } else {
            Matched::Similar
        };
        let kind = self.kind(key);
        let says_all = matched == Matched::Contained && kind == MESSAGE && common >= MUCH * self.index.rarest;
        let is_named = says_all || names(asked, parts, &settled);
        if matched == Matched::Similar && !is_named && !is_alike(candidate, &settled) {
            return None;
        }
        let shared =
            parts.iter().flat_map(|part| pairs(part)).filter(|pair| asked.pairs.binary_search(pair).is_ok()).count()
                as u32;
        Some(Ranked { matched, is_named, likeness, shared, kind, key, common })
    }

    /// The settled grams of the text's sentences.
    pub(super) fn weighed_sentences(&self, asked: &Asked) -> Vec<Vec<Weighed>> {
        let settled = asked.sentences.iter().map(|range| self.spellings.settle(asked.letters.text(range)));
        settled.map(|settled| self.index.weighed(&grams_of([settled.as_str()].into_iter()))).collect()
    }

    /// What a key, of which the settled parts are given, has in common with each of them.
    pub(super) fn compare_all(&self, key: u32, settled: &[String], sentences: &[Vec<Weighed>]) -> Vec<Share> {
        let grams = grams_of(settled.iter().map(String::as_str));
        sentences.iter().map(|sentence| self.index.compare(key, &grams, sentence)).collect()
    }

    /// The sentences of a message of several, folded, that stand in the text and are long enough to be no chance.
    pub(super) fn quoted(&self, key: u32, asked: &Asked) -> impl Iterator<Item = &str> {
        let key = self.keys.get(key as usize);
        let (whole, ends) =
            key.map_or(("", &[][..]), |it| (it.key.folded.first().map_or("", String::as_str), &it.ends));
        let starts = std::iter::once(0).chain(ends.iter().copied());
        let sentences = starts.zip(ends).filter_map(move |(start, end)| whole.get(start as usize..*end as usize));
        sentences.filter(|sentence| is_telling(sentence) && self.has_sentence(sentence, asked))
    }

    fn has_sentence(&self, sentence: &str, asked: &Asked) -> bool {
        let settled = self.spellings.settle(sentence);
        let is_there = stands(sentence, asked.folded()) || stands(&settled, &asked.settled);
        let weight = || self.index.weight_of(&grams_of([settled.as_str()].into_iter()));
        is_there && weight() >= MUCH_OF_SENTENCE * self.index.rarest
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
        let mut hits = vec![Hit { sure: self.is_sure(first, asked), ..self.hit(first, first) }];
        hits.extend(
            others.iter().map(|(other, _)| Hit { rival: self.is_rival(other, first, asked), ..self.hit(other, first) }),
        );
        hits
    }

    fn hit(&self, it: &Ranked, first: &Ranked) -> Hit {
        let (symptom, key) = self.keys.get(it.key as usize).map_or((0, 0), |key| (key.symptom, key.place));
        let score = if it.matched == Matched::Exact { WHOLE } else { (it.likeness / 1000).min(WHOLE - 1) };
        Hit { symptom, key, matched: it.matched, score, margin: it.margin(first), rival: false, sure: false }
    }

    pub(super) fn parts(&self, key: u32) -> &[String] {
        self.keys.get(key as usize).map_or(&[][..], |it| it.key.folded.as_slice())
    }

    pub(super) fn settled(&self, key: u32) -> Vec<String> {
        self.parts(key).iter().map(|part| self.spellings.settle(part)).collect()
    }

    /// The keys of the same symptom, the first ones of very many.
    pub(super) fn siblings(&self, key: u32) -> impl Iterator<Item = &SearchKey<'a>> {
        let symptom = self.keys.get(key as usize).map_or(0, |it| it.symptom);
        let from = self.keys.partition_point(|it| it.symptom < symptom);
        self.keys.iter().skip(from).take(MOST_SIBLINGS).take_while(move |it| it.symptom == symptom)
    }
}

/// Where the sentences of a message of several end in its folded text; none where something varies, as the text says more than that then.
fn ends(key: &Key) -> Box<[u32]> {
    let [folded] = key.folded.as_slice() else { return Box::default() };
    if key.kind != KeyKind::Message {
        return Box::default();
    }
    sentence_ends(&key.text, folded).filter(|ends| ends.len() > 1).unwrap_or_default().into()
}

fn settled_grams(key: &Key, spellings: &Spellings) -> Vec<Gram> {
    let settled: Vec<String> = key.folded.iter().map(|part| spellings.settle(part)).collect();
    grams_of(settled.iter().map(String::as_str))
}

/// Whether a text is a part of the key, of which the parts are given as they are and settled, or has a code that it has.
fn names(asked: &Asked, parts: &[String], settled: &[String]) -> bool {
    let is_part = || {
        parts.iter().any(|part| stands(asked.folded(), part)) || settled.iter().any(|part| stands(&asked.settled, part))
    };
    asked.may_be_part && is_part() || parts.iter().flat_map(|part| codes(part)).any(|code| asked.codes.contains(code))
}

#[cfg(test)]
mod tests;
