//! Searches, boxes, numbers and clashes under assumptions, against every situation there is.

use proptest::prelude::*;

use super::brute::{self, Case, case, few_sizes, is_in, situations, sizes};
use super::{AMPLE, config, not};
use crate::logic::{Clash, Formula, Situations};

fn of(case: &Case) -> Option<Situations> {
    Situations::new(&case.space(), &case.assumptions, AMPLE).unwrap()
}

fn satisfying(case: &Case) -> Vec<Vec<u32>> {
    let assumed = case.assumed();
    situations(&case.sizes).into_iter().filter(|it| assumed.eval(it)).collect()
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn a_situation_is_found_where_there_is_one(case in case(sizes())) {
        let all = satisfying(&case);
        let Some(found) = of(&case) else {
            prop_assert!(all.is_empty());
            return Ok(());
        };
        prop_assert!(all.contains(&found.some().to_vec()));
        match found.find(&case.condition).unwrap() {
            Some(situation) => prop_assert!(all.contains(&situation) && case.condition.eval(&situation)),
            None => prop_assert!(!all.iter().any(|it| case.condition.eval(it))),
        }
    }

    #[test]
    fn what_is_not_covered_is_found(case in case(sizes())) {
        let Some(found) = of(&case) else { return Ok(()) };
        let (within, covers) = match &case.condition {
            Formula::And(parts) | Formula::Or(parts) => (Formula::Const(true), parts.clone()),
            other => (other.clone(), case.assumptions.clone()),
        };
        let is_left = |it: &[u32]| within.eval(it) && !covers.iter().any(|cover| cover.eval(it));
        let is_covered = !satisfying(&case).iter().any(|it| is_left(it));
        match found.uncovered(&within, &covers).unwrap() {
            Some(situation) => prop_assert!(case.assumed().eval(&situation) && is_left(&situation)),
            None => prop_assert!(is_covered),
        }
        prop_assert_eq!(found.is_covered(&within, &covers.iter().collect::<Vec<_>>()).unwrap(), is_covered);
    }

    #[test]
    fn a_box_around_a_situation_is_inside_and_in_no_larger_one(case in case(sizes())) {
        let Some(found) = of(&case) else { return Ok(()) };
        let Some(start) = found.find(&case.condition).unwrap() else { return Ok(()) };
        let cube = found.around(&case.condition, &start).unwrap();
        let all = satisfying(&case);
        let inside = |cube: &crate::logic::Cube| all.iter().filter(|it| is_in(cube, it)).all(|it| case.condition.eval(it));
        prop_assert!(is_in(&cube, &start) && inside(&cube));
        let trimmed = found.trimmed(&cube).unwrap();
        for (var, values) in trimmed.literals() {
            let has = |value: u32| all.iter().any(|it| is_in(&cube, it) && it[var.index()] == value);
            prop_assert!(values.iter().all(has));
            prop_assert!(cube.get(*var).unwrap().iter().all(|value| values.contains(value) || !has(value)));
        }
        for (var, values) in cube.literals() {
            for value in values.complement().iter() {
                let more = values.union(&crate::logic::Values::of(values.size(), [value]));
                let others = cube.literals().iter().filter(|(other, _)| other != var).cloned();
                let wider = crate::logic::Cube::new(others.chain([(*var, more)])).unwrap();
                prop_assert!(!inside(&wider), "{:?} could be {:?}", cube, wider);
            }
        }
    }

    #[test]
    fn numbers_are_those_of_situations(case in case(sizes())) {
        let Some(found) = of(&case) else { return Ok(()) };
        let (some, all) = found.count(&case.condition, &Formula::Const(true)).unwrap();
        let every = satisfying(&case);
        let holds = every.iter().filter(|it| case.condition.eval(it)).count() as u128;
        // Variables that nothing connects multiply both numbers.
        prop_assert_eq!(some * every.len() as u128, holds * all);
    }

    #[test]
    fn a_variable_matters_when_a_row_constrains_it(case in case(few_sizes())) {
        let Some(found) = of(&case) else { return Ok(()) };
        let all = satisfying(&case);
        let mut constrained = std::collections::BTreeSet::new();
        for condition in [case.condition.clone(), not(&case.condition)] {
            let rows = brute::primes(&case.sizes, &Formula::Or(vec![condition, not(&case.assumed())]));
            let rows = rows.iter().filter(|row| all.iter().any(|it| is_in(row, it)));
            constrained.extend(rows.flat_map(|row| row.literals().iter().map(|(var, _)| *var)));
        }
        for var in case.space().vars() {
            let is_constrained = constrained.contains(&var);
            prop_assert_eq!(found.is_constrained(&case.condition, var, AMPLE).unwrap(), is_constrained);
            let depends = found.depends(&case.condition, var).unwrap();
            prop_assert!(!depends || is_constrained);
            prop_assert!(!found.is_told_by(&case.condition, var).unwrap() || is_constrained);
            prop_assert!(!found.is_seen_to_tell(&case.condition, var).unwrap() || is_constrained);
            if !case.assumed().support().contains(&var) {
                prop_assert_eq!(depends, is_constrained, "nothing else tells of it");
            }
        }
    }

    #[test]
    fn a_clash_holds_nowhere_and_needs_each_of_its_statements(case in case(sizes()), more in case(sizes())) {
        let Some(found) = of(&case) else { return Ok(()) };
        let space = case.space();
        let mut statements = vec![case.condition.clone(), Formula::Not(Box::new(case.condition.clone()))];
        let fits = |formula: &Formula| {
            let mut fits = true;
            formula.for_each_atom(&mut |var, values| fits &= values.size() == space.size(var) && var.index() < case.sizes.len());
            fits
        };
        statements.extend(more.assumptions.iter().filter(|it| fits(it)).cloned());
        statements.truncate(4);
        statements.rotate_left(1);
        let Clash { statements: own, assumed } =
            found.clash(&statements).unwrap().expect("a condition clashes with its negation");
        let core: Vec<&Formula> = own.iter().map(|it| &statements[*it]).chain(assumed.iter().map(|it| &case.assumptions[*it])).collect();
        let possible = |core: &[&Formula]| situations(&case.sizes).iter().any(|it| core.iter().all(|formula| formula.eval(it)));
        prop_assert!(!possible(&core));
        for skipped in 0..core.len() {
            let rest: Vec<&Formula> = core.iter().enumerate().filter(|(at, _)| *at != skipped).map(|(_, it)| *it).collect();
            prop_assert!(possible(&rest));
        }
    }
}
