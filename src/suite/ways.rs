//! The ways in which a condition can hold, each a box of situations. Refuses to know who is tested on them.

use crate::logic::{Budget, Cube, Formula, Space, cover, is_satisfiable};

/// A condition that holds in more ways than this is not listed by its ways: nobody would test them one by one.
const BUDGET: Budget = Budget { cubes: 256 };

/// Up to this many ways those are left out that the others cover together.
const SMALL: usize = 64;

/// The boxes that a condition's alternatives come to, derived facts worked in, none of them inside the others; none for a
/// condition that holds always, or never, or in too many ways.
pub(super) fn ways(space: &Space, condition: &Formula) -> Vec<Cube> {
    let mut ways = cover(space, condition, BUDGET).unwrap_or_default();
    ways.retain(|way| !way.literals().is_empty());
    if ways.len() <= SMALL {
        for at in (0..ways.len()).rev() {
            if is_covered(space, at, &ways) {
                ways.remove(at);
            }
        }
    }
    ways
}

/// Whether one of the boxes lies inside the union of the others.
fn is_covered(space: &Space, at: usize, ways: &[Cube]) -> bool {
    let others = ways.iter().enumerate().filter(|(other, _)| *other != at).map(|(_, other)| Formula::from(other));
    let alone =
        ways.get(at).map(Formula::from).into_iter().chain([Formula::Not(Box::new(Formula::Or(others.collect())))]);
    is_satisfiable(space, &Formula::And(alone.collect()), BUDGET) == Ok(false)
}

#[cfg(test)]
mod tests {
    use super::ways;
    use crate::logic::{Formula, Space, Values, Var};

    fn yes(var: u32) -> Formula {
        Formula::In(Var(var), Values::of(2, [0]))
    }

    fn no(var: u32) -> Formula {
        Formula::In(Var(var), Values::of(2, [1]))
    }

    #[test]
    fn alternatives_are_ways_and_what_they_cover_together_is_none() {
        let space = Space::new(vec![2, 2, 2]);
        let count = |formula: &Formula| ways(&space, formula).len();
        assert_eq!(count(&Formula::Const(true)), 0);
        assert_eq!(count(&Formula::Const(false)), 0);
        assert_eq!(count(&Formula::And(vec![yes(0), yes(1)])), 1);
        assert_eq!(count(&Formula::Or(vec![yes(0), yes(1)])), 2);
        let consensus = [[yes(0), yes(1)], [no(0), yes(2)], [yes(1), yes(2)]].map(|it| Formula::And(it.to_vec()));
        assert_eq!(count(&Formula::Or(consensus.to_vec())), 2);
    }
}
