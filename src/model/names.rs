//! The names of a knowledge base, per kind, folded so that what an input method typed is found.

use std::borrow::Cow;

use rustc_hash::FxHashMap;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfkc_quick};

use super::{ActionId, ContactId, DocumentId, EntryId, FactId, Id, LinkId, SectionId, SymptomId, TermId, TextId};
use crate::language::Language;

/// From folded names (former ones included) to ids.
#[derive(Debug, Default)]
pub struct Names {
    pub entries: FxHashMap<String, EntryId>,
    pub entry_numbers: FxHashMap<u32, EntryId>,
    pub actions: FxHashMap<(EntryId, String), ActionId>,
    pub symptoms: FxHashMap<String, SymptomId>,
    pub facts: FxHashMap<String, FactId>,
    pub documents: FxHashMap<String, DocumentId>,
    pub sections: FxHashMap<(DocumentId, String), SectionId>,
    pub links: FxHashMap<String, LinkId>,
    pub contacts: FxHashMap<String, ContactId>,
    pub terms: FxHashMap<String, TermId>,
    pub texts: FxHashMap<String, TextId>,
}

/// What a name may name; a name is unique within its kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    Entry,
    Symptom,
    Fact,
    Document,
    Link,
    Contact,
    Term,
    Text,
}

/// An id of something that has a name of its own.
pub trait Named: Id {
    const KIND: Kind;
    fn map(names: &Names) -> &FxHashMap<String, Self>;
    fn map_mut(names: &mut Names) -> &mut FxHashMap<String, Self>;
}

macro_rules! named {
    ($($id:ident $kind:ident $field:ident;)*) => {$(
        impl Named for $id {
            const KIND: Kind = Kind::$kind;

            fn map(names: &Names) -> &FxHashMap<String, Self> {
                &names.$field
            }

            fn map_mut(names: &mut Names) -> &mut FxHashMap<String, Self> {
                &mut names.$field
            }
        }
    )*};
}

named! {
    EntryId Entry entries;
    SymptomId Symptom symptoms;
    FactId Fact facts;
    DocumentId Document documents;
    LinkId Link links;
    ContactId Contact contacts;
    TermId Term terms;
    TextId Text texts;
}

impl Names {
    /// The thing of this folded name, current or former.
    pub fn find<I: Named>(&self, folded: &str) -> Option<I> {
        I::map(self).get(folded).copied()
    }

    /// The kinds that have something of this folded name.
    pub fn kinds(&self, folded: &str) -> Vec<Kind> {
        Kind::ALL.into_iter().filter(|kind| self.has(*kind, folded)).collect()
    }

    /// Whether something of this kind has this folded name.
    pub fn has(&self, kind: Kind, folded: &str) -> bool {
        match kind {
            Kind::Entry => self.entries.contains_key(folded),
            Kind::Symptom => self.symptoms.contains_key(folded),
            Kind::Fact => self.facts.contains_key(folded),
            Kind::Document => self.documents.contains_key(folded),
            Kind::Link => self.links.contains_key(folded),
            Kind::Contact => self.contacts.contains_key(folded),
            Kind::Term => self.terms.contains_key(folded),
            Kind::Text => self.texts.contains_key(folded),
        }
    }
}

impl Kind {
    pub const ALL: [Self; 8] =
        [Self::Entry, Self::Document, Self::Link, Self::Contact, Self::Term, Self::Fact, Self::Symptom, Self::Text];

    /// The key of its word in the catalogue of messages.
    pub fn word(self) -> &'static str {
        match self {
            Self::Entry => "entry",
            Self::Symptom => "symptom",
            Self::Fact => "fact",
            Self::Document => "document",
            Self::Link => "link",
            Self::Contact => "contact",
            Self::Term => "term",
            Self::Text => "text",
        }
    }

    /// The keyword that declares it, and stands before a name in a reference (`entry:x`).
    pub fn keyword(self, language: Language) -> &'static str {
        match (language, self) {
            (Language::English, kind) => kind.word(),
            (Language::Japanese, Self::Entry) => "項目",
            (Language::Japanese, Self::Symptom) => "事象",
            (Language::Japanese, Self::Fact) => "事実",
            (Language::Japanese, Self::Document) => "文書",
            (Language::Japanese, Self::Link) => "リンク",
            (Language::Japanese, Self::Contact) => "連絡先",
            (Language::Japanese, Self::Term) => "用語",
            (Language::Japanese, Self::Text) => "文言",
        }
    }

    /// The kind that a folded keyword declares.
    pub fn of_keyword(folded: &str) -> Option<Self> {
        match folded {
            "entry" | "項目" => Some(Self::Entry),
            "symptom" | "事象" | "症状" => Some(Self::Symptom),
            "fact" | "事実" | "define" | "定義" | "derive" | "導出" => Some(Self::Fact),
            "document" | "文書" | "資料" => Some(Self::Document),
            "link" | "リンク" => Some(Self::Link),
            "contact" | "連絡先" | "連絡" => Some(Self::Contact),
            "term" | "用語" => Some(Self::Term),
            "text" | "文言" => Some(Self::Text),
            _ => None,
        }
    }
}

/// NFKC, with every dash an input method offers as `-`.
pub fn fold_name(written: &str) -> Cow<'_, str> {
    if is_plain(written) {
        return Cow::Borrowed(written);
    }
    Cow::Owned(written.nfkc().map(|c| if is_dash(c) { '-' } else { c }).collect())
}

fn is_plain(written: &str) -> bool {
    written.is_ascii() || (is_nfkc_quick(written.chars()) == IsNormalized::Yes && !written.chars().any(is_dash))
}

fn is_dash(c: char) -> bool {
    matches!(c, '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{FF0D}')
}
