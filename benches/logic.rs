//! How the exact questions about conditions grow: gaps, overlaps, the same after an edit, assumptions, and random cases
//! that are hard for every method.

use std::hint::black_box;
use std::ops::ControlFlow;

use divan::{Bencher, Divan};
use faqc::logic::{
    Assumptions, Budget, Exploded, Formula, OverlapIndex, Side, Space, Values, Var, is_satisfiable, overlapping_pairs,
    uncovered,
};
use fastrand::Rng;

fn main() {
    Divan::from_args().run_benches();
}

const FACTS: usize = 100;
const SIZES: [usize; 3] = [100, 1_000, 10_000];
const BUDGET: Budget = Budget { cubes: 10_000 };

/// Conditions of a list that together ask for every situation exactly once, in no order: the leaves of a random tree.
#[divan::bench(args = SIZES, sample_count = 10)]
fn gap_none(bencher: Bencher<'_, '_>, conditions: usize) {
    let table = Table::complete(conditions);
    bencher.bench_local(|| assert_eq!(table.gap(), Ok(None)));
}

/// The same with one condition left out.
#[divan::bench(args = SIZES, sample_count = 10)]
fn gap_one(bencher: Bencher<'_, '_>, conditions: usize) {
    let mut table = Table::complete(conditions + 1);
    table.conditions.pop();
    bencher.bench_local(|| assert!(table.gap().is_ok_and(|found| found.is_some())));
}

/// The leaves of a tree, some of them wider than need be, and as many random conditions among them.
#[divan::bench(args = SIZES, sample_count = 10)]
fn gap_none_overlapping(bencher: Bencher<'_, '_>, conditions: usize) {
    let table = Table::overlapping(conditions);
    bencher.bench_local(|| assert_eq!(table.gap(), Ok(None)));
}

/// Conditions of 4 to 7 facts drawn at random.
#[divan::bench(args = SIZES, sample_count = 10)]
fn gap_loose(bencher: Bencher<'_, '_>, conditions: usize) {
    let table = Table::loose(conditions);
    bencher.bench_local(|| assert!(table.gap().is_ok_and(|found| found.is_some())));
}

#[divan::bench(args = SIZES, sample_count = 10)]
fn overlap_none(bencher: Bencher<'_, '_>, conditions: usize) {
    let table = Table::complete(conditions);
    bencher.bench_local(|| assert_eq!(table.overlaps(), 0));
}

#[divan::bench(args = SIZES, sample_count = 10)]
fn overlap_loose(bencher: Bencher<'_, '_>, conditions: usize) {
    let table = Table::loose(conditions);
    bencher.bench_local(|| assert!(table.overlaps() > conditions));
}

/// One condition changed: what overlaps it now, by an index that is kept.
#[divan::bench(args = SIZES)]
fn edit_overlap(bencher: Bencher<'_, '_>, conditions: usize) {
    let table = Table::complete(conditions);
    let mut index = OverlapIndex::new(&table.space, &table.conditions);
    let changed = table.conditions[conditions / 2].clone();
    bencher.bench_local(|| {
        index.replace(0, &changed);
        assert_eq!(index.of(0).len(), 2);
    });
}

/// One condition changed: whether what it gave up is covered by the others.
#[divan::bench(args = SIZES)]
fn edit_gap(bencher: Bencher<'_, '_>, conditions: usize) {
    let table = Table::complete(conditions);
    let (last, others) = table.conditions.split_last().expect("there are conditions");
    bencher.bench_local(|| {
        let found = uncovered(&table.space, &[], last, black_box(others), BUDGET);
        assert!(found.is_ok_and(|found| found.is_some()));
    });
}

/// Facts each of which makes sense only when the one before is "yes".
#[divan::bench(args = [50, 200, 400], sample_count = 5)]
fn only_when_chain(bencher: Bencher<'_, '_>, facts: u32) {
    let chain = OnlyWhen::new(facts, |fact| fact - 1);
    bencher.bench_local(|| assert!(chain.sides().is_ok()));
}

/// Facts all of which make sense only when the first is "yes".
#[divan::bench(args = [50, 200, 400], sample_count = 5)]
fn only_when_one(bencher: Bencher<'_, '_>, facts: u32) {
    let star = OnlyWhen::new(facts, |_| 0);
    bencher.bench_local(|| assert!(star.sides().is_ok()));
}

/// Facts under three levels of `only when`, twenty under each: whether all assumptions can hold together.
#[divan::bench(args = [200, 2_000, 20_000], sample_count = 5)]
fn only_when_satisfiable(bencher: Bencher<'_, '_>, facts: u32) {
    let tree = OnlyWhen::new(facts, |fact| (fact - 1) / 20);
    let all = Formula::And(tree.assumptions.clone());
    bencher.bench_local(|| assert_eq!(is_satisfiable(&tree.space, black_box(&all), BUDGET), Ok(true)));
}

/// Random conditions of three facts, as many as leave it open whether there is a gap: the hardest number. A result may
/// be that the budget ended.
#[divan::bench(args = [50, 100, 150, 200, 250], sample_count = 1, sample_size = 1)]
fn hard(facts: usize) {
    for seed in 0..8 {
        _ = black_box(Table::hard(facts, seed).gap());
    }
}

/// Facts yes, no or not applicable.
struct OnlyWhen {
    space: Space,
    assumptions: Vec<Formula>,
}

