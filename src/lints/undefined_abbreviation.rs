//! `undefined-abbreviation`: capitals that stand for words which nothing says: no term, and no parentheses beside them.

use std::collections::BTreeMap;

use rustc_hash::FxHashSet;

use super::text::{visit_stretches, within};
use super::{Context, Lint, Scope};
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::source::Span;

pub const LINT: Lint = Lint { code: Code::UndefinedAbbreviation, scope: Scope::Everything, check };

/// What everybody who uses a computer or reads a letter knows, units, and words in capitals.
const KNOWN: &[&str] = &[
    "AI", "ALL", "AM", "AND", "API", "APP", "CD", "CPU", "CSV", "DO", "DVD", "ESC", "FAQ", "FAX", "GB", "GIF", "GPS",
    "HDD", "HDMI", "HTML", "HTTP", "HTTPS", "ID", "IP", "IT", "JPEG", "JPG", "JSON", "KB", "LAN", "MAC", "MB", "NG",
    "NO", "NOT", "OFF", "OK", "ON", "OR", "OS", "PC", "PDF", "PIN", "PM", "PNG", "QR", "RAM", "SD", "SIM", "SMS",
    "SNS", "SSD", "TB", "TEL", "TV", "TXT", "UI", "URL", "USB", "VPN", "WEB", "WWW", "XML", "YES", "ZIP",
];

fn check(context: &Context<'_>, diagnostics: &mut Diagnostics) {
    let mut met: BTreeMap<&str, Span> = BTreeMap::new();
    let mut defined: FxHashSet<&str> = KNOWN.iter().copied().collect();
    visit_stretches(context, &mut |stretch, text| {
        for (at, word) in capitals(text) {
            let end = at + word.len();
            if is_explained(text, at, end) {
                defined.insert(word);
            }
            met.entry(word).or_insert_with(|| within(stretch.span, at, end));
        }
    });
    for term in context.model.terms.iter() {
        for span in std::iter::once(&term.name).chain(&term.avoid) {
            defined.extend(capitals(context.sources.text(*span)).into_iter().map(|(_, word)| word));
        }
    }
    let mut unknown: Vec<_> = met.into_iter().filter(|(word, _)| !defined.contains(word)).collect();
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
