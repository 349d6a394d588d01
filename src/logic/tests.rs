//! Every answer against its definition, on random small cases. `PROPTEST_CASES` says how many.

mod brute;
mod large;
mod questions;
mod sets;
mod situations;
mod small;

use proptest::prelude::*;

use self::brute::{Case, case, few_sizes, is_in, is_within, situations, sizes};
use super::antichain::{joined, merged};
use super::cover::cover_normal;
use super::normal::normal;
use super::rows::Scope;
use super::split::disjoint;
use super::*;

const AMPLE: Budget = Budget { cubes: 100_000 };

fn config() -> ProptestConfig {
    let default = ProptestConfig::default();
    let cases = if std::env::var_os("PROPTEST_CASES").is_some() { default.cases } else { 64 };
    ProptestConfig { cases, failure_persistence: None, ..default }
}

fn not(formula: &Formula) -> Formula {
    Formula::Not(Box::new(formula.clone()))
}

fn is_antichain(cubes: &[Cube]) -> bool {
    cubes.iter().enumerate().all(|(at, a)| cubes.iter().skip(at + 1).all(|b| !a.contains(b) && !b.contains(a)))
}

fn covers(cubes: &[Cube], situation: &[u32]) -> bool {
    cubes.iter().any(|cube| is_in(cube, situation))
}

/// What the verdict means, by looking at every situation.
fn defined(case: &Case, evidence: &[Values]) -> Verdict {
    let assumed = case.assumed();
    let inside = situations(&case.sizes).into_iter().filter(|s| is_within(evidence, s) && assumed.eval(s));
    let (holds, fails): (Vec<_>, Vec<_>) = inside.partition(|situation| case.condition.eval(situation));
    match (holds.is_empty(), fails.is_empty()) {
        (true, true) => Verdict::Contradictory,
        (false, true) => Verdict::Certain,
        (true, false) => Verdict::Excluded,
        (false, false) => Verdict::Possible,
    }
}

