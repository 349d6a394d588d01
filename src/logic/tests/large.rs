//! Shapes that real knowledge bases have and that explode when handled badly.

use super::not;
use crate::logic::*;

const BUDGET: Budget = Budget { cubes: 10_000 };

fn is(space: &Space, var: u32, value: u32) -> Formula {
    Formula::In(Var(var), Values::of(space.size(Var(var)), [value]))
}

fn both(a: Formula, b: Formula) -> Formula {
    Formula::And(vec![a, b])
}

/// Exactly where `condition` fails, `var` has its last value: not applicable.
fn only_when(space: &Space, var: u32, condition: Formula) -> Formula {
    let absent = is(space, var, space.size(Var(var)) - 1);
    Formula::Or(vec![both(condition.clone(), not(&absent)), both(not(&condition), absent)])
}

#[test]
fn many_facts_that_hang_on_others_leave_rows_small() {
    let pairs = 12;
    let space = Space::new(vec![3; 1 + 2 * pairs]);
    let conjuncts = (0..pairs as u32).flat_map(|pair| {
        let (outer, inner) = (1 + 2 * pair, 2 + 2 * pair);
        [only_when(&space, outer, is(&space, 0, 0)), only_when(&space, inner, is(&space, outer, 0))]
    });
    let assumptions = Assumptions::new(&space, conjuncts.collect());
    assert_eq!(assumptions.are_vacuous(BUDGET), Ok(false));
    assert!(assumptions.contradiction(BUDGET).is_ok_and(|rows| rows.len() < 1000));
    let found = rows(&space, &assumptions, &is(&space, 2, 0), BUDGET).unwrap();
    assert!(matches!(&found.certain, Side::Rows(rows) if rows.len() < 50), "{found:?}");
    assert!(matches!(&found.excluded, Side::Rows(rows) if rows.len() < 50), "{found:?}");
}

#[test]
fn one_fact_for_each_value_of_another_is_told_by_what_to_stay_clear_of() {
    let offices = 50;
    let space = Space::new([vec![offices], vec![3; offices as usize]].concat());
    let conjuncts = (0..offices).map(|office| only_when(&space, office + 1, is(&space, 0, office))).collect();
    let assumptions = Assumptions::new(&space, conjuncts);
    assert_eq!(assumptions.are_vacuous(BUDGET), Ok(false));
    let sides = assumptions.contradiction_sides(BUDGET).unwrap();
    assert!(matches!(sides.as_slice(), [Side::ClearOf(rows)] if rows.len() == 50));
    assert!(rows(&space, &assumptions, &is(&space, 1, 0), BUDGET).is_ok());
}

#[test]
fn facts_that_hang_on_one_another_in_a_chain_are_told_by_what_to_stay_clear_of() {
    let facts = 60;
    let space = Space::new(vec![3; facts as usize]);
    let conjuncts = (1..facts).map(|fact| only_when(&space, fact, is(&space, fact - 1, 0))).collect();
    let assumptions = Assumptions::new(&space, conjuncts);
    assert_eq!(assumptions.are_vacuous(BUDGET), Ok(false));
    let budget = Budget { cubes: 2048 };
    assert_eq!(assumptions.contradiction(budget), Err(Exploded), "a row for each two facts");
    let sides = assumptions.contradiction_sides(budget).unwrap();
    assert!(matches!(sides.as_slice(), [Side::ClearOf(rows)] if rows.len() == 60), "one for the first that is no");
    assert!(rows(&space, &assumptions, &is(&space, 30, 0), budget).is_ok());
}

#[test]
fn what_hangs_on_facts_is_no_work_for_others() {
    let facts = 2_000;
    let space = Space::new(vec![3; facts as usize]);
    let all: Vec<Formula> = (1..facts).map(|fact| only_when(&space, fact, is(&space, (fact - 1) / 20, 0))).collect();
    assert_eq!(Assumptions::new(&space, all.clone()).are_vacuous(BUDGET), Ok(false));
    let last = is(&space, facts - 1, 0);
    let found = uncovered(&space, &all, &last, &[], BUDGET).unwrap().unwrap();
    assert!(all.iter().chain([&last]).all(|formula| formula.eval(&found)));
    let core = minimal_core(&space, &[all, vec![last, is(&space, 0, 1)]].concat(), BUDGET).unwrap().unwrap();
    assert_eq!(core.len(), 5, "{core:?}: the first and the last, and the three between them");
    let above = (facts - 2) / 20;
    let facts_between = [(above - 1) / 20 - 1, above - 1, facts - 2, facts - 1, facts].map(|index| index as usize);
    assert_eq!(core, facts_between);
}

