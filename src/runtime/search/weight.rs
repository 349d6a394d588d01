//! How much a gram counts, and how sure a match is: integers only, so that every reader decides alike. Refuses to know where the
//! grams come from.

use super::grams::{Gram, distinct, push_grams};
use super::likeness::alike;

/// Sixteen times the binary logarithm of one plus how many keys there are for each that has the gram, straight between powers of
/// two. A gram that no key has counts as one of a single key.
pub(super) fn weight(keys: u32, having: u32) -> u32 {
    let having = u64::from(having.max(1));
    let ratio = ((u64::from(keys) + having) << 8) / having;
    let power = ratio.ilog2();
    16 * (power - 8) + (ratio >> (power - 4)) as u32 - 16
}

/// Grams that say little count for a quarter.
pub(super) fn lessened(weight: u32) -> u32 {
    (weight / 4).max(1)
}

/// What a text has in common with a key: weights of grams.
#[derive(Clone, Copy, Debug)]
pub(super) struct Share {
    /// Of the grams of both.
    pub common: u32,
    /// Of the grams of the key.
    pub key: u32,
    /// Of the grams of the text.
    pub text: u32,
    /// Of a gram that one key has.
    pub rarest: u32,
}

impl Share {
    /// How much of both is common, in millionths: Tversky's index (Psychological Review 84, 1977), with what is missing of the
    /// key and what is strange in the text counted for a part, the latter up to a bound: a message may stand in a long text.
    pub fn likeness(self) -> u32 {
        let Self { common, key, text, rarest } = self;
        let [common, missing, strange] = [common, key - common, text - common].map(u64::from);
        let strange = (STRANGE * strange).min(BOUND * u64::from(rarest));
        let whole = 8 * common + MISSING * missing + strange;
        (1_000_000 * 8 * common).checked_div(whole).unwrap_or(0) as u32
    }

    /// The likeness that a key needs which does not stand in the text, in millionths: more when little is common and much of the
    /// text is strange, for then it may be chance.
    pub fn needed(self) -> u32 {
        let Self { common, text, rarest, .. } = self;
        let few = u64::from((FEW * rarest).saturating_sub(common));
        let strange = u64::from(text - common);
        let by_chance = BY_CHANCE * strange * few / (u64::from(text) * u64::from(FEW * rarest)).max(1);
        LEAST_SIMILAR + by_chance as u32
    }
}

/// In millionths.
const LEAST_SIMILAR: u32 = 420_000;
const BY_CHANCE: u64 = 250_000;
/// What is common is little up to so many of the rarest grams.
const FEW: u32 = 4;

/// Eighths.
const MISSING: u64 = 2;
const STRANGE: u64 = 1;
const BOUND: u64 = 48;

/// Pairs of hiragana that stand everywhere.
pub(super) fn common_grams() -> Vec<Gram> {
    let mut grams = Vec::new();
    for pair in COMMON.split(' ') {
        push_grams(&alike(pair), &mut grams);
    }
    distinct(grams)
}

/// From endings of verbs, particles and polite words.
const COMMON: &str = "ませ せん ます した する しま です でき きま りま てい して いま され まし あり れて れま でし には から さい この くだ \
                      ださ てく れた はあ こと って とし しな ある また ため なり いる るこ なけ けれ ばな れる よう によ よる より った \
                      られ わせ もし しく なる きな ない すべ まで もの なっ その べて たが きる だけ なく もう どう かど うか ござ ざい いた \
                      たし しい とき など ので のに ては での るの たの がで がな にな とな えま けま わり れば でい";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_are_logarithms() {
        let weights: Vec<u32> = [1, 2, 3, 50, 100].map(|having| weight(100, having)).into();
        assert_eq!(weights, [105, 89, 81, 24, 16]);
        assert_eq!(weight(100, 0), weight(100, 1));
        assert_eq!(weight(100_000, 1), 264);
        assert_eq!(lessened(2), 1);
    }

    #[test]
    fn the_very_text_is_wholly_alike_and_nothing_is_not() {
        let share = |common, key, text| Share { common, key, text, rarest: 50 }.likeness();
        assert_eq!(share(100, 100, 100), 1_000_000);
        assert_eq!(share(0, 0, 0), 0);
        assert_eq!(share(0, 100, 100), 0);
        assert_eq!(share(50, 100, 50), 800_000);
        assert!(share(100, 100, 100_000) > 200_000);
    }

    #[test]
    fn little_in_common_with_a_strange_text_needs_more_likeness() {
        let needed = |common, text| Share { common, key: 500, text, rarest: 50 }.needed();
        assert_eq!(needed(200, 1000), 420_000);
        assert_eq!(needed(100, 100), 420_000);
        assert_eq!(needed(100, 200), 482_500);
        assert_eq!(needed(0, 200), 670_000);
    }

    #[test]
    fn the_documented_common_pairs_are_these() {
        let page = include_str!("../../../docs/table.md");
        let (_, section) = page.split_once("\n## Searching for symptoms\n").unwrap();
        let (_, block) = section.split_once("```text\n").unwrap();
        let (block, _) = block.split_once("```").unwrap();
        assert!(block.split_whitespace().eq(COMMON.split(' ')));
    }
}
