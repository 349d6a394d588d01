//! Guesses the keyword that a writer meant, and how sure that is; refuses to report.

use super::Parser;
use super::inline::cut_inline;
use super::keyword::{Block, Keyword, Opens, statements};
use super::lines::{Line, trim};
use super::tokens::Argument;
use crate::language::Language;
use crate::model::fold_name;
use crate::source::Span;

/// What a line that begins with no keyword of its block was probably meant to be.
#[derive(Clone, Copy, Debug)]
pub(super) struct Guess {
    pub keyword: Keyword,
    pub spelling: &'static str,
    /// The keyword as written: all of the word, or what it begins with.
    pub word: Span,
    pub rest: Span,
    /// Whether only a space after the keyword is missing.
    pub glued: bool,
    /// Whether it is another word with the same meaning.
    pub other: bool,
    /// Whether what follows is an argument of the keyword's kind.
    pub reads: bool,
}

/// Everyday words for what a keyword says.
const OTHER_WORDS: [(&str, Keyword); 41] = [
    ("あと", Keyword::After),
    ("その後", Keyword::After),
    ("所要時間", Keyword::Takes),
    ("問い合わせ", Keyword::ContactTo),
    ("問合せ", Keyword::ContactTo),
    ("問い合せ", Keyword::ContactTo),
    ("お問い合わせ", Keyword::ContactTo),
    ("問い合わせ先", Keyword::ContactTo),
    ("見込", Keyword::Likely),
    ("確率", Keyword::Likely),
    ("対策", Keyword::Action),
    ("対処", Keyword::Action),
    ("対処法", Keyword::Action),
    ("対応方法", Keyword::Action),
    ("解決策", Keyword::Action),
    ("電話番号", Keyword::Tel),
    ("メールアドレス", Keyword::Mail),
    ("受付時間", Keyword::Hours),
    ("営業時間", Keyword::Hours),
    ("更新日", Keyword::Updated),
    ("見直し日", Keyword::Review),
    ("担当者", Keyword::Owner),
    ("前提", Keyword::Given),
    ("前提条件", Keyword::Given),
    ("前提条件", Keyword::When),
    ("期待値", Keyword::Expect),
    ("期待結果", Keyword::Expect),
    ("類義語", Keyword::Also),
    ("同義語", Keyword::Also),
    ("別名", Keyword::Also),
    ("メッセージ", Keyword::Message),
    ("選択肢", Keyword::Value),
    ("質問文", Keyword::Ask),
    ("不明な場合", Keyword::IfUnknown),
    ("不明", Keyword::IfUnknown),
    ("分からないなら", Keyword::IfUnknown),
    ("分からない場合", Keyword::IfUnknown),
    ("注意", Keyword::Note),
    ("補足", Keyword::Note),
    ("予備項目", Keyword::Fallback),
    ("解決しないとき", Keyword::Otherwise),
];

impl<'a> Parser<'a> {
    /// The keyword that a line's first word nearly is, is another word for, or begins with.
    pub(super) fn guess(&self, line: &Line, word: Span, block: Block) -> Option<Guess> {
        let written = fold_name(self.text_of(word));
        let rest = self.text_of(line.rest);
        let whole = |(keyword, spelling)| self.judged(keyword, spelling, word, line.rest, block);
        let other = other_word(&written, block).map(whole).map(|guess| Guess { other: true, ..guess });
        let near = || near_keyword(self.text_of(word), rest, block).map(whole);
        let glued = || self.glued(line, word, block);
        let guess = other.filter(|guess| guess.reads).or_else(near).or_else(glued);
        guess.or(other.filter(|_| !block.takes_steps()))
    }

    /// A word that begins with a keyword: the space after that is missing, or the rest of the word is one too many.
    fn glued(&self, line: &Line, word: Span, block: Block) -> Option<Guess> {
        let (keyword, spelling) = glued_keyword(self.text_of(word), block)?;
        let first = Span { end: word.start + spelling.len() as u32, ..word };
        let rest = trim(Span { start: first.end, ..line.span }, self.text);
        let parted = Guess { glued: true, ..self.judged(keyword, spelling, first, rest, block) };
        if parted.reads || block.takes_steps() || keyword.takes_prose() || line.rest.is_empty() {
            return Some(parted);
        }
        let whole = self.judged(keyword, spelling, word, line.rest, block);
        Some(if whole.reads { whole } else { parted })
    }

    fn judged(&self, keyword: Keyword, spelling: &'static str, word: Span, rest: Span, block: Block) -> Guess {
        let reads = self.reads(keyword, rest, block);
        Guess { keyword, spelling, word, rest, glued: false, other: false, reads }
    }