/// The leaves of a tree in which every fact is asked about once on each way down, in an order of its own.
fn tree(space: &Space, depth: u32) -> Vec<Formula> {
    let facts = space.vars().len() as u32;
    let leaf = |leaf: u32| {
        let fact = |level: u32| (level * 7 + (leaf >> (depth - level)) * 13) % facts;
        let mut asked: Vec<u32> = Vec::new();
        let literals = (0..depth).map(|level| {
            let fact = (0..facts).map(|step| (fact(level) + step) % facts).find(|fact| !asked.contains(fact));
            asked.extend(fact);
            is(space, fact.unwrap_or(0), leaf >> (depth - 1 - level) & 1)
        });
        Formula::And(literals.collect())
    };
    (0..1 << depth).map(leaf).collect()
}

#[test]
fn the_leaves_of_a_tree_leave_nothing_out_and_touch_nowhere() {
    let space = Space::new(vec![2; 40]);
    let mut leaves = tree(&space, 9);
    assert_eq!(uncovered(&space, &[], &Formula::Const(true), &leaves, BUDGET), Ok(None));
    overlapping_pairs(&space, &leaves, &mut |one, other| panic!("{one} touches {other}"));
    let all = minimal_cover(&space, &[], &Formula::Const(true), &leaves, BUDGET).unwrap().unwrap();
    assert_eq!(all.len(), 512, "each is needed");
    let left_out = leaves.remove(100);
    let found = uncovered(&space, &[], &Formula::Const(true), &leaves, BUDGET).unwrap().unwrap();
    assert!(left_out.eval(&found));
    let rest = Formula::And(leaves.iter().map(not).collect());
    let prime = prime_around(&space, &[], &rest, &found, BUDGET).unwrap();
    assert_eq!(Formula::from(&prime).support(), left_out.support());
    assert_eq!(count(&space, &rest, &[], BUDGET), count(&space, &left_out, &space.vars().collect::<Vec<_>>(), BUDGET));
}

#[test]
fn a_hard_question_ends_by_its_budget() {
    let space = Space::new(vec![2; 120]);
    let mut state = 88172645463325252u64;
    let mut next = |bound: u32| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state % u64::from(bound)) as u32
    };
    let covers: Vec<Formula> =
        (0..540).map(|_| Formula::And((0..3).map(|_| is(&space, next(120), next(2))).collect())).collect();
    let small = Budget { cubes: 10 };
    assert_eq!(uncovered(&space, &[], &Formula::Const(true), &covers, small), Err(Exploded));
    assert_eq!(uncovered(&space, &[], &Formula::Const(true), &covers, BUDGET), Ok(None));
}

#[test]
fn a_fallback_stays_clear_of_its_entries() {
    let space = Space::new(vec![4; 100]);
    let entry = |seed: u32| {
        let literal = |step: u32| is(&space, (seed * 7 + step * 31 + seed / 9) % 100, (seed / (step + 1)) % 4);
        Formula::And((0..3).map(literal).collect())
    };
    let entries = Formula::Or((0..1000).map(entry).collect());
    let none = Assumptions::new(&space, Vec::new());
    assert!(cover(&space, &entries, BUDGET).is_ok_and(|cubes| cubes.len() <= 1000));
    assert_eq!(primes(&space, &not(&entries), Budget { cubes: 1000 }), Err(Exploded));
    let situation = witness(&space, &not(&entries), BUDGET).unwrap().unwrap();
    assert!(!entries.eval(&situation));
    assert_eq!(rows(&space, &none, &not(&entries), Budget { cubes: 1000 }), Err(Exploded));
}

#[test]
fn a_fallback_of_entries_told_apart_by_one_fact_has_both_sides() {
    let kinds = 200;
    let space = Space::new([vec![kinds], vec![2; 40]].concat());
    let entries = Formula::Or((0..kinds).map(|kind| both(is(&space, 0, kind), is(&space, 1 + kind % 40, 1))).collect());
    let none = Assumptions::new(&space, Vec::new());
    let found = rows(&space, &none, &not(&entries), BUDGET).unwrap();
    assert!(matches!(&found.certain, Side::ClearOf(rows) if rows.len() <= 200), "{found:?}");
    assert!(matches!(&found.excluded, Side::ClearOf(rows) if rows.len() <= 200), "{found:?}");
}

#[test]
fn counting_saturates() {
    let space = Space::new(vec![4; 80]);
    let vars: Vec<Var> = space.vars().collect();
    assert_eq!(count(&space, &Formula::Const(true), &vars, BUDGET), Ok(u128::MAX));
    assert_eq!(count(&space, &is(&space, 0, 0), &[], BUDGET), Ok(1));
}

#[test]
fn a_variable_without_values_has_one() {
    let space = Space::new(vec![0, 2]);
    assert_eq!(witness(&space, &is(&space, 1, 1), BUDGET), Ok(Some(vec![0, 1])));
    assert_eq!(count(&space, &Formula::Const(true), &[Var(0), Var(1)], BUDGET), Ok(2));
}
