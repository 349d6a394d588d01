//! Lines that are broken to a width, so that full-width text stands well; the only user of unicode-linebreak. Refuses to know
//! what they say.

use unicode_linebreak::{BreakOpportunity, linebreaks};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use crate::diag::is_invisible;

/// A text in lines, each with an indent, and perhaps a mark before it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Page {
    lines: Vec<Line>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Line {
    indent: usize,
    /// A number or a bullet; what follows hangs behind it.
    mark: String,
    text: String,
    is_strong: bool,
    /// Never broken, so that it can be copied: addresses, and what is to be typed.
    is_whole: bool,
}

impl Page {
    /// An empty line, unless there is one or nothing stands before it.
    pub fn gap(&mut self) {
        if self.lines.last().is_some_and(|last| *last != Line::default()) {
            self.lines.push(Line::default());
        }
    }

    pub fn line(&mut self, indent: usize, text: impl Into<String>) {
        self.item(indent, "", text);
    }

    /// A line that is read first.
    pub fn heading(&mut self, text: impl Into<String>) {
        self.lines.push(Line { text: text.into(), is_strong: true, ..Line::default() });
    }

    /// A mark, and a text that hangs behind it.
    pub fn item(&mut self, indent: usize, mark: impl Into<String>, text: impl Into<String>) {
        self.lines.push(Line { indent, mark: mark.into(), text: text.into(), ..Line::default() });
    }

    pub fn whole(&mut self, indent: usize, mark: impl Into<String>, text: impl Into<String>) {
        self.lines.push(Line { indent, mark: mark.into(), text: text.into(), is_whole: true, ..Line::default() });
    }

    pub fn append(&mut self, other: Self) {
        self.lines.extend(other.lines);
    }

    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// The lines, broken so that none is wider than so many columns; as they are without a width. What the texts hold of control
    /// characters is shown as U+FFFD. Styled headings are bold by an ANSI sequence.
    pub fn render(&self, width: Option<usize>, styled: bool) -> String {
        let mut out = String::new();
        for line in &self.lines {
            line.render(width, styled, &mut out);
        }
        out
    }
}

impl Line {
    fn render(&self, width: Option<usize>, styled: bool, out: &mut String) {
        let mark = clean(&self.mark);
        let hang = self.indent + mark.width();
        let text = clean(&self.text);
        let room =
            width.filter(|_| !self.is_whole).map_or(usize::MAX, |width| width.saturating_sub(hang).max(NARROWEST));
        for (at, part) in wrap(&text, room).into_iter().enumerate() {
            let line = match at {
                0 => format!("{}{mark}{part}", " ".repeat(self.indent)),
                _ => format!("{}{part}", " ".repeat(hang)),
            };
            match line.trim_end() {
                line if styled && self.is_strong && !line.is_empty() => {
                    out.push_str(&format!("\x1b[1m{line}\x1b[0m\n"))
                }
                line => {
                    out.push_str(line);
                    out.push('\n');
                }
            }
        }
    }
}

/// However far a text is indented, so many columns are left to it.
const NARROWEST: usize = 20;

/// A text as lines of at most so many columns, broken where Unicode Standard Annex 14 allows it, which keeps 、。」 from beginning
/// a line and 「 from ending one. A word that is wider is broken anywhere, but an address never.
pub fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let (mut start, mut end) = (0, 0);
    for (next, opportunity) in linebreaks(text) {
        let fits = text.get(start..next).is_some_and(|line| line.trim_end().width() <= width);
        if !fits && end > start {
            lines.push(text.get(start..end).unwrap_or_default().trim_end().to_owned());
            start = end;
        }
        let word = text.get(start..next).unwrap_or_default();
        if word.trim_end().width() > width && !word.contains("://") {
            start += cut_wide(word, width, &mut lines);
        }
        if opportunity == BreakOpportunity::Mandatory {
            lines.push(text.get(start..next).unwrap_or_default().trim_end().to_owned());
            start = next;
        }
        end = next;
    }
    if lines.is_empty() {
        lines.push(String::new());
    }
    lines
}

/// Cuts full lines off a word, and says how many bytes they were.
fn cut_wide(word: &str, width: usize, lines: &mut Vec<String>) -> usize {
    let (mut start, mut columns) = (0, 0);
    for (at, c) in word.char_indices() {
        let wide = c.width().unwrap_or(0);
        if columns + wide > width && at > start && !c.is_whitespace() {
            lines.push(word.get(start..at).unwrap_or_default().to_owned());
            (start, columns) = (at, 0);
        }
        columns += wide;
    }
    start
}

/// A text that moves no cursor, changes no colour and hides nothing: of all control characters only line breaks are left.
pub fn clean(text: &str) -> String {
    let visible = |c: char| match c {
        '\n' => '\n',
        '\t' => ' ',
        c if c.is_control() || is_invisible(c) => char::REPLACEMENT_CHARACTER,
        c => c,
    };
    text.replace("\r\n", "\n").chars().map(visible).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn japanese_is_broken_where_it_may_be() {
        assert_eq!(wrap("「送信」に、失敗しました。", 8), ["「送信」", "に、失敗", "しまし", "た。"]);
        assert_eq!(wrap("送信「失敗」", 6), ["送信", "「失", "敗」"]);
        assert_eq!(wrap("ＡＢＣデータ", 8), ["ＡＢＣ", "データ"]);
    }

    #[test]
    fn words_stay_whole_and_addresses_too() {
        assert_eq!(wrap("press the red button", 9), ["press the", "red", "button"]);
        assert_eq!(wrap("one\ntwo\n\nthree", 80), ["one", "two", "", "three"]);
        assert_eq!(wrap("abcdefghij", 4), ["abcd", "efgh", "ij"]);
        assert_eq!(wrap("", 4), [""]);
    }

    #[test]
    fn nothing_is_wider_than_asked_and_nothing_is_lost() {
        let text = "証明書ABC（「KJから始まるID」に紐づく）を、install してください… 😀😀 wwwwwwwwwwwwwwwww。";
        let letters = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
        for width in 2..90 {
            let lines = wrap(text, width);
            assert!(lines.iter().all(|line| line.width() <= width), "{width}: {lines:?}");
            assert_eq!(letters(&lines.concat()), letters(text));
        }
    }

    #[test]
    fn hostile_text_is_only_text() {
        let mut page = Page::default();
        page.item(0, "\x1b[2J", "a\x1b]0;title\x07b\u{202E}c\td\r\ne\u{9b}31m");
        let shown = page.render(Some(40), true);
        assert_eq!(shown, "\u{FFFD}[2Ja\u{FFFD}]0;title\u{FFFD}b\u{FFFD}c d\n    e\u{FFFD}31m\n");
    }
}
