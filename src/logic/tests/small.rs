//! Small cases that random ones reach too rarely, each for one step of an algorithm.

use super::AMPLE;
use crate::logic::*;

fn is(space: &Space, var: u32, value: u32) -> Formula {
    Formula::In(Var(var), Values::of(space.size(Var(var)), [value]))
}

fn both(a: Formula, b: Formula) -> Formula {
    Formula::And(vec![a, b])
}

#[test]
fn a_prime_can_need_a_box_for_each_value_of_a_variable() {
    let space = Space::new(vec![4, 2, 2, 2, 2]);
    let each = Formula::Or((0..4).map(|value| both(is(&space, 0, value), is(&space, 1 + value, 1))).collect());
    let all = Cube::new((1..5).map(|var| (Var(var), Values::of(2, [1])))).unwrap();
    let primes = primes(&space, &each, AMPLE).unwrap();
    assert!(primes.contains(&all), "{primes:?}");
    assert_eq!(primes.len(), 15, "one for each non-empty set of values");
}

#[test]
fn a_search_returns_to_the_alternatives() {
    let space = Space::new(vec![2, 3, 2]);
    let crossed = Formula::Or(vec![both(is(&space, 0, 0), is(&space, 1, 1)), both(is(&space, 0, 1), is(&space, 1, 0))]);
    let second = Formula::Or(vec![both(is(&space, 1, 0), is(&space, 2, 1)), both(is(&space, 1, 2), is(&space, 2, 0))]);
    let formula = both(crossed, second);
    assert_eq!(is_satisfiable(&space, &formula, AMPLE), Ok(true));
    assert_eq!(witness(&space, &formula, AMPLE), Ok(Some(vec![1, 0, 1])));
    assert_eq!(is_satisfiable(&space, &both(formula, is(&space, 0, 0)), AMPLE), Ok(false));
}

#[test]
fn splitting_keeps_every_value_apart_that_the_formula_tells_apart() {
    let space = Space::new(vec![5, 2, 2, 2, 2]);
    let each =
        Formula::And((0..4).map(|value| Formula::Or(vec![is(&space, 0, value), is(&space, 1 + value, 1)])).collect());
    let vars: Vec<Var> = space.vars().collect();
    assert_eq!(count(&space, &each, &vars, AMPLE), Ok(4 * 2 + 1));
}

#[test]
fn assumptions_bear_on_a_box_through_others() {
    let space = Space::new(vec![2; 4]);
    let follows = |a: u32, b: u32| Formula::Or(vec![is(&space, a, 0), is(&space, b, 1)]);
    let assumptions = Assumptions::new(&space, vec![follows(0, 1), follows(1, 2), follows(2, 3)]);
    let contradiction = assumptions.contradiction(AMPLE).unwrap();
    let rows = rows(&space, &assumptions, &is(&space, 0, 1), AMPLE).unwrap();
    let evidence = |last: u32| [Values::all(2), Values::all(2), Values::all(2), Values::of(2, [last])];
    assert_eq!(judge(&space, &contradiction, &rows, &evidence(0)), Verdict::Excluded);
    assert_eq!(judge(&space, &contradiction, &rows, &evidence(1)), Verdict::Possible);
}
