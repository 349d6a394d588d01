//! How fast text becomes trees, with the machine's memcpy and UTF-8 validation over the same bytes beside it.

mod generator;

use std::hint::black_box;

use divan::counter::BytesCount;
use divan::{Bencher, Divan};
use faqc::diag::Diagnostics;
use faqc::parse::parse_file;
use faqc::source::Sources;
use generator::{KnowledgeBase, sizes};

fn main() {
    Divan::from_args().run_benches();
}

fn sources(entries: usize) -> (Sources, usize) {
    let knowledge_base = KnowledgeBase::of(entries);
    let mut sources = Sources::default();
    for (name, text) in knowledge_base.faq_files() {
        sources.add(name.clone(), text.clone());
    }
    (sources, knowledge_base.bytes())
}

#[divan::bench(args = sizes(), sample_count = 5)]
fn parse(bencher: Bencher<'_, '_>, entries: usize) {
    let (sources, bytes) = sources(entries);
    bencher.counter(BytesCount::new(bytes)).bench_local(|| {
        let mut diagnostics = Diagnostics::default();
        for id in sources.ids() {
            black_box(parse_file(id, &sources, &mut diagnostics));
        }
        assert_eq!(diagnostics.iter().count(), 0);
    });
}

#[divan::bench(args = sizes(), sample_count = 20)]
fn utf8_validation(bencher: Bencher<'_, '_>, entries: usize) {
    let (sources, bytes) = sources(entries);
    bencher.counter(BytesCount::new(bytes)).bench_local(|| {
        for id in sources.ids() {
            assert!(std::str::from_utf8(black_box(sources[id].text.as_bytes())).is_ok());
        }
    });
}

#[divan::bench(args = sizes(), sample_count = 20)]
fn memcpy(bencher: Bencher<'_, '_>, entries: usize) {
    let (sources, bytes) = sources(entries);
    let mut target = vec![0_u8; bytes];
    bencher.counter(BytesCount::new(bytes)).bench_local(|| {
        let mut at = 0;
        for id in sources.ids() {
            let text = sources[id].text.as_bytes();
            target[at..at + text.len()].copy_from_slice(text);
            at += text.len();
        }
        black_box(&mut target);
    });
}