impl OnlyWhen {
    /// Each fact but the first is applicable exactly where the one that `above` gives is "yes".
    fn new(facts: u32, above: impl Fn(u32) -> u32) -> OnlyWhen {
        let is = |fact: u32, value: u32| Formula::In(Var(fact), Values::of(3, [value]));
        let not = |formula: &Formula| Formula::Not(Box::new(formula.clone()));
        let assumption = |fact: u32| {
            let (applies, absent) = (is(above(fact), 0), is(fact, 2));
            let apart = Formula::Or(vec![not(&applies), not(&absent)]);
            Formula::And(vec![Formula::Or(vec![applies, absent]), apart])
        };
        OnlyWhen { space: Space::new(vec![3; facts as usize]), assumptions: (1..facts).map(assumption).collect() }
    }

    /// With the budget that a table of so many assumptions has.
    #[inline(never)]
    fn sides(&self) -> Result<Vec<Side>, Exploded> {
        let budget = Budget { cubes: 2_048 + 16 * self.assumptions.len() };
        Assumptions::new(&self.space, self.assumptions.clone()).contradiction_sides(budget)
    }
}

struct Table {
    space: Space,
    conditions: Vec<Formula>,
}

impl Table {
    #[inline(never)]
    fn gap(&self) -> Result<Option<Vec<u32>>, Exploded> {
        uncovered(&self.space, &[], &Formula::Const(true), black_box(&self.conditions), BUDGET)
    }

    #[inline(never)]
    fn overlaps(&self) -> usize {
        let mut found = 0;
        overlapping_pairs(&self.space, black_box(&self.conditions), &mut |_, _| {
            found += 1;
            ControlFlow::Continue(())
        });
        found
    }

    fn complete(conditions: usize) -> Table {
        let mut rng = Rng::with_seed(conditions as u64);
        let space = space(&mut rng);
        let leaves = leaves(&space, conditions, &mut rng);
        Table { space, conditions: leaves.iter().map(Leaf::condition).collect() }
    }

    fn overlapping(conditions: usize) -> Table {
        let mut rng = Rng::with_seed(conditions as u64);
        let space = space(&mut rng);
        let mut leaves = leaves(&space, conditions - conditions / 2, &mut rng);
        for leaf in leaves.iter_mut().filter(|leaf| leaf.0.len() > 2) {
            if rng.u32(0..4) == 0 {
                leaf.0.swap_remove(rng.usize(0..leaf.0.len()));
            }
        }
        let mut all: Vec<Formula> = leaves.iter().map(Leaf::condition).collect();
        all.extend((0..conditions / 2).map(|_| loose(&space, &mut rng)));
        rng.shuffle(&mut all);
        Table { space, conditions: all }
    }

    fn loose(conditions: usize) -> Table {
        let mut rng = Rng::with_seed(conditions as u64);
        let space = space(&mut rng);
        let conditions = (0..conditions).map(|_| loose(&space, &mut rng)).collect();
        Table { space, conditions }
    }

    fn hard(facts: usize, seed: u64) -> Table {
        let mut rng = Rng::with_seed(seed);
        let space = Space::new(vec![2; facts]);
        let condition = |rng: &mut Rng| {
            let vars = rng.choose_multiple(0..facts as u32, 3);
            Formula::And(vars.into_iter().map(|var| Formula::In(Var(var), Values::of(2, [rng.u32(0..2)]))).collect())
        };
        let conditions = (0..facts * 426 / 100).map(|_| condition(&mut rng)).collect();
        Table { space, conditions }
    }
}

/// 100 facts of 2 to 6 values.
fn space(rng: &mut Rng) -> Space {
    Space::new((0..FACTS).map(|_| rng.u32(2..7)).collect())
}

/// A part of a space: the values left to the variables that were split on.
#[derive(Clone, Default)]
struct Leaf(Vec<(Var, Values)>);

impl Leaf {
    fn condition(&self) -> Formula {
        Formula::And(self.0.iter().map(|(var, values)| Formula::In(*var, values.clone())).collect())
    }

    /// The two parts by a random set of a random variable.
    fn split(mut self, space: &Space, rng: &mut Rng) -> Option<[Leaf; 2]> {
        let var = Var(rng.u32(0..FACTS as u32));
        let at = self.0.iter().position(|(other, _)| *other == var);
        let values = at.map_or_else(|| Values::all(space.size(var)), |at| self.0.swap_remove(at).1);
        let inside = Values::of(values.size(), values.iter().filter(|_| rng.bool()));
        let outside = values.intersect(&inside.complement());
        let with = |values: Values| Leaf([self.0.clone(), vec![(var, values)]].concat());
        (!inside.is_empty() && !outside.is_empty()).then(|| [with(inside), with(outside)])
    }
}

fn leaves(space: &Space, number: usize, rng: &mut Rng) -> Vec<Leaf> {
    let mut leaves = vec![Leaf::default()];
    while leaves.len() < number {
        let at = rng.usize(0..leaves.len());
        if let Some([one, other]) = leaves[at].clone().split(space, rng) {
            leaves[at] = one;
            leaves.push(other);
        }
    }
    rng.shuffle(&mut leaves);
    leaves
}

fn loose(space: &Space, rng: &mut Rng) -> Formula {
    let number = rng.usize(4..8);
    let atom = |var: u32, rng: &mut Rng| {
        let size = space.size(Var(var));
        Formula::In(Var(var), Values::of(size, [rng.u32(0..size)]))
    };
    let vars = rng.choose_multiple(0..FACTS as u32, number);
    Formula::And(vars.into_iter().map(|var| atom(var, rng)).collect())
}
