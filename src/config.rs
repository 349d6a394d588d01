//! Owns `faq.toml`: its keys, their values and where they stand; refuses to know what the names in it stand for.

mod links;
mod site;
mod syntax;

use toml::Spanned;
use toml::de::{DeString, DeTable, DeValue};
use toml::value::Datetime;

use crate::ast::Date;
use crate::diag::{Arg, Code, Diagnostic, Diagnostics, Level, LevelError, Levels, nearest};
use crate::language::Language;
use crate::source::{FileId, Sources, Span};
pub use links::LinkSettings;
pub use site::{MissLog, SiteConfig};
use syntax::iso_date;

/// The file's name, in the folder of the knowledge base.
pub const FILE_NAME: &str = "faq.toml";

/// What `faq.toml` says, as written.
#[derive(Clone, Debug, Default)]
pub struct Config {
    pub title: String,
    pub language: Language,
    pub version: Option<String>,
    pub updated: Option<Date>,
    /// A contact's name and where it is written.
    pub default_contact: Option<(String, Span)>,
    pub lints: Levels,
    /// Files of rules for words, and where they are written.
    pub words: Vec<(String, Span)>,
    /// Where the previous release is.
    pub previous: Option<String>,
    /// How addresses are tested, when somebody asks for it.
    pub links: LinkSettings,
    pub site: SiteConfig,
}

const KEYS: [&str; 10] =
    ["title", "language", "updated", "version", "default-contact", "lints", "words", "previous", "links", "site"];

/// What a Japanese writer might call them.
const JAPANESE_KEYS: [(&str, &str); 8] = [
    ("題名", "title"),
    ("タイトル", "title"),
    ("言語", "language"),
    ("更新", "updated"),
    ("更新日", "updated"),
    ("版", "version"),
    ("バージョン", "version"),
    ("連絡先", "default-contact"),
];

/// Reads what can be read; what cannot is left at its default.
pub fn read_config(file: FileId, sources: &Sources, diagnostics: &mut Diagnostics) -> Config {
    let (table, errors) = DeTable::parse_recoverable(&sources[file].text);
    let mut reader = Reader { file, sources, diagnostics, is_whole: errors.is_empty() };
    reader.syntax_errors(&errors);
    let broken: Vec<_> = errors.iter().filter_map(toml::de::Error::span).collect();
    let is_broken = |value: &Value<'_>| {
        let span = value.span();
        broken.iter().any(|error| error.start < span.end && span.start < error.end)
    };
    let mut config = Config::default();
    for (key, value) in table.get_ref().iter().filter(|(_, value)| !is_broken(value)) {
        reader.setting(key, value, &mut config);
    }
    reader.unknown_signs(&errors);
    if errors.is_empty() && !table.get_ref().contains_key("title") {
        reader.missing_title();
    }
    config
}

type Key<'i> = Spanned<DeString<'i>>;
type Value<'i> = Spanned<DeValue<'i>>;

struct Reader<'a> {
    file: FileId,
    sources: &'a Sources,
    diagnostics: &'a mut Diagnostics,
    /// Whether all of it is TOML; otherwise a table's header may be among what is not.
    is_whole: bool,
}

