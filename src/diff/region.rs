//! A set of situations as boxes that can be said: how many, how large, and one situation inside. Refuses to know what
//! happens in them.

use std::collections::BTreeSet;

use super::world::Field;
use crate::logic::{Budget, Cube, Exploded, Formula, Values, Var, count, minimal_cover, prime_around, uncovered};

/// What one search may cost.
pub const SEARCH: Budget = Budget { cubes: 8192 };
/// What counting may cost.
const COUNTING: Budget = Budget { cubes: 4096 };
/// More boxes than anybody reads; the region has others then.
const MOST_BOXES: usize = 64;
/// Beyond this a number of situations says nothing.
const MOST_SITUATIONS: u128 = 1_000_000_000_000;

/// Where something is so, under what is assumed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Region {
    /// In joint variables. No box can be made larger or left out; each is to be read under the assumptions, that is, what
    /// they exclude may lie in a box.
    pub boxes: Vec<Cube>,
    /// False when there are more boxes than are listed.
    pub is_complete: bool,
    pub count: Option<Count>,
}

/// So many situations, of so many.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Count {
    pub of: u128,
    pub all: u128,
}

/// The region where `wanted`, a formula in local variables, holds under the field's assumptions, with the lowest situation
/// in it; `None` where there is none.
///
/// # Errors
/// When it could not be seen whether there is one.
pub fn region(field: &Field, wanted: &Formula) -> Result<Option<(Region, Vec<u32>)>, Exploded> {
    let Some(first) = without(field, wanted, &[])? else { return Ok(None) };
    let (boxes, is_complete) = match boxes(field, wanted, &first) {
        Ok(found) => found,
        Err(Exploded) => (vec![point(field, &first)], false),
    };
    let count = is_complete.then(|| counted(field, wanted)).flatten();
    let boxes: Vec<Cube> = boxes.iter().map(|cube| joint(field, cube)).collect();
    Ok(Some((Region { boxes, is_complete, count }, first)))
}

/// A largest box around a situation inside a formula that holds there.
///
/// # Errors
/// When it takes too many steps to see whether a box is inside.
pub fn widen(field: &Field, situation: &[u32], formula: &Formula) -> Result<Cube, Exploded> {
    prime_around(&field.space, std::slice::from_ref(&field.assumed), formula, situation, SEARCH)
}

/// The box of one situation.
fn point(field: &Field, situation: &[u32]) -> Cube {
    let literals = field.space.vars().zip(situation);
    let literals = literals.map(|(var, value)| (var, Values::of(field.space.size(var), [*value])));
    Cube::new(literals).unwrap_or_default()
}

/// A situation of the region that is in none of the boxes.
fn without(field: &Field, wanted: &Formula, boxes: &[Cube]) -> Result<Option<Vec<u32>>, Exploded> {
    let boxes: Vec<Formula> = boxes.iter().map(Formula::from).collect();
    uncovered(&field.space, std::slice::from_ref(&field.assumed), wanted, &boxes, SEARCH)
}

/// Prime boxes around one situation after another, until none is left; then those go that the others make needless.
fn boxes(field: &Field, wanted: &Formula, first: &[u32]) -> Result<(Vec<Cube>, bool), Exploded> {
    let mut found = vec![widen(field, first, wanted)?];
    while let Some(next) = without(field, wanted, &found)? {
        if found.len() == MOST_BOXES {
            return Ok((found, false));
        }
        found.push(widen(field, &next, wanted)?);
    }
    let covers: Vec<Formula> = found.iter().map(Formula::from).collect();
    let kept = minimal_cover(&field.space, std::slice::from_ref(&field.assumed), wanted, &covers, SEARCH)?;
    let mut boxes: Vec<Cube> = match kept {
        Some(kept) => kept.into_iter().filter_map(|at| found.get(at).cloned()).collect(),
        None => found,
    };
    boxes.sort();
    Ok((boxes, true))
}

fn joint(field: &Field, cube: &Cube) -> Cube {
    Cube::new(cube.literals().iter().map(|(var, values)| field.joint(*var, values))).unwrap_or_default()
}

/// Over all variables of the field, or, when these are too many, over those that the formula mentions and what is assumed
/// of them.
fn counted(field: &Field, wanted: &Formula) -> Option<Count> {
    let inside = Formula::And(vec![field.assumed.clone(), wanted.clone()]);
    let vars: Vec<Var> = field.space.vars().collect();
    let whole = field.size() <= MOST_SITUATIONS;
    let (of, all) = match whole {
        true => (number(field, &inside, &vars)?, number(field, &field.assumed, &vars)?),
        false => {
            let narrow = narrowed(field, wanted);
            let support: Vec<Var> =
                narrow.support().into_iter().chain(wanted.support()).collect::<BTreeSet<Var>>().into_iter().collect();
            let inside = Formula::And(vec![narrow.clone(), wanted.clone()]);
            (number(field, &inside, &support)?, number(field, &narrow, &support)?)
        }
    };
    (all <= MOST_SITUATIONS).then_some(Count { of, all })
}

/// What is assumed of the variables that the formula mentions.
fn narrowed(field: &Field, wanted: &Formula) -> Formula {
    let Formula::And(conjuncts) = &field.assumed else { return field.assumed.clone() };
    let mut vars = wanted.support();
    let mut taken = vec![false; conjuncts.len()];
    loop {
        let near: Vec<usize> =
            (0..conjuncts.len()).filter(|at| !taken[*at] && !conjuncts[*at].support().is_disjoint(&vars)).collect();
        if near.is_empty() {
            let chosen = conjuncts.iter().zip(&taken).filter(|(_, taken)| **taken).map(|(it, _)| it.clone());
            return Formula::And(chosen.collect());
        }
        for at in near {
            taken[at] = true;
            vars.extend(conjuncts[at].support());
        }
    }
}

fn number(field: &Field, formula: &Formula, vars: &[Var]) -> Option<u128> {
    count(&field.space, formula, vars, COUNTING).ok()
}
