//! Small random problems.

use super::define::ALWAYS;
use crate::analysis::problem::{Action, Entry, Otherwise, Problem, Role};
use crate::ast::Policy;
use crate::logic::{Formula, Space, Values, Var};

/// xorshift64*: the cases are the same everywhere.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        ((self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33) as usize) % limit
    }

    fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    fn some(&mut self, from: std::ops::Range<usize>, percent: usize) -> Vec<usize> {
        from.filter(|_| self.chance(percent)).collect()
    }
}

pub(super) fn problem(seed: u64) -> Problem {
    let mut random = Random(seed.max(1));
    let sizes: Vec<u32> = (0..1 + random.below(4)).map(|_| 1 + random.below(4) as u32).collect();
    let mut maker = Maker { sizes, random, listed: 0, entries: 0 };
    maker.listed = 1 + maker.random.below(5);
    maker.entries = maker.listed + maker.random.below(3);
    let assumptions = (0..maker.random.below(3)).map(|_| maker.formula(2)).collect();
    let policy = match maker.random.below(10) {
        0 => Some(Policy::Unique),
        1 => Some(Policy::Any),
        2 => Some(Policy::First),
        3 => Some(Policy::Collect),
        _ => None,
    };
    let mut entries: Vec<Entry> = (0..maker.entries).map(|index| maker.entry(index)).collect();
    // What overrides comes first.
    for index in 0..maker.listed {
        for other in entries[index].overridden_by.clone() {
            entries[other].followers.push(index);
        }
    }
    Problem { space: Space::new(maker.sizes), assumptions, entries, listed: maker.listed, policy, is_cut: false }
}

/// For each two of so many pigeons, and each of one hole fewer, an entry with a remedy that both are in it.
pub(super) fn pigeons(count: u32) -> Problem {
    let holes = count - 1;
    let is_in = |pigeon: u32, hole: u32| Formula::In(Var(pigeon), Values::of(holes, [hole]));
    let pairs = (0..count).flat_map(|one| (one + 1..count).map(move |other| (one, other)));
    let both = |(one, other)| (0..holes).map(move |hole| Formula::And(vec![is_in(one, hole), is_in(other, hole)]));
    let entries: Vec<Entry> = pairs.flat_map(both).map(remedy).collect();
    let space = Space::new(vec![holes; count as usize]);
    Problem { space, assumptions: Vec::new(), listed: entries.len(), entries, policy: None, is_cut: false }
}

fn remedy(own: Formula) -> Entry {
    let nothing = Formula::Const(false);
    let action = Action {
        guard: ALWAYS,
        role: Role::Remedy,
        number: 0,
        told: 0,
        contact: nothing.clone(),
        then: Vec::new(),
        effects: Vec::new(),
    };
    Entry {
        own,
        fallback: false,
        overridden_by: Vec::new(),
        followers: Vec::new(),
        tier: 0,
        has_likelihood: false,
        contact: nothing,
        told: Vec::new(),
        actions: vec![action],
        overlaps_are_meant: false,
        otherwise: Vec::new(),
    }
}

struct Maker {
    sizes: Vec<u32>,
    random: Random,
    listed: usize,
    entries: usize,
}

impl Maker {
    fn entry(&mut self, index: usize) -> Entry {
        let is_listed = index < self.listed;
        let earlier = if is_listed { 0..index } else { 0..0 };
        let later = if is_listed { index + 1..self.listed } else { 0..0 };
        Entry {
            own: self.maybe(80),
            fallback: is_listed && self.random.chance(20),
            overridden_by: self.random.some(earlier, 25),
            followers: self.random.some(later, 15),
            tier: self.random.below(8) / 7,
            has_likelihood: self.random.chance(20),
            contact: if self.random.chance(20) { self.maybe(40) } else { Formula::Const(false) },
            told: self.random.some(10..12, 50),
            actions: (0..self.random.below(4)).map(|_| self.action()).collect(),
            overlaps_are_meant: false,
            otherwise: (0..self.random.below(2)).map(|_| self.otherwise()).collect(),
        }
    }

    fn action(&mut self) -> Action {
        let role = match self.random.below(4) {
            0 | 1 => Role::Remedy,
            2 => Role::Diagnostic,
            _ => Role::Introduction,
        };
        let has_contact = role != Role::Diagnostic && self.random.chance(30);
        Action {
            guard: self.maybe(40),
            role,
            told: self.random.below(3),
            contact: if has_contact { self.maybe(50) } else { Formula::Const(false) },
            then: self.random.some(0..self.entries, 15),
            number: 0,
            effects: Vec::new(),
        }
    }

    fn otherwise(&mut self) -> Otherwise {
        if self.random.chance(20) { Otherwise::Contact } else { Otherwise::Entry(self.random.below(self.entries)) }
    }

    fn maybe(&mut self, percent: usize) -> Formula {
        if self.random.chance(percent) { self.formula(2) } else { ALWAYS }
    }

    fn formula(&mut self, depth: usize) -> Formula {
        match self.random.below(if depth == 0 { 3 } else { 6 }) {
            0..=2 => {
                let var = self.random.below(self.sizes.len());
                let size = self.sizes[var];
                let values = (0..size).filter(|_| self.random.chance(50));
                Formula::In(Var(var as u32), Values::of(size, values.collect::<Vec<u32>>()))
            }
            3 => Formula::Not(Box::new(self.formula(depth - 1))),
            4 => Formula::And((0..2).map(|_| self.formula(depth - 1)).collect()),
            _ => Formula::Or((0..2).map(|_| self.formula(depth - 1)).collect()),
        }
    }
}
