//! What a text speaks of: entries by number, addresses, manuals and their sections, made references that are checked.
//! The words that readers see stay as they were.

use std::collections::{BTreeMap, BTreeSet};

use crate::runtime::fold;

/// Things that texts lead to, collected while texts are rewritten.
#[derive(Debug, Default)]
pub struct Library {
    pub numbers: BTreeSet<u32>,
    /// What names of links and documents begin with.
    pub prefix: String,
    /// Address and title, in the order met.
    pub links: Vec<(String, String)>,
    /// Title, its folded form, and the sections spoken of.
    pub documents: Vec<(String, String, BTreeSet<String>)>,
    link_places: BTreeMap<String, usize>,
}

/// A text as it stands in a `.faq` file.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Rewritten {
    pub text: String,
    /// Numbers that no row has.
    pub unknown: Vec<String>,
    /// Whether what readers see had to change a little: a bracket that would begin a reference.
    pub changed: bool,
}

const ARROWS: &[&str] = &["→", "⇒", "->", "=>", "@", "＠"];

/// Most characters of a mention that is looked back for.
const LONGEST: usize = 32;

/// What titles of manuals have in them.
const MANUALS: &[&str] = &["マニュアル", "手引", "ガイドブック", "説明書", "別紙"];

/// Makes references of what a text of one line speaks of.
pub fn rewrite(text: &str, library: &mut Library) -> Rewritten {
    let mut out = Rewritten::default();
    let mut at = 0;
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        at += number(text, at, library, &mut out)
            .or_else(|| address(text, at, library, &mut out))
            .or_else(|| manual(rest, library, &mut out))
            .or_else(|| bracket(rest, &mut out))
            .unwrap_or_else(|| plain(rest, &mut out));
    }
    out
}

/// The same without references: nothing in it means anything.
pub fn neutral(text: &str) -> String {
    let mut out = Rewritten::default();
    let mut at = 0;
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        let mention = mention(text, at);
        if mention.is_some() {
            escape(&mut out.text, rest);
        }
        at += match mention {
            Some((_, _, length)) => {
                out.text.push_str(rest.get(..length).unwrap_or(""));
                length
            }
            None => bracket(rest, &mut out).unwrap_or_else(|| plain(rest, &mut out)),
        };
    }
    out.text
}

fn plain(rest: &str, out: &mut Rewritten) -> usize {
    let Some(c) = rest.chars().next() else { return 1 };
    out.text.push(c);
    c.len_utf8()
}

/// A bracket and an arrow begin a reference; with a space between they do not.
fn bracket(rest: &str, out: &mut Rewritten) -> Option<usize> {
    let after = rest.trim_start_matches(['[', '［']);
    let length = rest.len() - after.len();
    if length == 0 {
        return None;
    }
    out.text.push_str(rest.get(..length)?);
    if ARROWS.iter().any(|arrow| after.starts_with(arrow)) {
        out.text.push(' ');
        out.changed = true;
    }
    Some(length)
}

/// Puts a backslash before the mention that `rest` begins with. What went on into it, as the first in `No9No10`, was none, and
/// would be one before the backslash: it gets its own.
fn escape(out: &mut String, rest: &str) {
    if rest.starts_with(|c: char| c.is_ascii_alphabetic()) {
        let ends_here = |at: usize| mention(out, at).is_some_and(|(_, _, length)| at + length == out.len());
        let before = out.char_indices().rev().take(LONGEST).map(|(at, _)| at).find(|at| ends_here(*at));
        if let Some(at) = before {
            out.insert(at, '\\');
        }
    }
    out.push('\\');
}

fn number(text: &str, at: usize, library: &Library, out: &mut Rewritten) -> Option<usize> {
    let (first, last, length) = mention(text, at)?;
    let written = text.get(at..at + length)?;
    let is_known =
        first <= last && last - first < 1000 && (first..=last).all(|number| library.numbers.contains(&number));
    if !is_known {
        escape(&mut out.text, text.get(at..)?);
        out.unknown.push(written.to_owned());
    }
    out.text.push_str(written);
    Some(length)
}

