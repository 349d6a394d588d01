//! A box: a set of allowed values for each variable that it constrains. It refuses to know whether boxes belong to a
//! list.

use super::{Space, Values, Var};

/// A product of sets of values. The literals are sorted by variable and constrain: no set is empty, none is full.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Cube {
    literals: Vec<(Var, Values)>,
}

impl Cube {
    /// The box of every situation.
    pub fn whole() -> Cube {
        Cube::default()
    }

    /// The box that satisfies all the literals, in any order and repeated at will; `None` when it is empty.
    pub fn new(literals: impl IntoIterator<Item = (Var, Values)>) -> Option<Cube> {
        let mut sorted: Vec<(Var, Values)> = literals.into_iter().collect();
        sorted.sort_by_key(|(var, _)| *var);
        let mut cube = Cube { literals: Vec::with_capacity(sorted.len()) };
        for (var, values) in sorted {
            match cube.literals.last_mut() {
                Some((last, set)) if *last == var => *set = set.intersect(&values),
                _ => cube.literals.push((var, values)),
            }
        }
        cube.literals.retain(|(_, values)| values.is_empty() || !values.is_full());
        cube.literals.iter().all(|(_, values)| !values.is_empty()).then_some(cube)
    }

    /// The constrained variables, ascending, each with the values that it may take.
    pub fn literals(&self) -> &[(Var, Values)] {
        &self.literals
    }

    /// The values that the box allows for `var`, or `None` when it allows all.
    pub fn get(&self, var: Var) -> Option<&Values> {
        let at = self.literals.binary_search_by_key(&var, |(var, _)| *var).ok()?;
        self.literals.get(at).map(|(_, values)| values)
    }

    /// The common part of two boxes, `None` when they do not touch.
    pub fn intersect(&self, other: &Cube) -> Option<Cube> {
        self.touches(other).then(|| self.zip(other, Some))
    }

    /// Whether `other` lies inside this box.
    pub fn contains(&self, other: &Cube) -> bool {
        let mut rest = other.literals.iter();
        self.literals.len() <= other.literals.len()
            && self.literals.iter().all(|(var, values)| {
                rest.by_ref()
                    .find(|(theirs, _)| theirs >= var)
                    .is_some_and(|(theirs, inner)| theirs == var && inner.is_subset(values))
            })
    }

    /// Whether some situation lies inside both boxes.
    pub fn touches(&self, other: &Cube) -> bool {
        self.shared(other).all(|(_, mine, theirs)| !mine.is_disjoint(theirs))
    }

    /// The consensus on `var`: what is inside both boxes apart from `var`, which may take the values of either.
    /// `None` when it would be empty or inside one of the two.
    pub(super) fn consensus(&self, other: &Cube, var: Var) -> Option<Cube> {
        let (mine, theirs) = (self.get(var)?, other.get(var)?);
        if mine.is_subset(theirs) || theirs.is_subset(mine) {
            return None;
        }
        if self.shared(other).any(|(shared, mine, theirs)| shared != var && mine.is_disjoint(theirs)) {
            return None;
        }
        let union = mine.union(theirs);
        let union = (!union.is_full()).then_some(union);
        Some(self.zip(
            other,
            |literal| if literal.0 == var { union.clone().map(|union| (var, union)) } else { Some(literal) },
        ))
    }

    /// A bit for each constrained variable, modulo 64: `a` can contain `b` only if `a`'s bits are among `b`'s.
    pub(super) fn signature(&self) -> u64 {
        self.literals.iter().fold(0, |bits, (var, _)| bits | 1 << (var.0 % u64::BITS))
    }

    /// A key that is smaller for a box than for any other box inside it.
    pub(super) fn breadth(&self) -> (usize, std::cmp::Reverse<u64>) {
        (self.literals.len(), std::cmp::Reverse(self.literals.iter().map(|(_, values)| u64::from(values.len())).sum()))
    }

    /// Whether two boxes allow the same for every variable but `var`.
    pub(super) fn cmp_without(&self, other: &Cube, var: Var) -> std::cmp::Ordering {
        self.others(var).cmp(other.others(var))
    }

    /// The same box with other values for `var`, which are not empty.
    pub(super) fn with(&self, var: Var, values: Values) -> Cube {
        let mut literals: Vec<(Var, Values)> = self.others(var).cloned().collect();
        if !values.is_full() {
            literals.insert(literals.partition_point(|(theirs, _)| *theirs < var), (var, values));
        }
        Cube { literals }
    }

    /// The lowest situation of the box: the lowest allowed value of each variable of the space.
    pub fn lowest(&self, space: &Space) -> Vec<u32> {
        space.vars().map(|var| self.get(var).and_then(Values::first).unwrap_or(0)).collect()
    }

    fn others(&self, var: Var) -> impl Iterator<Item = &(Var, Values)> {
        self.literals.iter().filter(move |(theirs, _)| *theirs != var)
    }

    /// The variables that both boxes constrain, with both sets.
    fn shared<'a>(&'a self, other: &'a Cube) -> impl Iterator<Item = (Var, &'a Values, &'a Values)> {
        let mut rest = other.literals.iter().peekable();
        self.literals.iter().filter_map(move |(var, mine)| {
            while rest.next_if(|(theirs, _)| theirs < var).is_some() {}
            rest.next_if(|(theirs, _)| theirs == var).map(|(_, theirs)| (*var, mine, theirs))
        })
    }

    /// Both boxes' literals by variable, intersected where shared, each kept as `keep` says.
    fn zip(&self, other: &Cube, keep: impl Fn((Var, Values)) -> Option<(Var, Values)>) -> Cube {
        let mut literals = Vec::with_capacity(self.literals.len() + other.literals.len());
        let mut rest = other.literals.iter().peekable();
        for (var, mine) in &self.literals {
            while let Some(literal) = rest.next_if(|(theirs, _)| theirs < var) {
                literals.extend(keep(literal.clone()));
            }
            let both = rest
                .next_if(|(theirs, _)| theirs == var)
                .map_or_else(|| mine.clone(), |(_, theirs)| mine.intersect(theirs));
            literals.extend(keep((*var, both)));
        }
        literals.extend(rest.cloned().filter_map(keep));
        Cube { literals }
    }
}
