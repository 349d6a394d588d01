//! One page being written: blocks, lists and links in the places that Markdown wants them; refuses to know what they say.

use std::fmt::Write;

use crate::model::{Action, EntryId, Target};
use crate::prose;

use super::book::{Book, Node};
use super::escape;
use super::words::Around;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Folder {
    Root,
    Entries,
    Categories,
}

pub struct Page<'b> {
    pub book: &'b Book<'b>,
    pub out: String,
    folder: Folder,
    /// What each further line of the block begins with, inside lists.
    indent: String,
    /// A list marker stands on the line; the item's first block follows it.
    after_marker: bool,
    /// Inside a text that depends on a fact, which could refer to itself.
    pub in_text: bool,
    /// The entry that is being told about, which does not refer its reader to itself.
    pub subject: Option<EntryId>,
}

impl<'b> Page<'b> {
    pub fn new(book: &'b Book<'b>, folder: Folder) -> Self {
        let out = String::with_capacity(2048);
        Self { book, out, folder, indent: String::new(), after_marker: false, in_text: false, subject: None }
    }

    /// A block of one line, after a blank line unless it opens a list item.
    pub fn block(&mut self, write: impl FnOnce(&mut Self)) {
        self.begin();
        write(self);
        self.out.push('\n');
    }

    pub fn heading(&mut self, level: usize, write: impl FnOnce(&mut Self)) {
        self.block(|page| {
            page.out.push_str(&"######"[..level.clamp(1, 6)]);
            page.out.push(' ');
            write(page);
        });
    }

    pub fn heading_word(&mut self, level: usize, word: &str) {
        self.heading(level, |page| page.text(word));
    }

    pub fn quote(&mut self, write: impl FnOnce(&mut Self)) {
        self.block(|page| {
            page.out.push_str("> ");
            write(page);
        });
    }

    /// An item of a list; `first` tells where the list begins.
    pub fn item(&mut self, marker: &str, first: bool, write: impl FnOnce(&mut Self)) {
        if first {
            self.begin();
        } else {
            self.out.push_str(&self.indent);
        }
        self.out.push_str(marker);
        let outer = self.indent.len();
        self.indent.extend(std::iter::repeat_n(' ', marker.len()));
        self.after_marker = true;
        write(self);
        if std::mem::take(&mut self.after_marker) {
            self.out.push('\n');
        }
        self.indent.truncate(outer);
    }

    /// A bullet of one line. Its mark differs from that of the writer's own bullets, so that two lists stay two.
    pub fn bullet(&mut self, first: &mut bool, write: impl FnOnce(&mut Self)) {
        self.item("* ", std::mem::take(first), |page| page.block(write));
    }

    /// A bullet that begins with a label.
    pub fn field(&mut self, first: &mut bool, label: &str, write: impl FnOnce(&mut Self)) {
        self.bullet(first, |page| {
            page.label(label);
            write(page);
        });
    }

