//! What is found of random small problems against the definitions, by looking at every situation. `FAQC_CASES` says how many.

mod define;
mod random;

use super::findings::solve;
use super::problem::Problem;
use super::search::Size;
use super::{dead, gap, overlap};
use crate::logic::Cube;
use define::Definition;

/// `FAQC_CASES=100000` tries more.
const CASES: u64 = 400;

/// What came up, so that the test is known to have tested something.
#[derive(Debug, Default)]
struct Seen {
    gaps: usize,
    overlaps: usize,
    dead_entries: usize,
    dead_actions: usize,
    suppressed: usize,
    mends: usize,
}

#[test]
fn what_is_found_is_what_the_definitions_say() {
    let cases = std::env::var("FAQC_CASES").ok().and_then(|it| it.parse().ok()).unwrap_or(CASES);
    let mut seen = Seen::default();
    for seed in 1..=cases {
        let problem = random::problem(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15));
        let definition = Definition::new(&problem);
        if definition.situations.is_empty() {
            continue;
        }
        let findings = solve(&problem);
        let case = format!("seed {seed}: {problem:#?}\n{findings:#?}");
        check_gap(&findings.gap, &definition, &case, &mut seen);
        check_overlap(&findings.overlap, &definition, &case, &mut seen);
        check_dead(&findings.dead, &definition, &case, &mut seen);
    }
    let Seen { gaps, overlaps, dead_entries, dead_actions, suppressed, mends } = seen;
    assert!([gaps, overlaps, dead_entries, dead_actions, suppressed, mends].iter().all(|it| *it > 5), "{seen:?}");
}

fn check_gap(found: &gap::Found, definition: &Definition<'_>, case: &str, seen: &mut Seen) {
    let gaps: Vec<&Vec<u32>> = definition.situations.iter().filter(|it| definition.is_gap(it)).collect();
    assert!(!found.is_undecided, "{case}");
    assert_eq!(found.regions.is_empty(), gaps.is_empty(), "{case}");
    let is_in_one = |situation: &[u32]| found.regions.iter().any(|region| is_in(&region.facts, situation));
    for situation in &definition.situations {
        assert!(definition.is_gap(situation) || !is_in_one(situation), "{situation:?} is no gap, {case}");
        assert!(
            !definition.is_gap(situation) || found.has_more || is_in_one(situation),
            "{situation:?} is missed, {case}"
        );
    }
    let Some(first) = found.regions.first() else { return };
    seen.gaps += 1;
    assert!(
        found.regions.iter().all(|it| definition.is_gap(&it.situation) && is_in(&it.facts, &it.situation)),
        "{case}"
    );
    check_size(found.size, gaps.len(), definition, case);
    let shown: Vec<usize> =
        (0..definition.problem.listed).filter(|index| definition.is_shown(*index, &first.situation)).collect();
    assert_eq!(found.shown, shown, "{case}");
    if let Some(index) = found.shown_throughout {
        assert!(gaps.iter().all(|it| definition.is_shown(index, it)), "{case}");
    }
    let fallback = definition.problem.entries.iter().take(definition.problem.listed).any(|entry| entry.fallback);
    let is_alone = |situation: &Vec<u32>| (0..definition.problem.listed).all(|it| !definition.own(it, situation));
    assert_eq!(found.fallback_helps, !fallback && gaps.iter().all(|it| is_alone(it)), "{case}");
}

fn check_overlap(found: &overlap::Found, definition: &Definition<'_>, case: &str, seen: &mut Seen) {
    assert!(found.undecided.is_empty() && found.more == 0 && !found.is_open, "{case}");
    let listed = definition.problem.listed;
    let pairs = (0..listed).flat_map(|first| (first + 1..listed).map(move |second| (first, second)));
    for (first, second) in pairs {
        let is_there = |it: &Vec<u32>| definition.is_overlap(first, second, it);
        let there: Vec<&Vec<u32>> = definition.situations.iter().filter(|it| is_there(it)).collect();
        let pair = found.pairs.iter().find(|pair| (pair.first, pair.second) == (first, second));
        assert_eq!(pair.is_some(), !there.is_empty(), "{first} and {second}, {case}");
        let Some(pair) = pair else { continue };
        seen.overlaps += 1;
        assert!(is_there(&pair.situation) && is_in(&pair.facts, &pair.situation), "{case}");
        let inside = definition.situations.iter().filter(|it| is_in(&pair.facts, it));
        assert!(inside.into_iter().all(is_there), "{first} and {second}, {case}");
        check_size(pair.size, there.len(), definition, case);
        check_winner(pair, definition, case, seen);
    }
}