/// The rows as chosen, and with each representation forced on each side.
fn all_rows(case: &Case) -> Vec<Rows> {
    let space = case.space();
    let assumptions = Assumptions::new(&space, case.assumptions.clone());
    let (holds, fails) = (normal(&case.condition, true), normal(&case.condition, false));
    let scope = Scope::of(&space, &assumptions, &holds, AMPLE);
    let holds = cover_normal(&space, &holds, AMPLE).unwrap();
    let fails = cover_normal(&space, &fails, AMPLE).unwrap();
    let inside = Rows {
        certain: Side::Rows(scope.rows(holds.clone(), AMPLE).unwrap()),
        excluded: Side::Rows(scope.rows(fails.clone(), AMPLE).unwrap()),
    };
    let clear = Rows {
        certain: Side::ClearOf(scope.clear_of(&fails, AMPLE).unwrap()),
        excluded: Side::ClearOf(scope.clear_of(&holds, AMPLE).unwrap()),
    };
    vec![rows(&space, &assumptions, &case.condition, AMPLE).unwrap(), inside, clear]
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn a_cover_is_the_formula(case in case(sizes())) {
        let cubes = cover(&case.space(), &case.condition, AMPLE).unwrap();
        prop_assert!(is_antichain(&cubes));
        prop_assert!(cubes.is_sorted());
        for situation in situations(&case.sizes) {
            prop_assert_eq!(covers(&cubes, &situation), case.condition.eval(&situation), "{:?} at {:?}", cubes, situation);
        }
    }

    #[test]
    fn a_split_is_the_formula_in_parts_that_do_not_touch(case in case(sizes())) {
        let parts = disjoint(&case.space(), &normal(&case.condition, true), AMPLE, usize::MAX).unwrap();
        let fewer = joined(parts.clone());
        prop_assert_eq!(&fewer, &merged(parts.clone()));
        for situation in situations(&case.sizes) {
            let expected = case.condition.eval(&situation);
            prop_assert_eq!(parts.iter().filter(|cube| is_in(cube, &situation)).count(), usize::from(expected));
            prop_assert_eq!(covers(&fewer, &situation), expected, "{:?} at {:?}", fewer, situation);
        }
    }

    #[test]
    fn search_and_count_agree_with_enumeration(case in case(sizes())) {
        let space = case.space();
        let formula = Formula::And(vec![case.assumed(), case.condition.clone()]);
        let satisfying: Vec<_> = situations(&case.sizes).into_iter().filter(|situation| formula.eval(situation)).collect();
        prop_assert_eq!(is_satisfiable(&space, &formula, AMPLE), Ok(!satisfying.is_empty()));
        prop_assert_eq!(witness(&space, &formula, AMPLE), Ok(satisfying.first().cloned()));
        let all: Vec<Var> = space.vars().collect();
        prop_assert_eq!(count(&space, &formula, &all, AMPLE), Ok(satisfying.len() as u128));
        let support = formula.support();
        let others: usize = all.iter().filter(|var| !support.contains(var)).map(|var| space.size(*var) as usize).product();
        prop_assert_eq!(count(&space, &formula, &[], AMPLE), Ok((satisfying.len() / others) as u128));
    }

    #[test]
    fn primes_are_the_maximal_boxes(case in case(few_sizes())) {
        prop_assert_eq!(primes(&case.space(), &case.condition, AMPLE).unwrap(), brute::primes(&case.sizes, &case.condition));
    }

    #[test]
    fn contradiction_is_the_primes_of_the_negated_assumptions(case in case(few_sizes())) {
        let assumptions = Assumptions::new(&case.space(), case.assumptions.clone());
        let expected = brute::primes(&case.sizes, &not(&case.assumed()));
        prop_assert_eq!(assumptions.are_vacuous(AMPLE), Ok(expected.contains(&Cube::whole())));
        prop_assert_eq!(assumptions.contradiction(AMPLE).unwrap(), expected);
    }

    #[test]
    fn rows_are_the_primes_that_meet_the_assumptions(case in case(few_sizes())) {
        let touched = case.touched();
        let possible: Vec<_> = situations(&case.sizes).into_iter().filter(|situation| touched.eval(situation)).collect();
        let [_, inside, _] = all_rows(&case).try_into().unwrap();
        for (side, condition) in [(inside.certain, case.condition.clone()), (inside.excluded, not(&case.condition))] {
            let mut expected = brute::primes(&case.sizes, &Formula::Or(vec![condition, not(&touched)]));
            expected.retain(|cube| possible.iter().any(|situation| is_in(cube, situation)));
            prop_assert_eq!(side, Side::Rows(expected));
        }
    }

    #[test]
    fn every_representation_judges_as_defined(case in case(sizes())) {
        let space = case.space();
        let contradiction = Assumptions::new(&space, case.assumptions.clone()).contradiction(AMPLE).unwrap();
        let rows = all_rows(&case);
        for evidence in &case.evidence {
            let expected = defined(&case, evidence);
            for rows in &rows {
                prop_assert_eq!(judge(&space, &contradiction, rows, evidence), expected, "{:?} by {:?}", evidence, rows);
            }
        }
    }

    #[test]
    fn contradiction_by_component_means_the_same(case in case(sizes())) {
        let space = case.space();
        let sides = Assumptions::new(&space, case.assumptions.clone()).contradiction_sides(AMPLE).unwrap();
        for evidence in &case.evidence {
            let contradicts = sides.iter().any(|side| side.holds(evidence));
            prop_assert_eq!(contradicts, defined(&case, evidence) == Verdict::Contradictory, "{:?} by {:?}", evidence, sides);
        }
    }

    #[test]
    fn a_small_budget_is_kept_and_changes_no_meaning(case in case(sizes()), cubes in 0usize..6) {
        let (space, budget) = (case.space(), Budget { cubes });
        let all = situations(&case.sizes);
        if let Ok(found) = cover(&space, &case.condition, budget) {
            prop_assert!(found.len() <= cubes);
            prop_assert!(all.iter().all(|situation| covers(&found, situation) == case.condition.eval(situation)));
        }
        if let Ok(found) = primes(&space, &case.condition, budget) {
            prop_assert!(found.len() <= cubes);
            prop_assert_eq!(found, primes(&space, &case.condition, AMPLE).unwrap());
        }
        let least = all.iter().find(|situation| case.condition.eval(situation));
        let found = witness(&space, &case.condition, budget);
        prop_assert!(found.as_ref().is_err() || found == Ok(least.cloned()));
        let assumptions = Assumptions::new(&space, case.assumptions.clone());
        let contradiction = assumptions.contradiction(AMPLE).unwrap();
        if let Ok(rows) = rows(&space, &assumptions, &case.condition, budget) {
            for evidence in &case.evidence {
                prop_assert_eq!(judge(&space, &contradiction, &rows, evidence), defined(&case, evidence));
            }
        }
    }
}
