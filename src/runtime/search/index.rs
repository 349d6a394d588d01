//! The keys of a table by their grams. Refuses to know what else a match is judged by.

use std::cmp::Reverse;

use super::grams::{Gram, distinct};
use super::weight::{Share, common_grams, lessened, weight};

/// For each gram the keys that have it, and what each of both weighs.
#[derive(Debug)]
pub(super) struct Index {
    /// Sorted.
    grams: Vec<Gram>,
    weights: Vec<u32>,
    /// Where the keys of each gram begin in `postings`, and where the last ones end.
    starts: Vec<u32>,
    postings: Vec<u32>,
    /// What the grams of each key weigh.
    keys: Vec<u32>,
    /// What a gram weighs that one key has.
    pub rarest: u32,
}

/// A gram, and what it weighs.
pub(super) type Weighed = (Gram, u32);

/// A key that has something in common with a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Candidate {
    pub key: u32,
    /// The weight of the grams in common.
    pub common: u32,
    /// In millionths.
    pub likeness: u32,
    /// The likeness it needs unless it stands in the text.
    pub needed: u32,
}

impl Index {
    /// `keys` are the distinct grams of each key.
    pub fn new(keys: &[Vec<Gram>]) -> Self {
        let mut pairs: Vec<(Gram, u32)> = Vec::with_capacity(keys.iter().map(Vec::len).sum());
        for (number, grams) in (0u32..).zip(keys) {
            pairs.extend(grams.iter().map(|gram| (*gram, number)));
        }
        pairs.sort_unstable();
        let rarest = weight(keys.len() as u32, 1);
        let mut index = Self {
            grams: Vec::new(),
            weights: Vec::new(),
            starts: vec![0],
            postings: pairs.iter().map(|(_, key)| *key).collect(),
            keys: vec![0; keys.len()],
            rarest,
        };
        let common = common_grams();
        for same in pairs.chunk_by(|one, other| one.0 == other.0) {
            index.push(same, &common);
        }
        index
    }

    fn push(&mut self, same: &[(Gram, u32)], common: &[Gram]) {
        let Some((gram, _)) = same.first() else { return };
        let weight = weight(self.keys.len() as u32, same.len() as u32);
        let weight = if common.binary_search(gram).is_ok() { lessened(weight) } else { weight };
        self.grams.push(*gram);
        self.weights.push(weight);
        self.starts.push(self.starts.last().unwrap_or(&0) + same.len() as u32);
        for (_, key) in same {
            if let Some(total) = self.keys.get_mut(*key as usize) {
                *total += weight;
            }
        }
    }

    /// The keys that are at least so much like a text of these distinct grams: no more than so many, the most alike first, of those
    /// that are equally so the first.
    pub fn candidates(&self, text: &[Gram], least: u32, most: usize) -> Vec<Candidate> {
        let known: Vec<usize> = text.iter().filter_map(|gram| self.grams.binary_search(gram).ok()).collect();
        let all = self.text_weight(text, &known);
        let (mut least, mut least_common) = (least, self.least_common(all, least));
        let mut best = Vec::with_capacity(2 * most);
        for (key, common) in (0u32..).zip(self.common(&known)) {
            if common < least_common {
                continue;
            }
            let share = self.share(key, common, all);
            let likeness = share.likeness();
            if likeness >= least {
                best.push(Candidate { key, common, likeness, needed: share.needed() });
            }
            if best.len() == 2 * most {
                keep_best(&mut best, most);
                // Of keys that follow, only those that are more alike come before one that is kept.
                least = best.last().map_or(least, |it| it.likeness + 1);
                least_common = self.least_common(all, least);
            }
        }
        keep_best(&mut best, most);
        best
    }

    fn share(&self, key: u32, common: u32, text: u32) -> Share {
        let key = self.keys.get(key as usize).copied().unwrap_or(common);
        Share { common, key, text, rarest: self.rarest }
    }

    /// What the grams of a text weigh; those that no key has included.
    fn text_weight(&self, text: &[Gram], known: &[usize]) -> u32 {
        let strange = (text.len() - known.len()) as u32 * self.rarest;
        known.iter().map(|gram| self.weights.get(*gram).copied().unwrap_or(0)).sum::<u32>() + strange
    }

    /// What the distinct grams of a text weigh.
    pub fn weighed(&self, text: &[Gram]) -> Vec<Weighed> {
        text.iter().map(|gram| (*gram, self.known_weight(gram).unwrap_or(self.rarest))).collect()
    }

    /// What a key, by its distinct grams, has in common with a text.
    pub fn compare(&self, key: u32, grams: &[Gram], text: &[Weighed]) -> Share {
        let shared = text.iter().filter(|(gram, _)| grams.binary_search(gram).is_ok());
        let common = shared.map(|(_, weight)| weight).sum();
        self.share(key, common, text.iter().map(|(_, weight)| weight).sum())
    }

