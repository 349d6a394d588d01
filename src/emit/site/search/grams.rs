//! Which entries have which grams, in files of about the same size. Refuses to know what a search does with them.

use rustc_hash::FxHashMap;

use super::bits::Bits;
use super::texts::EntryTexts;
use crate::runtime::level;

/// Three characters of 21 bits each.
type Gram = u64;

/// Stands for what follows the end of a passage; no levelled text has it.
const END: char = '\n';

/// A file of about so many bytes is worth loading for a word.
const SHARD: usize = 12_000;
const MOST_SHARDS: usize = 128;

/// The files: a power of two of them, so that an edit seldom changes how many. A gram stands in that of its first two characters.
pub(super) fn shards(entries: &[EntryTexts<'_>]) -> Vec<Vec<u8>> {
    let lists = lists(entries);
    let size = lists.iter().map(|(_, having)| having.len()).sum::<usize>() * 5 / 8;
    let count = size.div_ceil(SHARD).next_power_of_two().min(MOST_SHARDS);
    let mut shards: Vec<Vec<&(Gram, Vec<u32>)>> = vec![Vec::new(); count];
    for list in &lists {
        shards[shard_of(list.0, count)].push(list);
    }
    shards.iter().map(|lists| shard(lists, entries.len() as u32)).collect()
}

/// The entries of each gram, sorted by gram.
fn lists(entries: &[EntryTexts<'_>]) -> Vec<(Gram, Vec<u32>)> {
    let mut lists: FxHashMap<Gram, Vec<u32>> = FxHashMap::default();
    for (number, entry) in (0u32..).zip(entries) {
        for passage in &entry.passages {
            each_gram(&level(&passage.text), |gram| {
                let having = lists.entry(gram).or_default();
                if having.last() != Some(&number) {
                    having.push(number);
                }
            });
        }
    }
    let mut lists: Vec<(Gram, Vec<u32>)> = lists.into_iter().collect();
    lists.sort_unstable_by_key(|(gram, _)| *gram);
    lists
}

fn each_gram(text: &str, mut visit: impl FnMut(Gram)) {
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
/// second, how many grams; for each gram the third character and the entries. Numbers that may be 0 are one more.
fn shard(lists: &[&(Gram, Vec<u32>)], entries: u32) -> Vec<u8> {
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
            push_entries(&mut bits, having, entries);
        }
    }
    bits.into_bytes()
}

/// How many entries have the gram, then the gaps between them; or, when more than half have it, between those that have it not.
fn push_entries(bits: &mut Bits, having: &[u32], entries: u32) {
    bits.gamma(having.len() as u32);
    if having.len() as u32 * 2 > entries {
        let lacking: Vec<u32> = (0..entries).filter(|entry| having.binary_search(entry).is_err()).collect();
        push_gaps(bits, &lacking, entries);
    } else {
        push_gaps(bits, having, entries);
    }
}

fn push_gaps(bits: &mut Bits, numbers: &[u32], entries: u32) {
    let width = rice_width(numbers.len() as u32, entries);
    let mut next = 0;
    for number in numbers {
        bits.rice(number - next, width);
        next = number + 1;
    }
}

/// The number of lower bits with which gaps of so many among all are short: the binary logarithm of 0.69 times their mean.
fn rice_width(count: u32, entries: u32) -> u32 {
    let mean = u64::from(entries) * 69 / (100 * u64::from(count.max(1)));
    mean.max(1).ilog2()
}
