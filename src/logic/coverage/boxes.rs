//! Boxes in flat memory, by group, and the variables that they are over. It refuses to search.

use super::Group;
use crate::logic::{Cube, Values, Var};

/// Sets of values are runs of words in one vector: a domain has one for each variable, a literal has its own.
pub(super) struct Boxes {
    sizes: Vec<u32>,
    /// For each variable the first word of its domain; one more at the end.
    starts: Vec<u32>,
    heads: Vec<Head>,
    literals: Vec<Literal>,
    words: Vec<u64>,
}

struct Head {
    group: Group,
    /// The end of its literals, which begin where those of the box before end.
    end: u32,
}

/// A variable and where the words of its set begin.
#[derive(Clone, Copy)]
pub(super) struct Literal {
    pub(super) var: u32,
    at: u32,
}

impl Boxes {
    pub(super) fn new(sizes: Vec<u32>) -> Boxes {
        let mut boxes = Boxes { sizes: Vec::new(), starts: vec![0], heads: vec![], literals: vec![], words: vec![] };
        sizes.into_iter().for_each(|size| _ = boxes.add_var(size));
        boxes
    }

    /// A further variable with so many values.
    pub(super) fn add_var(&mut self, size: u32) -> Var {
        let var = Var(self.sizes.len() as u32);
        let start = self.starts.last().copied().unwrap_or(0);
        self.sizes.push(size);
        self.starts.push(start + size.div_ceil(u64::BITS));
        var
    }

    pub(super) fn push(&mut self, cube: &Cube, group: Group) {
        for (var, values) in cube.literals() {
            self.literals.push(Literal { var: var.0, at: self.words.len() as u32 });
            self.words.extend(values.words());
        }
        self.heads.push(Head { group, end: self.literals.len() as u32 });
    }

    pub(super) fn vars(&self) -> usize {
        self.sizes.len()
    }

    /// How many values of which variable are in a box, as the words of all variables.
    pub(super) fn domain(&self, inside: &Cube) -> Vec<u64> {
        let mut words = Vec::with_capacity(self.starts.last().map_or(0, |end| *end as usize));
        for (var, size) in self.sizes.iter().enumerate() {
            match inside.get(Var(var as u32)) {
                Some(values) => words.extend(values.words()),
                None => words.extend(Values::all(*size).words()),
            }
        }
        words
    }

    /// The box that the words of all variables are.
    pub(super) fn part(&self, domain: &[u64]) -> Cube {
        let values = |var: u32| Values::from_words(self.sizes[var as usize], &domain[self.range(var)]);
        Cube::new((0..self.sizes.len() as u32).map(|var| (Var(var), values(var)))).unwrap_or_default()
    }

    /// The words of a variable's domain.
    pub(super) fn range(&self, var: u32) -> std::ops::Range<usize> {
        self.starts[var as usize] as usize..self.starts[var as usize + 1] as usize
    }

    /// The indices of all boxes with their groups.
    pub(super) fn groups(&self) -> impl Iterator<Item = (u32, Group)> {
        (0..).zip(self.heads.iter().map(|head| head.group))
    }

    /// The boxes of the groups marked.
    pub(super) fn of(&self, groups: &[bool]) -> Vec<u32> {
        let is_of = |group: Group| groups.get(group as usize).is_some_and(|marked| *marked);
        self.groups().filter(|(_, group)| is_of(*group)).map(|(index, _)| index).collect()
    }

    pub(super) fn group(&self, index: u32) -> Group {
        self.heads[index as usize].group
    }

    pub(super) fn literals(&self, index: u32) -> &[Literal] {
        let start = (index as usize).checked_sub(1).map_or(0, |before| self.heads[before].end);
        &self.literals[start as usize..self.heads[index as usize].end as usize]
    }

    /// The words of a literal's set.
    pub(super) fn words(&self, literal: Literal) -> &[u64] {
        let width = self.range(literal.var).len();
        &self.words[literal.at as usize..literal.at as usize + width]
    }

    /// A box as it was put in.
    pub(super) fn cube(&self, index: u32) -> Cube {
        let values = |it: &Literal| Values::from_words(self.sizes[it.var as usize], self.words(*it));
        let literals = self.literals(index).iter().map(|literal| (Var(literal.var), values(literal)));
        Cube::new(literals).unwrap_or_default()
    }

    fn allows(&self, literal: Literal, value: u32) -> bool {
        self.words(literal)[(value / u64::BITS) as usize] >> (value % u64::BITS) & 1 == 1
    }

    /// A situation outside the boxes of the groups marked, inside the same box, with each value, first to last, as low
    /// as the others allow.
    pub(super) fn lowered(&self, mut situation: Vec<u32>, inside: &Cube, groups: &[bool]) -> Vec<u32> {
        let list = self.of(groups);
        let mut mentions: Vec<Vec<(u32, Literal)>> = vec![Vec::new(); self.vars()];
        let mut escapes: Vec<u32> = vec![0; list.len()];
        for (place, index) in (0..).zip(&list) {
            for literal in self.literals(*index) {
                mentions[literal.var as usize].push((place, *literal));
                escapes[place as usize] += u32::from(!self.allows(*literal, situation[literal.var as usize]));
            }
        }
        for (var, mentions) in mentions.iter().enumerate() {
            let known = situation[var];
            let held = |place: u32, literal: Literal| escapes[place as usize] - u32::from(!self.allows(literal, known));
            let is_free = |value: &u32| {
                inside.get(Var(var as u32)).is_none_or(|values| values.contains(*value))
                    && mentions.iter().all(|(place, it)| held(*place, *it) > 0 || !self.allows(*it, *value))
            };
            let lowest = (0..known).find(is_free).unwrap_or(known);
            for (place, literal) in mentions {
                escapes[*place as usize] -= u32::from(!self.allows(*literal, known));
                escapes[*place as usize] += u32::from(!self.allows(*literal, lowest));
            }
            situation[var] = lowest;
        }
        situation
    }
}
