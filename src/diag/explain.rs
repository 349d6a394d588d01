//! What `faqc explain` prints: a code's page in the reader's language, and the list of all codes.

use super::catalogue::Texts;
use super::{Code, Severity};
use crate::language::Language;

/// The page's half in the language, under its title.
pub fn explain(code: Code, language: Language) -> String {
    let body = half(code.page(), language).unwrap_or_else(|| code.page());
    format!("# {} {}\n\n{}\n", code.id(), code.name(), body.trim())
}

/// The code and its name, a line each.
pub fn list_codes() -> String {
    Code::ALL.iter().map(|code| format!("{}  {:8} {}\n", code.id(), code.severity().name(), code.name())).collect()
}

/// The code's name, or its id, that is nearest to what was written, unless none is near.
pub fn nearest_code(written: &str) -> Option<&'static str> {
    let ids = Code::ALL.iter().flat_map(|code| [code.name(), code.id()]);
    nearest(&written.to_lowercase(), ids)
}

/// The name or id, nearest to what was written, of a code whose findings are no errors.
pub fn nearest_lint(written: &str) -> Option<&'static str> {
    let lints = Code::ALL.iter().filter(|code| code.severity() < Severity::Error);
    nearest(&written.to_lowercase(), lints.flat_map(|code| [code.name(), code.id()]))
}

/// The candidate with the smallest edit distance, at most a third of the written length, rounded up.
pub(crate) fn nearest<'a>(written: &str, candidates: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let limit = written.chars().count().div_ceil(3);
    let distance = |candidate: &str| strsim::osa_distance(written, &candidate.to_lowercase());
    candidates.map(|candidate| (distance(candidate), candidate)).filter(|(far, _)| *far <= limit).min().map(|(_, c)| c)
}

fn half(page: &str, language: Language) -> Option<&str> {
    let headings = Texts { ja: "\n## 日本語\n", en: "\n## English\n" };
    let (_, rest) = page.split_once(*headings.of(language))?;
    let other = match language {
        Language::Japanese => headings.en,
        Language::English => headings.ja,
    };
    Some(rest.split_once(other).map_or(rest, |(half, _)| half))
}
