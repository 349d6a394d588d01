//! What an analysis asks of the logic, with the budgets that it has. Refuses to know what is asked for.

use std::collections::BTreeSet;

use super::problem::Problem;
use crate::logic::{Budget, Cube, Exploded, Formula, Var, count, minimal_cover, prime_around, uncovered};

/// What one question may cost.
const BUDGET: Budget = Budget { cubes: 1 << 14 };

/// What counting may cost, which no finding depends on.
const COUNTING: Budget = Budget { cubes: 1 << 10 };

/// More situations than this say nothing to a writer.
const COUNTABLE: u128 = 1_000_000_000_000;

/// How many situations, out of how many.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Size {
    pub region: u128,
    pub all: u128,
}

/// A situation inside `within` and outside all of `outside`; `None` proves that there is none.
pub(super) fn find_situation(
    problem: &Problem,
    within: &Formula,
    outside: &[Formula],
) -> Result<Option<Vec<u32>>, Exploded> {
    uncovered(&problem.space, &problem.assumptions, within, outside, BUDGET)
}

/// The indices of some of `outside` that together hold everywhere inside `within`, none of which can be left out.
pub(super) fn smallest_cover(problem: &Problem, within: &Formula, outside: &[Formula]) -> Result<Vec<usize>, Exploded> {
    if outside.is_empty() {
        return Ok(Vec::new());
    }
    minimal_cover(&problem.space, &problem.assumptions, within, outside, BUDGET)?.ok_or(Exploded)
}

/// The facts that matter: a largest box around the situation inside the formula. When it takes too long, the situation itself.
pub(super) fn box_around(problem: &Problem, formula: &Formula, situation: &[u32]) -> Cube {
    prime_around(&problem.space, &problem.assumptions, formula, situation, BUDGET)
        .unwrap_or_else(|Exploded| whole(problem, situation))
}

fn whole(problem: &Problem, situation: &[u32]) -> Cube {
    let literal = |(var, value): (Var, &u32)| (var, crate::logic::Values::of(problem.space.size(var), [*value]));
    Cube::new(problem.space.vars().zip(situation).map(literal)).unwrap_or_default()
}

/// The situations of a formula, counted over the facts that the symptom's conditions and the formula mention; if these are too
/// many, over those of the formula alone.
pub(super) fn size_of(problem: &Problem, formula: &Formula) -> Option<Size> {
    let all = conditions(problem).flat_map(Formula::support).collect();
    size_over(problem, formula, all).or_else(|| size_over(problem, formula, BTreeSet::new()))
}

/// The conditions of the symptom's entries and of their actions.
fn conditions(problem: &Problem) -> impl Iterator<Item = &Formula> {
    problem.entries.iter().take(problem.listed).flat_map(|entry| {
        [&entry.own, &entry.contact].into_iter().chain(entry.actions.iter().map(|action| &action.guard))
    })
}

fn size_over(problem: &Problem, formula: &Formula, mut vars: BTreeSet<Var>) -> Option<Size> {
    vars.extend(formula.support());
    let assumed = connected(problem, &mut vars);
    let vars: Vec<Var> = vars.into_iter().collect();
    let assumed = Formula::And(assumed);
    let all = count(&problem.space, &assumed, &vars, COUNTING).ok().filter(|all| *all <= COUNTABLE)?;
    let region = count(&problem.space, &Formula::And(vec![formula.clone(), assumed]), &vars, COUNTING).ok()?;
    Some(Size { region, all })
}

/// The assumptions connected with some variables, which they are added to.
fn connected(problem: &Problem, vars: &mut BTreeSet<Var>) -> Vec<Formula> {
    let mut open: Vec<(&Formula, BTreeSet<Var>)> = problem.assumptions.iter().map(|it| (it, it.support())).collect();
    let mut found = Vec::new();
    loop {
        let (near, far): (Vec<_>, Vec<_>) = open.into_iter().partition(|(_, support)| !support.is_disjoint(vars));
        if near.is_empty() {
            return found;
        }
        for (formula, support) in near {
            vars.extend(support);
            found.push(formula.clone());
        }
        open = far;
    }
}
