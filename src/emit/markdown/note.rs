//! A release note as a page of Markdown.

use super::escape;
use crate::note::{Block, Note};

/// The page, with its title. Blocks stand apart by one blank line.
pub fn page(note: &Note) -> String {
    let mut out = String::new();
    line(&mut out, "# ", &note.title);
    for block in &note.blocks {
        out.push('\n');
        match block {
            Block::Heading(level, text) => line(&mut out, &format!("{} ", "#".repeat(*level)), text),
            Block::Paragraph(text) => line(&mut out, "", text),
            Block::List(items) => {
                for item in items {
                    bullet(&mut out, "- ", &item.text);
                    item.items.iter().for_each(|text| bullet(&mut out, "  - ", text));
                }
            }
        }
    }
    out
}

fn line(out: &mut String, start: &str, text: &str) {
    out.push_str(start);
    escape::text(out, text);
    out.push('\n');
}

fn bullet(out: &mut String, start: &str, text: &str) {
    line(out, start, &text.replace('\n', " "));
}
