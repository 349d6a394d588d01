//! A page's view of everything else: where things are, seen from its folder. Refuses to know how pages look.

use std::borrow::Cow;
use std::ops::RangeInclusive;

use super::documents::is_for_readers;
use super::plan::{self, Plan};
use super::prose::{Inline, plain};
use super::steps::Steps;
use super::words::Words;
use crate::emit::names::safe;
use crate::runtime::level;
use crate::table::{
    Action, Contact, Document, Entry, Otherwise, Piece, Prose, Question, RefKind, Reference, Section, Step, Symptom,
    Table,
};

/// A number as Rust code has it, or by reference, as templates pass everything on.
pub trait Number: Copy {
    fn number(self) -> u32;
}

impl Number for u32 {
    fn number(self) -> u32 {
        self
    }
}

impl<T: Number> Number for &T {
    fn number(self) -> u32 {
        (*self).number()
    }
}

/// What a page is made from. `root` leads from the page's folder to the site's: empty, or `../`.
#[derive(Clone, Copy, Debug)]
pub struct View<'a> {
    pub table: &'a Table,
    pub plan: &'a Plan,
    pub words: &'static Words,
    pub root: &'static str,
    /// Whether the page follows changes while the knowledge base is being written.
    pub is_preview: bool,
    /// Whether there is a page of what changed.
    pub has_changes: bool,
    /// Where its scripts may send something, as a source of a Content Security Policy or an address.
    pub connect: Option<&'a str>,
}

/// Something with a name that leads somewhere.
#[derive(Clone, Debug)]
pub struct Link {
    pub href: String,
    pub text: String,
}

