//! What makes the folder a book for mdBook: `SUMMARY.md`, its table of contents, and `book.toml`.

use crate::model::{CategoryId, EntryId};

use super::book::{Book, Node};
use super::page::{Folder, Page};
use super::reference;

/// Every page once, entries under their categories.
pub fn summary(book: &Book<'_>) -> String {
    let words = book.words;
    let mut page = Page::new(book, Folder::Root);
    page.out.push_str("# Summary\n\n[");
    page.text(words.index);
    page.out.push_str("](index.md)\n");
    if !book.order.is_empty() {
        page.heading_word(1, words.entries);
        page.out.push('\n');
        write_categories(&mut page);
        book.categories.without.iter().for_each(|id| write_line(&mut page, 0, Node::Entry(*id)));
    }
    let pages = reference::pages(book);
    if !pages.is_empty() {
        page.heading_word(1, words.reference);
        page.out.push('\n');
        pages.iter().for_each(|shared| page.out.push_str(&format!("- [{}]({}.md)\n", shared.title, shared.file)));
    }
    if book.has_changes {
        page.out.push_str(&format!("\n[{}](changes.md)\n", words.changes));
    }
    page.out
}

enum Line {
    Category(CategoryId),
    Entry(EntryId),
}

/// Depth first, without recursion: a path has as many levels as its writer likes.
fn write_categories(page: &mut Page<'_>) {
    let tree = &page.book.categories;
    let mut next: Vec<(usize, Line)> = tree.tops.iter().rev().map(|id| (0, Line::Category(*id))).collect();
    while let Some((depth, line)) = next.pop() {
        match line {
            Line::Entry(id) => write_line(page, depth, Node::Entry(id)),
            Line::Category(id) => {
                write_line(page, depth, Node::Category(id));
                next.extend(tree.children[id].iter().rev().map(|child| (depth + 1, Line::Category(*child))));
                next.extend(tree.entries[id].iter().rev().map(|entry| (depth + 1, Line::Entry(*entry))));
            }
        }
    }
}

fn write_line(page: &mut Page<'_>, depth: usize, node: Node) {
    page.out.extend(std::iter::repeat_n("  ", depth));
    page.out.push_str("- ");
    page.link(node);
    page.out.push('\n');
}

/// Typographic quotes are off so that messages stay as the screen shows them; sections are numbered by the FAQ's own
/// numbers; former ids lead on, since mdBook leaves out pages that `SUMMARY.md` does not list.
pub fn book_toml(book: &Book<'_>) -> String {
    let quoted = |text: &str| toml::Value::String(text.to_owned()).to_string();
    let mut out = format!(
        "[book]\ntitle = {}\nlanguage = {}\nsrc = \".\"\n\n[build]\ncreate-missing = false\n\n\
         [output.html]\nsmart-punctuation = false\nno-section-label = true\n",
        quoted(&book.model.config.title),
        quoted(book.words.tag),
    );
    if !book.former_files.is_empty() {
        out.push_str("\n[output.html.redirect]\n");
    }
    for (file, to) in &book.former_files {
        // Names of files hold nothing that TOML would have quoted.
        out.push_str(&format!("\"/entries/{file}.html\" = \"{}.html\"\n", book.entry_files[*to]));
    }
    out
}
