//! A text with what folding hides: the scripts of its characters, where marks were left out, and where sentences end. Refuses to know
//! what it is compared with.

use std::ops::Range;

use super::grams::is_narrow;
use super::pieces::ends_sentence;
use crate::runtime::fold::{as_hiragana, each_lowered};

/// The letters of a folded text. Ranges count letters.
#[derive(Debug, Default)]
pub(super) struct Letters {
    pub folded: String,
    letters: Vec<Letter>,
}

#[derive(Clone, Copy, Debug)]
struct Letter {
    /// Where it stands in the folded text.
    place: usize,
    c: char,
    script: Script,
    /// What was left out before it.
    gap: Gap,
}

/// Characters of one script that follow each other are a word, but for hiragana.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Script {
    Hiragana,
    Katakana,
    /// Letters and digits of scripts before the CJK blocks.
    Narrow,
    Kanji,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Gap {
    Nothing,
    Mark,
    EndOfSentence,
}

/// What may stand between a word and what is said of it.
const PARTICLES: [char; 3] = ['の', 'が', 'を'];

impl Letters {
    /// The first letters of a text, so many at most.
    pub fn of(text: &str, most: usize) -> Self {
        let mut all = Self::default();
        let mut gap = Gap::Nothing;
        each_lowered(text, |c| {
            if c.is_alphanumeric() {
                all.push(c, gap, most);
                gap = Gap::Nothing;
            } else {
                gap = gap.max(gap_of(c));
            }
        });
        all
    }

    fn push(&mut self, c: char, gap: Gap, most: usize) {
        if self.letters.len() < most {
            let script = script(c, self.letters.last().map(|it| it.script));
            let c = as_hiragana(c);
            self.letters.push(Letter { place: self.folded.len(), c, script, gap });
            self.folded.push(c);
        }
    }

    /// The letter that begins at a place of the folded text.
    pub fn at(&self, place: usize) -> usize {
        self.letters.partition_point(|it| it.place < place)
    }

    pub fn text(&self, range: &Range<usize>) -> &str {
        let place = |at: usize| self.letters.get(at).map_or(self.folded.len(), |it| it.place);
        self.folded.get(place(range.start)..place(range.end)).unwrap_or("")
    }

    pub fn all(&self) -> Range<usize> {
        0..self.letters.len()
    }

    /// What stands between marks that end a sentence, and line breaks.
    pub fn sentences(&self) -> impl Iterator<Item = Range<usize>> {
        self.chunks(|_, next| next.gap < Gap::EndOfSentence)
    }

    /// Words of at least two letters, also those that only begin or end in a range.
    pub fn words(&self, range: &Range<usize>) -> impl Iterator<Item = Range<usize>> {
        let is_word = |it: &Range<usize>| it.len() > 1 && self.is_word(it.start);
        let words = self.chunks(is_same_word).filter(is_word);
        words.filter(|it| it.start < range.end && it.end > range.start)
    }

    /// Words in katakana of at least two letters, as they are folded.
    pub fn katakana(&self) -> Vec<String> {
        let all = self.all();
        let words =
            self.words(&all).filter(|it| self.letters.get(it.start).is_some_and(|it| it.script == Script::Katakana));
        words.map(|it| self.text(&it).to_owned()).collect()
    }

    /// The word right before a place, of two letters at least, or one of any length with a particle between.
    pub fn word_before(&self, at: usize) -> Option<Range<usize>> {
        let joins = |at: usize| self.letters.get(at).is_some_and(|it| it.gap == Gap::Nothing);
        let before = at.checked_sub(1).filter(|_| joins(at))?;
        let has_particle =
            self.letters.get(before).is_some_and(|it| PARTICLES.contains(&it.c) && it.script == Script::Hiragana);
        let end = if has_particle && joins(before) { before } else { at };
        let is_one =
            |at: &usize| matches!(self.letters.get(at - 1..=*at), Some([one, next]) if is_same_word(one, next));
        let start = (1..end).rev().find(|at| !is_one(at)).unwrap_or(0);
        (end > 0 && self.is_word(start) && (end - start > 1 || end == before)).then_some(start..end)
    }