impl Reader<'_> {
    fn setting(&mut self, key: &Key<'_>, value: &Value<'_>, config: &mut Config) {
        match key.get_ref().as_ref() {
            "title" => config.title = self.title(value).unwrap_or_default(),
            "language" => config.language = self.language(value).unwrap_or_default(),
            "updated" => config.updated = self.date("updated", value),
            "version" => config.version = self.text("version", value).map(str::to_owned),
            "default-contact" => {
                let name = self.text("default-contact", value).map(str::to_owned);
                config.default_contact = name.map(|name| (name, self.inside(value)));
            }
            "lints" => self.lints(value, &mut config.lints),
            "previous" => config.previous = self.text("previous", value).map(str::to_owned),
            "words" => config.words = self.words(value),
            "links" => config.links = self.links(value),
            "site" => self.site(value, &mut config.site),
            _ => self.unknown_key(key),
        }
    }

    fn title(&mut self, value: &Value<'_>) -> Option<String> {
        let title = self.text("title", value)?.to_owned();
        if title.trim().is_empty() {
            Diagnostic::at(Code::MissingTitle, self.span(value)).help("fill").push_to(self.diagnostics);
        }
        Some(title)
    }

    fn text<'v>(&mut self, key: &'static str, value: &'v Value<'_>) -> Option<&'v str> {
        let text = value.get_ref().as_str();
        if text.is_none() {
            let span = self.span(value);
            let wrong = wrong_value(key, "a-text", span);
            let scalar = !matches!(value.get_ref(), DeValue::Array(_) | DeValue::Table(_));
            let quoted = format!("\"{}\"", self.sources.text(span));
            self.diagnostics.push(if scalar { wrong.fix("quote", span, quoted) } else { wrong });
        }
        text
    }

    fn language(&mut self, value: &Value<'_>) -> Option<Language> {
        const NAMES: [(&str, Language); 2] = [("ja", Language::Japanese), ("en", Language::English)];
        const NEAR: [(&str, &str); 6] =
            [("jp", "ja"), ("japanese", "ja"), ("日本語", "ja"), ("english", "en"), ("英語", "en"), ("en-us", "en")];
        let written = value.get_ref().as_str().unwrap_or_default();
        if let Some((_, language)) = NAMES.iter().find(|(name, _)| *name == written) {
            return Some(*language);
        }
        let wrong = wrong_value("language", "a-language", self.span(value));
        let near = NEAR.iter().find(|(name, _)| *name == written.to_lowercase()).map(|(_, meant)| *meant);
        self.diagnostics.push(suggested(wrong, near, self.span(value)));
        None
    }

    fn date(&mut self, key: &'static str, value: &Value<'_>) -> Option<Date> {
        if let Some(date) = value.get_ref().as_datetime().and_then(calendar_date) {
            return Some(date);
        }
        let span = self.span(value);
        let wrong = wrong_value(key, "a-date", span);
        let written = value.get_ref().as_str();
        self.diagnostics.push(match (written.filter(|text| is_date(text)), written.and_then(iso_date)) {
            (Some(date), _) => wrong.fix("unquote", span, date),
            (None, Some(date)) => wrong.fix("rewrite", span, date),
            (None, None) => wrong,
        });
        None
    }

    /// One name, or several.
    fn words(&mut self, value: &Value<'_>) -> Vec<(String, Span)> {
        let one = |value: &Value<'_>, span: Span| value.get_ref().as_str().map(|name| (name.to_owned(), span));
        let names: Option<Vec<_>> = match value.get_ref() {
            DeValue::Array(values) => values.iter().map(|value| one(value, self.inside(value))).collect(),
            _ => one(value, self.inside(value)).map(|name| vec![name]),
        };
        if names.is_none() {
            wrong_value("words", "a-text", self.span(value)).push_to(self.diagnostics);
        }
        names.unwrap_or_default()
    }

    fn lints(&mut self, value: &Value<'_>, levels: &mut Levels) {
        let Some(table) = value.get_ref().as_table() else {
            wrong_value("lints", "a-lint-table", self.span(value)).push_to(self.diagnostics);
            return;
        };
        for (lint, level) in table {
            self.lint(lint, level, levels);
        }
    }

    fn lint(&mut self, lint: &Key<'_>, value: &Value<'_>, levels: &mut Levels) {
        let name = lint.get_ref().as_ref();
        let written = value.get_ref().as_str().unwrap_or_default();
        let level = Level::ALL.into_iter().find(|level| level.name() == written);
        if level.is_none() {
            let near = nearest(written, Level::ALL.iter().map(|level| level.name()));
            let wrong = wrong_value(name, "a-level", self.span(value));
            self.diagnostics.push(suggested(wrong, near, self.span(value)));
        }
        let outcome = levels.set(name, level.unwrap_or(Level::Deny));
        if let Err(error) = outcome {
            let span = self.span(lint);
            self.diagnostics.push(lint_error(name, error, Some(span)));
        }
    }

    fn unknown_key(&mut self, key: &Key<'_>) {
        let name = key.get_ref().as_ref();
        let table = match name {
            _ if Code::find(name).is_some() => "under-lints",
            _ if site::KEYS.contains(&name) => "under-site",
            _ => {
                let translated = JAPANESE_KEYS.iter().find(|(japanese, _)| *japanese == name).map(|(_, key)| *key);
                return self.no_such_key("", key, translated, &KEYS);
            }
        };
        // The header of its table may be among what cannot be read.
        if self.is_whole {
            let unknown = Diagnostic::at(Code::ConfigUnknownKey, self.span(key)).text("key", name);
            self.diagnostics.push(unknown.help(table));
        }
    }

    /// A key that is none of those known, shown with the table that it stands in, and with the one that was meant, if that can be told.
    fn no_such_key(&mut self, table: &str, key: &Key<'_>, meant: Option<&'static str>, known: &[&'static str]) {
        let name = key.get_ref().as_ref();
        let span = self.span(key);
        let unknown = Diagnostic::at(Code::ConfigUnknownKey, span).text("key", format!("{table}{name}"));
        let folded = name.to_lowercase().replace('_', "-");
        self.diagnostics.push(match meant.or_else(|| nearest(&folded, known.iter().copied())) {
            Some(key) => unknown.text("suggestion", key).fix("did-you-mean", span, key),
            None => {
                let keys = known.iter().map(|key| Arg::Text((*key).to_owned())).collect();
                unknown.arg("known", Arg::List(keys)).help("known")
            }
        });
    }

    fn missing_title(&mut self) {
        let span = Span::new(self.file, 0..0);
        Diagnostic::at(Code::MissingTitle, span).help("add").push_to(self.diagnostics);
    }

    fn span<T>(&self, spanned: &Spanned<T>) -> Span {
        Span::new(self.file, spanned.span())
    }

    /// The text of a string without its quotes.
    fn inside(&self, value: &Value<'_>) -> Span {
        let span = self.span(value);
        let written = self.sources.text(span);
        let quotes = if written.starts_with("\"\"\"") || written.starts_with("'''") { 3 } else { 1 };
        Span { start: span.start + quotes, end: span.end.saturating_sub(quotes).max(span.start + quotes), ..span }
    }
}

