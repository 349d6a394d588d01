//! What is left of a question inside a part of the space, and what follows there at once. It refuses to guess.

use super::Group;
use super::boxes::{Boxes, Literal};
use crate::logic::Cube;

/// The part of the space being looked at, and how it came about.
pub(super) struct State<'a> {
    pub(super) boxes: &'a Boxes,
    /// The words of all variables: the values that each may have.
    domain: Vec<u64>,
    /// Words as they were before they were changed.
    trail: Vec<(u32, u64)>,
    used: Vec<bool>,
    /// How many boxes of the list constrain each variable, as of the last [`State::reduce`].
    pub(super) counts: Vec<u32>,
    /// For each word of the domain the values that some box of the list asks for.
    seen: Vec<u64>,
    /// The variables that a box of the list constrains.
    pub(super) mentioned: Vec<u32>,
    /// The literals looked at so far.
    pub(super) visits: usize,
}

/// Whether there is something left to find out.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Reduced {
    /// One box covers the whole part.
    Covered,
    /// Each box that is left touches the part and constrains at least two variables there. When none is left, each
    /// situation of the part is a hole.
    Open,
}

/// How a literal's set lies to the domain.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Relation {
    Apart,
    Across,
    Around,
}

impl State<'_> {
    pub(super) fn new<'a>(boxes: &'a Boxes, inside: &Cube) -> State<'a> {
        let domain = boxes.domain(inside);
        State {
            seen: vec![0; domain.len()],
            domain,
            trail: Vec::new(),
            used: Vec::new(),
            counts: vec![0; boxes.vars()],
            mentioned: Vec::new(),
            visits: 0,
            boxes,
        }
    }

    /// The groups that the proofs so far rest on.
    pub(super) fn used(&self) -> Vec<Group> {
        (0..).zip(&self.used).filter(|(_, used)| **used).map(|(group, _)| group).collect()
    }

    /// Notes that a proof rests on a group.
    pub(super) fn uses(&mut self, group: Group) {
        let place = group as usize;
        if self.used.len() <= place {
            self.used.resize(place + 1, false);
        }
        self.used[place] = true;
    }

    /// The lowest situation of the part.
    pub(super) fn lowest(&self) -> Vec<u32> {
        let first = |var: u32| {
            let words = &self.domain[self.boxes.range(var)];
            let place = words.iter().position(|word| *word != 0);
            place.map_or(0, |place| place as u32 * u64::BITS + words[place].trailing_zeros())
        };
        (0..self.boxes.vars() as u32).map(first).collect()
    }

    /// The part as a box.
    pub(super) fn part(&self) -> Cube {
        self.boxes.part(&self.domain)
    }

    /// How many values of a variable there are.
    pub(super) fn size(&self, var: u32) -> u32 {
        self.values(var).iter().map(|word| word.count_ones()).sum()
    }

    /// The words of a variable's values.
    pub(super) fn values(&self, var: u32) -> &[u64] {
        &self.domain[self.boxes.range(var)]
    }

    pub(super) fn relation(&self, literal: Literal) -> Relation {
        let (set, values) = (self.boxes.words(literal), self.values(literal.var));
        if let ([set], [values]) = (set, values) {
            return relation([(*set, *values)]);
        }
        relation(set.iter().copied().zip(values.iter().copied()))
    }

    /// Leaves a variable the values of a set, or the others.
    pub(super) fn narrow(&mut self, var: u32, set: &[u64], inside: bool) {
        for (at, word) in self.boxes.range(var).zip(set) {
            let before = self.domain[at];
            let after = before & if inside { *word } else { !*word };
            if after != before {
                self.trail.push((at as u32, before));
                self.domain[at] = after;
            }
        }
    }

    /// A mark to go back to.
    pub(super) fn mark(&self) -> usize {
        self.trail.len()
    }

    pub(super) fn back_to(&mut self, mark: usize) {
        for (at, before) in self.trail.drain(mark..).rev() {
            self.domain[at as usize] = before;
        }
    }

    /// Drops the boxes that do not touch the part, and leaves it out of those that constrain a single variable.
    pub(super) fn settle(&mut self, list: &mut Vec<u32>) -> Reduced {
        loop {
            match self.pass(list) {
                None => return Reduced::Covered,
                Some(true) => list.reverse(),
                Some(false) => return Reduced::Open,
            }
        }
    }

    /// [`State::settle`], and leaves variables only values that no box asks for, where there are such: any hole can be
    /// moved there.
    pub(super) fn reduce(&mut self, list: &mut Vec<u32>) -> Reduced {
        while self.settle(list) == Reduced::Open {
            if !self.take_free_values() {
                return Reduced::Open;
            }
        }
        Reduced::Covered
    }

    /// One look at each box; whether the part became smaller, `None` when it is covered.
    fn pass(&mut self, list: &mut Vec<u32>) -> Option<bool> {
        self.forget();
        let boxes = self.boxes;
        let (mut changed, mut kept) = (false, 0);
        for at in 0..list.len() {
            let index = list[at];
            match self.look(boxes.literals(index)) {
                Look::Apart => continue,
                Look::Around => {
                    self.uses(boxes.group(index));
                    return None;
                }
                Look::Across(literal) => {
                    self.uses(boxes.group(index));
                    self.narrow(literal.var, boxes.words(literal), false);
                    changed = true;
                }
                Look::Several => {
                    list[kept] = index;
                    kept += 1;
                    if !changed {
                        self.note(boxes.literals(index));
                    }
                }
            }
        }
        list.truncate(kept);
        Some(changed)
    }

    fn look(&mut self, literals: &[Literal]) -> Look {
        self.visits += literals.len();
        let mut look = Look::Around;
        for literal in literals {
            look = match (self.relation(*literal), look) {
                (Relation::Apart, _) => return Look::Apart,
                (Relation::Around, look) => look,
                (Relation::Across, Look::Around) => Look::Across(*literal),
                (Relation::Across, _) => Look::Several,
            };
        }
        look
    }

    /// Counts a box of the list for each variable that it constrains.
    fn note(&mut self, literals: &[Literal]) {
        for literal in literals {
            if self.relation(*literal) != Relation::Across {
                continue;
            }
            let count = &mut self.counts[literal.var as usize];
            if *count == 0 {
                self.mentioned.push(literal.var);
            }
            *count += 1;
            for (at, word) in self.boxes.range(literal.var).zip(self.boxes.words(*literal)) {
                self.seen[at] |= word;
            }
        }
    }

    fn forget(&mut self) {
        for var in self.mentioned.drain(..) {
            self.counts[var as usize] = 0;
            self.seen[self.boxes.range(var)].fill(0);
        }
    }

    fn take_free_values(&mut self) -> bool {
        let mark = self.mark();
        for place in 0..self.mentioned.len() {
            let var = self.mentioned[place];
            let range = self.boxes.range(var);
            if range.clone().any(|at| self.domain[at] & !self.seen[at] != 0) {
                let seen: Vec<u64> = self.seen[range].to_vec();
                self.narrow(var, &seen, false);
            }
        }
        self.mark() != mark
    }
}

/// How a box lies to the part of the space being looked at.
enum Look {
    Apart,
    Around,
    /// It constrains a single variable.
    Across(Literal),
    Several,
}

fn relation(words: impl IntoIterator<Item = (u64, u64)>) -> Relation {
    let (mut inside, mut outside) = (false, false);
    for (set, values) in words {
        inside |= set & values != 0;
        outside |= values & !set != 0;
    }
    match (inside, outside) {
        (false, _) => Relation::Apart,
        (true, false) => Relation::Around,
        (true, true) => Relation::Across,
    }
}
