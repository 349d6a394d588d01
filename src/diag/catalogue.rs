//! The texts of all findings, in Japanese and in English.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use super::{Arg, Code};
use crate::language::Language;

/// Templates by code, language and key; `message` is the key every code has.
#[derive(Debug, Deserialize)]
pub struct Catalogue {
    /// Words that arguments name by key.
    pub words: BTreeMap<String, Texts<String>>,
    pub codes: BTreeMap<String, Texts<BTreeMap<String, String>>>,
}

/// One thing in each language.
#[derive(Debug, Deserialize)]
pub struct Texts<T> {
    pub ja: T,
    pub en: T,
}

impl<T> Texts<T> {
    pub fn of(&self, language: Language) -> &T {
        match language {
            Language::Japanese => &self.ja,
            Language::English => &self.en,
        }
    }
}

/// The catalogue built into the program.
pub fn catalogue() -> &'static Catalogue {
    static CATALOGUE: LazyLock<Catalogue> =
        LazyLock::new(|| toml::from_str(include_str!("catalogue.toml")).expect("the catalogue is checked by a test"));
    &CATALOGUE
}

impl Catalogue {
    /// The template's text with its places filled in; `None` when the code has no such key.
    pub fn render(&self, code: Code, key: &str, args: &[(&'static str, Arg)], language: Language) -> Option<String> {
        let template = self.codes.get(code.id())?.of(language).get(key)?;
        Some(self.fill(template, args, language))
    }

    /// A word in the language; the key itself when the catalogue lacks it.
    pub fn word<'a>(&'a self, key: &'a str, language: Language) -> &'a str {
        self.words.get(key).map_or(key, |word| word.of(language))
    }

    /// A sentence of the tool itself; its key when the catalogue lacks it.
    pub fn sentence(&self, key: &str, args: &[(&'static str, Arg)], language: Language) -> String {
        self.fill(self.word(key, language), args, language)
    }

    /// The same with texts of any length and with line breaks, as they are.
    pub fn worded(&self, key: &str, args: &[(&str, &str)], language: Language) -> String {
        let text = |place: &str| args.iter().find(|(known, _)| *known == place).map(|(_, text)| (*text).to_owned());
        filled(self.word(key, language), text)
    }

    fn fill(&self, template: &str, args: &[(&'static str, Arg)], language: Language) -> String {
        let shown =
            |place: &str| args.iter().find(|(known, _)| *known == place).map(|(_, arg)| self.show(arg, language));
        filled(template, shown)
    }

    /// A value as it stands in a text.
    pub(super) fn show(&self, arg: &Arg, language: Language) -> String {
        match arg {
            Arg::Text(text) => on_one_line(text),
            Arg::Word(key) => self.word(key, language).to_owned(),
            Arg::List(items) => {
                let separator = match language {
                    Language::Japanese => "、",
                    Language::English => ", ",
                };
                self.joined(items, separator, language)
            }
            Arg::Phrase(items) => self.joined(items, " ", language),
        }
    }

    fn joined(&self, items: &[Arg], separator: &str, language: Language) -> String {
        items.iter().map(|item| self.show(item, language)).collect::<Vec<_>>().join(separator)
    }
}

/// A template with what stands for each of its places.
fn filled(template: &str, text: impl Fn(&str) -> Option<String>) -> String {
    let mut out = String::with_capacity(template.len() + 16);
    let mut rest = template;
    while let Some((before, place, after)) = next_place(rest) {
        out.push_str(before);
        match place {
            "brace-open" => out.push('{'),
            "brace-close" => out.push('}'),
            _ => out.push_str(&text(place).unwrap_or_default()),
        }
        rest = after;
    }
    out + rest
}

/// Splits at the first `{name}`: what is before it, the name, what is after. Other braces are text.
fn next_place(template: &str) -> Option<(&str, &str, &str)> {
    let mut from = 0;
    loop {
        let open = from + template.get(from..)?.find('{')?;
        let inside = template.get(open + 1..)?;
        let length = inside.find(|c: char| !(c.is_ascii_lowercase() || c == '-' || c == '_')).unwrap_or(inside.len());
        match inside.get(length..).and_then(|tail| tail.strip_prefix('}')) {
            Some(after) if length > 0 => return Some((&template[..open], &inside[..length], after)),
            _ => from = open + 1,
        }
    }
}

/// The names of a template's places, in order.
#[cfg(test)]
pub(super) fn places(template: &str) -> Vec<&str> {
    let mut places = Vec::new();
    let mut rest = template;
    while let Some((_, place, after)) = next_place(rest) {
        if !matches!(place, "brace-open" | "brace-close") {
            places.push(place);
        }
        rest = after;
    }
    places
}

/// Longest piece of a writer's text that a message repeats, in characters.
const LONGEST: usize = 120;

/// A message stands on one line, whatever the writer's words hold.
fn on_one_line(text: &str) -> String {
    let mut shown: String = text.chars().take(LONGEST).map(visible).collect();
    if shown.len() < text.len() && text.chars().nth(LONGEST).is_some() {
        shown.push('…');
    }
    shown
}

/// The text on one line, with nothing in it that moves a cursor, changes a colour or hides something.
pub(super) fn visible_text(text: &str) -> String {
    text.chars().map(visible).collect()
}

fn visible(c: char) -> char {
    match c {
        '\t' | '\n' | '\r' => ' ',
        c if c.is_control() || is_invisible(c) => char::REPLACEMENT_CHARACTER,
        c => c,
    }
}

/// Characters that show nothing, or turn the direction of the text around them.
pub fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}')
}