    /// How much a key is like a part of it, which weighs so much.
    pub fn likeness_of_part(&self, key: u32, part: u32) -> u32 {
        self.share(key, part, part).likeness()
    }

    /// What the grams of a key (its number) weigh.
    pub fn weight_of_key(&self, key: u32) -> u32 {
        self.keys.get(key as usize).copied().unwrap_or(0)
    }

    /// What the grams weigh that a key has.
    pub fn weight_of(&self, grams: &[Gram]) -> u32 {
        grams.iter().filter_map(|gram| self.known_weight(gram)).sum()
    }

    /// None of a gram that no key has.
    fn known_weight(&self, gram: &Gram) -> Option<u32> {
        self.grams.binary_search(gram).ok().and_then(|at| self.weights.get(at)).copied()
    }

    /// The least weight in common with which a key can be so much like the text: that of a key that has no other grams.
    fn least_common(&self, text: u32, least: u32) -> u32 {
        let likeness = |common| Share { common, key: common, text, rarest: self.rarest }.likeness();
        let (mut low, mut high) = (1, text);
        while low < high {
            let middle = low + (high - low) / 2;
            if likeness(middle) >= least { high = middle } else { low = middle + 1 }
        }
        low
    }

    /// For each key the weight in common.
    fn common(&self, grams: &[usize]) -> Vec<u32> {
        let mut common = vec![0u32; self.keys.len()];
        for gram in grams {
            let weight = self.weights.get(*gram).copied().unwrap_or(0);
            for key in self.having(*gram) {
                if let Some(sum) = common.get_mut(*key as usize) {
                    *sum += weight;
                }
            }
        }
        common
    }

    fn having(&self, gram: usize) -> &[u32] {
        let range = self.starts.get(gram).zip(self.starts.get(gram + 1));
        range.and_then(|(start, end)| self.postings.get(*start as usize..*end as usize)).unwrap_or(&[])
    }
}

fn keep_best(candidates: &mut Vec<Candidate>, most: usize) {
    candidates.sort_unstable_by_key(|it| (Reverse(it.likeness), it.key));
    candidates.truncate(most);
}

/// The grams of several texts together.
pub(super) fn grams_of<'a>(texts: impl Iterator<Item = &'a str>) -> Vec<Gram> {
    let mut grams = Vec::new();
    for text in texts {
        super::grams::push_grams(&super::likeness::alike(text), &mut grams);
    }
    distinct(grams)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What an index finds is what looking at every key finds.
    #[test]
    fn the_index_agrees_with_a_scan() {
        let mut random = fastrand::Rng::with_seed(7);
        let mut text = |longest: usize| -> String {
            let length = random.usize(0..longest);
            let letters: Vec<char> = "送受信失敗しましたをabc1".chars().collect();
            (0..length).map(|_| letters[random.usize(..letters.len())]).collect()
        };
        for _ in 0..300 {
            let keys: Vec<Vec<Gram>> = (0..12).map(|_| grams_of([text(10).as_str()].into_iter())).collect();
            let index = Index::new(&keys);
            for _ in 0..10 {
                let query = grams_of([text(14).as_str()].into_iter());
                for least in [1, 150_000, 400_000, 900_000] {
                    for most in [1, 2, 5, 12] {
                        let mut all = scan(&keys, &query, least);
                        keep_best(&mut all, most);
                        assert_eq!(index.candidates(&query, least, most), all);
                    }
                }
            }
        }
    }

    fn scan(keys: &[Vec<Gram>], query: &[Gram], least: u32) -> Vec<Candidate> {
        let lesser = common_grams();
        let of_gram = |gram: &Gram| {
            let having = keys.iter().filter(|key| key.contains(gram)).count() as u32;
            let weight = weight(keys.len() as u32, having);
            if having > 0 && lesser.contains(gram) { lessened(weight) } else { weight }
        };
        let sum = |grams: &mut dyn Iterator<Item = &Gram>| grams.map(of_gram).sum::<u32>();
        let mut found = Vec::new();
        for (number, key) in (0u32..).zip(keys) {
            let common = sum(&mut key.iter().filter(|gram| query.contains(gram)));
            let share = Share {
                common,
                key: sum(&mut key.iter()),
                text: sum(&mut query.iter()),
                rarest: weight(keys.len() as u32, 1),
            };
            let likeness = share.likeness();
            if common > 0 && likeness >= least {
                found.push(Candidate { key: number, common, likeness, needed: share.needed() });
            }
        }
        found
    }
}