    /// Whether a text is an argument of the keyword's kind.
    fn reads(&self, keyword: Keyword, rest: Span, block: Block) -> bool {
        let rest = self.skip_colon(rest);
        let reads = |span: Span, has_body| {
            let text = self.text_of(span).trim();
            Argument::of(block, keyword, has_body, text).reads(text)
        };
        let opened = match block.opens(keyword) {
            Some(Opens::May(opened) | Opens::Must(opened)) => opened,
            Some(Opens::Never) | None => return reads(rest, false),
        };
        if let Some(head) = self.text_of(rest).strip_suffix(['{', '｛']) {
            return reads(Span { end: rest.start + head.len() as u32, ..rest }, true);
        }
        reads(rest, false) || cut_inline(self, rest, opened).is_some_and(|inline| reads(inline.head, true))
    }

    /// Whether a guess can hardly be prose, where prose may stand unmarked.
    pub(super) fn is_certain(&self, guess: Guess, line: &Line) -> bool {
        use Keyword as K;
        let written = self.text_of(guess.word);
        if !guess.glued && !guess.other && (written.is_ascii() || written.chars().count() >= 3) {
            return true;
        }
        match guess.keyword {
            _ if !guess.reads => false,
            K::Note | K::Solved => false,
            K::Sets | K::Likely | K::Takes | K::Do => true,
            _ => self.names_are_known(guess.rest, line),
        }
    }

    /// Whether each word is one that the file has elsewhere by itself, as names are written.
    fn names_are_known(&self, rest: Span, line: &Line) -> bool {
        let is_end = |c: char| !(c.is_alphanumeric() || matches!(c, '-' | 'ー' | '・'));
        let names = self.text_of(rest).split(is_end).filter(|name| !name.is_empty());
        let mut names = names.filter(|name| name.chars().any(char::is_alphabetic)).peekable();
        names.peek().is_some() && names.all(|name| self.stands_elsewhere(name, line))
    }

    fn stands_elsewhere(&self, name: &str, line: &Line) -> bool {
        self.text.match_indices(name).any(|(at, _)| {
            let before = self.text.get(..at).unwrap_or("").chars().next_back();
            let after = self.text.get(at + name.len()..).unwrap_or("").chars().next();
            let is_apart = |c: Option<char>| c.is_none_or(|c| c.is_whitespace() || matches!(c, '、' | ',' | '→' | ']'));
            let is_here = line.span.range().contains(&at);
            !is_here && is_apart(before) && is_apart(after)
        })
    }

    /// The longest name among those that follow 連絡 in the file and stand in a sentence.
    pub(super) fn contact_in(&self, sentence: &str) -> Option<&str> {
        let contact = |line: &'a str| {
            let mut words = line.split_whitespace().skip_while(|word| !matches!(*word, "連絡" | "連絡先"));
            words.nth(1)
        };
        let named = self.text.lines().filter_map(contact).filter(|name| sentence.contains(*name));
        named.max_by_key(|name| name.len())
    }
}

impl Argument {
    /// Whether a text is one; prose must not be empty.
    fn reads(self, text: &str) -> bool {
        match self {
            Self::Prose => !text.is_empty(),
            Self::Ruled(ruled) => ruled.matches(text),
            Self::Row => false,
        }
    }
}

fn other_word(word: &str, block: Block) -> Option<(Keyword, &'static str)> {
    let belongs = |keyword: Keyword| block.opens(keyword).is_some();
    let found = OTHER_WORDS.iter().find(|(other, keyword)| *other == word && belongs(*keyword))?.1;
    // In steps a mark says the same.
    let is_marked = block.takes_steps() && found == Keyword::Note;
    (!is_marked).then(|| (found, found.spelling(Language::Japanese)))
}

/// Whether a word of another block is an everyday word for a keyword of this one.
pub(super) fn is_other_word(word: &str, block: Block) -> bool {
    other_word(word, block).is_some()
}

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
fn glued_keyword(word: &str, block: Block) -> Option<(Keyword, &'static str)> {
    let spellings = statements(block).iter().map(|(keyword, _)| (*keyword, keyword.spelling(Language::Japanese)));
    let shortest = if block.takes_steps() { 1 } else { 2 };
    let begins = |spelling: &str| {
        spelling.chars().count() >= shortest && word.strip_prefix(spelling).is_some_and(|rest| !rest.is_empty())
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

/// In prose a near-miss must be a word by itself: lower-case Latin letters, or two characters or more.
fn strict_limit(word: &str, rest: &str) -> usize {
    let is_word =
        if word.is_ascii() { word.len() >= 4 && !word.contains(char::is_uppercase) } else { word.chars().count() >= 2 };
    usize::from(is_word && !rest.is_empty() && !rest.starts_with(['、', '。']))
}
