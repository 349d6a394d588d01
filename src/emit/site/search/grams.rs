//! Which entries have which grams, in files of about the same size. Refuses to know what a search does with them.

use std::collections::BTreeSet;

use rustc_hash::FxHashMap;

use super::bits::Bits;
use super::pack::text;
use super::texts::EntryTexts;
use crate::runtime::level;

/// Three characters of 21 bits each.
type Gram = u64;

/// Stands for what follows the end of a passage; no levelled text has it.
const END: char = '\n';

/// A file of about so many bytes is worth loading for a word.
const SHARD: usize = 8_000;
const MOST_SHARDS: usize = 136;

/// So many grams have a place of their own, about, in what says how common they are.
const PLACES: usize = 1 << 13;
/// A gram that so many entries have, as a power of two, is rare.
const RARE: u32 = 3;

/// How many files: a power of two of them, so that an edit seldom changes it, unless they are too many. A character needs about two
/// fifths of a byte.
pub(super) fn count_shards(entries: &[EntryTexts]) -> usize {
    let bytes: usize = entries.iter().flat_map(|it| &it.passages).map(|it| it.text.len()).sum();
    (bytes * 2 / 15).div_ceil(SHARD).next_power_of_two().min(MOST_SHARDS)
}

/// The entries of each gram, in the file of its first two characters, and the files.
#[derive(Debug, Default)]
pub(super) struct Shards {
    lists: Vec<FxHashMap<Gram, Vec<u32>>>,
    pub packed: Vec<String>,
}

impl Shards {
    pub fn new(entries: &[EntryTexts], count: usize) -> Self {
        let mut lists: Vec<FxHashMap<Gram, Vec<u32>>> = vec![FxHashMap::default(); count];
        for (number, entry) in (0u32..).zip(entries) {
            each_gram(entry, |gram| {
                let having = lists[shard_of(gram, count)].entry(gram).or_default();
                if having.last() != Some(&number) {
                    having.push(number);
                }
            });
        }
        let packed = lists.iter().map(|lists| packed(lists, entries.len() as u32)).collect();
        Self { lists, packed }
    }

    /// A digit to the base of 36 for each place: the power of two of the entries that have the most common of its grams, above the
    /// rare ones.
    pub fn commonness(&self) -> String {
        let mut places = vec![0; PLACES];
        for (gram, having) in self.lists.iter().flatten() {
            let [first, second, third] = characters(*gram);
            let place = &mut places[(first * 37 + second * 101 + third * 191) as usize % PLACES];
            *place = having.len().ilog2().saturating_sub(RARE).max(*place);
        }
        places.into_iter().filter_map(|power| char::from_digit(power, 36)).collect()
    }

    /// Entries, by their numbers, that are no longer as they were.
    pub fn change(&mut self, changed: &[(u32, &EntryTexts, &EntryTexts)], entries: u32) {
        let mut touched = BTreeSet::new();
        for (number, old, new) in changed {
            let (old, new) = (distinct(old), distinct(new));
            for gram in old.symmetric_difference(&new) {
                let shard = shard_of(*gram, self.lists.len());
                touched.insert(shard);
                toggle(&mut self.lists[shard], *gram, *number);
            }
        }
        for shard in touched {
            self.packed[shard] = packed(&self.lists[shard], entries);
        }
    }
}

/// Takes an entry out of the list of a gram, or into it.
fn toggle(lists: &mut FxHashMap<Gram, Vec<u32>>, gram: Gram, number: u32) {
    let having = lists.entry(gram).or_default();
    match having.binary_search(&number) {
        Ok(place) => {
            having.remove(place);
        }
        Err(place) => having.insert(place, number),
    }
    if having.is_empty() {
        lists.remove(&gram);
    }
}

fn packed(lists: &FxHashMap<Gram, Vec<u32>>, entries: u32) -> String {
    let mut sorted: Vec<(Gram, &[u32])> = lists.iter().map(|(gram, having)| (*gram, having.as_slice())).collect();
    sorted.sort_unstable_by_key(|(gram, _)| *gram);
    text(&shard(&sorted, entries))
}

fn distinct(entry: &EntryTexts) -> BTreeSet<Gram> {
    let mut grams = BTreeSet::new();
    each_gram(entry, |gram| {
        grams.insert(gram);
    });
    grams
}

fn each_gram(entry: &EntryTexts, mut visit: impl FnMut(Gram)) {
    entry.passages.iter().for_each(|passage| each_in(&level(&passage.text), &mut visit));
}

fn each_in(text: &str, mut visit: impl FnMut(Gram)) {
    let mut chars = text.chars().chain([END]);
    let (Some(mut first), Some(mut second)) = (chars.next(), chars.next()) else { return };
    for third in chars {
        visit(u64::from(first) << 42 | u64::from(second) << 21 | u64::from(third));
        (first, second) = (second, third);
    }
}

fn characters(gram: Gram) -> [u32; 3] {
    [gram >> 42, gram >> 21, gram].map(|bits| (bits & 0x1F_FFFF) as u32)
}

fn shard_of(gram: Gram, count: usize) -> usize {
    let [first, second, _] = characters(gram);
    (first * 37 + second * 101) as usize % count
}

/// For each pair of characters that grams begin with, sorted: how much greater the first is than that of the pair before, the
/// second, how many grams; for each gram the third character, how many entries, how many bits tell which, and these. Numbers that
/// may be 0 are one more.
fn shard(lists: &[(Gram, &[u32])], entries: u32) -> Vec<u8> {
    let mut bits = Bits::default();
    let groups: Vec<_> = lists.chunk_by(|one, other| one.0 >> 21 == other.0 >> 21).collect();
    bits.gamma(groups.len() as u32 + 1);
    let mut before = 0;
    for group in groups {
        let Some([first, second, _]) = group.first().map(|it| characters(it.0)) else { continue };
        bits.gamma(first - before + 1);
        bits.gamma(second + 1);
        bits.gamma(group.len() as u32);
        before = first;
        let mut third_before = 0;
        for (gram, having) in group {
            let [_, _, third] = characters(*gram);
            bits.gamma(third - third_before + 1);
            third_before = third;
            let mut which = Bits::default();
            push_among(&mut which, having, 0, entries);
            bits.gamma(having.len() as u32);
            bits.gamma(which.len() as u32 + 1);
            bits.extend(&which);
        }
    }
    bits.into_bytes()
}

/// Ascending numbers from `low` on, below `high`: the middle one, among those that leave place for the others, then those before
/// it and those after it; nothing where there is no choice (A. Moffat and L. Stuiver, Information Retrieval 3, 2000).
fn push_among(bits: &mut Bits, numbers: &[u32], low: u32, high: u32) {
    let count = numbers.len() as u32;
    let half = numbers.len() / 2;
    let (before, after) = numbers.split_at(half);
    let Some((middle, after)) = after.split_first().filter(|_| count < high - low) else { return };
    bits.one_of(middle - low - half as u32, high - low - count + 1);
    push_among(bits, before, low, *middle);
    push_among(bits, after, middle + 1, high);
}
