//! Edits that mend what the analyses find: lines for an entry, new entries. Refuses to know what is found.

use super::Context;
use super::written;
use crate::diag::Edit;
use crate::language::Language;
use crate::model::{ConditionId, EntryId};
use crate::source::{Sources, Span};

/// A keyword in both languages.
#[derive(Clone, Copy, Debug)]
pub(super) struct Word {
    japanese: &'static str,
    english: &'static str,
}

macro_rules! words {
    ($($name:ident $japanese:literal $english:literal)*) => {
        $(pub(super) const $name: Word = Word { japanese: $japanese, english: $english };)*
    };
}

words! {
    ENTRY "項目" "entry"            SYMPTOM "事象" "symptom"
    WHEN "条件" "when"              FALLBACK "予備" "fallback"
    BEFORE "先行" "before"          OVERRIDES "打ち消し" "overrides"
    ACTION "対応策" "action"        CONTACT "連絡" "contact"
    OTHERWISE "解決しない場合" "otherwise"
}

impl Word {
    pub(super) fn spelt(self, language: Language) -> &'static str {
        match language {
            Language::Japanese => self.japanese,
            Language::English => self.english,
        }
    }
}

/// The language of the keyword that a declaration begins with.
pub(super) fn keywords_at(span: Span, sources: &Sources) -> Language {
    let line = sources.line_around(span);
    let is_latin = sources.text(line).trim_start().starts_with(|c: char| c.is_ascii_alphabetic());
    if is_latin { Language::English } else { Language::Japanese }
}

/// How an entry is called in a list of entries.
pub(super) fn call(id: EntryId, cx: &Context<'_>) -> String {
    let entry = &cx.model.entries[id];
    entry.number.map_or_else(|| written::name(&entry.id), |number| format!("No.{number}"))
}

/// A new first line of an entry; `None` when the entry stands in one line.
pub(super) fn add_line(id: EntryId, word: Word, rest: &str, cx: &Context<'_>) -> Option<Edit> {
    let header = cx.sources.line_around(cx.model.entries[id].name);
    let text = cx.sources.text(header);
    let opened = text.rfind(['{', '｛'])?;
    let after = text.get(opened..)?.trim_start_matches(['{', '｛']).trim();
    if !(after.is_empty() || after.starts_with(['#', '＃'])) {
        return None;
    }
    let below = Span { start: header.end, end: header.end, ..header };
    let language = keywords_at(header, cx.sources);
    let line = format!("{}{} {rest}\n", indent(below, cx.sources), word.spelt(language));
    Some(Edit { span: below, text: if text.ends_with('\n') { line } else { format!("\n{line}") } })
}

/// A new last line of an entry; `None` when the entry stands in one line.
pub(super) fn add_last_line(id: EntryId, word: Word, rest: &str, cx: &Context<'_>) -> Option<Edit> {
    let header = cx.model.entries[id].span;
    let brace = cx.model.end_of(header)?;
    let line = cx.sources.line_around(brace);
    if line == cx.sources.line_around(header) || !cx.sources.text(Span { end: brace.start, ..line }).trim().is_empty() {
        return None;
    }
    let below = cx.sources.line_around(header);
    let indent = indent(Span { start: below.end, ..below }, cx.sources);
    let text = format!("{indent}{} {rest}\n", word.spelt(keywords_at(header, cx.sources)));
    Some(Edit { span: line.before(), text })
}

/// New lines at the end of a file.
pub(super) fn append(span: Span, lines: &str, sources: &Sources) -> Edit {
    let text = &sources[span.file].text;
    let end = Span::new(span.file, text.len()..text.len());
    let gap = if text.ends_with('\n') { "\n" } else { "\n\n" };
    Edit { span: end, text: format!("{gap}{lines}") }
}

/// Several conditions as one in parentheses, and then denied; `None` when there is none, or it does not stand in one line.
pub(super) fn deny(conditions: &[ConditionId], language: Language, cx: &Context<'_>) -> Option<String> {
    let text = |id: &ConditionId| cx.sources.text(cx.model.conditions[*id].span());
    let parts: Vec<&str> = conditions.iter().map(text).collect();
    if parts.is_empty() || parts.iter().any(|part| part.contains('\n')) {
        return None;
    }
    let all = match parts.as_slice() {
        [only] => (*only).to_owned(),
        several => several.iter().map(|part| format!("({part})")).collect::<Vec<_>>().join(" and "),
    };
    if let ([only], Language::Japanese) = (parts.as_slice(), language) {
        let is_name =
            |text: &str| !text.is_empty() && text.chars().all(|c| c.is_alphanumeric() || c == 'ー' || c == '-');
        let denied = only.strip_suffix("ではない").or_else(|| only.strip_suffix("でない")).map(str::trim_end);
        if let Some(inner) = denied.filter(|inner| is_name(inner) && only.contains(char::is_whitespace)) {
            return Some(inner.to_owned());
        }
        if is_name(only) {
            return Some(format!("{only} でない"));
        }
    }
    Some(match language {
        Language::Japanese => format!("（{all}）でない"),
        Language::English => format!("not ({all})"),
    })
}

/// The line, line break included, of a statement that stands alone in it: a keyword, and what the span covers.
pub(super) fn statement_line(span: Span, sources: &Sources) -> Option<Span> {
    let line = sources.line_around(span);
    let before = sources.text(Span { end: span.start, ..line }).trim();
    let after = sources.text(Span { start: span.end, ..line }).trim();
    let is_keyword = before.chars().all(|c| c.is_alphabetic() || c == '-');
    (is_keyword && !before.is_empty() && (after.is_empty() || after.starts_with(['#', '＃']))).then_some(line)
}

/// The same for a hand-over, of which the span covers only the entry: `then x`, `otherwise entry x`.
pub(super) fn hand_over_line(span: Span, sources: &Sources) -> Option<Span> {
    let line = sources.line_around(span);
    let before = sources.text(Span { end: span.start, ..line });
    let written = before.trim_end().trim_end_matches(['"', '「', '“']).trim_end();
    let keyword = ["entry", "項目"].iter().find_map(|word| written.strip_suffix(word)).unwrap_or(written);
    let start = span.start - (before.len() - keyword.len()) as u32;
    let closing =
        sources.text(Span { start: span.end, ..line }).chars().next().filter(|c| ['"', '」', '”'].contains(c));
    let end = span.end + closing.map_or(0, |c| c.len_utf8() as u32);
    statement_line(Span { start, end, ..span }, sources)
}

/// The keyword of such a statement.
pub(super) fn statement_word(span: Span, sources: &Sources) -> Option<Span> {
    let line = statement_line(span, sources)?;
    let before = sources.text(Span { end: span.start, ..line });
    let start = line.start + (before.len() - before.trim_start().len()) as u32;
    Some(Span { start, end: start + before.trim().len() as u32, ..line })
}

/// What the line at a place is indented by.
fn indent(place: Span, sources: &Sources) -> String {
    let line = sources.text(sources.line_around(place));
    let text = line.trim_start();
    let is_blank_or_end = text.is_empty() || text.starts_with(['}', '｝']);
    let leading = line.strip_suffix(text).filter(|_| !is_blank_or_end);
    leading.unwrap_or("  ").to_owned()
}
