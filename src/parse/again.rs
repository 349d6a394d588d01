//! Parses a file again of which a stretch has been replaced: only the declarations around it; those after it are moved. Refuses
//! to know what the text is for.
//!
//! A declaration that follows another one on a line of its own is parsed as if it stood alone. That is so as long as nothing
//! is wrong with the file but what single lines say ([`is_local`]): what is wrong with braces, marks or lines outside of
//! blocks is seen from elsewhere. The tests hold it against parsing all of the file.

use super::parse_rows;
use super::rows::{Body, Row, Shape, Statement};
use crate::ast::{self, File, Shift, fields, variants};
use crate::diag::{Arg, Code, Diagnostic, Diagnostics, Edit, Fix, Label, Severity};
use crate::source::{FileId, Sources};

/// A stretch of the text before, and how long the text in its place is; in bytes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Replaced {
    pub start: usize,
    pub end: usize,
    pub length: usize,
}

/// What a text gives.
#[derive(Debug, Default)]
pub(crate) struct Parsed {
    pub file: File,
    /// As it is laid out.
    pub rows: Vec<Row>,
    pub findings: Vec<Diagnostic>,
}

impl Parsed {
    /// Of all of a file; findings by their places.
    pub(crate) fn of(id: FileId, sources: &Sources) -> Self {
        let mut findings = Diagnostics::default();
        let (file, rows) = parse_rows(id, sources, &mut findings);
        let mut findings = findings.into_vec();
        findings.sort_by_key(|finding| finding.span);
        Self { file, rows, findings }
    }

    /// Of the new text, which is a file's by itself; `None` where only parsing it all tells.
    pub(crate) fn again(self, replaced: Replaced, text: &str) -> Option<Self> {
        let region = region(&self, replaced, text)?;
        let parsed = parse_region(region, text)?;
        Some(self.with(region, parsed))
    }

    /// With the region as it is now, and what follows moved.
    fn with(mut self, region: Region, new: Self) -> Self {
        let Self { file, rows, findings } = new;
        replace(&mut self.file.items, file.items, region, |item| item.span().start);
        replace(&mut self.file.exceptions, file.exceptions, region, |exception| exception.span.start);
        replace(&mut self.file.ends, file.ends, region, |(header, _)| header.start);
        replace(&mut self.rows, rows, region, |row| row.span.start);
        replace(&mut self.findings, findings, region, |finding| finding.span.map_or(0, |span| span.start));
        self
    }
}

/// Whether a finding is about one line, whatever stands around its block.
fn is_local(finding: &Diagnostic) -> bool {
    matches!(
        finding.code,
        Code::MissingArgument
            | Code::BadArgument
            | Code::UnfinishedArgument
            | Code::TextAfterArgument
            | Code::BadReference
            | Code::OpenReference
            | Code::UnreadReference
            | Code::OpenBracket
            | Code::MixedConnectives
            | Code::UnquotedValue
            | Code::NumberTooLarge
            | Code::PercentTooLarge
            | Code::NoSuchDate
    )
}

/// Whole lines of the text before, and by how many bytes they have grown.
#[derive(Clone, Copy)]
struct Region {
    start: usize,
    end: usize,
    growth: i64,
}

impl Region {
    fn holds(self, start: u32) -> bool {
        (self.start..self.end).contains(&(start as usize))
    }
}

/// From the declaration that the replaced stretch lies in, or follows, or from the beginning, up to the next one after it.
fn region(before: &Parsed, replaced: Replaced, text: &str) -> Option<Region> {
    let Parsed { file, rows, findings } = before;
    let growth = replaced.length as i64 - (replaced.end - replaced.start) as i64;
    let old_length = usize::try_from(text.len() as i64 - growth).ok()?;
    if covers_all(file, old_length) || !findings.iter().all(is_local) {
        return None;
    }
    // White space before a header is the last of what stands before it.
    let headers = || rows.iter().filter(|row| is_header(row)).map(|row| row.span.start as usize);
    let start = headers().take_while(|start| *start <= replaced.start).last().unwrap_or(0);
    let start = text.get(..start)?.rfind('\n').map_or(0, |at| at + 1);
    let end = headers().find_map(|header| {
        let now = header.checked_add_signed(growth as isize)?;
        let line_end = text.get(..now)?.rfind('\n')?;
        (line_end >= replaced.start + replaced.length).then(|| header - (now - (line_end + 1)))
    });
    Some(Region { start, end: end.unwrap_or(old_length), growth })
}

/// Whether an exception covers the file of this length as a whole.
fn covers_all(file: &File, length: usize) -> bool {
    file.exceptions.iter().any(|exception| exception.block.range() == (0..length))
}

/// The first line of a declaration that begins its line.
fn is_header(row: &Row) -> bool {
    row.depth == 0 && matches!(&row.shape, Shape::Statement(statement) if !statement.closes)
}

fn parse_region(region: Region, text: &str) -> Option<Parsed> {
    let end = region.end.checked_add_signed(region.growth as isize)?;
    let mut sources = Sources::default();
    let id = sources.add("", text.get(region.start..end)?);
    let mut parsed = Parsed::of(id, &sources);
    let begins = region.start == 0 || parsed.rows.first().is_some_and(is_header);
    let is_whole = begins && !covers_all(&parsed.file, end - region.start);
    if !parsed.findings.iter().all(is_local) || !is_whole {
        return None;
    }
    parsed.shift(region.start as i64);
    Some(parsed)
}

