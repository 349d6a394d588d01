//! One situation with what each version answers in it. Refuses to know why it was chosen.

use super::behaviour::Listed;
use super::matching::Twin;
use super::region::widen;
use super::world::Field;
use crate::logic::{Formula, Values, Var};

/// A situation, and both answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Example {
    /// Joint variables and their cells: those that the answers hang on.
    pub situation: Vec<(Var, u32)>,
    pub answers: [Vec<Answer>; 2],
}

/// An entry that applies, with the actions that it offers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    pub entry: Twin,
    pub actions: Vec<Twin>,
}

/// More conditions, each looked at for each variable, are not gone through to find out which variables matter.
const MOST_LOOKS: usize = 20_000;

/// The answers in a situation of the field.
pub fn example(field: &Field, lists: &[Vec<Listed>; 2], situation: &[u32]) -> Example {
    let answers = [0, 1].map(|side: usize| answers(&lists[side], situation));
    let conditions = lists.iter().flatten().map(|it| 1 + it.offers.len()).sum::<usize>();
    let essential = match conditions.saturating_mul(field.vars.len()) <= MOST_LOOKS {
        true => widen(field, situation, &likewise(lists, situation)).ok(),
        false => None,
    };
    let matters = |var: &Var| essential.as_ref().is_none_or(|cube| cube.get(*var).is_some());
    let chosen = field.space.vars().zip(situation).filter(|(var, _)| matters(var));
    let size = |var: Var| field.space.size(var);
    let joint = chosen.map(|(var, value)| (field.joint(var, &Values::of(size(var), [*value])).0, *value));
    Example { situation: joint.collect(), answers }
}

fn answers(list: &[Listed], situation: &[u32]) -> Vec<Answer> {
    let applying = list.iter().filter(|it| it.applies.eval(situation));
    let answer = |it: &Listed| {
        let offered = it.offers.iter().filter(|(_, when)| when.eval(situation));
        Answer { entry: it.entry, actions: offered.map(|(action, _)| *action).collect() }
    };
    applying.map(answer).collect()
}

/// Where the answers are those of the situation.
fn likewise(lists: &[Vec<Listed>; 2], situation: &[u32]) -> Formula {
    let mut alike = Vec::new();
    let mut add = |formula: Formula| match formula.eval(situation) {
        true => alike.push(formula),
        false => alike.push(Formula::Not(Box::new(formula))),
    };
    for it in lists.iter().flatten() {
        add(it.applies.clone());
        for (_, when) in &it.offers {
            add(Formula::And(vec![it.applies.clone(), when.clone()]));
        }
    }
    Formula::And(alike)
}
