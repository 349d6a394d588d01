//! Situations that only one of the versions knows. Refuses to know what is told in them.

use std::collections::BTreeSet;

use super::joint::Joint;
use super::region::{Region, region};
use super::version::{Side, Version};
use super::world::{Field, World};
use crate::logic::{Exploded, Formula, Var};

/// Situations that one version's assumptions allow and the other's do not, with one of them.
#[derive(Clone, Debug)]
pub struct OneSided {
    pub side: Side,
    pub region: Region,
    /// Joint variables and their cells.
    pub example: Vec<(Var, u32)>,
}

/// What each version assumes, and both.
pub struct Worlds {
    pub own: [World; 2],
    pub both: World,
}

impl Worlds {
    pub fn new(joint: &Joint, versions: [&Version<'_>; 2]) -> Self {
        let own = versions.map(|version| joint.assumptions(version));
        let mut seen = BTreeSet::new();
        let both = own.iter().flatten().filter(|formula| seen.insert(*formula)).cloned().collect();
        Self { both: World::new(both), own: own.map(World::new) }
    }
}

/// The regions, one for assumptions that are connected by the facts they mention; true when some could not be decided.
pub fn one_sided(joint: &Joint, worlds: &Worlds) -> (Vec<OneSided>, bool) {
    let mut found = Vec::new();
    let mut is_undecided = false;
    for side in Side::BOTH {
        let (mine, theirs) = (&worlds.own[side.index()], &worlds.own[side.other().index()]);
        let known: BTreeSet<&Formula> = mine.conjuncts().iter().collect();
        let other: Vec<&Formula> = theirs.conjuncts().iter().filter(|it| !known.contains(it)).collect();
        for denied in components(mine, &other) {
            match outside(joint, mine, &denied) {
                Ok(Some((region, example))) => found.push(OneSided { side, region, example }),
                Ok(None) => {}
                Err(Exploded) => is_undecided = true,
            }
        }
    }
    (found, is_undecided)
}

/// A region, and a situation in it: joint variables and their cells.
type Found = Option<(Region, Vec<(Var, u32)>)>;

/// What is assumed here and denies one of the others.
fn outside(joint: &Joint, mine: &World, denied: &[&Formula]) -> Result<Found, Exploded> {
    let vars = denied.iter().flat_map(|it| it.support()).collect();
    let field = Field::new(joint, mine, vars);
    let wanted = Formula::Or(denied.iter().map(|it| Formula::Not(Box::new(field.local(it)))).collect());
    let Some((region, situation)) = region(&field, &wanted)? else { return Ok(None) };
    let named: BTreeSet<Var> = region.boxes.iter().flat_map(|it| it.literals().iter().map(|(var, _)| *var)).collect();
    let example = field.vars.iter().copied().zip(situation).filter(|(var, _)| named.contains(var)).collect();
    Ok(Some((region, example)))
}

/// The assumptions parted where neither they nor this side's connect them.
fn components<'a>(mine: &World, others: &[&'a Formula]) -> Vec<Vec<&'a Formula>> {
    let mut parts: Vec<(BTreeSet<Var>, Vec<&Formula>)> = Vec::new();
    for other in others {
        let mut vars = other.support();
        mine.connect(&mut vars);
        let mut together = vec![*other];
        parts.retain_mut(|(theirs, members)| {
            let is_near = !theirs.is_disjoint(&vars);
            if is_near {
                vars.append(theirs);
                together.append(members);
            }
            !is_near
        });
        parts.push((vars, together));
    }
    parts.into_iter().map(|(_, members)| members).collect()
}