    pub fn code<'t>(&mut self, info: &str, lines: impl Iterator<Item = &'t str> + Clone) {
        self.begin();
        escape::code_block(&mut self.out, &self.indent, info, lines);
    }

    /// Places that links may name.
    pub fn anchors<'t>(&mut self, names: impl Iterator<Item = &'t str>) {
        self.block(|page| names.for_each(|name| page.anchor(name)));
    }

    /// In a line. HTML, since Markdown has no anchors of its own; names are harmless or escaped.
    pub fn anchor(&mut self, name: &str) {
        let _ = write!(self.out, "<a id=\"{name}\"></a>");
    }

    fn begin(&mut self) {
        if std::mem::take(&mut self.after_marker) {
            return;
        }
        if !self.out.is_empty() {
            self.out.push('\n');
        }
        self.out.push_str(&self.indent);
    }

    pub fn text(&mut self, text: &str) {
        escape::text(&mut self.out, text);
    }

    pub fn label(&mut self, label: &str) {
        self.out.push_str(label);
        self.out.push_str(self.book.words.colon);
    }

    /// Strong as HTML: next to Japanese punctuation, Markdown does not take `**` for an end.
    pub fn strong(&mut self, write: impl FnOnce(&mut Self)) {
        self.out.push_str("<strong>");
        write(self);
        self.out.push_str("</strong>");
    }

    pub fn line_break(&mut self) {
        self.out.push_str("<br>");
    }

    /// A link within the words of a sentence.
    pub fn sentence(&mut self, (before, after): Around, node: Node) {
        self.out.push_str(before);
        self.link(node);
        self.out.push_str(after);
    }

    /// A list in a line.
    pub fn list<T>(&mut self, items: impl IntoIterator<Item = T>, mut write: impl FnMut(&mut Self, T)) {
        for (index, item) in items.into_iter().enumerate() {
            if index > 0 {
                self.out.push_str(self.book.words.comma);
            }
            write(self, item);
        }
    }

    /// The node by its title, linked.
    pub fn link(&mut self, node: Node) {
        let title = title(self.book, node);
        self.link_as(node, &title);
    }

    /// The node by other words.
    pub fn link_as(&mut self, node: Node, shown: &str) {
        let address = self.address(node);
        self.link_text(shown, &address);
    }

    /// A link to an address of the web, if it is one that a reader can follow.
    pub fn link_out(&mut self, shown: &str, address: &str) {
        match escape::is_followable(address) {
            true => self.link_text(shown, address),
            false => self.text(shown),
        }
    }

    fn link_text(&mut self, shown: &str, address: &str) {
        escape::link_open(&mut self.out);
        escape::inline(&mut self.out, shown);
        escape::link_close(&mut self.out, address);
    }

    /// A file of the output, from this page.
    pub fn path(&self, folder: Folder, file: &str) -> String {
        let way = match (self.folder, folder) {
            (Folder::Root, Folder::Entries) => "entries/",
            (Folder::Root, Folder::Categories) => "categories/",
            (Folder::Entries, Folder::Categories) => "../categories/",
            (Folder::Categories, Folder::Entries) => "../entries/",
            (Folder::Entries | Folder::Categories, Folder::Root) => "../",
            (Folder::Root, Folder::Root)
            | (Folder::Entries, Folder::Entries)
            | (Folder::Categories, Folder::Categories) => "",
        };
        format!("{way}{file}.md")
    }

    fn address(&self, node: Node) -> String {
        let book = self.book;
        let on = |file: &str| format!("{}#{}", self.path(Folder::Root, file), book.anchor(node));
        match node {
            Node::Entry(id) => self.path(Folder::Entries, &book.entry_files[id]),
            Node::Action(id) => {
                let page = self.path(Folder::Entries, &book.entry_files[book.model.actions[id].entry]);
                format!("{page}#{}", book.anchor(node))
            }
            Node::Category(id) => self.path(Folder::Categories, &book.categories.files[id]),
            Node::Symptom(_) => on("symptoms"),
            Node::Fact(_) => on("facts"),
            Node::Document(_) | Node::Section(_) => on("documents"),
            Node::Link(id) => match book.sources.text(book.model.links[id].url) {
                url if escape::is_followable(url) => url.to_owned(),
                _ => on("links"),
            },
            Node::Contact(_) => on("contacts"),
            Node::Term(_) => on("terms"),
            Node::Text(_) => on("texts"),
        }
    }
}

/// What a node is called in lists, on one line.
pub fn title(book: &Book<'_>, node: Node) -> String {
    let of = |target: Target| prose::title(&target, book.model, book.sources).replace('\n', " ");
    match node {
        Node::Entry(id) => book.entry_titles[id].clone(),
        Node::Action(id) => action_title(book, id),
        Node::Symptom(id) => of(Target::Symptom(id)),
        Node::Fact(id) => of(Target::Fact(id)),
        Node::Document(id) => of(Target::Document(id)),
        Node::Section(id) => of(Target::Section(id)),
        Node::Link(id) => of(Target::Link(id)),
        Node::Contact(id) => of(Target::Contact(id)),
        Node::Term(id) => of(Target::Term(id)),
        Node::Text(id) => of(Target::Text(id)),
        Node::Category(id) => book.model.categories[id].title.clone(),
    }
}

/// 「対応策2」, among the actions of its entry.
pub fn action_name(book: &Book<'_>, action: &Action) -> String {
    [book.words.remedy, &action.number].join(if book.words.tag == "ja" { "" } else { " " })
}

/// With its entry, since actions of different entries are often called alike.
fn action_title(book: &Book<'_>, id: crate::model::ActionId) -> String {
    let action = &book.model.actions[id];
    let own = action.title.as_ref().map(|title| prose::plain(title, book.model, book.sources).replace('\n', " "));
    let words = book.words;
    let name = action_name(book, action);
    let entry = &book.entry_titles[action.entry];
    match own {
        Some(own) => format!("{entry}{}{name}{}{own}", words.under, words.colon),
        None => format!("{entry}{}{name}", words.under),
    }
}
