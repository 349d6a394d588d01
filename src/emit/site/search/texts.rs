//! The texts of entries as the site's search shows them. Refuses to know which of them a search finds.

use serde_json::json;

use super::pack;
use crate::runtime::{Passage, passages};
use crate::table::Table;

/// An entry with what a reader sees of it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct EntryTexts {
    page: String,
    pub passages: Vec<Passage>,
}

pub(super) fn entries(table: &Table, pages: &[String], symptoms: &[Vec<u32>]) -> Vec<EntryTexts> {
    let entries = table.entries.iter().zip(pages).zip(symptoms);
    entries
        .map(|((entry, page), symptoms)| EntryTexts { page: page.clone(), passages: passages(table, entry, symptoms) })
        .collect()
}

/// Of each entry the name of its page and its passages: a place's number, and the text, by turns.
pub(super) fn packed(entries: &[EntryTexts]) -> String {
    let entry = |it: &EntryTexts| {
        let passages = it.passages.iter().flat_map(|it| [json!(it.place as u8), json!(it.text)]);
        json!([it.page, passages.collect::<Vec<_>>()])
    };
    pack::packed(&entries.iter().map(entry).collect())
}
