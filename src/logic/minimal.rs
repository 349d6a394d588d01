//! Smallest sets of conditions that do something together: cover, or contradict each other. It refuses to know what
//! the conditions are for.

use super::coverage::{Coverage, Covering, Group, Question};
use super::gap::inside;
use super::{Budget, Cube, Exploded, Formula, Space, Values, Var};

/// The indices, ascending, of some of `covers` that together cover `within` under the assumptions, none of which can
/// be left out; the narrowest are left out first. `None` when all of them leave a situation uncovered.
///
/// # Errors
/// When it takes too many steps to see whether some of them cover.
pub fn minimal_cover(
    space: &Space,
    assumptions: &[Formula],
    within: &Formula,
    covers: &[Formula],
    budget: Budget,
) -> Result<Option<Vec<usize>>, Exploded> {
    let mut coverage = Coverage::new(space);
    assumptions.iter().for_each(|assumed| coverage.demand(assumed, ALWAYS));
    let inside = inside(&mut coverage, within);
    (1..).zip(covers).for_each(|(group, cover)| coverage.forbid(cover, group));
    minimal(&coverage, &inside, covers.len(), budget)
}

/// The indices, ascending, of some of the formulas that no situation satisfies together, none of which can be left
/// out. `None` when some situation satisfies all of them.
///
/// # Errors
/// When it takes too many steps to see whether some of them contradict each other.
pub fn minimal_core(space: &Space, formulas: &[Formula], budget: Budget) -> Result<Option<Vec<usize>>, Exploded> {
    let mut coverage = Coverage::new(space);
    (1..).zip(formulas).for_each(|(group, formula)| coverage.demand(formula, group));
    minimal(&coverage, &Cube::whole(), formulas.len(), budget)
}

/// The group of what is never left out. The others are numbered from 1.
const ALWAYS: Group = 0;

fn minimal(coverage: &Coverage, inside: &Cube, groups: usize, budget: Budget) -> Result<Option<Vec<usize>>, Exploded> {
    let Some(mut kept) = sufficient(coverage, inside, groups, budget)? else { return Ok(None) };
    let boxes = coverage.boxes_by_group(groups + 1);
    for group in narrowest_first(inside, &boxes, &kept) {
        kept[group] = false;
        kept[group] = is_missing(coverage, inside, &boxes[group], &kept, budget)?;
    }
    Ok(Some((0..groups).filter(|index| kept[index + 1]).collect()))
}

/// The groups that a proof that all of them cover rests on.
fn sufficient(
    coverage: &Coverage,
    inside: &Cube,
    groups: usize,
    budget: Budget,
) -> Result<Option<Vec<bool>>, Exploded> {
    let mut kept = vec![true; groups + 1];
    let Covering::Full(used) = coverage.ask(inside, &Question { groups: &kept, core: true }, budget)? else {
        return Ok(None);
    };
    kept.fill(false);
    used.into_iter().chain([ALWAYS]).for_each(|group| kept[group as usize] = true);
    Ok(Some(kept))
}

fn narrowest_first(inside: &Cube, boxes: &[Vec<Cube>], kept: &[bool]) -> Vec<usize> {
    let share = |group: usize| boxes[group].iter().map(|cube| share(cube, inside)).sum();
    let mut order: Vec<(f64, usize)> =
        (1..kept.len()).filter(|group| kept[*group]).map(|group| (share(group), group)).collect();
    order.sort_by(|(one, first), (other, second)| one.total_cmp(other).then(second.cmp(first)));
    order.into_iter().map(|(_, group)| group).collect()
}

/// Which part of `inside` a box fills, about.
fn share(cube: &Cube, inside: &Cube) -> f64 {
    let share = |(var, values): &(Var, Values)| match inside.get(*var) {
        Some(whole) => f64::from(values.intersect(whole).len()) / f64::from(whole.len()),
        None => f64::from(values.len()) / f64::from(values.size()),
    };
    cube.literals().iter().map(share).product()
}

/// Whether the groups kept leave a hole in one of some boxes, outside of which they have none.
fn is_missing(
    coverage: &Coverage,
    inside: &Cube,
    boxes: &[Cube],
    kept: &[bool],
    budget: Budget,
) -> Result<bool, Exploded> {
    for own in boxes.iter().filter_map(|own| own.intersect(inside)) {
        if let Covering::Hole(_) = coverage.ask(&own, &Question { groups: kept, core: false }, budget)? {
            return Ok(true);
        }
    }
    Ok(false)
}
