//! What `faqc check` does with the files once they are read: all passes, the findings included (there are none).

mod generator;

use divan::counter::{BytesCount, ItemsCount};
use divan::{Bencher, Divan};
use faqc::session::{Compilation, Input, compile};
use generator::{KnowledgeBase, sizes};

fn main() {
    Divan::from_args().run_benches();
}

#[divan::bench(args = sizes(), sample_count = 5)]
fn check(bencher: Bencher<'_, '_>, entries: usize) {
    let knowledge_base = KnowledgeBase::of(entries);
    bencher
        .counter(ItemsCount::new(entries))
        .counter(BytesCount::new(knowledge_base.bytes()))
        .with_inputs(|| knowledge_base.inputs())
        .bench_local_values(checked);
}

/// Returned, so that giving it back is not measured; the tool does not wait for that either.
fn checked(inputs: Vec<Input>) -> Compilation {
    let compilation = compile(inputs);
    assert!(compilation.diagnostics.is_empty(), "a generated knowledge base has no findings");
    compilation
}
