//! The searches: of symptoms among many messages, of entries' texts, and the files for the site's script.

mod generator;
#[path = "../tests/search/messages.rs"]
mod messages;
#[allow(dead_code, reason = "one of the kinds is measured here")]
#[path = "../tests/search/noise.rs"]
mod noise;

use divan::Bencher;
use faqc::diag::Diagnostics;
use faqc::emit::site::search::{Pages, emit_search};
use faqc::emit::table::build_table;
use faqc::runtime::{Search, TextSearch};
use faqc::session::compile;
use faqc::table::Table;
use fastrand::Rng;
use generator::KnowledgeBase;
use noise::Noise;
use serde_json::json;

const MESSAGES: usize = 100_000;
const ENTRIES: usize = 10_000;

fn main() {
    // Clean and noisy texts are asked for alike.
    divan::main();
}

fn many_messages() -> (Vec<String>, Table) {
    let messages = messages::generated(MESSAGES);
    let table = messages::table(&messages, json!([]));
    (messages, table)
}

#[divan::bench(sample_count = 5)]
fn index_of_100_000_messages(bencher: Bencher<'_, '_>) {
    let (_, table) = many_messages();
    bencher.bench_local(|| Search::new(&table));
}

#[divan::bench(args = [Noise::None, Noise::Pasted, Noise::Misread, Noise::Half, Noise::All], sample_count = 200)]
fn find_among_100_000_messages(bencher: Bencher<'_, '_>, noise: Noise) {
    let (messages, table) = many_messages();
    let search = Search::new(&table);
    let mut rng = Rng::with_seed(1);
    bencher
        .with_inputs(|| noise::apply(noise, &messages[rng.usize(..messages.len())], &mut Rng::with_seed(rng.u64(..))))
        .bench_local_values(|text| search.find(&text));
}

fn table_of_entries() -> Table {
    let compilation = compile(KnowledgeBase::of(ENTRIES).inputs());
    build_table(&compilation, &mut Diagnostics::default())
}

#[divan::bench(sample_count = 3)]
fn search_files_of_10_000_entries(bencher: Bencher<'_, '_>) {
    let table = table_of_entries();
    let names = |count: usize| -> Vec<String> { (0..count).map(|number| format!("page-{number}")).collect() };
    let (entries, symptoms) = (names(table.entries.len()), names(table.symptoms.len()));
    bencher.bench_local(|| emit_search(&table, Pages { entries: &entries, symptoms: &symptoms, log_misses: None }));
}

#[divan::bench(args = ["証明書", "設定ファイルの暗証番号", "存在しない語"], sample_count = 20)]
fn words_in_10_000_entries(bencher: Bencher<'_, '_>, words: &str) {
    let search = TextSearch::new(&table_of_entries());
    bencher.bench_local(|| search.find(words));
}