impl<'a> View<'a> {
    pub fn entry(&self, entry: impl Number) -> Option<&'a Entry> {
        self.table.entries.get(entry.number() as usize).map(AsRef::as_ref)
    }

    /// An entry's title without its number.
    pub fn heading(&self, entry: &Entry) -> String {
        plan::entry_heading(entry)
    }

    /// The address, if a page may lead to it.
    pub fn url<'u>(&self, url: &'u str) -> Option<Cow<'u, str>> {
        safe_url(url)
    }

    /// What calls a telephone number.
    pub fn call(&self, prose: &Prose) -> Option<String> {
        call(&unlinked_words(prose)?)
    }

    /// What writes to a mail address.
    pub fn write_to(&self, prose: &Prose) -> Option<String> {
        write_to(&unlinked_words(prose)?)
    }

    /// An id as a part of an anchor.
    pub fn anchor(&self, id: &str) -> String {
        safe(id)
    }

    pub fn action(&self, action: impl Number) -> Option<&'a Action> {
        self.table.actions.get(action.number() as usize).map(AsRef::as_ref)
    }

    pub fn symptom(&self, symptom: u32) -> Option<&'a Symptom> {
        self.table.symptoms.get(symptom as usize)
    }

    pub fn contact(&self, contact: impl Number) -> Option<&'a Contact> {
        self.table.contacts.get(contact.number() as usize)
    }

    pub fn question(&self, question: u32) -> Option<&'a Question> {
        self.table.questions.get(question as usize)
    }

    pub fn inline(self, prose: &'a Prose) -> Inline<'a> {
        Inline { view: self, prose, linked: true, in_case: false }
    }

    /// For headings that are links themselves.
    pub fn unlinked(self, prose: &'a Prose) -> Inline<'a> {
        Inline { view: self, prose, linked: false, in_case: false }
    }

    pub fn steps(self, steps: &'a [Step]) -> Steps<'a> {
        Steps::new(self, steps)
    }

    pub fn entry_href(&self, entry: impl Number) -> String {
        let name = self.plan.entries.get(entry.number() as usize).map_or("", String::as_str);
        format!("{}entries/{name}.html", self.root)
    }

    pub fn entry_link(&self, entry: impl Number) -> Link {
        Link { href: self.entry_href(entry), text: self.entry(entry).map(plan::entry_title).unwrap_or_default() }
    }

    pub fn action_href(&self, action: u32) -> String {
        let entry = self.action(action).map_or(u32::MAX, |it| it.entry);
        format!("{}#{}", self.entry_href(entry), plan::action_anchor(self.table, action))
    }

    /// `No.9 電子証明書を確認する`: an action of another entry, by that entry's number and its own title.
    pub fn action_link(&self, action: impl Number) -> Link {
        Link { href: self.action_href(action.number()), text: self.action_name(action.number()) }
    }

    fn action_name(&self, index: u32) -> String {
        let Some(action) = self.action(index) else { return String::new() };
        let entry = self.entry(action.entry);
        let number = entry.and_then(|it| it.number).map(|number| format!("No.{number} ")).unwrap_or_default();
        let title = plain(&action.title).replace('\n', " ");
        let title = match title.trim() {
            "" => format!("{} {}", entry.map(plan::entry_heading).unwrap_or_default(), action.number),
            title => title.to_owned(),
        };
        format!("{number}{title}")
    }

    pub fn symptom_href(&self, symptom: u32) -> String {
        let name = self.plan.symptoms.get(symptom as usize).map_or("", String::as_str);
        format!("{}symptoms/{name}.html", self.root)
    }

    pub fn symptom_link(&self, symptom: u32) -> Link {
        let text = self.symptom(symptom).map(|it| plain(&it.title).replace('\n', " ")).unwrap_or_default();
        Link { href: self.symptom_href(symptom), text }
    }

    /// The dialogue, begun with a symptom.
    pub fn guide_href(&self, symptom: u32) -> String {
        let name = self.plan.symptoms.get(symptom as usize).map_or("", String::as_str);
        format!("{}guide.html#{name}", self.root)
    }

    pub fn category_link(&self, category: u32) -> Link {
        let category = self.plan.categories.get(category as usize);
        let (name, text) = category.map_or(("", ""), |it| (it.name.as_str(), it.title.as_str()));
        Link { href: format!("{}categories/{name}.html", self.root), text: text.to_owned() }
    }

    /// From the widest category to the narrowest.
    pub fn category_path(&self, category: Option<u32>) -> Vec<Link> {
        self.plan.path(category).into_iter().map(|it| self.category_link(it)).collect()
    }

    pub fn question_href(&self, question: u32) -> String {
        let id = self.question(question).map_or("", |it| it.id.as_str());
        let page = super::part_name("questions", super::questions::part_of(question));
        format!("{}{page}.html#question.{}", self.root, safe(id))
    }

    pub fn contact_link(&self, contact: impl Number) -> Link {
        let contact = self.contact(contact);
        let id = contact.map_or("", |it| it.id.as_str());
        let text = contact.map(|it| plain(&it.title).replace('\n', " ")).unwrap_or_default();
        Link { href: format!("{}contacts.html#contact.{}", self.root, safe(id)), text }
    }

    /// Where to go when what an entry says does not help.
    pub fn otherwise(&self, entry: &Entry) -> Vec<Link> {
        let way = |way: &Otherwise| match way {
            Otherwise::Contact(contact) => self.contact_link(*contact),
            Otherwise::Entry(entry) => self.entry_link(*entry),
        };
        let default =
            self.table.default_contact.filter(|it| entry.otherwise.is_empty() && !entry.contacts.contains(it));
        entry.otherwise.iter().map(way).chain(default.map(|it| self.contact_link(it))).collect()
    }

    pub fn cited(&self, entry: u32) -> Vec<Link> {
        use super::citations::Node;
        let nodes = self.plan.cited.get(entry as usize).map_or(&[][..], Vec::as_slice);
        let link = |node: &Node| match node {
            Node::Entry(entry) => self.entry_link(*entry),
            Node::Symptom(symptom) => self.symptom_link(*symptom),
            Node::Question(question) => {
                let text = self.question(*question).map(|it| it.label.clone()).unwrap_or_default();
                Link { href: self.question_href(*question), text }
            }
        };
        nodes.iter().map(link).collect()
    }

    /// Where a reference leads, a link for each of its targets that has a place.
    pub fn targets(&self, reference: &Reference) -> Vec<Link> {
        let href = |id: &String| self.target(reference.kind, id);
        let links = reference.targets.iter().filter_map(|id| Some((href(id)?, id)));
        match reference.targets.len() {
            1 => links.map(|(href, _)| Link { href, text: reference.text.clone() }).collect(),
            _ => links.map(|(href, id)| Link { href, text: self.short_name(reference.kind, id) }).collect(),
        }
    }

    /// The document that a reference is to, and the section if it is to one.
    pub fn source(&self, reference: &Reference) -> Option<(&'a Document, Option<&'a Section>)> {
        let id = reference.targets.first()?;
        let documents = &self.table.documents;
        let in_document = |it: &'a Document| Some((it, Some(it.sections.iter().find(|section| section.id == *id)?)));
        match reference.kind {
            RefKind::Document => documents.get(self.plan.find(RefKind::Document, id)? as usize).map(|it| (it, None)),
            RefKind::Section => documents.iter().filter(|it| id.starts_with(&it.id)).find_map(in_document),
            _ => None,
        }
    }

    /// How the link of a reference looks: like any other, or as what its words say of themselves.
    pub fn link_class(&self, reference: &Reference) -> &'static str {
        match reference.kind {
            RefKind::Term => "term",
            RefKind::Link => "out",
            _ if self.source(reference).is_some_and(|it| source_url(it).is_none()) => "offline",
            _ => "",
        }
    }

    /// One of several targets: `No.10`.
    fn short_name(&self, kind: RefKind, id: &str) -> String {
        let entry = self.plan.find(kind, id).filter(|_| kind == RefKind::Entry).and_then(|it| self.entry(it));
        match entry {
            Some(Entry { number: Some(number), .. }) => format!("No.{number}"),
            Some(entry) => plan::entry_heading(entry),
            None => id.to_owned(),
        }
    }

    /// Where the thing of this kind and id is, if it has a place.
    pub fn target(&self, kind: RefKind, id: &str) -> Option<String> {
        let index = self.plan.find(kind, id)?;
        let anchored = |page: &str, kind: &str| format!("{}{page}.html#{kind}.{}", self.root, safe(id));
        match kind {
            RefKind::Entry => Some(self.entry_href(index)),
            RefKind::Action => Some(self.action_href(index)),
            RefKind::Symptom => Some(self.symptom_href(index)),
            RefKind::Fact => Some(self.question_href(index)),
            RefKind::Document => Some(anchored("documents", "document")),
            RefKind::Section => Some(anchored("documents", "section")),
            RefKind::Contact => Some(self.contact_link(index).href),
            RefKind::Term => {
                let is_there = self.table.terms.get(index as usize).is_some_and(is_for_readers);
                is_there.then(|| anchored("terms", "term"))
            }
            RefKind::Link => self.table.links.get(index as usize).and_then(|it| safe_url(&it.url)).map(Cow::into_owned),
            RefKind::Text => None,
        }
    }
}

/// Where a document, or a section of it, can be read on the web.
pub fn source_url<'a>((document, section): (&'a Document, Option<&'a Section>)) -> Option<Cow<'a, str>> {
    let url = section.and_then(|it| it.url.as_deref()).or(document.url.as_deref());
    url.and_then(safe_url)
}

/// The words of prose that has no links of its own.
fn unlinked_words(prose: &Prose) -> Option<String> {
    let is_text = prose.iter().all(|piece| matches!(piece, Piece::Text(_)));
    is_text.then(|| plain(prose))
}

/// What calls a telephone number, when a text is nothing else.
fn call(text: &str) -> Option<String> {
    let level = level(text);
    let number: String = level.chars().filter(|c| !matches!(c, ' ' | '-' | '‐' | '−' | 'ー')).collect();
    let digits = number.strip_prefix('+').unwrap_or(&number);
    let is_number = DIGITS_OF_NUMBER.contains(&digits.len()) && digits.bytes().all(|it| it.is_ascii_digit());
    is_number.then(|| format!("tel:{number}"))
}

/// What writes to a mail address, when a text is nothing else.
fn write_to(text: &str) -> Option<String> {
    let text = text.trim();
    let (name, host) = text.split_once('@')?;
    let is_part =
        |part: &str| !part.is_empty() && part.bytes().all(|it| it.is_ascii_alphanumeric() || b"._+-".contains(&it));
    (is_part(name) && is_part(host)).then(|| format!("mailto:{text}"))
}

/// With the code of the place; shorter ones are extensions.
const DIGITS_OF_NUMBER: RangeInclusive<usize> = 9..=15;

/// An address that a page may lead to: of the web, a mail address, a telephone number, or relative to the site. `None` for all others,
/// which a browser could run as a script.
pub fn safe_url(url: &str) -> Option<Cow<'_, str>> {
    let url = url.trim_matches(|c: char| c.is_whitespace() || c.is_control());
    // Browsers drop these inside an address before they look at its scheme.
    if url.is_empty() || url.contains(['\t', '\n', '\r', '\\']) || url.starts_with("//") {
        return None;
    }
    let scheme = url.split_once(':').map(|(scheme, _)| scheme).filter(|it| !it.contains(['/', '?', '#']));
    match scheme.map(str::to_ascii_lowercase).as_deref() {
        None | Some("http" | "https" | "mailto" | "tel") => Some(Cow::Borrowed(url)),
        Some(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{call, safe_url, write_to};

    #[test]
    fn a_number_can_be_called_and_an_address_written_to() {
        assert_eq!(call("０３－１２３４－５６７８").as_deref(), Some("tel:0312345678"));
        assert_eq!(call("+81 3 1234-5678").as_deref(), Some("tel:+81312345678"));
        for text in [
            "内線 1234",
            "+81 (0)3-1234-5678",
            "0120-123-456（9-17）",
            "1234",
            "03-1234-5678（平日）",
            "",
            "+",
            "javascript:0123456789",
        ] {
            assert_eq!(call(text), None, "{text}");
        }
        assert_eq!(write_to(" help.desk@example.jp ").as_deref(), Some("mailto:help.desk@example.jp"));
        for text in ["help", "a@b@c", "a@b?subject=x", "a b@c", "@", "a@b<c"] {
            assert_eq!(write_to(text), None, "{text}");
        }
    }

    #[test]
    fn only_harmless_addresses_become_links() {
        for url in
            ["https://example.jp/?a=b:c", "HTTP://x", "mailto:a@b", "tel:0312345678", "a/b.html", "#a", " https://x "]
        {
            assert!(safe_url(url).is_some(), "{url}");
        }
        for url in [
            "javascript:alert(1)",
            " JavaScript:x",
            "java\nscript:x",
            "data:text/html,x",
            "//x",
            "vbscript:x",
            "file:///x",
            "",
            "\\\\x",
        ] {
            assert!(safe_url(url).is_none(), "{url}");
        }
    }
}
