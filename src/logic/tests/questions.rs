//! Gaps, overlaps, minimal sets and prime boxes against their definitions, by looking at every situation.

use std::ops::ControlFlow;

use proptest::prelude::*;

use super::brute::{atom, clause, formula, is_in, situations, sizes};
use super::{AMPLE, config, not};
use crate::logic::coverage::{Coverage, Covering, Question, holes};
use crate::logic::normal::normal;
use crate::logic::*;

/// Conditions on one space: mostly boxes, some unions of boxes, some anything.
#[derive(Clone, Debug)]
struct List {
    sizes: Vec<u32>,
    assumptions: Vec<Formula>,
    within: Formula,
    covers: Vec<Formula>,
}

impl List {
    fn space(&self) -> Space {
        Space::new(self.sizes.clone())
    }

    /// Where one of some conditions has to hold.
    fn asked(&self) -> Vec<Vec<u32>> {
        let is_asked = |it: &Vec<u32>| self.within.eval(it) && self.assumptions.iter().all(|assumed| assumed.eval(it));
        situations(&self.sizes).into_iter().filter(is_asked).collect()
    }

    fn is_hole(&self, covers: &[&Formula], situation: &[u32]) -> bool {
        self.within.eval(situation)
            && self.assumptions.iter().all(|assumed| assumed.eval(situation))
            && !covers.iter().any(|cover| cover.eval(situation))
    }

    fn uncovered(&self, budget: Budget) -> Result<Option<Vec<u32>>, Exploded> {
        uncovered(&self.space(), &self.assumptions, &self.within, &self.covers, budget)
    }
}

fn list(most: usize) -> impl Strategy<Value = List> {
    sizes().prop_flat_map(move |sizes| {
        let cover = prop_oneof![
            8 => cube(sizes.clone()),
            2 => prop::collection::vec(cube(sizes.clone()), 0..4).prop_map(Formula::Or),
            1 => formula(sizes.clone(), 12),
        ];
        let many = prop::collection::vec(cube(sizes.clone()), 3..8).prop_map(Formula::Or);
        let within = prop_oneof![Just(Formula::Const(true)), cube(sizes.clone()), formula(sizes.clone(), 6), many];
        let assumption = prop_oneof![1 => formula(sizes.clone(), 6), 4 => clause(sizes.clone())];
        let assumptions = prop_oneof![Just(Vec::new()), prop::collection::vec(assumption, 0..5)];
        (Just(sizes), assumptions, within, prop::collection::vec(cover, 0..most))
            .prop_map(|(sizes, assumptions, within, covers)| List { sizes, assumptions, within, covers })
    })
}

fn cube(sizes: Vec<u32>) -> impl Strategy<Value = Formula> {
    prop::collection::vec(atom(sizes), 0..4).prop_map(Formula::And)
}

fn pairs(list: &List) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    overlapping_pairs(&list.space(), &list.covers, &mut |one, other| {
        found.push((one, other));
        ControlFlow::Continue(())
    });
    found
}

fn meet(sizes: &[u32], one: &Formula, other: &Formula) -> bool {
    situations(sizes).iter().any(|situation| one.eval(situation) && other.eval(situation))
}

/// Whether no formula can be left out of those at the indices.
fn each_is_needed(chosen: &[usize], suffice: impl Fn(&[usize]) -> bool) -> bool {
    chosen.iter().all(|left_out| {
        let rest: Vec<usize> = chosen.iter().copied().filter(|index| index != left_out).collect();
        !suffice(&rest)
    })
}

