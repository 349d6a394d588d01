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
