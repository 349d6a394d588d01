//! What a keyword says, in the words of the reference's tables; refuses to know places.

use crate::language::Language;
use crate::parse::keyword::{Block, Keyword};

const JAPANESE: &str = include_str!("../../docs/language.ja.md");
const ENGLISH: &str = include_str!("../../docs/language.md");

/// A row of a table of the reference.
pub struct Gloss<'a> {
    /// What follows the keyword.
    argument: &'a str,
    /// Empty where the table has no such column.
    meaning: &'a str,
    example: &'a str,
}

/// What the reference says of a keyword in its block.
pub fn gloss(keyword: Keyword, block: Block, language: Language) -> Option<Gloss<'static>> {
    let (page, heading, place) = match language {
        Language::Japanese => (JAPANESE, heading(block)?.0, place(block).0),
        Language::English => (ENGLISH, heading(block)?.1, place(block).1),
    };
    let section = page.split("\n## ").find(|section| section.starts_with(heading))?;
    let rows = section.lines().filter(|line| line.starts_with('|')).map(cells);
    rows.filter_map(|row| read(&row, place, keyword)).next()
}

/// The headings of a block's table in both languages.
fn heading(block: Block) -> Option<(&'static str, &'static str)> {
    Some(match block {
        Block::File => ("宣言：", "Declarations:"),
        Block::Entry | Block::Cause => ("項目の中の行", "Statements of an entry"),
        Block::Action | Block::Branch => ("対応策の中の行", "Statements of an action"),
        Block::Symptom => ("事象の中の行", "Statements of a symptom"),
        Block::Fact => ("事実の中の行", "Statements of a fact"),
        Block::Document | Block::Contact | Block::Term => {
            ("文書、連絡先、用語の中の行", "Statements of documents, contacts and terms")
        }
        Block::Test => ("試験の中の行", "Statements of a test"),
        Block::Derive | Block::Table | Block::Text | Block::Unknown => return None,
    })
}

/// What the first column says in a table of several blocks.
fn place(block: Block) -> (&'static str, &'static str) {
    match block {
        Block::Document => ("文書", "document"),
        Block::Contact => ("連絡先", "contact"),
        Block::Term => ("用語", "term"),
        _ => ("", ""),
    }
}

/// The cells of a row; `\|` is a bar within one.
fn cells(line: &'static str) -> Vec<&'static str> {
    line.trim_matches('|').split(" | ").map(|cell| cell.trim().trim_matches('|').trim()).collect()
}

fn read(row: &[&'static str], place: &str, keyword: Keyword) -> Option<Gloss<'static>> {
    let row = match (place.is_empty(), row) {
        (true, row) => row,
        (false, [first, rest @ ..]) if *first == place => rest,
        (false, _) => return None,
    };
    let [english, japanese, argument, rest @ ..] = row else { return None };
    let says = |cell: &str, spelling: &str| {
        cell.split('`').skip(1).step_by(2).any(|said| said == spelling || said.starts_with(&format!("{spelling} …")))
    };
    let is_it =
        says(english, keyword.spelling(Language::English)) && says(japanese, keyword.spelling(Language::Japanese));
    let (meaning, example) = match rest {
        [meaning, example, ..] => (*meaning, *example),
        [example] => ("", *example),
        [] => ("", ""),
    };
    is_it.then_some(Gloss { argument, meaning, example })
}

impl Gloss<'_> {
    /// As one piece of Markdown.
    pub fn markdown(&self, language: Language) -> String {
        let example = match language {
            Language::Japanese => "例：",
            Language::English => "For example: ",
        };
        let parts = [self.argument.to_owned(), self.meaning.to_owned()];
        let mut lines: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        if !self.example.is_empty() {
            lines.push(format!("{example}{}", self.example));
        }
        lines.join("\n\n")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::keyword::statements;

    #[test]
    fn every_keyword_has_a_row_in_both_references() {
        for block in Block::ALL.iter().copied().filter(|block| !matches!(block, Block::Cause | Block::Branch)) {
            for (keyword, _) in statements(block) {
                // Elsewhere in the reference, or another word for one that is there.
                if matches!(
                    keyword,
                    Keyword::Allow | Keyword::Note | Keyword::Message | Keyword::Else | Keyword::Action
                ) || matches!((keyword, block), (Keyword::ContactTo | Keyword::Contact, _))
                {
                    continue;
                }
                for language in [Language::Japanese, Language::English] {
                    assert!(gloss(*keyword, block, language).is_some(), "{keyword:?} in {block:?}, {language:?}");
                }
            }
        }
    }
}
