//! What evidence leaves possible under the assumptions, and which of them it contradicts. Refuses to know where the evidence
//! comes from.

use std::collections::{BTreeMap, BTreeSet};

use super::Subject;
use crate::analysis::assumptions::Connected;
use crate::domain::{Assumed, Domain, Meanings};
use crate::logic::{Budget, Cube, Formula, Space, Values, Var, is_satisfiable, witness};
use crate::runtime::Evidence;
use crate::source::Span;
use crate::why::{NearMiss, near_miss};

const BUDGET: Budget = Budget { cubes: 2048 };

/// Everything that is assumed of every situation.
pub(super) struct Assumptions {
    space: Space,
    connected: Connected,
}

impl Assumptions {
    pub(super) fn new(meanings: &Meanings<'_>, domain: &Domain) -> Self {
        Self { space: domain.space.clone(), connected: Connected::new(meanings.assumptions()) }
    }

    /// Whether a formula holds in some situation that agrees with the evidence; yes when finding out takes too long.
    pub(super) fn can_hold(&self, formula: &Formula, evidence: Option<&Evidence>) -> bool {
        let (assumed, vars) = self.connected(formula.support());
        let known = evidence.into_iter().flat_map(|evidence| vars.iter().map(|var| self.known(*var, evidence)));
        let assumed = assumed.iter().map(|it| it.formula.clone());
        let all = known.chain([formula.clone()]).chain(assumed).collect();
        is_satisfiable(&self.space, &Formula::And(all), BUDGET) != Ok(false)
    }

    /// The smallest change of what is known with which a formula would be certain: facts and the cells that they need; none when
    /// there is no such change, or finding it takes too long.
    pub(super) fn near_miss(&self, formula: &Formula, evidence: &Evidence) -> Vec<(Var, Values)> {
        let (assumed, _) = self.connected(formula.support());
        let assumed: Vec<Formula> = assumed.iter().map(|it| it.formula.clone()).collect();
        let known = self.space.vars().map(|var| Values::of(self.space.size(var), evidence.cells(var.0)));
        match near_miss(&self.space, &assumed, formula, &known.collect::<Vec<_>>()) {
            Ok(NearMiss::Change { facts, .. }) => facts,
            Ok(NearMiss::Never) | Err(_) => Vec::new(),
        }
    }

    /// A situation in which a formula holds, as the values of those facts that it and the assumptions on it speak of.
    pub(super) fn example(&self, formula: &Formula) -> Option<BTreeMap<u32, u32>> {
        let (assumed, vars) = self.connected(formula.support());
        let all = assumed.iter().map(|it| it.formula.clone()).chain([formula.clone()]).collect();
        let situation = witness(&self.space, &Formula::And(all), BUDGET).ok()??;
        Some(vars.iter().filter_map(|var| Some((var.0, *situation.get(var.index())?))).collect())
    }

    /// Whether every situation that agrees with the evidence is inside the box.
    pub(super) fn lie_inside(&self, evidence: &Evidence, cube: &Cube) -> bool {
        cube.literals().iter().all(|(var, values)| {
            let inside = evidence.cells(var.0).all(|cell| values.contains(cell));
            inside || !self.can_hold(&Formula::In(*var, values.complement()), Some(evidence))
        })
    }

    /// Whether a fact (an index) has one value in all situations that agree with the evidence.
    pub(super) fn is_settled(&self, fact: u32, evidence: &Evidence) -> bool {
        let var = Var(fact);
        let one = |cell: &u32| Formula::In(var, Values::of(self.space.size(var), [*cell]));
        evidence.cells(fact).filter(|cell| self.can_hold(&one(cell), Some(evidence))).nth(1).is_none()
    }

    /// The assumptions that have to do with the facts, directly or by way of each other, and all facts that they speak of.
    fn connected(&self, mut vars: BTreeSet<Var>) -> (Vec<&Assumed>, BTreeSet<Var>) {
        (self.connected.touching(&mut vars), vars)
    }

    fn known(&self, var: Var, evidence: &Evidence) -> Formula {
        Formula::In(var, Values::of(self.space.size(var), evidence.cells(var.0)))
    }
}

/// Where assumptions are written that the evidence of these facts contradicts, none of which could be left out; none when
/// finding them takes too long.
pub(super) fn assumptions_against(subject: &Subject<'_>, evidence: &Evidence, facts: &BTreeSet<u32>) -> Vec<Span> {
    let assumptions = &subject.assumptions;
    let vars: BTreeSet<Var> = facts.iter().map(|fact| Var(*fact)).collect();
    let known = Formula::And(vars.iter().map(|var| assumptions.known(*var, evidence)).collect());
    let clash = |assumed: &[&Assumed]| {
        let formulas = assumed.iter().map(|it| it.formula.clone()).chain([known.clone()]).collect();
        is_satisfiable(&assumptions.space, &Formula::And(formulas), BUDGET) == Ok(false)
    };
    let (mut guilty, _) = assumptions.connected(vars);
    if !clash(&guilty) {
        return Vec::new();
    }
    for at in (0..guilty.len()).rev() {
        let mut fewer = guilty.clone();
        fewer.remove(at);
        if clash(&fewer) {
            guilty = fewer;
        }
    }
    let place = |assumed: &&Assumed| subject.compilation.model.conditions[assumed.written].span();
    guilty.iter().map(place).collect::<BTreeSet<Span>>().into_iter().collect()
}
