//! The proofs: what is found of one symptom's problem, of a whole knowledge base, and again after an edit.

mod generator;
mod problems;

use divan::counter::ItemsCount;
use divan::{Bencher, Divan};
use faqc::analysis::{Findings, Memo, Problem, analyse, solve};
use faqc::diag::Diagnostics;
use faqc::session::{Compilation, compile};
use generator::{KnowledgeBase, last_test};
use problems::Shape;

const ENTRIES: &[usize] = &[100, 1_000, 10_000];

fn main() {
    Divan::from_args().run_benches();
}

/// One symptom over 100 facts, all cases told apart: there is nothing to find, which has to be proved.
#[divan::bench(args = ENTRIES, sample_count = 5)]
fn complete(bencher: Bencher<'_, '_>, entries: usize) {
    bench(bencher, Shape::Complete, entries);
}

/// The same where a case in a hundred is left out, and one in a hundred is too wide.
#[divan::bench(args = ENTRIES, sample_count = 5)]
fn with_mistakes(bencher: Bencher<'_, '_>, entries: usize) {
    bench(bencher, Shape::WithMistakes, entries);
}

/// Conditions that have nothing to do with each other, nearly all of which overlap.
#[divan::bench(args = ENTRIES, sample_count = 5)]
fn unrelated(bencher: Bencher<'_, '_>, entries: usize) {
    bench(bencher, Shape::Unrelated, entries);
}

fn bench(bencher: Bencher<'_, '_>, shape: Shape, entries: usize) {
    let problem = problems::problem(shape, entries, 100);
    bencher.counter(ItemsCount::new(entries)).bench_local(|| solved(&problem));
}

fn solved(problem: &Problem) -> Findings {
    let findings = solve(problem);
    assert!(!findings.gap.is_undecided && findings.dead.undecided.is_empty(), "all of it is found out");
    findings
}

/// The proofs of a whole knowledge base with about five entries for a symptom, once the other passes are done.
#[divan::bench(args = [1_000, 10_000, 100_000], sample_count = 5)]
fn knowledge_base(bencher: Bencher<'_, '_>, entries: usize) {
    let compilation = compile(KnowledgeBase::of(entries).inputs());
    bencher.counter(ItemsCount::new(entries)).bench_local(|| proved(&compilation, &mut Memo::default()));
}

/// The same in a process that has proved it before, after a change of one entry's condition.
#[divan::bench(args = [1_000, 10_000, 100_000], sample_count = 5)]
fn edited(bencher: Bencher<'_, '_>, entries: usize) {
    let knowledge_base = KnowledgeBase::of(entries);
    let before = compile(knowledge_base.inputs());
    let after = compile(edit(knowledge_base).inputs());
    let warm = || {
        let mut memo = Memo::default();
        proved(&before, &mut memo);
        memo
    };
    bencher.counter(ItemsCount::new(entries)).with_inputs(warm).bench_local_values(|mut memo| {
        proved(&after, &mut memo);
        memo
    });
}

fn proved(compilation: &Compilation, memo: &mut Memo) {
    let Compilation { model, types, graph, sources, .. } = compilation;
    let mut diagnostics = Diagnostics::default();
    analyse(model, types, graph, sources, memo, &mut diagnostics);
    assert!(diagnostics.is_empty(), "a generated knowledge base has no findings");
}

/// The last test of the last condition that has several is dropped.
fn edit(mut knowledge_base: KnowledgeBase) -> KnowledgeBase {
    let (_, text) = knowledge_base.files.iter_mut().rfind(|(name, _)| name.starts_with("entries/")).expect("entries");
    let mut conditions = text.lines().filter_map(|line| Some((line, last_test(line)?)));
    let (line, cut) = conditions.next_back().expect("a condition of several tests");
    let shorter = line[..cut].to_owned();
    *text = text.replace(line, &shorter);
    knowledge_base
}
