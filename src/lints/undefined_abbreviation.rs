//! `undefined-abbreviation`: capitals that stand for words which nothing says: no term, and no parentheses beside them.

use std::collections::BTreeMap;

use rustc_hash::{FxHashMap, FxHashSet};

use super::text::within;
use super::{Context, Lint, Scope};
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::model::Term;
use crate::source::Span;

pub const LINT: Lint = Lint { code: Code::UndefinedAbbreviation, scope: Scope::Everything, check };

/// What everybody who uses a computer or reads a letter knows, units, and words in capitals.
const KNOWN: &[&str] = &[
    "AI", "ALL", "AM", "AND", "API", "APP", "CD", "CPU", "CSV", "DO", "DVD", "ESC", "FAQ", "FAX", "GB", "GIF", "GPS",
    "HDD", "HDMI", "HTML", "HTTP", "HTTPS", "ID", "IP", "IT", "JPEG", "JPG", "JSON", "KB", "LAN", "MAC", "MB", "NG",
    "NO", "NOT", "OFF", "OK", "ON", "OR", "OS", "PC", "PDF", "PIN", "PM", "PNG", "QR", "RAM", "SD", "SIM", "SMS",
    "SNS", "SSD", "TB", "TEL", "TV", "TXT", "UI", "URL", "USB", "VPN", "WEB", "WWW", "XML", "YES", "ZIP",
];

/// The words in capitals of one file.
#[derive(Debug, Default)]
pub struct Capitals {
    /// Where each is first met.
    met: FxHashMap<String, Span>,
    /// Those that a text says the words of.
    explained: FxHashSet<String>,
}

impl Capitals {
    /// Takes in those of a stretch.
    pub fn read(&mut self, span: Span, text: &str) {
        for (at, word) in capitals(text) {
            let end = at + word.len();
            if is_explained(text, at, end) && !self.explained.contains(word) {
                self.explained.insert(word.to_owned());
            }
            if !self.met.contains_key(word) {
                self.met.insert(word.to_owned(), within(span, at, end));
            }
        }
    }
}

fn check(context: &Context<'_>, diagnostics: &mut Diagnostics) {
    let files = || context.wording.files().map(|file| &file.capitals);
    let mut defined: FxHashSet<&str> = KNOWN.iter().copied().collect();
    defined.extend(files().flat_map(|file| &file.explained).map(String::as_str));
    for span in context.model.terms.iter().flat_map(Term::spellings) {
        defined.extend(capitals(context.sources.text(span)).into_iter().map(|(_, word)| word));
    }
    let mut met: BTreeMap<&str, Span> = BTreeMap::new();
    for (word, span) in files().flat_map(|file| &file.met).filter(|(word, _)| !defined.contains(word.as_str())) {
        met.entry(word).and_modify(|first| *first = (*first).min(*span)).or_insert(*span);
    }
    let mut unknown: Vec<_> = met.into_iter().collect();
    unknown.sort_by_key(|(_, span)| *span);
    for (word, span) in unknown {
        Diagnostic::at(LINT.code, span).text("name", word).help("declare").push_to(diagnostics);
    }
}

/// Words of two to six capitals that are no part of a longer word, of a file's name or of an address.
fn capitals(text: &str) -> Vec<(usize, &str)> {
    let bytes = text.as_bytes();
    let is_beside = |byte: Option<&u8>| byte.is_some_and(|b| b.is_ascii_alphanumeric() || b"._-/@\\+'".contains(b));
    let mut words = Vec::new();
    let mut at = 0;
    while let Some(start) = bytes.get(at..).and_then(|rest| rest.iter().position(u8::is_ascii_uppercase)) {
        let start = at + start;
        let length = bytes.get(start..).map_or(0, |rest| rest.iter().take_while(|b| b.is_ascii_uppercase()).count());
        let end = start + length;
        let before = start.checked_sub(1).and_then(|before| bytes.get(before));
        // A full stop ends a sentence.
        let after = bytes.get(end).filter(|b| **b != b'.' || bytes.get(end + 1).is_some_and(u8::is_ascii_alphanumeric));
        if (2..=6).contains(&length) && !is_beside(before) && !is_beside(after) {
            words.extend(text.get(start..end).map(|word| (start, word)));
        }
        at = end.max(start + 1);
    }
    words
}

/// `KJ（…）`, or `…（KJ）`.
fn is_explained(text: &str, start: usize, end: usize) -> bool {
    let (before, after) = (text.get(..start).unwrap_or(""), text.get(end..).unwrap_or("").trim_start());
    after.starts_with(['（', '(']) || before.ends_with(['（', '(']) && after.starts_with(['）', ')'])
}
