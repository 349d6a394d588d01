//! Owns what the site's searches load: every symptom's keys, and an index of the entries' texts in parts. Refuses to know the
//! site's pages, but for their names.
//!
//! A text is found by its grams, three characters that follow each other. Which entries have a gram stands in one of the files
//! `data/search/grams/…`, of which a search loads some, those of rare grams first, and knows which entries can have its words; how
//! common grams are, which numbers entries have, and what they refer to, stands in `data/search/about`. The texts themselves stand
//! in `data/search/texts/…`, from which it takes those that it shows.

mod bits;
mod code;
mod grams;
mod others;
mod pack;
mod texts;

use serde_json::json;

use grams::Shards;
use texts::EntryTexts;

use super::super::OutputFile;
use super::prose::plain;
use crate::runtime::{fold, symptoms_of_entries};
use crate::table::{Key, KeyKind, Symptom, Table};

/// What the data need of the site.
#[derive(Clone, Copy, Debug)]
pub struct Pages<'a> {
    /// Names of the pages of entries and symptoms, in the order of the table.
    pub entries: &'a [String],
    pub symptoms: &'a [String],
    /// Where searches without a hit are told: `console`, or an address.
    pub log_misses: Option<&'a str>,
}

/// The folder of its files, below `site/`.
pub const FOLDER: &str = "data/search/";

/// At most so many files of texts.
const MOST_TEXTS: usize = 160;
/// Entries in each, unless there are too many.
const ENTRIES_IN_TEXTS: usize = 50;

/// The files below the site's `data/search/`, each a script that gives one value; their paths begin there, at the site.
pub fn emit_search(table: &Table, pages: Pages<'_>) -> Vec<OutputFile> {
    SearchFiles::default().update(table, pages)
}

/// What was written last, so that after an edit only the files are made anew that it touches. They are always those of
/// [`emit_search`].
#[derive(Debug, Default)]
pub struct SearchFiles {
    entries: Vec<EntryTexts>,
    shards: Shards,
    texts: Vec<String>,
}

impl SearchFiles {
    /// All files for a table, with those that are as they were.
    pub fn update(&mut self, table: &Table, pages: Pages<'_>) -> Vec<OutputFile> {
        let entries = texts::entries(table, pages.entries, &symptoms_of_entries(table));
        self.take(entries);
        let in_texts = in_texts(self.entries.len());
        let symptoms = pack::packed(&symptom_keys(table, pages.symptoms));
        let terms = pack::packed(&terms(table));
        let common = pack::packed(&self.shards.commonness().into());
        let numbers = pack::packed(&numbers(table));
        let others = pack::packed(&others::others(table));
        let about = json!({
            "title": table.title, "entries": self.entries.len(), "inTexts": in_texts, "shards": self.shards.packed.len(), "common": common, "numbers": numbers,
            "first": symptoms.len() + terms.len() + common.len() + numbers.len() + others.len(), "others": others,
            "largest": {"grams": largest(&self.shards.packed), "texts": largest(&self.texts)}, "terms": terms, "logMisses": pages.log_misses,
        });
        let mut files = vec![file("about", &about), file("symptoms", &symptoms.into())];
        let part =
            |folder: &str, (number, text): (u32, &String)| file(&format!("{folder}/{number}"), &text.as_str().into());
        files.extend((0..).zip(&self.shards.packed).map(|it| part("grams", it)));
        files.extend((0..).zip(&self.texts).map(|it| part("texts", it)));
        files
    }

    /// Numbers of entries are those of the table, so one more or less changes everything.
    fn take(&mut self, entries: Vec<EntryTexts>) {
        let count = grams::count_shards(&entries);
        if entries.len() != self.entries.len() || count != self.shards.packed.len() {
            self.shards = Shards::new(&entries, count);
            self.texts = entries.chunks(in_texts(entries.len())).map(texts::packed).collect();
            self.entries = entries;
            return;
        }
        let in_texts = in_texts(entries.len());
        let old = std::mem::replace(&mut self.entries, entries);
        let changed = (0u32..).zip(old.iter().zip(&self.entries)).filter(|(_, (old, new))| old != new);
        let changed: Vec<_> = changed.map(|(number, (old, new))| (number, old, new)).collect();
        self.shards.change(&changed, self.entries.len() as u32);
        let mut parts: Vec<usize> = changed.iter().map(|(number, ..)| *number as usize / in_texts).collect();
        parts.dedup();
        for part in parts {
            if let Some((text, entries)) = self.texts.get_mut(part).zip(self.entries.chunks(in_texts).nth(part)) {
                *text = texts::packed(entries);
            }
        }
    }
}

/// What no file has more of than this; an edit seldom changes it.
fn largest(files: &[String]) -> usize {
    files.iter().map(String::len).max().unwrap_or(0).next_multiple_of(1 << 10)
}

fn in_texts(entries: usize) -> usize {
    ENTRIES_IN_TEXTS.max(entries.div_ceil(MOST_TEXTS))
}

fn file(name: &str, value: &serde_json::Value) -> OutputFile {
    // A script element reads the value: what could end it, or a line, is escaped.
    let value = value.to_string().replace('<', "\\u003c").replace('\u{2028}', "\\u2028").replace('\u{2029}', "\\u2029");
    OutputFile::text(format!("{FOLDER}{name}.js"), format!("faqc.give(\"search/{name}\",{value});\n"))
}

/// Of each entry how much greater its number is than the one before, which is seldom more than one; nothing of one without.
fn numbers(table: &Table) -> serde_json::Value {
    let mut last = 0;
    let mut step = |number: u32| i64::from(number) - i64::from(std::mem::replace(&mut last, number));
    table.entries.iter().map(|it| it.number).map(|it| it.map(&mut step)).collect()
}

/// What other spellings and readings are taken from. A term without any stands for itself: no part of it is taken for another.
fn terms(table: &Table) -> serde_json::Value {
    table.terms.iter().map(|it| json!({"id": it.id, "avoid": it.avoid, "reading": [plain(&it.reading)]})).collect()
}

/// Pages, ids (where they are not the page's), titles and keys of all symptoms. A key is its kind, its text, and its fixed
/// parts where it has several; of the title itself the kind alone.
fn symptom_keys(table: &Table, pages: &[String]) -> serde_json::Value {
    let titles: Vec<String> = table.symptoms.iter().map(|it| plain(&it.title)).collect();
    let ids: Vec<Option<&String>> =
        table.symptoms.iter().zip(pages).map(|(it, page)| Some(&it.id).filter(|id| *id != page)).collect();
    let keys = |(symptom, title): (&Symptom, &String)| symptom.keys.iter().map(|it| key(it, title)).collect();
    let keys: Vec<Vec<serde_json::Value>> = table.symptoms.iter().zip(&titles).map(keys).collect();
    json!([pages, ids, titles, keys])
}

fn key(key: &Key, title: &str) -> serde_json::Value {
    let kind = match key.kind {
        KeyKind::Message => 0,
        KeyKind::Title => 1,
        KeyKind::Also => 2,
    };
    match key.folded.as_slice() {
        [whole] if key.kind == KeyKind::Title && key.text == title && *whole == fold(title) => json!(kind),
        [whole] if *whole == fold(&key.text) => json!([kind, key.text]),
        parts => json!([kind, key.text, parts]),
    }
}
