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

    fn fill(&self, template: &str, args: &[(&'static str, Arg)], language: Language) -> String {
        let mut out = String::with_capacity(template.len() + 16);
        let mut rest = template;
        while let Some((before, after)) = rest.split_once('{') {
            out.push_str(before);
            let (name, tail) = after.split_once('}').unwrap_or((after, ""));
            match name {
                "brace-open" => out.push('{'),
                "brace-close" => out.push('}'),
                _ => {}
            }
            if let Some((_, arg)) = args.iter().find(|(known, _)| *known == name) {
                out.push_str(&self.show(arg, language));
            }
            rest = tail;
        }
        out + rest
    }

    fn show(&self, arg: &Arg, language: Language) -> String {
        match arg {
            Arg::Text(text) => text.clone(),
            Arg::Word(key) => self.word(key, language).to_owned(),
            Arg::List(items) => {
                let separator = match language {
                    Language::Japanese => "、",
                    Language::English => ", ",
                };
                items.iter().map(|item| self.show(item, language)).collect::<Vec<_>>().join(separator)
            }
        }
    }
}