/// First and last number and the bytes of a 「No.10-12」, as the language reads it.
pub fn mention(text: &str, at: usize) -> Option<(u32, u32, usize)> {
    let before = text.get(..at)?.chars().next_back();
    if before.is_some_and(|c| c.is_ascii_alphanumeric() || c == '\\') {
        return None;
    }
    let rest = text.get(at..)?;
    let mut cursor = marked(rest)?;
    let (first, length) = digits(rest.get(cursor..)?)?;
    cursor += length;
    let mut last = first;
    if let Some((number, length)) = range(rest.get(cursor..)?) {
        (last, cursor) = (number, cursor + length);
    }
    let after = rest.get(cursor..)?;
    let goes_on = after.starts_with(|c: char| c.is_ascii_alphabetic())
        || after.strip_prefix(['.', '．']).is_some_and(|after| digits(after).is_some());
    (!goes_on).then_some((first, last, cursor))
}

/// Bytes of `No.` in any spelling.
fn marked(rest: &str) -> Option<usize> {
    let mark = ["No", "Ｎｏ", "NO", "№"].into_iter().find(|mark| rest.starts_with(mark))?;
    let after = rest.get(mark.len()..)?;
    let point = after.strip_prefix(['.', '．']).map(|after| after.strip_prefix(' ').unwrap_or(after));
    Some(rest.len() - point.unwrap_or(after).len())
}

fn range(rest: &str) -> Option<(u32, usize)> {
    let dash = rest.chars().next().filter(|c| "-－−‐–〜～ー".contains(*c))?;
    let after = rest.get(dash.len_utf8()..)?;
    let mark = marked(after).unwrap_or(0);
    let (number, length) = digits(after.get(mark..)?)?;
    Some((number, dash.len_utf8() + mark + length))
}

/// A whole number in digits of either width, and its bytes.
pub fn digits(rest: &str) -> Option<(u32, usize)> {
    let value = |c: char| c.to_digit(10).or_else(|| ('０'..='９').contains(&c).then(|| c as u32 - '０' as u32));
    let written: Vec<(u32, usize)> = rest.chars().map_while(|c| Some((value(c)?, c.len_utf8()))).collect();
    let number = written.iter().try_fold(0u32, |sum, (digit, _)| sum.checked_mul(10)?.checked_add(*digit))?;
    (!written.is_empty()).then(|| (number, written.iter().map(|(_, length)| length).sum()))
}

fn address(text: &str, at: usize, library: &mut Library, out: &mut Rewritten) -> Option<usize> {
    let rest = text.get(at..)?;
    let scheme = ["https://", "http://"].into_iter().find(|scheme| rest.starts_with(scheme))?;
    let is_part = |c: char| c.is_ascii_graphic() && !"<>\"`{}|\\^[]".contains(c);
    let end = rest.find(|c| !is_part(c)).unwrap_or(rest.len());
    let url = rest.get(..end)?.trim_end_matches(['.', ',', ')', ';', ':', '\'', '!', '?']);
    if url.len() == scheme.len() {
        return None;
    }
    let place = library.link(url, quoted_before(text.get(..at)?).unwrap_or(url));
    out.text.push_str(&format!("[→{}link-{place}：{url}]", library.prefix));
    Some(url.len())
}

/// The quoted words right before an address: 「…」（ https…
fn quoted_before(before: &str) -> Option<&str> {
    let inside = before.trim_end_matches([' ', '\u{3000}', '（', '(', '：', ':']).strip_suffix('」')?;
    let title = inside.get(inside.rfind('「')? + '「'.len_utf8()..)?;
    (!title.is_empty() && !title.contains(['"', '\n'])).then_some(title)
}

impl Library {
    pub fn new(numbers: BTreeSet<u32>, prefix: &str) -> Self {
        Self { numbers, prefix: prefix.to_owned(), ..Self::default() }
    }

    /// The number of the link, from 1.
    fn link(&mut self, url: &str, title: &str) -> usize {
        let next = self.links.len() + 1;
        let place = *self.link_places.entry(url.to_owned()).or_insert(next);
        if place == next {
            self.links.push((url.to_owned(), title.to_owned()));
        }
        place
    }

    /// The number of the document, from 1, with a section of it.
    fn document(&mut self, title: &str, section: Option<&str>) -> usize {
        let folded = fold(title);
        let at = self.documents.iter().position(|(_, known, _)| *known == folded).unwrap_or_else(|| {
            self.documents.push((title.to_owned(), folded, BTreeSet::new()));
            self.documents.len() - 1
        });
        if let (Some(section), Some((_, _, sections))) = (section, self.documents.get_mut(at)) {
            sections.insert(section.to_owned());
        }
        at + 1
    }
}