    /// From the first to the last pair of letters, at least one of a word, that some have; within a range.
    pub fn span_of_pairs(&self, range: &Range<usize>, has: impl Fn(char, char) -> bool) -> Option<Range<usize>> {
        let is_shared = |at: &usize| {
            let (Some(one), Some(other)) = (self.letters.get(*at), self.letters.get(at + 1)) else { return false };
            (self.is_word(*at) || self.is_word(at + 1)) && has(one.c, other.c)
        };
        let mut shared = (range.start..range.end.saturating_sub(1)).filter(is_shared);
        let first = shared.next()?;
        Some(first..shared.last().unwrap_or(first) + 2)
    }

    fn is_word(&self, at: usize) -> bool {
        self.letters.get(at).is_some_and(|it| it.script != Script::Hiragana)
    }

    fn chunks(&self, is_one: impl Fn(&Letter, &Letter) -> bool) -> impl Iterator<Item = Range<usize>> {
        let mut end = 0;
        self.letters.chunk_by(is_one).map(move |chunk| {
            let start = end;
            end += chunk.len();
            start..end
        })
    }
}

fn is_same_word(one: &Letter, next: &Letter) -> bool {
    one.script == next.script && next.gap == Gap::Nothing
}

fn gap_of(c: char) -> Gap {
    if ends_sentence(c) { Gap::EndOfSentence } else { Gap::Mark }
}

/// A long vowel's mark belongs to the kana before it.
fn script(c: char, before: Option<Script>) -> Script {
    match c {
        'ー' if before == Some(Script::Hiragana) => Script::Hiragana,
        'ぁ'..='ゖ' => Script::Hiragana,
        'ァ'..='ヺ' | 'ー' => Script::Katakana,
        c if is_narrow(c) => Script::Narrow,
        _ => Script::Kanji,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::runtime::fold;

    fn texts(letters: &Letters, ranges: impl IntoIterator<Item = Range<usize>>) -> Vec<&str> {
        ranges.into_iter().map(|range| letters.text(&range)).collect()
    }

    #[test]
    fn words_are_of_one_script_and_nothing_is_left_out_within() {
        let letters = Letters::of("ＰＣでｱﾌﾟﾘの「電子、証明書」をダウンロードらーめん", usize::MAX);
        assert_eq!(letters.folded, fold("PCでアプリの電子証明書をダウンロードらーめん"));
        let words = texts(&letters, letters.words(&letters.all()));
        assert_eq!(words, ["pc", "あぷり", "電子", "証明書", "だうんろーど"]);
        assert_eq!(letters.katakana(), ["あぷり", "だうんろーど"]);
        let at = letters.at(letters.folded.find("子").unwrap());
        assert_eq!(texts(&letters, letters.words(&(at..at + 1))), ["電子"]);
        assert_eq!(texts(&letters, letters.words(&(at + 1..at + 2))), ["証明書"]);
    }

    #[test]
    fn the_word_before_stands_there_or_with_a_particle_between() {
        let before = |text: &str| {
            let (before, after) = text.split_once('|').unwrap();
            let letters = Letters::of(&format!("{before}{after}"), usize::MAX);
            let at = letters.at(fold(before).len());
            letters.word_before(at).map(|word| letters.text(&word).to_owned())
        };
        for (text, word) in [
            ("メールの|送信", Some("めーる")),
            ("請求データ|送信", Some("でーた")),
            ("再|送信", None),
            ("薬の|組み合わせ", Some("薬")),
            ("薬の、|組み合わせ", None),
            ("薬、の|組み合わせ", None),
            ("アン|インストール", Some("あん")),
            ("昨日から|送信", None),
            ("の|送信", None),
            ("|送信", None),
        ] {
            assert_eq!(before(text).as_deref(), word, "{text}");
        }
    }

    #[test]
    fn sentences_end_at_marks_and_line_breaks() {
        let letters = Letters::of("はい！送信しました、失敗。\n\n「再度」実行", usize::MAX);
        assert_eq!(texts(&letters, letters.sentences()), ["はい", "送信しました失敗", "再度実行"]);
        assert_eq!(Letters::of("①あいう", 2).folded, "あい");
    }
}
