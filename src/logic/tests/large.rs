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

#[test]
#[ignore]
fn bench() {
    let t = |what: &str, f: &mut dyn FnMut() -> usize| {
        let t = std::time::Instant::now();
        let n = f();
        eprintln!("{what}: {n} in {:?}", t.elapsed());
    };
    let space = Space::new(vec![4; 200]);
    let mut seed = 1u64;
    let mut next = move |n: u32| {
        seed = seed.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        ((seed >> 33) % u64::from(n)) as u32
    };
    let conds: Vec<Formula> = (0..10_000)
        .map(|_| {
            let n = 2 + next(4);
            Formula::And(
                (0..n)
                    .map(|_| {
                        let f = is(&space, next(200), next(4));
                        if next(3) == 0 { not(&f) } else { f }
                    })
                    .collect(),
            )
        })
        .collect();
    let none = Assumptions::new(&space, vec![]);
    let wt = |s: &Side| match s {
        Side::Rows(r) | Side::ClearOf(r) => r.len(),
    };
    t("plain", &mut || {
        conds
            .iter()
            .map(|c| {
                let r = rows(&space, &none, c, BUDGET).unwrap();
                wt(&r.certain) + wt(&r.excluded)
            })
            .sum()
    });
    // overridden by two others
    let over: Vec<Formula> = (0..10_000)
        .map(|i| {
            both(conds[i].clone(), Formula::And(vec![not(&conds[(i + 1) % 10_000]), not(&conds[(i + 7) % 10_000])]))
        })
        .collect();
    t("overridden", &mut || {
        over.iter()
            .map(|c| {
                let r = rows(&space, &none, c, BUDGET).unwrap();
                wt(&r.certain) + wt(&r.excluded)
            })
            .sum()
    });
    // small components: every 5 facts, 2 assumptions
    let some: Vec<Formula> = (0..40)
        .flat_map(|g| {
            [
                only_when(&space, g * 5, is(&space, g * 5 + 1, 0)),
                Formula::Or(vec![not(&is(&space, g * 5 + 2, 1)), is(&space, g * 5 + 1, 2)]),
            ]
        })
        .collect();
    let some = Assumptions::new(&space, some);
    t("components", &mut || {
        conds
            .iter()
            .map(|c| {
                let r = rows(&space, &some, c, BUDGET).unwrap();
                wt(&r.certain) + wt(&r.excluded)
            })
            .sum()
    });
    // one fact on which 30 others hang
    let hang: Vec<Formula> = (1..31).map(|v| only_when(&space, v, is(&space, 0, 0))).collect();
    let hang = Assumptions::new(&space, hang);
    t("hang contradiction", &mut || hang.contradiction(BUDGET).unwrap().len());
    t("hang", &mut || {
        conds
            .iter()
            .map(|c| {
                let r = rows(&space, &hang, c, BUDGET).unwrap();
                wt(&r.certain) + wt(&r.excluded)
            })
            .sum()
    });
    let all: Vec<Formula> = conds.iter().map(|c| both(c.clone(), is(&space, 0, 0))).collect();
    t("hang on the hook", &mut || {
        all.iter()
            .map(|c| {
                let r = rows(&space, &hang, c, BUDGET).unwrap();
                wt(&r.certain) + wt(&r.excluded)
            })
            .sum()
    });
    let entries = Formula::Or(conds[..1000].to_vec());
    for cubes in [2000, 10_000] {
        t(&format!("fallback primes {cubes}"), &mut || {
            primes(&space, &not(&entries), Budget { cubes }).is_ok() as usize
        });
        t(&format!("fallback rows {cubes}"), &mut || {
            rows(&space, &none, &not(&entries), Budget { cubes }).is_ok() as usize
        });
    }
    let nd = crate::logic::normal::normal(&entries, false);
    t("product", &mut || crate::logic::cover::multiplied_out(&nd, BUDGET).is_ok() as usize);
    t("disjoint", &mut || crate::logic::split::disjoint(&space, &nd, BUDGET).is_ok() as usize);
    t("primes", &mut || primes(&space, &entries, BUDGET).is_ok() as usize);
    t("gap witness", &mut || witness(&space, &not(&entries), BUDGET).unwrap().is_some() as usize);
    for n in [10, 20, 50, 100, 200] {
        let entries = Formula::Or(conds[..n].to_vec());
        t(&format!("fallback of {n}"), &mut || {
            let r = rows(&space, &none, &not(&entries), BUDGET);
            r.map_or(0, |r| wt(&r.certain) + wt(&r.excluded))
        });
    }
    // a decision-tree-like symptom: entries split on few facts
    let small = Space::new(vec![4; 8]);
    let tree: Vec<Formula> = (0..1000)
        .map(|_| Formula::And((0..8).filter_map(|v| (next(2) == 0).then(|| is(&small, v, next(4)))).collect()))
        .collect();
    let none8 = Assumptions::new(&small, vec![]);
    t("fallback of 1000 over 8 facts", &mut || {
        let r = rows(&small, &none8, &not(&Formula::Or(tree[..300].to_vec())), BUDGET);
        r.map_or(0, |r| wt(&r.certain) + wt(&r.excluded))
    });
    let wide = Space::new(vec![400, 1000, 4]);
    let versions: Vec<Formula> = (0..1000)
        .map(|i| Formula::And(vec![Formula::In(Var(0), Values::of(400, (i % 300)..(i % 300 + 40))), is(&wide, 1, i)]))
        .collect();
    let none3 = Assumptions::new(&wide, vec![]);
    t("wide", &mut || {
        versions
            .iter()
            .map(|c| {
                let r = rows(&wide, &none3, c, BUDGET).unwrap();
                wt(&r.certain) + wt(&r.excluded)
            })
            .sum()
    });
    t("wide fallback", &mut || {
        let r = rows(&wide, &none3, &not(&Formula::Or(versions.clone())), BUDGET);
        r.map_or(0, |r| wt(&r.certain) + wt(&r.excluded))
    });
}