/// Boxes of three variables, about as many as leave it open whether there is a gap.
fn tight() -> impl Strategy<Value = List> {
    let sizes = prop_oneof![3 => Just(vec![2u32; 10]), 1 => Just(vec![3u32; 6])];
    sizes
        .prop_flat_map(|sizes| {
            let boxes = if sizes.len() == 10 { 35..60 } else { 60..140 };
            let value = (any::<prop::sample::Index>(), any::<prop::sample::Index>());
            let corner = prop::collection::vec(value, 3).prop_map({
                let sizes = sizes.clone();
                move |values| {
                    let literal = |(var, value): (prop::sample::Index, prop::sample::Index)| {
                        let var = var.index(sizes.len());
                        Formula::In(Var(var as u32), Values::of(sizes[var], [value.index(sizes[var] as usize) as u32]))
                    };
                    Formula::And(values.into_iter().map(literal).collect())
                }
            });
            (Just(sizes), prop::collection::vec(corner, boxes))
        })
        .prop_map(|(sizes, covers)| List { sizes, covers, assumptions: Vec::new(), within: Formula::Const(true) })
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn a_search_that_gives_up_hands_over_the_whole_question(list in tight(), cubes in 0usize..4) {
        let all: Vec<&Formula> = list.covers.iter().collect();
        let open = list.asked().iter().any(|situation| list.is_hole(&all, situation));
        let found = list.uncovered(Budget { cubes });
        prop_assert!(found.as_ref().is_err() || found.is_ok_and(|found| found.is_some() == open));
        prop_assert_eq!(list.uncovered(AMPLE).map(|found| found.is_some()), Ok(open));
    }

    #[test]
    fn a_gap_is_a_situation_in_none_and_no_gap_means_none(list in list(24)) {
        let all: Vec<&Formula> = list.covers.iter().collect();
        match list.uncovered(AMPLE).unwrap() {
            None => prop_assert!(!list.asked().iter().any(|situation| list.is_hole(&all, situation))),
            Some(found) => prop_assert!(list.is_hole(&all, &found), "{:?}", found),
        }
    }

    #[test]
    fn each_value_of_a_gap_is_as_low_as_the_others_allow(list in list(24)) {
        let plain = List { covers: list.covers.into_iter().filter(as_box).collect(), assumptions: vec![], within: Formula::Const(true), ..list };
        let all: Vec<&Formula> = plain.covers.iter().collect();
        if let Some(found) = plain.uncovered(AMPLE).unwrap() {
            for (var, value) in found.iter().enumerate() {
                for lower in 0..*value {
                    let mut other = found.clone();
                    other[var] = lower;
                    prop_assert!(!plain.is_hole(&all, &other), "{:?} but {:?}", found, other);
                }
            }
        }
    }

    #[test]
    fn a_small_budget_leaves_a_gap_unknown_and_never_wrong(list in list(24), cubes in 0usize..4) {
        let all: Vec<&Formula> = list.covers.iter().collect();
        match list.uncovered(Budget { cubes }) {
            Err(Exploded) => {}
            Ok(None) => prop_assert!(!list.asked().iter().any(|situation| list.is_hole(&all, situation))),
            Ok(Some(found)) => prop_assert!(list.is_hole(&all, &found), "{:?}", found),
        }
    }

    #[test]
    fn the_solver_alone_finds_the_same(list in list(24), core in any::<bool>()) {
        let mut coverage = Coverage::new(&list.space());
        list.assumptions.iter().chain([&list.within]).for_each(|formula| coverage.demand(formula, 0));
        (1..).zip(&list.covers).for_each(|(group, cover)| coverage.forbid(cover, group));
        let groups = vec![true; list.covers.len() + 1];
        let chosen = match coverage.ask_solver(&Cube::whole(), &Question { groups: &groups, core }, AMPLE).unwrap() {
            Covering::Hole(found) => {
                prop_assert!(list.is_hole(&list.covers.iter().collect::<Vec<_>>(), &found), "{:?}", found);
                return Ok(());
            }
            Covering::Full(chosen) => chosen,
        };
        let covers: Vec<&Formula> = (1..).zip(&list.covers).filter(|(group, _)| chosen.contains(group)).map(|(_, it)| it).collect();
        prop_assert!(!list.asked().iter().any(|situation| list.is_hole(&covers, situation)), "{:?}", chosen);
    }

    #[test]
    fn holes_are_counted_and_listed_each_once(list in list(16)) {
        let asked = list.asked();
        let covered = |it: &&Vec<u32>| list.covers.iter().any(|cover| cover.eval(it));
        let open = asked.iter().filter(|it| !covered(it)).count();
        let parts = list.assumptions.iter().chain([&list.within]).cloned();
        let formula = Formula::And(parts.chain(list.covers.iter().map(not)).collect());
        let space = list.space();
        let vars: Vec<Var> = space.vars().collect();
        prop_assert_eq!(count(&space, &formula, &vars, AMPLE), Ok(open as u128));
        prop_assert_eq!(count(&space, &not(&formula), &vars, AMPLE), Ok((situations(&list.sizes).len() - open) as u128));
        if let Ok(found) = holes(&space, &normal(&formula, true), AMPLE) {
            for situation in situations(&list.sizes) {
                prop_assert_eq!(found.iter().filter(|cube| is_in(cube, &situation)).count(), usize::from(formula.eval(&situation)));
            }
        }
    }

    #[test]
    fn pairs_are_those_that_hold_together(list in list(12)) {
        let found = pairs(&list);
        let expected: Vec<(usize, usize)> = (0..list.covers.len())
            .flat_map(|one| (one + 1..list.covers.len()).map(move |other| (one, other)))
            .filter(|(one, other)| meet(&list.sizes, &list.covers[*one], &list.covers[*other]))
            .collect();
        prop_assert_eq!(found, expected);
    }

    #[test]
    fn an_index_knows_what_was_put_in_its_place(list in list(12), edits in prop::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>()), 0..8)) {
        prop_assume!(!list.covers.is_empty());
        let mut covers = list.covers.clone();
        let mut index = OverlapIndex::new(&list.space(), &covers);
        for (from, to) in edits {
            let (from, to) = (from.index(covers.len()), to.index(covers.len()));
            let changed = if from == to { list.within.clone() } else { covers[from].clone() };
            index.replace(to, &changed);
            covers[to] = changed;
        }
        for asked in covers.iter().chain(&list.assumptions) {
            let expected: Vec<usize> = (0..covers.len()).filter(|other| meet(&list.sizes, asked, &covers[*other])).collect();
            prop_assert_eq!(index.query(asked), expected);
        }
        for (place, asked) in covers.iter().enumerate() {
            prop_assert_eq!(index.of(place), index.query(asked));
        }
    }

    #[test]
    fn a_minimal_cover_covers_and_needs_each(list in list(16)) {
        let asked = list.asked();
        let suffice = |chosen: &[usize]| asked.iter().all(|it| chosen.iter().any(|index| list.covers[*index].eval(it)));
        let all: Vec<usize> = (0..list.covers.len()).collect();
        match minimal_cover(&list.space(), &list.assumptions, &list.within, &list.covers, AMPLE).unwrap() {
            None => prop_assert!(!suffice(&all)),
            Some(chosen) => {
                prop_assert!(chosen.is_sorted());
                prop_assert!(suffice(&chosen) && each_is_needed(&chosen, suffice), "{:?}", chosen);
            }
        }
    }

    #[test]
    fn a_minimal_core_is_a_contradiction_and_needs_each(list in list(8)) {
        let formulas: Vec<Formula> = list.assumptions.iter().cloned().chain(list.covers.iter().map(not)).chain([list.within.clone()]).collect();
        let all = situations(&list.sizes);
        let suffice = |chosen: &[usize]| !all.iter().any(|it| chosen.iter().all(|index| formulas[*index].eval(it)));
        match minimal_core(&list.space(), &formulas, AMPLE).unwrap() {
            None => prop_assert!(!suffice(&(0..formulas.len()).collect::<Vec<_>>())),
            Some(chosen) => {
                prop_assert!(chosen.is_sorted());
                prop_assert!(suffice(&chosen) && each_is_needed(&chosen, suffice), "{:?}", chosen);
            }
        }
    }

    #[test]
    fn a_prime_around_a_situation_is_inside_and_in_no_larger(list in list(6), gap in any::<bool>(), at in any::<prop::sample::Index>()) {
        let outside = list.covers.iter().map(not);
        let formula = if gap { Formula::And([list.within.clone()].into_iter().chain(outside).collect()) } else { Formula::Or(list.covers.clone()) };
        let possible: Vec<Vec<u32>> = situations(&list.sizes).into_iter().filter(|it| list.assumptions.iter().all(|assumed| assumed.eval(it))).collect();
        let inside: Vec<&Vec<u32>> = possible.iter().filter(|it| formula.eval(it)).collect();
        prop_assume!(!inside.is_empty());
        let situation = inside[at.index(inside.len())];
        let space = list.space();
        let prime = prime_around(&space, &list.assumptions, &formula, situation, AMPLE).unwrap();
        let fits = |cube: &Cube| possible.iter().all(|it| !is_in(cube, it) || formula.eval(it));
        prop_assert!(is_in(&prime, situation) && fits(&prime), "{:?}", prime);
        for (var, values) in prime.literals() {
            for value in values.complement().iter() {
                let larger = prime.with(*var, values.union(&Values::of(values.size(), [value])));
                prop_assert!(!fits(&larger), "{:?} is larger than {:?}", larger, prime);
            }
        }
    }
}

fn as_box(formula: &Formula) -> bool {
    matches!(formula, Formula::And(parts) if parts.iter().all(|part| matches!(part, Formula::In(..))))
}
