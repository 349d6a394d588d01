//! Whether a text that leads to a symptom may be about something else: メールの送信に失敗しました. Refuses to know how hits are found.

use std::collections::BTreeSet;
use std::ops::Range;

use super::asked::Asked;
use super::find::{Matched, Search};
use super::likeness::alike;
use super::pieces::{pairs, place_of, tells_apart};
use super::ranked::Ranked;
use crate::table::KeyKind;

/// The least likeness of a similar text that is not asked about, in millionths.
const SURE: u32 = 600_000;
/// With such a likeness, what is not in common is misread.
const NEARLY_ALL: u32 = 900_000;
/// With one of these, folded, it is said that something is not as it should be.
const TROUBLE: [&str; 27] = [
    "ない",
    "なか",
    "なく",
    "なけ",
    "ません",
    "ず",
    "ぬ",
    "へん",
    "れん",
    "きん",
    "不",
    "未",
    "無理",
    "失敗",
    "切れ",
    "違",
    "えらー",
    "だめ",
    "駄目",
    "not",
    "cant",
    "wont",
    "doesnt",
    "didnt",
    "fail",
    "error",
    "unable",
];

impl Search<'_> {
    /// Whether the text is much like a key, says that something is wrong where that does, and its words are those of the symptom, where it
    /// speaks of that.
    pub(super) fn is_sure(&self, first: &Ranked, asked: &Asked) -> bool {
        let is_quoted = match first.matched {
            Matched::Exact => return true,
            Matched::Contained => true,
            // What comes after its first sentence may be advice that many messages give.
            Matched::Sentence => {
                let is_much = self.index.likeness_of_part(first.key, first.common) >= SURE;
                is_much && (first.is_named || self.is_begun(first.key, asked))
            }
            Matched::Similar => false,
        };
        if is_quoted {
            let place =
                self.quoted_place(first, asked).or_else(|| self.shared_place(first, asked, &asked.letters.all()));
            return !self.is_foreign(first, asked, place, false);
        }
        let (likeness, part) = self.most_alike(first, asked);
        let is_much = likeness >= SURE && first.common >= self.index.rarest && !self.is_opposite(first.key, asked);
        is_much && !self.is_foreign(first, asked, self.shared_place(first, asked, &part), likeness < NEARLY_ALL)
    }

    /// Whether a key that is no message says that something is wrong, and the text does not.
    fn is_opposite(&self, key: u32, asked: &Asked) -> bool {
        let tells_trouble = |text: &str| TROUBLE.iter().any(|word| text.contains(word));
        let is_message = self.keys.get(key as usize).is_some_and(|it| it.key.kind == KeyKind::Message);
        !is_message && self.parts(key).iter().any(|part| tells_trouble(part)) && !tells_trouble(asked.folded())
    }

    /// Whether the first sentence of a message is quoted.
    fn is_begun(&self, key: u32, asked: &Asked) -> bool {
        let whole = self.parts(key).first().map_or("", String::as_str);
        self.quoted(key, asked).next().is_some_and(|sentence| whole.starts_with(sentence))
    }

    /// The likeness of the text, or of that of its sentences that is still more alike; and which part of it that is.
    fn most_alike(&self, it: &Ranked, asked: &Asked) -> (u32, Range<usize>) {
        let compared = self.compare_all(it.key, &self.settled(it.key), &self.weighed_sentences(asked));
        let sentences = compared.iter().map(|it| it.likeness()).zip(asked.sentences.iter().cloned());
        sentences.fold((it.likeness, asked.letters.all()), |best, one| if one.0 > best.0 { one } else { best })
    }

    /// Whether none of the symptom's keys has the word right before the place where the text speaks of it, or one of those before that; or,
    /// where it does so in words of its own, one within that place.
    fn is_foreign(&self, it: &Ranked, asked: &Asked, place: Option<Range<usize>>, looks_within: bool) -> bool {
        let Some(place) = place else { return false };
        let letters = &asked.letters;
        let known = self.vocabulary(it.key);
        let has = |word: &Range<usize>| {
            let word = letters.text(word);
            known.has(word) || known.has(&self.spellings.settle(word))
        };
        let is_strange = |word: Range<usize>| !has(&word) && !known.has_most(letters.text(&word));
        let mut before =
            std::iter::successors(letters.word_before(place.start), |word| letters.word_before(word.start));
        before.any(|word| !has(&word)) || looks_within && letters.words(&place).any(is_strange)
    }

    /// Where the text has the key, or its sentence.
    fn quoted_place(&self, it: &Ranked, asked: &Asked) -> Option<Range<usize>> {
        let quoted = match it.matched {
            Matched::Contained => self.parts(it.key).first().map(String::as_str),
            Matched::Sentence => self.quoted(it.key, asked).next(),
            Matched::Exact | Matched::Similar => None,
        }?;
        let place = asked.letters.at(place_of(quoted, asked.folded(), 0)?);
        Some(place..place)
    }

    /// Where in a part of the text it has the first pair of letters that the key has too, and the last one.
    fn shared_place(&self, it: &Ranked, asked: &Asked, part: &Range<usize>) -> Option<Range<usize>> {
        let settled = self.settled(it.key);
        let key: BTreeSet<(char, char)> =
            self.parts(it.key).iter().chain(&settled).flat_map(|part| pairs(part)).collect();
        asked.letters.span_of_pairs(part, |one, other| key.contains(&(one, other)))
    }

    /// What the symptom of a key is worded with.
    fn vocabulary(&self, key: u32) -> Vocabulary {
        let own = self.siblings(key).flat_map(|it| &it.key.folded);
        let texts = own.flat_map(|part| [part.clone(), self.spellings.settle(part)]).chain([self.title.clone()]);
        Vocabulary::new(texts.collect())
    }
}

/// What a symptom, and the FAQ, are worded with.
struct Vocabulary {
    texts: Vec<String>,
    /// The same, of letters that look alike one for all.
    compared: Vec<String>,
}

impl Vocabulary {
    fn new(texts: Vec<String>) -> Self {
        Self { compared: texts.iter().map(|text| compared(text)).collect(), texts }
    }

    fn has(&self, word: &str) -> bool {
        self.texts.iter().any(|text| text.contains(word)) || self.has_alike(&compared(word))
    }

    fn has_alike(&self, compared: &str) -> bool {
        self.compared.iter().any(|text| text.contains(compared))
    }

    /// Half of the pairs of a word, or, where it is one pair, a letter of it that is no kana: the others may be misread.
    fn has_most(&self, word: &str) -> bool {
        let pairs = pairs(&compared(word)).into_iter().map(|(one, other)| String::from_iter([one, other]));
        let pairs: Vec<String> = pairs.collect();
        let has_letter = |pair: &str| pair.chars().any(|c| tells_apart(c) && self.has_alike(&c.to_string()));
        let found = pairs.iter().filter(|pair| self.has_alike(pair) || pairs.len() == 1 && has_letter(pair)).count();
        2 * found >= pairs.len()
    }
}

/// Of letters that look alike, one for all.
fn compared(folded: &str) -> String {
    alike(folded).into_iter().collect()
}
