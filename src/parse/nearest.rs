//! Guesses the keyword that a writer meant.

use super::keyword::{Block, Keyword, statements};
use crate::language::Language;
use crate::model::fold_name;

/// The keyword of the block that `word` nearly is, and its spelling. Where prose may stand unmarked, only a word that
/// can hardly be prose is taken for one.
pub(super) fn near_keyword(word: &str, rest: &str, block: Block) -> Option<(Keyword, &'static str)> {
    let folded = fold_name(word);
    let limit = if block.takes_steps() { strict_limit(&folded, rest) } else { limit(&folded) };
    let candidates = statements(block).iter().flat_map(|(keyword, _)| {
        [Language::Japanese, Language::English].map(|language| (*keyword, keyword.spelling(language)))
    });
    candidates
        .map(|(keyword, spelling)| (distance(&folded, spelling, block), keyword, spelling))
        .filter(|(distance, ..)| *distance <= limit)
        .min_by_key(|(distance, ..)| *distance)
        .map(|(_, keyword, spelling)| (keyword, spelling))
}

/// The Japanese keyword of the block that a word begins with, written without the space that ends it.
pub(super) fn glued_keyword(word: &str, block: Block) -> Option<(Keyword, &'static str)> {
    if block.takes_steps() {
        return None;
    }
    let spellings = statements(block).iter().map(|(keyword, _)| (*keyword, keyword.spelling(Language::Japanese)));
    let begins = |spelling: &str| {
        spelling.chars().count() >= 2 && word.strip_prefix(spelling).is_some_and(|rest| !rest.is_empty())
    };
    spellings.filter(|(_, spelling)| begins(spelling)).max_by_key(|(_, spelling)| spelling.len())
}

fn distance(word: &str, spelling: &str, block: Block) -> usize {
    if block.takes_steps() {
        return strsim::osa_distance(word, spelling);
    }
    strsim::osa_distance(&word.to_lowercase(), spelling)
}

fn limit(word: &str) -> usize {
    let length = word.chars().count();
    match (word.is_ascii(), length) {
        (true, 0..=2) | (false, 0..=1) => 0,
        (true, 3..=5) | (false, _) => 1,
        (true, _) => 2,
    }
}

/// In prose a near-miss must be a word by itself: lower-case Latin letters, or three characters or more.
fn strict_limit(word: &str, rest: &str) -> usize {
    let is_word =
        if word.is_ascii() { word.len() >= 4 && !word.contains(char::is_uppercase) } else { word.chars().count() >= 3 };
    usize::from(is_word && !rest.is_empty() && !rest.starts_with(['、', '。']))
}
