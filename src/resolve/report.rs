//! Words the findings about names that were not found, or found under an old name; refuses to search.

use crate::ast::Name;
use crate::diag::{Arg, Code, Diagnostic};
use crate::model::Kind;
use crate::source::{Sources, Span};

/// What may be meant.
pub(crate) struct Meant {
    /// As it would be written at the place.
    pub text: String,
    /// What readers know it by, where that differs.
    pub title: Option<String>,
    /// Whether it is meant beyond doubt.
    pub sure: bool,
}

impl From<(String, bool)> for Meant {
    fn from((text, sure): (String, bool)) -> Self {
        Self { text, title: None, sure }
    }
}

/// The finding that a name names nothing of the wanted kind; `others` are the kinds that do have the name.
pub(crate) fn unknown_name(
    kind: Kind,
    name: Name,
    written: &str,
    others: &[Kind],
    suggestion: Option<impl Into<Meant>>,
) -> Diagnostic {
    let code = if others.is_empty() { Code::UnknownName } else { Code::WrongKind };
    let found = others.iter().map(|kind| Arg::Word(kind.word())).collect();
    let finding =
        Diagnostic::at(code, name.span).text("name", written).word("kind", kind.word()).arg("found", Arg::List(found));
    match suggestion {
        Some(suggestion) => did_you_mean(finding, name.span, suggestion),
        None => finding.help("declare"),
    }
}

/// Adds what may be meant.
pub(crate) fn did_you_mean(finding: Diagnostic, span: Span, meant: impl Into<Meant>) -> Diagnostic {
    let Meant { text, title, sure } = meant.into();
    let finding = finding.text("suggestion", bare(&text));
    let (key, finding) = match title {
        Some(title) => ("did-you-mean-titled", finding.text("title", title)),
        None => ("did-you-mean", finding),
    };
    match sure {
        true => finding.fix(key, span, text),
        false => finding.suggest(key, span, text),
    }
}

/// Without the quotes that [`spelled`] puts around a name; messages have their own.
fn bare(text: &str) -> &str {
    let within = |open, close| text.strip_prefix(open).and_then(|rest| rest.strip_suffix(close));
    within('「', '」').or_else(|| within('"', '"')).unwrap_or(text)
}

/// The finding that something goes by a former name here; `current` is the present one.
pub(crate) fn former_name(kind: Kind, name: Name, written: &str, current: String) -> Diagnostic {
    Diagnostic::at(Code::FormerName, name.span)
        .text("name", written)
        .word("kind", kind.word())
        .text("current", bare(&current))
        .fix("rename", name.span, current)
}

/// A declared name as it is written in the place of another, with quotes where it needs them.
pub(crate) fn spelled(sources: &Sources, meant: Name, place: Name) -> String {
    let text = sources.text(meant.span);
    match (meant.quoted && !place.quoted, text.contains(['「', '」'])) {
        (false, _) => text.to_owned(),
        (true, false) => format!("「{text}」"),
        (true, true) => format!("\"{text}\""),
    }
}

/// Where a name stands, with its quotes.
pub(crate) fn with_quotes(sources: &Sources, name: Name) -> Span {
    if !name.quoted {
        return name.span;
    }
    let text = &sources[name.span.file].text;
    let before = text.get(..name.span.start as usize).and_then(|text| text.chars().next_back());
    let after = text.get(name.span.end as usize..).and_then(|text| text.chars().next());
    let width = |c: Option<char>| c.map_or(0, |c| c.len_utf8() as u32);
    Span { start: name.span.start - width(before), end: name.span.end + width(after), ..name.span }
}
