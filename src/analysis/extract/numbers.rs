//! Numbers the variables of a problem anew, so that equal questions are equal values. Refuses to know where the formulas are from.

use std::collections::BTreeSet;

use crate::analysis::Context;
use crate::analysis::assumptions::Connected;
use crate::analysis::problem::Problem;
use crate::logic::{Formula, Space, Var};
use crate::model::ConditionId;

/// What the variables and the assumptions of a problem stand for.
pub(super) struct Numbered {
    pub(super) vars: Vec<Var>,
    pub(super) assumptions: Vec<ConditionId>,
}

/// Numbers the variables that the formulas mention anew, in their order, and adds the assumptions connected with them.
pub(super) fn number_variables(problem: &mut Problem, cx: &Context<'_>, connected: &Connected) -> Numbered {
    let mut named = Vec::new();
    each_formula(problem, &mut |formula| formula.push_vars(&mut named));
    for effect in problem.entries.iter().flat_map(|entry| &entry.actions).flat_map(|action| &action.effects) {
        named.extend(effect.sets.iter().map(|(var, _)| *var));
        named.extend(&effect.recheck);
    }
    named.sort_unstable();
    named.dedup();
    let mut vars: BTreeSet<Var> = named.into_iter().collect();
    let assumed = connected.touching(&mut vars);
    let vars: Vec<Var> = vars.into_iter().collect();
    let assumptions = assumed.iter().map(|one| one.written).collect();
    problem.assumptions = assumed.into_iter().map(|one| one.formula.clone()).collect();
    problem.space = Space::new(vars.iter().map(|var| cx.domain.space.size(*var)).collect());
    let number = |var: Var| Var(vars.partition_point(|known| *known < var) as u32);
    each_formula(problem, &mut |formula| formula.rename(&number));
    let actions = problem.entries.iter_mut().flat_map(|entry| &mut entry.actions);
    for effect in actions.flat_map(|action| &mut action.effects) {
        effect.sets.iter_mut().for_each(|(var, _)| *var = number(*var));
        effect.recheck.iter_mut().for_each(|var| *var = number(*var));
    }
    Numbered { vars, assumptions }
}

fn each_formula(problem: &mut Problem, visit: &mut impl FnMut(&mut Formula)) {
    problem.assumptions.iter_mut().for_each(&mut *visit);
    for entry in &mut problem.entries {
        visit(&mut entry.own);
        visit(&mut entry.contact);
        for action in &mut entry.actions {
            visit(&mut action.guard);
            visit(&mut action.contact);
        }
    }
}