fn replace<T: Shift>(all: &mut Vec<T>, new: Vec<T>, region: Region, start: impl Fn(&T) -> u32) {
    let from = all.partition_point(|it| (start(it) as usize) < region.start);
    let to = all.partition_point(|it| (start(it) as usize) < region.end);
    if region.growth != 0 {
        all.iter_mut().skip(to).for_each(|it| it.shift(region.growth));
    }
    debug_assert!(all.get(from..to).unwrap_or(&[]).iter().all(|it| region.holds(start(it))));
    all.splice(from..to, new);
}

fields! {
    Parsed { file, rows, findings }
    Diagnostic { code, severity, message, span, args, labels, helps, fixes }
    Label { span, key }
    Fix { key, edits, safe }
    Edit { span, text }
    Row { span, depth, block, shape }
    Statement { keyword, word, argument, kind, body, closes }
}

variants! {
    Shape { Comment, Close { tail }, Statement(it), Marked { mark, text }, Fence, Plain, Cells(it), Unknown, Stray }
    Body { None, Block { tail }, Inline { parts, tail } }
}

ast::placeless!(
    super::keyword::Block,
    super::keyword::Keyword,
    super::tokens::Argument,
    Code,
    Severity,
    Arg,
    &'static str,
    String
);

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const TEXTS: &[&str] = &[
        include_str!("../../kb/careplan/certificates.faq"),
        include_str!("../../kb/careplan/facts.faq"),
        include_str!("../../kb/careplan/tests.faq"),
    ];

    /// What is typed, of all kinds of lines.
    const TYPED: &[&str] = &[
        "",
        "a",
        "字",
        " ",
        "\n",
        "}",
        "{",
        " {",
        "\n}\n",
        "\"",
        "「",
        "」",
        "```",
        "\n```\n",
        "# 注",
        "\n# 注\n",
        "| a | b |\n",
        "\n  | 続き\n",
        "  > 手順です。\n",
        "＞",
        "※ ",
        "\n① 別の方法\n",
        "許容 long-sentence 理由 短くできません\n",
        ":",
        "：",
        ";",
        "条件 ",
        "かつ ",
        "No.9",
        "[→",
        "]",
        "\nリンク l \"L\" https://example.com/\n",
        "\n連絡先 z \"Z\" {\n  電話 1\n}\n",
        "連絡先 z \"Z\" { 電話 1 }\n",
        "項目 z \"Z\" {\n  事象「x」\n  連絡 z\n}\n",
        "対応策 ",
        "\r\n",
        "\t",
        "allow ",
        "\u{3000}",
    ];

    /// `FAQC_CASES=100000` tries more.
    fn cases() -> u32 {
        std::env::var("FAQC_CASES").ok().and_then(|it| it.parse().ok()).unwrap_or(64)
    }

    fn parsed(text: &str) -> Parsed {
        let mut sources = Sources::default();
        let id = sources.add("", text);
        Parsed::of(id, &sources)
    }

    /// The first line in which two trees differ, with what stands before it.
    fn difference(one: &Parsed, other: &Parsed) -> Option<String> {
        let (one, other) = (format!("{one:#?}"), format!("{other:#?}"));
        let lines: Vec<&str> = one.lines().collect();
        let at = lines.iter().zip(other.lines()).position(|(one, other)| *one != other)?;
        Some(lines[at.saturating_sub(8)..=at].join("\n") + "\nbut\n" + other.lines().nth(at).unwrap_or(""))
    }

    /// The nearest place between two characters.
    fn place(text: &str, at: usize) -> usize {
        (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(cases()))]

        #[test]
        fn an_edit_parsed_again_is_the_file_parsed_anew(
            file in 0..TEXTS.len(),
            edits in prop::collection::vec((any::<prop::sample::Index>(), 0usize..40, prop::sample::select(TYPED), any::<bool>()), 1..12),
        ) {
            let mut text = TEXTS[file].to_owned();
            for (at, length, typed, at_line) in edits {
                let mut start = place(&text, at.index(text.len() + 1));
                if at_line {
                    start = text[..start].rfind('\n').map_or(0, |at| at + 1);
                }
                let end = place(&text, start + length * usize::from(length % 3 == 0)).max(start);
                let mut edited = text.clone();
                edited.replace_range(start..end, typed);
                let replaced = Replaced { start, end, length: typed.len() };
                let anew = parsed(&edited);
                let is_sound = anew.findings.iter().all(is_local);
                if let Some(again) = parsed(&text).again(replaced, &edited) {
                    prop_assert_eq!(difference(&again, &anew), None, "{:?} at {}", typed, start);
                }
                // On from a file of which it can be told.
                if is_sound {
                    text = edited;
                }
            }
        }

        #[test]
        fn most_edits_need_no_more(at in any::<prop::sample::Index>()) {
            let text = TEXTS[0];
            let lines: Vec<usize> = text.match_indices("。\n").map(|(at, _)| at).collect();
            let start = lines[at.index(lines.len())];
            let edited = format!("{}です{}", &text[..start], &text[start..]);
            let replaced = Replaced { start, end: start, length: "です".len() };
            prop_assert!(parsed(text).again(replaced, &edited).is_some());
        }
    }
}
