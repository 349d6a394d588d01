//! Problems of one symptom, as large as wanted; the same everywhere.

use faqc::analysis::Problem;
use faqc::analysis::problem::{Action, Entry, Role};
use faqc::logic::{Cube, Formula, Space, Values, Var};
use fastrand::Rng;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    Complete,
    WithMistakes,
    Unrelated,
}

/// Each entry has a remedy of its own.
pub fn problem(shape: Shape, entries: usize, facts: usize) -> Problem {
    let mut rng = Rng::with_seed(7);
    let sizes: Vec<u32> = (0..facts).map(|_| rng.u32(2..=6)).collect();
    let space = Space::new(sizes.clone());
    let mut cubes = match shape {
        Shape::Complete => partition(&sizes, entries, &mut rng),
        Shape::WithMistakes => widened(partition(&sizes, entries + entries / 100, &mut rng), entries, &mut rng),
        Shape::Unrelated => (0..entries).map(|_| unrelated(&sizes, &mut rng)).collect(),
    };
    rng.shuffle(&mut cubes);
    let entries: Vec<Entry> = cubes.iter().enumerate().map(|(index, cube)| entry(index, cube)).collect();
    Problem { space, assumptions: Vec::new(), listed: entries.len(), entries, policy: None, is_cut: false }
}

/// Parts any box, one fact at a time, until there are enough.
fn partition(sizes: &[u32], count: usize, rng: &mut Rng) -> Vec<Cube> {
    let mut cubes = vec![Cube::whole()];
    while cubes.len() < count {
        let cube = cubes.swap_remove(rng.usize(..cubes.len()));
        let var = Var(rng.u32(..sizes.len() as u32));
        let known = cube.get(var).cloned().unwrap_or_else(|| Values::all(sizes[var.index()]));
        let halves = halves(&known, rng);
        match halves {
            Some(halves) => cubes.extend(halves.into_iter().filter_map(|half| cube.intersect(&literal(var, half)))),
            None => cubes.push(cube),
        }
    }
    cubes
}

fn halves(values: &Values, rng: &mut Rng) -> Option<[Values; 2]> {
    let all: Vec<u32> = values.iter().collect();
    let cut = all.len().checked_sub(1).filter(|most| *most > 0).map(|most| rng.usize(1..=most))?;
    let (low, high) = all.split_at(cut);
    Some([low, high].map(|half| Values::of(values.size(), half.iter().copied())))
}

/// Leaves out what is too many, and one test of some.
fn widened(mut cubes: Vec<Cube>, count: usize, rng: &mut Rng) -> Vec<Cube> {
    rng.shuffle(&mut cubes);
    cubes.truncate(count);
    let wide = count / 100;
    for cube in cubes.iter_mut().take(wide) {
        let left_out = rng.usize(..cube.literals().len().max(1));
        let rest = cube.literals().iter().enumerate().filter(|(at, _)| *at != left_out).map(|(_, it)| it.clone());
        *cube = Cube::new(rest).expect("fewer tests hold in more situations");
    }
    cubes
}

fn unrelated(sizes: &[u32], rng: &mut Rng) -> Cube {
    let tests = rng.usize(2..=5);
    let literals = (0..tests).map(|_| {
        let var = rng.u32(..sizes.len() as u32);
        let size = sizes[var as usize];
        (Var(var), Values::of(size, [rng.u32(..size)]))
    });
    Cube::new(literals.collect::<Vec<_>>()).unwrap_or_default()
}

fn literal(var: Var, values: Values) -> Cube {
    Cube::new([(var, values)]).expect("a half is not empty")
}

fn entry(index: usize, cube: &Cube) -> Entry {
    let action = Action {
        guard: Formula::Const(true),
        role: Role::Remedy,
        number: index,
        told: index,
        contact: Formula::Const(false),
        then: Vec::new(),
        effects: Vec::new(),
    };
    Entry {
        own: Formula::from(cube),
        fallback: false,
        overridden_by: Vec::new(),
        followers: Vec::new(),
        tier: 0,
        has_likelihood: false,
        contact: Formula::Const(false),
        told: Vec::new(),
        actions: vec![action],
        overlaps_are_meant: false,
        otherwise: Vec::new(),
    }
}
