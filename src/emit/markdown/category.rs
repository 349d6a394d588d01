//! The page of a category: what is below it.

use crate::model::CategoryId;

use super::book::{Book, Node};
use super::entry::write_path;
use super::page::{Folder, Page};

pub fn page(book: &Book<'_>, id: CategoryId) -> String {
    let words = book.words;
    let mut page = Page::new(book, Folder::Categories);
    page.heading(1, |page| page.text(&book.model.categories[id].title));
    let path = book.category_path(book.model.categories[id].parent);
    if !path.is_empty() {
        page.block(|page| write_path(page, &path));
    }
    write_list(&mut page, words.categories, book.categories.children[id].iter().copied().map(Node::Category));
    write_list(&mut page, words.entries, book.categories.entries[id].iter().copied().map(Node::Entry));
    page.out
}

fn write_list(page: &mut Page<'_>, heading: &str, nodes: impl ExactSizeIterator<Item = Node>) {
    if nodes.len() == 0 {
        return;
    }
    page.heading_word(2, heading);
    let mut first = true;
    for node in nodes {
        page.bullet(&mut first, |page| page.link(node));
    }
}