/// The loser is still shown somewhere.
fn check_winner(pair: &overlap::Pair, definition: &Definition<'_>, case: &str, seen: &mut Seen) {
    let (winner, loser) = match pair.winner {
        Some(overlap::Winner::First) => (pair.first, pair.second),
        Some(overlap::Winner::Second) => (pair.second, pair.first),
        None => return,
    };
    seen.mends += 1;
    let lives = |it: &Vec<u32>| definition.is_shown(loser, it) && !definition.own(winner, it);
    assert!(definition.situations.iter().any(lives), "{case}");
}

/// The share is right; how many facts it is counted over is another matter.
fn check_size(size: Option<Size>, region: usize, definition: &Definition<'_>, case: &str) {
    let Size { region: counted, all } = size.expect("small problems are counted");
    assert_eq!(counted * definition.situations.len() as u128, all * region as u128, "{case}");
}

fn check_dead(found: &dead::Found, definition: &Definition<'_>, case: &str, seen: &mut Seen) {
    assert!(found.undecided.is_empty(), "{case}");
    for index in 0..definition.problem.listed {
        let is_alive = definition.situations.iter().any(|it| definition.is_shown(index, it));
        let dead = found.entries.iter().find(|it| it.entry == index);
        assert_eq!(dead.is_none(), is_alive, "{index}, {case}");
        if let Some(dead) = dead {
            seen.dead_entries += 1;
            check_suppressors(dead, definition, case, seen);
        }
        for place in 0..definition.problem.entries[index].actions.len() {
            let guard = |it: &Vec<u32>| definition.problem.entries[index].actions[place].guard.eval(it);
            let is_offered = definition.situations.iter().any(|it| definition.is_shown(index, it) && guard(it));
            let dead = found.actions.iter().find(|it| (it.entry, it.action) == (index, Some(place)));
            assert_eq!(dead.is_some(), is_alive && !is_offered, "{index}, {place}, {case}");
            if let Some(dead) = dead {
                seen.dead_actions += 1;
                check_suppressors(dead, definition, case, seen);
            }
        }
    }
}

/// They suppress everywhere, and none can be left out.
fn check_suppressors(dead: &dead::Dead, definition: &Definition<'_>, case: &str, seen: &mut Seen) {
    let would = |it: &Vec<u32>| {
        let guards = dead.action.map(|place| &definition.problem.entries[dead.entry].actions[place].guard);
        definition.own(dead.entry, it) && guards.is_none_or(|guard| guard.eval(it))
    };
    let covers = |by: &[usize]| {
        let all = definition.situations.iter().filter(|it| would(it));
        all.into_iter().all(|it| by.iter().any(|other| definition.own(*other, it)))
    };
    assert!(covers(&dead.suppressed_by), "{case}");
    for left_out in &dead.suppressed_by {
        seen.suppressed += 1;
        let rest: Vec<usize> = dead.suppressed_by.iter().copied().filter(|it| it != left_out).collect();
        assert!(!covers(&rest), "{case}");
    }
}

fn is_in(cube: &Cube, situation: &[u32]) -> bool {
    cube.literals().iter().all(|(var, values)| values.contains(situation[var.index()]))
}

/// What is remembered is what would be found again, and what a run does not ask for is forgotten.
#[test]
fn a_memo_changes_nothing() {
    let mut memo = super::Memo::default();
    for round in 0..3u64 {
        let mut run = memo.run();
        for seed in round * 5..round * 5 + 20 {
            let problem: Problem = random::problem(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1);
            let solved = run.solve(problem.clone());
            assert_eq!(solved.problem, problem);
            assert_eq!(solved.findings, solve(&problem));
        }
        run.finish();
        assert!(memo.len() <= 20);
    }
}

/// Pigeons in one hole fewer than there are of them, an entry for each two in one hole: a case is left out only where an entry is
/// left out.
#[test]
fn what_no_split_shows_is_found() {
    for pigeons in [4, 8] {
        let all = random::pigeons(pigeons);
        assert_eq!(gap::find(&all), gap::Found::default());
        let mut without_one = all;
        without_one.entries.pop();
        without_one.listed -= 1;
        assert!(!gap::find(&without_one).regions.is_empty());
    }
}