/// The date of a date without time.
fn calendar_date(written: &Datetime) -> Option<Date> {
    let date = written.date.filter(|_| written.time.is_none() && written.offset.is_none())?;
    Some(Date { year: i32::from(date.year), month: date.month, day: date.day })
}

fn is_date(text: &str) -> bool {
    text.parse().ok().as_ref().and_then(calendar_date).is_some()
}

fn wrong_value(key: &str, expected: &'static str, span: Span) -> Diagnostic {
    Diagnostic::at(Code::ConfigValue, span).text("key", key).word("expected", expected)
}

fn suggested(wrong: Diagnostic, meant: Option<&str>, span: Span) -> Diagnostic {
    match meant {
        Some(meant) => wrong.text("suggestion", meant).fix("did-you-mean", span, format!("\"{meant}\"")),
        None => wrong,
    }
}

/// Why a lint cannot have the level it was given, in `faq.toml` or elsewhere.
pub fn lint_error(lint: &str, error: LevelError, span: Option<Span>) -> Diagnostic {
    let about = |code| Diagnostic { span, ..Diagnostic::general(code) };
    match error {
        LevelError::Fixed(_) => about(Code::FixedLevel).text("lint", lint).help("remove"),
        LevelError::Unknown { nearest } => {
            let unknown = about(Code::UnknownLint).text("lint", lint);
            match (nearest, span) {
                (Some(name), Some(span)) => unknown.text("suggestion", name).fix("did-you-mean", span, name),
                (Some(name), None) => unknown.text("suggestion", name).help("did-you-mean"),
                (None, _) => unknown.help("list"),
            }
        }
    }
}
