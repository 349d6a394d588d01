//! What an edit of one entry costs a process that has compiled the knowledge base before: the answer is the whole compilation.

mod generator;

use std::cell::RefCell;

use divan::counter::ItemsCount;
use divan::{Bencher, Divan};
use faqc::session::{Compilation, Input, Session};
use generator::{KnowledgeBase, last_test, sizes};

fn main() {
    Divan::from_args().run_benches();
}

/// Nothing has changed.
#[divan::bench(args = sizes(), sample_count = 10)]
fn unchanged(bencher: Bencher<'_, '_>, entries: usize) {
    edited(bencher, entries, |_| {});
}

/// A sentence of an entry's text gets longer, and shorter again.
#[divan::bench(args = sizes(), sample_count = 10)]
fn prose(bencher: Bencher<'_, '_>, entries: usize) {
    edited(bencher, entries, |text| {
        let at = middle(text, |line| line.trim_start().starts_with("> ") || line.trim_start().starts_with("＞"));
        text.insert_str(at, " もう一度お試しください。");
    });
}

/// The last test of an entry's condition goes, and comes back.
#[divan::bench(args = sizes(), sample_count = 10)]
fn condition(bencher: Bencher<'_, '_>, entries: usize) {
    edited(bencher, entries, |text| {
        let end = middle(text, |line| last_test(line).is_some());
        let start = text[..end].rfind('\n').map_or(0, |at| at + 1);
        let cut = last_test(&text[start..end]).expect("a condition of several tests");
        text.replace_range(start + cut..end, "");
    });
}

/// The end of the first such line after the middle of a text.
fn middle(text: &str, is_meant: impl Fn(&str) -> bool) -> usize {
    let start = text.char_indices().find(|(at, c)| *at >= text.len() / 2 && *c == '\n').map_or(0, |(at, _)| at + 1);
    let mut at = start;
    for line in text[start..].lines() {
        if is_meant(line) {
            return at + line.len();
        }
        at += line.len() + 1;
    }
    panic!("there is such a line")
}

fn edited(bencher: Bencher<'_, '_>, entries: usize, edit: impl Fn(&mut String)) {
    let before = KnowledgeBase::of(entries).inputs();
    let entry_files = || before.iter().enumerate().filter(|(_, it)| it.name.starts_with("entries/"));
    let (place, _) = entry_files().nth(entry_files().count() / 2).expect("there are entries");
    let mut after = before.clone();
    let mut text = String::from_utf8(after[place].bytes.clone()).expect("UTF-8");
    edit(&mut text);
    after[place].bytes = text.into_bytes();
    let session = RefCell::new(Session::default());
    for version in [&before, &after, &before] {
        compiled(&session, version.clone());
    }
    let turn = RefCell::new(false);
    let next = || {
        let is_after = turn.replace_with(|it| !*it);
        if is_after { before.clone() } else { after.clone() }
    };
    bencher.counter(ItemsCount::new(entries)).with_inputs(next).bench_local_values(|inputs| compiled(&session, inputs));
}

fn compiled(session: &RefCell<Session>, inputs: Vec<Input>) -> Compilation {
    session.borrow_mut().compile(inputs)
}