/// 「…マニュアル3.6.3章」, or 「…マニュアル」＞4.2.3.
fn manual(rest: &str, library: &mut Library, out: &mut Rewritten) -> Option<usize> {
    let inside = rest.strip_prefix('「')?;
    let title = inside.get(..inside.find('」')?)?;
    if !MANUALS.iter().any(|word| title.contains(word)) || title.contains(['[', ']', '［', '］', '「', '"', '\n']) {
        return None;
    }
    let quotes = '「'.len_utf8() + '」'.len_utf8();
    let prefix = library.prefix.clone();
    if let Some((document, section)) = with_section(title) {
        let place = library.document(document, Some(section));
        out.text.push_str(&format!("「[→{prefix}document-{place} {section}：{title}]」"));
        return Some(title.len() + quotes);
    }
    let after = rest.get(title.len() + quotes..)?;
    let gap = after.len() - after.trim_start_matches([' ', '\u{3000}', '＞', '>', 'の', '、']).len();
    let section = section_at(after.get(gap..)?);
    let place = library.document(title, section);
    out.text.push_str(&format!("「[→{prefix}document-{place}：{title}]」"));
    let Some(section) = section else { return Some(title.len() + quotes) };
    out.text.push_str(&format!("{}[→{prefix}document-{place} {section}：{section}]", after.get(..gap)?));
    Some(title.len() + quotes + gap + section.len())
}

/// A title that ends in a section's number.
fn with_section(title: &str) -> Option<(&str, &str)> {
    let bare = title.trim_end().trim_end_matches(['章', '節', '項']);
    let document = bare.trim_end_matches(|c: char| c.is_ascii_digit() || c == '.');
    let section = bare.get(document.len()..)?;
    (section.contains('.') && section_at(section) == Some(section) && !document.trim().is_empty())
        .then(|| (document.trim_end(), section))
}

/// `3.6.3` at the beginning.
fn section_at(text: &str) -> Option<&str> {
    let end = text.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(text.len());
    let section = text.get(..end)?.trim_end_matches('.');
    let is_number = section.contains('.') && section.split('.').all(|part| !part.is_empty() && part.len() < 6);
    is_number.then_some(section)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn library() -> Library {
        Library { numbers: (1..=16).collect(), ..Library::default() }
    }

    #[test]
    fn numbers_of_rows_stay_as_written_and_others_are_no_references() {
        let mut library = library();
        let text = "本FAQのNo.6、No９、以下No10－12の方法。No.99とNotesとNo.3.1";
        let rewritten = rewrite(text, &mut library);
        assert_eq!(rewritten.text, "本FAQのNo.6、No９、以下No10－12の方法。\\No.99とNotesとNo.3.1");
        assert_eq!(rewritten.unknown, ["No.99"]);
        assert_eq!(rewrite("No９９No.98", &mut library).text, "\\No９９\\No.98");
        assert_eq!(neutral("No９No.8"), "\\No９\\No.8");
    }

    #[test]
    fn addresses_become_links_with_the_words_before_them_as_titles() {
        let mut library = library();
        let text = "「.NET 6.0 のダウンロードサイト」（ https://example.com/a?b=c ）と（http://www.example.jp/）。https://example.com/a?b=c";
        let rewritten = rewrite(text, &mut library);
        assert_eq!(library.links[0], ("https://example.com/a?b=c".into(), ".NET 6.0 のダウンロードサイト".into()));
        assert_eq!(library.links[1].0, "http://www.example.jp/");
        assert_eq!(library.links.len(), 2);
        assert!(rewritten.text.contains("（[→link-2：http://www.example.jp/]）"), "{}", rewritten.text);
    }

    #[test]
    fn manuals_become_documents_with_their_sections() {
        let mut library = library();
        let text = "「別紙3-1 操作マニュアル3.6.3章」と「システム操作マニュアル」2.3 アプリ、「システム操作マニュアル」＞4.2.3 送信";
        let rewritten = rewrite(text, &mut library);
        assert_eq!(
            rewritten.text,
            "「[→document-1 3.6.3：別紙3-1 操作マニュアル3.6.3章]」と「[→document-2：システム操作マニュアル]」[→document-2 2.3：2.3] アプリ、\
             「[→document-2：システム操作マニュアル]」＞[→document-2 4.2.3：4.2.3] 送信"
        );
    }

    #[test]
    fn what_would_begin_a_reference_is_kept_apart() {
        let rewritten = rewrite("[→設定]と[設定]", &mut library());
        assert_eq!(rewritten.text, "[ →設定]と[設定]");
        assert!(rewritten.changed);
        assert_eq!(neutral("No.6を[→見る]"), "\\No.6を[ →見る]");
    }
}
