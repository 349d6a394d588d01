//! Smallest sets of conditions that do something together: cover, or contradict each other. It refuses to know what
//! the conditions are for.

use super::coverage::{Coverage, Covering, Group, Question};
use super::gap::inside;
use super::{Budget, Cube, Exploded, Formula, OverlapIndex, Space, Values, Var};

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
    minimal(space, &coverage, &inside, covers.len(), budget)
}

/// The indices, ascending, of some of the formulas that no situation satisfies together, none of which can be left
/// out. `None` when some situation satisfies all of them.
///
/// # Errors
/// When it takes too many steps to see whether some of them contradict each other.
pub fn minimal_core(space: &Space, formulas: &[Formula], budget: Budget) -> Result<Option<Vec<usize>>, Exploded> {
    let mut coverage = Coverage::new(space);
    (1..).zip(formulas).for_each(|(group, formula)| coverage.demand(formula, group));
    minimal(space, &coverage, &Cube::whole(), formulas.len(), budget)
}

/// The group of what is never left out. The others are numbered from 1.
const ALWAYS: Group = 0;

/// Leaves out one group after the other. A hole that comes about by that is in one of the group's own boxes, so that
/// only the boxes that touch one matter.
fn minimal(
    space: &Space,
    coverage: &Coverage,
    inside: &Cube,
    groups: usize,
    budget: Budget,
) -> Result<Option<Vec<usize>>, Exploded> {
    let Some(mut kept) = sufficient(coverage, inside, groups, budget)? else { return Ok(None) };
    let (owners, boxes): (Vec<Group>, Vec<Cube>) = coverage.boxes().unzip();
    let index = OverlapIndex::of_boxes(space, boxes.clone());
    for own in narrowest_first(inside, &owners, &boxes, &kept) {
        kept[own.group as usize] = false;
        for cube in own.boxes.iter().filter_map(|place| boxes[*place].intersect(inside)) {
            let touching = index.touching(&cube).into_iter().filter(|place| kept[owners[*place] as usize]);
            if coverage.has_hole_among(touching.map(|place| place as u32).collect(), &cube, budget)? {
                kept[own.group as usize] = true;
                break;
            }
        }
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

/// A group that may be left out.
struct Owned {
    group: Group,
    /// The places of its boxes.
    boxes: Vec<usize>,
    /// Which part of the space they fill, about.
    share: f64,
}

fn narrowest_first(inside: &Cube, owners: &[Group], boxes: &[Cube], kept: &[bool]) -> Vec<Owned> {
    let own = |group: Group| Owned { group, boxes: Vec::new(), share: 0.0 };
    let mut all: Vec<Owned> = (0..kept.len() as Group).map(own).collect();
    for ((place, owner), cube) in owners.iter().enumerate().zip(boxes) {
        let owned = &mut all[*owner as usize];
        owned.boxes.push(place);
        owned.share += share(cube, inside);
    }
    all.retain(|own| own.group != ALWAYS && kept[own.group as usize]);
    all.sort_by(|one, other| one.share.total_cmp(&other.share).then(other.group.cmp(&one.group)));
    all
}

/// Which part of `inside` a box fills, about.
fn share(cube: &Cube, inside: &Cube) -> f64 {
    let share = |(var, values): &(Var, Values)| match inside.get(*var) {
        Some(whole) => f64::from(values.intersect(whole).len()) / f64::from(whole.len()),
        None => f64::from(values.len()) / f64::from(values.size()),
    };
    cube.literals().iter().map(share).product()
}
