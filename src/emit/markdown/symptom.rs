//! The symptom index, for a reader who has a message or a complaint and looks for its entries.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use rustc_hash::FxHashMap;

use crate::model::{EntryId, IdVec, Message, Symptom, SymptomId, SymptomUse};

use super::book::{Book, Node};
use super::inline::{write_lines, write_prose};
use super::page::{Folder, Page, title};
use super::steps::write_attached;

pub fn page(book: &Book<'_>) -> String {
    let mut page = Page::new(book, Folder::Root);
    page.heading_word(1, book.words.symptoms);
    let kinds = kinds(book);
    for (id, symptom) in book.model.symptoms.enumerate() {
        page.anchors(book.anchors(Node::Symptom(id)).iter().map(String::as_str));
        page.heading(2, |page| page.text(&title(book, Node::Symptom(id))));
        write_messages(&mut page, symptom);
        let first = &mut true;
        write_wordings(&mut page, first, symptom);
        write_relations(&mut page, first, symptom, &kinds[id]);
        write_attached(&mut page, &symptom.notes);
        write_entries(&mut page, id);
    }
    page.out
}

/// As the screen shows them.
pub fn write_messages(page: &mut Page<'_>, symptom: &Symptom) {
    for message in symptom.messages.iter().filter(|message| !message.lines.is_empty()) {
        page.quote(|page| write_message(page, message));
    }
}

fn write_message(page: &mut Page<'_>, message: &Message) {
    write_lines(page, &message.lines);
    if let Some(language) = message.language {
        let words = page.book.words;
        page.out.push_str(words.open_paren);
        page.text(page.book.sources.text(language));
        page.out.push_str(words.close_paren);
    }
}

/// When it happens and what else it is called.
pub fn write_wordings(page: &mut Page<'_>, first: &mut bool, symptom: &Symptom) {
    let book = page.book;
    if let Some(during) = &symptom.during {
        page.field(first, book.words.during, |page| write_prose(page, during));
    }
    if !symptom.also.is_empty() {
        page.field(first, book.words.also, |page| {
            page.list(&symptom.also, |page, span| page.text(book.sources.text(*span)));
        });
    }
}

/// The symptoms that are a kind of each.
fn kinds(book: &Book<'_>) -> IdVec<SymptomId, Vec<SymptomId>> {
    let mut kinds: IdVec<SymptomId, Vec<SymptomId>> = book.model.symptoms.iter().map(|_| Vec::new()).collect();
    for (id, symptom) in book.model.symptoms.enumerate() {
        symptom.kind_of.iter().for_each(|used| kinds[used.symptom].push(id));
    }
    kinds
}

fn write_relations(page: &mut Page<'_>, first: &mut bool, symptom: &Symptom, kinds: &[SymptomId]) {
    let words = page.book.words;
    let targets = |uses: &[SymptomUse]| uses.iter().map(|used| used.symptom).collect::<Vec<_>>();
    let lists = [
        (words.same_as, targets(&symptom.same_as)),
        (words.kind_of, targets(&symptom.kind_of)),
        (words.kinds, kinds.to_vec()),
    ];
    for (label, list) in lists.iter().filter(|(_, list)| !list.is_empty()) {
        page.field(first, label, |page| page.list(list, |page, id| page.link(Node::Symptom(*id))));
    }
}

fn write_entries(page: &mut Page<'_>, id: SymptomId) {
    let entries = in_order(page.book, id);
    if entries.is_empty() {
        return;
    }
    page.block(|page| page.label(page.book.words.entries));
    for (index, entry) in entries.iter().enumerate() {
        let marker = format!("{}. ", index + 1);
        page.item(&marker, index == 0, |page| page.block(|page| page.link(Node::Entry(*entry))));
    }
}

/// The entries in the order in which they are tried: what `before`, `overrides` and the symptom's own list say, else the
/// order of the FAQ (Kahn's topological sort, with the earliest ready entry first).
fn in_order(book: &Book<'_>, id: SymptomId) -> Vec<EntryId> {
    let entries = &book.symptom_entries[id];
    let ranks: FxHashMap<EntryId, usize> = entries.iter().enumerate().map(|(rank, id)| (*id, rank)).collect();
    let mut later: Vec<Vec<usize>> = vec![Vec::new(); entries.len()];
    let mut waiting = vec![0usize; entries.len()];
    for (from, to) in precedences(book, id).filter_map(|(a, b)| Some((*ranks.get(&a)?, *ranks.get(&b)?))) {
        later[from].push(to);
        waiting[to] += 1;
    }
    let mut ready: BinaryHeap<Reverse<usize>> = (0..entries.len()).filter(|n| waiting[*n] == 0).map(Reverse).collect();
    let mut out = Vec::with_capacity(entries.len());
    while let Some(Reverse(next)) = ready.pop() {
        out.push(entries[next]);
        for to in &later[next] {
            waiting[*to] -= 1;
            if waiting[*to] == 0 {
                ready.push(Reverse(*to));
            }
        }
    }
    // Entries on a cycle (an error elsewhere) are still listed.
    out.extend((0..entries.len()).filter(|n| waiting[*n] > 0).map(|n| entries[n]));
    out
}

fn precedences<'a>(book: &'a Book<'_>, id: SymptomId) -> impl Iterator<Item = (EntryId, EntryId)> + 'a {
    let listed = book.model.symptoms[id].order.windows(2).map(|pair| (pair[0].entry, pair[1].entry));
    let declared = book.symptom_entries[id].iter().flat_map(|from| {
        let entry = &book.model.entries[*from];
        entry.before.iter().chain(&entry.overrides).map(|to| (*from, to.entry))
    });
    listed.chain(declared)
}
