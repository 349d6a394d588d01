//! The names of a knowledge base, per kind, folded so that what an input method typed is found.

use std::borrow::Cow;

use rustc_hash::FxHashMap;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfkc_quick};

use super::{ActionId, ContactId, DocumentId, EntryId, FactId, LinkId, SectionId, SymptomId, TermId, TextId};

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
