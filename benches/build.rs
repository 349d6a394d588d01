//! What `faqc build` does after the checks: each target's files, in memory.

mod generator;

use divan::counter::{BytesCount, ItemsCount};
use divan::{Bencher, Divan};
use faqc::diag::Diagnostics;
use faqc::emit::site::Site;
use faqc::emit::table::build_table;
use faqc::emit::{OutputFile, Target};
use faqc::session::{Compilation, compile};
use generator::{KnowledgeBase, sizes};

fn main() {
    Divan::from_args().run_benches();
}

#[divan::bench(args = sizes(), sample_count = 5)]
fn json(bencher: Bencher<'_, '_>, entries: usize) {
    measure(bencher, entries, "json");
}

#[divan::bench(args = sizes(), sample_count = 5)]
fn markdown(bencher: Bencher<'_, '_>, entries: usize) {
    measure(bencher, entries, "markdown");
}

#[divan::bench(args = sizes(), sample_count = 5)]
fn table(bencher: Bencher<'_, '_>, entries: usize) {
    measure(bencher, entries, "table");
}

#[divan::bench(args = sizes(), sample_count = 5)]
fn site(bencher: Bencher<'_, '_>, entries: usize) {
    measure(bencher, entries, "site");
}

/// What a preview does after an edit, apart from the checks: no page is made before it is looked at.
#[divan::bench(args = sizes(), sample_count = 5)]
fn site_after_an_edit(bencher: Bencher<'_, '_>, entries: usize) {
    let compilation = compile(KnowledgeBase::of(entries).inputs());
    bencher.bench_local(|| {
        let site = Site::new(build_table(&compilation, &mut Diagnostics::default()), &compilation.model.config.site);
        let files = site.pages();
        site.writer().text(&files[0])
    });
}

/// The rate is that of the bytes written.
fn measure(bencher: Bencher<'_, '_>, entries: usize, target: &str) {
    let target = Target::find(target).expect("the target exists");
    let compilation = compile(KnowledgeBase::of(entries).inputs());
    let bytes: usize = emit(target, &compilation).iter().map(|file| file.bytes.len()).sum();
    bencher
        .counter(ItemsCount::new(entries))
        .counter(BytesCount::new(bytes))
        .bench_local(|| emit(target, &compilation));
}

fn emit(target: &Target, compilation: &Compilation) -> Vec<OutputFile> {
    let mut diagnostics = Diagnostics::default();
    let files = target.emit(compilation, &mut diagnostics);
    assert!(diagnostics.is_empty(), "everything can be written");
    files
}
