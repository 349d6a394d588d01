//! A set of situations as boxes that can be said: how many, how large, and one situation inside. Refuses to know what
//! happens in them.

use std::collections::BTreeSet;

use super::world::Field;
use crate::logic::{Budget, Cube, Exploded, Formula, Values, Var, count, is_satisfiable, witness};

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
/// in its first box; `None` where there is none.
///
/// # Errors
/// When it could not be seen whether there is one.
pub fn region(field: &Field, wanted: &Formula) -> Result<Option<(Region, Vec<u32>)>, Exploded> {
    let inside = Formula::And(vec![field.assumed.clone(), wanted.clone()]);
    let outside = Formula::And(vec![field.assumed.clone(), Formula::Not(Box::new(wanted.clone()))]);
    let Some(first) = witness(&field.space, &inside, SEARCH)? else { return Ok(None) };
    let (boxes, is_complete) = match boxes(field, &inside, &outside, &first) {
        Ok(found) => found,
        Err(Exploded) => (vec![point(field, &first)], false),
    };
    let count = is_complete.then(|| counted(field, &inside, wanted)).flatten();
    let boxes: Vec<Cube> = boxes.iter().map(|cube| joint(field, cube)).collect();
    Ok(Some((Region { boxes, is_complete, count }, first)))
}

/// The largest box around a situation that keeps clear of `outside`: as many variables as can be are freed, later ones
/// first; then values are added to what is left.
///
/// # Errors
/// When it takes too many steps to see whether a box keeps clear.
pub fn widen(field: &Field, situation: &[u32], outside: &Formula) -> Result<Cube, Exploded> {
    let is_clear = |cube: &Cube| {
        let both = Formula::And(vec![Formula::from(cube), outside.clone()]);
        is_satisfiable(&field.space, &both, SEARCH).map(|touches| !touches)
    };
    let mut cube = point(field, situation);
    for (var, _) in cube.literals().to_vec().into_iter().rev() {
        let freed = with(&cube, var, Values::all(field.space.size(var)));
        if is_clear(&freed)? {
            cube = freed;
        }
    }
    for (var, start) in cube.literals().to_vec() {
        let (size, mut values) = (field.space.size(var), start.clone());
        for value in (0..size).filter(|value| !start.contains(*value)) {
            let wider = values.union(&Values::of(size, [value]));
            let widened = with(&cube, var, wider.clone());
            if is_clear(&widened)? {
                (cube, values) = (widened, wider);
            }
        }
    }
    Ok(cube)
}

/// The box of one situation.
fn point(field: &Field, situation: &[u32]) -> Cube {
    let literals = field.space.vars().zip(situation);
    let literals = literals.map(|(var, value)| (var, Values::of(field.space.size(var), [*value])));
    Cube::new(literals).unwrap_or_default()
}

fn with(cube: &Cube, var: Var, values: Values) -> Cube {
    let others = cube.literals().iter().filter(|(theirs, _)| *theirs != var).cloned();
    Cube::new(others.chain([(var, values)])).unwrap_or_default()
}

/// Prime boxes around one situation after another, until none is left; then those go that the others make needless.
fn boxes(field: &Field, inside: &Formula, outside: &Formula, first: &[u32]) -> Result<(Vec<Cube>, bool), Exploded> {
    let mut found = vec![widen(field, first, outside)?];
    while let Some(next) = witness(&field.space, &without(inside, &found), SEARCH)? {
        if found.len() == MOST_BOXES {
            return Ok((found, false));
        }
        found.push(widen(field, &next, outside)?);
    }
    Ok((irredundant(field, inside, found)?, true))
}

fn without<'a>(formula: &Formula, cubes: impl IntoIterator<Item = &'a Cube>) -> Formula {
    let outside = cubes.into_iter().map(|cube| Formula::Not(Box::new(Formula::from(cube))));
    Formula::And([formula.clone()].into_iter().chain(outside).collect())
}

/// The narrowest are tried first.
fn irredundant(field: &Field, inside: &Formula, mut boxes: Vec<Cube>) -> Result<Vec<Cube>, Exploded> {
    boxes.sort_by_key(|cube| cube.literals().len());
    let mut at = boxes.len();
    while at > 0 {
        at -= 1;
        let others = boxes.iter().enumerate().filter(|(other, _)| *other != at).map(|(_, cube)| cube);
        let alone = Formula::And(vec![Formula::from(&boxes[at]), without(inside, others)]);
        if boxes.len() > 1 && !is_satisfiable(&field.space, &alone, SEARCH)? {
            boxes.remove(at);
        }
    }
    boxes.sort();
    Ok(boxes)
}

fn joint(field: &Field, cube: &Cube) -> Cube {
    Cube::new(cube.literals().iter().map(|(var, values)| field.joint(*var, values))).unwrap_or_default()
}

/// Over all variables of the field, or, when these are too many, over those that the formula mentions and what is assumed
/// of them.
fn counted(field: &Field, inside: &Formula, wanted: &Formula) -> Option<Count> {
    let vars: Vec<Var> = field.space.vars().collect();
    let whole = field.size() <= MOST_SITUATIONS;
    let (of, all) = match whole {
        true => (number(field, inside, &vars)?, number(field, &field.assumed, &vars)?),
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
